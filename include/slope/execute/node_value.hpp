// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/execute/registers.hpp"
#include "slope/plan/kernel.hpp"

/// The value of one node inside a loop, from the registers of its operands.
namespace slope::engine {

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
    return spread_lanes<V>(value);
  } else if constexpr (n.op == op_number<op::size>()) {
    return spread_lanes<V>(static_cast<T>(sizes[n.attribute]));
  } else {
    using from = element_t<n.type>;
    return convert_lanes<T, W>(r.template at<from, Kernel::plan.place[I]>());
  }
}

/// The type in which comparison i compares.
template <class Graph>
constexpr dtype compared_as(Graph const& g, int i) {
  if (info_of(g.nodes[i].op).result != type_rule::boolean) return dtype::float32;
  auto const operand = [&](int k) {
    auto const& a = g.nodes[g.nodes[i].args[k]];
    return promotion_operand{a.type, g.shapes[a.shape].rank != 0};
  };
  if (g.nodes[i].args[1] < 0) return operand(0).type;
  return promote(operand(0), operand(1));
}

/// Op has a shorter way where its second operand is an exact constant.
template <class Op, std::int64_t N, std::int64_t D, class V>
concept has_constant_form = requires(V v) {
  Op::template value_with<N, D>(v);
};

/// The value of element-wise operation Op of type T, where get.template operator()<A>(k) is operand
/// k as A. Comparisons compare as Compared; N / D is the exact constant that the second operand is,
/// or D is 0.
template <class Op, class T, class W, class Compared, std::int64_t N, std::int64_t D, class Get>
[[gnu::always_inline]] inline auto elementwise_lanes(Get const& get) {
  using C = computing_t<T, W>;
  if constexpr (std::same_as<Op, op::broadcast>) {
    return get.template operator()<T>(std::integral_constant<int, 0>{});
  } else {
    auto const as = [&]<class A, int K>(A*, std::integral_constant<int, K> k)
                        __attribute__((always_inline)) { return get.template operator()<A>(k); };
    constexpr std::integral_constant<int, 0> first{};
    constexpr std::integral_constant<int, 1> second{};
    constexpr std::integral_constant<int, 2> third{};
    C* const computed = nullptr;
    if constexpr (Op::result == type_rule::logical) {
      bool* const truth = nullptr;
      if constexpr (Op::arity == 1) return Op::value(as(truth, first));
      else return Op::value(as(truth, first), as(truth, second));
    } else if constexpr (Op::result == type_rule::boolean) {
      computing_t<Compared, W>* const compared = nullptr;
      if constexpr (Op::arity == 1) return convert_lanes<bool, W>(Op::value(as(compared, first)));
      else return convert_lanes<bool, W>(Op::value(as(compared, first), as(compared, second)));
    } else if constexpr (Op::conditional) {
      bool* const truth = nullptr;
      return convert_lanes<T, W>(
          Op::value(as(truth, first), as(computed, second), as(computed, third)));
    } else if constexpr (Op::arity == 1) {
      return convert_lanes<T, W>(Op::value(as(computed, first)));
    } else if constexpr (Op::arity == 2) {
      if constexpr (D != 0 && has_constant_form<Op, N, D, decltype(as(computed, first))>) {
        return convert_lanes<T, W>(Op::template value_with<N, D>(as(computed, first)));
      } else if constexpr (std::is_integral_v<C> && std::same_as<Op, op::power>) {
        // Powers of integers are those of floating numbers, unless the exponent is constant.
        double* const floating = nullptr;
        return convert_lanes<T, W>(Op::value(as(floating, first), as(floating, second)));
      } else {
        return convert_lanes<T, W>(Op::value(as(computed, first), as(computed, second)));
      }
    } else {
      return convert_lanes<T, W>(
          Op::value(as(computed, first), as(computed, second), as(computed, third)));
    }
  }
}

/// The exact constant that node i's second operand is, 0 / 0 for none.
template <class Graph>
constexpr stored_constant second_constant(Graph const& g, int i) {
  int const a = g.nodes[i].args[1];
  if (a < 0 || g.nodes[a].op != op_number<op::constant>()) return {0, 0, 0};
  return g.constants[g.nodes[a].attribute];
}

