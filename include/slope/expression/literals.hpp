// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/tree.hpp"

namespace slope {

namespace engine {

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
  return value * rational::power(rational(10), exponent);
}

}  // namespace engine

namespace literals {

/// An exact constant of a formula: `2_c`, `0.5_c`.
template <char... Digits>
consteval auto operator""_c() {
  constexpr rational value = engine::digits_value<Digits...>();
  static_assert(value.exact(), "slope: this constant does not fit a fraction of 64-bit integers");
  return constant<value.numerator, value.denominator>;
}

}  // namespace literals
}  // namespace slope
