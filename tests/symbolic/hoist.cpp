// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// What is the same for many elements is computed once for them, and numbers made of sizes have the
// precision of what wants them: which operations a planned program has, and that values stay.
#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <limits>
#include <tuple>

using namespace slope;

namespace {

using row = tensor<double, 4>;
using column = tensor<double, 3, 1>;
using matrix = tensor<double, 3, 4>;

template <class F, class... A>
constexpr auto const& planned = engine::program_of<engine::simplest_function<F, A...>>::graph;

/// How often a function of A... has the operation, for results of that rank.
template <class Op, class... A, class F>
constexpr int count(F const&, int rank) {
  constexpr auto const& g = planned<F, A...>;
  int found = 0;
  for (int i = 0; i < g.node_count; ++i)
    found += g.nodes[i].op == engine::op_number<Op>() && g.shapes[g.nodes[i].shape].rank == rank;
  return found;
}
/// The numbers made of sizes that are computed in double precision.
template <class... A, class F>
constexpr int wide_numbers(F const&) {
  constexpr auto const& g = planned<F, A...>;
  int found = 0;
  for (int i = 0; i < g.node_count; ++i)
    found += g.nodes[i].type == dtype::weak_float &&
             g.nodes[i].op != engine::op_number<op::constant>();
  return found;
}

// A quotient by the norm of a row, or by the sum of a softmax, is a product with its inverse.
constexpr auto normed = [](auto x) { return x / sqrt(sum<1>(x * x, keepdim)); };
static_assert(count<op::divide, matrix>(jit(normed), 2) <= 1);  // that of the norms, (3,1)
static_assert(count<op::multiply, matrix>(jit(normed), 2) == 1);
// By data that divides once it stays exact, by data that divides twice it does not.
constexpr auto once = [](auto x, auto y) { return x / y; };
constexpr auto twice = [](auto x, auto y, auto z) { return std::tuple{x / y, z / y}; };
static_assert(count<op::divide, matrix, row>(jit(once), 2) == 1);
static_assert(count<op::divide, matrix, row, matrix>(jit(twice), 2) == 0);
static_assert(count<op::divide, matrix, matrix, matrix>(jit(twice), 2) == 2);  // nothing is spread

// A factor that is the same along the axes of a sum multiplies the sum.
constexpr auto weighted = [](auto x, auto c) { return sum<1>(x * exp(c)); };
static_assert(count<op::multiply, matrix, column>(jit(weighted), 2) <= 1);  // at most (3,1)
static_assert(count<op::multiply, matrix, row>(jit(weighted), 2) == 1);     // along the sum: (3,4)

// The gradient of logsumexp takes the exponentials that it summed, and does not wait for the logarithm.
constexpr auto log_sum = [](auto x) { return sum(logsumexp<1>(x)); };
static_assert(count<op::exp, matrix>(value_and_grad(log_sum), 2) == 1);
static_assert(count<op::eq, matrix>(value_and_grad(log_sum), 1) == 0);

// A number that takes a function is added to a sum, not to each of the products that are summed; a sum and one
// of squares then give the density of a normal distribution and its three gradients.
constexpr auto density = [](auto x, auto m, auto s) {
  return sum(-0.5 * square((x - m) / s) - log(s));
};
constexpr auto density_and_gradients = value_and_grad<0, 1, 2>(density);
static_assert(count<op::sum, row, double, double>(density_and_gradients, 0) == 2);
static_assert(count<op::add, row, double, double>(density_and_gradients, 1) == 1);
static_assert(count<op::multiply, row, double, double>(density_and_gradients, 1) == 2);
// Differences from data that may be near it stay.
constexpr auto differences = [](auto x, auto s) { return sum(x - log(s)); };
static_assert(count<op::add, row, double>(jit(differences), 1) == 1);

// A choice of x where x is 0 is one of 0.
constexpr auto choice = [](auto x, auto y) { return where(eq(x, 0), x, y); };
constexpr bool chooses_a_constant() {
  constexpr auto const& g = planned<decltype(jit(choice)), row, row>;
  for (int i = 0; i < g.node_count; ++i)
    if (g.nodes[i].op == engine::op_number<op::where>())
      return g.nodes[g.nodes[i].args[1]].op == engine::op_number<op::constant>();
  return false;
}
static_assert(chooses_a_constant());

// A constant multiplies the factor that has fewer elements: the gradient of a mean of squares is x times a number.
constexpr auto squares = [](auto x) { return mean(x * x); };
static_assert(count<op::multiply, tensor<float, dynamic>>(value_and_grad(squares), 1) == 1);

// Numbers of sizes are narrow where nothing but float32 wants them.
constexpr auto average = [](auto x) { return mean(x * x); };
constexpr auto both = [](auto x, auto y) {
  auto const n = sqrt(size_of<0>(x));
  return std::tuple{x * n, sum(y * n)};
};
constexpr auto root = [](auto x) {
  return std::tuple{x / sqrt(size_of<0>(x)), sqrt(size_of<0>(x))};
};
using open_floats = tensor<float, dynamic>;
using open_doubles = tensor<double, dynamic>;
static_assert(wide_numbers<open_floats>(value_and_grad(average)) == 0);
static_assert(wide_numbers<open_floats, open_floats>(jit(both)) == 0);
static_assert(wide_numbers<open_floats, open_doubles>(jit(both)) > 0);
static_assert(wide_numbers<open_floats>(jit(root)) > 0);

matrix some() {
  matrix x;
  for (int k = 0; k < 12; ++k) x.data()[k] = std::sin(3 * k + 1) + 0.1;
  return x;
}
bool near(double got, double want) { return std::abs(got - want) <= 1e-13 * std::abs(want); }

}  // namespace

