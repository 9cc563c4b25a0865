// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <tuple>

#include "compare.hpp"

/// Data for workloads, and the check that all ways of computing give the same.
namespace bench {

/// A tensor of zeros; its first extent is Rows if it is known only at run time.
template <class Tensor, int Rows>
Tensor with_rows() {
  if constexpr (requires { Tensor(Rows); }) return Tensor(Rows);
  else return Tensor();
}

/// Numbers between low and high, the same on every machine.
template <class Data>
void fill(Data& data, std::uint64_t seed, double low = -1, double high = 1) {
  using T = typename Data::value_type;
  std::uint64_t state = seed * 0x9e3779b97f4a7c15u + 1;
  for (auto* at = data.data(); at != data.data() + data.size(); ++at) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    *at = static_cast<T>(low + (high - low) * static_cast<double>(state >> 11) * 0x1p-53);
  }
  benchmark::DoNotOptimize(data.data());
}

/// Whether no element differs by more than `tolerance` times the largest; else the benchmark fails.
template <class A, class B>
bool agree(benchmark::State& state, std::string const& what, A const& found, B const& expected,
           double tolerance) {
  double largest = 0, difference = 0;
  auto const compare = [&](auto a, auto b) {
    auto const x = static_cast<double>(a), y = static_cast<double>(b);
    largest = std::max(largest, std::abs(y));
    // NaN differs from everything.
    if (!(std::abs(x - y) <= difference)) difference = std::abs(x - y);
  };
  if constexpr (requires { expected.data(); }) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(expected.size()); ++i)
      compare(found.data()[i], expected.data()[i]);
  } else {
    compare(found, expected);
  }
  if (difference <= tolerance * largest) return true;
  std::string const error = what + " differs by " + std::to_string(difference / largest);
  state.SkipWithError(error.c_str());
  return false;
}

/// Measures all, unless `check(contender)` finds one that computes something else.
template <class Check, class... F>
void compare_checked(benchmark::State& state, double microseconds, Check const& check,
                     std::tuple<contender<F>...> const& all) {
  std::apply(
      [&](auto const&... each) {
        if ((check(each) && ...)) compare(state, microseconds, each...);
      },
      all);
}

}  // namespace bench
