// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_c_names.hpp"

/// Formulas as a C function that needs nothing but <math.h>: C99, one loop nest for each reduction,
/// product and shared or final value; what is element-wise in between is one expression.
namespace slope::engine {

class c_printer : c_writer {
 public:
  using c_writer::c_writer;

  constexpr void print() {
    plan();
    out.write("#include <math.h>\n#include <stdbool.h>\n#include <stdint.h>\n\n");
    helpers();
    signature();
    int const root = g.roots[0];
    for (int i = 0; i < g.node_count; ++i)
      if (needed[i] && stored[i] && i != root && !is_leaf(i)) statement(i, false);
    statement(root, true);
    out.write("}\n");
  }

 private:
  constexpr bool is_leaf(int i) const { return info_of(g.nodes[i].op).kind == op_kind::leaf; }
  constexpr bool is_broadcast(node const& n) const { return n.op == op_number<op::broadcast>(); }

  /// Stored are folds, products, what is reshaped, and what several others need.
  constexpr void plan() {
    int uses[16384]{};
    needed[g.roots[0]] = true;
    for (int i = g.node_count - 1; i >= 0; --i) {
      if (!needed[i]) continue;
      node const& n = g.nodes[i];
      op_kind const kind = info_of(n.op).kind;
      if (kind == op_kind::reduction || kind == op_kind::product) stored[i] = true;
      for (int a : n.args) {
        if (a < 0) continue;
        needed[a] = true;
        ++uses[a];
        bool const heavy = info_of(g.nodes[a].op).kind == op_kind::elementwise;
        if (n.op == op_number<op::reshape>() || (heavy && kind == op_kind::product))
          stored[a] = true;
        // Spread values would be computed again for each element.
        if (heavy && !(g.shape_of(a) == g.shapes[n.shape]) && kind != op_kind::reduction)
          stored[a] = true;
        if (heavy && uses[a] > 1) stored[a] = true;
      }
    }
  }

  /// `double t5[2 * 3];` and the loops that fill it, or those that fill the result.
  constexpr void statement(int i, bool last) {
    node const& n = g.nodes[i];
    shape const& s = g.shapes[n.shape];
    if (!last) {
      indent(0);
      out.write(type(n.type));
      out.write(" t");
      out.write_integer(i);
      count(s);
      out.write(";\n");
    }
    index at;
    for (int k = 0; k < s.rank; ++k) {
      at.axes[k] = k;
      loop(k, "i", k, s.extents[k]);
    }
    op_kind const kind = info_of(n.op).kind;
    bool const folds = kind == op_kind::reduction || kind == op_kind::product;
    int const depth = folds && s.rank == 0 ? 1 : s.rank;  // a block for each sum_
    if (depth > s.rank) out.write("  {\n");
    if (folds) fold(i, at, depth);
    indent(depth);
    if (last) out.write("out[");
    else {
      out.write("t");
      out.write_integer(i);
      out.put('[');
    }
    place(s, at);
    out.write("] = ");
    if (folds) out.write("sum_");
    else expression(i, at, true);
    out.write(";\n");
    for (int k = depth; k-- > 0;) {
      indent(k);
      out.write("}\n");
    }
  }

