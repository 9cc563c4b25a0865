// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace slope {

/// The element types of tensors, and the two kinds of number that adapt to their surroundings:
/// `weak_int` and `weak_float` are the exact constants and the plain numbers of C++.
enum class dtype : std::uint8_t { boolean, int32, int64, float32, float64, weak_int, weak_float };

/// What a tensor can hold.
template <class T>
concept element = std::same_as<T, float> || std::same_as<T, double> ||
                  std::same_as<T, std::int32_t> || std::same_as<T, std::int64_t> ||
                  std::same_as<T, bool>;

/// A plain number or truth value of C++.
template <class T>
concept number = std::is_arithmetic_v<std::remove_cvref_t<T>>;

template <element T>
inline constexpr dtype dtype_of = std::same_as<T, bool>           ? dtype::boolean
                                  : std::same_as<T, std::int32_t> ? dtype::int32
                                  : std::same_as<T, std::int64_t> ? dtype::int64
                                  : std::same_as<T, float>        ? dtype::float32
                                                                  : dtype::float64;

namespace detail {
template <dtype>
struct element_of;
template <> struct element_of<dtype::boolean> { using type = bool; };
template <> struct element_of<dtype::int32> { using type = std::int32_t; };
template <> struct element_of<dtype::int64> { using type = std::int64_t; };
template <> struct element_of<dtype::float32> { using type = float; };
template <> struct element_of<dtype::float64> { using type = double; };
template <> struct element_of<dtype::weak_int> { using type = std::int64_t; };
template <> struct element_of<dtype::weak_float> { using type = double; };
}  // namespace detail

/// The C++ type of an element type; constants that met no tensor become int64 or double.
template <dtype D>
using element_t = typename detail::element_of<D>::type;

constexpr bool is_weak(dtype d) { return d >= dtype::weak_int; }
constexpr bool is_floating(dtype d) {
  return d == dtype::float32 || d == dtype::float64 || d == dtype::weak_float;
}
constexpr bool is_integral(dtype d) {
  return d == dtype::int32 || d == dtype::int64 || d == dtype::weak_int;
}
/// 0 for bool, 1 for integers, 2 for floating types: PyTorch's categories.
constexpr int category(dtype d) { return is_floating(d) ? 2 : is_integral(d) ? 1 : 0; }

constexpr char const* dtype_name(dtype d) {
  switch (d) {
    case dtype::boolean: return "bool";
    case dtype::int32: return "int32";
    case dtype::int64: return "int64";
    case dtype::float32: return "float32";
    case dtype::float64: return "float64";
    case dtype::weak_int: return "integer";
    case dtype::weak_float: return "number";
  }
  return "";
}

constexpr std::size_t size_of(dtype d) {
  switch (d) {
    case dtype::boolean: return 1;
    case dtype::int32:
    case dtype::float32: return 4;
    default: return 8;
  }
}

/// An operand as promotion sees it: PyTorch lets tensors with axes decide before rank-0 tensors,
/// and those before plain numbers.
struct promotion_operand {
  dtype type = dtype::float32;
  bool has_axes = false;
};

/// PyTorch's type promotion (torch.result_type) of two operands.
/// Within one class the wider category wins, then the wider type; across classes the lower class
/// counts only where its category is higher: int64 tensor + 1.0 is float32, float32 tensor + a
/// rank-0 float64 tensor is float32.
constexpr dtype promote(promotion_operand a, promotion_operand b) {
  auto const priority = [](promotion_operand o) {
    return is_weak(o.type) ? 0 : o.has_axes ? 2 : 1;
  };
  if (priority(a) < priority(b)) {
    promotion_operand const t = a;
    a = b;
    b = t;
  }
  if (priority(a) == priority(b)) {
    if (a.type == b.type) return a.type;
    if (category(a.type) != category(b.type)) {
      return category(a.type) > category(b.type) ? a.type : b.type;
    }
    return a.type > b.type ? a.type : b.type;
  }
  if (category(a.type) >= category(b.type)) return a.type;
  if (b.type == dtype::weak_float) return dtype::float32;
  if (b.type == dtype::weak_int) return dtype::int64;
  return b.type;
}

/// The type of division and of exp, sin, ... on this operand: integers and bool become float32.
constexpr dtype floating_type(dtype d) {
  return is_floating(d) ? d : d == dtype::weak_int ? dtype::weak_float : dtype::float32;
}

}  // namespace slope
