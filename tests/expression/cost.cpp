// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

#include <slope/slope.hpp>

#include "catch.hpp"

using namespace slope;
using namespace slope::literals;

constexpr variable<"x", float, 2, 2> x;
constexpr variable<"w", double, 3> w;
constexpr variable<"v", double, 3> v;
constexpr variable<"a", float, 8, 4> a;
constexpr variable<"b", float, 4, 2> b;
constexpr variable<"X", double, dim<"n">, 3> X;

constexpr auto loss = mean(x * x);
constexpr auto dx = gradient(loss, x);

// Value and gradient are one pass, which reads x once and the sum in the end.
static_assert(cost(std::tuple{loss, dx}).passes == 1);
static_assert(cost(std::tuple{loss, dx}).loads == 5);
static_assert(cost(dx) == costs{.flops = 4, .loads = 4, .stores = 4, .passes = 1});
static_assert(cost(exp(w) * sin(v)).transcendentals == 6);
static_assert(cost(matmul(a, b)).flops == 2 * 8 * 4 * 2);
static_assert(cost(softmax<0>(w)).passes == 3);
// Run-time extents: a function of them.
static_assert(cost(X * 2_c)(5).flops == 15);
static_assert(cost(sum(exp(X)))(7).transcendentals == 21);

// x / x is 1 only for those who ask; so are roots and logarithms undone.
static_assert(w / w != 1_c);
static_assert(simplify(w / w, extended) == 1_c);
static_assert(simplify(w * w / w, extended) == w);
static_assert(exp(log(w)) != w);
static_assert(simplify(exp(log(w)), extended) == w);
static_assert(simplify(square(sqrt(w)), extended) == w);
static_assert(simplify(v + w / w, extended) == v + 1_c);
// A constant is one formula, whatever it is spread over.
static_assert(gradient(sum(w), w) == 1_c);
static_assert(w - w == 0_c);
static_assert(gradient(sum(w), w) != 2_c);

TEST_CASE("cost is a value at run time too") {
  CHECK(cost(X * 2_c)(4).loads == 12);
  CHECK(cost(X * 2_c)(4).workspace_bytes == 0);
}
