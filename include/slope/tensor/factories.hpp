// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "slope/tensor/tensor.hpp"

// Tensors made of nothing but numbers. Where an extent is known only at run time it is an argument,
// in order: `zeros<float, dynamic, 3>(n)`; a value or a seed comes last. All are usable in constant
// expressions, and throw shape_error for extents that are none (negative, or different for axes of
// one name).
namespace slope {
namespace detail {

/// A tensor whose elements are still to be written, and the argument that followed its extents.
template <class T, auto... E>
struct blank_and_last {
  tensor<T, E...> blank;
  T value{};
  std::uint64_t seed = 0;
};

template <class T, auto... E, class... A>
constexpr auto blank_from(char const* who, A... arguments) {
  static_assert(sizeof...(A) == runtime_count<E...> + 1);
  std::int64_t given[sizeof...(A)]{};
  T value{};
  auto const take = [&]<std::size_t K, class X>(std::integral_constant<std::size_t, K>, X x) {
    if constexpr (K + 1 < sizeof...(A)) given[K] = to_extent(who, x);
    else if constexpr (std::integral<X>) given[K] = static_cast<std::int64_t>(x);
    if constexpr (K + 1 == sizeof...(A)) value = static_cast<T>(x);
  };
  return [&]<std::size_t... K>(std::index_sequence<K...>) {
    (take(std::integral_constant<std::size_t, K>{}, arguments), ...);
    return [&]<std::size_t... L>(std::index_sequence<L...>) {
      return blank_and_last<T, E...>{
          tensor<T, E...>(uninitialized, shape_from<E...>(who, given[L]...)), value,
          static_cast<std::uint64_t>(given[sizeof...(A) - 1])};
    }
    (std::make_index_sequence<sizeof...(A) - 1>{});
  }
  (std::index_sequence_for<A...>{});
}

/// The length of start, start + step, ... below stop; shape_error where it has none.
constexpr int range_length(std::int64_t start, std::int64_t stop, std::int64_t step) {
  if (step == 0 || (step > 0 ? stop < start : stop > start)) {
    raise<shape_error>("arange: the step does not lead from start to stop");
  }
  // Unsigned, as the distance may need all 64 bits.
  auto const distance = step > 0
                            ? static_cast<std::uint64_t>(stop) - static_cast<std::uint64_t>(start)
                            : static_cast<std::uint64_t>(start) - static_cast<std::uint64_t>(stop);
  auto const stride =
      step > 0 ? static_cast<std::uint64_t>(step) : 0 - static_cast<std::uint64_t>(step);
  return to_extent("arange", distance / stride + (distance % stride != 0 ? 1 : 0));
}
constexpr int range_length(double start, double stop, double step) {
  double const count = (stop - start) / step;
  if (!(count >= 0 && step != 0)) {
    raise<shape_error>("arange: the step does not lead from start to stop");
  }
  if (count > 2147483647.0) raise<shape_error>("arange: more elements than an extent can count");
  auto const whole = static_cast<std::int64_t>(count);
  return static_cast<int>(whole) + (static_cast<double>(whole) < count ? 1 : 0);
}

template <class T>
constexpr void fill_linspace(tensor_view<T, dynamic> out, T first, T last) {
  int const n = out.extent(0);
  if (n == 0) return;
  if (n == 1) {
    out[0] = first;
    return;
  }
  // From both ends, as PyTorch does, so that the last number is exact.
  T const step = (last - first) / static_cast<T>(n - 1);
  for (int i = 0; i < n; ++i) {
    out[i] = i < n / 2 ? first + step * static_cast<T>(i) : last - step * static_cast<T>(n - 1 - i);
  }
}

template <class Tensor>
constexpr Tensor with_diagonal(Tensor result) {
  for (int i = 0; i < result.extent(0) && i < result.extent(1); ++i) result(i, i) = 1;
  return result;
}

}  // namespace detail

template <element T, auto... E, detail::index_like... I>
  requires(sizeof...(I) == detail::runtime_count<E...>)
constexpr tensor<T, E...> zeros(I... extents) { return tensor<T, E...>(extents...); }

/// Every element is the last argument.
template <element T, auto... E, number... A>
  requires(sizeof...(A) == detail::runtime_count<E...> + 1)
constexpr tensor<T, E...> full(A... extents_and_value) {
  auto made = detail::blank_from<T, E...>("full", extents_and_value...);
  for (T& x : made.blank) x = made.value;
  return static_cast<tensor<T, E...>&&>(made.blank);
}

template <element T, auto... E, detail::index_like... I>
  requires(sizeof...(I) == detail::runtime_count<E...>)
constexpr tensor<T, E...> ones(I... extents) { return full<T, E...>(extents..., true); }

/// 0, 1, ..., N - 1.
template <element T, int N>
constexpr tensor<T, N> arange() {
  tensor<T, N> result;
  for (int i = 0; i < N; ++i) result[i] = static_cast<T>(i);
  return result;
}

/// start, start + step, ... as long as it is below stop (above, for a negative step).
/// shape_error: the step is 0 or leads away.
template <element T, number A, number B, number C = int>
  requires(detail::number_for<A, T>&& detail::number_for<B, T>&& detail::number_for<C, T>)
constexpr tensor<T, dynamic> arange(A start, B stop, C step = 1) {
  // Wider than T, so that long sequences of floats stay accurate.
  using wide = std::conditional_t<std::is_floating_point_v<T>, double, std::int64_t>;
  auto const first = static_cast<wide>(start), by = static_cast<wide>(step);
  int const length = detail::range_length(first, static_cast<wide>(stop), by);
  tensor<T, dynamic> result(detail::uninitialized, {length});
  wide value = first;
  for (int i = 0; i < length; ++i) {
    if constexpr (std::is_floating_point_v<T>) value = first + by * i;
    else if (i > 0) value += by;  // never past stop, so it cannot overflow
    result[i] = static_cast<T>(value);
  }
  return result;
}
/// 0, 1, ... below stop.
template <element T, number B>
  requires detail::number_for<B, T>
constexpr tensor<T, dynamic> arange(B stop) { return arange<T>(0, stop); }

/// N numbers from first to last, both included, evenly spaced.
template <element T, int N>
  requires std::is_floating_point_v<T>
constexpr tensor<T, N> linspace(std::type_identity_t<T> first, std::type_identity_t<T> last) {
  tensor<T, N> result;
  detail::fill_linspace<T>(result, first, last);
  return result;
}
template <element T, detail::index_like I>
  requires std::is_floating_point_v<T>
constexpr tensor<T, dynamic> linspace(std::type_identity_t<T> first, std::type_identity_t<T> last,
                                      I count) {
  tensor<T, dynamic> result(detail::uninitialized, {detail::to_extent("linspace", count)});
  detail::fill_linspace<T>(result, first, last);
  return result;
}

/// Ones on the diagonal, zeros elsewhere.
template <element T, int N, int M = N>
constexpr tensor<T, N, M> eye() {
  return detail::with_diagonal(tensor<T, N, M>());
}
template <element T, detail::index_like I>
constexpr tensor<T, dynamic, dynamic> eye(I n) {
  return detail::with_diagonal(tensor<T, dynamic, dynamic>(n, n));
}
template <element T, detail::index_like I, detail::index_like J>
constexpr tensor<T, dynamic, dynamic> eye(I rows, J columns) {
  return detail::with_diagonal(tensor<T, dynamic, dynamic>(rows, columns));
}

}  // namespace slope
