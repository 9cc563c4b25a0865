// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*in place: \(2,2\) into \(1,2\)
// expect-any: @here
#include <slope/slope.hpp>

int main() {
  slope::tensor<double, 1, 2> row{{1, 2}};
  slope::tensor<double, 2, 2> const square{{1, 2}, {3, 4}};
#ifdef SLOPE_WRONG
  row *= square;  // here
#else
  row *= square[0];
#endif
  return row(0, 0) + square(0, 0) > 0;
}
