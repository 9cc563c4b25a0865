// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/movement.ipp"
#include "slope/ops/elementwise.ipp"

/// Operations on whole operands: scans, slices, indices. Each is a step of its own between loops;
/// `compute` is its only code, for constant expressions and for programs that run.
namespace slope::engine {

/// An operand or result in C order; all extents are numbers.
template <class T>
struct elements {
  T* data;
  shape s;
  std::int64_t count;
};

/// What stands before, in and after an axis: element k of strip (i, j) is (i * extent + k) * inner + j.
struct strips {
  std::int64_t outer = 1, inner = 1;
  std::int64_t extent = 1;

  /// The axis is counted from the end, 1 is the last; 0 is that of a number.
  constexpr strips(shape const& s, int from_end)
      : extent(from_end == 0 ? 1 : s.extents[s.rank - from_end]) {
    for (int k = 0; k < s.rank - from_end; ++k) outer *= s.extents[k];
    for (int k = s.rank - from_end + 1; k < s.rank; ++k) inner *= s.extents[k];
  }
};

/// What the `compute` of node n is given.
constexpr whole_context context_of(graph_view const& g, node const& n) {
  return {n.attribute, info_of(n.op).is_external ? g.externals[n.attribute] : nullptr};
}
/// Node n of `from` refers to what graphs keep beside their nodes: to b's entries from here on.
constexpr void refer_to(builder& b, graph_view const& from, node& n) {
  if (info_of(n.op).is_external) n.attribute = b.intern(from.externals[n.attribute]);
}

/// Copies `count` elements.
template <class T>
constexpr void copy_elements(T* to, T const* from, std::int64_t count) {
  for (std::int64_t k = 0; k < count; ++k) to[k] = from[k];
}

/// Where an axis is cut: the axis counted from the end, the first index, the step.
struct cut {
  int axis, start, step;
};
constexpr std::int64_t attribute_of(cut const& c) {
  return std::int64_t{c.step} << 36 | std::int64_t{c.start} << 4 | c.axis;
}
constexpr cut cut_of(std::int64_t attribute) {
  return {static_cast<int>(attribute & 15), static_cast<int>(attribute >> 4 & 0x7fffffff),
          static_cast<int>(attribute >> 36)};
}

/// The only axis in the mask of an operation along axes, counted from the end.
constexpr int axis_in(std::int64_t mask, int rank) {
  int k = 0;
  while (k < rank && (mask >> k & 1) == 0) ++k;
  return rank - k;
}

/// A node of a whole operation, which knows its shape; its operands are of its type or indices.
constexpr symbol whole_node(int op, builder& b, std::int64_t attribute, shape const& to, symbol x,
                            symbol const* more = nullptr, int count = 0) {
  node n = blank(op);
  n.type = b[x].type;
  n.shape = b.intern(to);
  n.attribute = attribute;
  n.args[0] = x.index();
  for (int k = 0; k < count; ++k) n.args[k + 1] = more[k].index();
  return {&b, add(b, n)};
}

/// dy in the full shape of y: an adjoint may be one number for all elements.
constexpr symbol full_adjoint(pullback_context const& c) {
  builder& b = *c.y.owner();
  return broadcast_symbol(b, in(b, c.dy), b[c.y].shape, b[c.y].type);
}

/// "slice: axis 0 of (n,3) is known at run time only".
constexpr symbol refuse_open_axis(builder& b, char const* name, int axis, symbol x) {
  builder::failure_text text;
  write_axis_error(b, text, name, axis, b.shape_of(x));
  text.write(" is known at run time only");
  b.fail(text, {});
  return x;
}

}  // namespace slope::engine

namespace slope::op {

/// compute(attribute, to, operands...) fills `to`; `linear`: in all its floating operands together.
template <int Arity>
struct whole : defaults {
  static constexpr engine::op_kind kind = engine::op_kind::whole;
  static constexpr int arity = Arity;
  static constexpr bool linear = true;
};

}  // namespace slope::op
