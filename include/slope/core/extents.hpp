// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

#include "slope/core/fixed_string.hpp"

namespace slope {

/// The most axes a tensor can have.
inline constexpr int max_rank = 8;

/// The type of `dynamic`: an extent known only when the program runs.
struct dynamic_t {};
/// An extent known only when the program runs; it fits any other and is checked when data is bound.
inline constexpr dynamic_t dynamic{};

/// The type of `dim<"n">`.
template <fixed_string Name>
struct dim_t {
  static constexpr char const* name() { return Name.text; }
};
/// A named run-time extent: equal names are equal sizes, two names do not fit at compile time.
template <fixed_string Name>
inline constexpr dim_t<Name> dim{};

template <class>
inline constexpr bool is_dim_v = false;
template <fixed_string Name>
inline constexpr bool is_dim_v<dim_t<Name>> = true;

/// What may stand as an extent of a tensor or a variable: an `int`, `dim<"n">` or `dynamic`.
/// Another integer type is refused, so that one shape is one type.
template <class E>
concept extent_argument = std::same_as<std::remove_cv_t<E>, int> ||
                          std::same_as<std::remove_cv_t<E>, dynamic_t> ||
                          is_dim_v<std::remove_cv_t<E>>;

/// Is this extent a number at compile time?
template <auto Extent>
inline constexpr bool is_static_extent = std::same_as<std::remove_cv_t<decltype(Extent)>, int>;

/// The number of a static extent, -1 for a run-time one.
template <auto Extent>
consteval int static_extent() {
  if constexpr (is_static_extent<Extent>) return Extent;
  else return -1;
}

/// The name of an extent that has none. Not a null pointer: g++ with UBSan cannot compare one with
/// the address of a text in constant expressions. Not a literal: those are no template arguments.
inline constexpr char no_name[1] = "";

/// One extent as a value: a size, or -1 with the name of a dimension (an empty one: `dynamic`).
struct extent {
  int size = 0;
  char const* name = no_name;

  constexpr bool has_name() const { return name[0] != '\0'; }
};

template <auto Extent>
consteval extent extent_of() {
  if constexpr (is_static_extent<Extent>) return {Extent, no_name};
  else if constexpr (is_dim_v<std::remove_cv_t<decltype(Extent)>>)
    return {-1, std::remove_cv_t<decltype(Extent)>::name()};
  else return {-1, no_name};
}

/// Extents as a value: what a shape is to the compile-time engine.
struct shape_info {
  int rank = 0;
  extent extents[max_rank]{};
};

template <auto... Extents>
consteval shape_info shape_info_of() {
  return {static_cast<int>(sizeof...(Extents)), {extent_of<Extents>()...}};
}

/// The shape spelled as the text in errors: `(2,3)`, `(n,3)`, `(?,3)`.
template <class Sink>
constexpr void write_shape(Sink& out, shape_info const& shape) {
  out.write("(");
  for (int k = 0; k < shape.rank; ++k) {
    if (k != 0) out.write(",");
    if (shape.extents[k].has_name()) out.write(shape.extents[k].name);
    else if (shape.extents[k].size < 0) out.write("?");
    else out.write_integer(shape.extents[k].size);
  }
  out.write(")");
}

}  // namespace slope
