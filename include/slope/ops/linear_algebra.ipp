// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_linear_algebra.ipp"
#include "slope/ops/indexing.ipp"
#include "slope/ops/products.ipp"

/// Factorisations of square matrices, the last two axes, and what is solved with them. Those by LU
/// are what functions of matrices are lowered to, and have no derivatives of their own.
namespace slope::op {
struct lu_factor;
struct lu_solve;
struct lu_inverse;
struct lu_det;
struct cholesky;
struct solve_triangular;
}  // namespace slope::op

namespace slope::engine {

/// "inverse: not square: (2,3)"; false after it.
constexpr bool has_squares(builder& b, char const* name, symbol x) {
  shape const s = b.shape_of(x);
  if (!has_matrices(b, name, x)) return false;
  for (int k = 1; k <= 2; ++k) {
    if (s.extents[s.rank - k] >= 0) continue;
    refuse_open_axis(b, name, s.rank - k, x);
    return false;
  }
  if (s.extents[s.rank - 1] == s.extents[s.rank - 2]) return true;
  builder::failure_text text;
  text.write(name);
  text.write(": not square: ");
  write_shape(text, b.describe(s));
  b.fail(text, {});
  return false;
}

/// The elements of the last two axes on one side of the diagonal; `weight` times those on it.
constexpr symbol triangle(builder& b, symbol x, bool upper, symbol weight = symbol(1)) {
  symbol const above = above_diagonal(b, b.shape_of(x));
  symbol const side = upper ? symbols::ge(above, 0) : symbols::le(above, 0);
  if (weight.literal().is(1)) return kept_where(side, x);
  return kept_where(side, x * symbols::where(symbols::eq(above, 0), weight, symbol(1)));
}
/// One number a matrix, beside matrices.
constexpr symbol per_matrix(builder& b, symbol x) {
  shape to = b.shape_of(x);
  to.extents[to.rank++] = 1;
  to.extents[to.rank++] = 1;
  return reshape_symbol(b, x, to);
}

/// Row- and column-wise work on the matrices of a batch.
template <class T>
struct square_of {
  T* at;
  std::int64_t n;
  constexpr T& operator()(std::int64_t row, std::int64_t column) const {
    return at[row * n + column];
  }
};
template <class T>
constexpr void swap_rows(T* x, std::int64_t i, std::int64_t j, std::int64_t columns) {
  for (std::int64_t c = 0; c < columns && i != j; ++c) {
    T const kept = x[i * columns + c];
    x[i * columns + c] = x[j * columns + c];
    x[j * columns + c] = kept;
  }
}
/// Row `to` less factor times row `from`.
template <class T>
constexpr void subtract_row(T* x, std::int64_t to, std::int64_t from, T factor,
                            std::int64_t columns) {
  for (std::int64_t c = 0; c < columns; ++c) x[to * columns + c] -= factor * x[from * columns + c];
}
template <class T>
constexpr void divide_row(T* x, std::int64_t row, T divisor, std::int64_t columns) {
  for (std::int64_t c = 0; c < columns; ++c) x[row * columns + c] /= divisor;
}

/// Solves with a triangle of a matrix, or of its transpose, in place. `upper` is said of the matrix.
template <class T>
constexpr void substitute_in_place(square_of<T const> a, bool upper, bool transposed, bool unit, T* x,
                          std::int64_t columns) {
  bool const backward = upper != transposed;
  for (std::int64_t i = 0; i < a.n; ++i) {
    std::int64_t const row = backward ? a.n - 1 - i : i;
    std::int64_t const first = backward ? row + 1 : 0, last = backward ? a.n : row;
    for (std::int64_t k = first; k < last; ++k)
      subtract_row(x, row, k, transposed ? a(k, row) : a(row, k), columns);
    if (!unit) divide_row(x, row, a(row, row), columns);
  }
}

/// How many matrices a shape has.
constexpr std::int64_t matrices_in(shape const& s) {
  return count_of(s, (std::int64_t{1} << (s.rank - 2)) - 1);
}

/// A X = B with the factors of each A, or (1) of its transpose; to is B and becomes X. 2: a singular
/// matrix is an error.
template <class T>
constexpr void solve_in_place(std::int64_t attribute, elements<T> to, elements<T const> factors) {
  std::int64_t const n = to.s.extents[to.s.rank - 2], columns = to.s.extents[to.s.rank - 1];
  std::int64_t const count = matrices_in(to.s);
  bool const transposed = (attribute & 1) != 0;
  for (std::int64_t i = 0; i < count; ++i) {
    square_of<T const> const lu{factors.data + i * (n + 1) * n, n};
    T* const x = to.data + i * n * columns;
    for (std::int64_t k = 0; k < n && attribute >> 1 != 0; ++k)
      if (lu(k, k) == T(0)) detail::raise<linear_algebra_error>("a singular matrix has no inverse");
    for (std::int64_t k = 0; k < n && !transposed; ++k)
      swap_rows(x, k, static_cast<std::int64_t>(lu(n, k)), columns);
    substitute_in_place(lu, transposed, transposed, !transposed, x, columns);
    substitute_in_place(lu, !transposed, transposed, transposed, x, columns);
    for (std::int64_t k = n - 1; k >= 0 && transposed; --k)
      swap_rows(x, k, static_cast<std::int64_t>(lu(n, k)), columns);
  }
}

}  // namespace slope::engine

