// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/autograd/leaf.hpp"

/// Reverse mode for the leaves of an expression. Nothing is recorded while the program runs: the
/// program of value and gradients follows from the expression's type.
namespace slope {

namespace engine {

/// The leaves of E's graph that want a gradient.
struct wanted_leaves {
  int count;
  int at[256];
};
template <class... S>
consteval bool wants_gradient(leaf_list<S...>, int place) {
  bool const wanted[] = {is_leaf_pointer<S>..., false};
  return place >= 0 && wanted[place];
}
template <class E, class Graph>
consteval wanted_leaves find_wanted(Graph const& g) {
  wanted_leaves all{};
  for (int k = 0; k < g.leaf_count; ++k) {
    int const place = datum_of(leaves_of<E>{}, g.leaves[k].name, g.leaves[k].ordinal);
    if (wants_gradient(leaves_of<E>{}, place)) all.at[all.count++] = k;
  }
  return all;
}

/// A gradient that is a constant alone gets its leaf's element type.
constexpr work_graph with_leaf_types(graph_view const& from, wanted_leaves const& wanted) {
  work_graph g = simplified(from, copying::as_it_is);
  builder b(g);
  for (int k = 0; k < wanted.count; ++k) {
    engine::leaf const& l = g.leaves[wanted.at[k]];
    node n = blank(op_number<op::broadcast>());
    if (g.nodes[g.roots[k]].type == l.type) continue;
    n.type = l.type;
    n.shape = l.shape;
    n.args[0] = g.roots[k];
    g.roots[k] = b.insert(n);
  }
  return g;
}

/// The gradients for E's leaves, then its value.
template <class E>
struct backward_holder {
  static constexpr auto const& start = simplest_data<E>::graph;
  static constexpr wanted_leaves wanted = find_wanted<E>(start);
  static constexpr work_graph first =
      reverse(view(start), wanted.at, wanted.count, true, copying::as_it_is);
  static constexpr auto first_graph = shrink<first>();
  static constexpr work_graph full = with_leaf_types(view(first_graph), wanted);
  static constexpr auto graph = shrink<full>();
};

template <class E, int K>
constexpr auto const& wanted_leaf(E const& e) {
  using holder = backward_holder<E>;
  return *e.template stored<datum<E, holder, holder::wanted.at[K]>>();
}

}  // namespace engine

/// Adds the derivatives of e for each of its leaves to that leaf's gradient; e's value.
/// std::invalid_argument: two leaves of one name are two objects.
// Not inlined: g++ 12 crashes in its vectoriser (-O3, AVX-512) where a loop of calls is.
template <class E>
  requires is_data_tree_v<E>
[[gnu::noinline]] constexpr auto backward(E const& e) -> engine::backward_result_t<E> {
  using holder = engine::backward_holder<E>;
  using value_type = engine::value_at<engine::program_of<holder>, holder::wanted.count>;
  engine::check_leaves(e);
  value_type value{};
  [&]<int... K>(std::integer_sequence<int, K...>) {
    engine::with_data<holder>(e, [&](auto const&... data) {
      engine::evaluated_into<holder>(
          std::tuple<std::remove_cvref_t<decltype(engine::wanted_leaf<E, K>(e).step())>&...,
                     value_type&>(engine::wanted_leaf<E, K>(e).step()..., value),
          nullptr, data...);
    });
    (engine::wanted_leaf<E, K>(e).accumulate(), ...);
  }
  (std::make_integer_sequence<int, holder::wanted.count>{});
  return static_cast<typename E::value_type>(value);
}

}  // namespace slope
