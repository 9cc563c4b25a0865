// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/plan/plan.hpp"

/// Which axes of a graph's values run together: the rows of a matrix with those of its product and
/// of all that is computed from it, element by element.
namespace slope::engine {

/// The first axis whose extent is not 1, or -1.
constexpr int leading_axis(shape const& s) {
  for (int k = 0; k < s.rank; ++k)
    if (s.extents[k] != 1) return k;
  return -1;
}

template <int Nodes>
class axis_classes {
 public:
  constexpr explicit axis_classes(graph_view const& g) {
    for (int i = 0; i < (Nodes + 1) * max_rank; ++i) parent_[i] = i;
    plan_traits const t{g};
    for (int i = 0; i < g.node_count; ++i) {
      if (t.is_elementwise(i)) unite_aligned(g, i, 0);
      else if (t.is_product(i)) unite_product(g, i);
      else if (t.is_reduction(i)) unite_reduction(g, i);
      else if (t.is_view(i)) unite_view(g, i);
    }
  }

  constexpr int find(int node, int axis) const {
    int i = node * max_rank + axis;
    while (parent_[i] != i) i = parent_[i];
    return i;
  }
  constexpr void unite(int a, int axis_of_a, int b, int axis_of_b) {
    int const x = find(a, axis_of_a), y = find(b, axis_of_b);
    if (x < y) parent_[y] = x;
    else parent_[x] = y;
  }

 private:
  /// The axes of operands with those of node i, aligned at the end; the last `skip` apart.
  constexpr void unite_aligned(graph_view const& g, int i, int skip) {
    shape const& to = g.shape_of(i);
    for (int a : g.nodes[i].args) {
      if (a < 0) continue;
      shape const& from = g.shape_of(a);
      for (int k = skip + 1; k <= from.rank && k <= to.rank; ++k)
        if (from.extents[from.rank - k] != 1) unite(i, to.rank - k, a, from.rank - k);
    }
  }
  constexpr void unite_product(graph_view const& g, int i) {
    int const a = g.nodes[i].args[0], b = g.nodes[i].args[1];
    int const out = g.shape_of(i).rank, left = g.shape_of(a).rank, right = g.shape_of(b).rank;
    unite(i, out - 2, a, left - 2);
    unite(i, out - 1, b, right - 1);
    unite(a, left - 1, b, right - 2);
    unite_aligned(g, i, 2);
  }
  constexpr void unite_reduction(graph_view const& g, int i) {
    int const a = g.nodes[i].args[0];
    for (int k = 0, to = 0; k < g.shape_of(a).rank; ++k)
      if ((g.nodes[i].attribute >> k & 1) == 0) unite(i, to++, a, k);
  }
  constexpr void unite_view(graph_view const& g, int i) {
    int const a = g.nodes[i].args[0];
    shape const &from = g.shape_of(a), &to = g.shape_of(i);
    if (g.nodes[i].op == op_number<op::permute>()) {
      for (int k = 0; k < to.rank; ++k)
        unite(i, k, a, static_cast<int>(g.nodes[i].attribute >> 4 * k & 15));
    } else if (same_but_ones(from, to)) {
      for (int k = 0, j = 0; k < to.rank; ++k) {
        if (to.extents[k] == 1) continue;
        while (from.extents[j] == 1) ++j;
        unite(i, k, a, j++);
      }
    } else {
      // Whole rows stay whole rows where the number of rows stays.
      int const x = leading_axis(from), y = leading_axis(to);
      if (x >= 0 && y >= 0 && from.extents[x] == to.extents[y]) unite(i, y, a, x);
    }
  }

  int parent_[(Nodes + 1) * max_rank]{};
};

}  // namespace slope::engine
