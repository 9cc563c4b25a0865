// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*add: \(2\) x \(3\).*"function_shapes.cpp:(15|16)"
#include <slope/slope.hpp>

using namespace slope;

int main() {
  tensor<double, 2> const x{1, 2};
  tensor<double, 3> const y{1, 2, 3};
  static_cast<void>(y);
  // The user's line is the one of the operation, inside the function; the operand and the operator
  // stand on neighbouring lines, and compilers name one of them.
  auto const total = [](auto a, auto b) {
    return sum(a
               + b);
  };
#ifdef SLOPE_WRONG
  return jit(total)(x, y) > 0;  // here
#else
  return jit(total)(x, x) > 0;
#endif
}
