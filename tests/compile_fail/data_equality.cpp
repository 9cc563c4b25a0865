// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*==: not an exact formula
// expect: write 2_c
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;
using namespace slope::literals;

constexpr variable<"x", float, 2> x;
#ifdef SLOPE_WRONG
constexpr bool same = 2 * x == x + x;  // here
#else
constexpr bool same = 2_c * x == x + x;
#endif
int main() { return same; }
