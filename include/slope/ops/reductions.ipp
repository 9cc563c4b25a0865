// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions.ipp"

namespace slope::op {

/// The sum over all axes. Its adjoint spreads by broadcasting, which element-wise operations do by
/// themselves.
struct sum : reduction<"sum"> {
  static constexpr void pullback(auto& c) { c.give(0, c.dy); }
};

struct variable : leaf<"variable"> {};
struct constant : leaf<"constant"> {};

/// One value spread over a shape, axes aligned at the end.
struct broadcast : named<"broadcast_to"> {
  static constexpr engine::op_kind kind = engine::op_kind::movement;
  static constexpr int arity = 1;
};

}  // namespace slope::op
