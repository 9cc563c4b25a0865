// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/tensor/tensor.hpp"

namespace slope {
namespace detail {

template <class A, class B>
constexpr bool equal_tensors(A const& a, B const& b) {
  if (a.shape() != b.shape()) return false;
  auto const shape = a.shape();
  std::array<std::ptrdiff_t, shape.size()> a_steps{}, b_steps{};
  for (std::size_t k = 0; k < shape.size(); ++k) {
    a_steps[k] = a.stride(static_cast<int>(k));
    b_steps[k] = b.stride(static_cast<int>(k));
  }
  return equal_box<typename A::value_type>(A::rank(), shape.data(), a.data(), a_steps.data(),
                                           b.data(), b_steps.data());
}

}  // namespace detail

/// Have two tensors or views of one element type and rank the same shape and equal elements?
/// Element-wise comparison is `eq(a, b)`.
template <class T, auto... A, auto... B>
  requires(sizeof...(A) == sizeof...(B))
constexpr bool operator==(tensor<T, A...> const& a, tensor<T, B...> const& b) {
  return detail::equal_tensors(a, b);
}
template <class T, auto... A, class U, auto... B>
  requires(sizeof...(A) == sizeof...(B) && std::same_as<T, std::remove_const_t<U>>)
constexpr bool operator==(tensor<T, A...> const& a, tensor_view<U, B...> const& b) {
  return detail::equal_tensors(a, b);
}
template <class T, auto... A, class U, auto... B>
  requires(sizeof...(A) == sizeof...(B) &&
           std::same_as<std::remove_const_t<T>, std::remove_const_t<U>>)
constexpr bool operator==(tensor_view<T, A...> const& a, tensor_view<U, B...> const& b) {
  return detail::equal_tensors(a, b);
}

}  // namespace slope
