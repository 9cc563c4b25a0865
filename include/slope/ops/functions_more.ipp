// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions.ipp"

/// More operations as users call them.
namespace slope {

namespace op {
struct exp2;
struct log2;
struct log10;
struct clamp;
struct clamp_min;
struct clamp_max;
struct logical_and;
struct logical_or;
struct logical_not;
struct softplus_beta;
}  // namespace op

// clang-format off
/// 2 to the x.
template <class A> requires operands<A> constexpr auto exp2(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::exp2, A> { return engine::call<op::exp2>(at, static_cast<A&&>(a)); }
/// Logarithm to base 2; -inf at 0, NaN below.
template <class A> requires operands<A> constexpr auto log2(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::log2, A> { return engine::call<op::log2>(at, static_cast<A&&>(a)); }
/// Logarithm to base 10; -inf at 0, NaN below.
template <class A> requires operands<A> constexpr auto log10(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::log10, A> { return engine::call<op::log10>(at, static_cast<A&&>(a)); }
/// x within [low, high]; high where low > high; NaN stays. The derivative is 1 at the bounds.
template <class X, class Low, class High> requires operands<X, Low, High> constexpr auto clamp(X&& x, Low&& low, High&& high, engine::location at = engine::location::here()) -> engine::apply_t<op::clamp, X, Low, High> { return engine::call<op::clamp>(at, static_cast<X&&>(x), static_cast<Low&&>(low), static_cast<High&&>(high)); }
/// max(x, low); NaN stays. The derivative is 1 at the bound.
template <class X, class Low> requires operands<X, Low> constexpr auto clamp_min(X&& x, Low&& low, engine::location at = engine::location::here()) -> engine::apply_t<op::clamp_min, X, Low> { return engine::call<op::clamp_min>(at, static_cast<X&&>(x), static_cast<Low&&>(low)); }
/// min(x, high); NaN stays. The derivative is 1 at the bound.
template <class X, class High> requires operands<X, High> constexpr auto clamp_max(X&& x, High&& high, engine::location at = engine::location::here()) -> engine::apply_t<op::clamp_max, X, High> { return engine::call<op::clamp_max>(at, static_cast<X&&>(x), static_cast<High&&>(high)); }
/// log(1 + exp(beta x)) / beta, without overflow.
template <class X, class Beta> requires operands<X, Beta> constexpr auto softplus(X&& x, Beta&& beta, engine::location at = engine::location::here()) -> engine::apply_t<op::softplus_beta, X, Beta> { return engine::call<op::softplus_beta>(at, static_cast<X&&>(x), static_cast<Beta&&>(beta)); }
/// a && b, element by element; what is not 0 is true.
template <class A, class B> requires operands<A, B> constexpr auto logical_and(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::logical_and, A, B> { return engine::call<op::logical_and>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// a || b, element by element; what is not 0 is true.
template <class A, class B> requires operands<A, B> constexpr auto logical_or(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::logical_or, A, B> { return engine::call<op::logical_or>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// !a, element by element; what is not 0 is true.
template <class A> requires operands<A> constexpr auto logical_not(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::logical_not, A> { return engine::call<op::logical_not>(at, static_cast<A&&>(a)); }

template <class A, class B> requires operands<A, B> constexpr auto operator&&(A&& a, B&& b) -> engine::apply_t<op::logical_and, A, B> { return engine::call<op::logical_and>({}, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B> requires operands<A, B> constexpr auto operator||(A&& a, B&& b) -> engine::apply_t<op::logical_or, A, B> { return engine::call<op::logical_or>({}, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A> requires operands<A> constexpr auto operator!(A&& a) -> engine::apply_t<op::logical_not, A> { return engine::call<op::logical_not>({}, static_cast<A&&>(a)); }
/// Torch's names of the operators: a + b, a - b, a * b, a / b, -a.
template <class A, class B> requires operands<A, B> constexpr auto add(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::add, A, B> { return engine::call<op::add>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B> requires operands<A, B> constexpr auto sub(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::subtract, A, B> { return engine::call<op::subtract>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B> requires operands<A, B> constexpr auto mul(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::multiply, A, B> { return engine::call<op::multiply>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B> requires operands<A, B> constexpr auto div(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::divide, A, B> { return engine::call<op::divide>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A> requires operands<A> constexpr auto neg(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::negative, A> { return engine::call<op::negative>(at, static_cast<A&&>(a)); }
// clang-format on

}  // namespace slope
