// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: error: .*no such variable in map.*z
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

constexpr variable<"x", float, 2, 2> x;
constexpr variable<"w", float, 2, 2> w;
constexpr variable<"z", float, 2, 2> z;
constexpr auto grads = gradient(mean(x * w), x, w);
[[maybe_unused]] constexpr auto found = grads[w];

#ifdef SLOPE_WRONG
[[maybe_unused]] constexpr auto missing = grads[z];  // here
#endif
[[maybe_unused]] constexpr auto used = z;
