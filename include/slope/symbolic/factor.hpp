// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/factor_terms.hpp"

namespace slope::engine {

/// Takes out what the sums and products of a graph share:
///
///   a*b + a*c            a * (b + c)
///   a + b + c, a + b     d = a + b, d + c
///   a*b*c, a*b           d = a*b, d*c
///
/// Derivatives of products repeat their factors in every term; a person would write each once.
/// Templates, as what a program does not need costs less to read then.
template <class Graph>
class factorizer {
 public:
  constexpr explicit factorizer(Graph const& g) : t_(g) {}

  constexpr void run() {
    if (!t_.collect()) return;
    bool changed = share_sums();
    // What a sum is made of is behind it in the list.
    int const first_new = t_.sum_count;
    for (int s = first_new - 1; s >= 0 && !t_.full; --s) {
      changed = factor(t_.sums[s]) || changed;
      while (expand_one(s)) changed = true;
      if (t_.sums[s].count == 1 && t_.is_used_once(s)) t_.inline_sum(s);
    }
    for (int s = first_new; s < t_.sum_count && !t_.full; ++s)
      while (expand_one(s)) changed = true;
    if (changed) share_sums();
    changed = share_products() || changed;
    changed_ = changed && !t_.full;
  }
  /// Is there anything that is better written otherwise?
  constexpr bool changed() const { return changed_; }
  constexpr factor_terms<Graph> const& terms() const { return t_; }

 private:
  /// Terms that two sums have in common, up to the sign of all, are a sum of their own.
  constexpr bool share_sums() {
    bool changed = false;
    for (int s = 0; s < t_.sum_count; ++s)
      for (int r = 0; r < s && !t_.tired(); ++r) changed = share(s, r) || changed;
    return changed;
  }
  constexpr bool share(int s, int r) {
    item_list &x = t_.sums[s], &y = t_.sums[r];
    if (x.count < 2 || y.count < 2 || x.shape != y.shape || x.type != y.type) return false;
    t_.effort += x.count * y.count;
    for (int sign = 0; sign < 2; ++sign) {
      item_list common{};
      bool in_x[item_list::limit]{}, in_y[item_list::limit]{};
      for (int k = 0; k < x.count; ++k)
        for (int j = 0; j < y.count; ++j) {
          if (x.items[k].product != y.items[j].product || x.items[k].product < 0) continue;
          rational const c = x.items[k].coefficient.value(), d = y.items[j].coefficient.value();
          if (!(c == (sign == 0 ? d : -d))) continue;
          in_x[k] = in_y[j] = true;
          common.items[common.count++] = y.items[j];
        }
      if (common.count < 2 || (common.count == x.count && common.count == y.count)) continue;
      common.shape = x.shape, common.type = x.type, common.node = -1;
      // One of them may be what the other has besides more.
      bool const x_within = common.count == x.count, y_within = common.count == y.count;
      int const value = y_within   ? t_.value_of_sum(r)
                        : x_within ? t_.value_of_sum(s)
                                   : t_.add_shared(common);
      if (t_.full) return true;
      rational const relative(sign == 0 ? 1 : -1);
      if (!x_within) t_.replace(x, in_x, value, relative);
      if (!y_within) t_.replace(y, in_y, value, x_within ? relative : rational(1));
      return true;
    }
    return false;
  }

  /// The factor that most products of a sum have, of those that nothing else needs: -1 for none.
  constexpr int commonest_factor(item_list const& sum) const {
    int best = -1, most = 1;
    for (int k = 0; k < sum.count; ++k) {
      if (!t_.is_free(sum.items[k])) continue;
      sorted_factors const& p = t_.products[sum.items[k].product];
      for (int j = 0; j < p.count; ++j) {
        if (p.factor[j] == best) continue;
        int count = 0;
        for (int i = k; i < sum.count; ++i)
          count += t_.is_free(sum.items[i]) && t_.products[sum.items[i].product].has(p.factor[j]);
        if (count > most) most = count, best = p.factor[j];
      }
    }
    return best;
  }
  constexpr bool factor(item_list& sum) {
    bool changed = false;
    for (int best = commonest_factor(sum); best >= 0 && !t_.full; best = commonest_factor(sum)) {
      changed = true;
      sorted_factors common{};
      bool taken[item_list::limit]{};
      bool first = true, same_size = true;
      rational scale(1);
      for (int k = 0; k < sum.count; ++k) {
        if (!t_.is_free(sum.items[k]) || !t_.products[sum.items[k].product].has(best)) continue;
        taken[k] = true;
        sorted_factors const& p = t_.products[sum.items[k].product];
        rational const c = sum.items[k].coefficient.value();
        if (first) common = p, scale = c;
        else {
          common = common_factors(common, p);
          same_size = same_size && (c == scale || c == -scale);
        }
        first = false;
      }
      if (!same_size) scale = rational(scale.is_negative() ? -1 : 1);
      item_list inner{};
      inner.shape = sum.shape, inner.type = sum.type, inner.node = -1;
      for (int k = 0; k < sum.count; ++k) {
        if (!taken[k]) continue;
        sum_item const& item = sum.items[k];
        rational const c = item.coefficient.value();
        rational const rest = same_size ? rational(c == scale ? 1 : -1) : scale * c;
        sorted_factors const left = without(t_.products[item.product], common);
        t_.release(item);
        inner.items[inner.count++] = {as_stored(rest), left.count == 0 ? -1 : t_.intern(left)};
      }
      factor(inner);
      if (inner.count == 1) {  // it is a product itself
        scale = scale * inner.items[0].coefficient.value();
        common = t_.product_of_both(common, t_.products[inner.items[0].product]);
        t_.release(inner.items[0]);
      } else {
        bool negative = false;
        int const value = t_.find_or_add(inner, negative);
        if (negative) scale = -scale;
        common = t_.product_of_both(common, only_factor(value));
      }
      if (t_.full) return true;
      int kept = 0;
      sum_item const product{as_stored(scale), t_.intern(common)};
      bool placed = false;
      for (int k = 0; k < sum.count; ++k) {
        if (!taken[k]) sum.items[kept++] = sum.items[k];
        else if (!placed) sum.items[kept++] = product, placed = true;
      }
      sum.count = kept;
    }
    return changed;
  }

