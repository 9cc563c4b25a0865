// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/execute/frame.hpp"
#include "slope/execute/interpret.hpp"
#include "slope/plan/axes.hpp"

/// A whole operation as a step of a program.
namespace slope::engine {

template <class Program, int Node>
struct whole_step {
  static constexpr auto const& graph = Program::graph;
  static constexpr node n = graph.nodes[Node];
  using op_type = op_at<n.op>;

  template <int I, class T>
  static elements<T> in_slot(int slot, frame const& f) {
    shape const s = sized(graph.shapes[graph.nodes[I].shape], f.sizes);
    return {static_cast<T*>(f.slots[slot]), s, element_count(s)};
  }
  template <int I>
  static auto operand(frame const& f) {
    constexpr int stored = resolve(plan_traits{view(graph)}, Program::plan, I).node;
    return in_slot<I, element_t<graph.nodes[I].type> const>(Program::plan.slot[stored], f);
  }
  static void run(frame const& f) {
    auto const to = in_slot<Node, element_t<n.type>>(Program::plan.slot[Node], f);
    [&]<int... K>(std::integer_sequence<int, K...>) {
      op_type::compute(context_of(view(graph), n), to, operand<n.args[K]>(f)...);
    }
    (std::make_integer_sequence<int, op_type::arity>{});
  }
};

}  // namespace slope::engine
