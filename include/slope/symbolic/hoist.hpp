// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"

/// Algebra for the planner, after everything has been simplified and spelled in primitives: what is
/// the same for many elements is computed once for them.
///
///   a / b            a * (1 / b) where b is spread over a: the norm of a row, or a number that
///                    divides more than once
///   sum<1>(a * b)    b * sum<1>(a) where b is the same along the axis
///   sum<1>(a + b)    sum<1>(a) + sum<1>(b) where that frees a factor of one of them
///
/// So sums need not wait for factors that other sums have to give first: value and gradient of a
/// layer norm take three loops over a row instead of five.
namespace slope::engine {

/// Is node a the same for all elements along the axes of the mask, of a shape that it spreads over?
constexpr bool same_along(graph_view const& g, int a, shape const& full, std::int64_t mask) {
  shape const& s = g.shape_of(a);
  for (int k = 0; k < full.rank; ++k) {
    int const own = k - (full.rank - s.rank);
    if ((mask >> k & 1) != 0 && own >= 0 && s.extents[own] != 1) return false;
  }
  return true;
}

/// Has node a, a tree of sums and products of floating numbers, a factor that is computed and the
/// same along the axes of the mask? Not in a difference from what is the same: of x - m the
/// digits are in the differences, which a sum of x less a multiple of m would lose.
constexpr bool has_factor_same_along(graph_view const& g, int a, shape const& full,
                                     std::int64_t mask, int depth = 0) {
  node const& n = g.nodes[a];
  bool const product = n.op == op_number<op::multiply>();
  if (depth == 6 || (!product && n.op != op_number<op::add>())) return false;
  for (int k : n.args) {
    if (k < 0 || !same_along(g, k, full, mask)) continue;
    if (!product) return false;
    if (g.nodes[k].op != op_number<op::constant>()) return true;
  }
  return has_factor_same_along(g, n.args[0], full, mask, depth + 1) ||
         has_factor_same_along(g, n.args[1], full, mask, depth + 1);
}
constexpr bool is_hoistable_sum(graph_view const& g, int i) {
  node const& n = g.nodes[i];
  if (n.op != op_number<op::sum>() || !is_floating(g.nodes[n.args[0]].type)) return false;
  shape const& full = g.shape_of(n.args[0]);
  std::int64_t const mask = n.attribute & 255;
  return same_along(g, n.args[0], full, mask) ||
         has_factor_same_along(g, n.args[0], full, mask);
}

/// Is there anything to do?
constexpr bool has_shared_work(graph_view const& g) {
  for (int i = 0; i < g.node_count; ++i)
    if (divides_by_spread(g, i) || is_hoistable_sum(g, i)) return true;
  return false;
}

/// A sum over axes, taken apart.
class sum_of_parts {
 public:
  constexpr sum_of_parts(builder& b, node const& sum)
      : b_(b), full_(b.shape_of(symbol(&b, sum.args[0]))), mask_(sum.attribute & 255) {}

  /// The sum of x, node by node, with the axes kept: of one shape with the factors.
  constexpr symbol of(symbol x) const {
    node const& n = b_[x];
    if (n.op == op_number<op::add>() && same_type(n) && frees(x.index()))
      return of(symbol(&b_, n.args[0])) + of(symbol(&b_, n.args[1]));
    // Factors that vary along the axes are summed, the others multiply the sum.
    symbol inside(1), outside(1);
    bool varies = false;
    split(x, inside, outside, varies, 0);
    if (!varies) return outside * count_symbol(b_, full_, mask_);
    return reduce<op::sum>(b_, spread_out(in(b_, inside)), mask_) * outside;
  }

 private:
  constexpr bool same_type(node const& n) const {
    return b_[n.args[0]].type == n.type && b_[n.args[1]].type == n.type;
  }
  constexpr bool frees(int a) const {
    return has_factor_same_along(view(b_.graph), a, full_, mask_);
  }
  constexpr void split(symbol x, symbol& inside, symbol& outside, bool& varies, int depth) const {
    node const& n = b_[x];
    if (same_along(view(b_.graph), x.index(), full_, mask_)) {
      outside = outside * x;
    } else if (n.op == op_number<op::multiply>() && same_type(n) && depth < 6) {
      split(symbol(&b_, n.args[0]), inside, outside, varies, depth + 1);
      split(symbol(&b_, n.args[1]), inside, outside, varies, depth + 1);
    } else {
      inside = inside * x;
      varies = true;
    }
  }
  /// The varying factors alone may have fewer axes than their product with the others.
  constexpr symbol spread_out(symbol x) const {
    return broadcast_symbol(b_, x, b_.intern(full_), b_[x].type);
  }

  builder& b_;
  shape full_;
  std::int64_t mask_;
};

constexpr int hoisted_sum(builder& b, node const& n) {
  symbol const x(&b, n.args[0]);
  shape const full = b.shape_of(x);
  graph_view const g = view(b.graph);
  std::int64_t const mask = n.attribute & 255;
  if (!same_along(g, n.args[0], full, mask) && !has_factor_same_along(g, n.args[0], full, mask))
    return add(b, n);
  symbol const kept = in(b, sum_of_parts(b, n).of(x));
  shape const to = reduced_shape(full, mask, false);
  symbol const spread =
      broadcast_symbol(b, kept, b.intern(reduced_shape(full, mask, true)), n.type);
  return reshape_symbol(b, spread, to).index();
}

/// The graph with shared work done once.
constexpr work_graph hoisted(graph_view const& from) {
  return rebuilt(from, rewrite_primitives, copying::hoisting, hoisted_sum);
}

}  // namespace slope::engine
