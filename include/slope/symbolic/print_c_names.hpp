// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_numpy.hpp"

namespace slope::engine {

/// The vocabulary of C functions: types, names, constants, helpers and places of elements.
class c_writer {
 public:
  program_text& out;
  graph_view g;              ///< in primitives and simplest form; one root
  bool needed[16384]{};      ///< the root depends on it
  bool stored[16384]{};      ///< it has an array of its own

  constexpr c_writer(program_text& to, graph_view const& graph) : out(to), g(graph) {}

 protected:
  struct index {
    int axes[max_rank + 1]{};  ///< the loop variable of each axis, -1 for 0, 100 for that of a fold
  };

  constexpr char const* type(dtype t) const {
    return t == dtype::boolean   ? "bool"
           : t == dtype::int32   ? "int32_t"
           : t == dtype::float32 ? "float"
           : is_floating(t)      ? "double"
                                 : "int64_t";
  }
  constexpr char const* suffix(dtype t) const { return t == dtype::float32 ? "f" : ""; }

  /// What math.h lacks, for the types in use.
  constexpr void helpers() {
    struct helper {
      char const* name;
      char const* parameters;
      char const* body;
    };
    constexpr helper table[] = {
        {"sign", "@ x", "(x > 0) - (x < 0)"},
        {"sigmoid", "@ x", "1 / (1 + exp#(-x))"},
        {"softplus", "@ x", "x > 20 ? x : log1p#(exp#(x))"},
        {"relu", "@ x", "x > 0$ || x != x$ ? x : 0"},
        {"maximum", "@ a, @ b", "a > b$ || a != a$ ? a : b"},
        {"minimum", "@ a, @ b", "a < b$ || a != a$ ? a : b"},
        {"clamp_min", "@ x, @ low", "x > low$ || x != x$ ? x : low"},
        {"clamp_max", "@ x, @ high", "x < high$ || x != x$ ? x : high"},
        {"clamp", "@ x, @ low, @ high", "x > high || low > high ? high : x < low ? low : x"}};
    for (helper const& h : table) {
      for (dtype const t : {dtype::float32, dtype::float64, dtype::int64}) {
        bool used = false;
        for (int i = 0; i < g.node_count; ++i) {
          char const* const name = fold_name(g.nodes[i]);
          used = used || (needed[i] && detail::same_text(name, h.name) &&
                          helper_type(g.nodes[i].type) == t);
        }
        if (!used) continue;
        out.write("static inline ");
        out.write(type(t));
        out.write(" slope_");
        out.write(h.name);
        out.write(tag(t));
        out.put('(');
        replaced(h.parameters, t);
        out.write(") { return ");
        replaced(h.body, t);
        out.write("; }\n");
      }
    }
  }
  constexpr char const* fold_name(node const& n) const {
    return n.op == op_number<op::amax>()   ? "maximum"
           : n.op == op_number<op::amin>() ? "minimum"
                                           : info_of(n.op).name;
  }
  constexpr dtype helper_type(dtype t) const {
    return t == dtype::float32 ? t : is_floating(t) ? dtype::float64 : dtype::int64;
  }
  constexpr char const* tag(dtype t) const {
    return t == dtype::float32 ? "f" : is_floating(t) ? "" : "l";
  }
  /// @ is the type, # the suffix of its functions; between $ stands what integers do not need.
  constexpr void replaced(char const* text, dtype t) {
    bool skipping = false;
    for (; *text != 0; ++text) {
      if (*text == '$') skipping = !skipping && !is_floating(t);
      else if (skipping) continue;
      else if (*text == '@') out.write(type(t));
      else if (*text == '#') out.write(suffix(t));
      else out.put(*text);
    }
  }

