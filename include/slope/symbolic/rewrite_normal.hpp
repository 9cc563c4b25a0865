// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/rewrite_axes.hpp"

/// A normal form for formulas, to see whether two are equal where both are defined: sums of products
/// of powers, movement and transposes at the leaves, products of matrices grouped from the left,
/// inverses instead of what is solved. It is longer than what it is made from, and never computed.
namespace slope::engine {

/// How many nodes are asked about before a formula counts as too long to be multiplied out: then
/// the others stay as they are. Compilers limit the steps of one constant evaluation (clang: 2^20).
inline constexpr int normal_effort = 200;

constexpr int rewrite_normal(builder& b, node const& n, location at);

/// Node n with both terms of the sum in operand k in turns, added.
constexpr int distributed(builder& b, node const& n, int k) {
  node const terms = b[n.args[k]];
  bool const broadcasts = info_of(n.op).kind == op_kind::elementwise;
  symbol parts[2];
  for (int t = 0; t < 2; ++t) {
    node part = n;
    symbol const x(&b, terms.args[t]);
    part.args[k] =
        broadcasts ? x.index() : broadcast_symbol(b, x, terms.shape, terms.type).index();
    parts[t] = {&b, add(b, part)};
  }
  return fitted(b, n, (parts[0] + parts[1]).index());
}

/// x without the movement that changes no element.
constexpr int without_movement(builder const& b, int x) {
  while (is_op(b, x, op_number<op::reshape>()) || is_op(b, x, op_number<op::broadcast>()))
    x = b[x].args[0];
  return x;
}
/// Is z a product in which d has a negative power, or a sum of those?
constexpr bool is_divided_by(builder const& b, int z, int d, int depth = 12) {
  node const& n = b[z];
  rational e;
  if (n.op == op_number<op::power>())
    return constant_like(b, n.args[1], e) && e.is_negative() &&
           without_movement(b, n.args[0]) == without_movement(b, d);
  if (depth == 0 || info_of(n.op).kind == op_kind::leaf) return false;
  if (n.op == op_number<op::multiply>())
    return is_divided_by(b, n.args[0], d, depth - 1) || is_divided_by(b, n.args[1], d, depth - 1);
  if (n.op == op_number<op::add>())
    return is_divided_by(b, n.args[0], d, depth - 1) && is_divided_by(b, n.args[1], d, depth - 1);
  return info_of(n.op).arity == 1 && is_divided_by(b, n.args[0], d, depth - 1);
}

/// where(d == 0, limit, z / d) is z / d where that is defined, where(isnan(y), limit, x) is x;
/// where(I, x, 0) is I x.
constexpr int normal_choice(builder& b, node const& n) {
  node const condition = b[without_movement(b, n.args[0])];
  rational c;
  if (condition.op == op_number<op::eq>()) {
    for (int k = 0; k < 2; ++k)
      if (constant_like(b, condition.args[k], c) && c.is(0) &&
          is_divided_by(b, n.args[2], condition.args[1 - k]))
        return fitted(b, n, n.args[2]);
  }
  if (condition.op == op_number<op::isnan>()) return fitted(b, n, n.args[2]);
  if (is_unit(b, n.args[0]) && constant_like(b, n.args[2], c) && c.is(0))
    return fitted(b, n, (symbol(&b, n.args[0]) * symbol(&b, n.args[1])).index());
  return -1;
}

constexpr bool has_unit(builder const& b, int x) {
  return is_unit(b, x) || (is_op(b, x, op_number<op::multiply>()) &&
                           (has_unit(b, b[x].args[0]) || has_unit(b, b[x].args[1])));
}
/// A product: sums are multiplied out; what stands beside the identity has one value a row.
constexpr int normal_product(builder& b, node const& n) {
  for (int k = 0; k < 2; ++k)
    if (is_op(b, n.args[k], op_number<op::add>())) return distributed(b, n, k);
  for (int k = 0; k < 2; ++k) {
    int const x = n.args[k], other = n.args[1 - k];
    if (is_unit(b, x) && b[x].type != n.type) {
      node in_type = n;
      in_type.args[k] = broadcast_symbol(b, {&b, x}, b[x].shape, n.type).index();
      return add(b, in_type);
    }
    if (is_unit(b, x) && has_unit(b, other)) return fitted(b, n, other);
    shape const s = b.shape_of(other), all = b.graph.shapes[n.shape];
    if (!has_unit(b, x) || all.rank != 2 || s.rank == 0) continue;
    bool const row = s.extents[s.rank - 1] != 1 && (s.rank == 1 || s.extents[0] == 1);
    if (!row) continue;
    symbol const column = reshape_symbol(b, {&b, other}, {2, {s.extents[s.rank - 1], 1}});
    return fitted(b, n, (symbol(&b, x) * column).index());
  }
  return -1;
}

/// Powers of products are products of powers, small ones of sums are multiplied out.
constexpr int normal_power(builder& b, node const& n) {
  node const base = b[n.args[0]];
  rational e, inner;
  if (!constant_like(b, n.args[1], e) || !e.exact()) return -1;
  if (is_unit(b, n.args[0])) return e.is_negative() ? -1 : n.args[0];
  if (base.op == op_number<op::multiply>() && e.is_integer())
    return fitted(b, n, (symbols::pow(symbol(&b, base.args[0]), symbol(e)) *
                         symbols::pow(symbol(&b, base.args[1]), symbol(e)))
                            .index());
  if (base.op == op_number<op::power>() && e.is_integer() &&
      constant_like(b, base.args[1], inner) && inner.exact())
    return fitted(b, n, symbols::pow(symbol(&b, base.args[0]), symbol(inner * e)).index());
  if (base.op == op_number<op::add>() && e.is_integer() && e.numerator > 1 && e.numerator < 5) {
    symbol const x(&b, n.args[0]);
    symbol const rest = symbols::pow(x, symbol(e - rational(1)));
    node product = blank(op_number<op::multiply>());
    product.args[0] = n.args[0];
    product.args[1] = rest.index();
    if (!infer(b, product)) return -1;
    return fitted(b, n, distributed(b, product, 0));
  }
  return -1;
}

/// What is moved is moved before it is added, multiplied or passed to a function.
constexpr int normal_movement(builder& b, node const& n) {
  int const x = n.args[0];
  node inner = b[x];
  if (inner.op == op_number<op::add>()) return distributed(b, n, 0);
  int const rank = b.shape_of(x).rank;
  bool const turns = n.op == op_number<op::permute>();
  if (turns && n.attribute == swapping(rank, rank - 2, rank - 1)) {
    if (inner.op == op_number<op::matmul>())
      return make<op::matmul>(0, transposed(b, {&b, inner.args[1]}),
                              transposed(b, {&b, inner.args[0]}))
          .index();
  }
  op_info const& info = info_of(inner.op);
  if (info.kind != op_kind::elementwise || inner.op == op_number<op::with_derivative>()) return -1;
  for (int k = 0; k < info.arity; ++k) {
    shape const& own = b.shape_of(inner.args[k]);
    if (own.rank == 0 || own == b.graph.shapes[inner.shape]) continue;
    if (!turns) return -1;
  }
  for (int k = 0; k < info.arity; ++k) {
    symbol operand(&b, inner.args[k]);
    if (b.shape_of(operand).rank == 0) continue;
    operand = turns ? permute_symbol(
                          b, reshape_symbol(b, operand, with_rank(b.shape_of(operand), rank)),
                          n.attribute)
                    : reshape_symbol(b, operand, b.graph.shapes[n.shape]);
    inner.args[k] = operand.index();
  }
  node moved = blank(inner.op);
  for (int k = 0; k < info.arity; ++k) moved.args[k] = inner.args[k];
  return fitted(b, n, add(b, moved));
}

/// Products of matrices: of sums they are sums, and those of three are grouped from the left.
constexpr int normal_matmul(builder& b, node const& n) {
  for (int k = 0; k < 2; ++k)
    if (is_op(b, n.args[k], op_number<op::add>())) return distributed(b, n, k);
  node const right = b[n.args[1]];
  if (right.op != op_number<op::matmul>()) return -1;
  symbol const first = make<op::matmul>(0, symbol(&b, n.args[0]), symbol(&b, right.args[0]));
  return make<op::matmul>(0, first, symbol(&b, right.args[1])).index();
}

/// Functions of matrices by the inverse and the determinant of the matrix itself.
constexpr int normal_matrix_function(builder& b, node const& n) {
  symbol const a(&b, n.args[0]);
  bool turned = false;
  symbol const source = to_factor(b, a, turned);
  if (n.op == op_number<op::inv_ex>()) return op::inverse::node(b, a).index();
  if (n.op == op_number<op::inverse>() && turned)
    return transposed(b, op::inverse::node(b, source)).index();
  if ((n.op == op_number<op::det>() || n.op == op_number<op::logdet>()) && turned) {
    node of_source = n;
    of_source.args[0] = source.index();
    return add(b, of_source);
  }
  if (n.op == op_number<op::cofactor>())
    return (per_matrix(b, op::det::node(b, a)) * transposed(b, op::inverse::node(b, a))).index();
  if (n.op == op_number<op::solve>()) {
    symbol const right(&b, n.args[1]);
    bool const column = op::solve::has_columns(b, a, right);
    symbol const product = make<op::matmul>(0, op::inverse::node(b, a),
                                            column ? as_column(b, right) : right);
    return reshape_symbol(b, product, b.shape_of(right)).index();
  }
  return -1;
}

/// Operands without what broadcasting does by itself: spreading, and axes of 1 in front.
constexpr int normal_operands(builder& b, node const& n) {
  node bare = blank(n.op);
  bool changed = false;
  for (int k = 0; k < info_of(n.op).arity; ++k) {
    int x = n.args[k];
    while (is_op(b, x, op_number<op::broadcast>()) && b[b[x].args[0]].type == b[x].type)
      x = b[x].args[0];
    shape const cut = leading_cut(b.shape_of(x));
    if (!(cut == b.shape_of(x))) x = reshape_symbol(b, {&b, x}, cut).index();
    bare.args[k] = x;
    changed = changed || x != n.args[k];
  }
  return changed ? fitted(b, n, add(b, bare)) : -1;
}

constexpr int normal_step(builder& b, node const& n) {
  if (!is_floating(n.type)) return -1;
  op_info const& info = info_of(n.op);
  if (info.kind == op_kind::elementwise && info.arity > 1 && n.attribute == 0) {
    if (int const i = normal_operands(b, n); i >= 0) return i;
  }
  if (n.op == op_number<op::divide>())
    return fitted(b, n, (symbol(&b, n.args[0]) *
                         symbols::pow(symbol(&b, n.args[1]), symbol(-1)))
                            .index());
  if (n.op == op_number<op::multiply>()) return normal_product(b, n);
  if (n.op == op_number<op::power>()) return normal_power(b, n);
  if (n.op == op_number<op::where>()) return normal_choice(b, n);
  if (n.op == op_number<op::matmul>()) return normal_matmul(b, n);
  if (n.op == op_number<op::reshape>() || n.op == op_number<op::permute>())
    return normal_movement(b, n);
  if (n.op == op_number<op::sum>() && is_op(b, n.args[0], op_number<op::add>()))
    return distributed(b, n, 0);
  if (info.kind == op_kind::whole) return normal_matrix_function(b, n);
  return -1;
}

/// Those steps, and then the rules and the order of all products.
constexpr int rewrite_normal(builder& b, node const& n, location at) {
  if (++b.effort > normal_effort) return b.insert(n);
  if (int const i = normal_step(b, n); i >= 0) return i;
  int const i = rewrite_in_order(b, n, at);
  // The rules put constants before sums.
  term const t = i < 0 ? term{} : split(b, i);
  if (t.factor < 0 || t.coefficient.is(1) || !is_op(b, t.factor, op_number<op::add>())) return i;
  return distributed(b, b[i], 1);
}

}  // namespace slope::engine
