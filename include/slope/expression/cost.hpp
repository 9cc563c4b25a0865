// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/evaluate.hpp"
#include "slope/plan/cost.hpp"

namespace slope {

namespace engine {

/// The cost of a program with run-time extents: a function of them, in the order in which its
/// variables have them.
template <class Program>
struct sized_costs {
  template <class... Sizes>
    requires(sizeof...(Sizes) == Program::graph.size_count)
  constexpr costs operator()(Sizes... sizes) const {
    int const at[] = {static_cast<int>(sizes)..., 0};
    costs c = costs_of<Program::plan.slot_count>(view(Program::graph), Program::plan,
                                                 Program::kernels, Program::schedule, at);
    c.workspace_bytes = static_cast<std::int64_t>(Program::workspace_bytes(at));
    return c;
  }
};

template <class Program>
consteval auto cost_of_program() {
  if constexpr (Program::graph.size_count == 0) return sized_costs<Program>{}();
  else return sized_costs<Program>{};
}

}  // namespace engine

/// What one evaluation of a formula does, as compile-time values:
/// `static_assert(cost(std::tuple{loss, dx}).passes == 1)`. With run-time extents it is a function of
/// them: `cost(e)(n)`.
template <symbolic E>
consteval auto cost(E const&) {
  return engine::cost_of_program<engine::program<E>>();
}
template <symbolic... E>
consteval auto cost(std::tuple<E...> const&) {
  return engine::cost_of_program<engine::program<E...>>();
}

}  // namespace slope
