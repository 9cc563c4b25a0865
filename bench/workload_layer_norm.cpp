// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <slope/slope.hpp>

#include "support/agree.hpp"
#include "support/peers.hpp"

#include <cmath>

#if BENCH_XTENSOR
#include <xtensor/xview.hpp>
#endif

// W9, layer normalisation: rows of x brought to mean 0 and variance 1, times gamma, plus beta; the
// value is the sum of all elements with weights, the gradients are those in x, gamma and beta.

namespace {

namespace math = slope::math;

constexpr auto layer_norm = [](auto x, auto gamma, auto beta, auto weights) {
  auto const m = mean(x, 1, slope::keepdim);
  auto const v = mean(square(x - m), 1, slope::keepdim);
  return sum(weights * ((x - m) / sqrt(v + 1e-5) * gamma + beta));
};

template <class T>
struct problem {
  int rows, columns;
  T const *x, *gamma, *beta, *weights;
  T *dx, *dgamma, *dbeta;
};

/// Four rows at a time, in three passes over what stays in the L1 cache: the sums of x; those of
/// (x - m)^2, g and g (x - m), where g = weights * gamma; all gradients. The value follows from the
/// gradients: it is linear in gamma and beta.
template <class T, int Columns>
T limit(problem<T> const& p) {
  using pack = math::native_pack<T>;
  constexpr int lanes = pack::lanes, block = 4;
  static_assert(Columns % lanes == 0);
  auto const zero = pack::broadcast(0);
  for (int j = 0; j < Columns; j += lanes) {
    zero.store(p.dgamma + j);
    zero.store(p.dbeta + j);
  }
  for (int i = 0; i < p.rows; i += block) {
    T const* const x = p.x + i * Columns;
    T const* const weights = p.weights + i * Columns;
    T* const dx = p.dx + i * Columns;
    pack mean[block], sum[block], squares[block], of_g[block], of_products[block];
    for (int r = 0; r < block; ++r) sum[r] = squares[r] = of_g[r] = of_products[r] = zero;
    for (int j = 0; j < Columns; j += lanes)
      for (int r = 0; r < block; ++r) sum[r] = sum[r] + pack::load(x + r * Columns + j);
    for (int r = 0; r < block; ++r) mean[r] = pack::broadcast(math::reduce_add(sum[r]) / Columns);
    for (int j = 0; j < Columns; j += lanes) {
      auto const gamma = pack::load(p.gamma + j);
      for (int r = 0; r < block; ++r) {
        auto const d = pack::load(x + r * Columns + j) - mean[r];
        auto const g = pack::load(weights + r * Columns + j) * gamma;
        squares[r] = math::multiply_add(d, d, squares[r]);
        of_g[r] = of_g[r] + g;
        of_products[r] = math::multiply_add(g, d, of_products[r]);
      }
    }
    // dx = s g - first - second d, where s is the reciprocal of the deviation.
    pack s[block], first[block], second[block];
    for (int r = 0; r < block; ++r) {
      T const inverse = 1 / std::sqrt(math::reduce_add(squares[r]) / Columns + T(1e-5));
      s[r] = pack::broadcast(inverse);
      first[r] = pack::broadcast(inverse * math::reduce_add(of_g[r]) / Columns);
      second[r] =
          pack::broadcast(inverse * inverse * inverse * math::reduce_add(of_products[r]) / Columns);
    }
    for (int j = 0; j < Columns; j += lanes) {
      auto const gamma = pack::load(p.gamma + j);
      auto dgamma = pack::load(p.dgamma + j), dbeta = pack::load(p.dbeta + j);
      for (int r = 0; r < block; ++r) {
        auto const d = pack::load(x + r * Columns + j) - mean[r];
        auto const w = pack::load(weights + r * Columns + j), u = w * s[r];
        dbeta = dbeta + w;
        dgamma = math::multiply_add(u, d, dgamma);
        (math::multiply_add(u, gamma, -first[r]) - second[r] * d).store(dx + r * Columns + j);
      }
      dgamma.store(p.dgamma + j);
      dbeta.store(p.dbeta + j);
    }
  }
  pack value = zero;
  for (int j = 0; j < Columns; j += lanes)
    value = value + pack::load(p.gamma + j) * pack::load(p.dgamma + j) +
            pack::load(p.beta + j) * pack::load(p.dbeta + j);
  return math::reduce_add(value);
}

/// `Sum` is the type of sums.
template <class Sum, class T>
T plain(problem<T> const& p) {
  Sum value = 0;
  for (int j = 0; j < p.columns; ++j) p.dgamma[j] = p.dbeta[j] = 0;
  for (int i = 0; i < p.rows; ++i) {
    T const *const x = p.x + i * p.columns, *const w = p.weights + i * p.columns;
    Sum sum = 0, squares = 0, of_g = 0, of_products = 0;
    for (int j = 0; j < p.columns; ++j) sum += x[j];
    Sum const mean = sum / static_cast<Sum>(p.columns);
    for (int j = 0; j < p.columns; ++j) squares += (x[j] - mean) * (x[j] - mean);
    Sum const s = 1 / std::sqrt(squares / static_cast<Sum>(p.columns) + Sum(1e-5));
    for (int j = 0; j < p.columns; ++j) {
      Sum const n = (x[j] - mean) * s, g = w[j] * p.gamma[j];
      value += w[j] * (n * p.gamma[j] + p.beta[j]);
      p.dgamma[j] += static_cast<T>(w[j] * n);
      p.dbeta[j] += w[j];
      of_g += g;
      of_products += g * n;
    }
    for (int j = 0; j < p.columns; ++j)
      p.dx[i * p.columns + j] =
          static_cast<T>(s * (w[j] * p.gamma[j] - (of_g + (x[j] - mean) * s * of_products) /
                                                      static_cast<Sum>(p.columns)));
  }
  return static_cast<T>(value);
}

#if BENCH_EIGEN
template <class T, int Columns>
T eigen(problem<T> const& p) {
  using namespace Eigen;
  using matrix = Array<T, Dynamic, Columns, RowMajor>;
  using row = Array<T, 1, Columns>;
  Map<matrix const> const x(p.x, p.rows, Columns), w(p.weights, p.rows, Columns);
  Map<row const> const gamma(p.gamma), beta(p.beta);
  Map<matrix> dx(p.dx, p.rows, Columns);
  Map<row> dgamma(p.dgamma), dbeta(p.dbeta);
  dgamma.setZero();
  dbeta.setZero();
  T value = 0;
  row n, g;
  for (int i = 0; i < p.rows; ++i) {
    n = x.row(i) - x.row(i).mean();
    T const s = 1 / std::sqrt(n.square().mean() + T(1e-5));
    n *= s;
    g = w.row(i) * gamma;
    value += (g * n + w.row(i) * beta).sum();
    dgamma += w.row(i) * n;
    dbeta += w.row(i);
    dx.row(i) = s * (g - g.mean() - n * (g * n).mean());
  }
  return value;
}
#endif

#if BENCH_XTENSOR
/// Row by row: broadcasting in two dimensions is three times slower.
template <class T>
T xtensor(problem<T> const& p) {
  auto const columns = static_cast<std::size_t>(p.columns);
  auto const gamma = bench::adapted(p.gamma, columns), beta = bench::adapted(p.beta, columns);
  auto dgamma = bench::adapted(p.dgamma, columns), dbeta = bench::adapted(p.dbeta, columns);
  static xt::xtensor<T, 1> n, g;
  T const count = static_cast<T>(p.columns);
  dgamma.fill(0);
  dbeta.fill(0);
  for (int i = 0; i < p.rows; ++i) {
    auto const x = bench::adapted(p.x + i * p.columns, columns);
    auto const w = bench::adapted(p.weights + i * p.columns, columns);
    auto dx = bench::adapted(p.dx + i * p.columns, columns);
    constexpr auto now = xt::evaluation_strategy::immediate;
    T const mean = xt::sum(x, now)() / count;
    xt::noalias(n) = x - mean;
    T const s = 1 / std::sqrt(xt::sum(n * n, now)() / count + T(1e-5));
    n *= s;
    xt::noalias(g) = w * gamma;
    xt::noalias(dgamma) += w * n;
    xt::noalias(dbeta) += w;
    T const first = xt::sum(g, now)() / count, second = xt::sum(g * n, now)() / count;
    xt::noalias(dx) = s * (g - first - n * second);
  }
  return xt::sum(gamma * dgamma + beta * dbeta)();
}
#endif

#if BENCH_ADOLC
bench::recording record(problem<double> const& p, double const* inputs) {
  int const size = p.rows * p.columns;
  return {9, inputs, size + 2 * p.columns, [&p, size](adouble const* x) {
            adouble const *const gamma = x + size, *const beta = gamma + p.columns;
            adouble value = 0;
            for (int i = 0; i < p.rows; ++i) {
              adouble const* const row = x + i * p.columns;
              adouble sum = 0, squares = 0;
              for (int j = 0; j < p.columns; ++j) sum += row[j];
              adouble const mean = sum / p.columns;
              for (int j = 0; j < p.columns; ++j) squares += (row[j] - mean) * (row[j] - mean);
              adouble const s = 1 / sqrt(squares / p.columns + 1e-5);
              for (int j = 0; j < p.columns; ++j)
                value += p.weights[i * p.columns + j] * ((row[j] - mean) * s * gamma[j] + beta[j]);
            }
            return value;
          }};
}
#endif

template <class T, int Rows, int Columns, bool Static>
void layer_normalisation(benchmark::State& state) {
  using slope::tensor;
  using matrix =
      std::conditional_t<Static, tensor<T, Rows, Columns>, tensor<T, slope::dynamic, Columns>>;
  static matrix x = bench::with_rows<matrix, Rows>(), weights = bench::with_rows<matrix, Rows>(),
                dx = bench::with_rows<matrix, Rows>(), right_x = bench::with_rows<matrix, Rows>();
  static tensor<T, Columns> gamma, beta, dgamma, dbeta, right_gamma, right_beta;
  bench::fill(x, 1, -1, 2);
  bench::fill(gamma, 2, 0.5, 1.5);
  bench::fill(beta, 3);
  bench::fill(weights, 4);
  T value = 0;
  benchmark::DoNotOptimize(&value);
  slope::workspace workspace;
  problem<T> const p{Rows,           Columns,   x.data(),      gamma.data(), beta.data(),
                     weights.data(), dx.data(), dgamma.data(), dbeta.data()};
  problem<T> exact = p;
  exact.dx = right_x.data(), exact.dgamma = right_gamma.data(), exact.dbeta = right_beta.data();
  T const right = plain<double>(exact);
  double const tolerance = sizeof(T) == 8 ? 1e-12 : 1e-4;
  auto const check = [&](auto const& contender) {
    value = 0;
    for (auto* each : {&dgamma, &dbeta}) bench::fill(*each, 5);
    bench::fill(dx, 5);
    contender.run();
    std::string const name = contender.name;
    return bench::agree(state, name + ": value", value, right, tolerance) &&
           bench::agree(state, name + ": dx", dx, right_x, tolerance) &&
           bench::agree(state, name + ": dgamma", dgamma, right_gamma, tolerance) &&
           bench::agree(state, name + ": dbeta", dbeta, right_beta, tolerance);
  };
  auto const contenders =
      std::tuple_cat(std::tuple(bench::contender{"slope",
                                                 [&] {
                                                   slope::value_and_grad<0, 1, 2>(layer_norm)
                                                       .into(value, dx, dgamma, dbeta)
                                                       .with(workspace)(x, gamma, beta, weights);
                                                 }},
                                bench::contender{"limit", [&] { value = limit<T, Columns>(p); }},
                                bench::contender{"std", [&] { value = plain<T>(p); }}),
#if BENCH_EIGEN
                     std::tuple(bench::contender{"Eigen", [&] { value = eigen<T, Columns>(p); }}),
#endif
#if BENCH_XTENSOR
                     std::tuple(bench::contender{"xtensor", [&] { value = xtensor(p); }}),
#endif
                     std::tuple<>());
  double const time = Rows * Columns > 10000 ? 1000 : 100;
#if BENCH_ADOLC
  if constexpr (std::is_same_v<T, double> && Rows * Columns <= 1000) {
    static std::vector<double> inputs, slopes;
    inputs.assign(x.begin(), x.end());
    for (auto const* each : {&gamma, &beta})
      inputs.insert(inputs.end(), each->begin(), each->end());
    slopes.resize(inputs.size());
    auto const recorded = record(p, inputs.data());
    auto const tape = std::tuple(bench::contender{
        "ADOL-C", [&] {
          value = recorded.replay(inputs.data(), slopes.data());
          auto const* from = slopes.data();
          std::copy(from, from + dx.size(), dx.data());
          std::copy(from + dx.size(), from + dx.size() + Columns, dgamma.data());
          std::copy(from + dx.size() + Columns, from + slopes.size(), dbeta.data());
        }});
    return bench::compare_checked(state, time, check, std::tuple_cat(contenders, tape));
  }
#endif
  bench::compare_checked(state, time, check, contenders);
}
BENCHMARK(layer_normalisation<double, 16, 32, true>)
    ->Name("W9/layer_norm/double/16x32")
    ->Apply(bench::in_turns);
BENCHMARK(layer_normalisation<float, 512, 256, true>)
    ->Name("W9/layer_norm/float/512x256")
    ->Apply(bench::in_turns);
BENCHMARK(layer_normalisation<float, 512, 256, false>)
    ->Name("W9/layer_norm/float/512x256/dynamic")
    ->Apply(bench::in_turns);
BENCHMARK(layer_normalisation<double, 512, 256, true>)
    ->Name("W9/layer_norm/double/512x256")
    ->Apply(bench::in_turns);
BENCHMARK(layer_normalisation<double, 512, 256, false>)
    ->Name("W9/layer_norm/double/512x256/dynamic")
    ->Apply(bench::in_turns);

}  // namespace

BENCHMARK_MAIN();
