// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/execute/node_value.hpp"

/// Large loops: not one function for the whole body, which would cost the compiler milliseconds a
/// node, but a table of instructions, each of which computes one tile of elements by a function
/// that all nodes of its kind share.
namespace slope::engine {

/// What distinguishes the functions: operation, types, and an exact constant as second operand.
struct tile_signature {
  std::uint16_t op = 0;
  dtype out = dtype::float32, compared = dtype::float32;
  dtype in[max_arity] = {dtype::float32, dtype::float32, dtype::float32};
  std::int64_t numerator = 0, denominator = 0;

  friend constexpr bool operator==(tile_signature const&, tile_signature const&) = default;
};

/// The places that instructions read and write: first the tiles of immediate values, then those of
/// computed ones, then the operands in memory.
struct tile_instruction {
  int function, out;
  int in[max_arity];
};

/// A constant or a size as the type in which it takes part.
struct immediate_tile {
  int node;
  dtype type;
};

template <int Nodes>
struct tile_program {
  tile_signature functions[Nodes + 1]{};
  tile_instruction code[Nodes + 1]{};
  int place[Nodes + 1]{};  ///< of each computed node
  immediate_tile immediates[2 * Nodes + 1]{};
  int function_count = 0, count = 0, immediate_count = 0, tile_count = 0;

  constexpr int immediate(int node, dtype type) {
    for (int k = 0; k < immediate_count; ++k)
      if (immediates[k].node == node && immediates[k].type == type) return k;
    immediates[immediate_count] = {node, type};
    return immediate_count++;
  }
};

/// The type as which node i takes operand k.
template <class Graph>
constexpr dtype operand_type(Graph const& g, int i, int k) {
  op_info const& info = info_of(g.nodes[i].op);
  if (info.result == type_rule::logical || (info.conditional && k == 0)) return dtype::boolean;
  if (info.result == type_rule::boolean) return compared_as(g, i);
  if (g.nodes[i].op == op_number<op::power>() && !is_floating(g.nodes[i].type))
    return dtype::float64;
  return g.nodes[i].type;
}

/// Instructions for the nodes of a loop; a tile is free again after its last reader. `kept` are the
/// nodes that are stored or folded at the end.
template <int Nodes, class Graph, class Kernel>
constexpr tile_program<Nodes> make_tiles(Graph const& g, Kernel const& k, int const* kept,
                                         int kept_count) {
  tile_program<Nodes> t;
  auto const is_immediate = [&](int i) {
    return g.nodes[i].op == op_number<op::constant>() || g.nodes[i].op == op_number<op::size>();
  };
  int last_use[Nodes + 1]{};
  for (int i = 0; i < Nodes; ++i) t.place[i] = last_use[i] = -1;
  for (int e = 0; e < k.node_count; ++e) {
    for (int a = 0; a < max_arity; ++a) {
      int const from = g.nodes[k.nodes[e]].args[a];
      if (from < 0) continue;
      last_use[from] = e;
      if (is_immediate(from)) t.immediate(from, operand_type(g, k.nodes[e], a));
    }
  }
  for (int r = 0; r < kept_count; ++r) {
    last_use[kept[r]] = Nodes;
    if (is_immediate(kept[r])) t.immediate(kept[r], g.nodes[kept[r]].type);
  }
  t.tile_count = t.immediate_count;
  int free_tiles[Nodes + 1]{};
  int free_count = 0;
  for (int e = 0; e < k.node_count; ++e) {
    int const i = k.nodes[e];
    node const& n = g.nodes[i];
    tile_signature s;
    s.op = n.op;
    s.out = n.type;
    s.compared = compared_as(g, i);
    if (n.op == op_number<op::power>()) {
      stored_constant const c = second_constant(g, i);
      s.numerator = c.numerator;
      s.denominator = c.denominator;
    }
    tile_instruction& to = t.code[t.count++];
    int late[max_arity]{};
    int late_count = 0;
    for (int a = 0; a < max_arity; ++a) {
      int const from = n.args[a];
      to.in[a] = 0;
      if (from < 0) continue;
      s.in[a] = is_immediate(from) ? operand_type(g, i, a) : g.nodes[from].type;
      to.in[a] = is_immediate(from)         ? t.immediate(from, s.in[a])
                 : k.access_of[from] >= 0 ? -1 - k.access_of[from]
                                          : t.place[from];
      bool again = false;
      for (int b = 0; b < a; ++b) again = again || n.args[b] == from;
      if (again || last_use[from] != e || is_immediate(from) || k.access_of[from] >= 0) continue;
      // Its tile can take the result where no element is overwritten before it is read.
      if (size_of(g.nodes[from].type) >= size_of(n.type)) free_tiles[free_count++] = t.place[from];
      else late[late_count++] = t.place[from];
    }
    to.function = 0;
    while (to.function < t.function_count && !(t.functions[to.function] == s)) ++to.function;
    if (to.function == t.function_count) t.functions[t.function_count++] = s;
    t.place[i] = to.out = free_count > 0 ? free_tiles[--free_count] : t.tile_count++;
    for (int a = 0; a < late_count; ++a) free_tiles[free_count++] = late[a];
  }
  for (int e = 0; e < t.count; ++e)
    for (int& a : t.code[e].in)
      if (a < 0) a = t.tile_count + (-1 - a);
  return t;
}

/// Elements first to first + L - 1 of a tile as A.
template <class A, class T, class W, int L>
[[gnu::always_inline]] inline auto tile_lanes(void const* tile, int first) {
  using V = std::conditional_t<std::same_as<T, bool>, truths<W, L>, lanes<T, L>>;
  return convert_lanes<A, W>(load_lanes<V>(static_cast<T const*>(tile) + first));
}

using tile_function = void (*)(void*, void const* const*);

/// One tile of one operation.
template <auto const& Program, int Function, class W, int L, int Size>
void compute_tile(void* out, void const* const* in) {
  constexpr tile_signature s = Program.functions[Function];
  using T = element_t<s.out>;
  for (int first = 0; first < Size; first += L) {
    auto const value = elementwise_lanes<op_at<s.op>, T, W, element_t<s.compared>, s.numerator,
                                         s.denominator>(
        [&]<class A, int K>(std::integral_constant<int, K>) __attribute__((always_inline)) {
          return tile_lanes<A, element_t<s.in[K]>, W, L>(in[K], first);
        });
    store_lanes(value, static_cast<T*>(out) + first);
  }
}

}  // namespace slope::engine
