// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_order.ipp"
#include "slope/ops/indexing.ipp"
#include "slope/ops/reductions.ipp"

/// Order along an axis: where the extremes are, sorting, medians. All of it is made of indices, which
/// have no derivative, and of the elements that they name.
namespace slope::engine {

/// All elements along one axis, in C order.
constexpr symbol flattened(builder& b, symbol x) {
  parameters all;
  all.count = 1;
  all.values[0] = -1;
  return op::reshape::front(b, all, x);
}
/// The axis of p, counted from the front, of an operand that has elements along it; -1 after a failure.
constexpr int ordered_axis(builder& b, char const* name, int axis, symbol x) {
  shape const s = b.shape_of(x);
  int const k = checked_axis(b, name, axis, s);
  if (k < 0 || s.rank == 0 || s.extents[k] != 0) return k;
  builder::failure_text text;
  text.write(name);
  text.write(": no elements in ");
  write_shape(text, b.describe(s));
  b.fail(text, {});
  return -1;
}
/// x without an axis of extent 1, or as it is.
constexpr symbol dropped_axis(builder& b, symbol x, int axis, bool keep) {
  if (keep) return x;
  return reshape_symbol(b, x, reduced_shape(b.shape_of(x), std::int64_t{1} << axis, false));
}
/// A number that is 0, of int64: the only index of a number.
constexpr symbol only_index(builder& b) {
  return broadcast_symbol(b, in(b, symbol(0)), b.intern(shape{}), dtype::int64);
}

/// The first index of the largest (smallest) element along an axis, or in C order of all for axis
/// -1; axes stay. NaN is more than any number, and less.
constexpr symbol extreme_index(builder& b, symbol x, int axis, bool smallest) {
  shape const s = b.shape_of(x);
  std::int64_t const all = (std::int64_t{1} << s.rank) - 1, mask = axis < 0 ? all : 1 << axis;
  symbol const extreme =
      reduce(smallest ? op_number<op::amin>() : op_number<op::amax>(), b, x, mask);
  symbol hit = symbols::eq(x, extreme), index = only_index(b);
  if (is_floating(b[x].type)) hit = symbols::logical_or(hit, symbols::ne(x, x));
  for (int k = 0; k < s.rank; ++k)
    if ((mask >> k & 1) != 0)
      index = count_symbol(b, s, mask & all << (k + 1)) * positions(b, s, k) + index;
  return reduce<op::amin>(b, symbols::where(hit, index, count_symbol(b, s, mask)), mask);
}
/// The elements of x that indices name along an axis: as gather, and one of each strip also where
/// the extent is known at run time only.
constexpr symbol elements_at(builder& b, symbol x, symbol index, int axis) {
  shape const s = b.shape_of(x);
  if (s.extents[axis] >= 0)
    return indexed_node(op_number<op::gather>(), b, x, index, s.rank - axis,
                        b.shape_of(index).extents[axis]);
  return reduce<op::sum>(b, kept_where(symbols::eq(positions(b, s, axis), index), x),
                         std::int64_t{1} << axis);
}

/// The indices that put an axis in order. From large to small it is the order of the reversed axis
/// from its end, in which equal elements are again as they stood.
constexpr symbol order_along(builder& b, symbol x, int axis, bool descending) {
  std::int64_t const mask = std::int64_t{1} << axis;
  if (!descending) return make_node(op_number<op::argsort>(), mask, &x, 1);
  symbol const reversed = make_node(op_number<op::flip>(), mask, &x, 1);
  symbol const order = make_node(op_number<op::argsort>(), mask, &reversed, 1);
  symbol const back = make_node(op_number<op::flip>(), mask, &order, 1);
  return size_symbol(b, b.shape_of(x).extents[axis]) - 1 - back;
}
/// `count` of the indices of the order from `start` on.
constexpr symbol part_of_order(builder& b, char const* name, symbol x, int axis, int start,
                               int count, bool descending) {
  shape const s = b.shape_of(x);
  if (s.extents[axis] < 0) return refuse_open_axis(b, name, axis, x);
  if (start < 0 || count < 0 || start + count > s.extents[axis]) {
    builder::failure_text text;
    text.write(name);
    text.write(": ");
    text.write_integer(start + count);
    text.write(" elements of axis ");
    text.write_integer(axis);
    text.write(" of ");
    write_shape(text, b.describe(s));
    b.fail(text, {});
    return x;
  }
  return slice_symbol(b, order_along(b, x, axis, descending), axis, start, count);
}

/// Indices along an axis, the first of p's numbers; what the others are is said beside each.
using index_rule = symbol (*)(builder&, char const*, symbol, int, parameters const&);

/// What `find` names, or its indices. `drop`: the axis has one element then, and goes unless p keeps it.
constexpr symbol selected(builder& b, parameters const& p, symbol x, char const* name, bool value,
                          index_rule find, bool drop) {
  int const axis = drop ? ordered_axis(b, name, p.values[0], x)
                        : checked_axis(b, name, p.values[0], b.shape_of(x));
  if (axis < 0) return x;
  if (b.shape_of(x).rank == 0) return value ? x : only_index(b);
  symbol const index = find(b, name, x, axis, p);
  if (b.graph.error.failed) return x;
  symbol const y = value ? elements_at(b, x, index, axis) : index;
  return dropped_axis(b, y, axis, !drop || p.keep);
}
/// The index of one extreme along an axis, or of all elements in C order where p has none.
constexpr symbol extreme_place(builder& b, parameters const& p, symbol x, char const* name,
                               index_rule find) {
  shape const s = b.shape_of(x);
  if (p.count > 0 || s.rank == 0) return selected(b, p, x, name, false, find, true);
  for (int k = 0; k < s.rank; ++k)
    if (ordered_axis(b, name, k, x) < 0) return x;
  symbol const index = find(b, name, x, -1, p);
  return p.keep ? index : reshape_symbol(b, index, {});
}

constexpr symbol find_largest(builder& b, char const*, symbol x, int axis, parameters const&) {
  return extreme_index(b, x, axis, false);
}
constexpr symbol find_smallest(builder& b, char const*, symbol x, int axis, parameters const&) {
  return extreme_index(b, x, axis, true);
}
/// Values: axis, whether from large to small.
constexpr symbol find_order(builder& b, char const*, symbol x, int axis, parameters const& p) {
  return order_along(b, x, axis, p.values[1] != 0);
}
/// Values: axis, how many, whether the largest.
constexpr symbol find_top(builder& b, char const* name, symbol x, int axis, parameters const& p) {
  return part_of_order(b, name, x, axis, 0, p.values[1], p.values[2] != 0);
}
/// Values: axis, which one, counted from 1.
constexpr symbol find_kth(builder& b, char const* name, symbol x, int axis, parameters const& p) {
  return part_of_order(b, name, x, axis, p.values[1] - 1, 1, false);
}
/// The lower one of two in the middle, or the first NaN.
constexpr symbol find_median(builder& b, char const* name, symbol x, int axis, parameters const&) {
  symbol const middle =
      part_of_order(b, name, x, axis, (b.shape_of(x).extents[axis] - 1) / 2, 1, false);
  if (b.graph.error.failed || !is_floating(b[x].type)) return middle;
  symbol const nans = reduce<op::sum>(b, symbols::ne(x, x), std::int64_t{1} << axis);
  return symbols::where(symbols::eq(nans, 0), middle, extreme_index(b, x, axis, false));
}

}  // namespace slope::engine

