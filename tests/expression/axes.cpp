// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <limits>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", double, 2, 3> x;
constexpr variable<"w", double, 3, 2> w;
constexpr variable<"v", double, 3> v;
constexpr variable<"u", double, 2> u;
constexpr variable<"z", double, 4, 5> z;
constexpr variable<"b", bool, 3> flags;
constexpr variable<"f", float, 3> f;

constexpr tensor<double, 2, 3> data{{1, 2, 3}, {4, 5, 7}};
constexpr tensor<double, 3, 2> weights{{1, 0}, {2, 1}, {0, 3}};
constexpr tensor<double, 3> vector{1, 2, 3};

// Formulas, as they are written and simplified.
static_assert(to_string(sum<0>(x)) == "sum<0>(x)");
static_assert(to_string(sum<-1>(x, keepdim)) == "sum<1>(x, keepdim)");
static_assert(to_string(variance<0>(x, correction<0>)) == "variance<0>(x, correction<0>)");
static_assert(to_string(simplify(matmul(transpose(x), matmul(x, v)))) ==
              "matmul(transpose(x), matmul(x, v))");
static_assert(sum<0, 1>(x) == sum(x));
static_assert(sum<0>(sum<1>(x)) == sum(x));
static_assert(sum<-1>(x) == sum<1>(x));
static_assert(sum<0>(x) != sum<1>(x));
static_assert(mean<1>(x) == sum<1>(x) / 3_c);
static_assert(transpose(transpose(x)) == x);
static_assert(permute<1, 0>(x) == transpose(x));
static_assert(reshape<2, 3>(reshape<3, -1>(x)) == x);
static_assert(squeeze<1>(unsqueeze<1>(x)) == x);
static_assert(sum(transpose(x)) == sum(x));
static_assert(sum<0>(broadcast_to<2, 3>(v)) == 2_c * v);
static_assert(sum(3_c * x) == 3_c * sum(x));
static_assert(size_of<1>(x) == 3_c);
static_assert(log(sum<1>(exp(x))) == logsumexp<1>(x));
static_assert(log(sum<1>(exp(x), keepdim)) == logsumexp<1>(x, keepdim));
static_assert(log(softmax<1>(x)) == log_softmax<1>(x));
static_assert(exp(x) / sum<1>(exp(x), keepdim) == softmax<1>(x));
static_assert(mv(x, v) == matmul(x, v));
static_assert(mm(x, w) == matmul(x, w));
static_assert(dot(v, v) == sum(square(v)));
static_assert(matmul(2_c * x, w) == 2_c * matmul(x, w));

// Gradients as formulas.
static_assert(gradient(sum(square(reshape<6>(x))), x) == 2_c * x);
static_assert(gradient(sum(square(transpose(x))), x) == 2_c * x);
static_assert(gradient(sum(square(matmul(x, w))), x) ==
              2_c * matmul(matmul(x, w), transpose(w)));
static_assert(gradient(sum(square(matmul(x, w))), w) ==
              2_c * matmul(transpose(x), matmul(x, w)));
static_assert(gradient(sum(square(mv(x, v))), v) == 2_c * mv(transpose(x), mv(x, v)));
static_assert(gradient(dot(v, v), v) == 2_c * v);
static_assert(gradient(logsumexp(v), v) == softmax<0>(v));

// A tree that went through the graph means the same graph.
template <class E>
constexpr bool round_trip(E e) {
  return simplify(e) == e && std::same_as<decltype(simplify(simplify(e))), decltype(simplify(e))>;
}
static_assert(round_trip(sum<1>(x, keepdim) * x));
static_assert(round_trip(softmax<0>(x) + log_softmax<1>(x)));
static_assert(round_trip(stddev<1>(x, correction<0>) * variance(x)));
static_assert(round_trip(matmul(v, matmul(w, x))));
static_assert(round_trip(permute<2, 0, 1>(reshape<1, 3, 2>(x)) + broadcast_to<2, 1, 3>(v)));
static_assert(round_trip(amax<0>(x) * prod<0>(x) + amin<0>(x) + norm<0>(x) + logsumexp<0>(x)));

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
static_assert(evaluate(gradient(amax(v), v), v = tensor<double, 3>{3, 1, 3}) ==
              tensor<double, 3>{0.5, 0, 0.5});
