// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <slope/slope.hpp>

using namespace slope;

/// A function of a batch is the function of each element.

namespace {

constexpr tensor<double, 2, 3> batch{{1, 2, 3}, {-1, 0, 1}};
constexpr tensor<double, 3> weights{0.5, -2, 1};
constexpr tensor<double, 4, 3> matrix{{1, 2, 3}, {4, 5, 6}, {7, 8, 10}, {0, 1, 0}};
constexpr tensor<double, 3> row_0{1, 2, 3}, row_1{-1, 0, 1};

constexpr auto squares = [](auto x) { return sum(x * x); };
static_assert(vmap<0>(squares)(batch) == tensor<double, 2>{14, 2});
static_assert(vmap<1>(squares)(batch) == tensor<double, 3>{2, 4, 10});
static_assert(vmap<-1>(squares)(batch) == tensor<double, 3>{2, 4, 10});
static_assert(vmap<0>(grad(squares))(batch) == tensor<double, 2, 3>{{2, 4, 6}, {-2, 0, 2}});

template <class A, class B>
bool near(A const& a, B const& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t k = 0; k < a.size(); ++k) {
    double const d = a.data()[k] - b.data()[k];
    if (!(d * d <= 1e-24)) return false;
  }
  return true;
}

/// f of a whole batch against f of its two elements.
template <class F>
void check_batch(F f) {
  auto const all = vmap<0, not_batched>(f)(batch, matrix);
  CHECK(near(all[0], jit(f)(row_0, matrix)));
  CHECK(near(all[1], jit(f)(row_1, matrix)));
}

}  // namespace

TEST_CASE("every kind of operation has its batch") {
  check_batch([](auto x, auto w) { return matmul(w, x); });
  check_batch([](auto x, auto w) { return matmul(x, transpose(w)); });
  check_batch([](auto x, auto w) { return w * x + sum(x); });
  check_batch([](auto x, auto w) { return softmax(x, 0) + logsumexp(w, 0); });
  check_batch([](auto x, auto w) { return transpose(w * x) * sum(w, 1); });
  check_batch([](auto x, auto w) { return reshape<1, 3>(x) + mean<0>(w * x, keepdim); });
  check_batch([](auto x, auto w) { return matmul(w * x, outer(x, x)); });
  check_batch([](auto, auto w) { return sum(w, 0); });
  check_batch([](auto x, auto w) { return variance<1>(w * x) + amax(x) + norm(x); });
  check_batch(grad<1>([](auto x, auto w) { return sum(tanh(matmul(w, x))); }));
}

TEST_CASE("a batch of known functions with one argument for all") {
  auto const dots = vmap<0, not_batched>([](auto x, auto w) { return dot(x, w); })(batch, weights);
  CHECK(dots == tensor<double, 2>{-0.5, 0.5});
  auto const pairs = vmap<0, 1>([](auto x, auto w) { return dot(x, w); })(
      batch, tensor<double, 3, 2>{{1, 0}, {0, 1}, {1, 1}});
  CHECK(pairs == tensor<double, 2>{4, 1});
}

TEST_CASE("a batch of run-time size") {
  tensor<double, dynamic, 3> many(5);
  for (int i = 0; i < 5; ++i)
    for (int k = 0; k < 3; ++k) many(i, k) = i - k;
  auto const g = vmap<0>(grad(squares))(many);
  for (int i = 0; i < 5; ++i)
    for (int k = 0; k < 3; ++k) CHECK(g(i, k) == 2 * (i - k));
  tensor<double, dynamic, 3> const fewer(4);
  CHECK_THROWS_AS(vmap<0>([](auto a, auto b) { return dot(a, b); })(many, fewer), shape_error);
}

TEST_CASE("a batch of batches") {
  tensor<double, 2, 2, 2> const t{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}};
  CHECK(vmap<0>(vmap<0>(squares))(t) == tensor<double, 2, 2>{{5, 25}, {61, 113}});
}
