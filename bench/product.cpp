// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <slope/execute/product.hpp>

#include <benchmark/benchmark.h>

#include <vector>

// GFLOP/s of the matrix product, as the counter "flops"; `plain` is a triple loop over the same
// operands, `peak` what the machine does with registers only.

namespace {

namespace math = slope::math;

enum class kind { blocked, plain };

template <class T>
[[gnu::noinline]] void triple_loop(T* c, T const* a, T const* b, int m, int n, int k,
                                   std::ptrdiff_t a_row, std::ptrdiff_t a_column,
                                   std::ptrdiff_t b_row, std::ptrdiff_t b_column) {
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j) {
      T sum = 0;
      for (int p = 0; p < k; ++p) sum += a[i * a_row + p * a_column] * b[p * b_row + j * b_column];
      c[i * n + j] = sum;
    }
}

std::size_t area(int rows, int columns) {
  return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
}

/// Arguments: m, n, k, and whether A and B are transposed.
template <class T, kind Kind>
void product(benchmark::State& state) {
  int const m = static_cast<int>(state.range(0)), n = static_cast<int>(state.range(1));
  int const k = static_cast<int>(state.range(2));
  bool const at = state.range(3) != 0, bt = state.range(4) != 0;
  std::vector<T> a(area(m, k), T(0.5)), b(area(k, n), T(0.25)), c(area(m, n));
  for (auto _ : state) {
    auto const call = [&](auto const& f) {
      f(c.data(), a.data(), b.data(), m, n, k, at ? 1 : k, at ? m : 1, bt ? 1 : n, bt ? k : 1);
    };
    if constexpr (Kind == kind::plain) call(triple_loop<T>);
    else call([](auto... arguments) { slope::engine::matrix_product<T>(arguments...); });
    benchmark::DoNotOptimize(c.data());
    benchmark::ClobberMemory();
  }
  state.counters["flops"] =
      benchmark::Counter(2.0 * m * n * k, benchmark::Counter::kIsIterationInvariantRate);
}

void sizes(benchmark::internal::Benchmark* b) {
  b->ArgNames({"m", "n", "k", "at", "bt"});
  for (int at : {0, 1})
    for (int bt : {0, 1}) b->Args({64, 128, 784, at, bt});
  b->Args({784, 128, 64, 1, 0})->Args({64, 10, 128, 0, 0})->Args({128, 10, 64, 1, 0});
  for (int at : {0, 1})
    for (int bt : {0, 1}) b->Args({256, 256, 256, at, bt});
  b->Args({4, 4, 4, 0, 0})->Args({7, 5, 9, 0, 0})->Args({16, 16, 16, 0, 0});
  b->Args({512, 1, 30, 0, 0})->Args({512, 1, 30, 1, 0});
  b->Args({1, 30, 512, 0, 0})->Args({1, 512, 512, 0, 0})->Args({512, 1, 512, 0, 0});
}

BENCHMARK(product<float, kind::blocked>)->Apply(sizes);
BENCHMARK(product<float, kind::plain>)->Apply(sizes);
BENCHMARK(product<double, kind::blocked>)->Apply(sizes);
BENCHMARK(product<double, kind::plain>)->Apply(sizes);

template <class T, int M, int N, int K>
void small(benchmark::State& state) {
  T a[M * K], b[K * N], c[M * N];
  for (auto& x : a) x = T(0.5);
  for (auto& x : b) x = T(0.25);
  for (auto _ : state) {
    benchmark::DoNotOptimize(a);
    benchmark::DoNotOptimize(b);
    slope::engine::small_product<T, M, N, K>(c, a, b, K, 1, N, 1);
    benchmark::DoNotOptimize(c);
  }
  state.counters["flops"] =
      benchmark::Counter(2.0 * M * N * K, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(small<float, 4, 4, 4>);
BENCHMARK(small<double, 4, 4, 4>);
BENCHMARK(small<double, 3, 3, 3>);
BENCHMARK(small<float, 8, 8, 8>);
BENCHMARK(small<double, 4, 1, 4>);
BENCHMARK(small<double, 16, 1, 16>);

/// Independent chains of multiplications and additions, on registers.
template <class T>
void peak(benchmark::State& state) {
  using pack = math::native_pack<T>;
  constexpr int chains = 8, steps = 1000;
  pack x[chains];
  for (auto& each : x) each = pack::broadcast(T(0.5));
  auto factor = pack::broadcast(T(0.999)), term = pack::broadcast(T(0.001));
  benchmark::DoNotOptimize(factor);
  benchmark::DoNotOptimize(term);
  for (auto _ : state) {
    pack a = x[0], b = x[1], c = x[2], d = x[3], e = x[4], f = x[5], g = x[6], h = x[7];
    auto const next = [&](pack& each) { each = math::multiply_add(each, factor, term); };
    for (int step = 0; step < steps; ++step)
      next(a), next(b), next(c), next(d), next(e), next(f), next(g), next(h);
    x[0] = (a + b) + (c + d) + (e + f) + (g + h);
    benchmark::DoNotOptimize(x);
  }
  state.counters["flops"] = benchmark::Counter(2.0 * chains * steps * pack::lanes,
                                               benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(peak<float>);
BENCHMARK(peak<double>);

}  // namespace

BENCHMARK_MAIN();
