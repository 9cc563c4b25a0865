// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/logarithm.hpp>
#include <slope/math/reduce.hpp>

// Powers: x^y = e^(y log x), the logarithm with about 65 significant bits; and integer powers by
// repeated squaring.

namespace slope::math {

namespace detail {

/// A sum of two numbers, the second far smaller.
template <class X>
struct sum_of_two {
  X high;
  X low;
};

/// log(x) in double, to about 2^-65, for positive finite x.
template <class X>
[[gnu::always_inline]] constexpr sum_of_two<X> log_extended(X x) {
  auto const [f, e] = split(x);
  // s = f / (2 + f) as s_high + s_low; s_high has half the digits, d = d_high + d_low + d_lost.
  X const two = like(x, 2);
  X const d = opaque(two + f);
  X const d_lost = f - opaque(d - two);
  X const d_high = leading_half(d);
  X const d_low = opaque(d - d_high);
  X const inverse = one(x) / d;
  X const s_high = leading_half(f * inverse);
  X const first = opaque(multiply_add(-s_high, d_high, f));
  X const second = opaque(multiply_add(-s_high, d_low, first));
  X const s_low = multiply_add(-s_high, d_lost, second) * inverse;
  X const s = s_high + s_low;
  // log(1 + f) = 2 s + s a, a = 2/3 z + 2/5 z^2 + ..., z = s^2.
  X const square = opaque(s_high * s_high);  // exact
  X const square_low = s_low * (s_high + s);
  X const z = square + square_low;
  X const z_high = leading_half(z);
  X const z_low = opaque(square - z_high) + square_low;
  X const p = polynomial(z, 0x1.0e43aa0e5b8d9p-3, 0x1.0f7fd29fc10f1p-3, 0x1.3b1eecd5260a2p-3,
                         0x1.745ce9e01e0a3p-3, 0x1.c71c722d6c60bp-3, 0x1.2492492457d4p-2,
                         0x1.9999999999b3p-2);
  X const a_first = opaque(z_high * like(x, 0x1.555555p-1));  // exact
  X const a_rest =
      multiply_add(z_low, like(x, 0x1.5555555555555p-1), z_high * like(x, 0x1.5555555555555p-27)) +
      z * z * p;
  X const a = a_first + a_rest;
  X const a_high = leading_half(a);
  X const a_low = opaque(a_first - a_high) + a_rest;
  // e ln 2 + 2 s + s a, the largest first.
  X const twice = s_high + s_high;
  X const whole = e * like(x, ln2_high<X>);
  X const sum = opaque(whole + twice);
  X const lost = opaque(opaque(whole - sum) + twice);
  X const product = opaque(s_high * a_high);  // exact
  X const high = opaque(sum + product);
  X const low = opaque(opaque(sum - high) + product);
  X const small = multiply_add(s_high, a_low, multiply_add(s_low, a, s_low + s_low));
  return {high, low + (lost + multiply_add(e, like(x, ln2_low<X>), small))};
}

/// a^y in double for positive finite a; what becomes of other a is decided by the caller.
template <class X>
[[gnu::always_inline]] constexpr X power_of_positive(X a, X y) {
  auto const log_a = log_extended(a);
  X const l = log_a.high + log_a.low;
  X const l_high = leading_half(l);
  X const l_low = opaque(log_a.high - l_high) + log_a.low;
  X const y_high = leading_half(y);
  X const y_low = opaque(y - y_high);
  X const product = y * l;
  X const high = opaque(y_high * l_high);  // exact
  X const low = multiply_add(y_low, l_high, y * l_low);
  // exp_sum bounds the first part only.
  auto const moderate = abs(product) < like(a, 1000);
  return exp_sum(select(moderate, high, product), select(moderate, low, zero(a)), one(a), zero(a));
}

/// The same for float, in double, at most as many lanes at a time as a register holds.
template <class X>
[[gnu::always_inline]] constexpr X power_by_double(X a, X y) {
  if constexpr (sizeof(rebind_t<X, double>) > (vector_bytes > 16 ? vector_bytes : 16)) {
    return concatenate(power_by_double(low_half(a), low_half(y)),
                       power_by_double(high_half(a), high_half(y)));
  } else {
    auto const product = convert<double>(y) * log(convert<double>(a));
    auto const result = exp(product);
    if constexpr (!is_pack_v<X>) {  // overflow is an error in constant expressions
      if (__builtin_is_constant_evaluated() && result > 0x1.fffffefp127) return infinity_like(a);
    }
    return convert<float>(result);
  }
}

}  // namespace detail

/// x^y with the edge cases of IEEE 754's pow: x^0 = 1^y = 1 even for NaN; a negative x needs an
/// integer y and gives NaN otherwise; 0 to a negative power is infinite.
template <floating X>
[[gnu::always_inline]] constexpr X pow(X x, X y) {
  using namespace detail;
  if constexpr (!is_pack_v<X>) {
    if (constant_nan(x) || constant_nan(y)) return x == 1 || y == 0 ? one(x) : nan_like(x);
  }
  X const a = abs(x);
  // From 2^64 on every y is even and every a^y 0, 1 or infinite: so is infinity.
  X const bounded = at_most(at_least(y, -0x1p64), 0x1p64);
  X magnitude = x;
  if constexpr (is_double<X>) magnitude = power_of_positive(a, bounded);
  else magnitude = power_by_double(a, bounded);

  X const infinity = infinity_like(x);
  auto const rising = y > zero(y);
  magnitude = select(a == zero(x), select(rising, zero(x), infinity), magnitude);
  magnitude = select(a == infinity, select(rising, infinity, zero(x)), magnitude);

  X const half = like(y, 0.5) * bounded;
  auto const whole = trunc(bounded) == bounded;
  auto const odd = both(whole, trunc(half) != half);
  auto const negative = negate(convert_mask<scalar_type_t<X>>(sign_of(x) == zero(bits(x))));
  X result = select(both(odd, negative), -magnitude, magnitude);
  result = select(both(both(x < zero(x), a < infinity), negate(whole)), nan_like(x), result);
  result = select(either(is_nan(x), is_nan(y)), nan_like(x), result);
  return select(either(x == one(x), y == zero(y)), one(x), result);
}

namespace detail {
template <unsigned Exponent, class X>
[[gnu::always_inline]] constexpr X squarings(X x) {
  if constexpr (Exponent == 1) return x;
  else if constexpr (Exponent % 2 == 1) return x * squarings<Exponent / 2>(x * x);
  else return squarings<Exponent / 2>(x * x);
}
constexpr unsigned magnitude_of(int n) {
  return n < 0 ? 0u - static_cast<unsigned>(n) : static_cast<unsigned>(n);
}
}  // namespace detail

/// x^Exponent by repeated squaring, unrolled.
template <int Exponent, class X>
[[gnu::always_inline]] constexpr X pow_integer(X x) {
  if constexpr (Exponent == 0) return one(x);
  else if constexpr (Exponent < 0)
    return one(x) / detail::squarings<detail::magnitude_of(Exponent)>(x);
  else return detail::squarings<detail::magnitude_of(Exponent)>(x);
}

/// x^n by repeated squaring.
template <class X>
[[gnu::always_inline]] constexpr X pow_integer(X x, int n) {
  X r = one(x);
  for (unsigned rest = detail::magnitude_of(n); rest != 0; rest /= 2) {
    if (rest % 2 == 1) r = r * x;
    if (rest > 1) x = x * x;
  }
  return n < 0 ? one(x) / r : r;
}

}  // namespace slope::math
