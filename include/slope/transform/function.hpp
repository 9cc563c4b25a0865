// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/into.hpp"
#include "slope/transform/nested.hpp"

/// Transformed functions: a rule of transformation and the function it is applied to. They are
/// functions again, so that transformations compose: of data, of symbols inside another function,
/// and of variables.
namespace slope {

namespace engine {

/// The type of a result that is an exact constant, the derivative of 3 * x say: that of the
/// argument it belongs to, else what the floating arguments are.
constexpr dtype type_of_constant(graph_view const& g, int argument) {
  dtype type = dtype::weak_int;
  for (int k = 0; k < g.leaf_count; ++k) {
    leaf const& l = g.leaves[k];
    if (is_identity(l) || !is_floating(l.type)) continue;
    if (l.ordinal == argument) return l.type;
    if (type == dtype::weak_int || type < l.type) type = l.type;
  }
  return type;
}
/// Of the argument that result r belongs to; -1 where rules do not say.
template <class F>
inline constexpr auto argument_of_result = [](int) { return -1; };
template <class Rule, class F>
  requires requires { Rule::argument_of_result(0); }
inline constexpr auto argument_of_result<transformed<Rule, F>> =
    [](int r) { return Rule::argument_of_result(r); };

template <class F>
constexpr bool has_untyped_result(graph_view const& g) {
  for (int r = 0; r < g.root_count; ++r)
    if (is_op(g, g.roots[r], op_number<op::constant>()) &&
        !is_weak(type_of_constant(g, argument_of_result<F>(r))))
      return true;
  return false;
}
template <class F>
constexpr work_graph with_typed_results(graph_view const& from) {
  work_graph g = simplified(from, copying::as_it_is);
  builder b(g, rewrite_all);
  b.resume();
  for (int r = 0; r < g.root_count; ++r) {
    node n = b[g.roots[r]];
    n.type = type_of_constant(from, argument_of_result<F>(r));
    if (is_constant(b, g.roots[r]) && !is_weak(n.type)) g.roots[r] = fitted(b, n, g.roots[r]);
  }
  return g;
}

/// What is evaluated.
template <class F, class Simplest, bool Changes = has_untyped_result<F>(view(Simplest::graph))>
struct typed_function : Simplest {};
template <class F, class Simplest>
struct typed_function<F, Simplest, true> {
  static constexpr work_graph full = with_typed_results<F>(view(Simplest::graph));
  static constexpr auto graph = shrink<full>();
};
template <class F, class... A>
using simplest_function = typed_function<F, simplest_graph<function_graph<F, A...>>>;

template <class Program, int Leaf, class Arguments>
[[gnu::always_inline]] constexpr auto const& argument_data_of(Arguments const& all) {
  constexpr leaf const l = Program::graph.leaves[Leaf];
  if constexpr (is_identity(l)) return identity_data<-l.ordinal>;
  else return detail::piece_at<static_cast<std::size_t>(l.ordinal)>(all);
}
/// f called with the data of a program's leaves: arguments by number, and what the library binds.
template <class Program, class F, class... A>
[[gnu::always_inline]] constexpr decltype(auto) in_argument_order(F f, A const&... arguments) {
  return [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline))
      -> decltype(auto) {
    [[maybe_unused]] detail::pieces<A const&...> const all{{arguments}...};
    return f(argument_data_of<Program, I>(all)...);
  }
  (std::make_integer_sequence<int, Program::graph.leaf_count>{});
}

/// Data for an argument as the trace and the program take it.
template <class A>
[[gnu::always_inline]] constexpr decltype(auto) as_argument(A const& a) {
  if constexpr (number<A> || tensor_like<A>) return (a);
  else if constexpr (is_lazy_v<A>) return tensor(a);
  else return tensor_view(a);
}
/// Does T count as data for a function's argument?
template <class T>
concept argument_data =
    number<T> || tensor_like<T> || is_lazy_v<std::remove_cvref_t<T>> ||
    (operand_kind_v<std::remove_cvref_t<T>> == operand_kind::none && requires(T const& t) {
      tensor_view(t);
    });

/// clang looks at return types before it looks at constraints: what is no data has no type here.
template <class A>
struct argument_of {};
template <argument_data A>
struct argument_of<A> {
  using type = std::remove_cvref_t<decltype(as_argument(std::declval<A const&>()))>;
};
template <class A>
using argument_t = typename argument_of<A>::type;

/// Of a call: `type` is the structure of results, or `refused` is ill_formed<...> with the reason
/// why there is none. A refused call is an overload that is declared only: one error, and its first
/// line is the user's.
template <bool Refused, class F, class... A>
struct call_types {
  static consteval auto find() {
    using program = program_of<simplest_function<F, A...>>;
    using form = typename function_graph<F, A...>::form;
    auto const get = []<int K>(std::integral_constant<int, K>) { return value_at<program, K>{}; };
    return static_cast<decltype(results<form>::template build<0>(get))*>(nullptr);
  }
  using type = std::remove_pointer_t<decltype(find())>;
  using none = void;
  using either = type;
};
template <class F, class... A>
struct call_types<true, F, A...> {
  using refused = typename engine::refused<function_refusal<F, A...>>::type;
  using either = refused;
};
template <class F, class... A>
struct call_result : call_types<function_refusal<F, A...>.size != 0, F, A...> {};

/// A function under a rule of transformation. With Sinks the results go to the caller's memory.
template <class Rule, class F>
struct transformed<Rule, F> {
  /// Of data: evaluated, fused.
  template <argument_data... A>
    requires(sizeof...(A) > 0)
  [[gnu::always_inline]] constexpr auto operator()(A const&... arguments) const ->
      typename call_result<transformed, argument_t<A>...>::type {
    return run(nullptr, as_argument(arguments)...);
  }
  template <argument_data... A>
    requires(sizeof...(A) > 0)
  auto operator()(A const&...) const ->
      typename call_result<transformed, argument_t<A>...>::refused;
  /// Of symbols, inside another function: symbols.
  template <class... A>
    requires(common_kind<A...>() == operand_kind::symbol)
  constexpr auto operator()(A const&... arguments) const ->
      typename symbols_call<transformed, A...>::type {
    symbol const all[] = {symbol(arguments)...};
    return symbols_call<transformed, A...>::call(*owner_of(symbol(arguments)...), all);
  }
  template <class... A>
    requires(common_kind<A...>() == operand_kind::symbol)
  auto operator()(A const&...) const -> typename symbols_call<transformed, A...>::refused;
  /// Of formulas: formulas.
  template <symbolic... A>
    requires(sizeof...(A) > 0)
  constexpr auto operator()(A const&...) const -> typename tree_call<transformed, A...>::type {
    return {};
  }
  template <symbolic... A>
    requires(sizeof...(A) > 0)
  auto operator()(A const&...) const -> typename tree_call<transformed, A...>::refused;
  /// The results go into these numbers, tensors or views, in order.
  template <class... S>
  constexpr auto into(S&&... sinks) const {
    return transformed<Rule, F, S...>{{static_cast<S&&>(sinks)...}, nullptr};
  }
  /// Intermediate values use this workspace.
  constexpr auto with(workspace& memory) const {
    return [&memory]<class... A>(A const&... arguments) ->
        typename call_result<transformed, argument_t<A>...>::either {
      if constexpr (function_refusal<transformed, argument_t<A>...>.size == 0)
        return transformed::run(&memory, as_argument(arguments)...);
    };
  }

