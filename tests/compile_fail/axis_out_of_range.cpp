// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*sum: axis 2 of \(2,3\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

[[maybe_unused]] constexpr variable<"u", float, 2, 3> u;
#ifdef SLOPE_WRONG
[[maybe_unused]] auto const total = sum<2>(u);  // here
#else
[[maybe_unused]] auto const total = sum<1>(u);
#endif
int main() {}
