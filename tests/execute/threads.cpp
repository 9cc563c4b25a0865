// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// with threads

// Loops and products by threads: the same bits for any number of them, and the right ones. Built with
// SLOPE_THREADS and OpenMP.
#include "catch.hpp"

#include "agreement.hpp"
#include "workloads.hpp"

#include <omp.h>

namespace {

/// Do results for 1, 2 and 3 threads agree bit by bit?
template <class F, class... A>
bool same_bits(F const& f, A const&... arguments) {
  omp_set_num_threads(1);
  auto const one = f(arguments...);
  for (int const count : {2, 3}) {
    omp_set_num_threads(count);
    if (!(f(arguments...) == one)) return false;
  }
  return true;
}

constexpr auto rows_of = [](auto a) {
  return std::tuple{sum<1>(a), amax<1>(a), amax(a), sum(square(a)), sum<0>(a), exp(a)};
};
constexpr auto products = [](auto a, auto b) {
  return std::tuple{matmul(a, b), matmul(transpose(a), a), sum(sigmoid(matmul(a, b)))};
};
}  // namespace

TEST_CASE("Any number of threads gives the same bits") {
  for (int const n : {0, 1, 100, 50'000, 200'001}) {
    auto const x = some<double, dynamic>(1, n), y = some<double, dynamic>(2, n);
    CHECK(same_bits(value_and_grad<0, 1>(workload::waves), x, y));
  }
  for (int const n : {1, 40, 1000}) {
    auto const a = some<float, dynamic, dynamic>(1, n, 301),
               b = some<float, dynamic, dynamic>(2, 301, 65);
    CHECK(same_bits(jit(rows_of), a));
    CHECK(same_bits(jit(products), a, b));
  }
}

TEST_CASE("Any number of threads gives the workloads the same bits") {
  // W2 and W4 with extents known when compiling, the others (and W4 again) at run time.
  static auto const x = some<double, 50'000>(1), y = some<double, 50'000>(2);
  CHECK(same_bits(value_and_grad<0, 1>(workload::waves), x, y));
  static auto const image = some<float, 64, 784>(1);
  static auto const w1 = some<float, 784, 128>(2);
  auto const b1 = some<float, 128>(3);
  auto const w2 = some<float, 128, 10>(4);
  auto const b2 = some<float, 10>(5);
  auto const perceptron = value_and_grad<2, 3, 4, 5>(workload::perceptron);
  CHECK(same_bits(perceptron, image, some<float, 64, 10>(6), w1, b1, w2, b2));
  for (int const n : {1, 64, 1000}) {
    CAPTURE(n);
    auto const matrix = [&](int salt) { return some<double, dynamic, dynamic>(salt, n, 64); };
    auto const vector = [](int salt, int size) { return some<double, dynamic>(salt, size); };
    CHECK(same_bits(perceptron, some<float, dynamic, 784>(1, n), some<float, dynamic, 10>(6, n), w1,
                    b1, w2, b2));
    CHECK(same_bits(value_and_grad<2>(workload::logistic_regression), matrix(1), vector(2, n),
                    vector(3, 64), 1e-3));
    CHECK(same_bits(value_and_grad<0, 1, 2>(workload::attention), matrix(1), matrix(2), matrix(3),
                    matrix(4)));
    CHECK(same_bits(value_and_grad<0, 1, 2>(workload::layer_norm), matrix(1), vector(2, 64),
                    vector(3, 64), matrix(4)));
  }
}

TEST_CASE("Threads compute what the interpreter does") {
  omp_set_num_threads(3);
  for (int const n : {1, 30'000}) {
    auto const x = some<double, dynamic>(1, n), y = some<double, dynamic>(2, n);
    CHECK(disagreement(value_and_grad<0, 1>(workload::waves), x, y) == "");
  }
  CHECK(disagreement(value_and_grad<0, 1>(workload::waves), some<double, 40'000>(1),
                     some<double, 40'000>(2)) == "");
  CHECK(disagreement(jit(rows_of), some<double, dynamic, dynamic>(1, 500, 301)) == "");
  CHECK(disagreement(jit(products), some<double, dynamic, dynamic>(1, 200, 100),
                     some<double, dynamic, dynamic>(2, 100, 65)) == "");
}
