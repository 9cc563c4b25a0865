// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include "slope/execute/frame.hpp"
#include "slope/execute/pack_row.hpp"
#include "slope/execute/threads.hpp"
#include "slope/execute/tiled_loop.hpp"
#include "slope/plan/schedule.hpp"

/// One planned loop: its axes, how operands and results are walked, its accumulators. The inner loop is
/// a pack_row, or where the body is large a tiled_loop; kernel_run is what surrounds it.
namespace slope::engine {

template <class Kernel, bool Tiled>
struct tile_memory {
  struct type {};
};
template <class Kernel>
struct tile_memory<Kernel, true> {
  using type = typename tiled_loop<Kernel>::memory;
};

/// Can the loop of Step be cut into parts, whose results are combined from accumulators alone? And
/// are there elements enough, as far as that is known?
template <class Program, int Step>
consteval bool runs_in_parts() {
  if (!threaded || Program::schedule.regions[Program::region_of(Step)].blocked) return false;
  auto const& plan = Program::kernels.at[Step];
  if (plan.rank == 0 || runs_a_table(view(Program::graph), plan)) return false;
  for (int f = 0; f < plan.fold_count; ++f) {
    bool const folds_rows =
        (Program::graph.nodes[plan.folds[f].node].attribute >> plan.first_axis[0] & 1) != 0;
    if (folds_rows && plan.folds[f].mode != fold_mode::all) return false;
  }
  std::int64_t work = plan.node_count + plan.fold_count + 1;
  shape const& domain = Program::graph.shapes[plan.shape];
  for (int k = 0; k < domain.rank; ++k)
    if (domain.extents[k] >= 0) work *= domain.extents[k];
  return !is_fixed(domain) || work >= 2 * work_of_part;
}

template <class Program, int Step>
struct kernel {
  using program_type = Program;
  static constexpr auto const& graph = Program::graph;
  static constexpr auto const& plan = Program::kernels.at[Step];
  /// Runs over blocks of rows, which are the first of the joined axes or a part of it.
  static constexpr bool in_parts = runs_in_parts<Program, Step>();
  static constexpr bool blocked = in_parts || Program::template is_blocked<Step>;
  static constexpr shape domain = graph.shapes[plan.shape];
  static constexpr int rank = plan.rank;
  static constexpr int access_count = plan.access_count;
  static constexpr int store_count = plan.store_count;
  static constexpr int fold_count = plan.fold_count;
  using widest =
      std::conditional_t<plan.widest == dtype::boolean, float, element_t<plan.widest>>;

  /// The extent of joined axis c, or the step of layout axis `axis`; -1 where it is not static.
  static consteval std::ptrdiff_t static_extent(int c) {
    std::ptrdiff_t n = 1;
    if (c < 0) return n;
    if (c == 0 && blocked) return -1;
    for (int k = plan.first_axis[c]; k < plan.first_axis[c + 1]; ++k) {
      if (domain.extents[k] < 0) return -1;
      n *= domain.extents[k];
    }
    return n;
  }
  template <int C>
  static std::ptrdiff_t extent(int const* sizes) {
    if constexpr (constexpr std::ptrdiff_t n = static_extent(C); n >= 0) return n;
    else {
      std::ptrdiff_t product = 1;
      int k = plan.first_axis[C];
      if constexpr (blocked && C == 0) product = sizes[graph.size_count], ++k;
      for (; k < plan.first_axis[C + 1]; ++k) product *= extent_value(domain.extents[k], sizes);
      return product;
    }
  }
  static constexpr std::ptrdiff_t inner_extent = rank == 0 ? 1 : static_extent(rank - 1);
  static constexpr int lane_count =
      rank == 0 ? 1
                : lanes_within(inner_extent < 0 ? 64 : inner_extent,
                               math::native_lanes<widest>);
  static constexpr int L = lane_count;

