// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "slope/expression/reify.hpp"
#include "slope/symbolic/equal.hpp"

namespace slope {

namespace engine {

/// The adjoint of root 0 of the written tree Y for the variable X, which Y need not contain.
template <class Y, class X>
struct gradient_of {
  static constexpr auto const& both = written<Y, X>::graph;
  static constexpr int index = static_cast<int>(both.nodes[both.roots[1]].attribute);
  static constexpr work_graph first = reverse(view(both), &index, 1);
  static constexpr auto first_graph = shrink<first>();
  static constexpr work_graph full = simplified(view(first_graph));
  static constexpr auto graph = shrink<full>();
};

/// -1 of what is no formula: clang looks at return types before constraints.
template <class Y>
inline constexpr int rank_of = -1;
template <class Y>
  requires is_symbolic_v<Y>
inline constexpr int rank_of<Y> =
    written<Y>::graph.shapes[written<Y>::graph.nodes[written<Y>::graph.roots[0]].shape].rank;

/// Both trees in one graph: equal formulas are one node.
template <class A, class B>
inline constexpr bool same_formula = equal_roots<written<A, B>>;

template <class E>
inline constexpr formula_text text_of =
    formula(view(written<E>::graph), written<E>::graph.roots[0]);

/// The tree of a swept graph, or why there is none.
template <class Swept, bool Failed = Swept::first.error.failed>
struct swept_tree {
  using type = reified_t<Swept>;
};
template <class Swept>
struct swept_tree<Swept, true> {
  static constexpr auto const& text = Swept::first.error.text;
  using type = ill_formed<fixed_string<text.size>::copy(text.text)>;
};

template <class Y, class X, bool Scalar = rank_of<Y> == 0>
struct gradient_result {};
template <symbolic Y, class X>
struct gradient_result<Y, X, true> {
  using type = typename swept_tree<gradient_of<Y, X>>::type;
};
template <class Y>
consteval auto not_scalar_text() {
  detail::text_buffer<160> text;
  text.write("gradient: not a scalar: ");
  auto const& g = written<Y>::graph;
  work_graph scratch;
  builder b(scratch);
  write_shape(text, b.describe(g.shapes[g.nodes[g.roots[0]].shape]));
  return text;
}
template <class Y>
inline constexpr auto not_scalar = not_scalar_text<Y>();
template <symbolic Y, class X>
struct gradient_result<Y, X, false> {
  using type = ill_formed<fixed_string<not_scalar<Y>.size>::copy(not_scalar<Y>.text)>;
};

}  // namespace engine

/// The formula in its simplest form, as a tree.
template <symbolic E>
constexpr auto simplify(E const&) {
  return engine::reified_t<engine::simplest<E>>{};
}

/// The derivative of the scalar y for every element of x, simplified: a tree shaped as x.
/// ill_formed<"gradient: not a scalar: (2,2)"> where y has axes.
template <symbolic Y, symbolic X>
  requires is_variable_v<X>
constexpr auto gradient(Y const&, X const&) -> typename engine::gradient_result<Y, X>::type {
  return {};
}

/// The same formula after simplification?
template <symbolic A, symbolic B>
constexpr bool operator==(A const&, B const&) {
  return engine::same_formula<A, B>;
}

/// The formula as slope's source; the text is static.
template <symbolic E>
constexpr std::string_view to_string(E const&) {
  return {engine::text_of<E>.text, engine::text_of<E>.size};
}

/// Streaming a formula prints its text.
template <class Stream, symbolic E>
Stream& operator<<(Stream& out, E const& e) {
  out << slope::to_string(e);
  return out;
}

}  // namespace slope
