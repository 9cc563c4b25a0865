// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/rounding.hpp>

// asin, acos, atan and atan2: arguments brought near 0 by identities, then minimax polynomials.

namespace slope::math {

namespace detail {

inline constexpr double half_pi = 0x1.921fb54442d18p0;
// What rounding pi/2 to the element type leaves.
template <class X>
inline constexpr double half_pi_tail = is_double<X> ? 0x1.1a62633145c07p-54 : -0x1.777a5cp-25;

/// Whether x is outside [-1, 1] in constant evaluation, where arithmetic on NaN is an error.
template <class X>
[[gnu::always_inline]] constexpr bool constant_outside(X x) {
  if constexpr (is_pack_v<X>) return false;
  else return __builtin_is_constant_evaluated() && !(abs(x) <= 1);
}

/// asin(x) - x over x, as a function of z = x^2 <= 1/4.
template <class X>
[[gnu::always_inline]] constexpr X asin_tail(X z) {
  if constexpr (is_double<X>)
    return z * polynomial(z, 0x1.0b45ea63b1699p-5, -0x1.57fad21f83513p-6, 0x1.639a8a1bbdd02p-6,
                          0x1.e5fbe63872ca6p-9, 0x1.613c1e9096db8p-7, 0x1.75859da822552p-7,
                          0x1.ca1f8af264013p-7, 0x1.1c49f077d2818p-6, 0x1.6e8bdedebfb72p-6,
                          0x1.f1c71a95002f6p-6, 0x1.6db6db721247bp-5, 0x1.333333332e133p-4,
                          0x1.5555555555577p-3);
  else
    return z *
           polynomial(z, 0x1.5959aap-5, 0x1.8c415ap-6, 0x1.747b72p-5, 0x1.330206p-4, 0x1.5555c8p-3);
}

/// What asin and acos share: for |x| <= 1/2 root = |x| and ratio = (asin(root) - root) / root;
/// above, root + tail = sqrt((1 - |x|) / 2) and ratio is that of root.
template <class X>
struct asin_parts {
  X root;
  X tail;
  X ratio;
  mask_type_t<X> near_one;
};

template <class X>
[[gnu::always_inline]] constexpr asin_parts<X> split_asin(X a) {
  auto const near_one = a > like(a, 0.5);
  X const z = select(near_one, (one(a) - a) * like(a, 0.5), a * a);
  X const s = sqrt(z);
  // What rounding the root lost: z - s^2 = (z - h^2) - (s - h)(s + h), h half the digits of s.
  X const h = leading_half(s);
  X const square = opaque(h * h);
  X const lost = (opaque(z - square) - (s - h) * (s + h)) / select(z == zero(z), one(z), s + s);
  return {select(near_one, s, a), select(near_one, lost, zero(a)), asin_tail(z), near_one};
}

/// atan(num / den) = turns pi/2 + atan(t) with |t| <= tan(pi/8), for 0 <= num, 0 <= den.
template <class X>
struct reduced_slope {
  X turns;
  X t;
};
template <class X>
[[gnu::always_inline]] constexpr reduced_slope<X> reduce_slope(X num, X den) {
  // Thirds of the quadrant, by atan t = pi/4 + atan((t - 1) / (t + 1)) = pi/2 - atan(1 / t).
  auto const steep = num > den * like(num, 0x1.3504f4p1);
  auto const middle = both(num > den * like(num, 0x1.a8279ap-2), negate(steep));
  X const t = select(steep, -den, select(middle, num - den, num)) /
              select(steep, num, select(middle, num + den, den));
  return {select(steep, one(t), select(middle, like(t, 0.5), zero(t))), t};
}

/// turns pi/2 + atan(t).
template <class X>
[[gnu::always_inline]] constexpr X atan_reduced(X turns, X t) {
  X const z = t * t;
  X p = z;
  if constexpr (is_double<X>)
    p = polynomial(z, -0x1.256ae1c819cccp-6, 0x1.37d5d6ce4a661p-5, -0x1.9cd2cc3bca9b5p-5,
                   0x1.df0f4dc533861p-5, -0x1.10ebb86a779eap-4, 0x1.3b11191f75b4cp-4,
                   -0x1.745cf8dcacc2cp-4, 0x1.c71c70e613401p-4, -0x1.24924922ad6edp-3,
                   0x1.999999999586dp-3, -0x1.555555555553dp-2);
  else
    p = polynomial(z, -0x1.f2f74cp-5, 0x1.b227aep-4, -0x1.23b9d6p-3, 0x1.9991e4p-3, -0x1.55554ap-2);
  X const small = multiply_add(t * z, p, turns * like(t, half_pi_tail<X>));
  return multiply_add(turns, like(t, half_pi), small + t);
}

}  // namespace detail

/// NaN outside [-1, 1].
template <floating X>
[[gnu::always_inline]] constexpr X asin(X x) {
  using namespace detail;
  if (constant_outside(x)) return nan_like(x);
  auto const [root, tail, ratio, near_one] = split_asin(abs(x));
  X const small = multiply_add(root, ratio, root);
  // asin a = pi/2 - 2 asin(root + tail); the subtraction of the root first, then what is small.
  X const rest = multiply_add(root, ratio, tail) + multiply_add(root, ratio, tail);
  X const base = opaque(like(x, half_pi) - (root + root));
  X const lost = opaque(opaque(like(x, half_pi) - base) - (root + root));
  X const large = base + (lost + (like(x, half_pi_tail<X>) - rest));
  return copysign(select(near_one, large, small), x);
}

/// NaN outside [-1, 1].
template <floating X>
[[gnu::always_inline]] constexpr X acos(X x) {
  using namespace detail;
  if (constant_outside(x)) return nan_like(x);
  auto const [root, tail, ratio, near_one] = split_asin(abs(x));
  X const part = multiply_add(root, ratio, tail);
  // Near 1: 2 asin(root); near -1: pi - that; between: pi/2 - asin x.
  auto const negative = x < zero(x);
  X const positive_side = (root + root) + (part + part);
  X const whole = select(near_one, like(x, 2 * half_pi), like(x, half_pi));
  X const tail_of_whole = select(near_one, like(x, 2 * half_pi_tail<X>), like(x, half_pi_tail<X>));
  X const first = select(near_one, root + root, from_bits<X>(bits(root) ^ sign_of(x)));
  X const second = select(near_one, part + part, from_bits<X>(bits(part) ^ sign_of(x)));
  X const base = opaque(whole - first);
  X const lost = opaque(opaque(whole - base) - first);
  X const other = base + (lost + (tail_of_whole - second));
  return select(both(near_one, negate(negative)), positive_side, other);
}

template <floating X>
[[gnu::always_inline]] constexpr X atan(X x) {
  using namespace detail;
  if (constant_nan(x)) return x;
  // From far below 2^100 on the result is pi/2, and nothing here can become inf / inf.
  X const a = abs(x);
  X const bounded = select(a > like(x, 0x1p100), like(x, 0x1p100), a);
  auto const [turns, t] = reduce_slope(bounded, one(x));
  return copysign(atan_reduced(turns, t), x);
}

/// The angle of the point (x, y), in [-pi, pi], with IEEE's signs at zeros and infinities.
template <floating X>
[[gnu::always_inline]] constexpr X atan2(X y, X x) {
  using namespace detail;
  if (constant_nan(x) || constant_nan(y)) return nan_like(x);
  constexpr double huge = is_double<X> ? 0x1p1000 : 0x1p120;
  constexpr double tiny = is_double<X> ? 0x1p-900 : 0x1p-80;
  constexpr double up = is_double<X> ? 0x1p120 : 0x1p40;
  constexpr double down = is_double<X> ? 0x1p-120 : 0x1p-20;
  X const infinity = infinity_like(x);
  X num = abs(y);
  X den = abs(x);
  // Scaled so that neither sums overflow nor quotients of denormal numbers lose digits.
  X const larger = select(num > den, num, den);
  X const factor = select(larger > like(x, huge), like(x, down),
                          select(larger < like(x, tiny), like(x, up), one(x)));
  // inf/inf counts as 1/1, 0/0 as 0/1, inf/1 as 1/0.
  auto const diagonal = both(num == infinity, den == infinity);
  auto const origin = larger == zero(x);
  auto const vertical = both(num == infinity, negate(diagonal));
  num = select(either(diagonal, vertical), one(x), num * factor);
  den = select(either(diagonal, origin), one(x), select(vertical, zero(x), den * factor));
  auto const [turns, t] = reduce_slope(num, den);
  // On the left side pi minus the angle.
  auto const left = convert_mask<scalar_type_t<X>>(sign_of(x) != zero(bits(x)));
  X const angle = atan_reduced(select(left, like(x, 2) - turns, turns), select(left, -t, t));
  return select(either(is_nan(x), is_nan(y)), nan_like(x), copysign(angle, y));
}

}  // namespace slope::math
