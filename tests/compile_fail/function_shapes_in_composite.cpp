// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// The line is the user's, not the one of the library that writes a - b as a + b * -1.
// expect: @here.*ill_formed<.*add: \(2\) x \(3\).*"function_shapes_in_composite.cpp:14"
#include <slope/slope.hpp>

using namespace slope;

int main() {
  tensor<double, 2> const x{1, 2};
  tensor<double, 3> const y{1, 2, 3};
  static_cast<void>(y);
  auto const distance = [](auto a, auto b) {
    return sum(square(a - b));
  };
#ifdef SLOPE_WRONG
  return jit(distance)(x, y) > 0;  // here
#else
  return jit(distance)(x, x) > 0;
#endif
}
