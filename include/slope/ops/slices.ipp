// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/movement.ipp"
#include "slope/ops/whole.ipp"

/// Parts of tensors: slices of an axis, what they are parts of, and tensors joined along an axis.
namespace slope::op {
struct slice;
struct pad_axis;
struct cat;
struct flip;
}  // namespace slope::op

namespace slope::engine {

/// Elements start, start + step, ... of an axis, `count` of them. The axis is counted from the front.
constexpr symbol slice_symbol(builder& b, symbol x, int axis, int start, int count, int step = 1) {
  shape to = b.shape_of(x);
  if (start == 0 && step == 1 && to.extents[axis] == count) return x;
  to.extents[axis] = count;
  if (count == 0) return broadcast_symbol(b, in(b, symbol(0)), b.intern(to), b[x].type);
  cut const c{to.rank - axis, start, step};
  return whole_node(op_number<op::slice>(), b, attribute_of(c), to, x);
}
/// The elements of x at start, start + step, ... of an axis of this extent; the others are 0.
constexpr symbol pad_symbol(builder& b, symbol x, int axis, int start, int extent, int step = 1) {
  shape to = b.shape_of(x);
  if (start == 0 && step == 1 && to.extents[axis] == extent) return x;
  bool const empty = to.extents[axis] == 0;
  to.extents[axis] = extent;
  if (empty) return broadcast_symbol(b, in(b, symbol(0)), b.intern(to), b[x].type);
  cut const c{to.rank - axis, start, step};
  return whole_node(op_number<op::pad_axis>(), b, attribute_of(c), to, x);
}

/// An index of Python's slices: from the end where negative, and within the axis.
constexpr int slice_index(int index, int extent) {
  if (index < 0) index += extent;
  return index < 0 ? 0 : index > extent ? extent : index;
}

}  // namespace slope::engine

namespace slope::op {

/// Every step-th element of an axis, from start up to stop: Python's x[start:stop:step].
struct slice : whole<1> {
  static constexpr char const* name() { return "slice"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, name(), p.values[0], s);
    if (axis < 0 || s.rank == 0) return x;
    int const extent = s.extents[axis];
    if (extent < 0) return engine::refuse_open_axis(b, name(), p.values[0], x);
    int const step = p.count > 3 ? p.values[3] : 1;
    if (step < 1) {
      b.fail("slice: steps are 1 or more", {});
      return x;
    }
    int const start = engine::slice_index(p.values[1], extent);
    int const stop = engine::slice_index(p.values[2], extent);
    return engine::slice_symbol(b, x, axis, start, stop > start ? (stop - start + step - 1) / step : 0,
                                step);
  }
  static constexpr engine::brackets spell(std::int64_t attribute, engine::shape const&,
                                         engine::shape const& to) {
    auto const c = engine::cut_of(attribute);
    int const axis = to.rank - c.axis;
    return {4, {axis, c.start, c.start + (to.extents[axis] - 1) * c.step + 1, c.step}};
  }
  template <class T>
  static constexpr void compute(std::int64_t attribute, engine::elements<T> to,
                                engine::elements<T const> from) {
    auto const c = engine::cut_of(attribute);
    engine::strips const out(to.s, c.axis), in(from.s, c.axis);
    for (std::int64_t i = 0; i < out.outer; ++i)
      for (std::int64_t k = 0; k < out.extent; ++k)
        engine::copy_elements(to.data + (i * out.extent + k) * out.inner,
                              from.data + (i * in.extent + c.start + k * c.step) * in.inner,
                              out.inner);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    auto const at = engine::cut_of(c.attribute);
    engine::shape const& from = b.shape_of(c.args[0]);
    int const axis = from.rank - at.axis;
    c.give(0, engine::pad_symbol(b, engine::full_adjoint(c), axis, at.start, from.extents[axis],
                                 at.step));
  }
};

