// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// with the first compiler only

// Values and gradients of the benchmarks' formulas take nothing from the heap where the caller gives
// places for the results and a workspace; with the thread's own workspace, nothing once it has grown.
#include "catch.hpp"
#include "counting_new.hpp"
#include "execute/agreement.hpp"
#include "workloads.hpp"

#include <span>

namespace {

alignas(64) std::byte bytes[std::size_t{4} << 20];

/// How often f takes memory, given what it writes to: with the caller's workspace, and with the
/// thread's own after the first time.
template <class F, class... Out, class... A>
int taken_by(F const& f, std::tuple<Out&...> out, A const&... arguments) {
  workspace memory{std::span<std::byte>(bytes)};
  int count = 0;
  std::apply(
      [&](auto&... places) {
        count += allocations([&] { f.into(places...).with(memory)(arguments...); });
        f.into(places...)(arguments...);
        count += allocations([&] { f.into(places...)(arguments...); });
      },
      out);
  return count;
}

/// The same for value and gradients in some arguments; -1 where no value was written.
template <int... I, class F, class... A>
int taken_by_gradients(F const& f, A const&... arguments) {
  auto const all = std::tie(arguments...);
  auto gradients = std::tuple(std::get<static_cast<std::size_t>(I)>(all)...);
  decltype(jit(f)(arguments...)) value = -12345;
  int const count = std::apply(
      [&](auto&... d) { return taken_by(value_and_grad<I...>(f), std::tie(value, d...), arguments...); },
      gradients);
  return value == -12345 ? -1 : count;
}

}  // namespace

TEST_CASE("W1 and W2, formulas of elements, take nothing") {
  CHECK(taken_by_gradients<0>(workload::mean_square, some<float, 4>(1)) == 0);
  CHECK(taken_by_gradients<0>(workload::mean_square, some<double, 4096>(1)) == 0);
  CHECK(taken_by_gradients<0, 1>(workload::waves, some<double, 4>(1), some<double, 4>(2)) == 0);
  CHECK(taken_by_gradients<0, 1>(workload::waves, some<float, 4096>(1), some<float, 4096>(2)) == 0);
  for (int const n : {3, 64, 4096}) {
    auto const x = some<double, dynamic>(1, n), y = some<double, dynamic>(2, n);
    CHECK(taken_by_gradients<0>(workload::mean_square, x) == 0);
    CHECK(taken_by_gradients<0, 1>(workload::waves, x, y) == 0);
  }
}

TEST_CASE("W5, reductions, densities and a sum of a product, takes nothing") {
  auto const vectors = [](auto const& x) {
    CHECK(taken_by_gradients<0>(workload::total, x) == 0);
    CHECK(taken_by_gradients<0>(workload::product, x) == 0);
    CHECK(taken_by_gradients<0>(workload::log_sum_exp, x) == 0);
    CHECK(taken_by_gradients<0, 1, 2>(workload::log_normal, x, 0.25, 1.5) == 0);
  };
  auto const regression = [](auto const& x, auto const& y) {
    CHECK(taken_by_gradients<2, 3, 4>(workload::regression_density, x, y, some<double, 4>(3), 0.5,
                                      1.5) == 0);
  };
  auto const product = [](auto const& a, auto const& b) {
    CHECK(taken_by_gradients<0, 1>(workload::sum_of_product, a, b) == 0);
  };
  vectors(some<double, 16>(1));
  regression(some<double, 16, 4>(1), some<double, 16>(2));
  product(some<double, 4, 4>(1), some<double, 4, 4>(2));
  product(some<double, 64, 64>(1), some<double, 64, 64>(2));
  for (int const n : {1, 16, 4096}) {
    vectors(some<double, dynamic>(1, n));
    regression(some<double, dynamic, 4>(1, n), some<double, dynamic>(2, n));
  }
  for (int const n : {4, 64})
    product(some<double, dynamic, dynamic>(1, n, n), some<double, dynamic, dynamic>(2, n, n));
}

