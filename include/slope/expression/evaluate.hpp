// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tuple>

#include "slope/expression/identity.hpp"
#include "slope/expression/into.hpp"

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

/// What follows the formula: bindings, and a workspace, which stands for no variable.
template <class>
struct bound {};
template <class V, class D>
struct bound<binding<V, D>> {
  using variable = V;
};
template <>
struct bound<workspace> {
  struct variable {
    static constexpr char const* name() { return no_name; }
  };
};
template <class A>
using bound_t = typename bound<std::remove_cvref_t<A>>::variable;

/// The last of the arguments that is a workspace, or none.
template <class... A>
constexpr workspace* workspace_among(A&... arguments) {
  workspace* found = nullptr;
  [[maybe_unused]] auto const look = [&found]<class X>(X& x) {
    if constexpr (std::same_as<X, workspace>) found = &x;
  };
  (look(arguments), ...);
  return found;
}

/// ill_formed<...> when a name is bound but unused, used but unbound, or bound twice; else void.
template <class Program, class... V>
consteval auto binding_error_text() {
  detail::text_buffer<160> text;
  char const* const names[] = {V::name()..., ""};
  bool const used[] = {uses<Program, V>()..., true};
  for (std::size_t i = 0; i < sizeof...(V); ++i) {
    if (names[i][0] == 0) continue;
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
    bool bound = is_identity(Program::graph.leaves[i]);
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

/// The data of a leaf: of binding Place, or what the library binds itself.
template <class Program, int Leaf, std::size_t Place, class Bindings>
[[gnu::always_inline]] constexpr auto const& leaf_data(Bindings const& all) {
  constexpr leaf const l = Program::graph.leaves[Leaf];
  if constexpr (is_identity(l)) return identity_data<-l.ordinal>;
  else return detail::piece_at<Place>(all).data;
}

/// f called with the data of the program's leaves, in their order; arguments are bindings and
/// perhaps a workspace.
template <class Program, class F, class... A>
[[gnu::always_inline]] constexpr auto in_leaf_order(F f, A const&... arguments) {
  return [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    [[maybe_unused]] detail::pieces<A const&...> const all{{arguments}...};
    return f(leaf_data<Program, I, binding_of<Program, I, bound_t<A>...>()>(all)...);
  }
  (std::make_integer_sequence<int, Program::graph.leaf_count>{});
}

/// The type of an evaluation; clang substitutes return types before it looks at constraints, so
/// what is not a formula, or no binding, has none.
template <class E, class... A>
struct evaluation {};
template <symbolic E, class... A>
  requires requires { typename std::tuple<bound_t<A>...>; }
struct evaluation<E, A...> {
  using program = engine::program<E>;
  using holder = simplest<E>;
  using type = checked_result_t<value_at<program, 0>, program, bound_t<A>...>;
  using none = checked_result_t<void, program, bound_t<A>...>;
  /// False where the result type is the error; the body is left empty then.
  static constexpr bool fits = std::is_void_v<none>;
};
template <symbolic... E, class... A>
  requires requires { typename std::tuple<bound_t<A>...>; }
struct evaluation<std::tuple<E...>, A...> {
  using program = engine::program<E...>;
  using holder = simplest<E...>;
  using type =
      checked_result_t<typename all_results<program, std::index_sequence_for<E...>>::type, program,
                       bound_t<A>...>;
  using none = checked_result_t<void, program, bound_t<A>...>;
  /// False where the result type is the error; the body is left empty then.
  static constexpr bool fits = std::is_void_v<none>;
};

/// A place for a result: a number or a tensor itself, a view by value, as it is written through.
template <class Out>
[[gnu::always_inline]] constexpr decltype(auto) place(Out& out) {
  if constexpr (number<Out> || is_tensor_v<Out>) return (out);
  else return tensor_view(out);
}
template <class... Out>
[[gnu::always_inline]] constexpr auto places(Out&... out) {
  return std::tuple<decltype(place(out))...>(place(out)...);
}
template <class Holder, class... Places, class... A>
[[gnu::always_inline]] constexpr void write_results(std::tuple<Places...> to, A&... arguments) {
  apply_inline(
      [&](auto&... sinks) __attribute__((always_inline)) {
        in_leaf_order<program_of<Holder>>(
            [&](auto const&... data) __attribute__((always_inline)) {
              evaluated_into<Holder>(std::tuple<decltype(sinks)...>(sinks...),
                                     workspace_among(arguments...), data...);
            },
            arguments...);
      },
      to);
}

}  // namespace engine

/// The value of a formula for bound data: a number where it has rank 0, else a tensor. Each of its
/// variables is bound once: `evaluate(loss, x = data)`. A workspace after the bindings holds
/// intermediate values.
template <symbolic E, class... A>
[[gnu::always_inline]] constexpr auto evaluate(E const&, A&&... arguments) ->
    typename engine::evaluation<E, A...>::type {
  if constexpr (engine::evaluation<E, A...>::fits) {
    return engine::in_leaf_order<engine::program<E>>(
        [&](auto const&... data) __attribute__((always_inline)) {
          return engine::evaluated<engine::simplest<E>>(engine::workspace_among(arguments...),
                                                        data...);
        },
        arguments...);
  }
}

/// Several results of one program, whose common parts are computed once.
template <symbolic... E, class... A>
[[gnu::always_inline]] constexpr auto evaluate(std::tuple<E...> const&, A&&... arguments) ->
    typename engine::evaluation<std::tuple<E...>, A...>::type {
  if constexpr (engine::evaluation<std::tuple<E...>, A...>::fits) {
    return engine::in_leaf_order<engine::program<E...>>(
        [&](auto const&... data) __attribute__((always_inline)) {
          return engine::evaluated_all<engine::simplest<E...>>(
              engine::workspace_among(arguments...), data...);
        },
        arguments...);
  }
}

/// The value of a formula written to `out`, a number, a tensor or a view of its shape and element
/// type: `evaluate_to(out, dx, x = data)`. Data may overlap `out`. shape_error: run-time extents
/// of `out` are others.
template <class Out, symbolic E, class... A>
[[gnu::always_inline]] constexpr auto evaluate_to(Out&& out, E const&, A&&... arguments) ->
    typename engine::evaluation<E, A...>::none {
  if constexpr (engine::evaluation<E, A...>::fits) {
    engine::write_results<engine::simplest<E>>(engine::places(out), arguments...);
  }
}

/// Several results in one pass: `evaluate_to(std::tie(l, g), std::tuple{loss, dx}, x = data)`.
template <class... Out, symbolic... E, class... A>
[[gnu::always_inline]] constexpr auto evaluate_to(std::tuple<Out...> const& out,
                                                  std::tuple<E...> const&, A&&... arguments) ->
    typename engine::evaluation<std::tuple<E...>, A...>::none {
  if constexpr (engine::evaluation<std::tuple<E...>, A...>::fits) {
    engine::apply_inline(
        [&](auto&... places) __attribute__((always_inline)) {
          engine::write_results<engine::simplest<E...>>(engine::places(places...), arguments...);
        },
        out);
  }
}

}  // namespace slope
