// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_more.ipp"
#include "slope/ops/movement_symbols.ipp"

/// Operations along axes, as users call them: axes and extents are template arguments, negative
/// axes count from the end; in a traced function one axis may also be an argument.
/// An axis out of range is ill_formed<"sum: axis 2 of (2,3)">.
namespace slope {

namespace op {
struct sum;
struct mean;
struct prod;
struct amax;
struct amin;
struct logsumexp;
struct variance;
struct stddev;
struct norm;
struct power_norm;
struct softmax;
struct log_softmax;
struct matmul;
struct mm;
struct mv;
struct dot;
struct outer;
struct transpose;
struct squeeze;
struct unsqueeze;
}  // namespace op

namespace engine {
/// Op with parameters on one operand.
template <class Op, class A, auto... Parameters>
using apply_with = apply_t<with_t<Op, Parameters...>, A>;

/// Op along an axis that a traced function computed.
template <class Op>
constexpr symbol along(location at, symbol x, int axis, bool keep = false) {
  parameters p;
  p.count = 1;
  p.values[0] = axis;
  p.keep = keep;
  user_line const line(*x.owner(), at);
  if constexpr (Op::has_front) return Op::front(*x.owner(), p, x);
  else return front<Op>(*x.owner(), p, x);
}
/// Op with numbers that a traced function computed.
template <class Op>
constexpr symbol along(location at, symbol x, std::initializer_list<int> numbers) {
  parameters p;
  for (int const number : numbers) p.values[p.count++] = number;
  user_line const line(*x.owner(), at);
  return Op::front(*x.owner(), p, x);
}
}  // namespace engine

// clang-format off
/// The sum over axes; over all where none is named. bool and int32 give int64.
template <int... Axes, class A> requires operands<A> constexpr auto sum(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::sum, A, Axes...> { return engine::call<engine::with_t<op::sum, Axes...>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A> requires operands<A> constexpr auto sum(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::sum, A, Axes..., keepdim> { return engine::call<engine::with_t<op::sum, Axes..., keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol sum(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::sum>(at, a, axis); }
template <std::same_as<symbol> S> constexpr symbol sum(S a, int axis, keepdim_t, engine::location at = engine::location::here()) { return engine::along<op::sum>(at, a, axis, true); }
/// The mean over axes; NaN of no elements.
template <int... Axes, class A> requires operands<A> constexpr auto mean(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::mean, A, Axes...> { return engine::call<engine::with_t<op::mean, Axes...>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A> requires operands<A> constexpr auto mean(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::mean, A, Axes..., keepdim> { return engine::call<engine::with_t<op::mean, Axes..., keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol mean(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::mean>(at, a, axis); }
template <std::same_as<symbol> S> constexpr symbol mean(S a, int axis, keepdim_t, engine::location at = engine::location::here()) { return engine::along<op::mean>(at, a, axis, true); }
/// The product over axes; its derivative stays finite where elements are 0.
template <int... Axes, class A> requires operands<A> constexpr auto prod(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::prod, A, Axes...> { return engine::call<engine::with_t<op::prod, Axes...>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A> requires operands<A> constexpr auto prod(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::prod, A, Axes..., keepdim> { return engine::call<engine::with_t<op::prod, Axes..., keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol prod(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::prod>(at, a, axis); }
template <std::same_as<symbol> S> constexpr symbol prod(S a, int axis, keepdim_t, engine::location at = engine::location::here()) { return engine::along<op::prod>(at, a, axis, true); }
/// The largest element over axes; NaN wins; equal ones share the derivative.
template <int... Axes, class A> requires operands<A> constexpr auto amax(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::amax, A, Axes...> { return engine::call<engine::with_t<op::amax, Axes...>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A> requires operands<A> constexpr auto amax(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::amax, A, Axes..., keepdim> { return engine::call<engine::with_t<op::amax, Axes..., keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol amax(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::amax>(at, a, axis); }
template <std::same_as<symbol> S> constexpr symbol amax(S a, int axis, keepdim_t, engine::location at = engine::location::here()) { return engine::along<op::amax>(at, a, axis, true); }
/// The smallest element over axes; NaN wins; equal ones share the derivative.
template <int... Axes, class A> requires operands<A> constexpr auto amin(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::amin, A, Axes...> { return engine::call<engine::with_t<op::amin, Axes...>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A> requires operands<A> constexpr auto amin(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::amin, A, Axes..., keepdim> { return engine::call<engine::with_t<op::amin, Axes..., keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol amin(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::amin>(at, a, axis); }
template <std::same_as<symbol> S> constexpr symbol amin(S a, int axis, keepdim_t, engine::location at = engine::location::here()) { return engine::along<op::amin>(at, a, axis, true); }
/// log(sum(exp(x))) over axes, without overflow.
template <int... Axes, class A> requires operands<A> constexpr auto logsumexp(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::logsumexp, A, Axes...> { return engine::call<engine::with_t<op::logsumexp, Axes...>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A> requires operands<A> constexpr auto logsumexp(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::logsumexp, A, Axes..., keepdim> { return engine::call<engine::with_t<op::logsumexp, Axes..., keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol logsumexp(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::logsumexp>(at, a, axis); }
template <std::same_as<symbol> S> constexpr symbol logsumexp(S a, int axis, keepdim_t, engine::location at = engine::location::here()) { return engine::along<op::logsumexp>(at, a, axis, true); }
/// The variance over axes: the squared distances from the mean over n - 1.
template <int... Axes, class A> requires operands<A> constexpr auto variance(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::variance, A, Axes...> { return engine::call<engine::with_t<op::variance, Axes...>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A> requires operands<A> constexpr auto variance(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::variance, A, Axes..., keepdim> { return engine::call<engine::with_t<op::variance, Axes..., keepdim>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A, int N> requires operands<A> constexpr auto variance(A&& a, correction_t<N>, engine::location at = engine::location::here()) -> engine::apply_with<op::variance, A, Axes..., correction<N>> { return engine::call<engine::with_t<op::variance, Axes..., correction<N>>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A, int N> requires operands<A> constexpr auto variance(A&& a, correction_t<N>, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::variance, A, Axes..., correction<N>, keepdim> { return engine::call<engine::with_t<op::variance, Axes..., correction<N>, keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol variance(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::variance>(at, a, axis); }
template <std::same_as<symbol> S> constexpr symbol variance(S a, int axis, keepdim_t, engine::location at = engine::location::here()) { return engine::along<op::variance>(at, a, axis, true); }
/// The standard deviation over axes, with n - 1; derivative 0 for equal elements.
template <int... Axes, class A> requires operands<A> constexpr auto stddev(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::stddev, A, Axes...> { return engine::call<engine::with_t<op::stddev, Axes...>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A> requires operands<A> constexpr auto stddev(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::stddev, A, Axes..., keepdim> { return engine::call<engine::with_t<op::stddev, Axes..., keepdim>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A, int N> requires operands<A> constexpr auto stddev(A&& a, correction_t<N>, engine::location at = engine::location::here()) -> engine::apply_with<op::stddev, A, Axes..., correction<N>> { return engine::call<engine::with_t<op::stddev, Axes..., correction<N>>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A, int N> requires operands<A> constexpr auto stddev(A&& a, correction_t<N>, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::stddev, A, Axes..., correction<N>, keepdim> { return engine::call<engine::with_t<op::stddev, Axes..., correction<N>, keepdim>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol stddev(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::stddev>(at, a, axis); }
template <std::same_as<symbol> S> constexpr symbol stddev(S a, int axis, keepdim_t, engine::location at = engine::location::here()) { return engine::along<op::stddev>(at, a, axis, true); }
/// The 2-norm over axes; derivative 0 at the zero vector.
template <int... Axes, class A> requires operands<A> constexpr auto norm(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::norm, A, Axes...> { return engine::call<engine::with_t<op::norm, Axes...>>(at, static_cast<A&&>(a)); }
template <int... Axes, class A> requires operands<A> constexpr auto norm(A&& a, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_with<op::norm, A, Axes..., keepdim> { return engine::call<engine::with_t<op::norm, Axes..., keepdim>>(at, static_cast<A&&>(a)); }
/// The p-norm over axes, p an exact constant (in a traced function any literal, also infinity).
template <int... Axes, class A, class P> requires operands<A, P> constexpr auto norm(A&& a, P&& p, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::power_norm, Axes...>, A, P> { return engine::call<engine::with_t<op::power_norm, Axes...>>(at, static_cast<A&&>(a), static_cast<P&&>(p)); }
template <int... Axes, class A, class P> requires operands<A, P> constexpr auto norm(A&& a, P&& p, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::power_norm, Axes..., keepdim>, A, P> { return engine::call<op::with<op::power_norm, Axes..., keepdim>>(at, static_cast<A&&>(a), static_cast<P&&>(p)); }
/// exp(x) over its sum along an axis, without overflow.
template <int... Axis, class A> requires operands<A> constexpr auto softmax(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::softmax, A, Axis...> { return engine::call<engine::with_t<op::softmax, Axis...>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol softmax(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::softmax>(at, a, axis); }
/// log(softmax(x)) along an axis, without cancellation.
template <int... Axis, class A> requires operands<A> constexpr auto log_softmax(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::log_softmax, A, Axis...> { return engine::call<engine::with_t<op::log_softmax, Axis...>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol log_softmax(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::log_softmax>(at, a, axis); }

/// Two axes swapped, the last two where none is named; a vector stays as it is.
template <int... Axes, class A> requires operands<A> constexpr auto transpose(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::transpose, A, Axes...> { return engine::call<engine::with_t<op::transpose, Axes...>>(at, static_cast<A&&>(a)); }
/// Without one axis of extent 1, or without all of them.
template <int... Axes, class A> requires operands<A> constexpr auto squeeze(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::squeeze, A, Axes...> { return engine::call<engine::with_t<op::squeeze, Axes...>>(at, static_cast<A&&>(a)); }
/// The axes in another order: axis k of the result is axis Axes[k].
template <int... Axes, class A> requires operands<A> constexpr auto permute(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::permute, A, Axes...> { return engine::call<engine::with_t<op::permute, Axes...>>(at, static_cast<A&&>(a)); }
/// With one axis of extent 1 more, at this place of the result.
template <int Axis, class A> requires operands<A> constexpr auto unsqueeze(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::unsqueeze, A, Axis> { return engine::call<engine::with_t<op::unsqueeze, Axis>>(at, static_cast<A&&>(a)); }
/// The size of an axis: an exact constant, or a number known at run time.
template <int Axis, class A> requires operands<A> constexpr auto size_of(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::size, A, Axis> { return engine::call<engine::with_t<op::size, Axis>>(at, static_cast<A&&>(a)); }
/// The same elements in C order; one extent may be -1.
template <auto... Extents, class A> requires operands<A> constexpr auto reshape(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::reshape, Extents...>, A> { return engine::call<op::with<op::reshape, Extents...>>(at, static_cast<A&&>(a)); }
/// Spread over a shape, axes aligned at the end; -1 keeps an extent.
template <auto... Extents, class A> requires operands<A> constexpr auto broadcast_to(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::broadcast, Extents...>, A> { return engine::call<op::with<op::broadcast, Extents...>>(at, static_cast<A&&>(a)); }

/// The product of matrices, torch's rules for vectors and batches.
template <class A, class B> requires operands<A, B> constexpr auto matmul(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::matmul, A, B> { return engine::call<op::matmul>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The product of two matrices.
template <class A, class B> requires operands<A, B> constexpr auto mm(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::mm, A, B> { return engine::call<op::mm>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The product of a matrix and a vector.
template <class A, class B> requires operands<A, B> constexpr auto mv(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::mv, A, B> { return engine::call<op::mv>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The sum of the products of two vectors.
template <class A, class B> requires operands<A, B> constexpr auto dot(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::dot, A, B> { return engine::call<op::dot>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The products of each element of one vector with each of another.
template <class A, class B> requires operands<A, B> constexpr auto outer(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::outer, A, B> { return engine::call<op::outer>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The same, by torch's other name.
template <class A, class B> requires operands<A, B> constexpr auto ger(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::outer, A, B> { return engine::call<op::outer>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
// clang-format on

}  // namespace slope
