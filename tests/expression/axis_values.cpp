// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// not with the third compiler

#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <concepts>
#include <limits>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", double, 2, 3> x;
constexpr variable<"w", double, 3, 2> w;
constexpr variable<"v", double, 3> v;
constexpr variable<"u", double, 2> u;
constexpr variable<"b", bool, 3> flags;
constexpr variable<"f", float, 3> f;

constexpr tensor<double, 2, 3> data{{1, 2, 3}, {4, 5, 7}};
constexpr tensor<double, 3, 2> weights{{1, 0}, {2, 1}, {0, 3}};
constexpr tensor<double, 3> vector{1, 2, 3};

constexpr variable<"X", double, dim<"n">, 3> rows;
constexpr variable<"y", double, dynamic> open;

// Values.
static_assert(evaluate(sum<0>(x), x = data) == tensor<double, 3>{5, 7, 10});
static_assert(evaluate(sum<1>(x, keepdim), x = data) == tensor<double, 2, 1>{{6}, {16}});
static_assert(evaluate(mean(x), x = data) == 22.0 / 6);
static_assert(evaluate(prod<0>(x), x = data) == tensor<double, 3>{4, 10, 21});
static_assert(evaluate(amax<1>(x), x = data) == tensor<double, 2>{3, 7});
static_assert(evaluate(amin(x), x = data) == 1);
static_assert(evaluate(sum(flags), flags = tensor<bool, 3>{true, false, true}) == 2);
static_assert(
    std::same_as<decltype(evaluate(sum(flags), flags = tensor<bool, 3>{})), std::int64_t>);
static_assert(std::same_as<decltype(evaluate(amax(f), f = tensor<float, 3>{})), float>);
static_assert(evaluate(transpose(x), x = data) == tensor<double, 3, 2>{{1, 4}, {2, 5}, {3, 7}});
static_assert(evaluate(reshape<3, 2>(x), x = data) == tensor<double, 3, 2>{{1, 2}, {3, 4}, {5, 7}});
static_assert(evaluate(broadcast_to<2, 3>(v), v = vector) ==
              tensor<double, 2, 3>{{1, 2, 3}, {1, 2, 3}});
static_assert(evaluate(matmul(x, w), x = data, w = weights) ==
              tensor<double, 2, 2>{{5, 11}, {14, 26}});
static_assert(evaluate(matmul(x, v), x = data, v = vector) == tensor<double, 2>{14, 35});
static_assert(evaluate(matmul(v, w), v = vector, w = weights) == tensor<double, 2>{5, 11});
static_assert(evaluate(dot(v, v), v = vector) == 14);
static_assert(evaluate(outer(u, v), u = tensor<double, 2>{1, 10}, v = vector) ==
              tensor<double, 2, 3>{{1, 2, 3}, {10, 20, 30}});
static_assert(evaluate(variance(v), v = vector) == 1);
static_assert(evaluate(stddev(v, correction<0>), v = tensor<double, 3>{1, 1, 1}) == 0);
static_assert(evaluate(norm(u), u = tensor<double, 2>{3, 4}) == 5);

// Batches broadcast.
constexpr variable<"p", double, 2, 1, 2> left;
constexpr variable<"q", double, 2, 2> right;
static_assert(evaluate(matmul(left, right), left = tensor<double, 2, 1, 2>{{{1, 2}}, {{3, 4}}},
                       right = tensor<double, 2, 2>{{1, 1}, {0, 1}}) ==
              tensor<double, 2, 1, 2>{{{1, 3}}, {{3, 7}}});
static_assert(evaluate(gradient(sum(matmul(left, right)), right),
                       left = tensor<double, 2, 1, 2>{{{1, 2}}, {{3, 4}}}) ==
              tensor<double, 2, 2>{{4, 4}, {6, 6}});

// Gradients at the points where automatic differentiation has none.
static_assert(evaluate(gradient(prod(v), v), v = tensor<double, 3>{2, 0, 3}) ==
              tensor<double, 3>{0, 6, 0});
static_assert(evaluate(gradient(prod(v), v), v = tensor<double, 3>{0, 0, 3}) ==
              tensor<double, 3>{0, 0, 0});
static_assert(evaluate(gradient(prod(v), v), v = tensor<double, 3>{2, 5, 3}) ==
              tensor<double, 3>{15, 6, 10});
// So have products their second derivatives: rows of the Hessian, summed.
constexpr auto hessian_sums = gradient(sum(gradient(prod(v), v)), v);
static_assert(evaluate(hessian_sums, v = tensor<double, 3>{2, 4, 3}) ==
              tensor<double, 3>{7, 5, 6});
static_assert(evaluate(hessian_sums, v = tensor<double, 3>{2, 0, 3}) ==
              tensor<double, 3>{3, 5, 2});