TEST_CASE("hoisted formulas keep their values") {
  auto const x = some();
  auto const c = column{{0.5}, {-1}, {2}};
  auto const of_norm = jit(normed)(x);
  auto const of_sum = jit(weighted)(x, c);
  auto const [value, slopes] = value_and_grad(log_sum)(x);
  double logs = 0;
  for (int i = 0; i < 3; ++i) {
    double squares = 0, sum = 0, exponentials = 0;
    for (int j = 0; j < 4; ++j) {
      squares += x(i, j) * x(i, j), sum += x(i, j) * std::exp(c(i, 0));
      exponentials += std::exp(x(i, j));
    }
    logs += std::log(exponentials);
    CHECK(near(of_sum(i), sum));
    for (int j = 0; j < 4; ++j) {
      CHECK(near(of_norm(i, j), x(i, j) / std::sqrt(squares)));
      CHECK(near(slopes(i, j), std::exp(x(i, j)) / exponentials));
    }
  }
  CHECK(near(value, logs));
}

TEST_CASE("sums of differences keep their digits") {
  // Were the mean, which all elements share, taken out of the sum, nothing would be left of it.
  matrix x;
  for (int k = 0; k < 12; ++k) x.data()[k] = 1e15 + k % 4;
  auto const f = [](auto x, auto w) {
    auto const d = x - mean<1>(x, keepdim);
    return sum<1>(d * w) / sqrt(sum<1>(d * d));
  };
  auto const got = jit(f)(x, row{0.1, 0.2, 0.3, 0.4});
  for (int i = 0; i < 3; ++i) CHECK(std::abs(got(i) - 0.5 / std::sqrt(5)) < 1e-14);
}

TEST_CASE("squares of quotients are of the quotients' size") {
  // x * x would be 0, and 1 / s^3 infinite.
  auto const squares = [](auto x, auto s) { return sum(square(x / s)); };
  auto const [value, slope] = value_and_grad<1>(squares)(row{1e-200, 2e-200, 0, 0}, 1e-200);
  CHECK(near(value, 5));
  CHECK(near(slope, -1e201));
  auto const [log_density, gradients] = density_and_gradients(row{1, 2, 3, 6}, 2.0, 2.0);
  auto const& [dx, dm, ds] = gradients;
  CHECK(near(log_density, -2.25 - 4 * std::log(2)));
  for (int i = 0; i < 4; ++i) CHECK(dx(i) == (row{0.25, 0, -0.25, -1}(i)));
  CHECK(dm == 1);
  CHECK(ds == 0.25);
}

