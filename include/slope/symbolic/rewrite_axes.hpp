// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/rewrite_identity.hpp"
#include "slope/symbolic/rewrite_whole.hpp"

/// The rules about axes: movement of movement, folds of what was moved or spread.
namespace slope::engine {

/// Is i one value spread over a shape? `source` is that value, of rank 0.
constexpr bool spread_value(builder& b, int i, int& source) {
  if (!is_op(b, i, op_number<op::broadcast>())) return false;
  int const x = b[i].args[0];
  if (b[x].type != b[i].type && !is_constant(b, x)) return false;
  if (!has_one_element(b.shape_of(x))) return false;
  source = reshape_symbol(b, {&b, x}, {}).index();
  return true;
}

/// Movement of c * x is c times movement of x; -1 where there is no such constant.
constexpr int rewrite_moved_multiple(builder& b, node const& n) {
  int const x = n.args[0];
  term const t = split(b, x);
  if (t.factor < 0 || t.coefficient.is(1) || b[t.factor].shape != b[x].shape ||
      b[t.factor].type != b[x].type)
    return -1;
  node moved = n;
  moved.args[0] = t.factor;
  return scaled(b, t.coefficient, add(b, moved));
}

/// Do two shapes differ by axes of 1 only? origin[k]: the axis of `from` that axis k of `to` is, -1
/// for one of extent 1.
constexpr bool axes_of_one_apart(shape const& from, shape const& to, int* origin) {
  int axis = 0;
  for (int k = 0; k < to.rank; ++k) {
    origin[k] = -1;
    if (to.extents[k] == 1) continue;
    while (axis < from.rank && from.extents[axis] == 1) ++axis;
    if (axis == from.rank || from.extents[axis] != to.extents[k]) return false;
    origin[k] = axis++;
  }
  while (axis < from.rank && from.extents[axis] == 1) ++axis;
  return axis == from.rank;
}

constexpr int rewrite_reshape(builder& b, node const& n) {
  int const x = n.args[0];
  shape const to = b.graph.shapes[n.shape];
  int source = 0;
  // The same shape is no change.
  if (b[x].shape == n.shape) return x;
  // The last of several reshapes counts.
  if (is_op(b, x, op_number<op::reshape>()))
    return reshape_symbol(b, {&b, b[x].args[0]}, to).index();
  // One value spread over a shape is spread over the other.
  if (spread_value(b, x, source)) return fitted(b, n, source);
  return rewrite_moved_multiple(b, n);
}

constexpr int rewrite_permute(builder& b, node const& n) {
  int const x = n.args[0], rank = b.shape_of(x).rank;
  int source = 0;
  if (n.attribute == identity_permutation(rank) || is_unit(b, x)) return x;
  // The transpose of a transpose.
  if (is_op(b, x, op_number<op::permute>())) {
    std::int64_t axes = 0;
    for (int k = 0; k < rank; ++k)
      axes |= (b[x].attribute >> 4 * (n.attribute >> 4 * k & 15) & 15) << 4 * k;
    return permute_symbol(b, {&b, b[x].args[0]}, axes).index();
  }
  if (spread_value(b, x, source)) return fitted(b, n, source);
  // What is spread is moved first.
  if (is_op(b, x, op_number<op::broadcast>()) && b[b[x].args[0]].type == b[x].type) {
    symbol const from(&b, b[x].args[0]);
    shape const whole = with_rank(b.shape_of(from), rank);
    return fitted(b, n, permute_symbol(b, reshape_symbol(b, from, whole), n.attribute).index());
  }
  // Where only axes of 1 move, the elements stay in order.
  int last = -1;
  bool in_order = true;
  shape const& from = b.shape_of(x);
  for (int k = 0; k < rank; ++k) {
    int const axis = static_cast<int>(n.attribute >> 4 * k & 15);
    if (from.extents[axis] == 1) continue;
    in_order = in_order && axis > last;
    last = axis;
  }
  if (in_order) return reshape_symbol(b, {&b, x}, b.graph.shapes[n.shape]).index();
  return rewrite_moved_multiple(b, n);
}

constexpr int rewrite_broadcast(builder& b, node const& n) {
  int const x = n.args[0];
  if (b[x].shape == n.shape && b[x].type == n.type) return x;
  // What is spread twice is spread once.
  if (is_op(b, x, op_number<op::broadcast>()) && b[x].type == n.type &&
      (b[b[x].args[0]].type == n.type || is_constant(b, b[x].args[0])))
    return broadcast_symbol(b, {&b, b[x].args[0]}, n.shape, n.type).index();
  // Axes of 1 in front come by themselves.
  if (is_op(b, x, op_number<op::reshape>()) && b[x].type == n.type) {
    shape const& s = b.shape_of(x);
    if (leading_cut(s) == leading_cut(b.shape_of(b[x].args[0])))
      return broadcast_symbol(b, {&b, b[x].args[0]}, n.shape, n.type).index();
  }
  return -1;
}

/// The fold of one value spread over axes; `axes` of them are folded in the source too.
constexpr int rewrite_fold_of_spread(builder& b, node const& n) {
  int const x = n.args[0], source = b[x].args[0];
  if (b[source].type != b[x].type && !is_constant(b, source)) return -1;
  shape const full = b.shape_of(x), own = b.shape_of(source);
  std::int64_t inner = 0, gone = 0, spread = 0;
  for (int k = 0; k < full.rank; ++k) {
    if ((n.attribute >> k & 1) == 0) continue;
    int const axis = k - (full.rank - own.rank);
    bool const has = axis >= 0 && own.extents[axis] != 1;
    if (has) inner |= std::int64_t{1} << axis;
    else if (full.extents[k] != 1) spread |= std::int64_t{1} << k;
    if (axis >= 0) gone |= std::int64_t{1} << axis;
  }
  node fold = blank(n.op);
  fold.attribute = inner;
  fold.args[0] = source;
  symbol value(&b, inner == 0 ? source : add(b, fold));
  value = reshape_symbol(b, value, reduced_shape(own, gone, false));
  if (n.op == op_number<op::sum>() && spread != 0) value = value * count_symbol(b, full, spread);
  return fitted(b, n, value.index());
}

/// Moved axes are folded where they came from, and what is left of them is moved; -1 where x was
/// not moved, or not axis by axis.
constexpr int rewrite_fold_of_moved(builder& b, node const& n) {
  int const x = n.args[0], source = b[x].args[0];
  shape const to = b.shape_of(x);
  int origin[max_rank]{};  // the axis of the source that an axis of x was, -1 for a new one of 1
  if (is_op(b, x, op_number<op::permute>())) {
    for (int k = 0; k < to.rank; ++k) origin[k] = static_cast<int>(b[x].attribute >> 4 * k & 15);
  } else if (is_op(b, x, op_number<op::reshape>())) {
    if (!axes_of_one_apart(b.shape_of(source), to, origin)) return -1;
  } else {
    return -1;
  }
  node fold = blank(n.op);
  fold.args[0] = source;
  for (int k = 0; k < to.rank; ++k)
    if ((n.attribute >> k & 1) != 0 && origin[k] >= 0)
      fold.attribute |= std::int64_t{1} << origin[k];
  symbol const value(&b, add(b, fold));
  if (is_op(b, x, op_number<op::reshape>()))
    return fitted(b, n, reshape_symbol(b, value, b.graph.shapes[n.shape]).index());
  std::int64_t axes = 0;
  for (int k = 0, place = 0; k < to.rank; ++k) {
    if ((n.attribute >> k & 1) != 0) continue;
    int before = 0;  // kept axes that stand before this one in the source
    for (int i = 0; i < to.rank; ++i)
      before += (n.attribute >> i & 1) == 0 && origin[i] < origin[k] ? 1 : 0;
    axes |= std::int64_t{before} << 4 * place++;
  }
  return fitted(b, n, permute_symbol(b, value, axes).index());
}

constexpr int rewrite_reduction(builder& b, node const& n) {
  int const x = n.args[0];
  shape const s = b.shape_of(x);
  std::int64_t const mask = n.attribute, all = (std::int64_t{1} << s.rank) - 1;
  // Nothing, or one element only, is folded.
  bool single = true;
  for (int k = 0; k < s.rank; ++k) single = single && ((mask >> k & 1) == 0 || s.extents[k] == 1);
  if (single)
    return fitted(b, n, reshape_symbol(b, {&b, x}, b.graph.shapes[n.shape]).index());
  node fold = n;
  // A fold of a fold is one fold.
  if (b[x].op == n.op) {
    std::int64_t axes = b[x].attribute;
    int place = 0;
    for (int k = 0; k < b.shape_of(b[x].args[0]).rank; ++k) {
      if ((b[x].attribute >> k & 1) != 0) continue;
      if ((mask >> place++ & 1) != 0) axes |= std::int64_t{1} << k;
    }
    fold.attribute = axes;
    fold.args[0] = b[x].args[0];
    return add(b, fold);
  }
  // Over all axes the places do not matter.
  if (mask == all &&
      (is_op(b, x, op_number<op::reshape>()) || is_op(b, x, op_number<op::permute>()))) {
    fold.args[0] = b[x].args[0];
    fold.attribute = (std::int64_t{1} << b.shape_of(fold.args[0]).rank) - 1;
    return add(b, fold);
  }
  if (int const value = rewrite_fold_of_moved(b, n); value >= 0) return value;
  bool const is_sum = n.op == op_number<op::sum>();
  if (is_op(b, x, op_number<op::broadcast>()) && n.op != op_number<op::prod>()) {
    if (int const value = rewrite_fold_of_spread(b, n); value >= 0) return value;
  }
  // A factor that does not change along the folded axes comes out of the sum.
  if (is_sum && is_floating(n.type) && is_op(b, x, op_number<op::multiply>())) {
    for (int k = 0; k < 2; ++k) {
      int const factor = b[x].args[k], rest = b[x].args[1 - k];
      if (b[rest].shape != b[x].shape || b[rest].type != b[x].type) continue;
      if (!constant_along(b, factor, s.rank, mask)) continue;
      fold.args[0] = rest;
      symbol const total(&b, add(b, fold));
      shape const own = b.shape_of(factor);
      std::int64_t gone = 0;
      for (int i = 0; i < own.rank; ++i)
        if ((mask >> (s.rank - own.rank + i) & 1) != 0) gone |= std::int64_t{1} << i;
      symbol const outside = reshape_symbol(b, {&b, factor}, reduced_shape(own, gone, false));
      return fitted(b, n, (outside * total).index());
    }
  }
  if (!is_sum) return -1;
  if (int const value = rewrite_sum_with_unit(b, n); value >= 0) return value;
  if (int const value = rewrite_sum_of_selection(b, n); value >= 0) return value;
  return rewrite_sum_of_product(b, n);
}

/// log(sum(exp(x))) is logsumexp(x), log(softmax(x)) is log_softmax(x), exp(x) / sum(exp(x)) is
/// softmax(x).
constexpr int rewrite_to_macro(builder& b, node const& n) {
  if (n.op == op_number<op::log>()) {
    int const x = n.args[0];
    if (is_op(b, x, op_number<op::softmax>()))
      return make<op::log_softmax>(b[x].attribute, symbol(&b, b[x].args[0])).index();
    int const total = is_op(b, x, op_number<op::reshape>()) ? b[x].args[0] : x;
    if (!is_op(b, total, op_number<op::sum>())) return -1;
    int const e = b[total].args[0];
    if (!is_op(b, e, op_number<op::exp>())) return -1;
    symbol const value = make<op::logsumexp>(b[total].attribute, symbol(&b, b[e].args[0]));
    return fitted(b, n, reshape_symbol(b, value, b.graph.shapes[n.shape]).index());
  }
  if (n.op == op_number<op::divide>() && is_op(b, n.args[0], op_number<op::exp>())) {
    int const e = n.args[0], divisor = n.args[1];
    int const total = is_op(b, divisor, op_number<op::reshape>()) ? b[divisor].args[0] : divisor;
    if (!is_op(b, total, op_number<op::sum>()) || b[total].args[0] != e) return -1;
    std::int64_t const mask = b[total].attribute;
    if (b[e].shape != n.shape) return -1;
    if (leading_cut(b.shape_of(divisor)) !=
        leading_cut(reduced_shape(b.shape_of(e), mask, true)))
      return -1;
    return fitted(b, n, make<op::softmax>(mask, symbol(&b, b[e].args[0])).index());
  }
  // The exponentials of log_softmax and softmax are the same ones.
  if (n.op == op_number<op::exp>() && is_op(b, n.args[0], op_number<op::log_softmax>())) {
    node const& inner = b[n.args[0]];
    return make<op::softmax>(inner.attribute, symbol(&b, inner.args[0])).index();
  }
  if (n.op == op_number<op::logsumexp>() && n.attribute == 0) return fitted(b, n, n.args[0]);
  // The square of a norm is the sum of squares.
  rational c;
  if (n.op == op_number<op::power>() && is_op(b, n.args[0], op_number<op::norm>()) &&
      constant_like(b, n.args[1], c) && c.is(2)) {
    node const inner = b[n.args[0]];
    return fitted(b, n, reduce<op::sum>(b, symbols::square(symbol(&b, inner.args[0])), inner.attribute)
                            .index());
  }
  return -1;
}

/// All rules for graphs without macros.
constexpr int rewrite_primitives(builder& b, node const& n, location at) {
  int result = -1;
  if (n.op == op_number<op::reshape>()) return rewrite_reshape(b, n);
  if (n.op == op_number<op::permute>()) return rewrite_permute(b, n);
  if (n.op == op_number<op::broadcast>()) return rewrite_broadcast(b, n);
  if (n.op == op_number<op::matmul>()) {
    result = rewrite_product_with_unit(b, n);
    return result >= 0 ? result : rewrite_matmul(b, n);
  }
  op_kind const kind = info_of(n.op).kind;
  if (kind == op_kind::reduction) result = rewrite_reduction(b, n);
  else if (kind == op_kind::whole) result = rewrite_whole(b, n);
  return result >= 0 ? result : rewrite(b, n, at);
}

/// All rules: those, and the ones that find a macro.
constexpr int rewrite_all(builder& b, node const& n, location at) {
  int const result = rewrite_to_macro(b, n);
  return result >= 0 ? result : rewrite_primitives(b, n, at);
}

/// Those, and exp(x - logsumexp(x)) is softmax(x): one formula, but two ways of rounding.
constexpr int rewrite_for_equality(builder& b, node const& n, location at) {
  if (n.op == op_number<op::exp>() && is_op(b, n.args[0], op_number<op::add>())) {
    for (int k = 0; k < 2; ++k) {
      int const x = b[n.args[0]].args[1 - k];
      term const t = split(b, b[n.args[0]].args[k]);
      if (t.factor < 0 || !t.coefficient.is(-1)) continue;
      node const& shaped = b[t.factor];
      node const& fold = shaped.op == op_number<op::reshape>() ? b[shaped.args[0]] : shaped;
      if (fold.op != op_number<op::logsumexp>() || fold.args[0] != x) continue;
      shape const kept = reduced_shape(b.shape_of(x), fold.attribute, true);
      if (leading_cut(b.graph.shapes[shaped.shape]) != leading_cut(kept)) continue;
      return make<op::softmax>(fold.attribute, symbol(&b, x)).index();
    }
  }
  return rewrite_all(b, n, at);
}

/// The same rules, and every product in one order: what decides whether two formulas are equal.
constexpr int rewrite_in_order(builder& b, node const& n, location at) {
  int const simpler = rewrite_for_equality(b, n, at);
  int const i = simpler >= 0 ? simpler : b.insert(n);
  term const t = split(b, i);
  if (t.factor < 0 || !is_op(b, t.factor, op_number<op::multiply>())) return i;
  node const product = b[t.factor];
  int const ordered = product_in_order(b, product, true);
  return ordered < 0 ? i : fitted(b, b[i], scaled(b, t.coefficient, ordered));
}

}  // namespace slope::engine