  /// The layout axis that access a walks along joined axis c, -1 for none.
  static consteval int walked(int a, int c) {
    if (c < 0) return -1;
    for (int k = plan.first_axis[c + 1] - 1; k >= plan.first_axis[c]; --k)
      if (domain.extents[k] != 1) return plan.accesses[a].map.axis[k];
    return -1;
  }
  static consteval std::ptrdiff_t static_step(int a, int c) {
    int const axis = walked(a, c);
    if (axis < 0) return 0;
    shape const& layout = graph.shapes[plan.accesses[a].map.layout];
    std::ptrdiff_t step = 1;
    for (int k = axis + 1; k < layout.rank; ++k) {
      if (layout.extents[k] < 0) return -1;
      step *= layout.extents[k];
    }
    return step;
  }
  /// The step of access A along joined axis C, in elements.
  template <int A, int C>
  static std::ptrdiff_t step(int const* sizes) {
    if constexpr (constexpr std::ptrdiff_t n = static_step(A, C); n >= 0) return n;
    else {
      constexpr int axis = walked(A, C);
      constexpr shape layout = graph.shapes[plan.accesses[A].map.layout];
      std::ptrdiff_t product = 1;
      for (int k = axis + 1; k < layout.rank; ++k)
        product *= extent_value(layout.extents[k], sizes);
      return product;
    }
  }
  /// The step of a stored value along joined axis C; of a reduction, whose folded axes are gone.
  template <int C>
  static std::ptrdiff_t store_step(int const* sizes) {
    std::ptrdiff_t product = 1;
    [&]<int... K>(std::integer_sequence<int, K...>) {
      ((product *= extent<C + 1 + K>(sizes)), ...);
    }
    (std::make_integer_sequence<int, rank - 1 - C>{});
    return product;
  }
  template <int F, int C>
  static std::ptrdiff_t fold_step(int const* sizes) {
    if constexpr (!plan.folds[F].kept[C]) return 0;
    else {
      std::ptrdiff_t product = 1;
      [&]<int... K>(std::integer_sequence<int, K...>) {
        ((product *= plan.folds[F].kept[C + 1 + K] ? extent<C + 1 + K>(sizes) : 1), ...);
      }
      (std::make_integer_sequence<int, rank - 1 - C>{});
      return product;
    }
  }

  /// Where the first row of a block begins, in elements, in the operand that access A reads and in
  /// results. Slots that hold one block only begin with it.
  template <int A>
  static std::ptrdiff_t first_read(frame const& f) {
    constexpr int axis = plan.accesses[A].map.axis[plan.first_axis[0]];
    constexpr shape layout = graph.shapes[plan.accesses[A].map.layout];
    if constexpr (axis < 0 || Program::schedule.local[Program::plan.slot[plan.accesses[A].map.node]])
      return 0;
    else {
      std::ptrdiff_t step = f.first_row;
      for (int k = axis + 1; k < layout.rank; ++k) step *= extent_value(layout.extents[k], f.sizes);
      return step;
    }
  }
  template <int Slot>
  static std::ptrdiff_t first_written(std::int64_t folded, frame const& f) {
    if (Program::schedule.local[Slot] || (folded >> plan.first_axis[0] & 1) != 0) return 0;
    std::ptrdiff_t step = f.first_row;
    for (int k = plan.first_axis[0] + 1; k < domain.rank; ++k)
      if ((folded >> k & 1) == 0) step *= extent_value(domain.extents[k], f.sizes);
    return step;
  }

  static constexpr int node_of_store(int s) { return Program::plan.stores[plan.stores[s]].node; }
  static constexpr int node_of_fold(int f) { return graph.nodes[plan.folds[f].node].args[0]; }
  static constexpr bool tiled = runs_a_table(view(graph), plan);

  template <int A>
  using access_type = element_t<graph.nodes[plan.accesses[A].node].type>;
  template <int S>
  using store_type = element_t<graph.nodes[node_of_store(S)].type>;
  template <int F>
  using fold_op = op_at<graph.nodes[plan.folds[F].node].op>;
  template <int F>
  using fold_type = element_t<graph.nodes[plan.folds[F].node].type>;

  using all_accesses = std::make_integer_sequence<int, access_count>;
  using all_stores = std::make_integer_sequence<int, store_count>;
  using all_folds = std::make_integer_sequence<int, fold_count>;
  using all_nodes = std::make_integer_sequence<int, plan.node_count>;
  using register_set = registers<widest, L, plan.values[0], plan.values[1], plan.values[2],
                                 plan.values[3], plan.truths>;

  /// Where the current row of every operand and result begins.
  struct pointers {
    void const* in[access_count + 1];
    std::ptrdiff_t step[access_count + 1];  ///< along the inner axis
    void* out[store_count + 1];
    void* fold[fold_count + 1];
    std::ptrdiff_t ahead[access_count + 1];  ///< to the same row of the next block, where it is asked for
  };
  /// Does this loop ask for the rows that the next block reads by access A?
  template <int A>
  static constexpr bool asks_ahead =
      L > 1 && Program::schedule.asks_ahead[Step][Program::plan.slot[plan.accesses[A].map.node]] &&
      plan.accesses[A].map.axis[plan.first_axis[0]] >= 0;

  /// Does the loop read and write nothing but rows of one block, whose places in the workspace are
  /// whole packs? Then it does so beyond the last row too.
  static consteval bool has_whole_packs() {
    auto const is_local = [](int slot) { return Program::schedule.local[slot]; };
    if (rank != 1 || fold_count > 0) return false;
    for (int a = 0; a < access_count; ++a) {
      std::ptrdiff_t const step = static_step(a, 0);
      if (step != 0 && (step != 1 || !is_local(Program::plan.slot[plan.accesses[a].map.node])))
        return false;
    }
    for (int s = 0; s < store_count; ++s)
      if (!is_local(Program::plan.stores[plan.stores[s]].slot)) return false;
    return true;
  }

