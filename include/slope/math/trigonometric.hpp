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
template <class X>
struct reduced_angle {
  X r;
  X tail;
  bits_t<X> quadrant;
};

/// Above this the short reduction is not exact.
template <class X>
inline constexpr double far_angle = is_double<X> ? 1.6e6 : 12800;

/// The lanes beyond the reach of the short reduction, one by one. Out of line: it is rare.
template <class X>
[[gnu::noinline, gnu::cold]] constexpr void reduce_lanes(X const& x, reduced_angle<X>& angle) {
  using T = scalar_type_t<X>;
  if constexpr (is_pack_v<X>) {
    for (int i = 0; i < lanes_v<X>; ++i) {
      if (!(x[i] > static_cast<T>(far_angle<T>))) continue;
      auto const each = reduce_huge(T{x[i]});
      angle.r.data[i] = each.r;
      angle.tail.data[i] = each.tail;
      angle.quadrant.data[i] = each.quadrant;
    }
  } else {
    auto const each = reduce_huge(x);
    angle = {each.r, each.tail, each.quadrant};
  }
}

/// n pi/2, for whole n below 2^20 (float: 2^13), taken from x >= 0.
template <class X>
struct remainder_of {
  X r;
  X tail;
};
template <class X>
[[gnu::always_inline]] constexpr remainder_of<X> subtract_quarters(X x, X n) {
  // The leading parts of pi/2 have 33 (11) bits, so that their products with n are exact.
  if constexpr (is_double<X>) {
    X const a = opaque(multiply_add(n, like(x, -0x1.921fb544p0), x));
    X const b = opaque(multiply_add(n, like(x, -0x1.0b4611a6p-34), a));
    X const lost = opaque(multiply_add(n, like(x, -0x1.0b4611a6p-34), opaque(a - b)));
    return {b, multiply_add(n, like(x, -0x1.3198a2e037073p-69), lost)};
  } else {
    X const a = opaque(multiply_add(n, like(x, -0x1.92p0), x));
    X const b = opaque(multiply_add(n, like(x, -0x1.fb4p-12), a));
    X const c = opaque(multiply_add(n, like(x, -0x1.444p-24), b));
    X const lost = opaque(multiply_add(n, like(x, -0x1.444p-24), opaque(b - c)));
    return {c, multiply_add(n, like(x, -0x1.68c234p-39), lost)};
  }
}

template <class X>
[[gnu::always_inline]] constexpr bool any_far(X x) {
  if constexpr (is_pack_v<X>) return any_above<scalar_type_t<X>>(x, like(x, far_angle<X>));
  else return !(x <= like(x, far_angle<X>));  // so that constant evaluation meets no NaN
}

/// For x >= 0.
template <class X>
[[gnu::always_inline]] constexpr reduced_angle<X> reduce_angle(X x) {
  if constexpr (!is_pack_v<X>) {
    if (any_far(x)) [[unlikely]] {
      reduced_angle<X> far{};
      reduce_lanes(x, far);
      return far;
    }
  }
  X const shifted = shifted_multiple(x, 0x1.45f306dc9c883p-1);
  auto const [high, low] = subtract_quarters(x, unshifted(shifted));
  X r = opaque(high + low);
  X tail = opaque(high - r) + low;
  auto quadrant = bits(shifted);
  if constexpr (is_pack_v<X>) {
    if (any_far(x)) [[unlikely]] {
      // Copies, so that what the call might change stays in registers everywhere else.
      X const copy = x;
      reduced_angle<X> far{r, tail, quadrant};
      reduce_lanes(copy, far);
      r = far.r;
      tail = far.tail;
      quadrant = far.quadrant;
    }
  }
  return {r, tail, quadrant};
}

/// sin(r + tail) on |r| <= pi/4.
template <class X>
[[gnu::always_inline]] constexpr X sin_reduced(X r, X z, X tail) {
  X p = z;
  if constexpr (is_double<X>)
    p = polynomial(z, 0x1.5d8e3511cda67p-33, -0x1.ae5e5471f55p-26, 0x1.71de355f05599p-19,
                   -0x1.a01a019bf222ep-13, 0x1.111111110f75dp-7, -0x1.5555555555548p-3);
  else p = polynomial(z, -0x1.9953fep-13, 0x1.110778p-7, -0x1.555546p-3);
  return r + multiply_add(z * r, p, tail);
}

/// cos(r + tail) on |r| <= pi/4.
template <class X>
[[gnu::always_inline]] constexpr X cos_reduced(X r, X z, X tail) {
  X p = z;
  if constexpr (is_double<X>)
    p = polynomial(z, -0x1.8fa681e385241p-37, 0x1.1ee9dbd0d86a6p-29, -0x1.27e4f7f19d4b2p-22,
                   0x1.a01a019c8f3eep-16, -0x1.6c16c16c15016p-10, 0x1.555555555554bp-5);
  else p = polynomial(z, 0x1.99e91p-16, -0x1.6c0c2ap-10, 0x1.55554ap-5);
  X const rest = multiply_add(z * z, p, -(r * tail));
  return one(r) - multiply_add(z, like(z, 0.5), -rest);
}

