// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>

using namespace slope;
using namespace slope::literals;

/// Transformed functions of formulas, and inside other functions.

namespace {

constexpr variable<"s", double> s;
constexpr variable<"x", double, 3> x;
constexpr variable<"v", double, 3> v;
constexpr variable<"u", double, dim<"n">> u;

constexpr auto sum_sin = [](auto a) { return sum(sin(a)); };
constexpr auto cubes = [](auto a) { return sum(a * a * a); };

// Of variables and formulas a function is a formula.
static_assert(grad([](auto x) { return sum(sin(x)); })(s) == cos(s));
static_assert(grad(sum_sin)(x) == cos(x));
static_assert(grad(sum_sin)(u) == cos(u));
static_assert(grad(sum_sin)(exp(x)) == cos(exp(x)));
static_assert(jit(sum_sin)(x) == sum(sin(x)));
static_assert(grad(grad([](auto a) { return a * a * a; }))(s) == 6_c * s);
constexpr auto both = value_and_grad(cubes)(x);
static_assert(both.first == sum(pow(x, 3_c)));
static_assert(both.second == 3_c * square(x));
constexpr auto moved = jvp(sum_sin)(x, v);
static_assert(moved.second == sum(cos(x) * v));
static_assert(hvp(cubes)(x, v) == 6_c * x * v);

// The result of one is what another transforms; numbers, symbols and data all do.
constexpr auto newton = [](auto a) {
  return a - (a * a - 2.0) / grad([](auto b) { return b * b - 2.0; })(a);
};
static_assert(jit(newton)(1.0) == 1.5);
static_assert(jit([](auto a) { return a * grad([](auto b) { return b * b; })(3.0); })(2.0) == 12);

constexpr tensor<double, 3> point{1, 2, 3};

// d/dx of |grad f|^2 = 2 H grad f, for f = sum x^3: 2 * 6 x * 3 x^2.
constexpr auto squared_slope = [](auto a) { return sum(square(grad(cubes)(a))); };
static_assert(grad(squared_slope)(point) == tensor<double, 3>{36, 288, 972});

// Structures of results keep their form.
constexpr auto with_pair = [](auto a, auto b) {
  auto const [value, gradients] = value_and_grad<0, 1>([](auto p, auto q) {
    return sum(p * q * q);
  })(a, b);
  auto const [da, db] = gradients;
  return value + sum(da) + sum(db);
};
static_assert(jit(with_pair)(tensor<double, 2>{1, 2}, tensor<double, 2>{3, 4}) ==
              41 + (9 + 16) + (6 + 16));

}  // namespace

TEST_CASE("a gradient inside a function is part of its graph") {
  auto const h = 1e-6;
  auto const d = grad(squared_slope)(point);
  for (int i = 0; i < 3; ++i) {
    auto up = point, down = point;
    up[i] += h, down[i] -= h;
    CHECK(std::abs(d[i] - (jit(squared_slope)(up) - jit(squared_slope)(down)) / (2 * h)) < 1e-4);
  }
}

TEST_CASE("inner functions of run-time extents") {
  tensor<double, dynamic> const at{1, 2, 3, 4};
  auto const d = grad(squared_slope)(at);
  for (int i = 0; i < 4; ++i) CHECK(d[i] == 36 * at[i] * at[i] * at[i]);
}

TEST_CASE("a directional derivative inside a gradient") {
  // t = d/de sum sin(x + e x) = sum x cos x; its gradient is cos x - x sin x.
  auto const d = grad([](auto a) {
    auto const [y, t] = jvp(sum_sin)(a, a);
    return t;
  })(point);
  // The direction a is differentiated too.
  for (int i = 0; i < 3; ++i)
    CHECK(std::abs(d[i] - (std::cos(point[i]) - point[i] * std::sin(point[i]))) < 1e-14);
}
