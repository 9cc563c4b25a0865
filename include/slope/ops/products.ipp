// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/movement.ipp"

/// Products of matrices and vectors: one primitive for operands of two axes and more.
namespace slope::engine {

/// "mv: (2,3) x (4)".
constexpr symbol fail_product(builder& b, char const* name, symbol x, symbol y) {
  int const operands[] = {x.index(), y.index()};
  fail_operands(b, name, operands, 2);
  return x;
}

/// Does axis i of x (from the end) have the extent of axis j of y? Checked when data is bound where
/// only then known.
template <class Op>
constexpr bool axes_fit(builder& b, symbol x, int i, symbol y, int j) {
  shape const left = b.shape_of(x), right = b.shape_of(y);
  int unified = 0;
  return left.rank >= i && right.rank >= j &&
         unify(b, blank(op_number<Op>()), left.extents[left.rank - i],
               right.extents[right.rank - j], left, right, unified);
}

/// (batch..., m, k) x (k), (k) x (batch..., k, n): a vector is a column or a row.
template <class Product>
constexpr symbol vector_product(builder& b, symbol x, symbol y) {
  shape const left = b.shape_of(x), right = b.shape_of(y);
  if (right.rank == 1) {
    symbol const column = reshape_symbol(b, y, {2, {right.extents[0], 1}});
    symbol const z = make<Product>(0, x, column);
    return reshape_symbol(b, z, reduced_shape(b.shape_of(z), std::int64_t{1} << (left.rank - 1),
                                              false));
  }
  symbol const row = reshape_symbol(b, x, {2, {1, left.extents[0]}});
  symbol const z = make<Product>(0, row, y);
  return reshape_symbol(b, z, reduced_shape(b.shape_of(z), std::int64_t{1} << (right.rank - 2),
                                            false));
}

}  // namespace slope::engine

namespace slope::op {

/// sum over k of a(..., i, k) b(..., k, j).
struct matmul : defaults {
  static constexpr char const* name() { return "matmul"; }
  static constexpr engine::op_kind kind = engine::op_kind::product;
  static constexpr int arity = 2;
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y);
  static constexpr void pullback(engine::pullback_context& c) {
    auto& b = *c.y.owner();
    auto const dy = engine::broadcast_symbol(b, c.dy, b[c.y].shape, b[c.y].type);
    c.give(0, engine::make<matmul>(0, dy, engine::transposed(b, c.args[1])));
    c.give(1, engine::make<matmul>(0, engine::transposed(b, c.args[0]), dy));
  }
};

/// matmul where an operand is a vector.
struct vector_matmul : composite<2> {
  static constexpr char const* name() { return "matmul"; }
  static constexpr bool has_front = true;  // that of matmul, which records it
};

/// (m, k) x (k, n), no other ranks.
struct mm : composite<2> {
  static constexpr char const* name() { return "mm"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y) {
    if (x.rank() != 2 || y.rank() != 2 || !engine::axes_fit<matmul>(b, x, 1, y, 2))
      return engine::fail_product(b, "mm", x, y);
    return engine::record_composite<mm>(b, 0, engine::make<matmul>(0, x, y), x, y);
  }
};

/// (m, k) x (k).
struct mv : composite<2> {
  static constexpr char const* name() { return "mv"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y) {
    if (x.rank() != 2 || y.rank() != 1 || !engine::axes_fit<matmul>(b, x, 1, y, 1))
      return engine::fail_product(b, "mv", x, y);
    return engine::record_composite<mv>(b, 0, engine::vector_product<matmul>(b, x, y), x, y);
  }
};

/// The sum of products of two vectors.
struct dot : composite<2> {
  static constexpr char const* name() { return "dot"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y) {
    if (x.rank() != 1 || y.rank() != 1 || !engine::axes_fit<matmul>(b, x, 1, y, 1))
      return engine::fail_product(b, "dot", x, y);
    return engine::record_composite<dot>(b, 0, engine::front<sum>(b, {}, x * y), x, y);
  }
};

/// All products of an element of one vector with one of another.
struct outer : composite<2> {
  static constexpr char const* name() { return "outer"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y) {
    if (x.rank() != 1 || y.rank() != 1) return engine::fail_product(b, "outer", x, y);
    auto const column = engine::reshape_symbol(b, x, {2, {b.shape_of(x).extents[0], 1}});
    return engine::record_composite<outer>(b, 0, column * y, x, y);
  }
};

constexpr symbol matmul::front(engine::builder& b, engine::parameters const& p, symbol x, symbol y) {
  int const m = x.rank(), n = y.rank();
  if (m >= 2 && n >= 2) return engine::make<matmul>(0, x, y);
  if (m == 0 || n == 0 || !engine::axes_fit<matmul>(b, x, 1, y, n == 1 ? 1 : 2))
    return engine::fail_product(b, "matmul", x, y);
  symbol const value = m == 1 && n == 1 ? dot::front(b, p, x, y)
                                        : engine::vector_product<matmul>(b, x, y);
  return engine::record_composite<vector_matmul>(b, 0, value, x, y);
}

}  // namespace slope::op
