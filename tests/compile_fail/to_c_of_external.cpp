// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*to_c: no C for external
#include <slope/slope.hpp>

using namespace slope;

extern "C" double j0(double);

constexpr variable<"x", double, 3> x;
#ifdef SLOPE_WRONG
[[maybe_unused]] constexpr auto text = to_c(external<&j0>(x));  // here
#else
[[maybe_unused]] constexpr auto text = to_c(erfinv(x));
#endif
