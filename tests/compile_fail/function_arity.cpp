// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*function: takes 2 arguments, got 3
#include <slope/slope.hpp>

using namespace slope;

int main() {
  auto const product = [](auto a, auto b) { return a * b; };
#ifdef SLOPE_WRONG
  return jit(product)(1.0, 2.0, 3.0) > 0;  // here
#else
  return jit(product)(1.0, 2.0) > 0;
#endif
}
