// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/exponential.hpp>

// sinh, cosh and tanh, by exp where it does not cancel.

namespace slope::math {

/// An odd function, exact to rounding near 0, and 1 from 20 (float: 10) on.
template <floating X>
[[gnu::always_inline]] constexpr X tanh(X x) {
  if (detail::constant_nan(x)) return x;
  // (e^2a - 1) / (e^2a + 1) with a = |x|.
  X const a = detail::at_most(abs(x), detail::is_double<X> ? 20 : 10);
  X const e = detail::expm1_moderate(a + a);
  return copysign(e / (e + like(x, 2)), x);
}

/// Overflows only where the result does.
template <floating X>
[[gnu::always_inline]] constexpr X cosh(X x) {
  if (detail::constant_nan(x)) return x;
  X const h = detail::half_exp(abs(x));
  return h + like(x, 0.25) / h;
}

namespace detail {
/// sinh(x) for |x| <= 1.
template <class X>
[[gnu::always_inline]] constexpr X sinh_small(X x) {
  X const z = x * x;
  X p = z;
  if constexpr (is_double<X>)
    p = polynomial(z, 0x1.b52f538e3271p-41, 0x1.6118dddccc478p-33, 0x1.ae646b5075144p-26,
                   0x1.71de3a4053cfap-19, 0x1.a01a01a0318fp-13, 0x1.111111111104p-7,
                   0x1.5555555555556p-3);
  else p = polynomial(z, 0x1.767998p-19, 0x1.a01c1ap-13, 0x1.1110eap-7, 0x1.555556p-3);
  return multiply_add(x * z, p, x);
}
}  // namespace detail

/// A polynomial below 1, where e^x - e^-x would cancel.
template <floating X>
[[gnu::always_inline]] constexpr X sinh(X x) {
  if (detail::constant_nan(x)) return x;
  X const a = abs(x);
  auto const small = a < one(x);
  X const h = detail::half_exp(a);
  X const large = copysign(h - like(x, 0.25) / h, x);
  return select(small, detail::sinh_small(detail::guarded(small, x)), large);
}

}  // namespace slope::math
