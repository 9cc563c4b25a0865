// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/make.ipp"

/// Symbols whose elements change places, and symbols of sizes: what shape and derivative rules use.
namespace slope::op {
struct broadcast;
struct reshape;
struct size;
}  // namespace slope::op

namespace slope::engine {

/// x spread to `to` (an index of a shape), its axes the last ones: PyTorch's broadcast_to; also
/// converted to a type.
constexpr symbol broadcast_symbol(builder& b, symbol x, std::int16_t to, dtype type) {
  if (b[x].shape == to && b[x].type == type) return x;
  node n = blank(op_number<op::broadcast>());
  n.type = type;
  n.shape = to;
  n.args[0] = x.index();
  return {&b, add(b, n)};
}

/// The same elements in C order, in another shape of as many.
constexpr symbol reshape_symbol(builder& b, symbol x, shape const& to) {
  if (b.shape_of(x) == to) return x;
  node n = blank(op_number<op::reshape>());
  n.type = b[x].type;
  n.shape = b.intern(to);
  n.args[0] = x.index();
  return {&b, add(b, n)};
}

/// Axis k of the result is axis (axes >> 4k) & 15 of x.
constexpr symbol permute_symbol(builder& b, symbol x, std::int64_t axes) {
  node n = blank(op_number<op::permute>());
  n.attribute = axes;
  n.args[0] = x.index();
  return {&b, add(b, n)};
}

/// The permutation that leaves `rank` axes where they are.
constexpr std::int64_t identity_permutation(int rank) {
  std::int64_t axes = 0;
  for (int k = 0; k < rank; ++k) axes |= std::int64_t{k} << 4 * k;
  return axes;
}
constexpr std::int64_t swapping(int rank, int i, int j) {
  std::int64_t const change = i ^ j;
  return identity_permutation(rank) ^ (change << 4 * i) ^ (change << 4 * j);
}
constexpr std::int64_t inverse_permutation(int rank, std::int64_t axes) {
  std::int64_t inverse = 0;
  for (int k = 0; k < rank; ++k) inverse |= std::int64_t{k} << 4 * (axes >> 4 * k & 15);
  return inverse;
}

/// The last two axes swapped.
constexpr symbol transposed(builder& b, symbol x) {
  int const rank = b.shape_of(x).rank;
  return permute_symbol(b, x, swapping(rank, rank - 2, rank - 1));
}

/// An extent as a number in the formula.
constexpr symbol size_symbol(builder& b, int extent) {
  if (extent >= 0) return constant_symbol(b, rational(extent));
  node n = blank(op_number<op::size>());
  n.type = dtype::weak_int;
  n.shape = b.intern(shape{});
  n.attribute = size_index(extent);
  return {&b, b.insert(n)};
}

/// The number of elements along the axes of a mask, -1 where it is known only at run time.
constexpr std::int64_t count_of(shape const& s, std::int64_t mask) {
  std::int64_t count = 1;
  for (int k = 0; k < s.rank; ++k) {
    if ((mask >> k & 1) == 0) continue;
    if (s.extents[k] < 0) return -1;
    count *= s.extents[k];
  }
  return count;
}
/// The same as a number in the formula. A template with dependent operands, as all that applies
/// operators to symbols before the table is complete.
constexpr symbol count_symbol(auto& b, shape const& s, std::int64_t mask) {
  rational fixed(1);
  auto result = constant_symbol(b, fixed);
  for (int k = 0; k < s.rank; ++k) {
    if ((mask >> k & 1) == 0) continue;
    if (s.extents[k] >= 0) fixed = fixed * rational(s.extents[k]);
    else result = is_constant(b, result.index()) ? size_symbol(b, s.extents[k])
                                                 : result * size_symbol(b, s.extents[k]);
  }
  if (is_constant(b, result.index())) return constant_symbol(b, fixed);
  return fixed.is(1) ? result : symbol(fixed) * result;
}

/// x with floating elements.
constexpr symbol as_floating(builder& b, symbol x) {
  return broadcast_symbol(b, x, b[x].shape, floating_type(b[x].type));
}

/// The shape without the axes of 1 in front, which broadcasting adds by itself.
constexpr shape leading_cut(shape const& s) {
  int skip = 0;
  while (skip < s.rank && s.extents[skip] == 1) ++skip;
  shape to{};
  for (int k = skip; k < s.rank; ++k) to.extents[to.rank++] = s.extents[k];
  return to;
}

/// s, whose shape broadcasts to `full` without the axes of the mask, so shaped that it broadcasts
/// to `full`: with 1 in place of the axes, unless they are all in front.
constexpr symbol restored(builder& b, symbol s, shape const& full, std::int64_t mask) {
  shape const from = b.shape_of(s);
  shape to = full;
  for (int k = full.rank - 1, left = from.rank; k >= 0; --k) {
    bool const reduced = (mask >> k & 1) != 0;
    to.extents[k] = reduced || left == 0 ? 1 : from.extents[--left];
  }
  return leading_cut(to) == leading_cut(from) ? s : reshape_symbol(b, s, to);
}
/// The adjoint or result of an operation along axes, for element-wise work with its operand.
constexpr symbol restored(pullback_context const& c, symbol s) {
  builder& b = *c.args[0].owner();
  return restored(b, in(b, s), b.shape_of(c.args[0]), c.attribute & 255);
}

/// A reduction over the axes of a mask, in a form that broadcasts with its operand or without them.
constexpr symbol reduce(int op, builder& b, symbol x, std::int64_t attribute, bool keep = true) {
  shape const from = b.shape_of(x);
  symbol const y = make_node(op, attribute, &x, 1);
  return keep ? reshape_symbol(b, y, reduced_shape(from, attribute & 255, true)) : y;
}
template <class Op>
constexpr symbol reduce(builder& b, symbol x, std::int64_t attribute, bool keep = true) {
  return reduce(op_number<Op>(), b, x, attribute, keep);
}

/// The failure of operation `op`, because of `why`, on x.
constexpr symbol refuse_axes(int op, builder& b, char const* why, symbol x) {
  builder::failure_text text;
  text.write(info_of(op).name);
  text.write(why);
  write_shape(text, b.describe(b.shape_of(x)));
  b.fail(text, {});
  return x;
}

constexpr symbol front(int op, builder& b, parameters const& p, symbol x) {
  op_info const& info = info_of(op);
  shape const from = b.shape_of(x);
  std::int64_t mask = axes_mask(b, info.name, p, from);
  if (mask < 0) return x;
  if (info.axes == axes_rule::kept) {
    // Which axis need not be said of a vector only.
    if (p.count == 0 && from.rank > 1) return refuse_axes(op, b, ": along which axis of ", x);
    return make_node(op, mask, &x, 1);
  }
  if (info.needs_elements && count_of(from, mask) == 0)
    return refuse_axes(op, b, ": no elements in ", x);
  if (info.has_correction) mask |= static_cast<std::int64_t>(p.correction) << 8;
  if (info.kind != op_kind::composite) return reduce(op, b, x, mask, p.keep);
  symbol const y = record(op, b, mask, in(b, info.expand_along(b, x, mask)), &x, 1);
  return p.keep ? reshape_symbol(b, y, reduced_shape(from, mask & 255, true)) : y;
}

template <class Op>
constexpr symbol front(builder& b, parameters const& p, symbol x) {
  return front(op_number<Op>(), b, p, x);
}

/// The identity matrix of n rows, as a leaf whose data the library binds: it has no name, and the
/// number -n.
constexpr symbol identity_symbol(builder& b, int n) {
  shape_info info;
  info.rank = 2;
  info.extents[0] = info.extents[1] = {n, no_name};
  node leaf = blank(op_number<op::variable>());
  leaf.type = dtype::boolean;
  leaf.attribute = b.intern_leaf(no_name, -n, leaf.type, info);
  leaf.shape = b.graph.leaves[leaf.attribute].shape;
  return {&b, b.insert(leaf)};
}
constexpr bool is_identity(leaf const& l) { return l.name[0] == 0 && l.ordinal < 0; }

}  // namespace slope::engine
