// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <utility>

#include "slope/execute/node_value.hpp"

namespace slope::engine {

/// The inner loop of a kernel as one body on packs: it loads all operands, computes all values,
/// then stores and folds. What surrounds it (outer loops, pointers, accumulators) is the kernel's.
template <class Kernel>
struct pack_row {
  static constexpr int rank = Kernel::rank;
  static constexpr int L = Kernel::lane_count;
  static constexpr int access_count = Kernel::access_count;
  static constexpr int store_count = Kernel::store_count;
  static constexpr int fold_count = Kernel::fold_count;
  static constexpr bool unrolled = Kernel::unrolled;
  static constexpr std::ptrdiff_t inner_extent = Kernel::inner_extent;
  using widest = typename Kernel::widest;
  using pointers = typename Kernel::pointers;
  using accumulators = typename Kernel::accumulators;
  using register_set = typename Kernel::register_set;
  using all_accesses = typename Kernel::all_accesses;
  using all_stores = typename Kernel::all_stores;
  using all_folds = typename Kernel::all_folds;
  using all_nodes = typename Kernel::all_nodes;
  template <int A>
  using access_type = typename Kernel::template access_type<A>;
  template <int S>
  using store_type = typename Kernel::template store_type<S>;
  template <int F>
  using fold_type = typename Kernel::template fold_type<F>;

  template <int A>
  static constexpr std::ptrdiff_t inner_step =
      rank == 0 ? 0 : Kernel::static_step(A, rank == 0 ? 0 : rank - 1);
  template <int A>
  [[gnu::always_inline]] static auto& place_of(register_set& r) {
    return r.template at<access_type<A>, Kernel::plan.place[Kernel::plan.accesses[A].node]>();
  }
  /// What is the same for the whole row is loaded before it: a store might be to the same place.
  template <int A>
  [[gnu::always_inline]] static void load_fixed(register_set& fixed, pointers const& p) {
    auto& out = place_of<A>(fixed);
    if constexpr (inner_step<A> == 0)
      out = spread_lanes<std::remove_cvref_t<decltype(out)>>(
          *static_cast<access_type<A> const*>(p.in[A]));
  }
  /// In the place of a quotient by such a value stands its inverse.
  template <int I>
  [[gnu::always_inline]] static void invert_fixed(register_set& fixed) {
    if constexpr (divides_by_fixed<Kernel, I>()) {
      using T = element_t<Kernel::graph.nodes[I].type>;
      fixed.template at<T, Kernel::plan.place[I]>() = inverse_of_row(
          fixed.template at<T, Kernel::plan.place[Kernel::graph.nodes[I].args[1]]>());
    }
  }
  [[gnu::always_inline]] static void load_fixed(register_set& fixed, pointers const& p) {
    [&]<int... A>(std::integer_sequence<int, A...>) __attribute__((always_inline)) {
      (load_fixed<A>(fixed, p), ...);
    }
    (all_accesses{});
    [&]<int... N>(std::integer_sequence<int, N...>) __attribute__((always_inline)) {
      // A list: clang folds no more than 256 operands.
      int const done[] = {0, (invert_fixed<Kernel::plan.nodes[N]>(fixed), 0)...};
      static_cast<void>(done);
    }
    (all_nodes{});
    static_cast<void>(fixed), static_cast<void>(p);
  }
  template <int A>
  [[gnu::always_inline]] static void load(register_set& r, register_set& fixed, pointers const& p,
                                          std::ptrdiff_t at) {
    using T = access_type<A>;
    auto& out = place_of<A>(r);
    using V = std::remove_cvref_t<decltype(out)>;
    constexpr std::ptrdiff_t inner = inner_step<A>;
    T const* const from = static_cast<T const*>(p.in[A]);
    if constexpr (inner == 0) out = place_of<A>(fixed);
    else if constexpr (inner == 1) {
      if constexpr (Kernel::template asks_ahead<A>) __builtin_prefetch(from + at + p.ahead[A]);
      out = load_lanes<V>(from + at);
    }
    else out = load_lanes<V>(from + at * p.step[A], p.step[A]);
  }
  template <int S>
  [[gnu::always_inline]] static void store(register_set& r, pointers const& p, std::ptrdiff_t at,
                                           int const* sizes) {
    using T = store_type<S>;
    auto const v = operand_lanes<Kernel, T, Kernel::node_of_store(S)>(r, sizes);
    if constexpr (std::same_as<T, bool> && L > 1) {
      store_lanes(convert_lanes<bool, widest>(v), static_cast<T*>(p.out[S]) + at);
    } else {
      store_lanes(v, static_cast<T*>(p.out[S]) + at);
    }
  }
  template <int F, bool Masked>
  [[gnu::always_inline]] static void fold(register_set& r, accumulators& acc, int turn,
                                          pointers const& p, std::ptrdiff_t at, int first,
                                          int limit, int const* sizes) {
    auto v = operand_lanes<Kernel, typename Kernel::template fold_value<F>, Kernel::node_of_fold(F)>(
        r, sizes);
    if constexpr (Masked) v = within(v, first, limit, Kernel::template identity<F>);
    Kernel::template accumulate<F>(v, acc, turn, p, at);
  }

