// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "support/workload.hpp"

#include "support/peers.hpp"

// W5, third part, doubles: the sum of the product of two N x N matrices, and both gradients.

namespace {

namespace math = slope::math;
using bench::absent;
using bench::contender;

constexpr auto sum_of_product = [](auto a, auto b) { return sum(matmul(a, b)); };

/// No product is needed: the value is that of the sums of A's columns and of B's rows.
template <int N>
[[gnu::always_inline]] inline double sum_of_product_by_hand(double const* a, double const* b,
                                                            double* da, double* db) {
  using pack = typename bench::layout<double, N>::pack;
  constexpr int L = pack::lanes, packs = N / L;
  alignas(64) double rows[N];
  for (int i = 0; i < N; ++i) {
    pack sum = pack::load(b + i * N);
    for (int k = 1; k < packs; ++k) sum = sum + pack::load(b + i * N + k * L);
    rows[i] = math::reduce_add(sum);
  }
  // Columns of A in as many registers as they need, up to sixteen packs; then one matrix after the
  // other is written.
  constexpr int block = packs < 16 ? packs : 16;
  static_assert(packs % block == 0);
  alignas(64) double columns[N];
  auto value = pack::broadcast(0);
  for (int c = 0; c < packs; c += block) {
    pack sums[block];
    for (int k = 0; k < block; ++k) sums[k] = pack::load(a + (c + k) * L);
    for (int i = 1; i < N; ++i)
      for (int k = 0; k < block; ++k) sums[k] = sums[k] + pack::load(a + i * N + (c + k) * L);
    for (int k = 0; k < block; ++k) {
      value = value + sums[k] * pack::load(rows + (c + k) * L);
      sums[k].store(columns + (c + k) * L);
    }
  }
  for (int c = 0; c < packs; c += block) {
    pack of_rows[block];
    for (int k = 0; k < block; ++k) of_rows[k] = pack::load(rows + (c + k) * L);
    for (int i = 0; i < N; ++i)
      for (int k = 0; k < block; ++k) of_rows[k].store(da + i * N + (c + k) * L);
  }
  for (int i = 0; i < N; ++i) {
    auto const spread = pack::broadcast(columns[i]);
    for (int j = 0; j < N; j += L) spread.store(db + i * N + j);
  }
  return math::reduce_add(value);
}

double sum_of_product_plain(double const* a, double const* b, double* da, double* db, int n) {
  double value = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      for (int k = 0; k < n; ++k) value += a[i * n + k] * b[k * n + j];
  for (int k = 0; k < n; ++k) {
    double row = 0, column = 0;
    for (int i = 0; i < n; ++i) row += b[k * n + i], column += a[i * n + k];
    for (int i = 0; i < n; ++i) da[i * n + k] = row, db[k * n + i] = column;
  }
  return value;
}

template <int N, bool Dynamic>
void product(benchmark::State& state) {
  using matrix = std::conditional_t<Dynamic, slope::tensor<double, slope::dynamic, slope::dynamic>,
                                    slope::tensor<double, N, N>>;
  auto const make = []() -> matrix& {
    if constexpr (Dynamic) return bench::kept<matrix>(N, N);
    else return bench::kept<matrix>();
  };
  matrix &a = make(), &b = make(), &da = make(), &db = make();
  for (int i = 0; i < N * N; ++i) {
    a.data()[i] = 0.02 * (i * 37 % 101 - 45);
    b.data()[i] = 0.05 * (i * 29 % 97 - 49);
  }
  double value = 0;
  bench::escape(value, a, b, da, db);
  auto const eigen = [&] {
#if BENCH_EIGEN
    constexpr int M = N > 16 ? Eigen::Dynamic : N;
    using square = Eigen::Matrix<double, M, M, Eigen::RowMajor>;
    using vector = Eigen::Matrix<double, M, 1>;
    auto& columns = bench::kept<vector>(vector::Zero(N));
    auto& rows = bench::kept<vector>(vector::Zero(N));
    return [&] {
      Eigen::Map<square const> const x(a.data(), N, N), y(b.data(), N, N);
      Eigen::Map<square> dx(da.data(), N, N), dy(db.data(), N, N);
      columns = x.colwise().sum().transpose();
      rows = y.rowwise().sum();
      value = columns.dot(rows);
      dx.rowwise() = rows.transpose();
      dy.colwise() = columns;
    };
#else
    return absent{};
#endif
  }();
  auto const adolc = [&] {
#if BENCH_ADOLC
    if constexpr (N > 16) return absent{};
    else {
      auto& in = bench::kept<std::vector<double>>(2 * std::size_t{N} * N);
      auto& out = bench::kept<std::vector<double>>(2 * std::size_t{N} * N);
      std::copy_n(a.data(), N * N, in.begin());
      std::copy_n(b.data(), N * N, in.begin() + N * N);
      bench::recording const tape(6, in.data(), 2 * N * N, [](adouble const* x) {
        adouble all = 0;
        for (int i = 0; i < N; ++i)
          for (int j = 0; j < N; ++j)
            for (int k = 0; k < N; ++k) all += x[i * N + k] * x[N * N + k * N + j];
        return all;
      });
      return [&, tape] {
        value = tape.replay(in.data(), out.data());
        std::copy_n(out.data(), N * N, da.data());
        std::copy_n(out.data() + N * N, N * N, db.data());
      };
    }
#else
    return absent{};
#endif
  }();
  bench::measure(
      state, N > 16 ? 500 : 30, 1e-9, bench::results(value, da, db),
      contender{"slope",
                [&]() __attribute__((always_inline)) {
                    slope::value_and_grad<0, 1>(sum_of_product).into(value, da, db)(a, b);
}
}  // namespace
,
      contender{
          "limit",
          [&] {
  value = sum_of_product_by_hand<N>(a.data(), b.data(), da.data(), db.data()); }},
      contender{"std",
                [&] {
  value = sum_of_product_plain(a.data(), b.data(), da.data(), db.data(), N); }},
      contender{"Eigen", eigen}, contender{"ADOL-C", adolc});
}

BENCHMARK(product<4, false>)->Name("W5/sum_of_product/double/4x4")->Apply(bench::in_turns);
BENCHMARK(product<16, false>)->Name("W5/sum_of_product/double/16x16")->Apply(bench::in_turns);
BENCHMARK(product<128, false>)->Name("W5/sum_of_product/double/128x128")->Apply(bench::in_turns);
BENCHMARK(product<128, true>)
    ->Name("W5/sum_of_product/double/128x128/dynamic")
    ->Apply(bench::in_turns);

}  // namespace

BENCHMARK_MAIN();
