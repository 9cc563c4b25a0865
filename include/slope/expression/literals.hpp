// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>

#include "slope/expression/tree.hpp"

namespace slope {

namespace engine {

/// The digits as a double: 19 of them and the exponent in extended precision, rounded once.
constexpr double digits_double(char const* text) {
  std::uint64_t digits = 0;
  int exponent = 0;
  bool fraction = false;
  for (; *text != 0 && *text != 'e' && *text != 'E'; ++text) {
    if (*text == '.') fraction = true;
    if (*text < '0' || *text > '9') continue;
    bool const fits = digits < 1000000000000000000u;
    if (fits) digits = digits * 10 + static_cast<std::uint64_t>(*text - '0');
    exponent += fraction ? (fits ? -1 : 0) : (fits ? 0 : 1);
  }
  if (*text != 0) {
    bool const negative = *++text == '-';
    if (*text == '-' || *text == '+') ++text;
    int written = 0;
    for (; *text != 0; ++text)
      if (*text != '\'') written = written * 10 + (*text - '0');
    exponent += negative ? -written : written;
  }
  long double value = static_cast<long double>(digits), power = 10;
  for (int rest = exponent < 0 ? -exponent : exponent; rest != 0; rest /= 2) {
    if (rest % 2 == 1) value = exponent < 0 ? value / power : value * power;
    if (rest > 1) power *= power;
  }
  return static_cast<double>(value);
}

/// The exact value of the digits of a literal: 2, 0.5, 1e3.
template <char... Digits>
consteval rational digits_value() {
  char const text[] = {Digits..., 0};
  rational value(0);
  std::int64_t exponent = 0;
  bool fraction = false;
  for (int i = 0; text[i] != 0; ++i) {
    char const c = text[i];
    if (c == '.') fraction = true;
    else if (c == 'e' || c == 'E') {
      bool const negative = text[i + 1] == '-';
      std::int64_t power = 0;
      for (i += (negative || text[i + 1] == '+') ? 2 : 1; text[i] != 0; ++i)
        power = power * 10 + (text[i] - '0');
      exponent += negative ? -power : power;
      break;
    } else if (c != '\'') {
      value = value * rational(10) + rational(c - '0');
      if (fraction) --exponent;
    }
  }
  rational const exact = value * rational::power(rational(10), exponent);
  return exact.exact() ? exact : rational::inexact(digits_double(text));
}

}  // namespace engine

namespace literals {

/// An exact constant of a formula: `2_c`, `0.5_c`; what does not fit a fraction of 64-bit integers
/// is a double.
template <char... Digits>
consteval auto operator""_c() {
  constexpr rational value = engine::digits_value<Digits...>();
  if constexpr (value.exact()) return constant<value.numerator, value.denominator>;
  else return constant_t<std::bit_cast<std::int64_t>(value.floating), 0>{};
}

}  // namespace literals

/// The ratio of a circle's circumference to its diameter, to double precision.
inline constexpr constant_t<std::bit_cast<std::int64_t>(detail::pi), 0> pi_c{};
/// The base of natural logarithms, to double precision.
inline constexpr constant_t<std::bit_cast<std::int64_t>(detail::e), 0> e_c{};

}  // namespace slope
