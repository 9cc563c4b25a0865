// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_rearrange.ipp"
#include "slope/ops/macros.ipp"
#include "slope/ops/order.ipp"
#include "slope/ops/products.ipp"

/// Repeated, joined and spread tensors, and products of all pairs: made of movement and arithmetic.
namespace slope::engine {

/// "repeat: axes of (2,3)": an operand that an operation does not take.
constexpr symbol refuse_operand(builder& b, char const* name, char const* why, symbol x) {
  builder::failure_text text;
  text.write(name);
  text.write(why);
  write_shape(text, b.describe(b.shape_of(x)));
  b.fail(text, {});
  return x;
}

/// An axis `times` over: as a whole, or each element of it.
constexpr symbol repeated(builder& b, char const* name, symbol x, int axis, int times,
                          bool elements) {
  if (times == 1) return x;
  shape const s = b.shape_of(x);
  if (s.extents[axis] < 0) return refuse_open_axis(b, name, axis, x);
  if (times < 0 || s.rank == max_rank) return refuse_operand(b, name, ": cannot repeat ", x);
  shape to = s, line{}, wide{};
  to.extents[axis] *= times;
  line.rank = wide.rank = s.rank + 1;
  int const added = elements ? axis + 1 : axis;
  for (int k = 0; k < line.rank; ++k) {
    line.extents[k] = k == added ? 1 : s.extents[k < added ? k : k - 1];
    wide.extents[k] = k == added ? times : line.extents[k];
  }
  symbol const spread = broadcast_symbol(b, reshape_symbol(b, x, line), b.intern(wide), b[x].type);
  return reshape_symbol(b, spread, to);
}

/// With axes of extent 1 in front until there are `rank`, and `after` ones behind.
constexpr symbol in_axes(builder& b, symbol x, int rank, int after = 0) {
  shape const s = b.shape_of(x);
  shape to{};
  while (to.rank + s.rank < rank) to.extents[to.rank++] = 1;
  for (int k = 0; k < s.rank; ++k) to.extents[to.rank++] = s.extents[k];
  while (after-- > 0) to.extents[to.rank++] = 1;
  return reshape_symbol(b, x, to);
}

/// x along one axis moved by `shift` places to the front.
constexpr symbol rolled(builder& b, symbol x, int axis, int shift) {
  parameters p;
  p.count = 2;
  p.values[0] = -shift;
  p.values[1] = axis;
  return op::roll::front(b, p, x);
}
constexpr symbol joined(builder& b, symbol x, symbol y, int axis) {
  parameters p;
  p.count = 1;
  p.values[0] = axis;
  return op::cat::front(b, p, x, y);
}
/// x spread to the shape that x and y have together; x itself after a failure.
constexpr symbol spread_with(builder& b, char const* name, symbol x, symbol y) {
  int const operands[] = {x.index(), y.index()};
  node n = blank(op_number<op::add>());
  shape wide{};
  if (broadcast_pair(b, n, b.shape_of(x), b.shape_of(y), 0, wide))
    return broadcast_symbol(b, x, b.intern(wide), b[x].type);
  fail_operands(b, name, operands, 2);
  return x;
}

}  // namespace slope::engine

namespace slope::op {

/// Whole axes repeated, the last ones where fewer are named; new ones in front where more are.
struct tile : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    x = engine::in_axes(b, x, p.count);
    int const rank = b.shape_of(x).rank;
    for (int k = 0; k < p.count && !b.graph.error.failed; ++k)
      x = engine::repeated(b, "tile", x, rank - p.count + k, p.values[k], false);
    return x;
  }
};

/// Values: times, axis; of all elements in C order without an axis.
struct repeat_interleave : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    if (p.count == 1) x = engine::flattened(b, x);
    int const axis =
        engine::checked_axis(b, "repeat_interleave", p.count > 1 ? p.values[1] : 0, b.shape_of(x));
    if (axis < 0 || b.shape_of(x).rank == 0 || b.graph.error.failed) return x;
    return engine::repeated(b, "repeat_interleave", x, axis, p.values[0], true);
  }
};

struct movedim : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const from = engine::checked_axis(b, "movedim", p.values[0], s);
    int const to = engine::checked_axis(b, "movedim", p.values[1], s);
    if (from < 0 || to < 0 || s.rank == 0) return x;
    std::int64_t axes = 0;
    for (int k = 0, next = 0; k < s.rank; ++k) {
      if (next == from) ++next;
      axes |= std::int64_t{k == to ? from : next++} << 4 * k;
    }
    return engine::permute_symbol(b, x, axes);
  }
};

/// x in the shape that it has together with others.
struct broadcast_with : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y) {
    return engine::spread_with(b, "broadcast_tensors", x, y);
  }
};

/// Vector number p.values[0] along its axis of p.values[1] axes; the others come in by broadcasting.
struct grid_axis : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    if (b.shape_of(x).rank > 1) return engine::refuse_operand(b, "meshgrid", ": not a vector: ", x);
    return engine::in_axes(b, x, 1, p.values[1] - p.values[0] - 1);
  }
};

/// Tensors side by side: along the second axis, vectors along their only one.
struct hstack : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y) {
    x = engine::in_axes(b, x, 1), y = engine::in_axes(b, y, 1);
    return engine::joined(b, x, y, b.shape_of(x).rank == 1 ? 0 : 1);
  }
};
/// Tensors one below the other: along the first axis, vectors as rows.
struct vstack : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y) {
    return engine::joined(b, engine::in_axes(b, x, 2), engine::in_axes(b, y, 2), 0);
  }
};

