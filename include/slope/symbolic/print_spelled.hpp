// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>

#include "slope/symbolic/print.hpp"

/// What the printers of expressions in other languages have in common: a table of spellings each.
namespace slope::engine {

using program_text = detail::text_buffer<16384>;

/// A text in another language, and the operation for which that has no words.
struct exported_text : program_text {
  char const* missing = "";
};

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

/// Infinite or NaN, asked of the bits: no literal of another language is either.
constexpr bool is_special(double value) {
  return (std::bit_cast<std::uint64_t>(value) >> 52 & 2047) == 2047;
}

/// How an operation is written: a line "add 10 10 11: @0 + @1" of a table. In the text @0 is an
/// operand, %1 a number (the printer says which); a text without either is the name of a function.
/// The precedences are those of the whole, and those that the first operand and the others need;
/// 100, 0 and 0 where they are not said. (Structs would cost every program five times as much.)
struct spelling {
  char const* text = nullptr;  ///< none: the table has no such name
  int precedence[3]{100, 0, 0};
};

template <std::size_t N>
constexpr spelling spelling_of(char const* const (&table)[N], char const* name) {
  spelling s;
  for (char const* c : table) {
    char const* rest = name;
    while (*rest != 0 && *c == *rest) ++c, ++rest;
    if (*rest != 0 || (*c != ':' && (*c != ' ' || c[1] < '0' || c[1] > '9'))) continue;
    for (int k = 0; *c == ' '; ++k)
      for (s.precedence[k] = 0, ++c; *c >= '0' && *c <= '9'; ++c)
        s.precedence[k] = s.precedence[k] * 10 + (*c - '0');
    s.text = c + 2;
    return s;
  }
  return s;
}
template <std::size_t N>
constexpr bool is_among(char const* const (&names)[N], char const* name) {
  for (char const* other : names)
    if (detail::same_text(other, name)) return true;
  return false;
}

/// The numbers between the brackets of an operation; the first is the axis, where it has one.
constexpr brackets brackets_of(graph_view const& g, node const& n) {
  op_info const& info = info_of(n.op);
  shape const& from = g.shape_of(n.args[0]);
  if (info.has_spelling) return info.spell(n.attribute, from, g.shapes[n.shape]);
  if (info.axes == axes_rule::none) return {};
  return {1, {from.rank - axis_in(n.attribute & 255, from.rank)}};
}

/// The name of a spelling: the operation's own, but where its numbers make it another one.
constexpr char const* spelled_as(graph_view const& g, node const& n) {
  if (n.op == op_number<op::lu_solve>() && (n.attribute & 1) != 0) return "solve transposed";
  if (n.op == op_number<op::lu_inverse>() && (n.attribute & 1) != 0) return "inverse transposed";
  if (n.op == op_number<op::lu_det>())
    return n.attribute == 0 ? "det of lu" : n.attribute == 1 ? "sign of det" : "log of det";
  if (n.op == op_number<op::pad_axis>() && brackets_of(g, n).at[3] > 0) return "pad with gaps";
  if (n.op == op_number<op::solve>() && g.shape_of(n.args[0]).rank > 2 &&
      g.shape_of(n.args[0]).rank != g.shape_of(n.args[1]).rank)
    return "solve columns";
  if (n.op == op_number<op::softplus_beta>()) return "";
  return info_of(n.op).name;
}

/// Printer has `left` and `right` parentheses, print(node, precedence around it),
/// number(node, which) and times(constant, node, precedence around it). Printers are templates, as
/// a class costs programs that do not use it less so.
template <class Printer, class Graph>
class expression_printer {
 public:
  exported_text& out;
  Graph g;

 protected:
  constexpr Printer& self() { return static_cast<Printer&>(*this); }

  constexpr void open(int own, int outer) {
    if (own < outer) out.write(Printer::left);
  }
  constexpr void close(int own, int outer) {
    if (own < outer) out.write(Printer::right);
  }
  constexpr void operands(node const& n) {
    for (int k = 0; k < max_arity && n.args[k] >= 0; ++k) {
      if (k != 0) out.write(", ");
      self().print(n.args[k], 0);
    }
  }
  constexpr void call(node const& n) {
    out.write(Printer::left);
    operands(n);
    out.write(Printer::right);
  }
  constexpr void spelled(node const& n, spelling const& s, int outer) {
    open(s.precedence[0], outer);
    bool function = true;
    for (char const* c = s.text; *c != 0; ++c) {
      if (*c == '@' && c[1] != ' ') {
        function = false;
        int const k = *++c - '0';
        self().print(n.args[k], s.precedence[k == 0 ? 1 : 2]);
      } else if (*c == '%') {
        function = false;
        self().number(n, *++c);
      } else {
        out.put(*c);
      }
    }
    if (function) call(n);
    close(s.precedence[0], outer);
  }
  constexpr void around(char const* before, int x, char const* after, int own, int inner,
                        int outer) {
    open(own, outer);
    out.write(before);
    self().print(x, inner);
    out.write(after);
    close(own, outer);
  }
  /// The number of the brackets for a digit, for a slice what is before and after it, and for f the
  /// matrix whose factors the first operand is.
  constexpr void number(node const& n, char which) {
    if (which == 'f') return factored(g.nodes[n.args[0]]);
    brackets const numbers = brackets_of(g, n);
    if (which == ':')
      for (int k = 0; k < numbers.at[0]; ++k) out.write(":, ");
    else if (which == '/' && numbers.at[3] == 1) return;
    else if (which == '/') out.put(':'), out.write_integer(numbers.at[3]);
    else out.write_integer(numbers.at[which - '0']);
  }

  constexpr void factored(node const& n) {
    if (n.op != op_number<op::lu_factor>()) out.missing = info_of(n.op).name;
    else self().print(n.args[0], 31);
  }

  /// The constant that node i is; an inexact 0 where it is none.
  constexpr rational constant_at(int i) const {
    node const& n = g.nodes[i];
    return n.op == op_number<op::constant>() ? g.constants[n.attribute].value()
                                             : rational::inexact(0);
  }
  constexpr bool scaled(node const& n, int outer) {
    rational const c = constant_at(n.args[0]);
    if (!c.exact() || constant_at(n.args[1]).exact()) return false;
    self().times(c, n.args[1], outer);
    return true;
  }
  /// a + (-c) b is a - c b.
  constexpr bool difference(node const& n, int outer) {
    for (int k = 1; k >= 0; --k) {
      node const& term = g.nodes[n.args[k]];
      if (term.op != op_number<op::multiply>()) continue;
      rational const c = constant_at(term.args[0]);
      if (!c.exact() || !c.is_negative()) continue;
      open(10, outer);
      self().print(n.args[1 - k], 10);
      out.write(" - ");
      self().times(-c, term.args[1], 11);
      close(10, outer);
      return true;
    }
    return false;
  }
  /// What a product with a constant is not, nor a difference.
  constexpr bool arithmetic(node const& n, int outer) {
    return (n.op == op_number<op::multiply>() && scaled(n, outer)) ||
           (n.op == op_number<op::add>() && difference(n, outer));
  }
};

}  // namespace slope::engine
