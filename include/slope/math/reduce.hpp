// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/rounding.hpp>

// Taking packs apart and folding their lanes into one number.

namespace slope::math {

namespace detail {
template <int First, class T, int N, int... I>
[[gnu::always_inline]] inline auto lanes_from(pack<T, N> x, std::integer_sequence<int, I...>) {
  return pack<T, sizeof...(I)>{__builtin_shufflevector(x.data, x.data, (First + I)...)};
}
template <class T, int N, int... I>
[[gnu::always_inline]] inline pack<T, 2 * N> joined(pack<T, N> a, pack<T, N> b,
                                                    std::integer_sequence<int, I...>) {
  return {__builtin_shufflevector(a.data, b.data, I...)};
}
}  // namespace detail

/// Lanes 0 to N/2 - 1, and N/2 to N - 1.
template <class T, int N>
[[gnu::always_inline]] inline pack<T, N / 2> low_half(pack<T, N> x) {
  return detail::lanes_from<0>(x, std::make_integer_sequence<int, N / 2>{});
}
template <class T, int N>
[[gnu::always_inline]] inline pack<T, N / 2> high_half(pack<T, N> x) {
  return detail::lanes_from<N / 2>(x, std::make_integer_sequence<int, N / 2>{});
}
/// The pack whose halves these are.
template <class T, int N>
[[gnu::always_inline]] inline pack<T, 2 * N> concatenate(pack<T, N> low, pack<T, N> high) {
  return detail::joined(low, high, std::make_integer_sequence<int, 2 * N>{});
}

namespace detail {
/// f over all lanes, pairwise from half to half: log2 N steps in an order that never varies.
template <class T, int N, class F>
[[gnu::always_inline]] inline T fold(pack<T, N> x, F f) {
  if constexpr (N == 2) return f(T{x.data[0]}, T{x.data[1]});
  else return fold(f(low_half(x), high_half(x)), f);
}
}  // namespace detail

template <class T, int N>
[[gnu::always_inline]] inline T reduce_add(pack<T, N> x) {
  return detail::fold(x, [](auto a, auto b) { return a + b; });
}
template <class T, int N>
[[gnu::always_inline]] inline T reduce_multiply(pack<T, N> x) {
  return detail::fold(x, [](auto a, auto b) { return a * b; });
}
/// The largest lane; NaN if there is one.
template <class T, int N>
[[gnu::always_inline]] inline T reduce_max(pack<T, N> x) {
  return detail::fold(x, [](auto a, auto b) { return maximum(a, b); });
}
/// The smallest lane; NaN if there is one.
template <class T, int N>
[[gnu::always_inline]] inline T reduce_min(pack<T, N> x) {
  return detail::fold(x, [](auto a, auto b) { return minimum(a, b); });
}

/// Numbers are packs of one lane.
template <class T>
  requires std::is_arithmetic_v<T>
constexpr T reduce_add(T x) { return x; }
template <class T>
  requires std::is_arithmetic_v<T>
constexpr T reduce_multiply(T x) { return x; }
template <class T>
  requires std::is_arithmetic_v<T>
constexpr T reduce_max(T x) { return x; }
template <class T>
  requires std::is_arithmetic_v<T>
constexpr T reduce_min(T x) { return x; }

}  // namespace slope::math
