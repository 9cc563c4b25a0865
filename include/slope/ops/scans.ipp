// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/slices.ipp"

/// Running totals along an axis, and what is made of them: numbers along an axis, masks of them.
namespace slope::op {

/// The sum of the elements up to each, along an axis; float is accumulated in double, as in torch.
struct cumsum : whole<1> {
  static constexpr char const* name() { return "cumsum"; }
  static constexpr engine::axes_rule axes = engine::axes_rule::kept;
  static constexpr engine::type_rule result = engine::type_rule::counting;
  template <class T, class X>
  static constexpr void compute(std::int64_t mask, engine::elements<T> to,
                                engine::elements<X const> from) {
    using total_type = std::conditional_t<std::same_as<T, float>, double, T>;
    engine::strips const s(to.s, engine::axis_in(mask, to.s.rank));
    for (std::int64_t i = 0; i < s.outer; ++i)
      for (std::int64_t j = 0; j < s.inner; ++j) {
        total_type total{};
        for (std::int64_t k = 0; k < s.extent; ++k) {
          std::int64_t const at = (i * s.extent + k) * s.inner + j;
          total = add::value(total, static_cast<total_type>(from.data[at]));
          to.data[at] = static_cast<T>(total);
        }
      }
  }
  static constexpr void pullback(engine::pullback_context& c) {
    symbol const dy = engine::full_adjoint(c);
    symbol const back = engine::make_node(engine::op_number<flip>(), c.attribute, &dy, 1);
    symbol const sums = engine::make_node(engine::op_number<cumsum>(), c.attribute, &back, 1);
    c.give(0, engine::make_node(engine::op_number<flip>(), c.attribute, &sums, 1));
  }
};

struct diff : defaults {
  static constexpr char const* name() { return "diff"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    for (int k = 0; k < p.values[0]; ++k) {
      engine::shape const s = b.shape_of(x);
      int const axis = engine::checked_axis(b, name(), p.values[1], s);
      if (axis < 0 || s.rank == 0) return x;
      int const n = s.extents[axis];
      if (n < 0) return engine::refuse_open_axis(b, name(), p.values[1], x);
      if (n == 0) return x;
      x = engine::slice_symbol(b, x, axis, 1, n - 1) - engine::slice_symbol(b, x, axis, 0, n - 1);
    }
    return x;
  }
};

}  // namespace slope::op

namespace slope::engine {

/// 0, 1, 2 ... along axis `axis` of a shape, 1 along the others: one less than a running count.
constexpr symbol positions(builder& b, shape const& s, int axis) {
  shape line{};
  line.rank = s.rank;
  for (int k = 0; k < s.rank; ++k) line.extents[k] = k == axis ? s.extents[k] : 1;
  symbol const ones = broadcast_symbol(b, constant_symbol(b, rational(1)), b.intern(line), dtype::int64);
  return make_node(op_number<op::cumsum>(), std::int64_t{1} << axis, &ones, 1) - 1;
}
/// Column less row, of the last two axes of a shape.
constexpr symbol above_diagonal(builder& b, shape const& s) {
  return positions(b, s, s.rank - 1) - positions(b, s, s.rank - 2);
}
/// Is an element on the main diagonal of the last two axes of a shape of numbers?
constexpr symbol on_diagonal(builder& b, shape const& s) {
  int const rows = s.extents[s.rank - 2], columns = s.extents[s.rank - 1];
  return rows == columns ? identity_symbol(b, rows) : symbols::eq(above_diagonal(b, s), 0);
}
/// x where the condition holds, else `other`.
constexpr symbol kept_where(symbol condition, symbol x, symbol other = symbol(0)) {
  return symbols::where(condition, x, other);
}
constexpr bool has_matrices(builder& b, char const* name, symbol x) {
  if (b.shape_of(x).rank >= 2) return true;
  builder::failure_text text;
  text.write(name);
  text.write(": not a matrix: ");
  write_shape(text, b.describe(b.shape_of(x)));
  b.fail(text, {});
  return false;
}

}  // namespace slope::engine

