// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/math/math.hpp"
#include "slope/ops/symbols.ipp"

/// The element-wise operations: value, and derivative in symbols.
///
/// value(a...) works on numbers and packs alike. rule(a..., y) is the derivative dy/da given the
/// operands and the result; where one factor per operand is not the right form, pullback says what
/// each operand gets.
namespace slope::op {

// The simplest fractions that round to log(2), 1 / log(2) and 1 / log(10) in double precision:
// constants of formulas are exact.
inline constexpr rational log_of_2{49180508, 70952475};
inline constexpr rational inverse_log_of_2{161546953, 111975815};
inline constexpr rational inverse_log_of_10{99025103, 228013726};

/// A floating number, not a pack.
template <class X>
concept single = std::same_as<X, float> || std::same_as<X, double>;

/// Compilers refuse constant expressions that make or pass on a NaN or divide by 0: true where an
/// operation has to give such a result by another way.
template <single X>
constexpr bool refused(X x, X y, bool undefined) {
  return __builtin_is_constant_evaluated() && (undefined || x != x || y != y);
}
template <single X>
constexpr bool infinite(X x) {
  return math::abs(x) == math::detail::infinity_like(x);
}

/// Sums and products that follow each other may become one instruction, though they come from different
/// operations: g++ does that by itself, clang within one expression alone.
template <class X>
constexpr X sum_of(X a, X b) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
  if constexpr (math::is_pack_v<X> && math::floating<X>) return {a.data + b.data};
  else return a + b;
}
template <class X>
constexpr X product_of(X a, X b) {
#if defined(__clang__)
#pragma clang fp contract(fast)
#endif
  if constexpr (math::is_pack_v<X> && math::floating<X>) return {a.data * b.data};
  else return a * b;
}

struct add : elementwise<2> {
  static constexpr char const* name() { return "add"; }
  static constexpr char const* infix = "+";
  static constexpr int precedence = 10;
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) {
    if constexpr (single<decltype(a)>) {
      if (refused(a, b, infinite(a) && b == -a)) return math::detail::nan_like(a);
    }
    return sum_of(a, b);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, c.dy);
    c.give(1, c.dy);
  }
};

struct multiply : elementwise<2> {
  static constexpr char const* name() { return "multiply"; }
  static constexpr char const* infix = "*";
  static constexpr int precedence = 20;
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) {
    if constexpr (single<decltype(a)>) {
      if (refused(a, b, (infinite(a) && b == 0) || (infinite(b) && a == 0)))
        return math::detail::nan_like(a);
    }
    return product_of(a, b);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, c.dy * c.args[1]);
    c.give(1, c.dy * c.args[0]);
  }
};

struct divide : elementwise<2> {
  static constexpr char const* name() { return "divide"; }
  static constexpr char const* infix = "/";
  static constexpr int precedence = 20;
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto a, auto b) {
    if constexpr (single<decltype(a)>) {
      if (refused(a, b, (infinite(a) && infinite(b)) || (a == 0 && b == 0)))
        return math::detail::nan_like(a);
      if (refused(a, b, b == 0))
        return math::copysign(math::detail::infinity_like(a),
                              math::copysign(math::one(a), a) * math::copysign(math::one(b), b));
    }
    return a / b;
  }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, c.dy / c.args[1]);
    c.give(1, -(c.dy * (c.y / c.args[1])));
  }
};

