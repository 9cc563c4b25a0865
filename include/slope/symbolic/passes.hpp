// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/rewrite_axes.hpp"

namespace slope::engine {

/// How a graph is copied.
enum class copying : unsigned char {
  simplifying,  ///< by the rules of the builder
  lowering,     ///< the same, and macros are replaced by what they are made of
  as_it_is      ///< it is in simplest form already
};

/// The first `count` leaves of `from` in a fresh graph, and the sizes: all keep their numbers.
constexpr void copy_leaves(builder& b, graph_view const& from, int count) {
  for (int i = 0; i < from.size_count; ++i) b.graph.sizes[i] = from.sizes[i];
  b.graph.size_count = from.size_count;
  for (int i = 0; i < count; ++i) {
    b.graph.leaves[i] = from.leaves[i];
    b.graph.leaves[i].shape = b.intern(from.shapes[from.leaves[i].shape]);
  }
  b.graph.leaf_count = count;
}

/// Copies what the roots of `from` need into b, which is fresh; map[i] is where node i went.
constexpr void copy_graph(builder& b, graph_view const& from, int* map, int const* roots,
                          int root_count, copying how = copying::simplifying) {
  copy_leaves(b, from, from.leaf_count);
  // All sizes are those of leaves, so they keep their numbers.
  for (int i = 0; i < from.check_count; ++i) {
    runtime_check const& c = from.checks[i];
    b.add_check({c.op, c.left_extent, c.right_extent, b.intern(from.shapes[c.left_shape]),
                 b.intern(from.shapes[c.right_shape])});
  }
  for (int i = 0; i < from.node_count; ++i) map[i] = -1;
  // Marked backwards from the roots, a composite through its value only; then built forwards.
  for (int r = 0; r < root_count; ++r) map[roots[r]] = -2;
  for (int i = from.node_count - 1; i >= 0; --i) {
    if (map[i] != -2) continue;
    node const& n = from.nodes[i];
    if (n.expansion >= 0) {
      map[n.expansion] = -2;
    } else {
      for (int a : n.args)
        if (a >= 0) map[a] = -2;
    }
  }
  for (int i = 0; i < from.node_count; ++i) {
    if (map[i] != -2) continue;
    node n = from.nodes[i];
    if (n.expansion >= 0) {
      map[i] = map[n.expansion];
      continue;
    }
    for (int& a : n.args)
      if (a >= 0) a = map[a];
    if (n.op == op_number<op::constant>()) {
      map[i] = constant_symbol(b, from.constants[n.attribute].value()).index();
      continue;
    }
    n.shape = b.intern(from.shapes[n.shape]);
    op_info const& info = info_of(n.op);
    if (info.kind == op_kind::leaf || how == copying::as_it_is) map[i] = b.insert(n);
    else if (how == copying::lowering && info.kind == op_kind::macro) map[i] = info.lower(b, n);
    else map[i] = add(b, n);
  }
}

/// The same values in their simplest form; of a graph in simplest form, what its roots need.
constexpr work_graph simplified(graph_view const& from, copying how = copying::simplifying) {
  work_graph g;
  builder b(g, rewrite_all);
  int map[16384]{};
  copy_graph(b, from, map, from.roots, from.root_count, how);
  for (int r = 0; r < from.root_count; ++r) g.roots[r] = map[from.roots[r]];
  g.root_count = from.root_count;
  return g;
}

/// value, whose shape broadcasts to `full`, folded to what an operand of shape `to` takes: the
/// adjoint of broadcasting. An axis that value does not have counts as often as it was spread.
constexpr symbol fold_to(builder& b, symbol value, shape const& full, shape const& to) {
  shape const from = b.shape_of(value);
  std::int64_t mask = 0, spread = 0;
  for (int from_end = 1; from_end <= full.rank; ++from_end) {
    int const n = full.extents[full.rank - from_end];
    int const target = from_end <= to.rank ? to.extents[to.rank - from_end] : 1;
    // A run-time extent never broadcasts: it is that of the operand, whatever its name.
    if (target != 1 || n == 1) continue;
    int const own = from_end <= from.rank ? from.extents[from.rank - from_end] : 1;
    if (own == 1) spread |= std::int64_t{1} << (full.rank - from_end);
    else mask |= std::int64_t{1} << (from.rank - from_end);
  }
  if (mask != 0) {
    value = reduce<op::sum>(b, value, mask, false);
    value = restored(b, value, from, mask);
  }
  if (b.shape_of(value).rank > to.rank) {  // only axes of 1 are left there
    shape const s = b.shape_of(value);
    shape cut{};
    for (int k = s.rank - to.rank; k < s.rank; ++k) cut.extents[cut.rank++] = s.extents[k];
    value = reshape_symbol(b, value, cut);
  }
  return spread == 0 ? value : value * count_symbol(b, full, spread);
}

/// Reverse mode: the adjoints of `leaves` (indices into the graph's leaves) for root 0, in one
/// sweep; with_value: the value of root 0 comes after them.
constexpr work_graph reverse(graph_view const& from, int const* leaves, int count,
                             bool with_value = false, copying how = copying::simplifying) {
  work_graph g;
  builder b(g, rewrite_all);
  int map[16384]{};
  copy_graph(b, from, map, from.roots, 1, how);
  int const root = map[from.roots[0]];
  int const last = g.node_count;
  int adjoint[16384]{};
  bool needed[16384]{};
  for (int i = 0; i < last; ++i) {
    node const& n = g.nodes[i];
    if (n.op == op_number<op::variable>()) {
      for (int k = 0; k < count; ++k) needed[i] = needed[i] || n.attribute == leaves[k];
    }
    for (int a : n.args) needed[i] = needed[i] || (a >= 0 && needed[a]);
    adjoint[i] = -1;
  }
  adjoint[root] = constant_symbol(b, rational(1)).index();
  for (int i = root; i >= 0; --i) {
    if (adjoint[i] < 0 || !needed[i]) continue;
    node const n = g.nodes[i];
    op_info const& info = info_of(n.op);
    if (!info.differentiable) continue;
    pullback_context c;
    c.y = {&b, i};
    c.dy = {&b, adjoint[i]};
    c.attribute = n.attribute;
    for (int k = 0; k < info.arity; ++k) c.args[k] = {&b, n.args[k]};
    info.pullback(c);
    for (int k = 0; k < info.arity; ++k) {
      int const a = n.args[k];
      if (!c.given[k] || !needed[a]) continue;
      symbol share = in(b, c.contribution[k]);
      // What broadcast its operands gives them their share of the sum.
      if (info.kind == op_kind::elementwise || n.op == op_number<op::broadcast>())
        share = fold_to(b, share, b.shape_of(i), b.shape_of(a));
      else if (info.kind == op_kind::product)
        share = fold_to(b, share, b.shape_of(share), b.shape_of(a));
      adjoint[a] = adjoint[a] < 0 ? share.index() : (symbol(&b, adjoint[a]) + share).index();
    }
  }
  for (int k = 0; k < count; ++k) {
    leaf const& l = from.leaves[leaves[k]];
    int result = constant_symbol(b, rational(0)).index();
    std::int16_t const to = b.intern(from.shapes[l.shape]);
    for (int i = 0; i < last; ++i) {
      if (g.nodes[i].op == op_number<op::variable>() && g.nodes[i].attribute == leaves[k] &&
          adjoint[i] >= 0)
        result = adjoint[i];
    }
    // A gradient has its variable's type also where only constants are selected; a constant that
    // stands alone stays exact.
    if (b[result].shape != to || (b[result].type != l.type && !is_constant(b, result)))
      result = broadcast_symbol(b, {&b, result}, to, l.type).index();
    g.roots[k] = result;
  }
  g.root_count = count;
  if (with_value) g.roots[g.root_count++] = root;
  return g;
}

}  // namespace slope::engine
