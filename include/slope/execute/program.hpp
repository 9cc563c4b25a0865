// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "slope/execute/product_step.hpp"
#include "slope/execute/region.hpp"
#include "slope/execute/whole_step.hpp"
#include "slope/symbolic/lower.hpp"

/// A planned graph as code: its slots, the memory behind them, and its steps in order.
namespace slope::engine {

/// The most workspace that is taken from the stack.
inline constexpr std::size_t stack_limit = 65536;

/// The program of a simplified graph with its results as roots, in primitives.
template <class Holder>
struct program_of {
  static constexpr auto const& graph = lowered_holder<Holder>::graph;
  static constexpr auto plan = make_plan<graph.node_count, graph.root_count>(view(graph));
  /// Each in an evaluation of its own: clang counts the steps of one.
  template <int Step>
  static constexpr auto kernel_at = planned_kernel<graph.node_count>(view(graph), plan, Step);
  template <int... S>
  static consteval auto all_kernels(std::integer_sequence<int, S...>) {
    return kernel_list<graph.node_count, plan.step_count>{{kernel_at<S>...}};
  }
  static constexpr auto kernels =
      all_kernels(std::make_integer_sequence<int, plan.step_count>{});
  static consteval planned_schedule<plan.step_count, plan.slot_count> make_schedule() {
    constexpr int nodes = graph.node_count, steps = plan.step_count, slots = plan.slot_count;
    // The scheduler is instantiated where there is something to schedule only.
    if constexpr (!may_share_rows(view(graph), plan)) {
      return schedule_in_order<steps, slots>(view(graph), plan);
    } else {
      return scheduler<nodes, decltype(plan), decltype(kernels), steps, slots>(view(graph), plan,
                                                                               kernels)
          .run();
    }
  }
  static constexpr auto schedule = make_schedule();

  static consteval int region_of(int step) {
    for (int r = 0; r < schedule.region_count; ++r) {
      planned_region const& region = schedule.regions[r];
      for (int k = region.first; k < region.first + region.count; ++k)
        if (schedule.order[k] == step) return r;
    }
    return 0;
  }
  static consteval int step_of_product(int node) {
    int s = 0;
    while (plan.steps[s].product != node) ++s;
    return s;
  }
  template <int Step>
  static constexpr bool is_blocked = schedule.regions[region_of(Step)].blocked;
  template <int Node>
  static constexpr bool is_blocked_product = is_blocked<step_of_product(Node)>;
  template <int Node, int Slot>
  static constexpr bool asks_ahead = schedule.asks_ahead[step_of_product(Node)][Slot];
  template <int Node>
  static constexpr step_role product_role = schedule.role[step_of_product(Node)];

  static consteval bool all_static() {
    for (int k = 0; k < plan.slot_count; ++k)
      if (!is_fixed(graph.shapes[graph.nodes[plan.slot_node[k]].shape])) return false;
    return true;
  }
  static constexpr bool fixed = all_static();

