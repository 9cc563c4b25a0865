// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"

/// Rules that define a value at finite points where the formula as written has none: 0 / 0 becomes
/// 1. They are for those who ask for them.
namespace slope::engine {

/// x^m * x^n is x^(m+n) also where the signs of whole m and n differ; x / x is 1.
constexpr int merged_powers(builder& b, node const& n, int x, int y, bool dividing) {
  term const p = split(b, x), q = split(b, y);
  if (p.factor < 0 || q.factor < 0 || q.coefficient.is(0)) return -1;
  rational m, e;
  int const base = base_of(b, p.factor, m);
  if (base != base_of(b, q.factor, e)) return -1;
  rational const exponent = dividing ? m - e : m + e;
  rational const c =
      p.coefficient * (dividing ? rational::inverse(q.coefficient) : q.coefficient);
  if (exponent.is(0)) return constant_result(b, n, c);
  return fitted(b, n, scaled(b, c, symbols::pow(symbol(&b, base), symbol(exponent)).index()));
}

constexpr int rewrite_extended(builder& b, node const& n, location at) {
  if (n.op == op_number<op::divide>())
    if (int const i = merged_powers(b, n, n.args[0], n.args[1], true); i >= 0) return i;
  if (n.op == op_number<op::multiply>())
    if (int const i = merged_powers(b, n, n.args[0], n.args[1], false); i >= 0) return i;
  // exp(log(x)) is x.
  if (n.op == op_number<op::exp>() && is_op(b, n.args[0], op_number<op::log>()))
    return fitted(b, n, b[n.args[0]].args[0]);
  // sqrt(x)^2 is x, and so for every root.
  if (n.op == op_number<op::power>() && is_op(b, n.args[0], op_number<op::power>())) {
    rational inner, outer;
    if (constant_like(b, b[n.args[0]].args[1], inner) && constant_like(b, n.args[1], outer) &&
        inner.exact() && outer.exact() && (inner * outer).is(1))
      return fitted(b, n, b[n.args[0]].args[0]);
  }
  return rewrite_all(b, n, at);
}

/// The simplest form under these rules and all others.
constexpr work_graph simplified_extended(graph_view const& from) {
  return rebuilt(from, rewrite_extended, copying::simplifying);
}

}  // namespace slope::engine
