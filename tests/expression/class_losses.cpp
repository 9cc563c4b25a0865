// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// nll_loss and cross_entropy with what torch's take beside scores and classes: an index that is
// ignored, weights of classes, label smoothing. Values are those of torch's definitions, written
// out once more below; derivatives are compared with differences.
#include <slope/slope.hpp>

#include <cmath>
#include <vector>

#include "catch.hpp"

using namespace slope;

namespace {

constexpr tensor<double, 4, 3> scores{{1, 2, 3}, {0.5, -1, 2}, {0, 0, 1}, {3, 1, -2}};
constexpr tensor<std::int64_t, 4> classes{2, 0, -100, 1};
constexpr tensor<double, 3> weights{1, 2, 0.5};

struct options {
  int ignored = -100;
  bool weighted = false;
  double smoothing = 0;
  reduction reduce = reduction::mean;
};

/// torch.nn.functional.cross_entropy, for 4 targets of 3 classes.
double expected(options const& o) {
  double total = 0, count = 0;
  for (int i = 0; i < 4; ++i) {
    std::int64_t const target = classes(i);
    if (target == o.ignored || target < 0) {
      if (target != o.ignored && !o.weighted) ++count;
      continue;
    }
    double sum = 0;
    for (int c = 0; c < 3; ++c) sum += std::exp(scores(i, c));
    double smooth = 0;
    for (int c = 0; c < 3; ++c)
      smooth -= (o.weighted ? weights(c) : 1) * (scores(i, c) - std::log(sum));
    double const w = o.weighted ? weights(target) : 1;
    double const loss = -w * (scores(i, target) - std::log(sum));
    total += (1 - o.smoothing) * loss + o.smoothing / 3 * smooth;
    count += w;
  }
  return o.reduce == reduction::sum ? total : total / count;
}

/// Value, gradient and second derivatives of f(scores, classes, weights).
template <class F>
void check(char const* name, F f, options const& o) {
  auto const [value, slopes] = value_and_grad<0, 2>(f)(scores, classes, weights);
  CAPTURE(name, value, expected(o));
  CHECK(std::abs(value - expected(o)) <= 1e-14 * std::abs(value));
  constexpr double h = 1e-5;
  auto const& [of_scores, of_weights] = slopes;
  // The rows of the matrix of second derivatives, from one product with it each.
  for (int i = 0; i < 4; ++i)
    for (int c = 0; c < 3; ++c) {
      auto up = scores, down = scores;
      tensor<double, 4, 3> direction{};
      up(i, c) += h;
      down(i, c) -= h;
      direction(i, c) = 1;
      double const difference =
          (jit(f)(up, classes, weights) - jit(f)(down, classes, weights)) / (2 * h);
      CAPTURE(i, c, of_scores(i, c), difference);
      CHECK(std::abs(of_scores(i, c) - difference) <= 1e-9);
      auto const next = grad<0>(f)(up, classes, weights), last = grad<0>(f)(down, classes, weights);
      auto const products = hvp(f)(scores, classes, weights, direction,
                                   tensor<std::int64_t, 4>{}, tensor<double, 3>{});
      for (int k = 0; k < 4; ++k)
        for (int d = 0; d < 3; ++d)
          CHECK(std::abs(std::get<0>(products)(k, d) - (next(k, d) - last(k, d)) / (2 * h)) <= 1e-9);
    }
  for (int c = 0; c < 3; ++c) {
    auto up = weights, down = weights;
    up(c) += h;
    down(c) -= h;
    double const difference =
        (jit(f)(scores, classes, up) - jit(f)(scores, classes, down)) / (2 * h);
    CHECK(std::abs(of_weights(c) - difference) <= 1e-9);
  }
}

constexpr variable<"x", double, 4, 3> x;
constexpr variable<"y", std::int64_t, 4> y;
constexpr variable<"w", double, 3> w;

}  // namespace