/// a^b; with the exponents of sqrt, rsqrt and its derivative it is made of those, so that -0 and
/// -inf give what torch gives.
struct power : elementwise<2> {
  static constexpr char const* name() { return "pow"; }
  static constexpr auto value(auto a, auto b) {
    if constexpr (single<decltype(a)>) {
      if (b != math::like(b, 0.5) && b != math::like(b, -0.5) && b != math::like(b, -1.5))
        return math::pow(a, b);
      if (b == math::like(b, 0.5)) return math::sqrt(a);
      // 1 / 0, which constant expressions refuse.
      if (a == math::zero(a) && b < math::zero(b))
        return math::copysign(math::detail::infinity_like(a), a);
      if (__builtin_is_constant_evaluated())
        return b == math::like(b, -0.5) ? math::reciprocal(math::sqrt(a)) : math::pow(a, b);
    }
    auto const root = math::sqrt(a), inverse = math::reciprocal(root);
    auto const general = math::select(b == math::like(b, -1.5), inverse * inverse * inverse,
                                      math::pow(a, b));
    return math::select(b == math::like(b, 0.5), root,
                        math::select(b == math::like(b, -0.5), inverse, general));
  }
  /// a^(N/D) for the constant exponents that need no logarithm.
  template <std::int64_t N, std::int64_t D>
    requires((D == 1 && N >= -4 && N <= 8) || (D == 2 && (N == 1 || N == -1 || N == -3)))
  static constexpr auto value_with(auto a) {
    // Powers of 1 / a, not the inverse of a power, which overflows earlier.
    if constexpr (D == 1 && N == 2) return product_of(a, a);
    else if constexpr (D == 1 && N < 0)
      return math::pow_integer<static_cast<int>(-N)>(math::reciprocal(a));
    else if constexpr (D == 1) return math::pow_integer<static_cast<int>(N)>(a);
    else if constexpr (N == 1) return math::sqrt(a);
    else {
      auto const inverse = math::reciprocal(math::sqrt(a));
      if constexpr (N == -1) return inverse;
      else return inverse * inverse * inverse;
    }
  }
  /// As torch: 0 for a where b is 0, whatever a; 0 for b where a is 0 and a^b is finite.
  static constexpr void pullback(engine::pullback_context& c) {
    auto const a = c.args[0], b = c.args[1];
    auto const slope_of_a = b * symbols::pow(a, b - 1);
    c.give(0, c.dy * symbols::where(symbols::eq(b, 0), symbol(0), slope_of_a));
    c.give(1, c.dy * symbols::where(symbols::logical_and(symbols::eq(a, 0), symbols::ge(b, 0)), symbol(0),
                                  c.y * symbols::log(a)));
  }
};