  template <bool Masked>
  [[gnu::always_inline]] static void body(register_set& fixed, pointers const& p,
                                          int const* sizes, std::ptrdiff_t at, accumulators& acc,
                                          int turn, int first, int limit) {
    register_set r;
    [&]<int... A>(std::integer_sequence<int, A...>) __attribute__((always_inline)) {
      (load<A>(r, fixed, p, at), ...);
    }
    (all_accesses{});
    [&]<int... N>(std::integer_sequence<int, N...>) __attribute__((always_inline)) {
      // A list: clang folds no more than 256 operands.
      int const done[] = {0, (compute_node<Kernel, Kernel::plan.nodes[N]>(r, fixed, sizes), 0)...};
      static_cast<void>(done);
    }
    (all_nodes{});
    [&]<int... S>(std::integer_sequence<int, S...>) __attribute__((always_inline)) {
      (store<S>(r, p, at, sizes), ...);
    }
    (all_stores{});
    [&]<int... F>(std::integer_sequence<int, F...>) __attribute__((always_inline)) {
      (fold<F, Masked>(r, acc, turn, p, at, first, limit, sizes), ...);
    }
    (all_folds{});
    static_cast<void>(r);
  }

  /// The same for several rows.
  template <int F, bool Masked, int Count, int... R>
  [[gnu::always_inline]] static void fold_rows(register_set (&r)[Count], pointers const (&p)[Count],
                                               int const* sizes, std::ptrdiff_t at,
                                               accumulators (&parts)[Count], int first, int limit,
                                               std::integer_sequence<int, R...>) {
    if constexpr (Kernel::plan.folds[F].mode == fold_mode::columns &&
                  !Kernel::plan.folds[F].kept[rank < 2 ? 0 : rank - 2]) {
      using T = typename Kernel::template fold_value<F>;
      auto v = operand_lanes<Kernel, T, Kernel::node_of_fold(F)>(r[0], sizes);
      ((R == 0 ? void()
               : void(v = Kernel::template fold_op<F>::combine(
                          v, operand_lanes<Kernel, T, Kernel::node_of_fold(F)>(r[R], sizes)))),
       ...);
      if constexpr (Masked) v = within(v, first, limit, Kernel::template identity<F>);
      Kernel::template accumulate<F>(v, parts[0], 0, p[0], at);
    } else {
      (fold<F, Masked>(r[R], parts[R], 0, p[R], at, first, limit, sizes), ...);
    }
  }
  template <bool Masked, int Count, int... R>
  [[gnu::always_inline]] static void rows_body(register_set (&fixed)[Count],
                                               pointers const (&p)[Count], int const* sizes,
                                               std::ptrdiff_t at, accumulators (&parts)[Count],
                                               int first, int limit,
                                               std::integer_sequence<int, R...> rows) {
    register_set r[Count];
    [&]<int... A>(std::integer_sequence<int, A...>) __attribute__((always_inline)) {
      (load_rows<A>(r, fixed, p, at, rows), ...);
    }
    (all_accesses{});
    [&]<int... N>(std::integer_sequence<int, N...>) __attribute__((always_inline)) {
      // A list: clang folds no more than 256 operands.
      int const done[] = {0, (compute_rows<Kernel::plan.nodes[N]>(r, fixed, sizes, rows), 0)...};
      static_cast<void>(done);
    }
    (all_nodes{});
    [&]<int... S>(std::integer_sequence<int, S...>) __attribute__((always_inline)) {
      (store_rows<S>(r, p, at, sizes, rows), ...);
    }
    (all_stores{});
    [&]<int... F>(std::integer_sequence<int, F...>) __attribute__((always_inline)) {
      (fold_rows<F, Masked>(r, p, sizes, at, parts, first, limit, rows), ...);
    }
    (all_folds{});
  }
  template <int A, int Count, int... R>
  [[gnu::always_inline]] static void load_rows(register_set (&r)[Count],
                                               register_set (&fixed)[Count],
                                               pointers const (&p)[Count], std::ptrdiff_t at,
                                               std::integer_sequence<int, R...>) {
    (load<A>(r[R], fixed[R], p[R], at), ...);
  }
  template <int I, int Count, int... R>
  [[gnu::always_inline]] static void compute_rows(register_set (&r)[Count],
                                                  register_set (&fixed)[Count], int const* sizes,
                                                  std::integer_sequence<int, R...>) {
    (compute_node<Kernel, I>(r[R], fixed[R], sizes), ...);
  }
  template <int S, int Count, int... R>
  [[gnu::always_inline]] static void store_rows(register_set (&r)[Count],
                                                pointers const (&p)[Count], std::ptrdiff_t at,
                                                int const* sizes, std::integer_sequence<int, R...>) {
    (store<S>(r[R], p[R], at, sizes), ...);
  }
  /// Rows of n >= L elements.
  template <int Count, int... R>
  [[gnu::always_inline]] static void run_rows(pointers const (&p)[Count], int const* sizes,
                                              std::ptrdiff_t n, accumulators (&parts)[Count],
                                              std::integer_sequence<int, R...> rows) {
    register_set fixed[Count];
    (load_fixed(fixed[R], p[R]), ...);
    std::ptrdiff_t at = 0;
    for (; at + L <= n; at += L) rows_body<false>(fixed, p, sizes, at, parts, 0, L, rows);
    if constexpr (!(inner_extent >= 0 && inner_extent % L == 0)) {
      if (at < n)
        rows_body<true>(fixed, p, sizes, n - L, parts, static_cast<int>(at - (n - L)), L, rows);
    }
  }

