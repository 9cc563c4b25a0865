// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/factor.hpp"

namespace slope::engine {

/// The graph with its sums and products as a factorizer has them.
template <class Graph>
class factored_graph {
 public:
  constexpr factored_graph(builder& b, factor_terms<Graph> const& t) : b_(b), t_(t) {}

  constexpr void build() {
    Graph const& from = t_.g;
    copy_leaves(b_, from, from.leaf_count);
    copy_checks(b_, from);
    for (int i = 0; i < from.node_count; ++i)
      if (t_.needed[i]) value(i);
    for (int r = 0; r < from.root_count; ++r) b_.graph.roots[r] = map_[from.roots[r]] - 1;
    b_.graph.root_count = from.root_count;
    drop_unused(b_.graph);
  }

 private:
  /// The node that a factor is.
  constexpr int value(int v) {
    if (v >= t_.first_product()) return product(v - t_.first_product());
    if (v >= t_.first_sum()) return sum(v - t_.first_sum());
    if (map_[v] == 0) map_[v] = 1 + copy(v);
    return map_[v] - 1;
  }
  constexpr int copy(int i) {
    Graph const& from = t_.g;
    node n = from.nodes[i];
    if (n.op == op_number<op::constant>())
      return constant_symbol(b_, from.constants[n.attribute].value()).index();
    n.shape = b_.intern(from.shapes[n.shape]);
    if (t_.sum_of[i] > 0) return fitted(b_, n, sum(t_.sum_of[i] - 1));
    if (t_.product_of[i] > 0) return fitted(b_, n, term(t_.alone[t_.product_of[i] - 1]));
    for (int& a : n.args)
      if (a >= 0) a = value(a);
    refer_to(b_, from, n);
    return b_.insert(n);
  }
  constexpr int product(int p) {
    if (products_[p] > 0) return products_[p] - 1;
    // What has fewer elements first; a square is a power.
    sorted_factors const& list = t_.products[p];
    int in_order[sorted_factors::limit]{}, count = 0;
    for (int k = 0; k < list.count; ++k) {
      int x = value(list.factor[k]);
      if (k + 1 < list.count && list.factor[k + 1] == list.factor[k]) {
        x = plain(b_, op_number<op::power>(), x, constant_symbol(b_, rational(2)).index());
        ++k;
      }
      int at = count++;
      for (; at > 0 && rank(in_order[at - 1]) > rank(x); --at) in_order[at] = in_order[at - 1];
      in_order[at] = x;
    }
    int result = in_order[0];
    for (int k = 1; k < count; ++k)
      result = plain(b_, op_number<op::multiply>(), result, in_order[k]);
    products_[p] = 1 + result;
    return result;
  }
  constexpr int rank(int i) const { return b_.shape_of(i).rank; }
  constexpr int term(sum_item const& item) {
    rational const c = item.coefficient.value();
    if (item.product < 0) return constant_symbol(b_, c).index();
    int const x = product(item.product);
    return c.is(1) ? x : plain(b_, op_number<op::multiply>(), constant_symbol(b_, c).index(), x);
  }
  constexpr int sum(int s) {
    if (sums_[s] > 0) return sums_[s] - 1;
    item_list const& list = t_.sums[s];
    int result = -1;
    for (int numbers = 0; numbers < 2; ++numbers)  // a constant stands last
      for (int k = 0; k < list.count; ++k) {
        if ((list.items[k].product < 0) != (numbers != 0)) continue;
        int const next = term(list.items[k]);
        result = result < 0 ? next : plain(b_, op_number<op::add>(), result, next);
      }
    if (result < 0) result = constant_symbol(b_, rational(0)).index();  // all terms went away
    sums_[s] = 1 + result;
    return result;
  }

  builder& b_;
  factor_terms<Graph> const& t_;
  int map_[16384]{};
  int sums_[factor_terms<Graph>::sum_limit]{}, products_[factor_terms<Graph>::product_limit]{};
};

/// Sums and products enough that some may be alike, and not too many?
constexpr bool may_share_factors(graph_view const& g) {
  int additions = 0, multiplications = 0;
  for (int i = 0; i < g.node_count; ++i) {
    additions += is_op(g, i, op_number<op::add>());
    multiplications += is_op(g, i, op_number<op::multiply>());
  }
  int const all = additions + multiplications;
  return all >= 5 && all <= 400 && (additions > 0 || multiplications > 5);
}

/// The lists of a held graph's factorizer, and whether they are worth another graph.
template <class Holder>
struct factoring {
  using graph_type = decltype(view(Holder::graph));  // depends on Holder: made where it is needed
  using type = factorizer<graph_type>;
  static constexpr type run() {
    type f(view(Holder::graph));
    f.run();
    return f;
  }
  static constexpr type result = run();
  static constexpr work_graph make() {
    work_graph g;
    builder b(g, rewrite_primitives);
    factored_graph<graph_type>(b, result.terms()).build();
    return g;
  }
};

template <class Holder, bool May = may_share_factors(view(Holder::graph))>
struct factored_holder {
  static constexpr auto const& graph = Holder::graph;
};
template <class Holder, bool Changes = factoring<Holder>::result.changed()>
struct changed_holder {
  static constexpr auto const& graph = Holder::graph;
};
template <class Holder>
struct changed_holder<Holder, true> {
  static constexpr work_graph full = factoring<Holder>::make();
  static constexpr auto graph = shrink<full>();
};
template <class Holder>
struct factored_holder<Holder, true> : changed_holder<Holder> {};

}  // namespace slope::engine
