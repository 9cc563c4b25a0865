// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/generic.hpp>
#include <slope/math/reduce.hpp>

// What every kernel of the matrix product is made of.

namespace slope::engine::product {

using std::ptrdiff_t;

/// a * b + c for packs and numbers; integers wrap around.
template <class X>
[[gnu::always_inline]] inline X fused(X a, X b, X c) {
  if constexpr (math::is_pack_v<X> || !std::is_integral_v<X>) {
    return math::multiply_add(a, b, c);
  } else {
    using U = std::make_unsigned_t<X>;
    return static_cast<X>(static_cast<U>(a) * static_cast<U>(b) + static_cast<U>(c));
  }
}

/// a + b for packs and numbers; integers wrap around.
template <class X>
[[gnu::always_inline]] inline X added(X a, X b) {
  if constexpr (math::is_pack_v<X> || !std::is_integral_v<X>) {
    return a + b;
  } else {
    using U = std::make_unsigned_t<X>;
    return static_cast<X>(static_cast<U>(a) + static_cast<U>(b));
  }
}

/// Transposes a block of 4 x 4 in place: two rounds of riffling rows that lie half a block apart.
template <class T>
[[gnu::always_inline]] inline void transpose(math::pack<T, 4> (&r)[4]) {
  auto const a0 = __builtin_shufflevector(r[0].data, r[2].data, 0, 4, 1, 5);
  auto const a1 = __builtin_shufflevector(r[0].data, r[2].data, 2, 6, 3, 7);
  auto const b0 = __builtin_shufflevector(r[1].data, r[3].data, 0, 4, 1, 5);
  auto const b1 = __builtin_shufflevector(r[1].data, r[3].data, 2, 6, 3, 7);
  r[0] = {__builtin_shufflevector(a0, b0, 0, 4, 1, 5)};
  r[1] = {__builtin_shufflevector(a0, b0, 2, 6, 3, 7)};
  r[2] = {__builtin_shufflevector(a1, b1, 0, 4, 1, 5)};
  r[3] = {__builtin_shufflevector(a1, b1, 2, 6, 3, 7)};
}

/// How many lanes short rows and transposed blocks have: four, where a register holds them.
template <class T>
inline constexpr int few_lanes = math::native_lanes<T> < 4 ? math::native_lanes<T> : 4;

/// Copies a square block of few_lanes rows of `from` into as many columns of `to`.
template <class T>
[[gnu::always_inline]] inline void copy_transposed(T* to, ptrdiff_t to_row, T const* from,
                                                   ptrdiff_t from_row) {
  using pack = math::pack<T, few_lanes<T>>;
  if constexpr (pack::lanes == 4) {
    pack block[] = {pack::load(from), pack::load(from + from_row), pack::load(from + 2 * from_row),
                    pack::load(from + 3 * from_row)};
    transpose(block);
    block[0].store(to);
    block[1].store(to + to_row);
    block[2].store(to + 2 * to_row);
    block[3].store(to + 3 * to_row);
  } else {
    auto const a = pack::load(from).data, b = pack::load(from + from_row).data;
    pack{__builtin_shufflevector(a, b, 0, 2)}.store(to);
    pack{__builtin_shufflevector(a, b, 1, 3)}.store(to + to_row);
  }
}

/// The sums of neighbours, Step lanes each, of a and of b, in turns.
template <int Step, class T, int N, int... I>
[[gnu::always_inline]] inline math::pack<T, N> pair_sums(math::pack<T, N> a, math::pack<T, N> b,
                                                         std::integer_sequence<int, I...>) {
  using pack = math::pack<T, N>;
  pack const first{__builtin_shufflevector(a.data, b.data,
                                           (I % (2 * Step) < Step ? I : N + I - Step)...)};
  pack const second{__builtin_shufflevector(a.data, b.data,
                                            (I % (2 * Step) < Step ? I + Step : N + I)...)};
  return first + second;
}
template <int Step, int K, class T, int N, int... I>
[[gnu::always_inline]] inline void fold_pairs(math::pack<T, N>* sums,
                                              std::integer_sequence<int, I...> lanes) {
  for (int j = 0; j < K / Step / 2; ++j)
    sums[j] = pair_sums<Step>(sums[2 * j], sums[2 * j + 1], lanes);
}
/// Lane i is the sum of the lanes of rows[i], for N packs of N lanes.
template <class T, int N, int Step = 1>
[[gnu::always_inline]] inline math::pack<T, N> lane_sums(math::pack<T, N> const* rows) {
  constexpr auto lanes = std::make_integer_sequence<int, N>{};
  if constexpr (2 * Step == N) {
    return pair_sums<Step>(rows[0], rows[1], lanes);
  } else {
    math::pack<T, N> half[N / Step / 2];
    for (int i = 0; i < N / Step / 2; ++i)
      half[i] = pair_sums<Step>(rows[2 * i], rows[2 * i + 1], lanes);
    return lane_sums<T, N, 2 * Step>(half);
  }
}

/// The same for K packs, of which every K lanes are a row: lane i is the sum of row i, N rows in all.
template <int K, class T, int N, int... I>
[[gnu::always_inline]] inline math::pack<T, N> short_row_sums(math::pack<T, N> const* packs,
                                                              std::integer_sequence<int, I...> i) {
  math::pack<T, N> sums[K];
  for (int j = 0; j < K; ++j) sums[j] = packs[j];
  [&]<int... Step>(std::integer_sequence<int, Step...>) {
    ((fold_pairs<(1 << Step), K>(sums, i)), ...);
  }
  (std::make_integer_sequence<int, K == 2 ? 1 : K == 4 ? 2 : 3>{});
  // Lane j + K * r has row r of pack j.
  return {__builtin_shufflevector(sums[0].data, sums[0].data,
                                  (I % (N / K) * K + I / (N / K))...)};
}

/// The sum of the lanes of x, down to four of them.
template <class T, int N>
[[gnu::always_inline]] inline math::pack<T, 4> four_sums(math::pack<T, N> x) {
  if constexpr (N == 4) return x;
  else return four_sums(math::low_half(x) + math::high_half(x));
}

}  // namespace slope::engine::product
