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

/// y (+)= four dot products of k >= N elements each.
template <int N, class T, int... R>
[[gnu::always_inline]] inline void four_dots(T* y, ptrdiff_t y_stride, bool add, T const* a,
                                             ptrdiff_t row, T const* x, int k,
                                             std::integer_sequence<int, R...>) {
  using pack = math::pack<T, N>;
  pack const zero = pack::broadcast(0);
  pack sums[] = {((void)R, zero)...}, more[] = {((void)R, zero)...};
  T const* const from[] = {(a + R * row)...};
  int p = 0;
  for (; k - p >= 2 * N; p += 2 * N) {
    pack const x0 = pack::load(x + p), x1 = pack::load(x + p + N);
    ((sums[R] = fused(pack::load(from[R] + p), x0, sums[R]),
      more[R] = fused(pack::load(from[R] + p + N), x1, more[R])),
     ...);
  }
  if (k - p >= N) {
    pack const x0 = pack::load(x + p);
    ((sums[R] = fused(pack::load(from[R] + p), x0, sums[R])), ...);
    p += N;
  }
  if (p < k) {  // The last N again, of which k - p are new; not multiplied by 0, for infinities.
    auto const is_new = last_lanes<T, N>(k - p);
    p = k - N;
    pack const x0 = math::select(is_new, pack::load(x + p), zero);
    ((more[R] = fused(math::select(is_new, pack::load(from[R] + p), zero), x0, more[R])), ...);
  }
  T totals[4] = {};
  if constexpr (N >= 4) {
    math::pack<T, 4> quads[] = {four_sums(sums[R] + more[R])...};
    transpose(quads);
    (quads[0] + quads[1] + (quads[2] + quads[3])).store(totals);
  } else {
    ((totals[R] = math::reduce_add(sums[R] + more[R])), ...);
  }
  for (int i = 0; i < 4; ++i, y += y_stride) *y = add ? added(*y, totals[i]) : totals[i];
}

/// y = N dot products of k >= N elements each, whose sums end in one pack.
template <int N, class T, int... R>
[[gnu::always_inline]] inline math::pack<T, N> pack_of_dots(T const* a, ptrdiff_t row, T const* x,
                                                            int k,
                                                            std::integer_sequence<int, R...>) {
  using pack = math::pack<T, N>;
  T const* const from[] = {(a + R * row)...};
  pack const first = pack::load(x);
  pack sums[] = {pack::load(from[R]) * first...};
  int p = N;
  for (; k - p >= N; p += N) {
    pack const weights = pack::load(x + p);
    ((sums[R] = fused(pack::load(from[R] + p), weights, sums[R])), ...);
  }
  if (p < k) {
    auto const is_new = last_lanes<T, N>(k - p);
    p = k - N;
    pack const zero = pack::broadcast(0), weights = math::select(is_new, pack::load(x + p), zero);
    ((sums[R] = fused(math::select(is_new, pack::load(from[R] + p), zero), weights, sums[R])), ...);
  }
  return lane_sums<T, N>(sums);
}

/// A dot product of k >= N elements.
template <int N, class T>
[[gnu::always_inline]] inline T one_dot(T const* a, T const* x, int k) {
  using pack = math::pack<T, N>;
  pack const zero = pack::broadcast(0);
  pack s0 = zero, s1 = zero, s2 = zero, s3 = zero;
  auto const step = [&](pack& sum, int p) {
    sum = fused(pack::load(a + p), pack::load(x + p), sum);
  };
  int p = 0;
  if constexpr (N == math::native_lanes<T>) {  // fewer lanes are for short rows
    for (; k - p >= 4 * N; p += 4 * N)
      step(s0, p), step(s1, p + N), step(s2, p + 2 * N), step(s3, p + 3 * N);
  }
  for (; k - p >= N; p += N) step(s0, p);
  if (p < k) {
    auto const is_new = last_lanes<T, N>(k - p);
    p = k - N;
    s1 = fused(math::select(is_new, pack::load(a + p), zero),
               math::select(is_new, pack::load(x + p), zero), s1);
  }
  return math::reduce_add(s0 + s1 + (s2 + s3));
}

