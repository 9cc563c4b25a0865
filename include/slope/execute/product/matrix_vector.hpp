// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/execute/product/step.hpp>

// y = A x. These products are bound by how fast A is read, so A is read once, along the axis on
// which it is contiguous: dot products of rows, or sums of columns that stay in registers.

namespace slope::engine::product {

/// Ones in the last `count` of N lanes: the part of an overlapping pack that is new.
template <class T, int N>
[[gnu::always_inline]] inline math::mask<T, N> last_lanes(int count) {
  using lane = math::detail::signed_t<T>;
  struct table {
    lane values[2 * N] = {};
    constexpr table() {
      for (int i = N; i < 2 * N; ++i) values[i] = -1;
    }
  };
  static constexpr table lanes;
  math::mask<T, N> r;
  __builtin_memcpy(&r.data, lanes.values + count, sizeof r.data);
  return r;
}

/// Rows dot products of k >= N elements each, Rows * 2 or 8 accumulators in flight.
template <int N, class T, int... R>
[[gnu::always_inline]] inline void dot_rows(T* y, ptrdiff_t y_stride, bool add, T const* a,
                                            ptrdiff_t row, T const* x, int k,
                                            std::integer_sequence<int, R...>) {
  using pack = math::pack<T, N>;
  constexpr int rows = sizeof...(R);
  constexpr int steps = rows == 1 ? 8 : 2;
  pack const zero = pack::broadcast(0);
  pack sums[rows][2] = {{((void)R, zero), zero}...};
  T const* const from[] = {(a + R * row)...};
  int p = 0;
  if constexpr (rows == 1) {
    pack s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero;
    auto const at = [&](int i) { return pack::load(a + p + i * N); };
    auto const xs = [&](int i) { return pack::load(x + p + i * N); };
    for (; k - p >= steps * N; p += steps * N) {
      sums[0][0] = fused(at(0), xs(0), sums[0][0]);
      sums[0][1] = fused(at(1), xs(1), sums[0][1]);
      s2 = fused(at(2), xs(2), s2);
      s3 = fused(at(3), xs(3), s3);
      s4 = fused(at(4), xs(4), s4);
      s5 = fused(at(5), xs(5), s5);
      s6 = fused(at(6), xs(6), s6);
      s7 = fused(at(7), xs(7), s7);
    }
    sums[0][0] = sums[0][0] + s2 + (s4 + s6);
    sums[0][1] = sums[0][1] + s3 + (s5 + s7);
  } else {
    for (; k - p >= steps * N; p += steps * N) {
      pack const x0 = pack::load(x + p), x1 = pack::load(x + p + N);
      ((sums[R][0] = fused(pack::load(from[R] + p), x0, sums[R][0]),
        sums[R][1] = fused(pack::load(from[R] + p + N), x1, sums[R][1])),
       ...);
    }
  }
  for (; k - p >= N; p += N) {
    pack const x0 = pack::load(x + p);
    ((sums[R][0] = fused(pack::load(from[R] + p), x0, sums[R][0])), ...);
  }
  if (p < k) {  // The last N again, of which k - p are new; not multiplied by 0, for infinities.
    auto const is_new = last_lanes<T, N>(k - p);
    p = k - N;
    pack const x0 = math::select(is_new, pack::load(x + p), zero);
    ((sums[R][1] = fused(math::select(is_new, pack::load(from[R] + p), zero), x0, sums[R][1])),
     ...);
  }
  if constexpr (rows == 4 && N >= 4) {
    math::pack<T, 4> quads[] = {four_sums(sums[R][0] + sums[R][1])...};
    transpose(quads);
    auto total = quads[0] + quads[1] + (quads[2] + quads[3]);
    if (y_stride == 1) {
      if (add) total = total + math::pack<T, 4>::load(y);
      total.store(y);
    } else {
      ((y[R * y_stride] = add ? added(y[R * y_stride], total[R]) : total[R]), ...);
    }
  } else {
    auto const keep = [add](T& to, T sum) { to = add ? added(to, sum) : sum; };
    (keep(y[R * y_stride], math::reduce_add(sums[R][0] + sums[R][1])), ...);
  }
}

/// y (+)= A x for contiguous rows of k >= N elements and contiguous x.
template <int N, class T>
void dot_products(T* y, ptrdiff_t y_stride, bool add, T const* a, ptrdiff_t row, T const* x, int m,
                  int k) {
  int i = 0;
  for (; m - i >= 4; i += 4)
    dot_rows<N>(y + i * y_stride, y_stride, add, a + i * row, row, x, k,
                std::integer_sequence<int, 0, 1, 2, 3>{});
  for (; i < m; ++i)
    dot_rows<N>(y + i * y_stride, y_stride, add, a + i * row, row, x, k,
                std::integer_sequence<int, 0>{});
}

/// Columns of A summed with the weights x, for one slice of sizeof...(I) packs, or, if Split, for
/// a slice of one pack by as many chains of additions.
template <int N, bool Split, class T, int... I>
[[gnu::always_inline]] inline void sum_slice(T* y, T const* a, ptrdiff_t column, T const* x,
                                             ptrdiff_t x_stride, int k,
                                             std::integer_sequence<int, I...>) {
  using pack = math::pack<T, N>;
  constexpr int count = sizeof...(I);
  pack sums[] = {((void)I, pack::broadcast(0))...};
  int p = 0;
  if constexpr (Split) {
    for (; k - p >= count; p += count, a += count * column, x += count * x_stride)
      ((sums[I] = fused(pack::broadcast(x[I * x_stride]), pack::load(a + I * column), sums[I])),
       ...);
    for (; p < k; ++p, a += column, x += x_stride)
      sums[0] = fused(pack::broadcast(*x), pack::load(a), sums[0]);
    for (int stride = count / 2; stride > 0; stride /= 2)
      ((I < stride ? void(sums[I] = sums[I] + sums[(I + stride) % count]) : void()), ...);
    sums[0].store(y);
  } else {
    for (; p < k; ++p, a += column, x += x_stride) {
      pack const weight = pack::broadcast(*x);
      ((sums[I] = fused(weight, pack::load(a + I * N), sums[I])), ...);
    }
    (sums[I].store(y + I * N), ...);
  }
}

/// y = A x for contiguous columns of m >= N elements. The last slice may overlap the one before.
template <int N, class T>
void sum_columns(T* y, T const* a, ptrdiff_t column, T const* x, ptrdiff_t x_stride, int m, int k) {
  using eight = std::make_integer_sequence<int, 8>;
  int i = 0;
  if constexpr (N == math::native_lanes<T>) {
    for (; m - i >= 8 * N; i += 8 * N)
      sum_slice<N, false>(y + i, a + i, column, x, x_stride, k, eight{});
  }
  for (; i < m; i += N) {
    int const at = m - i < N ? m - N : i;
    sum_slice<N, true>(y + at, a + at, column, x, x_stride, k, eight{});
  }
}

/// y[i * y_stride] = the sum over p of a[i * row + p * column] * x[p * x_stride], i < m, p < k.
template <class T>
void matrix_vector(T* y, ptrdiff_t y_stride, T const* a, ptrdiff_t row, ptrdiff_t column,
                   T const* x, ptrdiff_t x_stride, int m, int k) {
  constexpr int lanes = math::native_lanes<T>;
  constexpr int few = lanes < 4 ? lanes : 4;
  if (row == 1 && y_stride == 1 && m >= few) {
    if (m >= lanes) return sum_columns<lanes>(y, a, column, x, x_stride, m, k);
    return sum_columns<few>(y, a, column, x, x_stride, m, k);
  }
  if (column == 1 && k >= few) {
    constexpr int most = 16384 / static_cast<int>(sizeof(T));
    T copy[most];
    int const chunk = x_stride == 1 || k <= most ? k : most - lanes;
    for (int p = 0, count = 0; p < k; p += count) {
      // No chunk is shorter than a pack: the last but one leaves it enough.
      count = k - p <= chunk || k - p < most ? k - p : chunk;
      T const* from = x + p;
      if (x_stride != 1) {
        for (int i = 0; i < count; ++i) copy[i] = x[(p + i) * x_stride];
        from = copy;
      }
      if (count >= lanes) dot_products<lanes>(y, y_stride, p > 0, a + p, row, from, m, count);
      else dot_products<few>(y, y_stride, p > 0, a + p, row, from, m, count);
    }
    return;
  }
  for (int i = 0; i < m; ++i) {
    T sum = 0;
    for (int p = 0; p < k; ++p) sum = fused(a[i * row + p * column], x[p * x_stride], sum);
    y[i * y_stride] = sum;
  }
}

}  // namespace slope::engine::product
