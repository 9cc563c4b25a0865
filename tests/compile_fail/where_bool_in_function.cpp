// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*where: a bool, use eq.*"where_bool_in_function.cpp:10"
#include <slope/slope.hpp>

using namespace slope;

int main() {
#ifdef SLOPE_WRONG
  return jit([](auto x) { return where(true, x, 1.0); })(2.0) > 0;  // here
#else
  return jit([](auto x) { return where(x > 1, x, 1.0); })(2.0) > 0;
#endif
}
