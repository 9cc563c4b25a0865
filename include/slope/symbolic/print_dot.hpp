// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_spelled.hpp"

/// Formulas as graphs for Graphviz: a box for each variable and constant, an oval for each
/// operation with its shape; shared sub-expressions are one node.
namespace slope::engine {

constexpr void write_dot_label(program_text& out, graph_view const& g, node const& n) {
  formula_text label;
  op_info const& info = info_of(n.op);
  if (n.op == op_number<op::constant>()) {
    print_constant(label, g.constants[n.attribute].value(), 0);
  } else if (n.op == op_number<op::variable>()) {
    write_leaf_name(label, g.leaves[n.attribute]);
  } else if (n.op == op_number<op::size>()) {
    write_size(label, g, static_cast<int>(n.attribute));
  } else if (n.op == op_number<op::permute>()) {
    write_permutation(label, g.shapes[n.shape].rank, n.attribute);
  } else {
    label.write(info.infix[0] != 0 ? info.infix : info.name);
    if (info.axes != axes_rule::none) write_axes(label, g, n);
  }
  for (std::size_t k = 0; k < label.size; ++k) {
    if (label.text[k] == '"' || label.text[k] == '\\') out.put('\\');
    out.put(label.text[k]);
  }
  shape const& s = g.shapes[n.shape];
  if (n.op == op_number<op::constant>() || n.op == op_number<op::size>() || s.rank == 0) return;
  out.write("\\n(");
  for (int k = 0; k < s.rank; ++k) {
    if (k != 0) out.write(", ");
    if (s.extents[k] >= 0) out.write_integer(s.extents[k]);
    else {
      char const* const name = g.sizes[size_index(s.extents[k])].name;
      out.write(name[0] != 0 ? name : "?");
    }
  }
  out.put(')');
}

constexpr program_text dot_source(graph_view const& g, int root) {
  program_text out;
  bool needed[16384]{};
  int number[16384]{};
  needed[root] = true;
  for (int i = root; i >= 0; --i) {
    if (!needed[i]) continue;
    for (int a : g.nodes[i].args)
      if (a >= 0) needed[a] = true;
  }
  out.write("digraph slope {\n  rankdir=BT;\n");
  int count = 0;
  for (int i = 0; i <= root; ++i) {
    if (!needed[i]) continue;
    node const& n = g.nodes[i];
    number[i] = count++;
    out.write("  n");
    out.write_integer(number[i]);
    out.write(" [label=\"");
    write_dot_label(out, g, n);
    out.write(info_of(n.op).kind == op_kind::leaf ? "\", shape=box];\n" : "\"];\n");
    for (int a : n.args) {
      if (a < 0) continue;
      out.write("  n");
      out.write_integer(number[a]);
      out.write(" -> n");
      out.write_integer(number[i]);
      out.write(";\n");
    }
  }
  out.write("}\n");
  return out;
}

}  // namespace slope::engine
