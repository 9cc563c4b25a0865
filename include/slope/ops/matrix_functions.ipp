// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/linear_algebra.ipp"

/// Functions of square matrices, the last two axes: each is one node with its textbook derivative,
/// until it is lowered to what a factorisation gives. All functions of a matrix, and of its transpose,
/// share that factorisation.
namespace slope::op {
struct inverse;
struct inv_ex;
struct solve;
}  // namespace slope::op

namespace slope::engine {

/// A matrix and a right side of one floating type, with the same axes in front of those of the
/// matrix; a column: the right side has one vector a matrix. False after a failure of `name`.
constexpr bool same_batch(auto& b, char const* name, symbol& x, symbol& y, bool column = false) {
  node n = blank(op_number<op::lu_solve>());
  n.args[0] = x.index();
  n.args[1] = y.index();
  dtype const type = floating_type(promoted_type(b, n, 2));
  shape left = b.shape_of(x), right = b.shape_of(y), wide{};
  if (column) right.extents[right.rank++] = 1;
  int const rows = left.rank < 2 ? -1 : left.extents[left.rank - 1];
  if (right.rank < 2 || rows != right.extents[right.rank - 2] ||
      !broadcast_pair(b, n, left, right, 2, wide)) {
    fail_product(b, name, x, y);
    return false;
  }
  auto const widened = [&](symbol s, shape const& own, int cut) {
    shape to = wide;
    to.extents[to.rank - 2] = own.extents[own.rank - 2];
    to.extents[to.rank - 1] = own.extents[own.rank - 1];
    to.rank -= cut;
    return broadcast_symbol(b, s, b.intern(to), type);
  };
  x = widened(x, left, 0);
  y = widened(y, right, column ? 1 : 0);
  return true;
}

/// The right side of a system with matrices x: a vector, or one a matrix of the batch, is a column.
constexpr bool is_column(auto& b, symbol x, symbol right) {
  shape const s = b.shape_of(x), r = b.shape_of(right);
  bool column = r.rank + 1 == s.rank;
  for (int k = 0; k < r.rank && column; ++k) column = r.extents[k] == s.extents[k];
  return column || r.rank == 1;
}
/// A vector a matrix as a column, or as a row.
constexpr symbol as_column(builder& b, symbol x, bool row = false) {
  shape to = b.shape_of(x);
  to.extents[to.rank++] = 1;
  if (row) {
    to.extents[to.rank - 1] = to.extents[to.rank - 2];
    to.extents[to.rank - 2] = 1;
  }
  return reshape_symbol(b, x, to);
}

/// The matrix whose factors are to be taken: that which a is the transpose of, or a itself.
constexpr symbol to_factor(builder& b, symbol a, bool& transposed) {
  int const rank = b.shape_of(a).rank;
  transposed = b[a].op == op_number<op::permute>() &&
               b[a].attribute == swapping(rank, rank - 2, rank - 1);
  return transposed ? symbol(&b, b[a].args[0]) : a;
}
/// A X = B by the factors of A or of its transpose; a singular matrix is an error.
constexpr symbol solved(builder& b, symbol a, symbol right) {
  bool transposed = false;
  symbol const factors = op::lu_factor::front(b, {}, to_factor(b, a, transposed));
  return op::lu_solve::node(b, (transposed ? 1 : 0) | 2, factors, right);
}
/// The identity in the shape and type of x, a batch of square matrices.
constexpr symbol identity_like(builder& b, symbol x) {
  int const n = b.shape_of(x).extents[b.shape_of(x).rank - 1];
  return broadcast_symbol(b, identity_symbol(b, n), b[x].shape, b[x].type);
}
/// The inverse by the factors of A or of its transpose.
constexpr symbol inverted(builder& b, symbol a, bool checked) {
  bool transposed = false;
  symbol const factors = op::lu_factor::front(b, {}, to_factor(b, a, transposed));
  return op::lu_inverse::node(b, (transposed ? 1 : 0) | (checked ? 2 : 0), factors);
}
/// lu_det<part> of each matrix.
constexpr symbol of_factors(builder& b, int part, symbol a) {
  bool transposed = false;
  parameters p;
  p.values[0] = part;
  return op::lu_det::front(b, p, op::lu_factor::front(b, {}, to_factor(b, a, transposed)));
}

}  // namespace slope::engine

