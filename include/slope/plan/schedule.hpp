// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/plan/axes.hpp"
#include "slope/plan/kernel.hpp"

/// Scheduling: the steps of a plan in the order in which they run, gathered into regions.
///
/// The steps of a region share an outer axis, the rows, and run block by block over it: what one step
/// writes, the next reads from the nearest cache, and data is read from memory once. A product takes
/// part with the rows of its left operand and its result, or, where it is the rows that it folds,
/// adds the products of each block; reductions over the rows are finished after the last block.
namespace slope::engine {

enum class step_role : unsigned char {
  whole,  ///< not by blocks
  rows,   ///< reads and writes rows
  folded  ///< a product that folds the rows
};

struct planned_region {
  int first = 0, count = 0;  ///< of the schedule's order
  bool blocked = false;
  bool wide = false;  ///< has products of matrices: larger blocks
  int extent = 1;     ///< of the rows: as in shapes, negative where known at run time
};

/// Bytes that the rows of a block may take: of the nearest cache, or, where products of matrices are
/// to have something to work on, of the next.
inline constexpr std::int64_t narrow_block_bytes = 20480;
inline constexpr std::int64_t wide_block_bytes = 393216;
/// A block has this many rows at least, as many as loops over matrices take at once, or a multiple of
/// twice as many, as products take.
inline constexpr int least_block_rows = 4;

template <int Steps, int Slots>
struct planned_schedule {
  int order[Steps + 1]{};
  step_role role[Steps + 1]{};
  planned_region regions[Steps + 1]{};
  int region_count = 0;
  bool row_slot[Steps + 1][Slots + 1]{};  ///< does region r read or write slot s by rows?
  /// Does step s of a blocked region, the last there to read slot t, ask for the rows of the next block?
  bool asks_ahead[Steps + 1][Slots + 1]{};
  bool local[Slots + 1]{};                ///< holds the rows of one block only
  int color[Slots + 1]{};                 ///< slots of one color share memory, -1 for others' memory
  int color_count = 0;
};

template <int Nodes, int Steps>
struct kernel_list {
  kernel_plan<Nodes> at[Steps + 1]{};
};
/// The kernel of a step; that of a product is empty.
template <int Nodes, class Plan>
constexpr kernel_plan<Nodes> planned_kernel(graph_view const& g, Plan const& plan, int step) {
  if (plan.steps[step].product >= 0) return {};
  return make_kernel<Nodes>(g, plan, plan.steps[step]);
}

/// Large bodies go through a table of instructions instead of one body, those of few elements, where
/// that takes longer, only when they are very large.
template <class Kernel>
constexpr bool runs_a_table(graph_view const& g, Kernel const& k) {
  std::int64_t elements = 1;
  for (int axis = 0; axis < g.shapes[k.shape].rank; ++axis) {
    int const e = g.shapes[k.shape].extents[axis];
    elements *= e < 0 ? 1000 : e;
  }
  return k.node_count > (elements <= 16 ? 500 : 150);
}

template <int Nodes, class Plan, class Kernels, int Steps, int Slots>
class scheduler {
 public:
  constexpr scheduler(graph_view const& g, Plan const& plan, Kernels const& kernels)
      : g_(g), t_{g}, plan_(plan), kernels_(kernels), classes_(g) {
    for (int s = 0; s < plan_.step_count; ++s) tie(s);
    for (int s = 0; s <= Slots; ++s) writer_[s] = -1;
    choose_class();
    for (int s = 0; s < plan_.step_count; ++s) visit(s);
    for (int s = plan_.step_count - 1; s >= 0; --s) postpone(s);
  }

  constexpr planned_schedule<Steps, Slots> run() {
    int last = 0;
    for (int s = 0; s < plan_.step_count; ++s)
      if (phase_[s] > last) last = phase_[s];
    for (int phase = 0; phase <= last; ++phase) {
      begin_region();
      for (int s = 0; s < plan_.step_count; ++s)
        if (phase_[s] == phase && role_[s] != step_role::whole) append(s);
      for (int s = 0; s < plan_.step_count; ++s)
        if (phase_[s] == phase && role_[s] == step_role::whole) begin_region(), append(s);
    }
    for (int r = 0; r < out_.region_count; ++r) finish_region(r);
    find_local_slots();
    for (int r = 0; r < out_.region_count; ++r) ask_ahead(out_.regions[r], r);
    color_slots();
    return out_;
  }

