// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"

namespace slope::engine {

/// Has the graph nodes that only `lowered` takes apart?
constexpr bool has_macros(graph_view const& g) {
  for (int i = 0; i < g.node_count; ++i)
    if (info_of(g.nodes[i].op).kind == op_kind::macro) return true;
  return false;
}

/// The same values in primitives: each macro (softmax, variance ...) is replaced by what it is made
/// of. The graph is simplified already, with its composites gone.
constexpr work_graph lowered(graph_view const& from) {
  work_graph g;
  builder b(g, rewrite_primitives);
  int map[16384]{};
  copy_graph(b, from, map, from.roots, from.root_count, copying::lowering);
  for (int r = 0; r < from.root_count; ++r) g.roots[r] = map[from.roots[r]];
  g.root_count = from.root_count;
  return g;
}

template <class Holder, bool Macros = has_macros(view(Holder::graph))>
struct lowered_holder {
  static constexpr auto const& graph = Holder::graph;
};
template <class Holder>
struct lowered_holder<Holder, true> {
  static constexpr work_graph full = lowered(view(Holder::graph));
  static constexpr auto graph = shrink<full>();
};

}  // namespace slope::engine
