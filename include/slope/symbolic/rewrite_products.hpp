// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/rewrite.hpp"

/// The rules about products of matrices: a product of operands with less in them than their shapes
/// say is a smaller product, or none. All are the distributive law.
namespace slope::engine {

/// Does node i have extent 1, or no axis, where the mask (of a shape of this rank) has one?
constexpr bool constant_along(builder const& b, int i, int rank, std::int64_t mask) {
  shape const& s = b.shape_of(i);
  for (int k = 0; k < s.rank; ++k)
    if ((mask >> (rank - s.rank + k) & 1) != 0 && s.extents[k] != 1) return false;
  return true;
}

/// The shape with as many axes of 1 in front as make it one of this rank.
constexpr shape with_rank(shape const& s, int rank) {
  if (s.rank >= rank) return s;
  shape to{rank, {}};
  for (int k = 0; k < rank; ++k)
    to.extents[k] = k < rank - s.rank ? 1 : s.extents[k - (rank - s.rank)];
  return to;
}
/// Without the axes of 1 in front, which broadcasting adds by itself.
constexpr symbol without_leading(builder& b, symbol x) {
  return reshape_symbol(b, x, leading_cut(b.shape_of(x)));
}
/// The same as an operand of a product.
constexpr symbol as_matrix(builder& b, symbol x) {
  return reshape_symbol(b, x, with_rank(leading_cut(b.shape_of(x)), 2));
}

/// A sum over axes of a product that only one of the operands has (rows, columns, some of a batch)
/// is summed in that operand: sum<0>(A B) is sum<0>(A) B, sum(A B) is sum(sum<0>(A) * sum<1>(B)).
constexpr int rewrite_sum_of_product(builder& b, node const& n) {
  // Truth values are not added, but sums of them are.
  if (!is_op(b, n.args[0], op_number<op::matmul>()) || b[n.args[0]].type == dtype::boolean)
    return -1;
  node const product = b[n.args[0]];
  int const rank = b.graph.shapes[product.shape].rank;
  symbol operands[2];
  std::int64_t inside = 0;
  for (int k = 0; k < 2; ++k) {
    operands[k] = {&b, product.args[k]};
    shape const own = b.shape_of(product.args[k]);
    std::int64_t axes = 0;
    for (int i = 0; i < own.rank; ++i) {
      std::int64_t const axis = std::int64_t{1} << (rank - own.rank + i);
      if ((n.attribute & axis) == 0 || own.extents[i] == 1 || i == own.rank - 1 - k) continue;
      if (i < own.rank - 2 && !constant_along(b, product.args[1 - k], rank, axis)) continue;
      axes |= std::int64_t{1} << i;
      inside |= axis;
    }
    if (axes != 0) operands[k] = as_matrix(b, reduce<op::sum>(b, operands[k], axes));
  }
  if (inside == 0) return -1;
  symbol value = make<op::matmul>(0, operands[0], operands[1]);
  value = reshape_symbol(b, value, with_rank(b.shape_of(value), rank));
  if ((n.attribute & ~inside) != 0) value = reduce<op::sum>(b, value, n.attribute & ~inside);
  return fitted(b, n, reshape_symbol(b, value, b.graph.shapes[n.shape]).index());
}

/// The factors of x in two products: of those that are constant along an axis (of a shape of this
/// rank), and of the others; false where one of these changes along `other` too.
constexpr bool part_factors(builder& b, int x, int rank, std::int64_t axis, std::int64_t other,
                            symbol* parts) {
  if (is_op(b, x, op_number<op::multiply>()))
    return part_factors(b, b[x].args[0], rank, axis, other, parts) &&
           part_factors(b, b[x].args[1], rank, axis, other, parts);
  bool const constant = constant_along(b, x, rank, axis);
  if (!constant && !constant_along(b, x, rank, other)) return false;
  symbol& part = parts[constant ? 0 : 1];
  part = part.owner() == nullptr ? symbol(&b, x) : part * symbol(&b, x);
  return true;
}

/// A product in which operand k has equal rows or columns, or is a column times a row; -1 where it
/// is neither.
constexpr int rewrite_product_of_spread(builder& b, node const& n, int k) {
  int const x = n.args[k], y = n.args[1 - k];
  int const rank = b.shape_of(x).rank, other = b.shape_of(y).rank;
  std::int64_t const inner = std::int64_t{1} << (rank - 1 - k);
  std::int64_t const outer = std::int64_t{1} << (rank - 2 + k);
  node product = n;
  if (is_op(b, x, op_number<op::broadcast>())) {
    symbol const source(&b, b[x].args[0]);
    if (b[source].type != b[x].type && !is_constant(b, source.index())) return -1;
    // What does not change along the inner axis stands before the sum of the other operand.
    if (constant_along(b, source.index(), rank, inner)) {
      symbol const total = reduce<op::sum>(b, {&b, y}, std::int64_t{1} << (other - 2 + k));
      return fitted(b, n, (source * without_leading(b, total)).index());
    }
    // Equal rows give equal rows, equal matrices of a batch equal matrices.
    product.args[k] = as_matrix(b, source).index();
    return fitted(b, n, add(b, product));
  }
  // (u v) B is u (v B) for a column u and a row v.
  symbol parts[2];
  if (!is_op(b, x, op_number<op::multiply>()) || constant_along(b, x, rank, outer) ||
      !part_factors(b, x, rank, inner, outer, parts) || parts[0].owner() == nullptr ||
      parts[1].owner() == nullptr)
    return -1;
  product.args[k] = as_matrix(b, parts[1]).index();
  symbol const rest = without_leading(b, {&b, add(b, product)});
  return fitted(b, n, (without_leading(b, parts[0]) * rest).index());
}

/// Products of what is constant, of one row or column, and of what was spread.
constexpr int rewrite_matmul(builder& b, node const& n) {
  rational c;
  for (int k = 0; k < 2; ++k)
    if (constant_like(b, n.args[k], c) && c.is(0)) return constant_result(b, n, rational(0));
  // A column times a row is an element-wise product.
  shape const left = b.shape_of(n.args[0]), right = b.shape_of(n.args[1]);
  if (left.extents[left.rank - 1] == 1) {
    int row = n.args[1];
    if (is_op(b, row, op_number<op::reshape>()) &&
        leading_cut(right) == leading_cut(b.shape_of(b[row].args[0])))
      row = b[row].args[0];
    return fitted(b, n, (symbol(&b, n.args[0]) * symbol(&b, row)).index());
  }
  node product = n;
  // A constant factor comes out.
  for (int k = 0; k < 2; ++k) {
    term const t = split(b, n.args[k]);
    if (t.factor < 0 || t.coefficient.is(1) || b[t.factor].shape != b[n.args[k]].shape ||
        b[t.factor].type != b[n.args[k]].type)
      continue;
    product.args[k] = t.factor;
    return fitted(b, n, scaled(b, t.coefficient, add(b, product)));
  }
  for (int k = 0; k < 2; ++k)
    if (int const simpler = rewrite_product_of_spread(b, n, k); simpler >= 0) return simpler;
  // A row times a column is a sum of products.
  if (left.extents[left.rank - 2] == 1 && right.extents[right.rank - 1] == 1 &&
      n.type != dtype::boolean) {
    auto const vector = [&](int i, shape const& s, int axis) {
      shape const flat = reduced_shape(s, std::int64_t{1} << axis, false);
      return reshape_symbol(b, {&b, i}, leading_cut(flat));
    };
    symbol const products = vector(n.args[0], left, left.rank - 2) *
                            vector(n.args[1], right, right.rank - 1);
    symbol const total = reduce<op::sum>(
        b, products, std::int64_t{1} << (b.shape_of(products).rank - 1), false);
    return fitted(b, n, reshape_symbol(b, total, b.graph.shapes[n.shape]).index());
  }
  // A row times a transpose is the matrix times a column.
  if (left.rank == 2 && left.extents[0] == 1 && right.rank == 2 &&
      is_op(b, n.args[1], op_number<op::permute>())) {
    symbol const column = reshape_symbol(b, {&b, n.args[0]}, {2, {left.extents[1], 1}});
    symbol const value = make<op::matmul>(0, symbol(&b, b[n.args[1]].args[0]), column);
    return fitted(b, n, reshape_symbol(b, value, b.graph.shapes[n.shape]).index());
  }
  return -1;
}

}  // namespace slope::engine
