// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_c_table.hpp"

namespace slope::engine {

/// The vocabulary of C functions: types, names, constants, helpers and places of elements.
template <class Graph>
class c_writer {
 public:
  exported_text& out;
  Graph g;              ///< in primitives and simplest form; one root
  bool needed[16384]{};      ///< the root depends on it
  bool stored[16384]{};      ///< it has an array of its own

  constexpr c_writer(exported_text& to, Graph const& graph) : out(to), g(graph) {}

 protected:
  struct index {
    int axes[max_rank + 1]{};  ///< the loop variable of each axis, -1 for 0, 100 for that of a fold
    bool reversed[max_rank + 1]{};  ///< it counts from the end
  };

  constexpr char const* type(dtype t) const {
    return t == dtype::boolean   ? "bool"
           : t == dtype::int32   ? "int32_t"
           : t == dtype::float32 ? "float"
           : is_floating(t)      ? "double"
                                 : "int64_t";
  }
  constexpr char const* suffix(dtype t) const { return t == dtype::float32 ? "f" : ""; }

  /// The types of a function that comes with the program: of its result and its operands.
  struct types {
    dtype of[4]{};
  };
  /// What math.h lacks, for the types in use.
  constexpr void helpers() {
    for (int i = 0; i < g.node_count; ++i) {
      if (!needed[i]) continue;
      node const& n = g.nodes[i];
      op_info const& info = info_of(n.op);
      if (info.kind == op_kind::whole) {
        if (c_helper const* h = helper_of(c_whole_helpers, info.name)) whole_helper(*h, n);
      } else if (is_helped(n)) {
        c_helper const* h = helper_of(c_helpers, fold_name(n));
        dtype const t = helper_type(n.type);
        if (h != nullptr) helper(*h, {{t, t, t, t}});
      }
    }
  }
  /// Has the operation a function that comes with the program?
  constexpr bool is_helped(node const& n) const {
    if (n.op == op_number<op::amax>() || n.op == op_number<op::amin>()) return true;
    char const* const text = c_text_of(info_of(n.op).name, is_floating(n.type));
    return text != nullptr && text[0] == 0;
  }
  /// Is it the first time that this function is wanted for these types?
  constexpr bool is_new(char const* name, types const& t) {
    for (int k = 0; k < written_count; ++k) {
      bool same = detail::same_text(written_names[k], name);
      for (int j = 0; j < 3; ++j) same = same && written_types[k].of[j] == t.of[j];
      if (same) return false;
    }
    if (written_count == 64) return true;
    written_names[written_count] = name;
    written_types[written_count++] = t;
    return true;
  }
  constexpr void helper(c_helper const& h, types const& t) {
    if (!is_new(h.name, t)) return;
    if (h.needs[0] != 0) helper(*helper_of(c_helpers, h.needs), t);
    out.write("static inline ");
    out.write(type(t.of[0]));
    out.write(" slope_");
    out.write(h.name);
    out.write(tag(t.of[0]));
    out.put('(');
    replaced(h.parameters, t);
    out.write(") { ");
    replaced(h.body, t);
    out.write(out.text[out.size - 1] == ';' ? " }\n" : "}\n");
  }
  constexpr types types_of(node const& n) const {
    types t{{n.type, n.type, n.type, n.type}};
    for (int k = 0; k < max_arity; ++k)
      if (n.args[k] >= 0) t.of[k + 1] = g.nodes[n.args[k]].type;
    return t;
  }
  constexpr bool of_matrices(node const& n) const {
    return n.op == op_number<op::lu_factor>() || n.op == op_number<op::lu_solve>() ||
           n.op == op_number<op::lu_inverse>() || n.op == op_number<op::lu_det>() ||
           n.op == op_number<op::cholesky>() || n.op == op_number<op::solve_triangular>();
  }
  /// slope_gather, and the letters of its types.
  constexpr void name_whole(char const* name, types const& t) {
    out.write("slope_");
    out.write(name);
    bool same = true;
    for (dtype const other : t.of) same = same && other == t.of[0];
    for (int k = 0; k < (same ? 1 : 3); ++k) out.write(tag(t.of[k]));
  }
  constexpr void whole_helper(c_helper const& h, node const& n) {
    types const t = types_of(n);
    if (!is_new(h.name, t)) return;
    types const one{{n.type, n.type, n.type, n.type}};
    if (h.needs[0] != 0 && is_new("substitute", one)) replaced(c_substitute, one);
    if (detail::same_text(h.needs, "factored") && is_new(h.needs, one)) replaced(c_factored, one);
    out.write("static void ");
    name_whole(h.name, t);
    replaced("(@ *t", t);
    for (int k = 0; k < max_arity && n.args[k] >= 0; ++k) {
      out.write(", const ");
      out.write(type(t.of[k + 1]));
      out.write(k == 0 ? " *a" : k == 1 ? " *b" : " *c");
    }
    out.write(of_matrices(n) ? ", int count" : ", int outer, int inner");
    out.write(", int n, int m");
    out.write(h.parameters[0] != 0 ? ", " : "");
    out.write(h.parameters);
    out.write(") {\n");
    replaced(h.body, t);
    out.write("}\n");
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
    return t == dtype::float32   ? "f"
           : is_floating(t)      ? ""
           : t == dtype::int32   ? "i"
           : t == dtype::boolean ? "b"
                                 : "l";
  }
  /// The text of a helper with its types in place.
  constexpr void replaced(char const* text, types const& t) {
    bool skipping = false;
    for (; *text != 0; ++text) {
      if (*text == '$') skipping = !skipping && !is_floating(t.of[1]);
      else if (*text == '`') skipping = !skipping && is_floating(t.of[1]);
      else if (skipping) continue;
      else if (*text == '@') out.write(type(t.of[0]));
      else if (*text == '~') out.write(type(t.of[1]));
      else if (*text == '#') out.write(suffix(t.of[0]));
      else if (*text == '\\') out.write("for (int p = 0, e = 0; p < outer; ++p) "
                                        "for (int k = 0; k < n; ++k)\n"
                                        "    for (int q = 0; q < inner; ++q, ++e)");
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
    out.write(l.name);
    if (is_taken(l.name)) out.put('_');
    if (l.name[0] != 0) return;
    out.put('x');
    out.write_integer(l.ordinal);
  }

  /// Is a name that of something else here: `t1`, `out`, `exp`, an extent?
  constexpr bool is_taken(char const* name) const {
    bool numbered = (name[0] == 'i' || name[0] == 'k' || name[0] == 't') && name[1] != 0;
    for (char const* c = name; numbered && *++c != 0;) numbered = *c >= '0' && *c <= '9';
    for (int k = 0; k < g.size_count; ++k)
      numbered = numbered || (name[0] != 0 && detail::same_text(g.sizes[k].name, name));
    return numbered || is_among(c_words, name) || c_text_of(name, true) != nullptr;
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
  /// i0, or (n - 1 - i0) of an axis of extent n that is reversed.
  constexpr void variable(index const& at, int k, int own) {
    int const axis = at.axes[k];
    if (axis < 0) return out.put('0');
    if (at.reversed[k]) {
      out.put('(');
      extent(own);
      out.write(" - 1 - ");
    }
    out.put(axis >= 100 ? 'k' : 'i');
    out.write_integer(axis >= 100 ? axis - 100 : axis);
    if (at.reversed[k]) out.put(')');
  }
  constexpr void copy_axis(index& to, int k, index const& from, int own) const {
    to.axes[k] = from.axes[own];
    to.reversed[k] = from.reversed[own];
  }
  /// ", 2 * n": the number of elements in some axes.
  constexpr void extents(shape const& s, int from, int to) {
    out.write(from < to ? ", " : ", 1");
    for (int k = from; k < to; ++k) {
      if (k != from) out.write(" * ");
      extent(s.extents[k]);
    }
  }
  /// The place of an element in C order: (i0 * 3 + i1).
  constexpr void place(shape const& s, index const& at) {
    bool any = false;
    for (int k = 0; k < s.rank; ++k) {
      int const axis = s.extents[k] == 1 ? -1 : at.axes[k];
      if (axis < 0) continue;
      if (any) out.write(" + ");
      variable(at, k, s.extents[k]);
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
    if (is_special(c.floating))
      return out.write(c.floating > 0 ? "INFINITY" : c.floating < 0 ? "(-INFINITY)" : "NAN");
    if (c.floating < 0) out.put('(');
    write_hexadecimal(out, c.floating);
    if (t == dtype::float32) out.put('f');
    if (c.floating < 0) out.put(')');
  }

 private:
  char const* written_names[64]{};
  types written_types[64]{};
  int written_count = 0;
};

}  // namespace slope::engine