namespace slope::op {

/// P A = L U by Doolittle's method with the largest pivot of each column, as LAPACK's getrf: n rows
/// with U and below its diagonal L, then a row of pivots, the rows that were swapped with 0, 1, ...
struct lu_factor : whole<1> {
  static constexpr char const* name() { return "lu_factor"; }
  static constexpr bool has_front = true;
  static constexpr bool linear = false;
  static constexpr symbol front(auto& b, engine::parameters const&, symbol x) {
    if (!engine::has_squares(b, name(), x)) return x;
    symbol const a = engine::as_floating(b, x);
    engine::shape to = b.shape_of(a);
    ++to.extents[to.rank - 2];
    return engine::whole_node(engine::op_number<lu_factor>(), b, 0, to, a);
  }
  template <class T>
  static constexpr void compute(std::int64_t, engine::elements<T> to,
                                engine::elements<T const> from) {
    std::int64_t const n = to.s.extents[to.s.rank - 1], count = engine::matrices_in(to.s);
    for (std::int64_t i = 0; i < count; ++i) {
      engine::square_of<T> const a{to.data + i * (n + 1) * n, n};
      engine::copy_elements(a.at, from.data + i * n * n, n * n);
      for (std::int64_t k = 0; k < n; ++k) {
        std::int64_t pivot = k;
        for (std::int64_t r = k + 1; r < n; ++r)
          if (abs::value(a(r, k)) > abs::value(a(pivot, k))) pivot = r;
        a(n, k) = static_cast<T>(pivot);
        engine::swap_rows(a.at, k, pivot, n);
        if (a(k, k) == T(0)) continue;
        for (std::int64_t r = k + 1; r < n; ++r) {
          T const factor = a(r, k) /= a(k, k);
          for (std::int64_t c = k + 1; c < n; ++c) a(r, c) -= factor * a(k, c);
        }
      }
    }
  }
};

/// A X = B, or with the transpose of A, from lu_factor(A) and B. The second number says that a
/// singular matrix is an error.
struct lu_solve : whole<2> {
  static constexpr char const* name() { return "lu_solve"; }
  static constexpr bool has_front = true;
  static constexpr bool linear = false;
  static constexpr symbol node(engine::builder& b, std::int64_t attribute, symbol factors,
                               symbol right) {
    return engine::whole_node(engine::op_number<lu_solve>(), b, attribute, b.shape_of(right),
                              factors, &right, 1);
  }
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol factors,
                                symbol right) {
    return node(b, p.values[0] | p.values[1] << 1, factors, right);
  }
  static constexpr engine::brackets spell(std::int64_t attribute, engine::shape const&,
                                         engine::shape const&) {
    return {2, {static_cast<int>(attribute & 1), static_cast<int>(attribute >> 1)}};
  }
  template <class T>
  static constexpr void compute(std::int64_t attribute, engine::elements<T> to,
                                engine::elements<T const> factors,
                                engine::elements<T const> right) {
    engine::copy_elements(to.data, right.data, to.count);
    engine::solve_in_place(attribute, to, factors);
  }
};

