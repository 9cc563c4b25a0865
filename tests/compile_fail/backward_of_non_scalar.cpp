// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*backward: not a scalar: \(2,2\)
// expect-any: @here
#include <slope/slope.hpp>

int main() {
  auto x = slope::requires_grad<"x">(slope::tensor<float, 2, 2>{{1, 2}, {3, 4}});
#ifdef SLOPE_WRONG
  (x * x).backward();  // here
#else
  sum(x * x).backward();
#endif
}
