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

struct variable : leaf<"variable"> {};
struct constant : leaf<"constant"> {};

struct sum : reduction<"sum"> {
  static constexpr engine::type_rule result = engine::type_rule::counting;
  static constexpr auto combine(auto a, auto b) { return add::value(a, b); }
  template <class T>
  static constexpr T identity() {
    return T(0);
  }
  static constexpr void pullback(auto& c) { c.give(0, engine::restored(c, c.dy)); }
};

/// The derivative for an element is the product of the others: y / x where no element is 0, the
/// product of the rest for the only 0, and 0 beside it.
struct prod : reduction<"prod"> {
  static constexpr engine::type_rule result = engine::type_rule::counting;
  static constexpr auto combine(auto a, auto b) { return multiply::value(a, b); }
  template <class T>
  static constexpr T identity() {
    return T(1);
  }
  static constexpr void pullback(auto& c) {
    auto& b = *c.y.owner();
    auto const x = c.args[0], dy = engine::restored(c, c.dy), y = engine::restored(c, c.y);
    auto const is_zero = slope::eq(x, 0);
    auto const zeros = engine::restored(c, engine::reduce<sum>(b, is_zero, c.attribute, false));
    auto const rest = engine::restored(
        c, engine::reduce<prod>(b, slope::where(is_zero, symbol(1), x), c.attribute, false));
    c.give(0, dy * slope::where(is_zero, slope::where(slope::eq(zeros, 1), rest, symbol(0)),
                                slope::where(slope::eq(zeros, 0), y / x, symbol(0))));
  }
};

/// Elements that are the extremum share its derivative equally; NaN gives NaN everywhere.
struct extremum {
  static constexpr void pullback(auto& c) {
    auto& b = *c.y.owner();
    auto const at = slope::eq(c.args[0], engine::restored(c, c.y));
    auto const count = engine::reduce<sum>(b, at, c.attribute, false);
    // In the operand's type also where the adjoint is a plain number.
    auto const dy = engine::restored(c, c.dy);
    auto const typed = engine::broadcast_symbol(b, dy, b[dy].shape, b[c.args[0]].type);
    auto const share = slope::where(at, typed, symbol(0));
    c.give(0, share / engine::restored(c, count));
  }
};

struct amax : reduction<"amax"> {
  static constexpr bool needs_elements = true;
  static constexpr auto combine(auto a, auto b) { return math::maximum(a, b); }
  template <class T>
  static constexpr T identity() {
    if constexpr (std::same_as<T, bool>) return false;
    else if constexpr (std::is_integral_v<T>) return static_cast<T>(T(1) << (8 * sizeof(T) - 1));
    else return -math::detail::infinity_like(T(0));
  }
  static constexpr void pullback(auto& c) { extremum::pullback(c); }
};

struct amin : reduction<"amin"> {
  static constexpr bool needs_elements = true;
  static constexpr auto combine(auto a, auto b) { return math::minimum(a, b); }
  template <class T>
  static constexpr T identity() {
    if constexpr (std::same_as<T, bool>) return true;
    else if constexpr (std::is_integral_v<T>) return static_cast<T>(~(T(1) << (8 * sizeof(T) - 1)));
    else return math::detail::infinity_like(T(0));
  }
  static constexpr void pullback(auto& c) { extremum::pullback(c); }
};

}  // namespace slope::op
