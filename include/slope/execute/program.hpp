// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "slope/execute/kernel_run.hpp"
#include "slope/execute/product.hpp"
#include "slope/execute/region.hpp"
#include "slope/symbolic/lower.hpp"

/// A planned graph as code: its slots, the memory behind them, and its steps in order.
namespace slope::engine {

/// The most workspace that is taken from the stack.
inline constexpr std::size_t stack_limit = 65536;

/// How a product reads one operand.
template <class Program, int Node>
struct product_operand {
  static constexpr auto const& graph = Program::graph;
  static constexpr access_map map = resolve(plan_traits{view(graph)}, Program::plan, Node);
  static constexpr shape own = graph.shapes[graph.nodes[Node].shape];
  static constexpr shape layout = graph.shapes[map.layout];
  static constexpr int slot = Program::plan.slot[map.node];

  /// The step along axis k of the operand, counted from the end.
  static constexpr std::ptrdiff_t step(int from_end, int const* sizes) {
    if (from_end > own.rank || own.extents[own.rank - from_end] == 1) return 0;
    int const axis = map.axis[own.rank - from_end];
    if (axis < 0) return 0;
    std::ptrdiff_t product = 1;
    for (int k = axis + 1; k < layout.rank; ++k) product *= extent_value(layout.extents[k], sizes);
    return product;
  }
};

template <class Program, int Node>
struct product_step {
  static constexpr auto const& graph = Program::graph;
  static constexpr node n = graph.nodes[Node];
  static constexpr shape out = graph.shapes[n.shape];
  using T = element_t<n.type>;
  using left = product_operand<Program, n.args[0]>;
  using right = product_operand<Program, n.args[1]>;
  static_assert(graph.nodes[n.args[0]].type == n.type && graph.nodes[n.args[1]].type == n.type);

  static constexpr int rows = out.extents[out.rank - 2];
  static constexpr int columns = out.extents[out.rank - 1];
  static constexpr int inner = left::own.extents[left::own.rank - 1];
  static constexpr bool small =
      rows >= 0 && columns >= 0 && inner >= 0 && std::is_floating_point_v<T> &&
      static_cast<std::int64_t>(rows) * columns * inner <= 512;

  /// By threads: rows of the result, a batch of them where there is one.
  static consteval bool runs_in_parts() {
    if (!threaded || Program::template is_blocked_product<Node>) return false;
    if (leading_axis(out) < 0 || leading_axis(out) + 1 == out.rank) return false;
    std::int64_t work = 2 * (inner < 0 ? 1 : inner);
    for (int k = 0; k < out.rank; ++k) work *= out.extents[k] < 0 ? 1 : out.extents[k];
    return !is_fixed(out) || inner < 0 || work >= 2 * product_grain;
  }
  /// Products are several times as fast as other operations.
  static constexpr std::int64_t product_grain = 16 * work_of_part;
  static constexpr bool in_parts = runs_in_parts();
  static constexpr bool blocked = in_parts || Program::template is_blocked_product<Node>;
  static constexpr step_role role =
      in_parts ? step_role::rows : Program::template product_role<Node>;

  /// m rows of the product, or the products of k rows added to it.
  static void one(T* c, T const* a, T const* b, int m, int k, bool add, int const* sizes) {
    int const n_columns = static_cast<int>(extent_value(columns, sizes));
    if constexpr (small && !blocked)
      small_product<T, rows, columns, inner>(c, a, b, left::step(2, sizes), left::step(1, sizes),
                                             right::step(2, sizes), right::step(1, sizes));
    else
      matrix_product<T>(c, a, b, m, n_columns, k, left::step(2, sizes), left::step(1, sizes),
                        right::step(2, sizes), right::step(1, sizes), add);
  }
  /// Leading axes are a batch of products.
  template <int Axis>
  static void batch(T*& c, T const* a, T const* b, int const* sizes) {
    if constexpr (Axis + 2 >= out.rank) {
      int m = static_cast<int>(extent_value(rows, sizes));
      if constexpr (blocked && leading_axis(out) == Axis) m = sizes[graph.size_count];
      one(c, a, b, m, static_cast<int>(extent_value(inner, sizes)), false, sizes);
      c += std::ptrdiff_t{m} * extent_value(columns, sizes);
    } else {
      std::ptrdiff_t count = extent_value(out.extents[Axis], sizes);
      if constexpr (blocked && leading_axis(out) == Axis) count = sizes[graph.size_count];
      for (std::ptrdiff_t i = 0; i < count; ++i)
        batch<Axis + 1>(c, a + i * left::step(out.rank - Axis, sizes),
                        b + i * right::step(out.rank - Axis, sizes), sizes);
    }
  }
  /// Where a block's first row is: `from_end` is the operand's axis of the rows, counted from the
  /// end, 0 where it has none.
  template <class Operand>
  static T const* at_block(frame const& f, int from_end) {
    T const* const data = static_cast<T const*>(f.slots[Operand::slot]);
    if (from_end == 0 || Program::schedule.local[Operand::slot]) return data;
    return data + f.first_row * Operand::step(from_end, f.sizes);
  }
  static void run_parts(frame const& whole) {
    constexpr int axis = leading_axis(out);
    std::int64_t work = 2 * extent_value(inner, whole.sizes);
    for (int k = axis + 1; k < out.rank; ++k) work *= extent_value(out.extents[k], whole.sizes);
    std::ptrdiff_t const rows_of_all = extent_value(out.extents[axis], whole.sizes);
    // Rows of one product share what is read of its right side: not too few of them.
    partition const cut =
        partitioned(rows_of_all, work / 16, axis + 2 == out.rank ? 32 : 1);
    for_each_part(cut.parts, [&](int k) {
      part_frame<graph.size_count> const part(whole, k * cut.rows, rows_of_all, cut.rows);
      run_at_once(part);
    });
  }
  static void run(frame const& f) {
    if constexpr (in_parts) run_parts(f);
    else run_at_once(f);
  }
  static void run_at_once(frame const& f) {
    constexpr int slot = Program::plan.slot[Node];
    T* c = static_cast<T*>(f.slots[slot]);
    if constexpr (!blocked) {
      batch<0>(c, at_block<left>(f, 0), at_block<right>(f, 0), f.sizes);
    } else if constexpr (role == step_role::folded) {
      one(c, at_block<left>(f, 1), at_block<right>(f, 2),
          static_cast<int>(extent_value(rows, f.sizes)), f.sizes[graph.size_count],
          f.first_row > 0, f.sizes);
    } else {
      constexpr int axis = leading_axis(out);
      if (!Program::schedule.local[slot]) {
        std::ptrdiff_t step = f.first_row;
        for (int k = axis + 1; k < out.rank; ++k) step *= extent_value(out.extents[k], f.sizes);
        c += step;
      }
      batch<0>(c, at_block<left>(f, out.rank - axis),
               at_block<right>(f, out.rank - axis == 2 ? 0 : out.rank - axis), f.sizes);
    }
  }
};

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
    if (most < least_block_rows) most = least_block_rows;
    if (rows <= most) return rows < 1 ? 1 : static_cast<int>(rows);
    std::int64_t const blocks = (rows + most - 1) / most, each = (rows + blocks - 1) / blocks;
    return static_cast<int>((each + 7) / 8 * 8);
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
    if constexpr (plan.steps[Step].product >= 0)
      product_step<program_of, plan.steps[Step].product>::run(f);
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
