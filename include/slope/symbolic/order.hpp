// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/ops/table.hpp"

namespace slope::engine {

/// Three-way comparison of two nodes by their structure, never by their index, so that two graphs
/// put the same operands in the same order: variables by name, then compound terms, constants.
constexpr int compare(builder const& b, int x, int y) {
  // Distinct nodes differ somewhere, and the first difference decides: one path is followed.
  while (x != y) {
    node const& m = b[x];
    node const& n = b[y];
    auto const rank = [](node const& k) {
      return k.op == op_number<op::variable>()   ? 0
             : k.op == op_number<op::constant>() ? 2
                                                 : 1;
    };
    if (rank(m) != rank(n)) return rank(m) - rank(n);
    if (m.op == op_number<op::variable>()) {
      leaf const& p = b.graph.leaves[m.attribute];
      leaf const& q = b.graph.leaves[n.attribute];
      int const names = detail::compare_text(p.name, q.name);
      return names != 0 ? names : p.ordinal - q.ordinal;
    }
    if (m.op == op_number<op::constant>())
      return constant_of(b, x) < constant_of(b, y) ? -1 : 1;
    if (m.op != n.op) return m.op < n.op ? -1 : 1;
    if (m.attribute != n.attribute) return m.attribute < n.attribute ? -1 : 1;
    int k = 0;
    while (k + 1 < max_arity && m.args[k] == n.args[k]) ++k;
    if (m.args[k] < 0 || n.args[k] < 0) return m.shape - n.shape;
    x = m.args[k];
    y = n.args[k];
  }
  return 0;
}

}  // namespace slope::engine
