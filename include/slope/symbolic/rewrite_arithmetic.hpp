// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/order.hpp"

/// The rules of arithmetic: sums, products, quotients, powers. Each rule is one function under one
/// sentence; all keep the value wherever the formula has a finite one.
namespace slope::engine {

constexpr bool is_op(builder const& b, int i, int op) { return b[i].op == op; }

/// The exact constant that node i is, spread over a shape or not.
constexpr bool constant_like(builder const& b, int i, rational& value) {
  if (b[i].op == op_number<op::broadcast>()) i = b[i].args[0];
  if (!is_constant(b, i)) return false;
  value = constant_of(b, i);
  return true;
}

/// i as the value of n: same type, same shape.
constexpr int fitted(builder& b, node const& n, int i) {
  dtype const type = is_weak(n.type) ? b[i].type : n.type;
  return broadcast_symbol(b, {&b, i}, n.shape, type).index();
}
constexpr int constant_result(builder& b, node const& n, rational const& value) {
  int const c = constant_symbol(b, value).index();
  return b.graph.shapes[n.shape].rank == 0 && is_weak(n.type) ? c : fitted(b, n, c);
}

struct term {
  rational coefficient{1};
  int factor = -1;  ///< -1: the coefficient alone
};

/// c * t as its parts.
constexpr term split(builder const& b, int i) {
  rational c;
  if (constant_like(b, i, c)) return {c, -1};
  if (is_op(b, i, op_number<op::multiply>()) && constant_like(b, b[i].args[0], c))
    return {c, b[i].args[1]};
  return {rational(1), i};
}

/// Collects the terms of a sum; false when there are more than fit.
constexpr bool gather(builder const& b, int i, term* terms, int& count) {
  if (is_op(b, i, op_number<op::add>())) {
    return gather(b, b[i].args[0], terms, count) && gather(b, b[i].args[1], terms, count);
  }
  term const t = split(b, i);
  for (int k = 0; k < count; ++k) {
    if (terms[k].factor == t.factor) {
      terms[k].coefficient = terms[k].coefficient + t.coefficient;
      return true;
    }
  }
  if (count == 8) return false;
  terms[count++] = t;
  return true;
}

/// The node as it stands, without asking the rules again.
constexpr int plain(builder& b, int op, int x, int y) {
  node n = blank(op);
  n.args[0] = x;
  n.args[1] = y;
  if (!infer(b, n)) return x;
  return b.insert(n);
}

/// c * i, of which i may have a coefficient already.
constexpr int scaled(builder& b, rational const& c, int i) {
  term const t = split(b, i);
  if (t.factor >= 0 && t.factor != i && b[t.factor].shape == b[i].shape &&
      b[t.factor].type == b[i].type && !c.is(1))
    return scaled(b, c * t.coefficient, t.factor);
  if (c.is(1)) return i;
  return plain(b, op_number<op::multiply>(), constant_symbol(b, c).index(), i);
}

/// Sums: like terms are collected, zeros dropped, terms put in order.
constexpr int rewrite_add(builder& b, node const& n) {
  if (b.width(n.op, n.args[0]) + b.width(n.op, n.args[1]) > 8) return -1;
  term terms[8]{};
  int count = 0;
  if (!gather(b, n.args[0], terms, count) || !gather(b, n.args[1], terms, count)) return -1;
  int order[8]{};
  int used = 0;
  for (int k = 0; k < count; ++k) {
    if (terms[k].coefficient.is(0)) continue;
    int at = used++;
    for (; at > 0; --at) {
      term const& before = terms[order[at - 1]];
      if (terms[k].factor < 0) break;
      if (before.factor >= 0 && compare(b, before.factor, terms[k].factor) < 0) break;
      order[at] = order[at - 1];
    }
    order[at] = k;
  }
  if (used == 0) return constant_result(b, n, rational(0));
  int result = -1;
  for (int k = 0; k < used; ++k) {
    term const& t = terms[order[k]];
    int const next = t.factor < 0 ? constant_symbol(b, t.coefficient).index()
                                  : scaled(b, t.coefficient, t.factor);
    result = result < 0 ? next : plain(b, op_number<op::add>(), result, next);
  }
  return fitted(b, n, result);
}

/// The base and whole exponent of x^n; x itself is x^1.
constexpr int base_of(builder const& b, int i, rational& exponent) {
  rational e;
  if (is_op(b, i, op_number<op::power>()) && constant_like(b, b[i].args[1], e) && e.is_integer()) {
    exponent = e;
    return b[i].args[0];
  }
  exponent = rational(1);
  return i;
}

/// Is node i where(c, a, 0) or where(c, 0, a)?
constexpr bool is_selection(builder const& b, int i) {
  rational c;
  return is_op(b, i, op_number<op::where>()) &&
         ((constant_like(b, b[i].args[1], c) && c.is(0)) ||
          (constant_like(b, b[i].args[2], c) && c.is(0)));
}

/// A product taken apart: the bases with their whole exponents, positive and negative ones apart.
struct factors {
  static constexpr int limit = 16;
  int base[limit]{};
  rational exponent[limit]{};
  int count = 0;
  rational coefficient{1};
  bool merged = false;  ///< some base was met twice
};

/// Collects the factors of node i, a value of this type; false where there are more than fit, or
/// one of another type, whose place decides what is computed in which type.
constexpr bool gather(builder const& b, int i, dtype type, factors& f) {
  rational c;
  if (constant_like(b, i, c)) {
    f.coefficient = f.coefficient * c;
    return true;
  }
  if (b[i].type != type) return false;
  if (is_op(b, i, op_number<op::multiply>()))
    return gather(b, b[i].args[0], type, f) && gather(b, b[i].args[1], type, f);
  rational e;
  int const base = base_of(b, i, e);
  for (int k = 0; k < f.count; ++k) {
    if (f.base[k] != base || f.exponent[k].is_negative() != e.is_negative()) continue;
    f.exponent[k] = f.exponent[k] + e;
    f.merged = true;
    return true;
  }
  if (f.count == factors::limit) return false;
  f.base[f.count] = base;
  f.exponent[f.count++] = e;
  return true;
}

/// Is a base among the factors of node i already among `bases`? A look before more is done.
constexpr bool meets_twice(builder const& b, int i, int* bases, int& count) {
  node const& n = b[i];
  if (n.op == op_number<op::multiply>())
    return meets_twice(b, n.args[0], bases, count) || meets_twice(b, n.args[1], bases, count);
  if (n.op == op_number<op::constant>()) return false;
  int const base = n.op == op_number<op::power>() ? n.args[0] : i;
  for (int k = 0; k < count; ++k)
    if (bases[k] == base) return true;
  if (count < 8) bases[count++] = base;
  return false;
}

/// The product of n's operands with equal bases merged and its factors in order; -1 where that has
/// no use: a product without equal bases keeps its parts, which others may share, unless all of
/// them are to be put in order.
constexpr int product_in_order(builder& b, node const& n, bool always) {
  if (!always) {
    int bases[8]{};
    int count = 0;
    if (b.width(n.op, n.args[0]) + b.width(n.op, n.args[1]) > 8) return -1;
    if (!meets_twice(b, n.args[0], bases, count) && !meets_twice(b, n.args[1], bases, count))
      return -1;
  }
  factors f;
  if (!gather(b, n.args[0], n.type, f) || !gather(b, n.args[1], n.type, f)) return -1;
  if (!f.merged && !always) return -1;
  int order[factors::limit]{};
  for (int k = 0; k < f.count; ++k) {
    int const power = symbols::pow(symbol(&b, f.base[k]), symbol(f.exponent[k])).index();
    int at = k;
    for (; at > 0 && compare(b, power, order[at - 1]) < 0; --at) order[at] = order[at - 1];
    order[at] = power;
  }
  int result = order[0];
  for (int k = 1; k < f.count; ++k)
    result = plain(b, op_number<op::multiply>(), result, order[k]);
  return fitted(b, n, scaled(b, f.coefficient, result));
}

constexpr int rewrite_multiply(builder& b, node const& n) {
  term const x = split(b, n.args[0]), y = split(b, n.args[1]);
  rational const c = x.coefficient * y.coefficient;
  // 0 * x is 0.
  if (c.is(0)) return constant_result(b, n, rational(0));
  // Constants are multiplied exactly, and stand before everything else.
  if (x.factor < 0 && y.factor < 0) return constant_result(b, n, c);
  if (x.factor < 0 || y.factor < 0) {
    int const t = x.factor < 0 ? y.factor : x.factor;
    return fitted(b, n, scaled(b, c, t));
  }
  // A selected factor takes the others into its branch, so that 0 times infinity does not arise.
  bool const swap = compare(b, y.factor, x.factor) < 0;
  symbol const p(&b, swap ? y.factor : x.factor), q(&b, swap ? x.factor : y.factor);
  for (int k = 0; k < 2; ++k) {
    symbol const chosen = k == 0 ? p : q, other = k == 0 ? q : p;
    if (!is_selection(b, chosen.index())) continue;
    node const w = b[chosen];
    rational zero;
    bool const first_is_zero = constant_like(b, w.args[1], zero) && zero.is(0);
    symbol const kept(&b, w.args[first_is_zero ? 2 : 1]);
    symbol const inside = kept * other * symbol(c);
    symbol const cond(&b, w.args[0]);
    return fitted(b, n, (first_is_zero ? symbols::where(cond, symbol(0), inside)
                                       : symbols::where(cond, inside, symbol(0))).index());
  }
  // x^m * x^n is x^(m+n) for whole exponents of one sign: the domain stays.
  if (int const merged = product_in_order(b, n, false); merged >= 0) return merged;
  // The coefficient comes out, the two factors are put in order.
  if (!c.is(1)) return fitted(b, n, scaled(b, c, (p * q).index()));
  return fitted(b, n, plain(b, op_number<op::multiply>(), p.index(), q.index()));
}

constexpr int rewrite_divide(builder& b, node const& n) {
  term const x = split(b, n.args[0]), y = split(b, n.args[1]);
  if (y.coefficient.is(0)) return -1;
  rational const c = x.coefficient * rational::inverse(y.coefficient);
  // A constant divisor is a factor.
  if (y.factor < 0) {
    if (x.factor < 0) return constant_result(b, n, c);
    return fitted(b, n, scaled(b, c, x.factor));
  }
  if (x.coefficient.is(0)) return constant_result(b, n, rational(0));
  // A selected numerator takes the divisor into its branch, so that 0 / 0 does not arise.
  if (x.factor >= 0 && is_selection(b, x.factor)) {
    node const w = b[x.factor];
    rational zero;
    bool const first_is_zero = constant_like(b, w.args[1], zero) && zero.is(0);
    symbol const kept(&b, w.args[first_is_zero ? 2 : 1]), cond(&b, w.args[0]);
    symbol const inside = symbol(c) * (kept / symbol(&b, y.factor));
    return fitted(b, n, (first_is_zero ? symbols::where(cond, symbol(0), inside)
                                       : symbols::where(cond, inside, symbol(0))).index());
  }
  if (x.factor >= 0 && (!x.coefficient.is(1) || !y.coefficient.is(1))) {
    return fitted(b, n, scaled(b, c, plain(b, op_number<op::divide>(), x.factor, y.factor)));
  }
  return -1;
}

constexpr int rewrite_power(builder& b, node const& n) {
  rational e, base;
  if (!constant_like(b, n.args[1], e)) return -1;
  int const x = n.args[0];
  if (e.is(0)) return constant_result(b, n, rational(1));
  if (e.is(1)) return fitted(b, n, x);
  if (constant_like(b, x, base) && base.exact() && e.is_integer() && !base.is(0) &&
      e.numerator < 64 && e.numerator > -64) {
    return constant_result(b, n, rational::power(base, e.numerator));
  }
  rational inner;
  int const f = base_of(b, x, inner);
  // sqrt(x * x) is |x|.
  if (f != x && inner.is(2) && e == rational(1, 2))
    return fitted(b, n, symbols::abs(symbol(&b, f)).index());
  // (x^m)^n is x^(mn) for whole exponents of one sign.
  if (f != x && e.is_integer() && inner.is_negative() == e.is_negative())
    return fitted(b, n, symbols::pow(symbol(&b, f), symbol(inner * e)).index());
  // (c x)^n is c^n x^n.
  term const t = split(b, x);
  if (t.factor >= 0 && !t.coefficient.is(1) && e.is_integer() && t.coefficient.exact()) {
    rational const c = rational::power(t.coefficient, e.numerator);
    return fitted(b, n, scaled(b, c, symbols::pow(symbol(&b, t.factor), symbol(e)).index()));
  }
  return -1;
}

}  // namespace slope::engine
