// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/by_table.hpp>

// exp and its kin. x = n ln 2 + r with |r| <= ln 2 / 2; exp(r) - 1 by a minimax polynomial
// (tests/math/generate_coefficients.py); 2^n from exponent bits.

namespace slope::math {

namespace detail {

/// x = n ln 2 + r. n stands in the low bits of `shifted`.
template <class X>
struct reduced_exponent {
  X r;
  X shifted;
};

template <class X>
[[gnu::always_inline]] constexpr X shifted_multiple(X x, double inverse) {
  return opaque(multiply_add(x, like(x, inverse), like(x, format_of<X>::to_integer)));
}
template <class X>
[[gnu::always_inline]] constexpr X unshifted(X shifted) {
  return opaque(shifted - like(shifted, format_of<X>::to_integer));
}

// ln 2 = high + low, high with so few bits that n * high is exact.
template <class X>
inline constexpr double ln2_high = is_double<X> ? 0x1.62e42ffp-1 : 0x1.62e4p-1;
template <class X>
inline constexpr double ln2_low = is_double<X> ? -0x1.718432a1b0e26p-35 : 0x1.7f7d1cp-20;
inline constexpr double inverse_ln2 = 0x1.71547652b82fep0;

template <class X>
[[gnu::always_inline]] constexpr reduced_exponent<X> reduce_exponent(X x) {
  X const shifted = shifted_multiple(x, inverse_ln2);
  X const n = unshifted(shifted);
  X const high = opaque(multiply_add(n, like(x, -ln2_high<X>), x));
  return {multiply_add(n, like(x, -ln2_low<X>), high), shifted};
}

/// (exp(r) - 1 - r) / r^2 on |r| <= ln 2 / 2.
template <class X>
[[gnu::always_inline]] constexpr X expm1_tail(X r) {
  if constexpr (is_double<X>)
    return polynomial(r, 0x1.ae77aa5a5b9e6p-26, 0x1.28a2a1b3c047fp-22, 0x1.71de80fa36f19p-19,
                      0x1.a019a6914c09ap-16, 0x1.a01a0177f3ca6p-13, 0x1.6c16c17f336cp-10,
                      0x1.1111111118834p-7, 0x1.5555555552101p-5, 0x1.555555555553bp-3,
                      0x1.0000000000005p-1);
  else
    return polynomial(r, 0x1.6b7376p-10, 0x1.12279ep-7, 0x1.555716p-5, 0x1.5554bp-3, 0x1.fffffep-2);
}

/// exp(r) - 1 on |r| <= ln 2 / 2.
template <class X>
[[gnu::always_inline]] constexpr X expm1_reduced(X r) {
  return multiply_add(r * r, expm1_tail(r), r);
}

/// exp(high + low) - 1 on |high + low| <= ln 2 / 2, where low may not be lost.
template <class X>
[[gnu::always_inline]] constexpr X expm1_reduced(X high, X low) {
  X const r = opaque(high + low);
  X const lost = opaque(high - r) + low;
  return r + multiply_add(r * r, expm1_tail(r), lost);
}

/// 2^(n + offset), which must be a normal number.
template <class X>
[[gnu::always_inline]] constexpr X power_of_two(X shifted, int offset = 0) {
  using F = format_of<X>;
  return from_bits<X>((bits(shifted) + like(bits(shifted), F::bias + offset)) << F::fraction_bits);
}

/// y 2^n in two steps, so that overflow and denormal results come out right.
template <class X>
[[gnu::always_inline]] constexpr X scale(X y, X shifted) {
  using F = format_of<X>;
  auto const n = bits(shifted);
  auto const half = n >> 1;  // of the low bits; what comes down from above is shifted out below
  auto const bias = like(n, F::bias);
  X const first = opaque(y * from_bits<X>((half + bias) << F::fraction_bits));
  X const second = from_bits<X>((n - half + bias) << F::fraction_bits);
  if constexpr (!is_pack_v<X>) {  // overflow is an error in constant expressions
    if (__builtin_is_constant_evaluated() && second > 1 && first > F::largest / second)
      return infinity_like(y);
  }
  return first * second;
}

template <class X>
[[gnu::always_inline]] constexpr X at_most(X x, double bound) {
  return select(x > like(x, bound), like(x, bound), x);
}
template <class X>
[[gnu::always_inline]] constexpr X at_least(X x, double bound) {
  return select(x < like(x, bound), like(x, bound), x);
}

// Where exp overflows, and where it is below half the smallest denormal number.
template <class X>
inline constexpr double exp_overflow = is_double<X> ? 710.0 : 89.0;
template <class X>
inline constexpr double exp_underflow = is_double<X> ? -746.0 : -104.0;

/// exp(x) below overflow.
template <class X>
[[gnu::always_inline]] constexpr X exp_bounded(X x) {
  auto const [r, shifted] = reduce_exponent(at_least(x, exp_underflow<X>));
  return scale(one(x) + expm1_reduced(r), shifted);
}

/// exp(x) of a number for |x| < exp_near, where nothing overflows; results that are denormal come
/// from the conversion to float, and for double there are none.
template <class X>
inline constexpr X exp_near = is_double<X> ? 708 : 88;
template <class X>
[[gnu::always_inline]] constexpr X exp_number(X x) {
  if constexpr (is_double<X>) return exp_by_table(x);
  else return static_cast<X>(exp_to_float(static_cast<double>(x)));
}

/// exp where its value may be denormal or infinite. Out of line: it is rare.
template <class X>
[[gnu::noinline, gnu::cold]] constexpr X exp_far(X x) {
  if (constant_nan(x)) return x;
  return exp_bounded(at_most(x, exp_overflow<X>));
}

/// exp(x) for x <= 0.
template <class X>
[[gnu::always_inline]] constexpr X exp_nonpositive(X x) {
  if constexpr (is_pack_v<X>) {
    return exp_bounded(x);
  } else {
    if (x > -exp_near<X>) [[likely]]
      return exp_number(x);
    return exp_far(x);
  }
}

/// (factor + rest) exp(high + low), rounded about once, for |low| far below |high| and |rest| far
/// below |factor|; right beyond overflow and underflow too.
template <class X>
[[gnu::always_inline]] constexpr X exp_sum(X high, X low, X factor, X rest) {
  X const bounded = at_most(at_least(high, exp_underflow<X>), exp_overflow<X>);
  // In float the second part may be a tenth.
  X const whole = is_double<X> ? bounded : bounded + low;
  X const shifted = shifted_multiple(whole, inverse_ln2);
  X const n = unshifted(shifted);
  X const first = opaque(multiply_add(n, like(high, -ln2_high<X>), bounded));
  X const p = expm1_reduced(first, multiply_add(n, like(high, -ln2_low<X>), low));
  return scale(factor + multiply_add(p, factor + rest, rest), shifted);
}

/// exp(x) / 2 for x >= 0, which does not overflow before cosh does.
template <class X>
[[gnu::always_inline]] constexpr X half_exp(X x) {
  auto const [r, shifted] = reduce_exponent(at_most(x, exp_overflow<X> + 1));
  return scale(like(x, 0.5) * (one(x) + expm1_reduced(r)), shifted);
}

/// exp(x - n ln 2) - 1, where n stands in the low bits of `shifted`.
template <class X>
[[gnu::always_inline]] constexpr X expm1_of_rest(X x, X shifted) {
  X const n = unshifted(shifted);
  X const high = opaque(multiply_add(n, like(x, -ln2_high<X>), x));
  return expm1_reduced(high, n * like(x, -ln2_low<X>));
}

/// exp(x) - 1 for 0 <= x <= 44, where 2^n needs no care.
template <class X>
[[gnu::always_inline]] constexpr X expm1_moderate(X x) {
  X const shifted = shifted_multiple(x, inverse_ln2);
  X const s = power_of_two(shifted);
  return multiply_add(s, expm1_of_rest(x, shifted), s - one(x));
}

}  // namespace detail

/// e^x; inf above 709.78 (float: 88.72), denormal results rounded properly.
template <floating X>
[[gnu::always_inline]] constexpr X exp(X x) {
  if constexpr (is_pack_v<X>) {
    return detail::exp_bounded(detail::at_most(x, detail::exp_overflow<X>));
  } else {
    if (abs(x) < detail::exp_near<X>) [[likely]]
      return detail::exp_number(x);
    return detail::exp_far(x);
  }
}

/// 2^x; exact for integers.
template <floating X>
[[gnu::always_inline]] constexpr X exp2(X x) {
  using namespace detail;
  if (constant_nan(x)) return x;
  X const bounded =
      at_most(at_least(x, is_double<X> ? -1080.0 : -160.0), is_double<X> ? 1025.0 : 129.0);
  X const shifted = opaque(bounded + like(x, format_of<X>::to_integer));
  X const fraction = bounded - unshifted(shifted);
  // ln 2 in two parts, so that r is not the least accurate step.
  X const high = leading_half(fraction);
  X const r = multiply_add(
      high, like(x, ln2_high<X>),
      multiply_add(fraction - high, like(x, ln2_high<X>), fraction * like(x, ln2_low<X>)));
  return scale(one(x) + expm1_reduced(r), shifted);
}

/// e^x - 1 without cancellation near 0.
template <floating X>
[[gnu::always_inline]] constexpr X expm1(X x) {
  using namespace detail;
  if constexpr (!is_pack_v<X>) {
    if (__builtin_is_constant_evaluated() && !(x < 80)) return exp(x);
  }
  // Below -40 the result is -1. 2^(n-1) instead of 2^n: n may be one above the largest exponent.
  X const bounded = at_most(at_least(x, -40), exp_overflow<X>);
  X const shifted = shifted_multiple(bounded, inverse_ln2);
  X const s = power_of_two(shifted, -1);
  X const half = multiply_add(s, expm1_of_rest(bounded, shifted), s - like(x, 0.5));
  X const tiny = like(x, is_double<X> ? 0x1p-60 : 0x1p-30);
  return select(abs(x) < tiny, x, half + half);
}

/// 1 / (1 + e^-x), accurate and finite for every x.
template <floating X>
[[gnu::always_inline]] constexpr X sigmoid(X x) {
  if constexpr (!is_pack_v<X>) {
    if (abs(x) < detail::exp_near<X>) [[likely]]
      return 1 / (1 + detail::exp_number(-x));
  }
  if (detail::constant_nan(x)) return x;
  X const e = detail::exp_bounded(-abs(x));
  return select(x < zero(x), e, one(x)) / (one(x) + e);
}

}  // namespace slope::math
