// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/error_function.hpp>
#include <slope/math/gamma.hpp>
#include <slope/math/hyperbolic.hpp>

// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x), in double, number
// by number. Left of a the power series (DLMF 8.7.1), right of it the continued fraction (DLMF
// 8.9.2), for small a and x the series of Q (DLMF 8.7.3), and for large a near it Temme's
// expansion, which is uniform in x (DLMF 8.12.3 to 8.12.12). The small one of P and Q is computed,
// its exponent with more digits than double, and the other is 1 less that. Templates, so that
// programs without them need not compile what they call.
// The coefficients are those of DLMF 8.12.12, rounded.

namespace slope::math {

namespace detail {

/// d(k, n) of DLMF 8.12.12 for k = 0 .. 7 and n < 16 - 2 k.
inline constexpr double temme_coefficients[] = {
    -0x1.5555555555555p-2, 0x1.5555555555555p-4, -0x1.e573ac901e574p-7, 0x1.2f684bda12f68p-10,
    0x1.71de3a556c734p-12, -0x1.76e06fec7273bp-13, 0x1.48c5892f7cd83p-15, -0x1.255370652afc1p-19,
    -0x1.f1b22f594c6b5p-20, 0x1.bd6d21e4b4109p-21, -0x1.7b5f9a2d0465cp-23, 0x1.ccf5ceb7f0d9fp-28,
    0x1.6097d55c37c1cp-27, -0x1.2d2197c7a2faap-28, 0x1.f6e66d24d5c8ap-31, -0x1.c0d9b6edf2b0bp-36,
    -0x1.e573ac901e574p-10, -0x1.c71c71c71c71cp-9, 0x1.5ac056b015ac0p-9, -0x1.0394f6f09e723p-10,
    0x1.af83440e53dbcp-13, -0x1.af83440e53dbcp-22, -0x1.2fa4ae89e5af0p-16, 0x1.00a9cabd6b83ep-17,
    -0x1.b0bdfcc629cbap-20, 0x1.3f59230a8357cp-28, 0x1.280f2cde3f847p-23, -0x1.ee23d0cba8aeep-25,
    0x1.9aa7a30de114cp-27, -0x1.349fbca3a377bp-36, 0x1.0ee643b990ee6p-8, -0x1.5f7268edab4c8p-9,
    0x1.948b0fcd6e9e0p-11, 0x1.0db20a88f4696p-19, -0x1.c253efaa1a932p-14, 0x1.bbf43daf4fe53p-15,
    -0x1.ac2d05890f2c3p-17, 0x1.26154ae39151dp-25, 0x1.7058929663937p-20, -0x1.522cb05171911p-21,
    0x1.32ac81c15d3d7p-23, -0x1.c24bd0e740a6cp-33, 0x1.547d93b34e2b6p-11, 0x1.e13ce465fa859p-13,
    -0x1.ebfb188b7ca00p-12, 0x1.18b9b5bf2d984p-12, -0x1.3d2a3a29b5d9dp-14,
    -0x1.0152a1871f27ap-22, 0x1.73df462204ef4p-17, -0x1.7cd6f27b3f020p-18, 0x1.7e0201539310ep-20,
    -0x1.ea23269c140a7p-36, -0x1.c3e0b02da7bf9p-11, 0x1.9b0ff6874f2c4p-11,
    -0x1.3999a85a4237ap-12, -0x1.88f2ae1def9d0p-20, 0x1.16908b48ce058p-14,
    -0x1.4ce3fd902bcadp-15, 0x1.7db4c02846e81p-17, 0x1.13b3c5b7cb45ep-32, -0x1.6128ac5a4fa71p-12,
    -0x1.247604839c038p-14, 0x1.22be87360ef1fp-12, -0x1.a2042c5148e27p-13, 0x1.1d1e9cb24760bp-14,
    0x1.30bdcf208080ep-23, 0x1.168ef1b0931c8p-11, -0x1.36773bdb97b48p-11, 0x1.1c0950d3ecb9dp-12,
    0x1.a8411da6cab49p-21, 0x1.691879c01efb4p-12, 0x1.b1d75d3346711p-15};

using extended = sum_of_two<double>;

constexpr extended extended_sum(extended a, extended b) {
  auto const sum = exact_sum(a.high, b.high);
  double const low = sum.low + (a.low + b.low);
  double const high = opaque(sum.high + low);
  return {high, opaque(sum.high - high) + low};
}
constexpr extended extended_product(double a, extended b) {
  double const product = opaque(a * b.high);
  double const a_high = leading_half(a), b_high = leading_half(b.high);
  double const a_low = opaque(a - a_high), b_low = opaque(b.high - b_high);
  double const first = opaque(opaque(a_high * b_high) - product);
  double const second = opaque(first + a_high * b_low);
  double const third = opaque(second + a_low * b_high);
  return {product, third + (a_low * b_low + a * b.low)};
}

/// factor x^a e^-x / gamma(a + 1), by Stirling's series at a or a + 3.
template <class X>
constexpr double gamma_density(X a, X x, double factor) {
  bool const low = a < 3;
  extended const from = low ? exact_sum(a, 3.0) : extended{a, 0};
  extended product{factor, 0};
  for (int n = 1; low && n <= 3; ++n) {
    extended const next = exact_sum(a, static_cast<double>(n));
    product = extended_sum(extended_product(next.high, product), {next.low * product.high, 0});
  }
  // a log(x) - x - (from + 1/2) log(from) + from - log(2 pi) / 2 - S.
  extended const l = log_extended(from.high);
  extended sum = extended_sum(extended_product(a, log_extended(x)),
                              extended_product(-from.high, l));
  sum = extended_sum(sum, {-0.5 * l.high, -0.5 * l.low});
  sum = extended_sum(sum, exact_sum(from.high, -x));
  sum = extended_sum(sum, {-0x1.d67f1c864beb5p-1, 0x1.65b5a1b7ff5dfp-55});
  double const inverse = 1 / from.high;
  double const series = inverse * polynomial_of(inverse * inverse, lgamma_stirling);
  sum = extended_sum(sum, {-series, -from.low * (l.high + 0.5 * inverse)});
  return exp_sum(sum.high, sum.low, product.high, product.low);
}

/// P(a, x) by its power series: as many terms as count, then added from behind.
template <class X>
constexpr double lower_gamma_series(X a, X x) {
  int count = 0;
  double sum = 1;
  for (double term = 1; term > 0x1p-57 * sum && count < 4000; sum += term)
    term *= x / (a + ++count);
  sum = 1;
  for (; count > 0; --count) sum = 1 + x / (a + count) * sum;
  return gamma_density(a, x, sum);
}

/// Q(a, x) by its continued fraction: as many terms as count (Lentz's way), then from behind.
template <class X>
constexpr double upper_gamma_fraction(X a, X x) {
  double const distance = x - a;
  int count = 0;
  double c = 0x1p300, d = 1 / (distance + 1);
  for (double turn = 0; abs(turn - 1) > 0x1p-52 && count < 4000;) {
    ++count;
    double const numerator = count * (a - count), b = distance + (2 * count + 1);
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    turn = c * d;
  }
  count += count / 2 + 4;  // the turns have rounding errors, too
  double value = distance + (2 * count + 1);
  for (; count > 0; --count) value = distance + (2 * count - 1) + count * (a - count) / value;
  return gamma_density(a, x, a / value);
}

/// Q(a, x) for small a and x, where P is nearly 1.
template <class X>
constexpr double upper_gamma_series(X a, X x) {
  double factor = 1, sum = 0;
  for (double n = 1; n < 200; ++n) {
    factor *= -x / n;
    double const term = factor / (a + n);
    sum += term;
    if (abs(term) <= 0x1p-56 * abs(sum)) break;
  }
  double const exponent = a * log(x) - lgamma_right(a < 0.5 ? a : a + 1);
  return -expm1(exponent) - a * exp(exponent) * sum;
}

/// The smaller of P(a, x) and Q(a, x), for large a and x within 0.3 of it: P where x < a.
template <class X>
constexpr double uniform_gamma(X a, X x) {
  double const distance = x - a;  // exact
  double const mu = distance / a;
  double const mu_low = extended_sum({distance, 0}, extended_product(-mu, {a, 0})).high / a;
  // exponent = a (mu - log(1 + mu)), eta^2 / 2 = exponent / a.
  extended exponent{};
  if (a < 0x1p20) {
    double const ratio = opaque(1 + mu);
    double const lost = opaque(mu - opaque(ratio - 1)) + mu_low;
    extended l = log_extended(ratio);
    l.low += lost / ratio;
    exponent = extended_sum({distance, 0}, extended_product(-a, l));
  } else {
    double series = 0;  // (mu - log(1 + mu)) / mu^2 less 1/2
    double power = -mu;
    for (int n = 3; n < 60 && abs(power) > 0x1p-60; ++n, power *= -mu) series += power / n;
    extended const half = extended_product(distance, {0.5 * mu, 0.5 * mu_low});
    exponent = extended_sum(half, {distance * mu * series, 0});
  }
  if (exponent.high > 750) return 0;
  double const size = at_least(exponent.high, 0), z = sqrt(size);
  double const eta = copysign(sqrt((size + size) / a), distance);
  double sum = 0;
  int end = 72;
  for (int k = 7, count = 2; k >= 0; --k, count += 2) {
    double inner = 0;
    for (int n = 0; n < count; ++n) inner = inner * eta + temme_coefficients[--end];
    sum = sum / a + inner;
  }
  double const rest = (distance < 0 ? -sum : sum) * 0x1.9884533d43651p-2 / sqrt(a);
  double const tail = z < 0.5 ? erfc(z) : scaled_erfc(z, 0.0, -exponent.high, -exponent.low);
  return 0.5 * tail + exp_sum(-exponent.high, -exponent.low, rest, 0.0);
}

/// P(a, x), or Q(a, x), for finite positive a and x.
template <class X>
constexpr double incomplete_gamma(X a, X x, bool upper) {
  double small = 0;
  bool small_is_upper = x > a;
  if (a >= 50 && abs(x - a) <= 0.3 * a) {
    small = uniform_gamma(a, x);
    small_is_upper = x >= a;
  } else if (a > 1e5 || x > 1e5) {
    small = 0;
  } else if (x <= 1.1) {
    small_is_upper = x <= 0.5 ? a <= -0.4 / log(x) : a <= 0.75 * x;
    small = !small_is_upper ? lower_gamma_series(a, x)
            : x < 0.75      ? upper_gamma_series(a, x)
                            : upper_gamma_fraction(a, x);
  } else {
    small = small_is_upper ? upper_gamma_fraction(a, x) : lower_gamma_series(a, x);
  }
  return small_is_upper == upper ? small : 1 - small;
}

/// With what torch has at the ends; NaN for negative arguments, and where both are 0 or infinite.
template <class X>
[[gnu::noinline]] constexpr double incomplete_gamma_of(X a, X x, bool upper) {
  double const infinity = infinity_like(a);
  double const none = upper ? 1 : 0, all = 1 - none;
  if (!(a >= 0 && x >= 0) || (a == 0 && x == 0) || (a == infinity && x == infinity))
    return nan_like(a);
  if (a == 0 || x == infinity) return all;
  if (x == 0 || a == infinity) return none;
  return incomplete_gamma(a, x, upper);
}

template <class X>
[[gnu::always_inline]] constexpr X each_incomplete_gamma(X a, X x, bool upper) {
  using T = scalar_type_t<X>;
  if constexpr (is_pack_v<X>) {
    X result = x;
    for (int i = 0; i < X::lanes; ++i)
      result.data[i] = static_cast<T>(incomplete_gamma_of(static_cast<double>(a[i]),
                                                          static_cast<double>(x[i]), upper));
    return result;
  } else {
    return static_cast<T>(
        incomplete_gamma_of(static_cast<double>(a), static_cast<double>(x), upper));
  }
}

}  // namespace detail

/// The regularised lower incomplete gamma function P(a, x) for a, x >= 0: the integral of
/// t^(a-1) e^-t from 0 to x, over gamma(a). NaN for negative arguments.
template <floating X>
[[gnu::always_inline]] constexpr X igamma(X a, X x) {
  return detail::each_incomplete_gamma(a, x, false);
}
/// The upper one, 1 - igamma(a, x), accurate where it is small.
template <floating X>
[[gnu::always_inline]] constexpr X igammac(X a, X x) {
  return detail::each_incomplete_gamma(a, x, true);
}

}  // namespace slope::math
