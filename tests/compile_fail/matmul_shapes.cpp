// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*matmul: \(2,3\) x \(4,5\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

[[maybe_unused]] constexpr variable<"u", float, 2, 3> u;
[[maybe_unused]] constexpr variable<"v", float, 4, 5> v;
#ifdef SLOPE_WRONG
[[maybe_unused]] auto const product = matmul(u, v);  // here
#else
[[maybe_unused]] auto const product = matmul(u, transpose(u));
#endif
int main() {}
