// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/evaluate.hpp"

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

template <class F, class... A, std::size_t... I>
constexpr work_graph trace(std::index_sequence<I...>) {
  work_graph g;
  builder b(g);
  symbol const arguments[] = {argument_symbol<A>(b, static_cast<int>(I))...};
  g.roots[0] = in(b, F{}(arguments[I]...)).index();
  g.root_count = 1;
  return g;
}

/// The graph of F for arguments of these types, as it was written.
template <class F, class... A>
struct traced {
  static constexpr work_graph full = trace<F, A...>(std::index_sequence_for<A...>{});
  static constexpr auto graph = shrink<full>();
};

template <class F, class... A>
struct traced_value {
  static constexpr work_graph full = simplified(view(traced<F, A...>::graph));
  static constexpr auto graph = shrink<full>();
};

/// The gradients for arguments Wanted, then the value.
template <class F, class Wanted, class... A>
struct traced_gradient;
template <class F, std::size_t... Wanted, class... A>
struct traced_gradient<F, std::index_sequence<Wanted...>, A...> {
  static constexpr int leaves[] = {static_cast<int>(Wanted)...};
  static constexpr work_graph first = reverse(view(traced<F, A...>::graph), leaves,
                                              static_cast<int>(sizeof...(Wanted)), true);
  static constexpr auto first_graph = shrink<first>();
  static constexpr work_graph full = simplified(view(first_graph));
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

template <class Program, class... A, std::size_t... I>
constexpr void fill_arguments(cell* cells, std::index_sequence<I...>, A const&... arguments) {
  auto const fill_one = [&](int ordinal, auto const& data) {
    for (int i = 0; i < Program::graph.node_count; ++i) {
      engine::node const& n = Program::graph.nodes[i];
      if (n.op != op_number<op::variable>() || n.attribute != ordinal) continue;
      std::int64_t const first = Program::offsets.at[i];
      for (std::int64_t k = first; k < Program::offsets.at[i + 1]; ++k)
        cells[k] = element_at(data, k - first);
    }
  };
  (fill_one(static_cast<int>(I), arguments), ...);
}

/// Runs a program of a traced function; finish reads the results.
template <class Program, class Finish, class... A>
constexpr auto run_traced(Finish finish, A const&... arguments) {
  cell* const cells = new cell[static_cast<std::size_t>(Program::total) + 1]{};
  fill_arguments<Program>(cells, std::index_sequence_for<A...>{}, arguments...);
  interpret(view(Program::graph), cells, Program::offsets.at);
  auto result = finish(cells);
  delete[] cells;
  return result;
}

}  // namespace slope::engine
