// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/execute/product/step.hpp>

// Products whose sizes are constants: straight lines of code, inlined where they are used, so that
// strides that are constants there cost nothing.

namespace slope::engine {

namespace product {

/// The largest power of two that is at most n.
constexpr int power_of_two_in(int n) {
  int r = 1;
  while (2 * r <= n) r *= 2;
  return r;
}

/// W columns of C, starting with From, then the rest: 7 columns are 4 + 2 + 1.
template <int M, int N, int K, int From, class T>
[[gnu::always_inline]] inline void small_columns(T* __restrict c, T const* __restrict a,
                                                 T const* __restrict b, ptrdiff_t a_row,
                                                 ptrdiff_t a_column, ptrdiff_t b_row,
                                                 ptrdiff_t b_column) {
  constexpr int most = math::native_lanes<T>;
  constexpr int w = power_of_two_in(N - From < most ? N - From : most);
  T const* const column = b + From * b_column;
#pragma GCC unroll 512
  for (int i = 0; i < M; ++i) {
    if constexpr (w == 1) {
      T sum = 0;
#pragma GCC unroll 512
      for (int p = 0; p < K; ++p) sum = fused(a[i * a_row + p * a_column], column[p * b_row], sum);
      c[i * N + From] = sum;
    } else {
      using pack = math::pack<T, w>;
      pack sum = pack::broadcast(0);
#pragma GCC unroll 512
      for (int p = 0; p < K; ++p) {
        T const* const at = column + p * b_row;
        sum = fused(pack::broadcast(a[i * a_row + p * a_column]),
                    b_column == 1 ? pack::load(at) : pack::load_strided(at, b_column), sum);
      }
      sum.store(c + i * N + From);
    }
  }
  if constexpr (From + w < N)
    small_columns<M, N, K, From + w>(c, a, b, a_row, a_column, b_row, b_column);
}

/// A times a vector for contiguous rows of K >= 4 elements: dot products by packs.
template <int M, int K, class T>
[[gnu::always_inline]] inline void small_rows(T* __restrict c, T const* __restrict a,
                                              T const* __restrict b, ptrdiff_t a_row,
                                              ptrdiff_t b_row) {
  constexpr int most = math::native_lanes<T>;
  constexpr int w = power_of_two_in(K < most ? K : most);
  using pack = math::pack<T, w>;
  constexpr int whole = K / w * w;
#pragma GCC unroll 512
  for (int i = 0; i < M; ++i, a += a_row) {
    pack sum = pack::broadcast(0);
#pragma GCC unroll 512
    for (int p = 0; p < whole; p += w) {
      T const* const at = b + p * b_row;
      sum = fused(pack::load(a + p), b_row == 1 ? pack::load(at) : pack::load_strided(at, b_row),
                  sum);
    }
    T total = math::reduce_add(sum);
#pragma GCC unroll 512
    for (int p = whole; p < K; ++p) total = fused(a[p], b[p * b_row], total);
    c[i] = total;
  }
}

}  // namespace product

/// As matrix_product, for extents known at compile time, M * N * K up to about 512.
template <class T, int M, int N, int K>
[[gnu::always_inline]] inline void small_product(T* __restrict c, T const* __restrict a,
                                                 T const* __restrict b, std::ptrdiff_t a_row,
                                                 std::ptrdiff_t a_column, std::ptrdiff_t b_row,
                                                 std::ptrdiff_t b_column) {
  if constexpr (M == 0 || N == 0) {
  } else {
    if constexpr (N == 1 && M > 1) {
      // The transposed product: the same elements of C, and the row of C is packs.
      if (a_row == 1)
        return product::small_columns<1, M, K, 0>(c, b, a, b_column, b_row, a_column, a_row);
      if constexpr (K >= 4) {
        if (a_column == 1) return product::small_rows<M, K>(c, a, b, a_row, b_row);
      }
    }
    product::small_columns<M, N, K, 0>(c, a, b, a_row, a_column, b_row, b_column);
  }
}

}  // namespace slope::engine
