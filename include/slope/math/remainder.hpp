// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/rounding.hpp>

// The length of (x, y), and remainders of division: exact ones, whatever the quotient.

namespace slope::math {

/// sqrt(x^2 + y^2), which overflows and underflows only where the result does: both are scaled by
/// a power of two. Infinite if either is, even beside NaN, as in IEEE 754 and torch.
template <floating X>
[[gnu::always_inline]] constexpr X hypot(X x, X y) {
  using namespace detail;
  X const a = abs(x);
  X const b = abs(y);
  X const infinity = infinity_like(x);
  if constexpr (!is_pack_v<X>) {
    if (__builtin_is_constant_evaluated()) {
      if (a == infinity || b == infinity) return infinity;
      if (x != x || y != y) return nan_like(x);
    }
  }
  constexpr double huge = is_double<X> ? 0x1p500 : 0x1p60;
  constexpr double tiny = is_double<X> ? 0x1p-450 : 0x1p-50;
  constexpr double down = is_double<X> ? 0x1p-600 : 0x1p-80;
  constexpr double up = is_double<X> ? 0x1p600 : 0x1p80;
  X const larger = select(a > b, a, b);
  auto const high = larger > like(x, huge);
  auto const low = larger < like(x, tiny);
  X const factor = select(high, like(x, down), select(low, like(x, up), one(x)));
  X const back = select(high, like(x, up), select(low, like(x, down), one(x)));
  X const first = opaque(a * factor);
  X const second = opaque(b * factor);
  X const root = sqrt(first * first + second * second);
  if constexpr (!is_pack_v<X>) {  // overflow is an error in constant expressions
    if (__builtin_is_constant_evaluated() && high && root > format_of<X>::largest / back)
      return infinity;
  }
  return select(either(a == infinity, b == infinity), infinity, opaque(root * back));
}

/// Whether the sign bit is set, that of -0 and of NaN too.
template <floating X>
[[gnu::always_inline]] constexpr mask_type_t<X> signbit(X x) {
  return negate(convert_mask<scalar_type_t<X>>(detail::sign_of(x) == zero(detail::bits(x))));
}

namespace detail {

/// a modulo b, exactly, for finite a >= 0 and b > 0: half the digits of the quotient at a time,
/// which with half of those of b make exact products.
template <class X>
[[gnu::always_inline]] constexpr X reduce_modulo(X a, X b) {
  constexpr double far = is_double<X> ? 0x1p1000 : 0x1p120;
  constexpr double room = is_double<X> ? 0x1p20 : 0x1p6;
  // Divisors scaled up, so that quotients do not overflow.
  X const one_far = select(b < like(b, room), b, like(b, room)) * like(b, far);
  X const two_far = select(one_far < like(b, room), one_far, like(b, room)) * like(b, far);
  auto const may_go_far = b < like(b, room);
  auto const may_go_two = both(may_go_far, one_far < like(b, room));
  // Of double 84 steps at most, of float 27.
  for (int step = 0; step < 90 && reduce_any(a >= b); ++step) {
    auto const open = a >= b;
    X const d = select(both(may_go_two, two_far <= a), two_far,
                       select(both(may_go_far, one_far <= a), one_far, b));
    // At least 1, even where -ffast-math divides inexactly.
    X const quotient = trunc(leading_half(guarded(open, a) / d));
    X const q = select(quotient < one(a), one(a), quotient);
    X const high = leading_half(d);
    X const low = opaque(d - high);
    X const rest = opaque(opaque(a - opaque(q * high)) - opaque(q * low));
    // A quotient that was rounded up is one unit of its last place too large: so is d 2^k.
    X const unit = from_bits<X>(bits(q) & like(bits(q), format_of<X>::infinity)) *
                   like(q, is_double<X> ? 0x1p-25 : 0x1p-11);
    X const step_back = opaque(d * select(unit < one(unit), one(unit), unit));
    a = select(open, select(rest < zero(rest), rest + step_back, rest), a);
  }
  return a;
}

template <class X>
[[gnu::noinline]] constexpr void modulo_apart(X const& x, X const& y, X& result) {
  X const a = abs(x);
  X const b = abs(y);
  // Undefined where x is infinite, y 0, or either NaN.
  auto const defined = both(both(is_finite(x), negate(is_nan(y))), b > zero(b));
  X const r = reduce_modulo(select(defined, a, one(a)), select(defined, b, one(b)));
  result = select(defined, copysign(r, x), nan_like(x));
}

}  // namespace detail

/// The remainder x - y trunc(x / y), exact and with the sign of x, as C's fmod and torch's; NaN
/// where x is infinite or y is 0. Of integers: 0 where y is 0.
template <class X>
[[gnu::always_inline]] constexpr X fmod(X x, X y) {
  if constexpr (floating<X>) {
    X result = x;
    detail::modulo_apart(x, y, result);
    return result;
  } else if constexpr (is_pack_v<X>) {
    return x % y;
  } else {
    return detail::remainder_integer(x, y);
  }
}

/// The remainder x - y floor(x / y), with the sign of y, as Python's % and torch.remainder; NaN
/// where x is infinite or y is 0. Rounds once. Of integers: 0 where y is 0.
template <class X>
[[gnu::always_inline]] constexpr X remainder(X x, X y) {
  X const r = fmod(x, y);
  if constexpr (!is_pack_v<X>) {
    if (r != r || r == zero(r) || (r < zero(r)) == (y < zero(y))) return r;
    return r + y;
  } else {
    auto const other_side = (r < zero(r)) ^ (y < zero(y));
    return select(both(other_side, negate(r == zero(r))), r + y, r);
  }
}

}  // namespace slope::math
