// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"

namespace slope::engine {

/// Are the first two roots the same formula? Both are built in one graph, simplified and with
/// their products in order, so that equal formulas are one node.
constexpr bool same_roots(graph_view const& from) {
  work_graph g;
  builder b(g, rewrite_in_order);
  int map[16384]{};
  copy_graph(b, from, map, from.roots, 2);
  int const x = map[from.roots[0]], y = map[from.roots[1]];
  // A constant is the same formula whatever shape it is spread over.
  rational p, q;
  if (constant_like(b, x, p) && constant_like(b, y, q)) return p == q;
  return x == y;
}

}  // namespace slope::engine
