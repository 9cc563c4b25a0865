// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "slope/core/error.hpp"
#include "slope/core/extents.hpp"
#include "slope/core/text.hpp"

namespace slope::detail {

/// A run-time extent or an index: any integer but bool.
template <class I>
concept index_like = std::integral<I> && !std::same_as<std::remove_cv_t<I>, bool>;

template <auto... Extents>
inline constexpr bool all_static = (is_static_extent<Extents> && ...);

template <auto... Extents>
inline constexpr int runtime_count = (0 + ... + (is_static_extent<Extents> ? 0 : 1));

/// Are these two axes of one name?
constexpr bool share_name(extent const& a, extent const& b) {
  return a.has_name() && b.has_name() && same_text(a.name, b.name);
}

/// Can tensors of these extents have one shape? Equal ranks, no two different numbers, no two
/// different names.
constexpr bool may_fit(shape_info const& a, shape_info const& b) {
  if (a.rank != b.rank) return false;
  for (int k = 0; k < a.rank; ++k) {
    extent const& x = a.extents[k];
    extent const& y = b.extents[k];
    if (x.size >= 0 && y.size >= 0 && x.size != y.size) return false;
    if (x.has_name() && y.has_name() && !share_name(x, y)) return false;
  }
  return true;
}

/// Does every tensor of extents `from` have a shape that `to` admits, so that nothing is left to
/// check when the program runs?
constexpr bool always_fits(shape_info const& from, shape_info const& to) {
  if (!may_fit(from, to)) return false;
  for (int k = 0; k < to.rank; ++k) {
    extent const& wanted = to.extents[k];
    if (wanted.size >= 0 && from.extents[k].size != wanted.size) return false;
    for (int other = 0; other < k; ++other) {
      if (share_name(to.extents[other], wanted)) return false;
    }
  }
  return true;
}

/// The one text for shapes that do not fit: `tensor: shape (2,3) does not fit (n,4)`.
[[noreturn]] inline void raise_shape(char const* who, int rank, int const* given,
                                     shape_info const& wanted) {
  shape_info found;
  found.rank = rank < max_rank ? rank : max_rank;
  for (int k = 0; k < found.rank; ++k) found.extents[k].size = given[k];
  text_buffer<511> text;
  text.write(who);
  text.write(": shape ");
  write_shape(text, found);
  text.write(" does not fit ");
  write_shape(text, wanted);
  raise<shape_error>(text.text);
}

[[noreturn]] inline void raise_extent(char const* who, std::int64_t value) {
  text_buffer<127> text;
  text.write(who);
  text.write(": ");
  text.write_integer(value);
  text.write(" is not an extent");
  raise<shape_error>(text.text);
}

/// An integer as an extent; negative and huge ones are a shape_error.
template <index_like I>
constexpr int to_extent(char const* who, I value) {
  if (!std::in_range<int>(value) || value < I{}) {
    raise_extent(who, static_cast<std::int64_t>(value));
  }
  return static_cast<int>(value);
}

/// The number of elements of a shape; shape_error where it does not fit the address space.
template <std::size_t Rank>
constexpr std::size_t element_count(std::array<int, Rank> const& shape) {
  std::size_t count = 1;
  bool overflow = false;
  for (std::size_t k = 0; k < Rank; ++k) {
    overflow |= __builtin_mul_overflow(count, static_cast<std::size_t>(shape[k]), &count);
  }
  for (std::size_t k = 0; k < Rank; ++k) {
    if (shape[k] == 0) return 0;
  }
  if (overflow || count > static_cast<std::size_t>(PTRDIFF_MAX) / 8) {
    raise<shape_error>("tensor: more elements than memory can hold");
  }
  return count;
}

/// The row-major strides of a shape.
template <std::size_t Rank>
constexpr std::array<std::ptrdiff_t, Rank> row_major(std::array<int, Rank> const& shape) {
  std::array<std::ptrdiff_t, Rank> result{};
  std::ptrdiff_t step = 1;
  for (std::size_t k = Rank; k-- > 0;) {
    result[k] = step;
    step *= shape[k];
  }
  return result;
}

/// What is known of a shape before it is given: the static extents, 0 for the others.
template <auto... Extents>
inline constexpr std::array<int, sizeof...(Extents)> initial_shape{
    (is_static_extent<Extents> ? static_extent<Extents>() : 0)...};

/// Checks a shape against extents: numbers must agree, axes of one name be of one size.
template <auto... Extents>
constexpr void check_shape(char const* who, std::array<int, sizeof...(Extents)> const& shape) {
  constexpr shape_info wanted = shape_info_of<Extents...>();
  for (int k = 0; k < wanted.rank; ++k) {
    int const size = shape[static_cast<std::size_t>(k)];
    bool good = size >= 0 && (wanted.extents[k].size < 0 || wanted.extents[k].size == size);
    for (int other = 0; other < k; ++other) {
      good &= !share_name(wanted.extents[other], wanted.extents[k]) ||
              shape[static_cast<std::size_t>(other)] == size;
    }
    if (!good) raise_shape(who, wanted.rank, shape.data(), wanted);
  }
}

/// The shape made of the static extents and the given run-time ones, in order; checked.
template <auto... Extents, index_like... I>
constexpr auto shape_from(char const* who, I... runtime) {
  static_assert(sizeof...(I) == runtime_count<Extents...>);
  std::array<int, sizeof...(Extents)> shape = initial_shape<Extents...>;
  if constexpr (sizeof...(I) > 0) {
    int const given[]{to_extent(who, runtime)...};
    constexpr bool fixed[]{is_static_extent<Extents>...};
    std::size_t next = 0;
    for (std::size_t k = 0; k < sizeof...(Extents); ++k) {
      if (!fixed[k]) shape[k] = given[next++];
    }
    check_shape<Extents...>(who, shape);
  }
  return shape;
}

/// The extents of a view: nothing is stored where all are static.
template <bool Static, auto... Extents>
struct shape_storage {
  static constexpr std::array<int, sizeof...(Extents)> values = initial_shape<Extents...>;
  constexpr shape_storage() = default;
  constexpr explicit shape_storage(std::array<int, sizeof...(Extents)> const&) {}
};

template <auto... Extents>
struct shape_storage<false, Extents...> {
  std::array<int, sizeof...(Extents)> values = initial_shape<Extents...>;
};

}  // namespace slope::detail
