// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/indexing.ipp"
#include "slope/ops/products.ipp"

/// Windows of an axis, and what is made of them: convolutions, which are products with the windows,
/// and pooling.
namespace slope::op {
struct unfold;
struct fold;
}  // namespace slope::op

namespace slope::engine {

/// Windows along an axis, counted from the end: element k of window c is element c * step +
/// k * dilation. The windows' own axis is the last one.
struct window {
  int axis, size, step, dilation;
};
constexpr std::int64_t attribute_of(window const& w) {
  return std::int64_t{w.dilation} << 40 | std::int64_t{w.step} << 24 | std::int64_t{w.size} << 4 |
         w.axis;
}
constexpr window window_of(std::int64_t attribute) {
  return {static_cast<int>(attribute & 15), static_cast<int>(attribute >> 4 & 0xfffff),
          static_cast<int>(attribute >> 24 & 0xffff), static_cast<int>(attribute >> 40)};
}

/// The windows of x along axis `axis`, counted from the front; all of them are within it.
constexpr symbol unfold_symbol(auto& b, symbol x, int axis, int size, int step, int dilation) {
  shape to = b.shape_of(x);
  window const w{to.rank - axis, size, step, dilation};
  to.extents[axis] = (to.extents[axis] - (size - 1) * dilation - 1) / step + 1;
  to.extents[to.rank++] = size;
  return whole_node(op_number<op::unfold>(), b, attribute_of(w), to, x);
}
/// Windows, the last axis, added at their places in an axis of `extent`.
constexpr symbol fold_symbol(auto& b, symbol x, int axis, int extent, int step, int dilation) {
  shape to = b.shape_of(x);
  --to.rank;
  window const w{to.rank - axis, to.extents[to.rank], step, dilation};
  to.extents[axis] = extent;
  return whole_node(op_number<op::fold>(), b, attribute_of(w), to, x);
}

/// Calls f(place among the elements, place among the windows).
template <class F>
constexpr void for_each_in_windows(std::int64_t attribute, shape const& elements,
                                   shape const& windows, F f) {
  window const w = window_of(attribute);
  strips const s(elements, w.axis);
  std::int64_t const count = windows.extents[windows.rank - 1 - w.axis];
  std::int64_t place = 0;
  for (std::int64_t i = 0; i < s.outer; ++i)
    for (std::int64_t c = 0; c < count; ++c)
      for (std::int64_t j = 0; j < s.inner; ++j)
        for (std::int64_t k = 0; k < w.size; ++k)
          f((i * s.extent + c * w.step + k * w.dilation) * s.inner + j, place++);
}

/// "conv1d: 3 elements of axis 2 of (1,2,2)": a window that an axis does not hold.
constexpr bool holds_window(auto& b, char const* name, symbol x, int axis, int width,
                            int step) {
  shape const s = b.shape_of(x);
  if (s.extents[axis] < 0) {
    refuse_open_axis(b, name, axis, x);
    return false;
  }
  if (width <= s.extents[axis] && width > 0 && step > 0) return true;
  builder::failure_text text;
  text.write(name);
  text.write(": ");
  text.write_integer(width);
  text.write(" elements of axis ");
  text.write_integer(axis);
  text.write(" of ");
  write_shape(text, b.describe(s));
  b.fail(text, {});
  return false;
}

/// x with `padding` zeros around its last `axes` axes; false where one of them is open.
constexpr bool pad_around(auto& b, char const* name, symbol& x, int axes, int padding) {
  int const rank = b.shape_of(x).rank;
  for (int axis = rank - axes; axis < rank; ++axis) {
    int const extent = b.shape_of(x).extents[axis];
    if (extent < 0) {
      refuse_open_axis(b, name, axis, x);
      return false;
    }
    x = pad_symbol(b, x, axis, padding, extent + 2 * padding);
  }
  return true;
}

/// The windows of the last `axes` axes of x; their own axes come after all others.
constexpr bool unfold_all(auto& b, char const* name, symbol& x, int axes, int const* sizes,
                          int step, int dilation) {
  int const first = b.shape_of(x).rank - axes;
  for (int k = 0; k < axes; ++k) {
    if (!holds_window(b, name, x, first + k, (sizes[k] - 1) * dilation + 1, step)) return false;
    x = unfold_symbol(b, x, first + k, sizes[k], step, dilation);
  }
  return true;
}

/// x with its last `axes` axes as one.
constexpr symbol merged_axes(auto& b, symbol x, int axes) {
  shape to = b.shape_of(x);
  for (; axes > 1; --axes) {
    to.extents[to.rank - 2] *= to.extents[to.rank - 1];
    --to.rank;
  }
  return reshape_symbol(b, x, to);
}

/// (channels) beside (batch, channels, places...).
constexpr symbol beside_channels(auto& b, symbol bias, int places) {
  shape to = b.shape_of(bias);
  for (int k = 0; k < places; ++k) to.extents[to.rank++] = 1;
  return reshape_symbol(b, bias, to);
}

}  // namespace slope::engine

