// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/execute/frame.hpp"
#include "slope/execute/interpret.hpp"

/// A whole operation as a step of a program.
namespace slope::engine {

template <class Program, int Node>
struct whole_step {
  static constexpr auto const& graph = Program::graph;
  static constexpr node n = graph.nodes[Node];
  using op_type = op_at<n.op>;

  template <int I>
  static elements<element_t<graph.nodes[I].type> const> operand(frame const& f) {
    constexpr int stored = resolve(plan_traits{view(graph)}, Program::plan, I).node;
    return {static_cast<element_t<graph.nodes[I].type> const*>(f.slots[Program::plan.slot[stored]]),
            sized(graph.shapes[graph.nodes[I].shape], f.sizes)};
  }
  static void run(frame const& f) {
    elements<element_t<n.type>> const to{
        static_cast<element_t<n.type>*>(f.slots[Program::plan.slot[Node]]),
        sized(graph.shapes[n.shape], f.sizes)};
    [&]<int... K>(std::integer_sequence<int, K...>) {
      op_type::compute(context_of(view(graph), n), to, operand<n.args[K]>(f)...);
    }
    (std::make_integer_sequence<int, op_type::arity>{});
  }
};

}  // namespace slope::engine
