// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/generic.hpp>

// Signs, comparisons, rounding to integers, and the square root: exact functions.

namespace slope::math {

/// |x|; for integers the smallest number stays itself.
template <class X>
[[gnu::always_inline]] constexpr X abs(X x) {
  if constexpr (std::is_same_v<X, double>) {
    return __builtin_fabs(x);  // the same, but g++ would do it in an integer register
  } else if constexpr (std::is_same_v<X, float>) {
    return __builtin_fabsf(x);
  } else if constexpr (floating<X>) {
    return detail::from_bits<X>(detail::bits(x) &
                                like(detail::bits(x), ~detail::format_of<X>::sign));
  } else if constexpr (std::is_unsigned_v<scalar_type_t<X>>) {
    return x;
  } else if constexpr (is_pack_v<X>) {
    return select(x < zero(x), -x, x);
  } else {
    return x < 0 ? static_cast<X>(0u - static_cast<std::make_unsigned_t<X>>(x)) : x;
  }
}

/// -1, 0 or 1; 0 for NaN, as in PyTorch.
template <class X>
[[gnu::always_inline]] constexpr X sign(X x) {
  return select(x > zero(x), one(x), select(x < zero(x), like(x, -1), zero(x)));
}

/// The magnitude of x with the sign of y.
template <floating X>
[[gnu::always_inline]] constexpr X copysign(X x, X y) {
  if constexpr (std::is_same_v<X, double>) return __builtin_copysign(x, y);
  else if constexpr (std::is_same_v<X, float>) return __builtin_copysignf(x, y);
  else return detail::from_bits<X>(detail::bits(abs(x)) | detail::sign_of(y));
}

/// Read off the bits, so that -ffast-math cannot assume the answer.
template <floating X>
[[gnu::always_inline]] constexpr mask_type_t<X> is_nan(X x) {
  auto const infinity = like(detail::bits(x), detail::format_of<X>::infinity);
  if constexpr (is_pack_v<X>)
    return convert_mask<scalar_type_t<X>>(detail::bits(abs(x)) > infinity);
  else return detail::bits(abs(x)) > infinity;
}
template <floating X>
[[gnu::always_inline]] constexpr mask_type_t<X> is_finite(X x) {
  auto const infinity = like(detail::bits(x), detail::format_of<X>::infinity);
  if constexpr (is_pack_v<X>)
    return convert_mask<scalar_type_t<X>>(detail::bits(abs(x)) < infinity);
  else return detail::bits(abs(x)) < infinity;
}

/// The larger, or NaN if either is NaN, as torch.maximum. (The inner choice is one instruction, unless
/// g++ unites both; who waits for b does not wait for the outer one's condition.)
template <class X>
[[gnu::always_inline]] constexpr X maximum(X a, X b) {
  X const larger = select(a > b, a, b);
  if constexpr (floating<X>) return select(a != a, a, detail::opaque(larger));
  else return larger;
}
/// The smaller, or NaN if either is NaN, as torch.minimum.
template <class X>
[[gnu::always_inline]] constexpr X minimum(X a, X b) {
  X const smaller = select(a < b, a, b);
  if constexpr (floating<X>) return select(a != a, a, detail::opaque(smaller));
  else return smaller;
}

/// To the nearest integer, halves to even; keeps the sign of zero.
template <floating X>
[[gnu::always_inline]] constexpr X round(X x) {
  // |x| + 2^52 has no fraction bits left: the addition itself rounds.
  X const big = like(x, detail::format_of<X>::integer_from);
  X const magnitude = abs(x);
  auto const has_fraction = magnitude < big;
  X const nearest = detail::opaque(detail::guarded(has_fraction, magnitude) + big) - big;
  return copysign(select(has_fraction, nearest, magnitude), x);
}

/// Towards zero.
template <floating X>
[[gnu::always_inline]] constexpr X trunc(X x) {
  X const magnitude = abs(x);
  X const nearest = round(magnitude);
  auto const above = nearest > magnitude;
  return copysign(select(above, detail::guarded(above, nearest) - one(x), nearest), x);
}

/// The largest integer that is not above x.
template <floating X>
[[gnu::always_inline]] constexpr X floor(X x) {
  X const nearest = round(x);
  auto const above = nearest > x;
  return copysign(select(above, detail::guarded(above, nearest) - one(x), nearest), x);
}

/// The smallest integer that is not below x.
template <floating X>
[[gnu::always_inline]] constexpr X ceil(X x) {
  X const nearest = round(x);
  auto const below = nearest < x;
  return copysign(select(below, detail::guarded(below, nearest) + one(x), nearest), x);
}

/// 1 / x; an infinity of x's sign at 0, in constant evaluation too.
template <class X>
[[gnu::always_inline]] constexpr X reciprocal(X x) {
  if constexpr (!is_pack_v<X> && floating<X>) {
    if (__builtin_is_constant_evaluated()) {
      if (x != x) return x;
      if (x == 0) return copysign(detail::infinity_like(x), x);
    }
  }
  return one(x) / x;
}

namespace detail {

/// sqrt for constant evaluation: Newton's iteration, then the last bit decided in integers.
template <class T>
constexpr T sqrt_constant(T x) {
  using U = unsigned_t<T>;
  using F = format<T>;
  if (!(x > 0) || bits(x) == F::infinity) return x == 0 || x > 0 ? x : nan_like(x);
  // x = m 4^k with m in [1, 4).
  int exponent = 0;
  if (x < F::smallest_normal) {
    x *= static_cast<T>(U{1} << F::fraction_bits) * 4;
    exponent = -(F::fraction_bits + 2);
  }
  exponent += static_cast<int>(bits(x) >> F::fraction_bits) - F::bias;
  int const odd = exponent & 1;
  int const half = (exponent - odd) / 2;
  U const fraction = (bits(x) & F::fraction) | (U{1} << F::fraction_bits);
  T const m =
      from_bits<T>((bits(x) & F::fraction) | (static_cast<U>(F::bias + odd) << F::fraction_bits));
  T root = (m + 1) * T(0.5);  // 25 % above at most; then 2.5 %, 3e-4, 5e-8, 1e-15, exact
  root = (root + m / root) * T(0.5);
  root = (root + m / root) * T(0.5);
  root = (root + m / root) * T(0.5);
  root = (root + m / root) * T(0.5);
  root = (root + m / root) * T(0.5);
  // With Y = root 2^52 and M = m 2^104 the exact difference M - Y^2 is below 2^55 in size: it may
  // be computed modulo 2^64. sqrt(M) rounds to Y exactly when -Y < M - Y^2 <= Y.
  U y = (bits(root) & F::fraction) | (U{1} << F::fraction_bits);
  U const square = fraction << (F::fraction_bits + odd);
  using S = signed_t<T>;
  S const difference = static_cast<S>(square - y * y);
  if (difference > static_cast<S>(y)) ++y;
  else if (difference <= -static_cast<S>(y)) --y;
  return from_bits<T>((y & F::fraction) | (static_cast<U>(F::bias + half) << F::fraction_bits));
}

}  // namespace detail

/// Correctly rounded; NaN below zero, and -0 for -0.
template <floating X>
[[gnu::always_inline]] constexpr X sqrt(X x) {
  if constexpr (is_pack_v<X>) {
    return detail::vector_sqrt<scalar_type_t<X>>(x);
  } else {
    if (__builtin_is_constant_evaluated()) return detail::sqrt_constant(x);
    if constexpr (detail::is_double<X>) return __builtin_sqrt(x);
    else return __builtin_sqrtf(x);
  }
}

}  // namespace slope::math
