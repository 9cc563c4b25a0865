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

/// A composite's value, and while a graph is recorded also its name.
template <class Op, class... S>
constexpr symbol record_composite(builder& b, std::int64_t attribute, symbol value, S... operands) {
  if (!b.recording()) return value;
  node n = b[value];
  n.op = static_cast<std::uint16_t>(op_number<Op>());
  n.attribute = attribute;
  for (int& a : n.args) a = -1;
  int k = 0;
  ((n.args[k++] = operands.index()), ...);
  n.expansion = value.index();
  return {&b, b.insert(n)};
}

/// The node of an operation along axes, then a reshape where those are kept with extent 1.
template <class Op>
constexpr symbol front(auto& b, parameters const& p, symbol x);

/// How Op is added to a graph; its operands are nodes of b.
template <class Op>
struct building {
  template <class... S>
  static constexpr symbol call(builder& b, S... operands) {
    if constexpr (Op::has_front) return Op::front(b, parameters{}, operands...);
    else if constexpr (Op::axes != axes_rule::none)
      return (engine::front<Op>(b, parameters{}, operands), ...);
    else if constexpr (Op::kind == op_kind::composite)
      return record_composite<Op>(b, 0, in(b, Op::expand(operands...)), operands...);
    else return make<Op>(0, {}, operands...);
  }
};
template <class Op, auto... Parameters>
struct building<op::with<Op, Parameters...>> {
  template <class... S>
  static constexpr symbol call(builder& b, S... operands) {
    parameters p;
    (add_parameter(b, p, Parameters), ...);
    if constexpr (Op::has_front) return Op::front(b, p, operands...);
    else return (engine::front<Op>(b, p, operands), ...);
  }
};

template <class Op, class... S>
constexpr symbol build(location at, S... operands) {
  builder& b = *owner_of(operands...);
  if (at.line != 0) b.at = at;
  return building<Op>::call(b, in(b, operands)...);
}

}  // namespace slope::engine
