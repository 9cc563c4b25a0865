// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_numpy.hpp"

/// Formulas as LaTeX, in commands that MathJax, KaTeX and matplotlib all know. Element-wise
/// products of tensors are \odot, matrix products stand side by side.
namespace slope::engine {

/// Functions that have a command or letter of their own.
constexpr char const* latex_name(char const* name) {
  struct pair {
    char const* slope;
    char const* latex;
  };
  constexpr pair table[] = {
      {"sin", "\\sin"},      {"cos", "\\cos"},         {"tan", "\\tan"},
      {"sinh", "\\sinh"},    {"cosh", "\\cosh"},       {"tanh", "\\tanh"},
      {"asin", "\\arcsin"},  {"acos", "\\arccos"},     {"atan", "\\arctan"},
      {"log", "\\log"},      {"log2", "\\log_{2}"},    {"log10", "\\log_{10}"},
      {"sigmoid", "\\sigma"}, {"sum", "\\sum"},        {"prod", "\\prod"},
      {"amax", "\\max"},     {"amin", "\\min"},        {"maximum", "\\max"},
      {"minimum", "\\min"}};
  for (pair const& p : table)
    if (detail::same_text(p.slope, name)) return p.latex;
  return "";
}

class latex_printer {
 public:
  program_text& out;
  graph_view g;

  constexpr void print(int i, int outer) {
    node const& n = g.nodes[i];
    op_info const& info = info_of(n.op);
    int const x = n.args[0];
    if (n.op == op_number<op::constant>()) return constant(g.constants[n.attribute].value(), outer);
    if (n.op == op_number<op::variable>()) return leaf_name(g.leaves[n.attribute]);
    if (n.op == op_number<op::size>()) return size(static_cast<int>(n.attribute));
    if (keeps_axes(g, n) || n.op == op_number<op::broadcast>()) return print(x, outer);
    if (n.op == op_number<op::reshape>()) return shaped(n);
    if (n.op == op_number<op::permute>()) return permuted(n, outer);
    if (n.op == op_number<op::add>() && difference(n, outer)) return;
    if (n.op == op_number<op::multiply>() && scaled(n, outer)) return;
    if (n.op == op_number<op::add>()) return infix(n, " + ", 10, 10, outer);
    if (n.op == op_number<op::subtract>()) return infix(n, " - ", 10, 11, outer);
    if (n.op == op_number<op::multiply>()) {
      bool const scalar = g.shape_of(x).rank == 0 || g.shape_of(n.args[1]).rank == 0;
      return infix(n, scalar ? " \\cdot " : " \\odot ", 20, 21, outer);
    }
    if (n.op == op_number<op::divide>()) return fraction(x, n.args[1]);
    if (n.op == op_number<op::matmul>() || n.op == op_number<op::mm>() ||
        n.op == op_number<op::mv>() || n.op == op_number<op::vector_matmul>())
      return infix(n, " \\, ", 25, 26, outer);
    if (n.op == op_number<op::dot>()) return product(n, true, outer);
    if (n.op == op_number<op::outer>()) return product(n, false, outer);
    if (n.op == op_number<op::negative>()) return around("-", x, "", 15, 20, outer);
    if (n.op == op_number<op::power>()) return power(x, n.args[1], outer);
    if (n.op == op_number<op::square>()) return raised(x, "2", outer);
    if (n.op == op_number<op::sqrt>()) return around("\\sqrt{", x, "}", 100, 0, outer);
    if (n.op == op_number<op::reciprocal>()) return around("\\frac{1}{", x, "}", 100, 0, outer);
    if (n.op == op_number<op::rsqrt>())
      return around("\\frac{1}{\\sqrt{", x, "}}", 100, 0, outer);
    if (n.op == op_number<op::exp>()) return around("e^{", x, "}", 25, 0, outer);
    if (n.op == op_number<op::exp2>()) return around("2^{", x, "}", 25, 0, outer);
    if (n.op == op_number<op::abs>())
      return around("\\left| ", x, " \\right|", 100, 0, outer);
    if (n.op == op_number<op::norm>())
      return around("\\left\\| ", x, " \\right\\|", 100, 0, outer);
    if (n.op == op_number<op::eq>()) return infix(n, " = ", 5, 6, outer);
    if (n.op == op_number<op::ne>()) return infix(n, " \\neq ", 5, 6, outer);
    if (n.op == op_number<op::lt>()) return infix(n, " < ", 5, 6, outer);
    if (n.op == op_number<op::le>()) return infix(n, " \\leq ", 5, 6, outer);
    if (n.op == op_number<op::logical_and>()) return infix(n, " \\wedge ", 3, 4, outer);
    if (n.op == op_number<op::logical_or>()) return infix(n, " \\vee ", 2, 3, outer);
    if (n.op == op_number<op::logical_not>()) return around("\\neg ", x, "", 95, 95, outer);
    function(n, info);
  }

