// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>

using namespace slope;

namespace {

constexpr auto mean_square = [](auto x) { return mean(x * x); };
constexpr tensor<float, 2, 2> data{{1, 2}, {3, 4}};

static_assert(jit(mean_square)(data) == 7.5f);
static_assert(grad(mean_square)(data) == tensor<float, 2, 2>{{0.5f, 1}, {1.5f, 2}});
static_assert(value_and_grad(mean_square)(data).first == 7.5f);

// A loop and re-assignment; literals are exact constants.
constexpr auto loop = [](auto x, auto w) {
  auto h = x;
  for (int i = 0; i < 12; ++i) h = h + 0.1 * tanh(h * w);
  return sum(h);
};

}  // namespace

TEST_CASE("a traced loop has the gradient of its central difference") {
  tensor<double, 3> const x{0.1, -0.7, 1.3}, w{0.5, 0.25, -1.5};
  auto const [value, gradients] = value_and_grad<0, 1>(loop)(x, w);
  auto const [dx, dw] = gradients;
  CHECK(value == jit(loop)(x, w));
  double const h = 1e-6;
  for (int i = 0; i < 3; ++i) {
    auto up = x, down = x, wup = w, wdown = w;
    up[i] += h, down[i] -= h, wup[i] += h, wdown[i] -= h;
    CHECK(std::abs(dx[i] - (jit(loop)(up, w) - jit(loop)(down, w)) / (2 * h)) < 1e-8);
    CHECK(std::abs(dw[i] - (jit(loop)(x, wup) - jit(loop)(x, wdown)) / (2 * h)) < 1e-8);
  }
}

TEST_CASE("numbers are rank-0 arguments") {
  auto const [v, d] = value_and_grad([](auto a, auto b) { return a * a * b; })(3.0, 2.0);
  CHECK(v == 18.0);
  CHECK(d == 12.0);
}

TEST_CASE("the derivative of a division by an integer is as accurate as its type") {
  tensor<double, 2> const x{1, 2};
  tensor<std::int64_t, 2> const n{3, 7};
  auto const each = grad([](auto a, auto b) { return sum(a / b); })(x, n);
  CHECK(each(0) == 1.0 / 3);
  CHECK(each(1) == 1.0 / 7);
  CHECK(grad([](auto a, auto b) { return sum(a) / sum(b); })(x, n)(0) == 1.0 / 10);
}