/// Whether the lowest bit is set.
template <class X>
[[gnu::always_inline]] constexpr mask_type_t<X> is_odd(bits_t<X> n) {
  return convert_mask<scalar_type_t<X>>((n & one(n)) != zero(n));
}
/// The bit of value two, moved to where the sign is.
template <class X>
[[gnu::always_inline]] constexpr bits_t<X> sign_from(bits_t<X> n) {
  return (n << (format_of<X>::fraction_bits == 52 ? 62 : 30)) & like(n, format_of<X>::sign);
}

}  // namespace detail

/// Both at hardly more than the cost of one.
template <class X>
struct sin_and_cos {
  X sin;
  X cos;
};

/// sin(x) and cos(x); NaN for infinities; accurate for arguments of any size.
template <floating X>
[[gnu::always_inline]] constexpr sin_and_cos<X> sincos(X x) {
  using namespace detail;
  auto const [r, tail, quadrant] = reduce_angle(abs(x));
  if (constant_nan(r)) return {r, r};
  X const z = r * r;
  X const s = sin_reduced(r, z, tail);
  X const c = cos_reduced(r, z, tail);
  auto const odd = is_odd<X>(quadrant);
  return {flip_sign(select(odd, c, s), sign_from<X>(quadrant) ^ sign_of(x)),
          flip_sign(select(odd, s, c), sign_from<X>(quadrant + one(quadrant)))};
}

namespace detail {

/// sin(r + tail) on |r| <= pi/2, where one polynomial serves and no choice between two is needed.
template <class X>
[[gnu::always_inline]] constexpr X sin_half_turn(X r, X tail) {
  X const z = r * r;
  X p = z;
  if constexpr (is_double<X>)
    p = polynomial(z, -0x1.84af9b5308319p-58, 0x1.906d630a4905p-49, -0x1.ae6856db0276ap-41,
                   0x1.61242495e3c61p-33, -0x1.ae6455c15341bp-26, 0x1.71de3a5408dfbp-19,
                   -0x1.a01a01a017078p-13, 0x1.11111111110ddp-7, -0x1.5555555555555p-3);
  else p = polynomial(z, 0x1.5dc904p-19, -0x1.9f70fp-13, 0x1.110edap-7, -0x1.55554cp-3);
  X const cosine = multiply_add(z, like(z, -0x1.9f02f6p-2), one(z));  // roughly, for the tail
  return r + multiply_add(z * r, p, tail * cosine);
}

/// Replaces what is beyond the reach of the short reduction.
template <bool Cosine, class X>
[[gnu::noinline, gnu::cold]] constexpr void replace_far(X const& x, X& result) {
  if constexpr (is_pack_v<X>) {
    for (int i = 0; i < lanes_v<X>; ++i) {
      scalar_type_t<X> const each = x[i];
      if (!(abs(each) > like(each, far_angle<X>))) continue;
      result.data[i] = Cosine ? sincos(each).cos : sincos(each).sin;
    }
  } else {
    result = Cosine ? sincos(x).cos : sincos(x).sin;
  }
}

/// sin(x) = (-1)^n sin(r), n the nearest integer to x / pi and r = x - n pi;
/// cos(x) = (-1)^n sin(r), n the nearest integer to x / pi + 1/2 and r = x - (n - 1/2) pi.
template <bool Cosine, class X>
[[gnu::always_inline]] constexpr X sin_or_cos(X x) {
  constexpr double inverse_pi = 0x1.45f306dc9c883p-2;
  X const a = abs(x);
  if constexpr (!is_pack_v<X>) {
    if (any_far(a)) [[unlikely]] {
      X far = x;
      replace_far<Cosine>(x, far);
      return far;
    }
  }
  X shifted = a;
  if constexpr (Cosine)
    shifted = opaque(opaque(multiply_add(a, like(x, inverse_pi), like(x, 0.5))) +
                     like(x, format_of<X>::to_integer));
  else shifted = shifted_multiple(a, inverse_pi);
  X const n = unshifted(shifted);
  X const quarters = Cosine ? n + n - one(x) : n + n;
  auto const [high, low] = subtract_quarters(a, quarters);
  X const r = opaque(high + low);
  X const tail = opaque(high - r) + low;
  auto sign = bits(shifted) << (sizeof(scalar_type_t<X>) == 8 ? 63 : 31);
  if constexpr (!Cosine) sign = sign ^ sign_of(x);
  X result = flip_sign(sin_half_turn(r, tail), sign);
  // cos(0) is to be 1 exactly.
  if constexpr (Cosine)
    result = select(a < like(a, is_double<X> ? 0x1p-27 : 0x1p-13), one(x), result);
  if constexpr (is_pack_v<X>) {
    if (any_far(a)) [[unlikely]]
      replace_far<Cosine>(x, result);
  }
  return result;
}

}  // namespace detail

template <floating X>
[[gnu::always_inline]] constexpr X sin(X x) {
  return detail::sin_or_cos<false>(x);
}
template <floating X>
[[gnu::always_inline]] constexpr X cos(X x) {
  return detail::sin_or_cos<true>(x);
}

template <floating X>
[[gnu::always_inline]] constexpr X tan(X x) {
  using namespace detail;
  auto const [r, tail, quadrant] = reduce_angle(abs(x));
  if (constant_nan(r)) return r;
  X const z = r * r;
  X const s = sin_reduced(r, z, tail);
  X const c = cos_reduced(r, z, tail);
  auto const odd = is_odd<X>(quadrant);
  return flip_sign(select(odd, -c, s) / select(odd, s, c), sign_of(x));
}

}  // namespace slope::math
