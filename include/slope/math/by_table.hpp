// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/rounding.hpp>

// exp and log of one number, at run time and in constant evaluation. A number waits for each step
// of its polynomial, where packs overlap those of several: here a table makes it short, and the few
// arguments that need more care are left to the caller. float is computed in double. Packs, which would have to gather, have the
// polynomials of exponential.hpp and logarithm.hpp. The tables are made by
// tests/math/generate_coefficients.py.

namespace slope::math::detail {

/// 2^(i/16) = scale (1 + tail); what i would add to the exponent in exp_by_table is taken off.
struct table_power {
  std::uint64_t scale;
  double tail;
};
inline constexpr table_power table_powers[16] = {{0x3ff0000000000000u, 0x0p0},
                                                 {0x3fefb5586cf9890fu, 0x1.79aa65d837b6dp-54},
                                                 {0x3fef72b83c7d517bu, -0x1.01b15eaa59348p-55},
                                                 {0x3fef387a6e756238u, 0x1.68efde3a8a894p-54},
                                                 {0x3fef06fe0a31b715u, 0x1.34d754db0abb6p-55},
                                                 {0x3feedea64c123422u, 0x1.59f48a72a4c6dp-55},
                                                 {0x3feebfdad5362a27u, 0x1.690cebb7aafbp-56},
                                                 {0x3feeab07dd485429u, 0x1.063e1e21c5409p-54},
                                                 {0x3feea09e667f3bcdu, -0x1.3b3efbf5e2228p-54},
                                                 {0x3feea11473eb0187u, -0x1.b32dcb94da51dp-56},
                                                 {0x3feeace5422aa0dbu, 0x1.db72fc1f0eab4p-55},
                                                 {0x3feec49182a3f090u, 0x1.1affc2b91ce27p-56},
                                                 {0x3feee89f995ad3adu, 0x1.c1a7792cb3387p-55},
                                                 {0x3fef199bdd85529cu, 0x1.36eae30af0cb3p-56},
                                                 {0x3fef5818dcfba487u, 0x1.4a385a63d07a7p-56},
                                                 {0x3fefa4afa2a490dau, -0x1.ff7128fd391fp-55}};

/// e^x for |x| < 708: x = n (ln 2)/16 + r with |r| <= (ln 2)/32.
template <class X>
[[gnu::always_inline]] constexpr X exp_by_table(X x) {
  X const to_integer = format<X>::to_integer;
  X const shifted = opaque(multiply_add(x, 0x1.71547652b82fep4, to_integer));
  X const n = opaque(shifted - to_integer);
  X const high = opaque(multiply_add(n, -0x1.62e42ffp-5, x));  // exact
  X const r = multiply_add(n, 0x1.718432a1b0e26p-39, high);
  auto const& power = table_powers[bits(shifted) & 15];
  X const scale = from_bits<X>(power.scale + (bits(shifted) << 48));
  X const z = r * r;
  // As a tree, in which the first terms are summed while the last are computed.
  X const p2 = multiply_add(r, 0x1.5555555555551p-3, 0x1.0000000000003p-1);
  X const p4 = multiply_add(r, 0x1.111111115222fp-7, 0x1.55555554a055dp-5);
  X const p6 = multiply_add(r, 0x1.a01a6d9a96292p-13, 0x1.6c18290948715p-10);
  X const p = multiply_add(z * z, multiply_add(z, p6, p4), multiply_add(z, p2, power.tail + r));
  return multiply_add(opaque(scale), p, scale);
}

/// The same for a float as double, |x| < 100: far more digits than the result has.
template <class X>
[[gnu::always_inline]] constexpr X exp_to_float(X x) {
  X const to_integer = format<X>::to_integer;
  X const shifted = opaque(multiply_add(x, 0x1.71547652b82fep4, to_integer));
  X const r = multiply_add(opaque(shifted - to_integer), -0x1.62e42fefa39efp-5, x);
  X const scale = from_bits<X>(table_powers[bits(shifted) & 15].scale + (bits(shifted) << 48));
  X const p2 = multiply_add(r, 0x1.5556196681eb2p-3, 0x1.0001ec515bdd1p-1);
  return multiply_add(scale, multiply_add(r * r, p2, r), scale);
}

/// 1/c and log c for a number c in each of 32 intervals that cover those from 0.7 to 1.4; around 1
/// it is 1 itself. c is chosen such that the logarithms are multiples of 2^-42, to 2^-63, and 1/c
/// has 32 bits.
struct table_inverse {
  double inverse;
  double log;
};
inline constexpr table_inverse table_inverses[32] = {
    {0x1.6c1d701ep0, -0x1.68bf4f12p-2},   {0x1.642bcc7ep0, -0x1.5228cc5d4p-2},
    {0x1.5c979a9p0, -0x1.3c227d795p-2},   {0x1.5565debp0, -0x1.26c7bbefb4p-2},
    {0x1.4e83efdp0, -0x1.11eceffc5bp-2},  {0x1.47a202c6p0, -0x1.f94656bd12p-3},
    {0x1.413d37c6p0, -0x1.d0e9c28b3p-3},  {0x1.3b1faa1cp0, -0x1.a98ca4043ap-3},
    {0x1.3535983p0, -0x1.82bf2261aep-3},  {0x1.2f5df49ep0, -0x1.5bae38af3cp-3},
    {0x1.29f1dd62p0, -0x1.36be9ad13cp-3}, {0x1.24867092p0, -0x1.1125fa72b2p-3},
    {0x1.1f8023f2p0, -0x1.db547034dcp-4}, {0x1.1a73bd84p0, -0x1.92c4203b18p-4},
    {0x1.15bafb0cp0, -0x1.4db70a924p-4},  {0x1.111e1f9ep0, -0x1.091d60ed58p-4},
    {0x1.0c7ac382p0, -0x1.85eabebbbp-5},  {0x1.084030c4p0, -0x1.03dbc025b8p-5},
    {0x1.029ce6d4p0, -0x1.4cc16bfbcp-7},  {0x1p0, 0x0p0},
    {0x1.f634d864p-1, 0x1.3c6e30ee3p-6},  {0x1.e21efb24p-1, 0x1.ec94a0709p-5},
    {0x1.d4640214p-1, 0x1.6ca2454328p-4}, {0x1.c7295568p-1, 0x1.e1fc77df2cp-4},
    {0x1.bac5c0b8p-1, 0x1.298294afcap-3}, {0x1.aefddd5p-1, 0x1.60bd35c902p-3},
    {0x1.a4156e2cp-1, 0x1.953d30db5ep-3}, {0x1.9992b89cp-1, 0x1.c921e1b79ap-3},
    {0x1.8fa4eb18p-1, 0x1.fb64527a9cp-3}, {0x1.86187d7p-1, 0x1.16758174bdp-2},
    {0x1.7cffba44p-1, 0x1.2e9ee73a51p-2}, {0x1.747a09a8p-1, 0x1.45c924abb5p-2}};

/// z/c - 1 = r + lost, exactly.
template <class X>
struct table_quotient {
  X r;
  X lost;
};
template <class X>
[[gnu::always_inline]] constexpr table_quotient<X> rest_of_quotient(X z, X inverse) {
  if constexpr (has_fma) {
    if (!__builtin_is_constant_evaluated()) {
      X const r = __builtin_fma(z, inverse, X(-1));
      X const product = opaque(z * inverse);
      return {r, opaque(opaque(product - 1) - r) + opaque(__builtin_fma(z, inverse, -product))};
    }
  }
  X const head = from_bits<X>(bits(z) & 0xffffffff00000000u);
  X const first = opaque(head * inverse - 1);
  X const second = (z - head) * inverse;
  X const r = opaque(first + second);
  return {r, opaque(first - r) + second};
}

/// x = 2^e z, z = c (1 + r), -0.016 < r < 0.028.
template <class X>
struct table_logarithm {
  X e;
  X z;
  table_inverse const& c;
};
template <class X>
[[gnu::always_inline]] constexpr table_logarithm<X> split_by_table(X x) {
  std::uint64_t const from_lowest = bits(x) - 0x3fe6400000000000u;
  return {static_cast<X>(static_cast<std::int64_t>(from_lowest) >> 52),
          from_bits<X>(bits(x) - (from_lowest & 0xfff0000000000000u)),
          table_inverses[from_lowest >> 47 & 31]};
}

/// log(x) for positive normal x, and corrections far below it.
template <class X, class... C>
[[gnu::always_inline]] constexpr X log_by_table(X x, C... correction) {
  auto const [e, z, c] = split_by_table(x);
  auto const [r, lost] = rest_of_quotient(z, c.inverse);
  // e ln 2 + log c + r + lost = high + low.
  X const whole = opaque(multiply_add(e, 0x1.62e42ffp-1, c.log));  // exact
  X const high = opaque(whole + r);
  X const rest = (lost + ... + correction);
  X const low = multiply_add(e, -0x1.718432a1b0e26p-35, rest) + opaque(opaque(whole - high) + r);
  X const q = r * r;
  X const p2 = multiply_add(r, 0x1.555555555565cp-2, -0.5);
  X const p4 = multiply_add(r, 0x1.9999998e31e9p-3, -0x1.fffffffff0b74p-3);
  X const p6 = multiply_add(r, 0x1.249375ead2c6bp-3, -0x1.555557446d54bp-3);
  X const p8 = multiply_add(r, 0x1.b3f1b7c16557ap-4, -0x1.fffb3cd802acbp-4);
  X const p = multiply_add(q * q, multiply_add(q, p8, p6), multiply_add(q, p4, p2));
  return high + opaque(multiply_add(q, p, low));
}

/// The same for a float as double.
template <class X>
[[gnu::always_inline]] constexpr X log_to_float(X x) {
  auto const [e, z, c] = split_by_table(x);
  X const r = opaque(multiply_add(z, c.inverse, -1.0));
  X const whole = multiply_add(e, 0x1.62e42fefa39efp-1, c.log);
  X const q = r * r;
  X const p2 = multiply_add(r, 0x1.55559a51529ecp-2, -0x1.ffffffd42460ap-2);
  X const p4 = multiply_add(r, 0x1.90c0bb8fdbd8cp-3, -0x1.000ae58152875p-2);
  return multiply_add(q, multiply_add(q, p4, p2), whole + r);
}

}  // namespace slope::math::detail