static_assert(evaluate(gradient(sum(amin<0>(x)), x),
                       x = tensor<double, 2, 3>{{1, 2, 3}, {1, 5, 0}}) ==
              tensor<double, 2, 3>{{0.5, 1, 0}, {0.5, 0, 1}});
static_assert(evaluate(gradient(norm(v), v), v = tensor<double, 3>{}) == tensor<double, 3>{});
static_assert(evaluate(gradient(stddev(v), v), v = tensor<double, 3>{2, 2, 2}) ==
              tensor<double, 3>{});

// What does not fit is false, not an error.
template <class A, class B>
concept has_matmul = requires(A a, B b) { matmul(a, b); };
template <class A>
concept has_axis_2 = requires(A a) { sum<2>(a); };
template <class A>
concept is_8 = requires(A a) { reshape<4, 2>(a); };
static_assert(has_matmul<decltype(x), decltype(w)> && !has_matmul<decltype(x), decltype(z)>);
static_assert(has_axis_2<decltype(left)> && !has_axis_2<decltype(x)>);
static_assert(!is_8<decltype(x)>);

/// The written tree's complaint.
template <class Op, auto... Children>
constexpr bool says(char const* text) {
  return detail::same_text(
      engine::written<node<Op, Children...>>::full.error.text.text, text);
}
static_assert(says<op::matmul, x, z>("matmul: (2,3) x (4,5)"));
static_assert(says<op::mm, x, v>("mm: (2,3) x (3)"));
static_assert(says<op::mv, x, u>("mv: (2,3) x (2)"));
static_assert(says<op::dot, u, v>("dot: (2) x (3)"));
static_assert(says<op::with<op::sum, 2>, x>("sum: axis 2 of (2,3)"));
static_assert(says<op::with<op::mean, 0, 0>, x>("mean: axis 0 of (2,3) twice"));
static_assert(says<op::with<op::reshape, 4, 2>, x>("reshape: (2,3) to (4,2)"));
static_assert(says<op::with<op::broadcast, 3, 2>, x>("broadcast_to: (2,3) to (3,2)"));
static_assert(says<op::softmax, x>("softmax: along which axis of (2,3)"));
static_assert(says<op::with<op::permute, 0, 0>, x>("permute: each axis once of (2,3)"));

// In a traced function axes and orders are values.
static_assert(jit([](auto a) {
                auto total = 0 * sum(a);
                for (int k = 0; k < 2; ++k) total = total + amax(sum(a, k), 0);
                return total + norm(a, 1) + norm(a, std::numeric_limits<double>::infinity());
              })(data) == 10 + 16 + 22 + 7);
static_assert(grad([](auto a) { return sum(log_softmax(a, 1) * 0 + matmul(a, transpose(a))); })(
                  tensor<double, 2, 2>{{1, 2}, {3, 4}}) == tensor<double, 2, 2>{{8, 12}, {8, 12}});

// Run-time extents: by name, and open ones that a check unifies when data is bound.
constexpr variable<"X", double, dim<"n">, 3> rows;
constexpr variable<"y", double, dynamic> open;
static_assert(to_string(mean<1>(rows)) == "mean<1>(X)");
static_assert(to_string(simplify(mean(rows))) == "sum(X) / size_of<0>(X) / 3");
static_assert(to_string(reshape<dim<"n">, 3, -1>(rows)) == "reshape<dim<\"n\">, 3, 1>(X)");
static_assert(to_string(gradient(sum(open), open)) == "broadcast_to<size_of<0>(y)>(1)");
static_assert(gradient(sum(square(mv(rows, v))), v) == 2_c * mv(transpose(rows), mv(rows, v)));
static_assert(round_trip(variance<0>(rows) + mean<0>(rows)));

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
