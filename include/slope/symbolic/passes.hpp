// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/rewrite_axes.hpp"

namespace slope::engine {

/// How a graph is copied.
enum class copying : unsigned char {
  simplifying,  ///< by the rules of the builder
  lowering,     ///< the same, and macros are replaced by what they are made of
  hoisting,     ///< what is the same for many elements is computed once
  as_it_is      ///< it is in simplest form already
};

constexpr bool is_op(graph_view const& g, int i, int op) { return g.nodes[i].op == op; }

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

constexpr void copy_checks(builder& b, graph_view const& from) {
  for (int i = 0; i < from.check_count; ++i) {
    runtime_check const& c = from.checks[i];
    b.add_check({c.op, c.left_extent, c.right_extent, b.intern(from.shapes[c.left_shape]),
                 b.intern(from.shapes[c.right_shape])});
  }
}

/// Is node i a quotient by a value that is spread over its elements?
constexpr bool is_spread_quotient(graph_view const& g, int i) {
  node const& n = g.nodes[i];
  if (n.op != op_number<op::divide>() || g.nodes[n.args[1]].type != n.type) return false;
  shape const &all = g.shapes[n.shape], &few = g.shape_of(n.args[1]);
  for (int k = 1; k <= all.rank; ++k)
    if (all.extents[all.rank - k] != 1 && (k > few.rank || few.extents[few.rank - k] == 1))
      return true;
  return false;
}
/// Is it to be a product with the inverse? By a computed value, the norm of a row or the sum of a
/// softmax, and by data that divides more than once; number by number where a computed value divides three
/// times. Other quotients by data stay exact.
constexpr bool divides_by_spread(graph_view const& g, int i) {
  node const& n = g.nodes[i];
  if (n.op != op_number<op::divide>() || !is_floating(n.type) ||
      g.nodes[n.args[1]].type != n.type)
    return false;
  bool const spread = is_spread_quotient(g, i);
  bool const computed = info_of(g.nodes[n.args[1]].op).kind != op_kind::leaf;
  if (computed == spread) return spread;
  int others = 0;
  for (int other = 0; other < g.node_count; ++other)
    others += other != i && g.nodes[other].op == n.op && g.nodes[other].args[1] == n.args[1] &&
              is_spread_quotient(g, other) == spread;
  return others >= (spread ? 1 : 2);
}
/// a / b as a * (1 / b): a product takes a tenth of the time of a quotient. (The rules would make a
/// quotient of it.)
constexpr int times_inverse(builder& b, node const& n) {
  node product = n;
  product.op = static_cast<std::uint16_t>(op_number<op::multiply>());
  product.args[1] = symbols::pow(symbol(&b, n.args[1]), -1).index();
  return b.insert(product);
}

/// How sums, and products, exponentials and choices, are added where shared work is hoisted; of sums and
/// functions, node i of the graph, the operands are at map[...]. -1: as they are.
struct hoisting_rules {
  int (*sum)(builder&, graph_view const&, int, int const*) = nullptr;
  int (*product)(builder&, node const&) = nullptr;
  int (*function)(builder&, graph_view const&, int, int const*) = nullptr;
  /// The others are not there; g++ with UBSan compares no addresses of functions.
  bool only_sums = false;
};

/// The beginning of a copy into b, which is fresh: leaves and checks, and what the roots need.
constexpr void begin_copy(builder& b, graph_view const& from, int* map, int const* roots,
                          int root_count) {
  copy_leaves(b, from, from.leaf_count);
  // All sizes are those of leaves, so they keep their numbers.
  copy_checks(b, from);
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
}
/// Copies nodes first to last - 1; map[i] is where node i went.
constexpr void copy_nodes(builder& b, graph_view const& from, int* map, int first, int last,
                          copying how, hoisting_rules const& hoisted) {
  for (int i = first; i < last; ++i) {
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
    refer_to(b, from, n);
    op_info const& info = info_of(n.op);
    if (info.kind == op_kind::leaf || how == copying::as_it_is) map[i] = b.insert(n);
    else if (how == copying::lowering && info.lowers) map[i] = info.lower(b, n);
    else if (how == copying::hoisting && divides_by_spread(from, i)) map[i] = times_inverse(b, n);
    else {
      map[i] = -1;
      if (how == copying::hoisting) {
        int const op = n.op;
        if (op == op_number<op::sum>() && is_floating(n.type))
          map[i] = hoisted.sum(b, from, i, map);
        else if (hoisted.only_sums) map[i] = -1;
        else if (op == op_number<op::exp>() || op == op_number<op::where>())
          map[i] = hoisted.function(b, from, i, map);
        else if (op == op_number<op::multiply>())
          map[i] = hoisted.product(b, n);
      }
      if (map[i] < 0) map[i] = add(b, n);
    }
  }
}

/// Copies what the roots of `from` need into b, which is fresh.
constexpr void copy_graph(builder& b, graph_view const& from, int* map, int const* roots,
                          int root_count, copying how = copying::simplifying,
                          hoisting_rules const& hoisted = {}) {
  begin_copy(b, from, map, roots, root_count);
  copy_nodes(b, from, map, 0, from.node_count, how, hoisted);
}

/// Takes out what the roots do not need: rules leave behind what they replaced, and all that a plan
/// is made of is computed.
constexpr void drop_unused(work_graph& g) {
  int place[16384]{};  // first whether a node is needed, then its new number
  int needed = 0;
  for (int r = 0; r < g.root_count; ++r) place[g.roots[r]] = 1;
  for (int i = g.node_count - 1; i >= 0; --i) {
    if (place[i] == 0) continue;
    ++needed;
    for (int a : g.nodes[i].args)
      if (a >= 0) place[a] = 1;
  }
  if (needed == g.node_count) return;
  int next = 0;
  for (int i = 0; i < g.node_count; ++i) {
    if (place[i] == 0) continue;
    node n = g.nodes[i];
    for (int& a : n.args)
      if (a >= 0) a = place[a];
    place[i] = next;
    g.nodes[next++] = n;
  }
  g.node_count = next;
  for (int r = 0; r < g.root_count; ++r) g.roots[r] = place[g.roots[r]];
}

/// What the roots of `from` need, built again by a rule.
constexpr work_graph rebuilt(graph_view const& from, builder::rewriter rule, copying how,
                             hoisting_rules const& hoisted = {}) {
  work_graph g;
  builder b(g, rule);
  int map[16384]{};
  copy_graph(b, from, map, from.roots, from.root_count, how, hoisted);
  for (int r = 0; r < from.root_count; ++r) g.roots[r] = map[from.roots[r]];
  g.root_count = from.root_count;
  drop_unused(g);
  return g;
}

/// The same of a large graph that is held as a constant, in several evaluations: compilers count the
/// steps of one. Pass: its `rule`, `how` and `hoisted`.
struct copy_under_way {
  work_graph graph;
  int map[16384];
};
template <class Holder, class Pass>
struct rebuilt_in_parts {
  static constexpr auto const& from = Holder::graph;
  static constexpr int at_once = 192;
  static constexpr int parts = (from.node_count + at_once - 1) / at_once;

