// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"

/// A graph inside another one: its leaves become values there, and each of them may be a whole
/// batch, along a new axis in front.
namespace slope::engine {

/// A value that stands for a leaf.
struct substitute {
  symbol value;
  bool batched;  ///< axis 0 of value is the batch
};

/// Copies a graph into a builder. Nodes that depend on a batched leaf are computed for the whole
/// batch, the others once.
class batch_copy {
 public:
  builder& b;
  graph_view from;
  substitute const* leaves;
  int batch;  ///< the extent of the batch as b knows it
  int map[16384]{};
  bool batched[16384]{};

  constexpr batch_copy(builder& to, graph_view const& source, substitute const* values,
                       int extent = 1)
      : b(to), from(source), leaves(values), batch(extent) {
    mark();
    for (int i = 0; i < from.node_count; ++i)
      if (map[i] == -2) copy(i);
  }

  constexpr symbol operator[](int i) const { return {&b, map[i]}; }
  /// Root r with the batch as axis 0, also where it does not depend on it.
  constexpr symbol batched_root(int r) const {
    int const i = from.roots[r];
    if (batched[i]) return (*this)[i];
    return broadcast_symbol(b, (*this)[i], b.intern(in_batch(shape_in(from.shape_of(i)))),
                            b[map[i]].type);
  }

 private:
  constexpr void mark() {
    for (int i = 0; i < from.node_count; ++i) map[i] = -1;
    for (int r = 0; r < from.root_count; ++r) map[from.roots[r]] = -2;
    for (int i = from.node_count - 1; i >= 0; --i) {
      if (map[i] != -2) continue;
      node const& n = from.nodes[i];
      if (n.expansion >= 0) {
        map[n.expansion] = -2;
        continue;
      }
      for (int a : n.args)
        if (a >= 0) map[a] = -2;
    }
  }
  /// A run-time extent is that of the value which stands for the leaf.
  constexpr int extent_in(int e) const {
    if (e >= 0) return e;
    runtime_size const& s = from.sizes[size_index(e)];
    substitute const& value = leaves[s.leaf];
    return b.shape_of(value.value).extents[s.axis + (value.batched ? 1 : 0)];
  }
  constexpr shape shape_in(shape s) const {
    for (int k = 0; k < s.rank; ++k) s.extents[k] = extent_in(s.extents[k]);
    return s;
  }
  constexpr shape in_batch(shape const& s, int rank = 0) const {
    shape to{};
    to.extents[to.rank++] = batch;
    for (int k = s.rank; k < rank; ++k) to.extents[to.rank++] = 1;
    for (int k = 0; k < s.rank; ++k) to.extents[to.rank++] = s.extents[k];
    return to;
  }
  /// Operand i with as many axes between the batch and its own as broadcasting to `rank` adds.
  constexpr int aligned(int i, int rank) const {
    if (!batched[i] || from.shape_of(i).rank >= rank) return map[i];
    return reshape_symbol(b, (*this)[i], in_batch(shape_in(from.shape_of(i)), rank)).index();
  }
  /// rows times matrix, where rows may be the identity.
  constexpr symbol times(symbol rows, symbol matrix) {
    int const source = b[rows].op == op_number<op::broadcast>() ? b[rows].args[0] : rows.index();
    node const& n = b[source];
    if (n.op == op_number<op::variable>() && is_identity(b.graph.leaves[n.attribute]) &&
        b[rows].type == b[matrix].type && n.shape == b[rows].shape)
      return matrix;
    return make<op::matmul>(0, rows, matrix);
  }
  /// A batch of columns times one matrix is one product: (A x_i) is row i of X transpose(A).
  constexpr bool product_with_one_matrix(node const& n, int i) {
    int const left = n.args[0], right = n.args[1];
    shape const& s = from.shape_of(left);
    shape const& t = from.shape_of(right);
    if (s.rank != 2 || t.rank != 2 || batched[left] == batched[right]) return false;
    shape const to = in_batch(shape_in(from.shape_of(i)));
    symbol product;
    if (batched[right] && t.extents[1] == 1) {
      shape const rows{2, {batch, extent_in(t.extents[0])}};
      product = times(reshape_symbol(b, (*this)[right], rows), transposed(b, (*this)[left]));
    } else if (batched[left] && s.extents[0] == 1) {
      shape const rows{2, {batch, extent_in(s.extents[1])}};
      product = times(reshape_symbol(b, (*this)[left], rows), (*this)[right]);
    } else {
      return false;
    }
    map[i] = reshape_symbol(b, product, to).index();
    return true;
  }

  constexpr void copy(int i) {
    node n = from.nodes[i];
    op_info const& info = info_of(n.op);
    if (n.expansion >= 0) {
      map[i] = map[n.expansion];
      batched[i] = batched[n.expansion];
      return;
    }
    if (n.op == op_number<op::constant>()) {
      map[i] = constant_symbol(b, from.constants[n.attribute].value()).index();
      return;
    }
    if (n.op == op_number<op::variable>()) {
      map[i] = in(b, leaves[n.attribute].value).index();
      batched[i] = leaves[n.attribute].batched;
      return;
    }
    if (n.op == op_number<op::size>()) {
      map[i] = size_symbol(b, extent_in(runtime_extent(static_cast<int>(n.attribute)))).index();
      return;
    }
    shape const own = shape_in(from.shapes[n.shape]);
    refer_to(b, from, n);
    for (int k = 0; k < info.arity; ++k) batched[i] = batched[i] || batched[n.args[k]];
    if (!batched[i]) {
      for (int& a : n.args)
        if (a >= 0) a = map[a];
      n.shape = b.intern(own);
      map[i] = add(b, n);
      return;
    }
    if (own.rank == max_rank) {
      b.fail("vmap: more than 8 axes", {});
      map[i] = map[n.args[0]];
      return;
    }
    if (info.kind == op_kind::product && product_with_one_matrix(n, i)) return;
    bool const aligns = info.kind == op_kind::elementwise || info.kind == op_kind::product ||
                        n.op == op_number<op::broadcast>();
    for (int k = 0; k < info.arity; ++k) {
      int const a = n.args[k];
      n.args[k] = aligns ? aligned(a, own.rank) : map[a];
      if (info.kind == op_kind::whole && !batched[a])
        n.args[k] = broadcast_symbol(b, (*this)[a],
                                     b.intern(in_batch(shape_in(from.shape_of(a)))), b[map[a]].type)
                        .index();
    }
    if (n.op == op_number<op::permute>()) {
      std::int64_t axes = 0;
      for (int k = 0; k < own.rank; ++k)
        axes |= ((n.attribute >> 4 * k & 15) + 1) << 4 * (k + 1);
      n.attribute = axes;
    } else if (info.axes != axes_rule::none) {
      n.attribute = (n.attribute & ~std::int64_t{255}) | (n.attribute & 255) << 1;
    } else if (info.kind == op_kind::whole) {
      // Its axes are counted from the end; operands without the batch are repeated.
    } else if (info.kind == op_kind::movement && n.op != op_number<op::reshape>() &&
               n.op != op_number<op::broadcast>()) {
      b.fail("vmap: an operation that has no rule for batches", {});
    }
    n.shape = b.intern(in_batch(own));
    map[i] = add(b, n);
  }
};

}  // namespace slope::engine
