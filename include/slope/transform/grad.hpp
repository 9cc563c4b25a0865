// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/transform/function.hpp"

namespace slope {

namespace engine {

/// The function itself.
struct value_rule : rule_defaults {
  static constexpr bool has_stages = true;
  template <class Holder>
  struct staged {
    static constexpr auto const& full = Holder::full;
    static constexpr auto const& graph = Holder::graph;
  };
  static constexpr work_graph derive(graph_view const& g, argument_info const*, std::size_t,
                                     copying how) {
    return simplified(g, how);
  }
};

/// Reverse mode has the value behind the gradients; here it comes first.
template <bool WithValue, class Graph>
constexpr Graph value_first(Graph g) {
  if (!WithValue) return g;
  int const last = g.root_count - 1, value = g.roots[last];
  for (int r = last; r > 0; --r) g.roots[r] = g.roots[r - 1];
  g.roots[0] = value;
  return g;
}

/// The leaves of these arguments.
template <class Holder, std::size_t... I>
struct argument_leaves {
  static constexpr int leaves[] = {
      leaf_of_ordinal(view(Holder::graph), static_cast<int>(I))...};
  static constexpr int count = static_cast<int>(sizeof...(I));
};

/// "gradient: not a scalar: (2)" or "gradient: of several results".
constexpr void refuse_axes(detail::text_buffer<160>& text, char const* name, graph_view const& g,
                           bool scalar) {
  if (text.size != 0) return;
  if (g.root_count != 1) {
    text.write(name);
    text.write(": of several results");
  } else if (scalar && g.shape_of(g.roots[0]).rank != 0) {
    text.write(name);
    text.write(": not a scalar: ");
    write_graph_shape(text, g, g.shape_of(g.roots[0]));
  }
}

/// Reverse mode for the arguments I, after the value or without it.
template <bool WithValue, std::size_t... I>
struct gradient_rule : rule_defaults {
  template <class Form, std::size_t Arity>
  using form = std::conditional_t<WithValue, std::pair<Form, several_t<sizeof...(I)>>,
                                  several_t<sizeof...(I)>>;
  static constexpr int argument_of_result(int r) {
    int const arguments[] = {-1, static_cast<int>(I)...};
    return arguments[WithValue ? r : r + 1];
  }
  static constexpr bool has_stages = true;
  template <class Holder>
  struct staged {
    static constexpr auto const& full =
        reversed<Holder, argument_leaves<Holder, I...>, WithValue>::full;
    static constexpr auto graph = value_first<WithValue>(shrink<full>());
  };
  static constexpr work_graph derive(graph_view const& g, argument_info const*, std::size_t,
                                     copying how) {
    int const leaves[] = {leaf_of_ordinal(g, static_cast<int>(I))...};
    return value_first<WithValue>(
        reverse(g, leaves, static_cast<int>(sizeof...(I)), WithValue, how));
  }
  static constexpr void refuse(detail::text_buffer<160>& text, graph_view const& g,
                               argument_info const*, std::size_t arity) {
    (refuse_argument(text, "gradient", I, arity), ...);
    refuse_axes(text, "gradient", g, true);
  }
};

/// Argument 0 unless told.
template <bool WithValue, std::size_t... I>
struct gradient_rule_of {
  using type = gradient_rule<WithValue, I...>;
};
template <bool WithValue>
struct gradient_rule_of<WithValue> {
  using type = gradient_rule<WithValue, 0>;
};

}  // namespace engine

/// The function f, a captureless callable, evaluated as one graph: `jit(f)(X, w)`. Its results, one
/// or a tuple, a pair or an array, come as f gives them.
template <class F>
constexpr engine::transformed<engine::value_rule, F> jit(F const&) {
  return {};
}

/// The gradients of the scalar function f for these arguments (JAX's numbers; argument 0 unless
/// told): `grad<1>(f)(X, w)`; several are a std::tuple.
template <std::size_t... Arguments, class F>
constexpr auto grad(F const&) {
  return engine::transformed<typename engine::gradient_rule_of<false, Arguments...>::type, F>{};
}

/// Value and gradients: `auto [v, dw] = value_and_grad<1>(f)(X, w)`, in one pass.
template <std::size_t... Arguments, class F>
constexpr auto value_and_grad(F const&) {
  return engine::transformed<typename engine::gradient_rule_of<true, Arguments...>::type, F>{};
}

}  // namespace slope
