// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "support/workload.hpp"

#include "support/peers.hpp"

// W5, second part, doubles: the logarithm of a normal density of n values with the gradients of
// all three arguments, and that of a linear regression on 4 columns with those of its parameters
// (both without the constant n log(2 pi) / 2).

namespace {

namespace math = slope::math;
using bench::absent;
using bench::contender;

constexpr auto log_normal = [](auto x, auto mu, auto sigma) {
  return sum(-0.5 * square((x - mu) / sigma) - log(sigma));
};

struct normal_gradient {
  double value, dmu, dsigma;
};

/// Sums of z and z * z say all: one pass, one division, one logarithm.
template <int N, class Size>
[[gnu::always_inline]] inline normal_gradient log_normal_by_hand(double const* x, double mu,
                                                                 double sigma, double* dx, Size n) {
  using pack = typename bench::layout<double, N>::pack;
  constexpr int chains = bench::layout<double, N>::chains;
  double const r = 1 / sigma;
  auto const shift = pack::broadcast(mu), scale = pack::broadcast(r), minus = -scale;
  pack first[chains], second[chains];
  for (int k = 0; k < chains; ++k) first[k] = second[k] = pack::broadcast(0);
  bench::for_packs<pack, chains>(
      n, [&](std::ptrdiff_t i, int k, auto at) __attribute__((always_inline)) {
        auto const z = (at.load(x + i, mu) - shift) * scale;
        first[k] = first[k] + z;
        second[k] = second[k] + z * z;
        at.store(z * minus, dx + i);
      });
  double const one = math::reduce_add(bench::added(first));
  double const two = math::reduce_add(bench::added(second));
  double const count = static_cast<double>(n);
  return {-0.5 * two - count * std::log(sigma), one * r, (two - count) * r};
}

normal_gradient log_normal_plain(double const* x, double mu, double sigma, double* dx, int n) {
  double one = 0, two = 0;
  for (int i = 0; i < n; ++i) {
    double const z = (x[i] - mu) / sigma;
    one += z;
    two += z * z;
    dx[i] = -z / sigma;
  }
  return {-0.5 * two - n * std::log(sigma), one / sigma, (two - n) / sigma};
}

template <int N, bool Dynamic>
void normal(benchmark::State& state) {
  auto& x = bench::new_vector<double, N, Dynamic>();
  auto& dx = bench::new_vector<double, N, Dynamic>();
  for (int i = 0; i < N; ++i) x.data()[i] = 0.03 * (i * 37 % 101 - 45);
  double mu = 0.25, sigma = 1.5, value = 0, dmu = 0, dsigma = 0;
  bench::escape(value, x, dx, mu, sigma, dmu, dsigma);
  auto const n = bench::size_for_hand<N, Dynamic>();
  auto const take = [&](normal_gradient g) __attribute__((always_inline)) {
    value = g.value, dmu = g.dmu, dsigma = g.dsigma;
  };
  auto const eigen = [&] {
#if BENCH_EIGEN
    using array = Eigen::Array<double, Dynamic ? Eigen::Dynamic : N, 1>;
    return [&] {
      Eigen::Map<array const> const a(x.data(), N);
      Eigen::Map<array> z(dx.data(), N);
      double const r = 1 / sigma;
      z = (a - mu) * r;
      double const one = z.sum(), two = z.square().sum();
      z *= -r;
      take({-0.5 * two - N * std::log(sigma), one * r, (two - N) * r});
    };
#else
    return absent{};
#endif
  }();
  auto const xtensor = [&] {
#if BENCH_XTENSOR
    return [&] {
      auto const a = bench::adapted<double const>(x.data(), N);
      auto z = bench::adapted<double>(dx.data(), N);
      double const r = 1 / sigma;
      xt::noalias(z) = (a - mu) * r;
      double const one = xt::sum(z, xt::evaluation_strategy::immediate)();
      double const two = xt::sum(z * z, xt::evaluation_strategy::immediate)();
      z *= -r;
      take({-0.5 * two - N * std::log(sigma), one * r, (two - N) * r});
    };
#else
    return absent{};
#endif
  }();
  auto const adolc = [&] {
#if BENCH_ADOLC
    auto& in = bench::kept<std::vector<double>>(std::size_t{N} + 2);
    auto& out = bench::kept<std::vector<double>>(std::size_t{N} + 2);
    std::copy_n(x.data(), N, in.begin());
    in[N] = mu, in[N + 1] = sigma;
    bench::recording const tape(4, in.data(), N + 2, [](adouble const* a) {
      adouble all = 0;
      for (int i = 0; i < N; ++i) {
        adouble const z = (a[i] - a[N]) / a[N + 1];
        all += -0.5 * z * z;
      }
      return adouble(all - N * log(a[N + 1]));
    });
    return [&, tape] {
      double const v = tape.replay(in.data(), out.data());
      std::copy_n(out.data(), N, dx.data());
      take({v, out[N], out[N + 1]});
    };
#else
    return absent{};
#endif
  }();
  bench::measure(
      state, 30, 1e-11, bench::results(value, dx, dmu, dsigma),
      contender{
          "slope",
          [&] {
    slope::value_and_grad<0, 1, 2>(log_normal).into(value, dx, dmu, dsigma)(x, mu, sigma);
          }},
      contender{"limit", [&]() __attribute__((always_inline)) {
          take(log_normal_by_hand<N>(x.data(), mu, sigma, dx.data(), n));
}
}  // namespace
,
      contender{"std", [&] {
  take(log_normal_plain(x.data(), mu, sigma, dx.data(), N)); }},
      contender{"Eigen", eigen}, contender{"xtensor", xtensor}, contender{"ADOL-C", adolc});
}

// y ~ Normal(X w + b, sigma), X of n rows and 4 columns.

constexpr auto regression_density = [](auto x, auto y, auto w, auto b, auto sigma) {
  return sum(-0.5 * square((y - (matmul(x, w) + b)) / sigma) - log(sigma));
};

struct regression_gradient {
  double value, dw[4], db, dsigma;
};

#if defined(__AVX512F__)
inline constexpr int rows_at_once = 8;
#else
inline constexpr int rows_at_once = 4;
#endif

/// `rows_at_once` rows of X are four packs: their products with w are added crosswise to a pack of
/// predictions, and what is left of y is spread over each row again. X is read once.
template <int L, class Size>
[[gnu::always_inline]] inline regression_gradient regression_by_hand(double const* x,
                                                                     double const* y,
                                                                     double const* w, double b,
                                                                     double sigma, Size n) {
  using pack = math::pack<double, L>;
  double const r = 1 / sigma;
  auto const shift = pack::broadcast(b);
  pack weights;
  for (int i = 0; i < L; ++i) weights.data[i] = w[i % 4];
  pack dw[4], one = pack::broadcast(0), two = one;
  for (auto& each : dw) each = one;
  // The sums are of y - X w - b; sigma comes in at the end.
  auto const step = [&](double const* from, pack target, int count) __attribute__((always_inline)) {
    pack p[4], q[4];
    for (int k = 0; k < 4; ++k) {
      p[k] = pack::load(from + k * L);
      q[k] = p[k] * weights;
    }
    pack left;
    if constexpr (L == 8) {
      auto const a = __builtin_shufflevector(q[0].data, q[1].data, 0, 4, 8, 12, 2, 6, 10, 14) +
                     __builtin_shufflevector(q[0].data, q[1].data, 1, 5, 9, 13, 3, 7, 11, 15);
      auto const c = __builtin_shufflevector(q[2].data, q[3].data, 0, 4, 8, 12, 2, 6, 10, 14) +
                     __builtin_shufflevector(q[2].data, q[3].data, 1, 5, 9, 13, 3, 7, 11, 15);
      left.data = target.data - shift.data -
                  (__builtin_shufflevector(a, c, 0, 1, 2, 3, 8, 9, 10, 11) +
                   __builtin_shufflevector(a, c, 4, 5, 6, 7, 12, 13, 14, 15));
    } else {
      auto const a = __builtin_shufflevector(q[0].data, q[1].data, 0, 4, 2, 6) +
                     __builtin_shufflevector(q[0].data, q[1].data, 1, 5, 3, 7);
      auto const c = __builtin_shufflevector(q[2].data, q[3].data, 0, 4, 2, 6) +
                     __builtin_shufflevector(q[2].data, q[3].data, 1, 5, 3, 7);
      left.data =
          target.data - shift.data -
          (__builtin_shufflevector(a, c, 0, 1, 4, 5) + __builtin_shufflevector(a, c, 2, 3, 6, 7));
    }
    for (int i = count; i < L; ++i) left.data[i] = 0;
    one = one + left;
    two = two + left * left;
    auto const spread = [&]<int K, int... I>(std::integral_constant<int, K>,
                                             std::integer_sequence<int, I...>)
        __attribute__((always_inline)) {
      pack const z{__builtin_shufflevector(left.data, left.data, (K * (L / 4) + I / 4)...)};
      dw[K] = dw[K] + p[K] * z;
    };
    constexpr std::make_integer_sequence<int, L> lanes{};
    spread(std::integral_constant<int, 0>{}, lanes);
    spread(std::integral_constant<int, 1>{}, lanes);
    spread(std::integral_constant<int, 2>{}, lanes);
    spread(std::integral_constant<int, 3>{}, lanes);
  };
  std::ptrdiff_t i = 0;
  for (; i + L <= n; i += L) step(x + 4 * i, pack::load(y + i), L);
  if (i < n) {
    int const count = static_cast<int>(n - i);
    double rest[4 * L]{};
    std::copy_n(x + 4 * i, 4 * count, rest);
    step(rest, pack::load_first(y + i, count, 0), count);
  }
  regression_gradient g;
  auto const all = (dw[0] + dw[1]) + (dw[2] + dw[3]);
  for (int k = 0; k < 4; ++k)
    g.dw[k] = (all.data[k] + all.data[k + L - 4]) * (L == 4 ? 0.5 : 1) * r * r;
  double const sum = math::reduce_add(one), squares = math::reduce_add(two) * r * r;
  double const count = static_cast<double>(n);
  g.value = -0.5 * squares - count * std::log(sigma);
  g.db = sum * r * r;
  g.dsigma = (squares - count) * r;
  return g;
}

regression_gradient regression_plain(double const* x, double const* y, double const* w, double b,
                                     double sigma, int n) {
  double one = 0, two = 0, dw[4]{};
  for (int i = 0; i < n; ++i) {
    double mean = b;
    for (int k = 0; k < 4; ++k) mean += x[4 * i + k] * w[k];
    double const z = (y[i] - mean) / sigma;
    one += z;
    two += z * z;
    for (int k = 0; k < 4; ++k) dw[k] += x[4 * i + k] * z;
  }
  return {-0.5 * two - n * std::log(sigma),
          {dw[0] / sigma, dw[1] / sigma, dw[2] / sigma, dw[3] / sigma},
          one / sigma,
          (two - n) / sigma};
}

template <int N, bool Dynamic>
void regression(benchmark::State& state) {
  using matrix = std::conditional_t<Dynamic, slope::tensor<double, slope::dynamic, 4>,
                                    slope::tensor<double, N, 4>>;
  auto& x = [&]() -> matrix& {
    if constexpr (Dynamic) return bench::kept<matrix>(N);
    else return bench::kept<matrix>();
  }();
  auto& y = bench::new_vector<double, N, Dynamic>();
  for (int i = 0; i < 4 * N; ++i) x.data()[i] = 0.02 * (i * 37 % 101 - 45);
  for (int i = 0; i < N; ++i) y.data()[i] = 0.05 * (i * 29 % 97 - 49);
  slope::tensor<double, 4> w{0.5, -0.25, 0.75, 0.125}, dw;
  double b = 0.25, sigma = 1.5, value = 0, db = 0, dsigma = 0;
  bench::escape(value, x, y, w, b, sigma, dw, db, dsigma);
  auto const n = bench::size_for_hand<N, Dynamic>();
  auto const take = [&](regression_gradient const& g) __attribute__((always_inline)) {
    value = g.value, db = g.db, dsigma = g.dsigma;
    for (int k = 0; k < 4; ++k) dw.data()[k] = g.dw[k];
  };
  auto const eigen = [&] {
#if BENCH_EIGEN
    using vector = Eigen::Matrix<double, Dynamic ? Eigen::Dynamic : N, 1>;
    using rows = Eigen::Matrix<double, Dynamic ? Eigen::Dynamic : N, 4, Eigen::RowMajor>;
    auto& z = bench::kept<vector>(vector::Zero(N));
    return [&] {
      Eigen::Map<rows const> const a(x.data(), N, 4);
      Eigen::Map<vector const> const target(y.data(), N);
      Eigen::Map<Eigen::Vector4d const> const weights(w.data());
      Eigen::Map<Eigen::Vector4d> gradient(dw.data());
      double const r = 1 / sigma;
      z.noalias() = a * weights;
      z = ((target - z).array() - b) * r;
      double const one = z.sum(), two = z.squaredNorm();
      gradient.noalias() = a.transpose() * z;
      gradient *= r;
      value = -0.5 * two - N * std::log(sigma);
      db = one * r, dsigma = (two - N) * r;
    };
#else
    return absent{};
#endif
  }();
  auto const adolc = [&] {
#if BENCH_ADOLC
    if constexpr (N > 256) return absent{};  // the data are constants of the tape: a file of them
    else {
      auto& in = bench::kept<std::array<double, 6>>();
      auto& out = bench::kept<std::array<double, 6>>();
      std::copy_n(w.data(), 4, in.begin());
      in[4] = b, in[5] = sigma;
      bench::recording const tape(5, in.data(), 6, [&](adouble const* a) {
        adouble all = 0;
        for (int i = 0; i < N; ++i) {
          adouble mean = a[4];
          for (int k = 0; k < 4; ++k) mean += x.data()[4 * i + k] * a[k];
          adouble const z = (y.data()[i] - mean) / a[5];
          all += -0.5 * z * z;
        }
        return adouble(all - N * log(a[5]));
      });
      return [&, tape] {
        value = tape.replay(in.data(), out.data());
        std::copy_n(out.data(), 4, dw.data());
        db = out[4], dsigma = out[5];
      };
    }
#else
    return absent{};
#endif
  }();
  bench::measure(
      state, 30, 1e-11, bench::results(value, dw, db, dsigma),
      contender{"slope",
                [&]() __attribute__((always_inline)) {
                  slope::value_and_grad<2, 3, 4>(regression_density)
                      .into(value, dw, db, dsigma)(x, y, w, b, sigma);
}
}
, contender{"limit", [&]() __attribute__((always_inline)){take(regression_by_hand<rows_at_once>(
                         x.data(), y.data(), w.data(), b, sigma, n));
}
},
      contender{"std", [&] {
  take(regression_plain(x.data(), y.data(), w.data(), b, sigma, N)); }},
      contender{"Eigen", eigen}, contender{"ADOL-C", adolc});
}

BENCHMARK(normal<16, false>)->Name("W5/normal/double/16")->Apply(bench::in_turns);
BENCHMARK(normal<256, false>)->Name("W5/normal/double/256")->Apply(bench::in_turns);
BENCHMARK(normal<16384, true>)->Name("W5/normal/double/16384/dynamic")->Apply(bench::in_turns);
BENCHMARK(regression<16, false>)->Name("W5/regression/double/16")->Apply(bench::in_turns);
BENCHMARK(regression<256, false>)->Name("W5/regression/double/256")->Apply(bench::in_turns);
BENCHMARK(regression<16384, true>)
    ->Name("W5/regression/double/16384/dynamic")
    ->Apply(bench::in_turns);

}  // namespace

BENCHMARK_MAIN();
