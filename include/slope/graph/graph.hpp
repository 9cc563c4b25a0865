// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "slope/core/dtype.hpp"
#include "slope/core/extents.hpp"
#include "slope/core/rational.hpp"
#include "slope/core/text.hpp"

/// The graph: a flat, hash-consed array of nodes, held as a constant while the program compiles.
/// This room knows nodes, not operations: an operation is a number, its meaning is in ops/.
namespace slope::engine {

/// The most operands of one node.
inline constexpr int max_arity = 3;

/// A shape inside a graph. An extent that is known only at run time is the negative number
/// `runtime_extent(k)` of entry k in the graph's table of sizes.
struct shape {
  int rank;
  int extents[max_rank];

  friend constexpr bool operator==(shape const& a, shape const& b) {
    if (a.rank != b.rank) return false;
    for (int k = 0; k < a.rank; ++k)
      if (a.extents[k] != b.extents[k]) return false;
    return true;
  }
};

constexpr int runtime_extent(int size_index) { return -1 - size_index; }
constexpr int size_index(int extent) { return -1 - extent; }

/// One operation on earlier nodes. No default member initialisers here and below: with them clang
/// evaluates each of the 16384 elements of a fresh graph (2.0 s and 690 MB instead of 0.5 s).
struct node {
  std::uint16_t op;
  dtype type;
  std::int16_t shape;       ///< index into the graph's shapes
  int args[max_arity];      ///< indices of earlier nodes, -1 for none
  std::int64_t attribute;   ///< axes, permutation, index of a constant or variable ...
  int expansion;            ///< a composite's value in terms of primitives, or -1

  friend constexpr bool operator==(node const& a, node const& b) {
    return a.op == b.op && a.args[0] == b.args[0] && a.args[1] == b.args[1] &&
           a.args[2] == b.args[2] && a.attribute == b.attribute && a.shape == b.shape &&
           a.type == b.type;
  }
};

/// A node of operation op without operands.
constexpr node blank(int op) {
  return {static_cast<std::uint16_t>(op), dtype::float32, 0, {-1, -1, -1}, 0, -1};
}

/// An exact constant as a graph stores it.
struct stored_constant {
  std::int64_t numerator, denominator;
  double floating;

  constexpr rational value() const {
    rational r;
    r.numerator = numerator;
    r.denominator = denominator;
    r.floating = floating;
    return r;
  }
};

/// A leaf that data is bound to: named, or numbered (a tensor inside an expression, an argument).
struct leaf {
  char const* name;
  int ordinal;
  dtype type;
  std::int16_t shape;
};

/// A size known at run time: axis `axis` of leaf `leaf`; all leaves with one dimension name share
/// one entry.
struct runtime_size {
  char const* name;
  int leaf;
  int axis;
};

/// Two extents that fit only if they are equal when the program runs, and what an error names.
struct runtime_check {
  std::uint16_t op;
  int left_extent, right_extent;
  std::int16_t left_shape, right_shape;
};

/// What went wrong while a graph was built: the first fact only.
struct failure {
  detail::text_buffer<160> text{};
  char const* file = "";
  int line = 0;
  bool failed = false;
};

/// A function of the user's that formulas call element by element; called with its operands.
struct external_function {
  char const* name;
  std::uint64_t id;  ///< a hash of the name: compilers do not compare addresses of functions
  double (*call)(double const*);
};

/// A graph of bounded size. Every pass fills a large one, which is then cut to its used size.
template <int Nodes, int Shapes, int Constants, int Leaves, int Sizes, int Checks, int Roots,
          int Externals>
struct basic_graph {
  node nodes[Nodes + 1]{};
  shape shapes[Shapes + 1]{};
  stored_constant constants[Constants + 1]{};
  leaf leaves[Leaves + 1]{};
  runtime_size sizes[Sizes + 1]{};
  runtime_check checks[Checks + 1]{};
  int roots[Roots + 1]{};
  external_function const* externals[Externals + 1]{};
  int node_count = 0, shape_count = 0, constant_count = 0, leaf_count = 0, size_count = 0,
      check_count = 0, root_count = 0, external_count = 0;
  failure error{};
};

/// The room a pass has to work in.
using work_graph = basic_graph<16384, 255, 1023, 255, 63, 511, 255, 31>;

/// Any graph, read only, whatever its capacity.
struct graph_view {
  node const* nodes;
  shape const* shapes;
  stored_constant const* constants;
  leaf const* leaves;
  runtime_size const* sizes;
  runtime_check const* checks;
  int const* roots;
  external_function const* const* externals;
  int node_count, shape_count, constant_count, leaf_count, size_count, check_count, root_count;

  constexpr shape const& shape_of(int index) const { return shapes[nodes[index].shape]; }
};

template <class Graph>
constexpr graph_view view(Graph const& g) {
  return {g.nodes,      g.shapes,         g.constants,  g.leaves,     g.sizes,       g.checks,    g.roots,
          g.externals,
          g.node_count, g.shape_count,    g.constant_count, g.leaf_count, g.size_count, g.check_count,
          g.root_count};
}

/// The graph in `Source::value`, cut to the size it uses.
template <auto const& Source>
constexpr auto shrink() {
  basic_graph<Source.node_count, Source.shape_count, Source.constant_count, Source.leaf_count,
              Source.size_count, Source.check_count, Source.root_count, Source.external_count>
      g;
  for (int i = 0; i < Source.node_count; ++i) g.nodes[i] = Source.nodes[i];
  for (int i = 0; i < Source.shape_count; ++i) g.shapes[i] = Source.shapes[i];
  for (int i = 0; i < Source.constant_count; ++i) g.constants[i] = Source.constants[i];
  for (int i = 0; i < Source.leaf_count; ++i) g.leaves[i] = Source.leaves[i];
  for (int i = 0; i < Source.size_count; ++i) g.sizes[i] = Source.sizes[i];
  for (int i = 0; i < Source.check_count; ++i) g.checks[i] = Source.checks[i];
  for (int i = 0; i < Source.root_count; ++i) g.roots[i] = Source.roots[i];
  for (int i = 0; i < Source.external_count; ++i) g.externals[i] = Source.externals[i];
  g.node_count = Source.node_count;
  g.shape_count = Source.shape_count;
  g.constant_count = Source.constant_count;
  g.leaf_count = Source.leaf_count;
  g.size_count = Source.size_count;
  g.check_count = Source.check_count;
  g.root_count = Source.root_count;
  g.external_count = Source.external_count;
  g.error = Source.error;
  return g;
}

}  // namespace slope::engine
