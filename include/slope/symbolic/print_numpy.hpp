// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_spelled.hpp"

/// Formulas as NumPy source: one expression of `np` and the names of variables, and of `math` where
/// NumPy alone lacks a function.
namespace slope::engine {

// clang-format off
/// A text without operands is the name of a function. Of the numbers %1 %2 %3 are those in the
/// brackets, %k the axis; `number` of the printer has the others.
inline constexpr char const* numpy_spellings[] = {
    "add 10 10 11: @0 + @1", "subtract 10 10 11: @0 - @1", "multiply 20 20 21: @0 * @1",
    "divide 20 20 21: @0 / @1", "negative 15 20: -@0", "reciprocal 20 21: 1 / @0",
    "matmul 20 20 21: @0 @ @1", "mm 20 20 21: @0 @ @1", "mv 20 20 21: @0 @ @1",
    "dot 20 20 21: @0 @ @1", "outer: np.outer", "eq 5 6 6: @0 == @1", "ne 5 6 6: @0 != @1",
    "lt 5 6 6: @0 < @1", "le 5 6 6: @0 <= @1", "logical_and: np.logical_and",
    "logical_or: np.logical_or", "logical_not: np.logical_not", "where: np.where",
    "with_derivative: @0", "abs: np.abs", "sign: np.sign", "exp: np.exp", "exp2: np.exp2",
    "expm1: np.expm1", "log: np.log", "log2: np.log2", "log10: np.log10", "log1p: np.log1p",
    "square: np.square", "sqrt: np.sqrt", "rsqrt 20: 1 / np.sqrt(@0)", "sin: np.sin",
    "cos: np.cos", "tan: np.tan", "sinh: np.sinh", "cosh: np.cosh", "tanh: np.tanh",
    "asin: np.arcsin", "acos: np.arccos", "atan: np.arctan", "asinh: np.arcsinh",
    "acosh: np.arccosh", "atanh: np.arctanh", "atan2: np.arctan2", "hypot: np.hypot",
    "floor: np.floor", "ceil: np.ceil", "trunc: np.trunc", "round: np.rint", "fmod: np.fmod",
    "remainder: np.remainder", "copysign: np.copysign", "signbit: np.signbit", "isnan: np.isnan",
    "isfinite: np.isfinite", "maximum: np.maximum", "minimum: np.minimum",
    "clamp_min: np.maximum", "clamp_max: np.minimum", "clamp: np.minimum(np.maximum(@0, @1), @2)",
    "relu: np.maximum(@0, 0)", "sigmoid 20 20: 1 / (1 + np.exp(-@0))",
    "softplus: (lambda x: np.where(x > 20, x, np.logaddexp(0, x)))", "logaddexp: np.logaddexp",
    "sinc: np.sinc", "softsign: (lambda x: x / (1 + np.abs(x)))",
    "logsigmoid 15 20: -np.logaddexp(0, -@0)",
    "xlogy: (lambda x, y: x * np.log(np.where((x == 0) & ~np.isnan(y), 1, y)))",
    "logit: (lambda x: np.where(np.abs(2 * x - 1) < 0.5, np.log1p((2 * x - 1) / (1 - x)), np.log(x / (1 - x))))",
    "erf: np.vectorize(math.erf, otypes=[float])",
    "erfc: np.vectorize(math.erfc, otypes=[float])",
    "ndtr 20 20: np.vectorize(math.erfc, otypes=[float])(-@0 / math.sqrt(2)) / 2",
    "lgamma: np.vectorize(lambda x: math.lgamma(x) if x > 0 or x != x // 1 else math.inf, otypes=[float])",
    "binary_cross_entropy: (lambda x, y: -(y * np.maximum(np.log(x), -100) + (1 - y) * np.maximum(np.log1p(-x), -100)))",
    "binary_cross_entropy_with_logits: (lambda x, y: (1 - y) * x + np.logaddexp(0, -x))",
    "slice 100 100: @0[%:%1:%2%/]", "pad_axis: np.pad(@0, %p)",
    "pad with gaps: np.pad(np.insert(@0, np.repeat(np.arange(1, %m), %3), 0, axis=%k), %p)",
    "cat: np.concatenate((@0, @1), axis=%k)", "gather: np.take_along_axis(@0, @1, axis=%k)",
    "index_select: np.take(@0, @1, axis=%k)",
    "scatter_zeros: (lambda z, x, i: (np.add.at(z, tuple(i if a == %k else k for a, k in enumerate(np.indices(i.shape, sparse=True))), x), z)[1])(np.zeros(%s, %t), @0, @1)",
    "index_zeros: (lambda z, x, i: (np.add.at(z, (slice(None),) * %k + (i,), x), z)[1])(np.zeros(%s, %t), @0, @1)",
    "argsort: np.argsort(@0, axis=%k, kind='stable')",
    "unfold: np.lib.stride_tricks.sliding_window_view(@0, %w, axis=%k)[%:::%2, ..., ::%3]",
    "fold: (lambda z, x: (np.add.at(np.moveaxis(z, %k, -1), (..., %2 * np.arange(%c)[:, None] + %3 * np.arange(%l)), np.moveaxis(x, %k, -2)), z)[1])(np.zeros(%s, %t), @0)",
    "inverse: np.linalg.inv", "inv_ex: np.linalg.inv", "det: np.linalg.det",
    "cofactor: (lambda u, s, v: (np.linalg.det(u) * np.linalg.det(v))[..., None, None] * (u * np.prod(np.where(np.eye(s.shape[-1], dtype=bool), 1, s[..., None, :]), axis=-1)[..., None, :]) @ v)(*np.linalg.svd(@0))",
    "logabsdet: np.linalg.slogdet(@0)[1]",
    "logdet: (lambda d: np.where(d[0] < 0, np.nan, d[1]))(np.linalg.slogdet(@0))",
    "solve: np.linalg.solve",
    "solve columns 100 0 100: np.linalg.solve(@0, @1[..., None])[..., 0]",
    "lu_solve: np.linalg.solve(%f, @1)",
    "solve transposed: np.linalg.solve(np.swapaxes(%f, -1, -2), @1)",
    "lu_inverse: np.linalg.inv(%f)", "inverse transposed: np.swapaxes(np.linalg.inv(%f), -1, -2)",
    "det of lu: np.linalg.det(%f)", "sign of det: np.linalg.slogdet(%f)[0]",
    "log of det: np.linalg.slogdet(%f)[1]", "cholesky: np.linalg.cholesky",
    "solve_triangular: np.linalg.solve(%<np.tri%u(@0%d)%+%>, @1)"};
// clang-format on

/// The names of reductions.
inline constexpr char const* numpy_folds[] = {
    "sum: np.sum", "prod: np.prod", "amax: np.max", "amin: np.min", "mean: np.mean",
    "variance: np.var", "stddev: np.std", "cumsum: np.cumsum", "flip: np.flip"};

/// What no variable is called in Python.
inline constexpr char const* python_words[] = {
    "np", "math", "float", "tuple", "slice", "enumerate", "and", "as", "assert", "async", "await",
    "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from",
    "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield", "None", "True", "False"};

template <class Graph>
class numpy_printer : public expression_printer<numpy_printer<Graph>, Graph> {
  using base = expression_printer<numpy_printer<Graph>, Graph>;
  friend base;
  using base::out, base::g, base::open, base::close, base::spelled, base::around, base::constant_at,
      base::arithmetic;
  static constexpr char const* left = "(";
  static constexpr char const* right = ")";

