// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <boost/hana/at_key.hpp>
#include <boost/hana/map.hpp>

#include "slope/expression/evaluate.hpp"

/// Gradients for several variables at once, as a map from variable to formula.
namespace slope {

/// What Boost.Hana knows variables by: keys that are equal when their types are.
struct variable_tag {};

/// A map of Boost.Hana, which its functions take as one, with variables as keys. (Its own class, as
/// boost::hana::map is final: [] says in one line which variable it has not.)
template <class Map, class... X>
struct variable_map {
  using hana_tag = boost::hana::map_tag;
  using hash_table_type = typename Map::hash_table_type;
  using storage_type = typename Map::storage_type;
  storage_type storage;

  template <class Key>
  static constexpr bool has_key = (__is_same(Key, X) || ...);

  template <class Key>
    requires has_key<Key>
  constexpr decltype(auto) operator[](Key const& key) const& {
    return boost::hana::at_key(*this, key);
  }
  template <class Key>
    requires has_key<Key>
  constexpr decltype(auto) operator[](Key const& key) & { return boost::hana::at_key(*this, key); }
  template <class Key>
    requires has_key<Key>
  constexpr decltype(auto) operator[](Key const& key) && {
    return boost::hana::at_key(static_cast<variable_map&&>(*this), key);
  }
  template <class Key>
    requires(!has_key<Key> && is_variable_v<Key>)
  auto operator[](Key const&) const
      -> ill_formed<"[]: no such variable in map", Key::name_text>;

  constexpr operator Map() const { return Map(storage); }
};

namespace engine {

/// A map from X to values.
template <class... X, class... T>
constexpr auto map_of(T&&... values) {
  auto map = boost::hana::make_map(boost::hana::make_pair(X{}, static_cast<T&&>(values))...);
  return variable_map<decltype(map), X...>{static_cast<decltype(map)&&>(map).storage};
}

/// The adjoints of root 0 of the written tree Y for the variables X.
template <class Y, class... X>
struct gradients_of {
  static constexpr auto const& all = written<Y, X...>::graph;
  static consteval auto indices() {
    std::array<int, sizeof...(X)> leaves{};
    for (std::size_t k = 0; k < sizeof...(X); ++k)
      leaves[k] = static_cast<int>(all.nodes[all.roots[k + 1]].attribute);
    return leaves;
  }
  static constexpr auto leaves = indices();
  static constexpr work_graph first =
      reverse(view(all), leaves.data(), static_cast<int>(sizeof...(X)));
  static constexpr auto first_graph = shrink<first>();
  static constexpr work_graph full = simplified(view(first_graph));
  static constexpr auto graph = shrink<full>();
};

template <class Y, class Indices, class... X>
struct gradient_map;
template <class Y, std::size_t... K, class... X>
struct gradient_map<Y, std::index_sequence<K...>, X...> {
  using type =
      decltype(map_of<X...>(reified_t<gradients_of<Y, X...>, static_cast<int>(K)>{}...));
};

template <class Y, bool Scalar, class... X>
struct gradients_result
    : std::conditional_t<gradients_of<Y, X...>::first.error.failed, swept_tree<gradients_of<Y, X...>>,
                         gradient_map<Y, std::index_sequence_for<X...>, X...>> {};
template <class Y, class... X>
struct gradients_result<Y, false, X...> : gradient_result<Y, void, false> {};

/// A hana::map whose values are formulas.
template <class Storage>
struct formula_pairs {};
template <class... X, symbolic... E>
struct formula_pairs<boost::hana::basic_tuple<boost::hana::pair<X, E>...>> {
  using formulas = std::tuple<E...>;
  /// The values under the keys of the formulas.
  template <class... T>
  static constexpr auto with_keys(std::tuple<T...>&& values) {
    return std::apply(
        [](T&... value) { return map_of<X...>(static_cast<T&&>(value)...); },
        values);
  }
  /// The map of the values, or what is ill-formed.
  template <class Values>
  struct keyed {
    using type = Values;
  };
  template <class... T>
  struct keyed<std::tuple<T...>> {
    using type = decltype(with_keys(std::declval<std::tuple<T...>>()));
  };
  template <class... A>
  using result = typename keyed<typename evaluation<formulas, A...>::type>::type;
};
template <class Map>
struct formula_map : formula_pairs<void> {};
template <class Map>
  requires requires(Map const& map) { map.storage; }
struct formula_map<Map> : formula_pairs<std::remove_cvref_t<decltype(Map::storage)>> {};

}  // namespace engine

/// The derivatives of the scalar y for several variables, all from one sweep: a boost::hana::map,
/// `grads[w]` is the formula for w. ill_formed<"gradient: not a scalar: (2,2)"> where y has axes.
/// The first two are spelled out, so that clang, which substitutes before it looks at constraints,
/// makes no map for one.
template <symbolic Y, symbolic A, symbolic B, symbolic... X>
  requires(is_variable_v<A>&& is_variable_v<B> && (is_variable_v<X> && ...))
constexpr auto gradient(Y const&, A const&, B const&, X const&...) ->
    typename engine::gradients_result<Y, engine::rank_of<Y> == 0, A, B, X...>::type {
  return {};
}

/// The values of such a map in one pass: a map from the same variables to numbers and tensors.
template <class Map, class... A>
  requires requires { typename engine::formula_map<Map>::formulas; }
[[gnu::always_inline]] constexpr auto evaluate(Map const&, A&&... arguments) ->
    typename engine::formula_map<Map>::template result<A...> {
  if constexpr (engine::evaluation<typename engine::formula_map<Map>::formulas, A...>::fits)
    return engine::formula_map<Map>::with_keys(
        slope::evaluate(typename engine::formula_map<Map>::formulas{}, arguments...));
}

}  // namespace slope

namespace boost::hana {

template <slope::fixed_string Name, class T, auto... Extents>
struct tag_of<slope::variable<Name, T, Extents...>> {
  using type = slope::variable_tag;
};
template <>
struct equal_impl<slope::variable_tag, slope::variable_tag> {
  template <class A, class B>
  static constexpr auto apply(A const&, B const&) {
    return bool_c<__is_same(A, B)>;
  }
};
template <>
struct hash_impl<slope::variable_tag> {
  template <class A>
  static constexpr auto apply(A const&) {
    return type_c<A>;
  }
};

}  // namespace boost::hana