namespace slope::op {

struct tril : defaults {
  static constexpr char const* name() { return "tril"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    if (!engine::has_matrices(b, name(), x)) return x;
    return engine::kept_where(
        symbols::le(engine::above_diagonal(b, b.shape_of(x)), p.count > 0 ? p.values[0] : 0), x);
  }
};
struct triu : defaults {
  static constexpr char const* name() { return "triu"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    if (!engine::has_matrices(b, name(), x)) return x;
    return engine::kept_where(
        symbols::ge(engine::above_diagonal(b, b.shape_of(x)), p.count > 0 ? p.values[0] : 0), x);
  }
};

/// The sum along the rows of what is kept of the diagonal alone.
struct diagonal : defaults {
  static constexpr char const* name() { return "diagonal"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    if (!engine::has_matrices(b, name(), x)) return x;
    int const i = engine::checked_axis(b, name(), p.count > 1 ? p.values[1] : 0, s);
    int const j = engine::checked_axis(b, name(), p.count > 2 ? p.values[2] : 1, s);
    if (i < 0 || j < 0) return x;
    int const offset = p.values[0];
    if (s.extents[i] < 0) return engine::refuse_open_axis(b, name(), i, x);
    if (s.extents[j] < 0) return engine::refuse_open_axis(b, name(), j, x);
    // The two axes last, then the part of them whose main diagonal it is.
    std::int64_t axes = 0;
    int place = 0;
    for (int k = 0; k < s.rank; ++k)
      if (k != i && k != j) axes |= std::int64_t{k} << 4 * place++;
    axes |= std::int64_t{i} << 4 * place | std::int64_t{j} << 4 * (place + 1);
    symbol y = engine::permute_symbol(b, x, axes);
    int const first_row = offset < 0 ? -offset : 0, first_column = offset > 0 ? offset : 0;
    int const rows = s.extents[i] - first_row, columns = s.extents[j] - first_column;
    int const count = rows < columns ? rows : columns;
    y = engine::slice_symbol(b, y, s.rank - 2, first_row < s.extents[i] ? first_row : 0,
                             count < 0 ? 0 : count);
    y = engine::slice_symbol(b, y, s.rank - 1, first_column < s.extents[j] ? first_column : 0,
                             count < 0 ? 0 : count);
    engine::shape const square = b.shape_of(y);
    return engine::reduce<sum>(
        b, engine::kept_where(engine::on_diagonal(b, square), y),
        std::int64_t{1} << (square.rank - 1), false);
  }
};

struct diag : defaults {
  static constexpr char const* name() { return "diag"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    if (s.rank != 1) return diagonal::front(b, p, x);
    int const offset = p.count > 0 ? p.values[0] : 0, n = s.extents[0];
    if (n < 0) return engine::refuse_open_axis(b, name(), 0, x);
    engine::shape const square{2, {n, n}};
    symbol const rows = engine::broadcast_symbol(b, engine::reshape_symbol(b, x, {2, {n, 1}}),
                                                 b.intern(square), b[x].type);
    symbol const y = engine::kept_where(engine::on_diagonal(b, square), rows);
    int const size = n + (offset < 0 ? -offset : offset);
    return engine::pad_symbol(b, engine::pad_symbol(b, y, 1, offset > 0 ? offset : 0, size), 0,
                              offset < 0 ? -offset : 0, size);
  }
};

struct trace : defaults {
  static constexpr char const* name() { return "trace"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    if (b.shape_of(x).rank != 2) {
      engine::has_matrices(b, name(), engine::reshape_symbol(b, x, {}));
      return x;
    }
    return engine::reduce<sum>(b, diagonal::front(b, p, x), 1, false);
  }
};

/// The products of what is kept up to each element: exact also where elements are 0, in n * n
/// operations.
struct cumprod : defaults {
  static constexpr char const* name() { return "cumprod"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, name(), p.values[0], s);
    if (axis < 0 || s.rank == 0) return x;
    if (s.rank == max_rank) {
      b.fail("cumprod: more than 7 axes", {});
      return x;
    }
    // Axis `axis` counts results, the one after it factors.
    engine::shape line{}, wide{};
    line.rank = wide.rank = s.rank + 1;
    for (int k = 0; k <= s.rank; ++k) {
      line.extents[k] = k == axis ? 1 : s.extents[k < axis ? k : k - 1];
      wide.extents[k] = k == axis ? s.extents[axis] : line.extents[k];
    }
    symbol const factors = engine::broadcast_symbol(b, engine::reshape_symbol(b, x, line),
                                                    b.intern(wide), b[x].type);
    symbol const counts = symbols::le(engine::positions(b, wide, axis + 1) -
                                          engine::positions(b, wide, axis), 0);
    return engine::reduce<prod>(b, engine::kept_where(counts, factors, symbol(1)),
                                std::int64_t{1} << (axis + 1), false);
  }
};

}  // namespace slope::op
