// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "slope/tensor/forward.hpp"
#include "slope/tensor/shape.hpp"

// What a view can be made of besides tensors and views. Nothing of these libraries is included:
// a type counts as what it behaves like.
namespace slope::detail {

/// An Eigen matrix or map: two strides, and a flag that says which of them is the row's.
template <class R>
concept eigen_like = requires(R& m) {
  m.rows();
  m.cols();
  m.innerStride();
  m.outerStride();
  {static_cast<bool>(std::remove_cvref_t<R>::IsRowMajor)};
  {*m.data()};
};

/// A std::mdspan or a class of the same face, with elements behind a pointer.
template <class R>
concept mdspan_like = requires(R& m) {
  { std::remove_cvref_t<R>::rank() } -> std::convertible_to<std::size_t>;
  m.extent(0);
  {*m.data_handle()};
}
&&std::is_pointer_v<std::remove_cvref_t<decltype(std::declval<R&>().data_handle())>>;

/// A contiguous range: std::span, std::vector, std::array.
template <class R>
concept buffer_like = !tensor_like<R> && !eigen_like<R> && !mdspan_like<R> && requires(R & r) {
  { r.size() } -> index_like;
  {*r.data()};
}
&&std::is_pointer_v<decltype(std::declval<R&>().data())>;

template <class R>
constexpr auto source_data(R& r) {
  if constexpr (mdspan_like<R>) return r.data_handle();
  else return r.data();
}

/// The element type behind a source, const where it may not be written.
template <class R>
using source_element =
    std::remove_pointer_t<decltype(source_data(std::declval<std::remove_reference_t<R>&>()))>;

/// Does U* convert to T* as an array does, adding const and nothing else?
template <class U, class T>
concept qualifies_to = std::convertible_to<U (*)[1], T (*)[1]>;

/// Does this object own its elements, so that an rvalue of it must not be viewed for writing?
template <class R>
constexpr bool owns_elements() {
  using plain = std::remove_cvref_t<R>;
  if constexpr (mdspan_like<R>) return false;
  else if constexpr (requires { typename plain::PlainObject; }) {
    return std::same_as<plain, typename plain::PlainObject>;
  } else {
    return std::is_const_v<source_element<plain const>> && !std::is_const_v<source_element<plain>>;
  }
}

/// The number of elements where the type tells it (std::array, a span of static extent), or -1.
template <class R>
constexpr std::ptrdiff_t static_size() {
  using plain = std::remove_cvref_t<R>;
  if constexpr (requires { std::tuple_size<plain>::value; }) {
    return static_cast<std::ptrdiff_t>(std::tuple_size<plain>::value);
  } else if constexpr (requires { std::integral_constant<std::size_t, plain::extent>{}; }) {
    return static_cast<std::ptrdiff_t>(plain::extent);  // std::dynamic_extent becomes -1
  } else {
    return -1;
  }
}

/// Can a view of these extents be made of the elements of a buffer? The axes are all static, or
/// one is found by division.
template <class R, auto... Extents>
constexpr bool buffer_fits() {
  if constexpr (sizeof...(Extents) == 0 || runtime_count < Extents... >> 1) return false;
  else {
    constexpr std::ptrdiff_t given = static_size<R>();
    constexpr std::ptrdiff_t known =
        (std::ptrdiff_t{1} * ... * (is_static_extent<Extents> ? static_extent<Extents>() : 1));
    if (given < 0) return true;
    if (all_static<Extents...>) return given == known;
    return known != 0 && given % (known != 0 ? known : 1) == 0;
  }
}

/// May `tensor_view<T, Extents...>` be made of an R?
template <class R, class T, auto... Extents>
constexpr bool views_source() {
  using plain = std::remove_cvref_t<R>;
  if constexpr (tensor_like<plain>) return false;
  else if constexpr (eigen_like<R> || mdspan_like<R> || buffer_like<R>) {
    if constexpr (!qualifies_to<source_element<R>, T>) return false;
    else if constexpr (!std::is_lvalue_reference_v<R> && !std::is_const_v<T> && owns_elements<R>())
      return false;
    else if constexpr (eigen_like<R>) return sizeof...(Extents) == 1 || sizeof...(Extents) == 2;
    else if constexpr (mdspan_like<R>) return plain::rank() == sizeof...(Extents);
    else return buffer_fits<R, Extents...>();
  } else return false;
}

/// The shape and the strides of a source, as seen by a view of some rank.
template <std::size_t Rank>
struct layout {
  std::array<int, Rank> shape{};
  std::array<std::ptrdiff_t, Rank> strides{};
};

template <auto... Extents, eigen_like R>
constexpr auto source_layout(R& m) {
  constexpr std::size_t rank = sizeof...(Extents);
  constexpr bool row_major = static_cast<bool>(std::remove_cvref_t<R>::IsRowMajor);
  int const rows = to_extent("tensor_view", m.rows()), cols = to_extent("tensor_view", m.cols());
  auto const inner = static_cast<std::ptrdiff_t>(m.innerStride());
  auto const outer = static_cast<std::ptrdiff_t>(m.outerStride());
  std::ptrdiff_t const down = row_major ? outer : inner, across = row_major ? inner : outer;
  layout<rank> result;
  if constexpr (rank == 2) {
    result.shape = {rows, cols};
    result.strides = {down, across};
  } else {
    if (rows != 1 && cols != 1) {
      int const given[]{rows, cols};
      raise_shape("tensor_view", 2, given, shape_info_of<Extents...>());
    }
    result.shape = {cols == 1 ? rows : cols};
    result.strides = {cols == 1 ? down : across};
  }
  return result;
}

template <auto... Extents, mdspan_like R>
constexpr auto source_layout(R& m) {
  layout<sizeof...(Extents)> result;
  for (std::size_t k = 0; k < sizeof...(Extents); ++k) {
    result.shape[k] = to_extent("tensor_view", m.extent(k));
    result.strides[k] = static_cast<std::ptrdiff_t>(m.stride(k));
  }
  return result;
}

template <auto... Extents, buffer_like R>
constexpr auto source_layout(R& r) {
  layout<sizeof...(Extents)> result;
  int const count = to_extent("tensor_view", r.size());
  int known = 1;
  ((known *= is_static_extent<Extents> ? static_extent<Extents>() : 1), ...);
  result.shape = {(is_static_extent<Extents> ? static_extent<Extents>()
                   : known > 0               ? count / known
                                             : 0)...};
  if (static_cast<std::size_t>(count) != element_count(result.shape)) {
    raise_shape("tensor_view", 1, &count, shape_info_of<Extents...>());
  }
  result.strides = row_major(result.shape);
  return result;
}

}  // namespace slope::detail
