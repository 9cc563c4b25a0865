// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Matrices: factorisations, what is solved with them, determinants, and their derivatives.
// not with the third compiler

#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"a", double, 2, 2> a;
constexpr variable<"b", double, 2> b;
constexpr tensor<double, 2, 2> at_a{{2, 1}, {1, 3}};
constexpr tensor<double, 2> at_b{1, 2};
constexpr tensor<double, 3, 3> three{{0, 2, 1}, {3, 1, -1}, {1, -2, 4}};
constexpr tensor<double, 3, 3> definite{{4, 1, 0.5}, {1, 3, -1}, {0.5, -1, 5}};
constexpr tensor<double, 3, 2> columns{{1, 2}, {3, -1}, {0, 4}};

// Symbolic form.
static_assert(to_string(inverse(a)) == "inverse(a)");
static_assert(to_string(solve(a, b)) == "solve(a, b)");
static_assert(to_string(det(a)) == "det(a)");
// Constant evaluation.
static_assert(evaluate(det(a), a = at_a) == 5);
static_assert(evaluate(solve(a, b), a = at_a, b = tensor<double, 2>{3, 4}) ==
              tensor<double, 2>{1, 1});
static_assert(evaluate(matrix_power<3>(a), a = at_a) == tensor<double, 2, 2>{{15, 20}, {20, 35}});
static_assert(evaluate(matrix_power<0>(a), a = at_a) == tensor<double, 2, 2>{{1, 0}, {0, 1}});
static_assert(evaluate(gradient(det(a), a), a = tensor<double, 2, 2>{{1, 2}, {2, 4}}) ==
              tensor<double, 2, 2>{{4, -2}, {-2, 1}});
static_assert(evaluate(cholesky(a), a = tensor<double, 2, 2>{{4, 2}, {2, 5}}) ==
              tensor<double, 2, 2>{{2, 0}, {1, 2}});
static_assert(evaluate(kron(b, b), b = at_b) == tensor<double, 4>{1, 2, 2, 4});

template <class F>
struct total_of {
  constexpr auto operator()(auto x, auto... rest) const {
    auto const y = F{}(x, rest...);
    return sum(y * sin(y + 0.5));
  }
};

/// grad and forward mode of a sum of f's elements against central differences.
template <class F, class X, class... More>
void check(F, X const& at, More const&... more) {
  constexpr total_of<F> total;
  auto const slope_of_it = grad(total)(at, more...);
  constexpr double step = 1e-5;
  for (std::size_t k = 0; k < at.size(); ++k) {
    auto up = at, down = at;
    up.data()[k] += step;
    down.data()[k] -= step;
    double const difference = (jit(total)(up, more...) - jit(total)(down, more...)) / (2 * step);
    CHECK(slope_of_it.data()[k] == Approx(difference).epsilon(1e-7).margin(1e-7));
    if constexpr (sizeof...(More) == 0) {
      auto direction = at;
      for (std::size_t i = 0; i < at.size(); ++i) direction.data()[i] = i == k;
      auto const [value, tangent] = jvp(total)(at, direction);
      CHECK(tangent == Approx(slope_of_it.data()[k]).epsilon(1e-11).margin(1e-11));
    }
  }
}
constexpr auto symmetric(auto v) { return (v + transpose(v)) * 0.5; }

TEST_CASE("what is solved is a solution") {
  tensor<double, 3, 3> const identity = matmul(three, inverse(three));
  for (int r = 0; r < 3; ++r)
    for (int c = 0; c < 3; ++c)
      CHECK(identity(r, c) == Approx(r == c ? 1 : 0).margin(1e-14));
  tensor<double, 3, 2> const x = solve(three, columns);
  tensor<double, 3, 2> const back = matmul(three, x);
  for (std::size_t k = 0; k < 6; ++k) CHECK(back.data()[k] == Approx(columns.data()[k]).margin(1e-14));
  CHECK(double(det(three)) == Approx(-33));
  auto const [sign, logarithm] = slogdet(three);
  CHECK(double(sign) == -1);
  CHECK(double(logarithm) == Approx(std::log(33)));
  CHECK(std::isnan(double(logdet(three))));
  tensor<double, 3, 3> const l = cholesky(definite);
  tensor<double, 3, 3> const product = matmul(l, transpose(l));
  for (std::size_t k = 0; k < 9; ++k) CHECK(product.data()[k] == Approx(definite.data()[k]));
  tensor<double, 3, 2> const y = cholesky_solve(columns, l);
  tensor<double, 3, 2> const again = matmul(definite, y);
  for (std::size_t k = 0; k < 6; ++k) CHECK(again.data()[k] == Approx(columns.data()[k]).margin(1e-14));
  tensor<double, 3, 3> const sixth = matrix_power<-6>(three);
  tensor<double, 3, 3> const one = matmul(sixth, matrix_power<6>(three));
  for (int r = 0; r < 3; ++r)
    for (int c = 0; c < 3; ++c) CHECK(one(r, c) == Approx(r == c ? 1 : 0).margin(1e-9));
}

TEST_CASE("gradients and tangents of matrix functions are those of central differences") {
  check([](auto v) { return inverse(v); }, three);
  check([](auto v) { return solve(v, v * v); }, three);
  check([](auto v) { return det(v); }, three);
  check([](auto v) { return 0.1 * det(0.5 * v * v); }, tensor<double, 4, 4>{
      {1, 2, 0.5, 3}, {2, -1, 1, 1}, {0, 1, 2, 2}, {1, 3, 1, -2}});
  check([](auto v) { return logdet(matmul(v, transpose(v))); }, three);
  check([](auto v) { return cholesky(symmetric(v)); }, definite);
  check([](auto v) { return cholesky_solve(v, cholesky(symmetric(v))); }, definite);
  check([](auto v) { return matrix_power<-3>(v) + 0.01 * matrix_power<4>(v); }, at_a);
  check([](auto v) { return kron(v, v); }, at_a);
}

}  // namespace