  /// A row shorter than a pack: its operands are copied to where whole packs can be read.
  struct padding {
    alignas(64) unsigned char bytes[access_count + store_count + fold_count + 1][64];
  };
  template <class T>
  static void copy(T* to, T const* from, std::ptrdiff_t step, std::ptrdiff_t n) {
    for (int i = 0; i < L; ++i) to[i] = from[(i < n ? i : n - 1) * step];
  }
  static pointers padded(pointers const& p, padding& pad, std::ptrdiff_t n) {
    pointers q = p;
    [&]<int... A>(std::integer_sequence<int, A...>) {
      ((Kernel::static_step(A, rank - 1) == 0
            ? void()
            : (copy(reinterpret_cast<access_type<A>*>(pad.bytes[A]),
                    static_cast<access_type<A> const*>(p.in[A]), p.step[A], n),
               q.in[A] = pad.bytes[A], q.step[A] = 1, void())),
       ...);
    }
    (all_accesses{});
    [&]<int... S>(std::integer_sequence<int, S...>) {
      ((q.out[S] = pad.bytes[access_count + S]), ...);
    }
    (all_stores{});
    [&]<int... F>(std::integer_sequence<int, F...>) {
      ((Kernel::plan.folds[F].mode != fold_mode::columns
            ? void()
            : (copy(reinterpret_cast<fold_type<F>*>(pad.bytes[access_count + store_count + F]),
                    static_cast<fold_type<F> const*>(p.fold[F]), 1, n),
               q.fold[F] = pad.bytes[access_count + store_count + F], void())),
       ...);
    }
    (all_folds{});
    return q;
  }
  static void give_back(pointers const& p, pointers const& q, std::ptrdiff_t n) {
    auto const move = [n]<class T>(T* to, T const* from) {
      for (std::ptrdiff_t i = 0; i < n; ++i) to[i] = from[i];
    };
    [&]<int... S>(std::integer_sequence<int, S...>) {
      (move(static_cast<store_type<S>*>(p.out[S]), static_cast<store_type<S> const*>(q.out[S])),
       ...);
    }
    (all_stores{});
    [&]<int... F>(std::integer_sequence<int, F...>) {
      ((Kernel::plan.folds[F].mode != fold_mode::columns
            ? void()
            : move(static_cast<fold_type<F>*>(p.fold[F]),
                   static_cast<fold_type<F> const*>(q.fold[F]))),
       ...);
    }
    (all_folds{});
    static_cast<void>(move);
  }

