// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/gamma.hpp>

// The derivatives of digamma: (-1)^(n+1) n! zeta(n + 1, x) with Hurwitz's zeta function (DLMF
// 25.11.12), summed directly up to some y and by Euler and Maclaurin's formula from there (DLMF
// 25.11.5), all terms of one sign; reflection (the derivatives of DLMF 5.5.4) on the left.

namespace slope::math {

namespace detail {

/// B(2j) / (2j)! for j = 1, 2, ...
inline constexpr double bernoulli_over_factorial[] = {
    0x1.5555555555555p-4,  -0x1.6c16c16c16c17p-10, 0x1.1566abc011567p-15, -0x1.bbd779334ef0bp-21,
    0x1.66a8f2bf70ebep-26, -0x1.22805d644267fp-31, 0x1.d6db2c4e09162p-37, -0x1.7da4e1f79955cp-42,
    0x1.355871d652e9ep-47, -0x1.f57d968caacf1p-53, 0x1.967e1f09c376fp-58, -0x1.497d9033a2b5cp-63};

/// The largest order: 171! is no double.
inline constexpr int largest_polygamma = 169;

template <class T>
constexpr T factorial(T n) {
  T r = 1;
  for (T i = 2; i <= n; ++i) r *= i;
  return r;
}

/// a * b, infinity where it overflows, in constant evaluation too.
template <class X>
[[gnu::always_inline]] constexpr X times(X a, double b) {
  if constexpr (!is_pack_v<X>) {
    if (__builtin_is_constant_evaluated() && abs(a) > format_of<X>::largest / b)
      return copysign(infinity_like(a), a);
  }
  return a * like(a, b);
}

/// (y + lost)^-s, |lost| far below y.
template <class X>
[[gnu::always_inline]] constexpr X inverse_power(X y, X lost, int s) {
  X const inverse = one(y) / y;
  X p = inverse;
  if (s == 2) p = one(y) / (y * y);
  else if (s == 3) p = one(y) / (y * y * y);
  else if (s > 3) p = pow(y, like(y, -s));
  return p - p * (like(y, s) * lost * inverse);
}

/// The sum of (a + k)^-s over k = 1, 2, ...; s >= 2.
template <class X>
[[gnu::always_inline]] constexpr X zeta_rest(X a, int s) {
  // Beyond this the terms of the formula shrink fast enough.
  X const bound = like(a, s + 8);
  X k = one(a);
  sum_of_two<X> sum{zero(a), zero(a)};
  auto y = exact_sum(a, k);
  while (reduce_any(y.high < bound)) {
    auto const open = y.high < bound;
    X const term = select(open, inverse_power(y.high, y.low, s), zero(a));
    auto const next = exact_sum(sum.high, term);
    sum = {next.high, sum.low + next.low};
    k = select(open, k + one(a), k);
    y = exact_sum(a, k);
  }
  // y^(1-s) (1 / (s - 1) + 1 / (2y) + s / (12 y^2) - ...).
  X const power = inverse_power(y.high, y.low, s - 1);
  X const inverse = one(a) / y.high;
  X factor = like(a, s) * inverse;
  X tail = like(a, 0.5);
  for (int j = 0; j < 12; ++j) {
    tail = tail + factor * like(a, bernoulli_over_factorial[j]);
    factor = factor * (like(a, double(s + 2 * j + 1) * (s + 2 * j + 2)) * inverse * inverse);
  }
  return sum.high + (power / like(a, s - 1) + (sum.low + power * (inverse * tail)));
}

/// What d^n/dx^n pi cot(pi x) is over (-1)^n (pi / sin(pi x))^(n+1): a polynomial in c = cos(pi x),
/// by Q(n+1) = (1 - c^2) Q'(n) + (n + 1) c Q(n) from Q(0) = c. Its coefficients are not negative.
template <class X>
constexpr X cotangent_polynomial(X c, int n) {
  double q[largest_polygamma + 2]{0, 1};
  for (int m = 1; m <= n; ++m) {
    double before = 0;  // the old coefficient one below
    for (int i = 0; i <= m; ++i) {
      double const here = q[i];
      q[i] = (i + 1) * q[i + 1] + (i == 0 ? 0 : (m - (i - 1)) * before);
      before = here;
    }
  }
  X r = zero(c);
  for (int i = n; i >= 0; --i) r = multiply_add(r, c, like(c, q[i]));
  return r;
}

struct polygamma_finite {  // for 1 <= n, x no pole, and x^-(n+1) no overflow
  int n;
  template <class X>
  constexpr X operator()(X x) const {
    X const a = abs(x);
    auto const left = x < zero(x);
    scalar_type_t<X> const scale = factorial<scalar_type_t<X>>(n);
    // The sum for 1 + a: the one for a lacks its first term.
    X const rest = zeta_rest(a, n + 1);
    X result = x;
    if (!reduce_all(left)) {
      X const sum = times(inverse_power(a, zero(a), n + 1) + rest, scale);
      result = n % 2 == 1 ? sum : -sum;
    }
    if (reduce_any(left)) {
      // psi_n(-a) = (-1)^n psi_n(1 + a) + (pi / sin(pi a))^(n+1) Q(cos(pi a)).
      X const r = a - round(a);
      X const base = like(a, 0x1.921fb54442d18p1) / sin_pi(r);
      X const cosine = sin_pi(like(a, 0.5) - abs(r));
      X const other =
          n == 1 ? base * base : pow(base, like(a, n + 1)) * cotangent_polynomial(cosine, n);
      result = select(left, other - times(rest, scale), result);
    }
    return result;
  }
};

}  // namespace detail

/// The nth derivative of digamma, for 0 <= n <= 169 (NaN for other n).
///
/// At its poles and, from n = 2 on, at -inf as in torch: infinite, of the sign that it has right of
/// a pole; NaN at -inf for n = 1. 0 at inf, where torch has NaN from n = 2 on, and infinite at the
/// poles of n = 1, where torch has large numbers. On the left, where the result has a power of
/// pi / sin(pi x), the error grows with n; for even n see lgamma on zeros.
template <floating X>
[[gnu::always_inline]] constexpr X polygamma(int n, X x) {
  using namespace detail;
  if (n == 0) return digamma(x);
  if (n < 0 || n > largest_polygamma) return nan_like(x);
  X const limit = n % 2 == 1 ? infinity_like(x) : -infinity_like(x);
  // Below this the result overflows: (n! / largest)^(1 / (n + 1)).
  using real = rebind_t<scalar_type_t<X>, double>;
  real const logarithm = log(factorial<real>(n));
  real const bound = exp((logarithm - (is_double<X> ? 709.782 : 88.722)) / (n + 1));
  auto const pole = either(is_gamma_pole(x), abs(x) < like(x, bound));
  auto const special = either(pole, negate(is_finite(x)));  // -inf counts as a pole
  X const y = by_double(polygamma_finite{n}, select(special, one(x), x));
  X const far = n % 2 == 1 ? zero(x) : -zero(x);
  X const edge = select(x == infinity_like(x), far, limit);
  auto const undefined = n == 1 ? either(is_nan(x), x == -infinity_like(x)) : is_nan(x);
  return select(undefined, nan_like(x), select(special, edge, y));
}

/// The derivative of digamma; see polygamma.
template <floating X>
[[gnu::always_inline]] constexpr X trigamma(X x) {
  return polygamma(1, x);
}

}  // namespace slope::math