namespace slope::op {

/// Op structs of what is written in other operations: fronts alone, not in the table.
struct fronted : defaults {
  static constexpr bool has_front = true;
};

struct max_values : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "max", true, engine::find_largest, true);
  }
};
struct min_values : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "min", true, engine::find_smallest, true);
  }
};
struct sort_values : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "sort", true, engine::find_order, false);
  }
};
struct sort_indices : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "sort", false, engine::find_order, false);
  }
};
struct topk_values : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "topk", true, engine::find_top, false);
  }
};
struct topk_indices : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "topk", false, engine::find_top, false);
  }
};
struct kth_values : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "kthvalue", true, engine::find_kth, true);
  }
};
struct kth_indices : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "kthvalue", false, engine::find_kth, true);
  }
};
struct median_values : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "median", true, engine::find_median, true);
  }
};
struct median_indices : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::selected(b, p, x, "median", false, engine::find_median, true);
  }
};
struct argmax : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::extreme_place(b, p, x, "argmax", engine::find_largest);
  }
};
struct argmin : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    return engine::extreme_place(b, p, x, "argmin", engine::find_smallest);
  }
};

/// The median of all elements: equal ones share the derivative, as those of amax do.
struct median : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    symbol const flat = engine::flattened(b, x);
    if (engine::count_of(b.shape_of(flat), 1) == 0) return mean::expand(b, flat, 1);  // NaN
    symbol const m = median_values::front(b, p, flat);
    if (b.graph.error.failed || !is_floating(b[x].type)) return m;
    // Of the elements up to the median it is the largest.
    symbol const upto = symbols::logical_or(symbols::le(flat, m), symbols::ne(flat, flat));
    return engine::reduce<amax>(b, symbols::where(upto, flat, symbol(-__builtin_inf())), 1, false);
  }
};

}  // namespace slope::op
