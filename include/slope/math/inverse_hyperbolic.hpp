// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/logarithm.hpp>

// asinh, acosh and atanh: logarithms of 1 + t + low, where low is what rounding t lost.

namespace slope::math {

namespace detail {

/// log(1 + t + low) for 0 <= t and |low| far below it.
template <class X>
[[gnu::always_inline]] constexpr X log1p_sum(X t, X low) {
  X const u = opaque(one(t) + t);
  X const v = opaque(u - one(t));
  X const c = opaque(t - v) + opaque(one(t) - opaque(u - v));
  auto const [f, e] = split_normal(u);
  return log_parts(f, e, (c + low) / u);
}

/// From here on x^2 + 1 and x^2 - 1 are x^2 and these functions log(2x); below its inverse asinh
/// and atanh are x.
template <class X>
inline constexpr double square_dominates = is_double<X> ? 0x1p30 : 0x1p13;

/// log(2x) for normal x.
template <class X>
[[gnu::always_inline]] constexpr X log_of_twice(X x) {
  auto const [f, e] = split_normal(x);
  return log_parts(f, e + one(x), zero(x));
}

}  // namespace detail

/// log(x + sqrt(x^2 + 1)) (DLMF 4.37.16), an odd function of all reals, as log(1 + t) with
/// t = |x| + x^2 / (1 + sqrt(1 + x^2)), so that nothing cancels; infinities and NaN stay what they
/// are.
template <floating X>
[[gnu::always_inline]] constexpr X asinh(X x) {
  using namespace detail;
  if (constant_nan(x)) return x;
  X const a = abs(x);
  auto const large = a > like(x, square_dominates<X>);
  X const b = select(large, one(x), a);
  X const w = b * b / (one(x) + sqrt(one(x) + b * b));
  X const t = opaque(b + w);
  X const near = log1p_sum(t, opaque(b - t) + w);
  X const far = log_of_twice(select(large, a, one(x)));
  X const finite = select(a < like(x, 1 / square_dominates<X>), a, select(large, far, near));
  return copysign(select(a < infinity_like(x), finite, a), x);
}

/// log(x + sqrt(x^2 - 1)) (DLMF 4.37.19) on [1, inf], as log(1 + t) with y = x - 1 and
/// t = y + sqrt(y (y + 2)); NaN below 1.
template <floating X>
[[gnu::always_inline]] constexpr X acosh(X x) {
  using namespace detail;
  if (constant_nan(x)) return x;
  auto const large = x > like(x, square_dominates<X>);
  auto const inside = x >= one(x);
  X const y = select(both(inside, negate(large)), x, one(x)) - one(x);
  // Near 1 the result is this root.
  X const factor = y + like(x, 2);
  X const s = sqrt(y * factor);
  X const t = opaque(s + y);
  X const near = select(y == zero(x), y, log1p_sum(t, opaque(s - t) + y));
  X const far = log_of_twice(select(large, x, one(x)));
  X const finite = select(inside, select(large, far, near), nan_like(x));
  return select(x < infinity_like(x), finite, x);
}

/// log((1 + x) / (1 - x)) / 2 (DLMF 4.37.24) on [-1, 1], infinite at its ends and NaN outside, as
/// log(1 + t) / 2 with t = 2 |x| / (1 - |x|).
template <floating X>
[[gnu::always_inline]] constexpr X atanh(X x) {
  using namespace detail;
  if (constant_nan(x)) return x;
  X const a = abs(x);
  auto const inside = a < one(x);
  X const b = select(inside, a, like(x, 0.5));
  X const d = opaque(one(x) - b);
  X const lost = opaque(one(x) - d) - b;
  X const t = (b + b) / d;
  X const near = like(x, 0.5) * log1p_sum(t, -(t * lost / d));
  X const finite = select(a < like(x, 1 / square_dominates<X>), a, near);
  X const edge = select(a == one(x), infinity_like(x), nan_like(x));
  return select(inside, copysign(finite, x),
                select(is_nan(x), x, select(a == one(x), copysign(edge, x), edge)));
}

}  // namespace slope::math
