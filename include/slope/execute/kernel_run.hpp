// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include "slope/execute/kernel.hpp"

namespace slope::engine {

/// A kernel at work: its outer loops and reductions, as a whole, by blocks of rows, or by threads.
template <class Kernel>
struct kernel_run {
  using Program = typename Kernel::program_type;
  using pointers = typename Kernel::pointers;
  using accumulators = typename Kernel::accumulators;
  using all_accesses = typename Kernel::all_accesses;
  using all_stores = typename Kernel::all_stores;
  using all_folds = typename Kernel::all_folds;
  static constexpr auto const& graph = Kernel::graph;
  static constexpr auto const& plan = Kernel::plan;
  static constexpr shape domain = Kernel::domain;
  static constexpr int rank = Kernel::rank;
  static constexpr int L = Kernel::L;

  template <int F>
  static constexpr bool by_row =
      plan.folds[F].mode == fold_mode::row || plan.folds[F].mode == fold_mode::rows;

  [[gnu::always_inline]] static void row(pointers const& p, int const* sizes, accumulators& acc) {
    std::ptrdiff_t n = 1;
    if constexpr (rank > 0) n = Kernel::template extent<rank - 1>(sizes);
    [&]<int... F>(std::integer_sequence<int, F...>) __attribute__((always_inline)) {
      ((by_row<F> ? Kernel::template clear<F>(acc) : void()), ...);
    }
    (all_folds{});
    if constexpr (Kernel::tiled) tiled_loop<Kernel>::run(*acc.tiles, p, n, acc);
    else if (n > 0) pack_row<Kernel>::run(p, sizes, n, acc);
    [&]<int... F>(std::integer_sequence<int, F...>) __attribute__((always_inline)) {
      (finish_row<F>(p, acc), ...);
    }
    (all_folds{});
  }
  template <int F, int Turns = Kernel::chains>
  [[gnu::always_inline]] static void finish_row(pointers const& p, accumulators& acc) {
    if constexpr (by_row<F>) {
      auto* const to = static_cast<typename Kernel::template fold_type<F>*>(p.fold[F]);
      auto const value = Kernel::template total<F, Turns>(acc);
      if constexpr (plan.folds[F].mode == fold_mode::row) *to = static_cast<typename Kernel::template fold_type<F>>(value);
      else *to = static_cast<typename Kernel::template fold_type<F>>(
               Kernel::template fold_op<F>::combine(static_cast<typename Kernel::template fold_value<F>>(*to), value));
    }
  }

  template <int C>
  [[gnu::always_inline]] static void advance(pointers& p, int const* sizes) {
    [&]<int... A>(std::integer_sequence<int, A...>) {
      ((p.in[A] = static_cast<typename Kernel::template access_type<A> const*>(p.in[A]) + Kernel::template step<A, C>(sizes)), ...);
    }
    (all_accesses{});
    [&]<int... S>(std::integer_sequence<int, S...>) {
      ((p.out[S] = static_cast<typename Kernel::template store_type<S>*>(p.out[S]) + Kernel::template store_step<C>(sizes)), ...);
    }
    (all_stores{});
    [&]<int... F>(std::integer_sequence<int, F...>) {
      ((p.fold[F] = static_cast<typename Kernel::template fold_type<F>*>(p.fold[F]) + Kernel::template fold_step<F, C>(sizes)), ...);
    }
    (all_folds{});
    static_cast<void>(sizes);
  }
  /// Some rows at once, from p on, which is advanced past them.
  template <int... R>
  [[gnu::always_inline]] static void several_rows(pointers& p, int const* sizes, accumulators& acc,
                                                  std::integer_sequence<int, R...>) {
    constexpr int count = sizeof...(R);
    pointers rows[count];
    ((rows[R] = p, advance<rank - 2>(p, sizes)), ...);
    accumulators parts[count];
    [&]<int... F>(std::integer_sequence<int, F...>) __attribute__((always_inline)) {
      (clear_in<F>(parts[R]...), ...);
    }
    (all_folds{});
    pack_row<Kernel>::run_rows(rows, sizes, Kernel::template extent<rank - 1>(sizes), parts,
                               std::integer_sequence<int, R...>{});
    [&]<int... F>(std::integer_sequence<int, F...>) __attribute__((always_inline)) {
      (finish_rows<F>(rows, parts, acc, std::integer_sequence<int, R...>{}), ...);
    }
    (all_folds{});
    static_cast<void>(acc);
  }
  template <int F, class... A>
  [[gnu::always_inline]] static void clear_in(A&... parts) {
    if constexpr (plan.folds[F].mode != fold_mode::columns) (Kernel::template clear<F, 1>(parts), ...);
  }
  template <int F, int Count, int... R>
  [[gnu::always_inline]] static void finish_rows(pointers const (&rows)[Count],
                                                 accumulators (&parts)[Count], accumulators& acc,
                                                 std::integer_sequence<int, R...>) {
    (finish_row<F, 1>(rows[R], parts[R]), ...);
    if constexpr (plan.folds[F].mode == fold_mode::all) {
      using T = typename Kernel::template fold_value<F>;
      auto& a = acc.template at<T>(F * Kernel::chains);
      ((a = Kernel::template fold_op<F>::combine(a, parts[R].template at<T>(F * Kernel::chains))), ...);
    }
    static_cast<void>(acc);
  }

