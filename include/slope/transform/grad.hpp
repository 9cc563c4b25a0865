// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/transform/function.hpp"

namespace slope {

namespace engine {

/// The function itself.
struct value_rule {
  template <class Inner, class... A>
  struct of {
    using form = typename Inner::form;
    static constexpr copying state = Inner::state;
    static constexpr auto const& graph = Inner::graph;
  };
  template <class Inner, class... A>
  static consteval auto refusal() {
    return detail::text_buffer<160>{};
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

/// Reverse mode for the arguments I, after the value or without it.
template <bool WithValue, std::size_t... I>
struct gradient_rule {
  template <class Inner, class... A>
  struct of {
    using gradients = several_t<sizeof...(I)>;
    using form = std::conditional_t<WithValue, std::pair<symbol, gradients>, gradients>;
    static constexpr copying state = copying::as_it_is;
    struct wanted {
      static constexpr int leaves[] = {static_cast<int>(I)...};
      static constexpr int count = static_cast<int>(sizeof...(I));
    };
    static constexpr auto const& full = reversed<simplest_graph<Inner>, wanted, WithValue>::full;
    static constexpr auto graph = value_first<WithValue>(shrink<full>());
  };
  template <class Inner, class... A>
  static consteval auto refusal() {
    detail::text_buffer<160> text;
    for (std::size_t const wanted : {I...}) {
      if (wanted < sizeof...(A)) continue;
      text.write("gradient: no argument ");
      text.write_integer(static_cast<std::int64_t>(wanted));
      text.write(", got ");
      text.write_integer(static_cast<std::int64_t>(sizeof...(A)));
      return text;
    }
    constexpr auto const& g = Inner::graph;
    constexpr shape s = g.shapes[g.nodes[g.roots[0]].shape];
    if constexpr (g.root_count != 1) {
      text.write("gradient: of several results");
    } else if constexpr (s.rank != 0) {
      text.write("gradient: not a scalar: ");
      work_graph sizes;
      for (int i = 0; i < g.size_count; ++i) sizes.sizes[i] = g.sizes[i];
      write_shape(text, builder(sizes).describe(s));
    }
    return text;
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