/// y (+)= A x for contiguous rows of k >= N elements and contiguous x.
template <int N, class T>
void dot_products(T* y, ptrdiff_t y_stride, bool add, T const* a, ptrdiff_t row, T const* x, int m,
                  int k) {
  int i = 0;
  if constexpr (N >= 8 && N == math::native_lanes<T> && std::is_floating_point_v<T>) {
    for (; y_stride == 1 && m - i >= N; i += N, y += N, a += N * row) {
      auto const dots = pack_of_dots<N>(a, row, x, k, std::make_integer_sequence<int, N>{});
      (add ? math::pack<T, N>::load(y) + dots : dots).store(y);
    }
  }
  if constexpr (N == math::native_lanes<T>) {
    for (; m - i >= 4; i += 4, y += 4 * y_stride, a += 4 * row)
      four_dots<N>(y, y_stride, add, a, row, x, k, std::integer_sequence<int, 0, 1, 2, 3>{});
  }
  for (; i < m; ++i, y += y_stride, a += row) {
    T const sum = one_dot<N>(a, x, k);
    *y = add ? added(*y, sum) : sum;
  }
}

/// Sums of columns with the weights x, for one slice of sizeof...(I) packs. `Ahead`: asks for what is
/// `ahead` elements further on its way.
template <int N, bool Ahead, class T, int... I>
[[gnu::always_inline]] inline void wide_slice(T* y, bool add, T const* a, ptrdiff_t column,
                                              T const* x, ptrdiff_t x_stride, int k,
                                              ptrdiff_t ahead, std::integer_sequence<int, I...>) {
  using pack = math::pack<T, N>;
  pack sums[] = {(add ? pack::load(y + I * N) : pack::broadcast(0))...};
  for (int p = 0; p < k; ++p, a += column, x += x_stride) {
    pack const weight = pack::broadcast(*x);
    if constexpr (Ahead) (__builtin_prefetch(a + ahead + I * N), ...);
    ((sums[I] = fused(weight, pack::load(a + I * N), sums[I])), ...);
  }
  (sums[I].store(y + I * N), ...);
}

/// The same for one pack, or two that are `gap` apart, each by four chains of additions.
template <int N, bool Two, class T>
[[gnu::always_inline]] inline void narrow_slice(T* y, int gap, T const* a, ptrdiff_t column,
                                                T const* x, ptrdiff_t x_stride, int k) {
  using pack = math::pack<T, N>;
  pack const zero = pack::broadcast(0);
  pack a0 = zero, a1 = zero, a2 = zero, a3 = zero, b0 = zero, b1 = zero, b2 = zero, b3 = zero;
  auto const add = [&](pack& first, pack& second, int p) {
    pack const weight = pack::broadcast(x[p * x_stride]);
    first = fused(weight, pack::load(a + p * column), first);
    if constexpr (Two) second = fused(weight, pack::load(a + p * column + gap), second);
  };
  int p = 0;
  for (; k - p >= 4; p += 4, a += 4 * column, x += 4 * x_stride) {
    add(a0, b0, 0);
    add(a1, b1, 1);
    add(a2, b2, 2);
    add(a3, b3, 3);
  }
  for (; p < k; ++p, a += column, x += x_stride) add(a0, b0, 0);
  (a0 + a1 + (a2 + a3)).store(y);
  if constexpr (Two) (b0 + b1 + (b2 + b3)).store(y + gap);
}

