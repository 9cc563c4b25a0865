// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/identity.hpp"

/// Derivatives of formulas beside the gradient. All are formulas again, reified.
namespace slope {

namespace engine {

constexpr graph_view first_root(graph_view g) {
  g.root_count = 1;
  return g;
}

/// `derived`, whose last leaf but the identity is a direction, with root 2 of `trees` in its place: all other leaves
/// are those of `trees`. The direction has the shape of that leaf, or broadcasts to it.
constexpr work_graph directed(graph_view const& derived, graph_view const& trees,
                              char const* name) {
  work_graph g;
  builder b(g, rewrite_all);
  int map[16384]{};
  copy_graph(b, trees, map, trees.roots, trees.root_count);
  int const last = seed_of(derived);
  shape const to = derived.shapes[derived.leaves[last].shape];
  int const given = map[trees.roots[2]];
  shape const from = b.shape_of(given);
  bool fits = from.rank <= to.rank;
  for (int k = 1; k <= from.rank && fits; ++k) {
    int const own = from.extents[from.rank - k];
    fits = own == 1 || own == to.extents[to.rank - k];
  }
  if (!fits) {
    builder::failure_text text;
    text.write(name);
    text.write(": direction ");
    write_shape(text, b.describe(from));
    text.write(" for ");
    write_shape(text, b.describe(to));
    b.fail(text, {});
    return g;
  }
  substitute values[256]{};
  for (int i = 0; i < last; ++i) values[i] = {leaf_symbol(b, i), false};
  for (int i = last + 1; i < derived.leaf_count; ++i)
    values[i] = {identity_symbol(b, -derived.leaves[i].ordinal), false};
  values[last] = {broadcast_symbol(b, {&b, given}, b.intern(to), derived.leaves[last].type), false};
  batch_copy const copy(b, derived, values);
  g.roots[g.root_count++] = copy[derived.roots[0]].index();
  return g;
}

template <class X>
inline constexpr int leaf_of_root_1 =
    static_cast<int>(X::graph.nodes[X::graph.roots[1]].attribute);

/// What stands in `full`, simplified; `type` is the tree, or why there is none.
template <class Derived>
struct derived_tree {
  static constexpr auto cut = shrink<Derived::full>();
  static constexpr work_graph full = simplified(view(cut));
  static constexpr auto graph = shrink<full>();
  static consteval auto find() {
    constexpr auto const& text = Derived::full.error.text;
    if constexpr (Derived::full.error.failed)
      return static_cast<ill_formed<fixed_string<text.size>::copy(text.text)>*>(nullptr);
    else return static_cast<reified_t<derived_tree>*>(nullptr);
  }
  using type = std::remove_pointer_t<decltype(find())>;
};

template <class Y, class X, class V>
struct jvp_of {
  using trees = written<Y, X, V>;
  static constexpr int leaf = leaf_of_root_1<trees>;
  static constexpr work_graph first =
      forward(first_root(view(trees::graph)), &leaf, 1, 1, false);
  static constexpr auto first_graph = shrink<first>();
  static constexpr work_graph full = directed(view(first_graph), view(trees::graph), "jvp");
};

template <class Y, class X, class U>
struct vjp_of {
  using trees = written<Y, X, U>;
  static constexpr int leaf = leaf_of_root_1<trees>;
  static constexpr work_graph scalar = weighted(first_root(view(trees::graph)), 1);
  static constexpr auto scalar_graph = shrink<scalar>();
  static constexpr work_graph first =
      reverse(view(scalar_graph), &leaf, 1, false, copying::as_it_is);
  static constexpr auto first_graph = shrink<first>();
  static constexpr work_graph full = directed(view(first_graph), view(trees::graph), "vjp");
};

/// The Jacobian of what stands in Holder::graph for one of its leaves.
template <class Holder, int Leaf, jacobian_mode Mode = jacobian_mode::cheaper>
struct jacobian_of_graph {
  static constexpr work_graph first = one_direction(view(Holder::graph), Leaf, Mode);
  static constexpr auto first_graph = shrink<first>();
  static constexpr work_graph full = seeded(view(first_graph));
};
template <class Y, class X>
struct only_first {
  static constexpr int leaf = leaf_of_root_1<written<Y, X>>;
  static constexpr work_graph full = simplified(first_root(view(written<Y, X>::graph)));
  static constexpr auto graph = shrink<full>();
};
template <class Y, class X>
using jacobian_t =
    typename derived_tree<jacobian_of_graph<only_first<Y, X>, only_first<Y, X>::leaf>>::type;

template <symbolic Y, class X, bool Scalar = rank_of<Y> == 0>
struct hessian_result {
  using first = gradient_of<Y, X>;
  using type = typename derived_tree<jacobian_of_graph<first, first::index, jacobian_mode::symmetric>>::type;
};
template <class Y, class X>
struct hessian_result<Y, X, false> : gradient_result<Y, X, false> {};

template <class Y, class X, bool Scalar = rank_of<X> == 0>
struct derivative_result {
  using type = typename derived_tree<jvp_of<Y, X, constant_t<1, 1>>>::type;
};
template <class Y, class X>
struct derivative_result<Y, X, false> {
  using type = ill_formed<"derivative: variable is not a scalar">;
};

}  // namespace engine

/// A variable of a formula.
template <class X>
concept symbolic_variable = is_variable_v<std::remove_cvref_t<X>>;

/// The directional derivative of y when x moves along v, a formula of x's shape (or one that
/// broadcasts to it): shaped as y. Forward mode.
/// ill_formed<"jvp: direction (3) for (2,2)"> where v does not fit.
template <symbolic Y, symbolic_variable X, symbolic V>
constexpr auto jvp(Y const&, X const&, V const&) ->
    typename engine::derived_tree<engine::jvp_of<Y, X, V>>::type {
  return {};
}

/// The sum over y's elements of u times their derivatives for x: shaped as x. Reverse mode; u has
/// y's shape. ill_formed<"vjp: direction (3) for (2,2)"> where it does not.
template <symbolic Y, symbolic_variable X, symbolic U>
constexpr auto vjp(Y const&, X const&, U const&) ->
    typename engine::derived_tree<engine::vjp_of<Y, X, U>>::type {
  return {};
}

/// The derivative of y, of any shape, for the scalar variable x: shaped as y. Forward mode.
template <symbolic Y, symbolic_variable X>
constexpr auto derivative(Y const&, X const&) -> typename engine::derivative_result<Y, X>::type {
  return {};
}

/// All derivatives of y for x: y's axes, then x's. Computed for all elements of the smaller of the
/// two at once, by forward mode for x, by reverse mode for y.
/// ill_formed<"jacobian: run-time size: (n)"> where neither is known earlier.
template <symbolic Y, symbolic_variable X>
constexpr auto jacobian(Y const&, X const&) -> engine::jacobian_t<Y, X> {
  return {};
}

/// The second derivatives of the scalar y for x: x's axes twice. Forward over reverse mode.
template <symbolic Y, symbolic_variable X>
constexpr auto hessian(Y const&, X const&) -> typename engine::hessian_result<Y, X>::type {
  return {};
}

}  // namespace slope
