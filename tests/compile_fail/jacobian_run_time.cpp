// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*jacobian: run-time size: \(n\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

constexpr variable<"x", float, dim<"n">> x;
[[maybe_unused]] constexpr auto gradient_of_sum = jacobian(sum(exp(x)), x);

#ifdef SLOPE_WRONG
[[maybe_unused]] constexpr auto wrong = jacobian(exp(x), x);  // here
#endif