  constexpr void name_of_size(int k) {
    runtime_size const& s = g.sizes[k];
    if (s.name[0] != 0) return out.write(s.name);
    out.write("n");
    out.write_integer(k);
  }
  constexpr void extent(int e) {
    if (e >= 0) out.write_integer(e);
    else name_of_size(size_index(e));
  }
  constexpr void leaf_name(leaf const& l) {
    if (l.name[0] != 0) return out.write(l.name);
    out.put('x');
    out.write_integer(l.ordinal);
  }

  /// void f(int n, const float x[4], double s, float out[2]).
  constexpr void signature() {
    out.write("\nvoid f(");
    for (int k = 0; k < g.size_count; ++k) {
      out.write("int ");
      name_of_size(k);
      out.write(", ");
    }
    for (int k = 0; k < g.leaf_count; ++k) {
      leaf const& l = g.leaves[k];
      if (l.name[0] == 0 && l.ordinal < 0) continue;  // the identity is computed
      if (g.shapes[l.shape].rank != 0) out.write("const ");
      out.write(type(l.type));
      out.put(' ');
      leaf_name(l);
      if (g.shapes[l.shape].rank != 0) count(g.shapes[l.shape]);
      out.write(", ");
    }
    node const& root = g.nodes[g.roots[0]];
    out.write(type(root.type));
    out.write(" out");
    count(g.shapes[root.shape]);
    out.write(")\n{\n");
  }
  /// [2 * 3]
  constexpr void count(shape const& s) {
    out.put('[');
    for (int k = 0; k < s.rank; ++k) {
      if (k != 0) out.write(" * ");
      extent(s.extents[k]);
    }
    if (s.rank == 0) out.put('1');
    out.put(']');
  }

  constexpr void indent(int depth) {
    for (int k = 0; k <= depth; ++k) out.write("  ");
  }
  constexpr void loop(int depth, char const* variable, int number, int extents) {
    indent(depth);
    out.write("for (int ");
    out.write(variable);
    if (number >= 0) out.write_integer(number);
    out.write(" = 0; ");
    out.write(variable);
    if (number >= 0) out.write_integer(number);
    out.write(" < ");
    extent(extents);
    out.write("; ++");
    out.write(variable);
    if (number >= 0) out.write_integer(number);
    out.write(")");
    out.write(" {\n");
  }
  constexpr void variable(int axis) {
    if (axis < 0) return out.put('0');
    out.put(axis >= 100 ? 'k' : 'i');
    out.write_integer(axis >= 100 ? axis - 100 : axis);
  }
  /// The place of an element in C order: (i0 * 3 + i1).
  constexpr void place(shape const& s, index const& at) {
    bool any = false;
    for (int k = 0; k < s.rank; ++k) {
      int const axis = s.extents[k] == 1 ? -1 : at.axes[k];
      if (axis < 0) continue;
      if (any) out.write(" + ");
      variable(axis);
      for (int j = k + 1; j < s.rank; ++j) {
        if (s.extents[j] == 1) continue;
        out.write(" * ");
        extent(s.extents[j]);
      }
      any = true;
    }
    if (!any) out.put('0');
  }

  constexpr void constant(rational const& c, dtype t) {
    if (c.exact() && c.is_integer() && !is_floating(t)) return out.write_integer(c.numerator);
    if (c.exact()) {
      bool const negative = c.numerator < 0;
      out.write(negative || !c.is_integer() ? "(" : "");
      out.write_integer(c.numerator);
      out.write(t == dtype::float32 ? ".0f" : ".0");
      if (!c.is_integer()) {
        out.write(" / ");
        out.write_integer(c.denominator);
        out.write(t == dtype::float32 ? ".0f" : ".0");
      }
      return out.write(negative || !c.is_integer() ? ")" : "");
    }
    write_hexadecimal(out, c.floating);
    if (t == dtype::float32) out.put('f');
  }

  constexpr bool is_helper(char const* name) const {
    for (char const* h : {"sign", "sigmoid", "softplus", "relu", "maximum", "minimum", "clamp",
                          "clamp_min", "clamp_max"})
      if (detail::same_text(h, name)) return true;
    return false;
  }
};

}  // namespace slope::engine