  /// Loops of a few turns become straight code. Compilers would take more of them apart, and then add
  /// up what all turns have loaded or computed at the end: more than there are registers for.
  static constexpr int step = unrolled ? 4 * L : L;
  static constexpr bool few_turns = inner_extent >= 0 && inner_extent <= 4 * step;

  [[gnu::always_inline]] static void turn(register_set& fixed, pointers const& p, int const* sizes,
                                          std::ptrdiff_t at, accumulators& acc) {
    for (int k = 0; k < step / L; ++k) body<false>(fixed, p, sizes, at + k * L, acc, k, 0, L);
  }
  /// All whole packs; gives the first element that is left.
  [[gnu::always_inline]] static std::ptrdiff_t run_packs(register_set& fixed, pointers const& p,
                                                         int const* sizes, std::ptrdiff_t n,
                                                         accumulators& acc) {
    std::ptrdiff_t at = 0;
    if constexpr (few_turns) {
      for (; at + step <= n; at += step) turn(fixed, p, sizes, at, acc);
    } else {
#pragma GCC unroll 1
      for (; at + step <= n; at += step) turn(fixed, p, sizes, at, acc);
    }
    if constexpr (unrolled)
      for (; at + L <= n; at += L) body<false>(fixed, p, sizes, at, acc, 0, 0, L);
    return at;
  }

  /// The inner loop. The last pack overlaps the one before it; reductions skip what was counted.
  [[gnu::always_inline]] static void run(pointers const& p, int const* sizes, std::ptrdiff_t n,
                                         accumulators& acc) {
    constexpr bool whole = L == 1 || (inner_extent >= 0 && inner_extent % L == 0) ||
                           Kernel::has_whole_packs();
    if constexpr (whole) {
      register_set fixed;
      load_fixed(fixed, p);
      run_packs(fixed, p, sizes, n + (L - 1), acc);  // the last one may reach beyond n
    } else {
      padding pad;
      bool const narrow = n < L;
      pointers const q = narrow ? padded(p, pad, n) : p;
      register_set fixed;
      load_fixed(fixed, q);
      std::ptrdiff_t const at = run_packs(fixed, q, sizes, n, acc);
      if (at < n) {
        std::ptrdiff_t const last = narrow ? 0 : n - L;
        body<(fold_count > 0)>(fixed, q, sizes, last, acc, 0, static_cast<int>(at - last),
                               narrow ? static_cast<int>(n) : L);
      }
      if (narrow) give_back(p, q, n);
    }
  }
};

}  // namespace slope::engine
