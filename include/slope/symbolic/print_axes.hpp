// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/ops/table.hpp"

/// How axes, extents and products with vectors are spelled.
namespace slope::engine {

using formula_text = detail::text_buffer<4096>;

constexpr void write_leaf_name(formula_text& out, leaf const& l) {
  if (l.name[0] != 0) return out.write(l.name);
  if (l.ordinal < 0) {  // an identity matrix
    out.write("eye<");
    out.write_integer(-l.ordinal);
    return out.put('>');
  }
  out.put('_');
  out.write_integer(l.ordinal);
}

/// A run-time size as a number: `size_of<0>(x)`.
constexpr void write_size(formula_text& out, graph_view const& g, int index) {
  runtime_size const& s = g.sizes[index];
  out.write("size_of<");
  out.write_integer(s.axis);
  out.write(">(");
  write_leaf_name(out, g.leaves[s.leaf]);
  out.put(')');
}

/// A run-time size as an extent: `dim<"n">`, or that number where it has no name.
constexpr void write_extent(formula_text& out, graph_view const& g, int index) {
  char const* const name = g.sizes[index].name;
  if (name[0] == 0) return write_size(out, g, index);
  out.write("dim<\"");
  out.write(name);
  out.write("\">");
}

struct list_writer {
  formula_text& out;
  bool first = true;
  constexpr void separate() {
    out.write(first ? "<" : ", ");
    first = false;
  }
  constexpr void number(std::int64_t value) {
    separate();
    out.write_integer(value);
  }
  constexpr void close() {
    if (!first) out.put('>');
  }
};

/// `<0, 2>` after the name of an operation; nothing where it means all axes.
constexpr void write_axes(formula_text& out, graph_view const& g, node const& n) {
  std::int64_t const mask = n.attribute & 255;
  bool const all = mask + 1 == std::int64_t{1} << g.shape_of(n.args[0]).rank;
  if (all && info_of(n.op).axes == axes_rule::dropped) return;
  list_writer list{out};
  for (int k = 0; k < max_rank; ++k)
    if ((mask >> k & 1) != 0) list.number(k);
  list.close();
}

constexpr void write_extents(formula_text& out, graph_view const& g, shape const& s) {
  list_writer list{out};
  for (int k = 0; k < s.rank; ++k) {
    if (s.extents[k] >= 0) {
      list.number(s.extents[k]);
    } else {
      list.separate();
      write_extent(out, g, size_index(s.extents[k]));
    }
  }
  if (list.first) out.put('<'), out.put('>');
  list.close();
}

/// `transpose` of the last two axes, `transpose<0, 2>`, `permute<2, 0, 1>`.
constexpr void write_permutation(formula_text& out, int rank, std::int64_t axes) {
  if (axes == swapping(rank, rank - 2, rank - 1)) return out.write("transpose");
  list_writer list{out};
  for (int i = 0; i < rank; ++i) {
    for (int j = i + 1; j < rank; ++j) {
      if (axes != swapping(rank, i, j)) continue;
      out.write("transpose");
      list.number(i);
      list.number(j);
      return list.close();
    }
  }
  out.write("permute");
  for (int k = 0; k < rank; ++k) list.number(axes >> 4 * k & 15);
  list.close();
}

/// Is n a fold whose axes stay with extent 1: `sum<1>(x, keepdim)`?
constexpr bool keeps_axes(graph_view const& g, node const& n) {
  if (n.op != op_number<op::reshape>()) return false;
  node const& fold = g.nodes[n.args[0]];
  return info_of(fold.op).axes == axes_rule::dropped &&
         g.shapes[n.shape] == reduced_shape(g.shape_of(fold.args[0]), fold.attribute & 255, true);
}

/// Is node i a vector as a column (side 1) or a row (side 0) of a matrix, itself or a product?
constexpr bool is_vector_form(graph_view const& g, int i, int side) {
  while (true) {
    node const& n = g.nodes[i];
    shape const& s = g.shapes[n.shape];
    if (s.rank != 2 || s.extents[side] != 1) return false;
    if (n.op == op_number<op::reshape>()) return g.shape_of(n.args[0]).rank == 1;
    if (n.op != op_number<op::matmul>()) return false;
    i = n.args[side];
  }
}

/// The side on which the product below this reshape has a vector; -1 where it is none.
constexpr int vector_side(graph_view const& g, node const& n) {
  if (n.op != op_number<op::reshape>()) return -1;
  int const product = n.args[0];
  if (g.nodes[product].op != op_number<op::matmul>()) return -1;
  shape const& s = g.shape_of(product);
  for (int side = 1; side >= 0; --side) {
    std::int64_t const axis = std::int64_t{1} << (s.rank - 2 + side);
    if (is_vector_form(g, g.nodes[product].args[side], side) &&
        g.shapes[n.shape] == reduced_shape(s, axis, false))
      return side;
  }
  return -1;
}

}  // namespace slope::engine
