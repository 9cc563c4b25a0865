// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/compiler.hpp>

#include <cstddef>

// pack<T, N>: N numbers that are computed with at once; mask<T, N>: what comparing them gives.
// A struct around the compiler's vector, so that the attribute survives template arguments.
// Everything is always inlined: no vector ever crosses a call, whatever the target options.

namespace slope::math {

namespace detail {
template <int Bytes>
struct integer_of_size;
template <>
struct integer_of_size<4> {
  using with_sign = std::int32_t;
  using without_sign = std::uint32_t;
};
template <>
struct integer_of_size<8> {
  using with_sign = std::int64_t;
  using without_sign = std::uint64_t;
};
template <class T>
using signed_t = typename integer_of_size<sizeof(T)>::with_sign;
template <class T>
using unsigned_t = typename integer_of_size<sizeof(T)>::without_sign;
}  // namespace detail

/// Comparison results for N elements as wide as T: all bits of a lane are ones, or zeros.
template <class T, int N>
struct mask {
  using value_type = bool;
  using vector = detail::vector_t<detail::signed_t<T>, N>;
  static constexpr int lanes = N;
  vector data;

  [[gnu::always_inline]] bool operator[](int i) const { return data[i] != 0; }
  [[gnu::always_inline]] bool any() const { return detail::any_bit(*this); }
  [[gnu::always_inline]] bool all() const { return !detail::any_bit(mask{~data}); }
};

/// N elements of T: float, double, or an integer of 4 or 8 bytes; N a power of two, 2 to 64.
template <class T, int N>
struct pack {
  static_assert(std::is_arithmetic_v<T> && (sizeof(T) == 4 || sizeof(T) == 8));
  static_assert(N >= 2 && N <= 64 && (N & (N - 1)) == 0);

  using value_type = T;
  using vector = detail::vector_t<T, N>;
  static constexpr int lanes = N;
  vector data;

  [[gnu::always_inline]] T operator[](int i) const { return data[i]; }

  [[gnu::always_inline]] static pack broadcast(T value) { return {value - vector{}}; }

  /// N consecutive elements; p needs no alignment beyond T's.
  [[gnu::always_inline]] static pack load(T const* p) {
    pack r;
    __builtin_memcpy(&r.data, p, sizeof r.data);
    return r;
  }
  [[gnu::always_inline]] void store(T* p) const { __builtin_memcpy(p, &data, sizeof data); }

  /// The first count elements at p, and fill in the other lanes; reads nothing beyond them.
  [[gnu::always_inline]] static pack load_first(T const* p, int count, T fill) {
    pack r = broadcast(fill);
    auto* const lanes_of_r = reinterpret_cast<unsigned char*>(&r.data);
    if (count >= N) return load(p);
    // One copy per set bit of count: a handful of moves instead of a loop over elements.
    int at = 0;
    for_each_power([&](auto step) {
      if (count & step()) {
        __builtin_memcpy(lanes_of_r + static_cast<std::size_t>(at) * sizeof(T), p + at,
                         sizeof(T) * step());
        at += step();
      }
    });
    return r;
  }

  /// Writes the first count lanes and nothing beyond them.
  [[gnu::always_inline]] void store_first(T* p, int count) const {
    if (count >= N) return store(p);
    auto const* const lanes_here = reinterpret_cast<unsigned char const*>(&data);
    int at = 0;
    for_each_power([&](auto step) {
      if (count & step()) {
        __builtin_memcpy(p + at, lanes_here + static_cast<std::size_t>(at) * sizeof(T),
                         sizeof(T) * step());
        at += step();
      }
    });
  }

  /// Element i at p[i * stride].
  [[gnu::always_inline]] static pack load_strided(T const* p, std::ptrdiff_t stride) {
    pack r;
    for (int i = 0; i < N; ++i) r.data[i] = p[i * stride];
    return r;
  }
  [[gnu::always_inline]] void store_strided(T* p, std::ptrdiff_t stride) const {
    for (int i = 0; i < N; ++i) p[i * stride] = data[i];
  }