/// The inverse from lu_factor(A), or its transpose; attributes as those of lu_solve.
struct lu_inverse : whole<1> {
  static constexpr char const* name() { return "lu_inverse"; }
  static constexpr bool has_front = true;
  static constexpr bool linear = false;
  static constexpr symbol node(engine::builder& b, std::int64_t attribute, symbol factors) {
    engine::shape to = b.shape_of(factors);
    --to.extents[to.rank - 2];
    return engine::whole_node(engine::op_number<lu_inverse>(), b, attribute, to, factors);
  }
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol factors) {
    return node(b, p.values[0] | p.values[1] << 1, factors);
  }
  static constexpr engine::brackets spell(std::int64_t attribute, engine::shape const& from,
                                         engine::shape const& to) {
    return lu_solve::spell(attribute, from, to);
  }
  template <class T>
  static constexpr void compute(std::int64_t attribute, engine::elements<T> to,
                                engine::elements<T const> factors) {
    std::int64_t const n = to.s.extents[to.s.rank - 1];
    for (std::int64_t k = 0; k < to.count; ++k) to.data[k] = T(k % (n * n) % (n + 1) == 0 ? 1 : 0);
    engine::solve_in_place(attribute, to, factors);
  }
};

/// Of each matrix, from lu_factor(A): the determinant (0), its sign (1), the logarithm of its
/// absolute value (2).
struct lu_det : whole<1> {
  static constexpr char const* name() { return "lu_det"; }
  static constexpr bool has_front = true;
  static constexpr bool linear = false;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol factors) {
    engine::shape to = b.shape_of(factors);
    to.rank -= 2;
    return engine::whole_node(engine::op_number<lu_det>(), b, p.values[0], to, factors);
  }
  static constexpr engine::brackets spell(std::int64_t attribute, engine::shape const&,
                                         engine::shape const&) {
    return {1, {static_cast<int>(attribute)}};
  }
  template <class T>
  static constexpr void compute(std::int64_t attribute, engine::elements<T> to,
                                engine::elements<T const> factors) {
    std::int64_t const n = factors.s.extents[factors.s.rank - 1];
    std::int64_t const count = engine::matrices_in(factors.s);
    for (std::int64_t i = 0; i < count; ++i) {
      engine::square_of<T const> const lu{factors.data + i * (n + 1) * n, n};
      T result = T(attribute == 2 ? 0 : 1);
      for (std::int64_t k = 0; k < n; ++k) {
        T const u = lu(k, k);
        if (attribute == 2) {
          if constexpr (std::is_floating_point_v<T>) result += log::value(abs::value(u));
        } else {
          result *= attribute == 0 ? u : sign::value(u);
          if (static_cast<std::int64_t>(lu(n, k)) != k) result = -result;
        }
      }
      to.data[i] = result;
    }
  }
};

/// The lower triangle L with L transpose(L) = A, of which the lower triangle is read.
struct cholesky : whole<1> {
  static constexpr char const* name() { return "cholesky"; }
  static constexpr bool has_front = true;
  static constexpr bool linear = false;
  static constexpr symbol front(auto& b, engine::parameters const&, symbol x) {
    if (!engine::has_squares(b, name(), x)) return x;
    symbol const a = engine::as_floating(b, x);
    return engine::whole_node(engine::op_number<cholesky>(), b, 0, b.shape_of(a), a);
  }
  static constexpr engine::brackets spell(std::int64_t, engine::shape const&,
                                         engine::shape const&) {
    return {};
  }
  template <class T>
  static constexpr void compute(std::int64_t, engine::elements<T> to,
                                engine::elements<T const> from) {
    std::int64_t const n = to.s.extents[to.s.rank - 1], count = engine::matrices_in(to.s);
    for (std::int64_t i = 0; i < count; ++i) {
      engine::square_of<T const> const a{from.data + i * n * n, n};
      engine::square_of<T> const l{to.data + i * n * n, n};
      for (std::int64_t r = 0; r < n; ++r)
        for (std::int64_t c = 0; c < n; ++c) {
          l(r, c) = c <= r ? a(r, c) : T(0);
          if (c > r) continue;
          for (std::int64_t k = 0; k < c; ++k) l(r, c) -= l(r, k) * l(c, k);
          if (c < r) {
            l(r, c) /= l(c, c);
          } else {
            if (!(l(r, c) > T(0)))
              detail::raise<linear_algebra_error>("cholesky: a matrix that is not positive definite");
            if constexpr (std::is_floating_point_v<T>) l(r, c) = math::sqrt(l(r, c));
          }
        }
    }
  }
  /// The lower triangle, half of its diagonal.
  static constexpr symbol half(engine::builder& b, symbol x) {
    return engine::triangle(b, x, false, symbol(0.5));
  }
  static constexpr symbol symmetric(engine::builder& b, symbol x) {
    return (x + engine::transposed(b, x)) * 0.5;
  }
  /// A bar = L^-T sym(half(L^T L bar)) L^-1 (Murray 2016, arXiv 1602.07527, equation 10).
  static constexpr void pullback(engine::pullback_context& c);
  /// L' = L half(L^-1 A' L^-T).
  static constexpr symbol tangent(engine::pullback_context const& c, symbol const* moved);
};

