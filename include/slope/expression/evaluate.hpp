// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tuple>

#include "slope/expression/formula.hpp"
#include "slope/expression/run.hpp"

namespace slope {

namespace engine {

template <class... E>
using program = program_of<simplest<E...>>;

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

/// The place among V of the variable that leaf Leaf names.
template <class Program, int Leaf, class... V>
consteval std::size_t binding_of() {
  char const* const names[] = {V::name()..., ""};
  std::size_t k = 0;
  while (k < sizeof...(V) && !detail::same_text(names[k], Program::graph.leaves[Leaf].name)) ++k;
  return k;
}

/// f called with the data of the program's leaves, in their order.
template <class Program, class... V, class F, class... D>
[[gnu::always_inline]] constexpr auto in_leaf_order(F f, binding<V, D> const&... bindings) {
  return [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    [[maybe_unused]] std::tuple<binding<V, D> const&...> const all(bindings...);
    return f(std::get<binding_of<Program, I, V...>()>(all).data...);
  }
  (std::make_integer_sequence<int, Program::graph.leaf_count>{});
}

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
[[gnu::always_inline]] constexpr auto evaluate(E const&, binding<V, D> const&... bindings)
    -> typename engine::evaluation<E, V...>::type {
  return engine::in_leaf_order<engine::program<E>>(
      [](auto const&... data) __attribute__((always_inline)) { return engine::evaluated<engine::simplest<E>>(nullptr, data...); },
      bindings...);
}

/// Several results of one program, whose common parts are computed once.
template <symbolic... E, class... V, class... D>
[[gnu::always_inline]] constexpr auto evaluate(std::tuple<E...> const&, binding<V, D> const&... bindings)
    -> engine::checked_result_t<
        typename engine::all_results<engine::program<E...>, std::index_sequence_for<E...>>::type,
        engine::program<E...>, V...> {
  return engine::in_leaf_order<engine::program<E...>>(
      [](auto const&... data) __attribute__((always_inline)) {
        return engine::evaluated_all<engine::simplest<E...>>(nullptr, data...);
      },
      bindings...);
}

}  // namespace slope
