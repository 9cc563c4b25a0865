// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/reductions.ipp"

/// Operations written in others: a composite costs nothing, and its derivative is right by
/// construction.
namespace slope::op {

struct negative : composite<1> {
  static constexpr char const* name() { return "negative"; }
  static constexpr char const* infix = "-";
  static constexpr int precedence = 15;
  static constexpr symbol expand(symbol x) { return x * -1; }
};
struct subtract : composite<2> {
  static constexpr char const* name() { return "subtract"; }
  static constexpr char const* infix = "-";
  static constexpr int precedence = 10;
  static constexpr symbol expand(symbol a, symbol b) { return a + b * -1; }
};
struct square : composite<1> {
  static constexpr char const* name() { return "square"; }
  static constexpr symbol expand(symbol x) { return symbols::pow(x, 2); }
};
struct sqrt : composite<1> {
  static constexpr char const* name() { return "sqrt"; }
  static constexpr symbol expand(symbol x) { return symbols::pow(x, 0.5); }
};
struct rsqrt : composite<1> {
  static constexpr char const* name() { return "rsqrt"; }
  static constexpr symbol expand(symbol x) { return symbols::pow(x, -0.5); }
};
struct reciprocal : composite<1> {
  static constexpr char const* name() { return "reciprocal"; }
  static constexpr symbol expand(symbol x) { return symbols::pow(x * 1.0, -1); }
};

/// The sum over the number of elements; integers, which torch refuses, become float.
struct mean : composite<1> {
  static constexpr char const* name() { return "mean"; }
  static constexpr engine::axes_rule axes = engine::axes_rule::dropped;
  static constexpr symbol expand(engine::builder& b, symbol x, std::int64_t mask) {
    auto const total = engine::reduce<sum>(b, x, mask, false);
    auto const count = engine::count_symbol(b, b.shape_of(x), mask);
    if (!engine::is_constant(b, count.index()) || !is_floating(b[x].type)) return total / count;
    rational const n = engine::constant_of(b, count.index());
    return n.is(0) ? total / count : total * symbol(rational::inverse(n));
  }
};

}  // namespace slope::op
