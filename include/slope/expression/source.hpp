// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/tensor/tensor.hpp"

/// What evaluation reads: numbers, tensors and views.
namespace slope::engine {

/// Data as a program reads it: contiguous elements of the leaf's type.
template <class T, class Data>
struct source {
  T value;
  [[gnu::always_inline]] source(Data const& data) : value(static_cast<T>(data)) {}
  [[gnu::always_inline]] void const* pointer(std::byte*&) const { return &value; }
  std::size_t bytes() const { return 0; }
};
template <class T, class Data>
  requires(!number<Data>)
struct source<T, Data> {
  static_assert(std::same_as<typename Data::value_type, T>,
                "slope: data of another element type than its variable");
  Data const& data;
  [[gnu::always_inline]] source(Data const& d) : data(d) {}
  /// Elements that do not follow each other in memory are brought into order first.
  std::size_t bytes() const {
    if (data.is_contiguous()) return 0;
    return (data.size() * sizeof(T) + 63) / 64 * 64;
  }
  [[gnu::always_inline]] void const* pointer(std::byte*& memory) const {
    if constexpr (is_tensor_view_v<Data>) {
      if (!data.is_contiguous()) {
        T* const copy = reinterpret_cast<T*>(memory);
        memory += bytes();
        auto const to = detail::row_major(data.shape());
        auto const from = data.strides();
        detail::copy_box<T>(Data::rank(), data.shape().data(), copy, to.data(), data.data(),
                            from.data());
        return copy;
      }
    }
    return data.data();
  }
};

}  // namespace slope::engine
