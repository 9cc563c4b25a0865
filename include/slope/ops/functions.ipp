// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/apply.ipp"

/// The operations as users call them: one line each, for symbols, trees and tensors alike.
namespace slope {

namespace op {
struct add;
struct subtract;
struct multiply;
struct divide;
struct negative;
struct power;
struct square;
struct sqrt;
struct rsqrt;
struct reciprocal;
struct abs;
struct sign;
struct exp;
struct log;
struct log1p;
struct expm1;
struct sin;
struct cos;
struct tan;
struct tanh;
struct sinh;
struct cosh;
struct asin;
struct acos;
struct atan;
struct sigmoid;
struct softplus;
struct relu;
struct maximum;
struct minimum;
struct eq;
struct ne;
struct lt;
struct le;
struct where;
}  // namespace op

namespace engine {
template <class Op, class... A>
constexpr auto call(location at, A&&... a) {
  return applied<Op, A...>::call(at, static_cast<A&&>(a)...);
}
}  // namespace engine

// clang-format off
/// |x|; derivative sign(x), 0 at 0.
template <class A> requires operands<A> constexpr auto abs(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::abs, A> { return engine::call<op::abs>(at, static_cast<A&&>(a)); }
/// -1, 0 or 1; 0 for NaN, as torch.
template <class A> requires operands<A> constexpr auto sign(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::sign, A> { return engine::call<op::sign>(at, static_cast<A&&>(a)); }
/// x * x.
template <class A> requires operands<A> constexpr auto square(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::square, A> { return engine::call<op::square>(at, static_cast<A&&>(a)); }
/// Square root; NaN below 0, derivative inf at 0.
template <class A> requires operands<A> constexpr auto sqrt(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::sqrt, A> { return engine::call<op::sqrt>(at, static_cast<A&&>(a)); }
/// 1 / sqrt(x).
template <class A> requires operands<A> constexpr auto rsqrt(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::rsqrt, A> { return engine::call<op::rsqrt>(at, static_cast<A&&>(a)); }
/// 1 / x.
template <class A> requires operands<A> constexpr auto reciprocal(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::reciprocal, A> { return engine::call<op::reciprocal>(at, static_cast<A&&>(a)); }
/// e to the x.
template <class A> requires operands<A> constexpr auto exp(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::exp, A> { return engine::call<op::exp>(at, static_cast<A&&>(a)); }
/// exp(x) - 1, accurate near 0.
template <class A> requires operands<A> constexpr auto expm1(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::expm1, A> { return engine::call<op::expm1>(at, static_cast<A&&>(a)); }
/// Natural logarithm; -inf at 0, NaN below.
template <class A> requires operands<A> constexpr auto log(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::log, A> { return engine::call<op::log>(at, static_cast<A&&>(a)); }
/// log(1 + x), accurate near 0.
template <class A> requires operands<A> constexpr auto log1p(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::log1p, A> { return engine::call<op::log1p>(at, static_cast<A&&>(a)); }
/// Sine, in radians.
template <class A> requires operands<A> constexpr auto sin(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::sin, A> { return engine::call<op::sin>(at, static_cast<A&&>(a)); }
/// Cosine, in radians.
template <class A> requires operands<A> constexpr auto cos(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::cos, A> { return engine::call<op::cos>(at, static_cast<A&&>(a)); }
/// Tangent, in radians.
template <class A> requires operands<A> constexpr auto tan(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::tan, A> { return engine::call<op::tan>(at, static_cast<A&&>(a)); }
/// Hyperbolic tangent.
template <class A> requires operands<A> constexpr auto tanh(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::tanh, A> { return engine::call<op::tanh>(at, static_cast<A&&>(a)); }
/// Hyperbolic sine.
template <class A> requires operands<A> constexpr auto sinh(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::sinh, A> { return engine::call<op::sinh>(at, static_cast<A&&>(a)); }
/// Hyperbolic cosine.
template <class A> requires operands<A> constexpr auto cosh(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::cosh, A> { return engine::call<op::cosh>(at, static_cast<A&&>(a)); }
/// Arc sine on [-1, 1]; NaN outside.
template <class A> requires operands<A> constexpr auto asin(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::asin, A> { return engine::call<op::asin>(at, static_cast<A&&>(a)); }
/// Arc cosine on [-1, 1]; NaN outside.
template <class A> requires operands<A> constexpr auto acos(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::acos, A> { return engine::call<op::acos>(at, static_cast<A&&>(a)); }
/// Arc tangent.
template <class A> requires operands<A> constexpr auto atan(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::atan, A> { return engine::call<op::atan>(at, static_cast<A&&>(a)); }
/// 1 / (1 + exp(-x)), without overflow.
template <class A> requires operands<A> constexpr auto sigmoid(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::sigmoid, A> { return engine::call<op::sigmoid>(at, static_cast<A&&>(a)); }
/// log(1 + exp(x)), without overflow; x itself above 20, as torch.
template <class A> requires operands<A> constexpr auto softplus(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::softplus, A> { return engine::call<op::softplus>(at, static_cast<A&&>(a)); }
/// max(x, 0); derivative 0 at 0.
template <class A> requires operands<A> constexpr auto relu(A&& a, engine::location at = engine::location::here()) -> engine::apply_t<op::relu, A> { return engine::call<op::relu>(at, static_cast<A&&>(a)); }
/// a to the power b.
template <class A, class B> requires operands<A, B> constexpr auto pow(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::power, A, B> { return engine::call<op::power>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The larger; NaN wins; equal operands share the derivative.
template <class A, class B> requires operands<A, B> constexpr auto maximum(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::maximum, A, B> { return engine::call<op::maximum>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The smaller; NaN wins; equal operands share the derivative.
template <class A, class B> requires operands<A, B> constexpr auto minimum(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::minimum, A, B> { return engine::call<op::minimum>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// a == b, element by element.
template <class A, class B> requires operands<A, B> constexpr auto eq(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::eq, A, B> { return engine::call<op::eq>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// a != b, element by element.
template <class A, class B> requires operands<A, B> constexpr auto ne(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::ne, A, B> { return engine::call<op::ne>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// a < b, element by element.
template <class A, class B> requires operands<A, B> constexpr auto lt(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::lt, A, B> { return engine::call<op::lt>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// a <= b, element by element.
template <class A, class B> requires operands<A, B> constexpr auto le(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::le, A, B> { return engine::call<op::le>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// a > b, element by element.
template <class A, class B> requires operands<A, B> constexpr auto gt(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::lt, B, A> { return engine::call<op::lt>(at, static_cast<B&&>(b), static_cast<A&&>(a)); }
/// a >= b, element by element.
template <class A, class B> requires operands<A, B> constexpr auto ge(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::le, B, A> { return engine::call<op::le>(at, static_cast<B&&>(b), static_cast<A&&>(a)); }
/// a where the condition holds, else b; the derivative is selected in the same way.
template <class C, class A, class B> requires operands<C, A, B> constexpr auto where(C&& c, A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::where, C, A, B> { return engine::call<op::where>(at, static_cast<C&&>(c), static_cast<A&&>(a), static_cast<B&&>(b)); }

// Operators of symbols take `located`, which holds the line of the operand.
constexpr symbol operator+(engine::located a, engine::located b) { return engine::apply_two<op::add>(a.at, a.value, b.value); }
constexpr symbol operator-(engine::located a, engine::located b) { return engine::apply_two<op::subtract>(a.at, a.value, b.value); }
constexpr symbol operator*(engine::located a, engine::located b) { return engine::apply_two<op::multiply>(a.at, a.value, b.value); }
constexpr symbol operator/(engine::located a, engine::located b) { return engine::apply_two<op::divide>(a.at, a.value, b.value); }
constexpr symbol operator<(engine::located a, engine::located b) { return engine::apply_two<op::lt>(a.at, a.value, b.value); }
constexpr symbol operator<=(engine::located a, engine::located b) { return engine::apply_two<op::le>(a.at, a.value, b.value); }
constexpr symbol operator>(engine::located a, engine::located b) { return engine::apply_two<op::lt>(a.at, b.value, a.value); }
constexpr symbol operator>=(engine::located a, engine::located b) { return engine::apply_two<op::le>(a.at, b.value, a.value); }
constexpr symbol operator-(engine::located a) { return engine::apply_one<op::negative>(a.at, a.value); }
constexpr symbol& operator+=(symbol& a, engine::located b) { return a = engine::apply_two<op::add>(b.at, a, b.value); }
constexpr symbol& operator-=(symbol& a, engine::located b) { return a = engine::apply_two<op::subtract>(b.at, a, b.value); }
constexpr symbol& operator*=(symbol& a, engine::located b) { return a = engine::apply_two<op::multiply>(b.at, a, b.value); }
constexpr symbol& operator/=(symbol& a, engine::located b) { return a = engine::apply_two<op::divide>(b.at, a, b.value); }

/// Symbols have no truth value of equality: the trace fails, and its error names eq or ne.
constexpr bool operator==(engine::located a, engine::located b) { return engine::no_answer("==: symbols, use eq", a, b); }
constexpr bool operator!=(engine::located a, engine::located b) { return engine::no_answer("!=: symbols, use ne", a, b); }
/// A bool has already been decided, mostly by `==`, which compares formulas: declared only, or a failure of the trace.
template <class C, class A, class B> requires tree_operands<C, A, B> && engine::plain_bool<C> auto where(C&&, A&&, B&&, engine::location = {}) -> ill_formed<"where: a bool, use eq">;
template <class C, class A, class B> requires symbol_operands<C, A, B> && engine::plain_bool<C> constexpr symbol where(C&&, A&& a, B&& b, engine::location at = engine::location::here()) { engine::no_answer("where: a bool, use eq", {a, at.file, at.line}, b); return a; }
template <class A, class B> requires tree_operands<A, B> && (engine::plain_bool<A> || engine::plain_bool<B>) auto operator&&(A&&, B&&) -> ill_formed<"&&: a bool, use eq">;
template <class A, class B> requires tree_operands<A, B> && (engine::plain_bool<A> || engine::plain_bool<B>) auto operator||(A&&, B&&) -> ill_formed<"||: a bool, use eq">;

template <class A, class B> requires tree_operands<A, B> constexpr auto operator+(A&& a, B&& b) -> engine::apply_t<op::add, A, B> { return engine::call<op::add>({}, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B> requires tree_operands<A, B> constexpr auto operator-(A&& a, B&& b) -> engine::apply_t<op::subtract, A, B> { return engine::call<op::subtract>({}, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B> requires tree_operands<A, B> constexpr auto operator*(A&& a, B&& b) -> engine::apply_t<op::multiply, A, B> { return engine::call<op::multiply>({}, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B> requires tree_operands<A, B> constexpr auto operator/(A&& a, B&& b) -> engine::apply_t<op::divide, A, B> { return engine::call<op::divide>({}, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A> requires tree_operands<A> constexpr auto operator-(A&& a) -> engine::apply_t<op::negative, A> { return engine::call<op::negative>({}, static_cast<A&&>(a)); }
template <class A, class B> requires tree_operands<A, B> constexpr auto operator<(A&& a, B&& b) -> engine::apply_t<op::lt, A, B> { return engine::call<op::lt>({}, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B> requires tree_operands<A, B> constexpr auto operator<=(A&& a, B&& b) -> engine::apply_t<op::le, A, B> { return engine::call<op::le>({}, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <class A, class B> requires tree_operands<A, B> constexpr auto operator>(A&& a, B&& b) -> engine::apply_t<op::lt, B, A> { return engine::call<op::lt>({}, static_cast<B&&>(b), static_cast<A&&>(a)); }
template <class A, class B> requires tree_operands<A, B> constexpr auto operator>=(A&& a, B&& b) -> engine::apply_t<op::le, B, A> { return engine::call<op::le>({}, static_cast<B&&>(b), static_cast<A&&>(a)); }
// clang-format on

}  // namespace slope