/// Zeros before, after and between the elements of an axis: the adjoint of a slice (JAX's pad).
struct pad_axis : whole<1> {
  static constexpr char const* name() { return "pad_axis"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, name(), p.values[0], s);
    if (axis < 0 || s.rank == 0) return x;
    int const extent = s.extents[axis], low = p.values[1], high = p.values[2];
    int const step = (p.count > 3 ? p.values[3] : 0) + 1;
    if (extent < 0) return engine::refuse_open_axis(b, name(), p.values[0], x);
    if (low < 0 || high < 0 || step < 1) {
      b.fail("pad: numbers of elements below 0", {});
      return x;
    }
    return engine::pad_symbol(b, x, axis, low,
                              low + (extent > 0 ? (extent - 1) * step + 1 : 0) + high, step);
  }
  static constexpr engine::brackets spell(std::int64_t attribute, engine::shape const& from,
                                         engine::shape const& to) {
    auto const c = engine::cut_of(attribute);
    int const axis = to.rank - c.axis;
    int const used = c.start + (from.extents[axis] - 1) * c.step + 1;
    return {4, {axis, c.start, to.extents[axis] - used, c.step - 1}};
  }
  template <class T>
  static constexpr void compute(std::int64_t attribute, engine::elements<T> to,
                                engine::elements<T const> from) {
    auto const c = engine::cut_of(attribute);
    engine::strips const out(to.s, c.axis), in(from.s, c.axis);
    for (std::int64_t k = 0; k < to.count; ++k) to.data[k] = T{};
    for (std::int64_t i = 0; i < in.outer; ++i)
      for (std::int64_t k = 0; k < in.extent; ++k)
        engine::copy_elements(to.data + (i * out.extent + c.start + k * c.step) * out.inner,
                              from.data + (i * in.extent + k) * in.inner, in.inner);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    auto const at = engine::cut_of(c.attribute);
    engine::shape const& from = b.shape_of(c.args[0]);
    int const axis = from.rank - at.axis;
    c.give(0, engine::slice_symbol(b, engine::full_adjoint(c), axis, at.start, from.extents[axis],
                                   at.step));
  }
};

/// The elements of axes in reverse order.
struct flip : whole<1> {
  static constexpr char const* name() { return "flip"; }
  static constexpr engine::axes_rule axes = engine::axes_rule::kept;
  template <class T>
  static constexpr void compute(std::int64_t mask, engine::elements<T> to,
                                engine::elements<T const> from) {
    for (std::int64_t e = 0; e < to.count; ++e) {
      std::int64_t rest = e, place = 0, stride = 1;
      for (int k = to.s.rank - 1; k >= 0; --k) {
        std::int64_t const n = to.s.extents[k], at = rest % n;
        place += ((mask >> k & 1) != 0 ? n - 1 - at : at) * stride;
        stride *= n;
        rest /= n;
      }
      to.data[e] = from.data[place];
    }
  }
  static constexpr void pullback(engine::pullback_context& c) {
    symbol const dy = engine::full_adjoint(c);
    c.give(0, engine::make_node(engine::op_number<flip>(), c.attribute, &dy, 1));
  }
};

/// Two tensors one after the other along an axis.
struct cat : whole<2> {
  static constexpr char const* name() { return "cat"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x,
                                symbol y) {
    engine::shape const left = b.shape_of(x), right = b.shape_of(y);
    int const axis = engine::checked_axis(b, name(), p.count > 0 ? p.values[0] : 0, left);
    if (axis < 0) return x;
    bool fits = left.rank == right.rank && left.rank > 0;
    for (int k = 0; k < left.rank && fits; ++k)
      fits = k == axis || left.extents[k] == right.extents[k];
    engine::node n = engine::blank(engine::op_number<cat>());
    n.args[0] = x.index();
    n.args[1] = y.index();
    if (!fits) {
      engine::fail_shapes(b, n, 2);
      return x;
    }
    if (left.extents[axis] < 0) return engine::refuse_open_axis(b, name(), axis, x);
    if (right.extents[axis] < 0) return engine::refuse_open_axis(b, name(), axis, y);
    dtype const type = engine::promoted_type(b, n, 2);
    engine::shape to = left;
    to.extents[axis] += right.extents[axis];
    if (left.extents[axis] == 0) return engine::broadcast_symbol(b, y, b[y].shape, type);
    if (right.extents[axis] == 0) return engine::broadcast_symbol(b, x, b[x].shape, type);
    symbol const second = engine::broadcast_symbol(b, y, b[y].shape, type);
    return engine::whole_node(engine::op_number<cat>(), b, left.rank - axis, to,
                              engine::broadcast_symbol(b, x, b[x].shape, type), &second, 1);
  }
  static constexpr engine::brackets spell(std::int64_t axis, engine::shape const&,
                                         engine::shape const& to) {
    return {1, {to.rank - static_cast<int>(axis)}};
  }
  template <class T>
  static constexpr void compute(std::int64_t axis, engine::elements<T> to,
                                engine::elements<T const> first, engine::elements<T const> second) {
    engine::strips const a(first.s, static_cast<int>(axis)), b(second.s, static_cast<int>(axis));
    std::int64_t const x = a.extent * a.inner, y = b.extent * b.inner;
    for (std::int64_t i = 0; i < a.outer; ++i) {
      engine::copy_elements(to.data + i * (x + y), first.data + i * x, x);
      engine::copy_elements(to.data + i * (x + y) + x, second.data + i * y, y);
    }
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    symbol const dy = engine::full_adjoint(c);
    int const axis = b.shape_of(c.y).rank - static_cast<int>(c.attribute);
    int const first = b.shape_of(c.args[0]).extents[axis];
    c.give(0, engine::slice_symbol(b, dy, axis, 0, first));
    c.give(1, engine::slice_symbol(b, dy, axis, first, b.shape_of(c.args[1]).extents[axis]));
  }
};