static_assert(evaluate(hessian_sums, v = tensor<double, 3>{0, 0, 3}) ==
              tensor<double, 3>{3, 3, 0});
static_assert(evaluate(gradient(amax(v), v), v = tensor<double, 3>{3, 1, 3}) ==
              tensor<double, 3>{0.5, 0, 0.5});
static_assert(evaluate(gradient(sum(amin<0>(x)), x),
                       x = tensor<double, 2, 3>{{1, 2, 3}, {1, 5, 0}}) ==
              tensor<double, 2, 3>{{0.5, 1, 0}, {0.5, 0, 1}});
static_assert(evaluate(gradient(norm(v), v), v = tensor<double, 3>{}) == tensor<double, 3>{});
static_assert(evaluate(gradient(stddev(v), v), v = tensor<double, 3>{2, 2, 2}) ==
              tensor<double, 3>{});

// In a traced function axes and orders are values.
static_assert(jit([](auto a) {
                auto total = 0 * sum(a);
                for (int k = 0; k < 2; ++k) total = total + amax(sum(a, k), 0);
                return total + norm(a, 1) + norm(a, std::numeric_limits<double>::infinity());
              })(data) == 10 + 16 + 22 + 7);
static_assert(grad([](auto a) { return sum(log_softmax(a, 1) * 0 + matmul(a, transpose(a))); })(
                  tensor<double, 2, 2>{{1, 2}, {3, 4}}) == tensor<double, 2, 2>{{8, 12}, {8, 12}});

/// The greatest difference between a gradient and central differences.
template <class E, class V, class T>
double worst(E, V variable, T at) {
  constexpr auto g = gradient(E{}, V{});
  auto const exact = evaluate(g, variable = at);
  double result = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    double const h = 1e-5, old = at.data()[i];
    at.data()[i] = old + h;
    double const up = evaluate(E{}, variable = at);
    at.data()[i] = old - h;
    double const down = evaluate(E{}, variable = at);
    at.data()[i] = old;
    result = std::max(result, std::abs(exact.data()[i] - (up - down) / (2 * h)));
  }
  return result;
}

}  // namespace

TEST_CASE("gradients along axes agree with central differences") {
  tensor<double, 2, 3> const at{{0.3, -1.2, 0.7}, {2.1, 0.4, -0.6}};
  constexpr auto c = sin(x * constant<7, 5>);
  CHECK(worst(sum(square(sum<0>(x)) * amax<0>(x)) + sum(sum<1>(x, keepdim) * c) +
                  sum(mean<1>(x) * prod<1>(x)) + norm(x, 3_c) + sum(norm<1>(x, 1.5_c)),
              x, at) < 1e-7);
  CHECK(worst(sum(logsumexp<1>(x) * amin<1>(x)) + sum((softmax<1>(x) + log_softmax<0>(x)) * c) +
                  sum(variance<1>(x) * stddev<1>(x)) + sum(norm<0>(x)),
              x, at) < 1e-7);
  CHECK(worst(sum(square(reshape<3, 2>(c)) * transpose(c)) +
                  sum(permute<2, 0, 1>(unsqueeze<1>(c)) *
                      square(broadcast_to<3, 2, 1>(sum<1>(x, keepdim)))),
              x, at) < 1e-7);
}

TEST_CASE("stable forms") {
  tensor<double, 3> const large{1000, 1000.5, 999};
  CHECK(std::abs(evaluate(log(sum(exp(v))), v = large) - 1001.1041) < 1e-4);
  CHECK(std::abs(evaluate(softmax<0>(v), v = large)[1] - 0.5465493872661796) < 1e-12);
  double const inf = std::numeric_limits<double>::infinity();
  CHECK(evaluate(logsumexp(v), v = tensor<double, 3>{-inf, -inf, -inf}) == -inf);
  CHECK(evaluate(logsumexp(v), v = tensor<double, 3>{1, inf, 0}) == inf);
}

TEST_CASE("run-time extents") {
  tensor<double, dynamic, 3> some(4);
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 3; ++j) some(i, j) = i + 0.5 * j;
  CHECK(evaluate(mean(rows), rows = some) == 2);
  CHECK(evaluate(gradient(mean(rows), rows), rows = some)(3, 2) == 1.0 / 12);
  CHECK(std::abs(evaluate(variance<0>(rows), rows = some)[1] - 5.0 / 3) < 1e-15);
  CHECK(evaluate(gradient(sum(square(mv(rows, v))), v), rows = some, v = vector) ==
        tensor<double, 3>{216, 268, 320});
  CHECK(evaluate(gradient(sum(open * constant<2>), open), open = tensor<double, dynamic>(3)) ==
        tensor<double, 3>{2, 2, 2});
}
