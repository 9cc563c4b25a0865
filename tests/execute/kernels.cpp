// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// The loops over packs against the interpreter, on data of every length around the width of a pack.
#include "catch.hpp"

#include "agreement.hpp"

// also built with: -O2 -march=native
// under all flags

TEST_CASE("vectors of every length and floating type") {
  auto const f = [](auto x, auto y) {
    return std::tuple(x * y + 0.5, exp(x) - y / (2 + abs(x)), sum(x * y), amax(x), prod(1 + 0.1 * y));
  };
  for (int n : lengths()) {
    CAPTURE(n);
    CHECK(disagreement(f, some<float, dynamic>(1, n), some<float, dynamic>(2, n)) == none);
    CHECK(disagreement(f, some<double, dynamic>(1, n), some<double, dynamic>(2, n)) == none);
  }
}

TEST_CASE("vectors of integers and truth values") {
  auto const integers = [](auto a, auto b) {
    return std::tuple(a * b - 3, maximum(a, b), where(a < b, a, 2 * b), eq(a, b), sum(a), amin(b),
                      a / 4.0, abs(a));
  };
  auto const truths = [](auto p, auto q, auto x) {
    return std::tuple(p && q, !p || q, where(p, x, -x), sum(p), amax(p), amin(q), p * x, sum(q * x),
                      p && (x > 0));
  };
  for (int n : lengths()) {
    CAPTURE(n);
    auto const a = some<std::int32_t, dynamic>(1, n);
    CHECK(disagreement(integers, a, some<std::int32_t, dynamic>(2, n)) == none);
    CHECK(disagreement(integers, a, some<std::int64_t, dynamic>(2, n)) == none);
    CHECK(disagreement(truths, some<bool, dynamic>(1, n), some<bool, dynamic>(3, n),
                       some<float, dynamic>(2, n)) == none);
  }
}

TEST_CASE("element types are mixed") {
  auto const f = [](auto x, auto y, auto k) {
    return std::tuple(x * y, x + k, where(x < y, x, y), sum(x), sum(x * y), k < x, exp(k) * 0.001,
                      sum(x < y));
  };
  for (int n : lengths()) {
    CAPTURE(n);
    auto const x = some<float, dynamic>(1, n);
    auto const y = some<double, dynamic>(2, n);
    CHECK(disagreement(f, x, y, some<std::int32_t, dynamic>(3, n)) == none);
    CHECK(disagreement(f, x, y, some<std::int64_t, dynamic>(3, n)) == none);
    CHECK(disagreement(f, x, y, some<bool, dynamic>(3, n)) == none);
  }
}

namespace {

constexpr auto three_results = [](auto x, auto y) {
  return std::tuple(sum(x * y), tanh(x) * y, amax(x - y));
};
template <int... N>
void check_static(std::integer_sequence<int, N...>) {
  (..., [] {
    CAPTURE(N + 1);
    CHECK(disagreement(three_results, some<float, N + 1>(1), some<float, N + 1>(2)) == none);
  }());
}

}  // namespace

TEST_CASE("vectors of static length") {
  check_static(std::integer_sequence<int, 0, 2, 3, 6, 15, 16, 36>{});
}

TEST_CASE("rows and columns are broadcast") {
  auto const f = [](auto x, auto row, auto column) {
    return std::tuple(x + row * column, row - column, sum(row * column), sum(x * column, 0),
                      sum(row + x, 1), amax(row * column, 1));
  };
  for (int m : {0, 1, 3, 5})
    for (int n : {0, 1, 2, 7, 8, 16, 17, 33}) {
      CAPTURE(m, n);
      CHECK(disagreement(f, some<double, dynamic, dynamic>(1, m, n), some<double, dynamic>(2, n),
                         some<double, dynamic, 1>(3, m)) == none);
    }
  auto const g = [](auto x, auto y) { return std::tuple(x * y, sum(x + y, 1), x + 1.5); };
  CHECK(disagreement(g, some<float, 3, 1, 17>(1), some<float, 4, 1>(2)) == none);
  CHECK(disagreement(g, some<float, 5, 1, 3>(1), some<double, 2, 4, 3>(2)) == none);
}

TEST_CASE("folds over inner, middle, outer and several axes") {
  auto const f = [](auto x) {
    auto const y = x * x - 0.5;
    return std::tuple(sum(y, 0), sum(y, 1), sum(y, 2), sum<0, 1>(y), sum<0, 2>(y), sum<1, 2>(y),
                      sum(y));
  };
  auto const g = [](auto x) {
    return std::tuple(amax(x, 1), amin<0, 2>(x), prod(x, 2), amax(x), sum(x, 1, keepdim) * x,
                      mean(x, 0));
  };
  for (int k : {0, 1, 2, 5})
    for (int m : {1, 3})
      for (int n : {0, 1, 3, 8, 15, 16, 17, 35}) {
        CAPTURE(k, m, n);
        auto const x = some<float, dynamic, dynamic, dynamic>(1, k, m, n);
        CHECK(disagreement(f, x) == none);
        if (k > 0 && n > 0) CHECK(disagreement(g, x) == none);
      }
  CHECK(disagreement(f, some<double, 2, 3, 32>(1)) == none);
  CHECK(disagreement(g, some<std::int32_t, 2, 3, 19>(1)) == none);
}

