// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/sorted_factors.hpp"
#include "slope/symbolic/passes.hpp"

/// A graph's sums and products as lists: what symbolic/factor.hpp works on.
namespace slope::engine {

/// The lists. A factor is the number of a node that is no product; of a sum or product that is new.
template <class Graph>
class factor_terms {
 public:
  static constexpr int sum_limit = 128, product_limit = 256;
  sorted_factors products[product_limit]{};
  item_list sums[sum_limit]{};
  int product_count = 0, sum_count = 0;
  bool full = false;
  int effort = 0;  ///< what has been looked at; compilers count the steps of an evaluation
  int sum_of[16384]{};      ///< 1 + the sum that node i is
  int product_of[16384]{};  ///< 1 + the term (of `alone`) that node i is
  sum_item alone[product_limit]{};  ///< products that are no term of a sum
  int alone_count = 0;
  bool needed[16384]{};

  constexpr explicit factor_terms(Graph const& from) : g(from) {}

  constexpr int first_sum() const { return g.node_count; }
  constexpr int first_product() const { return g.node_count + sum_limit; }
  constexpr int value_of_sum(int s) const {
    return sums[s].node >= 0 ? sums[s].node : first_sum() + s;
  }
  constexpr int value_of_product(int p) const { return first_product() + p; }

  /// Reads the graph; false where nothing can be shared.
  constexpr bool collect() {
    for (int i = 0; i < g.node_count; ++i)
      for (int a : g.nodes[i].args)
        if (a >= 0) ++uses_[a];
    for (int r = 0; r < g.root_count; ++r) {
      int const root = g.roots[r];
      needed[root] = outside_[root] = true;
      ++uses_[root];
    }
    for (int i = g.node_count - 1; i >= 0 && !full; --i) {
      if (!needed[i]) continue;
      node const& n = g.nodes[i];
      if (is_arithmetic(i, op_number<op::add>()) && take_sum(i)) continue;
      if (is_arithmetic(i, op_number<op::multiply>()) && take_product(i)) continue;
      for (int a : n.args)
        if (a >= 0) needed[a] = outside_[a] = true;
    }
    return !full && product_count > 1;
  }

  /// The factors of both, which must not be too many.
  constexpr sorted_factors product_of_both(sorted_factors const& a, sorted_factors const& b) {
    sorted_factors result = like_product(a);
    if (a.count + b.count > sorted_factors::limit) {
      full = true;
      return result;
    }
    for (int i = 0, j = 0; i < a.count || j < b.count;) {
      bool const first = j == b.count || (i < a.count && a.factor[i] <= b.factor[j]);
      result.factor[result.count++] = first ? a.factor[i++] : b.factor[j++];
    }
    result.sign();
    return result;
  }

