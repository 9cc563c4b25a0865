// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_axes.hpp"

namespace slope::engine {

constexpr void print(formula_text& out, graph_view const& g, int i, int outer);

constexpr void print_call(formula_text& out, graph_view const& g, char const* name, node const& n,
                          bool keep = false) {
  op_info const& info = info_of(n.op);
  if (n.op == op_number<op::permute>()) write_permutation(out, g.shapes[n.shape].rank, n.attribute);
  else out.write(name);
  if (info.axes != axes_rule::none) write_axes(out, g, n);
  if (info.is_external) {
    out.write("<&");
    out.write(g.externals[n.attribute]->name);
    out.put('>');
  }
  if (info.has_spelling) {
    brackets const numbers = info.spell(n.attribute, g.shape_of(n.args[0]), g.shapes[n.shape]);
    list_writer list{out};
    for (int k = 0; k < numbers.count; ++k) list.number(numbers.at[k]);
    list.close();
  }
  if (n.op == op_number<op::reshape>() || n.op == op_number<op::broadcast>())
    write_extents(out, g, g.shapes[n.shape]);
  out.put('(');
  for (int k = 0; k < max_arity && n.args[k] >= 0; ++k) {
    if (k != 0) out.write(", ");
    print(out, g, n.args[k], 0);
  }
  if (info.has_correction && n.attribute >> 8 != 1) {
    out.write(", correction<");
    out.write_integer(n.attribute >> 8);
    out.put('>');
  }
  if (keep) out.write(", keepdim");
  out.put(')');
}

/// matmul(a, v) of a matrix and a vector that stands in the graph as a column or row.
constexpr void print_vector_product(formula_text& out, graph_view const& g, int i, int side) {
  node const& n = g.nodes[i];
  if (n.op == op_number<op::reshape>()) return print(out, g, n.args[0], 0);
  out.write("matmul(");
  if (side == 0) print_vector_product(out, g, n.args[0], side);
  else print(out, g, n.args[0], 0);
  out.write(", ");
  if (side == 1) print_vector_product(out, g, n.args[1], side);
  else print(out, g, n.args[1], 0);
  out.put(')');
}

constexpr void print_constant(formula_text& out, rational const& c, int outer) {
  if (!c.exact()) {
    for (double const named : {detail::pi, detail::e}) {
      if (c.floating != named && c.floating != -named) continue;
      bool const parentheses = c.floating < 0 && outer > 10;
      if (parentheses) out.put('(');
      if (c.floating < 0) out.put('-');
      out.write(named == detail::pi ? "pi_c" : "e_c");
      if (parentheses) out.put(')');
      return;
    }
    // Six digits are enough to recognise a number that is not exact anyway.
    double rest = c.floating < 0 ? -c.floating : c.floating;
    if (c.floating < 0) out.put('-');
    if (rest > __DBL_MAX__) return out.write("inf");
    int exponent = 0;
    while (rest >= 10 && exponent < 400) rest /= 10, ++exponent;
    while (rest < 1 && rest > 0 && exponent > -400) rest *= 10, --exponent;
    out.put(static_cast<char>('0' + static_cast<int>(rest)));
    out.put('.');
    for (int k = 0; k < 5; ++k) {
      rest = (rest - static_cast<int>(rest)) * 10;
      out.put(static_cast<char>('0' + static_cast<int>(rest)));
    }
    out.put('e');
    out.write_integer(exponent);
    return;
  }
  bool const parentheses = (c.numerator < 0 && outer > 10) || (!c.is_integer() && outer > 20);
  if (parentheses) out.put('(');
  out.write_integer(c.numerator);
  if (!c.is_integer()) {
    out.write(" / ");
    out.write_integer(c.denominator);
  }
  if (parentheses) out.put(')');
}

/// c * x as it is written: x / 2, -x, 3 * x / 2.
constexpr void print_scaled(formula_text& out, graph_view const& g, rational const& c, int x,
                            int outer) {
  bool const negative = c.numerator < 0;
  int const own = negative ? 15 : 20;
  if (own < outer) out.put('(');
  if (negative) out.put('-');
  std::int64_t const n = negative ? -c.numerator : c.numerator;
  if (n != 1) {
    out.write_integer(n);
    out.write(" * ");
  }
  print(out, g, x, n == 1 && c.is_integer() ? (negative ? 20 : outer) : 20);
  if (!c.is_integer()) {
    out.write(" / ");
    out.write_integer(c.denominator);
  }
  if (own < outer) out.put(')');
}

/// The exact constant before a term, or that it is; 1 where there is none.
constexpr rational coefficient(graph_view const& g, int i) {
  if (g.nodes[i].op == op_number<op::multiply>()) i = g.nodes[i].args[0];
  if (g.nodes[i].op != op_number<op::constant>()) return rational(1);
  rational const c = g.constants[g.nodes[i].attribute].value();
  return c.exact() ? c : rational(1);
}

/// The formula of node i as slope's own source, with no more parentheses than it needs.
constexpr void print(formula_text& out, graph_view const& g, int i, int outer) {
  node const& n = g.nodes[i];
  if (n.op == op_number<op::constant>()) {
    print_constant(out, g.constants[n.attribute].value(), outer);
    return;
  }
  if (n.op == op_number<op::variable>()) {
    write_leaf_name(out, g.leaves[n.attribute]);
    return;
  }
  if (n.op == op_number<op::size>()) return write_size(out, g, static_cast<int>(n.attribute));
  // A conversion alone is not spelled.
  if (n.op == op_number<op::broadcast>() && g.shape_of(n.args[0]) == g.shapes[n.shape])
    return print(out, g, n.args[0], outer);
  if (keeps_axes(g, n)) {
    node const& fold = g.nodes[n.args[0]];
    return print_call(out, g, info_of(fold.op).name, fold, true);
  }
  if (int const side = vector_side(g, n); side >= 0)
    return print_vector_product(out, g, n.args[0], side);
  op_info const& info = info_of(n.op);
  // The exact constant that operand k is; nothing else has denominator 0.
  auto const constant_at = [&](int k) {
    node const& a = g.nodes[n.args[k]];
    rational none;
    none.denominator = 0;
    return a.op == op_number<op::constant>() ? g.constants[a.attribute].value() : none;
  };
  if (n.op == op_number<op::power>()) {
    rational const e = constant_at(1);
    char const* name = e.is(2)                ? "square"
                       : e.is(-1)             ? "reciprocal"
                       : e == rational(1, 2)  ? "sqrt"
                       : e == rational(-1, 2) ? "rsqrt"
                                              : "";
    if (name[0] == 0) return print_call(out, g, info.name, n);
    out.write(name);
    out.put('(');
    print(out, g, n.args[0], 0);
    out.put(')');
    return;
  }
  if (n.op == op_number<op::multiply>()) {
    if (rational const c = constant_at(0); c.exact() && !constant_at(1).exact())
      return print_scaled(out, g, c, n.args[1], outer);
  }
  if (info.infix[0] == 0) return print_call(out, g, info.name, n);
  bool const parentheses = info.precedence < outer;
  if (parentheses) out.put('(');
  if (n.args[1] < 0) {
    out.write(info.infix);
    print(out, g, n.args[0], info.precedence + 5);
  } else {
    // (-c) * a + b is b - c * a.
    if (n.op == op_number<op::add>() && g.nodes[n.args[0]].op == op_number<op::multiply>() &&
        coefficient(g, n.args[0]).is_negative() &&
        !coefficient(g, n.args[1]).is_negative()) {
      print(out, g, n.args[1], info.precedence);
      out.write(" - ");
      print_scaled(out, g, -coefficient(g, n.args[0]), g.nodes[n.args[0]].args[1], 11);
      if (parentheses) out.put(')');
      return;
    }
    print(out, g, n.args[0], info.precedence);
    // a + (-c) * b is a - c * b.
    node const& right = g.nodes[n.args[1]];
    rational c;
    if (n.op == op_number<op::add>()) {
      node const& candidate =
          right.op == op_number<op::multiply>() ? g.nodes[right.args[0]] : right;
      if (candidate.op == op_number<op::constant>()) c = g.constants[candidate.attribute].value();
    }
    if (c.exact() && c.numerator < 0) {
      out.write(" - ");
      if (right.op == op_number<op::constant>()) print_constant(out, -c, 11);
      else print_scaled(out, g, -c, right.args[1], 11);
    } else {
      out.put(' ');
      out.write(info.infix);
      out.put(' ');
      print(out, g, n.args[1], info.precedence + 1);
    }
  }
  if (parentheses) out.put(')');
}

constexpr formula_text formula(graph_view const& g, int root) {
  formula_text out;
  print(out, g, root, 0);
  return out;
}

}  // namespace slope::engine
