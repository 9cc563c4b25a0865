// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/scans.ipp"

/// Elements by their indices, which are data: gathered, added at their places, and put in order.
namespace slope::op {
struct gather;
struct index_select;
struct scatter_zeros;
struct index_zeros;
}  // namespace slope::op

namespace slope::engine {

/// The place that an index names; whatever is not on the axis is an error.
template <class I>
constexpr std::int64_t checked_index(I index, std::int64_t extent) {
  auto const k = static_cast<std::int64_t>(index);
  if (k < 0 || k >= extent) {
    detail::text_buffer<100> text;
    text.write("index ");
    text.write_integer(k);
    text.write(" of an axis of extent ");
    text.write_integer(extent);
    detail::raise<index_error>(text.text);
  }
  return k;
}

/// Calls f(place in the shape of the elements that have indices, place in the other shape) for each
/// pair. `lines`: one index for a whole slice across the axis, else each element has its own.
template <bool Lines, class I, class F>
constexpr void for_each_indexed(shape const& indexed, shape const& other, int axis, I const* index,
                                F f) {
  strips const here(indexed, axis), there(other, axis);
  for (std::int64_t i = 0; i < here.outer; ++i)
    for (std::int64_t k = 0; k < here.extent; ++k)
      for (std::int64_t j = 0; j < here.inner; ++j) {
        std::int64_t const at = (i * here.extent + k) * here.inner + j;
        std::int64_t const to = checked_index(index[Lines ? k : at], there.extent);
        f(at, (i * there.extent + to) * there.inner + j);
      }
}

/// Elements of x at indices along an axis, counted from the end: a node of operation `op`, or its
/// adjoint's, into an axis of `extent`.
constexpr symbol indexed_node(int op, builder& b, symbol x, symbol index, int axis, int extent) {
  shape to = b.shape_of(x);
  to.extents[to.rank - axis] = extent;
  return whole_node(op, b, axis, to, x, &index, 1);
}

/// x and its index as the rules of torch's gather want them; false after a failure.
constexpr bool fits_index(builder& b, int op, symbol x, symbol index, bool lines, int axis) {
  shape const from = b.shape_of(x), at = b.shape_of(index);
  bool fits = !is_floating(b[index].type) && b[index].type != dtype::boolean &&
              (lines ? at.rank == 1 : at.rank == from.rank);
  for (int k = 0; !lines && fits && k < from.rank; ++k)
    fits = k == axis || from.extents[k] == at.extents[k];
  if (fits) return true;
  node n = blank(op);
  n.args[0] = x.index();
  n.args[1] = index.index();
  fail_shapes(b, n, 2);
  return false;
}

}  // namespace slope::engine

namespace slope::op {

/// The elements of x that an index names along an axis. Lines: the index is a vector, and each entry
/// takes a whole slice; else it has the axes of x, and each entry takes one element.
template <bool Lines, class Self, class Adjoint>
struct gathering : whole<2> {
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x,
                                symbol index) {
    engine::shape const from = b.shape_of(x), at = b.shape_of(index);
    int const axis = engine::checked_axis(b, Self::name(), p.count > 0 ? p.values[0] : 0, from);
    int const op = engine::op_number<Self>();
    if (axis < 0 || from.rank == 0 || !engine::fits_index(b, op, x, index, Lines, axis)) return x;
    if (from.extents[axis] < 0) return engine::refuse_open_axis(b, Self::name(), axis, x);
    return engine::indexed_node(op, b, x, index, from.rank - axis, at.extents[Lines ? 0 : axis]);
  }
  static constexpr engine::brackets spell(std::int64_t axis, engine::shape const& from,
                                          engine::shape const&) {
    return {1, {from.rank - static_cast<int>(axis)}};
  }
  template <class T, class I>
  static constexpr void compute(std::int64_t axis, engine::elements<T> to,
                                engine::elements<T const> from, engine::elements<I const> index) {
    engine::for_each_indexed<Lines>(
        to.s, from.s, static_cast<int>(axis), index.data,
        [&](std::int64_t here, std::int64_t there) { to.data[here] = from.data[there]; });
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    engine::shape const& from = b.shape_of(c.args[0]);
    int const axis = static_cast<int>(c.attribute);
    c.give(0, engine::indexed_node(engine::op_number<Adjoint>(), b, engine::full_adjoint(c),
                                   c.args[1], axis, from.extents[from.rank - axis]));
  }
};

/// Zeros, to which the elements of x are added where an index says.
template <bool Lines, class Self, class Adjoint>
struct scattering : whole<2> {
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x,
                                symbol index) {
    engine::shape const from = b.shape_of(x);
    int const axis = engine::checked_axis(b, Self::name(), p.values[0], from);
    int const op = engine::op_number<Self>();
    if (axis < 0 || from.rank == 0 || !engine::fits_index(b, op, x, index, Lines, axis)) return x;
    return engine::indexed_node(op, b, x, index, from.rank - axis, p.values[1]);
  }
  static constexpr engine::brackets spell(std::int64_t axis, engine::shape const& from,
                                          engine::shape const& to) {
    int const k = from.rank - static_cast<int>(axis);
    return {2, {k, to.extents[k]}};
  }
  template <class T, class I>
  static constexpr void compute(std::int64_t axis, engine::elements<T> to,
                                engine::elements<T const> from, engine::elements<I const> index) {
    for (std::int64_t k = 0; k < to.count; ++k) to.data[k] = T{};
    engine::for_each_indexed<Lines>(from.s, to.s, static_cast<int>(axis), index.data,
                                    [&](std::int64_t here, std::int64_t there) {
                                      to.data[there] = static_cast<T>(
                                          add::value(to.data[there], from.data[here]));
                                    });
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    engine::shape const& from = b.shape_of(c.args[0]);
    int const axis = static_cast<int>(c.attribute);
    c.give(0, engine::indexed_node(engine::op_number<Adjoint>(), b, engine::full_adjoint(c),
                                   c.args[1], axis, from.extents[from.rank - axis]));
  }
};

