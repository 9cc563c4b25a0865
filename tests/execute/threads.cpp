// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Loops and products by threads: the same bits for any number of them, and the right ones. Built
// with SLOPE_THREADS where the compiler has OpenMP (tests/meson.build), else without threads.
#include "catch.hpp"

#include "agreement.hpp"

#ifdef SLOPE_THREADS
#include <omp.h>
#endif

namespace {

void use_threads([[maybe_unused]] int count) {
#ifdef SLOPE_THREADS
  omp_set_num_threads(count);
#endif
}

/// Do results for 1, 2 and 3 threads agree bit by bit?
template <class F, class... A>
bool same_bits(F const& f, A const&... arguments) {
  use_threads(1);
  auto const one = f(arguments...);
  for (int const count : {2, 3}) {
    use_threads(count);
    if (!(f(arguments...) == one)) return false;
  }
  return true;
}

constexpr auto waves = [](auto x, auto y) { return sum(exp(x) * sin(y) + tanh(x * y)); };
constexpr auto rows_of = [](auto a) {
  return std::tuple{sum<1>(a), amax<1>(a), amax(a), sum(square(a)), sum<0>(a), exp(a)};
};
constexpr auto products = [](auto a, auto b) {
  return std::tuple{matmul(a, b), matmul(transpose(a), a), sum(sigmoid(matmul(a, b)))};
};
constexpr auto perceptron = [](auto x, auto w1, auto b1, auto w2, auto y) {
  auto const z = matmul(relu(matmul(x, w1) + b1), w2);
  return -mean(sum<1>(y * log_softmax<1>(z)));
};

}  // namespace

TEST_CASE("Any number of threads gives the same bits") {
  for (int const n : {0, 1, 100, 50'000, 200'001}) {
    auto const x = some<double, dynamic>(1, n), y = some<double, dynamic>(2, n);
    CHECK(same_bits(value_and_grad<0, 1>(waves), x, y));
  }
  for (int const n : {1, 40, 1000}) {
    auto const a = some<float, dynamic, dynamic>(1, n, 301),
               b = some<float, dynamic, dynamic>(2, 301, 65);
    CHECK(same_bits(jit(rows_of), a));
    CHECK(same_bits(jit(products), a, b));
  }
  static auto const x = some<float, 64, 784>(1);
  static auto const w1 = some<float, 784, 128>(2);
  static auto const w2 = some<float, 128, 10>(4);
  static auto const y = some<float, 64, 10>(5);
  CHECK(same_bits(value_and_grad<1, 2, 3>(perceptron), x, w1, some<float, 128>(3), w2, y));
}

TEST_CASE("Threads compute what the interpreter does") {
  use_threads(3);
  for (int const n : {1, 30'000}) {
    auto const x = some<double, dynamic>(1, n), y = some<double, dynamic>(2, n);
    CHECK(disagreement(value_and_grad<0, 1>(waves), x, y) == "");
  }
  CHECK(disagreement(value_and_grad<0, 1>(waves), some<double, 40'000>(1),
                     some<double, 40'000>(2)) == "");
  CHECK(disagreement(jit(rows_of), some<double, dynamic, dynamic>(1, 500, 301)) == "");
  CHECK(disagreement(jit(products), some<double, dynamic, dynamic>(1, 200, 100),
                     some<double, dynamic, dynamic>(2, 100, 65)) == "");
}