 private:
  constexpr bool is_loop(int s) const { return plan_.steps[s].product < 0; }
  constexpr shape const& domain(int s) const {
    return is_loop(s) ? g_.shapes[plan_.steps[s].shape] : g_.shape_of(plan_.steps[s].product);
  }

  /// All that a loop computes runs over its axes.
  constexpr void tie(int s) {
    if (!is_loop(s)) return;
    auto const& k = kernels_.at[s];
    int first = -1;
    auto const with = [&](int node) {
      if (g_.nodes[node].shape != k.shape) return;
      if (first >= 0)
        for (int axis = 0; axis < domain(s).rank; ++axis) classes_.unite(first, axis, node, axis);
      else first = node;
    };
    for (int e = 0; e < k.store_count; ++e) with(plan_.stores[k.stores[e]].node);
    for (int f = 0; f < k.fold_count; ++f) with(g_.nodes[k.folds[f].node].args[0]);
    sample_[s] = first;
  }

  /// The class of the outer axis of step s: -1 where it has none or cannot run by blocks.
  constexpr int row_class(int s) const {
    int const axis = leading_axis(domain(s));
    if (axis < 0) return -1;
    if (is_loop(s))
      return runs_a_table(g_, kernels_.at[s]) ? -1 : classes_.find(sample_[s], axis);
    if (t_.is_whole(plan_.steps[s].product)) return -1;
    return axis + 1 < domain(s).rank ? classes_.find(plan_.steps[s].product, axis) : -1;
  }
  /// Does the operand that m reads have the rows as the outer axis in memory, and walk it along
  /// `axis`?
  constexpr bool walks_rows(access_map const& m, int axis) const {
    shape const &own = g_.shape_of(m.node), &layout = g_.shapes[m.layout];
    int const x = leading_axis(own), y = leading_axis(layout);
    return x >= 0 && y >= 0 && m.axis[axis] == y && own.extents[x] == layout.extents[y] &&
           classes_.find(m.node, x) == class_;
  }
  constexpr step_role role_of(int s) const {
    if (class_ < 0) return step_role::whole;
    if (!is_loop(s) && t_.is_product(plan_.steps[s].product)) {
      int const a = g_.nodes[plan_.steps[s].product].args[0];
      int const b = g_.nodes[plan_.steps[s].product].args[1];
      bool const matrices = g_.shape_of(a).rank == 2 && g_.shape_of(b).rank == 2;
      if (matrices && walks_rows(resolve(t_, plan_, a), 1) && walks_rows(resolve(t_, plan_, b), 0))
        return step_role::folded;
    }
    return row_class(s) == class_ ? step_role::rows : step_role::whole;
  }

  /// The class whose rows most steps share.
  constexpr void choose_class() {
    int best = 1, chosen = -1;
    for (int s = 0; s < plan_.step_count; ++s) {
      class_ = row_class(s);
      int count = 0;
      for (int other = 0; other < plan_.step_count; ++other)
        count += role_of(other) != step_role::whole;
      if (count > best) best = count, chosen = class_;
    }
    class_ = chosen;
  }

  /// What step s reads, and how: by rows or whole.
  template <class F>
  constexpr void for_each_read(int s, F const& f) const {
    if (is_loop(s)) {
      auto const& k = kernels_.at[s];
      int const axis = leading_axis(domain(s));
      for (int a = 0; a < k.access_count; ++a) {
        access_map const& m = k.accesses[a].map;
        f(plan_.slot[m.node], axis >= 0 && walks_rows(m, axis));
      }
      return;
    }
    node const& n = g_.nodes[plan_.steps[s].product];
    if (t_.is_whole(plan_.steps[s].product)) {
      for (int a : n.args)
        if (a >= 0) f(plan_.slot[resolve(t_, plan_, a).node], false);
      return;
    }
    int const from_end = domain(s).rank - leading_axis(domain(s));
    for (int side = 0; side < 2; ++side) {
      access_map const m = resolve(t_, plan_, n.args[side]);
      int const rank = g_.shape_of(n.args[side]).rank;
      int axis = rank - from_end;
      if (role_[s] == step_role::folded) axis = side == 0 ? 1 : 0;
      else if (from_end == 2 && side == 1) axis = -1;  // the rows of a product are its left's
      f(plan_.slot[m.node], axis >= 0 && walks_rows(m, axis));
    }
  }
  template <class F>
  constexpr void for_each_write(int s, F const& f) const {
    if (!is_loop(s))
      return f(plan_.slot[plan_.steps[s].product], role_[s] == step_role::rows);
    auto const& k = kernels_.at[s];
    bool const rows = role_[s] == step_role::rows;
    int const axis = leading_axis(domain(s));
    for (int e = 0; e < k.store_count; ++e) f(plan_.stores[k.stores[e]].slot, rows);
    for (int e = 0; e < k.fold_count; ++e) {
      int const node = k.folds[e].node;
      f(plan_.slot[node], rows && (g_.nodes[node].attribute >> axis & 1) == 0);
    }
  }

