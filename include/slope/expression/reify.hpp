// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/variable.hpp"
#include "slope/symbolic/print.hpp"

/// Graph to tree: a simplified formula as a type.
namespace slope::engine {


/// One value spread over a shape and converted to T, in a reified tree.
template <class T>
struct spread {
  static constexpr axes_rule axes = axes_rule::none;
  static constexpr bool has_front = true;
  static constexpr symbol front(builder& b, parameters const& p, symbol x) {
    return broadcast_symbol(b, x, b.intern(requested_shape(p)), dtype_of<T>);
  }
};

template <class Holder, std::int64_t Leaf>
inline constexpr auto leaf_name = fixed_string<detail::text_length(
    Holder::graph.leaves[Leaf].name)>::copy(Holder::graph.leaves[Leaf].name);

/// The variable of a leaf. What element type it has is found at a node that is the leaf.
template <class Holder, int Leaf, class Indices>
struct leaf_tree;
template <class Holder, int Leaf, int Axis>
consteval auto leaf_extent();
template <class Holder, int Leaf, std::size_t... K>
struct leaf_tree<Holder, Leaf, std::index_sequence<K...>> {
  using type = slope::variable<leaf_name<Holder, Leaf>, element_t<Holder::graph.leaves[Leaf].type>,
                               leaf_extent<Holder, Leaf, static_cast<int>(K)>()...>;
};
template <class Holder, int Leaf>
using leaf_tree_t = typename leaf_tree<
    Holder, Leaf,
    std::make_index_sequence<static_cast<std::size_t>(
        Holder::graph.shapes[Holder::graph.leaves[Leaf].shape].rank)>>::type;

/// An extent of a variable: a number, a named dimension or `dynamic`.
template <class Holder, int Leaf, int Axis>
consteval auto leaf_extent() {
  constexpr int e = Holder::graph.shapes[Holder::graph.leaves[Leaf].shape].extents[Axis];
  if constexpr (e >= 0) return e;
  else {
    constexpr char const* const name = Holder::graph.sizes[size_index(e)].name;
    if constexpr (name[0] == 0) return dynamic;
    else return dim_t<fixed_string<detail::text_length(name)>::copy(name)>{};
  }
}

/// An extent as a parameter of an operation: a number, or size_of<axis>(variable).
template <class Holder, int Size>
consteval auto size_tree() {
  constexpr runtime_size s = Holder::graph.sizes[Size];
  return slope::node<op::with<op::size, s.axis>, leaf_tree_t<Holder, s.leaf>{}>{};
}
template <class Holder, int Shape, int Axis>
consteval auto extent_tree() {
  constexpr int e = Holder::graph.shapes[Shape].extents[Axis];
  if constexpr (e >= 0) return e;
  else return size_tree<Holder, size_index(e)>();
}

/// Op with the extents of a shape.
template <class Holder, int Shape, class Op, class Indices>
struct with_extents;
template <class Holder, int Shape, class Op, std::size_t... K>
struct with_extents<Holder, Shape, Op, std::index_sequence<K...>> {
  using type = op::with<Op, extent_tree<Holder, Shape, static_cast<int>(K)>()...>;
};
template <class Holder, int Shape, class Op>
using with_extents_t = typename with_extents<
    Holder, Shape, Op,
    std::make_index_sequence<static_cast<std::size_t>(Holder::graph.shapes[Shape].rank)>>::type;

/// Op along the axes of an attribute: `sum` where it is all of them, else `with<sum, 0, 2>`.
struct axis_list {
  int count;
  int at[max_rank];
};
consteval axis_list axes_of(std::int64_t mask) {
  axis_list list{};
  for (int k = 0; k < max_rank; ++k)
    if ((mask >> k & 1) != 0) list.at[list.count++] = k;
  return list;
}
template <class Op, std::int64_t Attribute, class Indices>
struct with_axes;
template <class Op, std::int64_t Attribute, std::size_t... K>
struct with_axes<Op, Attribute, std::index_sequence<K...>> {
  static consteval auto make() {
    if constexpr (Op::has_correction) {
      if constexpr (Attribute >> 8 != 1) {
        return static_cast<op::with<Op, axes_of(Attribute & 255).at[K]...,
                                    correction_t<static_cast<int>(Attribute >> 8)>{}>*>(nullptr);
      } else {
        return static_cast<with_t<Op, axes_of(Attribute & 255).at[K]...>*>(nullptr);
      }
    } else {
      return static_cast<with_t<Op, axes_of(Attribute & 255).at[K]...>*>(nullptr);
    }
  }
  using type = std::remove_pointer_t<decltype(make())>;
};
template <class Op, std::int64_t Attribute, int Rank>
using with_axes_t = typename with_axes<
    Op, Attribute,
    std::make_index_sequence<static_cast<std::size_t>(
        Op::axes == axes_rule::dropped && (Attribute & 255) + 1 == (1 << Rank)
            ? 0
            : axes_of(Attribute & 255).count)>>::type;

/// A permutation: `transpose` of the last two axes, else `with<permute, 2, 0, 1>`.
template <std::int64_t Attribute, int Rank, class Indices>
struct with_permutation;
template <std::int64_t Attribute, int Rank, std::size_t... K>
struct with_permutation<Attribute, Rank, std::index_sequence<K...>> {
  using type = std::conditional_t<Attribute == swapping(Rank, Rank - 2, Rank - 1), op::transpose,
                                  op::with<op::permute, static_cast<int>(Attribute >> 4 * K & 15)...>>;
};

/// An operation with the numbers that it spells.
template <class Holder, int I, class Op>
inline constexpr brackets numbers_of =
    Op::spell(Holder::graph.nodes[I].attribute, view(Holder::graph).shape_of(Holder::graph.nodes[I].args[0]),
              view(Holder::graph).shape_of(I));
template <class Holder, int I, class Op>
consteval auto with_brackets() {
  return []<int... K>(std::integer_sequence<int, K...>) {
    return static_cast<op::with<Op, numbers_of<Holder, I, Op>.at[K]...>*>(nullptr);
  }(std::make_integer_sequence<int, numbers_of<Holder, I, Op>.count>{});
}

/// The operation of node I, with its parameters.
template <class Holder, int I, int Op>
consteval auto node_op() {
  constexpr engine::node n = Holder::graph.nodes[I];
  using plain = op_at<Op>;
  if constexpr (Op == op_number<op::broadcast>()) {
    constexpr bool converts = Holder::graph.nodes[n.args[0]].type != n.type;
    using spreading = std::conditional_t<converts, spread<element_t<n.type>>, op::broadcast>;
    return static_cast<with_extents_t<Holder, n.shape, spreading>*>(nullptr);
  } else if constexpr (Op == op_number<op::reshape>()) {
    return static_cast<with_extents_t<Holder, n.shape, op::reshape>*>(nullptr);
  } else if constexpr (Op == op_number<op::permute>()) {
    constexpr int rank = Holder::graph.shapes[n.shape].rank;
    return static_cast<typename with_permutation<
        n.attribute, rank, std::make_index_sequence<static_cast<std::size_t>(rank)>>::type*>(nullptr);
  } else if constexpr (requires { requires plain::is_external; }) {
    return static_cast<op::with<plain, Holder::graph.externals[n.attribute]>*>(nullptr);
  } else if constexpr (!__is_same(decltype(plain::spell), std::nullptr_t const)) {
    return with_brackets<Holder, I, plain>();
  } else if constexpr (plain::axes != axes_rule::none) {
    constexpr int rank = Holder::graph.shapes[Holder::graph.nodes[n.args[0]].shape].rank;
    return static_cast<with_axes_t<plain, n.attribute, rank>*>(nullptr);
  } else {
    return static_cast<plain*>(nullptr);
  }
}
template <class Holder, int I, int Op>
using node_op_t = std::remove_pointer_t<decltype(node_op<Holder, I, Op>())>;

/// matmul(a, v) where the graph has the vector as a column or row.
template <class Holder, int I, int Side, bool Product = Holder::graph.nodes[I].op ==
                                                        op_number<op::matmul>()>
struct vector_product_tree;

/// A node of children of these types. Spelled A{}: compilers would print where each child comes
/// from in every error.
template <class Op, class... A>
struct spelled_node {
  using type = slope::node<Op, A{}...>;
};
template <class Op, class... A>
using spelled = typename spelled_node<Op, A...>::type;

/// The tree of node I of Holder::graph. A class template, so that each node is spelled once.
template <class Holder, int I, int Op = Holder::graph.nodes[I].op>
struct reified {
  static constexpr engine::node n = Holder::graph.nodes[I];
  static consteval auto make() {
    if constexpr (Op == op_number<op::constant>()) {
      constexpr rational c = Holder::graph.constants[n.attribute].value();
      if constexpr (c.exact()) return constant_t<c.numerator, c.denominator>{};
      else return constant_t<std::bit_cast<std::int64_t>(c.floating), 0>{};
    } else if constexpr (Op == op_number<op::variable>()) {
      return leaf_tree_t<Holder, n.attribute>{};
    } else if constexpr (Op == op_number<op::size>()) {
      return size_tree<Holder, n.attribute>();
    } else if constexpr (constexpr int side = vector_side(view(Holder::graph), n); side >= 0) {
      return typename vector_product_tree<Holder, n.args[0], side>::type{};
    } else if constexpr (n.args[1] < 0) {
      return spelled<node_op_t<Holder, I, Op>, typename reified<Holder, n.args[0]>::type>{};
    } else if constexpr (n.args[2] < 0) {
      return spelled<node_op_t<Holder, I, Op>, typename reified<Holder, n.args[0]>::type,
                     typename reified<Holder, n.args[1]>::type>{};
    } else {
      return spelled<node_op_t<Holder, I, Op>, typename reified<Holder, n.args[0]>::type,
                     typename reified<Holder, n.args[1]>::type,
                     typename reified<Holder, n.args[2]>::type>{};
    }
  }
  using type = decltype(make());
};

template <class Holder, int I, int Side>
struct vector_product_tree<Holder, I, Side, false> {
  using type = typename reified<Holder, Holder::graph.nodes[I].args[0]>::type;
};
template <class Holder, int I>
struct vector_product_tree<Holder, I, 1, true> {
  using type =
      spelled<op::matmul, typename reified<Holder, Holder::graph.nodes[I].args[0]>::type,
              typename vector_product_tree<Holder, Holder::graph.nodes[I].args[1], 1>::type>;
};
template <class Holder, int I>
struct vector_product_tree<Holder, I, 0, true> {
  using type =
      spelled<op::matmul,
              typename vector_product_tree<Holder, Holder::graph.nodes[I].args[0], 0>::type,
              typename reified<Holder, Holder::graph.nodes[I].args[1]>::type>;
};

template <class Holder, int Root = 0>
using reified_t = typename reified<Holder, Holder::graph.roots[Root]>::type;

}  // namespace slope::engine
