// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cstdint>
#include <string>

#include "slope/core/text.hpp"
#include "slope/tensor/text/array.hpp"

#include "slope/core/unoptimised_begin.ipp"

// std::to_chars throughout: exact, and blind to the locale, which would turn 0.5 into 0,5.
namespace slope::text {

/// Short text without a heap block: one number.
struct word {
  char text[40]{};
  int size = 0;

  void put(char c) { text[size++] = c; }
  void put(int count, char c) {
    while (count-- > 0) put(c);
  }
  void put(char const* s) {
    while (*s != 0) put(*s++);
  }
};

// Instead of `+=`, whose templates each length of literal would instantiate.
inline void append(std::string& out, char c) { out.push_back(c); }
inline void append(std::string& out, char const* s) {
  out.append(s, std::char_traits<char>::length(s));
}
inline void append(std::string& out, word const& w) {
  out.append(w.text, static_cast<std::size_t>(w.size));
}
inline void append_spaces(std::string& out, int count) {
  if (count > 0) out.append(static_cast<std::size_t>(count), ' ');
}

inline word write_integer(std::int64_t value) {
  slope::detail::text_buffer<20> buffer;  // std::to_chars is a template for integers
  buffer.write_integer(value);
  word w;
  w.put(buffer.text);
  return w;
}

inline word write_nonfinite(double value) {
  word w;
  w.put(is_nan(value) ? "nan" : is_negative(value) ? "-inf" : "inf");
  return w;
}

/// As `%.{digits}f` and `%.{digits}e` of C, for finite values; `fixed` below 1e20.
inline word write_rounded(double value, std::chars_format how, int digits) {
  word w;
  char* const end = w.text + sizeof w.text;
  w.size = static_cast<int>(std::to_chars(w.text, end, value, how, digits).ptr - w.text);
  return w;
}

/// A finite number in decimal: 0.d1 d2 ... times ten to the `point`, without trailing zeros.
/// Zero is the single digit 0 with `point` 1.
struct decimal {
  bool negative = false;
  int count = 0;
  int point = 0;
  char digits[24]{};
};

/// Reads `d.ddde+xx`.
inline decimal read_scientific(word const& w) {
  decimal d;
  int i = 0;
  if (w.text[i] == '-') d.negative = (++i, true);
  for (; i < w.size && w.text[i] != 'e'; ++i) {
    if (w.text[i] != '.') d.digits[d.count++] = w.text[i];
  }
  bool const down = w.text[++i] == '-';
  int exponent = 0;
  for (++i; i < w.size; ++i) exponent = 10 * exponent + (w.text[i] - '0');
  d.point = (down ? -exponent : exponent) + 1;
  while (d.count > 1 && d.digits[d.count - 1] == '0') --d.count;
  return d;
}

/// The fewest digits that read back as this float or double.
inline decimal shortest(double value, kind type) {
  word w;
  char* const end = w.text + sizeof w.text;
  auto const how = std::chars_format::scientific;
  char const* const last = type == kind::float32
                               ? std::to_chars(w.text, end, static_cast<float>(value), how).ptr
                               : std::to_chars(w.text, end, value, how).ptr;
  w.size = static_cast<int>(last - w.text);
  return read_scientific(w);
}

} // namespace slope::text

#include "slope/core/unoptimised_end.ipp"
