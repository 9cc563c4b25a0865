// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*add: \(2,2\) x \(3\)
// expect-any: @here
#include <slope/slope.hpp>

int main() {
  slope::tensor<float, 2, 2> const a;
  slope::tensor<float, 3> const b;
#ifdef SLOPE_WRONG
  auto const c = exp(a * 2) + b;  // here
#else
  auto const c = exp(a * 2) + a;
#endif
  return static_cast<int>(c.eval().size() + b.size());
}