struct abs : elementwise<1> {
  static constexpr char const* name() { return "abs"; }
  static constexpr auto value(auto x) { return math::abs(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::sign(x); }
};
struct sign : elementwise<1> {
  static constexpr char const* name() { return "sign"; }
  static constexpr auto value(auto x) { return math::sign(x); }
};
struct exp : unary {
  static constexpr char const* name() { return "exp"; }
  static constexpr auto value(auto x) { return math::exp(x); }
  static constexpr symbol rule(symbol, symbol y) { return y; }
};
struct exp2 : unary {
  static constexpr char const* name() { return "exp2"; }
  static constexpr auto value(auto x) { return math::exp2(x); }
  static constexpr symbol rule(symbol, symbol y) { return y * symbol(log_of_2); }
};
struct expm1 : unary {
  static constexpr char const* name() { return "expm1"; }
  static constexpr auto value(auto x) { return math::expm1(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::exp(x); }
};
struct log : unary {
  static constexpr char const* name() { return "log"; }
  static constexpr auto value(auto x) { return math::log(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::reciprocal(x); }
};
struct log2 : unary {
  static constexpr char const* name() { return "log2"; }
  static constexpr auto value(auto x) { return math::log2(x); }
  static constexpr symbol rule(symbol x, symbol) {
    return symbols::reciprocal(x) * symbol(inverse_log_of_2);
  }
};
struct log10 : unary {
  static constexpr char const* name() { return "log10"; }
  static constexpr auto value(auto x) { return math::log10(x); }
  static constexpr symbol rule(symbol x, symbol) {
    return symbols::reciprocal(x) * symbol(inverse_log_of_10);
  }
};
struct log1p : unary {
  static constexpr char const* name() { return "log1p"; }
  static constexpr auto value(auto x) { return math::log1p(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::reciprocal(1 + x); }
};
struct sin : unary {
  static constexpr char const* name() { return "sin"; }
  static constexpr auto value(auto x) { return math::sin(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::cos(x); }
};
struct cos : unary {
  static constexpr char const* name() { return "cos"; }
  static constexpr auto value(auto x) { return math::cos(x); }
  static constexpr symbol rule(symbol x, symbol) { return -symbols::sin(x); }
};
struct tan : unary {
  static constexpr char const* name() { return "tan"; }
  static constexpr auto value(auto x) { return math::tan(x); }
  static constexpr symbol rule(symbol, symbol y) { return 1 + symbols::square(y); }
};
struct tanh : unary {
  static constexpr char const* name() { return "tanh"; }
  static constexpr auto value(auto x) { return math::tanh(x); }
  static constexpr symbol rule(symbol, symbol y) { return 1 - symbols::square(y); }
};
struct sinh : unary {
  static constexpr char const* name() { return "sinh"; }
  static constexpr auto value(auto x) { return math::sinh(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::cosh(x); }
};
struct cosh : unary {
  static constexpr char const* name() { return "cosh"; }
  static constexpr auto value(auto x) { return math::cosh(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::sinh(x); }
};
struct asin : unary {
  static constexpr char const* name() { return "asin"; }
  static constexpr auto value(auto x) { return math::asin(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::rsqrt(1 - symbols::square(x)); }
};
struct acos : unary {
  static constexpr char const* name() { return "acos"; }
  static constexpr auto value(auto x) { return math::acos(x); }
  static constexpr symbol rule(symbol x, symbol) { return -symbols::rsqrt(1 - symbols::square(x)); }
};
struct atan : unary {
  static constexpr char const* name() { return "atan"; }
  static constexpr auto value(auto x) { return math::atan(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::reciprocal(1 + symbols::square(x)); }
};
struct sigmoid : unary {
  static constexpr char const* name() { return "sigmoid"; }
  static constexpr auto value(auto x) { return math::sigmoid(x); }
  static constexpr symbol rule(symbol, symbol y) { return y * (1 - y); }
};
/// log(1 + exp(x)), and as in torch x itself above 20: 2e-9 less at the most.
struct softplus : unary {
  static constexpr char const* name() { return "softplus"; }
  static constexpr auto value(auto x) {
    return math::select(x > math::like(x, 20), x, math::softplus(x));
  }
  static constexpr symbol rule(symbol x, symbol) {
    return symbols::where(symbol(20) < x, symbol(1), symbols::sigmoid(x));
  }
};
/// log(1 + exp(beta x)) / beta.
struct softplus_beta : composite<2> {
  static constexpr char const* name() { return "softplus"; }
  static constexpr symbol expand(symbol x, symbol beta) { return symbols::softplus(x * beta) / beta; }
};
struct relu : elementwise<1> {
  static constexpr char const* name() { return "relu"; }
  static constexpr auto value(auto x) { return math::maximum(x, math::zero(x)); }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, symbols::where(symbols::le(c.args[0], 0), symbol(0), c.dy));
  }
};

/// A NaN takes the derivative of both operands, as in torch.
struct maximum : elementwise<2> {
  static constexpr char const* name() { return "maximum"; }
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return math::maximum(a, b); }
  static constexpr void pullback(engine::pullback_context& c) {
    symbol const half = c.dy * symbol(0.5), tie = symbols::eq(c.args[0], c.args[1]);
    c.give(0, symbols::where(tie, half, symbols::where(c.args[0] < c.args[1], symbol(0), c.dy)));
    c.give(1, symbols::where(tie, half, symbols::where(c.args[1] < c.args[0], symbol(0), c.dy)));
  }
};
struct minimum : elementwise<2> {
  static constexpr char const* name() { return "minimum"; }
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return math::minimum(a, b); }
  static constexpr void pullback(engine::pullback_context& c) {
    symbol const half = c.dy * symbol(0.5), tie = symbols::eq(c.args[0], c.args[1]);
    c.give(0, symbols::where(tie, half, symbols::where(c.args[1] < c.args[0], symbol(0), c.dy)));
    c.give(1, symbols::where(tie, half, symbols::where(c.args[0] < c.args[1], symbol(0), c.dy)));
  }
};

/// x within [low, high], high where the bounds cross. At a bound the derivative is x's.
struct clamp : elementwise<3> {
  static constexpr char const* name() { return "clamp"; }
  static constexpr auto value(auto x, auto low, auto high) {
    return math::minimum(math::maximum(x, low), high);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto const x = c.args[0], low = c.args[1], high = c.args[2];
    symbol const zero(0);
    c.give(0, symbols::where(symbols::logical_and(low <= x, x <= high), c.dy, zero));
    c.give(1, symbols::where(symbols::logical_and(x < low, low < high), c.dy, zero));
    c.give(2, symbols::where(symbols::logical_or(high < x, high < low), c.dy, zero));
  }
};
/// max(x, low); unlike maximum's, the derivative at the bound is x's alone.
struct clamp_min : elementwise<2> {
  static constexpr char const* name() { return "clamp_min"; }
  static constexpr auto value(auto x, auto low) { return math::maximum(x, low); }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, symbols::where(c.args[1] <= c.args[0], c.dy, symbol(0)));
    c.give(1, symbols::where(c.args[0] < c.args[1], c.dy, symbol(0)));
  }
};
struct clamp_max : elementwise<2> {
  static constexpr char const* name() { return "clamp_max"; }
  static constexpr auto value(auto x, auto high) { return math::minimum(x, high); }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, symbols::where(c.args[0] <= c.args[1], c.dy, symbol(0)));
    c.give(1, symbols::where(c.args[1] < c.args[0], c.dy, symbol(0)));
  }
};

struct eq : comparison {
  static constexpr char const* name() { return "eq"; }
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return a == b; }
};
struct ne : comparison {
  static constexpr char const* name() { return "ne"; }
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return a != b; }
};
struct lt : comparison {
  static constexpr char const* name() { return "lt"; }
  static constexpr char const* infix = "<";
  static constexpr int precedence = 5;
  static constexpr auto value(auto a, auto b) { return a < b; }
};
struct le : comparison {
  static constexpr char const* name() { return "le"; }
  static constexpr char const* infix = "<=";
  static constexpr int precedence = 5;
  static constexpr auto value(auto a, auto b) { return a <= b; }
};

/// The logical operations: any number other than 0, NaN too, counts as true.
struct logical_and : logical<2> {
  static constexpr char const* name() { return "logical_and"; }
  static constexpr char const* infix = "&&";
  static constexpr int precedence = 3;
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return math::both(a, b); }
};
struct logical_or : logical<2> {
  static constexpr char const* name() { return "logical_or"; }
  static constexpr char const* infix = "||";
  static constexpr int precedence = 2;
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) { return math::either(a, b); }
};
struct logical_not : logical<1> {
  static constexpr char const* name() { return "logical_not"; }
  static constexpr char const* infix = "!";
  static constexpr int precedence = 95;
  static constexpr auto value(auto a) { return math::negate(a); }
};

/// Selects derivatives instead of multiplying them by a mask, so that what happens in the branch
/// not taken does not matter.
struct where : elementwise<3> {
  static constexpr char const* name() { return "where"; }
  static constexpr bool conditional = true;
  static constexpr auto value(auto c, auto a, auto b) {
    return math::select(c, a, b);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(1, symbols::where(c.args[0], c.dy, symbol(0)));
    c.give(2, symbols::where(c.args[0], symbol(0), c.dy));
  }
};

}  // namespace slope::op
