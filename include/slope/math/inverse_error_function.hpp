// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/by_double.hpp>
#include <slope/math/power.hpp>

// The inverses of the error function and of the normal distribution. Near the centre x times a
// polynomial in x^2; beyond, with y = erfc(result) and s = sqrt(-log y), s times a polynomial in
// (s - k) / (s + k): the result is s to leading order (DLMF 7.17.3 and 7.17.4).
// The tables are made by tests/math/generate_coefficients.py.

namespace slope::math {

namespace detail {

inline constexpr double erfinv_centre[] = {
    0x1.979bf7d65c360p-4, -0x1.bd9fd53c2dc8bp-5, 0x1.dd0f6283ee6d0p-5, 0x1.dffbae1ec5911p-7,
    0x1.eaff3cec7f1a9p-6, 0x1.017cdaa8e6c37p-5,  0x1.2ae9f79ae6159p-5, 0x1.5ee85940b3a1ap-5,
    0x1.a7c876ee56a12p-5, 0x1.0a131851cdd2ep-4,  0x1.62847c48b8278p-4, 0x1.053c2c0ab89f0p-3,
    0x1.db29fb2fee5e5p-3};
inline constexpr double erfcinv_near[] = {
    -0x1.89336388517fbp-9, 0x1.0639248c760e8p-6,  -0x1.c7d2144de501fp-6, 0x1.e36b8a798d46cp-7,
    0x1.26f0e0e96517dp-6,  -0x1.51b8177dd15cap-5, 0x1.320fb80c7fcbdp-5,  -0x1.3287c611e3228p-7,
    -0x1.c9402515bd6d7p-6, 0x1.b334273616e49p-5,  -0x1.8de3d3ac2540ep-5, 0x1.72dbcc0964d3fp-7,
    0x1.4fd4fde8a2e25p-5,  -0x1.3f71013daf176p-4, 0x1.23a1900898ab3p-4,  -0x1.bfd7699ec593ep-7,
    -0x1.298ce267fdbcep-4, 0x1.1a24bb78cb1efp-3,  -0x1.0660b387ad84bp-3, 0x1.b8b98e9562953p-8,
    0x1.9d92397d7199ap-3,  -0x1.b1eefc3077d54p-2, 0x1.b9427f5b56a27p-2};
inline constexpr double erfcinv_far[] = {
    0x1.baff4f76052efp-10, -0x1.fe64817d4c934p-8, 0x1.2c33643ef385fp-6, -0x1.fa03d6be67484p-6,
    0x1.6674ee4396960p-5,  -0x1.cfceccdd2eb2ep-5, 0x1.1c1876e21ba62p-4, -0x1.4e73cad4f9d33p-4,
    0x1.7ce6f68e9a01dp-4,  -0x1.a561ecf63abc5p-4, 0x1.c54ff4a50a7e8p-4, -0x1.da36410ee3af8p-4,
    0x1.e07c81fc8dec8p-4,  -0x1.d4c96d535ba75p-4, 0x1.b0384ff4b99dep-4, -0x1.6c4151318cc9bp-4,
    0x1.cf2d6021daa55p-5};

/// erfinv(x) for |x| <= 1/2.
template <class X>
[[gnu::always_inline]] constexpr X erfinv_small(X x) {
  X const rest =
      multiply_add(x * x, polynomial_of(x * x, erfinv_centre), like(x, -0x1.618f13eb7ca89p-55));
  return multiply_add(x, like(x, 0x1.c5bf891b4ef6bp-1), x * rest);
}

/// The x with erfc(x) = y, for 0 < y <= 1/2.
template <class X>
[[gnu::always_inline]] constexpr X inverse_erfc_tail(X y) {
  // s + low = sqrt(-log(y)): h^2 is exact, h half the digits of s.
  auto const logarithm = log_extended(y);
  X const l = opaque(logarithm.high + logarithm.low);
  X const l_low = opaque(logarithm.high - l) + logarithm.low;
  X const s = sqrt(-l);
  X const h = leading_half(s);
  X const rest = opaque(-l - h * h) - (s - h) * (s + h);
  X const low = (rest - l_low) / (s + s);
  // times c + t p(t), t = (s - k) / (s + k), where c is given in two parts: h and the first of them
  // have 26 digits.
  auto const near = s < like(s, 6.09375);
  X const k = select(near, like(s, 2), like(s, 9));
  X const c = select(near, like(s, 0x1.ab0e638p-1), like(s, 0x1.f734c18p-1));
  X const c_low = select(near, like(s, 0x1.a8530dfee673ep-28), like(s, 0x1.2abb1947fde74p-28));
  X const t = (s - k) / (s + k);
  X p = t;
  if (reduce_any(near)) p = polynomial_of(t, erfcinv_near);
  if (!reduce_all(near)) p = select(near, p, polynomial_of(t, erfcinv_far));
  X const slight = multiply_add(s - h, c, multiply_add(s, c_low, low * (c + t * p)));
  return opaque(h * c) + multiply_add(s * t, p, slight);
}

struct erfinv_inside {  // for |x| < 1
  template <class X>
  constexpr X operator()(X x) const {
    X const a = abs(x);
    auto const small = a <= like(x, 0.5);
    X magnitude = a;
    if (reduce_any(small)) magnitude = erfinv_small(a);
    if (!reduce_all(small)) magnitude = select(small, magnitude, inverse_erfc_tail(one(x) - a));
    return copysign(magnitude, x);
  }
};

struct ndtri_inside {  // for 0 < p < 1
  template <class X>
  constexpr X operator()(X p) const {
    // With q the smaller tail, erfc(result) = 2q; both it and 1 - 2q are exact.
    auto const upper = p > like(p, 0.5);
    X const q = select(upper, one(p) - p, p);
    auto const central = q >= like(p, 0.25);
    X magnitude = q;
    if (reduce_any(central)) magnitude = erfinv_small(one(q) - (q + q));
    if (!reduce_all(central)) magnitude = select(central, magnitude, inverse_erfc_tail(q + q));
    // sqrt(2) in two parts.
    X const scaled = multiply_add(magnitude, like(p, 0x1.6a09e667f3bcdp0),
                                  magnitude * like(p, -0x1.bdd3413b26456p-54));
    return select(upper, scaled, zero(p) - scaled);
  }
};

/// What a function on (low, 1) is at its ends and outside.
template <class X>
[[gnu::always_inline]] constexpr X quantile_edges(X x, X low, X inside_result) {
  X const top = select(x == one(x), infinity_like(x), nan_like(x));
  X const edge = select(x == low, -infinity_like(x), top);
  return select(both(x > low, x < one(x)), inside_result, edge);
}

}  // namespace detail

/// The y with erf(y) = x, an odd function on [-1, 1]; infinite at its ends, NaN outside.
template <floating X>
[[gnu::always_inline]] constexpr X erfinv(X x) {
  auto const inside = abs(x) < one(x);
  X const y = detail::by_double(detail::erfinv_inside{}, select(inside, x, zero(x)));
  return detail::quantile_edges(x, like(x, -1), y);
}

/// The quantile of the standard normal distribution, the y with (1 + erf(y / sqrt(2))) / 2 = p, on
/// [0, 1]; infinite at its ends, NaN outside. Accurate for the smallest p too.
template <floating X>
[[gnu::always_inline]] constexpr X ndtri(X p) {
  auto const inside = both(p > zero(p), p < one(p));
  X const y = detail::by_double(detail::ndtri_inside{}, select(inside, p, like(p, 0.5)));
  return detail::quantile_edges(p, zero(p), y);
}

}  // namespace slope::math
