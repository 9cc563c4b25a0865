// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"

/// Forward mode, from the rules of reverse mode: those are linear in the adjoint they are given.
namespace slope::engine {

/// What the rule of node i gives operand k for the adjoint dy; `given` says whether it gives any.
constexpr symbol contribution(builder& b, int i, int k, symbol dy, bool& given) {
  node const n = b[i];
  op_info const& info = info_of(n.op);
  pullback_context c;
  c.y = {&b, i};
  c.dy = dy;
  c.attribute = n.attribute;
  for (int a = 0; a < info.arity; ++a) c.args[a] = {&b, n.args[a]};
  pull_back(info, c);
  given = c.given[k];
  if (!given) refuse_partial(b, n.op, k);
  return given ? in(b, c.contribution[k]) : dy;
}

/// A tangent in the full shape and type of its node.
constexpr symbol whole(builder& b, int tangent, int node) {
  return broadcast_symbol(b, {&b, tangent}, b[node].shape, b[node].type);
}

/// The tangent of node i, whose operands have the tangents `tangent` (-1 for 0); -1 where it is 0.
/// Its shape broadcasts to that of the node.
constexpr int tangent_of(builder& b, int i, int const* tangent) {
  node const n = b[i];
  op_info const& info = info_of(n.op);
  if (!is_floating(n.type)) return -1;
  int total = -1;
  auto const gather = [&](int value) {
    total = total < 0 ? value : (symbol(&b, total) + symbol(&b, value)).index();
  };
  if (info.linear) {  // in all operands together: the operation itself on their tangents
    node moved = n;
    bool moves = false;
    for (int k = 0; k < info.arity; ++k) {
      int const a = n.args[k];
      if (!is_floating(b[a].type)) continue;
      moves = moves || tangent[a] >= 0;
      int const own = tangent[a] >= 0 ? tangent[a] : constant_symbol(b, rational(0)).index();
      moved.args[k] = whole(b, own, a).index();
    }
    return moves ? add(b, moved) : -1;
  }
  if (info.has_tangent) {
    pullback_context c;
    symbol moved[max_arity];
    bool moves = false;
    c.y = {&b, i};
    c.attribute = n.attribute;
    for (int k = 0; k < info.arity; ++k) {
      int const a = n.args[k];
      c.args[k] = {&b, a};
      moves = moves || tangent[a] >= 0;
      moved[k] = whole(b, tangent[a] >= 0 ? tangent[a] : constant_symbol(b, rational(0)).index(), a);
    }
    return moves ? in(b, info.tangent(c, moved)).index() : -1;
  }
  for (int k = 0; k < info.arity; ++k) {
    int const a = n.args[k];
    if (tangent[a] < 0) continue;
    bool given = true;
    if (info.kind == op_kind::movement || n.op == op_number<op::sum>() ||
        info.kind == op_kind::product) {
      // Linear in each operand: the operation itself.
      node moved = n;
      moved.args[k] = whole(b, tangent[a], a).index();
      gather(add(b, moved));
    } else if (!info.differentiable) {
      continue;
    } else if (n.op == op_number<op::log_softmax>()) {
      // t less its mean under softmax: the one rule here that is no symmetric matrix.
      symbol const t = whole(b, tangent[a], a);
      gather((t - reduce<op::sum>(b, symbols::exp(symbol(&b, i)) * t, n.attribute)).index());
    } else if (info.axes == axes_rule::dropped) {
      // Each element of the operand counts in one element of the result only.
      symbol const one = constant_symbol(b, rational(1));
      symbol const share = contribution(b, i, k, one, given);
      if (!given) continue;
      symbol const moved = whole(b, (share * whole(b, tangent[a], a)).index(), a);
      gather(reduce<op::sum>(b, moved, n.attribute & 255, false).index());
    } else {
      // Element by element, or symmetric as that of softmax: the transpose is the same.
      symbol const share = contribution(b, i, k, {&b, tangent[a]}, given);
      if (given) gather(share.index());
    }
  }
  return total;
}

/// The tangents of all nodes up to `last`, in order; those of the leaves are given.
constexpr void push_forward(builder& b, int last, int* tangent) {
  for (int i = 0; i <= last; ++i) {
    if (info_of(b[i].op).kind == op_kind::leaf) continue;
    tangent[i] = tangent_of(b, i, tangent);
  }
}

/// The leaf with this number and no name, or -1.
constexpr int leaf_of_ordinal(graph_view const& g, int ordinal) {
  for (int i = 0; i < g.leaf_count; ++i)
    if (g.leaves[i].name[0] == 0 && g.leaves[i].ordinal == ordinal) return i;
  return -1;
}

/// One more leaf, of the shape and type of leaf `like`.
constexpr symbol another_leaf(builder& b, int like, int ordinal) {
  leaf l = b.graph.leaves[like];
  l.name = no_name;
  l.ordinal = ordinal;
  node n = blank(op_number<op::variable>());
  n.type = l.type;
  n.shape = l.shape;
  n.attribute = b.graph.leaf_count;
  b.graph.leaves[b.graph.leaf_count++] = l;
  return {&b, b.insert(n)};
}

/// Forward mode: the tangents of all roots when each of `leaves` (indices) moves along a new leaf,
/// numbered from first_ordinal; with_value: the roots themselves come before them.
constexpr work_graph forward(graph_view const& from, int const* leaves, int count,
                             int first_ordinal, bool with_value,
                             copying how = copying::simplifying) {
  work_graph g;
  builder b(g, rewrite_all);
  int map[16384]{};
  copy_graph(b, from, map, from.roots, from.root_count, how);
  int const last = g.node_count - 1;
  int tangent[16384]{};
  for (int i = 0; i <= last; ++i) tangent[i] = -1;
  for (int k = 0; k < count; ++k) {
    symbol const direction = another_leaf(b, leaves[k], first_ordinal + k);
    for (int i = 0; i <= last; ++i) {
      if (g.nodes[i].op == op_number<op::variable>() && g.nodes[i].attribute == leaves[k] &&
          is_floating(g.nodes[i].type))
        tangent[i] = direction.index();
    }
  }
  push_forward(b, last, tangent);
  for (int r = 0; r < from.root_count && with_value; ++r)
    g.roots[g.root_count++] = map[from.roots[r]];
  for (int r = 0; r < from.root_count; ++r) {
    int const root = map[from.roots[r]];
    int const moved = tangent[root] >= 0 ? tangent[root] : constant_symbol(b, rational(0)).index();
    g.roots[g.root_count++] = whole(b, moved, root).index();
  }
  return g;
}

}  // namespace slope::engine
