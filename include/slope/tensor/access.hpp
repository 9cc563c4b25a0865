// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <type_traits>

#include "slope/tensor/shape.hpp"

namespace slope::detail {

/// The row-major position of an index in a shape.
template <std::size_t Rank, index_like... I>
constexpr std::ptrdiff_t row_major_offset(std::array<int, Rank> const& shape, I... index) {
  std::ptrdiff_t offset = 0;
  [[maybe_unused]] std::size_t axis = 0;
  ((offset = offset * shape[axis++] + static_cast<std::ptrdiff_t>(index)), ...);
  return offset;
}

/// The position of an index where the axes have these strides.
template <std::size_t Rank, index_like... I>
constexpr std::ptrdiff_t strided_offset(std::array<std::ptrdiff_t, Rank> const& strides,
                                        I... index) {
  std::ptrdiff_t offset = 0;
  [[maybe_unused]] std::size_t axis = 0;
  ((offset += strides[axis++] * static_cast<std::ptrdiff_t>(index)), ...);
  return offset;
}

/// Copies the elements of one strided box to another of the same shape.
template <class T>
constexpr void copy_box(int rank, int const* shape, T* to, std::ptrdiff_t const* to_strides,
                        T const* from, std::ptrdiff_t const* from_strides) {
  if (rank == 0) {
    *to = *from;
  } else if (rank == 1) {
    for (int i = 0; i < *shape; ++i) to[i * *to_strides] = from[i * *from_strides];
  } else {
    for (int i = 0; i < *shape; ++i) {
      copy_box(rank - 1, shape + 1, to + i * *to_strides, to_strides + 1, from + i * *from_strides,
               from_strides + 1);
    }
  }
}

/// Are the elements of two strided boxes of one shape equal?
template <class T>
constexpr bool equal_box(int rank, int const* shape, T const* a, std::ptrdiff_t const* a_strides,
                         T const* b, std::ptrdiff_t const* b_strides) {
  if (rank == 0) return *a == *b;
  for (int i = 0; i < *shape; ++i) {
    if (rank == 1 ? !(a[i * *a_strides] == b[i * *b_strides])
                  : !equal_box(rank - 1, shape + 1, a + i * *a_strides, a_strides + 1,
                               b + i * *b_strides, b_strides + 1)) {
      return false;
    }
  }
  return true;
}

/// Random access to the elements of a strided box in row-major order. It owns its shape, so that
/// it outlives the view that made it.
template <class T, std::size_t Rank>
class element_iterator {
 public:
  using value_type = std::remove_const_t<T>;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using pointer = T*;
  using iterator_category = std::random_access_iterator_tag;

  constexpr element_iterator() = default;
  constexpr element_iterator(T* first, std::array<int, Rank> const& shape,
                             std::array<std::ptrdiff_t, Rank> const& strides, std::ptrdiff_t at)
      : first_(first), shape_(shape), strides_(strides), at_(at) {}

  constexpr reference operator*() const { return (*this)[0]; }
  constexpr pointer operator->() const { return &**this; }
  constexpr reference operator[](std::ptrdiff_t n) const {
    std::ptrdiff_t rest = at_ + n, offset = 0;
    for (std::size_t k = Rank; k-- > 1;) {
      offset += rest % shape_[k] * strides_[k];
      rest /= shape_[k];
    }
    if constexpr (Rank > 0) offset += rest * strides_[0];
    return first_[offset];
  }

  constexpr element_iterator& operator+=(std::ptrdiff_t n) { return at_ += n, *this; }
  constexpr element_iterator& operator-=(std::ptrdiff_t n) { return at_ -= n, *this; }
  constexpr element_iterator& operator++() { return *this += 1; }
  constexpr element_iterator& operator--() { return *this -= 1; }
  constexpr element_iterator operator++(int) {
    element_iterator const before = *this;
    ++*this;
    return before;
  }
  constexpr element_iterator operator--(int) {
    element_iterator const before = *this;
    --*this;
    return before;
  }
  friend constexpr element_iterator operator+(element_iterator i, std::ptrdiff_t n) {
    return i += n;
  }
  friend constexpr element_iterator operator+(std::ptrdiff_t n, element_iterator i) {
    return i += n;
  }
  friend constexpr element_iterator operator-(element_iterator i, std::ptrdiff_t n) {
    return i -= n;
  }
  friend constexpr std::ptrdiff_t operator-(element_iterator const& a, element_iterator const& b) {
    return a.at_ - b.at_;
  }
  friend constexpr bool operator==(element_iterator const& a, element_iterator const& b) {
    return a.at_ == b.at_;
  }
  friend constexpr std::strong_ordering operator<=>(element_iterator const& a,
                                                    element_iterator const& b) {
    return a.at_ <=> b.at_;
  }

 private:
  T* first_ = nullptr;
  std::array<int, Rank> shape_{};
  std::array<std::ptrdiff_t, Rank> strides_{};
  std::ptrdiff_t at_ = 0;
};

}  // namespace slope::detail
