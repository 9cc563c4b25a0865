// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*function: not a constant expression
#include <slope/slope.hpp>

using namespace slope;

#ifdef SLOPE_WRONG
double rate = 0.5;
#else
constexpr double rate = 0.5;
#endif

int main() {
  return jit([](auto x) { return x * rate; })(2.0) > 0;  // here
}
