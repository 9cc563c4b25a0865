// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*&&: a bool, use eq
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;
using namespace slope::literals;

[[maybe_unused]] constexpr variable<"x", float, 2> x;
#ifdef SLOPE_WRONG
[[maybe_unused]] auto const both = (x == 0_c) && (x < 1_c);  // here
#else
[[maybe_unused]] auto const both = eq(x, 0_c) && (x < 1_c);
#endif
int main() {}
