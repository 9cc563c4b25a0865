// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/data/formula.hpp"

/// Several results, trees of data among them, in one pass: `evaluate(std::tuple{loss, dx}, x = data)`.
namespace slope {

namespace engine {

template <class... E>
struct data_pack {
  std::tuple<E...> const& trees;

  template <int I, int K = 0>
  constexpr auto const& stored() const {
    using here = std::tuple_element_t<static_cast<std::size_t>(K), std::tuple<E...>>;
    if constexpr (I < leaves_of<here>::size) return stored_at<I>(std::get<K>(trees));
    else return stored<I - leaves_of<here>::size, K + 1>();
  }
};
template <class... E>
struct leaves_in<data_pack<E...>> {
  using type = decltype((leaf_list<>{} + ... + leaves_of<E>{}));
};
template <class... E>
struct data_roots<data_pack<E...>> {
  static constexpr void add(builder& b, int& next) {
    ((b.graph.roots[b.graph.root_count++] = data_lowering<data_pack<E...>, E>::call(b, next).index()),
     ...);
  }
};

/// The evaluation of a tuple in which at least one entry carries data, the others are formulas.
template <class Tuple, class... A>
struct pack_evaluation {};
template <class... E, class... A>
  requires((is_data_tree_v<E> || ...) && ((is_data_tree_v<E> || is_symbolic_v<E>)&&...))
struct pack_evaluation<std::tuple<E...>, A...> : data_evaluation<data_pack<E...>, A...> {
  using pack = data_pack<E...>;
};

}  // namespace engine

/// The values of several trees of one program.
template <class... E, class... A>
constexpr auto evaluate(std::tuple<E...> const& trees, A&&... arguments) ->
    typename engine::pack_evaluation<std::tuple<E...>, A...>::type {
  using found = engine::pack_evaluation<std::tuple<E...>, A...>;
  if constexpr (found::fits) {
    engine::data_pack<E...> const pack{trees};
    engine::check_leaves(pack);
    return engine::with_bound_data<typename found::holder>(
        pack,
        [&](auto const&... data) {
          return engine::evaluated_all<typename found::holder>(
              engine::workspace_among(arguments...), data...);
        },
        arguments...);
  }
}

/// The same into places of the caller's.
template <class... Out, class... E, class... A>
constexpr auto evaluate_to(std::tuple<Out...> const& out, std::tuple<E...> const& trees,
                           A&&... arguments) ->
    typename engine::pack_evaluation<std::tuple<E...>, A...>::none {
  using found = engine::pack_evaluation<std::tuple<E...>, A...>;
  if constexpr (found::fits) {
    engine::data_pack<E...> const pack{trees};
    engine::check_leaves(pack);
    engine::write_trees<typename found::holder>(
        pack, std::apply([](auto&... places) { return engine::places(places...); }, out),
        arguments...);
  }
}

}  // namespace slope
