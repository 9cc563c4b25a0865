// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/save_products.hpp"

/// What depends on who else uses a product, which is known only of a finished graph: (A B) v is
/// A (B v) where nothing else needs A B, and sums of A B are taken from it where something does.
namespace slope::engine {

/// What is to be done to a graph; about its node i.
struct regrouping {
  bool dissolved[16384];  ///< a product whose uses are to be regrouped, so that it is not computed
  int product[16384];     ///< the product that node i is a sum of, -1 for none
  std::int64_t axes[16384];
  product_saving saving;
  bool any;
};

/// The product that i is or is the transpose of, -1 where it is none.
constexpr int product_at(graph_view const& g, int i) {
  if (int const x = transpose_of(g, i); x >= 0) i = x;
  return is_op(g, i, op_number<op::matmul>()) && g.nodes[i].type != dtype::boolean ? i : -1;
}

/// Is A (B C) cheaper than (A B) C for A (m,k), B (k,n), C (n,p)? k (m + n) p multiplications
/// against m n (k + p): 1/m + 1/n < 1/k + 1/p. A run-time extent may be anything from 4 on (where
/// it is less, the loss is small), but is equal to itself.
constexpr bool regrouping_pays(int m, int k, int n, int p) {
  int product[] = {m, n}, operands[] = {k, p};
  double difference = 0;
  for (int& e : product) {
    for (int& f : operands) {
      if (e >= 0 || e != f) continue;
      e = f = 0;
      break;
    }
    if (e != 0) difference -= e < 0 ? 0.25 : 1.0 / e;
  }
  for (int f : operands) difference += f > 0 ? 1.0 / f : f < 0 ? 1e-6 : 0;  // more than nothing
  return difference > 1e-9;
}

/// Marks the products that are used in cheaper groups only. One of two that stand within each other
/// is left for the next round.
template <class Graph>
constexpr void find_chains(Graph const& g, regrouping& r) {
  int total[16384]{};  // of the columns that a product is multiplied with; INT32_MIN: unknown
  bool other[16384]{};
  for (int i = 0; i < g.root_count; ++i)
    if (int const p = product_at(g, g.roots[i]); p >= 0) other[p] = true;
  for (int i = 0; i < g.node_count; ++i) {
    node const& n = g.nodes[i];
    for (int k = 0; k < max_arity; ++k) {
      int const p = n.args[k] < 0 || transpose_of(g, i) >= 0 ? -1 : product_at(g, n.args[k]);
      if (p < 0) continue;
      shape const& s = g.shape_of(p);
      int const rest = is_op(g, i, op_number<op::matmul>()) ? n.args[1 - k] : p;
      bool chain = product_at(g, rest) != p;
      for (int a : {i, rest, g.nodes[p].args[0], g.nodes[p].args[1]}) {
        shape const& t = g.shape_of(a);
        chain = chain && t.rank == s.rank;
        for (int axis = 0; axis < s.rank - 2 && chain; ++axis)
          chain = t.extents[axis] == s.extents[axis];
      }
      other[p] = other[p] || !chain;
      if (!chain) continue;
      shape const& t = g.shape_of(i);
      int const columns = t.extents[t.rank - 1 - k];
      total[p] = total[p] == 0                  ? columns
                 : total[p] > 0 && columns > 0 ? total[p] + columns
                                               : INT32_MIN;
    }
  }
  for (int i = g.node_count - 1; i >= 0; --i) {
    if (product_at(g, i) != i || other[i] || total[i] == 0) continue;
    shape const& s = g.shape_of(i);
    shape const& left = g.shape_of(g.nodes[i].args[0]);
    if (!regrouping_pays(s.extents[s.rank - 2], left.extents[s.rank - 1], s.extents[s.rank - 1],
                         total[i]))
      continue;
    r.dissolved[i] = r.any = true;
    for (int a : g.nodes[i].args) {
      int const p = a < 0 ? -1 : product_at(g, a);
      if (p >= 0) other[p] = true;
    }
  }
}

/// Is i the sum of z over its rows (k: 0) or columns (1), whatever axes of 1 it has?
template <class Graph>
constexpr bool is_fold_of(Graph const& g, int i, int z, int k, int const* uses) {
  auto const bare = [&](int x) {
    while (is_op(g, x, op_number<op::reshape>())) x = g.nodes[x].args[0];
    return x;
  };
  shape const& s = g.shape_of(z);
  if (s.extents[s.rank - 2 + k] == 1) return bare(i) == bare(z);
  for (; is_op(g, i, op_number<op::reshape>()); i = g.nodes[i].args[0])
    if (uses[i] > 1) return false;
  if (!is_op(g, i, op_number<op::sum>()) || uses[i] > 1) return false;
  int const source = g.nodes[i].args[0];
  std::int64_t const axis = g.nodes[i].attribute;
  return (source == z && axis == std::int64_t{1} << (s.rank - 2 + k)) ||
         (source == transpose_of(g, z) && axis == std::int64_t{1} << (s.rank - 1 - k));
}

/// Finds products of sums that are sums of a product which is computed anyway.
template <class Graph>
constexpr void find_folds(Graph const& g, regrouping& r) {
  int uses[16384]{}, products[16384]{}, count = 0;
  for (int i = 0; i < g.node_count; ++i) {
    for (int a : g.nodes[i].args)
      if (a >= 0) ++uses[a];
    if (product_at(g, i) == i && !r.dissolved[i]) products[count++] = i;
  }
  for (int i = 0; i < g.root_count; ++i) ++uses[g.roots[i]];
  for (int i = 0; i < g.node_count; ++i) {
    r.product[i] = -1;
    node const& n = g.nodes[i];
    bool const is_product = product_at(g, i) == i;
    int const x = is_op(g, i, op_number<op::sum>()) ? n.args[0] : -1;
    bool const is_dot = x >= 0 && is_op(g, x, op_number<op::multiply>()) && uses[x] == 1 &&
                        g.shape_of(x).rank == 1;
    if (!is_product && !is_dot) continue;
    int const left = g.nodes[is_dot ? x : i].args[0], right = g.nodes[is_dot ? x : i].args[1];
    for (int q = 0; q < count && products[q] < i && r.product[i] < 0; ++q) {
      int const p = products[q];
      if (g.nodes[p].type != n.type) continue;
      int const a = g.nodes[p].args[0], b = g.nodes[p].args[1];
      shape const& s = g.shape_of(p);
      int const m = s.extents[s.rank - 2], c = s.extents[s.rank - 1];
      int const k = g.shape_of(a).extents[g.shape_of(a).rank - 1];
      // Sums of a product that is far larger than its operands are cheaper from those.
      if (m > 0 && c > 0 && k > 0 &&
          std::int64_t{m} * c > std::int64_t{m} * k + std::int64_t{k} * c)
        continue;
      std::int64_t axes = 0;
      if (is_dot && s.rank == 2 &&
          ((is_fold_of(g, left, a, 0, uses) && is_fold_of(g, right, b, 1, uses)) ||
           (is_fold_of(g, right, a, 0, uses) && is_fold_of(g, left, b, 1, uses))))
        axes = 3;
      else if (is_product && m != 1 &&
               ((right == b && is_fold_of(g, left, a, 0, uses)) ||
                (left == transpose_of(g, b) && is_fold_of(g, right, a, 0, uses))))
        axes = std::int64_t{1} << (s.rank - 2);
      else if (is_product && c != 1 && left == a && is_fold_of(g, right, b, 1, uses))
        axes = std::int64_t{1} << (s.rank - 1);
      if (axes == 0) continue;
      r.product[i] = p;
      r.axes[i] = axes;
      r.any = true;
    }
  }
}

template <class Graph>
constexpr regrouping find_regrouping(Graph const& g) {
  regrouping r{};
  find_chains(g, r);
  find_folds(g, r);
  if (!r.any) r.saving = saving_finder<Graph>(g).run();
  r.any = r.any || r.saving.any();
  return r;
}
constexpr bool has_products(graph_view const& g) {
  for (int i = 0; i < g.node_count; ++i)
    if (is_op(g, i, op_number<op::matmul>())) return true;
  return false;
}
/// Is there something to regroup?
template <class Graph>
constexpr bool can_be_regrouped(Graph const& g) {
  return has_products(g) && find_regrouping(g).any;
}
/// The same of a held graph. Programs without products do not have the templates above compiled.
template <class Holder, bool HasProducts = has_products(view(Holder::graph))>
inline constexpr bool is_regrouped = false;
template <class Holder>
inline constexpr bool is_regrouped<Holder, true> = can_be_regrouped(view(Holder::graph));

/// Node i of `from`, a product with dissolved operand k, in the other group: A (B C) for (A B) C.
template <class Graph>
constexpr int in_other_group(builder& b, Graph const& from, int i, int k, int const* map) {
  int const operand = from.nodes[i].args[k], p = product_at(from, operand);
  symbol inner[] = {{&b, map[from.nodes[p].args[0]]}, {&b, map[from.nodes[p].args[1]]}};
  symbol const rest(&b, map[from.nodes[i].args[1 - k]]);
  if (operand != p) {  // (A B)^T is B^T A^T
    symbol const first = transposed(b, inner[0]);
    inner[0] = transposed(b, inner[1]);
    inner[1] = first;
  }
  return (k == 0 ? make<op::matmul>(0, inner[0], make<op::matmul>(0, inner[1], rest))
                 : make<op::matmul>(0, make<op::matmul>(0, rest, inner[0]), inner[1]))
      .index();
}

/// The graph with its products regrouped once; it is in primitives.
template <class Graph>
constexpr work_graph regrouped(Graph const& from) {
  work_graph g;
  regrouping const r = find_regrouping(from);
  builder b(g, rewrite_primitives);
  int map[16384]{};
  copy_leaves(b, from, from.leaf_count);
  copy_checks(b, from);
  auto const copy = [&](int i) {
    node n = from.nodes[i];
    if (n.op == op_number<op::constant>())
      return constant_symbol(b, from.constants[n.attribute].value()).index();
    for (int& a : n.args)
      if (a >= 0) a = map[a];
    n.shape = b.intern(from.shapes[n.shape]);
    refer_to(b, from, n);
    return b.insert(n);
  };
  auto const inferred = [&](int op, int left, int right, std::int64_t attribute) {
    node n = blank(op);
    n.args[0] = left, n.args[1] = right;
    n.attribute = attribute;
    infer(b, n);
    return b.insert(n);
  };
  product_saving const& saving = r.saving;
  for (int i = 0; i < from.node_count; ++i) {
    node n = from.nodes[i];
    int chain = -1;
    if (is_op(from, i, op_number<op::matmul>()))
      for (int k = 0; k < 2; ++k)
        if (int const p = product_at(from, n.args[k]); p >= 0 && r.dissolved[p]) chain = k;
    if (chain >= 0) {
      n.shape = b.intern(from.shapes[n.shape]);
      map[i] = fitted(b, n, in_other_group(b, from, i, chain, map));
    } else if (r.product[i] >= 0) {
      int const fold = inferred(op_number<op::sum>(), map[r.product[i]], -1, r.axes[i]);
      map[i] = reshape_symbol(b, {&b, fold}, from.shapes[n.shape]).index();
    } else if (i == saving.sum) {
      // What the product is of may come later: a transposed operand.
      for (int a : from.nodes[saving.product].args)
        if (a > i) map[a] = copy(a);
      symbol const x = symbol(&b, map[saving.other]) * symbol(&b, copy(saving.product));
      map[i] = inferred(op_number<op::sum>(), x.index(), -1, n.attribute);
    } else if (i == saving.transposed) {
      node const& product = from.nodes[n.args[0]];
      int operands[2];  // transposed by no rule: those might bring this form back
      for (int k = 0; k < 2; ++k) {
        int const x = product.args[k], t = transpose_of(from, x);
        operands[k] = t >= 0 ? map[t] : inferred(op_number<op::permute>(), map[x], -1, n.attribute);
      }
      map[i] = inferred(op_number<op::matmul>(), operands[1], operands[0], 0);
    } else if (int const product = scaled_product(from, saving, i); product >= 0) {
      map[i] = map[product];
    } else {
      map[i] = copy(i);
      if (i == saving.operand) {
        rational const factor = from.constants[from.nodes[saving.factor].attribute].value();
        map[i] = (constant_symbol(b, factor) * symbol(&b, map[i])).index();
      }
    }
  }
  for (int k = 0; k < from.root_count; ++k) g.roots[k] = map[from.roots[k]];
  g.root_count = from.root_count;
  drop_unused(g);
  return g;
}

/// A held graph regrouped until nothing is left to do; each round lowers the cost.
template <class Holder, bool Changes = is_regrouped<Holder>>
struct regrouped_holder {
  static constexpr auto const& graph = Holder::graph;
};
template <class Holder>
struct regrouped_round {
  static constexpr work_graph full = regrouped(view(Holder::graph));
  static constexpr auto graph = shrink<full>();
};
template <class Holder>
struct regrouped_holder<Holder, true> : regrouped_holder<regrouped_round<Holder>> {};

}  // namespace slope::engine
