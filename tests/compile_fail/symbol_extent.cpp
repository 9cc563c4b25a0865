// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*extent: no axis 2 in \(2,3\).*"symbol_extent.cpp:10"
#include <slope/slope.hpp>

using namespace slope;

constexpr tensor<double, 2, 3> x{{1, 2, 3}, {4, 5, 6}};
template <int Axis>
constexpr auto scaled = [](auto a) { return sum(a) * a.extent(Axis); };

int main() {
#ifdef SLOPE_WRONG
  return jit(scaled<2>)(x) > 0;  // here
#else
  return jit(scaled<1>)(x) > 0;
#endif
}
