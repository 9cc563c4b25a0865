// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Derivatives as textbooks have them come out as formulas.
#include <slope/slope.hpp>

#include "catch.hpp"

using namespace slope;
using namespace slope::literals;

constexpr variable<"x", double, 3> x;
constexpr variable<"y", double, 3> y;
constexpr variable<"b", double, 2> b;
constexpr variable<"A", double, 2, 3> A;
constexpr variable<"s", double> s;

static_assert(gradient(dot(x, y), x) == y);
static_assert(gradient(sum(x * y), x) == y);
static_assert(gradient(dot(x, x), x) == 2_c * x);
static_assert(gradient(square(norm(x)), x) == 2_c * x);
static_assert(gradient(norm(x) * norm(x), x) == 2_c * x);
static_assert(gradient(dot(b, mv(A, x)), A) == outer(b, x));
static_assert(gradient(dot(b, mv(A, x)), x) == mv(transpose(A), b));
static_assert(gradient(sum(square(mv(A, x) - b)), x) == 2_c * mv(transpose(A), mv(A, x) - b));
static_assert(gradient(logsumexp(x), x) == softmax<0>(x));
static_assert(gradient(sum(softplus(x)), x) != x);
static_assert(derivative(sin(s) * s, s) == cos(s) * s + sin(s));
static_assert(derivative(pow(s, 3_c), s) == 3_c * square(s));
static_assert(derivative(derivative(sin(s), s), s) == -sin(s));

TEST_CASE("identities are checked while this file is compiled") { SUCCEED(); }
