// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/rewrite.hpp"

/// Rules for operations on whole operands.
namespace slope::engine {

/// The value that all elements of i are, or -1.
constexpr int repeated_value(builder const& b, int i) {
  if (!is_op(b, i, op_number<op::broadcast>())) return -1;
  return has_one_element(b.shape_of(b[i].args[0])) ? b[i].args[0] : -1;
}

constexpr int rewrite_whole(builder& b, node const& n) {
  op_info const& info = info_of(n.op);
  auto const spread = [&](int value) {
    return broadcast_symbol(b, {&b, value}, n.shape, n.type).index();
  };
  bool const moves = n.op == op_number<op::slice>() || n.op == op_number<op::flip>();
  if (moves) {
    if (int const value = repeated_value(b, n.args[0]); value >= 0) return spread(value);
  }
  if (info.linear) {  // of zeros
    bool zeros = true;
    rational c;
    for (int k = 0; k < info.arity && zeros; ++k) {
      int const value = is_floating(b[n.args[k]].type) ? repeated_value(b, n.args[k]) : -2;
      zeros = value == -2 || (value >= 0 && constant_like(b, value, c) && c.is(0));
    }
    if (zeros && is_floating(n.type)) return spread(constant_symbol(b, rational(0)).index());
  }
  // What undoes what is within: flip(flip(x)), the slice that was padded.
  node const& inner = b[n.args[0]];
  bool const undoes =
      (n.op == op_number<op::flip>() && inner.op == n.op && inner.attribute == n.attribute) ||
      (n.op == op_number<op::slice>() && inner.op == op_number<op::pad_axis>() &&
       inner.attribute == n.attribute && b[inner.args[0]].shape == n.shape);
  return undoes ? inner.args[0] : -1;
}

}  // namespace slope::engine
