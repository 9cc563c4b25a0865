// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/rewrite_products.hpp"

/// The rules about identity matrices, which Jacobians and diagonals are made of.
namespace slope::engine {

/// Is node i the identity matrix, in any type?
constexpr bool is_unit(builder const& b, int i) {
  if (b[i].op == op_number<op::broadcast>() && b[i].shape == b[b[i].args[0]].shape)
    i = b[i].args[0];
  return b[i].op == op_number<op::variable>() && is_identity(b.graph.leaves[b[i].attribute]);
}

/// I A and A I are A.
constexpr int rewrite_product_with_unit(builder& b, node const& n) {
  for (int k = 0; k < 2; ++k) {
    int const other = n.args[1 - k];
    if (is_unit(b, n.args[k]) && b[other].shape == n.shape) return fitted(b, n, other);
  }
  return -1;
}

/// The sum over one axis of I f, where f changes along that axis alone, is f; that of what stands on
/// the diagonal of A B is a sum of products.
constexpr int rewrite_sum_with_unit(builder& b, node const& n) {
  int const x = n.args[0];
  shape const s = b.shape_of(x);
  if (s.rank < 2) return -1;
  std::int64_t const row = std::int64_t{1} << (s.rank - 2), column = row << 1;
  bool const single = n.attribute == row || n.attribute == column;
  if (is_unit(b, x))
    return constant_result(b, n, rational(single ? 1 : s.extents[0]));
  if (is_op(b, x, op_number<op::multiply>()) && s.rank == 2 && single) {
    for (int k = 0; k < 2; ++k) {
      int const rest = b[x].args[1 - k];
      if (!is_unit(b, b[x].args[k]) || b[rest].type != n.type ||
          !constant_along(b, rest, 2, (row | column) & ~n.attribute))
        continue;
      if (count_of(b.shape_of(rest), 3) == s.extents[0])
        return fitted(b, n, reshape_symbol(b, {&b, rest}, {1, {s.extents[0]}}).index());
    }
  }
  rational c;
  node const& choice = b[x];
  if (choice.op == op_number<op::where>() && is_unit(b, choice.args[0]) &&
      is_op(b, choice.args[1], op_number<op::matmul>()) && n.type != dtype::boolean &&
      (n.attribute & ~(row | column)) == 0 && constant_like(b, choice.args[2], c) && c.is(0)) {
    node const product = b[choice.args[1]];
    if (b.graph.shapes[product.shape].rank != s.rank) return -1;
    symbol const left(&b, product.args[0]), right(&b, product.args[1]);
    symbol const total = reduce<op::sum>(b, left * transposed(b, right), column, false);
    if (single) return fitted(b, n, total.index());
    return fitted(b, n, reduce<op::sum>(b, total, row, false).index());
  }
  return -1;
}

/// The sum of where(c, x, 0), where c is the same along the folded axes, is where(c, sum(x), 0).
constexpr int rewrite_sum_of_selection(builder& b, node const& n) {
  int const x = n.args[0];
  if (!is_selection(b, x) || !is_floating(n.type)) return -1;
  node const choice = b[x];
  shape const s = b.shape_of(x), own = b.shape_of(choice.args[0]);
  if (!constant_along(b, choice.args[0], s.rank, n.attribute)) return -1;
  rational c;
  int const zero = constant_like(b, choice.args[1], c) && c.is(0) ? 1 : 2, kept = 3 - zero;
  if (b[choice.args[kept]].shape != b[x].shape || b[choice.args[kept]].type != b[x].type)
    return -1;
  node fold = n;
  fold.args[0] = choice.args[kept];
  symbol const total(&b, add(b, fold));
  std::int64_t gone = 0;
  for (int k = 0; k < own.rank; ++k)
    if ((n.attribute >> (s.rank - own.rank + k) & 1) != 0) gone |= std::int64_t{1} << k;
  symbol const condition =
      reshape_symbol(b, {&b, choice.args[0]}, reduced_shape(own, gone, false));
  return fitted(b, n, (zero == 1 ? symbols::where(condition, symbol(0), total)
                                 : symbols::where(condition, total, symbol(0)))
                          .index());
}

}  // namespace slope::engine
