// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_rounding.ipp"

/// Special functions and other names of functions, as users call them.
namespace slope {

namespace op {
struct asinh;
struct acosh;
struct atanh;
struct atan2;
struct hypot;
struct erf;
struct erfc;
struct erfinv;
struct ndtri;
struct lgamma;
struct digamma;
struct polygamma;
struct igamma;
struct igammac;
struct sinc;
struct xlogy;
struct logit;
struct logit_within;
struct logaddexp;
struct logaddexp2;
struct ldexp;
struct ndtr;
struct deg2rad;
struct rad2deg;
struct abs;
struct negative;
struct asin;
struct acos;
struct atan;
struct sigmoid;
struct subtract;
struct multiply;
struct divide;
struct ne;
struct lt;
struct le;
struct clamp;
struct add_scaled;
struct subtract_scaled;
}  // namespace op

// clang-format off
/// Inverse hyperbolic sine.
template <class X> requires operands<X> constexpr auto asinh(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::asinh, X> { return engine::call<op::asinh>(at, static_cast<X&&>(x)); }
/// Inverse hyperbolic cosine on [1, inf); NaN below.
template <class X> requires operands<X> constexpr auto acosh(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::acosh, X> { return engine::call<op::acosh>(at, static_cast<X&&>(x)); }
/// Inverse hyperbolic tangent on [-1, 1], infinite at its ends; NaN outside.
template <class X> requires operands<X> constexpr auto atanh(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::atanh, X> { return engine::call<op::atanh>(at, static_cast<X&&>(x)); }
/// The angle of the point (x, y), in all four quadrants; derivative NaN at the origin.
template <class Y, class X> requires operands<Y, X> constexpr auto atan2(Y&& y, X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::atan2, Y, X> { return engine::call<op::atan2>(at, static_cast<Y&&>(y), static_cast<X&&>(x)); }
/// sqrt(x^2 + y^2), without overflow; derivative NaN at the origin.
template <class X, class Y> requires operands<X, Y> constexpr auto hypot(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::hypot, X, Y> { return engine::call<op::hypot>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// The error function.
template <class X> requires operands<X> constexpr auto erf(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::erf, X> { return engine::call<op::erf>(at, static_cast<X&&>(x)); }
/// 1 - erf(x), accurate in the right tail.
template <class X> requires operands<X> constexpr auto erfc(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::erfc, X> { return engine::call<op::erfc>(at, static_cast<X&&>(x)); }
/// The inverse of erf on [-1, 1], infinite at its ends; NaN outside.
template <class X> requires operands<X> constexpr auto erfinv(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::erfinv, X> { return engine::call<op::erfinv>(at, static_cast<X&&>(x)); }
/// The number below which a standard normal one is with probability x: the inverse of ndtr, infinite at 0 and 1; NaN outside.
template <class X> requires operands<X> constexpr auto ndtri(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::ndtri, X> { return engine::call<op::ndtri>(at, static_cast<X&&>(x)); }
/// log|gamma(x)|; infinite at 0, -1, -2 ...
template <class X> requires operands<X> constexpr auto lgamma(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::lgamma, X> { return engine::call<op::lgamma>(at, static_cast<X&&>(x)); }
/// The derivative of lgamma; see lgamma for its poles.
template <class X> requires operands<X> constexpr auto digamma(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::digamma, X> { return engine::call<op::digamma>(at, static_cast<X&&>(x)); }
/// The n-th derivative of digamma, n >= 0.
template <class N, class X> requires operands<N, X> constexpr auto polygamma(N&& n, X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::polygamma, N, X> { return engine::call<op::polygamma>(at, static_cast<N&&>(n), static_cast<X&&>(x)); }
/// The regularised lower incomplete gamma function of a, x >= 0; it has a derivative by x only. Also gammainc.
template <class A, class X> requires operands<A, X> constexpr auto igamma(A&& a, X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::igamma, A, X> { return engine::call<op::igamma>(at, static_cast<A&&>(a), static_cast<X&&>(x)); }
template <class A, class X> requires operands<A, X> constexpr auto gammainc(A&& a, X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::igamma, A, X> { return engine::call<op::igamma>(at, static_cast<A&&>(a), static_cast<X&&>(x)); }
/// The upper one, 1 - igamma(a, x), accurate where it is small. Also gammaincc.
template <class A, class X> requires operands<A, X> constexpr auto igammac(A&& a, X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::igammac, A, X> { return engine::call<op::igammac>(at, static_cast<A&&>(a), static_cast<X&&>(x)); }
template <class A, class X> requires operands<A, X> constexpr auto gammaincc(A&& a, X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::igammac, A, X> { return engine::call<op::igammac>(at, static_cast<A&&>(a), static_cast<X&&>(x)); }
/// sin(pi x) / (pi x), 1 at 0.
template <class X> requires operands<X> constexpr auto sinc(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::sinc, X> { return engine::call<op::sinc>(at, static_cast<X&&>(x)); }
/// x log(y); 0 where x is 0, unless y is NaN.
template <class X, class Y> requires operands<X, Y> constexpr auto xlogy(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::xlogy, X, Y> { return engine::call<op::xlogy>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// log(x / (1 - x)) on [0, 1]; of x held within [eps, 1 - eps] where eps is given.
template <class X> requires operands<X> constexpr auto logit(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::logit, X> { return engine::call<op::logit>(at, static_cast<X&&>(x)); }
template <class X, class Eps> requires operands<X, Eps> constexpr auto logit(X&& x, Eps&& eps, engine::location at = engine::location::here()) -> engine::apply_t<op::logit_within, X, Eps> { return engine::call<op::logit_within>(at, static_cast<X&&>(x), static_cast<Eps&&>(eps)); }
/// log(exp(x) + exp(y)), without overflow.
template <class X, class Y> requires operands<X, Y> constexpr auto logaddexp(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::logaddexp, X, Y> { return engine::call<op::logaddexp>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// log2(2^x + 2^y), without overflow.
template <class X, class Y> requires operands<X, Y> constexpr auto logaddexp2(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::logaddexp2, X, Y> { return engine::call<op::logaddexp2>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// x 2^y.
template <class X, class Y> requires operands<X, Y> constexpr auto ldexp(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::ldexp, X, Y> { return engine::call<op::ldexp>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// The distribution function of the normal distribution.
template <class X> requires operands<X> constexpr auto ndtr(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::ndtr, X> { return engine::call<op::ndtr>(at, static_cast<X&&>(x)); }
/// Degrees as radians.
template <class X> requires operands<X> constexpr auto deg2rad(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::deg2rad, X> { return engine::call<op::deg2rad>(at, static_cast<X&&>(x)); }
/// Radians as degrees.
template <class X> requires operands<X> constexpr auto rad2deg(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::rad2deg, X> { return engine::call<op::rad2deg>(at, static_cast<X&&>(x)); }

/// Other names, torch's and NumPy's.
template <class X> requires operands<X> constexpr auto absolute(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::abs, X> { return engine::call<op::abs>(at, static_cast<X&&>(x)); }
template <class X> requires operands<X> constexpr auto negative(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::negative, X> { return engine::call<op::negative>(at, static_cast<X&&>(x)); }
template <class X> requires operands<X> constexpr auto arcsin(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::asin, X> { return engine::call<op::asin>(at, static_cast<X&&>(x)); }
template <class X> requires operands<X> constexpr auto arccos(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::acos, X> { return engine::call<op::acos>(at, static_cast<X&&>(x)); }
template <class X> requires operands<X> constexpr auto arctan(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::atan, X> { return engine::call<op::atan>(at, static_cast<X&&>(x)); }
template <class X> requires operands<X> constexpr auto arcsinh(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::asinh, X> { return engine::call<op::asinh>(at, static_cast<X&&>(x)); }
template <class X> requires operands<X> constexpr auto arccosh(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::acosh, X> { return engine::call<op::acosh>(at, static_cast<X&&>(x)); }
template <class X> requires operands<X> constexpr auto arctanh(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::atanh, X> { return engine::call<op::atanh>(at, static_cast<X&&>(x)); }
template <class X> requires operands<X> constexpr auto expit(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::sigmoid, X> { return engine::call<op::sigmoid>(at, static_cast<X&&>(x)); }
template <class X, class Y> requires operands<X, Y> constexpr auto subtract(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::subtract, X, Y> { return engine::call<op::subtract>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y> requires operands<X, Y> constexpr auto multiply(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::multiply, X, Y> { return engine::call<op::multiply>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y> requires operands<X, Y> constexpr auto divide(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::divide, X, Y> { return engine::call<op::divide>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y> requires operands<X, Y> constexpr auto true_divide(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::divide, X, Y> { return engine::call<op::divide>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y> requires operands<X, Y> constexpr auto not_equal(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::ne, X, Y> { return engine::call<op::ne>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y> requires operands<X, Y> constexpr auto less(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::lt, X, Y> { return engine::call<op::lt>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y> requires operands<X, Y> constexpr auto less_equal(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::le, X, Y> { return engine::call<op::le>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class Y, class X> requires operands<Y, X> constexpr auto arctan2(Y&& y, X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::atan2, Y, X> { return engine::call<op::atan2>(at, static_cast<Y&&>(y), static_cast<X&&>(x)); }
template <class X, class Low, class High> requires operands<X, Low, High> constexpr auto clip(X&& x, Low&& low, High&& high, engine::location at = engine::location::here()) -> engine::apply_t<op::clamp, X, Low, High> { return engine::call<op::clamp>(at, static_cast<X&&>(x), static_cast<Low&&>(low), static_cast<High&&>(high)); }
/// x > y and x >= y.
template <class X, class Y> requires operands<X, Y> constexpr auto greater(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::lt, Y, X> { return engine::call<op::lt>(at, static_cast<Y&&>(y), static_cast<X&&>(x)); }
template <class X, class Y> requires operands<X, Y> constexpr auto greater_equal(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::le, Y, X> { return engine::call<op::le>(at, static_cast<Y&&>(y), static_cast<X&&>(x)); }
/// x + alpha y and x - alpha y.
template <class X, class Y, class Alpha> requires operands<X, Y, Alpha> constexpr auto add(X&& x, Y&& y, Alpha&& alpha, engine::location at = engine::location::here()) -> engine::apply_t<op::add_scaled, X, Y, Alpha> { return engine::call<op::add_scaled>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Alpha&&>(alpha)); }
template <class X, class Y, class Alpha> requires operands<X, Y, Alpha> constexpr auto sub(X&& x, Y&& y, Alpha&& alpha, engine::location at = engine::location::here()) -> engine::apply_t<op::subtract_scaled, X, Y, Alpha> { return engine::call<op::subtract_scaled>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Alpha&&>(alpha)); }
// clang-format on

}  // namespace slope
