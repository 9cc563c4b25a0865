// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/macros.ipp"

/// Rounding, remainders, signs, and what numbers are finite. Steps have the derivative 0, also where
/// they jump; integers are integers already.
namespace slope::op {

struct floor : elementwise<1> {
  static constexpr char const* name() { return "floor"; }
  static constexpr auto value(auto x) {
    if constexpr (math::floating<decltype(x)>) return math::floor(x);
    else return x;
  }
};
struct ceil : elementwise<1> {
  static constexpr char const* name() { return "ceil"; }
  static constexpr auto value(auto x) {
    if constexpr (math::floating<decltype(x)>) return math::ceil(x);
    else return x;
  }
};
struct trunc : elementwise<1> {
  static constexpr char const* name() { return "trunc"; }
  static constexpr auto value(auto x) {
    if constexpr (math::floating<decltype(x)>) return math::trunc(x);
    else return x;
  }
};
struct round : elementwise<1> {
  static constexpr char const* name() { return "round"; }
  static constexpr auto value(auto x) {
    if constexpr (math::floating<decltype(x)>) return math::round(x);
    else return x;
  }
};

struct fmod : elementwise<2> {
  static constexpr char const* name() { return "fmod"; }
  static constexpr auto value(auto a, auto b) { return math::fmod(a, b); }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, c.dy);
    c.give(1, -(c.dy * symbols::trunc(c.args[0] / c.args[1])));
  }
};
struct remainder : elementwise<2> {
  static constexpr char const* name() { return "remainder"; }
  static constexpr auto value(auto a, auto b) { return math::remainder(a, b); }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, c.dy);
    c.give(1, -(c.dy * symbols::floor(c.args[0] / c.args[1])));
  }
};

/// |a| with the sign of b, whose zeros and NaN have one too.
struct copysign : elementwise<2> {
  static constexpr char const* name() { return "copysign"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto a, auto b) { return math::copysign(a, b); }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, c.dy * symbols::where(symbols::eq(c.args[0], 0), symbol(0), c.y / c.args[0]));
  }
};

/// Asked of the bits, so that -ffast-math cannot assume the answer.
struct signbit : predicate {
  static constexpr char const* name() { return "signbit"; }
  static constexpr auto value(auto x) {
    if constexpr (math::floating<decltype(x)>) return math::signbit(x);
    else return x < math::zero(x);
  }
};
struct isnan : predicate {
  static constexpr char const* name() { return "isnan"; }
  static constexpr auto value(auto x) {
    if constexpr (math::floating<decltype(x)>) return math::is_nan(x);
    else return x != x;
  }
};
struct isfinite : predicate {
  static constexpr char const* name() { return "isfinite"; }
  static constexpr auto value(auto x) {
    if constexpr (math::floating<decltype(x)>) return math::is_finite(x);
    else return x == x;
  }
};

struct isinf : expanded {
  static constexpr char const* name() { return "isinf"; }
  static constexpr symbol expand(auto x) {
    return symbols::logical_not(symbols::logical_or(symbols::isfinite(x), symbols::isnan(x)));
  }
};
struct isposinf : expanded {
  static constexpr char const* name() { return "isposinf"; }
  static constexpr symbol expand(auto x) { return symbols::logical_and(isinf::expand(x), 0 < x); }
};
struct isneginf : expanded {
  static constexpr char const* name() { return "isneginf"; }
  static constexpr symbol expand(auto x) { return symbols::logical_and(isinf::expand(x), x < 0); }
};

/// Rounds to so many decimals: to multiples of a tenth, of a hundredth ...
struct round_decimals : expanded {
  static constexpr char const* name() { return "round"; }
  static constexpr symbol expand(auto x, symbol decimals) {
    symbol const power = symbols::pow(symbol(10) * 1.0, decimals);
    return symbols::round(x * power) / power;
  }
};
struct frac : expanded {
  static constexpr char const* name() { return "frac"; }
  static constexpr symbol expand(auto x) { return x - symbols::trunc(x); }
};

