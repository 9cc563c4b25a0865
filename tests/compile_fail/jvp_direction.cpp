// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*jvp: direction \(3\) for \(2,2\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

constexpr variable<"x", float, 2, 2> x;
constexpr variable<"v", float, 2, 2> v;
constexpr variable<"u", float, 3> u;
[[maybe_unused]] constexpr auto moved = jvp(exp(x), x, v);

#ifdef SLOPE_WRONG
[[maybe_unused]] constexpr auto wrong = jvp(exp(x), x, u);  // here
#endif
[[maybe_unused]] constexpr auto used = u;
