// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/variable.hpp"
#include "slope/symbolic/print.hpp"

/// Graph to tree: a simplified formula as a type.
namespace slope::engine {

template <int Place, class Op, class... Ops>
consteval auto op_at_place(op_list<Op, Ops...>) {
  if constexpr (Place == 0) return static_cast<Op*>(nullptr);
  else return op_at_place<Place - 1>(op_list<Ops...>{});
}
template <int Place>
using op_at = std::remove_pointer_t<decltype(op_at_place<Place>(all_ops{}))>;

/// One value spread over a shape, in a reified tree.
template <class T, auto... Extents>
struct spread {
  static constexpr op_kind kind = op_kind::movement;
};

template <class T, auto... Extents, class Child>
constexpr symbol build_spread(builder& b, spread<T, Extents...>, Child child) {
  shape s{};
  ((s.extents[s.rank++] = Extents), ...);
  return broadcast_symbol(b, lower(b, child), b.intern(s), dtype_of<T>);
}
template <class T, auto... Extents, auto Child>
constexpr symbol lower(builder& b, slope::node<spread<T, Extents...>, Child>) {
  return build_spread(b, spread<T, Extents...>{}, Child);
}

/// A sum over the axes of a mask.
template <std::int64_t Mask>
struct sum_over {};
template <std::int64_t Mask, auto Child>
constexpr symbol lower(builder& b, slope::node<sum_over<Mask>, Child>) {
  return make<op::sum>(Mask, {}, lower(b, Child));
}

template <class Holder, std::int64_t Leaf>
inline constexpr auto leaf_name = fixed_string<detail::text_length(
    Holder::graph.leaves[Leaf].name)>::copy(Holder::graph.leaves[Leaf].name);

/// The tree of node I of Holder::graph. A class template, so that each node is spelled once.
template <class Holder, int I, int Op = Holder::graph.nodes[I].op>
struct reified;

template <class Holder, int I, class Indices>
struct shaped;

template <class Holder, int I, std::size_t... K>
struct shaped<Holder, I, std::index_sequence<K...>> {
  static constexpr engine::node n = Holder::graph.nodes[I];
  static constexpr shape s = Holder::graph.shapes[n.shape];
  template <class T>
  struct variable_of {
    using type = slope::variable<leaf_name<Holder, n.attribute>, T, s.extents[K]...>;
  };
  template <class T>
  using spread_of = spread<T, s.extents[K]...>;
};

template <class Holder, int I>
using shaped_of = shaped<
    Holder, I,
    std::make_index_sequence<static_cast<std::size_t>(
        Holder::graph.shapes[Holder::graph.nodes[I].shape].rank)>>;

template <class Holder, int I, int Op>
struct reified {
  static constexpr engine::node n = Holder::graph.nodes[I];
  static consteval auto make() {
    if constexpr (Op == op_number<op::constant>()) {
      constexpr rational c = Holder::graph.constants[n.attribute].value();
      return constant_t<c.numerator, c.denominator>{};
    } else if constexpr (Op == op_number<op::variable>()) {
      return typename shaped_of<Holder, I>::template variable_of<element_t<n.type>>::type{};
    } else if constexpr (Op == op_number<op::broadcast>()) {
      return slope::node<typename shaped_of<Holder, I>::template spread_of<element_t<n.type>>,
                         typename reified<Holder, n.args[0]>::type{}>{};
    } else if constexpr (Op == op_number<op::sum>() &&
                         n.attribute + 1 !=
                             (std::int64_t{1}
                              << Holder::graph.shapes[Holder::graph.nodes[n.args[0]].shape].rank)) {
      return slope::node<sum_over<n.attribute>, typename reified<Holder, n.args[0]>::type{}>{};
    } else if constexpr (n.args[1] < 0) {
      return slope::node<op_at<Op>, typename reified<Holder, n.args[0]>::type{}>{};
    } else if constexpr (n.args[2] < 0) {
      return slope::node<op_at<Op>, typename reified<Holder, n.args[0]>::type{},
                         typename reified<Holder, n.args[1]>::type{}>{};
    } else {
      return slope::node<op_at<Op>, typename reified<Holder, n.args[0]>::type{},
                         typename reified<Holder, n.args[1]>::type{},
                         typename reified<Holder, n.args[2]>::type{}>{};
    }
  }
  using type = decltype(make());
};

template <class Holder, int Root = 0>
using reified_t = typename reified<Holder, Holder::graph.roots[Root]>::type;

}  // namespace slope::engine
