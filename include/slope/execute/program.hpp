// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "slope/execute/kernel.hpp"
#include "slope/execute/product.hpp"
#include "slope/symbolic/lower.hpp"

/// A planned graph as code: its slots, the memory behind them, and its steps in order.
namespace slope::engine {

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

  static void one(T* c, T const* a, T const* b, int const* sizes) {
    int const m = static_cast<int>(extent_value(rows, sizes));
    int const n_columns = static_cast<int>(extent_value(columns, sizes));
    int const k = static_cast<int>(extent_value(inner, sizes));
    if constexpr (small)
      small_product<T, rows, columns, inner>(c, a, b, left::step(2, sizes), left::step(1, sizes),
                                             right::step(2, sizes), right::step(1, sizes));
    else
      matrix_product<T>(c, a, b, m, n_columns, k, left::step(2, sizes), left::step(1, sizes),
                        right::step(2, sizes), right::step(1, sizes));
  }
  /// Leading axes are a batch of products.
  template <int Axis>
  static void batch(T*& c, T const* a, T const* b, int const* sizes) {
    if constexpr (Axis + 2 >= out.rank) {
      one(c, a, b, sizes);
      c += extent_value(rows, sizes) * extent_value(columns, sizes);
    } else {
      std::ptrdiff_t const count = extent_value(out.extents[Axis], sizes);
      for (std::ptrdiff_t i = 0; i < count; ++i)
        batch<Axis + 1>(c, a + i * left::step(out.rank - Axis, sizes),
                        b + i * right::step(out.rank - Axis, sizes), sizes);
    }
  }
  static void run(frame const& f) {
    T* c = static_cast<T*>(f.slots[Program::plan.slot[Node]]);
    batch<0>(c, static_cast<T const*>(f.slots[left::slot]),
             static_cast<T const*>(f.slots[right::slot]), f.sizes);
  }
};

/// The program of a simplified graph with its results as roots, in primitives.
template <class Holder>
struct program_of {
  static constexpr auto const& graph = lowered_holder<Holder>::graph;
  static constexpr auto plan = make_plan<graph.node_count, graph.root_count>(view(graph));

  /// Slots of variables and results are somebody else's memory.
  static consteval bool is_external(int slot) {
    if (graph.nodes[plan.slot_node[slot]].op == op_number<op::variable>()) return true;
    for (int r = 0; r < graph.root_count; ++r)
      if (plan.root_slot[r] == slot) return true;
    return false;
  }
  struct slot_table {
    bool external[plan.slot_count + 1];
    bool fixed;           ///< all extents are static
    std::size_t bytes;    ///< of workspace, where they are
  };
  static constexpr std::size_t slot_bytes(int slot, int const* sizes) {
    node const& n = graph.nodes[plan.slot_node[slot]];
    shape const& s = graph.shapes[n.shape];
    std::size_t count = size_of(n.type);
    for (int k = 0; k < s.rank; ++k)
      count *= static_cast<std::size_t>(extent_value(s.extents[k], sizes));
    return (count + 63) / 64 * 64;
  }
  static consteval slot_table make_table() {
    slot_table t{};
    t.fixed = true;
    for (int k = 0; k < plan.slot_count; ++k) {
      t.external[k] = is_external(k);
      shape const& s = graph.shapes[graph.nodes[plan.slot_node[k]].shape];
      for (int a = 0; a < s.rank; ++a) t.fixed = t.fixed && s.extents[a] >= 0;
    }
    if (t.fixed)
      for (int k = 0; k < plan.slot_count; ++k)
        if (!t.external[k]) t.bytes += slot_bytes(k, nullptr);
    return t;
  }
  static constexpr slot_table table = make_table();

  static std::size_t workspace_bytes(int const* sizes) {
    if constexpr (table.fixed) return table.bytes;
    else {
      std::size_t bytes = 0;
      for (int k = 0; k < plan.slot_count; ++k)
        if (!table.external[k]) bytes += slot_bytes(k, sizes);
      return bytes;
    }
  }
  /// Gives every inner slot its place in the workspace.
  template <int Slot>
  [[gnu::always_inline]] static void place_slot(void** slots, std::byte*& memory,
                                                int const* sizes) {
    if constexpr (!table.external[Slot]) {
      slots[Slot] = memory;
      if constexpr (table.fixed) {
        constexpr std::size_t bytes = slot_bytes(Slot, nullptr);
        memory += bytes;
      } else {
        memory += slot_bytes(Slot, sizes);
      }
    }
  }
  [[gnu::always_inline]] static void place_slots(void** slots, std::byte* memory,
                                                 int const* sizes) {
    [&]<int... K>(std::integer_sequence<int, K...>) __attribute__((always_inline)) {
      (place_slot<K>(slots, memory, sizes), ...);
    }
    (std::make_integer_sequence<int, plan.slot_count>{});
    static_cast<void>(sizes);
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
    else kernel<program_of, Step>::run(f);
  }
  [[gnu::always_inline]] static void run_all(frame const& f) {
    [&]<int... S>(std::integer_sequence<int, S...>) __attribute__((always_inline)) {
      (run_step<S>(f), ...);
    }
    (std::make_integer_sequence<int, plan.step_count>{});
    static_cast<void>(f);
  }
  [[gnu::noinline]] static void run_apart(frame const& f) { run_all(f); }

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