TEST_CASE("targets that are ignored have no part in the mean") {
  check("default", [](auto s, auto t, auto v) { return cross_entropy(s, t) + 0 * sum(v); }, {});
  check("nll_loss",
        [](auto s, auto t, auto v) { return nll_loss(log_softmax<1>(s), t) + 0 * sum(v); }, {});
  check("class 0",
        [](auto s, auto t, auto v) { return cross_entropy<ignore_index<0>>(s, t) + 0 * sum(v); },
        {.ignored = 0});
  check("sum",
        [](auto s, auto t, auto v) {
          return cross_entropy<reduction::sum, ignore_index<2>>(s, t) + 0 * sum(v);
        },
        {.ignored = 2, .reduce = reduction::sum});
}

TEST_CASE("weights of classes") {
  check("weights", [](auto s, auto t, auto v) { return cross_entropy(s, t, v); },
        {.weighted = true});
  check("nll_loss", [](auto s, auto t, auto v) { return nll_loss(log_softmax<1>(s), t, v); },
        {.weighted = true});
  check("class 0",
        [](auto s, auto t, auto v) { return cross_entropy<ignore_index<0>>(s, t, v); },
        {.ignored = 0, .weighted = true});
  check("sum", [](auto s, auto t, auto v) { return cross_entropy<reduction::sum>(s, t, v); },
        {.weighted = true, .reduce = reduction::sum});
}

TEST_CASE("label smoothing") {
  check("smoothing",
        [](auto s, auto t, auto v) {
          return cross_entropy(s, t, label_smoothing(0.1)) + 0 * sum(v);
        },
        {.smoothing = 0.1});
  check("weights",
        [](auto s, auto t, auto v) {
          return cross_entropy<ignore_index<-100>>(s, t, v, label_smoothing(0.3));
        },
        {.weighted = true, .smoothing = 0.3});
}

TEST_CASE("class losses in trees, constants, and with extents of run time") {
  auto const loss = cross_entropy(x, y, w, label_smoothing(constant<1, 10>));
  options const o{.weighted = true, .smoothing = 0.1};
  double const value = evaluate(loss, x = scores, y = classes, w = weights);
  CHECK(std::abs(value - expected(o)) <= 1e-14);
  constexpr double compiled = evaluate(cross_entropy<ignore_index<0>>(x, y), x = scores,
                                       y = classes);
  CHECK(std::abs(compiled - expected({.ignored = 0})) <= 1e-14);
  constexpr auto slopes = evaluate(gradient(nll_loss(x, y), x), y = classes);
  CAPTURE(slopes(0, 2));
  CHECK(std::abs(slopes(0, 2) + 1.0 / 3) <= 1e-16);
  static_assert(slopes(2, 0) == 0 && slopes(0, 0) == 0);

  tensor<double, dynamic, dynamic> s(4, 3);
  tensor<std::int64_t, dynamic> t(4);
  tensor<double, dynamic> v(3);
  for (int i = 0; i < 4; ++i) {
    t(i) = classes(i);
    for (int c = 0; c < 3; ++c) s(i, c) = scores(i, c);
  }
  for (int c = 0; c < 3; ++c) v(c) = weights(c);
  auto const f = [](auto a, auto b, auto c) {
    return cross_entropy(a, b, c, label_smoothing(0.1));
  };
  auto const [at_run_time, gradient_at_run_time] = value_and_grad(f)(s, t, v);
  CHECK(std::abs(at_run_time - expected(o)) <= 1e-14);
  auto const fixed = grad(f)(scores, classes, weights);
  for (int i = 0; i < 4; ++i)
    for (int c = 0; c < 3; ++c)
      CHECK(std::abs(gradient_at_run_time(i, c) - fixed(i, c)) <= 1e-15);

  // Nothing is counted: 0 / 0, as in torch.
  tensor<std::int64_t, 4> const none{-100, -100, -100, -100};
  CHECK(std::isnan(jit([](auto a, auto b) { return cross_entropy(a, b); })(scores, none)));
  // Probabilities with weights, each loss by itself.
  tensor<double, 4, 3> const half{{0.5, 0.5, 0}, {0, 1, 0}, {0, 0, 1}, {0.25, 0.25, 0.5}};
  tensor<double, 4> const each =
      jit([](auto a, auto b, auto c) { return nll_loss<reduction::none>(a, b, c); })(scores, half,
                                                                                    weights);
  CHECK(each(0) == -2.5);
  CHECK(each(1) == 2);
  CHECK(each(2) == -0.5);
  CHECK(each(3) == -0.75);
}
