// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/identity.hpp"
#include "slope/transform/rule.hpp"

/// Transformed functions inside other functions and in formulas: their graph is made while that of
/// the caller is, and copied into it.
namespace slope::engine {

template <std::size_t>
using symbol_of_place = symbol;

/// A function of N symbols whose shapes are values, not types.
template <class F, std::size_t N, class Indices = std::make_index_sequence<N>>
struct nested;
template <class F, std::size_t N, std::size_t... I>
struct nested<F, N, std::index_sequence<I...>> {
  static consteval refusal_text refusal() {
    refusal_text text;
    if constexpr (!std::is_empty_v<F> || !std::is_default_constructible_v<F>) {
      text.write("function: captures");
    } else if constexpr (!takes<F>(std::make_index_sequence<N>{})) {
      text.write("function: takes ");
      constexpr int taken = symbols_taken<F>();
      if constexpr (taken < 0) text.write("no symbols");
      else text.write_integer(taken);
      if constexpr (taken >= 0) text.write(taken == 1 ? " argument" : " arguments");
      text.write(", got ");
      text.write_integer(static_cast<std::int64_t>(N));
    }
    return text;
  }
  /// A template, so that it is asked of functions only that are not refused.
  template <class G>
  using form_of = std::remove_cvref_t<decltype(G{}(symbol_of_place<I>()...))>;
  static constexpr work_graph graph(argument_info const* given) {
    work_graph g;
    builder b(g);
    symbol arguments[N + 1]{};
    for (std::size_t k = 0; k < N; ++k) {
      engine::node n = blank(op_number<op::variable>());
      n.type = given[k].type;
      n.attribute = b.intern_leaf(no_name, static_cast<int>(k), n.type, given[k].extents);
      n.shape = g.leaves[n.attribute].shape;
      arguments[k] = {&b, b.insert(n)};
    }
    results<form_of<F>>::flatten(F{}(arguments[I]...), [&](symbol s) {
      g.roots[g.root_count++] = in(b, s).index();
    });
    return g;
  }
};
template <class Rule, class F, std::size_t N, std::size_t... I>
struct nested<transformed<Rule, F>, N, std::index_sequence<I...>> {
  static constexpr std::size_t inner_arity = Rule::inner_arity(N);
  using inner = nested<F, inner_arity>;
  static consteval refusal_text refusal() {
    refusal_text text;
    Rule::refuse_arity(text, N);
    return text.size != 0 ? text : inner::refusal();
  }
  template <class G>
  using form_of = typename Rule::template form<typename inner::template form_of<F>, N>;
  static constexpr work_graph graph(argument_info const* given) {
    argument_info below[inner_arity + 1]{};
    for (std::size_t k = 0; k < inner_arity; ++k) below[k] = Rule::inner_info(k, given[k]);
    work_graph g = inner::graph(below);
    if (g.error.failed) return g;
    refusal_text text;
    Rule::refuse(text, view(g), given, N);
    if (text.size != 0) {
      builder(g).fail(text.text, {});
      return g;
    }
    g = Rule::derive(view(g), given, N, copying::simplifying);
    if constexpr (two_passes<Rule>) {
      if (!g.error.failed) g = Rule::finish(view(g), given, N);
    }
    return g;
  }
};

/// The results of F for symbols of b, put into its graph.
template <class F, std::size_t N>
constexpr auto call_nested(builder& b, symbol const* given) {
  using form = typename nested<F, N>::template form_of<F>;
  argument_info infos[N + 1]{};
  symbol arguments[N + 1]{};
  for (std::size_t k = 0; k < N; ++k) {
    arguments[k] = in(b, given[k]);
    infos[k] = {b[arguments[k]].type, b.describe(b.shape_of(arguments[k]))};
  }
  work_graph const g = nested<F, N>::graph(infos);
  if (g.error.failed) {
    b.fail(g.error.text, {g.error.file, g.error.line});
    return results<form>::template build<0>([&](auto) { return arguments[0]; });
  }
  substitute values[256]{};
  for (int i = 0; i < g.leaf_count; ++i)
    values[i] = {is_identity(g.leaves[i]) ? identity_symbol(b, -g.leaves[i].ordinal)
                                          : arguments[g.leaves[i].ordinal],
                 false};
  batch_copy const copy(b, view(g), values);
  return results<form>::template build<0>(
      [&]<int K>(std::integral_constant<int, K>) { return copy[g.roots[K]]; });
}

template <class F, std::size_t N>
inline constexpr refusal_text nested_refusal = nested<F, N>::refusal();

template <class F, std::size_t N, bool Refused = nested_refusal<F, N>.size != 0>
struct nested_call {
  using type = decltype(results<typename nested<F, N>::template form_of<F>>::template build<0>(
      [](auto) { return symbol(); }));
  static constexpr type call(builder& b, symbol const* given) {
    return call_nested<F, N>(b, given);
  }
};
template <class F, std::size_t N>
struct nested_call<F, N, true> {
  using refused = typename engine::refused<nested_refusal<F, N>>::type;
};

/// The same for arguments of types A, of which one is a symbol and the others may be numbers.
template <class F, class... A>
struct symbols_call {};
template <class F, class... A>
  requires(common_kind<A...>() == operand_kind::symbol)
struct symbols_call<F, A...> : nested_call<F, sizeof...(A)> {};

/// F applied to the trees E: one graph, a root for each result.
template <class F, class... E>
constexpr work_graph graph_of_call() {
  work_graph g;
  builder b(g);
  symbol const arguments[] = {lower(b, E{})...};
  auto const all = call_nested<F, sizeof...(E)>(b, arguments);
  results<std::remove_const_t<decltype(all)>>::flatten(
      all, [&](symbol s) { g.roots[g.root_count++] = in(b, s).index(); });
  return g;
}
template <class F, class... E>
struct tree_call_graph {
  static constexpr work_graph full = graph_of_call<F, E...>();
  static constexpr auto graph = shrink<full>();
};
template <class F, class... E>
struct simplest_tree_call {
  static constexpr work_graph full = simplified(view(tree_call_graph<F, E...>::graph));
  static constexpr auto graph = shrink<full>();
};

template <class F, class... E>
consteval refusal_text why_tree_refused() {
  if constexpr (nested_refusal<F, sizeof...(E)>.size != 0) return nested_refusal<F, sizeof...(E)>;
  else {
    refusal_text text;
    constexpr failure const& error = tree_call_graph<F, E...>::full.error;
    if (error.failed) {
      text.write(error.text.text);
      text.place = place_text(error.file, error.line);
    }
    return text;
  }
}
template <class F, class... E>
inline constexpr refusal_text tree_refusal = why_tree_refused<F, E...>();

/// The structure of trees that F of trees gives, or why there is none.
template <bool Refused, class F, class... E>
struct tree_call_types {
  static consteval auto find() {
    using holder = simplest_tree_call<F, E...>;
    using form = typename nested<F, sizeof...(E)>::template form_of<F>;
    auto const get = []<int K>(std::integral_constant<int, K>) { return reified_t<holder, K>{}; };
    return static_cast<decltype(results<form>::template build<0>(get))*>(nullptr);
  }
  using type = std::remove_pointer_t<decltype(find())>;
};
template <class F, class... E>
struct tree_call_types<true, F, E...> {
  using refused = typename engine::refused<tree_refusal<F, E...>>::type;
};
template <class F, class... E>
struct tree_call {};
template <class F, symbolic... E>
struct tree_call<F, E...> : tree_call_types<tree_refusal<F, E...>.size != 0, F, E...> {};

}  // namespace slope::engine
