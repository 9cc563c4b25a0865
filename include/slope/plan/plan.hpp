// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/ops/table.hpp"

/// Planning: which values a program stores, and which loops compute them.
///
/// Every node has a level, the number of loops that must have ended before it can be computed.
/// All element-wise nodes of one level and one shape are computed by one loop, whose epilogue holds
/// the reductions over that shape: value and all gradients are one pass over memory.
namespace slope::engine {

/// How the elements of a stored array are seen along the axes of a shape.
struct access_map {
  int node;              ///< whose storage is read
  int layout;            ///< the shape (an index) under which its elements are contiguous
  int axis[max_rank];    ///< the layout's axis for each axis, -1 where one element is repeated
};

/// A value that a loop writes to a slot.
struct planned_store {
  int node;
  int slot;
  int level;
};

/// One thing to do: a loop over a shape, or a product.
struct planned_step {
  int level;
  int shape;    ///< of the loop
  int product;  ///< the node of the product or whole operation, -1 for a loop
};

template <int Nodes, int Roots>
struct program_plan {
  int level[Nodes + 1]{};
  int slot[Nodes + 1]{};      ///< where a node's value is stored, -1 for those that are not
  bool uniform[Nodes + 1]{};  ///< one number, of sizes and constants alone: each loop has it
  bool copied[Nodes + 1]{};   ///< a view whose elements are brought into order
  planned_store stores[Nodes + Roots + 1]{};
  planned_step steps[2 * Nodes + Roots + 1]{};
  int slot_node[Nodes + Roots + 1]{};  ///< the node that gives slot s its type and shape
  int root_slot[Roots + 1]{};
  int store_count = 0, step_count = 0, slot_count = 0;
};

/// What planning asks about a node.
struct plan_traits {
  graph_view g;

