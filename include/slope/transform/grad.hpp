// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/transform/trace.hpp"

namespace slope {

namespace engine {

/// Why F has no gradient for these arguments, or nothing.
template <class F, class... A>
consteval auto gradient_refusal_text() {
  auto text = refusal<F, A...>;
  if constexpr (refusal<F, A...>.size == 0) {
    constexpr auto const& g = traced<F, A...>::graph;
    constexpr int rank = g.shapes[g.nodes[g.roots[0]].shape].rank;
    if (rank != 0) text.write("gradient: not a scalar function");
  }
  return text;
}
template <class F, class... A>
inline constexpr auto gradient_refusal = gradient_refusal_text<F, A...>();

/// The result of a transformation, or ill_formed<...> with the reason.
template <bool Gradient, class Result, class F, class... A>
consteval auto traced_result() {
  constexpr auto text = [] {
    if constexpr (Gradient) return gradient_refusal<F, A...>;
    else return refusal<F, A...>;
  }();
  if constexpr (text.size != 0)
    return static_cast<ill_formed<fixed_string<text.size>::copy(text.text)>*>(nullptr);
  else return static_cast<typename Result::type*>(nullptr);
}

template <class F, class... A>
struct jit_type {
  using type = value_at<program_of<traced_value<F, A...>>, 0>;
};

template <class Wanted, bool WithValue, class F, class... A>
struct grad_type;
template <std::size_t... I, bool WithValue, class F, class... A>
struct grad_type<std::index_sequence<I...>, WithValue, F, A...> {
  using program = program_of<traced_gradient<F, std::index_sequence<I...>, A...>>;
  static constexpr int count = static_cast<int>(sizeof...(I));

  template <std::size_t... K>
  static constexpr auto gradients(cell const* cells, std::index_sequence<K...>) {
    if constexpr (count == 1) return read<program, 0>(cells);
    else return std::tuple(read<program, static_cast<int>(K)>(cells)...);
  }
  static constexpr auto finish(cell const* cells) {
    auto all = gradients(cells, std::make_index_sequence<sizeof...(I)>{});
    if constexpr (WithValue) return std::pair(read<program, count>(cells), all);
    else return all;
  }
  using type = decltype(finish(nullptr));
};

/// A function's value, ready to be called with data.
template <class F>
struct jitted {
  template <class... A>
  constexpr auto operator()(A const&... arguments) const
      -> std::remove_pointer_t<decltype(traced_result<false, jit_type<F, A...>, F, A...>())> {
    // Nothing in the body of an ill-formed call, so that its type is the only error.
    if constexpr (refusal<F, A...>.size == 0) {
      using program = program_of<traced_value<F, A...>>;
      return run_traced<program>([](cell const* cells) { return read<program, 0>(cells); },
                                 arguments...);
    }
  }
};

/// A function's gradients, ready to be called with data.
template <class Wanted, bool WithValue, class F>
struct differentiated {
  template <class... A>
  constexpr auto operator()(A const&... arguments) const -> std::remove_pointer_t<
      decltype(traced_result<true, grad_type<Wanted, WithValue, F, A...>, F, A...>())> {
    if constexpr (gradient_refusal<F, A...>.size == 0) {
      using g = grad_type<Wanted, WithValue, F, A...>;
      return run_traced<typename g::program>([](cell const* cells) { return g::finish(cells); },
                                             arguments...);
    }
  }
};

template <std::size_t... Arguments>
using wanted = std::conditional_t<sizeof...(Arguments) == 0, std::index_sequence<0>,
                                  std::index_sequence<Arguments...>>;

}  // namespace engine

/// The function f, a captureless callable, evaluated as one graph: `jit(f)(X, w)`.
template <class F>
constexpr engine::jitted<F> jit(F const&) {
  return {};
}

/// The gradients of the scalar function f for these arguments (JAX's numbers; argument 0 unless
/// told): `grad<1>(f)(X, w)`; several are a std::tuple.
template <std::size_t... Arguments, class F>
constexpr engine::differentiated<engine::wanted<Arguments...>, false, F> grad(F const&) {
  return {};
}

/// Value and gradients: `auto [v, dw] = value_and_grad<1>(f)(X, w)`.
template <std::size_t... Arguments, class F>
constexpr engine::differentiated<engine::wanted<Arguments...>, true, F> value_and_grad(F const&) {
  return {};
}

}  // namespace slope
