// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/execute/product/step.hpp>

// C += A B by tiles of C that stay in registers while k runs: per step, one row of a panel of B is
// loaded and each of its packs is multiplied by an element of each row of A. A is read where it
// lies, whatever its strides; B comes in panels of one or two packs a row.

namespace slope::engine::product {

/// The rows of a tile: with two packs each they leave room for a row of B and an element of A.
inline constexpr int tile_rows = math::vector_bytes == 64 ? 8 : 6;
/// The largest k of a panel, which then fills at most 32 KB: it stays in the L1 cache.
inline constexpr int panel_depth = 256;

template <class P, int Packs>
struct tile_row {
  P data[Packs];

  [[gnu::always_inline]] void accumulate(P x, tile_row const& b) {
    data[0] = fused(x, b.data[0], data[0]);
    if constexpr (Packs == 2) data[1] = fused(x, b.data[1], data[1]);
  }
  [[gnu::always_inline]] static tile_row load(typename P::value_type const* p) {
    if constexpr (Packs == 2) return {{P::load(p), P::load(p + P::lanes)}};
    else return {{P::load(p)}};
  }
  [[gnu::always_inline]] void store(typename P::value_type* p) const {
    data[0].store(p);
    if constexpr (Packs == 2) data[1].store(p + P::lanes);
  }
  /// Stores, or adds to what is there.
  [[gnu::always_inline]] void keep(typename P::value_type* p, bool add) const {
    tile_row r = *this;
    if (add) {
      tile_row const old = load(p);
      r.data[0] = r.data[0] + old.data[0];
      if constexpr (Packs == 2) r.data[1] = r.data[1] + old.data[1];
    }
    r.store(p);
  }
};

/// Copies the part of a tile that lies in C, a few elements at a time.
template <class T>
void keep_edge(T* c, ptrdiff_t c_row, T const* tile, int width, int rows, int columns, bool add) {
  using pack = math::pack<T, few_lanes<T>>;
  for (; rows > 0; --rows, c += c_row, tile += width) {
    int j = 0;
    for (; columns - j >= pack::lanes; j += pack::lanes) {
      auto const r = pack::load(tile + j);
      (add ? pack::load(c + j) + r : r).store(c + j);
    }
    for (; j < columns; ++j) c[j] = add ? added(c[j], tile[j]) : tile[j];
  }
}

/// Computes sizeof...(R) rows, of which the first `rows` are kept: beyond them the last is read
/// again. B's rows hold whole packs; `columns` says how many elements are kept.
template <int Packs, class T, int... R>
[[gnu::noinline]] void tile(T* c, ptrdiff_t c_row, bool add, int rows, int columns, T const* a,
                            ptrdiff_t a_row, ptrdiff_t a_column, T const* b, ptrdiff_t b_row, int k,
                            std::integer_sequence<int, R...>) {
  using pack = math::native_pack<T>;
  using row = tile_row<pack, Packs>;
  constexpr int count = sizeof...(R);
  constexpr int width = Packs * pack::lanes;
  row sums[count] = {};
  T const* const from[] = {(a + (R < rows ? R : rows - 1) * a_row)...};
  ptrdiff_t at = 0;
  for (int p = 0; p < k; ++p) {
    row const b_values = row::load(b);
    (sums[R].accumulate(pack::broadcast(from[R][at]), b_values), ...);
    at += a_column;
    b += b_row;
  }
  if (rows == count && columns == width) {
    (sums[R].keep(c + R * c_row, add), ...);
  } else {
    T whole[count * width];
    (sums[R].store(whole + R * width), ...);
    keep_edge(c, c_row, whole, width, rows, columns, add);
  }
}

/// A block of rows of C against one panel of B: tiles, of half the height where few rows are left,
/// unless that leaves too few chains of additions to keep the machine busy.
template <int Packs, class T>
void tile_column(T* c, ptrdiff_t c_row, bool add, int rows, int columns, T const* a,
                 ptrdiff_t a_row, ptrdiff_t a_column, T const* b, ptrdiff_t b_row, int k) {
  constexpr int half = Packs == 2 ? tile_rows / 2 : tile_rows;
  while (rows > 0) {
    int const here = rows < tile_rows ? rows : tile_rows;
    if (here > half)
      tile<Packs>(c, c_row, add, here, columns, a, a_row, a_column, b, b_row, k,
                  std::make_integer_sequence<int, tile_rows>{});
    else
      tile<Packs>(c, c_row, add, here, columns, a, a_row, a_column, b, b_row, k,
                  std::make_integer_sequence<int, half>{});
    rows -= here;
    c += here * c_row;
    a += here * a_row;
  }
}

/// Copies k rows of `columns` elements of B into rows of `width`, a multiple of 4; what follows in
/// a row is of no account. From b on, `readable` elements belong to B without a gap, or none.
template <class T>
void fill_panel(T* panel, int width, T const* b, ptrdiff_t b_row, ptrdiff_t b_column, int columns,
                int k, ptrdiff_t readable) {
  using pack = math::native_pack<T>;
  int rows_done = 0, columns_done = 0;
  if (b_column == 1) {
    int p = 0;
    for (; p < k && (columns == width || p * b_row + width <= readable); ++p)
      for (int j = 0; j < width; j += pack::lanes)
        pack::load(b + p * b_row + j).store(panel + p * width + j);
    rows_done = p;
  }
  if (columns < width)
    for (int i = rows_done * width; i < k * width; ++i) panel[i] = 0;
  if (b_row == 1 && b_column != 1) {
    constexpr int few = few_lanes<T>;
    for (; columns - columns_done >= few; columns_done += few) {
      T const* from = b + columns_done * b_column;
      T* to = panel + columns_done;
      int p = 0;
      for (; k - p >= few; p += few, from += few, to += few * width)
        copy_transposed(to, width, from, b_column);
      for (; p < k; ++p, ++from, to += width)
        for (int i = 0; i < few; ++i) to[i] = from[i * b_column];
    }
  }
  for (int p = rows_done; p < k; ++p)
    for (int j = columns_done; j < columns; ++j) panel[p * width + j] = b[p * b_row + j * b_column];
}

}  // namespace slope::engine::product