/// y = A x for m, a multiple of N, by adding sizeof...(I) whole columns at a time to y: reads A in
/// the order of memory, which is twice as fast where A does not fit the L2 cache.
template <int N, class T, int... I>
void add_columns(T* y, bool add, T const* a, ptrdiff_t column, T const* x, ptrdiff_t x_stride, int m, int k,
                 std::integer_sequence<int, I...>) {
  using pack = math::pack<T, N>;
  constexpr int count = sizeof...(I);
  for (int i = 0; i < m && !add; ++i) y[i] = 0;
  int p = 0;
  for (; k - p >= count; p += count, a += count * column, x += count * x_stride) {
    pack const weights[] = {pack::broadcast(x[I * x_stride])...};
    T const* const from[] = {(a + I * column)...};
    for (int i = 0; i < m; i += N) {
      pack sum = pack::load(y + i);
      ((sum = fused(weights[I], pack::load(from[I] + i), sum)), ...);
      sum.store(y + i);
    }
  }
  for (; p < k; ++p, a += column, x += x_stride) {
    pack const weight = pack::broadcast(*x);
    for (int i = 0; i < m; i += N) fused(weight, pack::load(a + i), pack::load(y + i)).store(y + i);
  }
}

/// y (+)= A x for contiguous columns of m >= N elements. The last slice may overlap the one before:
/// its elements that are new are computed apart.
template <int N, bool Ahead = false, class T>
void sum_columns(T* y, bool add, T const* a, ptrdiff_t column, T const* x, ptrdiff_t x_stride, int m,
                 int k, ptrdiff_t ahead = 0) {
  using eight = std::make_integer_sequence<int, 8>;
  int i = 0;
  if constexpr (N == math::native_lanes<T>) {
    constexpr int cached = 262144 / static_cast<int>(sizeof(T));
    if (m >= 8 * N && ptrdiff_t{m} * k > cached) {
      i = m / N * N;
      add_columns<N>(y, add, a, column, x, x_stride, i, k, eight{});
    }
    for (; m - i >= 8 * N; i += 8 * N)
      wide_slice<N, Ahead>(y + i, add, a + i, column, x, x_stride, k, ahead, eight{});
  }
  for (; i < m; i += 2 * N) {
    int const rest = m - i, at = rest < N ? m - N : i;
    int const gap = rest >= 2 * N ? N : rest > N ? rest - N : 0;
    if (gap == 0 && !add) {
      narrow_slice<N, false>(y + at, 0, a + at, column, x, x_stride, k);
    } else if (add) {
      T part[2 * N];
      narrow_slice<N, true>(part, gap, a + at, column, x, x_stride, k);
      for (int j = i - at; j < gap + N; ++j) y[at + j] = added(y[at + j], part[j]);
    } else {
      narrow_slice<N, true>(y + at, gap, a + at, column, x, x_stride, k);
    }
  }
}

/// Rows of K elements, that follow each other in memory, K less than the lanes N of a pack: a pack
/// has several rows.
template <class T, int N, int K, int... I>
[[gnu::always_inline]] inline math::pack<T, N> repeated(T const* x,
                                                        std::integer_sequence<int, I...>) {
  T const values[] = {x[I % K]...};
  return math::pack<T, N>::load(values);
}

/// y (+)= A x for m such rows.
template <int N, int K, class T>
void short_rows(T* y, bool add, T const* a, T const* x, int m) {
  using pack = math::pack<T, N>;
  constexpr auto lanes = std::make_integer_sequence<int, N>{};
  pack const weights = repeated<T, N, K>(x, lanes);
  int i = 0;
  for (; m - i >= N; i += N, y += N, a += N * K) {
    pack products[K];
    for (int j = 0; j < K; ++j) products[j] = pack::load(a + j * N) * weights;
    pack const dots = short_row_sums<K>(products, lanes);
    (add ? pack::load(y) + dots : dots).store(y);
  }
  for (; i < m; ++i, ++y, a += K) {
    T sum = add ? *y : T(0);
    for (int p = 0; p < K; ++p) sum = fused(a[p], x[p], sum);
    *y = sum;
  }
}

