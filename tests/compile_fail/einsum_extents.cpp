// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: einsum: ij,jk->ik of \(2,3\) x \(4,5\)
// expect-any: @here
#include <slope/slope.hpp>

constexpr slope::variable<"a", float, 2, 3> a;
constexpr slope::variable<"b", float, 4, 5> b;
#ifdef SLOPE_WRONG
constexpr auto c = slope::einsum<"ij,jk->ik">(a, b);  // here
#else
constexpr auto c = slope::einsum<"ij,kl->ik">(a, b);
#endif
int main() { static_cast<void>(c); }
