// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/passes.hpp"

/// Algebra for the planner, after everything has been simplified and spelled in primitives: what is
/// the same for many elements is computed once for them.
///
///   a / b            a * (1 / b) where b is spread over a: the norm of a row, or a number that
///                    divides more than once
///   sum<1>(a * b)    b * sum<1>(a) where b is the same along the axis
///   sum<1>(a + b)    sum<1>(a) + sum<1>(b) where that frees a factor of one of them
///   sum(a * a - log(b))    sum(a * a) - n * log(b) where b is a number: nobody waits for log(b)
///   sum<1>(x - mean<1>(x)) 0
///   exp(x - logsumexp(x))    exp(x - amax(x)), which logsumexp sums, over that sum
///   where(x == 0, x, a)      where(x == 0, 0, a): x mattered for its derivative alone
///   2 * (x * (1 / b))    x * (2 * (1 / b)) where 1 / b has fewer elements
///
/// So sums need not wait for factors that other sums have to give first: value and gradient of a
/// layer norm take three loops over a row instead of five.
namespace slope::engine {

/// Is node a the same for all elements along the axes of the mask, of a shape that it spreads over?
constexpr bool same_along(graph_view const& g, int a, shape const& full, std::int64_t mask) {
  shape const& s = g.shape_of(a);
  for (int k = 0; k < full.rank; ++k) {
    int const own = k - (full.rank - s.rank);
    if ((mask >> k & 1) != 0 && own >= 0 && s.extents[own] != 1) return false;
  }
  return true;
}

/// Is a function computed on the way to node a?
constexpr bool has_function(graph_view const& g, int a, int depth = 0) {
  op_info const& info = info_of(g.nodes[a].op);
  if (info.kind != op_kind::elementwise || depth == 6) return false;
  if (info.result == type_rule::floating) return true;
  for (int k : g.nodes[a].args)
    if (k >= 0 && has_function(g, k, depth + 1)) return true;
  return false;
}
/// Has the value of node a been rounded, to digits of its own size: is it a product or a function?
constexpr bool is_rounded(graph_view const& g, int a, int depth = 0) {
  node const& n = g.nodes[a];
  if (depth == 6) return false;
  if (n.op == op_number<op::add>())
    return is_rounded(g, n.args[0], depth + 1) && is_rounded(g, n.args[1], depth + 1);
  if (n.op == op_number<op::multiply>() && g.nodes[n.args[0]].op == op_number<op::constant>())
    return is_rounded(g, n.args[1], depth + 1);
  return n.op == op_number<op::multiply>() || n.op == op_number<op::power>() ||
         (info_of(n.op).kind == op_kind::elementwise &&
          info_of(n.op).result == type_rule::floating);
}
/// Has node a, a tree of sums of products of floating numbers, a factor that is computed and the
/// same along the axes of the mask? Not in a difference from what is the same: of x - m the
/// digits are in the differences, which a sum of x less a multiple of m would lose. (Those of products
/// and functions are lost already: from them a number that takes a function is subtracted once.)
constexpr bool has_factor_same_along(graph_view const& g, int a, shape const& full,
                                     std::int64_t mask, int depth = 0) {
  node const& n = g.nodes[a];
  bool const product = n.op == op_number<op::multiply>();
  if (depth == 6) return false;
  if (!product && n.op != op_number<op::add>()) return false;
  for (int k = 0; k < 2; ++k) {
    int const same = n.args[k];
    if (!same_along(g, same, full, mask)) continue;
    if (!product)
      return mask + 1 == std::int64_t{1} << full.rank && has_function(g, same) &&
             is_rounded(g, n.args[1 - k]);
    if (g.nodes[same].op != op_number<op::constant>()) return true;
  }
  return has_factor_same_along(g, n.args[0], full, mask, depth + 1) ||
         has_factor_same_along(g, n.args[1], full, mask, depth + 1);
}
/// Is node i the deviations from a mean, x - sum(x) / n along the axes of the mask? Their sum is 0: the
/// derivative of a variance has it as a term.
constexpr bool is_deviation(graph_view const& g, int i, std::int64_t mask) {
  if (g.nodes[i].op != op_number<op::add>()) return false;
  for (int k = 0; k < 2; ++k) {
    int const x = g.nodes[i].args[k];
    int m = g.nodes[i].args[1 - k];
    rational factor(1);
    for (;; m = g.nodes[m].args[g.nodes[m].op == op_number<op::multiply>() ? 1 : 0]) {
      if (g.nodes[m].op == op_number<op::reshape>()) continue;
      node const& c = g.nodes[g.nodes[m].args[0] < 0 ? m : g.nodes[m].args[0]];
      if (g.nodes[m].op != op_number<op::multiply>() || c.op != op_number<op::constant>()) break;
      factor = factor * g.constants[c.attribute].value();
    }
    if (g.nodes[m].op != op_number<op::sum>() || g.nodes[m].args[0] != x ||
        (g.nodes[m].attribute & 255) != mask)
      continue;
    shape const& full = g.shape_of(x);
    for (int axis = 0; axis < full.rank; ++axis)
      if ((mask >> axis & 1) != 0) factor = factor * rational(full.extents[axis]);
    if (factor.is(-1)) return true;
  }
  return false;
}

constexpr bool is_hoistable_sum(graph_view const& g, int i) {
  node const& n = g.nodes[i];
  if (n.op != op_number<op::sum>() || !is_floating(g.nodes[n.args[0]].type)) return false;
  shape const& full = g.shape_of(n.args[0]);
  std::int64_t const mask = n.attribute & 255;
  return same_along(g, n.args[0], full, mask) ||
         has_factor_same_along(g, n.args[0], full, mask) || is_deviation(g, n.args[0], mask);
}

/// x - shift taken apart: the node that -shift or shift is a view of, and the shape it is spread from.
struct shifted {
  int x = -1, shift = -1, shape = -1;
};
constexpr shifted as_shifted(graph_view const& g, int i) {
  node const& n = g.nodes[i];
  if (n.op != op_number<op::add>()) return {};
  for (int k = 0; k < 2; ++k) {
    int m = n.args[1 - k];
    shifted result{n.args[k], -1, g.nodes[m].shape};
    bool negative = false;
    while (info_of(g.nodes[m].op).kind == op_kind::movement ||
           (!negative && g.nodes[m].op == op_number<op::multiply>())) {
      if (info_of(g.nodes[m].op).kind == op_kind::movement) {
        if (g.nodes[m].op != op_number<op::reshape>()) break;
        m = g.nodes[m].args[0];
        continue;
      }
      node const& c = g.nodes[g.nodes[m].args[0]];
      if (c.op != op_number<op::constant>() || !g.constants[c.attribute].value().is(-1)) break;
      negative = true;
      m = g.nodes[m].args[1];
    }
    result.shift = m;
    if (negative) return result;
  }
  return {};
}
/// Is a value of shape a spread over a larger shape as one of shape b is? Leading axes of 1 are free.
constexpr bool spread_alike(shape const& a, shape const& b) {
  for (int k = 1; k <= a.rank || k <= b.rank; ++k)
    if ((k <= a.rank ? a.extents[a.rank - k] : 1) != (k <= b.rank ? b.extents[b.rank - k] : 1))
      return false;
  return true;
}
/// exp(x - where(c, amax(x) + log(sum), amax(x))), whose sum is that of `exponential`, exp(x - amax(x)).
struct normalized_exponential {
  int exponential = -1, total = -1, sum = -1, shape = -1;
};
constexpr normalized_exponential as_normalized(graph_view const& g, int i) {
  if (g.nodes[i].op != op_number<op::exp>()) return {};
  shifted const outer = as_shifted(g, g.nodes[i].args[0]);
  if (outer.x < 0 || g.nodes[outer.shift].op != op_number<op::where>()) return {};
  node const& choice = g.nodes[outer.shift];
  node const& total = g.nodes[choice.args[1]];
  int const most = choice.args[2];
  if (total.op != op_number<op::add>() || g.nodes[most].op != op_number<op::amax>() ||
      g.nodes[most].args[0] != outer.x)
    return {};
  int const log = total.args[total.args[0] == most ? 1 : 0];
  if ((total.args[0] != most && total.args[1] != most) || g.nodes[log].op != op_number<op::log>())
    return {};
  int const sum = g.nodes[log].args[0];
  if (g.nodes[sum].op != op_number<op::sum>()) return {};
  int const e = g.nodes[sum].args[0];
  if (g.nodes[e].op != op_number<op::exp>() || g.nodes[e].type != g.nodes[i].type ||
      g.nodes[e].shape != g.nodes[i].shape)
    return {};
  shifted const inner = as_shifted(g, g.nodes[e].args[0]);
  if (inner.x != outer.x || inner.shift != most ||
      !spread_alike(g.shapes[inner.shape], g.shapes[outer.shape]))
    return {};
  return {e, outer.shift, sum, outer.shape};
}

/// Is node i where(x == 0, x, a), for floating numbers?
constexpr bool chooses_zero(graph_view const& g, int i) {
  node const& n = g.nodes[i];
  if (n.op != op_number<op::where>() || !is_floating(n.type)) return false;
  node const& is_zero = g.nodes[n.args[0]];
  if (is_zero.op != op_number<op::eq>() || is_zero.args[0] != n.args[1]) return false;
  node const& zero = g.nodes[is_zero.args[1]];
  return zero.op == op_number<op::constant>() && g.constants[zero.attribute].value().is(0);
}

/// Which factor of node a, a product, is computed for fewer elements than that? -1: none.
constexpr int spread_factor(graph_view const& g, int a) {
  node const& n = g.nodes[a];
  if (n.op != op_number<op::multiply>() || !is_floating(n.type)) return -1;
  for (int k = 0; k < 2; ++k) {
    node const &few = g.nodes[n.args[k]], &all = g.nodes[n.args[1 - k]];
    if (info_of(few.op).kind == op_kind::elementwise && few.shape != n.shape &&
        all.shape == n.shape && (few.type == n.type || is_weak(few.type)))
      return k;
  }
  return -1;
}
/// Is node i c * (x * s), where s is such a factor?
constexpr bool scales_spread(graph_view const& g, int i) {
  node const& n = g.nodes[i];
  return n.op == op_number<op::multiply>() && g.nodes[n.args[0]].op == op_number<op::constant>() &&
         spread_factor(g, n.args[1]) >= 0;
}
/// Is there anything to do?
constexpr bool has_shared_work(graph_view const& g) {
  for (int i = 0; i < g.node_count; ++i)
    if (divides_by_spread(g, i) || is_hoistable_sum(g, i) || as_normalized(g, i).sum >= 0 ||
        chooses_zero(g, i) || scales_spread(g, i))
      return true;
  return false;
}

/// A sum over axes, taken apart.
class sum_of_parts {
 public:
  constexpr sum_of_parts(builder& b, node const& sum)
      : b_(b), full_(b.shape_of(symbol(&b, sum.args[0]))), mask_(sum.attribute & 255) {}

