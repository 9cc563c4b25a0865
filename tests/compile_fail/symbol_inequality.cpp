// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*!=: symbols, use ne.*"symbol_inequality.cpp:10"
#include <slope/slope.hpp>

using namespace slope;

int main() {
#ifdef SLOPE_WRONG
  return jit([](auto x, auto y) { return where(x != y, 1.0, x); })(2.0, 1.0) > 0;  // here
#else
  return jit([](auto x, auto y) { return where(ne(x, y), 1.0, x); })(2.0, 1.0) > 0;
#endif
}