  /// The accumulator `sum_` of a reduction or of one element of a product.
  constexpr void fold(int i, index const& at, int depth) {
    node const& n = g.nodes[i];
    bool const product = info_of(n.op).kind == op_kind::product;
    indent(depth);
    out.write(type(n.type));
    out.write(" sum_ = ");
    bool const first_element = n.op == op_number<op::amax>() || n.op == op_number<op::amin>();
    if (n.op == op_number<op::prod>()) out.write("1");
    else if (!first_element) out.write("0");
    else if (is_floating(n.type))
      out.write(n.op == op_number<op::amax>() ? "-INFINITY" : "INFINITY");
    else if (n.type == dtype::int32)
      out.write(n.op == op_number<op::amax>() ? "INT32_MIN" : "INT32_MAX");
    else if (n.type == dtype::boolean) out.write(n.op == op_number<op::amax>() ? "0" : "1");
    else out.write(n.op == op_number<op::amax>() ? "INT64_MIN" : "INT64_MAX");
    out.write(";\n");
    shape const& from = g.shape_of(n.args[0]);
    int loops = 0;
    index left{}, right{};
    if (product) {
      int const rank = g.shapes[n.shape].rank;
      loop(depth + loops++, "k", 0, from.extents[from.rank - 1]);
      batch_axes(n.args[0], rank, at, left);
      batch_axes(n.args[1], rank, at, right);
      left.axes[from.rank - 2] = at.axes[rank - 2];
      left.axes[from.rank - 1] = 100;
      int const other = g.shape_of(n.args[1]).rank;
      right.axes[other - 2] = 100;
      right.axes[other - 1] = at.axes[rank - 1];
    } else {
      int kept = 0;
      for (int k = 0; k < from.rank; ++k) {
        bool const folded = (n.attribute >> k & 1) != 0;
        left.axes[k] = folded ? 100 + k : at.axes[kept++];
        if (folded) loop(depth + loops++, "k", k, from.extents[k]);
      }
    }
    indent(depth + loops);
    if (first_element) {
      out.write("sum_ = slope_");
      out.write(fold_name(n));
      out.write(tag(helper_type(n.type)));
      out.write("(sum_, ");
      expression(n.args[0], left, false);
      out.write(");\n");
    } else {
      out.write(n.op == op_number<op::prod>() ? "sum_ *= " : "sum_ += ");
      expression(n.args[0], left, false);
      if (product) {
        out.write(" * ");
        expression(n.args[1], right, false);
      }
      out.write(";\n");
    }
    while (loops-- > 0) {
      indent(depth + loops);
      out.write("}\n");
    }
  }
  constexpr void batch_axes(int operand, int rank, index const& at, index& own) const {
    int const r = g.shape_of(operand).rank;
    for (int k = 0; k < r - 2; ++k) own.axes[k] = at.axes[k + rank - r];
  }

  /// The type an element-wise node computes in: that of its result, or of what it compares.
  constexpr dtype computed_in(node const& n) const {
    if (n.type != dtype::boolean) return n.type;
    for (int const a : n.args)
      if (a >= 0 && !is_weak(g.nodes[a].type)) return g.nodes[a].type;
    return n.type;
  }
  /// Operand k of an element-wise node, at this element; constants in the node's type.
  constexpr void operand(node const& n, int k, index const& at) {
    node const& a = g.nodes[n.args[k]];
    if (a.op == op_number<op::constant>())
      return constant(g.constants[a.attribute].value(), computed_in(n));
    // Integers in C divide as integers.
    if (!is_floating(a.type) && is_floating(n.type) && n.op != op_number<op::where>() &&
        !is_broadcast(n)) {
      out.put('(');
      out.write(type(n.type));
      out.put(')');
    }
    int const rank = g.shapes[n.shape].rank, own = g.shapes[a.shape].rank;
    index inner;
    for (int j = 0; j < own; ++j) inner.axes[j] = at.axes[j + rank - own];
    expression(n.args[k], inner, false);
  }