  template <int C>
  [[gnu::always_inline]] static void nest(pointers const& p, int const* sizes, accumulators& acc) {
    if constexpr (C + 1 >= rank) {
      row(p, sizes, acc);
    } else {
      pointers q = p;
      std::ptrdiff_t const n = Kernel::template extent<C>(sizes);
      std::ptrdiff_t i = 0;
      if constexpr (C + 2 == rank && Kernel::rows_at_once > 1) {
        if (Kernel::template extent<rank - 1>(sizes) >= L)
          for (; i + Kernel::rows_at_once <= n; i += Kernel::rows_at_once)
            several_rows(q, sizes, acc, std::make_integer_sequence<int, Kernel::rows_at_once>{});
      }
      for (; i < n; ++i) {
        nest<C + 1>(q, sizes, acc);
        advance<C>(q, sizes);
      }
    }
  }

  /// Does reduction F fold the rows, so that its result is complete after the last block?
  template <int F>
  static constexpr bool folds_rows =
      rank == 0 || (graph.nodes[plan.folds[F].node].attribute >> plan.first_axis[0] & 1) != 0;

  /// Results that rows are combined into begin with the identity.
  template <int F>
  [[gnu::always_inline]] static void prepare(pointers const& p, int const* sizes,
                                             accumulators& acc) {
    constexpr fold_mode mode = plan.folds[F].mode;
    if constexpr (mode == fold_mode::all) {
      Kernel::template clear<F>(acc);
    } else if constexpr (mode != fold_mode::row) {
      std::int64_t const folded = graph.nodes[plan.folds[F].node].attribute;
      std::ptrdiff_t count = 1;
      for (int k = 0; k < domain.rank; ++k) {
        if ((folded >> k & 1) != 0) continue;
        bool const rows = Kernel::blocked && k == plan.first_axis[0];
        count *= rows ? sizes[graph.size_count] : extent_value(domain.extents[k], sizes);
      }
      auto* const to = static_cast<typename Kernel::template fold_type<F>*>(p.fold[F]);
      for (std::ptrdiff_t i = 0; i < count; ++i) to[i] = static_cast<typename Kernel::template fold_type<F>>(Kernel::template identity<F>);
    }
  }
  template <int F>
  [[gnu::always_inline]] static void conclude(pointers const& p, accumulators& acc) {
    if constexpr (plan.folds[F].mode == fold_mode::all)
      *static_cast<typename Kernel::template fold_type<F>*>(p.fold[F]) = static_cast<typename Kernel::template fold_type<F>>(Kernel::template total<F>(acc));
  }
  /// prepare for the reductions that fold the rows, or for those that do not.
  template <bool Rows>
  [[gnu::always_inline]] static void prepare_all(pointers const& p, int const* sizes,
                                                 accumulators& acc) {
    [&]<int... F>(std::integer_sequence<int, F...>) __attribute__((always_inline)) {
      ((folds_rows<F> == Rows ? prepare<F>(p, sizes, acc) : void()), ...);
    }
    (all_folds{});
    static_cast<void>(p), static_cast<void>(sizes), static_cast<void>(acc);
  }

  [[gnu::always_inline]] static pointers pointers_of(frame const& f) {
    pointers p;
    int const* const sizes = f.sizes;
    [&]<int... A>(std::integer_sequence<int, A...>) {
      ((p.in[A] = f.slots[Program::plan.slot[plan.accesses[A].map.node]]), ...);
      if constexpr (Kernel::blocked)
        ((p.ahead[A] = Kernel::template asks_ahead<A>
                           ? Kernel::template first_read<A>({f.slots, sizes, sizes[graph.size_count]})
                           : 0),
         ...);
      if constexpr (rank > 0) ((p.step[A] = Kernel::template step<A, rank - 1>(sizes)), ...);
      if constexpr (Kernel::blocked)
        ((p.in[A] = static_cast<typename Kernel::template access_type<A> const*>(p.in[A]) + Kernel::template first_read<A>(f)), ...);
    }
    (all_accesses{});
    [&]<int... S>(std::integer_sequence<int, S...>) {
      ((p.out[S] = f.slots[Program::plan.stores[plan.stores[S]].slot]), ...);
      if constexpr (Kernel::blocked)
        ((p.out[S] = static_cast<typename Kernel::template store_type<S>*>(p.out[S]) +
                     Kernel::template first_written<Program::plan.stores[plan.stores[S]].slot>(0, f)),
         ...);
    }
    (all_stores{});
    [&]<int... F>(std::integer_sequence<int, F...>) {
      ((p.fold[F] = f.slots[Program::plan.slot[plan.folds[F].node]]), ...);
      if constexpr (Kernel::blocked)
        ((p.fold[F] = static_cast<typename Kernel::template fold_type<F>*>(p.fold[F]) +
                      Kernel::template first_written<Program::plan.slot[plan.folds[F].node]>(
                          graph.nodes[plan.folds[F].node].attribute, f)),
         ...);
    }
    (all_folds{});
    static_cast<void>(sizes);
    return p;
  }
  [[gnu::always_inline]] static void conclude_all(pointers const& p, accumulators& acc) {
    [&]<int... F>(std::integer_sequence<int, F...>) __attribute__((always_inline)) {
      (conclude<F>(p, acc), ...);
    }
    (all_folds{});
    static_cast<void>(p), static_cast<void>(acc);
  }

