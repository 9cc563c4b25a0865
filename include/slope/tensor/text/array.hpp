// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include "slope/core/extents.hpp"

#include "slope/core/unoptimised_begin.ipp"

namespace slope::text {

/// The element types that can be printed: those of tensors, and uint8 for raw data.
enum class kind : std::uint8_t { boolean, uint8, int32, int64, float32, float64 };

template <class T>
concept printable =
    std::same_as<T, bool> || std::same_as<T, std::uint8_t> || std::same_as<T, std::int32_t> ||
    std::same_as<T, std::int64_t> || std::same_as<T, float> || std::same_as<T, double>;

template <printable T>
inline constexpr kind kind_of = std::same_as<T, bool>           ? kind::boolean
                                : std::same_as<T, std::uint8_t> ? kind::uint8
                                : std::same_as<T, std::int32_t> ? kind::int32
                                : std::same_as<T, std::int64_t> ? kind::int64
                                : std::same_as<T, float>        ? kind::float32
                                                                : kind::float64;

// clang-format off
constexpr char const* kind_name(kind k) {
  switch (k) {
    case kind::boolean: return "bool";
    case kind::uint8: return "uint8";
    case kind::int32: return "int32";
    case kind::int64: return "int64";
    case kind::float32: return "float32";
    case kind::float64: return "float64";
  }
  return "";
}
// clang-format on

/// Both PyTorch and NumPy show this many entries at each end of an axis that they shorten,
inline constexpr int edge_items = 3;
/// and shorten a tensor of more elements than this.
inline constexpr std::int64_t shown_in_full = 1000;

/// A borrowed array of any printable type: one class, so that the printing code is compiled once
/// and not once for each element type and shape.
struct array {
  void const* data = nullptr;
  kind type = kind::float32;
  int rank = 0;
  int extents[max_rank]{};
  std::ptrdiff_t strides[max_rank]{};

  /// `rank` extents; strides count elements, row-major when absent.
  template <printable T>
  array(T const* first, int axes, int const* sizes, std::ptrdiff_t const* steps = nullptr)
      : data(first), type(kind_of<T>), rank(axes) {
    std::ptrdiff_t step = 1;
    for (int k = axes - 1; k >= 0; --k) {
      extents[k] = sizes[k];
      strides[k] = steps != nullptr ? steps[k] : step;
      step *= sizes[k];
    }
  }

  std::int64_t size() const {
    std::int64_t n = 1;
    for (int k = 0; k < rank; ++k) n *= extents[k];
    return n;
  }
  bool is_floating() const { return type == kind::float32 || type == kind::float64; }

  /// The element at an offset, widened; for the floating types.
  double floating(std::ptrdiff_t at) const {
    if (type == kind::float32) return static_cast<double>(static_cast<float const*>(data)[at]);
    return static_cast<double const*>(data)[at];
  }
  /// The element at an offset, widened; for the integer types and bool.
  std::int64_t integer(std::ptrdiff_t at) const {
    switch (type) {
      case kind::int32: return static_cast<std::int32_t const*>(data)[at];
      case kind::int64: return static_cast<std::int64_t const*>(data)[at];
      case kind::uint8: return static_cast<std::uint8_t const*>(data)[at];
      default: return static_cast<unsigned char const*>(data)[at] != 0;
    }
  }
};


/// Calls `visit` with the offset of each element that is shown, in C order.
template <class Visit>
void for_each_shown(array const& a, bool summarise, Visit& visit, int axis = 0,
                    std::ptrdiff_t at = 0) {
  if (axis == a.rank) return visit(at);
  int const n = a.extents[axis];
  bool const skip = summarise && n > 2 * edge_items;
  for (int i = 0; i < n; ++i) {
    if (skip && i == edge_items) i = n - edge_items;
    for_each_shown(a, summarise, visit, axis + 1, at + i * a.strides[axis]);
  }
}

// Classified by bits, so that -ffast-math cannot answer for us.
inline bool is_finite(double x) {
  return (std::bit_cast<std::uint64_t>(x) << 1) < (std::uint64_t{0x7ff} << 53);
}
inline bool is_nan(double x) {
  return (std::bit_cast<std::uint64_t>(x) << 1) > (std::uint64_t{0x7ff} << 53);
}
inline bool is_zero(double x) { return (std::bit_cast<std::uint64_t>(x) << 1) == 0; }
inline bool is_negative(double x) { return (std::bit_cast<std::uint64_t>(x) >> 63) != 0; }

}  // namespace slope::text

#include "slope/core/unoptimised_end.ipp"