/// 1 / b for the divisor b of a whole row, or 0 where `times_inverse` cannot do with it: where it is no
/// normal number, or there is no fused multiplication.
template <class V>
[[gnu::always_inline]] inline V inverse_of_row(V b) {
#if defined(__FMA__) || defined(__AVX512F__)
  using T = math::scalar_type_t<V>;
  constexpr T most = sizeof(T) == 8 ? static_cast<T>(0x1p+1000) : static_cast<T>(0x1p+100);
  V const size = math::abs(b);
  auto const ordinary = math::both(size > math::like(b, 1 / most), size < math::like(b, most));
  return math::select(ordinary, math::one(b) / b, math::zero(b));
#else
  return math::zero(b);
#endif
}
/// a / b from 1 / b: a product, and a correction that makes it the rounded quotient (P. Markstein,
/// IBM Journal of Research and Development 34, 1990).
template <class V>
[[gnu::always_inline]] inline V times_inverse(V a, V b, V inverse) {
  using T = math::scalar_type_t<V>;
  T first{};
  if constexpr (math::is_pack_v<V>) first = inverse[0];
  else first = inverse;
  if (first == 0) [[unlikely]] return a / b;
  V const quotient = a * inverse, rest = math::multiply_add(-quotient, b, a);
  // 0 keeps its sign; infinities and NaN are what they are.
  constexpr T most = sizeof(T) == 8 ? static_cast<T>(0x1p+1000) : static_cast<T>(0x1p+100);
  auto const ordinary = math::both(math::abs(quotient) < math::like(a, most),
                                   quotient != math::zero(a));
  return math::select(ordinary, math::multiply_add(rest, inverse, quotient), quotient);
}

/// Does operand `a` have one value for a whole row?
template <class Kernel>
consteval bool is_fixed_in_row(int a) {
  plan_traits const t{view(Kernel::graph)};
  if (Kernel::rank == 0 || t.is_immediate(a)) return false;
  int const access = Kernel::plan.access_of[a];
  return access >= 0 && Kernel::static_step(access, Kernel::rank - 1) == 0;
}

/// The node of this loop that is the cosine of what node i is the sine of, or the other way round.
template <class Kernel>
consteval int angle_partner(int i) {
  auto const& g = Kernel::graph;
  bool const is_sin = g.nodes[i].op == op_number<op::sin>();
  if (!is_sin && g.nodes[i].op != op_number<op::cos>()) return -1;
  int const other = is_sin ? op_number<op::cos>() : op_number<op::sin>();
  for (int k = 0; k < Kernel::plan.node_count; ++k) {
    int const j = Kernel::plan.nodes[k];
    if (g.nodes[j].op == other && g.nodes[j].args[0] == g.nodes[i].args[0] &&
        g.nodes[j].type == g.nodes[i].type)
      return j;
  }
  return -1;
}

/// Is node I a quotient by what is the same for a whole row?
template <class Kernel, int I>
consteval bool divides_by_fixed() {
  auto const& n = Kernel::graph.nodes[I];
  return n.op == op_number<op::divide>() && is_floating(n.type) &&
         Kernel::graph.nodes[n.args[1]].type == n.type && is_fixed_in_row<Kernel>(n.args[1]);
}

/// Computes element-wise node I into its register; `fixed` has what is the same for the whole row.
template <class Kernel, int I, class R>
[[gnu::always_inline]] inline void compute_node(R& r, R& fixed, int const* sizes) {
  constexpr auto const& n = Kernel::graph.nodes[I];
  using T = element_t<n.type>;
  if constexpr (constexpr int partner = angle_partner<Kernel>(I); partner >= 0) {
    // Both at once, by the first of them.
    if constexpr (I < partner) {
      auto const both = math::sincos(operand_lanes<Kernel, T, n.args[0]>(r, sizes));
      constexpr bool is_sin = n.op == op_number<op::sin>();
      r.template at<T, Kernel::plan.place[I]>() = is_sin ? both.sin : both.cos;
      r.template at<T, Kernel::plan.place[partner]>() = is_sin ? both.cos : both.sin;
    }
    return;
  }
  if constexpr (divides_by_fixed<Kernel, I>()) {
    auto& out = r.template at<T, Kernel::plan.place[I]>();
    out = times_inverse(operand_lanes<Kernel, T, n.args[0]>(r, sizes),
                        operand_lanes<Kernel, T, n.args[1]>(r, sizes),
                        fixed.template at<T, Kernel::plan.place[I]>());
    return;
  }
  constexpr stored_constant c = second_constant(Kernel::graph, I);
  using compared = element_t<compared_as(Kernel::graph, I)>;
  r.template at<T, Kernel::plan.place[I]>() =
      elementwise_lanes<op_at<n.op>, T, typename Kernel::widest, compared, c.numerator,
                        c.denominator>(
          [&]<class A, int K>(std::integral_constant<int, K>) __attribute__((always_inline)) {
            return operand_lanes<Kernel, A, n.args[K]>(r, sizes);
          });
}

}  // namespace slope::engine
