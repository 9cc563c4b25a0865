// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/elementwise.ipp"
#include "slope/ops/movement.ipp"

/// Folds over axes. combine(a, b) works on numbers and packs alike; it starts at identity<T>().
///
/// An adjoint spreads over the folded axes by broadcasting, which element-wise operations do by
/// themselves: a rule only puts 1 in the place of those axes.
namespace slope::op {

struct variable : leaf {
  static constexpr char const* name() { return "variable"; }
};
struct constant : leaf {
  static constexpr char const* name() { return "constant"; }
};

struct sum : reduction {
  static constexpr char const* name() { return "sum"; }
  static constexpr engine::type_rule result = engine::type_rule::counting;
  static constexpr auto combine(auto a, auto b) { return add::value(a, b); }
  template <class T>
  static constexpr T identity() {
    return T(0);
  }
  static constexpr void pullback(engine::pullback_context& c) { c.give(0, engine::restored(c, c.dy)); }
};

/// The derivative for an element is the product of the others: y / x, and where x is 0 the product
/// of what is not 0, times the other element that is 0 where there is one: that factor is 0, but its
/// derivative is not, so that second derivatives are right too.
struct prod : reduction {
  static constexpr char const* name() { return "prod"; }
  static constexpr engine::type_rule result = engine::type_rule::counting;
  static constexpr auto combine(auto a, auto b) { return multiply::value(a, b); }
  template <class T>
  static constexpr T identity() {
    return T(1);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto& b = *c.y.owner();
    auto const x = c.args[0], dy = engine::restored(c, c.dy), y = engine::restored(c, c.y);
    auto const is_zero = symbols::eq(x, 0);
    auto const folded = [&](int op, symbol v) {
      return engine::restored(c, engine::reduce(op, b, v, c.attribute, false));
    };
    int const total = engine::op_number<sum>(), product = engine::op_number<prod>();
    auto const zeros = folded(total, is_zero);
    auto const rest = folded(product, symbols::where(is_zero, 1, x));
    auto const zero = symbols::where(is_zero, x, 0);  // with the derivative 1
    auto const other = folded(total, zero) - zero;
    auto const at_zero = symbols::where(symbols::eq(zeros, 1), rest,
                                      symbols::where(symbols::eq(zeros, 2), rest * other, symbol(0)));
    c.give(0, dy * symbols::where(is_zero, at_zero, y / x));
  }
};

/// Elements that are the extremum share its derivative equally; NaN gives NaN everywhere.
struct extremum {
  static constexpr void pullback(engine::pullback_context& c) {
    auto& b = *c.y.owner();
    auto const at = symbols::eq(c.args[0], engine::restored(c, c.y));
    auto const count = engine::reduce<sum>(b, at, c.attribute, false);
    // A product with the truth value, not a choice: 0 / 0 where nothing is equal is NaN. In the
    // operand's type also where the adjoint is a plain number.
    auto const dy = engine::restored(c, c.dy);
    auto const typed = engine::broadcast_symbol(b, dy, b[dy].shape, b[c.args[0]].type);
    c.give(0, at * (typed / engine::restored(c, count)));
  }
};

struct amax : reduction {
  static constexpr char const* name() { return "amax"; }
  static constexpr bool needs_elements = true;
  static constexpr auto combine(auto a, auto b) { return math::maximum(a, b); }
  template <class T>
  static constexpr T identity() {
    if constexpr (std::same_as<T, bool>) return false;
    else if constexpr (std::is_integral_v<T>) return static_cast<T>(T(1) << (8 * sizeof(T) - 1));
    else return -math::detail::infinity_like(T(0));
  }
  static constexpr void pullback(engine::pullback_context& c) { extremum::pullback(c); }
};

struct amin : reduction {
  static constexpr char const* name() { return "amin"; }
  static constexpr bool needs_elements = true;
  static constexpr auto combine(auto a, auto b) { return math::minimum(a, b); }
  template <class T>
  static constexpr T identity() {
    if constexpr (std::same_as<T, bool>) return true;
    else if constexpr (std::is_integral_v<T>) return static_cast<T>(~(T(1) << (8 * sizeof(T) - 1)));
    else return math::detail::infinity_like(T(0));
  }
  static constexpr void pullback(engine::pullback_context& c) { extremum::pullback(c); }
};

}  // namespace slope::op
