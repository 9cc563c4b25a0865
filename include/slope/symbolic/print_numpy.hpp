// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>

#include "slope/symbolic/print.hpp"

/// Formulas as NumPy source: one expression of `np` and the names of variables.
namespace slope::engine {

using program_text = detail::text_buffer<16384>;

/// A double without loss: 0x1.8p+3.
constexpr void write_hexadecimal(auto& out, double value) {
  auto const bits = std::bit_cast<std::uint64_t>(value);
  if ((bits >> 63) != 0) out.put('-');
  std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  int const exponent = static_cast<int>(bits >> 52 & 2047);
  out.write(exponent == 0 ? "0x0" : "0x1");
  if (mantissa != 0) out.put('.');
  for (; mantissa != 0; mantissa = mantissa << 4 & ((std::uint64_t{1} << 52) - 1))
    out.put("0123456789abcdef"[mantissa >> 48]);
  out.put('p');
  out.write_integer(exponent == 0 ? (value == 0 ? 0 : -1022) : exponent - 1023);
}

/// What differs from "np.", the name, and the operands in parentheses.
constexpr char const* numpy_name(char const* name) {
  struct pair {
    char const* slope;
    char const* numpy;
  };
  constexpr pair table[] = {{"asin", "arcsin"},  {"acos", "arccos"},      {"atan", "arctan"},
                            {"amax", "max"},     {"amin", "min"},         {"var", "var"},
                            {"clamp_min", "maximum"}, {"clamp_max", "minimum"},
                            {"variance", "var"}, {"stddev", "std"},       {"pow", "power"}};
  for (pair const& p : table)
    if (detail::same_text(p.slope, name)) return p.numpy;
  return name;
}

class numpy_printer {
 public:
  program_text& out;
  graph_view g;

  constexpr void print(int i, int outer) {
    node const& n = g.nodes[i];
    op_info const& info = info_of(n.op);
    if (n.op == op_number<op::constant>()) return constant(g.constants[n.attribute].value(), outer);
    if (n.op == op_number<op::variable>()) return leaf_name(g.leaves[n.attribute]);
    if (n.op == op_number<op::size>()) return size(static_cast<int>(n.attribute));
    if (keeps_axes(g, n)) return along_axes(g.nodes[n.args[0]], true);
    if (n.op == op_number<op::broadcast>()) return spread(n);
    if (n.op == op_number<op::reshape>()) {
      out.write("np.reshape(");
      print(n.args[0], 0);
      out.write(", ");
      extents(g.shapes[n.shape]);
      return out.put(')');
    }
    if (n.op == op_number<op::permute>()) return permuted(n);
    if (info.axes != axes_rule::none) return along_axes(n, false);
    if (is_product(n)) return infix(n, " @ ", 20, outer);
    if (n.op == op_number<op::power>()) return power(n, outer);
    if (n.op == op_number<op::multiply>() && scaled(n, outer)) return;
    if (n.op == op_number<op::add>() && difference(n, outer)) return;
    if (n.op == op_number<op::add>()) return infix(n, " + ", 10, outer);
    if (n.op == op_number<op::subtract>()) return infix(n, " - ", 10, outer);
    if (n.op == op_number<op::multiply>()) return infix(n, " * ", 20, outer);
    if (n.op == op_number<op::divide>()) return infix(n, " / ", 20, outer);
    if (n.op == op_number<op::eq>()) return infix(n, " == ", 5, outer);
    if (n.op == op_number<op::ne>()) return infix(n, " != ", 5, outer);
    if (n.op == op_number<op::lt>()) return infix(n, " < ", 5, outer);
    if (n.op == op_number<op::le>()) return infix(n, " <= ", 5, outer);
    if (n.op == op_number<op::negative>()) return wrapped("-", n.args[0], "", 15, 20, outer);
    if (n.op == op_number<op::reciprocal>()) return wrapped("1 / ", n.args[0], "", 20, 21, outer);
    if (n.op == op_number<op::rsqrt>())
      return wrapped("1 / np.sqrt(", n.args[0], ")", 20, 0, outer);
    if (n.op == op_number<op::sigmoid>())
      return wrapped("1 / (1 + np.exp(-", n.args[0], "))", 20, 20, outer);
    if (n.op == op_number<op::softplus>())
      return wrapped("np.logaddexp(0, ", n.args[0], ")", 100, 0, outer);
    if (n.op == op_number<op::relu>())
      return wrapped("np.maximum(", n.args[0], ", 0)", 100, 0, outer);
    if (n.op == op_number<op::clamp>()) {
      out.write("np.minimum(np.maximum(");
      print(n.args[0], 0);
      out.write(", ");
      print(n.args[1], 0);
      out.write("), ");
      print(n.args[2], 0);
      return out.put(')');
    }
    if (info.kind == op_kind::composite && has_no_function(n)) return print(n.expansion, outer);
    out.write("np.");
    out.write(numpy_name(info.name));
    out.put('(');
    operands(n);
    out.put(')');
  }

