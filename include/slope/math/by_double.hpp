// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/reduce.hpp>

// What the longer functions share: they run in double, apart from the loop that calls them, one
// register at a time. Packs compute those of their cases that some lane is in:
// `if (reduce_any(...)) result = select(...)`, which for numbers is an ordinary branch.

namespace slope::math::detail {

/// Calls f where the compiler may not copy it to: by reference, as no vector may cross a call.
template <class F, class X>
[[gnu::noinline]] constexpr void call_apart(F const& f, X const& x, X& result) {
  result = f(x);
}

/// The number as float; beyond the largest one infinity, in constant evaluation too.
template <class X>
[[gnu::always_inline]] constexpr rebind_t<X, float> narrowed(X x) {
  if constexpr (!is_pack_v<X>) {
    if (__builtin_is_constant_evaluated() && abs(x) >= 0x1.ffffffp127)
      return copysign(infinity_like(0.f), x < 0 ? -1.f : 1.f);
  }
  return convert<float>(x);
}

/// f(x), where f knows double and packs of double: float by way of double, so that it rounds once.
template <class F, class X>
[[gnu::always_inline]] constexpr X by_double(F const& f, X x) {
  if constexpr (sizeof(rebind_t<X, double>) > (vector_bytes > 16 ? vector_bytes : 16)) {
    return concatenate(by_double(f, low_half(x)), by_double(f, high_half(x)));
  } else {
    auto const wide = convert<double>(x);
    auto result = wide;
    call_apart(f, wide, result);
    if constexpr (is_double<X>) return result;
    else return narrowed(result);
  }
}

/// c[0] x^(N-1) + ... + c[N-1]: even and odd powers apart, in a loop over the table.
template <class X, int N>
[[gnu::always_inline]] constexpr X polynomial_of(X x, double const (&c)[N]) {
  X const z = x * x;
  X first = like(x, c[0]);
  X second = like(x, c[1]);
  int i = 2;
  for (; i + 1 < N; i += 2) {
    first = multiply_add(first, z, like(x, c[i]));
    second = multiply_add(second, z, like(x, c[i + 1]));
  }
  if (N % 2 == 0) return multiply_add(first, x, second);
  return multiply_add(second, x, multiply_add(first, z, like(x, c[N - 1])));
}

}  // namespace slope::math::detail
