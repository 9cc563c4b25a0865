// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: conv1d: \(1,2,5\) x \(1,1,3\)
// expect-any: @here
#include <slope/slope.hpp>

constexpr slope::variable<"x", float, 1, 2, 5> x;
constexpr slope::variable<"w", float, 1, 1, 3> w;
#ifdef SLOPE_WRONG
constexpr auto c = slope::conv1d(x, w);  // here
#else
constexpr auto c = slope::conv1d<1, 0, 1, 2>(x, slope::cat(w, w));
#endif
int main() { static_cast<void>(c); }
