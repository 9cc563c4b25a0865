// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/exponential.hpp>

// erf, erfc and the normal distribution. Near 0 an odd polynomial; further out
// (1 + 2x) e^(x^2) erfc(x), a smooth function of t = (x - k) / (x + k), as a polynomial in t (the
// form of Shepherd and Laframboise, 1981).

namespace slope::math {

namespace detail {

/// erf(x) for |x| <= 1.
template <class X>
[[gnu::always_inline]] constexpr X erf_small(X x) {
  X const z = x * x;
  X p = z;
  if constexpr (is_double<X>)
    p = polynomial(z, -0x1.b1aacd6e8ee44p-31, 0x1.d941225bce64p-27, -0x1.5c5cd3a84845p-23,
                   0x1.b98effc62f738p-20, -0x1.f4cbfbb03e73bp-17, 0x1.f9a2d991e3a51p-14,
                   -0x1.c02db1af7dfc5p-11, 0x1.565bcd041e429p-8, -0x1.b82ce3125dd4ep-6,
                   0x1.ce2f21a042b06p-4, -0x1.812746b0379f9p-2, 0x1.06eba8214db69p-3);
  else
    p = polynomial(z, 0x1.48e022p-14, -0x1.a3c5c8p-11, 0x1.53ff46p-8, -0x1.b7f854p-6, 0x1.ce2cfp-4,
                   -0x1.81273ep-2, 0x1.06eba8p-3);
  return multiply_add(x, p, x);
}

/// erfc(a) e^(a^2) times e^(high + low), for 1/2 <= a <= 27.5 (float: 10.5); a_low is what rounding
/// a has lost.
template <class X>
[[gnu::always_inline]] constexpr X scaled_erfc(X a, X a_low, X high, X low) {
  constexpr double k = is_double<X> ? 3 : 2;
  X const t = (a - like(a, k)) / (a + like(a, k));
  X p = t;
  if constexpr (is_double<X>)
    p = polynomial(t, 0x1.1098a9a3eb5c7p-27, 0x1.364763aef1cb7p-24, -0x1.632b120dac3e2p-24,
                   -0x1.3aeb1ac08fa5cp-21, 0x1.43e5a14329813p-22, 0x1.cfbee6fb49e81p-19,
                   -0x1.781d63c04a5a2p-21, -0x1.5121569255e99p-16, 0x1.4b6cd55a27fbep-18,
                   0x1.06597de0bb3f7p-13, -0x1.b90fe3771b2adp-14, -0x1.98db4aa32c03bp-11,
                   0x1.ef1bd7a401dddp-10, 0x1.4b884e21b8608p-9, -0x1.8574c404a3c64p-6,
                   0x1.17ca2877fdc82p-4, -0x1.e88b803a5bca8p-4, 0x1.098366a5b4488p-3,
                   -0x1.85a15c58a9c68p-5, -0x1.15c084bb9e8efp-3);
  else
    p = polynomial(t, -0x1.b73788p-13, -0x1.50342ep-10, 0x1.2967cep-10, 0x1.1c3414p-7,
                   -0x1.063c2p-7, -0x1.bc216ap-5, 0x1.4ff8a8p-3, -0x1.5407c2p-3, -0x1.7bf5dap-4);
  // The constant apart from the rest, and what their sum loses, for it decides the last place.
  X const constant = like(t, is_double<X> ? 0x1.40c522d7e4987p0 : 0x1.46e80ep0);
  X const last = p * t;
  p = opaque(constant + last);
  X const p_low = opaque(constant - p) + last;
  // p / (1 + 2a) in two parts: the denominator d + rest, and the quotient w, have half the digits.
  X const d = leading_half(multiply_add(a, like(a, 2), one(a)));
  X const inverse = one(a) / d;
  X const rest = ((a + a - opaque(d - one(a))) + (a_low + a_low)) * inverse;
  X const w = leading_half(p * inverse);
  X const w_rest = inverse * (opaque(p - w * d) + (p_low - p * (rest - rest * rest)));
  return exp_sum(high, low, w, w_rest);
}

/// erfc(a) for a >= 1/2, 0 where it underflows.
template <class X>
[[gnu::always_inline]] constexpr X erfc_large(X a) {
  X const bounded = at_most(a, is_double<X> ? 27.5 : 10.5);
  // e^(-a^2) with a^2 = h^2 + (a - h)(a + h), h half the digits of a: h^2 is exact.
  X const h = leading_half(bounded);
  return scaled_erfc(bounded, zero(a), -(h * h), (h - bounded) * (h + bounded));
}

}  // namespace detail

/// The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x.
template <floating X>
[[gnu::always_inline]] constexpr X erf(X x) {
  if (detail::constant_nan(x)) return x;
  X const a = abs(x);
  auto const small = a < one(x);
  X const large = copysign(one(x) - detail::erfc_large(select(small, one(x), a)), x);
  return select(small, detail::erf_small(detail::guarded(small, x)), large);
}

/// 1 - erf(x), without cancellation for large x.
template <floating X>
[[gnu::always_inline]] constexpr X erfc(X x) {
  if (detail::constant_nan(x)) return x;
  X const a = abs(x);
  X const half = like(x, 0.5);
  auto const small = a < half;
  X const right = detail::erfc_large(select(small, half, a));
  X const large = select(x < zero(x), like(x, 2) - right, right);
  return select(small, one(x) - detail::erf_small(detail::guarded(small, x)), large);
}

/// The distribution function of the standard normal distribution, (1 + erf(x / sqrt(2))) / 2,
/// without cancellation in its left tail.
template <floating X>
[[gnu::always_inline]] constexpr X ndtr(X x) {
  using namespace detail;
  if (constant_nan(x)) return x;
  X const size = at_most(abs(x), is_double<X> ? 38.75 : 14.5);
  // a + a_low = |x| / sqrt(2), the factor in two parts.
  constexpr double factor = is_double<X> ? 0x1.6a09e60p-1 : 0x1.6a0p-1;
  X const h = leading_half(size), half = like(x, 0.5);
  X const high = h * like(x, factor);
  X const low = (size - h) * like(x, factor) + size * like(x, 0x1.6a09e667f3bcdp-1 - factor);
  X const a = opaque(high + low);
  auto const small = a < half;
  // The exponent from x: that of the rounded a would be off by a^2 units in its last place.
  X const tail = half * scaled_erfc(select(small, half, a), opaque(high - a) + low,
                                    -(h * h) * half, (h - size) * (h + size) * half);
  X const large = select(x < zero(x), tail, one(x) - tail);
  return select(small, half + half * copysign(erf_small(guarded(small, a)), x), large);
}

}  // namespace slope::math