 public:
  constexpr numpy_printer(exported_text& to, Graph const& graph) : base{to, graph} {}

  constexpr void print(int i, int outer) {
    node const& n = g.nodes[i];
    op_info const& info = info_of(n.op);
    if (n.op == op_number<op::constant>()) return constant(g.constants[n.attribute].value(), outer);
    if (n.op == op_number<op::variable>()) return leaf_name(g.leaves[n.attribute]);
    if (n.op == op_number<op::size>()) return size(static_cast<int>(n.attribute));
    if (keeps_axes(g, n)) return along_axes(g.nodes[n.args[0]], true, outer);
    if (n.op == op_number<op::broadcast>()) return spread(n);
    if (n.op == op_number<op::reshape>()) {
      out.write("np.reshape(");
      print(n.args[0], 0);
      out.write(", ");
      extents(g.shapes[n.shape]);
      return out.put(')');
    }
    if (n.op == op_number<op::permute>()) return permuted(n);
    if (n.op == op_number<op::power>()) return power(n, outer);
    if (arithmetic(n, outer)) return;
    spelling const s = spelling_of(numpy_spellings, spelled_as(g, n));
    if (s.text != nullptr) return spelled(n, s, outer);
    if (info.axes != axes_rule::none) return along_axes(n, false, outer);
    if (info.kind == op_kind::composite) return print(n.expansion, outer);
    out.missing = info.name;
  }

