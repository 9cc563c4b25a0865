// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include <tuple>

#include "slope/ops/axis_functions.ipp"

/// Layers, normalisation, and more along axes, as users call them.
namespace slope {

namespace op {
struct addcmul;
struct addcdiv;
struct lerp;
struct addmm;
struct addmv;
struct addr;
struct baddbmm;
struct addbmm;
struct bmm;
struct inner;
struct linear;
struct layer_norm;
struct normalize;
struct cosine_similarity;
struct dist;
struct nansum;
struct count_nonzero;
struct all;
struct any;
struct clone;
struct flatten;
struct transpose;
}  // namespace op

// clang-format off
/// x + value a b; value is 1 unless told.
template <class X, class A, class B> requires operands<X, A, B> constexpr auto addcmul(X&& x, A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::addcmul, X, A, B> { return engine::call<op::addcmul>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class X, class A, class B, class Value> requires operands<X, A, B, Value> constexpr auto addcmul(X&& x, A&& a, B&& b, Value&& value, engine::location at = engine::location::here()) -> engine::apply_t<op::addcmul, X, A, B, Value> { return engine::call<op::addcmul>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b), static_cast<Value&&>(value)); }
/// x + value a / b; value is 1 unless told.
template <class X, class A, class B> requires operands<X, A, B> constexpr auto addcdiv(X&& x, A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::addcdiv, X, A, B> { return engine::call<op::addcdiv>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class X, class A, class B, class Value> requires operands<X, A, B, Value> constexpr auto addcdiv(X&& x, A&& a, B&& b, Value&& value, engine::location at = engine::location::here()) -> engine::apply_t<op::addcdiv, X, A, B, Value> { return engine::call<op::addcdiv>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b), static_cast<Value&&>(value)); }
/// x + weight (y - x).
template <class X, class Y, class Weight> requires operands<X, Y, Weight> constexpr auto lerp(X&& x, Y&& y, Weight&& weight, engine::location at = engine::location::here()) -> engine::apply_t<op::lerp, X, Y, Weight> { return engine::call<op::lerp>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Weight&&>(weight)); }
/// beta x + alpha mm(a, b), both factors 1 unless told; the constant beta = 0 leaves x out.
template <class X, class A, class B> requires operands<X, A, B> constexpr auto addmm(X&& x, A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::addmm, X, A, B> { return engine::call<op::addmm>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class X, class A, class B, class Beta, class Alpha> requires operands<X, A, B, Beta, Alpha> constexpr auto addmm(X&& x, A&& a, B&& b, Beta&& beta, Alpha&& alpha, engine::location at = engine::location::here()) -> engine::apply_t<op::addmm, X, A, B, Beta, Alpha> { return engine::call<op::addmm>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b), static_cast<Beta&&>(beta), static_cast<Alpha&&>(alpha)); }
/// beta x + alpha mv(a, b).
template <class X, class A, class B> requires operands<X, A, B> constexpr auto addmv(X&& x, A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::addmv, X, A, B> { return engine::call<op::addmv>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class X, class A, class B, class Beta, class Alpha> requires operands<X, A, B, Beta, Alpha> constexpr auto addmv(X&& x, A&& a, B&& b, Beta&& beta, Alpha&& alpha, engine::location at = engine::location::here()) -> engine::apply_t<op::addmv, X, A, B, Beta, Alpha> { return engine::call<op::addmv>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b), static_cast<Beta&&>(beta), static_cast<Alpha&&>(alpha)); }
/// beta x + alpha outer(a, b).
template <class X, class A, class B> requires operands<X, A, B> constexpr auto addr(X&& x, A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::addr, X, A, B> { return engine::call<op::addr>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class X, class A, class B, class Beta, class Alpha> requires operands<X, A, B, Beta, Alpha> constexpr auto addr(X&& x, A&& a, B&& b, Beta&& beta, Alpha&& alpha, engine::location at = engine::location::here()) -> engine::apply_t<op::addr, X, A, B, Beta, Alpha> { return engine::call<op::addr>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b), static_cast<Beta&&>(beta), static_cast<Alpha&&>(alpha)); }
/// beta x + alpha bmm(a, b).
template <class X, class A, class B> requires operands<X, A, B> constexpr auto baddbmm(X&& x, A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::baddbmm, X, A, B> { return engine::call<op::baddbmm>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class X, class A, class B, class Beta, class Alpha> requires operands<X, A, B, Beta, Alpha> constexpr auto baddbmm(X&& x, A&& a, B&& b, Beta&& beta, Alpha&& alpha, engine::location at = engine::location::here()) -> engine::apply_t<op::baddbmm, X, A, B, Beta, Alpha> { return engine::call<op::baddbmm>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b), static_cast<Beta&&>(beta), static_cast<Alpha&&>(alpha)); }
/// beta x + alpha times the sum of bmm(a, b) over the batch.
template <class X, class A, class B> requires operands<X, A, B> constexpr auto addbmm(X&& x, A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::addbmm, X, A, B> { return engine::call<op::addbmm>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class X, class A, class B, class Beta, class Alpha> requires operands<X, A, B, Beta, Alpha> constexpr auto addbmm(X&& x, A&& a, B&& b, Beta&& beta, Alpha&& alpha, engine::location at = engine::location::here()) -> engine::apply_t<op::addbmm, X, A, B, Beta, Alpha> { return engine::call<op::addbmm>(at, static_cast<X&&>(x), static_cast<A&&>(a), static_cast<B&&>(b), static_cast<Beta&&>(beta), static_cast<Alpha&&>(alpha)); }
/// The products of two batches of matrices, (n, i, k) x (n, k, j).
template <class A, class B> requires operands<A, B> constexpr auto bmm(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::bmm, A, B> { return engine::call<op::bmm>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// Sums of products over the last axes of both.
template <class X, class Y> requires operands<X, Y> constexpr auto inner(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::inner, X, Y> { return engine::call<op::inner>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// x w^T + bias, the weight of shape (out, in).
template <class X, class Weight> requires operands<X, Weight> constexpr auto linear(X&& x, Weight&& weight, engine::location at = engine::location::here()) -> engine::apply_t<op::linear, X, Weight> { return engine::call<op::linear>(at, static_cast<X&&>(x), static_cast<Weight&&>(weight)); }
template <class X, class Weight, class Bias> requires operands<X, Weight, Bias> constexpr auto linear(X&& x, Weight&& weight, Bias&& bias, engine::location at = engine::location::here()) -> engine::apply_t<op::linear, X, Weight, Bias> { return engine::call<op::linear>(at, static_cast<X&&>(x), static_cast<Weight&&>(weight), static_cast<Bias&&>(bias)); }
/// (x - mean) / sqrt(variance + eps) over the last axes, whose extents are named: layer_norm<3, 4>(x). Then times a weight and plus a bias. eps is 1e-5 unless told.
template <int... Shape, class X> requires operands<X> constexpr auto layer_norm(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::layer_norm, Shape...>, X> { return engine::call<engine::with_t<op::layer_norm, Shape...>>(at, static_cast<X&&>(x)); }
template <int... Shape, class X, class Eps> requires operands<X, Eps> constexpr auto layer_norm(X&& x, Eps&& eps, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::layer_norm, Shape...>, X, Eps> { return engine::call<engine::with_t<op::layer_norm, Shape...>>(at, static_cast<X&&>(x), static_cast<Eps&&>(eps)); }
template <int... Shape, class X, class Weight, class Bias> requires operands<X, Weight, Bias> constexpr auto layer_norm(X&& x, Weight&& weight, Bias&& bias, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::layer_norm, Shape...>, X, Weight, Bias> { return engine::call<engine::with_t<op::layer_norm, Shape...>>(at, static_cast<X&&>(x), static_cast<Weight&&>(weight), static_cast<Bias&&>(bias)); }
template <int... Shape, class X, class Weight, class Bias, class Eps> requires operands<X, Weight, Bias, Eps> constexpr auto layer_norm(X&& x, Weight&& weight, Bias&& bias, Eps&& eps, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::layer_norm, Shape...>, X, Weight, Bias, Eps> { return engine::call<engine::with_t<op::layer_norm, Shape...>>(at, static_cast<X&&>(x), static_cast<Weight&&>(weight), static_cast<Bias&&>(bias), static_cast<Eps&&>(eps)); }
/// x over its p-norm (2 unless told) along an axis (1 unless told), the norm held above eps = 1e-12.
template <int... Axes, class X> requires operands<X> constexpr auto normalize(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::normalize, Axes...>, X> { return engine::call<engine::with_t<op::normalize, Axes...>>(at, static_cast<X&&>(x)); }
template <int... Axes, class X, class P> requires operands<X, P> constexpr auto normalize(X&& x, P&& p, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::normalize, Axes...>, X, P> { return engine::call<engine::with_t<op::normalize, Axes...>>(at, static_cast<X&&>(x), static_cast<P&&>(p)); }
template <int... Axes, class X, class P, class Eps> requires operands<X, P, Eps> constexpr auto normalize(X&& x, P&& p, Eps&& eps, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::normalize, Axes...>, X, P, Eps> { return engine::call<engine::with_t<op::normalize, Axes...>>(at, static_cast<X&&>(x), static_cast<P&&>(p), static_cast<Eps&&>(eps)); }
/// The cosine of the angle between vectors along an axis (1 unless told), norms held above eps = 1e-8.
template <int... Axes, class X, class Y> requires operands<X, Y> constexpr auto cosine_similarity(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::cosine_similarity, Axes...>, X, Y> { return engine::call<engine::with_t<op::cosine_similarity, Axes...>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <int... Axes, class X, class Y, class Eps> requires operands<X, Y, Eps> constexpr auto cosine_similarity(X&& x, Y&& y, Eps&& eps, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::cosine_similarity, Axes...>, X, Y, Eps> { return engine::call<engine::with_t<op::cosine_similarity, Axes...>>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Eps&&>(eps)); }
/// The norm of x - y; p as in norm.
template <class X, class Y> requires operands<X, Y> constexpr auto dist(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::dist, X, Y> { return engine::call<op::dist>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y, class P> requires operands<X, Y, P> constexpr auto dist(X&& x, Y&& y, P&& p, engine::location at = engine::location::here()) -> engine::apply_t<op::dist, X, Y, P> { return engine::call<op::dist>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<P&&>(p)); }
/// The sum over axes of what is no NaN.
template <int... Axes, class X> requires operands<X> constexpr auto nansum(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::nansum, Axes...>, X> { return engine::call<engine::with_t<op::nansum, Axes...>>(at, static_cast<X&&>(x)); }
template <int... Axes, class X> requires operands<X> constexpr auto nansum(X&& x, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::nansum, Axes..., keepdim>, X> { return engine::call<engine::with_t<op::nansum, Axes..., keepdim>>(at, static_cast<X&&>(x)); }
/// How many elements over axes are not 0; NaN counts. An int64.
template <int... Axes, class X> requires operands<X> constexpr auto count_nonzero(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::count_nonzero, Axes...>, X> { return engine::call<engine::with_t<op::count_nonzero, Axes...>>(at, static_cast<X&&>(x)); }
/// Are all elements over axes not 0? True of none.
template <int... Axes, class X> requires operands<X> constexpr auto all(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::all, Axes...>, X> { return engine::call<engine::with_t<op::all, Axes...>>(at, static_cast<X&&>(x)); }
template <int... Axes, class X> requires operands<X> constexpr auto all(X&& x, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::all, Axes..., keepdim>, X> { return engine::call<engine::with_t<op::all, Axes..., keepdim>>(at, static_cast<X&&>(x)); }
/// Is an element over axes not 0? False of none.
template <int... Axes, class X> requires operands<X> constexpr auto any(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::any, Axes...>, X> { return engine::call<engine::with_t<op::any, Axes...>>(at, static_cast<X&&>(x)); }
template <int... Axes, class X> requires operands<X> constexpr auto any(X&& x, keepdim_t, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::any, Axes..., keepdim>, X> { return engine::call<engine::with_t<op::any, Axes..., keepdim>>(at, static_cast<X&&>(x)); }
/// x itself.
template <class X> requires operands<X> constexpr auto clone(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::clone, X> { return engine::call<op::clone>(at, static_cast<X&&>(x)); }
/// The axes from one to another as one, in C order: flatten<1>(x), flatten<0, 1>(x); all of them unless told. A number becomes a vector.
template <int... Axes, class X> requires operands<X> constexpr auto flatten(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::flatten, Axes...>, X> { return engine::call<engine::with_t<op::flatten, Axes...>>(at, static_cast<X&&>(x)); }
/// All elements in a vector, in C order.
template <class X> requires operands<X> constexpr auto ravel(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::flatten, X> { return engine::call<op::flatten>(at, static_cast<X&&>(x)); }

/// std::tuple of the variance and the mean over axes.
template <int... Axes, class A> requires operands<A> constexpr auto var_mean(A&& a) { return std::tuple(variance<Axes...>(static_cast<A>(a)), mean<Axes...>(static_cast<A&&>(a))); }
template <int... Axes, class A> requires operands<A> constexpr auto var_mean(A&& a, keepdim_t) { return std::tuple(variance<Axes...>(static_cast<A>(a), keepdim), mean<Axes...>(static_cast<A&&>(a), keepdim)); }
template <int... Axes, class A, int N> requires operands<A> constexpr auto var_mean(A&& a, correction_t<N> c) { return std::tuple(variance<Axes...>(static_cast<A>(a), c), mean<Axes...>(static_cast<A&&>(a))); }
template <int... Axes, class A, int N> requires operands<A> constexpr auto var_mean(A&& a, correction_t<N> c, keepdim_t) { return std::tuple(variance<Axes...>(static_cast<A>(a), c, keepdim), mean<Axes...>(static_cast<A&&>(a), keepdim)); }
/// std::tuple of the standard deviation and the mean over axes.
template <int... Axes, class A> requires operands<A> constexpr auto std_mean(A&& a) { return std::tuple(stddev<Axes...>(static_cast<A>(a)), mean<Axes...>(static_cast<A&&>(a))); }
template <int... Axes, class A> requires operands<A> constexpr auto std_mean(A&& a, keepdim_t) { return std::tuple(stddev<Axes...>(static_cast<A>(a), keepdim), mean<Axes...>(static_cast<A&&>(a), keepdim)); }
template <int... Axes, class A, int N> requires operands<A> constexpr auto std_mean(A&& a, correction_t<N> c) { return std::tuple(stddev<Axes...>(static_cast<A>(a), c), mean<Axes...>(static_cast<A&&>(a))); }
template <int... Axes, class A, int N> requires operands<A> constexpr auto std_mean(A&& a, correction_t<N> c, keepdim_t) { return std::tuple(stddev<Axes...>(static_cast<A>(a), c, keepdim), mean<Axes...>(static_cast<A&&>(a), keepdim)); }
// clang-format on

}  // namespace slope
