// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "slope/core/text.hpp"
#include "slope/tensor/text/array.hpp"
#include "slope/tensor/text/buffer.hpp"

#include "slope/core/unoptimised_begin.ipp"

// By the C library, whose digits are exact. (<charconv> is 2 % of a small program's compile time.)
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

inline void append(buffer& out, char c) { out.append(c); }
inline void append(buffer& out, char const* s) { out.append(s); }
inline void append(buffer& out, word const& w) {
  out.append(w.text, static_cast<std::size_t>(w.size));
}
inline void append_spaces(buffer& out, int count) { out.append(count, ' '); }

inline word write_integer(std::int64_t value) {
  slope::detail::text_buffer<20> buffer;
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

enum class notation : std::uint8_t { fixed, scientific };

/// As `%.{digits}f` and `%.{digits}e` of C, for finite values; `fixed` below 1e20. Whatever the locale
/// writes for the point, it is a point.
inline word write_rounded(double value, notation how, int digits) {
  char written[64];
  std::snprintf(written, sizeof written, how == notation::fixed ? "%.*f" : "%.*e", digits, value);
  word w;
  for (char const* c = written; *c != 0; ++c) {
    bool const plain = (*c >= '0' && *c <= '9') || *c == '-' || *c == '+' || *c == 'e';
    if (plain) w.put(*c);
    else if (w.text[w.size - 1] != '.') w.put('.');  // a point may be of several bytes
  }
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

/// The fewest digits that read back as this float or double, in the locale of the moment.
inline decimal shortest(double value, kind type) {
  int digits = 0;
  char written[64];
  for (bool same = false; !same; ++digits) {
    std::snprintf(written, sizeof written, "%.*e", digits, value);
    same = type == kind::float32
               ? std::strtof(written, nullptr) == static_cast<float>(value)
               : std::strtod(written, nullptr) == value;
    same = same || digits == 17;
  }
  return read_scientific(write_rounded(value, notation::scientific, digits - 1));
}

} // namespace slope::text

#include "slope/core/unoptimised_end.ipp"