  /// The sum of x, node by node, with the axes kept: of one shape with the factors.
  constexpr symbol of(symbol x) const {
    node const& n = b_[x];
    if (n.op == op_number<op::add>() && same_type(n) && frees(x.index()))
      return of(symbol(&b_, n.args[0])) + of(symbol(&b_, n.args[1]));
    // Factors that vary along the axes are summed, the others multiply the sum.
    symbol inside(1), outside(1);
    bool varies = false;
    split(x, inside, outside, varies, 0);
    if (!varies) return outside * count_symbol(b_, full_, mask_);
    if (is_deviation(view(b_.graph), in(b_, inside).index(), mask_)) return symbol(0);
    if (mask_ + 1 == std::int64_t{1} << full_.rank)  // numbers stay numbers, for one loop over them
      return reduce<op::sum>(b_, spread_out(in(b_, inside)), mask_, false) *
             reshape_symbol(b_, in(b_, outside), shape{});
    return reduce<op::sum>(b_, spread_out(in(b_, inside)), mask_) * outside;
  }

 private:
  constexpr bool same_type(node const& n) const {
    return (b_[n.args[0]].type == n.type || b_[n.args[0]].op == op_number<op::constant>()) &&
           b_[n.args[1]].type == n.type;
  }
  constexpr bool frees(int a) const {
    return has_factor_same_along(view(b_.graph), a, full_, mask_);
  }
  constexpr void split(symbol x, symbol& inside, symbol& outside, bool& varies, int depth) const {
    node const& n = b_[x];
    if (same_along(view(b_.graph), x.index(), full_, mask_)) {
      outside = outside * x;
    } else if (n.op == op_number<op::multiply>() && depth < 6 &&
               (same_type(n) || is_constant(b_, n.args[0]))) {
      split(symbol(&b_, n.args[0]), inside, outside, varies, depth + 1);
      split(symbol(&b_, n.args[1]), inside, outside, varies, depth + 1);
    } else {
      inside = inside * x;
      varies = true;
    }
  }
  /// The varying factors alone may have fewer axes than their product with the others.
  constexpr symbol spread_out(symbol x) const {
    return broadcast_symbol(b_, x, b_.intern(full_), b_[x].type);
  }

