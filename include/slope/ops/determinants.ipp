// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/matrix_functions.ipp"

/// Determinants of square matrices, the last two axes, their logarithms, and the derivatives of both.
namespace slope::op {

/// The derivatives of the determinant for each element: det(A) transpose(inverse(A)). Up to 3 rows
/// they are polynomials, right for singular matrices too; of larger singular matrices they are 0, as
/// in torch.
struct cofactor : of_matrix<cofactor, 0> {
  static constexpr char const* name() { return "cofactor"; }
  /// The last two axes rolled upwards by (rows, columns).
  static constexpr symbol rolled(engine::builder& b, symbol x, int rows, int columns) {
    engine::parameters p;
    p.count = 2;
    p.values[0] = -rows;
    p.values[1] = -2;
    x = roll::front(b, p, x);
    p.values[0] = -columns;
    p.values[1] = -1;
    return roll::front(b, p, x);
  }
  static constexpr int rows_of(engine::builder& b, symbol a) {
    return b.shape_of(a).extents[b.shape_of(a).rank - 1];
  }
  /// 1 and -1 in turns, of 2 rows.
  static constexpr symbol signs(engine::builder& b) {
    symbol const off = engine::above_diagonal(b, {2, {2, 2}});
    return symbols::where(symbols::eq(off, 0), symbol(1), symbol(-1));
  }
  static constexpr int lower_node(engine::builder& b, engine::node const& n) {
    symbol const a(&b, n.args[0]);
    return of(b, a, rows_of(b, a)).index();
  }
  static constexpr symbol of(engine::builder& b, symbol a, int n) {
    if (n < 2) return engine::broadcast_symbol(b, engine::in(b, symbol(1)), b[a].shape, b[a].type);
    if (n == 2) return rolled(b, a, 1, 1) * signs(b);
    if (n == 3)
      return rolled(b, a, 1, 1) * rolled(b, a, 2, 2) - rolled(b, a, 1, 2) * rolled(b, a, 2, 1);
    symbol const y = engine::per_matrix(b, engine::of_factors(b, 0, a));
    symbol const inverse = engine::inverted(b, engine::transposed(b, a), false);
    return symbols::where(symbols::eq(y, 0), symbol(0), y * inverse);
  }
  static constexpr void pullback(engine::pullback_context& c);
  static constexpr symbol tangent(engine::pullback_context const& c, symbol const* moved);
};

/// The determinant. What comes back from the derivatives of the others is a multiple of the inverse.
struct det : of_matrix<det, 2> {
  static constexpr char const* name() { return "det"; }
  static constexpr int lower_node(engine::builder& b, engine::node const& n) {
    return engine::of_factors(b, 0, {&b, n.args[0]}).index();
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    c.give(0, engine::per_matrix(b, engine::full_adjoint(c)) * cofactor::node(b, c.args[0]));
  }
  static constexpr symbol tangent(engine::pullback_context const& c, symbol const* moved) {
    engine::builder& b = *c.y.owner();
    int const rank = b.shape_of(c.args[0]).rank;
    return engine::reduce<sum>(b, cofactor::node(b, c.args[0]) * moved[0],
                               std::int64_t{3} << (rank - 2), false);
  }
};

/// Cofactors of products of two elements are sums of the others; of more rows they are d Y', whose
/// derivative follows from those of both.
constexpr void cofactor::pullback(engine::pullback_context& c) {
  engine::builder& b = *c.y.owner();
  symbol const a = c.args[0], g = engine::full_adjoint(c);
  int const n = rows_of(b, a);
  if (n < 2) return;
  if (n == 2) return c.give(0, rolled(b, g * signs(b), -1, -1));
  if (n == 3) {
    auto const share = [&](int i, int j, int k, int l) {
      return rolled(b, g * rolled(b, a, k, l), -i, -j);
    };
    return c.give(0, share(1, 1, 2, 2) + share(2, 2, 1, 1) - share(1, 2, 2, 1) -
                         share(2, 1, 1, 2));
  }
  symbol const d = engine::per_matrix(b, det::node(b, a));
  symbol const y = engine::transposed(b, inv_ex::node(b, a));
  std::int64_t const both = std::int64_t{3} << (b.shape_of(a).rank - 2);
  symbol const product = engine::make<matmul>(
      0, y, engine::make<matmul>(0, engine::transposed(b, g), y));
  symbol const value = d * (engine::reduce<sum>(b, g * y, both) * y - product);
  c.give(0, symbols::where(symbols::eq(d, 0), symbol(0), value));
}
/// The derivative of the cofactors is symmetric.
constexpr symbol cofactor::tangent(engine::pullback_context const& c, symbol const* moved) {
  engine::pullback_context back = c;
  back.dy = moved[0];
  pullback(back);
  return back.given[0] ? back.contribution[0] : symbol(0);
}

/// The logarithm of the determinant's absolute value, or NaN where that is negative; the inverse,
/// transposed, is the derivative of both, of NaN 0 as in torch.
template <class Self>
struct log_of_determinant : of_matrix<Self, 2> {
  static constexpr symbol slopes(engine::pullback_context const& c) {
    engine::builder& b = *c.y.owner();
    symbol const inverse = engine::transposed(b, inv_ex::node(b, c.args[0]));
    if (b[c.y].op == engine::op_number<logabsdet>()) return inverse;
    return symbols::where(symbols::isnan(engine::per_matrix(b, c.y)), symbol(0), inverse);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    c.give(0, engine::per_matrix(b, engine::full_adjoint(c)) * slopes(c));
  }
  static constexpr symbol tangent(engine::pullback_context const& c, symbol const* moved) {
    engine::builder& b = *c.y.owner();
    int const rank = b.shape_of(c.args[0]).rank;
    return engine::reduce<sum>(b, slopes(c) * moved[0], std::int64_t{3} << (rank - 2), false);
  }
};
struct logabsdet : log_of_determinant<logabsdet> {
  static constexpr char const* name() { return "logabsdet"; }
  static constexpr int lower_node(engine::builder& b, engine::node const& n) {
    return engine::of_factors(b, 2, {&b, n.args[0]}).index();
  }
};
struct logdet : log_of_determinant<logdet> {
  static constexpr char const* name() { return "logdet"; }
  static constexpr int lower_node(engine::builder& b, engine::node const& n) {
    symbol const a(&b, n.args[0]);
    symbol const sign = engine::of_factors(b, 1, a);
    return symbols::where(symbols::eq(sign, -1), symbols::log(sign), engine::of_factors(b, 2, a))
        .index();
  }
};

/// The sign of the determinant (1), or the logarithm of its absolute value (2).
struct slogdet : defaults {
  static constexpr char const* name() { return "slogdet"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x) {
    if (!engine::has_squares(b, name(), x)) return x;
    symbol const a = engine::as_floating(b, x);
    return p.values[0] == 2 ? logabsdet::node(b, a) : engine::of_factors(b, 1, a);
  }
};

}  // namespace slope::op
