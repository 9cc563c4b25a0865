// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*softmax: axis 2 of \(2,3\).*"function_axis.cpp:17"
#include <slope/slope.hpp>

using namespace slope;

#ifdef SLOPE_WRONG
constexpr int axis = 2;
#else
constexpr int axis = 1;
#endif

int main() {
  tensor<float, 2, 3> const x = ones<float, 2, 3>();
  auto const scores = [](auto a) {
    return sum(softmax(a * 2, axis));
  };
  return jit(scores)(x) > 0;  // here
}