  /// Light loops run four packs at a time, each with its own accumulators.
  static constexpr bool unrolled =
      fold_count > 0 && plan.node_count + access_count <= 14 && L > 1 &&
      (inner_extent < 0 || inner_extent >= 4 * L);
  static constexpr int chains = unrolled ? 4 : 1;
  /// Loops with reductions run several rows at a time: additions that do not wait for each other, and
  /// what rows are combined into is loaded and stored once for all of them. Where nothing is computed the
  /// loop is as fast as memory, which is the faster the fewer rows are read at once.
  static consteval int choose_rows() {
    if (rank < 2 || fold_count == 0 || L == 1 || (inner_extent >= 0 && inner_extent < L)) return 1;
    int const size = plan.node_count + access_count + fold_count;
    return size <= 14 && plan.node_count > 0 ? 4 : size <= 30 ? 2 : 1;
  }
  static constexpr int rows_at_once = tiled ? 1 : choose_rows();

  /// As many accumulators as there may be of type T: blocks take copies of them.
  template <class T>
  static consteval int accumulator_count() {
    bool used = false;
    for (int f = 0; f < fold_count; ++f) {
      int const file = register_file(graph.nodes[plan.folds[f].node].type);
      used = used || file == register_file(dtype_of<T>) || file < 0;
    }
    return used ? fold_count * chains : 1;
  }
  template <class T>
  using chain = lanes<T, L>[accumulator_count<T>()];
  struct accumulators {
    chain<float> float32;
    chain<double> float64;
    chain<std::int32_t> int32;
    chain<std::int64_t> int64;
    typename tile_memory<kernel, tiled>::type* tiles;

    accumulators() {}  // of a tuple too: what is not used is not cleared

    template <class T>
    [[gnu::always_inline]] auto& at(int k) {
      if constexpr (std::same_as<T, float>) return float32[k];
      else if constexpr (std::same_as<T, double>) return float64[k];
      else if constexpr (std::same_as<T, std::int32_t>) return int32[k];
      else return int64[k];
    }
  };
  /// amax and amin of bool compute on numbers, 0 and 1: the identity is that of bool.
  template <int F>
  using fold_value = computing_t<fold_type<F>, widest>;
  template <int F>
  static constexpr fold_value<F> identity =
      static_cast<fold_value<F>>(fold_op<F>::template identity<fold_type<F>>());

  /// The first `limit` lanes of v, from a tile.
  template <int F>
  static void fold_value_into(lanes<fold_value<F>, L> const& v, pointers const& p,
                              accumulators& acc, std::ptrdiff_t at, int limit) {
    if (limit == L) return accumulate<F>(v, acc, 0, p, at);
    auto const part = within(v, 0, limit, identity<F>);
    if constexpr (plan.folds[F].mode != fold_mode::columns) {
      accumulate<F>(part, acc, 0, p, at);
    } else {
      // Whole packs would reach beyond the row.
      using S = fold_type<F>;
      S* const to = static_cast<S*>(p.fold[F]) + at;
      fold_value<F> values[L];
      store_lanes(part, values);
      for (int i = 0; i < limit; ++i)
        to[i] = static_cast<S>(fold_op<F>::combine(static_cast<fold_value<F>>(to[i]), values[i]));
    }
  }
  template <int F>
  [[gnu::always_inline]] static void accumulate(lanes<fold_value<F>, L> const& v,
                                                accumulators& acc, int turn, pointers const& p,
                                                std::ptrdiff_t at) {
    using T = fold_value<F>;
    using op_type = fold_op<F>;
    if constexpr (plan.folds[F].mode == fold_mode::columns) {
      using S = fold_type<F>;
      S* const to = static_cast<S*>(p.fold[F]) + at;
      auto const before = convert_lanes<T, widest>(
          load_lanes<std::conditional_t<std::same_as<S, bool>, truths<widest, L>, lanes<S, L>>>(to));
      store_lanes(convert_lanes<S, widest>(op_type::combine(before, v)), to);
    } else {
      auto& a = acc.template at<T>(F * chains + turn);
      a = op_type::combine(v, a);  // in this order amax does not ask whether `a` is NaN
    }
  }

  template <int F, int Turns = chains>
  [[gnu::always_inline]] static void clear(accumulators& acc) {
    using T = fold_value<F>;
    for (int turn = 0; turn < Turns; ++turn)
      acc.template at<T>(F * chains + turn) = spread_lanes<lanes<T, L>>(identity<F>);
  }
  template <int F, int Turns = chains>
  [[gnu::always_inline]] static auto total(accumulators& acc) {
    using op_type = fold_op<F>;
    auto const* const a = &acc.template at<fold_value<F>>(F * chains);
    if constexpr (Turns == 4)
      return fold_lanes<op_type>(
          op_type::combine(op_type::combine(a[0], a[1]), op_type::combine(a[2], a[3])));
    else return fold_lanes<op_type>(a[0]);
  }
};

}  // namespace slope::engine
