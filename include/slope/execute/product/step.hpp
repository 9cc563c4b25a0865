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

/// The sum of the lanes of x, down to four of them.
template <class T, int N>
[[gnu::always_inline]] inline math::pack<T, 4> four_sums(math::pack<T, N> x) {
  if constexpr (N == 4) return x;
  else return four_sums(math::low_half(x) + math::high_half(x));
}

}  // namespace slope::engine::product
