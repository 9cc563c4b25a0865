// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// Ways of computing the same, measured in turns, so that a noisy machine is noisy for all.
namespace bench {

inline double median(std::vector<double>& x) {
  auto const middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
  std::nth_element(x.begin(), middle, x.end());
  return *middle;
}

/// One way of computing, under the name that its column has: "slope", "limit" (the best hand-written
/// code on packs), "std" (the plain loop), or a library.
template <class F>
struct contender {
  char const* name;
  F run;
};
template <class F>
contender(char const*, F) -> contender<F>;

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

/// Each iteration measures all contenders in turn, each for about `microseconds`; the counters are
/// medians: nanoseconds a call under each name, and the ratio "slope/limit".
template <class... F>
void compare(benchmark::State& state, double microseconds, contender<F> const&... each) {
  constexpr std::size_t count = sizeof...(F);
  int calls[count]{};
  std::size_t k = 0;
  auto const calibrate = [&](auto const& c) {
    c.run();
    double const once = nanoseconds_a_call(3, c.run);
    calls[k++] = std::max(1, static_cast<int>(microseconds * 1000 / std::max(once, 0.1)));
  };
  (calibrate(each), ...);
  std::vector<double> times[count];
  for (auto _ : state) {
    k = 0;
    (([&] {
       times[k].push_back(nanoseconds_a_call(calls[k], each.run));
       ++k;
     }()),
     ...);
    state.SetIterationTime(times[0].back() * 1e-9);
  }
  double slope = 0, limit = 0;
  k = 0;
  auto const report = [&](std::string const& name) {
    double const middle = median(times[k++]);
    state.counters[name] = middle;
    if (name == "slope") slope = middle;
    if (name == "limit") limit = middle;
  };
  (report(each.name), ...);
  if (slope > 0 && limit > 0) state.counters["slope/limit"] = slope / limit;
}

/// As in `BENCHMARK(f)->Apply(bench::in_turns)`.
inline void in_turns(benchmark::internal::Benchmark* b) { b->UseManualTime()->Iterations(51); }

}  // namespace bench
