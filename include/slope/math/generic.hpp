// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/pack.hpp>

// One vocabulary for numbers and packs of numbers, so that a function is written once: for constant
// evaluation, for a run-time scalar and for packs.

namespace slope::math {

namespace detail {
template <class X>
struct traits {
  using scalar_type = X;
  using mask_type = bool;
  template <class U>
  using rebind = U;
  static constexpr int lanes = 1;
  static constexpr bool is_pack = false;
};
template <class T, int N>
struct traits<pack<T, N>> {
  using scalar_type = T;
  using mask_type = mask<T, N>;
  template <class U>
  using rebind = pack<U, N>;
  static constexpr int lanes = N;
  static constexpr bool is_pack = true;
};
template <class T, int N>
struct traits<mask<T, N>> {
  using scalar_type = bool;
  using mask_type = mask<T, N>;
  template <class U>
  using rebind = pack<U, N>;
  static constexpr int lanes = N;
  static constexpr bool is_pack = true;
};
}  // namespace detail

/// The element type of a pack, a number's own type, bool for a mask.
template <class X>
using scalar_type_t = typename detail::traits<std::remove_cvref_t<X>>::scalar_type;
/// What comparing two X gives: bool, or a mask.
template <class X>
using mask_type_t = typename detail::traits<std::remove_cvref_t<X>>::mask_type;
/// The same number of lanes of another element type.
template <class X, class U>
using rebind_t = typename detail::traits<std::remove_cvref_t<X>>::template rebind<U>;
/// 1 for a number, N for a pack or a mask of N lanes.
template <class X>
inline constexpr int lanes_v = detail::traits<std::remove_cvref_t<X>>::lanes;
/// True for packs and masks.
template <class X>
inline constexpr bool is_pack_v = detail::traits<std::remove_cvref_t<X>>::is_pack;

/// float, double, and packs of them: what the functions of this room are defined on.
template <class X>
concept floating = std::is_same_v < scalar_type_t<X>,
float > || std::is_same_v<scalar_type_t<X>, double>;
template <class X>
concept integral = std::is_integral_v<scalar_type_t<X>>;

/// The constant c as x's element type, in every lane.
template <class X, class C>
[[gnu::always_inline]] constexpr X like(X, C c) {
  if constexpr (is_pack_v<X>) return X::broadcast(static_cast<scalar_type_t<X>>(c));
  else return static_cast<X>(c);
}
template <class X>
[[gnu::always_inline]] constexpr X one(X x) {
  return like(x, 1);
}
template <class X>
[[gnu::always_inline]] constexpr X zero(X x) {
  return like(x, 0);
}

/// a where the condition holds, else b. Both are computed.
template <class X>
[[gnu::always_inline]] constexpr X select(bool condition, X a, X b) {
  return condition ? a : b;
}

/// Each lane converted to U, as static_cast does: to integers by truncation.
template <class U, class X>
[[gnu::always_inline]] constexpr rebind_t<X, U> convert(X x) {
  if constexpr (std::is_same_v<scalar_type_t<X>, U>) return x;
  else if constexpr (is_pack_v<X>)
    return {__builtin_convertvector(x.data, typename rebind_t<X, U>::vector)};
  else return static_cast<U>(x);
}

/// The mask for elements of another type; a bool stays itself.
template <class U>
[[gnu::always_inline]] constexpr bool convert_mask(bool m) {
  return m;
}
template <class U, class T, int N>
[[gnu::always_inline]] inline mask<U, N> convert_mask(mask<T, N> m) {
  if constexpr (sizeof(U) == sizeof(T)) return {m.data};
  else return {__builtin_convertvector(m.data, typename mask<U, N>::vector)};
}

/// a where the mask holds, else b; the mask may come from elements of another type.
template <class M, class T, int N>
[[gnu::always_inline]] inline pack<T, N> select(mask<M, N> condition, pack<T, N> a, pack<T, N> b) {
  return {convert_mask<T>(condition).data ? a.data : b.data};
}

/// 1 where the mask holds, else 0.
template <class U>
[[gnu::always_inline]] constexpr U to_number(bool m) {
  return static_cast<U>(m);
}
template <class U, class T, int N>
[[gnu::always_inline]] inline pack<U, N> to_number(mask<T, N> m) {
  return select(m, pack<U, N>::broadcast(1), pack<U, N>::broadcast(0));
}

/// Conjunction, disjunction, negation of bool and mask alike (~ on a bool is not what it seems).
template <class M>
[[gnu::always_inline]] constexpr M both(M a, M b) {
  return static_cast<M>(a & b);
}
template <class M>
[[gnu::always_inline]] constexpr M either(M a, M b) {
  return static_cast<M>(a | b);
}
template <class M>
[[gnu::always_inline]] constexpr M negate(M a) {
  if constexpr (is_pack_v<M>) return ~a;
  else return !a;
}

[[gnu::always_inline]] constexpr bool reduce_any(bool m) { return m; }
[[gnu::always_inline]] constexpr bool reduce_all(bool m) { return m; }
template <class T, int N>
[[gnu::always_inline]] inline bool reduce_any(mask<T, N> m) {
  return m.any();
}
template <class T, int N>
[[gnu::always_inline]] inline bool reduce_all(mask<T, N> m) {
  return m.all();
}

/// a * b + c in one expression, so that compilers fuse it where the machine can: across the
/// operators of a pack clang does not. Rounds once or twice.
template <class X>
[[gnu::always_inline]] constexpr X multiply_add(X a, X b, X c) {
  if constexpr (is_pack_v<X> && floating<X>) return {a.data * b.data + c.data};
  else return a * b + c;
}

namespace detail {

/// x; but 0 where the condition fails, in constant evaluation: what comes of it is not chosen there
/// and may not overflow, which would be an error.
template <class M, class X>
[[gnu::always_inline]] constexpr X guarded(M condition, X x) {
  if constexpr (!is_pack_v<X>) {
    if (__builtin_is_constant_evaluated() && !condition) return X(0);
  }
  return x;
}

/// Whether x is NaN in constant evaluation, where arithmetic on NaN is an error.
template <class X>
[[gnu::always_inline]] constexpr bool constant_nan(X x) {
  if constexpr (is_pack_v<X>) return false;
  else return __builtin_is_constant_evaluated() && x != x;
}

/// Returns x, keeping the optimiser from reassociating arithmetic around it; see opaque_vector.
template <class X>
[[gnu::always_inline]] constexpr X opaque(X x) {
  if constexpr (is_pack_v<X>) return opaque_vector(x);
  else {
    if (!__builtin_is_constant_evaluated()) hide(x);
    return x;
  }
}

/// The unsigned integers that hold the bits of X.
template <class X>
using bits_t = rebind_t<X, unsigned_t<scalar_type_t<X>>>;

template <class X>
[[gnu::always_inline]] constexpr bits_t<X> bits(X x) {
  if constexpr (is_pack_v<X>) return reinterpret<unsigned_t<scalar_type_t<X>>>(x);
  else return __builtin_bit_cast(bits_t<X>, x);
}

template <class X>
[[gnu::always_inline]] constexpr X from_bits(bits_t<X> b) {
  if constexpr (is_pack_v<X>) return reinterpret<scalar_type_t<X>>(b);
  else return __builtin_bit_cast(X, b);
}

/// How an element type is laid out, in the words that the algorithms use.
template <class T>
struct format;
template <>
struct format<double> {
  static constexpr int fraction_bits = 52, bias = 1023;
  static constexpr std::uint64_t sign = 0x8000000000000000u, infinity = 0x7ff0000000000000u;
  static constexpr std::uint64_t fraction = 0x000fffffffffffffu, sqrt_half = 0x3fe6a09e667f3bcdu;
  static constexpr std::uint64_t leading_half = 0xfffffffff8000000u;  // 26 significant bits
  static constexpr double to_integer = 0x1.8p52;  // adding it rounds to an integer in the low bits
  static constexpr double integer_from = 0x1p52;  // all numbers from here on are integers
  static constexpr double smallest_normal = 0x1p-1022, largest = 0x1.fffffffffffffp1023;
};
template <>
struct format<float> {
  static constexpr int fraction_bits = 23, bias = 127;
  static constexpr std::uint32_t sign = 0x80000000u, infinity = 0x7f800000u;
  static constexpr std::uint32_t fraction = 0x007fffffu, sqrt_half = 0x3f3504f3u;
  static constexpr std::uint32_t leading_half = 0xfffff000u;  // 12 significant bits
  static constexpr float to_integer = 0x1.8p23f;
  static constexpr float integer_from = 0x1p23f;
  static constexpr float smallest_normal = 0x1p-126f, largest = 0x1.fffffep127f;
};
template <class X>
using format_of = format<scalar_type_t<X>>;
template <class X>
inline constexpr bool is_double = std::is_same_v<scalar_type_t<X>, double>;

template <class X>
[[gnu::always_inline]] constexpr X infinity_like(X x) {
  return from_bits<X>(like(bits(x), format_of<X>::infinity));
}
template <class X>
[[gnu::always_inline]] constexpr X nan_like(X x) {
  using F = format_of<X>;
  return from_bits<X>(like(bits(x), F::infinity | (F::infinity >> 1)));
}

/// The sign bit of x alone.
template <class X>
[[gnu::always_inline]] constexpr bits_t<X> sign_of(X x) {
  return bits(x) & like(bits(x), format_of<X>::sign);
}
template <class X>
[[gnu::always_inline]] constexpr X flip_sign(X x, bits_t<X> sign) {
  return from_bits<X>(bits(x) ^ sign);
}

/// x cut to about half its significant bits: products of two such numbers are exact.
template <class X>
[[gnu::always_inline]] constexpr X leading_half(X x) {
  return from_bits<X>(bits(x) & like(bits(x), format_of<X>::leading_half));
}

/// c0 z^n + ... by Horner's rule, from every second coefficient starting with `First`.
template <int First, class X, class T, int... I>
[[gnu::always_inline]] constexpr X every_second(X z, T const* c, std::integer_sequence<int, I...>) {
  if constexpr (is_pack_v<X>) {
    X r = like(z, c[First]);
    ((r = multiply_add(r, z, like(z, c[First + 2 + 2 * I]))), ...);
    return r;
  } else {  // the same, without calls: clang counts the steps of constant evaluation
    X r = c[First];
    ((r = r * z + c[First + 2 + 2 * I]), ...);
    return r;
  }
}

/// c0 x^n + ... + cn; the coefficient of the highest power comes first. Horner's rule, for longer
/// ones in x^2 for the even and the odd powers apart: half the latency.
template <class X, class... C>
[[gnu::always_inline]] constexpr X polynomial(X x, C... coefficient) {
  constexpr int count = sizeof...(C);
  scalar_type_t<X> const c[] = {static_cast<scalar_type_t<X>>(coefficient)...};
  if constexpr (count < 5) {
    X r = like(x, c[0]);
    for (int i = 1; i < count; ++i) r = multiply_add(r, x, like(x, c[i]));
    return r;
  } else {
    X const z = x * x;
    X const first = every_second<0>(z, c, std::make_integer_sequence<int, (count - 1) / 2>{});
    X const second = every_second<1>(z, c, std::make_integer_sequence<int, (count - 2) / 2>{});
    return count % 2 == 0 ? multiply_add(first, x, second) : multiply_add(second, x, first);
  }
}

}  // namespace detail
}  // namespace slope::math