  /// A step runs in the phase of those whose rows it reads, and after those that it reads whole.
  constexpr void visit(int s) {
    role_[s] = role_of(s);
    for_each_read(s, [&](int slot, bool by_row) {
      int const w = writer_[slot];
      if (w < 0) return;
      bool const together = role_[s] != step_role::whole && role_[w] != step_role::whole &&
                            by_row && written_by_row_[slot];
      int const earliest = phase_[w] + (together ? 0 : 1);
      if (earliest > phase_[s]) phase_[s] = earliest;
    });
    for_each_write(s, [&](int slot, bool by_row) {
      writer_[slot] = s;
      written_by_row_[slot] = by_row;
    });
  }

  /// A step that runs early for nobody waits for those that read its rows.
  constexpr void postpone(int s) {
    if (role_[s] == step_role::whole) return;
    int latest = plan_.step_count;
    bool wanted = false;
    for (int t = s + 1; t < plan_.step_count; ++t)
      for_each_read(t, [&](int slot, bool by_row) {
        if (writer_[slot] != s) return;
        bool const together = role_[t] != step_role::whole && by_row && written_by_row_[slot];
        int const at = phase_[t] - (together ? 0 : 1);
        if (at < latest) latest = at;
        wanted = wanted || together;
      });
    if (wanted && latest > phase_[s]) phase_[s] = latest;
  }

  constexpr void begin_region() {
    if (out_.region_count > 0 && out_.regions[out_.region_count - 1].count == 0) return;
    out_.regions[out_.region_count].first = placed_;
    ++out_.region_count;
  }
  constexpr void append(int s) {
    out_.role[s] = role_[s];
    region_[s] = out_.region_count - 1;
    position_[s] = placed_;
    out_.order[placed_++] = s;
    ++out_.regions[out_.region_count - 1].count;
  }
  constexpr void finish_region(int r) {
    planned_region& region = out_.regions[r];
    if (region.count < 2) return;
    for (int k = region.first; k < region.first + region.count; ++k) {
      int const s = out_.order[k];
      if (role_[s] == step_role::rows) region.extent = domain(s).extents[leading_axis(domain(s))];
      if (!is_loop(s)) {
        node const& n = g_.nodes[plan_.steps[s].product];
        shape const &left = g_.shape_of(n.args[0]), &right = g_.shape_of(n.args[1]);
        auto const is_one = [](int e) { return e == 1; };
        if (!is_one(left.extents[left.rank - 2]) && !is_one(right.extents[right.rank - 1]))
          region.wide = true;
      }
      auto const note = [&](int slot, bool by_row) {
        if (by_row) out_.row_slot[r][slot] = true;
      };
      for_each_read(s, note);
      for_each_write(s, note);
    }
    if (region.extent < 0) {
      region.blocked = true;
      return;
    }
    std::int64_t bytes = 0;
    for (int slot = 0; slot < plan_.slot_count; ++slot) {
      if (!out_.row_slot[r][slot]) continue;
      node const& n = g_.nodes[plan_.slot_node[slot]];
      std::int64_t count = static_cast<std::int64_t>(size_of(n.type));
      for (int k = 0; k < g_.shapes[n.shape].rank; ++k) {
        int const e = g_.shapes[n.shape].extents[k];
        if (e < 0) region.blocked = true;
        count *= e;
      }
      bytes += count;
    }
    if (bytes > (region.wide ? wide_block_bytes : narrow_block_bytes)) region.blocked = true;
  }

