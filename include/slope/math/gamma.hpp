// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/by_double.hpp>
#include <slope/math/power.hpp>
#include <slope/math/trigonometric.hpp>

// The logarithm of the gamma function and its derivative. Polynomials between 1/2 and 3, beyond
// that Stirling's series (DLMF 5.11.1, 5.11.2) with its rest as a polynomial in 1/x^2, and
// reflection (DLMF 5.5.3, 5.5.4) on the left.
// The tables are made by tests/math/generate_coefficients.py.

namespace slope::math {

namespace detail {

inline constexpr double lgamma_near_one[] = {
    -0x1.b016cba599e79p-3, 0x1.bdb3d7629dd5ep-3, 0x1.27f230eaff2d4p-3,  -0x1.3046d605c1822p-3,
    -0x1.15aa76c25a286p-3, 0x1.1ef5d11df4a3dp-3, -0x1.92cc93c2d0397p-7, 0x1.b4fc9a43dac9fp-7,
    -0x1.bdcd4921292ddp-5, 0x1.d2f7f4a6085fbp-5, -0x1.a6c5663f08556p-5, 0x1.be79bd2aebac5p-5,
    -0x1.e2c4334095f0ep-5, 0x1.007509e47a025p-4, -0x1.110b05d33b8f9p-4, 0x1.248e72b0a7186p-4,
    -0x1.3b1dfdcb92653p-4, 0x1.556b3fe9a66f6p-4, -0x1.748c2fd2348bep-4, 0x1.9a01e02e1bc0ep-4,
    -0x1.c806707d07c69p-4, 0x1.010b36b799ac3p-3, -0x1.2703a1dcd682dp-3, 0x1.5b40cb0ff7e2cp-3,
    -0x1.a8b9c17aa6281p-3, 0x1.151322ac7d8e9p-2, -0x1.9a4d55beab2d7p-2, 0x1.a51a6625307d3p-1};
inline constexpr double lgamma_near_two[] = {
    -0x1.ab91186748ff9p-31, 0x1.960092af1396ep-28, -0x1.6c8158d62b92fp-26, 0x1.b8327002b03e5p-25,
    -0x1.c1bad3e9eca4bp-24, 0x1.c89ed7df9f9acp-23, -0x1.e0599a594c851p-22, 0x1.001ff9d8f2a5fp-20,
    -0x1.11bcded94e8e4p-19, 0x1.259d7b4739d0fp-18, -0x1.3cbcab43bed46p-17, 0x1.580d90f6d5366p-16,
    -0x1.78de5710f444bp-15, 0x1.a127b259137f8p-14, -0x1.d3fd4c9e1887bp-13, 0x1.0b36af8400807p-11,
    -0x1.38ac5c2bb37ffp-10, 0x1.7add6eadba4b6p-9,  -0x1.e404fc218fc4ep-8,  0x1.51322ac7d8471p-6,
    -0x1.13e001a557606p-4,  0x1.4a34cc4a60fa6p-2};
inline constexpr double lgamma_stirling[] = {
    -0x1.42593c7e1f9dbp0,   0x1.0953f9f7b3684p0,   -0x1.a6f12de4e527fp-2,  0x1.cbf7990eae6c5p-4,
    -0x1.a8a27132db91bp-6,  0x1.9aabfe19aa4b2p-8,  -0x1.f5a098f66523bp-10, 0x1.b94839823eb39p-11,
    -0x1.3813661cb3f7ep-11, 0x1.a01a01781724cp-11, -0x1.6c16c16c10e31p-9,  0x1.5555555555555p-4};
inline constexpr double digamma_ratio[] = {
    -0x1.6b107f71aa124p-13, 0x1.104c9d0897b58p-12, -0x1.3db05b36d9a48p-13, 0x1.dc8ae08af0fc4p-13,
    -0x1.f99f529bd0771p-12, 0x1.7b3b41b0b38cdp-11, -0x1.1002aaf6255f5p-10, 0x1.980fc9c9f0be8p-10,
    -0x1.33661f9073563p-9,  0x1.cd3e42d157015p-9,  -0x1.5a071c746535bp-8,  0x1.03c00801ba958p-7,
    -0x1.86355f6f68797p-7,  0x1.256475e5ac975p-6,  -0x1.b9f8b1367959dp-6,  0x1.4de9aa05d3418p-5,
    -0x1.fb442029cdbf4p-5,  0x1.8512e5905d180p-4,  -0x1.2feeeb98a7cd8p-3,  0x1.eca189b8e6da1p-3,
    -0x1.b1cb63005ee97p-2,  0x1.e6f0cbb873617p-1};
inline constexpr double digamma_far[] = {
    -0x1.1eff058434261p12, 0x1.52f922c7da7ccp13, -0x1.733d535894f38p13, 0x1.f59444d65bd72p12,
    -0x1.d5ccd8a45d646p11, 0x1.45d47e6a504d0p10, -0x1.5ea8e09c8d243p8,  0x1.318d7f96efe83p6,
    -0x1.c59f1b96a8f96p3,  0x1.344e133fb731dp1,  -0x1.a966fb638e1f4p-2, 0x1.5186623adf876p-4,
    -0x1.593636e943c74p-6, 0x1.f075bb607ec82p-8, -0x1.1110fff770a6ap-8, 0x1.041040eb6b06bp-8,
    -0x1.1111111109e62p-7, 0x1.5555555555554p-4};

/// sin(pi r) for |r| <= 1/2.
template <class X>
[[gnu::always_inline]] constexpr X sin_pi(X r) {
  // pi r = product + rest, from pi = 3.14159260 + ..., whose product with half of r is exact.
  X const half = leading_half(r);
  X const exact = opaque(half * like(r, 0x1.921fb5p1));
  X const small =
      multiply_add(opaque(r - half), like(r, 0x1.921fb5p1), r * like(r, 0x1.110b4611a6263p-25));
  X const product = opaque(exact + small);
  return sin_half_turn(product, opaque(exact - product) + small);
}

/// a + b and what rounding that lost (Knuth's TwoSum), for any a and b.
template <class X>
[[gnu::always_inline]] constexpr sum_of_two<X> exact_sum(X a, X b) {
  X const sum = opaque(a + b);
  X const added = opaque(sum - a);
  return {sum, opaque(a - opaque(sum - added)) + opaque(b - added)};
}

/// log(gamma(a)) for 3 <= a: (a - 1/2) (log(a) - 1) + (log(2 pi) - 1) / 2 + S(1/a^2) / a, where the
/// leading product has more digits than double, for the sum cancels.
template <class X>
[[gnu::always_inline]] constexpr X lgamma_large(X a) {
  X const inverse = one(a) / a;
  X const series = inverse * polynomial_of(inverse * inverse, lgamma_stirling);
  auto const [l, l_low] = log_extended(a);
  auto const [m, m_lost] = exact_sum(l, -one(a));
  X const m_high = leading_half(m);
  X const m_low = opaque(m - m_high) + (m_lost + l_low);
  X const b = a - like(a, 0.5);
  X const b_high = leading_half(b);
  X const b_low = opaque(b - b_high);
  X const product = opaque(b_high * m_high);  // exact
  X const rest = multiply_add(b_low, m_high, b * m_low);
  auto const [sum, lost] = exact_sum(product, like(a, 0x1.acfe390c97d69p-2));
  return sum + (rest + (lost + series));
}

/// log(gamma(a)) for 1/2 <= a, and log(gamma(1 + a)) below.
template <class X>
[[gnu::always_inline]] constexpr X lgamma_right(X a) {
  auto const low = a < like(a, 1.5);
  auto const middle = a < like(a, 3);
  X result = a;
  if (reduce_any(low)) {
    X const z = select(a < like(a, 0.5), a, a - one(a));
    X const p = polynomial_of(z, lgamma_near_one);
    result = multiply_add(z, like(a, -0x1.2788cfc6fb619p-1), z * (z * p));
  }
  if (!reduce_all(either(low, negate(middle)))) {
    X const z = a - like(a, 2);
    X const p = polynomial_of(z, lgamma_near_two);
    result = select(low, result, multiply_add(z, like(a, 0x1.b0ee6072093cep-2), z * (z * p)));
  }
  if (!reduce_all(middle)) result = select(middle, result, lgamma_large(a));
  return result;
}

struct lgamma_finite {  // for what is no pole, and 2^1000 at the most
  template <class X>
  constexpr X operator()(X x) const {
    X const a = abs(x);
    auto const below_half = a < like(a, 0.5);
    auto const left = x < zero(x);
    X const right = lgamma_right(a);
    if (!reduce_any(either(left, below_half))) return right;
    // log|gamma(-a)| = -log(a sin(pi a) / pi) - log(gamma(a)).
    X const sine = abs(sin_pi(a - round(a))) * like(a, 0x1.45f306dc9c883p-2);
    X const tiny_or_sine = select(a < like(a, 0x1p-30), a, sine);
    X const product = select(below_half, one(a), a) * tiny_or_sine;
    X const logarithm = log(select(left, product, a));
    X const reflected = select(left, -right, right) - logarithm;
    return select(either(left, below_half), reflected, right);
  }
};

/// psi(a) for 1 <= a, and psi(1 + a) below.
template <class X>
[[gnu::always_inline]] constexpr X digamma_right(X a) {
  auto const near = a < like(a, 2);
  X result = a;
  if (reduce_any(near)) {
    // (x - root) times a polynomial, at x = 1 + a without rounding that.
    auto const low = a < one(a);
    X const near_root =
        opaque(a - select(low, like(a, 0x1.d8b618d5af8fcp-2), like(a, 0x1.762d86356be3fp0)));
    X const distance = near_root - like(a, 0x1.b86a722197829p-54);
    result = distance * polynomial_of(a - select(low, like(a, 0.5), like(a, 1.5)), digamma_ratio);
  }
  if (!reduce_all(near)) {
    X const inverse = one(a) / a;
    X const u = inverse * inverse;
    X const series = multiply_add(u, polynomial_of(u, digamma_far), like(a, 0.5) * inverse);
    result = select(near, result, log(a) - series);
  }
  return result;
}

struct digamma_finite {  // for what is no pole and has an inverse
  template <class X>
  constexpr X operator()(X x) const {
    X const a = abs(x);
    X const right = digamma_right(a);
    auto const left = x < zero(x);
    auto const low = a < one(a);
    if (!reduce_any(either(left, low))) return right;
    // psi(-a) = psi(a) + 1/a + pi cot(pi a), and psi(a) = psi(1 + a) - 1/a.
    X const inverse = one(a) / a;
    X result =
        select(left, select(low, right, right + inverse), select(low, right - inverse, right));
    if (reduce_any(left)) {
      X const r = a - round(a);
      X const cotangent = sin_pi(like(a, 0.5) - abs(r)) * like(a, 0x1.921fb54442d18p1) / sin_pi(r);
      result = select(left, result + cotangent, result);
    }
    return result;
  }
};

/// Whether x is one of the poles 0, -1, -2, ... of the gamma function.
template <class X>
[[gnu::always_inline]] constexpr mask_type_t<X> is_gamma_pole(X x) {
  return both(x <= zero(x), trunc(x) == x);
}

}  // namespace detail

/// log|gamma(x)|; infinite at 0, -1, -2, ... and at both infinities, as in torch. Exactly 0 at 1
/// and 2. On the left, where the result has zeros near which its terms cancel, the error is a few
/// units in the last place of the larger term.
template <floating X>
[[gnu::always_inline]] constexpr X lgamma(X x) {
  using namespace detail;
  // From here on the result overflows.
  auto const inside = both(x < like(x, is_double<X> ? 2.5563481638716905e305 : 4.08500343e36),
                           both(negate(is_gamma_pole(x)), is_finite(x)));
  X const y = by_double(lgamma_finite{}, select(inside, x, one(x)));
  return select(inside, y, select(is_nan(x), nan_like(x), infinity_like(x)));
}

/// The derivative of log(gamma(x)). At the poles as in torch: -inf at 0, inf at -0, NaN at negative
/// integers and at -inf; near its zeros on the left see lgamma.
template <floating X>
[[gnu::always_inline]] constexpr X digamma(X x) {
  using namespace detail;
  // 1 / x overflows.
  auto const zero_like = abs(x) <= like(x, is_double<X> ? 0x1p-1024 : 0x1p-128);
  auto const pole = either(is_gamma_pole(x), negate(is_finite(x)));
  auto const special = either(zero_like, pole);
  X const y = by_double(digamma_finite{}, select(special, one(x), x));
  X const limit = select(x == infinity_like(x), infinity_like(x), nan_like(x));
  return select(special, select(zero_like, -copysign(infinity_like(x), x), limit), y);
}

}  // namespace slope::math
