// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/execute/product/matrix_vector.hpp>

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

/// Copies B, K x N, into contiguous rows.
template <int N, int K, class T>
[[gnu::always_inline]] inline void small_copy(T* __restrict to, T const* __restrict b,
                                              ptrdiff_t b_row, ptrdiff_t b_column) {
  int j = 0;
  constexpr int few = few_lanes<T>;
  if constexpr (N >= few && K >= few) {
    if (b_row == 1) {
      for (; j < N / few * few; j += few) {
        T const* const from = b + j * b_column;
        int p = 0;
        for (; p < K / few * few; p += few) copy_transposed(to + p * N + j, N, from + p, b_column);
        for (; p < K; ++p)
          for (int i = 0; i < few; ++i) to[p * N + j + i] = from[i * b_column + p];
      }
    }
  }
  for (; j < N; ++j)
    for (int p = 0; p < K; ++p) to[p * N + j] = b[p * b_row + j * b_column];
}

/// W columns of C, starting with From, then the rest: 7 columns are 4 + 2 + 1. B has contiguous rows
/// or few columns: more than two elements are slow to gather.
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
      auto const add = [&](pack const& sum, int p) __attribute__((always_inline)) {
        T const* const at = column + p * b_row;
        return fused(pack::broadcast(a[i * a_row + p * a_column]),
                     b_column == 1 ? pack::load(at) : pack::load_strided(at, b_column), sum);
      };
      pack sum = pack::broadcast(0);
      int p = 0;
      if constexpr (M == 1 && K >= 8) {  // one row: four chains of additions instead of one
        pack second = sum, third = sum, fourth = sum;
#pragma GCC unroll 512
        for (; p + 4 <= K; p += 4) {
          sum = add(sum, p);
          second = add(second, p + 1);
          third = add(third, p + 2);
          fourth = add(fourth, p + 3);
        }
        sum = (sum + second) + (third + fourth);
      }
#pragma GCC unroll 512
      for (; p < K; ++p) sum = add(sum, p);
      sum.store(c + i * N + From);
    }
  }
  if constexpr (From + w < N)
    small_columns<M, N, K, From + w>(c, a, b, a_row, a_column, b_row, b_column);
}

/// A times a contiguous vector, for contiguous rows of K >= 4 elements: dot products by packs.
template <int M, int K, class T>
[[gnu::always_inline]] inline void small_rows(T* __restrict c, T const* __restrict a,
                                              T const* __restrict x, ptrdiff_t a_row) {
  constexpr int most = math::native_lanes<T>;
  constexpr int w = power_of_two_in(K < most ? K : most);
  using pack = math::pack<T, w>;
  constexpr int whole = K / w * w;
#pragma GCC unroll 512
  for (int i = 0; i < M; ++i, a += a_row) {
    pack sum = pack::broadcast(0);
#pragma GCC unroll 512
    for (int p = 0; p < whole; p += w) sum = fused(pack::load(a + p), pack::load(x + p), sum);
    T total = math::reduce_add(sum);
#pragma GCC unroll 512
    for (int p = whole; p < K; ++p) total = fused(a[p], x[p], total);
    c[i] = total;
  }
}

/// y = A x, with M rows of K elements.
template <int M, int K, class T>
[[gnu::always_inline]] inline void small_vector(T* __restrict y, T const* __restrict a,
                                                T const* __restrict x, ptrdiff_t row,
                                                ptrdiff_t column, ptrdiff_t x_stride) {
  // Rows of 2 or 4 elements that follow each other: several in a pack, N rows at a time.
  constexpr int lanes = math::native_lanes<T>;
  if constexpr (lanes >= 8 && std::is_floating_point_v<T>) {
    if constexpr ((K == 2 || K == 4) && M % lanes == 0)
      if (column == 1 && row == K && x_stride == 1) return short_rows<lanes, K>(y, false, a, x, M);
    if constexpr ((M == 2 || M == 4) && K % lanes == 0)
      if (row == 1 && column == M && x_stride == 1) return sum_short_rows<lanes, M>(y, false, a, x, K);
  }
  if constexpr (M > 1) {
    // The transposed product: x times the columns of A, which lie in packs.
    if (row == 1) return small_columns<1, M, K, 0>(y, x, a, 0, x_stride, column, 1);
  }
  if constexpr (K >= 4) {
    if (column == 1 && x_stride == 1) return small_rows<M, K>(y, a, x, row);
    if (column == 1) {
      T copy[K];
      small_copy<1, K>(copy, x, x_stride, 1);
      return small_rows<M, K>(y, a, copy, row);
    }
  }
  small_columns<M, 1, K, 0>(y, a, x, row, column, x_stride, 1);
}

}  // namespace product

/// As matrix_product, for extents known at compile time, M * N * K up to about 512.
template <class T, int M, int N, int K>
[[gnu::always_inline]] inline void small_product(T* __restrict c, T const* __restrict a,
                                                 T const* __restrict b, std::ptrdiff_t a_row,
                                                 std::ptrdiff_t a_column, std::ptrdiff_t b_row,
                                                 std::ptrdiff_t b_column) {
  using namespace product;
  if constexpr (M == 0 || N == 0) return;
  else if constexpr (N == 1) small_vector<M, K>(c, a, b, a_row, a_column, b_row);
  else if constexpr (M == 1) small_vector<N, K>(c, b, a, b_column, b_row, a_column);
  else if (N < 4 || b_column == 1)
    small_columns<M, N, K, 0>(c, a, b, a_row, a_column, b_row, b_column);
  else {
    T copy[N * K + 1];
    small_copy<N, K>(copy, b, b_row, b_column);
    small_columns<M, N, K, 0>(c, a, copy, a_row, a_column, N, 1);
  }
}

}  // namespace slope::engine