  /// The whole loop.
  [[gnu::always_inline]] static void run(frame const& f) {
    if constexpr (Kernel::in_parts) run_parts(f);
    else run_at_once(f);
  }
  [[gnu::always_inline]] static void run_at_once(frame const& f) {
    pointers const p = pointers_of(f);
    accumulators acc;
    [[maybe_unused]] typename tile_memory<Kernel, Kernel::tiled>::type tiles;
    if constexpr (Kernel::tiled) {
      acc.tiles = &tiles;
      tiled_loop<Kernel>::begin(tiles, f.sizes);
    }
    prepare_all<true>(p, f.sizes, acc);
    prepare_all<false>(p, f.sizes, acc);
    nest<0>(p, f.sizes, acc);
    conclude_all(p, acc);
  }

  /// Those accumulators that have something in them: all of them would be a call of memcpy.
  template <int F>
  [[gnu::always_inline]] static void take(accumulators& to, accumulators& from) {
    if constexpr (plan.folds[F].mode == fold_mode::all)
      for (int k = F * Kernel::chains; k < (F + 1) * Kernel::chains; ++k)
        to.template at<typename Kernel::template fold_value<F>>(k) =
            from.template at<typename Kernel::template fold_value<F>>(k);
  }
  [[gnu::always_inline]] static void take_all(accumulators& to, accumulators& from) {
    [&]<int... F>(std::integer_sequence<int, F...>) __attribute__((always_inline)) {
      (take<F>(to, from), ...);
    }
    (all_folds{});
    static_cast<void>(to), static_cast<void>(from);
  }
  /// The same by blocks: begin, each block, end. What is folded over the rows waits in between.
  using block_state = accumulators;
  static void begin(frame const& f, block_state& state) {
    prepare_all<true>(pointers_of(f), f.sizes, state);
  }
  static void block(frame const& f, block_state& state) {
    pointers const p = pointers_of(f);
    accumulators acc;  // where the compiler sees that nothing else writes to it
    take_all(acc, state);
    prepare_all<false>(p, f.sizes, acc);
    nest<0>(p, f.sizes, acc);
    take_all(state, acc);
  }
  static void end(frame const& f, block_state& state) { conclude_all(pointers_of(f), state); }

  /// The same by threads.
  template <int F>
  static void combine(accumulators& to, accumulators& from) {
    if constexpr (plan.folds[F].mode == fold_mode::all)
      for (int turn = 0; turn < Kernel::chains; ++turn) {
        auto& a = to.template at<typename Kernel::template fold_value<F>>(F * Kernel::chains + turn);
        a = Kernel::template fold_op<F>::combine(a, from.template at<typename Kernel::template fold_value<F>>(F * Kernel::chains + turn));
      }
  }
  static void run_parts(frame const& whole) {
    std::int64_t work = plan.node_count + plan.fold_count + 1;
    int const axis = plan.first_axis[0];
    for (int k = axis + 1; k < domain.rank; ++k) work *= extent_value(domain.extents[k], whole.sizes);
    std::ptrdiff_t const rows = extent_value(domain.extents[axis], whole.sizes);
    partition const cut = partitioned(rows, work, 64);
    block_state states[most_parts];
    for_each_part(cut.parts, [&](int k) {
      part_frame<graph.size_count> part(whole, k * cut.rows, rows, cut.rows);
      begin(part, states[k]);
      block(part, states[k]);
    });
    for (int k = 1; k < cut.parts; ++k)
      [&]<int... F>(std::integer_sequence<int, F...>) { (combine<F>(states[0], states[k]), ...); }
      (all_folds{});
    part_frame<graph.size_count> const first(whole, 0, rows, rows);
    end(first, states[0]);
  }
};

}  // namespace slope::engine