/// Pads, and what is outside is the value.
struct pad_value : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x,
                                symbol value) {
    for (int k = 0; k + 1 < p.count && !b.graph.error.failed; k += 2) {
      engine::shape const s = b.shape_of(x);
      engine::parameters one;
      one.count = 3;
      one.values[0] = -1 - k / 2;
      one.values[1] = p.values[k];
      one.values[2] = p.values[k + 1];
      symbol const wide = pad_axis::front(b, one, x);
      if (b.graph.error.failed) return x;
      int const axis = s.rank - 1 - k / 2;
      symbol const at = engine::positions(b, b.shape_of(wide), axis) - p.values[k];
      symbol const inside =
          symbols::logical_and(symbols::ge(at, 0), symbols::le(at, s.extents[axis] - 1));
      x = symbols::where(inside, wide, value);
    }
    return x;
  }
};

/// The elements of x in C order at indices of any shape.
struct take : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x,
                                symbol index) {
    return embedding::front(b, p, engine::flattened(b, x), index);
  }
};
/// gather, whose operands broadcast along the other axes; of all elements without an axis.
struct take_along_dim : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x,
                                symbol index) {
    if (p.count == 0)
      return gather::front(b, p, engine::flattened(b, x), engine::flattened(b, index));
    engine::shape from = b.shape_of(x), at = b.shape_of(index);
    int const axis = engine::checked_axis(b, "take_along_dim", p.values[0], from);
    if (axis < 0) return x;
    if (from.rank == at.rank && from.rank > 0) {
      for (int k = 0; k < from.rank; ++k) {
        if (k == axis) continue;
        if (from.extents[k] == 1) from.extents[k] = at.extents[k];
        if (at.extents[k] == 1) at.extents[k] = from.extents[k];
      }
      x = engine::broadcast_symbol(b, x, b.intern(from), b[x].type);
      index = engine::broadcast_symbol(b, index, b.intern(at), b[index].type);
    }
    return gather::front(b, p, x, index);
  }
};

/// The area under points by trapezoids: of distance 1, of one distance, or at places x.
struct trapezoid : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol y) {
    return front(b, p, y, engine::in(b, symbol(1)));
  }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol y,
                                symbol x) {
    engine::shape const s = b.shape_of(y);
    int const axis = engine::checked_axis(b, "trapezoid", p.values[0], s);
    if (axis < 0 || s.rank == 0) return y;
    int const n = s.extents[axis];
    if (n < 0) return engine::refuse_open_axis(b, "trapezoid", p.values[0], y);
    symbol width = x;
    if (int const rank = b.shape_of(x).rank; rank > 0) {
      // One vector of places counts along the axis.
      engine::parameters once;
      once.values[0] = 1;
      once.values[1] = rank == 1 ? 0 : axis;
      width = diff::front(b, once, x);
      if (rank == 1) width = engine::in_axes(b, width, 1, s.rank - 1 - axis);
    }
    if (n == 0 || b.graph.error.failed) return engine::reduce<sum>(b, y, 1 << axis, false);
    symbol const twice =
        engine::slice_symbol(b, y, axis, 1, n - 1) + engine::slice_symbol(b, y, axis, 0, n - 1);
    return engine::reduce<sum>(b, twice * width, std::int64_t{1} << axis, false) / 2;
  }
};

/// The covariances of the rows of a matrix, each a variable; the variance of a vector.
struct cov : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    if (s.rank > 2) return engine::refuse_operand(b, "cov", ": not a matrix: ", x);
    symbol const rows = engine::as_floating(b, engine::in_axes(b, x, 2));
    symbol const centred = engine::centred(b, rows, 2);
    symbol const n =
        engine::degrees_of_freedom(b, rows, 2 | static_cast<std::int64_t>(p.correction) << 8);
    symbol const y = engine::make<matmul>(0, centred, engine::transposed(b, centred)) / n;
    return s.rank < 2 ? engine::reshape_symbol(b, y, {}) : y;
  }
};

/// The p-norms of the differences of each row of x with each of y.
struct cdist : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y) {
    return front(b, {}, x, y, engine::in(b, symbol(2)));
  }
  static constexpr symbol front(engine::builder& b, engine::parameters const&, symbol x, symbol y,
                                symbol p) {
    engine::shape left = b.shape_of(x), right = b.shape_of(y);
    if (left.rank < 2 || right.rank < 2 || left.rank == max_rank || right.rank == max_rank)
      return engine::fail_product(b, "cdist", x, y);
    // (..., m, 1, k) and (..., 1, n, k).
    left.extents[left.rank] = left.extents[left.rank - 1];
    left.extents[left.rank++ - 1] = 1;
    right.extents[right.rank] = right.extents[right.rank - 1];
    right.extents[right.rank - 1] = right.extents[right.rank - 2];
    right.extents[right.rank++ - 2] = 1;
    engine::parameters last;
    last.count = 1;
    last.values[0] = -1;
    return power_norm::front(
        b, last, engine::reshape_symbol(b, x, left) - engine::reshape_symbol(b, y, right), p);
  }
};

/// The vector product along an axis of extent 3.
struct cross : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x,
                                symbol y) {
    x = engine::spread_with(b, "cross", x, y);
    y = engine::spread_with(b, "cross", y, x);
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, "cross", p.values[0], s);
    if (axis < 0 || b.graph.error.failed) return x;
    if (s.rank == 0 || s.extents[axis] != 3)
      return engine::refuse_operand(b, "cross", ": not three elements along the axis of ", x);
    return engine::rolled(b, x, axis, 1) * engine::rolled(b, y, axis, 2) -
           engine::rolled(b, x, axis, 2) * engine::rolled(b, y, axis, 1);
  }
};

}  // namespace slope::op
