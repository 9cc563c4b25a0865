// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tuple>

#include "slope/execute/interpret.hpp"
#include "slope/expression/formula.hpp"
#include "slope/tensor/tensor.hpp"

namespace slope {

namespace engine {

/// A simplified graph, and the layout of its evaluation.
template <class Simplest>
struct program_of {
  static constexpr auto const& graph = Simplest::graph;
  static constexpr std::int64_t total = total_cells(view(graph));
  struct offset_table {
    std::int64_t at[graph.node_count + 1];
  };
  static consteval offset_table make_offsets() {
    offset_table t{};
    for (int i = 0; i < graph.node_count; ++i)
      t.at[i + 1] = t.at[i] + element_count(view(graph).shape_of(i));
    return t;
  }
  static constexpr offset_table offsets = make_offsets();
};

template <class... E>
using program = program_of<simplest<E...>>;

template <class Program, int Root, class Indices>
struct result_shape;
template <class Program, int Root, std::size_t... K>
struct result_shape<Program, Root, std::index_sequence<K...>> {
  static constexpr int index = Program::graph.roots[Root];
  static constexpr shape s = Program::graph.shapes[Program::graph.nodes[index].shape];
  using value_type = element_t<Program::graph.nodes[index].type>;
  using type = tensor<value_type, s.extents[K]...>;
};
template <class Program, int Root>
using result_of = result_shape<
    Program, Root,
    std::make_index_sequence<static_cast<std::size_t>(
        Program::graph.shapes[Program::graph.nodes[Program::graph.roots[Root]].shape].rank)>>;

/// Element k of bound data, in C order.
template <class Data>
constexpr cell element_at(Data const& data, std::int64_t k) {
  using rows::put;
  if constexpr (number<Data>) return put(data);
  else if constexpr (Data::rank() == 0) return put(data.item());
  else {
    std::int64_t offset = 0;
    for (int axis = Data::rank() - 1; axis >= 0; --axis) {
      offset += k % data.extent(axis) * data.stride(axis);
      k /= data.extent(axis);
    }
    return put(data.data()[offset]);
  }
}

template <class Program, class Binding>
constexpr void fill(cell* cells, Binding const& b) {
  using variable_type = typename Binding::variable_type;
  for (int i = 0; i < Program::graph.node_count; ++i) {
    engine::node const& n = Program::graph.nodes[i];
    if (n.op != op_number<op::variable>()) continue;
    if (!detail::same_text(Program::graph.leaves[n.attribute].name, variable_type::name())) continue;
    std::int64_t const first = Program::offsets.at[i];
    for (std::int64_t k = first; k < Program::offsets.at[i + 1]; ++k)
      cells[k] = element_at(b.data, k - first);
  }
}

template <class Program, int Root>
constexpr auto read(cell const* cells) {
  using shaped = result_of<Program, Root>;
  using value_type = typename shaped::value_type;
  cell const* const from = cells + Program::offsets.at[shaped::index];
  if constexpr (shaped::s.rank == 0) {
    return rows::get<value_type>(from[0]);
  } else {
    typename shaped::type result;
    auto* to = result.data();
    for (std::int64_t k = 0; k < element_count(shaped::s); ++k)
      to[k] = rows::get<value_type>(from[k]);
    return result;
  }
}

/// Runs the program on bound data; finish takes the cells.
template <class Program, class Finish, class... Bindings>
constexpr auto run(Finish finish, Bindings const&... bindings) {
  cell* const cells = new cell[static_cast<std::size_t>(Program::total) + 1]{};
  (fill<Program>(cells, bindings), ...);
  interpret(view(Program::graph), cells, Program::offsets.at);
  auto result = finish(cells);
  delete[] cells;
  return result;
}

template <class Program, class V>
consteval bool uses() {
  for (int i = 0; i < Program::graph.leaf_count; ++i)
    if (detail::same_text(Program::graph.leaves[i].name, V::name())) return true;
  return false;
}

/// ill_formed<...> when a name is bound but unused, used but unbound, or bound twice; else void.
template <class Program, class... V>
consteval auto binding_error_text() {
  detail::text_buffer<160> text;
  char const* const names[] = {V::name()..., ""};
  bool const used[] = {uses<Program, V>()..., true};
  for (std::size_t i = 0; i < sizeof...(V); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (detail::same_text(names[i], names[k]) && text.size == 0) {
        text.write("evaluate: bound twice: ");
        text.write(names[i]);
      }
    }
    if (!used[i] && text.size == 0) {
      text.write("evaluate: bound but unused: ");
      text.write(names[i]);
    }
  }
  for (int i = 0; i < Program::graph.leaf_count && text.size == 0; ++i) {
    bool bound = false;
    for (std::size_t k = 0; k < sizeof...(V); ++k)
      bound = bound || detail::same_text(Program::graph.leaves[i].name, names[k]);
    if (!bound) {
      text.write("evaluate: unbound variable: ");
      text.write(Program::graph.leaves[i].name);
    }
  }
  return text;
}
template <class Program, class... V>
inline constexpr auto binding_error = binding_error_text<Program, V...>();

template <class Result, class Program, class... V>
consteval auto checked_result() {
  constexpr auto const& text = binding_error<Program, V...>;
  if constexpr (text.size != 0)
    return static_cast<ill_formed<fixed_string<text.size>::copy(text.text)>*>(nullptr);
  else return static_cast<Result*>(nullptr);
}
template <class Result, class Program, class... V>
using checked_result_t = std::remove_pointer_t<decltype(checked_result<Result, Program, V...>())>;

template <class Program, class Indices>
struct values;
template <class Program, int Root>
using value_at = std::conditional_t<result_of<Program, Root>::s.rank == 0,
                                    typename result_of<Program, Root>::value_type,
                                    typename result_of<Program, Root>::type>;
template <class Program, std::size_t... I>
struct values<Program, std::index_sequence<I...>> {
  using type = std::tuple<value_at<Program, static_cast<int>(I)>...>;
  static constexpr type read_all(cell const* cells) {
    return type{read<Program, static_cast<int>(I)>(cells)...};
  }
};

/// The type of an evaluation; clang substitutes return types before it looks at constraints, so
/// what is not a formula has none.
template <class E, class... V>
struct evaluation {};
template <symbolic E, class... V>
struct evaluation<E, V...> {
  using type = checked_result_t<value_at<program<E>, 0>, program<E>, V...>;
};

}  // namespace engine

/// The value of a formula for bound data: a number where it has rank 0, else a tensor. Each of its
/// variables is bound once: `evaluate(loss, x = data)`.
template <symbolic E, class... V, class... D>
constexpr auto evaluate(E const&, binding<V, D> const&... bindings)
    -> typename engine::evaluation<E, V...>::type {
  return engine::run<engine::program<E>>(
      [](engine::cell const* cells) { return engine::read<engine::program<E>, 0>(cells); },
      bindings...);
}

/// Several results of one program, whose common parts are computed once.
template <symbolic... E, class... V, class... D>
constexpr auto evaluate(std::tuple<E...> const&, binding<V, D> const&... bindings)
    -> engine::checked_result_t<
        typename engine::values<engine::program<E...>, std::index_sequence_for<E...>>::type,
        engine::program<E...>, V...> {
  using all = engine::values<engine::program<E...>, std::index_sequence_for<E...>>;
  return engine::run<engine::program<E...>>(
      [](engine::cell const* cells) { return all::read_all(cells); }, bindings...);
}

}  // namespace slope
