// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "support/workload.hpp"

#include "support/peers.hpp"

// W1: mean(x * x) and its gradient. W2: sum(exp(x) * sin(y) + tanh(x * y)) and both gradients.
// The counters are medians of nanoseconds a call; "limit" is the best loop on packs by hand.

namespace {

namespace math = slope::math;
using bench::absent;
using bench::contender;

constexpr auto mean_square = [](auto x) { return mean(x * x); };

template <class T, int N, class Size>
[[gnu::always_inline]] inline T mean_square_by_hand(T const* x, T* dx, Size n) {
  using pack = typename bench::layout<T, N>::pack;
  constexpr int chains = bench::layout<T, N>::chains;
  T const scale = T{1} / static_cast<T>(n);
  auto const factor = pack::broadcast(2 * scale);
  pack sum[chains];
  for (auto& each : sum) each = pack::broadcast(0);
  bench::for_packs<pack, chains>(
      n, [&](std::ptrdiff_t i, int k, auto at) __attribute__((always_inline)) {
        auto const a = at.load(x + i);
        sum[k] = sum[k] + a * a;
        at.store(a * factor, dx + i);
      });
  return math::reduce_add(bench::added(sum)) * scale;
}

template <class T, int N>
T mean_square_plain(T const* x, T* dx) {
  T sum = 0;
  for (int i = 0; i < N; ++i) {
    sum += x[i] * x[i];
    dx[i] = x[i] * (T{2} / T{N});
  }
  return sum / T{N};
}

#if BENCH_EIGEN
template <class T, int N, bool Dynamic>
using eigen_vector = Eigen::Array<T, Dynamic ? Eigen::Dynamic : N, 1>;
#endif

template <class T, int N, bool Dynamic>
void w1(benchmark::State& state) {
  auto& x = bench::new_vector<T, N, Dynamic>();
  auto& dx = bench::new_vector<T, N, Dynamic>();
  for (int i = 0; i < N; ++i) x.data()[i] = T(0.25) * static_cast<T>(i % 7 - 3);
  T value = 0;
  bench::escape(value, x, dx);
  auto const n = bench::size_for_hand<N, Dynamic>();
  auto const eigen = [&] {
#if BENCH_EIGEN
    return [&] {
      Eigen::Map<eigen_vector<T, N, Dynamic> const> const a(x.data(), N);
      Eigen::Map<eigen_vector<T, N, Dynamic>> da(dx.data(), N);
      value = a.square().mean();
      da = a * (T{2} / T{N});
    };
#else
    return absent{};
#endif
  }();
  auto const xtensor = [&] {
#if BENCH_XTENSOR
    return [&] {
      auto const a = bench::adapted<T const>(x.data(), N);
      auto da = bench::adapted<T>(dx.data(), N);
      value = xt::sum(a * a, xt::evaluation_strategy::immediate)() / T{N};
      xt::noalias(da) = a * (T{2} / T{N});
    };
#else
    return absent{};
#endif
  }();
  auto const adolc = [&] {
#if BENCH_ADOLC
    if constexpr (std::same_as<T, double> && N <= 4096) {
      bench::recording const tape(1, x.data(), N, [](adouble const* a) {
        adouble sum = 0;
        for (int i = 0; i < N; ++i) sum += a[i] * a[i];
        return adouble(sum / N);
      });
      return [&, tape] { value = tape.replay(x.data(), dx.data()); };
    } else {
      return absent{};
    }
#else
    return absent{};
#endif
  }();
  auto const boost = [&] {
#if BENCH_BOOST
    if constexpr (N == 4) {
      return [&] {
        using namespace boost::math::differentiation;
        auto const v =
            make_ftuple<T, 1, 1, 1, 1>(x.data()[0], x.data()[1], x.data()[2], x.data()[3]);
        auto const& [a, b, c, d] = v;
        auto const y = (a * a + b * b + c * c + d * d) / T{4};
        value = y.derivative(0, 0, 0, 0);
        dx.data()[0] = y.derivative(1, 0, 0, 0);
        dx.data()[1] = y.derivative(0, 1, 0, 0);
        dx.data()[2] = y.derivative(0, 0, 1, 0);
        dx.data()[3] = y.derivative(0, 0, 0, 1);
      };
    } else {
      return absent{};
    }
#else
    return absent{};
#endif
  }();
  bench::measure(
      state, N >= 100'000 ? 2000 : 20, std::same_as<T, float> ? 1e-4 : 1e-12,
      bench::results(value, dx),
      contender{"slope", [&]() __attribute__((always_inline)) {
          slope::value_and_grad(mean_square).into(value, dx)(x);
}
}  // namespace
, contender{"limit", [&]() __attribute__((always_inline)){
                         value = mean_square_by_hand<T, N>(x.data(), dx.data(), n);
}
},
      contender{"std", [&] {
  value = mean_square_plain<T, N>(x.data(), dx.data()); }},
      contender{"Eigen", eigen}, contender{"xtensor", xtensor}, contender{"ADOL-C", adolc},
      contender{"Boost", boost});
}

constexpr auto waves = [](auto x, auto y) { return sum(exp(x) * sin(y) + tanh(x * y)); };

template <class T, int N, class Size>
[[gnu::always_inline]] inline T waves_by_hand(T const* x, T const* y, T* dx, T* dy, Size n) {
  using pack = typename bench::layout<T, N>::pack;
  auto const one = pack::broadcast(1);
  auto sum = pack::broadcast(0);
  bench::for_packs<pack, 1>(
      n, [&](std::ptrdiff_t i, int, auto at) __attribute__((always_inline)) {
        auto const a = at.load(x + i), b = at.load(y + i);
        auto const e = math::exp(a), t = math::tanh(a * b);
        auto const [s, c] = math::sincos(b);
        auto const d = one - t * t, es = e * s;
        sum = sum + (es + t);
        at.store(es + b * d, dx + i);
        at.store(e * c + a * d, dy + i);
      });
  return math::reduce_add(sum);
}

template <class T, int N>
T waves_plain(T const* x, T const* y, T* dx, T* dy) {
  T sum = 0;
  for (int i = 0; i < N; ++i) {
    T const a = x[i], b = y[i];
    T const e = std::exp(a), s = std::sin(b), c = std::cos(b), t = std::tanh(a * b);
    T const d = 1 - t * t;
    sum += e * s + t;
    dx[i] = e * s + b * d;
    dy[i] = e * c + a * d;
  }
  return sum;
}

template <class T, int N, bool Dynamic>
void w2(benchmark::State& state) {
  auto& x = bench::new_vector<T, N, Dynamic>();
  auto& y = bench::new_vector<T, N, Dynamic>();
  auto& dx = bench::new_vector<T, N, Dynamic>();
  auto& dy = bench::new_vector<T, N, Dynamic>();
  for (int i = 0; i < N; ++i) {
    x.data()[i] = T(0.001) * static_cast<T>(i % 4096 - 2048);
    y.data()[i] = T(0.003) * static_cast<T>(i % 1000 - 500);
  }
  T value = 0;
  bench::escape(value, x, y, dx, dy);
  auto const n = bench::size_for_hand<N, Dynamic>();
  auto const eigen = [&] {
#if BENCH_EIGEN
    using array = eigen_vector<T, N, Dynamic>;
    auto &e = bench::kept<array>(N), &s = bench::kept<array>(N), &d = bench::kept<array>(N);
    return [&] {
      Eigen::Map<array const> const a(x.data(), N), b(y.data(), N);
      Eigen::Map<array> da(dx.data(), N), db(dy.data(), N);
      e = a.exp();
      s = e * b.sin();
      d = (a * b).tanh();
      value = (s + d).sum();
      d = 1 - d.square();
      da = s + b * d;
      db = e * b.cos() + a * d;
    };
#else
    return absent{};
#endif
  }();
  auto const xtensor = [&] {
#if BENCH_XTENSOR
    using array = xt::xtensor<T, 1>;
    std::array const shape{std::size_t{N}};
    auto &e = bench::kept<array>(shape), &s = bench::kept<array>(shape),
         &d = bench::kept<array>(shape);
    return [&] {
      auto const a = bench::adapted<T const>(x.data(), N), b = bench::adapted<T const>(y.data(), N);
      auto da = bench::adapted<T>(dx.data(), N), db = bench::adapted<T>(dy.data(), N);
      xt::noalias(e) = xt::exp(a);
      xt::noalias(s) = e * xt::sin(b);
      xt::noalias(d) = xt::tanh(a * b);
      value = xt::sum(s + d, xt::evaluation_strategy::immediate)();
      xt::noalias(d) = T{1} - d * d;
      xt::noalias(da) = s + b * d;
      xt::noalias(db) = e * xt::cos(b) + a * d;
    };
#else
    return absent{};
#endif
  }();
  auto const adolc = [&] {
#if BENCH_ADOLC
    if constexpr (std::same_as<T, double> && N <= 4096) {
      std::vector<double> both(2 * N);
      std::copy_n(x.data(), N, both.begin());
      std::copy_n(y.data(), N, both.begin() + N);
      bench::recording const tape(2, both.data(), 2 * N, [](adouble const* a) {
        adouble sum = 0;
        for (int i = 0; i < N; ++i) sum += exp(a[i]) * sin(a[N + i]) + tanh(a[i] * a[N + i]);
        return sum;
      });
      auto& gradient = bench::kept<std::vector<double>>(2 * std::size_t{N});
      return [&, tape, both] {
        value = tape.replay(both.data(), gradient.data());
        std::copy_n(gradient.data(), N, dx.data());
        std::copy_n(gradient.data() + N, N, dy.data());
      };
    } else {
      return absent{};
    }
#else
    return absent{};
#endif
  }();
  bench::measure(
      state, N >= 100'000 ? 2000 : 50, std::same_as<T, float> ? 2e-3 : 1e-11,
      bench::results(value, dx, dy),
      contender{"slope", [&]() __attribute__((always_inline)) {
          slope::value_and_grad<0, 1>(waves).into(value, dx, dy)(x, y);
}
}
, contender{"limit", [&]() __attribute__((always_inline)){
                         value = waves_by_hand<T, N>(x.data(), y.data(), dx.data(), dy.data(), n);
}
},
      contender{"std",
                [&] {
  value = waves_plain<T, N>(x.data(), y.data(), dx.data(), dy.data()); }},
      contender{"Eigen", eigen}, contender{"xtensor", xtensor}, contender{"ADOL-C", adolc});
}

BENCHMARK(w1<float, 4, false>)->Name("W1/mean_square/float/4")->Apply(bench::in_turns);
BENCHMARK(w1<float, 64, false>)->Name("W1/mean_square/float/64")->Apply(bench::in_turns);
BENCHMARK(w1<float, 4096, false>)->Name("W1/mean_square/float/4096")->Apply(bench::in_turns);
BENCHMARK(w1<float, 4096, true>)->Name("W1/mean_square/float/4096/dynamic")->Apply(bench::in_turns);
BENCHMARK(w1<float, 1'000'000, true>)
    ->Name("W1/mean_square/float/1000000/dynamic")
    ->Apply(bench::in_turns);
BENCHMARK(w1<double, 4, false>)->Name("W1/mean_square/double/4")->Apply(bench::in_turns);
BENCHMARK(w1<double, 64, false>)->Name("W1/mean_square/double/64")->Apply(bench::in_turns);
BENCHMARK(w1<double, 4096, false>)->Name("W1/mean_square/double/4096")->Apply(bench::in_turns);
BENCHMARK(w1<double, 4096, true>)
    ->Name("W1/mean_square/double/4096/dynamic")
    ->Apply(bench::in_turns);
BENCHMARK(w1<double, 1'000'000, true>)
    ->Name("W1/mean_square/double/1000000/dynamic")
    ->Apply(bench::in_turns);

BENCHMARK(w2<float, 64, false>)->Name("W2/waves/float/64")->Apply(bench::in_turns);
BENCHMARK(w2<float, 4096, false>)->Name("W2/waves/float/4096")->Apply(bench::in_turns);
BENCHMARK(w2<float, 4096, true>)->Name("W2/waves/float/4096/dynamic")->Apply(bench::in_turns);
BENCHMARK(w2<float, 1'000'000, true>)
    ->Name("W2/waves/float/1000000/dynamic")
    ->Apply(bench::in_turns);
BENCHMARK(w2<double, 64, false>)->Name("W2/waves/double/64")->Apply(bench::in_turns);
BENCHMARK(w2<double, 4096, false>)->Name("W2/waves/double/4096")->Apply(bench::in_turns);
BENCHMARK(w2<double, 4096, true>)->Name("W2/waves/double/4096/dynamic")->Apply(bench::in_turns);
BENCHMARK(w2<double, 1'000'000, true>)
    ->Name("W2/waves/double/1000000/dynamic")
    ->Apply(bench::in_turns);

}  // namespace

BENCHMARK_MAIN();
