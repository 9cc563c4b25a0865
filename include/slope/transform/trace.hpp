// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/evaluate.hpp"
#include "slope/ops/assignment.hpp"
#include "slope/transform/results.hpp"

/// Tracing: a captureless function is run once with symbols, while the program compiles, and what
/// it does is a graph.
namespace slope::engine {

/// An argument as the trace sees it: element type and extents.
template <class A>
struct argument;
template <number T>
struct argument<T> {
  using value_type = std::conditional_t<element<T>, T, double>;
  static constexpr shape_info extents{};
};
template <class T, auto... Extents>
struct argument<tensor<T, Extents...>> {
  using value_type = T;
  static constexpr shape_info extents = shape_info_of<Extents...>();
};
template <class T, auto... Extents>
struct argument<tensor_view<T, Extents...>> {
  using value_type = std::remove_const_t<T>;
  static constexpr shape_info extents = shape_info_of<Extents...>();
};

template <class A>
constexpr symbol argument_symbol(builder& b, int ordinal) {
  engine::node n = blank(op_number<op::variable>());
  n.type = dtype_of<typename argument<A>::value_type>;
  n.attribute = b.intern_leaf("", ordinal, n.type, argument<A>::extents);
  n.shape = b.graph.leaves[n.attribute].shape;
  return {&b, b.insert(n)};
}

/// What F gives back when it is called with a symbol for each of A.
template <class F, class... A>
using symbols_of = std::remove_cvref_t<decltype(F{}((static_cast<void>(static_cast<A*>(nullptr)),
                                                     symbol())...))>;

template <class F, class... A, std::size_t... I>
constexpr work_graph trace(std::index_sequence<I...>) {
  work_graph g;
  builder b(g);
  symbol const arguments[] = {argument_symbol<A>(b, static_cast<int>(I))..., symbol()};
  results<symbols_of<F, A...>>::flatten(
      F{}(arguments[I]...), [&](symbol s) { g.roots[g.root_count++] = in(b, s).index(); });
  return g;
}

/// The graph of F for arguments of these types, as it was written, and the form of its results.
template <class F, class... A>
struct traced {
  using form = symbols_of<F, A...>;
  static constexpr copying state = copying::simplifying;
  static constexpr work_graph full = trace<F, A...>(std::index_sequence_for<A...>{});
  static constexpr auto graph = shrink<full>();
};

/// Why F cannot be traced with these arguments, or nothing.
template <class F, class... A>
consteval auto refusal_text() {
  detail::text_buffer<160> text;
  if constexpr (!std::is_empty_v<F> || !std::is_default_constructible_v<F>) {
    text.write("function: captures");
  } else if constexpr (!requires(F f, A const&... a) { f(((void)a, symbol())...); }) {
    text.write("function: cannot be called with ");
    text.write_integer(static_cast<std::int64_t>(sizeof...(A)));
    text.write(" symbols");
  } else if constexpr (traced<F, A...>::full.error.failed) {
    text = traced<F, A...>::full.error.text;
  }
  return text;
}
template <class F, class... A>
inline constexpr auto refusal = refusal_text<F, A...>();

}  // namespace slope::engine