  /// Multiplications and additions of a sum, and of the sums from `first_new` on that it is made of,
  /// in twelfths: what others need too is shared with them.
  constexpr int cost(item_list const& sum, int first_new) const {
    int total = 12 * (sum.count - 1);
    for (int k = 0; k < sum.count; ++k) {
      sum_item const& item = sum.items[k];
      if (item.product < 0) continue;
      sorted_factors const& p = t_.products[item.product];
      rational const c = item.coefficient.value();
      total += 12 * (p.count - 1) / (p.uses > 1 ? p.uses : 1);
      if (!c.is(1) && !c.is(-1)) total += 12;
      for (int j = 0; j < p.count; ++j)
        if (int const s = p.factor[j] - t_.first_sum(); s >= first_new && s < t_.sum_count)
          total += cost(t_.sums[s], first_new);
    }
    return total;
  }
  /// c * (d * x + e * y) as c*d*x + c*e*y within a sum, where less is left to do after factors have
  /// been taken out of that: the other way round than a derivative by rules goes. Not c * (x - y) of
  /// data: the digits are in the difference.
  constexpr bool expand_one(int s) {
    for (int k = 0; k < t_.sums[s].count && !t_.full && !t_.tired(); ++k) {
      int const product = t_.sums[s].items[k].product;
      if (product < 0 || t_.products[product].uses != 1) continue;
      for (int j = 0; j < t_.products[product].count; ++j)
        if (int const inner = t_.sum_used_once(t_.products[product].factor[j]); inner >= 0)
          if (expand(s, k, inner)) return true;
    }
    return false;
  }
  constexpr bool expand(int s, int k, int inner) {
    item_list const &whole = t_.sums[s], part = t_.sums[inner];
    if (whole.count + part.count - 1 > item_list::limit || whole.type != part.type ||
        t_.has_exact_terms(part))
      return false;
    int const before = cost(whole, t_.sum_count) + cost(part, t_.sum_count);
    sum_item const item = whole.items[k];
    sorted_factors const others =
        without(t_.products[item.product], only_factor(t_.value_of_sum(inner)));
    auto const saved = t_.save();
    item_list trial = whole;
    trial.items[k] = trial.items[--trial.count];
    t_.release(item);
    t_.sums[inner].count = 0;  // not to be found again
    for (int i = 0; i < part.count; ++i) {
      sum_item const& x = part.items[i];
      t_.release(x);
      sorted_factors const all =
          x.product < 0 ? others : t_.product_of_both(others, t_.products[x.product]);
      if (t_.full) break;
      t_.add_item(trial, x.coefficient.value() * item.coefficient.value(), all);
    }
    if (!t_.full) factor(trial);
    if (t_.full || cost(trial, saved.sum_count) >= before) {
      t_.restore(saved);
      t_.sums[inner].count = part.count;
      return false;
    }
    t_.sums[s] = trial;
    t_.drop_sum(inner);
    return true;
  }

  /// Factors that two products have in common are a product of their own, the longest first.
  constexpr bool share_products() {
    bool changed = false;
    int longest = 0;
    for (int p = 0; p < t_.product_count; ++p)
      if (t_.products[p].count > longest) longest = t_.products[p].count;
    for (int size = longest; size >= 2; --size)
      for (int p = 0; p < t_.product_count && !t_.tired(); ++p)
        for (int q = 0; q < p && t_.products[p].count >= size; ++q) {
          ++t_.effort;
          if (t_.products[p].uses == 0) break;
          sorted_factors const &x = t_.products[p], &y = t_.products[q];
          if (y.count < size || y.uses == 0 || x.shape != y.shape || x.type != y.type ||
              __builtin_popcountll(x.signature & y.signature) < (size < 3 ? 1 : 2))
            continue;
          sorted_factors common = common_factors(x, y);
          if (common.count < size) continue;
          changed = true;
          if (!take_out(common)) return changed;
        }
    return changed;
  }
  constexpr bool take_out(sorted_factors const& common) {
    int const value = t_.value_of_product(t_.intern(common));
    if (t_.full) return false;
    int const own = value - t_.first_product();
    for (int p = 0; p < t_.product_count; ++p) {
      sorted_factors& x = t_.products[p];
      if (p == own || x.uses == 0 || x.count <= common.count || !x.contains(common)) continue;
      sorted_factors shorter = t_.product_of_both(without(x, common), only_factor(value));
      shorter.uses = x.uses;
      x = shorter;
    }
    return true;
  }

  factor_terms<Graph> t_;
  bool changed_ = false;
};

}  // namespace slope::engine