  constexpr bool is_free(sum_item const& item) const {
    if (item.product < 0) return false;
    sorted_factors const& p = products[item.product];
    return p.uses == 1 && p.count > 1;
  }
  constexpr void release(sum_item const& item) {
    if (item.product >= 0) --products[item.product].uses;
  }
  constexpr bool tired() const { return effort > 45000; }
  constexpr int intern(sorted_factors const& list) {
    effort += product_count;
    for (int p = 0; p < product_count; ++p)
      if (products[p].same_factors(list) && products[p].shape == list.shape &&
          products[p].type == list.type) {
        ++products[p].uses;
        return p;
      }
    if (product_count == product_limit) {
      full = true;
      return 0;
    }
    products[product_count] = list;
    products[product_count].sign();
    products[product_count].uses = 1;
    return product_count++;
  }
  constexpr int add_sum(item_list const& list) {
    if (sum_count == sum_limit) {
      full = true;
      return 0;
    }
    sums[sum_count] = list;
    return value_of_sum(sum_count++);
  }
  /// The same of terms that stand elsewhere too.
  constexpr int add_shared(item_list const& list) {
    for (int k = 0; k < list.count; ++k) ++products[list.items[k].product].uses;
    return add_sum(list);
  }
  /// The sum with these terms, or with their negatives.
  constexpr int find_or_add(item_list const& list, bool& negative) {
    for (int s = 0; s < sum_count; ++s) {
      item_list const& x = sums[s];
      if (x.count != list.count || x.shape != list.shape || x.type != list.type) continue;
      for (int sign = 0; sign < 2; ++sign) {
        int equal = 0;
        for (int k = 0; k < list.count; ++k)
          for (int j = 0; j < x.count; ++j) {
            rational const c = list.items[k].coefficient.value();
            equal += list.items[k].product == x.items[j].product &&
                     x.items[j].coefficient.value() == (sign == 0 ? c : -c);
          }
        if (equal != list.count) continue;
        negative = sign != 0;
        for (int k = 0; k < list.count; ++k) release(list.items[k]);
        return value_of_sum(s);
      }
    }
    return add_sum(list);
  }
  /// Is sum s a factor of one product, once, and nothing else?
  constexpr bool is_used_once(int s) {
    int const v = value_of_sum(s);
    if (v < first_sum() && outside_[v]) return false;
    int uses = 0;
    effort += product_count;
    for (int p = 0; p < product_count; ++p) {
      if (products[p].uses == 0 || !products[p].has(v)) continue;
      for (int k = 0; k < products[p].count; ++k) uses += products[p].factor[k] == v;
    }
    return uses == 1;
  }
  /// The sum that value v is, if one product needs it and nothing else; -1 if it is none.
  constexpr int sum_used_once(int v) {
    int const s = v >= first_sum() ? v - first_sum() : sum_of[v] - 1;
    return s >= 0 && s < sum_count && sums[s].count > 1 && is_used_once(s) ? s : -1;
  }
  /// May the digits of a sum be in its differences, as those of x - y for data that is nearly equal
  /// are? Not where all terms but one have been rounded before: products, functions.
  constexpr bool has_exact_terms(item_list const& sum) const {
    int exact = 0;
    for (int k = 0; k < sum.count; ++k) {
      int const p = sum.items[k].product;
      exact += p < 0 || (products[p].count == 1 && is_exact(products[p].factor[0]));
    }
    return exact > 1;
  }
  /// Adds c times a product to a sum.
  constexpr void add_item(item_list& sum, rational const& c, sorted_factors const& list) {
    int const p = list.count == 0 ? -1 : intern(list);
    for (int k = 0; k < sum.count; ++k) {
      if (sum.items[k].product != p) continue;
      if (p >= 0) --products[p].uses;
      rational const total = sum.items[k].coefficient.value() + c;
      sum.items[k].coefficient = as_stored(total);
      if (total.is(0)) {
        release(sum.items[k]);
        sum.items[k] = sum.items[--sum.count];
      }
      return;
    }
    sum.items[sum.count++] = {as_stored(c), p};
  }
  /// A sum of one product, used once: its factors are those of the product that it is a factor of.
  constexpr void inline_sum(int s) {
    sum_item const only = sums[s].items[0];
    if (only.product < 0) return;
    sorted_factors const one = only_factor(value_of_sum(s));
    for (int p = 0; p < product_count; ++p) {
      sorted_factors& x = products[p];
      if (x.uses == 0 || !x.has(one.factor[0])) continue;
      if (x.count - 1 + products[only.product].count > sorted_factors::limit) return;
      sorted_factors const list = product_of_both(without(x, one), products[only.product]);
      int const uses = x.uses, to = intern(list);
      if (full) return;
      products[to].uses += uses - 1;
      x.uses = 0;
      for (int k = 0; k < sum_count; ++k)
        for (int i = 0; i < sums[k].count; ++i) redirect(sums[k].items[i], p, to, only);
      for (int k = 0; k < alone_count; ++k) redirect(alone[k], p, to, only);
      release(only);
      return drop_sum(s);
    }
  }
  constexpr void drop_sum(int s) {
    if (sums[s].node >= 0) needed[sums[s].node] = false;
    sums[s].count = 0;
  }