  /// The bytes of one row of a slot, an element along its outer axis.
  template <int Slot>
  static constexpr std::int64_t row_bytes(int const* sizes) {
    constexpr node n = graph.nodes[plan.slot_node[Slot]];
    constexpr shape s = graph.shapes[n.shape];
    auto count = static_cast<std::int64_t>(size_of(n.type));
    for (int k = leading_axis(s) + 1; k < s.rank; ++k) count *= extent_value(s.extents[k], sizes);
    return count;
  }
  using all_slots = std::make_integer_sequence<int, plan.slot_count>;
  /// The rows of a block of region R, as many as leave them in the cache.
  template <int R>
  static constexpr int block_rows(int const* sizes) {
    constexpr planned_region region = schedule.regions[R];
    std::int64_t const rows = extent_value(region.extent, sizes);
    std::int64_t bytes = 0;
    [&]<int... K>(std::integer_sequence<int, K...>) {
      ((schedule.row_slot[R][K] ? void(bytes += row_bytes<K>(sizes)) : void()), ...);
    }
    (all_slots{});
    std::int64_t most = (region.wide ? wide_block_bytes : narrow_block_bytes) / (bytes > 0 ? bytes : 1);
    int const grain = most < 2 * least_block_rows ? least_block_rows : 2 * least_block_rows;
    most = most < grain ? grain : most / grain * grain;
    if (rows <= most) return rows < 1 ? 1 : static_cast<int>(rows);
    std::int64_t const blocks = (rows + most - 1) / most, each = (rows + blocks - 1) / blocks;
    return static_cast<int>((each + grain - 1) / grain * grain);
  }
  /// Where in the workspace each inner slot is, and how large that is. Slots of variables and
  /// results are somebody else's memory.
  struct layout {
    std::size_t offset[plan.slot_count + 1];
    int rows[schedule.region_count + 1];  ///< of a block of each region
    std::size_t bytes;
  };
  template <int Slot>
  static constexpr std::size_t slot_bytes(int const* sizes, layout const& l) {
    constexpr node n = graph.nodes[plan.slot_node[Slot]];
    constexpr shape s = graph.shapes[n.shape];
    std::size_t count = size_of(n.type);
    if constexpr (schedule.local[Slot]) {
      for (int r = 0; r < schedule.region_count; ++r)
        if (schedule.row_slot[r][Slot])
          count = static_cast<std::size_t>(row_bytes<Slot>(sizes) * l.rows[r]);
    } else {
      for (int k = 0; k < s.rank; ++k)
        count *= static_cast<std::size_t>(extent_value(s.extents[k], sizes));
    }
    return (count + 63) / 64 * 64;
  }
  struct slot_list {
    int at[plan.slot_count + 1];
    int count;
  };
  /// Slots of workspace, those of one colour one after the other.
  static consteval slot_list slots_by_color() {
    slot_list list{};
    for (int c = 0; c < schedule.color_count; ++c)
      for (int k = 0; k < plan.slot_count; ++k)
        if (schedule.color[k] == c) list.at[list.count++] = k;
    return list;
  }
  static constexpr slot_list in_workspace = slots_by_color();
  /// Slots of one colour begin at the same place, of the size of the largest.
  template <int K>
  [[gnu::always_inline]] static constexpr void lay_out_slot(layout& l, int const* sizes,
                                                            std::size_t& most) {
    constexpr int slot = in_workspace.at[K], before = in_workspace.at[K == 0 ? 0 : K - 1];
    if constexpr (K > 0 && schedule.color[slot] != schedule.color[before]) l.bytes += most, most = 0;
    l.offset[slot] = l.bytes;
    std::size_t const bytes = slot_bytes<slot>(sizes, l);
    if (bytes > most) most = bytes;
  }
  /// Slot by slot, so that a compiler works with the extents alone.
  static constexpr layout lay_out(int const* sizes) {
    layout l{};
    [&]<int... R>(std::integer_sequence<int, R...>) {
      ([&] {
        if constexpr (schedule.regions[R].blocked) l.rows[R] = block_rows<R>(sizes);
      }(), ...);
    }
    (std::make_integer_sequence<int, schedule.region_count>{});
    [&]<int... K>(std::integer_sequence<int, K...>) {
      std::size_t most = 0;
      (lay_out_slot<K>(l, sizes, most), ...);
      l.bytes += most;
    }
    (std::make_integer_sequence<int, in_workspace.count>{});
    static_cast<void>(sizes);
    return l;
  }
  static consteval layout static_layout() {
    if constexpr (fixed) return lay_out(nullptr);
    else return layout{};
  }
  static constexpr layout fixed_layout = static_layout();
  /// The layout for these sizes: a constant where all are static.
  [[gnu::always_inline]] static layout layout_for([[maybe_unused]] int const* sizes) {
    if constexpr (fixed) return fixed_layout;
    else return lay_out(sizes);
  }
  static constexpr std::size_t workspace_bytes(int const* sizes) {
    if constexpr (fixed) return fixed_layout.bytes;
    else return lay_out(sizes).bytes;
  }
  template <int Slot>
  [[gnu::always_inline]] static void place_slot(void** slots, std::byte* memory, layout const& l) {
    if constexpr (schedule.color[Slot] >= 0) {
      if constexpr (fixed) {
        constexpr std::size_t offset = fixed_layout.offset[Slot];
        slots[Slot] = memory + offset;
      } else {
        slots[Slot] = memory + l.offset[Slot];
      }
    }
  }
  /// Gives every inner slot its place; `memory` is what follows them.
  [[gnu::always_inline]] static void place_slots(void** slots, std::byte*& memory,
                                                 layout const& l) {
    if constexpr (schedule.color_count > 0) {
      [&]<int... K>(std::integer_sequence<int, K...>) __attribute__((always_inline)) {
        (place_slot<K>(slots, memory, l), ...);
      }
      (std::make_integer_sequence<int, plan.slot_count>{});
      memory += fixed ? fixed_layout.bytes : l.bytes;
    }
    static_cast<void>(slots), static_cast<void>(memory), static_cast<void>(l);
  }
  /// The slot of the variable that leaf `index` is, -1 for one that the results do not need.
  static consteval int slot_of_leaf(int index) {
    for (int i = 0; i < graph.node_count; ++i)
      if (graph.nodes[i].op == op_number<op::variable>() && graph.nodes[i].attribute == index)
        return plan.slot[i];
    return -1;
  }
  template <int Leaf>
  [[gnu::always_inline]] static void place_leaf(void** slots, void const* data) {
    constexpr int slot = slot_of_leaf(Leaf);
    if constexpr (slot >= 0) slots[slot] = const_cast<void*>(data);
  }

