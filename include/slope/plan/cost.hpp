// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/plan/schedule.hpp"

namespace slope {

/// What one evaluation does. Counts are of elements, not of packs.
struct costs {
  std::int64_t flops = 0;            ///< arithmetic, comparisons, selections, folded elements
  std::int64_t transcendentals = 0;  ///< functions: exp, log, sin, division, powers ...
  std::int64_t loads = 0;            ///< elements read from memory, each once a pass
  std::int64_t stores = 0;           ///< elements written to memory
  std::int64_t passes = 0;           ///< over rows, by one loop or product or several together
  std::int64_t workspace_bytes = 0;  ///< of intermediate values

  friend constexpr bool operator==(costs const&, costs const&) = default;
};

namespace engine {

constexpr std::int64_t extent_size(int extent, int const* sizes) {
  return extent >= 0 ? extent : sizes[size_index(extent)];
}
constexpr std::int64_t elements_of(shape const& s, int const* sizes) {
  std::int64_t count = 1;
  for (int k = 0; k < s.rank; ++k) count *= extent_size(s.extents[k], sizes);
  return count;
}

/// Calls f(slot, elements) for what step s reads, or writes.
template <class Plan, class Kernels, class F>
constexpr void for_each_load(graph_view const& g, Plan const& plan, Kernels const& kernels, int s,
                             int const* sizes, F const& f) {
  if (int const p = plan.steps[s].product; p >= 0) {
    for (int a : g.nodes[p].args)
      if (a >= 0) f(plan.slot[resolve(plan_traits{g}, plan, a).node], elements_of(g.shape_of(a), sizes));
    return;
  }
  auto const& k = kernels.at[s];
  shape const& domain = g.shapes[k.shape];
  for (int a = 0; a < k.access_count; ++a) {
    std::int64_t read = 1;
    for (int axis = 0; axis < domain.rank; ++axis)
      if (k.accesses[a].map.axis[axis] >= 0) read *= extent_size(domain.extents[axis], sizes);
    f(plan.slot[k.accesses[a].map.node], read);
  }
}
template <class Plan, class Kernels, class F>
constexpr void for_each_store(graph_view const& g, Plan const& plan, Kernels const& kernels, int s,
                              int const* sizes, F const& f) {
  if (int const p = plan.steps[s].product; p >= 0)
    return f(plan.slot[p], elements_of(g.shape_of(p), sizes));
  auto const& k = kernels.at[s];
  for (int e = 0; e < k.store_count; ++e)
    f(plan.stores[k.stores[e]].slot, elements_of(g.shapes[k.shape], sizes));
  for (int e = 0; e < k.fold_count; ++e)
    f(plan.slot[k.folds[e].node], elements_of(g.shape_of(k.folds[e].node), sizes));
}

/// The operations of step s; true where they are on more than one element.
template <class Plan, class Kernels>
constexpr bool add_operations(costs& c, graph_view const& g, Plan const& plan,
                              Kernels const& kernels, int s, int const* sizes) {
  if (int const p = plan.steps[s].product; p >= 0) {
    if (plan_traits{g}.is_whole(p)) return true;  // moves elements
    shape const& left = g.shape_of(g.nodes[p].args[0]);
    c.flops += 2 * elements_of(g.shape_of(p), sizes) *
               extent_size(left.extents[left.rank - 1], sizes);
    return true;
  }
  plan_traits const t{g};
  auto const& k = kernels.at[s];
  std::int64_t const count = elements_of(g.shapes[k.shape], sizes);
  for (int e = 0; e < k.node_count; ++e) {
    if (t.is_costly(k.nodes[e])) c.transcendentals += count;
    else if (!t.is_spread(k.nodes[e])) c.flops += count;
  }
  c.flops += k.fold_count * count;
  return count != 1;
}

/// The costs of a plan; sizes are the run-time extents, where there are any. What one step of a
/// region writes by rows and another reads is in the cache: it is neither loaded nor, where nothing
/// else wants it, stored.
template <int Slots, class Plan, class Kernels, class Schedule>
constexpr costs costs_of(graph_view const& g, Plan const& plan, Kernels const& kernels,
                         Schedule const& schedule, int const* sizes) {
  costs c;
  for (int r = 0; r < schedule.region_count; ++r) {
    planned_region const& region = schedule.regions[r];
    std::int64_t loads[Slots + 1]{};
    bool written[Slots + 1]{};
    bool passes = false;
    for (int k = region.first; k < region.first + region.count; ++k) {
      int const s = schedule.order[k];
      if (add_operations(c, g, plan, kernels, s, sizes)) passes = true;
      for_each_load(g, plan, kernels, s, sizes, [&](int slot, std::int64_t elements) {
        if (!(region.count > 1 && written[slot]) && elements > loads[slot]) loads[slot] = elements;
      });
      for_each_store(g, plan, kernels, s, sizes, [&](int slot, std::int64_t elements) {
        written[slot] = true;
        if (!schedule.local[slot]) c.stores += elements;
      });
    }
    for (std::int64_t n : loads) c.loads += n;
    c.passes += passes;
  }
  return c;
}

}  // namespace engine
}  // namespace slope
