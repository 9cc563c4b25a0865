// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*maximum: \(2\) x \(3\).*"function_shapes_of_call.cpp:13"
#include <slope/slope.hpp>

using namespace slope;

int main() {
  tensor<double, 2> const x{1, 2};
  tensor<double, 3> const y{1, 2, 3};
  static_cast<void>(y);
  auto const best = [](auto a, auto b) {
    return sum(maximum(a, b));
  };
#ifdef SLOPE_WRONG
  return grad(best)(x, y)[0] > 0;  // here
#else
  return grad(best)(x, x)[0] > 0;
#endif
}
