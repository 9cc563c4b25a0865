// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*if: a symbol, use where.*"symbol_if.cpp:10"
#include <slope/slope.hpp>

using namespace slope;

int main() {
#ifdef SLOPE_WRONG
  return jit([](auto x) { return x > 0 ? x : 0 * x; })(2.0) > 0;  // here
#else
  return jit([](auto x) { return where(x > 0, x, 0 * x); })(2.0) > 0;
#endif
}
