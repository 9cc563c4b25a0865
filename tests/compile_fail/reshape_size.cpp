// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*reshape: \(2,3\) to \(4,2\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

[[maybe_unused]] constexpr variable<"u", float, 2, 3> u;
#ifdef SLOPE_WRONG
[[maybe_unused]] auto const moved = reshape<4, 2>(u);  // here
#else
[[maybe_unused]] auto const moved = reshape<-1, 2>(u);
#endif
int main() {}
