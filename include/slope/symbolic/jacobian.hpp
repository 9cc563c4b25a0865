// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/batch.hpp"
#include "slope/symbolic/forward.hpp"
#include "slope/symbolic/reverse.hpp"

/// Jacobians: forward or reverse mode for a whole batch of directions, the rows of an identity
/// matrix. Memory and time are those of `batch` directional derivatives, in one program.
namespace slope::engine {

constexpr symbol leaf_symbol(builder& b, int index) {
  leaf const& l = b.graph.leaves[index];
  node n = blank(op_number<op::variable>());
  n.type = l.type;
  n.shape = l.shape;
  n.attribute = index;
  return {&b, b.insert(n)};
}

/// The number of elements; -1 where it is known at run time only.
constexpr std::int64_t size_of_shape(shape const& s) {
  return count_of(s, (std::int64_t{1} << s.rank) - 1);
}
constexpr shape joined(shape const& left, shape const& right) {
  shape to = left;
  for (int k = 0; k < right.rank && to.rank < max_rank; ++k)
    to.extents[to.rank++] = right.extents[k];
  return to;
}

/// All directions along one element of a shape: (size, s...).
constexpr symbol unit_directions(builder& b, shape const& s, dtype type) {
  int const n = static_cast<int>(size_of_shape(s));
  shape const to = joined({1, {n}}, s);
  symbol const unit = identity_symbol(b, n);
  return reshape_symbol(b, broadcast_symbol(b, unit, b[unit].shape, type), to);
}

/// How a Jacobian is made. Symmetric: by forward mode, of the gradient of a function, whose rows
/// are its columns wherever second derivatives are continuous.
enum class jacobian_mode : unsigned char { cheaper, forward, reverse, symmetric };

/// The numbers, no argument's, of a leaf that is a direction of an argument or of the result.
inline constexpr int along_argument = 1 << 20, along_result = along_argument + 1,
                     along_either = along_argument + 2;

/// The leaf that is a direction; the identity may come after it.
constexpr int seed_of(graph_view const& g) {
  int seed = g.leaf_count - 1;
  while (is_identity(g.leaves[seed])) --seed;
  return seed;
}

/// Copies `from` with its last leaf, a direction, replaced by all unit directions: each root is a
/// Jacobian then, the axes of the result before those of the argument.
constexpr work_graph seeded(graph_view const& from) {
  work_graph g;
  builder b(g, rewrite_all);
  int const seed = seed_of(from);
  bool const of_result = from.leaves[seed].ordinal == along_result;
  copy_leaves(b, from, seed);
  shape const along = from.shapes[from.leaves[seed].shape];
  if (size_of_shape(along) < 0) {
    builder::failure_text text;
    text.write("jacobian: run-time size: ");
    write_shape(text, b.describe(along));
    b.fail(text, {});
    return g;
  }
  substitute values[256]{};
  for (int i = 0; i < seed; ++i) values[i] = {leaf_symbol(b, i), false};
  for (int i = seed + 1; i < from.leaf_count; ++i)
    values[i] = {identity_symbol(b, -from.leaves[i].ordinal), false};
  dtype const type = from.leaves[seed].type;
  bool const single = has_one_element(along);
  if (single)
    values[seed] = {broadcast_symbol(b, constant_symbol(b, rational(1)), b.intern(along), type),
                    false};
  else values[seed] = {unit_directions(b, along, type), true};
  batch_copy const copy(b, from, values, single ? 1 : static_cast<int>(size_of_shape(along)));
  for (int r = 0; r < from.root_count; ++r) {
    symbol rows = single ? copy[from.roots[r]] : copy.batched_root(r);
    shape const one = from.shape_of(from.roots[r]);
    if (one.rank + along.rank > max_rank) b.fail("jacobian: more than 8 axes", {});
    if (from.leaves[seed].ordinal == along_argument && !single) {
      std::int64_t last = 0;  // axis 0 goes to the end
      for (int k = 0; k < one.rank; ++k) last |= std::int64_t{k + 1} << 4 * k;
      rows = permute_symbol(b, rows, last);
    }
    shape const to = of_result ? joined(along, one) : joined(one, along);
    g.roots[r] = reshape_symbol(b, rows, to).index();
  }
  g.root_count = from.root_count;
  return g;
}

/// sum(u y) for root 0, y, and a new leaf u of its shape, numbered `ordinal`: its gradients are the
/// products of u with the Jacobians.
constexpr work_graph weighted(graph_view const& from, int ordinal,
                              copying how = copying::simplifying) {
  work_graph g;
  builder b(g, rewrite_all);
  int map[16384]{};
  copy_graph(b, from, map, from.roots, 1, how);
  symbol const y(&b, map[from.roots[0]]);
  g.leaves[g.leaf_count] = {no_name, ordinal, b[y].type, b[y].shape};
  symbol const u = leaf_symbol(b, g.leaf_count++);
  g.roots[g.root_count++] = sum(y * u).index();
  return g;
}

/// Is a mode forward mode for this leaf? The cheaper one is, where the leaf has fewer elements than
/// root 0; for as many, reverse mode has its results in order. A size that is known at run time only
/// decides for the other side.
constexpr bool is_forward(jacobian_mode mode, graph_view const& g, int leaf) {
  if (mode != jacobian_mode::cheaper) return mode != jacobian_mode::reverse;
  std::int64_t const in = size_of_shape(g.shapes[g.leaves[leaf].shape]);
  std::int64_t const out = size_of_shape(g.shape_of(g.roots[0]));
  return g.root_count != 1 || (in >= 0 && (out < 0 || in < out));
}

/// The first half of a Jacobian: the derivative along one direction, the last leaf.
constexpr work_graph one_direction(graph_view const& from, int leaf, jacobian_mode mode,
                                   copying how = copying::simplifying) {
  if (is_forward(mode, from, leaf)) {
    int const along = mode == jacobian_mode::symmetric ? along_either : along_argument;
    return forward(from, &leaf, 1, along, false, how);
  }
  work_graph const scalar = weighted(from, along_result, how);
  return reverse(view(scalar), &leaf, 1, false, copying::as_it_is);
}

}  // namespace slope::engine