  constexpr op_info const& info(int i) const { return info_of(g.nodes[i].op); }
  constexpr bool is_immediate(int i) const {
    return g.nodes[i].op == op_number<op::constant>() || g.nodes[i].op == op_number<op::size>();
  }
  constexpr bool is_variable(int i) const { return g.nodes[i].op == op_number<op::variable>(); }
  constexpr bool is_view(int i) const {
    return info(i).kind == op_kind::movement && !is_spread(i);
  }
  /// One value spread over a shape is computed as an element-wise operation is.
  constexpr bool is_spread(int i) const { return g.nodes[i].op == op_number<op::broadcast>(); }
  constexpr bool is_elementwise(int i) const {
    return info(i).kind == op_kind::elementwise || is_spread(i);
  }
  constexpr bool is_reduction(int i) const { return info(i).kind == op_kind::reduction; }
  constexpr bool is_product(int i) const { return info(i).kind == op_kind::product; }
  constexpr bool is_whole(int i) const { return info(i).kind == op_kind::whole; }
  /// Functions cost more than to store and load their value.
  constexpr bool is_costly(int i) const {
    return info(i).kind == op_kind::elementwise &&
           (info(i).result == type_rule::floating || g.nodes[i].op == op_number<op::power>());
  }
};

/// Are the extents other than 1 of two shapes the same?
constexpr bool same_but_ones(shape const& a, shape const& b) {
  int j = 0;
  for (int i = 0; i < a.rank; ++i) {
    if (a.extents[i] == 1) continue;
    while (j < b.rank && b.extents[j] == 1) ++j;
    if (j == b.rank || b.extents[j++] != a.extents[i]) return false;
  }
  while (j < b.rank && b.extents[j] == 1) ++j;
  return j == b.rank;
}

/// How node i, a stored value or a view of one, is read along its own axes.
template <class Plan>
constexpr access_map resolve(plan_traits const& t, Plan const& plan, int i, bool through = false) {
  shape const& s = t.g.shape_of(i);
  access_map m{i, t.g.nodes[i].shape, {}};
  for (int k = 0; k < max_rank; ++k) m.axis[k] = k < s.rank ? k : -1;
  if (!t.is_view(i) || (plan.copied[i] && !through)) return m;
  access_map const inner = resolve(t, plan, t.g.nodes[i].args[0]);
  shape const& from = t.g.shape_of(t.g.nodes[i].args[0]);
  if (t.g.nodes[i].op == op_number<op::permute>()) {
    m = inner;
    for (int k = 0; k < s.rank; ++k) m.axis[k] = inner.axis[t.g.nodes[i].attribute >> 4 * k & 15];
    return m;
  }
  if (same_but_ones(from, s)) {
    m = inner;
    int j = 0;
    for (int k = 0; k < s.rank; ++k) {
      m.axis[k] = -1;
      if (s.extents[k] == 1) continue;
      while (from.extents[j] == 1) ++j;
      m.axis[k] = inner.axis[j++];
    }
    return m;
  }
  m.node = inner.node;  // other extents over the same contiguous elements
  return m;
}

/// Are the elements of view i, in order, the stored ones in their order?
template <class Plan>
constexpr bool in_order(plan_traits const& t, Plan const& plan, int i) {
  access_map const m = resolve(t, plan, i);
  shape const& s = t.g.shape_of(i);
  shape const& layout = t.g.shapes[m.layout];
  int last = -1;
  for (int k = 0; k < s.rank; ++k) {
    if (s.extents[k] == 1) continue;
    if (m.axis[k] <= last) return false;
    for (int a = last + 1; a < m.axis[k]; ++a)
      if (layout.extents[a] != 1) return false;
    last = m.axis[k];
  }
  return true;
}

/// The level from which on node a can be read by a loop over the shape `domain`.
template <class Plan>
constexpr int ready(plan_traits const& t, Plan const& plan, int a, int domain) {
  if (t.is_immediate(a) || t.is_variable(a) || plan.uniform[a]) return 0;
  if (t.is_elementwise(a)) return plan.level[a] + (t.g.nodes[a].shape == domain ? 0 : 1);
  if (t.is_view(a)) return plan.level[a] + (plan.copied[a] ? 1 : 0);
  return plan.level[a] + 1;
}

/// The level of the first loop that computes node i: that of those that read it, where it is not stored.
template <class Plan>
constexpr int first_computed(plan_traits const& t, Plan const& plan, int i, int depth = 0) {
  if (depth == 3 || !t.is_elementwise(i) || plan.slot[i] >= 0) return plan.level[i];
  int first = t.g.node_count;
  for (int r = i + 1; r < t.g.node_count; ++r)
    for (int a : t.g.nodes[r].args) {
      if (a != i) continue;
      int const at = first_computed(t, plan, r, depth + 1);
      if (at < first) first = at;
    }
  return first;
}
/// The last level at which node i may be computed, for those that read it, through views too.
template <class Plan>
constexpr int latest_level(plan_traits const& t, Plan const& plan, int i) {
  int latest = t.g.node_count;
  for (int s = 0; s < plan.store_count; ++s) {  // results that are copies of it, or of views
    int const at = plan.stores[s].level;
    if (plan.stores[s].node == i && (t.is_view(i) || at > plan.level[i]) && at - 1 < latest)
      latest = at - 1;
  }
  for (int r = i + 1; r < t.g.node_count; ++r)
    for (int a : t.g.nodes[r].args) {
      if (a != i) continue;
      int const at = t.is_view(r) && !plan.copied[r] ? latest_level(t, plan, r)
                                                     : first_computed(t, plan, r) - 1;
      if (at < latest) latest = at;
    }
  return latest;
}
/// Are functions computed on the way to node i, within loops over its shape?
template <class Plan>
constexpr bool takes_functions(plan_traits const& t, Plan const& plan, int i) {
  if (!t.is_elementwise(i)) return false;
  if (t.is_costly(i)) return true;
  for (int a : t.g.nodes[i].args)
    if (a >= 0 && t.g.nodes[a].shape == t.g.nodes[i].shape && plan.slot[a] < 0 &&
        takes_functions(t, plan, a))
      return true;
  return false;
}

/// A loop whose results are not wanted before a later loop over the same shape is a part of that: it
/// would read the same operands. (Not where it computes functions, which the later one may need not.)
template <class Plan>
constexpr void postpone_loops(plan_traits const& t, Plan& plan) {
  graph_view const& g = t.g;
  auto const in_loop = [&](int i, int level, int domain) {
    return t.is_reduction(i) && plan.level[i] == level && g.nodes[g.nodes[i].args[0]].shape == domain;
  };
  auto const has_loop = [&](int level, int domain) {
    for (int s = 0; s < plan.store_count; ++s)
      if (plan.stores[s].level == level && g.nodes[plan.stores[s].node].shape == domain) return true;
    for (int i = 0; i < g.node_count; ++i)
      if (in_loop(i, level, domain)) return true;
    return false;
  };
  int deepest = 0;
  for (int i = 0; i < g.node_count; ++i)
    if (plan.level[i] > deepest) deepest = plan.level[i];
  for (int level = deepest - 1; level >= 0; --level)
    for (int domain = 0; domain < g.shape_count; ++domain) {
      if (!has_loop(level, domain)) continue;
      int latest = deepest;
      auto const limit = [&](int node, int computed) {
        int const at = latest_level(t, plan, node);
        if (at < latest) latest = at;
        if (takes_functions(t, plan, computed)) latest = level;
      };
      for (int s = 0; s < plan.store_count; ++s) {
        int const node = plan.stores[s].node;
        if (plan.stores[s].level != level || g.nodes[node].shape != domain) continue;
        if (t.is_elementwise(node)) limit(node, node);
        else latest = level;
      }
      for (int i = 0; i < g.node_count; ++i)
        if (in_loop(i, level, domain)) limit(i, g.nodes[i].args[0]);
      int to = level + 1;
      while (to <= latest && !has_loop(to, domain)) ++to;
      if (to > latest) continue;
      for (int s = 0; s < plan.store_count; ++s)
        if (plan.stores[s].level == level && g.nodes[plan.stores[s].node].shape == domain)
          plan.stores[s].level = plan.level[plan.stores[s].node] = to;
      for (int i = 0; i < g.node_count; ++i)
        if (in_loop(i, level, domain)) plan.level[i] = to;
    }
}

/// A reduction that is not wanted before a later loop over the same shape, which has all that it needs
/// at hand, is a part of that: the first loop need not read it.
template <int Nodes, class Plan>
constexpr void postpone_reductions(plan_traits const& t, Plan& plan) {
  graph_view const& g = t.g;
  auto const folds = [&](int i, int domain) {
    return t.is_reduction(i) && g.nodes[g.nodes[i].args[0]].shape == domain;
  };
  auto const here = [&](int i, int domain, int level) {
    return t.is_elementwise(i) && g.nodes[i].shape == domain &&
           (plan.slot[i] < 0 || plan.level[i] == level);
  };
  for (int first = 0; first < g.node_count; ++first) {
    if (!t.is_reduction(first)) continue;
    int const domain = g.nodes[g.nodes[first].args[0]].shape, level = plan.level[first];
    int to = g.node_count;  // the next loop over the shape
    for (int i = 0; i < g.node_count; ++i)
      if (plan.level[i] > level && plan.level[i] < to && folds(i, domain)) to = plan.level[i];
    for (int s = 0; s < plan.store_count; ++s) {
      int const at = plan.stores[s].level;
      if (at > level && at < to && g.nodes[plan.stores[s].node].shape == domain) to = at;
    }
    if (to < g.node_count && to <= latest_level(t, plan, first)) {
      // What that loop reads and computes, and what follows from it without functions.
      bool at_hand[Nodes + 1]{};
      for (int i = 0; i < g.node_count; ++i)
        if (folds(i, domain) && plan.level[i] == to) at_hand[g.nodes[i].args[0]] = true;
      for (int s = 0; s < plan.store_count; ++s)
        if (plan.stores[s].level == to && g.nodes[plan.stores[s].node].shape == domain)
          at_hand[plan.stores[s].node] = true;
      for (int i = g.node_count - 1; i >= 0; --i)
        if (at_hand[i] && here(i, domain, to))
          for (int a : g.nodes[i].args)
            if (a >= 0) at_hand[a] = true;
      for (int i = 0; i < g.node_count; ++i) {
        if (t.is_immediate(i) || plan.uniform[i]) at_hand[i] = true;
        if (at_hand[i] || t.is_costly(i) || !here(i, domain, -1)) continue;
        at_hand[i] = true;
        for (int a : g.nodes[i].args)
          if (a >= 0 && !at_hand[a]) at_hand[i] = false;
      }
      if (at_hand[g.nodes[first].args[0]]) plan.level[first] = to;
    }
  }
}

template <int Nodes, int Roots>
constexpr program_plan<Nodes, Roots> make_plan(graph_view const& g) {
  program_plan<Nodes, Roots> plan;
  plan_traits const t{g};
  bool stored[Nodes + 1]{};
  // A view whose elements get other extents must have them in order.
  for (int i = 0; i < g.node_count; ++i) {
    int const a = g.nodes[i].args[0];
    if (g.nodes[i].op == op_number<op::reshape>() && t.is_view(a) &&
        !same_but_ones(g.shape_of(a), g.shape_of(i)) && !in_order(t, plan, a))
      plan.copied[a] = true;
    if (!t.is_whole(i)) continue;
    for (int k : g.nodes[i].args)  // whole operands are in order too
      if (k >= 0 && t.is_view(k) && !in_order(t, plan, k)) plan.copied[k] = true;
  }
  // Levels, and what must be stored because somebody reads it in another shape.
  for (int i = 0; i < g.node_count; ++i) {
    node const& n = g.nodes[i];
    plan.slot[i] = -1;
    int level = 0;
    bool const elementwise = t.is_elementwise(i);
    plan.uniform[i] = elementwise && g.shape_of(i).rank == 0;
    for (int a : n.args)
      if (a >= 0 && !t.is_immediate(a) && !plan.uniform[a]) plan.uniform[i] = false;
    for (int a : n.args) {
      if (a < 0) continue;
      int const domain = elementwise ? n.shape : t.is_reduction(i) ? g.nodes[a].shape : -1;
      int const at = ready(t, plan, a, domain);
      if (at > level) level = at;
      bool const in_registers = plan.uniform[a] && domain >= 0;
      if (t.is_elementwise(a) && g.nodes[a].shape != domain && !in_registers) stored[a] = true;
    }
    plan.level[i] = level;
    stored[i] = t.is_reduction(i) || t.is_product(i) || t.is_whole(i);
  }
  // Loops that compute each value, one bit for a level, if all compute what is not stored yet.
  std::uint64_t loops[Nodes + 1]{};
  auto const bit = [&](int i) {
    return std::uint64_t{1} << (plan.level[i] < 63 ? plan.level[i] : 63);
  };
  for (int r = 0; r < g.root_count; ++r) loops[g.roots[r]] = bit(g.roots[r]);
  for (int i = g.node_count - 1; i >= 0; --i) {
    if (stored[i]) loops[i] = bit(i);
    for (int a : g.nodes[i].args)
      if (a >= 0) loops[a] |= t.is_elementwise(i) ? loops[i] : bit(i);
  }
  // A costly value that a later loop of the same shape reads too is stored.
  bool costly[Nodes + 1]{};
  for (int i = 0; i < g.node_count; ++i) {
    if (!t.is_elementwise(i)) continue;
    costly[i] = t.is_costly(i);
    for (int a : g.nodes[i].args) {
      if (a < 0 || !t.is_elementwise(a) || g.nodes[a].shape != g.nodes[i].shape) continue;
      bool const again = (loops[a] & (loops[a] - 1)) != 0;
      if (plan.level[a] < plan.level[i] && costly[a] && again) stored[a] = true;
      else if (!stored[a]) costly[i] = costly[i] || costly[a];
    }
  }
  for (int i = 0; i < g.node_count; ++i) {
    if (t.is_variable(i) || stored[i] || plan.copied[i]) {
      plan.slot[i] = plan.slot_count;
      plan.slot_node[plan.slot_count++] = i;
    }
  }
  // Results: a computed value is stored in the first result that it is; others are copied.
  for (int r = 0; r < g.root_count; ++r) {
    // A view of all elements in their order, the product of a matrix and a vector say, is the value
    // that it is a view of.
    int const i = t.is_view(g.roots[r]) && !plan.copied[g.roots[r]] && in_order(t, plan, g.roots[r])
                      ? resolve(t, plan, g.roots[r]).node
                      : g.roots[r];
    bool direct =
        t.is_elementwise(i) || t.is_reduction(i) || t.is_product(i) || t.is_whole(i);
    for (int q = 0; q < r; ++q) direct = direct && plan.root_slot[q] != plan.slot[i];
    if (direct) {
      if (plan.slot[i] < 0) {
        plan.slot[i] = plan.slot_count;
        plan.slot_node[plan.slot_count++] = i;
      }
      plan.root_slot[r] = plan.slot[i];
    } else {
      int const root = g.roots[r];
      plan.root_slot[r] = plan.slot_count;
      plan.slot_node[plan.slot_count] = root;
      plan.stores[plan.store_count++] = {root, plan.slot_count++,
                                         ready(t, plan, root, g.nodes[root].shape)};
    }
  }
  for (int i = 0; i < g.node_count; ++i) {
    if ((t.is_elementwise(i) || plan.copied[i]) && plan.slot[i] >= 0)
      plan.stores[plan.store_count++] = {i, plan.slot[i], plan.level[i]};
  }
  postpone_loops(t, plan);
  postpone_reductions<Nodes>(t, plan);
  // The steps, by level.
  auto const need_loop = [&](int level, int domain) {
    for (int k = 0; k < plan.step_count; ++k) {
      planned_step const& p = plan.steps[k];
      if (p.product < 0 && p.level == level && p.shape == domain) return;
    }
    plan.steps[plan.step_count++] = {level, domain, -1};
  };
  for (int i = 0; i < g.node_count; ++i) {
    if (t.is_reduction(i)) need_loop(plan.level[i], g.nodes[g.nodes[i].args[0]].shape);
    if (t.is_product(i) || t.is_whole(i)) plan.steps[plan.step_count++] = {plan.level[i], -1, i};
  }
  for (int k = 0; k < plan.store_count; ++k)
    need_loop(plan.stores[k].level, g.nodes[plan.stores[k].node].shape);
  for (int k = 1; k < plan.step_count; ++k) {
    planned_step const p = plan.steps[k];
    int at = k;
    for (; at > 0 && plan.steps[at - 1].level > p.level; --at) plan.steps[at] = plan.steps[at - 1];
    plan.steps[at] = p;
  }
  return plan;
}

}  // namespace slope::engine