TEST_CASE("W6, functions of a few numbers, takes nothing") {
  CHECK(taken_by_gradients<0, 1>(workload::rosenbrock, -1.2, 1.0) == 0);
  double price = 0, delta = 0, rho = 0, vega = 0, theta = 0, gamma = 0;
  CHECK(taken_by(jit(workload::greeks), std::tie(price, delta, rho, vega, theta, gamma), 105.0,
                 100.0, 0.02, 0.25, 0.75) == 0);
  CHECK(price > 0);
}

TEST_CASE("W3, logistic regression, takes nothing") {
  auto const w = some<double, 8>(3);
  CHECK(taken_by_gradients<2>(workload::logistic_regression, some<double, 10, 8>(1),
                              some<double, 10>(2), w, 1e-3) == 0);
  static auto const x = some<double, 1000, 8>(1);
  CHECK(taken_by_gradients<2>(workload::logistic_regression, x, some<double, 1000>(2), w, 1e-3) ==
        0);
  for (int const n : {1, 100, 5000})
    CHECK(taken_by_gradients<2>(workload::logistic_regression, some<double, dynamic, 8>(1, n),
                                some<double, dynamic>(2, n), w, 1e-3) == 0);
  for (int const n : {100, 3000})
    CHECK(taken_by_gradients<2>(workload::logistic_regression,
                                some<double, dynamic, dynamic>(1, n, 64),
                                some<double, dynamic>(2, n), some<double, dynamic>(3, 64),
                                1e-3) == 0);
}

TEST_CASE("W4, a perceptron, takes nothing") {
  auto const w1 = some<float, 12, 8>(3);
  auto const b1 = some<float, 8>(4);
  auto const w2 = some<float, 8, 5>(5);
  auto const b2 = some<float, 5>(6);
  auto const f = workload::perceptron;
  CHECK(taken_by_gradients<2, 3, 4, 5>(f, some<float, 6, 12>(1), some<float, 6, 5>(2), w1, b1, w2,
                                       b2) == 0);
  for (int const n : {1, 500})
    CHECK(taken_by_gradients<2, 3, 4, 5>(f, some<float, dynamic, 12>(1, n),
                                         some<float, dynamic, 5>(2, n), w1, b1, w2, b2) == 0);
  // The benchmark's own extents, which need packed panels.
  static auto const x = some<float, 64, 784>(1);
  static auto const large = some<float, 784, 128>(3);
  CHECK(taken_by_gradients<2, 3, 4, 5>(f, x, some<float, 64, 10>(2), large, some<float, 128>(4),
                                       some<float, 128, 10>(5), some<float, 10>(6)) == 0);
}

TEST_CASE("W8, attention, takes nothing") {
  auto const square = [](auto const& q, auto const& k, auto const& v, auto const& weights) {
    CHECK(taken_by_gradients<0, 1, 2>(workload::attention, q, k, v, weights) == 0);
  };
  square(some<double, 5, 4>(1), some<double, 5, 4>(2), some<double, 5, 4>(3),
         some<double, 5, 4>(4));
  square(some<float, 64, 64>(1), some<float, 64, 64>(2), some<float, 64, 64>(3),
         some<float, 64, 64>(4));
  for (int const n : {1, 64, 200}) {
    auto const of = [&](int salt) { return some<double, dynamic, dynamic>(salt, n, 64); };
    square(of(1), of(2), of(3), of(4));
  }
}

TEST_CASE("W9, layer normalisation, takes nothing") {
  auto const rows = [](auto const& x, auto const& gamma, auto const& beta, auto const& weights) {
    CHECK(taken_by_gradients<0, 1, 2>(workload::layer_norm, x, gamma, beta, weights) == 0);
  };
  rows(some<double, 3, 5>(1), some<double, 5>(2), some<double, 5>(3), some<double, 3, 5>(4));
  rows(some<float, 64, 256>(1), some<float, 256>(2), some<float, 256>(3), some<float, 64, 256>(4));
  for (int const n : {1, 16, 300})
    rows(some<double, dynamic, dynamic>(1, n, 100), some<double, dynamic>(2, 100),
         some<double, dynamic>(3, 100), some<double, dynamic, dynamic>(4, n, 100));
}