  constexpr bool is_external(int slot) const {
    if (t_.is_variable(plan_.slot_node[slot])) return true;
    for (int r = 0; r < g_.root_count; ++r)
      if (plan_.root_slot[r] == slot) return true;
    return false;
  }
  /// Rows that nothing but the steps of one region reads, and those by rows.
  constexpr void find_local_slots() {
    for (int slot = 0; slot < plan_.slot_count; ++slot) {
      int const w = writer_[slot];
      out_.local[slot] = w >= 0 && written_by_row_[slot] && !is_external(slot) &&
                         out_.regions[region_[w]].blocked;
    }
    for (int s = 0; s < plan_.step_count; ++s)
      for_each_read(s, [&](int slot, bool by_row) {
        if (writer_[slot] >= 0 && (!by_row || region_[s] != region_[writer_[slot]]))
          out_.local[slot] = false;
      });
  }
  /// While a block is worked on, the next one is on its way from memory that no cache need hold.
  constexpr void ask_ahead(planned_region const& region, int r) {
    if (!region.blocked) return;
    int last[Slots + 1]{};
    for (int k = region.first; k < region.first + region.count; ++k)
      for_each_read(out_.order[k], [&](int slot, bool by_row) {
        if (by_row && (writer_[slot] < 0 || region_[writer_[slot]] != r)) last[slot] = k + 1;
      });
    for (int slot = 0; slot < plan_.slot_count; ++slot)
      if (last[slot] > 0) out_.asks_ahead[out_.order[last[slot] - 1]][slot] = true;
  }
  /// Slots whose values are never needed at the same time share memory.
  constexpr void color_slots() {
    int begin[Slots + 1]{}, end[Slots + 1]{}, busy_until[Slots + 1]{};
    auto const at_region = [&](int s, bool local, bool last) {
      planned_region const& region = out_.regions[region_[s]];
      if (!region.blocked || local) return position_[s];
      return last ? region.first + region.count - 1 : region.first;
    };
    for (int slot = 0; slot < plan_.slot_count; ++slot) {
      out_.color[slot] = -1;
      int const w = writer_[slot];
      if (w < 0) continue;
      begin[slot] = at_region(w, out_.local[slot], false);
      end[slot] = at_region(w, out_.local[slot], true);
    }
    for (int s = 0; s < plan_.step_count; ++s)
      for_each_read(s, [&](int slot, bool) {
        int const at = at_region(s, out_.local[slot], true);
        if (at > end[slot]) end[slot] = at;
      });
    for (int at = 0; at < plan_.step_count; ++at)
      for (int slot = 0; slot < plan_.slot_count; ++slot) {
        if (writer_[slot] < 0 || begin[slot] != at || is_external(slot)) continue;
        int c = 0;
        while (c < out_.color_count && busy_until[c] >= at) ++c;
        if (c == out_.color_count) ++out_.color_count;
        busy_until[c] = end[slot];
        out_.color[slot] = c;
      }
  }

  graph_view g_;
  plan_traits t_;
  Plan const& plan_;
  Kernels const& kernels_;
  axis_classes<Nodes> classes_;
  planned_schedule<Steps, Slots> out_{};
  int class_ = -1;
  int sample_[Steps + 1]{};  ///< a node whose axes are those of the loop
  step_role role_[Steps + 1]{};
  int phase_[Steps + 1]{}, region_[Steps + 1]{}, position_[Steps + 1]{};
  int writer_[Slots + 1]{};
  bool written_by_row_[Slots + 1]{};
  int placed_ = 0;
};

/// Are there several steps with more than one element, which rows could be shared by?
template <class Plan>
constexpr bool may_share_rows(graph_view const& g, Plan const& plan) {
  int count = 0;
  for (int s = 0; s < plan.step_count; ++s) {
    int const product = plan.steps[s].product;
    count += leading_axis(product < 0 ? g.shapes[plan.steps[s].shape] : g.shape_of(product)) >= 0;
  }
  return count > 1;
}

/// Each step a region of its own, in the plan's order; inner slots apart.
template <int Steps, int Slots, class Plan>
constexpr planned_schedule<Steps, Slots> schedule_in_order(graph_view const& g, Plan const& plan) {
  planned_schedule<Steps, Slots> one_by_one;
  for (int s = 0; s < Steps; ++s) {
    one_by_one.order[s] = s;
    one_by_one.regions[s].first = s;
    one_by_one.regions[s].count = 1;
  }
  one_by_one.region_count = Steps;
  for (int slot = 0; slot < Slots; ++slot) {
    bool inner = g.nodes[plan.slot_node[slot]].op != op_number<op::variable>();
    for (int r = 0; r < g.root_count; ++r) inner = inner && plan.root_slot[r] != slot;
    one_by_one.color[slot] = inner ? one_by_one.color_count++ : -1;
  }
  return one_by_one;
}

}  // namespace slope::engine