 private:
  constexpr bool is_product(node const& n) const {
    return n.op == op_number<op::matmul>() || n.op == op_number<op::mm>() ||
           n.op == op_number<op::mv>() || n.op == op_number<op::dot>() ||
           n.op == op_number<op::vector_matmul>();
  }
  constexpr bool has_no_function(node const& n) const {
    return n.op != op_number<op::square>() && n.op != op_number<op::sqrt>() &&
           n.op != op_number<op::outer>();
  }
  constexpr void operands(node const& n) {
    for (int k = 0; k < max_arity && n.args[k] >= 0; ++k) {
      if (k != 0) out.write(", ");
      print(n.args[k], 0);
    }
  }
  constexpr void constant(rational const& c, int outer) {
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
    if (l.name[0] != 0) return out.write(l.name);
    out.write(l.ordinal < 0 ? "np.eye(" : "_");
    out.write_integer(l.ordinal < 0 ? -l.ordinal : l.ordinal);
    if (l.ordinal < 0) out.put(')');
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
  constexpr void along_axes(node const& n, bool keep) {
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
    } else {
      out.write("np.");
      out.write(numpy_name(info_of(n.op).name));
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
  constexpr void infix(node const& n, char const* sign, int own, int outer) {
    if (own < outer) out.put('(');
    print(n.args[0], own == 5 ? 6 : own);
    out.write(sign);
    print(n.args[1], own + 1);
    if (own < outer) out.put(')');
  }
  constexpr void wrapped(char const* before, int x, char const* after, int own, int inner,
                         int outer) {
    if (own < outer) out.put('(');
    out.write(before);
    print(x, inner);
    out.write(after);
    if (own < outer) out.put(')');
  }
  constexpr rational constant_of_node(int i) const {
    rational none;
    none.denominator = 0;
    node const& n = g.nodes[i];
    return n.op == op_number<op::constant>() ? g.constants[n.attribute].value() : none;
  }
  constexpr void power(node const& n, int outer) {
    rational const e = constant_of_node(n.args[1]);
    if (e.is(2)) return wrapped("np.square(", n.args[0], ")", 100, 0, outer);
    if (e.is(-1)) return wrapped("1 / ", n.args[0], "", 20, 21, outer);
    if (e == rational(1, 2)) return wrapped("np.sqrt(", n.args[0], ")", 100, 0, outer);
    if (e == rational(-1, 2)) return wrapped("1 / np.sqrt(", n.args[0], ")", 20, 0, outer);
    if (30 < outer) out.put('(');
    print(n.args[0], 31);
    out.write(" ** ");
    print(n.args[1], 31);
    if (30 < outer) out.put(')');
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
  constexpr bool scaled(node const& n, int outer) {
    rational const c = constant_of_node(n.args[0]);
    if (!c.exact() || c.denominator == 0 || constant_of_node(n.args[1]).denominator != 0)
      return false;
    times(c, n.args[1], outer);
    return true;
  }
  /// a + (-c) b is a - c b.
  constexpr bool difference(node const& n, int outer) {
    for (int k = 1; k >= 0; --k) {
      node const& term = g.nodes[n.args[k]];
      if (term.op != op_number<op::multiply>()) continue;
      rational const c = constant_of_node(term.args[0]);
      if (c.denominator == 0 || !c.exact() || !c.is_negative()) continue;
      if (10 < outer) out.put('(');
      print(n.args[1 - k], 10);
      out.write(" - ");
      times(-c, term.args[1], 11);
      if (10 < outer) out.put(')');
      return true;
    }
    return false;
  }
};

constexpr program_text numpy_source(graph_view const& g, int root) {
  program_text out;
  numpy_printer{out, g}.print(root, 0);
  return out;
}

/// A graph that the printers of programs have names for: what they lack is spelled out.
constexpr bool has_unprintable_macros(graph_view const& g) {
  for (int i = 0; i < g.node_count; ++i)
    if (g.nodes[i].op == op_number<op::power_norm>()) return true;
  return false;
}

}  // namespace slope::engine
