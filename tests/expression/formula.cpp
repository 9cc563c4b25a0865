// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <concepts>
#include <sstream>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", float, 2, 2> x;
constexpr variable<"y", float, 2, 2> y;
constexpr variable<"w", float, 2, 2> w;
constexpr variable<"b", float, 2> b;
constexpr variable<"s", double> s;

constexpr auto loss = mean(x * x);
constexpr auto dx = gradient(loss, x);

// Names are identities: three tensors of one type are three variables.
static_assert(x - y != 0_c);
static_assert(x - x == 0_c * x);
static_assert(gradient(sum(x * y), x) == y);
static_assert(gradient(sum(y), x) == 0_c * x);

// The gradient is a simplified type.
static_assert(dx == x / 2_c);
static_assert(to_string(loss) == "mean(x * x)");
static_assert(to_string(dx) == "x / 2");
static_assert(std::same_as<std::remove_const_t<decltype(dx)>, decltype(simplify(x / 2_c))>);
static_assert(gradient(sum(sin(x * w)), x) == cos(x * w) * w);
static_assert(gradient(sum(exp(x) * sin(x)), x) == exp(x) * (sin(x) + cos(x)) ||
              gradient(sum(exp(x) * sin(x)), x) == exp(x) * sin(x) + exp(x) * cos(x));

// Formulas are equal whatever the order of their operands.
static_assert(x * y == y * x);
static_assert(x + y + w == w + y + x);
static_assert(x * 2_c + y - x == y + x);
static_assert(2_c * (3_c * x) == 6_c * x);
static_assert(square(x) * x == pow(x, 3_c));
static_assert(x - y != y - x);
static_assert(x * y * w == w * (y * x));
static_assert(2_c * x * y * x == y * square(x) * 2_c);
static_assert(exp(x * y) * w * x == x * w * exp(y * x));

// The forms that stay finite.
static_assert(sqrt(x * x) == abs(x));
static_assert(log(1_c + exp(x)) == softplus(x));
static_assert(log(exp(x)) == x);

// Products of constants that fit no fraction are doubles, also in derivatives.
constexpr auto long_constant = constant<7978845608028654, 10000000000000000>;
static_assert(evaluate(gradient(square(s * long_constant) * long_constant, s), s = 0.5) > 0.507948);
static_assert(evaluate(gradient(square(s * long_constant) * long_constant, s), s = 0.5) < 0.507950);

// Constants are exact.
static_assert(constant<2, 4> == 0.5_c);
static_assert(std::same_as<decltype(constant<2, 4>), decltype(constant<1, 2>)>);

constexpr tensor<float, 2, 2> data{{1, 2}, {3, 4}};
static_assert(evaluate(loss, x = data) == 7.5f);
static_assert(evaluate(dx, x = data) == tensor<float, 2, 2>{{0.5f, 1}, {1.5f, 2}});

// Broadcasting, and its adjoint.
static_assert(evaluate(gradient(sum(x * b), b), x = data) == tensor<float, 2>{4, 6});
static_assert(evaluate(x + b, x = data, b = tensor<float, 2>{10, 20}) ==
              tensor<float, 2, 2>{{11, 22}, {13, 24}});

// What is not an operation is false, not an error.
constexpr variable<"u", float, 2, 3> u;
constexpr variable<"v", float, 4, 5> v;
template <class A, class B>
concept addable = requires(A a, B b2) { a + b2; };
static_assert(addable<decltype(x), decltype(y)>);
static_assert(!addable<decltype(u), decltype(v)>);

}  // namespace

TEST_CASE("a value and its gradient are one program") {
  auto const [l, g] = evaluate(std::tuple{loss, dx}, x = data);
  CHECK(l == 7.5f);
  CHECK(g == tensor<float, 2, 2>{{0.5f, 1}, {1.5f, 2}});
}

TEST_CASE("a formula streams its text") {
  std::ostringstream out;
  out << loss << " has the gradient " << dx;
  CHECK(out.str() == "mean(x * x) has the gradient x / 2");
}

namespace {

/// Compares the derivative of f at a point with the central difference.
template <class F>
void check_derivative(F f, double at) {
  constexpr auto formula = f(s);
  constexpr auto derivative = gradient(formula, s);
  double const h = 1e-5;
  double const difference =
      (evaluate(formula, s = at + h) - evaluate(formula, s = at - h)) / (2 * h);
  double const exact = evaluate(derivative, s = at);
  INFO(to_string(formula) << " at " << at << ", derivative " << to_string(derivative));
  CHECK(std::abs(exact - difference) <= 1e-6 * (1 + std::abs(exact)));
}

}  // namespace

TEST_CASE("rules agree with central differences") {
  for (double const at : {0.31, 0.77, 0.93}) {
    check_derivative([](auto a) { return exp(a); }, at);
    check_derivative([](auto a) { return expm1(a) + log1p(a); }, at);
    check_derivative([](auto a) { return log(a); }, at);
    check_derivative([](auto a) { return sin(a) * cos(a); }, at);
    check_derivative([](auto a) { return tan(a); }, at);
    check_derivative([](auto a) { return sinh(a) / cosh(a); }, at);
    check_derivative([](auto a) { return tanh(a); }, at);
    check_derivative([](auto a) { return asin(a) + square(acos(a)); }, at);
    check_derivative([](auto a) { return atan(a); }, at);
    check_derivative([](auto a) { return sigmoid(a) * softplus(a); }, at);
    check_derivative([](auto a) { return sqrt(a) + rsqrt(a) + reciprocal(a); }, at);
    check_derivative([](auto a) { return abs(a) + relu(a) + relu(-a); }, at);
    check_derivative([](auto a) { return pow(a, 3_c) - pow(a, 2.5_c); }, at);
    check_derivative([](auto a) { return pow(a, a); }, at);
    check_derivative([](auto a) { return maximum(a, 0.5_c) + minimum(a, 0.5_c * a); }, at);
    check_derivative([](auto a) { return where(a > 0.5_c, a * a, exp(a)); }, at);
    check_derivative([](auto a) { return exp(a) / (a + sin(a)); }, at);
  }
}

TEST_CASE("derivatives stay finite where the mathematics is") {
  constexpr auto guarded = where(s > 0_c, sqrt(s), 0_c * s);
  CHECK(evaluate(gradient(guarded, s), s = 0.0) == 0.0);
  CHECK(evaluate(gradient(sqrt(s * s), s), s = 0.0) == 0.0);
  CHECK(evaluate(log(1_c + exp(s)), s = 1000.0) == 1000.0);
  CHECK(evaluate(gradient(log(1_c + exp(s)), s), s = 1000.0) == 1.0);
}
