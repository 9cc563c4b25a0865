// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "slope/expression/formula.hpp"
#include "slope/symbolic/lower.hpp"
#include "slope/symbolic/print_c.hpp"
#include "slope/symbolic/print_dot.hpp"
#include "slope/symbolic/print_latex.hpp"
#include "slope/symbolic/print_numpy.hpp"

/// Formulas as text for other languages. All texts are static: they can be kept, and compared in
/// constant expressions. LaTeX and graphs longer than 16384 characters are cut there; programs are
/// refused, as are those with an operation that the language has no words for.
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
/// The text of a source, or why there is none: ill_formed<"to_c: no C for external">.
template <auto const& Text, fixed_string Name, fixed_string Language>
consteval auto why_not() {
  detail::text_buffer<80> why;
  why.write(Name.text);
  if (Text.missing[0] != 0) {
    why.write(": no ");
    why.write(Language.text);
    why.write(" for ");
    why.write(Text.missing);
  } else if (Text.size == 16384) {
    why.write(": over 16384 characters");
  } else {
    why.size = 0;
  }
  return why;
}
template <auto const& Text, fixed_string Name, fixed_string Language>
inline constexpr auto why_no_text = why_not<Text, Name, Language>();
template <auto const& Text, fixed_string Name, fixed_string Language,
          bool Refused = (why_no_text<Text, Name, Language>.size > 0)>
struct program_source {
  using type = std::string_view;
};
template <auto const& Text, fixed_string Name, fixed_string Language>
struct program_source<Text, Name, Language, true> {
  using type = ill_formed<detail::fixed_text<why_no_text<Text, Name, Language>>>;
};

template <class E>
inline constexpr exported_text numpy_of =
    numpy_source(view(written<E>::graph), written<E>::graph.roots[0]);
template <class E>
inline constexpr exported_text latex_of =
    latex_source(view(written<E>::graph), written<E>::graph.roots[0]);
template <class E>
inline constexpr program_text dot_of =
    dot_source(view(written<E>::graph), written<E>::graph.roots[0]);
template <class E>
inline constexpr exported_text c_of = c_source(view(lowered_tree<E>::graph));

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

/// The formula as an expression of `np` and the names of its variables, for Python after
/// `import numpy as np` and, where NumPy alone lacks a function (erf, lgamma), `import math`. Words
/// of Python get an underscore. ill_formed<"to_numpy: no NumPy for digamma"> where there is none.
template <symbolic E>
constexpr auto to_numpy(E const&) ->
    typename engine::program_source<engine::numpy_of<E>, "to_numpy", "NumPy">::type {
  return engine::text_view<engine::numpy_of<E>>();
}

/// The formula as a C99 function `void f(...)`: run-time sizes, variables in the order in which
/// they occur, then the place for the result; arrays in C order. It needs only <math.h>. Names that
/// mean something else there get an underscore. It checks neither indices nor that matrices are
/// regular. ill_formed<"to_c: no C for external"> where C has no words.
template <symbolic E>
constexpr auto to_c(E const&) ->
    typename engine::program_source<engine::c_of<E>, "to_c", "C">::type {
  return engine::text_view<engine::c_of<E>>();
}

}  // namespace slope