 private:
  template <class... A>
  [[gnu::always_inline]] static constexpr auto run(workspace* memory, A const&... arguments) {
    using holder = simplest_function<transformed, A...>;
    using form = typename function_graph<transformed, A...>::form;
    if constexpr (results<form>::count == 1) {
      auto only = in_argument_order<program_of<holder>>(
          [&](auto const&... data) __attribute__((always_inline)) {
            return evaluated<holder>(memory, data...);
          },
          arguments...);
      return results<form>::template build<0>(
          [&](auto) { return static_cast<decltype(only)&&>(only); });
    } else {
      auto all = in_argument_order<program_of<holder>>(
          [&](auto const&... data) __attribute__((always_inline)) {
            return evaluated_all<holder>(memory, data...);
          },
          arguments...);
      return results<form>::template build<0>([&]<int K>(std::integral_constant<int, K>) {
        return std::get<K>(static_cast<decltype(all)&&>(all));
      });
    }
  }
};

/// The same, with places for the results.
template <class Rule, class F, class... Sinks>
  requires(sizeof...(Sinks) > 0)
struct transformed<Rule, F, Sinks...> {
  std::tuple<Sinks...> sinks;
  workspace* memory;

  /// Intermediate values use this workspace.
  constexpr transformed with(workspace& used) && {
    return {static_cast<std::tuple<Sinks...>&&>(sinks), &used};
  }
  template <argument_data... A>
  [[gnu::always_inline]] constexpr auto operator()(A const&... arguments) && ->
      typename call_result<transformed<Rule, F>, argument_t<A>...>::none {
    using holder = simplest_function<transformed<Rule, F>, argument_t<A>...>;
    apply_inline(
        [&](auto&... places) __attribute__((always_inline)) {
          in_argument_order<program_of<holder>>(
              [&](auto const&... data) __attribute__((always_inline)) {
                evaluated_into<holder>(
                    std::tuple<std::remove_reference_t<decltype(places)>&...>(places...), memory,
                    data...);
              },
              as_argument(arguments)...);
        },
        sinks);
  }
  template <argument_data... A>
  auto operator()(A const&...) && ->
      typename call_result<transformed<Rule, F>, argument_t<A>...>::refused;
};

}  // namespace engine
}  // namespace slope