/// Solves A X = B with a triangle of A alone: the upper one, transposed, with a diagonal of ones.
struct solve_triangular : whole<2> {
  static constexpr char const* name() { return "solve_triangular"; }
  static constexpr bool has_front = true;
  static constexpr bool linear = false;
  static constexpr symbol node(engine::builder& b, std::int64_t attribute, symbol a,
                               symbol right) {
    return engine::whole_node(engine::op_number<solve_triangular>(), b, attribute,
                              b.shape_of(right), a, &right, 1);
  }
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol a,
                                symbol right);
  static constexpr engine::brackets spell(std::int64_t attribute, engine::shape const&,
                                         engine::shape const&) {
    int const flags = static_cast<int>(attribute);
    return {3, {flags & 1, flags >> 1 & 1, flags >> 2}};
  }
  template <class T>
  static constexpr void compute(std::int64_t attribute, engine::elements<T> to,
                                engine::elements<T const> a, engine::elements<T const> right) {
    std::int64_t const n = to.s.extents[to.s.rank - 2], columns = to.s.extents[to.s.rank - 1];
    std::int64_t const count = engine::matrices_in(to.s);
    engine::copy_elements(to.data, right.data, count * n * columns);
    for (std::int64_t i = 0; i < count; ++i)
      engine::substitute_in_place(engine::square_of<T const>{a.data + i * n * n, n}, (attribute & 1) != 0,
                         (attribute & 2) != 0, (attribute & 4) != 0, to.data + i * n * columns,
                         columns);
  }
  /// The part of a matrix that counts.
  static constexpr symbol used(engine::builder& b, std::int64_t attribute, symbol x) {
    return engine::triangle(b, x, (attribute & 1) != 0, symbol((attribute & 4) != 0 ? 0 : 1));
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    symbol const right = node(b, c.attribute ^ 2, c.args[0], engine::full_adjoint(c));
    c.give(1, right);
    symbol const left = (c.attribute & 2) != 0 ? c.y : right;
    symbol const other = (c.attribute & 2) != 0 ? right : c.y;
    symbol const product = engine::make<matmul>(0, left, engine::transposed(b, other));
    c.give(0, used(b, c.attribute, product) * -1);
  }
  static constexpr symbol tangent(engine::pullback_context const& c, symbol const* moved) {
    engine::builder& b = *c.y.owner();
    symbol a = used(b, c.attribute, moved[0]);
    if ((c.attribute & 2) != 0) a = engine::transposed(b, a);
    return node(b, c.attribute, c.args[0], moved[1] - engine::make<matmul>(0, a, c.y));
  }
};

constexpr void cholesky::pullback(engine::pullback_context& c) {
  engine::builder& b = *c.y.owner();
  symbol const inner =
      engine::make<matmul>(0, engine::transposed(b, c.y), engine::full_adjoint(c));
  symbol const left = solve_triangular::node(b, 2, c.y, symmetric(b, half(b, inner)));
  c.give(0, solve_triangular::node(b, 2, c.y, engine::transposed(b, left)));
}
constexpr symbol cholesky::tangent(engine::pullback_context const& c, symbol const* moved) {
  engine::builder& b = *c.y.owner();
  symbol const left = solve_triangular::node(b, 0, c.y, symmetric(b, moved[0]));
  symbol const inner = solve_triangular::node(b, 0, c.y, engine::transposed(b, left));
  return engine::make<matmul>(0, c.y, half(b, inner));
}

}  // namespace slope::op