TEST_CASE("operands with their axes exchanged") {
  auto const f = [](auto x, auto y) {
    return std::tuple(transpose(x) + y, transpose(x * 2), sum(transpose(x) * y, 0),
                      transpose(transpose(x) * y) + x, transpose(x));
  };
  for (int m : {1, 2, 9, 16})
    for (int n : {1, 3, 17}) {
      CAPTURE(m, n);
      CHECK(disagreement(f, some<double, dynamic, dynamic>(1, m, n),
                         some<double, dynamic, dynamic>(2, n, m)) == none);
    }
  auto const g = [](auto x) {
    auto const y = permute<2, 0, 1>(x);
    return std::tuple(y, exp(y), sum(y, 1), reshape<6, 5>(y), reshape<30>(y) * 2,
                      sum(reshape<10, 3>(transpose(reshape<3, 10>(exp(x)))), 1), unsqueeze<1>(y) * 3);
  };
  CHECK(disagreement(g, some<float, 2, 3, 5>(1)) == none);
  CHECK(disagreement(g, some<std::int64_t, 2, 3, 5>(1)) == none);
}

TEST_CASE("softmax, logsumexp, variances and norms along axes") {
  auto const f = [](auto x) {
    return std::tuple(softmax(x, 1), log_softmax(x, 0), logsumexp(x, 1), variance(x, 1),
                      stddev<0>(x, correction<0>), norm(x, 2.0), logsumexp<0>(x), norm<1>(x));
  };
  for (int m : {2, 3, 5})
    for (int n : {2, 3, 8, 17, 33}) {
      CAPTURE(m, n);
      CHECK(disagreement(f, some<double, dynamic, dynamic>(1, m, n)) == none);
    }
  CHECK(disagreement(f, some<float, 4, 9>(1)) == none);
}

TEST_CASE("products, transposed and in batches") {
  auto const f = [](auto a, auto b, auto v) {
    auto const c = matmul(a, b);
    return std::tuple(c, matmul(transpose(b), transpose(a)), tanh(c) * 2, matmul(a, v),
                      sum(matmul(c, transpose(c)), 0), dot(v, v), matmul(transpose(a), tanh(c)));
  };
  for (int m : {0, 1, 3, 17})
    for (int k : {0, 1, 5, 16})
      for (int n : {0, 1, 4, 19}) {
        CAPTURE(m, k, n);
        CHECK(disagreement(f, some<double, dynamic, dynamic>(1, m, k),
                           some<double, dynamic, dynamic>(2, k, n),
                           some<double, dynamic>(3, k)) == none);
      }
  CHECK(disagreement(f, some<float, 18, 20>(1), some<float, 20, 9>(2), some<float, 20>(3)) == none);
  auto const batches = [](auto a, auto b) {
    return std::tuple(matmul(a, b), matmul(permute<0, 2, 1>(matmul(a, b)), a));
  };
  CHECK(disagreement(batches, some<double, 3, 2, 4>(1), some<double, 4, 5>(2)) == none);
  CHECK(disagreement(batches, some<double, 1, 2, 4>(1), some<double, 3, 4, 5>(2)) == none);
  auto const integers = [](auto a, auto b) { return matmul(a, b); };
  CHECK(disagreement(integers, some<std::int64_t, 3, 4>(1), some<std::int64_t, 4, 2>(2)) == none);
  CHECK(disagreement(integers, some<std::int32_t, 3, 4>(1), some<std::int32_t, 4, 2>(2)) == none);
}

TEST_CASE("views with strides are read and written") {
  auto const f = [](auto x, auto y) { return x * y + 1; };
  double memory[400], other[400];
  for (std::size_t k = 0; k < 400; ++k) memory[k] = element_of<double>(k, 1), other[k] = -7;
  auto const y = some<double, dynamic, dynamic>(2, 5, 9);
  std::array<int, 2> const ways[] = {{40, 3}, {1, 20}, {0, 2}, {9, 1}};
  for (auto const& way : ways) {
    strides const steps{way[0], way[1]};
    tensor_view<double const, dynamic, dynamic> const x(memory, 5, 9, steps);
    CHECK(disagreement(f, x, y) == none);
    if (way[0] == 0) continue;
    tensor<double, dynamic, dynamic> const want = jit(f)(x, y);
    tensor_view<double, dynamic, dynamic> out(other, 5, 9, steps);
    jit(f).into(out)(x, y);
    CHECK(out == want);
    jit(f).into(out)(out, y);  // in place
    CHECK(out == jit(f)(want, y));
  }
  // What lies between the elements of a view is left alone.
  double between[20];
  for (double& x : between) x = -7;
  jit(f).into(tensor_view<double, dynamic>(between, 10, strides{2}))(some<double, dynamic>(1, 10),
                                                                      some<double, dynamic>(2, 10));
  for (std::size_t k = 1; k < 20; k += 2) CHECK(between[k] == -7);
}

TEST_CASE("results replace their operands") {
  auto const step = [](auto x, auto g) { return std::tuple(x - 0.1 * g, sum(x * g), 0.9 * g); };
  for (int n : {1, 7, 16, 33, 100}) {
    CAPTURE(n);
    auto x = some<float, dynamic>(1, n), g = some<float, dynamic>(2, n);
    auto const [new_x, total, new_g] = jit(step)(x, g);
    float sum_of_products = 0;
    jit(step).into(x, sum_of_products, g)(x, g);
    CHECK(x == new_x);
    CHECK(sum_of_products == total);
    CHECK(g == new_g);
    // One element on: what is read has been written over, if it were not copied before.
    auto memory = some<float, dynamic>(1, n + 1);
    tensor_view<float, dynamic> const first(memory.data(), n), second(memory.data() + 1, n);
    auto const want = jit([](auto a) { return 2 * a + 1; })(first);
    jit([](auto a) { return 2 * a + 1; }).into(second)(first);
    CHECK(second == want);
  }
}