 private:
  constexpr void constant(rational const& c, int outer) {
    if (!c.exact() && (c.floating == detail::pi || c.floating == detail::e))
      return out.write(c.floating == detail::e ? "np.e" : "np.pi");
    if (!c.exact() && is_special(c.floating))
      return out.write(c.floating > 0 ? "np.inf" : c.floating < 0 ? "(-np.inf)" : "np.nan");
    if (!c.exact()) {
      out.write("float.fromhex('");
      write_hexadecimal(out, c.floating);
      return out.write("')");
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
  constexpr void leaf_name(leaf const& l) {
    out.write(l.name);
    if (is_among(python_words, l.name)) out.put('_');
    if (l.name[0] != 0) return;
    out.write(l.ordinal < 0 ? "np.eye(" : "_");
    out.write_integer(l.ordinal < 0 ? -l.ordinal : l.ordinal);
    if (l.ordinal < 0) out.write(l.type == dtype::boolean ? ", dtype=bool)" : ")");
  }
  constexpr void size(int index) {
    leaf_name(g.leaves[g.sizes[index].leaf]);
    out.write(".shape[");
    out.write_integer(g.sizes[index].axis);
    out.put(']');
  }
  constexpr void extents(shape const& s) {
    out.put('(');
    for (int k = 0; k < s.rank; ++k) {
      if (k != 0) out.put(' ');
      if (s.extents[k] >= 0) out.write_integer(s.extents[k]);
      else size(size_index(s.extents[k]));
      if (k + 1 < s.rank || s.rank == 1) out.put(',');
    }
    out.put(')');
  }
  constexpr void type_name(dtype t) {
    out.write(t == dtype::boolean   ? "np.bool_"
              : t == dtype::int32   ? "np.int32"
              : t == dtype::float32 ? "np.float32"
              : is_floating(t)      ? "np.float64"
                                    : "np.int64");
  }
  constexpr void spread(node const& n) {
    node const& source = g.nodes[n.args[0]];
    if (source.op == op_number<op::constant>()) {
      out.write("np.full(");
      extents(g.shapes[n.shape]);
      out.write(", ");
      print(n.args[0], 0);
      out.write(", ");
      type_name(n.type);
      return out.put(')');
    }
    bool const same_shape = g.shapes[n.shape] == g.shapes[source.shape];
    if (!same_shape) out.write("np.broadcast_to(");
    print(n.args[0], same_shape ? 100 : 0);
    if (!same_shape) {
      out.write(", ");
      extents(g.shapes[n.shape]);
      out.put(')');
    }
    if (source.type == n.type) return;
    out.write(".astype(");
    type_name(n.type);
    out.put(')');
  }
  constexpr void permuted(node const& n) {
    int const rank = g.shapes[n.shape].rank;
    if (rank == 2) {
      print(n.args[0], 100);
      return out.write(".T");
    }
    out.write("np.transpose(");
    print(n.args[0], 0);
    out.write(", (");
    for (int k = 0; k < rank; ++k) {
      if (k != 0) out.write(", ");
      out.write_integer(n.attribute >> 4 * k & 15);
    }
    out.write("))");
  }
  /// `, axis=0`, `, axis=(0, 2)`, nothing for all.
  constexpr void axes(node const& n, bool keep) {
    std::int64_t const mask = n.attribute & 255;
    int const rank = g.shape_of(n.args[0]).rank;
    bool const all = mask + 1 == std::int64_t{1} << rank;
    bool const single = (mask & (mask - 1)) == 0;
    if (!all || info_of(n.op).axes == axes_rule::kept) {
      out.write(single ? ", axis=" : ", axis=(");
      bool first = true;
      for (int k = 0; k < rank; ++k) {
        if ((mask >> k & 1) == 0) continue;
        if (!first) out.write(", ");
        out.write_integer(k);
        first = false;
      }
      if (!single) out.put(')');
    }
    if (keep) out.write(", keepdims=True");
  }
  constexpr void folded(node const& n, char const* before, char const* after, bool keep) {
    out.write(before);
    axes(n, keep);
    out.write(after);
  }
  constexpr void along_axes(node const& n, bool keep, int outer) {
    spelling const s = spelling_of(numpy_folds, info_of(n.op).name);
    if (n.op == op_number<op::softmax>()) {
      folded(n, "(lambda e: e / np.sum(e", ", keepdims=True))(", false);
      folded(n, "(lambda t: np.exp(t - np.max(t", ", keepdims=True)))(", false);
    } else if (n.op == op_number<op::log_softmax>()) {
      folded(n, "(lambda t: t - np.log(np.sum(np.exp(t)", ", keepdims=True)))(", false);
      folded(n, "(lambda t: t - np.max(t", ", keepdims=True))(", false);
    } else if (n.op == op_number<op::logsumexp>()) {
      folded(n, "(lambda t: np.max(t", "", keep);
      folded(n, ") + np.log(np.sum(np.exp(t - np.max(t", ", keepdims=True))", false);
      folded(n, "", ")))(", keep);
    } else if (n.op == op_number<op::norm>()) {
      out.write("np.sqrt(np.sum(np.square(");
      print(n.args[0], 0);
      out.put(')');
      axes(n, keep);
      return out.write("))");
    } else if (n.op == op_number<op::power_norm>()) {
      return power_norm(n, keep, outer);
    } else if (s.text == nullptr) {
      out.missing = info_of(n.op).name;
      return;
    } else {
      out.write(s.text);
      out.put('(');
      print(n.args[0], 0);
      axes(n, keep);
      if (info_of(n.op).has_correction && n.attribute >> 8 != 0) {
        out.write(", ddof=");
        out.write_integer(n.attribute >> 8);
      }
      return out.put(')');
    }
    print(n.args[0], 0);
    out.put(')');
    if (n.op == op_number<op::softmax>() || n.op == op_number<op::log_softmax>()) out.put(')');
  }
  constexpr void power_norm(node const& n, bool keep, int outer) {
    rational const p = constant_at(n.args[1]);
    bool const largest = !p.exact() && is_special(p.floating);
    open(30, largest ? 0 : outer);
    out.write(largest ? "np.max(np.abs(" : "np.sum(np.abs(");
    print(n.args[0], 0);
    out.put(')');
    if (!largest) out.write(" ** "), constant(p, 31);
    axes(n, keep);
    out.put(')');
    if (!largest) out.write(" ** (1 / "), constant(p, 31), out.put(')');
    close(30, largest ? 0 : outer);
  }
  /// What a text says with %: numbers of the node, shapes, and parts that some nodes have.
  constexpr void number(node const& n, char which) {
    brackets const b = brackets_of(g, n);
    shape const &from = g.shape_of(n.args[0]), &to = g.shapes[n.shape];
    int const axis = b.at[0];
    if (which == 'k') return out.write_integer(axis);
    if (which == 's') return extents(to);
    if (which == 't') return type_name(n.type);
    if (which == 'm' || which == 'c') return out.write_integer(from.extents[axis]);
    if (which == 'l') return out.write_integer(from.extents[from.rank - 1]);
    if (which == 'w') return out.write_integer((b.at[1] - 1) * b.at[3] + 1);
    if (which == 'p') return padding(from.rank, b);
    // Of solve_triangular: is the matrix transposed, upper, of ones on the diagonal?
    if (which == '<') return out.write(b.at[1] != 0 ? "np.swapaxes(" : "");
    if (which == '>') return out.write(b.at[1] != 0 ? ", -1, -2)" : "");
    if (which == 'u') return out.put(b.at[0] != 0 ? 'u' : 'l');
    if (which == 'd') return out.write(b.at[2] == 0 ? "" : b.at[0] != 0 ? ", 1" : ", -1");
    if (which != '+') return base::number(n, which);
    if (b.at[2] == 0) return;
    out.write(" + np.eye(");
    out.write_integer(from.extents[from.rank - 1]);
    out.put(')');
  }
  /// ((0, 0), (1, 2))
  constexpr void padding(int rank, brackets const& b) {
    out.put('(');
    for (int k = 0; k < rank; ++k) {
      out.put('(');
      out.write_integer(k == b.at[0] ? b.at[1] : 0);
      out.write(", ");
      out.write_integer(k == b.at[0] ? b.at[2] : 0);
      out.write(rank == 1 ? ")," : k + 1 < rank ? "), " : ")");
    }
    out.put(')');
  }
  constexpr void power(node const& n, int outer) {
    rational const e = constant_at(n.args[1]);
    if (e.is(2)) return around("np.square(", n.args[0], ")", 100, 0, outer);
    if (e.is(-1)) return around("1 / ", n.args[0], "", 20, 21, outer);
    if (e == rational(1, 2)) return around("np.sqrt(", n.args[0], ")", 100, 0, outer);
    if (e == rational(-1, 2)) return around("1 / np.sqrt(", n.args[0], ")", 20, 0, outer);
    open(30, outer);
    print(n.args[0], 31);
    out.write(" ** ");
    print(n.args[1], 31);
    close(30, outer);
  }
  constexpr void times(rational const& c, int x, int outer) {
    bool const negative = c.numerator < 0;
    int const own = negative ? 15 : 20;
    if (own < outer) out.put('(');
    if (negative) out.put('-');
    std::int64_t const factor = negative ? -c.numerator : c.numerator;
    if (factor != 1) {
      out.write_integer(factor);
      out.write(" * ");
    }
    print(x, factor == 1 ? 20 : 21);
    if (!c.is_integer()) {
      out.write(" / ");
      out.write_integer(c.denominator);
    }
    if (own < outer) out.put(')');
  }
};

template <class Graph>
constexpr exported_text numpy_source(Graph const& g, int root) {
  exported_text out;
  numpy_printer<Graph>(out, g).print(root, 0);
  return out;
}

}  // namespace slope::engine
