// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// also under sanitizers

// What once went wrong where constants, types and run-time extents meet.
#include <slope/slope.hpp>

#include <cmath>
#include <limits>

#include "catch.hpp"

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"k", std::int32_t, 3> k;
constexpr variable<"s", double> s;
constexpr variable<"x", double, dynamic> x;
constexpr variable<"y", double, dynamic> y;

// Powers of integers in constant expressions.
static_assert(evaluate(square(k), k = tensor<std::int32_t, 3>{1, 2, 3}) ==
              tensor<std::int32_t, 3>{1, 4, 9});

// Truth values added in constant expressions are truth values.
static_assert(evaluate(sum((k < 3_c) + (k < 2_c)), k = tensor<std::int32_t, 3>{1, 2, 3}) == 2);

// Results with run-time extents in constant expressions.
constexpr bool mean_of_rows() {
  tensor<double, dynamic, dynamic> a(2, 3);
  for (double& element : a) element = 2;
  auto const m = jit([](auto a) { return mean<0>(a); })(a);
  return m.size() == 3 && m(0) == 2;
}
static_assert(mean_of_rows());

// Extents that are checked to be equal are one loop.
constexpr auto product = sum(exp(x) * exp(y));
static_assert(cost(std::tuple{product, gradient(product, x), gradient(product, y)})(5, 5).passes == 1);

// Constants that no fraction holds, and those with a name.
static_assert(to_string(pi_c * s) == "pi_c * s");
static_assert(gradient(pi_c * square(s), s) == 2_c * pi_c * s);
static_assert(evaluate(pi_c * s, s = 2.0) == 6.283185307179586);
static_assert(evaluate(1e300_c * s, s = 2.0) == 2e300);
static_assert(evaluate(12345678901234567890_c * s, s = 1.0) == 12345678901234567890.0);
static_assert(derivative(exp(s) * e_c, s) == e_c * exp(s));

}  // namespace

TEST_CASE("a constant view keeps its strides as a destination") {
  float memory[6]{};
  tensor_view<float, 3> const v(memory, strides{2});
  jit([](auto a) { return a * 2; }).into(v)(tensor<float, 3>{1, 2, 3});
  CHECK(memory[0] == 2);
  CHECK(memory[1] == 0);
  CHECK(memory[2] == 4);
  CHECK(memory[4] == 6);
}

TEST_CASE("products of two element types") {
  tensor<float, 2, 2> const a{{1, 2}, {3, 4}};
  tensor<double, 2, 2> const b{{2, 0}, {0, 2}};
  tensor<double, 2, 2> const wanted{{2, 4}, {6, 8}};
  CHECK(jit([](auto p, auto q) { return matmul(p, q); })(a, b) == wanted);
  CHECK(matmul(a, b).eval() == wanted);
}

TEST_CASE("truth values among several results") {
  auto const t =
      jit([](auto a) { return std::tuple(a * 2, a < 1); })(tensor<float, 3>{0, 1, 2});
  CHECK(std::get<1>(t) == tensor<bool, 3>{true, false, false});
}

TEST_CASE("open extents that do not fit are named") {
  tensor<double, dynamic> a(5), b(6);
  CHECK_THROWS_WITH(evaluate(product, x = a, y = b),
                    "multiply: (5) x (6), axis 0 of x is 5, axis 0 of y is 6");
}

TEST_CASE("value and gradient of logsumexp share exponentials, and keep its limits") {
  constexpr double inf = std::numeric_limits<double>::infinity();
  auto const both = value_and_grad([](auto a) { return sum(logsumexp(a, 1)); });
  tensor<double, 4, 4> const a{{0, 1, 2, 3}, {1000, -inf, 999, 1000}, {-800, -inf, -801, -800},
                               {5, inf, -inf, 1}};
  auto const [value, gradient] = both(a);
  CHECK(value == inf);
  for (int i = 0; i < 3; ++i) {
    double most = -inf, all = 0;
    for (int k = 0; k < 4; ++k) most = std::fmax(most, a(i, k));
    for (int k = 0; k < 4; ++k) all += std::exp(a(i, k) - most);
    for (int k = 0; k < 4; ++k)
      CHECK(gradient(i, k) == Approx(std::exp(a(i, k) - most) / all).epsilon(1e-13));
  }
  // As torch: exp(x - inf), and exp(-inf - -inf) below.
  CHECK(gradient(3, 0) == 0);
  CHECK(std::isnan(gradient(3, 1)));
  CHECK(gradient(3, 2) == 0);
  auto const none = value_and_grad([](auto x) { return logsumexp(x, 0); })(
      tensor<double, 3>{-inf, -inf, -inf});
  CHECK(std::get<0>(none) == -inf);
  CHECK(std::isnan(std::get<1>(none)(0)));
}

TEST_CASE("a scale goes into an operand of products once, also where both operands are made of it") {
  tensor<double, 2, 2> const a{{1, 2}, {3, 4}};
  auto const own = jit([](auto x) { auto const c = x - 1.0; return matmul(c, transpose(c)) / 4.0; })(a);
  CHECK(own == tensor<double, 2, 2>{{0.25, 0.75}, {0.75, 3.25}});
  auto const squared = jit([](auto x) { auto const c = x - 1.0; return matmul(c, c) / 2.0; })(a);
  CHECK(squared == tensor<double, 2, 2>{{1, 1.5}, {3, 5.5}});
  auto const once = jit([](auto x) { auto const c = x - 1.0; return matmul(c, x) / 2.0; })(a);
  CHECK(once == tensor<double, 2, 2>{{1.5, 2}, {5.5, 8}});
}

TEST_CASE("integers meet floating literals whose values are integers") {
  tensor<std::int64_t, 3> const x{1, 2, 4};
  auto const check = [&](auto const& y, tensor<float, 3> const& expected) {
    static_assert(std::is_same_v<typename std::remove_cvref_t<decltype(y)>::value_type, float>);
    CHECK(y == expected);
  };
  check(jit([](auto v) { return v * 2.0; })(x), {2, 4, 8});
  check(jit([](auto v) { return 1.0 - v; })(x), {0, -1, -3});
  check(jit([](auto v) { return pow(v, 2.0); })(x), {1, 4, 16});
  check(jit([](auto v) { return where(v > 1, v, 2.0); })(x), {2, 2, 4});
  check(jit([](auto v) { return reciprocal(v); })(x), {1, 0.5f, 0.25f});
  check(tensor(reciprocal(x)), {1, 0.5f, 0.25f});
}

TEST_CASE("t(x) is found by its argument, so that a variable may be called t") {
  tensor<double, 2, 3> const x{{1, 2, 3}, {4, 5, 6}};
  CHECK(tensor(t(x)) == tensor<double, 3, 2>{{1, 4}, {2, 5}, {3, 6}});
  CHECK(jit([](auto y) { return t(y) * 2; })(x) == tensor<double, 3, 2>{{2, 8}, {4, 10}, {6, 12}});
  constexpr variable<"t", double, 3> t;
  CHECK(to_string(gradient(dot(t, t), t)) == "2 * t");
  CHECK(tensor(ger(x[0], x[1])) == tensor(outer(x[0], x[1])));
}
