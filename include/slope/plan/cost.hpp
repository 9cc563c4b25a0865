// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/plan/kernel.hpp"

namespace slope {

/// What one evaluation does. Counts are of elements, not of packs.
struct costs {
  std::int64_t flops = 0;            ///< arithmetic, comparisons, selections, folded elements
  std::int64_t transcendentals = 0;  ///< functions: exp, log, sin, division, powers ...
  std::int64_t loads = 0;            ///< elements read from memory, each once a loop
  std::int64_t stores = 0;           ///< elements written to memory
  std::int64_t passes = 0;           ///< loops over more than one element, and products
  std::int64_t workspace_bytes = 0;  ///< of intermediate values

  friend constexpr bool operator==(costs const&, costs const&) = default;
};

namespace engine {

constexpr std::int64_t elements_of(shape const& s, int const* sizes) {
  std::int64_t count = 1;
  for (int k = 0; k < s.rank; ++k)
    count *= s.extents[k] >= 0 ? s.extents[k] : sizes[size_index(s.extents[k])];
  return count;
}

template <class Kernel>
constexpr void add_loop(costs& c, graph_view const& g, Kernel const& k, int const* sizes) {
  plan_traits const t{g};
  std::int64_t const count = elements_of(g.shapes[k.shape], sizes);
  for (int e = 0; e < k.node_count; ++e) {
    if (t.is_costly(k.nodes[e])) c.transcendentals += count;
    else if (!t.is_spread(k.nodes[e])) c.flops += count;
  }
  c.flops += k.fold_count * count;
  shape const& domain = g.shapes[k.shape];
  for (int a = 0; a < k.access_count; ++a) {
    std::int64_t read = 1;
    for (int axis = 0; axis < domain.rank; ++axis) {
      if (k.accesses[a].map.axis[axis] < 0) continue;
      int const e = domain.extents[axis];
      read *= e >= 0 ? e : sizes[size_index(e)];
    }
    c.loads += read;
  }
  c.stores += k.store_count * count;
  for (int f = 0; f < k.fold_count; ++f)
    c.stores += elements_of(g.shape_of(k.folds[f].node), sizes);
  if (count != 1) ++c.passes;
}

/// The costs of a plan; sizes are the run-time extents, where there are any.
template <int Nodes, class Plan>
constexpr costs costs_of(graph_view const& g, Plan const& plan, int const* sizes) {
  costs c;
  for (int s = 0; s < plan.step_count; ++s) {
    int const p = plan.steps[s].product;
    if (p < 0) {
      add_loop(c, g, make_kernel<Nodes>(g, plan, plan.steps[s]), sizes);
      continue;
    }
    shape const& left = g.shape_of(g.nodes[p].args[0]);
    int const inner = left.extents[left.rank - 1];
    std::int64_t const out = elements_of(g.shape_of(p), sizes);
    c.flops += 2 * out * (inner >= 0 ? inner : sizes[size_index(inner)]);
    c.loads += elements_of(left, sizes) + elements_of(g.shape_of(g.nodes[p].args[1]), sizes);
    c.stores += out;
    ++c.passes;
  }
  return c;
}

}  // namespace engine
}  // namespace slope
