// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/execute/registers.hpp"
#include "slope/plan/kernel.hpp"

/// The value of one node inside a loop, from the registers of its operands.
namespace slope::engine {

template <int Place, class Op, class... Ops>
consteval auto op_at_place(op_list<Op, Ops...>) {
  if constexpr (Place == 0) return static_cast<Op*>(nullptr);
  else return op_at_place<Place - 1>(op_list<Ops...>{});
}
/// The operation of a number.
template <int Place>
using op_at = std::remove_pointer_t<decltype(op_at_place<Place>(all_ops{}))>;

/// All values of one loop, L elements each, by type: arrays of constant index, which the compiler
/// takes apart into vector registers.
template <class W, int L, int Float, int Double, int Int32, int Int64, int Truth>
struct registers {
  lanes<float, L> float32[Float + 1];
  lanes<double, L> float64[Double + 1];
  lanes<std::int32_t, L> int32[Int32 + 1];
  lanes<std::int64_t, L> int64[Int64 + 1];
  truths<W, L> truth[Truth + 1];

  template <class T, int Place>
  [[gnu::always_inline]] auto& at() {
    if constexpr (std::same_as<T, float>) return float32[Place];
    else if constexpr (std::same_as<T, double>) return float64[Place];
    else if constexpr (std::same_as<T, std::int32_t>) return int32[Place];
    else if constexpr (std::same_as<T, std::int64_t>) return int64[Place];
    else return truth[Place];
  }
};

template <class V, class T>
[[gnu::always_inline]] inline V constant_lanes(T value) {
  return spread_lanes<V>(value);
}

/// The exact constant c as a T.
template <class T>
constexpr T constant_as(stored_constant const& c) {
  if constexpr (std::same_as<T, bool>) return c.numerator != 0 || !(c.floating == 0);
  else if constexpr (std::is_integral_v<T>) {
    return c.denominator == 1 ? static_cast<T>(c.numerator)
                              : static_cast<T>(c.value().to_double());
  } else {
    return static_cast<T>(c.value().to_double());
  }
}

/// Node I as lanes of T: an immediate value, or its register converted.
template <class Kernel, class T, int I, class R>
[[gnu::always_inline]] inline auto operand_lanes(R& r, int const* sizes) {
  constexpr auto const& graph = Kernel::graph;
  constexpr auto const& n = graph.nodes[I];
  using W = typename Kernel::widest;
  using V = std::conditional_t<std::same_as<T, bool>, truths<W, Kernel::lane_count>,
                               lanes<computing_t<T, W>, Kernel::lane_count>>;
  if constexpr (n.op == op_number<op::constant>()) {
    constexpr T value = constant_as<T>(graph.constants[n.attribute]);
    return constant_lanes<V>(value);
  } else if constexpr (n.op == op_number<op::size>()) {
    return constant_lanes<V>(static_cast<T>(sizes[n.attribute]));
  } else {
    using from = element_t<n.type>;
    return convert_lanes<T, W>(r.template at<from, Kernel::plan.place[I]>());
  }
}

/// The type in which comparison I compares.
template <class Kernel, int I>
consteval dtype compared_type() {
  auto const& n = Kernel::graph.nodes[I];
  auto const operand = [&](int k) {
    auto const& a = Kernel::graph.nodes[n.args[k]];
    return promotion_operand{a.type, Kernel::graph.shapes[a.shape].rank != 0};
  };
  return promote(operand(0), operand(1));
}

/// Op has a shorter way where its second operand is an exact constant.
template <class Op, std::int64_t N, std::int64_t D, class V>
concept has_constant_form = requires(V v) {
  Op::template value_with<N, D>(v);
};

/// Computes element-wise node I into its register.
template <class Kernel, int I, class R>
[[gnu::always_inline]] inline void compute_node(R& r, int const* sizes) {
  constexpr auto const& graph = Kernel::graph;
  constexpr auto const& n = graph.nodes[I];
  using W = typename Kernel::widest;
  using T = element_t<n.type>;
  using op_type = op_at<n.op>;
  auto& out = r.template at<T, Kernel::plan.place[I]>();
  if constexpr (n.op == op_number<op::broadcast>()) {
    out = operand_lanes<Kernel, T, n.args[0]>(r, sizes);
  } else if constexpr (op_type::result == type_rule::logical) {
    if constexpr (op_type::arity == 1)
      out = op_type::value(operand_lanes<Kernel, bool, n.args[0]>(r, sizes));
    else
      out = op_type::value(operand_lanes<Kernel, bool, n.args[0]>(r, sizes),
                           operand_lanes<Kernel, bool, n.args[1]>(r, sizes));
  } else if constexpr (op_type::result == type_rule::boolean) {
    using C = computing_t<element_t<compared_type<Kernel, I>()>, W>;
    out = convert_lanes<bool, W>(op_type::value(operand_lanes<Kernel, C, n.args[0]>(r, sizes),
                                                operand_lanes<Kernel, C, n.args[1]>(r, sizes)));
  } else if constexpr (info_of(n.op).conditional) {
    using C = computing_t<T, W>;
    out = convert_lanes<T, W>(op_type::value(operand_lanes<Kernel, bool, n.args[0]>(r, sizes),
                                             operand_lanes<Kernel, C, n.args[1]>(r, sizes),
                                             operand_lanes<Kernel, C, n.args[2]>(r, sizes)));
  } else {
    // Powers of integers are those of floating numbers, unless the exponent is constant.
    constexpr bool constant_second =
        n.args[1] >= 0 && graph.nodes[n.args[1] < 0 ? 0 : n.args[1]].op == op_number<op::constant>();
    using C = computing_t<T, W>;
    auto const first = operand_lanes<Kernel, C, n.args[0]>(r, sizes);
    if constexpr (n.args[1] < 0) {
      out = convert_lanes<T, W>(op_type::value(first));
    } else {
      constexpr std::int64_t numerator =
          constant_second ? graph.constants[graph.nodes[n.args[1]].attribute].numerator : 0;
      constexpr std::int64_t denominator =
          constant_second ? graph.constants[graph.nodes[n.args[1]].attribute].denominator : 0;
      if constexpr (denominator != 0 &&
                    has_constant_form<op_type, numerator, denominator, decltype(first)>) {
        out = convert_lanes<T, W>(op_type::template value_with<numerator, denominator>(first));
      } else if constexpr (n.args[2] < 0) {
        if constexpr (std::is_integral_v<C> && n.op == op_number<op::power>()) {
          out = convert_lanes<T, W>(
              op_type::value(operand_lanes<Kernel, double, n.args[0]>(r, sizes),
                             operand_lanes<Kernel, double, n.args[1]>(r, sizes)));
        } else {
          out = convert_lanes<T, W>(
              op_type::value(first, operand_lanes<Kernel, C, n.args[1]>(r, sizes)));
        }
      } else {
        out = convert_lanes<T, W>(op_type::value(first,
                                                 operand_lanes<Kernel, C, n.args[1]>(r, sizes),
                                                 operand_lanes<Kernel, C, n.args[2]>(r, sizes)));
      }
    }
  }
}

}  // namespace slope::engine
