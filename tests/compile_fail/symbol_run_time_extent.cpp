// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*extent: run-time, use size_of<0>.*"symbol_run_time_extent.cpp:16"
#include <slope/slope.hpp>

using namespace slope;

#ifdef SLOPE_WRONG
constexpr int axis = 0;
#else
constexpr int axis = 1;
#endif

int main() {
  tensor<double, dynamic, 2> const x(3);
  auto const f = [](auto a) { return sum(a) / a.extent(axis); };
  return jit(f)(x) > 0;  // here
}
