// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

// What depends on the compiler or the machine, and nothing else: vector types, the reassociation
// barrier, and the two instructions that vector extensions cannot express.

namespace slope::math {

/// Width in bytes of the machine's vector registers, as chosen by the compiler's target options.
#if defined(__AVX512F__)
inline constexpr int vector_bytes = 64;
#elif defined(__AVX__)
inline constexpr int vector_bytes = 32;
#else
inline constexpr int vector_bytes = 16;
#endif

/// True where the compiler may reorder floating-point arithmetic and assume there are no NaNs.
#if defined(__FAST_MATH__)
inline constexpr bool fast_math = true;
#else
inline constexpr bool fast_math = false;
#endif

/// True where a fused multiplication and addition is one instruction.
#if defined(__FMA__) || defined(__aarch64__)
inline constexpr bool has_fma = true;
#else
inline constexpr bool has_fma = false;
#endif

namespace detail {

// No stricter alignment than registers have: g++ prints an ABI note wherever it meets one.
template <class T, int N>
struct vector {
  static constexpr int bytes = static_cast<int>(sizeof(T)) * N;
  typedef T type
      __attribute__((vector_size(bytes), aligned(bytes < vector_bytes ? bytes : vector_bytes)));
};

/// N elements of T in a compiler vector.
template <class T, int N>
using vector_t = typename vector<T, N>::type;

/// One register's worth of a wider vector.
template <class T>
struct register_part {
  vector_t<T, vector_bytes / static_cast<int>(sizeof(T))> data;
};

/// Applies f to x, a struct that holds a vector in `data`, register by register.
template <class T, class P, class F>
[[gnu::always_inline]] inline P by_registers(P x, F f) {
  register_part<T> parts[sizeof(P) / vector_bytes];
  __builtin_memcpy(&parts, &x, sizeof x);
  for (auto& part : parts) f(part);
  __builtin_memcpy(&x, &parts, sizeof x);
  return x;
}

/// Hides from the optimiser where the number came from.
template <class T>
[[gnu::always_inline]] inline void hide(T& x) {
#if defined(__AVX512F__)
  asm("" : "+v"(x));
#elif defined(__SSE2__)
  asm("" : "+x"(x));
#elif defined(__aarch64__)
  asm("" : "+w"(x));
#else
  asm("" : "+m"(x));
#endif
}

/// Returns x, a struct that holds a vector in `data`, such that sums around it are not
/// reassociated. Costs no instruction. -ffast-math destroys range reductions without it, and
/// neither __builtin_assoc_barrier nor __arithmetic_fence stops that.
template <class P>
[[gnu::always_inline]] inline P opaque_vector(P x) {
  if constexpr (sizeof(P) > vector_bytes) {
    return by_registers<double>(x, [](auto& part) { hide(part.data); });
  } else if constexpr (sizeof(P) == 8) {
    double both;
    __builtin_memcpy(&both, &x, sizeof x);
    hide(both);
    __builtin_memcpy(&x, &both, sizeof x);
    return x;
  } else {
    hide(x.data);
    return x;
  }
}

/// Square roots of the elements of x, which holds a vector of T, correctly rounded. g++ 12 has no
/// generic builtin for vectors, and a loop over lanes is not vectorised because of errno.
template <class T, class P>
[[gnu::always_inline]] inline P vector_sqrt(P x) {
#if defined(__SSE2__)
  if constexpr (sizeof(P) > vector_bytes) {
    return by_registers<T>(x, [](auto& part) { part = vector_sqrt<T>(part); });
  } else if constexpr (sizeof(P) >= 16) {
#if defined(__AVX512F__)
    if constexpr (sizeof(T) == 8) asm("vsqrtpd %0, %0" : "+v"(x.data));
    else asm("vsqrtps %0, %0" : "+v"(x.data));
#elif defined(__AVX__)
    if constexpr (sizeof(T) == 8) asm("vsqrtpd %0, %0" : "+x"(x.data));
    else asm("vsqrtps %0, %0" : "+x"(x.data));
#else
    if constexpr (sizeof(T) == 8) asm("sqrtpd %0, %0" : "+x"(x.data));
    else asm("sqrtps %0, %0" : "+x"(x.data));
#endif
    return x;
  } else
#endif
  {
    for (unsigned i = 0; i < sizeof(P) / sizeof(T); ++i) {
      if constexpr (sizeof(T) == 8) x.data[i] = __builtin_sqrt(x.data[i]);
      else x.data[i] = __builtin_sqrtf(x.data[i]);
    }
    return x;
  }
}

/// Whether any bit of x, a struct that holds a vector in `data`, is set.
template <class P>
[[gnu::always_inline]] inline bool any_bit(P x) {
  constexpr auto bytes = sizeof(P);
#if defined(__AVX512F__)
  if constexpr (bytes == 64) {
    unsigned short lanes;
    asm("vptestmd %1, %1, %0" : "=Yk"(lanes) : "v"(x.data));
    return lanes != 0;
  }
#endif
#if defined(__AVX__)
  if constexpr (bytes == 16 || bytes == 32) {
    bool none;
    asm("vptest %1, %1" : "=@ccz"(none) : "x"(x.data));
    return !none;
  }
#endif
  std::uint64_t words[bytes / 8];
  __builtin_memcpy(&words, &x, sizeof x);
  std::uint64_t all = 0;
  for (auto word : words) all |= word;
  return all != 0;
}

/// Whether any element of x, which holds a vector of T, is above the one of bound; NaN is not.
template <class T, class P>
[[gnu::always_inline]] inline bool any_above(P x, P bound) {
#if defined(__AVX512F__)
  if constexpr (sizeof(P) == 64) {
    // Straight from the mask register: g++ would widen it to a vector and narrow it again.
    unsigned short lanes;
    if constexpr (sizeof(T) == 8)
      asm("vcmppd $30, %2, %1, %0" : "=Yk"(lanes) : "v"(x.data), "v"(bound.data));
    else asm("vcmpps $30, %2, %1, %0" : "=Yk"(lanes) : "v"(x.data), "v"(bound.data));
    return lanes != 0;
  } else
#endif
  {
    return (x > bound).any();
  }
}

}  // namespace detail
}  // namespace slope::math