/// Elements of an axis from a start on: as many as asked, or an error.
struct narrow : defaults {
  static constexpr char const* name() { return "narrow"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, name(), p.values[0], s);
    if (axis < 0 || s.rank == 0) return x;
    int const extent = s.extents[axis], count = p.values[2];
    if (extent < 0) return engine::refuse_open_axis(b, name(), p.values[0], x);
    int const start = p.values[1] < 0 ? p.values[1] + extent : p.values[1];
    if (start < 0 || count < 0 || start + count > extent) {
      engine::builder::failure_text text;
      text.write("narrow: ");
      text.write_integer(p.values[1]);
      text.write(" to ");
      text.write_integer(p.values[1] + count);
      text.write(", axis ");
      text.write_integer(p.values[0]);
      text.write(" of ");
      write_shape(text, b.describe(s));
      b.fail(text, {});
      return x;
    }
    return engine::slice_symbol(b, x, axis, start, count);
  }
};

struct select : defaults {
  static constexpr char const* name() { return "select"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::parameters one;
    one.count = 3;
    one.values[0] = p.values[0];
    one.values[1] = p.values[1];
    one.values[2] = 1;
    symbol const y = narrow::front(b, one, x);
    engine::shape const s = b.shape_of(y);
    int const axis = engine::checked_axis(b, name(), p.values[0], s);
    if (axis < 0 || s.rank == 0 || s.extents[axis] != 1) return y;
    return engine::reshape_symbol(b, y, engine::reduced_shape(s, std::int64_t{1} << axis, false));
  }
};

struct pad : defaults {
  static constexpr char const* name() { return "pad"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    for (int k = 0; k + 1 < p.count; k += 2) {
      engine::parameters one;
      one.count = 3;
      one.values[0] = -1 - k / 2;
      one.values[1] = p.values[k];
      one.values[2] = p.values[k + 1];
      x = pad_axis::front(b, one, x);
    }
    return x;
  }
};

struct roll : defaults {
  static constexpr char const* name() { return "roll"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    if (p.count == 1 && s.rank > 1) {  // of all elements in C order
      engine::parameters all;
      all.count = 1;
      all.values[0] = -1;
      return engine::reshape_symbol(b, front(b, p, reshape::front(b, all, x)), s);
    }
    int const axis = engine::checked_axis(b, name(), p.values[1], s);
    if (axis < 0 || s.rank == 0) return x;
    int const n = s.extents[axis];
    if (n < 0) return engine::refuse_open_axis(b, name(), p.values[1], x);
    if (n == 0) return x;
    int const shift = (p.values[0] % n + n) % n;
    if (shift == 0) return x;
    engine::parameters along;
    along.count = 1;
    along.values[0] = axis;
    return cat::front(b, along, engine::slice_symbol(b, x, axis, n - shift, shift),
                      engine::slice_symbol(b, x, axis, 0, n - shift));
  }
};

}  // namespace slope::op
