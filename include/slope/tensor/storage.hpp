// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <new>
#include <type_traits>

#include "slope/tensor/shape.hpp"

namespace slope {
namespace detail {

/// Asks a constructor for elements that are written before they are read.
struct uninitialized_t {};
inline constexpr uninitialized_t uninitialized{};

template <bool Static, class T, auto... Extents>
class storage;

/// All extents static: the elements are in the object itself. Copied as bytes, never on the heap.
template <class T, auto... Extents>
class storage<true, T, Extents...> {
 public:
  static constexpr std::size_t size = element_count(initial_shape<Extents...>);
  static constexpr std::array<int, sizeof...(Extents)> shape = initial_shape<Extents...>;

  constexpr storage() noexcept : elements_{} {}
  constexpr storage(uninitialized_t, std::array<int, sizeof...(Extents)> const&) noexcept
      requires(size > 0) {}
  constexpr storage(uninitialized_t, std::array<int, sizeof...(Extents)> const&) noexcept
      requires(size == 0)
      : elements_{} {}

  constexpr T* data() noexcept { return elements_; }
  constexpr T const* data() const noexcept { return elements_; }

 private:
  /// Large ones begin on a cache line, if that makes them no larger, so that no pack crosses two. Not
  /// small ones, which are passed by value: g++ says each time how that was done before GCC 4.6.
  static constexpr std::size_t bytes = (size > 0 ? size : 1) * sizeof(T);
  alignas(bytes >= 1024 && bytes % 64 == 0 ? 64 : alignof(T)) T elements_[size > 0 ? size : 1];
};

/// Some extent at run time: one heap block, aligned for the widest vectors. A value: copies are
/// deep, a move steals the block and leaves run-time extents of 0.
template <class T, auto... Extents>
class storage<false, T, Extents...> {
 public:
  static constexpr std::size_t alignment = 64;
  std::array<int, sizeof...(Extents)> shape = initial_shape<Extents...>;
  std::size_t size = 0;

  constexpr storage() noexcept = default;
  constexpr storage(uninitialized_t, std::array<int, sizeof...(Extents)> const& wanted)
      : shape(wanted), size(element_count(wanted)), elements_(allocate(size)) {}
  constexpr storage(storage const& other)
      : shape(other.shape), size(other.size), elements_(allocate(size)) {
    copy(other.elements_);
  }
  constexpr storage(storage&& other) noexcept
      : shape(other.shape), size(other.size), elements_(other.elements_) {
    other.forget();
  }
  constexpr storage& operator=(storage const& other) {
    if (this == &other) return *this;
    if (size != other.size) return *this = storage(other);
    shape = other.shape;
    copy(other.elements_);
    return *this;
  }
  constexpr storage& operator=(storage&& other) noexcept {
    if (this == &other) return *this;
    release();
    shape = other.shape;
    size = other.size;
    elements_ = other.elements_;
    other.forget();
    return *this;
  }
  constexpr ~storage() { release(); }

  constexpr T* data() noexcept { return elements_; }
  constexpr T const* data() const noexcept { return elements_; }

 private:
  static constexpr T* allocate(std::size_t count) {
    if (count == 0) return nullptr;
    if (std::is_constant_evaluated()) return new T[count];
    return static_cast<T*>(::operator new (count * sizeof(T), std::align_val_t{alignment}));
  }
  constexpr void release() noexcept {
    if (elements_ == nullptr) return;
    if (std::is_constant_evaluated()) delete[] elements_;
    else ::operator delete (elements_, std::align_val_t{alignment});
  }
  constexpr void copy(T const* from) noexcept {
    for (std::size_t i = 0; i < size; ++i) elements_[i] = from[i];
  }
  constexpr void forget() noexcept {
    shape = initial_shape<Extents...>;
    size = 0;
    elements_ = nullptr;
  }

  T* elements_ = nullptr;
};

}  // namespace detail
}  // namespace slope
