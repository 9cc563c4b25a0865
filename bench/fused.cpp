// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <slope/slope.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

// Value and gradients in one pass: slope against the loop that an expert writes by hand on the packs
// of slope::math, and against the plain loop on std:: functions. The three take turns, so that a
// noisy machine is noisy for all; the counters are medians.
//   slope, hand, std: nanoseconds a call; slope/hand: at most 1.5 is the bar, std/slope: at least 5
//   for functions (with -march=native, which bench/meson.build gives).

namespace {

namespace math = slope::math;

double median(std::vector<double>& x) {
  auto const middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
  std::nth_element(x.begin(), middle, x.end());
  return *middle;
}

template <class F>
double nanoseconds_a_call(int calls, F const& f) {
  using clock = std::chrono::steady_clock;
  auto const begin = clock::now();
  for (int k = 0; k < calls; ++k) {
    f();
    benchmark::ClobberMemory();
  }
  std::chrono::duration<double, std::nano> const time = clock::now() - begin;
  return time.count() / calls;
}

/// One iteration measures the three in turn, `calls` calls each.
template <class Slope, class Hand, class Plain>
void compare(benchmark::State& state, int calls, Slope const& slope, Hand const& hand,
             Plain const& plain) {
  std::vector<double> times[3];
  for (auto _ : state) {
    times[0].push_back(nanoseconds_a_call(calls, slope));
    times[1].push_back(nanoseconds_a_call(calls, hand));
    times[2].push_back(nanoseconds_a_call(calls, plain));
    state.SetIterationTime(times[0].back() * 1e-9);
  }
  double const of_slope = median(times[0]), of_hand = median(times[1]), of_std = median(times[2]);
  state.counters["slope"] = of_slope;
  state.counters["hand"] = of_hand;
  state.counters["std"] = of_std;
  state.counters["slope/hand"] = of_slope / of_hand;
  state.counters["std/slope"] = of_std / of_slope;
}

constexpr auto mean_square = [](auto x) { return mean(x * x); };

template <int N>
void mean_of_squares(benchmark::State& state) {
  static slope::tensor<float, N> x, dx;
  for (int i = 0; i < N; ++i) x(i) = 0.25f * static_cast<float>(i % 7 - 3);
  float value = 0;
  benchmark::DoNotOptimize(&value);
  benchmark::DoNotOptimize(x.data());
  benchmark::DoNotOptimize(dx.data());
  constexpr int L = std::min(N, math::native_lanes<float>);
  constexpr int chains = N >= 4 * L ? 4 : 1;
  using pack = math::pack<float, L>;
  compare(
      state, 2'000'000 / (N + 100),
      [&] { slope::value_and_grad(mean_square).into(value, dx)(x); },
      [&] {
        pack sum[chains];
        for (auto& each : sum) each = pack::broadcast(0);
        auto const factor = pack::broadcast(2.0f / N);
        for (int i = 0; i < N; i += chains * L)
          for (int k = 0; k < chains; ++k) {
            auto const a = pack::load(x.data() + i + k * L);
            sum[k] = sum[k] + a * a;
            (a * factor).store(dx.data() + i + k * L);
          }
        for (int k = 1; k < chains; ++k) sum[0] = sum[0] + sum[k];
        value = math::reduce_add(sum[0]) / N;
      },
      [&] {
        float sum = 0;
        for (int i = 0; i < N; ++i) {
          sum += x.data()[i] * x.data()[i];
          dx.data()[i] = x.data()[i] * (2.0f / N);
        }
        value = sum / N;
      });
}
BENCHMARK(mean_of_squares<4>)->UseManualTime()->Iterations(101);
BENCHMARK(mean_of_squares<64>)->UseManualTime()->Iterations(101);
BENCHMARK(mean_of_squares<4096>)->UseManualTime()->Iterations(101);

constexpr auto waves = [](auto x, auto y) { return sum(exp(x) * sin(y) + tanh(x * y)); };

void functions(benchmark::State& state) {
  constexpr int N = 4096;
  static slope::tensor<double, N> x, y, dx, dy;
  for (int i = 0; i < N; ++i) {
    x(i) = 0.001 * (i - N / 2);
    y(i) = 0.003 * (i % 1000 - 500);
  }
  double value = 0;
  benchmark::DoNotOptimize(&value);
  for (auto* data : {x.data(), y.data(), dx.data(), dy.data()}) benchmark::DoNotOptimize(data);
  using pack = math::native_pack<double>;
  compare(
      state, 5, [&] { slope::value_and_grad<0, 1>(waves).into(value, dx, dy)(x, y); },
      [&] {
        auto sum = pack::broadcast(0);
        auto const one = pack::broadcast(1);
        for (int i = 0; i < N; i += pack::lanes) {
          auto const a = pack::load(x.data() + i), b = pack::load(y.data() + i);
          auto const e = math::exp(a), s = math::sin(b), c = math::cos(b), t = math::tanh(a * b);
          auto const d = one - t * t;
          sum = sum + (e * s + t);
          (e * s + b * d).store(dx.data() + i);
          (e * c + a * d).store(dy.data() + i);
        }
        value = math::reduce_add(sum);
      },
      [&] {
        double sum = 0;
        for (int i = 0; i < N; ++i) {
          double const a = x.data()[i], b = y.data()[i];
          double const e = std::exp(a), s = std::sin(b), c = std::cos(b), t = std::tanh(a * b);
          double const d = 1 - t * t;
          sum += e * s + t;
          dx.data()[i] = e * s + b * d;
          dy.data()[i] = e * c + a * d;
        }
        value = sum;
      });
}
BENCHMARK(functions)->UseManualTime()->Iterations(101);

}  // namespace

BENCHMARK_MAIN();
