// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*requires_grad: rvalue leaf
// expect: give it a name
// expect-any: @here
#include <slope/slope.hpp>

int main() {
  slope::tensor<float, 2> const t{1, 2};
#ifdef SLOPE_WRONG
  auto const out = mean(slope::requires_grad<"x">(t) * 2);  // here
#else
  auto const x = slope::requires_grad<"x">(t);
  auto const out = mean(x * 2);
#endif
  return out.item() > 0;
}
