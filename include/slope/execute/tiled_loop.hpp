// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

#include "slope/execute/tiles.hpp"

namespace slope::engine {

/// The inner loop of a large kernel: its instructions, tile by tile. What surrounds it (outer
/// loops, pointers, accumulators) is the kernel's.
template <class Kernel>
struct tiled_loop {
  static constexpr auto const& graph = Kernel::graph;
  static constexpr int L = Kernel::lane_count;
  using W = typename Kernel::widest;

  struct kept_nodes {
    int node[Kernel::store_count + Kernel::fold_count + 1];
  };
  static consteval kept_nodes make_kept() {
    kept_nodes kept{};
    for (int s = 0; s < Kernel::store_count; ++s) kept.node[s] = Kernel::node_of_store(s);
    for (int f = 0; f < Kernel::fold_count; ++f)
      kept.node[Kernel::store_count + f] = Kernel::node_of_fold(f);
    return kept;
  }
  static constexpr kept_nodes kept = make_kept();
  static constexpr auto program = make_tiles<graph.node_count>(
      graph, Kernel::plan, kept.node, Kernel::store_count + Kernel::fold_count);

  /// Elements of a tile: as many as keep all tiles within the nearest caches.
  static consteval int choose_size() {
    int size = 64;
    while (size > L && (program.tile_count + Kernel::access_count) * size * 8 > 49152) size /= 2;
    if (size < L) size = L;
    if (Kernel::inner_extent >= 0)
      while (size > L && size / 2 >= Kernel::inner_extent) size /= 2;
    return size;
  }
  static constexpr int size = choose_size();

  struct memory {
    alignas(64) std::byte tiles[program.tile_count + 1][size * 8];
    alignas(64) std::byte operands[Kernel::access_count + 1][size * 8];
  };

  template <int K>
  static void fill_immediate(memory& m, int const* sizes) {
    constexpr immediate_tile tile = program.immediates[K];
    using T = element_t<tile.type>;
    constexpr auto const& n = graph.nodes[tile.node];
    T value{};
    if constexpr (n.op == op_number<op::size>()) value = static_cast<T>(sizes[n.attribute]);
    else value = constant_as<T>(graph.constants[n.attribute]);
    T* const to = reinterpret_cast<T*>(m.tiles[K]);
    for (int i = 0; i < size; ++i) to[i] = value;
  }
  static void begin(memory& m, int const* sizes) {
    [&]<int... K>(std::integer_sequence<int, K...>) { (fill_immediate<K>(m, sizes), ...); }
    (std::make_integer_sequence<int, program.immediate_count>{});
    static_cast<void>(sizes);
  }

  /// Operand A from element `at` on: where it stands, or a copy that a whole tile can be read of.
  template <int A, class Pointers>
  static void const* operand(memory& m, Pointers const& p, std::ptrdiff_t at, int count) {
    using T = typename Kernel::template access_type<A>;
    constexpr std::ptrdiff_t inner =
        Kernel::rank == 0 ? 0 : Kernel::static_step(A, Kernel::rank - 1);
    T const* const from = static_cast<T const*>(p.in[A]);
    T* const copy = reinterpret_cast<T*>(m.operands[A]);
    if constexpr (inner == 0) {
      if (at == 0)
        for (int i = 0; i < size; ++i) copy[i] = *from;
    } else {
      std::ptrdiff_t const step = inner == 1 ? 1 : p.step[A];
      if (inner == 1 && count == size) return from + at;
      for (int i = 0; i < size; ++i) copy[i] = from[(at + (i < count ? i : count - 1)) * step];
    }
    return copy;
  }

  static constexpr int place_of(int node) {
    if (Kernel::plan.access_of[node] >= 0)
      return program.tile_count + Kernel::plan.access_of[node];
    for (int k = 0; k < program.immediate_count; ++k)
      if (program.immediates[k].node == node && program.immediates[k].type == graph.nodes[node].type)
        return k;
    return program.place[node];
  }
  template <int S, class Pointers>
  static void store(void const* const* where, Pointers const& p, std::ptrdiff_t at, int count) {
    using T = typename Kernel::template store_type<S>;
    T const* const from = static_cast<T const*>(where[place_of(Kernel::node_of_store(S))]);
    T* const to = static_cast<T*>(p.out[S]) + at;
    for (int i = 0; i < count; ++i) to[i] = from[i];
  }
  template <int F, class Pointers, class Accumulators>
  static void fold(void const* const* where, Pointers const& p, Accumulators& acc,
                   std::ptrdiff_t at, int count) {
    using from = element_t<graph.nodes[Kernel::node_of_fold(F)].type>;
    void const* const tile = where[place_of(Kernel::node_of_fold(F))];
    for (int first = 0; first < count; first += L)
      Kernel::template fold_value_into<F>(
          tile_lanes<typename Kernel::template fold_value<F>, from, W, L>(tile, first), p, acc,
          at + first, count - first < L ? count - first : L);
  }

  template <int... F>
  static constexpr auto table_of(std::integer_sequence<int, F...>) {
    struct functions {
      tile_function at[sizeof...(F) + 1];
    };
    return functions{{compute_tile<program, F, W, L, size>..., nullptr}};
  }
  static constexpr auto functions =
      table_of(std::make_integer_sequence<int, program.function_count>{});

  template <class Pointers, class Accumulators>
  static void run(memory& m, Pointers const& p, std::ptrdiff_t n, Accumulators& acc) {
    void const* where[program.tile_count + Kernel::access_count + 1];
    for (int k = 0; k < program.tile_count; ++k) where[k] = m.tiles[k];
    for (std::ptrdiff_t at = 0; at < n; at += size) {
      int const count = n - at < size ? static_cast<int>(n - at) : size;
      [&]<int... A>(std::integer_sequence<int, A...>) {
        ((where[program.tile_count + A] = operand<A>(m, p, at, count)), ...);
      }
      (typename Kernel::all_accesses{});
      for (int e = 0; e < program.count; ++e) {
        tile_instruction const& i = program.code[e];
        void const* const in[] = {where[i.in[0]], where[i.in[1]], where[i.in[2]]};
        functions.at[i.function](m.tiles[i.out], in);
      }
      [&]<int... S>(std::integer_sequence<int, S...>) { (store<S>(where, p, at, count), ...); }
      (typename Kernel::all_stores{});
      [&]<int... F>(std::integer_sequence<int, F...>) { (fold<F>(where, p, acc, at, count), ...); }
      (typename Kernel::all_folds{});
    }
  }
};

}  // namespace slope::engine
