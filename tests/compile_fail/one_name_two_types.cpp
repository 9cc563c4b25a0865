// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*variable x: one name
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

[[maybe_unused]] constexpr variable<"x", float, 2> x;
[[maybe_unused]] constexpr variable<"x", double, 2> other;
#ifdef SLOPE_WRONG
[[maybe_unused]] auto const total = x + other;  // here
#else
[[maybe_unused]] auto const total = x + x;
#endif
int main() {}
