// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/math/math.hpp"
#include "slope/ops/functions.ipp"

/// The element-wise operations: value, and derivative in symbols.
///
/// value(a...) works on numbers and packs alike. rule(a..., y) is the derivative dy/da given the
/// operands and the result; where one factor per operand is not the right form, pullback says what
/// each operand gets.
namespace slope::op {

struct add : elementwise<"add", 2> {
  static constexpr char const* infix = "+";
  static constexpr int precedence = 10;
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return a + b; }
  static constexpr void pullback(auto& c) {
    c.give(0, c.dy);
    c.give(1, c.dy);
  }
};

struct multiply : elementwise<"multiply", 2> {
  static constexpr char const* infix = "*";
  static constexpr int precedence = 20;
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return a * b; }
  static constexpr void pullback(auto& c) {
    c.give(0, c.dy * c.args[1]);
    c.give(1, c.dy * c.args[0]);
  }
};

struct divide : elementwise<"divide", 2> {
  static constexpr char const* infix = "/";
  static constexpr int precedence = 20;
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto a, auto b) { return a / b; }
  static constexpr void pullback(auto& c) {
    c.give(0, c.dy / c.args[1]);
    c.give(1, -(c.dy * (c.y / c.args[1])));
  }
};

/// a^b; with the exponents of sqrt, rsqrt and its derivative it is made of those, so that -0 and
/// -inf give what torch gives.
struct power : elementwise<"pow", 2> {
  static constexpr auto value(auto a, auto b) {
    auto const root = math::sqrt(a), inverse = math::reciprocal(root);
    auto const general = math::select(b == math::like(b, -1.5), inverse * inverse * inverse,
                                      math::pow(a, b));
    return math::select(b == math::like(b, 0.5), root,
                        math::select(b == math::like(b, -0.5), inverse, general));
  }
  static constexpr void pullback(auto& c) {
    c.give(0, c.dy * (c.args[1] * slope::pow(c.args[0], c.args[1] - 1)));
    c.give(1, c.dy * slope::where(slope::eq(c.args[0], 0), symbol(0), c.y * slope::log(c.args[0])));
  }
};

struct abs : elementwise<"abs", 1> {
  static constexpr auto value(auto x) { return math::abs(x); }
  static constexpr auto rule(auto x, auto) { return slope::sign(x); }
};
struct sign : elementwise<"sign", 1> {
  static constexpr auto value(auto x) { return math::sign(x); }
};
struct exp : unary<"exp"> {
  static constexpr auto value(auto x) { return math::exp(x); }
  static constexpr auto rule(auto, auto y) { return y; }
};
struct expm1 : unary<"expm1"> {
  static constexpr auto value(auto x) { return math::expm1(x); }
  static constexpr auto rule(auto x, auto) { return slope::exp(x); }
};
struct log : unary<"log"> {
  static constexpr auto value(auto x) { return math::log(x); }
  static constexpr auto rule(auto x, auto) { return slope::reciprocal(x); }
};
struct log1p : unary<"log1p"> {
  static constexpr auto value(auto x) { return math::log1p(x); }
  static constexpr auto rule(auto x, auto) { return slope::reciprocal(1 + x); }
};
struct sin : unary<"sin"> {
  static constexpr auto value(auto x) { return math::sin(x); }
  static constexpr auto rule(auto x, auto) { return slope::cos(x); }
};
struct cos : unary<"cos"> {
  static constexpr auto value(auto x) { return math::cos(x); }
  static constexpr auto rule(auto x, auto) { return -slope::sin(x); }
};
struct tan : unary<"tan"> {
  static constexpr auto value(auto x) { return math::tan(x); }
  static constexpr auto rule(auto, auto y) { return 1 + slope::square(y); }
};
struct tanh : unary<"tanh"> {
  static constexpr auto value(auto x) { return math::tanh(x); }
  static constexpr auto rule(auto, auto y) { return 1 - slope::square(y); }
};
struct sinh : unary<"sinh"> {
  static constexpr auto value(auto x) { return math::sinh(x); }
  static constexpr auto rule(auto x, auto) { return slope::cosh(x); }
};
struct cosh : unary<"cosh"> {
  static constexpr auto value(auto x) { return math::cosh(x); }
  static constexpr auto rule(auto x, auto) { return slope::sinh(x); }
};
struct asin : unary<"asin"> {
  static constexpr auto value(auto x) { return math::asin(x); }
  static constexpr auto rule(auto x, auto) { return slope::rsqrt(1 - slope::square(x)); }
};
struct acos : unary<"acos"> {
  static constexpr auto value(auto x) { return math::acos(x); }
  static constexpr auto rule(auto x, auto) { return -slope::rsqrt(1 - slope::square(x)); }
};
struct atan : unary<"atan"> {
  static constexpr auto value(auto x) { return math::atan(x); }
  static constexpr auto rule(auto x, auto) { return slope::reciprocal(1 + slope::square(x)); }
};
struct sigmoid : unary<"sigmoid"> {
  static constexpr auto value(auto x) { return math::sigmoid(x); }
  static constexpr auto rule(auto, auto y) { return y * (1 - y); }
};
struct softplus : unary<"softplus"> {
  static constexpr auto value(auto x) { return math::softplus(x); }
  static constexpr auto rule(auto x, auto) { return slope::sigmoid(x); }
};
struct relu : elementwise<"relu", 1> {
  static constexpr auto value(auto x) { return math::maximum(x, math::zero(x)); }
  static constexpr void pullback(auto& c) {
    c.give(0, slope::where(slope::le(c.args[0], 0), symbol(0), c.dy));
  }
};

struct maximum : elementwise<"maximum", 2> {
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return math::maximum(a, b); }
  static constexpr void pullback(auto& c) {
    symbol const half = c.dy * symbol(0.5), tie = slope::eq(c.args[0], c.args[1]);
    c.give(0, slope::where(tie, half, slope::where(c.args[1] < c.args[0], c.dy, symbol(0))));
    c.give(1, slope::where(tie, half, slope::where(c.args[0] < c.args[1], c.dy, symbol(0))));
  }
};
struct minimum : elementwise<"minimum", 2> {
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return math::minimum(a, b); }
  static constexpr void pullback(auto& c) {
    symbol const half = c.dy * symbol(0.5), tie = slope::eq(c.args[0], c.args[1]);
    c.give(0, slope::where(tie, half, slope::where(c.args[0] < c.args[1], c.dy, symbol(0))));
    c.give(1, slope::where(tie, half, slope::where(c.args[1] < c.args[0], c.dy, symbol(0))));
  }
};

struct eq : comparison<"eq"> {
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return a == b; }
};
struct ne : comparison<"ne"> {
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return a != b; }
};
struct lt : comparison<"lt"> {
  static constexpr char const* infix = "<";
  static constexpr int precedence = 5;
  static constexpr auto value(auto a, auto b) { return a < b; }
};
struct le : comparison<"le"> {
  static constexpr char const* infix = "<=";
  static constexpr int precedence = 5;
  static constexpr auto value(auto a, auto b) { return a <= b; }
};

/// Selects derivatives instead of multiplying them by a mask, so that what happens in the branch
/// not taken does not matter.
struct where : elementwise<"where", 3> {
  static constexpr auto value(auto c, auto a, auto b) {
    return math::select(c != decltype(c)(0), a, b);
  }
  static constexpr void pullback(auto& c) {
    c.give(1, slope::where(c.args[0], c.dy, symbol(0)));
    c.give(2, slope::where(c.args[0], symbol(0), c.dy));
  }
};

}  // namespace slope::op
