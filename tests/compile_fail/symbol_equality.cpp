// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*==: symbols, use eq.*"symbol_equality.cpp:10"
#include <slope/slope.hpp>

using namespace slope;

int main() {
#ifdef SLOPE_WRONG
  return jit([](auto x) { return where(x == 0, 1.0, x); })(2.0) > 0;  // here
#else
  return jit([](auto x) { return where(eq(x, 0), 1.0, x); })(2.0) > 0;
#endif
}
