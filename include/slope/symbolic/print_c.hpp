// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_c_names.hpp"

/// Formulas as a C function that needs nothing but <math.h>: C99, one loop nest for each reduction,
/// product and shared or final value; what is element-wise in between is one expression.
namespace slope::engine {

template <class Graph>
class c_printer : c_writer<Graph> {
  using base = c_writer<Graph>;
  using typename base::index;
  using base::out, base::g, base::needed, base::stored, base::type, base::suffix, base::helpers,
      base::types_of, base::of_matrices, base::name_whole, base::fold_name,
      base::helper_type, base::tag, base::name_of_size, base::extent, base::leaf_name,
      base::signature, base::count, base::indent, base::loop, base::variable, base::place,
      base::constant, base::extents, base::copy_axis;

 public:
  using base::base;

  constexpr void print() {
    plan();
    out.write("#include <math.h>\n#include <stdbool.h>\n#include <stdint.h>\n\n");
    helpers();
    signature();
    int const root = g.roots[0];
    for (int i = 0; i < g.node_count; ++i)
      if (needed[i] && stored[i] && i != root && !is_data(i)) statement(i, false);
    statement(root, true);
    out.write("}\n");
  }

 private:
  constexpr bool is_leaf(int i) const { return info_of(g.nodes[i].op).kind == op_kind::leaf; }
  /// An argument of the function, read where it lies.
  constexpr bool is_data(int i) const {
    node const& n = g.nodes[i];
    if (n.op != op_number<op::variable>()) return false;
    return g.leaves[n.attribute].name[0] != 0 || g.leaves[n.attribute].ordinal >= 0;
  }
  constexpr bool is_broadcast(node const& n) const { return n.op == op_number<op::broadcast>(); }

