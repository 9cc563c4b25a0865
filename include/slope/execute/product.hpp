// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/execute/product/cblas.hpp>
#include <slope/execute/product/matrix_vector.hpp>
#include <slope/execute/product/small.hpp>
#include <slope/execute/product/tile.hpp>

// The matrix product. Chooses the kernel, and the blocks that keep its operands in the caches.

namespace slope::engine {

namespace product {

/// For a few elements, where setting up anything else takes longer.
template <class T>
void plain_product(T* c, T const* a, T const* b, int m, int n, int k, ptrdiff_t a_row,
                   ptrdiff_t a_column, ptrdiff_t b_row, ptrdiff_t b_column, bool add) {
  for (int i = 0; i < m; ++i, a += a_row)
    for (int j = 0; j < n; ++j) {
      T sum = add ? *c : T(0);
      for (int p = 0; p < k; ++p) sum = fused(a[p * a_column], b[p * b_row + j * b_column], sum);
      *c++ = sum;
    }
}

/// n cut into as few parts of at most `most` as will do, all of nearly one size: what each takes.
constexpr int even_part(int n, int most) {
  int const parts = (n + most - 1) / most;
  return (n + parts - 1) / parts;
}

/// Blocks: rows of A that stay in the L2 cache (their product with a panel's depth), panels of B in
/// the L1 cache, tiles of C in registers.
template <class T>
void blocked_product(T* c, T const* a, T const* b, int m, int n, int k, ptrdiff_t a_row,
                     ptrdiff_t a_column, ptrdiff_t b_row, ptrdiff_t b_column, bool add) {
  constexpr int lanes = math::native_lanes<T>;
  constexpr int most_rows = 240;  // a multiple of 8 and of 6
  alignas(64) T panel[panel_depth * 2 * lanes];
  int const depth = even_part(k, panel_depth);
  int const block = (even_part(m, most_rows) + tile_rows - 1) / tile_rows * tile_rows;
  // Read in place is what is read once or twice only, or lies within the L1 cache.
  bool const in_place =
      b_column == 1 && (block <= 2 * tile_rows || b_row * depth * ptrdiff_t{sizeof(T)} <= 16384);
  for (int i = 0; i < m; i += block)
    for (int p = 0; p < k; p += depth)
      for (int j = 0; j < n; j += 2 * lanes) {
        int const rows = m - i < block ? m - i : block;
        int const columns = n - j < 2 * lanes ? n - j : 2 * lanes;
        int const steps = k - p < depth ? k - p : depth;
        int const width = columns <= lanes ? lanes : 2 * lanes;
        T const* from = b + p * b_row + j * b_column;
        ptrdiff_t from_row = b_row;
        if (!in_place || columns < width) {
          ptrdiff_t const readable = b_row == n ? (k - p) * b_row - j : 0;
          fill_panel(panel, width, from, b_row, b_column, columns, steps, readable);
          from = panel;
          from_row = width;
        }
        T* const to = c + i * ptrdiff_t{n} + j;
        T const* const a_block = a + i * a_row + p * a_column;
        if (width == lanes)
          tile_column<1>(to, n, add || p > 0, rows, columns, a_block, a_row, a_column, from, from_row,
                         steps);
        else
          tile_column<2>(to, n, add || p > 0, rows, columns, a_block, a_row, a_column, from, from_row,
                         steps);
      }
}

}  // namespace product

/// C = A B, or C += A B. C is m x n, contiguous and row by row, and overlaps neither operand; A is
/// m x k with element (i, p) at a[i * a_row + p * a_column], B is k x n with (p, j) at
/// b[p * b_row + j * b_column]: a transposed operand is one whose strides are swapped, and is as
/// fast. k == 0 gives zeros. Allocates nothing, takes up to 48 KB of stack.
template <class T>
void matrix_product(T* c, T const* a, T const* b, int m, int n, int k, std::ptrdiff_t a_row,
                    std::ptrdiff_t a_column, std::ptrdiff_t b_row, std::ptrdiff_t b_column,
                    bool add = false) {
  using namespace product;
  if (m <= 0 || n <= 0) return;
  if (k <= 0 || std::ptrdiff_t{m} * n * k <= 64)
    return plain_product(c, a, b, m, n, k, a_row, a_column, b_row, b_column, add);
  if (n == 1) return matrix_vector(c, 1, a, a_row, a_column, b, b_row, m, k, add);
  if (m == 1) return matrix_vector(c, 1, b, b_column, b_row, a, a_column, n, k, add);
  // Few rows or columns would leave most of a tile, or of a pack, without work.
  if (b_row == 1 && m < 8) {
    for (int i = 0; i < m; ++i)
      matrix_vector(c + i * std::ptrdiff_t{n}, 1, b, b_column, b_row, a + i * a_row, a_column, n,
                    k, add);
    return;
  }
  if (a_column == 1 && n < 4) {
    for (int j = 0; j < n; ++j)
      matrix_vector(c + j, n, a, a_row, a_column, b + j * b_column, b_row, m, k, add);
    return;
  }
  if (by_cblas(c, a, b, m, n, k, a_row, a_column, b_row, b_column, add)) return;
  blocked_product(c, a, b, m, n, k, a_row, a_column, b_row, b_column, add);
}

}  // namespace slope::engine