namespace slope::op {

/// Windows of `size` elements of an axis, `step` apart, as a last axis: torch's Tensor.unfold, with
/// a distance between the elements of a window.
struct unfold : whole<1> {
  static constexpr char const* name() { return "unfold"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, name(), p.values[0], s);
    if (axis < 0 || s.rank == 0 || s.rank == max_rank) return x;
    int const step = p.count > 2 ? p.values[2] : 1, dilation = p.count > 3 ? p.values[3] : 1;
    int const width = (p.values[1] - 1) * dilation + 1;
    if (!engine::holds_window(b, name(), x, axis, width, step)) return x;
    return engine::unfold_symbol(b, x, axis, p.values[1], step, dilation);
  }
  static constexpr engine::brackets spell(std::int64_t attribute, engine::shape const& from,
                                         engine::shape const&) {
    auto const w = engine::window_of(attribute);
    return {4, {from.rank - w.axis, w.size, w.step, w.dilation}};
  }
  template <class T>
  static constexpr void compute(std::int64_t attribute, engine::elements<T> to,
                                engine::elements<T const> from) {
    engine::for_each_in_windows(
        attribute, from.s, to.s,
        [&](std::int64_t at, std::int64_t place) { to.data[place] = from.data[at]; });
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    auto const w = engine::window_of(c.attribute);
    engine::shape const& from = b.shape_of(c.args[0]);
    int const axis = from.rank - w.axis;
    c.give(0, engine::fold_symbol(b, engine::full_adjoint(c), axis, from.extents[axis], w.step,
                                  w.dilation));
  }
};

/// Zeros along an axis of an extent, to which windows are added at their places: the adjoint of unfold.
struct fold : whole<1> {
  static constexpr char const* name() { return "fold"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x) {
    return engine::fold_symbol(b, x, p.values[0], p.values[1], p.values[2], p.values[3]);
  }
  static constexpr engine::brackets spell(std::int64_t attribute, engine::shape const&,
                                         engine::shape const& to) {
    auto const w = engine::window_of(attribute);
    int const axis = to.rank - w.axis;
    return {4, {axis, to.extents[axis], w.step, w.dilation}};
  }
  template <class T>
  static constexpr void compute(std::int64_t attribute, engine::elements<T> to,
                                engine::elements<T const> from) {
    for (std::int64_t k = 0; k < to.count; ++k) to.data[k] = T{};
    engine::for_each_in_windows(
        attribute, to.s, from.s, [&](std::int64_t at, std::int64_t place) {
          to.data[at] = static_cast<T>(add::value(to.data[at], from.data[place]));
        });
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    auto const w = engine::window_of(c.attribute);
    int const axis = b.shape_of(c.y).rank - w.axis;
    c.give(0, engine::unfold_symbol(b, engine::full_adjoint(c), axis, w.size, w.step, w.dilation));
  }
};

}  // namespace slope::op

