// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_order.ipp"

/// Repeated, joined and spread tensors, and products of all pairs, as users call them.
namespace slope {

namespace op {
struct tile;
struct repeat_interleave;
struct movedim;
struct broadcast_with;
struct grid_axis;
struct hstack;
struct vstack;
struct pad_value;
struct take;
struct take_along_dim;
struct trapezoid;
struct cov;
struct cdist;
struct cross;
}  // namespace op

namespace engine {
/// x in the shape that it has together with the others.
template <class X, class... Others>
constexpr auto spread_over(location at, X&& x, Others&&... others) {
  if constexpr (sizeof...(Others) == 0) return std::remove_cvref_t<X>(static_cast<X&&>(x));
  else
    return [at](auto&& first, auto&& second, auto&&... rest) {
      return spread_over(at, call<op::broadcast_with>(at, static_cast<decltype(first)>(first),
                                                      static_cast<decltype(second)>(second)),
                         static_cast<decltype(rest)>(rest)...);
    }(static_cast<X&&>(x), static_cast<Others&&>(others)...);
}
template <class... A>
constexpr auto broadcast_tensors_at(location at, A&&... a) {
  auto const over = [&]<class X>(X&& x) {
    return spread_over(at, static_cast<X&&>(x), reused<A>(a)...);
  };
  return std::tuple(over(reused<A>(a))...);
}
template <class... A, std::size_t... K>
constexpr auto grids(location at, std::index_sequence<K...>, A&&... a) {
  constexpr int count = static_cast<int>(sizeof...(A));
  return broadcast_tensors_at(
      at, call<op::with<op::grid_axis, static_cast<int>(K), count>>(at, static_cast<A&&>(a))...);
}
}  // namespace engine

// clang-format off
/// Whole axes repeated: Times for each of the last ones, new axes in front where more are named (torch's tile).
template <int... Times, class A> requires operands<A> constexpr auto tile(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::tile, A, Times...> { return engine::call<engine::with_t<op::tile, Times...>>(at, static_cast<A&&>(a)); }
/// The same: torch's x.repeat(...).
template <int... Times, class A> requires operands<A> constexpr auto repeat(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::tile, A, Times...> { return engine::call<engine::with_t<op::tile, Times...>>(at, static_cast<A&&>(a)); }
/// Each element of an axis Times over; without an axis all elements in C order.
template <int Times, int... Axis, class A> requires operands<A> constexpr auto repeat_interleave(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::repeat_interleave, A, Times, Axis...> { return engine::call<op::with<op::repeat_interleave, Times, Axis...>>(at, static_cast<A&&>(a)); }
/// Spread over a shape, axes aligned at the end; -1 keeps an extent: broadcast_to.
template <auto... Extents, class A> requires operands<A> constexpr auto expand(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::broadcast, Extents...>, A> { return engine::call<op::with<op::broadcast, Extents...>>(at, static_cast<A&&>(a)); }
/// One axis taken out and put in at another place; the others keep their order.
template <int From, int To, class A> requires operands<A> constexpr auto movedim(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::movedim, A, From, To> { return engine::call<op::with<op::movedim, From, To>>(at, static_cast<A&&>(a)); }
/// Tensors in the shape that they have together: a std::tuple of as many.
template <class... A> requires operands<A...> constexpr auto broadcast_tensors(A&&... a) { return engine::broadcast_tensors_at({}, static_cast<A&&>(a)...); }
/// Of vectors the coordinates of all their combinations: result k has the elements of vector k along axis k (torch's indexing "ij"). A std::tuple.
template <class... A> requires operands<A...> constexpr auto meshgrid(A&&... a) { return engine::grids({}, std::index_sequence_for<A...>{}, static_cast<A&&>(a)...); }
/// Tensors side by side: along the second axis, vectors along their only one.
template <class A, class B> requires operands<A, B> constexpr auto hstack(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::hstack, A, B> { return engine::call<op::hstack>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B, class C, class... More> requires operands<A, B, C, More...> constexpr auto hstack(A&& a, B&& b, C&& c, More&&... more) { return slope::hstack(slope::hstack(static_cast<A&&>(a), static_cast<B&&>(b)), static_cast<C&&>(c), static_cast<More&&>(more)...); }
/// Tensors one below the other: along the first axis, vectors as rows.
template <class A, class B> requires operands<A, B> constexpr auto vstack(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::vstack, A, B> { return engine::call<op::vstack>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B, class C, class... More> requires operands<A, B, C, More...> constexpr auto vstack(A&& a, B&& b, C&& c, More&&... more) { return slope::vstack(slope::vstack(static_cast<A&&>(a), static_cast<B&&>(b)), static_cast<C&&>(c), static_cast<More&&>(more)...); }
/// A value around: a pair of numbers for the last axis, then for the one before it.
template <int... Pairs, class A, class V> requires operands<A, V> constexpr auto pad(A&& a, V&& value, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::pad_value, Pairs...>, A, V> { return engine::call<op::with<op::pad_value, Pairs...>>(at, static_cast<A&&>(a), static_cast<V&&>(value)); }

/// The elements of x, counted in C order, at indices of any shape. An index outside throws index_error.
template <class A, class I> requires operands<A, I> constexpr auto take(A&& a, I&& index, engine::location at = engine::location::here()) -> engine::apply_t<op::take, A, I> { return engine::call<op::take>(at, static_cast<A&&>(a), static_cast<I&&>(index)); }
/// gather, whose operands broadcast along the other axes; without an axis take, as a vector.
template <int... Axis, class A, class I> requires operands<A, I> constexpr auto take_along_dim(A&& a, I&& index, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::take_along_dim, Axis...>, A, I> { return engine::call<engine::with_t<op::take_along_dim, Axis...>>(at, static_cast<A&&>(a), static_cast<I&&>(index)); }

/// The area under points y along an axis by trapezoids, at distance 1.
template <int Axis = -1, class A> requires operands<A> constexpr auto trapezoid(A&& y, engine::location at = engine::location::here()) -> engine::apply_with<op::trapezoid, A, Axis> { return engine::call<op::with<op::trapezoid, Axis>>(at, static_cast<A&&>(y)); }
/// The same at places x (a vector of them for the axis, or as many as there are points), or at one distance x, a number.
template <int Axis = -1, class A, class B> requires operands<A, B> constexpr auto trapezoid(A&& y, B&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::trapezoid, Axis>, A, B> { return engine::call<op::with<op::trapezoid, Axis>>(at, static_cast<A&&>(y), static_cast<B&&>(x)); }
/// trapezoid by its other name.
template <int Axis = -1, class... A> requires operands<A...> constexpr auto trapz(A&&... a) { return slope::trapezoid<Axis>(static_cast<A&&>(a)...); }
/// The covariances of the rows of a matrix, each a variable, over n - 1 (or n less a correction); the variance of a vector.
template <class A> requires operands<A> constexpr auto cov(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::cov, A> { return engine::call<op::cov>(at, static_cast<A&&>(a)); }
template <class A, int N> requires operands<A> constexpr auto cov(A&& a, correction_t<N>, engine::location at = engine::location::here()) -> engine::apply_with<op::cov, A, correction<N>> { return engine::call<op::with<op::cov, correction<N>>>(at, static_cast<A&&>(a)); }
/// The distances of each row of x (..., m, k) from each of y (..., n, k): (..., m, n). The p-norm, p = 2 unless told; derivative 0 where rows are equal.
template <class A, class B> requires operands<A, B> constexpr auto cdist(A&& x, B&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::cdist, A, B> { return engine::call<op::cdist>(at, static_cast<A&&>(x), static_cast<B&&>(y)); }
template <class A, class B, class P> requires operands<A, B, P> constexpr auto cdist(A&& x, B&& y, P&& p, engine::location at = engine::location::here()) -> engine::apply_t<op::cdist, A, B, P> { return engine::call<op::cdist>(at, static_cast<A&&>(x), static_cast<B&&>(y), static_cast<P&&>(p)); }
/// The vector product along an axis of extent 3; the other axes broadcast.
template <int Axis = -1, class A, class B> requires operands<A, B> constexpr auto cross(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::cross, Axis>, A, B> { return engine::call<op::with<op::cross, Axis>>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
// clang-format on

}  // namespace slope
