// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// What sums and products share is computed once: operations counted, values compared with the same
// formulas written by hand.
#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <tuple>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"a", double> a;
constexpr variable<"b", double> b;
constexpr variable<"c", double> c;
constexpr variable<"d", double> d;
constexpr variable<"x", double, 8> x;
constexpr variable<"y", double, 8> y;
constexpr variable<"z", double, 8> z;

// a (b + c + d): two additions and a multiplication.
static_assert(cost(a * b + a * c + a * d).flops == 3);
// The same of elements.
static_assert(cost(x * y + x * z + x * x * y).flops == 8 * 4);
// a b (c - d): a product that two terms have; a sign counts as an operation.
static_assert(cost(a * b * c - a * b * d).flops == 4);
// (a + b) once for both; d (a + b) is one of them.
static_assert(cost(std::tuple(a + b + c, a + b + d)).flops == 3);
// a b once.
static_assert(cost(std::tuple(a * b * c, a * b * d, a * b)).flops == 3);
// Two derivatives of a product of sums share both sums.
constexpr auto product = (a + b) * (c + d) * (a * c + b * d);
static_assert(cost(std::tuple(product, gradient(product, a), gradient(product, b))).flops <= 20);

// A second derivative: u = log(a) / b, p = sigmoid(u (2 + u u)), (a p)''.
constexpr auto u = log(a) / b;
constexpr auto curve = a * sigmoid(u * (2_c + u * u));
constexpr auto twice = gradient(gradient(curve, a), a);
static_assert(cost(std::tuple(curve, gradient(curve, a), twice)).flops <= 50);

/// The price of a European call (Black and Scholes, 1973), with a logistic curve for the normal one.
constexpr auto price = [](auto spot, auto strike, auto rate, auto volatility, auto time) {
  auto const phi = [](auto u) { return sigmoid(u * (1.5976 + 0.07056 * u * u)); };
  auto const deviation = volatility * sqrt(time);
  auto const d1 =
      log(spot / strike) / deviation + (rate + volatility * volatility / 2) * time / deviation;
  return spot * phi(d1) - strike * exp(-rate * time) * phi(d1 - deviation);
};
constexpr auto greeks = [](auto spot, auto strike, auto rate, auto volatility, auto time) {
  auto const [value, first] =
      value_and_grad<0, 2, 3, 4>(price)(spot, strike, rate, volatility, time);
  auto const gamma = grad(grad(price))(spot, strike, rate, volatility, time);
  return std::tuple(value, std::get<0>(first), std::get<1>(first), std::get<2>(first),
                    std::get<3>(first), gamma);
};

/// Differences of the price.
double price_at(double spot, double strike, double rate, double volatility, double time) {
  return jit(price)(spot, strike, rate, volatility, time);
}

}  // namespace

TEST_CASE("second derivatives agree with differences") {
  double const s = 105, k = 100, r = 0.02, v = 0.25, t = 0.75, h = 1e-3;
  auto const [value, delta, rho, vega, theta, gamma] = jit(greeks)(s, k, r, v, t);
  CHECK(value == Approx(price_at(s, k, r, v, t)).epsilon(1e-14));
  auto const slope_of = [&](auto const& at, double step) {
    return (at(-2 * step) - 8 * at(-step) + 8 * at(step) - at(2 * step)) / (12 * step);
  };
  auto const is_slope = [&](double got, auto const& at, double step) {
    CHECK(got == Approx(slope_of(at, step)).epsilon(1e-8));
  };
  is_slope(delta, [&](double e) { return price_at(s + e, k, r, v, t); }, h * s);
  is_slope(rho, [&](double e) { return price_at(s, k, r + e, v, t); }, h);
  is_slope(vega, [&](double e) { return price_at(s, k, r, v + e, t); }, h);
  is_slope(theta, [&](double e) { return price_at(s, k, r, v, t + e); }, h);
  is_slope(gamma, [&](double e) { return grad(price)(s + e, k, r, v, t); }, h * s);
}

TEST_CASE("factored formulas have their values") {
  double const p = 1.25, q = -0.75, u = 2.5, w = 0.375;
  auto const near = [](double got, double wanted) { CHECK(got == Approx(wanted).epsilon(1e-15)); };
  near(evaluate(a * b * c - a * b * d, a = p, b = q, c = u, d = w), p * q * (u - w));
  near(evaluate(a * b + a * c - 3_c * a * d, a = p, b = q, c = u, d = w), p * (q + u - 3 * w));
  near(evaluate(pow(a, 2) * b + pow(a, 3) * c - a * d, a = p, b = q, c = u, d = w),
       p * (p * q + p * p * u - w));
  near(evaluate(a / b + c / b + 1_c / b, a = p, b = q, c = u), (p + u + 1) / q);
  auto const both = evaluate(std::tuple(a + b + c, d - a - b), a = p, b = q, c = u, d = w);
  near(std::get<0>(both), p + q + u);
  near(std::get<1>(both), w - p - q);
  // All terms cancel when the product is multiplied out.
  double const rest = evaluate(a * (b * c + b * d) - a * b * c - a * b * d, a = p, b = q, c = u, d = w);
  CHECK(std::abs(rest) < 1e-15);
  // The digits of c * (x - y) are in the difference.
  double const almost = 1 - 1e-12;
  CHECK(evaluate(1000000_c * (a - b) + 2_c * a, a = 1.0, b = almost) ==
        Approx(1e6 * (1 - almost) + 2).epsilon(1e-15));
  tensor<double, 8> e, f, g;
  for (int i = 0; i < 8; ++i) e(i) = 1 + i, f(i) = 0.5 * i - 2, g(i) = 3 - 0.25 * i;
  auto const all = evaluate(x * y + x * z + x * x * y, x = e, y = f, z = g);
  for (int i = 0; i < 8; ++i) near(all(i), e(i) * (f(i) + g(i) + e(i) * f(i)));
  constexpr auto constant = evaluate(a * b * c - a * b * d, a = 2.0, b = 3.0, c = 5.0, d = 4.0);
  static_assert(constant == 6.0);
}

TEST_CASE("the derivative that is a constant has the type of its argument") {
  auto const linear = [](auto first, auto second) { return 3 * first + second; };
  auto const [value, gradients] = value_and_grad<0, 1>(linear)(2.0, 1.0f);
  static_assert(std::same_as<decltype(value), double const>);
  static_assert(std::same_as<std::remove_cvref_t<decltype(std::get<0>(gradients))>, double>);
  static_assert(std::same_as<std::remove_cvref_t<decltype(std::get<1>(gradients))>, float>);
  CHECK(value == 7.0);
  CHECK(std::get<0>(gradients) == 3.0);
  CHECK(std::get<1>(gradients) == 1.0f);
  double v = 0, dx = 0, dy = -1;
  auto const ignores = [](auto first, auto) { return first * first; };
  value_and_grad<0, 1>(ignores).into(v, dx, dy)(3.0, 4.0);
  CHECK(v == 9.0);
  CHECK(dx == 6.0);
  CHECK(dy == 0.0);
}
