// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*to_numpy: no NumPy for digamma
#include <slope/slope.hpp>

using namespace slope;

constexpr variable<"x", double, 3> x;
#ifdef SLOPE_WRONG
[[maybe_unused]] constexpr auto text = to_numpy(gradient(sum(lgamma(x)), x));  // here
#else
[[maybe_unused]] constexpr auto text = to_numpy(lgamma(x));
#endif
