// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*multiply: \(n\) x \(m\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

[[maybe_unused]] constexpr variable<"u", float, dim<"n">> u;
[[maybe_unused]] constexpr variable<"v", float, dim<"m">> v;
#ifdef SLOPE_WRONG
[[maybe_unused]] auto const product = u * v;  // here
#else
[[maybe_unused]] auto const product = u * u;
#endif
int main() {}
