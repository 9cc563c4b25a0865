// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace slope {

namespace detail {
/// Constants that have names: pi and the base of natural logarithms.
inline constexpr double pi = 3.14159265358979323846, e = 2.71828182845904523536;
}  // namespace detail

/// An exact constant: a reduced fraction of 64-bit integers, or, where that overflows, a double.
struct rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  /// Used instead of the fraction when `denominator` is 0.
  double floating = 0;

  constexpr rational() = default;
  constexpr rational(std::int64_t n) : numerator(n) {}
  constexpr rational(std::int64_t n, std::int64_t d) : numerator(n), denominator(d) { reduce(); }

  /// A constant that is a double and nothing better.
  static constexpr rational inexact(double value) {
    rational result;
    result.denominator = 0;
    result.floating = value;
    return result;
  }
  /// The simplest fraction that rounds to `value` (0.1 is 1/10), or the double itself where none
  /// fits: the Stern-Brocot search by continued fractions.
  static constexpr rational from_double(double value);

  constexpr bool exact() const { return denominator != 0; }
  constexpr bool is_integer() const { return denominator == 1; }
  constexpr double to_double() const {
    return exact() ? static_cast<double>(numerator) / static_cast<double>(denominator) : floating;
  }
  constexpr bool is(std::int64_t n) const { return denominator == 1 && numerator == n; }
  constexpr bool is_negative() const { return exact() ? numerator < 0 : floating < 0; }

  friend constexpr bool operator==(rational const& a, rational const& b) {
    return a.numerator == b.numerator && a.denominator == b.denominator &&
           (a.denominator != 0 || a.floating == b.floating);
  }
  // Whole numbers come first here and below: they are the most, and constant evaluation is slow.
  friend constexpr rational operator+(rational const& a, rational const& b) {
    if (a.denominator == 1 && b.denominator == 1) {
      std::int64_t n = 0;
      if (!__builtin_add_overflow(a.numerator, b.numerator, &n) && n != INT64_MIN) return {n};
    }
    if (a.exact() && b.exact()) {
      std::int64_t x = 0, y = 0, n = 0, d = 0;
      if (!__builtin_mul_overflow(a.numerator, b.denominator, &x) &&
          !__builtin_mul_overflow(b.numerator, a.denominator, &y) &&
          !__builtin_add_overflow(x, y, &n) &&
          !__builtin_mul_overflow(a.denominator, b.denominator, &d) && n != INT64_MIN) {
        return {n, d};
      }
    }
    return inexact(a.to_double() + b.to_double());
  }
  friend constexpr rational operator*(rational const& a, rational const& b) {
    if (a.is(1)) return b;
    if (b.is(1)) return a;
    if (a.denominator == 1 && b.denominator == 1) {
      std::int64_t n = 0;
      if (!__builtin_mul_overflow(a.numerator, b.numerator, &n) && n != INT64_MIN) return {n};
    }
    if (a.exact() && b.exact()) {
      // Reduced crosswise first, so that only true overflow is overflow.
      rational const p(a.numerator, b.denominator), q(b.numerator, a.denominator);
      std::int64_t n = 0, d = 0;
      if (!__builtin_mul_overflow(p.numerator, q.numerator, &n) &&
          !__builtin_mul_overflow(p.denominator, q.denominator, &d) && n != INT64_MIN) {
        return {n, d};
      }
    }
    return inexact(a.to_double() * b.to_double());
  }
  friend constexpr rational operator-(rational const& a) {
    return a.exact() ? rational(-a.numerator, a.denominator) : inexact(-a.floating);
  }
  friend constexpr rational operator-(rational const& a, rational const& b) { return a + -b; }
  /// 1/a; a must not be 0.
  static constexpr rational inverse(rational const& a) {
    if (!a.exact()) return inexact(1 / a.floating);
    return a.numerator < 0 ? rational(-a.denominator, -a.numerator)
                           : rational(a.denominator, a.numerator);
  }
  friend constexpr bool operator<(rational const& a, rational const& b) {
    if (a.exact() && b.exact()) {
      std::int64_t x = 0, y = 0;
      if (!__builtin_mul_overflow(a.numerator, b.denominator, &x) &&
          !__builtin_mul_overflow(b.numerator, a.denominator, &y)) {
        return x < y;
      }
    }
    return a.to_double() < b.to_double();
  }
  /// a to an integer power.
  static constexpr rational power(rational base, std::int64_t exponent) {
    if (exponent < 0) {
      base = inverse(base);
      exponent = -exponent;
    }
    rational result(1);
    for (; exponent != 0; exponent >>= 1) {
      if ((exponent & 1) != 0) result = result * base;
      if (exponent > 1) base = base * base;
    }
    return result;
  }

 private:
  constexpr void reduce() {
    if (denominator == 1) return;
    std::int64_t a = numerator < 0 ? -numerator : numerator, b = denominator;
    while (b != 0) {
      std::int64_t const r = a % b;
      a = b;
      b = r;
    }
    if (a > 1) {
      numerator /= a;
      denominator /= a;
    }
  }
};

constexpr rational rational::from_double(double value) {
  double const magnitude = value < 0 ? -value : value;
  if (!(magnitude < 9.0e15)) {
    if (magnitude < 9.0e18 && magnitude == static_cast<double>(static_cast<std::int64_t>(magnitude)))
      return rational(static_cast<std::int64_t>(value));
    return inexact(value);
  }
  // Convergents of the continued fraction until one rounds to the value itself.
  std::int64_t n0 = 0, n1 = 1, d0 = 1, d1 = 0;
  double rest = magnitude;
  for (int step = 0; step < 40; ++step) {
    if (!(rest < 9.0e15)) break;
    auto const whole = static_cast<std::int64_t>(rest);
    std::int64_t n = 0, d = 0;
    if (__builtin_mul_overflow(whole, n1, &n) || __builtin_add_overflow(n, n0, &n) ||
        __builtin_mul_overflow(whole, d1, &d) || __builtin_add_overflow(d, d0, &d)) {
      break;
    }
    if (d > (std::int64_t{1} << 53) || n > (std::int64_t{1} << 53)) break;
    if (static_cast<double>(n) / static_cast<double>(d) == magnitude) {
      return {value < 0 ? -n : n, d};
    }
    n0 = n1, n1 = n, d0 = d1, d1 = d;
    double const fraction = rest - static_cast<double>(whole);
    if (fraction == 0) break;
    rest = 1 / fraction;
  }
  return inexact(value);
}

}  // namespace slope
