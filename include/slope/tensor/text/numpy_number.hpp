// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/tensor/text/array.hpp"
#include "slope/tensor/text/decimal.hpp"

#include "slope/core/unoptimised_begin.ipp"

namespace slope::text {

/// The shortest digits of a finite value, or, where those go past `precision` places, the value
/// correctly rounded to that many places. Places are counted after the decimal point, or after
/// the first digit for the scientific notation.
///
/// With `exact`, the places of the scientific notation, and otherwise the digits before the point,
/// are all digits of the number: where fewer would tell a float from its neighbours the rest are
/// not zeros (9.9999997e-05 rather than 1.0000000e-04, and 66860952. rather than 66860950.).
inline decimal numpy_digits(double value, kind type, bool scientific, int precision, bool exact) {
  decimal const d = shortest(value, type);
  int const places = scientific ? d.count - 1 : d.count - d.point;
  int const least = !exact ? places : scientific ? precision : 0;
  if (places >= least && places <= precision) return d;
  // The notation without an exponent is used from 1e-4 on, so at least 4 digits are left of 8.
  int const wanted = places < least ? least : precision;
  int const digits = scientific ? wanted : wanted + d.point - 1;
  return read_scientific(write_rounded(value, notation::scientific, digits));
}

/// Digits before the point, a point, and at least `least` places.
inline word write_positional(decimal const& d, int least) {
  word w;
  if (d.negative) w.put('-');
  if (d.point <= 0) w.put('0');
  for (int i = 0; i < d.point; ++i) w.put(i < d.count ? d.digits[i] : '0');
  w.put('.');
  int places = 0;
  for (int i = d.point; i < d.count; ++i, ++places) w.put(i < 0 ? '0' : d.digits[i]);
  w.put(least - places, '0');
  return w;
}

/// `d.ddde+xx` with at least `least` places and `exponent_digits` digits in the exponent. `bare`
/// leaves out a point that nothing follows.
inline word write_scientific(decimal const& d, int least, int exponent_digits, bool bare = false) {
  word w;
  if (d.negative) w.put('-');
  w.put(d.digits[0]);
  if (!bare || d.count > 1) w.put('.');
  for (int i = 1; i < d.count; ++i) w.put(d.digits[i]);
  w.put(least - (d.count - 1), '0');
  int const exponent = d.point - 1;
  w.put(exponent < 0 ? "e-" : "e+");
  word const digits = write_integer(exponent < 0 ? -exponent : exponent);
  w.put(exponent_digits - digits.size, '0');
  w.put(digits.text);
  return w;
}

/// How the numbers of one array are written, so that their points line up.
class numpy_format {
public:
  numpy_format(array const& a, bool summarise) : type_(a.type), rank_(a.rank) {
    auto measure = [&](std::ptrdiff_t at) { widen(left_, write_integer(a.integer(at)).size); };
    if (a.is_floating())
      measure_floating(a, summarise);
    else if (type_ != kind::boolean)
      for_each_shown(a, summarise, measure);
  }

  void append(buffer& out, array const& a, std::ptrdiff_t at) const {
    if (type_ == kind::boolean) {
      bool const value = a.integer(at) != 0;
      text::append(out, value ? rank_ == 0 ? "True" : " True" : "False");
    } else if (!a.is_floating()) {
      pad(out, write_integer(a.integer(at)), left_);
    } else if (double const x = a.floating(at); !is_finite(x)) {
      pad(out, write_nonfinite(x), left_ + right_ + 1);
    } else if (scientific_) {
      decimal const d = numpy_digits(x, type_, true, precision_, true);
      pad(out, write_scientific(d, precision_, exponent_), left_ + 1 + right_);
    } else {
      word const w = write_positional(numpy_digits(x, type_, false, max_precision, true), 0);
      int const whole = point_of(w);
      append_spaces(out, left_ - whole);
      text::append(out, w);
      append_spaces(out, right_ - (w.size - whole - 1));
    }
  }

private:
  static constexpr int max_precision = 8;

  static void widen(int& size, int other) {
    if (other > size) size = other;
  }
  static void pad(buffer& out, word const& w, int width) {
    append_spaces(out, width - w.size);
    text::append(out, w);
  }
  static int point_of(word const& w) {
    int i = 0;
    while (w.text[i] != '.') ++i;
    return i;
  }

  void choose_notation(array const& a, bool summarise) {
    double least = 0, most = 0;
    bool any = false;
    auto look = [&](std::ptrdiff_t at) {
      double const x = a.floating(at);
      if (!is_finite(x) || is_zero(x)) return;
      double const size = is_negative(x) ? -x : x;
      if (!any || size < least) least = size;
      if (!any || size > most) most = size;
      any = true;
    };
    for_each_shown(a, summarise, look);
    if (!any) return;
    // The quotient is rounded to the array's own type before it is compared.
    double const ratio =
        type_ == kind::float32
            ? static_cast<double>(static_cast<float>(most) / static_cast<float>(least))
            : most / least;
    scientific_ = most >= 1e8 || least < 1e-4 || !is_finite(ratio) || ratio > 1000.0;
  }

  void measure_floating(array const& a, bool summarise) {
    choose_notation(a, summarise);
    int nonfinite = 0;
    bool any = false;
    auto measure = [&](std::ptrdiff_t at) {
      double const x = a.floating(at);
      if (!is_finite(x)) return widen(nonfinite, write_nonfinite(x).size);
      any = true;
      decimal const d = numpy_digits(x, type_, scientific_, max_precision, false);
      word const w = scientific_ ? write_scientific(d, 0, 2) : write_positional(d, 0);
      widen(left_, point_of(w));
      if (scientific_) {
        widen(precision_, d.count - 1);
        int const exponent = d.point > 0 ? d.point - 1 : 1 - d.point;
        widen(exponent_, exponent > 99 ? 3 : 2);
      } else {
        widen(right_, w.size - point_of(w) - 1);
      }
    };
    for_each_shown(a, summarise, measure);
    if (any && scientific_) right_ = precision_ + exponent_ + 2;
    widen(left_, nonfinite - (right_ + 1));
  }

  kind type_;
  int rank_;
  bool scientific_ = false;
  int precision_ = 0; // places of the scientific notation
  int exponent_ = 2;  // digits of its exponent
  int left_ = 0;      // columns before the point, or of an integer
  int right_ = 0;     // columns after it
};

/// A number by itself, as `str` of a NumPy scalar: all the digits it has.
inline void append_numpy_scalar(buffer& out, array const& a) {
  if (!a.is_floating()) {
    if (a.type == kind::boolean)
      append(out, a.integer(0) != 0 ? "True" : "False");
    else
      append(out, write_integer(a.integer(0)));
    return;
  }
  double const x = a.floating(0);
  if (!is_finite(x)) return append(out, write_nonfinite(x));
  decimal const d = shortest(x, a.type);
  double const size = is_negative(x) ? -x : x;
  bool const positional = is_zero(x) || (size >= 1e-4 && size < 1e16);
  append(out, positional ? write_positional(d, 1) : write_scientific(d, 0, 2, true));
}

} // namespace slope::text

#include "slope/core/unoptimised_end.ipp"
