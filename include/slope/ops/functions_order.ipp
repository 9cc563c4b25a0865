// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include <tuple>

#include "slope/ops/functions_slices.ipp"

/// Order along an axis, as users call it. What gives values and indices is a std::tuple of both:
/// `auto const [values, indices] = max<1>(x)`. The derivative of a value goes to the element that
/// its index names. NaN is the largest and the smallest of all: max and min give it, and it comes
/// last in order.
namespace slope {

/// The type of `descending`.
struct descending_t {};
/// From large to small: `sort<1>(x, descending)`.
inline constexpr descending_t descending{};
/// The type of `smallest`.
struct smallest_t {};
/// Not the largest: `topk<3>(x, smallest)`.
inline constexpr smallest_t smallest{};

namespace op {
struct max_values;
struct min_values;
struct sort_values;
struct sort_indices;
struct topk_values;
struct topk_indices;
struct kth_values;
struct kth_indices;
struct median_values;
struct median_indices;
struct argmax;
struct argmin;
struct median;
}  // namespace op

namespace engine {
/// An argument for one of several uses: an lvalue itself, of an rvalue a copy.
template <class A>
constexpr std::conditional_t<std::is_lvalue_reference_v<A>, A, std::remove_cvref_t<A>> reused(
    std::remove_reference_t<A>& a) {
  return a;
}
/// Two results of one operand.
template <class First, class Second, class A>
constexpr auto call_both(location at, A&& a) {
  auto first = call<First>(at, reused<A>(a));
  return std::tuple(static_cast<decltype(first)&&>(first), call<Second>(at, static_cast<A&&>(a)));
}
}  // namespace engine

// clang-format off
/// The index of the largest element along an axis, the first of equal ones; of all elements in C order where no axis is named. int64.
template <int... Axis, class A> requires operands<A> constexpr auto argmax(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::argmax, A, Axis...> { return engine::call<engine::with_t<op::argmax, Axis...>>(at, static_cast<A&&>(a)); }
template <int... Axis, class A> requires operands<A> constexpr auto argmax(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::argmax, A, Axis..., keepdim> { return engine::call<engine::with_t<op::argmax, Axis..., keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol argmax(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::argmax>(at, a, axis); }
/// The index of the smallest element, as argmax.
template <int... Axis, class A> requires operands<A> constexpr auto argmin(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::argmin, A, Axis...> { return engine::call<engine::with_t<op::argmin, Axis...>>(at, static_cast<A&&>(a)); }
template <int... Axis, class A> requires operands<A> constexpr auto argmin(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::argmin, A, Axis..., keepdim> { return engine::call<engine::with_t<op::argmin, Axis..., keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol argmin(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::argmin>(at, a, axis); }
/// The largest of all elements, as amax: equal ones share the derivative.
template <class A> requires operands<A> constexpr auto max(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::amax, A> { return engine::call<op::amax>(at, static_cast<A&&>(a)); }
/// The largest elements along an axis and their indices: of equal ones the first has the derivative.
template <int Axis, class A> requires operands<A> constexpr auto max(A&& a, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::max_values, Axis>, op::with<op::argmax, Axis>>(at, static_cast<A&&>(a)); }
template <int Axis, class A> requires operands<A> constexpr auto max(A&& a, keepdim_t, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::max_values, Axis, keepdim>, op::with<op::argmax, Axis, keepdim>>(at, static_cast<A&&>(a)); }
/// The larger of two, element by element: maximum(a, b).
template <class A, class B> requires operands<A> && operands<B> constexpr auto max(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::maximum, A, B> { return engine::call<op::maximum>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The smallest of all elements, as amin: equal ones share the derivative.
template <class A> requires operands<A> constexpr auto min(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::amin, A> { return engine::call<op::amin>(at, static_cast<A&&>(a)); }
/// The smallest elements along an axis and their indices: of equal ones the first has the derivative.
template <int Axis, class A> requires operands<A> constexpr auto min(A&& a, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::min_values, Axis>, op::with<op::argmin, Axis>>(at, static_cast<A&&>(a)); }
template <int Axis, class A> requires operands<A> constexpr auto min(A&& a, keepdim_t, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::min_values, Axis, keepdim>, op::with<op::argmin, Axis, keepdim>>(at, static_cast<A&&>(a)); }
/// The smaller of two, element by element: minimum(a, b).
template <class A, class B> requires operands<A> && operands<B> constexpr auto min(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::minimum, A, B> { return engine::call<op::minimum>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The elements of an axis in order, and the indices that put them there; stable, NaN last (first where descending).
template <int Axis = -1, class A> requires operands<A> constexpr auto sort(A&& a, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::sort_values, Axis, 0>, op::with<op::sort_indices, Axis, 0>>(at, static_cast<A&&>(a)); }
template <int Axis = -1, class A> requires operands<A> constexpr auto sort(A&& a, descending_t, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::sort_values, Axis, 1>, op::with<op::sort_indices, Axis, 1>>(at, static_cast<A&&>(a)); }
/// The indices that put an axis in order, from large to small, NaN first; stable; int64.
template <int Axis = -1, class A> requires operands<A> constexpr auto argsort(A&& a, descending_t, engine::location at = engine::location::here()) -> engine::apply_with<op::sort_indices, A, Axis, 1> { return engine::call<op::with<op::sort_indices, Axis, 1>>(at, static_cast<A&&>(a)); }
/// The Count largest elements of an axis and their indices, the largest first; or the smallest, the smallest first.
template <int Count, int Axis = -1, class A> requires operands<A> constexpr auto topk(A&& a, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::topk_values, Axis, Count, 1>, op::with<op::topk_indices, Axis, Count, 1>>(at, static_cast<A&&>(a)); }
template <int Count, int Axis = -1, class A> requires operands<A> constexpr auto topk(A&& a, smallest_t, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::topk_values, Axis, Count, 0>, op::with<op::topk_indices, Axis, Count, 0>>(at, static_cast<A&&>(a)); }
/// Element number K of an axis in order, counted from 1, and its index.
template <int K, int Axis = -1, class A> requires operands<A> constexpr auto kthvalue(A&& a, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::kth_values, Axis, K>, op::with<op::kth_indices, Axis, K>>(at, static_cast<A&&>(a)); }
template <int K, int Axis = -1, class A> requires operands<A> constexpr auto kthvalue(A&& a, keepdim_t, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::kth_values, Axis, K, keepdim>, op::with<op::kth_indices, Axis, K, keepdim>>(at, static_cast<A&&>(a)); }
/// The median of all elements, the lower one of two in the middle; equal ones share the derivative. NaN where there is one.
template <class A> requires operands<A> constexpr auto median(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::median, A> { return engine::call<op::median>(at, static_cast<A&&>(a)); }
/// The medians along an axis and their indices.
template <int Axis, class A> requires operands<A> constexpr auto median(A&& a, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::median_values, Axis>, op::with<op::median_indices, Axis>>(at, static_cast<A&&>(a)); }
template <int Axis, class A> requires operands<A> constexpr auto median(A&& a, keepdim_t, engine::location at = engine::location::here()) { return engine::call_both<op::with<op::median_values, Axis, keepdim>, op::with<op::median_indices, Axis, keepdim>>(at, static_cast<A&&>(a)); }
// clang-format on

}  // namespace slope