  template <int Step>
  [[gnu::always_inline]] static void run_step(frame const& f) {
    constexpr int apart = plan.steps[Step].product;
    if constexpr (apart >= 0) {
      if constexpr (plan_traits{view(graph)}.is_whole(apart)) whole_step<program_of, apart>::run(f);
      else product_step<program_of, apart>::run(f);
    }
    else kernel_run<kernel<program_of, Step>>::run(f);
  }
  template <int Region>
  [[gnu::always_inline]] static void run_region(frame const& f) {
    constexpr planned_region region = schedule.regions[Region];
    if constexpr (region.blocked) {
      blocked_region<program_of, Region>::run(f, f.block_rows[Region]);
    } else {
      [&]<int... K>(std::integer_sequence<int, K...>) __attribute__((always_inline)) {
        (run_step<schedule.order[region.first + K]>(f), ...);
      }
      (std::make_integer_sequence<int, region.count>{});
    }
    static_cast<void>(f);
  }
  [[gnu::always_inline]] static void run_all(frame const& f) {
    [&]<int... R>(std::integer_sequence<int, R...>) __attribute__((always_inline)) {
      (run_region<R>(f), ...);
    }
    (std::make_integer_sequence<int, schedule.region_count>{});
    static_cast<void>(f);
  }
  [[gnu::noinline]] static void run_apart(frame const& f) { run_all(f); }

  /// Is nothing known at run time only, and workspace small enough for the stack?
  static constexpr bool on_stack =
      fixed && graph.size_count == 0 && fixed_layout.bytes <= stack_limit;
  /// Such a program from where its results and then its leaves are: pointers travel in registers.
  template <int... R, int... I, class... P>
  [[gnu::always_inline]] static void run_here(std::integer_sequence<int, R...>,
                                              std::integer_sequence<int, I...>, P... places) {
    void* const at[] = {places..., nullptr};
    void* slots[plan.slot_count + 1];
    ((slots[plan.root_slot[R]] = at[R]), ...);
    (place_leaf<I>(slots, at[sizeof...(R) + I]), ...);
    alignas(64) std::byte memory[fixed_layout.bytes + 1];
    std::byte* bytes = memory;
    place_slots(slots, bytes, fixed_layout);
    run_all(frame{slots, nullptr, 0, fixed_layout.rows});
  }
  template <class R, class I, class... P>
  [[gnu::noinline]] static void run_there(R r, I i, P... places) {
    run_here(r, i, places...);
  }
  template <class R, class I, class... P>
  [[gnu::always_inline]] static void run_static(R r, I i, P... places) {
    if constexpr (is_small()) run_here(r, i, places...);
    else run_there(r, i, places...);
  }

  /// Few elements and few operations: straight-line code where it is called.
  static consteval bool is_small() {
    std::int64_t work = 0;
    for (int k = 0; k < plan.step_count; ++k) {
      if (plan.steps[k].product >= 0) {
        work += 16;
        continue;
      }
      std::int64_t count = 1;
      shape const& s = graph.shapes[plan.steps[k].shape];
      for (int a = 0; a < s.rank; ++a) count *= s.extents[a] < 0 ? 64 : s.extents[a];
      if (count > 1) work += count;  // the mean of a sum is one operation
    }
    return work <= 64 && graph.node_count <= 100;
  }
  [[gnu::always_inline]] static void run(frame const& f) {
    if constexpr (is_small()) run_all(f);
    else run_apart(f);
  }
};

}  // namespace slope::engine
