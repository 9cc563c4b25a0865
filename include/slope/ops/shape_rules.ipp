// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/op.hpp"

/// The type and shape of a node from those of its operands. Run-time extents are compared for
/// identity and copied, never counted.
namespace slope::op {
struct permute;
}  // namespace slope::op

namespace slope::engine {

/// "add: (2,3) x (4)": the text about operands that do not fit.
constexpr void fail_operands(builder& b, char const* name, int const* operands, int count) {
  builder::failure_text text;
  text.write(name);
  text.write(": ");
  for (int k = 0; k < count; ++k) {
    if (k != 0) text.write(" x ");
    write_shape(text, b.describe(b.shape_of(operands[k])));
  }
  b.fail(text, {});
}
constexpr void fail_shapes(builder& b, node const& n, int arity) {
  fail_operands(b, info_of(n.op).name, n.args, arity);
}

/// Whether two extents are equal: `result` is the better known one. What has no name until data
/// is bound is checked then.
constexpr bool unify(builder& b, node const& n, int x, int y, shape const& left, shape const& right,
                     int& result) {
  result = x;
  if (x == y) return true;
  bool const x_named = x < 0 && b.graph.sizes[size_index(x)].name[0] != 0;
  bool const y_named = y < 0 && b.graph.sizes[size_index(y)].name[0] != 0;
  bool const open = (x < 0 && !x_named) || (y < 0 && !y_named);
  if (!open) return false;
  b.add_check({n.op, x, y, b.intern(left), b.intern(right)});
  result = x >= 0 || x_named ? x : y;
  return true;
}

/// The shape to which two broadcast, PyTorch's rule, without the last `skip` axes of both.
constexpr bool broadcast_pair(builder& b, node const& n, shape const& left, shape const& right,
                              int skip, shape& wide) {
  wide = left.rank >= right.rank ? left : right;
  int const common = left.rank < right.rank ? left.rank : right.rank;
  for (int from_end = 1 + skip; from_end <= common; ++from_end) {
    int const x = left.extents[left.rank - from_end];
    int const y = right.extents[right.rank - from_end];
    int& out = wide.extents[wide.rank - from_end];
    if (y == 1) out = x;
    else if (x == 1) out = y;
    else if (!unify(b, n, x, y, left, right, out)) return false;
  }
  return true;
}

/// The shape to which all operands broadcast.
constexpr bool infer_broadcast(builder& b, node& n, int arity) {
  // Mostly the operands have one shape, or all but one have rank 0.
  std::int16_t common = b[n.args[0]].shape;
  bool alike = true;
  for (int k = 1; k < arity; ++k) {
    std::int16_t const other = b[n.args[k]].shape;
    if (other == common || b.graph.shapes[other].rank == 0) continue;
    if (b.graph.shapes[common].rank == 0) common = other;
    else alike = false;
  }
  if (alike) {
    n.shape = common;
    return true;
  }
  shape result = b.shape_of(n.args[0]);
  for (int k = 1; k < arity; ++k) {
    shape wide{};
    if (!broadcast_pair(b, n, result, b.shape_of(n.args[k]), 0, wide)) {
      fail_shapes(b, n, arity);
      return false;
    }
    result = wide;
  }
  n.shape = b.intern(result);
  return true;
}

/// (batch..., m, k) x (batch..., k, n): the batch axes broadcast.
constexpr bool infer_product(builder& b, node& n) {
  shape const left = b.shape_of(n.args[0]), right = b.shape_of(n.args[1]);
  shape to{};
  int inner = 0;
  if (left.rank < 2 || right.rank < 2 ||
      !unify(b, n, left.extents[left.rank - 1], right.extents[right.rank - 2], left, right,
             inner) ||
      !broadcast_pair(b, n, left, right, 2, to)) {
    fail_shapes(b, n, 2);
    return false;
  }
  to.extents[to.rank - 2] = left.extents[left.rank - 2];
  to.extents[to.rank - 1] = right.extents[right.rank - 1];
  n.shape = b.intern(to);
  return true;
}

/// The shape without the axes of a mask, or with 1 in their place.
constexpr shape reduced_shape(shape const& from, std::int64_t mask, bool keep) {
  shape to{};
  for (int k = 0; k < from.rank; ++k) {
    if ((mask >> k & 1) == 0) to.extents[to.rank++] = from.extents[k];
    else if (keep) to.extents[to.rank++] = 1;
  }
  return to;
}

constexpr shape permuted_shape(shape const& from, std::int64_t axes) {
  shape to = from;
  for (int k = 0; k < from.rank; ++k) to.extents[k] = from.extents[axes >> 4 * k & 15];
  return to;
}

/// The type an operation computes in; a condition has no part in it.
constexpr dtype promoted_type(builder const& b, node const& n, int arity) {
  int const first = info_of(n.op).conditional ? 1 : 0;
  bool alike = true;
  for (int k = first + 1; k < arity; ++k)
    alike = alike && b[n.args[k]].type == b[n.args[first]].type;
  if (alike) return b[n.args[first]].type;
  promotion_operand a{b[n.args[first]].type, b.shape_of(n.args[first]).rank != 0};
  for (int k = first + 1; k < arity; ++k) {
    promotion_operand const other{b[n.args[k]].type, b.shape_of(n.args[k]).rank != 0};
    a = {promote(a, other), a.has_axes || other.has_axes};
  }
  return a.type;
}

/// Fills in type and shape; false when the operands do not fit.
constexpr bool infer(builder& b, node& n) {
  op_info const& info = info_of(n.op);
  if (info.kind == op_kind::leaf || info.kind == op_kind::composite) return true;
  if (info.kind == op_kind::movement) {  // reshape and broadcast_to know their shape
    if (n.op == op_number<op::permute>()) {
      n.shape = b.intern(permuted_shape(b.shape_of(n.args[0]), n.attribute));
      n.type = b[n.args[0]].type;
    }
    return true;
  }
  if (info.kind == op_kind::whole && info.axes == axes_rule::none) return true;  // knows its own
  if (info.kind == op_kind::product) {
    if (!infer_product(b, n)) return false;
  } else if (info.axes != axes_rule::none) {
    shape const from = b.shape_of(n.args[0]);
    n.shape = info.axes == axes_rule::kept ? b[n.args[0]].shape
                                           : b.intern(reduced_shape(from, n.attribute, false));
  } else if (!infer_broadcast(b, n, info.arity)) {
    return false;
  }
  dtype const t = promoted_type(b, n, info.arity);
  n.type = info.result == type_rule::promoted   ? t
           : info.result == type_rule::floating ? floating_type(t)
           : info.result == type_rule::index    ? dtype::int64
           : info.result == type_rule::counting ? (category(t) < 2 && !is_weak(t) ? dtype::int64 : t)
                                                : dtype::boolean;
  return true;
}

}  // namespace slope::engine