/// The weights of the rows in pack J of those that N weights belong to.
template <int K, int J, class T, int N, int... I>
[[gnu::always_inline]] inline math::pack<T, N> row_weights(math::pack<T, N> x,
                                                           std::integer_sequence<int, I...>) {
  return {__builtin_shufflevector(x.data, x.data, (J * (N / K) + I / K)...)};
}

/// The sum of all rows in a pack, K lanes each.
template <int K, class T, int N>
[[gnu::always_inline]] inline math::pack<T, K> sum_of_rows(math::pack<T, N> x) {
  if constexpr (N == K) return x;
  else return sum_of_rows<K>(math::low_half(x) + math::high_half(x));
}
/// y (+)= the sum of k such rows with weights x.
template <int N, int K, class T>
void sum_short_rows(T* y, bool add, T const* a, T const* x, int k) {
  using pack = math::pack<T, N>;
  constexpr auto lanes = std::make_integer_sequence<int, N>{};
  pack sums[K];
  for (auto& each : sums) each = pack::broadcast(0);
  int p = 0;
  for (; k - p >= N; p += N, x += N, a += N * K) {
    pack const weights = pack::load(x);
    [&]<int... J>(std::integer_sequence<int, J...>) __attribute__((always_inline)) {
      ((sums[J] = fused(row_weights<K, J>(weights, lanes), pack::load(a + J * N), sums[J])), ...);
    }
    (std::make_integer_sequence<int, K>{});
  }
  for (int j = 1; j < K; ++j) sums[0] = sums[0] + sums[j];
  using row = math::pack<T, K>;  // stored as it is read: elements one by one would be waited for
  row total = sum_of_rows<K>(sums[0]);
  for (; p < k; ++p, ++x, a += K) total = fused(row::broadcast(*x), row::load(a), total);
  (add ? row::load(y) + total : total).store(y);
}

/// y[i * y_stride] (+)= the sum over p of a[i * row + p * column] * x[p * x_stride], i < m, p < k.
/// `Ahead`: contiguous columns are read with those in mind that are `ahead` elements further.
template <class T, bool Ahead = false>
void matrix_vector(T* y, ptrdiff_t y_stride, T const* a, ptrdiff_t row, ptrdiff_t column,
                   T const* x, ptrdiff_t x_stride, int m, int k, bool add = false,
                   ptrdiff_t ahead = 0) {
  constexpr int lanes = math::native_lanes<T>;
  constexpr int few = few_lanes<T>;
  if constexpr (lanes >= 8 && std::is_floating_point_v<T>) {
    if (x_stride == 1 && y_stride == 1) {
      if (column == 1 && row == k && k == 4) return short_rows<lanes, 4>(y, add, a, x, m);
      if (column == 1 && row == k && k == 2) return short_rows<lanes, 2>(y, add, a, x, m);
      if (row == 1 && column == m && m == 4) return sum_short_rows<lanes, 4>(y, add, a, x, k);
      if (row == 1 && column == m && m == 2) return sum_short_rows<lanes, 2>(y, add, a, x, k);
    }
  }
  if (row == 1 && y_stride == 1 && m >= few) {
    if (m >= lanes) return sum_columns<lanes, Ahead>(y, add, a, column, x, x_stride, m, k, ahead);
    return sum_columns<few>(y, add, a, column, x, x_stride, m, k);
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
      if (count >= lanes) dot_products<lanes>(y, y_stride, add || p > 0, a + p, row, from, m, count);
      else dot_products<few>(y, y_stride, add || p > 0, a + p, row, from, m, count);
    }
    return;
  }
  for (int i = 0; i < m; ++i) {
    T sum = add ? y[i * y_stride] : T(0);
    for (int p = 0; p < k; ++p) sum = fused(a[i * row + p * column], x[p * x_stride], sum);
    y[i * y_stride] = sum;
  }
}

}  // namespace slope::engine::product