namespace slope::engine {

/// (batch, channels, places...) with (results, channels / groups, sizes...): for each group the
/// product of the weights, a matrix, and the windows; without the batch as well.
constexpr symbol convolved(auto& b, char const* name, parameters const& p, symbol x, symbol w,
                           int axes) {
  int const step = p.values[0], padding = p.values[1], dilation = p.values[2], groups = p.values[3];
  shape from = b.shape_of(x);
  shape const weights = b.shape_of(w);
  bool const single = from.rank == axes + 1;
  bool fits = (single || from.rank == axes + 2) && weights.rank == axes + 2 && groups > 0;
  for (int k = 0; k < weights.rank; ++k) fits = fits && weights.extents[k] > 0;
  int const channels = from.rank > axes ? from.extents[from.rank - axes - 1] : -1;
  if (!fits || channels != weights.extents[1] * groups || weights.extents[0] % groups != 0 ||
      padding < 0 || dilation < 1)
    return fail_product(b, name, x, w);
  if (single) {
    shape one{1, {1}};
    for (int k = 0; k < from.rank; ++k) one.extents[one.rank++] = from.extents[k];
    x = reshape_symbol(b, x, from = one);
  }
  if (!pad_around(b, name, x, axes, padding) ||
      !unfold_all(b, name, x, axes, weights.extents + 2, step, dilation))
    return x;
  // (batch, channels, places..., sizes...) to (batch, [groups,] channels of one and sizes, places).
  shape const windows = b.shape_of(x);
  std::int64_t order = identity_permutation(2);
  for (int k = 0; k < axes; ++k) {
    order |= std::int64_t{2 + axes + k} << 4 * (2 + k);
    order |= std::int64_t{2 + k} << 4 * (2 + axes + k);
  }
  int places = 1, depth = channels / groups;
  for (int k = 0; k < axes; ++k) {
    places *= windows.extents[2 + k];
    depth *= weights.extents[2 + k];
  }
  int const results = weights.extents[0];
  shape const rows = groups == 1 ? shape{2, {results, depth}}
                                 : shape{3, {groups, results / groups, depth}};
  shape const columns = groups == 1 ? shape{3, {from.extents[0], depth, places}}
                                    : shape{4, {from.extents[0], groups, depth, places}};
  symbol const product =
      make<op::matmul>(0, reshape_symbol(b, w, rows),
                       reshape_symbol(b, permute_symbol(b, x, order), columns));
  shape to{};
  if (!single) to.extents[to.rank++] = from.extents[0];
  to.extents[to.rank++] = results;
  for (int k = 0; k < axes; ++k) to.extents[to.rank++] = windows.extents[2 + k];
  return reshape_symbol(b, product, to);
}

/// The windows of pooling: parameters size, stride (0: the size), padding.
constexpr bool pooling_windows(auto& b, char const* name, parameters const& p, symbol& x,
                               int axes) {
  int const sizes[] = {p.values[0], p.values[0]};
  int const step = p.count > 1 && p.values[1] != 0 ? p.values[1] : p.values[0];
  shape const from = b.shape_of(x);
  int const padding = p.count > 2 ? p.values[2] : 0;
  if (from.rank < axes || from.rank + axes > max_rank || padding < 0 || 2 * padding > p.values[0]) {
    builder::failure_text text;
    write_axis_error(b, text, name, -axes, from);
    b.fail(text, {});
    return false;
  }
  if (!pad_around(b, name, x, axes, padding)) return false;
  return unfold_all(b, name, x, axes, sizes, step, 1);
}

/// The largest of each window, and the first of equal ones: an index along the windows.
constexpr symbol max_pooled(auto& b, char const* name, parameters const& p, symbol x,
                            int axes) {
  shape line = b.shape_of(x);
  for (int k = 0; k + axes < line.rank; ++k) line.extents[k] = 1;
  symbol inside = broadcast_symbol(b, constant_symbol(b, rational(1)), b.intern(line), b[x].type);
  if (p.count > 2 && p.values[2] > 0) {
    symbol padded = x;
    if (!pad_around(b, name, padded, axes, p.values[2])) return x;
    pad_around(b, name, inside, axes, p.values[2]);
    symbol const lowest = symbol(-math::detail::infinity_like(0.0));
    x = kept_where(symbols::ne(inside, 0), padded, lowest);
  }
  parameters windows = p;
  windows.values[2] = 0;
  if (!pooling_windows(b, name, windows, x, axes)) return x;
  x = merged_axes(b, x, axes);
  int const last = b.shape_of(x).rank - 1;
  symbol const order =
      make_node(op_number<op::argsort>(), std::int64_t{256} | std::int64_t{1} << last, &x, 1);
  symbol const y = indexed_node(op_number<op::gather>(), b, x, slice_symbol(b, order, last, 0, 1), 1, 1);
  return reshape_symbol(b, y, reduced_shape(b.shape_of(y), std::int64_t{1} << last, false));
}
/// The mean of each window, with the zeros around.
constexpr symbol mean_pooled(auto& b, char const* name, parameters const& p, symbol x,
                             int axes) {
  x = as_floating(b, x);
  if (!pooling_windows(b, name, p, x, axes)) return x;
  x = merged_axes(b, x, axes);
  int const last = b.shape_of(x).rank - 1, count = b.shape_of(x).extents[last];
  return reduce<op::sum>(b, x, std::int64_t{1} << last, false) * symbol(rational(1, count));
}

}  // namespace slope::engine

namespace slope::op {

/// Cross-correlation over `Axes` places. Parameters: stride, padding, dilation, groups.
template <fixed_string Name, int Axes>
struct convolution : named<Name> {
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x,
                                symbol w) {
    return engine::convolved(b, named<Name>::name(), p, x, w, Axes);
  }
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x,
                                symbol w, symbol bias) {
    symbol const y = engine::convolved(b, named<Name>::name(), p, x, w, Axes);
    if (bias.rank() != 1) return engine::fail_product(b, named<Name>::name(), w, bias);
    return y + engine::beside_channels(b, bias, Axes);
  }
};
struct conv1d : convolution<"conv1d", 1> {};
struct conv2d : convolution<"conv2d", 2> {};

template <fixed_string Name, int Axes, bool Largest>
struct pooling : named<Name> {
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x) {
    return Largest ? engine::max_pooled(b, named<Name>::name(), p, x, Axes)
                   : engine::mean_pooled(b, named<Name>::name(), p, x, Axes);
  }
};
struct max_pool1d : pooling<"max_pool1d", 1, true> {};
struct max_pool2d : pooling<"max_pool2d", 2, true> {};
struct avg_pool1d : pooling<"avg_pool1d", 1, false> {};
struct avg_pool2d : pooling<"avg_pool2d", 2, false> {};

}  // namespace slope::op
