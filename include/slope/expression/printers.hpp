// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "slope/expression/formula.hpp"
#include "slope/symbolic/lower.hpp"
#include "slope/symbolic/print_c.hpp"
#include "slope/symbolic/print_dot.hpp"
#include "slope/symbolic/print_latex.hpp"

/// Formulas as text for other languages. All texts are static: they can be kept, and compared in
/// constant expressions. What is longer than 16384 characters is cut there.
namespace slope {

namespace engine {

/// A text cut to its length.
template <auto const& Buffer>
inline constexpr auto kept_text = fixed_string<Buffer.size>::copy(Buffer.text);
template <auto const& Buffer>
constexpr std::string_view text_view() {
  return {kept_text<Buffer>.text, Buffer.size};
}

template <class E>
struct lowered_tree {
  static constexpr work_graph full = lowered(view(simplest<E>::graph));
  static constexpr auto graph = shrink<full>();
};
/// The graph that is printed: as written, or in primitives where there is no name for a part.
template <class E>
constexpr program_text numpy_text() {
  if constexpr (has_unprintable_macros(view(written<E>::graph)))
    return numpy_source(view(lowered_tree<E>::graph), lowered_tree<E>::graph.roots[0]);
  else return numpy_source(view(written<E>::graph), written<E>::graph.roots[0]);
}

template <class E>
inline constexpr program_text numpy_of = numpy_text<E>();
template <class E>
inline constexpr program_text latex_of =
    latex_source(view(written<E>::graph), written<E>::graph.roots[0]);
template <class E>
inline constexpr program_text dot_of =
    dot_source(view(written<E>::graph), written<E>::graph.roots[0]);
template <class E>
inline constexpr program_text c_of = c_source(view(lowered_tree<E>::graph));

}  // namespace engine

/// The formula as LaTeX: `\frac{x}{2}`.
template <symbolic E>
constexpr std::string_view to_latex(E const&) {
  return engine::text_view<engine::latex_of<E>>();
}

/// The formula as a graph for Graphviz's `dot`; shared parts are one node.
template <symbolic E>
constexpr std::string_view to_dot(E const&) {
  return engine::text_view<engine::dot_of<E>>();
}

/// The formula as a NumPy expression of `np` and the names of its variables.
template <symbolic E>
constexpr std::string_view to_numpy(E const&) {
  return engine::text_view<engine::numpy_of<E>>();
}

/// The formula as a C99 function `void f(...)`: run-time sizes, variables in the order in which
/// they occur, then the place for the result; arrays in C order. It needs only <math.h>.
template <symbolic E>
constexpr std::string_view to_c(E const&) {
  return engine::text_view<engine::c_of<E>>();
}

}  // namespace slope
