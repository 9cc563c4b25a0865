// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*matmul: \(2,3\) x \(4,5\)
// expect-any: @here
#include <slope/slope.hpp>

int main() {
  slope::tensor<float, 2, 3> const a;
  slope::tensor<float, 4, 5> const b;
#ifdef SLOPE_WRONG
  slope::tensor const c = matmul(a, b);  // here
#else
  slope::tensor const c = matmul(a, slope::ones<float, 3, 4>());
#endif
  return static_cast<int>(c.size() + b.size());
}
