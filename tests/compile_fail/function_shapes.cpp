// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*add: \(2\) x \(3\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

int main() {
  tensor<double, 2> const x{1, 2};
  tensor<double, 3> const y{1, 2, 3};
  static_cast<void>(y);
  auto const total = [](auto a, auto b) { return sum(a + b); };
#ifdef SLOPE_WRONG
  return jit(total)(x, y) > 0;  // here
#else
  return jit(total)(x, x) > 0;
#endif
}
