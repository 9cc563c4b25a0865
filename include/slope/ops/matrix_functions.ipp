// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/linear_algebra.ipp"

/// Functions of square matrices, the last two axes, in terms of factorisations.
namespace slope::op {
struct inverse;
struct solve;
struct det;
}  // namespace slope::op

namespace slope::engine {

/// Two operands of one floating type, with the same axes in front of their last two; false after
/// a failure of `name`.
constexpr bool same_batch(auto& b, char const* name, symbol& x, symbol& y) {
  node n = blank(op_number<op::lu_solve>());
  n.args[0] = x.index();
  n.args[1] = y.index();
  dtype const type = floating_type(promoted_type(b, n, 2));
  shape left = b.shape_of(x), right = b.shape_of(y), wide{};
  int const rows = left.rank < 2 ? -1 : left.extents[left.rank - 1];
  if (right.rank < 2 || rows != right.extents[right.rank - 2] ||
      !broadcast_pair(b, n, left, right, 2, wide)) {
    fail_product(b, name, x, y);
    return false;
  }
  auto const widened = [&](symbol s, shape const& own) {
    wide.extents[wide.rank - 2] = own.extents[own.rank - 2];
    wide.extents[wide.rank - 1] = own.extents[own.rank - 1];
    return broadcast_symbol(b, s, b.intern(wide), type);
  };
  x = widened(x, left);
  y = widened(y, right);
  return true;
}

/// The right side of a system with matrices x: a vector, or one a matrix of the batch, is a column.
constexpr bool is_column(auto& b, symbol x, symbol right) {
  shape const s = b.shape_of(x), r = b.shape_of(right);
  bool column = r.rank + 1 == s.rank;
  for (int k = 0; k < r.rank && column; ++k) column = r.extents[k] == s.extents[k];
  return column || r.rank == 1;
}

}  // namespace slope::engine

namespace slope::op {

struct inverse : composite<"inverse", 1> {
  static constexpr bool has_front = true;
  static constexpr symbol of(auto& b, symbol a) {
    return lu_solve::node(b, 2, lu_factor::front(b, {}, a), engine::identity_like(b, a), a);
  }
  static constexpr symbol front(auto& b, engine::parameters const&, symbol x) {
    if (!engine::has_squares(b, name(), x)) return x;
    symbol const a = engine::as_floating(b, x);
    return engine::record_composite<inverse>(b, 0, of(b, a), x);
  }
};

struct solve : composite<"solve", 2> {
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const&, symbol x,
                                symbol y) {
    if (!engine::has_squares(b, name(), x)) return x;
    bool const column = engine::is_column(b, x, y);
    symbol a = x, right = y;
    engine::shape to = b.shape_of(y);
    if (column) {
      to.extents[to.rank++] = 1;
      right = engine::reshape_symbol(b, y, to);
    }
    if (!engine::same_batch(b, name(), a, right)) return x;
    symbol z = lu_solve::node(b, 2, lu_factor::front(b, {}, a), right, a);
    if (column) {
      to = b.shape_of(z);
      --to.rank;
      z = engine::reshape_symbol(b, z, to);
    }
    return engine::record_composite<solve>(b, 0, z, x, y);
  }
};

/// With a triangle of the matrix alone: upper, transposed, with ones on its diagonal.
constexpr symbol solve_triangular::front(auto& b, engine::parameters const& p, symbol a,
                                         symbol right) {
  if (!engine::has_squares(b, name(), a) || !engine::same_batch(b, name(), a, right)) return a;
  return node(b, p.values[0] | p.values[1] << 1 | p.values[2] << 2, a, right);
}

/// From the lower factor l of a matrix.
struct cholesky_solve : named<"cholesky_solve"> {
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const&, symbol right,
                                symbol l) {
    if (!engine::has_squares(b, name(), l) || !engine::same_batch(b, name(), l, right)) return l;
    return solve_triangular::node(b, 2, l, solve_triangular::node(b, 0, l, right));
  }
};

struct det : composite<"det", 1> {
  static constexpr bool has_front = true;
  /// lu_det<part>.
  static constexpr symbol part(auto& b, int which, symbol x) {
    symbol const a = engine::as_floating(b, x);
    engine::parameters p;
    p.values[0] = which;
    return lu_det::front(b, p, lu_factor::front(b, {}, a), a);
  }
  static constexpr symbol front(auto& b, engine::parameters const&, symbol x) {
    if (!engine::has_squares(b, name(), x)) return x;
    return engine::record_composite<det>(b, 0, part(b, 0, x), x);
  }
};

/// The sign of the determinant, or the logarithm of its absolute value.
struct slogdet : named<"slogdet"> {
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x) {
    if (!engine::has_squares(b, name(), x)) return x;
    return det::part(b, p.values[0], x);
  }
};

struct logdet : named<"logdet"> {
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const&, symbol x) {
    if (!engine::has_squares(b, name(), x)) return x;
    // NaN of a negative sign is its logarithm; there the derivative is 0.
    symbol const sign = det::part(b, 1, x);
    return symbols::where(symbols::eq(sign, -1), symbols::log(sign), det::part(b, 2, x));
  }
};

/// By squaring; of the inverse where the exponent is negative.
struct matrix_power : named<"matrix_power"> {
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x) {
    if (!engine::has_squares(b, name(), x)) return x;
    int n = p.values[0];
    if (n == 0) return engine::identity_like(b, x);
    if (n < 0) {
      x = inverse::of(b, engine::as_floating(b, x));
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
struct kron : named<"kron"> {
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
