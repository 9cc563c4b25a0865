// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/op.hpp"

/// Adding an operation to a graph: its operands, its type, its shape.
namespace slope::op {
struct constant;
struct variable;
struct broadcast;
}  // namespace slope::op

namespace slope::engine {

constexpr symbol constant_symbol(builder& b, rational const& value) {
  node n = blank(op_number<op::constant>());
  n.type = value.is_integer() ? dtype::weak_int : dtype::weak_float;
  n.shape = b.intern(shape{});
  n.attribute = b.intern(value);
  return {&b, b.insert(n)};
}

/// The symbol as a node of b: a literal becomes a constant.
constexpr symbol in(builder& b, symbol s) {
  return s.owner() == nullptr ? constant_symbol(b, s.literal()) : s;
}

constexpr bool is_constant(builder const& b, int i) {
  return b[i].op == op_number<op::constant>();
}
constexpr rational constant_of(builder const& b, int i) {
  return b.graph.constants[b[i].attribute].value();
}

/// "add: (2,3) x (4)": the text about shapes that do not fit.
constexpr void fail_shapes(builder& b, node const& n, int arity) {
  builder::failure_text text;
  text.write(info_of(n.op).name);
  text.write(": ");
  for (int k = 0; k < arity; ++k) {
    if (k != 0) text.write(" x ");
    write_shape(text, b.describe(b.shape_of(n.args[k])));
  }
  b.fail(text, {});
}

/// The shape to which all operands broadcast, PyTorch's rule; an extent known only at run time
/// fits an equal one, and one that has no name is checked when data is bound.
constexpr bool infer_broadcast(builder& b, node& n, int arity) {
  shape result = b.shape_of(n.args[0]);
  for (int k = 1; k < arity; ++k) {
    shape const other = b.shape_of(n.args[k]);
    shape wide = result.rank >= other.rank ? result : other;
    for (int from_end = 1; from_end <= (result.rank < other.rank ? result.rank : other.rank);
         ++from_end) {
      int const x = result.extents[result.rank - from_end];
      int const y = other.extents[other.rank - from_end];
      int& out = wide.extents[wide.rank - from_end];
      if (x == y || y == 1) out = x;
      else if (x == 1) out = y;
      else {
        bool const x_named = x < 0 && b.graph.sizes[size_index(x)].name[0] != 0;
        bool const y_named = y < 0 && b.graph.sizes[size_index(y)].name[0] != 0;
        bool const open = (x < 0 && !x_named) || (y < 0 && !y_named);
        if (!open) {
          fail_shapes(b, n, arity);
          return false;
        }
        b.add_check({n.op, x, y, b.intern(result), b.intern(other)});
        out = x >= 0 || x_named ? x : y;
      }
    }
    result = wide;
  }
  n.shape = b.intern(result);
  return true;
}

/// The type an element-wise operation computes in; a condition has no part in it.
constexpr dtype promoted_type(builder const& b, node const& n, int arity) {
  int const first = info_of(n.op).conditional ? 1 : 0;
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
  if (info.kind == op_kind::reduction) {
    shape const& from = b.shape_of(n.args[0]);
    shape to{};
    for (int k = 0; k < from.rank; ++k)
      if ((n.attribute >> k & 1) == 0) to.extents[to.rank++] = from.extents[k];
    n.shape = b.intern(to);
    dtype const t = b[n.args[0]].type;
    n.type = t == dtype::boolean || t == dtype::int32 ? dtype::int64 : t;
    return true;
  }
  if (info.kind != op_kind::elementwise) return true;
  if (!infer_broadcast(b, n, info.arity)) return false;
  dtype const t = promoted_type(b, n, info.arity);
  n.type = info.result == type_rule::promoted   ? t
           : info.result == type_rule::floating ? floating_type(t)
                                                : dtype::boolean;
  return true;
}

/// Adds n: inferred, rewritten, or as it is. What cannot be inferred is the first operand, so that
/// the rest of a trace goes on after the failure has been recorded.
constexpr int add(builder& b, node n) {
  if (!infer(b, n)) return n.args[0];
  if (!b.recording()) {
    if (int const simpler = b.rewrite(b, n, b.at); simpler >= 0) return simpler;
  }
  return b.insert(n);
}

template <class... S>
constexpr builder* owner_of(S const&... s) {
  builder* owner = nullptr;
  ((owner = owner == nullptr ? s.owner() : owner), ...);
  return owner;
}

/// Op applied to symbols.
template <class Op, class... S>
constexpr symbol make(std::int64_t attribute, location at, S... operands) {
  builder& b = *owner_of(operands...);
  if (at.line != 0) b.at = at;
  node n = blank(op_number<Op>());
  n.attribute = attribute;
  int k = 0;
  ((n.args[k++] = in(b, operands).index()), ...);
  return {&b, add(b, n)};
}

/// A composite: its value in primitives, and while a graph is recorded also its name.
template <class Op, class... S>
constexpr symbol make_composite(location at, S... operands) {
  builder& b = *owner_of(operands...);
  if (at.line != 0) b.at = at;
  symbol const value = in(b, Op::expand(in(b, operands)...));
  if (!b.recording()) return value;
  node n = b[value];
  n.op = static_cast<std::uint16_t>(op_number<Op>());
  n.attribute = 0;
  for (int& a : n.args) a = -1;
  int k = 0;
  ((n.args[k++] = in(b, operands).index()), ...);
  n.expansion = value.index();
  return {&b, b.insert(n)};
}

template <class Op, class... S>
constexpr symbol build(location at, S... operands) {
  if constexpr (Op::kind == op_kind::composite) {
    return make_composite<Op>(at, operands...);
  } else if constexpr (Op::kind == op_kind::reduction) {
    return (make<Op>((std::int64_t{1} << operands.rank()) - 1, at, operands), ...);
  } else {
    return make<Op>(0, at, operands...);
  }
}

/// x spread to `to` (an index of a shape), its axes the last ones: PyTorch's broadcast_to.
constexpr symbol broadcast_symbol(builder& b, symbol x, std::int16_t to, dtype type) {
  if (b[x].shape == to && b[x].type == type) return x;
  node n = blank(op_number<op::broadcast>());
  n.type = type;
  n.shape = to;
  n.args[0] = x.index();
  return {&b, b.insert(n)};
}

}  // namespace slope::engine