/// floor(x / y), from the exact remainder: the quotient alone may round up to the next integer.
struct floor_divide : expanded {
  static constexpr char const* name() { return "floor_divide"; }
  static constexpr symbol expand(auto x, symbol y) {
    auto& b = *x.owner();
    auto const rest = symbols::fmod(x, y);
    dtype const type = b[rest].type;
    if (!is_floating(type)) x = engine::broadcast_symbol(b, x, b[x].shape, dtype::float64);
    auto const quotient = (x - rest) / y;
    auto const below = symbols::logical_and(symbols::ne(rest, 0), symbols::ne(y < 0, rest < 0));
    auto const whole = symbols::where(below, quotient - 1, quotient);
    auto const result = symbols::round(symbols::where(symbols::eq(y, 0), x / y, whole));
    return engine::broadcast_symbol(b, result, b[result].shape,
                                    is_floating(type) ? b[result].type : type);
  }
};
struct divide_trunc : expanded {
  static constexpr char const* name() { return "divide"; }
  static constexpr symbol expand(auto x, symbol y) { return symbols::trunc(x / y); }
};
struct divide_floor : expanded {
  static constexpr char const* name() { return "divide"; }
  static constexpr symbol expand(auto x, symbol y) { return floor_divide::expand(x, y); }
};

/// The larger, or the one that is no NaN; equal operands give their derivative to the first.
struct fmax : expanded {
  static constexpr char const* name() { return "fmax"; }
  static constexpr symbol expand(auto x, symbol y) {
    return symbols::where(symbols::logical_or(y <= x, symbols::isnan(y)), x, y);
  }
};
struct fmin : expanded {
  static constexpr char const* name() { return "fmin"; }
  static constexpr symbol expand(auto x, symbol y) {
    return symbols::where(symbols::logical_or(x <= y, symbols::isnan(y)), x, y);
  }
};

struct logical_xor : expanded {
  static constexpr char const* name() { return "logical_xor"; }
  static constexpr symbol expand(auto x, symbol y) {
    return symbols::ne(symbols::logical_not(x), symbols::logical_not(y));
  }
};

/// x == y, or |x - y| <= atol + rtol |y| for finite numbers.
struct isclose : expanded {
  static constexpr char const* name() { return "isclose"; }
  static constexpr symbol expand(auto x, symbol y, symbol rtol, symbol atol) {
    auto const error = symbols::abs(x - y);
    auto const near = error <= atol + symbols::abs(rtol * y);
    return symbols::logical_or(symbols::eq(x, y),
                               symbols::logical_and(symbols::isfinite(error), near));
  }
  static constexpr symbol expand(auto x, symbol y) {
    return expand(x, y, symbol(rational(1, 100000)), symbol(rational(1, 100000000)));
  }
};
/// The same, and NaN is close to NaN.
struct isclose_nan : expanded {
  static constexpr char const* name() { return "isclose"; }
  template <class... S>
  static constexpr symbol expand(auto x, symbol y, S... tolerances) {
    return symbols::logical_or(isclose::expand(x, y, tolerances...),
                               symbols::logical_and(symbols::isnan(x), symbols::isnan(y)));
  }
};

/// Other numbers for NaN, inf and -inf: 0 and the largest ones unless told. Only finite x have a
/// derivative.
struct nan_to_num : expanded {
  static constexpr char const* name() { return "nan_to_num"; }
  static constexpr symbol expand(auto x, symbol nan, symbol positive, symbol negative) {
    auto const infinite = symbols::where(0 < x, positive, negative);
    return symbols::where(symbols::isfinite(x), x,
                          symbols::where(symbols::isnan(x), nan, infinite));
  }
  static constexpr symbol expand(auto x, symbol nan) {
    auto const& b = *x.owner();
    double const largest =
        b[x].type == dtype::float32 ? static_cast<double>(__FLT_MAX__) : __DBL_MAX__;
    return expand(x, nan, symbol(largest), symbol(-largest));
  }
  static constexpr symbol expand(auto x) { return expand(x, 0); }
};

struct masked_fill : expanded {
  static constexpr char const* name() { return "masked_fill"; }
  static constexpr symbol expand(auto x, symbol mask, symbol value) {
    return symbols::where(mask, value, x);
  }
};

}  // namespace slope::op
