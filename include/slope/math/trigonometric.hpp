// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/exponential.hpp>
#include <slope/math/huge_angle.hpp>

// sin, cos and tan. x = n pi/2 + r + tail with |r| <= pi/4, pi/2 cut into parts whose products with
// n are exact without FMA; beyond the range of that, huge_angle.hpp; then minimax polynomials.

namespace slope::math {

namespace detail {

/// |x| = n pi/2 + r + tail; n, modulo 4, in the low bits of `quadrant`.
template <class X> struct reduced_angle {
  X r;
  X tail;
  bits_t<X> quadrant;
};

/// The lanes beyond the reach of the short reduction, one by one. Out of line: it is rare.
template <class X>
[[gnu::noinline, gnu::cold]] void reduce_lanes(X const& x, double bound, X& r, X& tail,
                                               bits_t<X>& quadrant) {
  for (int i = 0; i < lanes_v<X>; ++i) {
    if (!(x[i] > static_cast<scalar_type_t<X>>(bound))) continue;
    auto const angle = reduce_huge<scalar_type_t<X>>(x[i]);
    r.data[i] = angle.r;
    tail.data[i] = angle.tail;
    quadrant.data[i] = angle.quadrant;
  }
}

/// For x >= 0.
template <class X> [[gnu::always_inline]] constexpr reduced_angle<X> reduce_angle(X x) {
  // n stays below 2^20 (float: 2^13), the leading parts of pi/2 have 33 (11) bits.
  constexpr double bound = is_double<X> ? 1.6e6 : 12800;
  X const shifted = shifted_multiple(x, 0x1.45f306dc9c883p-1);
  X const n = unshifted(shifted);
  X a = x;
  X second = x;
  X third = x;
  if constexpr (is_double<X>) {
    a = opaque(multiply_add(n, like(x, -0x1.921fb544p0), x));
    second = n * like(x, 0x1.0b4611a6p-34);
    third = n * like(x, 0x1.3198a2e037073p-69);
  } else {
    a = opaque(multiply_add(n, like(x, -0x1.92p0), x));
    a = opaque(multiply_add(n, like(x, -0x1.fb4p-12), a));
    second = n * like(x, 0x1.444p-24);
    third = n * like(x, 0x1.68c234p-39);
  }
  X const b = opaque(a - second);
  X const lost = opaque(a - b) - second - third;
  X r = opaque(b + lost);
  X tail = opaque(b - r) + lost;
  auto quadrant = bits(shifted);
  auto const far = x > like(x, bound);
  if (reduce_any(far)) [[unlikely]] {
    if constexpr (is_pack_v<X>) {
      reduce_lanes(x, bound, r, tail, quadrant);
    } else {
      auto const angle = reduce_huge<X>(x);
      return {angle.r, angle.tail, angle.quadrant};
    }
  }
  return {r, tail, quadrant};
}

/// sin(r + tail) on |r| <= pi/4.
template <class X> [[gnu::always_inline]] constexpr X sin_reduced(X r, X z, X tail) {
  X p = z;
  if constexpr (is_double<X>)
    p = polynomial(z, 0x1.5d8e3511cda67p-33, -0x1.ae5e5471f55p-26, 0x1.71de355f05599p-19,
                   -0x1.a01a019bf222ep-13, 0x1.111111110f75dp-7, -0x1.5555555555548p-3);
  else p = polynomial(z, -0x1.9953fep-13, 0x1.110778p-7, -0x1.555546p-3);
  return r + multiply_add(z * r, p, tail);
}

/// cos(r + tail) on |r| <= pi/4.
template <class X> [[gnu::always_inline]] constexpr X cos_reduced(X r, X z, X tail) {
  X p = z;
  if constexpr (is_double<X>)
    p = polynomial(z, -0x1.8fa681e385241p-37, 0x1.1ee9dbd0d86a6p-29, -0x1.27e4f7f19d4b2p-22,
                   0x1.a01a019c8f3eep-16, -0x1.6c16c16c15016p-10, 0x1.555555555554bp-5);
  else p = polynomial(z, 0x1.99e91p-16, -0x1.6c0c2ap-10, 0x1.55554ap-5);
  X const rest = multiply_add(z * z, p, -(r * tail));
  return one(r) - multiply_add(z, like(z, 0.5), -rest);
}

/// Whether the lowest bit is set.
template <class X> [[gnu::always_inline]] constexpr mask_type_t<X> is_odd(bits_t<X> n) {
  return convert_mask<scalar_type_t<X>>((n & one(n)) != zero(n));
}
/// The bit of value two, moved to where the sign is.
template <class X> [[gnu::always_inline]] constexpr bits_t<X> sign_from(bits_t<X> n) {
  return (n << (format_of<X>::fraction_bits == 52 ? 62 : 30)) & like(n, format_of<X>::sign);
}

} // namespace detail

/// Both at hardly more than the cost of one.
template <class X> struct sin_and_cos {
  X sin;
  X cos;
};

/// sin(x) and cos(x); NaN for infinities; accurate for arguments of any size.
template <floating X> [[gnu::always_inline]] constexpr sin_and_cos<X> sincos(X x) {
  using namespace detail;
  auto const [r, tail, quadrant] = reduce_angle(abs(x));
  X const z = r * r;
  X const s = sin_reduced(r, z, tail);
  X const c = cos_reduced(r, z, tail);
  auto const odd = is_odd<X>(quadrant);
  return {flip_sign(select(odd, c, s), sign_from<X>(quadrant) ^ sign_of(x)),
          flip_sign(select(odd, s, c), sign_from<X>(quadrant + one(quadrant)))};
}

template <floating X> [[gnu::always_inline]] constexpr X sin(X x) { return sincos(x).sin; }
template <floating X> [[gnu::always_inline]] constexpr X cos(X x) { return sincos(x).cos; }

template <floating X> [[gnu::always_inline]] constexpr X tan(X x) {
  using namespace detail;
  auto const [r, tail, quadrant] = reduce_angle(abs(x));
  X const z = r * r;
  X const s = sin_reduced(r, z, tail);
  X const c = cos_reduced(r, z, tail);
  auto const odd = is_odd<X>(quadrant);
  return flip_sign(select(odd, -c, s) / select(odd, s, c), sign_of(x));
}

} // namespace slope::math
