// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*function: captures
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

int main() {
  double const rate = 0.5;
  static_cast<void>(rate);
#ifdef SLOPE_WRONG
  return jit([rate](auto x) { return x * rate; })(2.0) > 0;  // here
#else
  return jit([](auto x) { return x * 0.5; })(2.0) > 0;
#endif
}
