// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_spelled.hpp"

/// Formulas as LaTeX, in commands that MathJax, KaTeX and matplotlib all know. Element-wise
/// products of tensors are \odot, matrix products stand side by side.
namespace slope::engine {

// clang-format off
/// What is not written \mathrm{name}. A text without operands is the name of a function.
inline constexpr char const* latex_spellings[] = {
    "add 10 10 10: @0 + @1", "subtract 10 10 11: @0 - @1", "divide: \\frac{@0}{@1}",
    "matmul 25 25 26: @0 \\, @1", "mm 25 25 26: @0 \\, @1", "mv 25 25 26: @0 \\, @1",
    "dot 25 31 31: @0^{\\top} \\, @1", "outer 25 31 31: @0 \\, @1^{\\top}", "negative 15 20: -@0",
    "square 30 31: @0^{2}", "sqrt: \\sqrt{@0}", "reciprocal: \\frac{1}{@0}",
    "rsqrt: \\frac{1}{\\sqrt{@0}}", "exp 25: e^{@0}", "exp2 25: 2^{@0}", "expm1 10: e^{@0} - 1",
    "abs: \\left| @0 \\right|", "norm: \\left\\| @0 \\right\\|",
    "norm of p: \\left\\| @0 \\right\\|_{@1}", "eq 5 5 6: @0 = @1", "ne 5 5 6: @0 \\neq @1",
    "lt 5 5 6: @0 < @1", "le 5 5 6: @0 \\leq @1", "logical_and 3 3 4: @0 \\wedge @1",
    "logical_or 2 2 3: @0 \\vee @1", "logical_not 95 95: \\neg @0", "floor: \\lfloor @0 \\rfloor",
    "ceil: \\lceil @0 \\rceil", "log1p 100 10: \\log\\left(1 + @0\\right)", "log2: \\log_{2}",
    "log10: \\log_{10}", "log: \\log", "sin: \\sin", "cos: \\cos", "tan: \\tan", "sinh: \\sinh",
    "cosh: \\cosh", "tanh: \\tanh", "asin: \\arcsin", "acos: \\arccos", "atan: \\arctan",
    "sigmoid: \\sigma", "logsigmoid: \\log \\sigma",
    "logaddexp: \\log\\left(e^{@0} + e^{@1}\\right)", "xlogy 20 21: @0 \\log\\left(@1\\right)",
    "ndtr: \\Phi", "hypot 100 31 31: \\sqrt{@0^{2} + @1^{2}}",
    "lgamma: \\log \\left| \\Gamma\\left(@0\\right) \\right|", "digamma: \\psi",
    "polygamma: \\psi^{(@0)}\\left(@1\\right)", "sum: \\sum", "prod: \\prod", "amax: \\max",
    "amin: \\min", "maximum: \\max", "minimum: \\min", "with_derivative 100 100: @0",
    "slice 100 100: @0\\left[%:%1:%2%/\\right]", "inverse 30 31: @0^{-1}", "det: \\det",
    "solve 25 31 26: @0^{-1} \\, @1", "solve columns 25 31 26: @0^{-1} \\, @1",
    "inv_ex 30 31: @0^{-1}", "logdet: \\log \\det",
    "logabsdet: \\log \\left| \\det\\left(@0\\right) \\right|",
    "lu_solve 25 0 31: %f^{-1} \\, @1", "solve transposed 25 0 31: %f^{-\\top} \\, @1",
    "lu_inverse 30: %f^{-1}", "inverse transposed 30: %f^{-\\top}",
    "det of lu: \\det\\left(%f\\right)",
    "sign of det: \\mathrm{sign}\\left(\\det\\left(%f\\right)\\right)",
    "log of det: \\log \\left| \\det\\left(%f\\right) \\right|"};
// clang-format on

template <class Graph>
class latex_printer : public expression_printer<latex_printer<Graph>, Graph> {
  using base = expression_printer<latex_printer<Graph>, Graph>;
  friend base;
  using base::out, base::g, base::open, base::close, base::call, base::spelled, base::around,
      base::constant_at, base::arithmetic;
  static constexpr char const* left = "\\left(";
  static constexpr char const* right = "\\right)";

 public:
  constexpr latex_printer(exported_text& to, Graph const& graph)
      : base{to, graph} {}

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
    if (arithmetic(n, outer)) return;
    if (n.op == op_number<op::multiply>()) {
      bool const scalar = g.shape_of(x).rank == 0 || g.shape_of(n.args[1]).rank == 0;
      return spelled(n, {scalar ? "@0 \\cdot @1" : "@0 \\odot @1", {20, 20, 21}}, outer);
    }
    if (n.op == op_number<op::power>()) return power(x, n.args[1], outer);
    bool const general = n.op == op_number<op::power_norm>();
    spelling const s = spelling_of(latex_spellings, general ? "norm of p" : spelled_as(g, n));
    for (char const* c = s.text == nullptr ? "" : s.text; *c != 0; ++c)
      if (*c == '@' || *c == '%') return spelled(n, s, outer);
    function(n, info, s);
  }

 private:
  constexpr void constant(rational const& c, int outer) {
    if (!c.exact() && (c.floating == detail::pi || c.floating == detail::e))
      return out.write(c.floating == detail::e ? "e" : "\\pi");
    if (!c.exact() && is_special(c.floating))
      return out.write(c.floating > 0 ? "\\infty" : c.floating < 0 ? "-\\infty" : "\\mathrm{NaN}");
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
  /// Roots for exponents of 1 over a number.
  constexpr void power(int x, int exponent, int outer) {
    rational const e = constant_at(exponent);
    if (e.is(-1)) return around("\\frac{1}{", x, "}", 100, 0, outer);
    if (e.exact() && !e.is_integer() && (e.numerator == 1 || e.numerator == -1)) {
      if (e.numerator < 0) out.write("\\frac{1}{");
      out.write("\\sqrt");
      if (e.denominator != 2) out.put('['), out.write_integer(e.denominator), out.put(']');
      around("{", x, "}", 100, 0, 0);
      return out.write(e.numerator < 0 ? "}" : "");
    }
    open(30, outer);
    print(x, 31);
    out.write("^{");
    print(exponent, 0);
    out.put('}');
    close(30, outer);
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
  /// The name with axes and other numbers below it, and the operands.
  constexpr void function(node const& n, op_info const& info, spelling const& s) {
    if (s.text != nullptr) out.write(s.text);
    else roman(info.is_external ? g.externals[n.attribute]->name : info.name);
    if (info.axes != axes_rule::none) axes(n, info);
    else if (info.has_spelling) numbers(n);
    if (n.op == op_number<op::sum>() || n.op == op_number<op::prod>()) out.put(' ');
    call(n);
  }
  constexpr void roman(char const* text) {
    out.write("\\mathrm{");
    for (char const* c = text; *c != 0; ++c) {
      if (*c == '_') out.put('\\');
      out.put(*c);
    }
    out.put('}');
  }
  constexpr void numbers(node const& n) {
    brackets const b = brackets_of(g, n);
    out.write(b.count > 0 ? "_{" : "");
    for (int k = 0; k < b.count; ++k) {
      if (k != 0) out.write(", ");
      out.write_integer(b.at[k]);
    }
    out.write(b.count > 0 ? "}" : "");
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

template <class Graph>
constexpr exported_text latex_source(Graph const& g, int root) {
  exported_text out;
  latex_printer<Graph>(out, g).print(root, 0);
  return out;
}

}  // namespace slope::engine
