// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/transform/grad.hpp"

namespace slope {

namespace engine {

/// The leaves of arguments 0 to count - 1.
struct first_leaves {
  int at[256]{};
  constexpr first_leaves(graph_view const& g, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) at[k] = leaf_of_ordinal(g, static_cast<int>(k));
  }
};

/// The roots of `values`, then those of `rest`, whose leaves begin with the same ones.
constexpr work_graph together(graph_view const& values, graph_view const& rest) {
  work_graph g;
  builder b(g, rewrite_all);
  copy_leaves(b, rest, rest.leaf_count);
  substitute leaves[256]{};
  for (int i = 0; i < rest.leaf_count; ++i) leaves[i] = {leaf_symbol(b, i), false};
  for (graph_view const* part : {&values, &rest}) {
    batch_copy const copy(b, *part, leaves);
    for (int r = 0; r < part->root_count; ++r)
      g.roots[g.root_count++] = copy[part->roots[r]].index();
  }
  return g;
}

/// "jvp: odd number of arguments: 3".
constexpr void refuse_odd(detail::text_buffer<160>& text, char const* name, std::size_t arity) {
  if (arity % 2 == 0) return;
  text.write(name);
  text.write(": odd number of arguments: ");
  text.write_integer(static_cast<std::int64_t>(arity));
}

/// Forward mode: the arguments, then a direction for each of them.
struct jvp_rule : rule_defaults {
  template <class Form, std::size_t Arity>
  using form = std::pair<Form, Form>;
  static constexpr std::size_t inner_arity(std::size_t arity) { return arity / 2; }
  static constexpr void refuse_arity(detail::text_buffer<160>& text, std::size_t arity) {
    refuse_odd(text, "jvp", arity);
  }
  static constexpr void refuse(detail::text_buffer<160>& text, graph_view const& g,
                               argument_info const* given, std::size_t arity) {
    for (std::size_t k = 0; k < arity / 2; ++k) {
      leaf const& l = g.leaves[leaf_of_ordinal(g, static_cast<int>(k))];
      refuse_direction(text, "jvp", g, g.shapes[l.shape], given[arity / 2 + k].extents);
    }
  }
  static constexpr work_graph derive(graph_view const& g, argument_info const*, std::size_t arity,
                                     copying how) {
    int const count = static_cast<int>(arity / 2);
    return forward(g, first_leaves(g, arity / 2).at, count, count, true, how);
  }
};

/// Reverse mode with weights for the elements of the one result, the last argument.
struct vjp_rule : rule_defaults {
  template <class Form, std::size_t Arity>
  using form = std::pair<Form, several_t<Arity - 1>>;
  static constexpr std::size_t inner_arity(std::size_t arity) { return arity - 1; }
  static constexpr void refuse_arity(detail::text_buffer<160>& text, std::size_t arity) {
    if (arity < 2) text.write("vjp: no weights of the result");
  }
  static constexpr void refuse(detail::text_buffer<160>& text, graph_view const& g,
                               argument_info const* given, std::size_t arity) {
    refuse_axes(text, "vjp", g, false);
    if (g.root_count == 1)
      refuse_direction(text, "vjp", g, g.shape_of(g.roots[0]), given[arity - 1].extents);
  }
  static constexpr work_graph derive(graph_view const& g, argument_info const*, std::size_t arity,
                                     copying how) {
    int const count = static_cast<int>(arity - 1);
    work_graph const scalar = weighted(g, count, how);
    work_graph const weights = reverse(view(scalar), first_leaves(g, arity - 1).at, count, false,
                                       copying::as_it_is);
    return together(g, view(weights));
  }
};

/// The gradient along directions: of reverse mode, by forward mode.
struct hvp_rule : jvp_rule {
  template <class Form, std::size_t Arity>
  using form = several_t<Arity / 2>;
  static constexpr void refuse_arity(detail::text_buffer<160>& text, std::size_t arity) {
    refuse_odd(text, "hvp", arity);
  }
  static constexpr void refuse(detail::text_buffer<160>& text, graph_view const& g,
                               argument_info const* given, std::size_t arity) {
    refuse_axes(text, "hvp", g, true);
    jvp_rule::refuse(text, g, given, arity);
  }
  static constexpr work_graph derive(graph_view const& g, argument_info const*, std::size_t arity,
                                     copying how) {
    return reverse(g, first_leaves(g, arity / 2).at, static_cast<int>(arity / 2), false, how);
  }
  static constexpr work_graph finish(graph_view const& g, argument_info const*,
                                     std::size_t arity) {
    int const count = static_cast<int>(arity / 2);
    return forward(g, first_leaves(g, arity / 2).at, count, count, false, copying::as_it_is);
  }
};

}  // namespace engine

/// The value of f and its derivative along directions: `auto [y, t] = jvp(f)(x, v)`; arguments
/// first, then as many directions of their shapes. Forward mode, in one pass.
template <class F>
constexpr engine::transformed<engine::jvp_rule, F> jvp(F const&) {
  return {};
}

/// The value of f and, for each argument, the sum of its derivatives weighted by u, which has the
/// shape of f's one result: `auto [y, dx] = vjp(f)(x, u)`; a std::tuple for several arguments.
/// Reverse mode, in one pass.
template <class F>
constexpr engine::transformed<engine::vjp_rule, F> vjp(F const&) {
  return {};
}

/// The Hessian of the scalar function f times directions: `hvp(f)(x, v)`, without the Hessian.
template <class F>
constexpr engine::transformed<engine::hvp_rule, F> hvp(F const&) {
  return {};
}

}  // namespace slope
