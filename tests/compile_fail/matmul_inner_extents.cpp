// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*matmul: \(2,3\) x \(4,5\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

[[maybe_unused]] constexpr variable<"a", float, 2, 3> a;
[[maybe_unused]] constexpr variable<"b", float, 3, 5> b;
[[maybe_unused]] constexpr variable<"c", float, 4, 5> c;
#ifdef SLOPE_WRONG
[[maybe_unused]] auto const product = matmul(a, c);  // here
#else
[[maybe_unused]] auto const product = matmul(a, b);
#endif
int main() {}
