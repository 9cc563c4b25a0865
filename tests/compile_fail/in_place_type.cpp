// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*in place: float32 into int32
// expect-any: @here
#include <slope/slope.hpp>

int main() {
  slope::tensor<int, 2> t{1, 2};
#ifdef SLOPE_WRONG
  t += 0.5f;  // here
#else
  t += 1;
#endif
  return t(0);
}