struct gather : gathering<false, gather, scatter_zeros> {
  static constexpr char const* name() { return "gather"; }
};
struct index_select : gathering<true, index_select, index_zeros> {
  static constexpr char const* name() { return "index_select"; }
};
struct scatter_zeros : scattering<false, scatter_zeros, gather> {
  static constexpr char const* name() { return "scatter_zeros"; }
};
struct index_zeros : scattering<true, index_zeros, index_select> {
  static constexpr char const* name() { return "index_zeros"; }
};

/// torch's: what stands at an index gets the elements of another tensor added.
struct scatter_add : defaults {
  static constexpr char const* name() { return "scatter_add"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x,
                                symbol index, symbol source) {
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, name(), p.values[0], s);
    if (axis < 0 || s.rank == 0) return x;
    if (s.extents[axis] < 0) return engine::refuse_open_axis(b, name(), axis, x);
    engine::parameters zeros;
    zeros.count = 2;
    zeros.values[0] = axis;
    zeros.values[1] = s.extents[axis];
    return x + scatter_zeros::front(b, zeros, source, index);
  }
};

/// Rows of a table: index_select of axis 0 by an index of any shape.
struct embedding : defaults {
  static constexpr char const* name() { return "embedding"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol table,
                                symbol index) {
    engine::shape const at = b.shape_of(index), from = b.shape_of(table);
    engine::parameters all;
    all.count = 1;
    all.values[0] = -1;
    engine::shape to = at;
    for (int k = 1; k < from.rank && to.rank < max_rank; ++k) to.extents[to.rank++] = from.extents[k];
    symbol const rows =
        index_select::front(b, p, table, at.rank == 1 ? index : reshape::front(b, all, index));
    return engine::reshape_symbol(b, rows, to);
  }
};

/// 1 at the index, 0 elsewhere, along a new last axis of a given extent; integers.
struct one_hot : defaults {
  static constexpr char const* name() { return "one_hot"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol index) {
    engine::shape to = b.shape_of(index), line{};
    to.extents[to.rank++] = 1;
    line.rank = to.rank;
    for (int k = 0; k < to.rank; ++k) line.extents[k] = k + 1 == to.rank ? p.values[0] : 1;
    symbol const hit = symbols::eq(engine::reshape_symbol(b, index, to),
                                   engine::positions(b, line, line.rank - 1));
    return engine::broadcast_symbol(b, hit, b[hit].shape, dtype::int64);
  }
};

/// The indices that put an axis in order, equal elements in the order in which they stand; NaN comes
/// after all numbers.
struct argsort : whole<1> {
  static constexpr char const* name() { return "argsort"; }
  static constexpr engine::axes_rule axes = engine::axes_rule::kept;
  static constexpr engine::type_rule result = engine::type_rule::index;
  static constexpr bool linear = false;

  /// Does a come before b? Equal ones by their indices.
  template <class T>
  static constexpr bool before(T a, T b, std::int64_t i, std::int64_t j, bool descending) {
    bool const nan_a = a != a, nan_b = b != b;
    if (nan_a != nan_b) return nan_b != descending;
    if (!nan_a && a != b) return descending ? b < a : a < b;
    return i < j;
  }
  /// Heap sort of a strip of indices: in place, and with the indices as second key it is stable.
  template <class T, class I>
  static constexpr void compute(std::int64_t attribute, engine::elements<I> to,
                                engine::elements<T const> from) {
    engine::strips const s(to.s, engine::axis_in(attribute & 255, to.s.rank));
    bool const descending = (attribute >> 8 & 1) != 0;
    for (std::int64_t i = 0; i < s.outer; ++i)
      for (std::int64_t j = 0; j < s.inner; ++j) {
        I* const heap = to.data + i * s.extent * s.inner + j;
        T const* const value = from.data + i * s.extent * s.inner + j;
        auto const less = [&](std::int64_t a, std::int64_t b) {
          auto const x = static_cast<std::int64_t>(heap[a * s.inner]);
          auto const y = static_cast<std::int64_t>(heap[b * s.inner]);
          return before(value[x * s.inner], value[y * s.inner], x, y, descending);
        };
        auto const swap = [&](std::int64_t a, std::int64_t b) {
          I const kept = heap[a * s.inner];
          heap[a * s.inner] = heap[b * s.inner];
          heap[b * s.inner] = kept;
        };
        auto const sift = [&](std::int64_t root, std::int64_t end) {
          for (std::int64_t child = 2 * root + 1; child < end; child = 2 * root + 1) {
            if (child + 1 < end && less(child, child + 1)) ++child;
            if (!less(root, child)) return;
            swap(root, child);
            root = child;
          }
        };
        for (std::int64_t k = 0; k < s.extent; ++k) heap[k * s.inner] = static_cast<I>(k);
        for (std::int64_t k = s.extent / 2 - 1; k >= 0; --k) sift(k, s.extent);
        for (std::int64_t k = s.extent - 1; k > 0; --k) {
          swap(0, k);
          sift(0, k);
        }
      }
  }
};

}  // namespace slope::op
