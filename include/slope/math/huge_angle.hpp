// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/generic.hpp>

// Reduction modulo pi/2 of arguments of any size, one number at a time, by multiplying with those
// bits of 2/pi that matter (Payne and Hanek, 1983).

namespace slope::math::detail {

/// x = n pi/2 + r + tail with |r| <= pi/4; quadrant is n modulo 4.
template <class T>
struct scalar_angle {
  T r;
  T tail;
  unsigned_t<T> quadrant;
};

/// The bits of 2/pi after the point, behind 64 zeros.
inline constexpr std::uint64_t two_over_pi[] = {0,
                                                0xa2f9836e4e441529u,
                                                0xfc2757d1f534ddc0u,
                                                0xdb6295993c439041u,
                                                0xfe5163abdebbc561u,
                                                0xb7246e3a424dd2e0u,
                                                0x06492eea09d1921cu,
                                                0xfe1deb1cb129a73eu,
                                                0xe88235f52ebb4484u,
                                                0xe99c7026b45f7e41u,
                                                0x3991d639835339f4u,
                                                0x9c845f8bbdf9283bu,
                                                0x1ff897ffde05980fu,
                                                0xef2f118b5a0a6d1fu,
                                                0x6d367ecf27cb09b7u,
                                                0x4f463f669e5fea2du,
                                                0x7527bac7ebe5f17bu,
                                                0x3d0739f78a5292eau,
                                                0x6bfb5fb11f8d5d08u,
                                                0x56033046fc7b6babu};

/// The upper half of the product.
constexpr std::uint64_t multiply_high(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t low = 0xffffffffu;
  std::uint64_t const first = (a >> 32) * (b & low) + ((a & low) * (b & low) >> 32);
  std::uint64_t const second = (a & low) * (b >> 32) + (first & low);
  return (a >> 32) * (b >> 32) + (first >> 32) + (second >> 32);
}

/// For x >= 2^8; NaN for infinity.
[[gnu::noinline, gnu::cold]] constexpr scalar_angle<double> reduce_huge_double(double x) {
  std::uint64_t const b = bits(x);
  int const exponent = static_cast<int>(b >> 52) - 1075;
  if (exponent > 971) return {nan_like(x), nan_like(x), 0};
  std::uint64_t const m = (b & format<double>::fraction) | (std::uint64_t{1} << 52);
  // x = m 2^exponent. Bits of 2/pi worth 2^(2 - exponent) or more add multiples of four quarter
  // turns, so a window of 192 bits behind those is enough: product = m window modulo 2^192, whose
  // two highest bits are the quadrant.
  int const start = 64 + exponent - 2;
  int const word = start / 64;
  int const shift = start % 64;
  auto const window = [&](int i) {
    std::uint64_t const next = shift == 0 ? 0 : two_over_pi[word + i + 1] >> (64 - shift);
    return two_over_pi[word + i] << shift | next;
  };
  std::uint64_t const low = m * window(2);
  std::uint64_t const partial = m * window(1);
  std::uint64_t const middle = partial + multiply_high(m, window(2));
  std::uint64_t const high =
      m * window(0) + multiply_high(m, window(1)) + static_cast<std::uint64_t>(middle < partial);

  std::uint64_t quadrant = high >> 62;
  std::uint64_t fraction = high << 2 | middle >> 62;  // of a quarter turn, in units of 2^-64
  std::uint64_t rest = middle << 2 | low >> 62;       // in units of 2^-128
  bool const above_half = (fraction >> 63) != 0;
  if (above_half) {  // to the nearest quadrant instead of the one below
    quadrant = (quadrant + 1) & 3;
    fraction = ~fraction;
    rest = ~rest;
  }
  double const first = static_cast<double>(fraction >> 32) * 0x1p-32;
  double const second = static_cast<double>(fraction & 0xffffffffu) * 0x1p-64 +
                        static_cast<double>(rest >> 11) * 0x1p-117;
  double const sum = opaque(first + second);
  double const lost = opaque(first - sum) + second;
  // times pi/2 = 0x1.921fb54 + ..., whose product with half of the digits is exact
  double const half = leading_half(sum);
  double const product = opaque(half * 0x1.921fb54p0);
  double const small =
      opaque(sum - half) * 0x1.921fb54p0 + (sum * 0x1.10b4611a62633p-30 + lost * 0x1.921fb54p0);
  double const r = opaque(product + small);
  double const tail = opaque(product - r) + small;
  return above_half ? scalar_angle<double>{-r, -tail, quadrant}
                    : scalar_angle<double>{r, tail, quadrant};
}

template <class T>
constexpr scalar_angle<T> reduce_huge(T x) {
  auto const angle = reduce_huge_double(x);
  T const r = static_cast<T>(angle.r);
  T const tail = constant_nan(r) ? r : static_cast<T>(angle.r - r + angle.tail);
  return {r, tail, static_cast<unsigned_t<T>>(angle.quadrant)};
}

}  // namespace slope::math::detail
