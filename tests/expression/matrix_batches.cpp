// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Matrices: triangular systems, second derivatives, batches, singular ones.
// with the first compiler only

#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <limits>


using namespace slope;
using namespace slope::literals;

namespace {

constexpr tensor<double, 2, 2> at_a{{2, 1}, {1, 3}};
constexpr tensor<double, 2> at_b{1, 2};

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
constexpr tensor<double, 3, 3> three{{0, 2, 1}, {3, 1, -1}, {1, -2, 4}};
constexpr tensor<double, 3, 3> definite{{4, 1, 0.5}, {1, 3, -1}, {0.5, -1, 5}};
constexpr tensor<double, 3, 2> columns{{1, 2}, {3, -1}, {0, 4}};

TEST_CASE("gradients of triangular systems") {
  check([](auto v) { return solve_triangular<false>(v, v * v); }, definite);
  check([](auto v) { return solve_triangular<true, true>(v, sin(v)); }, definite);
  check([](auto v) { return solve_triangular<true, false, true>(v, sin(v)); }, definite);
  check([](auto v, auto m) { return solve(m, v); }, columns, three);
  check([](auto v, auto m) { return solve(v, m); }, at_a, at_b);
}

TEST_CASE("second derivatives of matrix functions are symmetric and differences of first ones") {
  auto const f = [](auto v) { return sum(square(inverse(v))) + logdet(matmul(v, transpose(v))); };
  auto const second = hessian(f)(at_a);
  constexpr double step = 1e-5;
  for (std::size_t k = 0; k < 4; ++k) {
    auto up = at_a, down = at_a;
    up.data()[k] += step;
    down.data()[k] -= step;
    auto const high = grad(f)(up), low = grad(f)(down);
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(second.data()[4 * k + i] ==
            Approx((high.data()[i] - low.data()[i]) / (2 * step)).epsilon(1e-6).margin(1e-7));
      CHECK(second.data()[4 * k + i] == Approx(second.data()[4 * i + k]));
    }
  }
  auto const curvature = hessian([](auto v) { return det(v); })(tensor<double, 2, 2>{});
  CHECK(curvature(0, 0, 1, 1) == 1);
  CHECK(curvature(0, 1, 1, 0) == -1);
}

TEST_CASE("batches of matrices") {
  tensor<double, 2, 2, 2> const batch{{{2, 1}, {1, 3}}, {{0, 1}, {2, 1}}};
  tensor<double, 2> const determinants = det(batch);
  CHECK(determinants(0) == Approx(5));
  CHECK(determinants(1) == Approx(-2));
  tensor<double, 2> const mapped = vmap<0>([](auto v) { return det(inverse(v)); })(batch);
  CHECK(mapped(0) == Approx(0.2));
  CHECK(mapped(1) == Approx(-0.5));
  tensor<double, 2, 2, 1> const x = solve(batch, tensor<double, 2, 1>{{1}, {3}});
  CHECK(x(1, 0, 0) == Approx(1));
  CHECK(x(1, 1, 0) == Approx(1));
  check([](auto v) { return inverse(v); }, batch);
  check([](auto v) { return solve(v, slice(v, 2, 0, 1)); }, batch);
}

TEST_CASE("singular matrices") {
  tensor<double, 2, 2> const singular{{1, 2}, {2, 4}};
  CHECK(double(det(singular)) == 0);
  CHECK_THROWS_AS(inverse(singular).eval(), linear_algebra_error);
  CHECK_THROWS_WITH(solve(singular, at_b).eval(), "a singular matrix has no inverse");
  CHECK_THROWS_AS(cholesky(singular * -1).eval(), linear_algebra_error);
  CHECK(double(logdet(singular)) == -std::numeric_limits<double>::infinity());
  tensor<double, 4, 4> const zeros{};
  auto const none = grad([](auto v) { return det(v); })(zeros);
  for (std::size_t k = 0; k < 16; ++k) CHECK(none.data()[k] == 0);
}

}  // namespace
