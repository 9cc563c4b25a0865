// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/movement.ipp"
#include "slope/ops/elementwise.ipp"

/// What users' own derivatives are made of.
namespace slope::op {

/// The first operand, whose derivative by the second is the third, whatever it is computed from.
/// Before a program is planned it is that first operand alone.
struct with_derivative : elementwise<"with_derivative", 3> {
  static constexpr auto value(auto result, auto, auto) { return result; }
  static constexpr void pullback(engine::pullback_context& c) { c.give(1, c.dy * c.args[2]); }
  static constexpr int lower_node(engine::builder& b, engine::node const& n) {
    return engine::broadcast_symbol(b, {&b, n.args[0]}, n.shape, n.type).index();
  }
};

}  // namespace slope::op
