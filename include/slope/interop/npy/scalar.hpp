// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "slope/core/dtype.hpp"

namespace slope::npy::detail {

/// The element types of files that can be read.
enum class scalar : std::uint8_t { none, b1, i1, i2, i4, i8, u1, u2, u4, u8, f2, f4, f8 };

constexpr int size_of(scalar s) {
  switch (s) {
    case scalar::i2:
    case scalar::u2:
    case scalar::f2: return 2;
    case scalar::i4:
    case scalar::u4:
    case scalar::f4: return 4;
    case scalar::i8:
    case scalar::u8:
    case scalar::f8: return 8;
    default: return 1;
  }
}
constexpr bool is_floating(scalar s) { return s >= scalar::f2; }

struct scalar_name {
  std::string_view name;
  scalar type;
};

// NumPy's type strings, its one-letter codes (of 64-bit Linux), and its names of types.
inline constexpr scalar_name scalar_names[] = {
    {"b1", scalar::b1},      {"i1", scalar::i1},      {"i2", scalar::i2},
    {"i4", scalar::i4},      {"i8", scalar::i8},      {"u1", scalar::u1},
    {"u2", scalar::u2},      {"u4", scalar::u4},      {"u8", scalar::u8},
    {"f2", scalar::f2},      {"f4", scalar::f4},      {"f8", scalar::f8},
    {"?", scalar::b1},       {"b", scalar::i1},       {"h", scalar::i2},
    {"i", scalar::i4},       {"l", scalar::i8},       {"q", scalar::i8},
    {"B", scalar::u1},       {"H", scalar::u2},       {"I", scalar::u4},
    {"L", scalar::u8},       {"Q", scalar::u8},       {"e", scalar::f2},
    {"f", scalar::f4},       {"d", scalar::f8},       {"bool", scalar::b1},
    {"int8", scalar::i1},    {"int16", scalar::i2},   {"int32", scalar::i4},
    {"int64", scalar::i8},   {"uint8", scalar::u1},   {"uint16", scalar::u2},
    {"uint32", scalar::u4},  {"uint64", scalar::u8},  {"float16", scalar::f2},
    {"float32", scalar::f4}, {"float64", scalar::f8},
};

/// The type and byte order that a `descr` text means; `none` where it is not a number.
struct scalar_layout {
  scalar type = scalar::none;
  bool swapped = false;
};

constexpr scalar_layout parse_scalar(std::string_view text) {
  constexpr bool little = std::endian::native == std::endian::little;
  bool swapped = false;
  if (!text.empty() && (text[0] == '<' || text[0] == '>' || text[0] == '=' || text[0] == '|')) {
    swapped = text[0] == (little ? '>' : '<');
    text.remove_prefix(1);
  }
  for (scalar_name const& known : scalar_names) {
    if (known.name == text) return {known.type, swapped};
  }
  return {};
}

/// The type string that NumPy writes for an element type of ours.
constexpr char const* type_string(dtype d) {
  constexpr bool little = std::endian::native == std::endian::little;
  switch (d) {
    case dtype::int32: return little ? "<i4" : ">i4";
    case dtype::int64: return little ? "<i8" : ">i8";
    case dtype::float32: return little ? "<f4" : ">f4";
    case dtype::float64: return little ? "<f8" : ">f8";
    default: return "|b1";
  }
}

/// Are the file's elements, but for the byte order, those of a tensor? bool is not: a byte of a
/// file may be neither 0 nor 1.
constexpr bool same_representation(scalar from, dtype to) {
  return (to == dtype::int32 && from == scalar::i4) || (to == dtype::int64 && from == scalar::i8) ||
         (to == dtype::float32 && from == scalar::f4) ||
         (to == dtype::float64 && from == scalar::f8);
}

/// May a file of one type be loaded as another? Where every value is kept; 64-bit integers as
/// float64 and uint64 as int64 too, their values are looked at one by one.
constexpr bool loads_as(scalar from, dtype to) {
  bool const tiny = from <= scalar::i2 || from == scalar::u1 || from == scalar::u2;
  switch (to) {
    case dtype::boolean: return from == scalar::b1;
    case dtype::int32: return tiny || from == scalar::i4;
    case dtype::int64: return !is_floating(from);
    case dtype::float32: return tiny || from == scalar::f2 || from == scalar::f4;
    case dtype::float64: return true;
    default: return false;
  }
}

/// IEEE binary16: 5 bits of exponent, 10 of fraction.
inline float half_to_float(std::uint16_t half) {
  std::uint32_t const sign = std::uint32_t{half} >> 15 << 31;
  std::uint32_t const exponent = half >> 10 & 31u;
  std::uint32_t const fraction = half & 1023u;
  if (exponent == 0) {
    float const size = static_cast<float>(fraction) * 0x1p-24f;
    return sign != 0 ? -size : size;
  }
  std::uint32_t const widened = exponent == 31 ? 255u : exponent + 112u;
  return std::bit_cast<float>(sign | widened << 23 | fraction << 13);
}

/// One element of a file: an integer (`negative` with its two's complement bits) or a real number.
struct element {
  bool floating = false;
  bool negative = false;
  std::uint64_t bits = 0;
  double real = 0;
};

template <class T>
T read_as(unsigned char const* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

/// Decodes an element whose bytes are in native order.
inline element decode(unsigned char const* bytes, scalar type) {
  auto signed_integer = [](std::int64_t v) {
    return element{false, v < 0, static_cast<std::uint64_t>(v), 0};
  };
  switch (type) {
    case scalar::i1: return signed_integer(read_as<std::int8_t>(bytes));
    case scalar::i2: return signed_integer(read_as<std::int16_t>(bytes));
    case scalar::i4: return signed_integer(read_as<std::int32_t>(bytes));
    case scalar::i8: return signed_integer(read_as<std::int64_t>(bytes));
    case scalar::u1: return {false, false, bytes[0], 0};
    case scalar::u2: return {false, false, read_as<std::uint16_t>(bytes), 0};
    case scalar::u4: return {false, false, read_as<std::uint32_t>(bytes), 0};
    case scalar::u8: return {false, false, read_as<std::uint64_t>(bytes), 0};
    case scalar::f2:
      return {true, false, 0, static_cast<double>(half_to_float(read_as<std::uint16_t>(bytes)))};
    case scalar::f4: return {true, false, 0, static_cast<double>(read_as<float>(bytes))};
    case scalar::f8: return {true, false, 0, read_as<double>(bytes)};
    default: return {false, false, bytes[0] != 0 ? 1u : 0u, 0};
  }
}

/// Writes an element to a tensor's memory, for types that `loads_as` admits; false where this value
/// is not kept after all.
inline bool encode(element const& e, dtype to, void* out, std::size_t index) {
  auto const integer = static_cast<std::int64_t>(e.bits);
  switch (to) {
    case dtype::boolean: static_cast<bool*>(out)[index] = e.bits != 0; return true;
    case dtype::int32:
      static_cast<std::int32_t*>(out)[index] = static_cast<std::int32_t>(integer);
      return true;
    case dtype::int64:
      static_cast<std::int64_t*>(out)[index] = integer;
      return e.negative || integer >= 0;
    case dtype::float32:
      static_cast<float*>(out)[index] =
          e.floating ? static_cast<float>(e.real) : static_cast<float>(integer);
      return true;
    default: break;
  }
  double const value = e.floating   ? e.real
                       : e.negative ? static_cast<double>(integer)
                                    : static_cast<double>(e.bits);
  static_cast<double*>(out)[index] = value;
  if (e.floating) return true;
  // Exact when the digits between the highest and the lowest bit that is set fit the fraction.
  std::uint64_t const size = e.negative ? 0 - e.bits : e.bits;
  return size == 0 || static_cast<int>(std::bit_width(size)) - std::countr_zero(size) <= 53;
}

}  // namespace slope::npy::detail