 private:
  template <class F>
  [[gnu::always_inline]] static void for_each_power(F f) {
    if constexpr (N > 32) f(std::integral_constant<int, 32>{});
    if constexpr (N > 16) f(std::integral_constant<int, 16>{});
    if constexpr (N > 8) f(std::integral_constant<int, 8>{});
    if constexpr (N > 4) f(std::integral_constant<int, 4>{});
    if constexpr (N > 2) f(std::integral_constant<int, 2>{});
    f(std::integral_constant<int, 1>{});
  }
};

/// How many T fill one vector register.
template <class T>
inline constexpr int native_lanes = vector_bytes / static_cast<int>(sizeof(T));
/// The pack that fills one vector register.
template <class T>
using native_pack = pack<T, native_lanes<T>>;

namespace detail {

/// The same bits as lanes of another type of that size.
template <class U, class T, int N>
[[gnu::always_inline]] inline pack<U, N> reinterpret(pack<T, N> x) {
  return {reinterpret_cast<typename pack<U, N>::vector>(x.data)};
}

template <class T>
inline constexpr bool may_overflow = std::is_signed_v<T>&& std::is_integral_v<T>;

/// a / b for integers without a trap: 0 where b is 0, and the smallest number over -1 wraps.
template <class T>
[[gnu::always_inline]] constexpr T divide_integer(T a, T b) {
  if (b == 0) return 0;
  if constexpr (std::is_signed_v<T>) {
    if (b == -1) return static_cast<T>(0u - static_cast<unsigned_t<T>>(a));
  }
  return a / b;
}

/// The remainder that belongs to divide_integer's quotient, 0 where b is 0.
template <class T>
[[gnu::always_inline]] constexpr T remainder_integer(T a, T b) {
  if (b == 0) return 0;
  if constexpr (std::is_signed_v<T>) {
    if (b == -1) return 0;
  }
  return a % b;
}

}  // namespace detail

template <class T, int N>
[[gnu::always_inline]] inline pack<T, N> operator+(pack<T, N> a, pack<T, N> b) {
  if constexpr (detail::may_overflow<T>) {
    using U = detail::unsigned_t<T>;  // which wraps around by definition
    return detail::reinterpret<T>(detail::reinterpret<U>(a) + detail::reinterpret<U>(b));
  } else {
    return {a.data + b.data};
  }
}
template <class T, int N>
[[gnu::always_inline]] inline pack<T, N> operator-(pack<T, N> a, pack<T, N> b) {
  if constexpr (detail::may_overflow<T>) {
    using U = detail::unsigned_t<T>;  // which wraps around by definition
    return detail::reinterpret<T>(detail::reinterpret<U>(a) - detail::reinterpret<U>(b));
  } else {
    return {a.data - b.data};
  }
}
template <class T, int N>
[[gnu::always_inline]] inline pack<T, N> operator*(pack<T, N> a, pack<T, N> b) {
  if constexpr (detail::may_overflow<T>) {
    using U = detail::unsigned_t<T>;  // which wraps around by definition
    return detail::reinterpret<T>(detail::reinterpret<U>(a) * detail::reinterpret<U>(b));
  } else {
    return {a.data * b.data};
  }
}
/// Integer division truncates, and gives 0 where the divisor is 0.
template <class T, int N>
[[gnu::always_inline]] inline pack<T, N> operator/(pack<T, N> a, pack<T, N> b) {
  if constexpr (std::is_integral_v<T>) {
    pack<T, N> r;
    for (int i = 0; i < N; ++i) r.data[i] = detail::divide_integer<T>(a.data[i], b.data[i]);
    return r;
  } else {
    return {a.data / b.data};
  }
}
/// Integers only: the sign of the dividend, as in C++; 0 where the divisor is 0.
template <class T, int N>
  requires std::is_integral_v<T>
[[gnu::always_inline]] inline pack<T, N> operator%(pack<T, N> a, pack<T, N> b) {
  pack<T, N> r;
  for (int i = 0; i < N; ++i) r.data[i] = detail::remainder_integer<T>(a.data[i], b.data[i]);
  return r;
}
template <class T, int N>
[[gnu::always_inline]] inline pack<T, N> operator-(pack<T, N> a) {
  if constexpr (std::is_integral_v<T>) return pack<T, N>::broadcast(0) - a;
  else return {-a.data};
}

template <class T, int N>
  requires std::is_integral_v<T>
[[gnu::always_inline]] inline pack<T, N> operator&(pack<T, N> a, pack<T, N> b) {
  return {a.data & b.data};
}
template <class T, int N>
  requires std::is_integral_v<T>
[[gnu::always_inline]] inline pack<T, N> operator|(pack<T, N> a, pack<T, N> b) {
  return {a.data | b.data};
}
template <class T, int N>
  requires std::is_integral_v<T>
[[gnu::always_inline]] inline pack<T, N> operator^(pack<T, N> a, pack<T, N> b) {
  return {a.data ^ b.data};
}
template <class T, int N>
  requires std::is_integral_v<T>
[[gnu::always_inline]] inline pack<T, N> operator<<(pack<T, N> a, int count) {
  return {a.data << count};
}
template <class T, int N>
  requires std::is_integral_v<T>
[[gnu::always_inline]] inline pack<T, N> operator>>(pack<T, N> a, int count) {
  return {a.data >> count};
}

template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator==(pack<T, N> a, pack<T, N> b) {
  return {reinterpret_cast<typename mask<T, N>::vector>(a.data == b.data)};
}
template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator!=(pack<T, N> a, pack<T, N> b) {
  return {reinterpret_cast<typename mask<T, N>::vector>(a.data != b.data)};
}
template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator<(pack<T, N> a, pack<T, N> b) {
  return {reinterpret_cast<typename mask<T, N>::vector>(a.data < b.data)};
}
template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator<=(pack<T, N> a, pack<T, N> b) {
  return {reinterpret_cast<typename mask<T, N>::vector>(a.data <= b.data)};
}
template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator>(pack<T, N> a, pack<T, N> b) {
  return {reinterpret_cast<typename mask<T, N>::vector>(a.data > b.data)};
}
template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator>=(pack<T, N> a, pack<T, N> b) {
  return {reinterpret_cast<typename mask<T, N>::vector>(a.data >= b.data)};
}

template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator&(mask<T, N> a, mask<T, N> b) {
  return {a.data & b.data};
}
template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator|(mask<T, N> a, mask<T, N> b) {
  return {a.data | b.data};
}
template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator^(mask<T, N> a, mask<T, N> b) {
  return {a.data ^ b.data};
}
template <class T, int N>
[[gnu::always_inline]] inline mask<T, N> operator~(mask<T, N> a) {
  return {~a.data};
}

}  // namespace slope::math
