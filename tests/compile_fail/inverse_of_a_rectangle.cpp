// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: inverse: not square: \(2,3\)
// expect-any: @here
#include <slope/slope.hpp>

constexpr slope::variable<"a", float, 2, 3> a;
#ifdef SLOPE_WRONG
constexpr auto c = slope::inverse(a);  // here
#else
constexpr auto c = slope::inverse(slope::matmul(a, slope::transpose(a)));
#endif
int main() { static_cast<void>(c); }
