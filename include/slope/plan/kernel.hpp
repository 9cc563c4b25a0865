// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/plan/plan.hpp"

namespace slope::engine {

/// How a loop treats a reduction, after the axes that it folds.
enum class fold_mode : unsigned char {
  all,      ///< every axis: one accumulator for the whole loop
  row,      ///< the inner axis alone: one result a row
  rows,     ///< the inner axis and some outer ones: rows are combined in memory
  columns   ///< outer axes: whole rows are combined in memory
};

/// A value that a loop reads: where it stands, and along which axes of the loop it moves.
struct planned_access {
  int node;           ///< the value
  access_map map;     ///< aligned with the axes of the loop's shape
};

struct planned_fold {
  int node;
  fold_mode mode;
  bool kept[max_rank];  ///< of the loop's collapsed axes
};

/// One loop nest: axes that all operands walk alike are joined, the last one is the inner loop.
template <int Nodes>
struct kernel_plan {
  int level = 0, shape = 0;
  bool computed[Nodes + 1]{};
  int place[Nodes + 1]{};       ///< of a value among those of its type
  int access_of[Nodes + 1]{};   ///< the access that reads node i, or -1
  planned_access accesses[Nodes + 1]{};
  int stores[Nodes + 1]{};      ///< indices of the plan's stores
  planned_fold folds[Nodes + 1]{};
  int nodes[Nodes + 1]{};       ///< those computed, in order
  int first_axis[max_rank + 1]{};   ///< of the shape: a joined axis begins here, the next ends it
  int access_count = 0, store_count = 0, fold_count = 0, node_count = 0, rank = 0;
  int values[4]{};              ///< how many of float32, float64, int32, int64 ...
  int truths = 0;               ///< and of bool
  dtype widest = dtype::boolean;
};

/// Registers of a value's type: 0 float32, 1 float64, 2 int32, 3 int64, -1 bool.
constexpr int register_file(dtype d) {
  switch (d) {
    case dtype::float32: return 0;
    case dtype::float64:
    case dtype::weak_float: return 1;
    case dtype::int32: return 2;
    case dtype::int64:
    case dtype::weak_int: return 3;
    case dtype::boolean: return -1;
  }
  return -1;
}

/// Are all extents static?
constexpr bool is_fixed(shape const& s) {
  for (int k = 0; k < s.rank; ++k)
    if (s.extents[k] < 0) return false;
  return true;
}

/// m of a value of shape `own`, moved to the axes of a loop over `domain`.
constexpr access_map aligned(access_map const& m, shape const& own, shape const& domain) {
  access_map result = m;
  for (int k = 0; k < max_rank; ++k) result.axis[k] = -1;
  for (int from_end = 1; from_end <= own.rank && from_end <= domain.rank; ++from_end) {
    int const k = own.rank - from_end;
    if (own.extents[k] == 1 && domain.extents[domain.rank - from_end] != 1) continue;
    result.axis[domain.rank - from_end] = m.axis[k];
  }
  return result;
}

/// The axis after `axis` of a layout, those of extent 1 left out.
constexpr int next_axis(shape const& layout, int axis) {
  for (++axis; axis < layout.rank && layout.extents[axis] == 1; ++axis) {}
  return axis;
}

template <int Nodes, class Plan>
constexpr kernel_plan<Nodes> make_kernel(graph_view const& g, Plan const& plan,
                                         planned_step const& step) {
  kernel_plan<Nodes> k;
  plan_traits const t{g};
  k.level = step.level;
  k.shape = step.shape;
  bool wanted[Nodes + 1]{};  // in this loop's registers
  for (int s = 0; s < plan.store_count; ++s) {
    planned_store const& p = plan.stores[s];
    if (p.level != k.level || g.nodes[p.node].shape != k.shape) continue;
    k.stores[k.store_count++] = s;
    wanted[p.node] = true;
  }
  for (int i = 0; i < g.node_count; ++i) {
    if (!t.is_reduction(i) || plan.level[i] != k.level ||
        g.nodes[g.nodes[i].args[0]].shape != k.shape)
      continue;
    k.folds[k.fold_count++] = {i, fold_mode::all, {}};
    wanted[g.nodes[i].args[0]] = true;
  }
  // Computed here, or read: what another loop has stored, and all that is not element-wise.
  for (int i = g.node_count - 1; i >= 0; --i) {
    k.access_of[i] = -1;
    if (!wanted[i] || t.is_immediate(i)) continue;
    bool const here = t.is_elementwise(i) && (g.nodes[i].shape == k.shape || plan.uniform[i]) &&
                      !(plan.slot[i] >= 0 && plan.level[i] < k.level);
    if (!here) continue;
    k.computed[i] = true;
    for (int a : g.nodes[i].args)
      if (a >= 0) wanted[a] = true;
  }
  shape const& domain = g.shapes[k.shape];
  auto const give_register = [&](int i) {
    dtype const d = g.nodes[i].type;
    int const file = register_file(d);
    k.place[i] = file < 0 ? k.truths++ : k.values[file]++;
    if (size_of(d) > size_of(k.widest) || k.widest == dtype::boolean) k.widest = d;
  };
  for (int i = 0; i < g.node_count; ++i) {
    if (!wanted[i] || t.is_immediate(i)) continue;
    give_register(i);
    if (k.computed[i]) {
      k.nodes[k.node_count++] = i;
    } else {
      // A copied view is read through when it is itself what this loop brings into order.
      bool const through = plan.copied[i] && plan.level[i] == k.level;
      k.access_of[i] = k.access_count;
      k.accesses[k.access_count++] = {
          i, aligned(resolve(t, plan, i, through), g.shape_of(i), domain)};
    }
  }
  for (int f = 0; f < k.fold_count; ++f) {
    dtype const d = g.nodes[k.folds[f].node].type;
    if (size_of(d) > size_of(k.widest)) k.widest = d;
  }
  // Join the axes that all accesses and reductions treat alike; axes of extent 1 vanish.
  int previous = -1;
  for (int axis = 0; axis < domain.rank; ++axis) {
    if (domain.extents[axis] == 1) continue;
    bool joined = previous >= 0;
    for (int a = 0; joined && a < k.access_count; ++a) {
      access_map const& m = k.accesses[a].map;
      int const x = m.axis[previous], y = m.axis[axis];
      joined = (x < 0 && y < 0) || (x >= 0 && y >= 0 && y == next_axis(g.shapes[m.layout], x));
    }
    for (int f = 0; joined && f < k.fold_count; ++f) {
      std::int64_t const mask = g.nodes[k.folds[f].node].attribute;
      joined = (mask >> previous & 1) == (mask >> axis & 1);
    }
    if (!joined) k.first_axis[k.rank++] = axis;
    previous = axis;
  }
  k.first_axis[k.rank] = domain.rank;
  for (int f = 0; f < k.fold_count; ++f) {
    planned_fold& p = k.folds[f];
    std::int64_t const mask = g.nodes[p.node].attribute;
    int kept = 0, outer_folded = 0;
    for (int c = 0; c < k.rank; ++c) {
      p.kept[c] = (mask >> k.first_axis[c] & 1) == 0;
      kept += p.kept[c];
      if (c + 1 < k.rank) outer_folded += !p.kept[c];
    }
    bool const inner_kept = k.rank > 0 && p.kept[k.rank - 1];
    p.mode = kept == 0      ? fold_mode::all
             : inner_kept   ? fold_mode::columns
             : outer_folded ? fold_mode::rows
                            : fold_mode::row;
  }
  return k;
}

}  // namespace slope::engine
