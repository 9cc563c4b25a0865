// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/transform/grad.hpp"

namespace slope {

namespace engine {

/// A structure of results with X in the place of each symbol.
template <class Form, class X>
struct with_each {
  using type = X;
};
template <class... Forms, class X>
struct with_each<std::tuple<Forms...>, X> {
  using type = std::tuple<typename with_each<Forms, X>::type...>;
};
template <class A, class B, class X>
struct with_each<std::pair<A, B>, X> {
  using type = std::pair<typename with_each<A, X>::type, typename with_each<B, X>::type>;
};
template <class S, std::size_t N, class X>
struct with_each<std::array<S, N>, X> {
  using type = std::array<typename with_each<S, X>::type, N>;
};

/// Several graphs whose leaves are those of `from`, or identities, as one: root r of each before
/// root r + 1 of any.
constexpr work_graph interleaved(graph_view const& from, work_graph const* parts, int count) {
  work_graph g;
  builder b(g, rewrite_all);
  copy_leaves(b, from, from.leaf_count);
  g.root_count = parts[0].root_count * count;
  for (int p = 0; p < count; ++p) {
    graph_view const part = view(parts[p]);
    if (parts[p].error.failed) b.fail(parts[p].error.text, {});
    substitute values[256]{};
    for (int i = 0; i < part.leaf_count; ++i)
      values[i] = {i < from.leaf_count ? leaf_symbol(b, i)
                                       : identity_symbol(b, -part.leaves[i].ordinal),
                   false};
    batch_copy const copy(b, part, values);
    for (int r = 0; r < part.root_count; ++r) g.roots[r * count + p] = copy[part.roots[r]].index();
  }
  return g;
}

/// The Jacobians of each result for the arguments I.
template <jacobian_mode Mode, std::size_t... I>
struct jacobian_rule : rule_defaults {
  template <class Form, std::size_t Arity>
  using form = typename with_each<Form, several_t<sizeof...(I)>>::type;

  static constexpr void refuse(detail::text_buffer<160>& text, graph_view const& g,
                               argument_info const*, std::size_t arity) {
    (refuse_argument(text, "jacobian", I, arity), ...);
    if (text.size != 0) return;
    for (std::size_t const k : {I...}) {
      int const leaf = leaf_of_ordinal(g, static_cast<int>(k));
      bool const forward_mode = is_forward(Mode, g, leaf);
      if (!forward_mode) refuse_axes(text, "jacobian", g, false);
      shape const& s = forward_mode ? g.shapes[g.leaves[leaf].shape] : g.shape_of(g.roots[0]);
      if (size_of_shape(s) >= 0 || text.size != 0) continue;
      text.write("jacobian: run-time size: ");
      write_graph_shape(text, g, s);
    }
  }
  static constexpr work_graph derive(graph_view const& g, argument_info const*, std::size_t,
                                     copying how) {
    int const leaves[] = {leaf_of_ordinal(g, static_cast<int>(I))...};
    constexpr int count = static_cast<int>(sizeof...(I));
    if constexpr (count == 1) {
      return one_direction(g, leaves[0], Mode, how);
    } else {
      work_graph parts[count]{};
      for (int k = 0; k < count; ++k) {
        work_graph const one = one_direction(g, leaves[k], Mode, how);
        parts[k] = seeded(view(one));
      }
      return interleaved(g, parts, count);
    }
  }
  static constexpr work_graph finish(graph_view const& g, argument_info const*, std::size_t)
    requires(sizeof...(I) == 1)
  {
    return seeded(g);
  }
};

/// Argument 0 unless told.
template <jacobian_mode Mode, std::size_t... I>
struct jacobian_rule_of {
  using type = jacobian_rule<Mode, I...>;
};
template <jacobian_mode Mode>
struct jacobian_rule_of<Mode> {
  using type = jacobian_rule<Mode, 0>;
};
template <jacobian_mode Mode, std::size_t... I>
using jacobian_rule_t = typename jacobian_rule_of<Mode, I...>::type;

}  // namespace engine

/// All derivatives of f's results for an argument (JAX's numbers; argument 0 unless told): the axes
/// of the result, then those of the argument. Several arguments give a std::tuple. By forward mode
/// for all elements of the argument at once, or by reverse mode for all of the result, whichever
/// are fewer: time and memory are those of so many evaluations of f. Their number must be known at
/// compile time.
template <std::size_t... Arguments, class F>
constexpr auto jacobian(F const&) {
  return engine::transformed<
      engine::jacobian_rule_t<engine::jacobian_mode::cheaper, Arguments...>, F>{};
}

/// The same by forward mode: for few arguments and many results.
template <std::size_t... Arguments, class F>
constexpr auto jacfwd(F const&) {
  return engine::transformed<
      engine::jacobian_rule_t<engine::jacobian_mode::forward, Arguments...>, F>{};
}

/// The same by reverse mode: for many arguments and few results. f has one result.
template <std::size_t... Arguments, class F>
constexpr auto jacrev(F const&) {
  return engine::transformed<
      engine::jacobian_rule_t<engine::jacobian_mode::reverse, Arguments...>, F>{};
}

/// The second derivatives of the scalar function f: the axes of the argument twice. Several
/// arguments give a tuple of tuples, as the Jacobian of the gradient. Forward over reverse mode.
template <std::size_t... Arguments, class F>
constexpr auto hessian(F const& f) {
  constexpr auto mode = sizeof...(Arguments) > 1 ? engine::jacobian_mode::forward
                                                 : engine::jacobian_mode::symmetric;
  return engine::transformed<engine::jacobian_rule_t<mode, Arguments...>,
                             std::remove_const_t<decltype(grad<Arguments...>(f))>>{};
}

}  // namespace slope
