// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/plan/schedule.hpp"

namespace slope::engine {

/// Writes a schedule down, a line for each step: what it reads, and what becomes of it. Steps under
/// "rows (n)" run together, block by block where it says so. Data has its name, results are result0,
/// result1 ..., what is stored in between is t0, t1 ...; "+=" adds up over the rows.
template <class Text, class Plan, class Kernels, class Schedule>
struct plan_writer {
  Text& out;
  graph_view g;
  Plan const& plan;
  Kernels const& kernels;
  Schedule const& schedule;

  constexpr void write() {
    for (int r = 0; r < schedule.region_count; ++r) {
      planned_region const& region = schedule.regions[r];
      bool const together = region.count > 1;
      if (together) {
        out.write("rows (");
        write_extent(region.extent);
        out.write(region.blocked ? ") by blocks:\n" : "):\n");
      }
      for (int k = region.first; k < region.first + region.count; ++k) {
        if (together) out.write("  ");
        int const s = schedule.order[k];
        if (plan.steps[s].product >= 0) write_product(plan.steps[s].product, schedule.role[s]);
        else write_loop(kernels.at[s]);
        out.put('\n');
      }
    }
  }

 private:
  constexpr void write_extent(int e) {
    if (e >= 0) out.write_integer(e);
    else if (g.sizes[size_index(e)].name[0] != 0) out.write(g.sizes[size_index(e)].name);
    else out.put('?');
  }
  constexpr void write_slot(int slot) {
    node const& n = g.nodes[plan.slot_node[slot]];
    if (n.op == op_number<op::variable>()) {
      leaf const& l = g.leaves[n.attribute];
      if (l.name[0] != 0) return out.write(l.name);
      out.write("argument");
      return out.write_integer(l.ordinal);
    }
    int number = 0;
    for (int r = 0; r < g.root_count; ++r) {
      if (plan.root_slot[r] != slot) continue;
      out.write("result");
      return out.write_integer(r);
    }
    for (int other = 0; other < slot; ++other) number += schedule.color[other] >= 0;
    out.put('t');
    out.write_integer(number);
  }
  constexpr void write_operand(int node, plan_traits const& t) {
    access_map const m = resolve(t, plan, node);
    int const rank = g.shape_of(node).rank;
    bool const transposed = rank >= 2 && m.axis[rank - 2] >= 0 && m.axis[rank - 1] >= 0 &&
                            m.axis[rank - 2] > m.axis[rank - 1];
    if (transposed) out.write("transpose(");
    write_slot(plan.slot[m.node]);
    if (transposed) out.put(')');
  }
  constexpr void write_product(int i, step_role role) {
    plan_traits const t{g};
    write_slot(plan.slot[i]);
    if (t.is_whole(i)) {
      out.write(" = ");
      out.write(t.info(i).name);
      out.put('(');
      for (int k = 0; k < t.info(i).arity; ++k) {
        if (k > 0) out.write(", ");
        write_operand(g.nodes[i].args[k], t);
      }
      return out.put(')');
    }
    out.write(role == step_role::folded ? " += matmul(" : " = matmul(");
    write_operand(g.nodes[i].args[0], t);
    out.write(", ");
    write_operand(g.nodes[i].args[1], t);
    out.put(')');
  }
  constexpr void write_separator(bool& first) {
    if (!first) out.write(", ");
    first = false;
  }
  template <class Kernel>
  constexpr void write_loop(Kernel const& k) {
    out.write("loop (");
    shape const& domain = g.shapes[k.shape];
    for (int axis = 0; axis < domain.rank; ++axis) {
      if (axis > 0) out.put(',');
      write_extent(domain.extents[axis]);
    }
    out.write("): ");
    bool first = true;
    for (int a = 0; a < k.access_count; ++a) {
      int const slot = plan.slot[k.accesses[a].map.node];
      bool again = false;
      for (int before = 0; before < a; ++before)
        again = again || plan.slot[k.accesses[before].map.node] == slot;
      if (again) continue;
      write_separator(first);
      write_slot(slot);
    }
    out.write(first ? "-> " : " -> ");
    if (k.node_count > 0) {
      out.write_integer(k.node_count);
      out.write(k.node_count == 1 ? " operation -> " : " operations -> ");
    }
    first = true;
    for (int s = 0; s < k.store_count; ++s) {
      write_separator(first);
      write_slot(plan.stores[k.stores[s]].slot);
    }
    for (int f = 0; f < k.fold_count; ++f) {
      write_separator(first);
      write_slot(plan.slot[k.folds[f].node]);
      out.write(" = ");
      out.write(info_of(g.nodes[k.folds[f].node].op).name);
    }
  }
};

template <class Text, class Plan, class Kernels, class Schedule>
constexpr Text plan_source(graph_view const& g, Plan const& plan, Kernels const& kernels,
                           Schedule const& schedule) {
  Text out;
  plan_writer<Text, Plan, Kernels, Schedule>{out, g, plan, kernels, schedule}.write();
  return out;
}

}  // namespace slope::engine