 private:
  constexpr void constant(rational const& c, int outer) {
    if (!c.exact() || c.is_integer()) {
      formula_text text;
      print_constant(text, c, outer);
      return out.write(text.text);
    }
    if (c.numerator < 0) out.put('-');
    out.write("\\frac{");
    out.write_integer(c.numerator < 0 ? -c.numerator : c.numerator);
    out.write("}{");
    out.write_integer(c.denominator);
    out.put('}');
  }
  /// x, \alpha, x_{1}, \mathrm{loss}.
  constexpr void name(char const* text) {
    constexpr char const* greek[] = {"alpha", "beta",  "gamma", "delta", "epsilon", "zeta",
                                     "eta",   "theta", "kappa", "lambda", "mu",     "nu",
                                     "xi",    "pi",    "rho",   "sigma", "tau",     "phi",
                                     "chi",   "psi",   "omega"};
    for (char const* letter : greek) {
      if (!detail::same_text(letter, text)) continue;
      out.put('\\');
      return out.write(text);
    }
    if (text[0] != 0 && text[1] == 0) return out.put(text[0]);
    bool digits = text[0] != 0;
    for (char const* c = text + 1; *c != 0; ++c) digits = digits && *c >= '0' && *c <= '9';
    if (digits) out.put(text[0]);
    out.write(digits ? "_{" : "\\mathrm{");
    for (char const* c = digits ? text + 1 : text; *c != 0; ++c) {
      if (*c == '_') out.put('\\');
      out.put(*c);
    }
    out.put('}');
  }
  constexpr void leaf_name(leaf const& l) {
    if (l.name[0] != 0) return name(l.name);
    out.write(l.ordinal < 0 ? "I_{" : "x_{");
    out.write_integer(l.ordinal < 0 ? -l.ordinal : l.ordinal);
    out.put('}');
  }
  constexpr void size(int index) {
    runtime_size const& s = g.sizes[index];
    if (s.name[0] != 0) return name(s.name);
    out.write("n_{");
    out.write_integer(s.axis);
    out.write("}\\left(");
    leaf_name(g.leaves[s.leaf]);
    out.write("\\right)");
  }
  constexpr void around(char const* before, int x, char const* after, int own, int inner,
                        int outer) {
    if (own < outer) out.write("\\left(");
    out.write(before);
    print(x, inner);
    out.write(after);
    if (own < outer) out.write("\\right)");
  }
  constexpr void infix(node const& n, char const* sign, int left, int right, int outer) {
    if (left < outer) out.write("\\left(");
    print(n.args[0], left);
    out.write(sign);
    print(n.args[1], right);
    if (left < outer) out.write("\\right)");
  }
  constexpr void fraction(int over, int under) {
    out.write("\\frac{");
    print(over, 0);
    out.write("}{");
    print(under, 0);
    out.put('}');
  }
  /// x^T y or x y^T.
  constexpr void product(node const& n, bool inner, int outer) {
    if (25 < outer) out.write("\\left(");
    print(n.args[0], 31);
    if (inner) out.write("^{\\top}");
    out.write(" \\, ");
    print(n.args[1], 31);
    if (!inner) out.write("^{\\top}");
    if (25 < outer) out.write("\\right)");
  }
  constexpr void raised(int x, char const* exponent, int outer) {
    if (30 < outer) out.write("\\left(");
    print(x, 31);
    out.write("^{");
    out.write(exponent);
    out.put('}');
    if (30 < outer) out.write("\\right)");
  }
  constexpr rational constant_at(int i) const {
    rational none;
    none.denominator = 0;
    node const& n = g.nodes[i];
    return n.op == op_number<op::constant>() ? g.constants[n.attribute].value() : none;
  }
  constexpr void power(int x, int exponent, int outer) {
    rational const e = constant_at(exponent);
    if (e == rational(1, 2)) return around("\\sqrt{", x, "}", 100, 0, outer);
    if (e == rational(-1, 2)) return around("\\frac{1}{\\sqrt{", x, "}}", 100, 0, outer);
    if (e.is(-1)) return around("\\frac{1}{", x, "}", 100, 0, outer);
    if (30 < outer) out.write("\\left(");
    print(x, 31);
    out.write("^{");
    print(exponent, 0);
    out.put('}');
    if (30 < outer) out.write("\\right)");
  }
  constexpr void times(rational const& c, int x, int outer) {
    bool const negative = c.numerator < 0;
    int const own = negative ? 15 : c.is_integer() ? 20 : 100;
    std::int64_t const factor = negative ? -c.numerator : c.numerator;
    if (own < outer) out.write("\\left(");
    if (negative) out.put('-');
    if (!c.is_integer()) out.write("\\frac{");
    if (factor != 1) {
      out.write_integer(factor);
      out.put(' ');
    }
    print(x, c.is_integer() ? 20 : factor == 1 ? 0 : 20);
    if (!c.is_integer()) {
      out.write("}{");
      out.write_integer(c.denominator);
      out.put('}');
    }
    if (own < outer) out.write("\\right)");
  }
  constexpr bool scaled(node const& n, int outer) {
    rational const c = constant_at(n.args[0]);
    if (c.denominator == 0 || !c.exact() || constant_at(n.args[1]).denominator != 0) return false;
    times(c, n.args[1], outer);
    return true;
  }
  /// a + (-c) b is a - c b.
  constexpr bool difference(node const& n, int outer) {
    for (int k = 1; k >= 0; --k) {
      node const& term = g.nodes[n.args[k]];
      if (term.op != op_number<op::multiply>()) continue;
      rational const c = constant_at(term.args[0]);
      if (c.denominator == 0 || !c.exact() || !c.is_negative()) continue;
      if (10 < outer) out.write("\\left(");
      print(n.args[1 - k], 10);
      out.write(" - ");
      times(-c, term.args[1], 11);
      if (10 < outer) out.write("\\right)");
      return true;
    }
    return false;
  }
  constexpr void shaped(node const& n) {
    shape const& s = g.shapes[n.shape];
    out.write("\\mathrm{reshape}_{");
    for (int k = 0; k < s.rank; ++k) {
      if (k != 0) out.write(" \\times ");
      if (s.extents[k] >= 0) out.write_integer(s.extents[k]);
      else size(size_index(s.extents[k]));
    }
    out.write("}\\left(");
    print(n.args[0], 0);
    out.write("\\right)");
  }
  constexpr void permuted(node const& n, int outer) {
    int const rank = g.shapes[n.shape].rank;
    if (n.attribute == swapping(rank, rank - 2, rank - 1)) {
      if (30 < outer) out.write("\\left(");
      print(n.args[0], 31);
      out.write("^{\\top}");
      if (30 < outer) out.write("\\right)");
      return;
    }
    out.write("\\mathrm{permute}_{");
    for (int k = 0; k < rank; ++k) {
      if (k != 0) out.write(", ");
      out.write_integer(n.attribute >> 4 * k & 15);
    }
    out.write("}\\left(");
    print(n.args[0], 0);
    out.write("\\right)");
  }
  constexpr void function(node const& n, op_info const& info) {
    char const* const own = latex_name(info.name);
    if (own[0] != 0) out.write(own);
    else {
      out.write("\\mathrm{");
      for (char const* c = info.name; *c != 0; ++c) {
        if (*c == '_') out.put('\\');
        out.put(*c);
      }
      out.put('}');
    }
    if (info.axes != axes_rule::none) axes(n, info);
    if (n.op == op_number<op::sum>() || n.op == op_number<op::prod>()) out.put(' ');
    out.write("\\left(");
    for (int k = 0; k < max_arity && n.args[k] >= 0; ++k) {
      if (k != 0) out.write(", ");
      print(n.args[k], 0);
    }
    out.write("\\right)");
  }
  constexpr void axes(node const& n, op_info const& info) {
    std::int64_t const mask = n.attribute & 255;
    int const rank = g.shape_of(n.args[0]).rank;
    if (info.axes == axes_rule::dropped && mask + 1 == std::int64_t{1} << rank) return;
    out.write("_{");
    bool first = true;
    for (int k = 0; k < rank; ++k) {
      if ((mask >> k & 1) == 0) continue;
      if (!first) out.write(", ");
      out.write_integer(k);
      first = false;
    }
    out.put('}');
  }
};

constexpr program_text latex_source(graph_view const& g, int root) {
  program_text out;
  latex_printer{out, g}.print(root, 0);
  return out;
}

}  // namespace slope::engine
