// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/evaluate.hpp"
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

template <class F, std::size_t... I>
consteval bool takes(std::index_sequence<I...>) {
  return requires(F f) { f((static_cast<void>(I), symbol())...); };
}
/// The least number of symbols that F takes, or -1 when it takes none of 0 to 12.
template <class F, std::size_t Count = 0>
consteval int symbols_taken() {
  if constexpr (Count > 12) return -1;
  else if constexpr (takes<F>(std::make_index_sequence<Count>{})) return static_cast<int>(Count);
  else return symbols_taken<F, Count + 1>();
}

/// Does the compiler know what F does with these arguments? Tried first, as the error of a failed
/// trace is a hundred lines long.
template <class F, class... A>
concept constant_function = requires {
  typename std::integral_constant<
      bool, (static_cast<void>(trace<F, A...>(std::index_sequence_for<A...>{})), true)>;
};

/// What an error says: the fact, and the user's line where there is one.
struct refusal_text : detail::text_buffer<160> {
  detail::text_buffer<80> place{};
};

/// "model.cpp:10", without folders.
constexpr detail::text_buffer<80> place_text(char const* file, int line) {
  detail::text_buffer<80> text;
  if (line == 0) return text;
  for (char const* c = file; *c != 0; ++c)
    if (*c == '/' || *c == '\\') file = c + 1;
  text.write(file);
  text.write(":");
  text.write_integer(line);
  return text;
}

/// Why F cannot be traced with these arguments, or nothing.
template <class F, class... A>
consteval refusal_text why_refused() {
  refusal_text text;
  if constexpr (!std::is_empty_v<F> || !std::is_default_constructible_v<F>) {
    text.write("function: captures");
  } else if constexpr (!requires(F f, A const&... a) { f((static_cast<void>(a), symbol())...); }) {
    constexpr int taken = symbols_taken<F>();
    text.write("function: takes ");
    if constexpr (taken < 0) text.write("no symbols");
    else text.write_integer(taken);
    if constexpr (taken >= 0) text.write(taken == 1 ? " argument" : " arguments");
    text.write(", got ");
    text.write_integer(static_cast<std::int64_t>(sizeof...(A)));
  } else if constexpr (!result_form<symbols_of<F, A...>>) {
    text.write("function: its result is no symbol");
  } else if constexpr (!constant_function<F, A...>) {
    text.write("function: not a constant expression");
  } else if constexpr (traced<F, A...>::full.error.failed) {
    constexpr failure const& error = traced<F, A...>::full.error;
    text.write(error.text.text);
    text.place = place_text(error.file, error.line);
  }
  return text;
}
template <class F, class... A>
inline constexpr refusal_text refusal = why_refused<F, A...>();

/// ill_formed<"matmul: (2,3) x (4,5)", "model.cpp:10">.
template <refusal_text const& Text, bool Placed = Text.place.size != 0>
struct refused {
  using type = ill_formed<fixed_string<Text.size>::copy(Text.text)>;
};
template <refusal_text const& Text>
struct refused<Text, true> {
  using type = ill_formed<fixed_string<Text.size>::copy(Text.text),
                          fixed_string<Text.place.size>::copy(Text.place.text)>;
};

}  // namespace slope::engine
