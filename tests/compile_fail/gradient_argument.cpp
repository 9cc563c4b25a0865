// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*gradient: no argument 2, got 2
#include <slope/slope.hpp>

using namespace slope;

int main() {
  auto const product = [](auto a, auto b) { return a * b; };
#ifdef SLOPE_WRONG
  return grad<2>(product)(1.0, 2.0) > 0;  // here
#else
  return grad<1>(product)(1.0, 2.0) > 0;
#endif
}