namespace {

// A value that is linear in gamma and beta follows from its derivatives: per element there is nothing to
// do for it. Deviations from a mean add up to 0.
constexpr auto scaled_rows = [](auto x, auto gamma, auto beta, auto w) {
  return sum(w * (exp(x) * gamma + beta));
};
constexpr auto with_slopes = value_and_grad<1, 2>(scaled_rows);
static_assert(count<op::multiply, matrix, row, row, matrix>(with_slopes, 2) == 1);
static_assert(count<op::add, matrix, row, row, matrix>(with_slopes, 2) == 0);
static_assert(count<op::sum, matrix, row, row, matrix>(with_slopes, 0) == 1);
constexpr auto spread_of = [](auto x) { return sum(mean<1>(square(x - mean<1>(x, keepdim)))); };
static_assert(count<op::sum, matrix>(value_and_grad<0>(spread_of), 1) <= 2);  // the means, the squares
static_assert(count<op::sum, matrix>(grad<0>(spread_of), 1) == 1);            // the means
// Data less what is spread over it stays together: its digits are in the difference.
constexpr auto centred_rows = [](auto x, auto m, auto w) { return sum(w * (x - m)); };
static_assert(count<op::add, matrix, row, matrix>(value_and_grad<1>(centred_rows), 2) == 1);

}  // namespace

TEST_CASE("a value that is linear in its rows follows from their derivatives") {
  matrix x, w;
  for (int k = 0; k < 12; ++k) x.data()[k] = 0.1 * k - 0.5, w.data()[k] = 0.3 * (k % 5) - 0.4;
  row const gamma{1, -2, 3, 0.5}, beta{0.1, 0.2, 0.3, 0.4};
  auto const [value, slopes] = value_and_grad<1, 2>(scaled_rows)(x, gamma, beta, w);
  auto const& [of_gamma, of_beta] = slopes;
  double want = 0;
  for (int j = 0; j < 4; ++j) {
    double first = 0, second = 0;
    for (int i = 0; i < 3; ++i) {
      want += w(i, j) * (std::exp(x(i, j)) * gamma(j) + beta(j));
      first += w(i, j) * std::exp(x(i, j));
      second += w(i, j);
    }
    CHECK(near(of_gamma(j), first));
    CHECK(std::abs(of_beta(j) - second) < 1e-14);
  }
  CHECK(near(value, want));
}

TEST_CASE("the derivative of a variance") {
  matrix x;
  for (int k = 0; k < 12; ++k) x.data()[k] = 0.1 * (k * 7 % 12);
  auto const slopes = grad<0>(spread_of)(x);
  for (int i = 0; i < 3; ++i) {
    double const middle = (x(i, 0) + x(i, 1) + x(i, 2) + x(i, 3)) / 4;
    for (int j = 0; j < 4; ++j) CHECK(std::abs(slopes(i, j) - (x(i, j) - middle) / 2) < 1e-14);
  }
}

TEST_CASE("rows of infinities and of large numbers have the logsumexp's gradient") {
  double const infinity = std::numeric_limits<double>::infinity();
  auto const g = grad(log_sum)(
      matrix{{1e300, 0, -1e300, 1}, {-infinity, 0, 0, -infinity}, {1, 1, 1, 1}});
  matrix const want{{1, 0, 0, 0}, {0, 0.5, 0.5, 0}, {0.25, 0.25, 0.25, 0.25}};
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 4; ++j) CHECK(g(i, j) == want(i, j));
}

TEST_CASE("numbers of sizes keep their precision") {
  open_floats const x(3);
  auto const [quotients, number] = jit(root)(x);
  CHECK(std::abs(static_cast<double>(number) - std::sqrt(3.0)) < 1e-7);
  CHECK(quotients.size() == 3);
  open_doubles y(3);
  for (int i = 0; i < 3; ++i) y(i) = i;
  CHECK(near(std::get<1>(jit(both)(x, y)), 3 * std::sqrt(3.0)));
}
