// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <slope/slope.hpp>

#include "support/agree.hpp"
#include "support/peers.hpp"

#include <cmath>

// W3, logistic regression: the mean of log(1 + exp(-t X w)) and lambda |w|^2 / 2, with the gradient
// in w; the labels t are 1 or -1.

namespace {

namespace math = slope::math;

constexpr auto regression = [](auto x, auto t, auto w, auto lambda) {
  return mean(log(1 + exp(-t * matmul(x, w)))) + 0.5 * lambda * dot(w, w);
};

/// Everything hand-written takes plain pointers: X is row by row.
struct problem {
  int rows, columns;
  double const *x, *t, *w;
  double lambda;
};

/// log(1 + e) for 0 <= e <= 1, of which half is 2^0 (1 + f) and half 2^1 (1 + f).
template <class P>
[[gnu::always_inline]] inline P log_of_sum(P e) {
  auto const one = P::broadcast(1), half = P::broadcast(0.5);
  auto const large = e > P::broadcast(0.41421356237309503);
  auto const f = math::select(large, half * (e - one), e);
  return math::detail::log_parts(f, math::select(large, one, P::broadcast(0)), P::broadcast(0));
}

/// A few packs of rows at a time, that stay in the L1 cache: X is read once, and w and its gradient
/// stay in registers.
template <int Columns>
double limit(problem const& p, double* dw) {
  using pack = math::native_pack<double>;
  constexpr int lanes = pack::lanes, packs = Columns / lanes;
  constexpr int block = 4 * lanes;           // rows
  constexpr int chains = packs < 4 ? 4 : 1;  // of additions, that do not wait for each other
  static_assert(Columns % lanes == 0);
  auto const zero = pack::broadcast(0), one = pack::broadcast(1);
  auto const scale = pack::broadcast(-1.0 / p.rows);
  pack w[packs], gradient[chains][packs], sum = zero;
  for (int j = 0; j < packs; ++j) {
    w[j] = pack::load(p.w + j * lanes);
    for (auto& chain : gradient) chain[j] = zero;
  }
  // The arguments of a pack of rows: t X w.
  auto const arguments = [&](auto const& row, pack t) __attribute__((always_inline)) {
    pack products[lanes];
    for (int i = 0; i < lanes; ++i) {
      products[i] = pack::load(row(i)) * w[0];
      for (int j = 1; j < packs; ++j)
        products[i] = math::multiply_add(pack::load(row(i) + j * lanes), w[j], products[i]);
    }
    return -t * slope::engine::product::lane_sums<double, lanes>(products);
  };
  // Gives log(1 + exp(u)); its slope times those of u, t and 1/n, goes to c.
  auto const softplus = [&](pack u, pack t, double* c) __attribute__((always_inline)) {
    auto const e = math::detail::exp_nonpositive(-math::abs(u));
    auto const below = u < zero;
    (t * scale * math::select(below, e, one) / (one + e)).store(c);
    return math::select(below, zero, u) + log_of_sum(e);
  };
  // Asks for the rows of the next block on the way.
  auto const accumulate = [&](auto const& row, double const* c) __attribute__((always_inline)) {
    for (int i = 0; i < lanes; ++i)
      for (int j = 0; j < packs; ++j) {
        __builtin_prefetch(row(i) + block * Columns + j * lanes);
        gradient[i % chains][j] = math::multiply_add(
            pack::broadcast(c[i]), pack::load(row(i) + j * lanes), gradient[i % chains][j]);
      }
  };
  double c[block];
  int i = 0;
  for (; p.rows - i >= block; i += block) {
    auto const row = [&](int k) { return p.x + (i + k) * Columns; };
    for (int g = 0; g < block; g += lanes)
      arguments([&](int k) { return row(g + k); }, pack::load(p.t + i + g)).store(c + g);
    for (int g = 0; g < block; g += lanes)
      sum = sum + softplus(pack::load(c + g), pack::load(p.t + i + g), c + g);
    for (int g = 0; g < block; g += lanes) accumulate([&](int k) { return row(g + k); }, c + g);
  }
  for (; i < p.rows; i += lanes) {  // beyond the last row it is read again, with label 0
    auto const row = [&](int k) { return p.x + std::min(i + k, p.rows - 1) * Columns; };
    auto const t = pack::load_first(p.t + i, p.rows - i, 0);
    sum = sum + math::select(t == zero, zero, softplus(arguments(row, t), t, c));
    accumulate(row, c);
  }
  pack squares = zero;
  for (int j = 0; j < packs; ++j) {
    squares = squares + w[j] * w[j];
    auto all = pack::broadcast(p.lambda) * w[j];
    for (auto& chain : gradient) all = all + chain[j];
    all.store(dw + j * lanes);
  }
  return math::reduce_add(sum) / p.rows + 0.5 * p.lambda * math::reduce_add(squares);
}

double plain(problem const& p, double* dw) {
  double sum = 0, squares = 0;
  for (int j = 0; j < p.columns; ++j) {
    squares += p.w[j] * p.w[j];
    dw[j] = p.lambda * p.w[j];
  }
  for (int i = 0; i < p.rows; ++i) {
    double const* const x = p.x + i * p.columns;
    double z = 0;
    for (int j = 0; j < p.columns; ++j) z += x[j] * p.w[j];
    double const e = std::exp(-p.t[i] * z);
    sum += std::log(1 + e);
    double const c = -p.t[i] * e / (1 + e) / p.rows;
    for (int j = 0; j < p.columns; ++j) dw[j] += c * x[j];
  }
  return sum / p.rows + 0.5 * p.lambda * squares;
}

#if BENCH_EIGEN
template <int Columns>
double eigen(problem const& p, double* dw) {
  using namespace Eigen;
  Map<Matrix<double, Dynamic, Columns, RowMajor> const> const x(p.x, p.rows, Columns);
  Map<ArrayXd const> const t(p.t, p.rows);
  Map<Matrix<double, Columns, 1> const> const w(p.w);
  Map<Matrix<double, Columns, 1>> gradient(dw);
  static ArrayXd u, e;
  static VectorXd c;
  u = -t * (x * w).array();
  e = (-u.abs()).exp();
  double const value = (u.max(0) + e.log1p()).sum() / p.rows + 0.5 * p.lambda * w.squaredNorm();
  c = -t / p.rows * (u < 0).select(e, 1.0) / (1 + e);
  gradient.noalias() = x.transpose() * c;
  gradient += p.lambda * w;
  return value;
}
#endif

#if BENCH_ADOLC
/// The tape is recorded once: it stays valid, for nothing branches.
bench::recording record(problem const& p) {
  return {3, p.w, p.columns, [&](adouble const* w) {
            adouble sum = 0, squares = 0;
            for (int j = 0; j < p.columns; ++j) squares += w[j] * w[j];
            for (int i = 0; i < p.rows; ++i) {
              adouble z = 0;
              for (int j = 0; j < p.columns; ++j) z += p.x[i * p.columns + j] * w[j];
              sum += log(1 + exp(-p.t[i] * z));
            }
            return adouble(sum / p.rows + 0.5 * p.lambda * squares);
          }};
}
#endif

/// With extents known when compiling, or only the number of columns.
template <int Rows, int Columns, bool Static>
void logistic_regression(benchmark::State& state) {
  using slope::tensor;
  using matrix = std::conditional_t<Static, tensor<double, Rows, Columns>,
                                    tensor<double, slope::dynamic, Columns>>;
  using vector = std::conditional_t<Static, tensor<double, Rows>, tensor<double, slope::dynamic>>;
  static tensor<double, Columns> w, dw, expected;
  static matrix x = bench::with_rows<matrix, Rows>();
  static vector t = bench::with_rows<vector, Rows>();
  bench::fill(x, 1);
  bench::fill(w, 2);
  bench::fill(t, 3);
  for (double& each : t) each = each < 0 ? -1 : 1;
  bench::fill(dw, 4);
  bench::fill(expected, 4);
  double value = 0, lambda = 1e-3;
  benchmark::DoNotOptimize(&value);
  benchmark::DoNotOptimize(&lambda);
  slope::workspace workspace;
  problem const p{Rows, Columns, x.data(), t.data(), w.data(), lambda};
  double const right = plain(p, expected.data());
  auto const check = [&](auto const& contender) {
    bench::fill(dw, 4);
    value = 0;
    contender.run();
    std::string const name = contender.name;
    return bench::agree(state, name + ": value", value, right, 1e-12) &&
           bench::agree(state, name + ": dw", dw, expected, 1e-12);
  };
  auto const contenders = std::tuple_cat(
      std::tuple(bench::contender{"slope",
                                  [&] {
                                    slope::value_and_grad<2>(regression)
                                        .into(value, dw)
                                        .with(workspace)(x, t, w, lambda);
                                  }},
                 bench::contender{"limit", [&] { value = limit<Columns>(p, dw.data()); }},
                 bench::contender{"std", [&] { value = plain(p, dw.data()); }}),
#if BENCH_EIGEN
      std::tuple(bench::contender{"Eigen", [&] { value = eigen<Columns>(p, dw.data()); }}),
#endif
      std::tuple<>());
  double const time = Rows * Columns > 10000 ? 3000 : 100;
#if BENCH_ADOLC
  if constexpr (Rows * Columns <= 1000) {
    auto const recorded = record(p);
    auto const tape =
        std::tuple(bench::contender{"ADOL-C", [&] { value = recorded.replay(p.w, dw.data()); }});
    return bench::compare_checked(state, time, check, std::tuple_cat(contenders, tape));
  }
#endif
  bench::compare_checked(state, time, check, contenders);
}
BENCHMARK(logistic_regression<100, 8, true>)
    ->Name("W3/logistic_regression/double/100x8")
    ->Apply(bench::in_turns);
BENCHMARK(logistic_regression<100, 8, false>)
    ->Name("W3/logistic_regression/double/100x8/dynamic")
    ->Apply(bench::in_turns);
BENCHMARK(logistic_regression<10000, 64, true>)
    ->Name("W3/logistic_regression/double/10000x64")
    ->Apply(bench::in_turns);
BENCHMARK(logistic_regression<10000, 64, false>)
    ->Name("W3/logistic_regression/double/10000x64/dynamic")
    ->Apply(bench::in_turns);

}  // namespace

BENCHMARK_MAIN();