  builder& b_;
  shape full_;
  std::int64_t mask_;
};

constexpr int hoisted_sum(builder& b, graph_view const& from, int i, int const* map) {
  node n = from.nodes[i];
  n.args[0] = map[n.args[0]];
  n.shape = b.intern(from.shapes[n.shape]);
  shape const full = b.shape_of(symbol(&b, n.args[0]));
  graph_view const g = view(b.graph);
  std::int64_t const mask = n.attribute & 255;
  if (is_deviation(g, n.args[0], mask)) return constant_result(b, n, rational(0));
  if (!same_along(g, n.args[0], full, mask) && !has_factor_same_along(g, n.args[0], full, mask))
    return -1;
  symbol const kept = in(b, sum_of_parts(b, n).of(symbol(&b, n.args[0])));
  shape const to = reduced_shape(full, mask, false);
  symbol const spread =
      broadcast_symbol(b, kept, b.intern(reduced_shape(full, mask, true)), n.type);
  return reshape_symbol(b, spread, to).index();
}

/// Is node a a result of other steps, or made of such?
constexpr bool waits(builder const& b, int a) {
  op_kind const kind = info_of(b[a].op).kind;
  if (kind == op_kind::leaf) return false;
  if (kind != op_kind::elementwise && kind != op_kind::movement) return true;
  for (int k : b[a].args)
    if (k >= 0 && waits(b, k)) return true;
  return false;
}
/// z * (z * r) as the square of z, which others want too, times r. The rules would take z apart where
/// that is x * s, which is right only where s waits for a sum that x need not wait for. And c * (x * s)
/// as x * (c * s).
constexpr int hoisted_product(builder& b, node const& n) {
  int const x = n.args[0], y = n.args[1];
  if (!is_floating(n.type)) return -1;
  for (int k = 0; k < 2; ++k) {
    int const z = n.args[k], other = n.args[1 - k], s = spread_factor(view(b.graph), z);
    if (s < 0 || waits(b, b[z].args[s]) || b[other].op != op_number<op::multiply>()) continue;
    for (int j = 0; j < 2; ++j) {
      if (b[other].args[j] != z || b[other].type != b[z].type) continue;
      return plain(b, n.op, symbols::pow(symbol(&b, z), 2).index(), b[other].args[1 - j]);
    }
  }
  if (int const s = b[x].op == op_number<op::constant>() ? spread_factor(view(b.graph), y) : -1;
      s >= 0) {
    node product = b[y];
    product.args[s] = scaled(b, constant_of(b, x), product.args[s]);
    return b.insert(product);
  }
  return -1;
}

/// One exponential an element instead of two. Where the greatest is an infinity, or so large that the
/// logarithm is lost in the logsumexp, exp(x - logsumexp(x)) is the exponential undivided. (Nothing here
/// waits for the logarithm: below 2^4 it is lost from 2^56 and, for float32, 2^27 on.)
constexpr int hoisted_function(builder& b, graph_view const& from, int i, int const* map) {
  if (chooses_zero(from, i)) {
    node n = from.nodes[i];
    n.shape = b.intern(from.shapes[n.shape]);
    n.args[0] = map[n.args[0]];
    n.args[1] = constant_symbol(b, rational(0)).index();
    n.args[2] = map[n.args[2]];
    return add(b, n);
  }
  normalized_exponential const p = as_normalized(from, i);
  if (p.sum < 0) return -1;
  symbol const most(&b, map[from.nodes[p.total].args[2]]);
  symbol const kept = symbols::le(
      symbols::abs(most), symbol(std::int64_t{1} << (b[most].type == dtype::float32 ? 27 : 56)));
  symbol const factor =
      symbols::where(kept, symbols::pow(symbol(&b, map[p.sum]), -1), symbol(1));
  return (symbol(&b, map[p.exponential]) * reshape_symbol(b, in(b, factor), from.shapes[p.shape]))
      .index();
}

/// The graph with shared work done once.
struct hoisting_pass {
  static constexpr builder::rewriter rule = rewrite_primitives;
  static constexpr copying how = copying::hoisting;
  static constexpr hoisting_rules hoisted{hoisted_sum, hoisted_product, hoisted_function};
};
constexpr work_graph hoisted(graph_view const& from) {
  return rebuilt(from, hoisting_pass::rule, hoisting_pass::how, hoisting_pass::hoisted);
}

}  // namespace slope::engine
