// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/transform/function.hpp"

namespace slope {

/// For vmap: an argument that is the same for the whole batch.
inline constexpr int not_batched = -1000;

namespace engine {

/// Axis `axis` of A is gone: what a function of one element of a batch takes.
template <class A, int Axis>
struct without_axis {};
constexpr shape_info drop_axis(shape_info const& s, int axis) {
  shape_info to;
  if (axis < 0) axis += s.rank;
  for (int k = 0; k < s.rank; ++k)
    if (k != axis) to.extents[to.rank++] = s.extents[k];
  return to;
}
template <class A, int Axis>
struct argument<without_axis<A, Axis>> {
  using value_type = typename argument<A>::value_type;
  static constexpr shape_info extents = drop_axis(argument<A>::extents, Axis);
};

/// A function of one element of a batch, for the whole batch: axis Axes of each argument, one for
/// all or one each. Results have the batch as axis 0.
template <int... Axes>
struct vmap_rule : rule_defaults {
  static constexpr int axis_of(std::size_t k) {
    constexpr int axes[] = {Axes...};
    return axes[sizeof...(Axes) == 1 ? 0 : k];
  }
  template <std::size_t K, class A>
  using inner_argument =
      std::conditional_t<axis_of(K) == not_batched, A, without_axis<A, axis_of(K)>>;
  static constexpr argument_info inner_info(std::size_t k, argument_info const& a) {
    if (axis_of(k) == not_batched) return a;
    return {a.type, drop_axis(a.extents, axis_of(k))};
  }
  static constexpr void refuse_arity(detail::text_buffer<160>& text, std::size_t arity) {
    if (sizeof...(Axes) == 1 || sizeof...(Axes) == arity) return;
    text.write("vmap: axes of ");
    text.write_integer(static_cast<std::int64_t>(sizeof...(Axes)));
    text.write(" arguments, got ");
    text.write_integer(static_cast<std::int64_t>(arity));
  }
  static constexpr void refuse(detail::text_buffer<160>& text, graph_view const&,
                               argument_info const* given, std::size_t arity) {
    bool any = false;
    for (std::size_t k = 0; k < arity; ++k) {
      int const axis = axis_of(k), rank = given[k].extents.rank;
      any = any || axis != not_batched;
      if (axis == not_batched || (axis >= -rank && axis < rank) || text.size != 0) continue;
      text.write("vmap: axis ");
      text.write_integer(axis);
      text.write(" of ");
      write_shape(text, given[k].extents);
    }
    if (!any && text.size == 0) text.write("vmap: no argument is a batch");
  }
  static constexpr work_graph derive(graph_view const& from, argument_info const* given,
                                     std::size_t arity, copying) {
    work_graph g;
    builder b(g, rewrite_all);
    substitute values[256]{};
    int batch = 0;
    shape first{};
    for (std::size_t k = 0; k < arity; ++k) {
      int const index =
          b.intern_leaf(no_name, static_cast<int>(k), given[k].type, given[k].extents);
      symbol value = leaf_symbol(b, index);
      int axis = axis_of(k);
      bool const batched = axis != not_batched;
      if (batched) {
        shape const s = b.shape_of(value);
        if (axis < 0) axis += s.rank;
        std::int64_t to_front = axis;
        for (int from_axis = 0, to = 1; from_axis < s.rank; ++from_axis)
          if (from_axis != axis) to_front |= std::int64_t{from_axis} << 4 * to++;
        value = permute_symbol(b, value, to_front);
        int const extent = s.extents[axis];
        if (batch == 0) {
          batch = extent;
          first = s;
        } else if (!unify(b, blank(op_number<op::broadcast>()), batch, extent, first, s, batch)) {
          builder::failure_text text;
          text.write("vmap: batches of ");
          write_shape(text, b.describe(first));
          text.write(" and ");
          write_shape(text, b.describe(s));
          b.fail(text, {});
          return g;
        }
      }
      int const leaf = leaf_of_ordinal(from, static_cast<int>(k));
      values[leaf] = {value, batched};
    }
    for (int i = 0; i < from.leaf_count; ++i)
      if (is_identity(from.leaves[i]))
        values[i] = {identity_symbol(b, -from.leaves[i].ordinal), false};
    batch_copy const copy(b, from, values, batch);
    for (int r = 0; r < from.root_count; ++r) g.roots[r] = copy.batched_root(r).index();
    g.root_count = from.root_count;
    return g;
  }
};

}  // namespace engine

/// f for a whole batch: `vmap<0>(f)(X)` applies f to each X[i] and stacks the results along axis 0.
/// Axes are those of the arguments, one for all or one each; `vmap<0, not_batched>(f)(X, w)` takes
/// the same w for all. No loop: operations on one element become operations on the batch.
template <int... Axes, class F>
constexpr auto vmap(F const&) {
  static_assert(sizeof...(Axes) > 0, "slope: vmap<0>(f): which axis is the batch?");
  return engine::transformed<engine::vmap_rule<Axes...>, F>{};
}

}  // namespace slope