namespace slope::op {

/// A floating function of square matrices; Less: its result has fewer axes by this.
template <class Self, int Less>
struct of_matrix : whole<1> {
  static constexpr bool has_front = true;
  static constexpr bool linear = false;
  static constexpr symbol node(engine::builder& b, symbol a) {
    engine::shape to = b.shape_of(a);
    to.rank -= Less;
    return engine::whole_node(engine::op_number<Self>(), b, 0, to, a);
  }
  static constexpr symbol front(auto& b, engine::parameters const&, symbol x) {
    if (!engine::has_squares(b, Self::name(), x)) return x;
    return node(b, engine::as_floating(b, x));
  }
  static constexpr engine::brackets spell(std::int64_t, engine::shape const&,
                                         engine::shape const&) {
    return {};
  }
};

/// The inverse: -Y' dY Y' goes back to it. Checked: a singular matrix is an error.
template <class Self, bool Checked>
struct inverse_of_matrix : of_matrix<Self, 0> {
  static constexpr int lower_node(engine::builder& b, engine::node const& n) {
    return engine::inverted(b, {&b, n.args[0]}, Checked).index();
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    symbol const y = engine::transposed(b, c.y);
    symbol const right = engine::make<matmul>(0, engine::full_adjoint(c), y);
    c.give(0, engine::make<matmul>(0, y, right) * -1);
  }
  static constexpr symbol tangent(engine::pullback_context const& c, symbol const* moved) {
    return engine::make<matmul>(0, c.y, engine::make<matmul>(0, moved[0], c.y)) * -1;
  }
};
struct inverse : inverse_of_matrix<inverse, true> {
  static constexpr char const* name() { return "inverse"; }
};
struct inv_ex : inverse_of_matrix<inv_ex, false> {
  static constexpr char const* name() { return "inv_ex"; }
};

/// X with A X = B for matrices B, or a vector a matrix.
struct solve : whole<2> {
  static constexpr char const* name() { return "solve"; }
  static constexpr bool has_front = true;
  static constexpr bool linear = false;
  static constexpr symbol node(engine::builder& b, symbol a, symbol right) {
    return engine::whole_node(engine::op_number<solve>(), b, 0, b.shape_of(right), a, &right, 1);
  }
  static constexpr symbol front(auto& b, engine::parameters const&, symbol a, symbol right) {
    if (!engine::has_squares(b, name(), a)) return a;
    if (!engine::same_batch(b, name(), a, right, engine::is_column(b, a, right))) return a;
    return node(b, a, right);
  }
  static constexpr engine::brackets spell(std::int64_t, engine::shape const&,
                                         engine::shape const&) {
    return {};
  }
  static constexpr bool has_columns(engine::builder& b, symbol a, symbol right) {
    return b.shape_of(right).rank < b.shape_of(a).rank;
  }
  static constexpr int lower_node(engine::builder& b, engine::node const& n) {
    symbol const a(&b, n.args[0]), right(&b, n.args[1]);
    if (!has_columns(b, a, right)) return engine::solved(b, a, right).index();
    symbol const y = engine::solved(b, a, engine::as_column(b, right));
    return engine::reshape_symbol(b, y, b.shape_of(right)).index();
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    symbol const right = node(b, engine::transposed(b, c.args[0]), engine::full_adjoint(c));
    c.give(1, right);
    symbol const minus = has_columns(b, c.args[0], c.y)
                             ? engine::as_column(b, right) * engine::as_column(b, c.y, true)
                             : engine::make<matmul>(0, right, engine::transposed(b, c.y));
    c.give(0, minus * -1);
  }
  static constexpr symbol tangent(engine::pullback_context const& c, symbol const* moved) {
    engine::builder& b = *c.y.owner();
    bool const column = has_columns(b, c.args[0], c.y);
    symbol const y = column ? engine::as_column(b, c.y) : c.y;
    symbol const change = engine::make<matmul>(0, moved[0], y);
    return node(b, c.args[0],
                moved[1] - engine::reshape_symbol(b, change, b.shape_of(c.y)));
  }
};

/// With a triangle of the matrix alone: upper, transposed, with ones on its diagonal.
constexpr symbol solve_triangular::front(auto& b, engine::parameters const& p, symbol a,
                                         symbol right) {
  if (!engine::has_squares(b, name(), a) || !engine::same_batch(b, name(), a, right)) return a;
  return node(b, p.values[0] | p.values[1] << 1 | p.values[2] << 2, a, right);
}

/// From the lower factor l of a matrix.
struct cholesky_solve : defaults {
  static constexpr char const* name() { return "cholesky_solve"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const&, symbol right,
                                symbol l) {
    if (!engine::has_squares(b, name(), l) || !engine::same_batch(b, name(), l, right)) return l;
    return solve_triangular::node(b, 2, l, solve_triangular::node(b, 0, l, right));
  }
};

/// By squaring; of the inverse where the exponent is negative.
struct matrix_power : defaults {
  static constexpr char const* name() { return "matrix_power"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x) {
    if (!engine::has_squares(b, name(), x)) return x;
    int n = p.values[0];
    if (n == 0) return engine::identity_like(b, x);
    if (n < 0) {
      x = inverse::node(b, engine::as_floating(b, x));
      n = -n;
    }
    symbol result = x;
    for (bool first = true;; first = false) {
      if ((n & 1) != 0) {
        result = first ? x : engine::make<matmul>(0, result, x);
        if (n == 1) return result;
      } else if (first) {
        // The lowest power in the exponent comes first.
        while ((n & 1) == 0) {
          x = engine::make<matmul>(0, x, x);
          n >>= 1;
        }
        result = x;
        if (n == 1) return result;
      }
      n >>= 1;
      x = engine::make<matmul>(0, x, x);
    }
  }
};

/// Each element of x times y, block by block.
struct kron : defaults {
  static constexpr char const* name() { return "kron"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const&, symbol x, symbol y) {
    engine::shape const s = b.shape_of(x), t = b.shape_of(y);
    int const rank = s.rank > t.rank ? s.rank : t.rank;
    engine::shape left{2 * rank, {}}, right{2 * rank, {}}, to{rank, {}};
    if (2 * rank > max_rank) {
      b.fail("kron: more than 4 axes", {});
      return x;
    }
    for (int k = 0; k < rank; ++k) {
      int const i = k - (rank - s.rank), j = k - (rank - t.rank);
      int const m = i < 0 ? 1 : s.extents[i], n = j < 0 ? 1 : t.extents[j];
      if (m < 0 || n < 0) return engine::refuse_open_axis(b, name(), m < 0 ? i : j, m < 0 ? x : y);
      left.extents[2 * k] = m;
      left.extents[2 * k + 1] = right.extents[2 * k] = 1;
      right.extents[2 * k + 1] = n;
      to.extents[k] = m * n;
    }
    return engine::reshape_symbol(
        b, engine::reshape_symbol(b, x, left) * engine::reshape_symbol(b, y, right), to);
  }
};

}  // namespace slope::op
