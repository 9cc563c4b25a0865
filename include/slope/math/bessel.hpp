// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/by_double.hpp>
#include <slope/math/exponential.hpp>

// The modified Bessel functions of the first kind of orders 0 and 1. Below 8 the power series
// (DLMF 10.25.2), shortened to a polynomial; beyond, e^x / sqrt(x) (DLMF 10.40.1) times a
// polynomial in 16/x - 1. The tables are made by tests/math/generate_coefficients.py.

namespace slope::math {

namespace detail {

inline constexpr double bessel_i0_series[] = {
    0x1.e6e2df5b2ac97p-97, 0x1.3efc08f7af225p-89, 0x1.7074dc4a3672ep-81, 0x1.3d7c2d28e7bbep-73,
    0x1.e73cfe2946cc0p-66, 0x1.41966e6e85389p-58, 0x1.69cab50f240cep-51, 0x1.560186fc4de13p-44,
    0x1.0b313298d947dp-37, 0x1.522a43f56219ap-31, 0x1.522a43f65f737p-25, 0x1.02e85c08985f8p-19,
    0x1.23456789abd19p-14, 0x1.c71c71c71c71ap-10, 0x1.c71c71c71c71dp-6,  0x1.0000000000000p-2,
    0x1.0000000000000p0};
inline constexpr double bessel_i0_scaled[] = {
    -0x1.b131aea5c1254p-36, 0x1.914e84cd851efp-34,  0x1.87a72078bf6abp-33, -0x1.655502908009fp-31,
    -0x1.5d5dfa450f6c0p-31, 0x1.2989e1b85424bp-29,  0x1.bb2855d569f01p-30, -0x1.3771c98c26a04p-28,
    -0x1.ed556224484f1p-29, 0x1.c04a953feaed9p-28,  0x1.053442ccf7259p-27, -0x1.58d9904348cf4p-28,
    -0x1.cd6366716cadfp-27, -0x1.d728e5ea6416ap-28, 0x1.03be393804c58p-27, 0x1.728807c73d2d6p-26,
    0x1.51cccfdc63b3cp-25,  0x1.7d0cd66a22fbep-24,  0x1.3f49ac527a743p-22, 0x1.8e513c68bcd9cp-20,
    0x1.75e5ee702514bp-17,  0x1.1daa72b5cd0bdp-13,  0x1.b87969bb93bccp-9,  0x1.9bd428ad249a5p-2};
inline constexpr double bessel_i1_series[] = {
    0x1.a781d5f53b632p-101, 0x1.30fa95315c316p-93, 0x1.6f59336b3ca32p-85, 0x1.52ce4911769fbp-77,
    0x1.166846043cd13p-69,  0x1.8bcd5513a6fd4p-62, 0x1.e2638fe1c1df2p-55, 0x1.f17696aa3785ep-48,
    0x1.ab81ea827b3a5p-41,  0x1.2c9758da91913p-34, 0x1.522a43f6590aep-28, 0x1.27e4fb7789d19p-22,
    0x1.845c8a0ce5141p-17,  0x1.6c16c16c16c16p-12, 0x1.c71c71c71c71cp-8,  0x1.5555555555555p-4,
    0x1.0000000000000p-1};
inline constexpr double bessel_i1_scaled[] = {
    0x1.8e1a552fd2ee0p-36,  -0x1.a1e638bb7854dp-34, -0x1.689befde85f2cp-33, 0x1.74a0c646efb29p-31,
    0x1.4445a1f8ed12cp-31,  -0x1.371d40dfccf9fp-29, -0x1.a35d44e251499p-30, 0x1.4778d55fe08dep-28,
    0x1.e1bb042ebb0e2p-29,  -0x1.dd4d80ca648ecp-28, -0x1.0831f9d9f210cp-27, 0x1.7ef342b795ad7p-28,
    0x1.e2d66a6c961f0p-27,  0x1.d68c2a324c3fdp-28,  -0x1.21bb8a6c8bca3p-27, -0x1.91e84051a14e8p-26,
    -0x1.7278851dd0ca1p-25, -0x1.ad8afd1a9920cp-24, -0x1.761383ba25461p-22, -0x1.ec8e127a09bd7p-20,
    -0x1.f89c2304b9c29p-17, -0x1.cbc54df1d2a01p-13, -0x1.3f796198ee63dp-7,  0x1.8ebe783a84030p-2};

/// I(a), or e^-a I(a), of order 0 or 1, for finite a >= 0.
template <int Order, bool Scaled>
struct bessel_i {
  template <class X>
  constexpr X operator()(X a) const {
    auto const near = a < like(a, 8);
    X result = a;
    if (reduce_any(near)) {
      X const half = like(a, 0.5) * a;
      // half^2 = q + lost; the functions grow by q's error many times over.
      X const h = leading_half(half);
      X const square = opaque(h * h);
      X const small = (half - h) * (half + h);
      X const q = opaque(square + small);
      X const lost = opaque(square - q) + small;
      X const series = q * polynomial_of(q, Order == 0 ? bessel_i0_series : bessel_i1_series);
      X const value = Order == 0 ? one(a) + series : multiply_add(half, series, half);
      // Roughly d log(value) / dq.
      X const growth = multiply_add(q, like(a, Order == 0 ? 0.1 : 0.2), one(a)) /
                       multiply_add(q, like(a, Order == 0 ? 0.6 : 1.0), like(a, 1 + Order));
      X const rest = value * growth * lost;
      if constexpr (Scaled) result = exp_sum(-a, zero(a), value, rest);
      else result = value + rest;
    }
    if (!reduce_all(near)) {
      // Above 720 all of w e^a are infinite.
      X const b = Scaled ? a : at_most(a, 720);
      X const p =
          polynomial_of(like(a, 16) / b - one(a), Order == 0 ? bessel_i0_scaled : bessel_i1_scaled);
      X w = p / sqrt(b);
      if constexpr (!Scaled) {
        // Without overflow before the result does.
        auto const [r, shifted] = reduce_exponent(b);
        w = scale(multiply_add(w, expm1_reduced(r), w), shifted);
      }
      result = select(near, result, w);
    }
    return result;
  }
};

template <int Order, bool Scaled, class X>
[[gnu::always_inline]] constexpr X bessel_everywhere(X x) {
  X const a = abs(x);
  auto const inside = is_finite(x);
  X const y = by_double(bessel_i<Order, Scaled>{}, select(inside, a, zero(a)));
  X const limit = Scaled ? select(is_nan(x), x, zero(x)) : nan_like(x);
  X const magnitude = select(inside, y, limit);
  if constexpr (Order == 0) return magnitude;
  else return select(x < zero(x), -magnitude, magnitude);
}

}  // namespace detail

/// The modified Bessel function I of order 0; NaN at infinities, as in torch.
template <floating X>
[[gnu::always_inline]] constexpr X i0(X x) {
  return detail::bessel_everywhere<0, false>(x);
}
/// e^-|x| i0(x), which does not overflow; 0 at infinities.
template <floating X>
[[gnu::always_inline]] constexpr X i0e(X x) {
  return detail::bessel_everywhere<0, true>(x);
}
/// The modified Bessel function I of order 1, odd; NaN at infinities and 0 at -0, as in torch.
template <floating X>
[[gnu::always_inline]] constexpr X i1(X x) {
  return detail::bessel_everywhere<1, false>(x);
}
/// e^-|x| i1(x), which does not overflow; 0 at inf and -0, -0 at -inf, as in torch.
template <floating X>
[[gnu::always_inline]] constexpr X i1e(X x) {
  return detail::bessel_everywhere<1, true>(x);
}

}  // namespace slope::math
