// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*gradient: not a scalar: \(2,2\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

constexpr variable<"x", float, 2, 2> x;
constexpr auto f = [](auto a) { return exp(a); };
constexpr auto sum_of = [](auto a) { return sum(exp(a)); };
[[maybe_unused]] constexpr auto fine = grad(sum_of)(x);

#ifdef SLOPE_WRONG
[[maybe_unused]] constexpr auto wrong = grad(f)(x);  // here
#endif
[[maybe_unused]] constexpr auto used = f;
