// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_more.ipp"

/// Rounding, remainders and questions, as users call them.
namespace slope {

namespace op {
struct floor;
struct ceil;
struct trunc;
struct round;
struct round_decimals;
struct frac;
struct fmod;
struct remainder;
struct floor_divide;
struct divide_floor;
struct divide_trunc;
struct copysign;
struct signbit;
struct isnan;
struct isfinite;
struct isinf;
struct isposinf;
struct isneginf;
struct isclose;
struct isclose_nan;
struct allclose;
struct allclose_nan;
struct equal;
struct fmax;
struct fmin;
struct logical_xor;
struct nan_to_num;
struct masked_fill;
}  // namespace op

/// The type of `equal_nan`.
struct equal_nan_t {};
/// NaN counts as close to NaN: `isclose(x, y, equal_nan)`.
inline constexpr equal_nan_t equal_nan{};

/// The type of `rounding_mode<"floor">`.
template <fixed_string Mode>
struct rounding_mode_t {};
/// How a quotient is rounded: `div(x, y, rounding_mode<"floor">)`, or "trunc".
template <fixed_string Mode>
inline constexpr rounding_mode_t<Mode> rounding_mode{};

// clang-format off
/// The largest integer not above x; derivative 0.
template <class X> requires operands<X> constexpr auto floor(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::floor, X> { return engine::call<op::floor>(at, static_cast<X&&>(x)); }
/// The smallest integer not below x; derivative 0.
template <class X> requires operands<X> constexpr auto ceil(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::ceil, X> { return engine::call<op::ceil>(at, static_cast<X&&>(x)); }
/// The integer next to x towards 0; derivative 0.
template <class X> requires operands<X> constexpr auto trunc(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::trunc, X> { return engine::call<op::trunc>(at, static_cast<X&&>(x)); }
/// NumPy's name of trunc.
template <class X> requires operands<X> constexpr auto fix(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::trunc, X> { return engine::call<op::trunc>(at, static_cast<X&&>(x)); }
/// The nearest integer, halves to even, or the nearest number of so many decimals; derivative 0.
template <class X> requires operands<X> constexpr auto round(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::round, X> { return engine::call<op::round>(at, static_cast<X&&>(x)); }
template <class X, class Decimals> requires operands<X, Decimals> constexpr auto round(X&& x, Decimals&& decimals, engine::location at = engine::location::here()) -> engine::apply_t<op::round_decimals, X, Decimals> { return engine::call<op::round_decimals>(at, static_cast<X&&>(x), static_cast<Decimals&&>(decimals)); }
/// x - trunc(x), of the sign of x; derivative 1.
template <class X> requires operands<X> constexpr auto frac(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::frac, X> { return engine::call<op::frac>(at, static_cast<X&&>(x)); }
/// The remainder of the sign of x, exact; NaN where y is 0. Of integers: 0 where y is 0.
template <class X, class Y> requires operands<X, Y> constexpr auto fmod(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::fmod, X, Y> { return engine::call<op::fmod>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// The remainder of the sign of y, as Python's %; NaN where y is 0. Of integers: 0 where y is 0.
template <class X, class Y> requires operands<X, Y> constexpr auto remainder(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::remainder, X, Y> { return engine::call<op::remainder>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// floor(x / y), as Python's //; of integers an integer. Infinite or NaN where y is 0; derivative 0.
template <class X, class Y> requires operands<X, Y> constexpr auto floor_divide(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::floor_divide, X, Y> { return engine::call<op::floor_divide>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// x / y, rounded down or towards 0 where that is asked for: div(x, y, rounding_mode<"floor">), rounding_mode<"trunc">.
template <class X, class Y> requires operands<X, Y> constexpr auto div(X&& x, Y&& y, rounding_mode_t<"floor">, engine::location at = engine::location::here()) -> engine::apply_t<op::divide_floor, X, Y> { return engine::call<op::divide_floor>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y> requires operands<X, Y> constexpr auto div(X&& x, Y&& y, rounding_mode_t<"trunc">, engine::location at = engine::location::here()) -> engine::apply_t<op::divide_trunc, X, Y> { return engine::call<op::divide_trunc>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// |x| with the sign of y, that of zeros and NaN too; derivative 0 at x = 0.
template <class X, class Y> requires operands<X, Y> constexpr auto copysign(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::copysign, X, Y> { return engine::call<op::copysign>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// Has x a minus sign? -0 has.
template <class X> requires operands<X> constexpr auto signbit(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::signbit, X> { return engine::call<op::signbit>(at, static_cast<X&&>(x)); }
/// Is x NaN? Also with -ffast-math.
template <class X> requires operands<X> constexpr auto isnan(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::isnan, X> { return engine::call<op::isnan>(at, static_cast<X&&>(x)); }
/// Is x neither infinite nor NaN?
template <class X> requires operands<X> constexpr auto isfinite(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::isfinite, X> { return engine::call<op::isfinite>(at, static_cast<X&&>(x)); }
/// Is x inf or -inf?
template <class X> requires operands<X> constexpr auto isinf(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::isinf, X> { return engine::call<op::isinf>(at, static_cast<X&&>(x)); }
/// Is x inf?
template <class X> requires operands<X> constexpr auto isposinf(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::isposinf, X> { return engine::call<op::isposinf>(at, static_cast<X&&>(x)); }
/// Is x -inf?
template <class X> requires operands<X> constexpr auto isneginf(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::isneginf, X> { return engine::call<op::isneginf>(at, static_cast<X&&>(x)); }
/// x == y, or |x - y| <= atol + rtol |y|; 1e-5 and 1e-8 unless told. NaN is close to nothing, or to NaN with `equal_nan`.
template <class X, class Y> requires operands<X, Y> constexpr auto isclose(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::isclose, X, Y> { return engine::call<op::isclose>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y, class Rtol, class Atol> requires operands<X, Y, Rtol, Atol> constexpr auto isclose(X&& x, Y&& y, Rtol&& rtol, Atol&& atol, engine::location at = engine::location::here()) -> engine::apply_t<op::isclose, X, Y, Rtol, Atol> { return engine::call<op::isclose>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Rtol&&>(rtol), static_cast<Atol&&>(atol)); }
template <class X, class Y> requires operands<X, Y> constexpr auto isclose(X&& x, Y&& y, equal_nan_t, engine::location at = engine::location::here()) -> engine::apply_t<op::isclose_nan, X, Y> { return engine::call<op::isclose_nan>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y, class Rtol, class Atol> requires operands<X, Y, Rtol, Atol> constexpr auto isclose(X&& x, Y&& y, Rtol&& rtol, Atol&& atol, equal_nan_t, engine::location at = engine::location::here()) -> engine::apply_t<op::isclose_nan, X, Y, Rtol, Atol> { return engine::call<op::isclose_nan>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Rtol&&>(rtol), static_cast<Atol&&>(atol)); }
/// Are all elements close? A bool.
template <class X, class Y> requires operands<X, Y> constexpr auto allclose(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::allclose, X, Y> { return engine::call<op::allclose>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y, class Rtol, class Atol> requires operands<X, Y, Rtol, Atol> constexpr auto allclose(X&& x, Y&& y, Rtol&& rtol, Atol&& atol, engine::location at = engine::location::here()) -> engine::apply_t<op::allclose, X, Y, Rtol, Atol> { return engine::call<op::allclose>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Rtol&&>(rtol), static_cast<Atol&&>(atol)); }
template <class X, class Y> requires operands<X, Y> constexpr auto allclose(X&& x, Y&& y, equal_nan_t, engine::location at = engine::location::here()) -> engine::apply_t<op::allclose_nan, X, Y> { return engine::call<op::allclose_nan>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <class X, class Y, class Rtol, class Atol> requires operands<X, Y, Rtol, Atol> constexpr auto allclose(X&& x, Y&& y, Rtol&& rtol, Atol&& atol, equal_nan_t, engine::location at = engine::location::here()) -> engine::apply_t<op::allclose_nan, X, Y, Rtol, Atol> { return engine::call<op::allclose_nan>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Rtol&&>(rtol), static_cast<Atol&&>(atol)); }
/// Have x and y one shape and equal elements? A bool.
template <class X, class Y> requires operands<X, Y> constexpr auto equal(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::equal, X, Y> { return engine::call<op::equal>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// The larger, or the one that is no NaN; the derivative of equal operands is the first one's.
template <class X, class Y> requires operands<X, Y> constexpr auto fmax(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::fmax, X, Y> { return engine::call<op::fmax>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// The smaller, or the one that is no NaN; the derivative of equal operands is the first one's.
template <class X, class Y> requires operands<X, Y> constexpr auto fmin(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::fmin, X, Y> { return engine::call<op::fmin>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// Is one of them 0, and the other not?
template <class X, class Y> requires operands<X, Y> constexpr auto logical_xor(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<op::logical_xor, X, Y> { return engine::call<op::logical_xor>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// Other numbers in the place of NaN, inf and -inf: 0 and the largest ones of the type unless told; derivative 0 there.
template <class X> requires operands<X> constexpr auto nan_to_num(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::nan_to_num, X> { return engine::call<op::nan_to_num>(at, static_cast<X&&>(x)); }
template <class X, class Nan> requires operands<X, Nan> constexpr auto nan_to_num(X&& x, Nan&& nan, engine::location at = engine::location::here()) -> engine::apply_t<op::nan_to_num, X, Nan> { return engine::call<op::nan_to_num>(at, static_cast<X&&>(x), static_cast<Nan&&>(nan)); }
template <class X, class Nan, class Posinf, class Neginf> requires operands<X, Nan, Posinf, Neginf> constexpr auto nan_to_num(X&& x, Nan&& nan, Posinf&& posinf, Neginf&& neginf, engine::location at = engine::location::here()) -> engine::apply_t<op::nan_to_num, X, Nan, Posinf, Neginf> { return engine::call<op::nan_to_num>(at, static_cast<X&&>(x), static_cast<Nan&&>(nan), static_cast<Posinf&&>(posinf), static_cast<Neginf&&>(neginf)); }
/// value where the mask holds, else x.
template <class X, class Mask, class Value> requires operands<X, Mask, Value> constexpr auto masked_fill(X&& x, Mask&& mask, Value&& value, engine::location at = engine::location::here()) -> engine::apply_t<op::masked_fill, X, Mask, Value> { return engine::call<op::masked_fill>(at, static_cast<X&&>(x), static_cast<Mask&&>(mask), static_cast<Value&&>(value)); }
// clang-format on

}  // namespace slope
