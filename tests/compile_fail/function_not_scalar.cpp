// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*gradient: not a scalar: \(2\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

int main() {
  tensor<double, 2> const x{1, 2};
#ifdef SLOPE_WRONG
  return grad([](auto a) { return a * a; })(x)[0] > 0;  // here
#else
  return grad([](auto a) { return sum(a * a); })(x)[0] > 0;
#endif
}
