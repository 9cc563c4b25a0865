// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// not with the third compiler

#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", double, 3> x;
constexpr variable<"v", double, 3> v;
constexpr variable<"A", double, 3, 3> A;
constexpr variable<"s", double> s;
constexpr variable<"u", double, dim<"n">> u;
constexpr variable<"t", double, dim<"n">> t;

// Forward mode is the chain rule; reverse mode its transpose.
static_assert(jvp(sin(x), x, v) == cos(x) * v);
static_assert(vjp(sin(x), x, v) == cos(x) * v);
static_assert(jvp(sum(sin(x)), x, v) == sum(cos(x) * v));
static_assert(jvp(matmul(A, x), x, v) == matmul(A, v));
static_assert(vjp(matmul(A, x), x, v) == matmul(transpose(A), v));
static_assert(jvp(x * x, x, x) == 2_c * x * x);  // x itself may be the direction
static_assert(jvp(exp(v), x, v) == 0_c * x);
static_assert(jvp(exp(u), u, t) == exp(u) * t);
static_assert(derivative(sin(s * x), s) == x * cos(s * x));
static_assert(derivative(pow(s, 3_c), s) == 3_c * s * s);
static_assert(derivative(derivative(sin(s), s), s) == -sin(s));
static_assert(gradient(sum(gradient(sum(exp(x)), x) * v), x) == exp(x) * v);

// What is a scalar for x, or of one element for y, has a plain Jacobian.
static_assert(jacobian(sum(x * x), x) == 2_c * x);
static_assert(jacobian(s * x, s) == 1_c * x);
static_assert(hessian(pow(s, 3_c), s) == 6_c * s);
static_assert(jacobian(matmul(A, x), x) == 1_c * A);
static_assert(jacobian(matmul(A, x * x), x) == 2_c * A * x);

constexpr tensor<double, 3, 3> matrix{{1, 2, 3}, {4, 5, 6}, {7, 8, 10}};
constexpr tensor<double, 3> point{1, 2, 3};
static_assert(evaluate(jacobian(x * x, x), x = point) ==
              tensor<double, 3, 3>{{2, 0, 0}, {0, 4, 0}, {0, 0, 6}});
static_assert(evaluate(hessian(dot(x, matmul(A, x)), x), A = matrix) ==
              tensor<double, 3, 3>{{2, 6, 10}, {6, 10, 14}, {10, 14, 20}});

template <class A, class B>
bool near(A const& a, B const& b) {
  for (std::size_t k = 0; k < a.size(); ++k)
    if (!(std::abs(a.data()[k] - b.data()[k]) <= 1e-12 * (1 + std::abs(b.data()[k])))) return false;
  return true;
}

}  // namespace

TEST_CASE("a Jacobian holds the derivatives along each direction") {
  constexpr auto y = tanh(matmul(A, x)) * sum(x) + exp(x);
  auto const j = evaluate(jacobian(y, x), x = point, A = matrix);
  auto const by_forward = evaluate(matmul(jacobian(y, x), v), x = point, A = matrix, v = point);
  auto const by_reverse =
      evaluate(matmul(transpose(jacobian(y, x)), v), x = point, A = matrix, v = point);
  CHECK(near(by_forward, evaluate(jvp(y, x, v), x = point, A = matrix, v = point)));
  CHECK(near(by_reverse, evaluate(vjp(y, x, v), x = point, A = matrix, v = point)));
  double const h = 1e-6;
  for (int i = 0; i < 3; ++i) {
    auto up = point, down = point;
    up[i] += h, down[i] -= h;
    auto const high = evaluate(y, x = up, A = matrix), low = evaluate(y, x = down, A = matrix);
    for (int k = 0; k < 3; ++k) CHECK(std::abs(j(k, i) - (high[k] - low[k]) / (2 * h)) < 1e-8);
  }
}

TEST_CASE("a Jacobian for a matrix has its axes last") {
  auto const j = evaluate(jacobian(matmul(A, x), A), x = point);
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 3; ++k)
      for (int l = 0; l < 3; ++l) CHECK(j(i, k, l) == (i == k ? point[l] : 0));
}

TEST_CASE("a Hessian is the Jacobian of the gradient, and symmetric") {
  constexpr auto y = sum(exp(x) * matmul(A, x)) + prod(x) + logsumexp(x);
  auto const h = evaluate(hessian(y, x), x = point, A = matrix);
  CHECK(near(h, evaluate(jacobian(gradient(y, x), x), x = point, A = matrix)));
  CHECK(near(h, evaluate(transpose(hessian(y, x)), x = point, A = matrix)));
  auto const product = evaluate(jvp(gradient(y, x), x, v), x = point, A = matrix, v = point);
  CHECK(near(product, evaluate(matmul(hessian(y, x), v), x = point, A = matrix, v = point)));
}

TEST_CASE("directional derivatives of run-time extents") {
  tensor<double, dynamic> const at{0, 1, 2, 3}, along{1, 0, -1, 2};
  auto const d = evaluate(jvp(exp(u) / sum(u), u, t), u = at, t = along);
  double const total = 6, moved = 2;
  for (int i = 0; i < 4; ++i)
    CHECK(std::abs(d[i] - std::exp(at[i]) * (along[i] / total - moved / (total * total))) < 1e-12);
}

namespace {

/// Forward and reverse mode agree: <u, J v> = <J^T u, v>.
template <class F>
void check_modes(F f) {
  constexpr variable<"X", double, 2, 3> X;
  constexpr variable<"V", double, 2, 3> V;
  constexpr auto y = f(X);
  constexpr auto weight = sin(3_c * y) + 0.7_c;  // some weights of y's shape
  tensor<double, 2, 3> const at{{0.3, -0.7, 0.9}, {0.2, 0.5, -0.4}};
  tensor<double, 2, 3> const along{{1, -2, 0.5}, {3, 0.25, -1}};
  double const forward = evaluate(sum(weight * jvp(y, X, V)), X = at, V = along);
  double const reverse = evaluate(sum(V * vjp(y, X, weight)), X = at, V = along);
  INFO(to_string(y));
  CHECK(std::abs(forward - reverse) <= 1e-12 * (1 + std::abs(forward)));
  CHECK(forward != 0);
}

}  // namespace

TEST_CASE("forward and reverse mode come from the same rules") {
  check_modes([](auto a) { return exp(a) * sin(a) / (2_c + a); });
  check_modes([](auto a) { return maximum(a, square(a)) + where(a > 0_c, a, sinh(a)); });
  check_modes([](auto a) { return sum<0>(a * a); });
  check_modes([](auto a) { return sum<1>(tan(a), keepdim) * a; });
  check_modes([](auto a) { return prod<1>(a); });
  check_modes([](auto a) { return amax<0>(a) - amin<1>(a, keepdim); });
  check_modes([](auto a) { return softmax<1>(a) + softmax<0>(a * a); });
  check_modes([](auto a) { return log_softmax<1>(a) * a; });
  check_modes([](auto a) { return logsumexp<1>(a); });
  check_modes([](auto a) { return variance<0>(a) + stddev<0>(exp(a)); });
  check_modes([](auto a) { return norm<1>(a); });
  check_modes([](auto a) { return matmul(a, transpose(a)); });
  check_modes([](auto a) { return reshape<3, 2>(a) * transpose(a); });
  check_modes([](auto a) { return mean(a) * unsqueeze<0>(a); });
  check_modes([](auto a) { return pow(exp(a), a) + clamp(a, -0.5_c, 0.6_c); });
}
