// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/exponential.hpp>

// Logarithms. x = 2^e m with m in [sqrt(1/2), sqrt(2)); with s = (m - 1) / (m + 1),
// log m = 2 artanh s = 2 s + 2/3 s^3 + ..., an odd function on |s| <= 3 - 2 sqrt(2).

namespace slope::math {

namespace detail {

/// x = 2^e (1 + f) for normal positive x.
template <class X>
struct binary_parts {
  X f;
  X e;
};

template <class X>
[[gnu::always_inline]] constexpr binary_parts<X> split_normal(X x) {
  using F = format_of<X>;
  auto const b = bits(x);
  auto const one_bits = like(b, F::infinity >> 1 & ~F::fraction);
  auto const root = like(b, F::sqrt_half);
  auto const shifted = b + (one_bits - root);
  auto const m = (shifted & like(b, F::fraction)) + root;
  // The exponent becomes a number in the low bits of 2^52.
  X const power = like(x, F::integer_from);
  X const biased = from_bits<X>((shifted >> F::fraction_bits) | bits(power));
  X const e = opaque(biased - (power + like(x, F::bias)));
  return {from_bits<X>(m) - one(x), e};
}

/// The same for every positive x, denormal ones included.
template <class X>
[[gnu::always_inline]] constexpr binary_parts<X> split(X x) {
  constexpr double power = is_double<X> ? 54 : 25;
  constexpr double up = is_double<X> ? 0x1p54 : 0x1p25;
  auto const small = x < like(x, format_of<X>::smallest_normal);
  auto const [f, e] = split_normal(select(small, guarded(small, x) * like(x, up), x));
  return {f, e - select(small, like(x, power), zero(x))};
}

/// What log(1 + f) = 2 artanh(s) adds to f - f^2/2: s (2 artanh(s)/s - 2 + f^2/2), s = f / (2 + f).
template <class X>
[[gnu::always_inline]] constexpr X log_tail(X f, X half_square) {
  X const s = f / (like(f, 2) + f);
  X const z = s * s;
  if constexpr (is_double<X>)
    return s *
           multiply_add(z,
                        polynomial(z, 0x1.2f04cd5a6c496p-3, 0x1.39a1d2ed907aep-3,
                                   0x1.74663d8f3f53ep-3, 0x1.c71c521247f5ep-3, 0x1.24924941e29d6p-2,
                                   0x1.999999997ff14p-2, 0x1.5555555555592p-1),
                        half_square);
  else
    return s *
           multiply_add(z, polynomial(z, 0x1.31e0ap-2, 0x1.995ed6p-2, 0x1.55557ap-1), half_square);
}

/// log(2^e (1 + f)) + correction.
template <class X>
[[gnu::always_inline]] constexpr X log_parts(X f, X e, X correction) {
  X const half_square = like(f, 0.5) * f * f;
  X const low = multiply_add(e, like(f, ln2_low<X>), correction) + log_tail(f, half_square);
  return multiply_add(e, like(f, ln2_high<X>), f - (half_square - low));
}

/// What logarithms give outside (0, inf): -inf at 0, NaN below, inf and NaN themselves.
template <class X>
[[gnu::always_inline]] constexpr X log_edges(X x, X result) {
  // In this order: clang 19 makes one slow classification of a conjunction.
  X const below = select(x == zero(x), -infinity_like(x), nan_like(x));
  X const finite = select(x > zero(x), result, below);
  return select(x < infinity_like(x), finite, x);
}

/// log of zero, of negative and denormal numbers, of infinity and NaN. Out of line: it is rare.
template <class X>
[[gnu::noinline, gnu::cold]] constexpr X log_far(X x) {
  if (constant_nan(x)) return x;
  auto const [f, e] = split(x);
  return log_edges(x, log_parts(f, e, zero(x)));
}

/// log(x) / log(b), from 1 / ln b = inverse_high + inverse_low and ln 2 / ln b = step_high +
/// step_low, where the high parts have so few bits that their products are exact.
template <class X>
[[gnu::always_inline]] constexpr X log_base(X x, double inverse_high, double inverse_low,
                                            double step_high, double step_low) {
  if (constant_nan(x)) return x;
  auto const [f, e] = split(x);
  X const half_square = like(f, 0.5) * f * f;
  // log(1 + f) = high + low.
  constexpr auto keep = is_double<X> ? 0xffffffff00000000u : 0xfffff000u;
  X const high = from_bits<X>(bits(f - half_square) & like(bits(f), keep));
  X const low = (opaque(f - high) - half_square) + log_tail(f, half_square);
  X const whole = e * like(f, step_high);
  X const product = opaque(high * like(f, inverse_high));
  X const sum = opaque(whole + product);
  X const rest = opaque(opaque(whole - sum) + product);
  X const small = multiply_add(
      low, like(f, inverse_high),
      multiply_add(low + high, like(f, inverse_low), multiply_add(e, like(f, step_low), rest)));
  return log_edges(x, sum + small);
}

}  // namespace detail

/// Natural logarithm; -inf at 0, NaN below 0.
template <floating X>
[[gnu::always_inline]] constexpr X log(X x) {
  if constexpr (is_pack_v<X>) {
    auto const [f, e] = detail::split(x);
    return detail::log_edges(x, detail::log_parts(f, e, zero(x)));
  } else {
    // Positive normal numbers, in one comparison.
    using F = detail::format<X>;
    constexpr auto lowest = F::infinity & ~(F::infinity << 1);
    if (detail::bits(x) - lowest < F::infinity - lowest) [[likely]] {
      if constexpr (detail::is_double<X>) return detail::log_by_table(x);
      else return static_cast<X>(detail::log_to_float(static_cast<double>(x)));
    }
    return detail::log_far(x);
  }
}

/// Exact for powers of two.
template <floating X>
[[gnu::always_inline]] constexpr X log2(X x) {
  if constexpr (detail::is_double<X>)
    return detail::log_base(x, 0x1.7154766p0, -0x1.a8fa03d1105ep-29, 1, 0);
  else return detail::log_base(x, 0x1.716p0, -0x1.7135a8p-13, 1, 0);
}

template <floating X>
[[gnu::always_inline]] constexpr X log10(X x) {
  if constexpr (detail::is_double<X>)
    return detail::log_base(x, 0x1.bcb7b16p-2, -0x1.b235e39ab2a91p-31, 0x1.34413509f8p-2,
                            -0x1.80433b83b532ap-44);
  else return detail::log_base(x, 0x1.bccp-2, -0x1.09d5b2p-15, 0x1.344p-2, 0x1.3509f8p-18);
}

/// log(1 + x) without cancellation near 0; -inf at -1, NaN below.
template <floating X>
[[gnu::always_inline]] constexpr X log1p(X x) {
  using namespace detail;
  if constexpr (std::is_same_v<X, double>) {
    if (x > -1 && x <= format<X>::largest && x != 0) [[likely]] {
      X const u = opaque(1 + x);
      X const v = opaque(u - 1);
      return log_by_table(u, (opaque(x - v) + opaque(1 - opaque(u - v))) / u);
    }
  }
  if (constant_nan(x)) return x;
  auto const above = x > like(x, -1);
  auto const defined = both(above, x < infinity_like(x));
  // 1 + x = u + c exactly.
  X const y = guarded(defined, x);
  X const u = opaque(one(x) + y);
  X const v = opaque(u - one(x));
  X const c = opaque(y - v) + opaque(one(x) - opaque(u - v));
  auto const [f, e] = split_normal(u);
  X const inside = select(x == zero(x), x, log_parts(f, e, c / u));
  X const below = select(x == like(x, -1), -infinity_like(x), nan_like(x));
  return select(x < infinity_like(x), select(above, inside, below), x);
}

namespace detail {
/// log(1 + x) for 0 <= x <= 1: 1 + x is itself, or half of it is 1 + (x - 1) / 2.
template <class X>
[[gnu::always_inline]] constexpr X log1p_unit(X x) {
  auto const large = x > like(x, 0.41421356237309503);
  X const f = select(large, like(x, 0.5) * (x - one(x)), x);
  return log_parts(f, select(large, one(x), zero(x)), zero(x));
}
}  // namespace detail

/// log(1 + e^x): neither overflows nor loses digits, at any x.
template <floating X>
[[gnu::always_inline]] constexpr X softplus(X x) {
  if (detail::constant_nan(x)) return x;
  X const positive = select(x < zero(x), zero(x), x);
  return positive + detail::log1p_unit(detail::exp_nonpositive(-abs(x)));
}

}  // namespace slope::math
