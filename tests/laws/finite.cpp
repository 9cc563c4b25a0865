// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// under all flags

// Where automatic differentiation gives NaN and the mathematics is finite: value and gradient are
// finite and right, in trees, in functions and in trees of data.
#include <slope/slope.hpp>

#include <cmath>

#include "catch.hpp"

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", double, 3> x;

constexpr tensor<double, 3> huge{1000, 0, -1000};
constexpr tensor<double, 3> zeros3{0, 0, 0};

bool close(tensor<double, 3> const& got, double a, double b, double d) {
  double const want[] = {a, b, d};
  for (int i = 0; i < 3; ++i)
    if (!(std::abs(got(i) - want[i]) <= 1e-12 * std::abs(want[i]) + 1e-14)) return false;
  return true;
}

/// The law in all three front ends: the formula as a callable of a symbol, a variable or a tensor.
template <class F>
void holds(F const& f, tensor<double, 3> const& at, double value, double a, double b, double d) {
  double const bound = 1e-12 * std::abs(value);
  auto const [v, g] = value_and_grad(f)(at);
  CHECK(std::abs(v - value) <= bound);
  CHECK(close(g, a, b, d));
  CHECK(std::abs(evaluate(f(x), x = at) - value) <= bound);
  CHECK(close(evaluate(gradient(f(x), x), x = at), a, b, d));
  double const of_data = f(at);
  CHECK(std::abs(of_data - value) <= bound);
  auto leaf = requires_grad<"leaf">(at);
  auto out = f(leaf);
  out.backward();
  CHECK(std::abs(out.item() - value) <= bound);
  CHECK(close(leaf.grad(), a, b, d));
}

}  // namespace

// The formulas are those of the stable functions.
static_assert(log(sum(exp(x))) == logsumexp(x));
static_assert(log(1_c + exp(x)) == softplus(x));
static_assert(log(softmax<0>(x)) == log_softmax<0>(x));
static_assert(sqrt(x * x) == abs(x));

// What happens in a branch that is not taken does not matter, in constant expressions too.
constexpr tensor<double, 3> around{0, 4, -1};
static_assert(evaluate(gradient(sum(where(x > 0_c, sqrt(x), 0_c)), x), x = around) ==
              tensor<double, 3>{0, 0.25, 0});
static_assert(evaluate(gradient(sum(where(x > 0_c, rsqrt(x), x)), x), x = around)(2) == 1);

TEST_CASE("log(sum(exp(x))) does not overflow") {
  holds([](auto const& t) { return log(sum(exp(t))); }, huge, 1000, 1, 0, 0);
}
TEST_CASE("log(1 + exp(x)) does not overflow") {
  holds([](auto const& t) { return sum(log(1_c + exp(t))); }, huge, 1000 + std::log(2.0), 1, 0.5,
        0);
}
TEST_CASE("log(softmax(x)) does not underflow") {
  holds([](auto const& t) { return sum(log(softmax<0>(t))); }, huge, -3000, -2, 1, 1);
}
TEST_CASE("sqrt(x * x) has a gradient at 0") {
  holds([](auto const& t) { return sum(sqrt(t * t)); }, {-2, 0, 3}, 5, -1, 0, 1);
}
TEST_CASE("where selects derivatives") {
  // log(0) and its derivative are infinite where they are not chosen.
  holds([](auto const& t) { return sum(where(t > 0_c, log(t), t)); }, {1, 0, -2}, -2, 1, 1, 1);
  holds([](auto const& t) { return sum(where(t > 0_c, sqrt(t), 0_c * t)); }, {4, 0, -2}, 2, 0.25,
        0, 0);
}
TEST_CASE("prod has a finite gradient where entries are 0") {
  holds([](auto const& t) { return prod(t); }, {2, 0, 3}, 0, 0, 6, 0);
  holds([](auto const& t) { return prod(t); }, {2, 0, 0}, 0, 0, 0, 0);
}
TEST_CASE("norm has a gradient at 0") {
  holds([](auto const& t) { return norm(t); }, zeros3, 0, 0, 0, 0);
}
TEST_CASE("log(sigmoid(x)) does not underflow, and is exact on both sides") {
  holds([](auto const& t) { return sum(log(sigmoid(t))); }, huge, -1000 - std::log(2.0), 0, 0.5,
        1);
  holds([](auto const& t) { return sum(log(sigmoid(t))); }, {-25, 30, 40},
        -25 - std::log1p(std::exp(-25.0)) - std::exp(-30.0), 1 / (1 + std::exp(-25.0)),
        std::exp(-30.0), std::exp(-40.0));
}
