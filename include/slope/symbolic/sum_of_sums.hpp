// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/hoist.hpp"

/// The sum of all elements from sums over the leading axes that are wanted anyway:
///
///   sum(w * (n * gamma + beta))    sum(gamma * sum<0>(w * n) + beta * sum<0>(w))
///
/// where gamma and beta are rows, whose derivatives the sums on the right are: a value that is linear in
/// what it is derived by follows from the derivatives.
namespace slope::engine {

/// Is node i the sum of all elements of a value with several axes?
constexpr bool is_whole_sum(graph_view const& g, int i) {
  node const& n = g.nodes[i];
  if (n.op != op_number<op::sum>() || !is_floating(n.type)) return false;
  int const rank = g.shape_of(n.args[0]).rank;
  return rank > 1 && (n.attribute & 255) == (std::int64_t{1} << rank) - 1;
}

/// Nodes that are multiplied with each other.
struct factor_list {
  static constexpr int most = 8;
  int node[most]{};
  int count = 0;

  constexpr int find(int i) const {
    int k = 0;
    while (k < count && node[k] != i) ++k;
    return k < count ? k : -1;
  }
  constexpr bool push(int i) {
    if (count == most) return false;
    node[count++] = i;
    return true;
  }
  constexpr void remove(int k) { node[k] = node[--count]; }
};

/// Is it over leading axes, not over all, of a value of the same shape?
constexpr bool is_partial_sum(graph_view const& g, int whole, int i) {
  node const &n = g.nodes[i], &all = g.nodes[whole];
  std::int64_t const mask = n.attribute & 255;
  return n.op == all.op && n.type == all.type && (mask & (mask + 1)) == 0 && mask != 0 &&
         mask < (all.attribute & 255) && g.nodes[n.args[0]].shape == g.nodes[all.args[0]].shape;
}

/// Takes apart a sum of all elements. (A template, which programs without such sums do not compile.)
template <class Graph>
class sum_of_sums {
 public:
  constexpr sum_of_sums(Graph const& g, int sum) : g_(g), sum_(sum) {
    node const& n = g.nodes[sum];
    full_ = g.shape_of(n.args[0]);
    for (int i = 0; i < g.node_count && part_count_ < most_parts; ++i)
      if (is_partial_sum(g, sum, i) && flatten(g.nodes[i].args[0], factors_[part_count_]))
        parts_[part_count_++] = i;
    factor_list all;
    found_ = part_count_ > 0 && all.push(n.args[0]) && expand(all, 0) && term_count_ > 0;
  }
  constexpr bool found() const { return found_; }

  /// The sum, of what has been built.
  constexpr int build(builder& b, int const* map) const {
    symbol all(0);
    for (int t = 0; t < term_count_; ++t) {
      node part = g_.nodes[parts_[part_of_[t]]];
      part.args[0] = rebuilt_product(b, map, part.args[0]);
      part.shape = b.intern(g_.shapes[part.shape]);
      symbol product(&b, add(b, part));
      for (int k = 0; k < rest_[t].count; ++k)
        product = product * symbol(&b, map[rest_[t].node[k]]);
      all = all + product;
    }
    node whole = g_.nodes[sum_];
    whole.args[0] = all.index();
    whole.attribute = (std::int64_t{1} << b.shape_of(all).rank) - 1;
    whole.shape = b.intern(g_.shapes[whole.shape]);
    return add(b, whole);
  }

 private:
  static constexpr int most_parts = 8, most_terms = 4;

  constexpr bool is(int i, int op) const { return g_.nodes[i].op == op; }
  constexpr bool multiplies(int i) const {
    return is(i, op_number<op::multiply>()) && g_.nodes[i].type == g_.nodes[sum_].type;
  }
  constexpr bool flatten(int i, factor_list& to) const {
    if (!multiplies(i)) return to.push(i);
    return flatten(g_.nodes[i].args[0], to) && flatten(g_.nodes[i].args[1], to);
  }
  constexpr bool is_factor(int i) const {
    for (int p = 0; p < part_count_; ++p)
      if (factors_[p].find(i) >= 0) return true;
    return false;
  }
  constexpr bool spread(int i) const {
    for (int p = 0; p < part_count_; ++p)
      if (!same_along(g_, i, full_, g_.nodes[parts_[p]].attribute & 255)) return false;
    return true;
  }
  /// Of the difference of data and what is spread over it the digits are in the difference; a product
  /// is rounded before it is added.
  constexpr bool may_be_apart(int i) const {
    return multiplies(i) || spread(i) || is(i, op_number<op::add>());
  }
  /// Products and sums taken apart, from factor `from` of the list on; false where a term has no sum.
  constexpr bool expand(factor_list list, int from) {
    while (from < list.count) {
      int const i = list.node[from];
      node const& n = g_.nodes[i];
      if (is_factor(i)) {
        ++from;
      } else if (multiplies(i)) {
        list.node[from] = n.args[0];
        if (!list.push(n.args[1])) return false;
      } else if (is(i, op_number<op::add>()) && n.type == g_.nodes[sum_].type &&
                 may_be_apart(n.args[0]) && may_be_apart(n.args[1]) && !spread(i)) {
        list.node[from] = n.args[0];
        factor_list other = list;
        other.node[from] = n.args[1];
        return expand(list, from) && expand(other, from);
      } else {
        ++from;
      }
    }
    return place(list);
  }
  /// Finds the part that a term is a multiple of.
  constexpr bool place(factor_list const& list) {
    if (term_count_ == most_terms) return false;
    for (int p = 0; p < part_count_; ++p) {
      factor_list rest = list;
      bool matches = true;
      for (int k = 0; matches && k < factors_[p].count; ++k) {
        int const at = rest.find(factors_[p].node[k]);
        matches = at >= 0;
        if (matches) rest.remove(at);
      }
      for (int k = 0; matches && k < rest.count; ++k)
        matches = same_along(g_, rest.node[k], full_, g_.nodes[parts_[p]].attribute & 255);
      if (!matches) continue;
      rest_[term_count_] = rest;
      part_of_[term_count_++] = p;
      return true;
    }
    return false;
  }
  /// The operand of a part: its factors are built, their products may come later.
  constexpr int rebuilt_product(builder& b, int const* map, int i) const {
    if (!multiplies(i)) return map[i];
    node n = g_.nodes[i];
    for (int k = 0; k < 2; ++k) n.args[k] = rebuilt_product(b, map, n.args[k]);
    n.shape = b.intern(g_.shapes[n.shape]);
    return add(b, n);
  }

  Graph g_;
  int sum_;
  shape full_{};
  int parts_[most_parts]{};
  factor_list factors_[most_parts]{};
  int part_count_ = 0;
  factor_list rest_[most_terms]{};
  int part_of_[most_terms]{};
  int term_count_ = 0;
  bool found_ = false;
};

template <class Graph>
constexpr int sum_by_sums(builder& b, graph_view const& from, int i, int const* map) {
  if (!is_whole_sum(from, i)) return -1;
  sum_of_sums<Graph> const parts(from, i);
  return parts.found() ? parts.build(b, map) : -1;
}

constexpr bool may_sum_sums(graph_view const& g) {
  for (int i = 0; i < g.node_count; ++i)
    if (is_whole_sum(g, i))
      for (int part = 0; part < g.node_count; ++part)
        if (is_partial_sum(g, i, part)) return true;
  return false;
}

/// The same values with such sums.
template <class Graph>
constexpr work_graph summed(Graph const& from) {
  return rebuilt(from, rewrite_primitives, copying::hoisting, {sum_by_sums<Graph>, nullptr, nullptr, true});
}

}  // namespace slope::engine
