// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/factored.hpp"
#include "slope/symbolic/regroup.hpp"
#include "slope/symbolic/sum_of_sums.hpp"

namespace slope::engine {

/// Has the graph nodes that only `lowered` takes apart?
constexpr bool has_macros(graph_view const& g) {
  for (int i = 0; i < g.node_count; ++i)
    if (info_of(g.nodes[i].op).lowers) return true;
  return false;
}

struct lowering_pass {
  static constexpr builder::rewriter rule = rewrite_primitives;
  static constexpr copying how = copying::lowering;
  static constexpr hoisting_rules hoisted{};
};
/// The same values in primitives: each macro (softmax, variance ...) is replaced by what it is made
/// of. The graph is simplified already, with its composites gone.
constexpr work_graph lowered(graph_view const& from) {
  return rebuilt(from, lowering_pass::rule, lowering_pass::how);
}

/// Gives nodes whose open extents are checked to be equal one shape, so that one loop computes them;
/// the leaves keep theirs, which data is compared with.
constexpr void unify_shapes(work_graph& g) {
  int same[64]{};  // the extent that stands for each size
  for (int k = 0; k < g.size_count; ++k) same[k] = runtime_extent(k);
  auto const extent_for = [&](int e) { return e < 0 ? same[size_index(e)] : e; };
  for (int c = 0; c < g.check_count; ++c) {
    int const x = extent_for(g.checks[c].left_extent);
    int const y = extent_for(g.checks[c].right_extent);
    // The size with the smaller index stands for both. (A number does not: results would be of a
    // type that depends on what stands beside them.)
    if (x == y || x >= 0 || y >= 0) continue;
    int const from = x < y ? x : y, to = x < y ? y : x;
    for (int k = 0; k < g.size_count; ++k)
      if (same[k] == from) same[k] = to;
  }
  builder b(g);
  for (int i = 0; i < g.node_count; ++i) {
    shape s = g.shapes[g.nodes[i].shape];
    for (int k = 0; k < s.rank; ++k) s.extents[k] = extent_for(s.extents[k]);
    g.nodes[i].shape = b.intern(s);
  }
}

/// Numbers made of sizes are computed in double precision, unless nothing but float32 wants them:
/// a loop over float32 has twice the lanes.
constexpr void narrow_sizes(work_graph& g) {
  bool wide[16384]{}, used[16384]{}, of_data[16384]{};
  for (int i = 0; i < g.node_count; ++i) {
    of_data[i] = g.nodes[i].op == op_number<op::variable>();
    for (int a : g.nodes[i].args) of_data[i] = of_data[i] || (a >= 0 && of_data[a]);
  }
  for (int r = 0; r < g.root_count; ++r) wide[g.roots[r]] = true;
  for (int i = g.node_count - 1; i >= 0; --i) {
    node& n = g.nodes[i];
    bool const weak =
        n.type == dtype::weak_float && n.op != op_number<op::constant>() && !of_data[i];
    if (weak && used[i] && !wide[i]) n.type = dtype::float32;
    for (int a : n.args) {
      if (a < 0) continue;
      used[a] = true;
      if (n.type != dtype::float32) wide[a] = true;
    }
  }
}

/// What is planned: primitives, of one shape where open extents are checked to be equal.
constexpr work_graph prepared(graph_view const& from) {
  work_graph g = lowered(from);
  unify_shapes(g);
  if (has_shared_work(view(g))) g = hoisted(view(g));
  narrow_sizes(g);
  return g;
}

/// How much of that there is to do. A large graph takes several evaluations, and has its sums as
/// they are.
enum class preparation : unsigned char { none, some, with_sums, in_parts };
constexpr preparation preparation_for(graph_view const& g) {
  bool const large = g.node_count > 300;
  if (!large && may_sum_sums(g)) return preparation::with_sums;
  if (!has_macros(g) && g.size_count == 0 && !has_shared_work(g)) return preparation::none;
  return large ? preparation::in_parts : preparation::some;
}

template <class Holder,
          bool Lowers = has_macros(view(Holder::graph)) || (Holder::graph.size_count > 0)>
struct lowered_in_parts {
  static constexpr auto const& graph = Holder::graph;
};
template <class Holder>
struct lowered_in_parts<Holder, true> {
  static constexpr work_graph unify() {
    work_graph g = rebuilt_in_parts<Holder, lowering_pass>::full;
    unify_shapes(g);
    return g;
  }
  static constexpr work_graph full = unify();
  static constexpr auto graph = shrink<full>();
};
template <class Lowered, bool Shares = has_shared_work(view(Lowered::graph))>
struct hoisted_in_parts {
  static constexpr work_graph full =
      rebuilt(view(Lowered::graph), rewrite_primitives, copying::as_it_is);
};
template <class Lowered>
struct hoisted_in_parts<Lowered, true> : rebuilt_in_parts<Lowered, hoisting_pass> {};

template <class Holder, preparation = preparation_for(view(Holder::graph))>
struct in_primitives {
  static constexpr auto const& graph = Holder::graph;
};
template <class Holder>
struct in_primitives<Holder, preparation::some> {
  static constexpr work_graph full = prepared(view(Holder::graph));
  static constexpr auto graph = shrink<full>();
};
template <class Holder>
struct in_primitives<Holder, preparation::with_sums> {
  static constexpr work_graph before = prepared(view(Holder::graph));
  static constexpr work_graph full = summed(view(before));
  static constexpr auto graph = shrink<full>();
};
template <class Holder>
struct in_primitives<Holder, preparation::in_parts> {
  static constexpr work_graph narrow() {
    work_graph g = hoisted_in_parts<lowered_in_parts<Holder>>::full;
    narrow_sizes(g);
    return g;
  }
  static constexpr work_graph full = narrow();
  static constexpr auto graph = shrink<full>();
};

/// What is planned: the graph in primitives, its products of matrices in the cheapest groups, what
/// its sums and products share taken out.
template <class Holder>
struct lowered_holder : factored_holder<regrouped_holder<in_primitives<Holder>>> {};

}  // namespace slope::engine
