// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"

/// Reverse mode: the adjoints of a graph's leaves in one sweep from its root to its leaves.
namespace slope::engine {

/// A sweep under way. Compilers count the steps of one constant evaluation, so that a large graph
/// is swept in several, each of which takes up where the one before it stopped.
struct reverse_sweep {
  work_graph graph;
  int adjoint[16384];   ///< the adjoint of a node, -1 for none yet
  bool needed[16384];   ///< a wanted leaf is below
  int root, last, next; ///< the forward part is nodes 0 to last - 1; next is swept next
};

/// The sweep for root 0, before its first step.
constexpr reverse_sweep begin_reverse(graph_view const& from, int const* leaves, int count,
                                      copying how) {
  reverse_sweep s{};
  work_graph& g = s.graph;
  builder b(g, rewrite_all);
  int map[16384]{};
  copy_graph(b, from, map, from.roots, 1, how);
  s.root = s.next = map[from.roots[0]];
  s.last = g.node_count;
  for (int i = 0; i < s.last; ++i) {
    node const& n = g.nodes[i];
    if (n.op == op_number<op::variable>()) {
      for (int k = 0; k < count; ++k) s.needed[i] = s.needed[i] || n.attribute == leaves[k];
    }
    for (int a : n.args) s.needed[i] = s.needed[i] || (a >= 0 && s.needed[a]);
    s.adjoint[i] = -1;
  }
  s.adjoint[s.root] = constant_symbol(b, rational(1)).index();
  return s;
}

/// Gives node i's adjoint on to its operands.
constexpr void pull_back(reverse_sweep& s, builder& b, int i) {
  node const n = s.graph.nodes[i];
  op_info const& info = info_of(n.op);
  if (!info.differentiable) return;
  pullback_context c;
  c.y = {&b, i};
  c.dy = {&b, s.adjoint[i]};
  c.attribute = n.attribute;
  for (int k = 0; k < info.arity; ++k) c.args[k] = {&b, n.args[k]};
  pull_back(info, c);
  for (int k = 0; k < info.arity; ++k) {
    int const a = n.args[k];
    if (!s.needed[a]) continue;
    if (!c.given[k]) {
      refuse_partial(b, n.op, k);
      continue;
    }
    symbol share = in(b, c.contribution[k]);
    // What broadcast its operands gives them their share of the sum.
    if (info.kind == op_kind::elementwise || n.op == op_number<op::broadcast>())
      share = fold_to(b, share, b.shape_of(i), b.shape_of(a));
    else if (info.kind == op_kind::product)
      share = fold_to(b, share, b.shape_of(share), b.shape_of(a));
    s.adjoint[a] = s.adjoint[a] < 0 ? share.index() : (symbol(&b, s.adjoint[a]) + share).index();
  }
}

/// The next `nodes` nodes of a sweep.
constexpr reverse_sweep continue_reverse(reverse_sweep s, int nodes) {
  builder b(s.graph, rewrite_all);
  b.resume();
  for (; nodes > 0 && s.next >= 0; --nodes, --s.next)
    if (s.adjoint[s.next] >= 0 && s.needed[s.next]) pull_back(s, b, s.next);
  return s;
}

/// The adjoints of `leaves` as roots; with_value: the value of the swept root comes after them.
constexpr work_graph finish_reverse(reverse_sweep s, graph_view const& from, int const* leaves,
                                    int count, bool with_value) {
  work_graph& g = s.graph;
  builder b(g, rewrite_all);
  b.resume();
  for (int k = 0; k < count; ++k) {
    leaf const& l = from.leaves[leaves[k]];
    int result = constant_symbol(b, rational(0)).index();
    std::int16_t const to = b.intern(from.shapes[l.shape]);
    for (int i = 0; i < s.last; ++i) {
      if (g.nodes[i].op == op_number<op::variable>() && g.nodes[i].attribute == leaves[k] &&
          s.adjoint[i] >= 0)
        result = s.adjoint[i];
    }
    // A gradient has its variable's type also where only constants are selected; a constant that
    // stands alone stays exact.
    if (b[result].shape != to || (b[result].type != l.type && !is_constant(b, result)))
      result = broadcast_symbol(b, {&b, result}, to, l.type).index();
    g.roots[k] = result;
  }
  g.root_count = count;
  if (with_value) g.roots[g.root_count++] = s.root;
  return g;
}

/// The adjoints of `leaves` (indices into the graph's leaves) for root 0, in one evaluation;
/// with_value: the value of root 0 comes after them.
constexpr work_graph reverse(graph_view const& from, int const* leaves, int count,
                             bool with_value = false, copying how = copying::simplifying) {
  reverse_sweep const s =
      continue_reverse(begin_reverse(from, leaves, count, how), from.node_count + 16384);
  return finish_reverse(s, from, leaves, count, with_value);
}

/// The same for a graph in simplest form that is held as a constant, in as many evaluations as its
/// size asks for. Leaves: `leaves` and `count`.
template <class Holder, class Leaves, bool WithValue>
struct reversed {
  static constexpr int at_once = 128;
  static constexpr int parts = (Holder::graph.node_count + at_once - 1) / at_once;

  template <int Part, class Unused = void>
  struct part {
    static constexpr reverse_sweep sweep =
        continue_reverse(part<Part - 1>::sweep, at_once);
  };
  template <class Unused>
  struct part<0, Unused> {
    static constexpr reverse_sweep sweep =
        begin_reverse(view(Holder::graph), Leaves::leaves, Leaves::count, copying::as_it_is);
  };
  static consteval work_graph make() {
    if constexpr (parts <= 1)
      return reverse(view(Holder::graph), Leaves::leaves, Leaves::count, WithValue,
                     copying::as_it_is);
    else
      return finish_reverse(part<parts>::sweep, view(Holder::graph), Leaves::leaves,
                            Leaves::count, WithValue);
  }
  static constexpr work_graph full = make();
};

}  // namespace slope::engine
