// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/rewrite_arithmetic.hpp"

/// The rules of functions, comparisons and choices, and the one that sends a node to its rules.
namespace slope::engine {

/// Functions at the points where they are exact, and what makes logarithms of exponentials finite.
constexpr int rewrite_function(builder& b, node const& n) {
  int const x = n.args[0];
  rational c;
  if (constant_like(b, x, c)) {
    auto const is = [&](int op) { return n.op == op; };
    if (c.is(0) && (is(op_number<op::exp>()) || is(op_number<op::cos>()) ||
                    is(op_number<op::cosh>())))
      return constant_result(b, n, rational(1));
    if (c.is(0) && (is(op_number<op::sin>()) || is(op_number<op::tan>()) ||
                    is(op_number<op::sinh>()) || is(op_number<op::tanh>()) ||
                    is(op_number<op::asin>()) || is(op_number<op::atan>()) ||
                    is(op_number<op::expm1>()) || is(op_number<op::log1p>())))
      return constant_result(b, n, rational(0));
    if (c.is(1) && is(op_number<op::log>())) return constant_result(b, n, rational(0));
    if (is(op_number<op::abs>())) return constant_result(b, n, c.is_negative() ? -c : c);
    if (is(op_number<op::sign>()))
      return constant_result(b, n, rational(c.is(0) ? 0 : c.is_negative() ? -1 : 1));
    return -1;
  }
  if (n.op == op_number<op::log>()) {
    // log(exp(x)) is x.
    if (is_op(b, x, op_number<op::exp>())) return fitted(b, n, b[x].args[0]);
    // log(1 + exp(x)) is softplus(x).
    if (is_op(b, x, op_number<op::add>()) && is_op(b, b[x].args[0], op_number<op::exp>()) &&
        constant_like(b, b[x].args[1], c) && c.is(1))
      return fitted(b, n, symbols::softplus(symbol(&b, b[b[x].args[0]].args[0])).index());
    // log(sigmoid(x)) is min(x, 0) - softplus(-|x|), exact on both sides.
    if (is_op(b, x, op_number<op::sigmoid>())) {
      symbol const y(&b, b[x].args[0]);
      return fitted(b, n, (symbols::minimum(y, symbol(0)) - symbols::softplus(-symbols::abs(y))).index());
    }
  }
  // log1p(exp(x)) is softplus(x).
  if (n.op == op_number<op::log1p>() && is_op(b, x, op_number<op::exp>()))
    return fitted(b, n, symbols::softplus(symbol(&b, b[x].args[0])).index());
  if (n.op == op_number<op::abs>()) {
    // |c x| is |c| |x|; |x| of what is not negative is x.
    term const t = split(b, x);
    if (!t.coefficient.is(1))
      return fitted(b, n, scaled(b, t.coefficient.is_negative() ? -t.coefficient : t.coefficient,
                                 symbols::abs(symbol(&b, t.factor)).index()));
    rational e;
    if (is_op(b, x, op_number<op::abs>()) || is_op(b, x, op_number<op::exp>()) ||
        (base_of(b, x, e) != x && e.numerator % 2 == 0))
      return fitted(b, n, x);
  }
  return -1;
}

/// sum(c * x) is c * sum(x) for an exact constant; the sum of one value spread out is a multiple.
constexpr int rewrite_sum(builder& b, node const& n) {
  int const x = n.args[0];
  if (b.shape_of(x).rank == 0) return fitted(b, n, x);
  term const t = split(b, x);
  if (t.factor < 0) {
    std::int64_t count = 1;
    shape const& s = b.shape_of(x);
    for (int k = 0; k < s.rank; ++k) {
      if ((n.attribute >> k & 1) == 0) continue;
      if (s.extents[k] < 0) return -1;
      count *= s.extents[k];
    }
    return constant_result(b, n, t.coefficient * rational(count));
  }
  // The factor may be smaller than the product it stood in only by a constant, so shapes agree.
  if (!t.coefficient.is(1) && is_floating(b[x].type) && b[t.factor].shape == b[x].shape &&
      b[t.factor].type == b[x].type) {
    node inner = n;
    inner.args[0] = t.factor;
    return scaled(b, t.coefficient, add(b, inner));
  }
  return -1;
}

/// Comparisons of constants have a value; x < x is false. x == x stays: it is how NaN is found.
constexpr int rewrite_comparison(builder& b, node const& n) {
  rational x, y;
  bool const less = n.op == op_number<op::lt>(), at_most = n.op == op_number<op::le>();
  bool const equal = n.op == op_number<op::eq>();
  if (less && n.args[0] == n.args[1]) return constant_result(b, n, rational(0));
  if (!constant_like(b, n.args[0], x) || !constant_like(b, n.args[1], y)) return -1;
  bool const same = x == y;
  bool const holds = less ? x < y : at_most ? same || x < y : same == equal;
  return constant_result(b, n, rational(holds ? 1 : 0));
}

/// A constant operand decides a logical operation or has no part in it.
constexpr int rewrite_logical(builder& b, node const& n) {
  rational c;
  if (n.op == op_number<op::logical_not>()) {
    if (constant_like(b, n.args[0], c)) return constant_result(b, n, rational(c.is(0) ? 1 : 0));
    return is_op(b, n.args[0], n.op) && b[b[n.args[0]].args[0]].type == dtype::boolean
               ? b[n.args[0]].args[0]
               : -1;
  }
  for (int k = 0; k < 2; ++k) {
    if (!constant_like(b, n.args[k], c)) continue;
    bool const decides = c.is(0) == (n.op == op_number<op::logical_and>());
    if (decides) return constant_result(b, n, rational(c.is(0) ? 0 : 1));
    if (b[n.args[1 - k]].type == dtype::boolean) return fitted(b, n, n.args[1 - k]);
  }
  return n.args[0] == n.args[1] && b[n.args[0]].type == dtype::boolean ? n.args[0] : -1;
}

/// A choice between equals or by a constant is none.
constexpr int rewrite_where(builder& b, node const& n) {
  rational c, other;
  if (n.args[1] == n.args[2]) return fitted(b, n, n.args[1]);
  if (constant_like(b, n.args[1], c) && constant_like(b, n.args[2], other) && c == other)
    return fitted(b, n, n.args[1]);
  // A choice within a choice by the same condition is made already.
  for (int k = 1; k < 3; ++k) {
    int const inner = n.args[k];
    if (!is_op(b, inner, n.op) || b[inner].args[0] != n.args[0] || b[inner].type != n.type)
      continue;
    node outer = n;
    outer.args[k] = b[inner].args[k];
    return add(b, outer);
  }
  if (constant_like(b, n.args[0], c)) return fitted(b, n, n.args[c.is(0) ? 2 : 1]);
  // The elements of the identity are truth values already.
  if (b[n.args[0]].op == op_number<op::variable>() && constant_like(b, n.args[1], c) && c.is(1) &&
      constant_like(b, n.args[2], other) && other.is(0) &&
      is_identity(b.graph.leaves[b[n.args[0]].attribute]))
    return fitted(b, n, n.args[0]);
  return -1;
}

constexpr int rewrite(builder& b, node const& n, location) {
  int const op = n.op;
  if (op == op_number<op::add>()) return rewrite_add(b, n);
  if (op == op_number<op::multiply>()) return rewrite_multiply(b, n);
  if (op == op_number<op::divide>()) return rewrite_divide(b, n);
  if (op == op_number<op::power>()) return rewrite_power(b, n);
  if (op == op_number<op::sum>()) return rewrite_sum(b, n);
  if (op == op_number<op::where>()) return rewrite_where(b, n);
  if ((op == op_number<op::maximum>() || op == op_number<op::minimum>()) && n.args[0] == n.args[1])
    return fitted(b, n, n.args[0]);
  op_info const& info = info_of(op);
  if (info.result == type_rule::boolean) {
    if (int const simpler = rewrite_comparison(b, n); simpler >= 0) return simpler;
  } else if (info.result == type_rule::logical) {
    if (int const simpler = rewrite_logical(b, n); simpler >= 0) return simpler;
  } else if (info.kind == op_kind::elementwise && info.arity == 1) {
    return rewrite_function(b, n);
  }
  if (info.commutative && compare(b, n.args[1], n.args[0]) < 0)
    return plain(b, op, n.args[1], n.args[0]);
  return -1;
}

}  // namespace slope::engine
