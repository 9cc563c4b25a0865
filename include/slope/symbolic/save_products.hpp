// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"

/// What a finished graph with its gradients computes twice or writes twice:
///
///   sum(U * (A B))      sum(A * (U B^T)) where U B^T is computed anyway, and nothing else needs A B
///   c * (A B)           (c * A) B for a constant and an A that a loop computes
///   (A B)^T             B^T A^T as a result
namespace slope::engine {

struct product_saving {
  int sum = -1, product = -1, other = -1;  ///< this sum is that of product * other
  int operand = -1, factor = -1;           ///< computed times this constant
  int transposed = -1;                     ///< this result is a product of its own
  constexpr bool any() const { return sum >= 0 || operand >= 0 || transposed >= 0; }
};

/// The matrix that i is the transpose of, -1 where it is none.
constexpr int transpose_of(graph_view const& g, int i) {
  int const rank = g.shape_of(i).rank;
  return g.nodes[i].op == op_number<op::permute>() && rank >= 2 &&
                 g.nodes[i].attribute == swapping(rank, rank - 2, rank - 1)
             ? g.nodes[i].args[0]
             : -1;
}

template <class Graph>
class saving_finder {
 public:
  constexpr explicit saving_finder(Graph const& g) : g_(g) {
    for (int i = 0; i < g.node_count; ++i)
      for (int a : g.nodes[i].args)
        if (a >= 0) ++uses_[a], user_[a] = i;
    for (int r = 0; r < g.root_count; ++r) ++uses_[g.roots[r]], user_[g.roots[r]] = -1;
  }
  constexpr product_saving run() const {
    product_saving r;
    for (int i = 0; i < g_.node_count; ++i) {
      if (r.sum < 0 && is(i, op_number<op::sum>())) find_weighted(i, r);
      if (r.operand < 0 && info_of(g_.nodes[i].op).kind == op_kind::elementwise) find_scaled(i, r);
    }
    for (int k = 0; k < g_.root_count; ++k) {
      int const p = transpose_of(g_, g_.roots[k]);
      if (p >= 0 && is_product(p) && uses_[p] == 1) r.transposed = g_.roots[k];
    }
    return r;
  }

 private:
  constexpr bool is(int i, int op) const { return g_.nodes[i].op == op; }
  constexpr bool is_product(int i) const {
    return is(i, op_number<op::matmul>()) && is_floating(g_.nodes[i].type);
  }
  constexpr bool are_transposes(int a, int b) const {
    return transpose_of(g_, a) == b || transpose_of(g_, b) == a;
  }

  constexpr void find_weighted(int i, product_saving& r) const {
    int const x = g_.nodes[i].args[0];
    if (!is(x, op_number<op::multiply>()) || uses_[x] != 1 || g_.shape_of(x).rank != 2 ||
        g_.shape_of(i).rank != 0)
      return;
    for (int k = 0; k < 2; ++k) {
      int const p = g_.nodes[x].args[k], u = g_.nodes[x].args[1 - k];
      if (!is_product(p) || uses_[p] != 1 || g_.nodes[u].shape != g_.nodes[p].shape) continue;
      int const a = g_.nodes[p].args[0], b = g_.nodes[p].args[1];
      for (int q = 0; q < g_.node_count; ++q) {
        if (q == p || !is_product(q) || g_.nodes[q].type != g_.nodes[i].type) continue;
        int const left = g_.nodes[q].args[0], right = g_.nodes[q].args[1];
        int const other = left == u && are_transposes(right, b)   ? a
                          : right == u && are_transposes(left, a) ? b
                                                                  : -1;
        if (other < 0 || g_.nodes[other].shape != g_.nodes[q].shape) continue;
        r.sum = i, r.product = q, r.other = other;
        return;
      }
    }
  }

  /// The constant that product p is multiplied with wherever it is used, transposed or not; -1 for none.
  constexpr int factor_of(int p) const {
    if (!is_product(p) || uses_[p] != 1 || user_[p] < 0) return -1;
    int x = p, y = user_[p];
    if (transpose_of(g_, y) == x) {
      x = y, y = user_[y];
      if (uses_[x] != 1 || y < 0) return -1;
    }
    node const& n = g_.nodes[y];
    if (n.op != op_number<op::multiply>() || n.type != g_.nodes[p].type ||
        n.shape != g_.nodes[x].shape)
      return -1;
    int const c = n.args[0] == x ? n.args[1] : n.args[0];
    if (!is(c, op_number<op::constant>())) return -1;
    // Of an ordinary size: neither operand nor product may leave the range of its type for it.
    double const value = g_.constants[g_.nodes[c].attribute].value().to_double();
    double const size = value < 0 ? -value : value;
    return size > 1e-6 && size < 1e6 ? c : -1;
  }
  /// Elements, as far as that is known.
  constexpr std::int64_t size_of_node(int i) const {
    std::int64_t n = 1;
    shape const& s = g_.shape_of(i);
    for (int k = 0; k < s.rank; ++k) n *= s.extents[k] < 0 ? 1000 : s.extents[k];
    return n;
  }
  /// Node e, an operand of nothing but products that are scaled alike, and no larger than they are.
  constexpr void find_scaled(int e, product_saving& r) const {
    int factor = -1;
    std::int64_t results = 0;
    for (int i = e + 1; i < g_.node_count; ++i) {
      int times = 0;
      for (int a : g_.nodes[i].args) {
        if (a < 0 || (a != e && transpose_of(g_, a) != e)) continue;
        if (transpose_of(g_, i) == e) continue;
        if (++times == 2) return;  // of it with itself: the factor would come in twice
        int const c = factor_of(i);
        if (c < 0 || (factor >= 0 && c != factor)) return;
        factor = c;
        results += size_of_node(i);
      }
    }
    for (int k = 0; k < g_.root_count; ++k)
      if (g_.roots[k] == e || transpose_of(g_, g_.roots[k]) == e) return;
    if (factor >= 0 && size_of_node(e) <= results) r.operand = e, r.factor = factor;
  }

  Graph g_;
  int uses_[16384]{}, user_[16384]{};
};

/// Is node i of `g` a product, or the transpose of one, times the constant that its operand has got?
template <class Graph>
constexpr int scaled_product(Graph const& g, product_saving const& s, int i) {
  node const& n = g.nodes[i];
  if (s.operand < 0 || n.op != op_number<op::multiply>()) return -1;
  for (int k = 0; k < 2; ++k) {
    int const x = n.args[k], t = transpose_of(g, x), p = t >= 0 ? t : x;
    if (n.args[1 - k] != s.factor || g.nodes[p].op != op_number<op::matmul>()) continue;
    for (int a : g.nodes[p].args)
      if (a >= 0 && (a == s.operand || transpose_of(g, a) == s.operand)) return x;
  }
  return -1;
}

}  // namespace slope::engine
