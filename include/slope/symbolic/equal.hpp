// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"
#include "slope/symbolic/rewrite_normal.hpp"

namespace slope::engine {

/// Are the first two roots the same formula? Both are built in one graph by a rule, so that equal
/// formulas are one node: simplified and with their products in order, or in normal form.
constexpr bool same_roots(graph_view const& from, builder::rewriter rule = rewrite_in_order) {
  work_graph g;
  builder b(g, rule);
  int map[16384]{};
  copy_graph(b, from, map, from.roots, 2);
  int const x = map[from.roots[0]], y = map[from.roots[1]];
  // A constant is the same formula whatever shape it is spread over.
  rational p, q;
  if (constant_like(b, x, p) && constant_like(b, y, q)) return p == q;
  return x == y;
}

/// Two formulas in one graph are equal when they are in simplest form, or in normal form: wherever
/// both are defined. Formulas that are too large for that are compared in simplest form alone.
template <class Holder, bool Same = same_roots(view(Holder::graph))>
inline constexpr bool equal_roots = true;
template <class Holder>
inline constexpr bool equal_roots<Holder, false> =
    Holder::graph.node_count < 100 && same_roots(view(Holder::graph), rewrite_normal);

}  // namespace slope::engine
