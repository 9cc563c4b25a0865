// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "slope/execute/kernel_run.hpp"
#include "slope/execute/product.hpp"

/// A product as a step of a program: as a whole, by blocks of rows, or by threads.
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

  /// Is it the last to read the rows of its left operand in this block?
  static constexpr bool asks_ahead = Program::template asks_ahead<Node, left::slot>;

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
      int const m = static_cast<int>(extent_value(rows, f.sizes)), k = f.sizes[graph.size_count];
      T const *const a = at_block<left>(f, 1), *const b = at_block<right>(f, 2);
      if constexpr (columns == 1 && asks_ahead)
        product::matrix_vector<T, true>(c, 1, a, left::step(2, f.sizes), left::step(1, f.sizes), b,
                                        right::step(2, f.sizes), m, k, f.first_row > 0,
                                        k * left::step(1, f.sizes));
      else one(c, a, b, m, k, f.first_row > 0, f.sizes);
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

}  // namespace slope::engine
