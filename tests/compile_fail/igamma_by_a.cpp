// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*igamma: no derivative by a
#include <slope/slope.hpp>

using namespace slope;

constexpr variable<"a", double, 3> a;
constexpr variable<"x", double, 3> x;
#ifdef SLOPE_WRONG
[[maybe_unused]] constexpr auto slopes = gradient(sum(igamma(a, x)), a);  // here
#else
[[maybe_unused]] constexpr auto slopes = gradient(sum(igamma(a, x)), x);
#endif
