// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/slope.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <tuple>
#include <vector>

#include "support/compare.hpp"

/// What the workloads of functions on numbers and vectors share: places for results, and the check
/// that all contenders compute the same before anything is measured.
namespace bench {

/// Run-time extents are what users write for large data; N elements of static storage else.
template <class T, int N, bool Dynamic>
using vector_of =
    std::conditional_t<Dynamic, slope::tensor<T, slope::dynamic>, slope::tensor<T, N>>;

/// Never freed: benchmarks run once, and large static tensors must not lie on the stack. At the
/// beginning of a cache line, and with gaps between them: places at the same distance from the
/// beginning of a page would wait for each other.
template <class X, class... A>
X& kept(A const&... a) {
  struct alignas(64) place {
    X x;
    std::byte gap[1088];
  };
  return (new place{X(a...), {}})->x;
}
template <class T, int N, bool Dynamic>
vector_of<T, N, Dynamic>& new_vector() {
  if constexpr (Dynamic) return kept<vector_of<T, N, Dynamic>>(N);
  else return kept<vector_of<T, N, Dynamic>>();
}

/// The results of a workload, filled by every contender in turn.
template <class... Places>
struct results {
  std::tuple<Places&...> places;
  explicit results(Places&... p) : places(p...) {}

  std::vector<double> taken() const {
    std::vector<double> all;
    each([&](auto* p, std::ptrdiff_t n) {
      for (std::ptrdiff_t i = 0; i < n; ++i) all.push_back(static_cast<double>(p[i]));
    });
    return all;
  }
  void spoil() const {
    each([&]<class T>(T* p, std::ptrdiff_t n) {
      for (std::ptrdiff_t i = 0; i < n; ++i) p[i] = std::numeric_limits<T>::quiet_NaN();
    });
  }

 private:
  template <class F>
  void each(F const& f) const {
    std::apply([&](auto&... p) { (one(f, p), ...); }, places);
  }
  template <class F, class P>
  static void one(F const& f, P& p) {
    if constexpr (std::is_arithmetic_v<P>) f(&p, 1);
    else f(p.data(), static_cast<std::ptrdiff_t>(p.size()));
  }
};

/// A contender that is not there: its library's header was not found, or it is no match for the size.
struct absent {};
template <class F>
inline constexpr bool is_absent = false;
template <>
inline constexpr bool is_absent<contender<absent>> = true;

/// Compares those contenders that are there, after all have given the same results as the first.
template <class R, class... F>
void measure(benchmark::State& state, double microseconds, double tolerance, R const& r,
             contender<F> const&... each) {
  std::vector<double> first;
  auto const check = [&](auto const& c) {
    r.spoil();
    c.run();
    std::vector<double> const now = r.taken();
    if (first.empty()) first = now;
    for (std::size_t i = 0; i < now.size(); ++i)
      if (!(std::abs(now[i] - first[i]) <= tolerance * (1 + std::abs(first[i])))) {
        std::fprintf(stderr, "%s: result %zu is %.17g, not %.17g\n", c.name, i, now[i], first[i]);
        std::abort();
      }
  };
  auto const all = std::tuple_cat([&] {
    if constexpr (is_absent<contender<F>>) return std::tuple<>();
    else return std::tuple<contender<F> const&>(each);
  }()...);
  std::apply(
      [&](auto const&... c) {
        (check(c), ...);
        compare(state, microseconds, c...);
      },
      all);
}

/// A whole pack, or the first `count` lanes of one: how a loop by hand loads and stores.
template <class P>
struct whole_pack {
  using T = typename P::value_type;
  [[gnu::always_inline]] P load(T const* p, T = 0) const { return P::load(p); }
  [[gnu::always_inline]] void store(P v, T* p) const { v.store(p); }
};
template <class P>
struct part_of_pack {
  using T = typename P::value_type;
  int count;
  [[gnu::always_inline]] P load(T const* p, T fill = 0) const {
    return P::load_first(p, count, fill);
  }
  [[gnu::always_inline]] void store(P v, T* p) const { v.store_first(p, count); }
};

/// f(element, chain, whole_pack or part_of_pack) for all of n elements, four packs a turn, each with
/// a chain of its own. n is an integral_constant where it is static: then what it needs is left.
template <class P, int Chains, class N, class F>
[[gnu::always_inline]] inline void for_packs(N const n, F const& f) {
  constexpr std::ptrdiff_t L = P::lanes;
  std::ptrdiff_t i = 0;
  for (; i + Chains * L <= n; i += Chains * L)
    [&]<int... K>(std::integer_sequence<int, K...>) __attribute__((always_inline)) {
      (f(i + K * L, K, whole_pack<P>{}), ...);
    }
  (std::make_integer_sequence<int, Chains>{});
  if constexpr (Chains > 1)
    for (; i + L <= n; i += L) f(i, 0, whole_pack<P>{});
  if (i < n) f(i, 0, part_of_pack<P>{static_cast<int>(n - i)});
}
/// The number of elements, static or hidden from the compiler.
template <int N, bool Dynamic>
auto size_for_hand() {
  if constexpr (Dynamic) {
    std::ptrdiff_t n = N;
    benchmark::DoNotOptimize(n);
    return n;
  } else {
    return std::integral_constant<std::ptrdiff_t, N>{};
  }
}
/// Packs of T that suit n elements, and how many chains.
template <class T, int N>
struct layout {
  static constexpr int L = N < slope::math::native_lanes<T> ? N : slope::math::native_lanes<T>;
  static constexpr int chains = N >= 4 * L ? 4 : 1;
  using pack = slope::math::pack<T, L>;
};
template <class P, int C>
[[gnu::always_inline]] inline P added(P (&sum)[C]) {
  if constexpr (C == 4) return (sum[0] + sum[1]) + (sum[2] + sum[3]);
  else return sum[0];
}

/// Hides from the compiler what stands in these places.
template <class... P>
void escape(P&... places) {
  auto const one = []<class Q>(Q& p) {
    if constexpr (std::is_arithmetic_v<Q>) {
      auto* at = &p;
      benchmark::DoNotOptimize(at);
    } else {
      auto* at = p.data();
      benchmark::DoNotOptimize(at);
    }
  };
  (one(places), ...);
}

}  // namespace bench
