// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/parameters.ipp"
#include "slope/ops/shape_rules.ipp"

/// Adding an operation to a graph.
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

/// Adds n: inferred, rewritten, or as it is. What cannot be inferred is the first operand, so that
/// the rest of a trace goes on after the failure has been recorded.
constexpr int add(builder& b, node n) {
  if (!infer(b, n)) return n.args[0];
  if (info_of(n.op).kind == op_kind::product) {  // its operands are of one type
    for (int& a : n.args) {
      if (a < 0 || b[a].type == n.type) continue;
      node converted = blank(op_number<op::broadcast>());
      converted.type = n.type;
      converted.shape = b[a].shape;
      converted.args[0] = a;
      a = b.insert(converted);
    }
  }
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

/// A node of operation `op` on symbols; one of them is a node of a graph.
constexpr symbol make_node(int op, std::int64_t attribute, symbol const* operands, int count) {
  builder* owner = nullptr;
  for (int k = 0; k < count && owner == nullptr; ++k) owner = operands[k].owner();
  node n = blank(op);
  n.attribute = attribute;
  for (int k = 0; k < count; ++k) n.args[k] = in(*owner, operands[k]).index();
  return {owner, add(*owner, n)};
}
template <class Op, class... S>
constexpr symbol make(std::int64_t attribute, S... s) {
  symbol const operands[] = {s...};
  return make_node(op_number<Op>(), attribute, operands, static_cast<int>(sizeof...(S)));
}

/// A composite's value, and while a graph is recorded also its name.
constexpr symbol record(int op, builder& b, std::int64_t attribute, symbol value,
                        symbol const* operands, int count) {
  if (!b.recording()) return value;
  node n = b[value];
  n.op = static_cast<std::uint16_t>(op);
  n.attribute = attribute;
  for (int k = 0; k < max_arity; ++k) n.args[k] = k < count ? operands[k].index() : -1;
  n.expansion = value.index();
  return {&b, b.insert(n)};
}
template <class Op, class... S>
constexpr symbol record_composite(builder& b, std::int64_t attribute, symbol value, S... s) {
  symbol const operands[] = {s...};
  return record(op_number<Op>(), b, attribute, value, operands, static_cast<int>(sizeof...(S)));
}

/// An operation without parameters on nodes of b: one node, or a composite's value.
constexpr symbol build_plain(int op, builder& b, symbol const* operands, int count) {
  op_info const& info = info_of(op);
  if (info.kind != op_kind::composite) return make_node(op, 0, operands, count);
  return record(op, b, 0, in(b, info.expand(operands)), operands, count);
}

/// The node of an operation along axes, then a reshape where those are kept with extent 1.
constexpr symbol front(int op, builder& b, parameters const& p, symbol x);

/// How Op is added to a graph; its operands are nodes of b.
template <class Op>
struct building {
  template <class... S>
  static constexpr symbol call(builder& b, S... operands) {
    if constexpr (Op::has_front) return Op::front(b, parameters{}, operands...);
    else if constexpr (Op::inlined) return in(b, Op::expand(operands...));
    else if constexpr (Op::axes != axes_rule::none)
      return (front(op_number<Op>(), b, parameters{}, operands), ...);
    else {
      symbol const plain[] = {operands...};
      return build_plain(op_number<Op>(), b, plain, static_cast<int>(sizeof...(S)));
    }
  }
};
template <class Op, auto... Parameters>
struct building<op::with<Op, Parameters...>> {
  template <class... S>
  static constexpr symbol call(builder& b, S... operands) {
    parameters p;
    (add_parameter(b, p, Parameters), ...);
    if constexpr (Op::has_front) return Op::front(b, p, operands...);
    else return (front(op_number<Op>(), b, p, operands), ...);
  }
};

/// Can be added without parameters and without a front?
template <class Op>
inline constexpr bool is_plain = !Op::has_front && !Op::inlined && Op::axes == axes_rule::none;
template <class Op, auto... Parameters>
inline constexpr bool is_plain<op::with<Op, Parameters...>> = false;

template <class Op, class... S>
constexpr symbol build(S... operands) {
  builder& b = *owner_of(operands...);
  return building<Op>::call(b, in(b, operands)...);
}

}  // namespace slope::engine
