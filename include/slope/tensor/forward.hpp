// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <type_traits>

#include "slope/core/dtype.hpp"
#include "slope/core/extents.hpp"

namespace slope {

template <class T, auto... Extents>
  requires element<T>
class tensor;

template <class T, auto... Extents>
  requires element<std::remove_const_t<T>>
class tensor_view;

template <class>
inline constexpr bool is_tensor_v = false;
template <class T, auto... Extents>
inline constexpr bool is_tensor_v<tensor<T, Extents...>> = true;

template <class>
inline constexpr bool is_tensor_view_v = false;
template <class T, auto... Extents>
inline constexpr bool is_tensor_view_v<tensor_view<T, Extents...>> = true;

/// A tensor or a view of one: elements in memory with extents and strides.
template <class X>
concept tensor_like =
    is_tensor_v<std::remove_cvref_t<X>> || is_tensor_view_v<std::remove_cvref_t<X>>;

}  // namespace slope