  /// Node i at an element; whole: it is computed here although others read what is stored.
  constexpr void expression(int i, index const& at, bool whole) {
    node const& n = g.nodes[i];
    op_info const& info = info_of(n.op);
    shape const& s = g.shapes[n.shape];
    if (n.op == op_number<op::constant>())
      return constant(g.constants[n.attribute].value(), n.type);
    if (n.op == op_number<op::size>()) return name_of_size(static_cast<int>(n.attribute));
    if (n.op == op_number<op::variable>()) {
      leaf const& l = g.leaves[n.attribute];
      if (l.name[0] == 0 && l.ordinal < 0) {
        out.put('(');
        variable(at.axes[0]);
        out.write(" == ");
        variable(at.axes[1]);
        return out.put(')');
      }
      leaf_name(l);
      if (s.rank == 0) return;
      out.put('[');
      place(s, at);
      return out.put(']');
    }
    if (stored[i] && !whole) {
      out.put('t');
      out.write_integer(i);
      out.put('[');
      place(s, at);
      return out.put(']');
    }
    if (is_broadcast(n)) {
      if (g.nodes[n.args[0]].type != n.type &&
          g.nodes[n.args[0]].op != op_number<op::constant>()) {
        out.put('(');
        out.write(type(n.type));
        out.put(')');
      }
      return operand(n, 0, at);
    }
    if (n.op == op_number<op::permute>()) {
      index inner;
      for (int k = 0; k < s.rank; ++k) inner.axes[n.attribute >> 4 * k & 15] = at.axes[k];
      return expression(n.args[0], inner, false);
    }
    if (n.op == op_number<op::reshape>()) return reshaped(n, at);
    elementwise(n, info, at);
  }
  /// The operand of a reshape is a leaf or stored, and read in C order.
  constexpr void reshaped(node const& n, index const& at) {
    int a = n.args[0];
    node const& from = g.nodes[a];
    if (from.op == op_number<op::variable>()) {
      leaf const& l = g.leaves[from.attribute];
      if (g.shapes[from.shape].rank == 0) return leaf_name(l);
      if (l.name[0] == 0 && l.ordinal < 0) {  // element (p / n, p % n) of the identity
        out.put('(');
        flat(n, at);
        out.write(" % ");
        out.write_integer(-l.ordinal + 1);
        return out.write(" == 0)");
      }
      leaf_name(l);
    } else {
      out.put('t');
      out.write_integer(a);
    }
    out.put('[');
    place(g.shapes[n.shape], at);
    out.put(']');
  }
  constexpr void flat(node const& n, index const& at) {
    out.put('(');
    place(g.shapes[n.shape], at);
    out.put(')');
  }
  constexpr void elementwise(node const& n, op_info const& info, index const& at) {
    char const* infix = n.op == op_number<op::divide>() ? " / "
                        : n.op == op_number<op::eq>()   ? " == "
                        : n.op == op_number<op::ne>()   ? " != "
                                                        : "";
    if (n.op == op_number<op::where>()) {
      out.put('(');
      operand(n, 0, at);
      out.write(" ? ");
      operand(n, 1, at);
      out.write(" : ");
      operand(n, 2, at);
      return out.put(')');
    }
    if (n.op == op_number<op::logical_not>()) {
      out.put('!');
      return operand(n, 0, at);
    }
    if (n.op == op_number<op::power>()) {
      node const& e = g.nodes[n.args[1]];
      rational const c =
          e.op == op_number<op::constant>() ? g.constants[e.attribute].value() : rational(0);
      char const* const before = c.is(2)                 ? "(@ * @)"
                                 : c.is(-1)              ? "(1 / (@))"
                                 : c == rational(1, 2)   ? "sqrt#(@)"
                                 : c == rational(-1, 2)  ? "(1 / sqrt#(@))"
                                                         : "";
      bool const leaf_operand = is_leaf(n.args[0]) || stored[n.args[0]];
      if (before[0] != 0 && (!c.is(2) || leaf_operand)) {
        for (char const* t = before; *t != 0; ++t) {
          if (*t == '@') operand(n, 0, at);
          else if (*t != '#') out.put(*t);
          else if (!c.is(2)) out.write(suffix(n.type));
        }
        return;
      }
    }
    if (infix[0] == 0 && info.infix[0] != 0) {
      out.put('(');
      operand(n, 0, at);
      out.put(' ');
      out.write(info.infix);
      out.put(' ');
      operand(n, 1, at);
      return out.put(')');
    }
    if (infix[0] != 0) {
      out.put('(');
      operand(n, 0, at);
      out.write(infix);
      operand(n, 1, at);
      return out.put(')');
    }
    if (n.op == op_number<op::abs>()) {
      out.write(is_floating(n.type) ? "fabs" : "llabs");
      if (is_floating(n.type)) out.write(suffix(n.type));
    } else if (is_helper(info.name)) {
      out.write("slope_");
      out.write(info.name);
      out.write(tag(helper_type(n.type)));
    } else {
      out.write(info.name);
      out.write(suffix(n.type));
    }
    out.put('(');
    for (int k = 0; k < info.arity; ++k) {
      if (k != 0) out.write(", ");
      operand(n, k, at);
    }
    out.put(')');
  }
};

constexpr program_text c_source(graph_view const& g) {
  program_text out;
  c_printer(out, g).print();
  return out;
}

}  // namespace slope::engine
