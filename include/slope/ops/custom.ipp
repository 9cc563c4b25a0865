// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/whole.ipp"

/// What users' own derivatives are made of.
namespace slope::op {

/// The first operand, whose derivative by the second is the third, whatever it is computed from.
/// Before a program is planned it is that first operand alone.
struct with_derivative : elementwise<3> {
  static constexpr char const* name() { return "with_derivative"; }
  static constexpr auto value(auto result, auto, auto) { return result; }
  static constexpr void pullback(engine::pullback_context& c) { c.give(1, c.dy * c.args[2]); }
  static constexpr int lower_node(engine::builder& b, engine::node const& n) {
    return engine::broadcast_symbol(b, {&b, n.args[0]}, n.shape, n.type).index();
  }
};

/// A function of numbers, element by element. It has no derivative but the one that
/// custom_derivative gives it.
template <int Arity, class Self>
struct calls_external : whole<Arity> {
  static constexpr char const* name() { return "external"; }
  static constexpr bool has_front = true;
  static constexpr bool is_external = true;
  static constexpr bool linear = false;
  template <class... S>
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, S... operands) {
    engine::node n = engine::blank(engine::op_number<Self>());
    symbol const all[] = {operands...};
    for (int k = 0; k < Arity; ++k) n.args[k] = all[k].index();
    if (!engine::infer_broadcast(b, n, Arity)) return all[0];
    n.type = floating_type(engine::promoted_type(b, n, Arity));
    n.attribute = b.intern(p.function);
    for (int& a : n.args)
      if (a >= 0) a = engine::broadcast_symbol(b, {&b, a}, n.shape, n.type).index();
    return {&b, engine::add(b, n)};
  }
  template <class T, class... X>
  static constexpr void compute(engine::whole_context const& context, engine::elements<T> to,
                                engine::elements<X const>... from) {
    for (std::int64_t k = 0; k < to.count; ++k) {
      double const operands[] = {static_cast<double>(from.data[k])...};
      to.data[k] = static_cast<T>(context.function->call(operands));
    }
  }
  static constexpr void pullback(engine::pullback_context& c) {
    c.y.owner()->fail("gradient of external: no rule", {});  // clang shows some 34 characters
  }
};
struct external : calls_external<1, external> {};
struct external_of_two : calls_external<2, external_of_two> {};

}  // namespace slope::op