  /// What an attempt changes: more sums and products, and how often the others are used.
  struct state {
    int sum_count, product_count;
    int uses[product_limit];
  };
  constexpr state save() {
    state s{};
    effort += 2 * product_count;
    s.sum_count = sum_count, s.product_count = product_count;
    for (int p = 0; p < product_count; ++p) s.uses[p] = products[p].uses;
    return s;
  }
  constexpr void restore(state const& s) {
    sum_count = s.sum_count, product_count = s.product_count;
    for (int p = 0; p < product_count; ++p) products[p].uses = s.uses[p];
    full = false;
  }

  /// In x, c times the value instead of the marked items.
  constexpr void replace(item_list& x, bool const* marked, int value, rational const& c) {
    int kept = 0;
    for (int k = 0; k < x.count; ++k) {
      if (marked[k]) release(x.items[k]);
      else x.items[kept++] = x.items[k];
    }
    sorted_factors one = only_factor(value);
    one.shape = x.shape, one.type = x.type;
    x.items[kept++] = {as_stored(c), intern(one)};
    x.count = kept;
  }

  Graph g;

 private:
  /// Data, choices between it, and sums, which may be exact differences.
  constexpr bool is_exact(int v) const {
    if (v >= first_sum()) return v < first_product();
    int const op = g.nodes[v].op;
    return info_of(op).result != type_rule::floating && op != op_number<op::power>() &&
           op != op_number<op::multiply>();
  }
  static constexpr void redirect(sum_item& item, int from, int to, sum_item const& factor) {
    if (item.product != from) return;
    item.product = to;
    item.coefficient = as_stored(item.coefficient.value() * factor.coefficient.value());
  }
  constexpr bool is(int i, int op) const { return g.nodes[i].op == op; }
  constexpr bool constant(int i, rational& c) const {
    if (!is(i, op_number<op::constant>())) return false;
    c = g.constants[g.nodes[i].attribute].value();
    return true;
  }
  /// A sum or product in one type and shape: what is spread over rows has its place in the loops
  /// that the planner makes, and counting operations says little of elements.
  constexpr bool is_arithmetic(int i, int op) const {
    node const& n = g.nodes[i];
    if (n.op != op || !is_floating(n.type) || is_weak(n.type)) return false;
    for (int k = 0; k < 2; ++k)
      if ((g.nodes[n.args[k]].type != n.type || g.nodes[n.args[k]].shape != n.shape) &&
          !is(n.args[k], op_number<op::constant>()))
        return false;
    return true;
  }
  /// The node of 1 / x, -1 where there is none.
  constexpr int inverse_of(int x) const {
    rational e;
    for (int i = x + 1; i < g.node_count; ++i) {
      node const& n = g.nodes[i];
      if (n.op == op_number<op::power>() && n.args[0] == x && constant(n.args[1], e) && e.is(-1))
        return i;
      if (n.op == op_number<op::divide>() && n.args[1] == x && constant(n.args[0], e) && e.is(1))
        return i;
    }
    return -1;
  }
  constexpr bool flatten(int i, node const& whole, rational& c, sorted_factors& list) {
    rational e;
    node const& n = g.nodes[i];
    if (constant(i, e)) {
      c = c * e;
      return true;
    }
    if (n.shape == whole.shape && is_arithmetic(i, op_number<op::multiply>()))
      return flatten(n.args[0], whole, c, list) && flatten(n.args[1], whole, c, list);
    if (int const inverse = inverse_at_hand(i, whole); inverse >= 0) {
      if (list.count == sorted_factors::limit) return false;
      insert(list, inverse);
      return flatten(n.args[0], whole, c, list);
    }
    int repeated = 1, base = i;
    if (n.op == op_number<op::power>() && n.shape == whole.shape && constant(n.args[1], e) &&
        (e.is(2) || e.is(3) || e.is(-2) || e.is(-3)) && g.nodes[n.args[0]].type == n.type) {
      int const x = e.is_negative() ? inverse_of(n.args[0]) : n.args[0];
      if (x >= 0 && x < i) {
        base = x;
        repeated = static_cast<int>(e.is_negative() ? -e.numerator : e.numerator);
      }
    }
    for (; repeated > 0; --repeated) {
      if (list.count == sorted_factors::limit) return false;
      insert(list, base);
    }
    return true;
  }
  static constexpr void insert(sorted_factors& list, int factor) {
    int at = list.count++;
    for (; at > 0 && list.factor[at - 1] > factor; --at) list.factor[at] = list.factor[at - 1];
    list.factor[at] = factor;
  }
  /// For a quotient a / b where 1 / b is computed before it anyway, that.
  constexpr int inverse_at_hand(int i, node const& whole) const {
    node const& n = g.nodes[i];
    if (n.op != op_number<op::divide>() || n.shape != whole.shape || n.type != whole.type ||
        is(n.args[0], op_number<op::constant>()) || g.nodes[n.args[0]].type != n.type)
      return -1;
    int const inverse = inverse_of(n.args[1]);
    return inverse >= 0 && g.nodes[inverse].type == n.type ? inverse : -1;
  }
  constexpr bool take_product(int i) {
    node const& n = g.nodes[i];
    rational c(1);
    sorted_factors list{};
    list.shape = n.shape, list.type = n.type;
    if (!flatten(i, n, c, list)) return false;
    list.sign();
    if (alone_count == product_limit) full = true;
    int const p = intern(list);
    if (full) return false;
    for (int k = 0; k < list.count; ++k) needed[list.factor[k]] = true;
    alone[alone_count++] = {as_stored(c), p};
    product_of[i] = alone_count;
    return true;
  }
  constexpr bool gather(int i, node const& whole, rational const& c, item_list& sum) {
    node const& n = g.nodes[i];
    bool const top = &n == &whole;
    if (n.shape == whole.shape && (top || uses_[i] == 1)) {
      if (is_arithmetic(i, op_number<op::add>()))
        return gather(n.args[0], whole, c, sum) && gather(n.args[1], whole, c, sum);
      rational factor;
      if (is_arithmetic(i, op_number<op::multiply>()) && constant(n.args[0], factor) &&
          factor.is(-1) && is_arithmetic(n.args[1], op_number<op::add>()) &&
          uses_[n.args[1]] == 1 && g.nodes[n.args[1]].shape == whole.shape)
        return gather(n.args[1], whole, -c, sum);
    }
    if (sum.count == item_list::limit) return false;
    rational coefficient = c;
    sorted_factors list{};
    list.shape = n.op == op_number<op::constant>() ? whole.shape : n.shape, list.type = whole.type;
    if (!flatten(i, n, coefficient, list)) return false;
    list.sign();
    sum.items[sum.count++] = {as_stored(coefficient), list.count == 0 ? -1 : intern(list)};
    return !full;
  }
  constexpr bool take_sum(int i) {
    node const& n = g.nodes[i];
    item_list sum{};
    sum.node = i, sum.shape = n.shape, sum.type = n.type;
    if (!gather(i, n, rational(1), sum)) {
      for (int k = 0; k < sum.count; ++k) release(sum.items[k]);
      return false;
    }
    for (int k = 0; k < sum.count; ++k) {
      if (sum.items[k].product < 0) continue;
      sorted_factors const& p = products[sum.items[k].product];
      for (int f = 0; f < p.count; ++f) needed[p.factor[f]] = true;
    }
    if (sum_count == sum_limit) {
      full = true;
      return false;
    }
    sum_of[i] = ++sum_count;
    sums[sum_count - 1] = sum;
    return true;
  }

  int uses_[16384]{};
  bool outside_[16384]{};  ///< needed by what is neither sum nor product
};

}  // namespace slope::engine
