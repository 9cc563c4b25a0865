// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/jacobian.hpp"
#include "slope/transform/trace.hpp"

/// Transformations: each is a rule that derives a graph from the graph of the function it is
/// applied to. A transformed function is a function again, so rules compose.
namespace slope::engine {

template <class Rule, class F, class... Sinks>
struct transformed;

/// An argument as a value: its element type and extents.
struct argument_info {
  dtype type;
  shape_info extents;
};

/// What a rule overrides where it differs. Arity is the number of arguments of the transformed
/// function; `derive(graph, arguments, arity)` is its graph. A rule with a `finish` of the same
/// kind has a second pass, an evaluation of its own.
struct rule_defaults {
  /// The structure of results, from that of the function.
  template <class Form, std::size_t Arity>
  using form = Form;
  /// How many arguments the function itself takes, and what each is.
  static constexpr std::size_t inner_arity(std::size_t arity) { return arity; }
  template <std::size_t K, class A>
  using inner_argument = A;
  static constexpr argument_info inner_info(std::size_t, argument_info const& a) { return a; }
  /// Writes why there is no result for so many arguments, or for these and this graph.
  static constexpr void refuse_arity(detail::text_buffer<160>&, std::size_t) {}
  static constexpr void refuse(detail::text_buffer<160>&, graph_view const&, argument_info const*,
                               std::size_t) {}
};

template <class Rule>
concept two_passes = requires(graph_view const& g, argument_info const* a) {
  Rule::finish(g, a, std::size_t{});
};

/// "(2,3)", run-time extents by name.
constexpr void write_graph_shape(detail::text_buffer<160>& text, graph_view const& g,
                                 shape const& s) {
  shape_info info;
  info.rank = s.rank;
  for (int k = 0; k < s.rank; ++k)
    info.extents[k] = s.extents[k] >= 0
                          ? extent{s.extents[k], no_name}
                          : extent{-1, g.sizes[size_index(s.extents[k])].name};
  write_shape(text, info);
}

/// "gradient: no argument 2, got 2".
constexpr void refuse_argument(detail::text_buffer<160>& text, char const* name, std::size_t wanted,
                               std::size_t arity) {
  if (wanted < arity || text.size != 0) return;
  text.write(name);
  text.write(": no argument ");
  text.write_integer(static_cast<std::int64_t>(wanted));
  text.write(", got ");
  text.write_integer(static_cast<std::int64_t>(arity));
}

/// "jvp: direction (3) for (2,2)" where an argument has not this shape.
constexpr void refuse_direction(detail::text_buffer<160>& text, char const* name,
                                graph_view const& g, shape const& wanted,
                                shape_info const& given) {
  bool fits = given.rank == wanted.rank;
  for (int k = 0; k < wanted.rank && fits; ++k)
    fits = given.extents[k].size < 0 || wanted.extents[k] < 0 ||
           given.extents[k].size == wanted.extents[k];
  if (fits || text.size != 0) return;
  text.write(name);
  text.write(": direction ");
  write_shape(text, given);
  text.write(" for ");
  write_graph_shape(text, g, wanted);
}

/// The graph of a function for arguments of types A: `graph`, `form` of its results, and the
/// `state` it is in: as written, or in simplest form but for nodes that nothing needs.
template <class F, class... A>
struct function_graph : traced<F, A...> {};

/// A function's graph in simplest form.
template <class Inner>
struct simplest_graph {
  static constexpr work_graph full = simplified(view(Inner::graph), Inner::state);
  static constexpr auto graph = shrink<full>();
};

template <class... A>
struct argument_infos {
  static constexpr argument_info at[] = {
      {dtype_of<typename argument<A>::value_type>, argument<A>::extents}..., {}};
};

/// The second pass of a rule, where it has one.
template <class Rule, class First, class... A>
struct finished {
  static constexpr auto cut = shrink<First::first>();
  static constexpr work_graph full =
      Rule::finish(view(cut), argument_infos<A...>::at, sizeof...(A));
  static constexpr auto graph = shrink<full>();
};
template <class Rule, class First, class... A>
  requires(!two_passes<Rule>)
struct finished<Rule, First, A...> {
  static constexpr auto const& full = First::first;
  static constexpr auto graph = shrink<full>();
};

/// The graph that Rule derives from that of Inner.
template <class Rule, class Inner, class... A>
struct derivation {
  static constexpr work_graph first =
      Rule::derive(view(simplest_graph<Inner>::graph), argument_infos<A...>::at, sizeof...(A),
                   copying::as_it_is);
};
/// A rule may have its own passes: `staged<Holder>` of a graph in simplest form.
template <class Rule, class Inner, class... A>
struct derived_graph : finished<Rule, derivation<Rule, Inner, A...>, A...> {};
template <class Rule, class Inner, class... A>
  requires requires { Rule::has_stages; }
struct derived_graph<Rule, Inner, A...> : Rule::template staged<simplest_graph<Inner>> {};

template <class Rule, class Inner, class... A>
struct derived : derived_graph<Rule, Inner, A...> {
  using form = typename Rule::template form<typename Inner::form, sizeof...(A)>;
  static constexpr copying state = copying::as_it_is;
};

template <class Rule, class F, class Indices, class... A>
struct inner_of;
template <class Rule, class F, std::size_t... K, class... A>
struct inner_of<Rule, F, std::index_sequence<K...>, A...> {
  template <template <class...> class Template>
  using apply = Template<
      F, typename Rule::template inner_argument<K, std::tuple_element_t<K, std::tuple<A...>>>...>;
};
/// The graph of the function below Rule.
template <class Rule, class F, class... A>
using inner_graph =
    typename inner_of<Rule, F, std::make_index_sequence<Rule::inner_arity(sizeof...(A))>,
                      A...>::template apply<function_graph>;

template <class Rule, class F, class... A>
struct function_graph<transformed<Rule, F>, A...>
    : derived<Rule, inner_graph<Rule, F, A...>, A...> {};

/// Why a function has no graph for arguments of types A, or nothing.
template <class F, class... A>
struct function_refusal_of {
  static constexpr refusal_text text = refusal<F, A...>;
};
template <class Rule, class F, class... A>
struct function_refusal_of<transformed<Rule, F>, A...> {
  static consteval refusal_text find() {
    refusal_text text;
    Rule::refuse_arity(text, sizeof...(A));
    if constexpr (refused_arity()) return text;
    else {
      using inner = typename inner_of<Rule, F,
                                      std::make_index_sequence<Rule::inner_arity(sizeof...(A))>,
                                      A...>::template apply<engine::function_refusal_of>;
      if constexpr (inner::text.size != 0) return inner::text;
      else return find_here<inner_graph<Rule, F, A...>>();
    }
  }
  static consteval bool refused_arity() {
    refusal_text text;
    Rule::refuse_arity(text, sizeof...(A));
    return text.size != 0;
  }
  template <class Inner>
  static consteval refusal_text refused_graph() {
    refusal_text text;
    Rule::refuse(text, view(Inner::graph), argument_infos<A...>::at, sizeof...(A));
    return text;
  }
  template <class Inner>
  static consteval refusal_text find_here() {
    refusal_text text = refused_graph<Inner>();
    if constexpr (refused_graph<Inner>().size == 0) {
      constexpr auto const& error = function_graph<transformed<Rule, F>, A...>::full.error;
      if (error.failed) text.write(error.text.text);
    }
    return text;
  }
  static constexpr refusal_text text = find();
};
template <class F, class... A>
inline constexpr refusal_text function_refusal = function_refusal_of<F, A...>::text;

}  // namespace slope::engine