  /// Stored are folds, products, whole operations and their operands, what is reshaped, and what
  /// several others need.
  constexpr void plan() {
    int uses[16384]{};
    needed[g.roots[0]] = true;
    uses[g.roots[0]] = 1;
    for (int i = g.node_count - 1; i >= 0; --i) {
      if (!needed[i]) continue;
      node const& n = g.nodes[i];
      op_kind const kind = info_of(n.op).kind;
      bool const flips = n.op == op_number<op::flip>(), whole = kind == op_kind::whole && !flips;
      bool const moves = kind == op_kind::movement || flips;
      if (kind == op_kind::reduction || kind == op_kind::product || whole) stored[i] = true;
      for (int a : n.args) {
        if (a < 0) continue;
        needed[a] = true;
        uses[a] += moves ? uses[i] : 1;
        bool const heavy = info_of(g.nodes[a].op).kind == op_kind::elementwise;
        if (whole || n.op == op_number<op::reshape>() || (heavy && kind == op_kind::product))
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
    if (info_of(n.op).kind == op_kind::whole && n.op != op_number<op::flip>())
      return whole(i, last);
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

  /// slope_slice(t1, x, 2, 1, 3, 5, 1, 4, 1);
  constexpr void whole(int i, bool last) {
    node const& n = g.nodes[i];
    c_helper const* const h = helper_of(c_whole_helpers, info_of(n.op).name);
    if (h == nullptr || (n.op == op_number<op::argsort>() && n.attribute >> 8 != 0)) {
      out.missing = info_of(n.op).name;
      return;
    }
    indent(0);
    name_whole(h->name, types_of(n));
    out.put('(');
    if (last) out.write("out");
    else array(i);
    for (int k = 0; k < max_arity && n.args[k] >= 0; ++k) {
      out.write(is_data(n.args[k]) && g.shape_of(n.args[k]).rank == 0 ? ", &" : ", ");
      array(n.args[k]);
    }
    bool const windows = n.op == op_number<op::fold>(), matrices = of_matrices(n);
    shape const &from = g.shape_of(n.args[0]), &to = g.shapes[n.shape];
    shape const& elements = windows ? to : from;
    brackets const numbers = brackets_of(g, n);
    int const axis = matrices ? from.rank - 2 : numbers.at[0];
    extents(elements, 0, axis);
    if (!matrices) extents(elements, axis + 1, elements.rank);
    if (matrices) extents(from, from.rank - 1, from.rank);
    else extents(to, axis, axis + 1);
    if (matrices) extents(to, to.rank < 1 ? 0 : to.rank - 1, to.rank);
    else extents(from, axis, axis + 1);
    for (int k = matrices ? 0 : 1; k < numbers.count; ++k) {
      out.write(", ");
      out.write_integer(numbers.at[k]);
    }
    if (windows) extents(from, from.rank - 1, from.rank);
    out.write(");\n");
  }
  /// The array of a node that has one: `t1`, or the argument.
  constexpr void array(int i) {
    if (is_data(i)) return leaf_name(g.leaves[g.nodes[i].attribute]);
    out.put('t');
    out.write_integer(i);
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
      copy_axis(left, from.rank - 2, at, rank - 2);
      left.axes[from.rank - 1] = 100;
      int const other = g.shape_of(n.args[1]).rank;
      right.axes[other - 2] = 100;
      copy_axis(right, other - 1, at, rank - 1);
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
    for (int k = 0; k < r - 2; ++k) copy_axis(own, k, at, k + rank - r);
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
    for (int j = 0; j < own; ++j) copy_axis(inner, j, at, j + rank - own);
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
        variable(at, 0, s.extents[0]);
        out.write(" == ");
        variable(at, 1, s.extents[1]);
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
      node const& from = g.nodes[n.args[0]];
      if (n.type == dtype::boolean) return truth(n, 0, at);
      if (from.type != n.type && from.op != op_number<op::constant>()) {
        out.put('(');
        out.write(type(n.type));
        out.put(')');
      }
      return operand(n, 0, at);
    }
    if (n.op == op_number<op::permute>()) {
      index inner;
      for (int k = 0; k < s.rank; ++k) copy_axis(inner, n.attribute >> 4 * k & 15, at, k);
      return expression(n.args[0], inner, false);
    }
    if (n.op == op_number<op::flip>()) {
      index inner = at;
      for (int k = 0; k < s.rank; ++k) inner.reversed[k] ^= (n.attribute >> k & 1) != 0;
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
  /// Operand k as a condition.
  constexpr void truth(node const& n, int k, index const& at) {
    bool const number = g.nodes[n.args[k]].type != dtype::boolean;
    if (number) out.put('(');
    operand(n, k, at);
    if (number) out.write(" != 0)");
  }
  constexpr void elementwise(node const& n, op_info const& info, index const& at) {
    dtype const type = computed_in(n);
    char const* const own = c_text_of(info.name, is_floating(type));
    if (own == nullptr) {
      out.missing = info.name;
      return;
    }
    // Arithmetic on bool is that of int.
    bool const narrowed = n.type == dtype::boolean && info.result != type_rule::boolean &&
                          info.result != type_rule::logical && !info.conditional;
    if (narrowed) out.put('(');
    char const* const text = n.op == op_number<op::power>()                ? text_of_power(n, own)
                             : n.args[0] != n.args[1] || is_floating(type) ? own
                             : n.op == op_number<op::ne>()                 ? "0"
                             : info.result == type_rule::boolean           ? "1"
                                                                           : own;
    if (text[0] == 0) {
      out.write("slope_");
      out.write(info.name);
      out.write(tag(helper_type(n.type)));
    }
    bool function = text[0] != '0' && text[0] != '1';  // not isnan and isfinite of integers
    for (char const* c = text; *c != 0; ++c) {
      bool const condition = *c == '?' && c[1] != ' ';
      function = function && *c != '@' && !condition;
      if (condition) truth(n, *++c - '0', at);
      else if (*c == '@') operand(n, *++c - '0', at);
      else if (*c == '#') out.write(suffix(n.type));
      else out.put(*c);
    }
    if (function) {
      out.put('(');
      for (int k = 0; k < info.arity; ++k) {
        if (k != 0) out.write(", ");
        operand(n, k, at);
      }
      out.put(')');
    }
    if (narrowed) out.write(" != 0)");
  }
  /// A product, quotient or root for the exponents that have one.
  constexpr char const* text_of_power(node const& n, char const* text) const {
    node const& e = g.nodes[n.args[1]];
    if (e.op != op_number<op::constant>()) return text;
    rational const c = g.constants[e.attribute].value();
    if (c.is(2)) return is_leaf(n.args[0]) || stored[n.args[0]] ? "(@0 * @0)" : text;
    if (!is_floating(n.type)) return text;
    return c.is(-1)               ? "(1 / (@0))"
           : c == rational(1, 2)  ? "sqrt#(@0)"
           : c == rational(-1, 2) ? "(1 / sqrt#(@0))"
                                  : text;
  }
};

template <class Graph>
constexpr exported_text c_source(Graph const& g) {
  exported_text out;
  c_printer<Graph>(out, g).print();
  return out;
}

}  // namespace slope::engine