  static constexpr copy_under_way begin() {
    copy_under_way c{};
    builder b(c.graph, Pass::rule);
    begin_copy(b, view(from), c.map, from.roots, from.root_count);
    return c;
  }
  static constexpr copy_under_way go_on(copy_under_way c, int first) {
    builder b(c.graph, Pass::rule);
    b.resume();
    int const last = first + at_once < from.node_count ? first + at_once : from.node_count;
    copy_nodes(b, view(from), c.map, first, last, Pass::how, Pass::hoisted);
    return c;
  }
  static constexpr work_graph finish(copy_under_way c) {
    for (int r = 0; r < from.root_count; ++r) c.graph.roots[r] = c.map[from.roots[r]];
    c.graph.root_count = from.root_count;
    drop_unused(c.graph);
    return c.graph;
  }
  template <int Part, class Unused = void>
  struct part {
    static constexpr copy_under_way copy = go_on(part<Part - 1>::copy, (Part - 1) * at_once);
  };
  template <class Unused>
  struct part<0, Unused> {
    static constexpr copy_under_way copy = begin();
  };
  static constexpr work_graph full = finish(part<parts>::copy);
};

/// The same values in their simplest form; of a graph in simplest form, what its roots need.
constexpr work_graph simplified(graph_view const& from, copying how = copying::simplifying) {
  return rebuilt(from, rewrite_all, how);
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

}  // namespace slope::engine
