// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/products.ipp"
#include "slope/ops/scans.ipp"

/// Sums of products by named axes: an equation is read while the program is compiled, and becomes
/// diagonals, sums, permutations and products of matrices, whose derivatives are its own.
namespace slope::engine {

/// A value whose axes have labels: letters, or the digits of "...", counted from the end.
struct labelled {
  symbol value;
  int rank = 0;
  char at[2 * max_rank]{};

  constexpr int place(char label) const {
    for (int k = 0; k < rank; ++k)
      if (at[k] == label) return k;
    return -1;
  }
  constexpr void add(char label) {
    if (rank < 2 * max_rank) at[rank++] = label;
  }
};

/// What is known of each label.
struct label_table {
  bool seen[128]{};
  int extents[128]{};
};

/// "einsum: ij,jk->ik of (2,3) x (4,5)", with a reason in front of `of` where there is one.
constexpr void fail_einsum(auto& b, char const* equation, char const* why, symbol const* x,
                           int count) {
  builder::failure_text text;
  text.write("einsum: ");
  text.write(equation);
  text.write(why);
  text.write(" of ");
  for (int k = 0; k < count; ++k) {
    if (k != 0) text.write(" x ");
    write_shape(text, b.describe(b.shape_of(x[k])));
  }
  b.fail(text, {});
}

/// The labels up to the next `,` or `->` or the end; `dots`: how many axes "..." is. False for what
/// is no label.
constexpr bool read_labels(char const*& text, int dots, labelled& to) {
  for (; *text != 0 && *text != ',' && *text != '-'; ++text) {
    char const c = *text;
    if (c == ' ') continue;
    if (c == '.') {
      if (text[1] != '.' || text[2] != '.') return false;
      text += 2;
      for (int k = dots - 1; k >= 0; --k) to.add(static_cast<char>('0' + k));
      continue;
    }
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) return false;
    to.add(c);
  }
  return true;
}
/// How many letters stand before the next `,` or `->`; `dots`: is there a "..."?
constexpr int count_letters(char const* text, bool& dots) {
  int count = 0;
  for (dots = false; *text != 0 && *text != ',' && *text != '-'; ++text) {
    dots = dots || *text == '.';
    count += *text != ' ' && *text != '.' ? 1 : 0;
  }
  return count;
}

/// x with the axes `order`, those that it lacks with extent 1. It has no others.
constexpr symbol ordered(auto& b, labelled const& x, labelled const& order) {
  shape const from = b.shape_of(x.value);
  shape to{};
  std::int64_t axes = 0;
  int found = 0;
  for (int k = 0; k < order.rank; ++k) {
    int const place = x.place(order.at[k]);
    to.extents[to.rank++] = place < 0 ? 1 : from.extents[place];
    if (place >= 0) axes |= std::int64_t{place} << 4 * found++;
  }
  symbol const y =
      axes == identity_permutation(x.rank) ? x.value : permute_symbol(b, x.value, axes);
  return reshape_symbol(b, y, to);
}

/// x without the labels that nothing else has: summed over them.
constexpr labelled summed(auto& b, labelled const& x, bool const* kept, labelled const& other) {
  labelled y;
  std::int64_t mask = 0;
  for (int k = 0; k < x.rank; ++k) {
    if (kept[static_cast<int>(x.at[k])] || other.place(x.at[k]) >= 0) y.add(x.at[k]);
    else mask |= std::int64_t{1} << k;
  }
  y.value = mask == 0 ? x.value : reduce<op::sum>(b, x.value, mask, false);
  return y;
}

/// The product of the extents of labels, those of x; -1 where it has no number, unless it is one extent.
constexpr int merged_extent(auto& b, labelled const& x, labelled const& group) {
  shape const s = b.shape_of(x.value);
  if (group.rank == 1) return s.extents[x.place(group.at[0])];
  int product = 1;
  for (int k = 0; k < group.rank; ++k) {
    int const extent = s.extents[x.place(group.at[k])];
    if (extent < 0) return -1;
    product *= extent;
  }
  return product;
}

/// The sum of x y over the labels of both that are not kept: a product of matrices where there are
/// some, with the labels that both keep as its batch.
constexpr labelled contracted(auto& b, labelled x, labelled y, bool const* kept) {
  labelled const before = y;
  y = summed(b, y, kept, x);
  x = summed(b, x, kept, before);
  labelled batch, left, right, inner, result;
  for (int k = 0; k < x.rank; ++k) {
    char const label = x.at[k];
    (y.place(label) < 0 ? left : kept[static_cast<int>(label)] ? batch : inner).add(label);
  }
  for (int k = 0; k < y.rank; ++k)
    if (x.place(y.at[k]) < 0) right.add(y.at[k]);
  for (labelled const* part : {&batch, &left, &right})
    for (int k = 0; k < part->rank; ++k) result.add(part->at[k]);
  if (result.rank + inner.rank > max_rank || batch.rank + 2 > max_rank) {
    b.fail("einsum: more than 8 axes", {});
    return x;
  }
  auto const single = [](int extent, labelled const& group) {
    return extent >= 0 || group.rank == 1;
  };
  int const rows = merged_extent(b, x, left), columns = merged_extent(b, y, right);
  int const depth = merged_extent(b, x, inner);
  bool const matrices = inner.rank > 0 && left.rank + right.rank > 0 && single(rows, left) &&
                        single(columns, right) && single(depth, inner);
  shape const from = b.shape_of(x.value), other = b.shape_of(y.value);
  if (!matrices) {
    labelled all = result;
    for (int k = 0; k < inner.rank; ++k) all.add(inner.at[k]);
    symbol const product = ordered(b, x, all) * ordered(b, y, all);
    std::int64_t const mask = ((std::int64_t{1} << inner.rank) - 1) << result.rank;
    result.value = mask == 0 ? product : reduce<op::sum>(b, product, mask, false);
    return result;
  }
  labelled first = batch, second = batch;
  shape a{}, c{}, to{};
  for (int k = 0; k < batch.rank; ++k) {
    a.extents[a.rank++] = from.extents[x.place(batch.at[k])];
    c.extents[c.rank++] = other.extents[y.place(batch.at[k])];
  }
  for (int k = 0; k < left.rank; ++k) first.add(left.at[k]);
  for (int k = 0; k < inner.rank; ++k) first.add(inner.at[k]), second.add(inner.at[k]);
  for (int k = 0; k < right.rank; ++k) second.add(right.at[k]);
  a.extents[a.rank++] = rows;
  a.extents[a.rank++] = depth;
  c.extents[c.rank++] = merged_extent(b, y, inner);
  c.extents[c.rank++] = columns;
  for (int k = 0; k < result.rank; ++k) {
    int const place = x.place(result.at[k]);
    to.extents[to.rank++] =
        place >= 0 ? from.extents[place] : other.extents[y.place(result.at[k])];
  }
  symbol const product = make<op::matmul>(0, reshape_symbol(b, ordered(b, x, first), a),
                                          reshape_symbol(b, ordered(b, y, second), c));
  result.value = reshape_symbol(b, product, to);
  return result;
}

/// Multiplications of the product of two, by the extents of the labels of both.
constexpr double product_cost(label_table const& table, labelled const& x, labelled const& y,
                              bool const* kept, labelled& result) {
  constexpr int unknown = 64;  // what an open extent counts
  double cost = 1;
  auto const count = [&](labelled const& from, labelled const& without) {
    for (int k = 0; k < from.rank; ++k) {
      char const label = from.at[k];
      if (without.place(label) >= 0) continue;
      int const extent = table.extents[static_cast<int>(label)];
      cost *= extent < 0 ? unknown : extent;
      if (kept[static_cast<int>(label)]) result.add(label);
    }
  };
  count(x, {});
  count(y, x);
  return cost;
}

/// Repeated labels become one, the diagonal of their axes; broadcast axes of extent 1 are dropped.
constexpr labelled distinct(auto& b, labelled x, label_table const& table) {
  for (int i = 0; i < x.rank; ++i)
    for (int j = i + 1; j < x.rank; ++j) {
      if (x.at[i] != x.at[j]) continue;
      parameters p;
      p.count = 3;
      p.values[1] = i;
      p.values[2] = j;
      labelled y;
      y.value = op::diagonal::front(b, p, x.value);
      for (int k = 0; k < x.rank; ++k)
        if (k != i && k != j) y.add(x.at[k]);
      y.add(x.at[i]);
      if (b.shape_of(y.value).rank != y.rank) return y;  // it has failed
      return distinct(b, y, table);
    }
  labelled y;
  shape const from = b.shape_of(x.value);
  shape to{};
  for (int k = 0; k < x.rank; ++k) {
    if (from.extents[k] == 1 && table.extents[static_cast<int>(x.at[k])] != 1) continue;
    y.add(x.at[k]);
    to.extents[to.rank++] = from.extents[k];
  }
  y.value = reshape_symbol(b, x.value, to);
  return y;
}

/// Enters the extents of x into the table; false where a label has two.
constexpr bool enter_labels(auto& b, labelled const& x, label_table& table, symbol first) {
  shape const s = b.shape_of(x.value);
  if (x.rank != s.rank) return false;
  for (int k = 0; k < x.rank; ++k) {
    int const label = x.at[k];
    int& extent = table.extents[label];
    if (!table.seen[label] || extent == 1) extent = s.extents[k];
    else if (s.extents[k] != 1 &&
             !unify(b, blank(op_number<op::matmul>()), extent, s.extents[k], b.shape_of(first), s,
                    extent))
      return false;
    table.seen[label] = true;
  }
  return true;
}

constexpr symbol lower_einsum(auto& b, char const* equation, symbol const* operands, int count) {
  labelled x[3], result;
  label_table table;
  char const* text = equation;
  int dots_of_all = 0;
  for (int k = 0; k < count; ++k) {
    bool dots = false;
    int const letters = count_letters(text, dots);
    int const more = dots ? b.shape_of(operands[k]).rank - letters : 0;
    if (more > dots_of_all) dots_of_all = more;
    x[k].value = operands[k];
    if (more < 0 || !read_labels(text, more, x[k]) ||
        !enter_labels(b, x[k], table, operands[0]) || (*text == ',') != (k + 1 < count)) {
      fail_einsum(b, equation, "", operands, count);
      return operands[0];
    }
    if (*text == ',') ++text;
  }
  bool fits = true;
  if (*text == '-') {
    fits = text[1] == '>';
    text += fits ? 2 : 1;
    fits = fits && read_labels(text, dots_of_all, result) && *text == 0;
  } else {  // labels that occur once, in the order of the alphabet; "..." before them
    for (int label = 0; label < 128; ++label) {
      int times = 0;
      for (labelled const& operand : x)
        for (int k = 0; k < operand.rank; ++k) times += operand.at[k] == label ? 1 : 0;
      int const digit = '0' + '9' - label;
      if (label >= '0' && label <= '9' && table.seen[digit]) result.add(static_cast<char>(digit));
      else if (label > '9' && times == 1) result.add(static_cast<char>(label));
    }
  }
  bool kept[128]{};
  for (int k = 0; k < result.rank; ++k) {
    int const label = result.at[k];
    fits = fits && table.seen[label] && !kept[label];
    kept[label] = true;
  }
  if (!fits || result.rank > max_rank) {
    fail_einsum(b, equation, ": no such result", operands, count);
    return operands[0];
  }
  for (int k = 0; k < count; ++k) x[k] = distinct(b, x[k], table);
  if (b.graph.error.failed) return operands[0];
  if (count == 3) {  // the pair whose product comes first: the cheapest order
    int best = 0;
    double least = 0;
    for (int third = 0; third < 3; ++third) {
      bool needed[128]{};
      for (int label = 0; label < 128; ++label)
        needed[label] = kept[label] || x[third].place(static_cast<char>(label)) >= 0;
      labelled pair, all;
      double const cost =
          product_cost(table, x[(third + 1) % 3], x[(third + 2) % 3], needed, pair) +
          product_cost(table, pair, x[third], kept, all);
      // Of equals the last is left out of the first product: from left to right.
      if (third == 0 || cost <= least) best = third, least = cost;
    }
    bool needed[128]{};
    for (int label = 0; label < 128; ++label)
      needed[label] = kept[label] || x[best].place(static_cast<char>(label)) >= 0;
    labelled const pair = contracted(b, x[best == 0 ? 1 : 0], x[best == 2 ? 1 : 2], needed);
    x[1] = best == 0 ? pair : x[best];
    x[0] = best == 0 ? x[0] : pair;
  }
  labelled const sum = count == 1 ? summed(b, x[0], kept, {}) : contracted(b, x[0], x[1], kept);
  return b.graph.error.failed ? operands[0] : ordered(b, sum, result);
}

}  // namespace slope::engine

namespace slope::op {

struct einsum : defaults {
  static constexpr char const* name() { return "einsum"; }
  static constexpr bool has_front = true;
  template <class... S>
  static constexpr symbol front(auto& b, engine::parameters const& p, S... x) {
    symbol const operands[] = {x...};
    return engine::lower_einsum(b, p.text, operands, static_cast<int>(sizeof...(S)));
  }
};

/// Over the last axes of x and the first of y, so many.
struct tensordot : defaults {
  static constexpr char const* name() { return "tensordot"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(auto& b, engine::parameters const& p, symbol x,
                                symbol y) {
    int const m = x.rank(), n = y.rank(), count = p.values[0];
    bool fits = count >= 0 && count <= m && count <= n && m + n - 2 * count <= max_rank;
    for (int k = 0; k < count && fits; ++k)
      fits = engine::axes_fit<matmul>(b, x, count - k, y, n - k);
    if (!fits) return engine::fail_product(b, name(), x, y);
    engine::labelled left, right, result;
    bool kept[128]{};
    left.value = x;
    right.value = y;
    for (int k = 0; k < m; ++k) left.add(static_cast<char>('A' + k));
    for (int k = 0; k < n; ++k) right.add(static_cast<char>('A' + m - count + k));
    for (int k = 0; k < m + n - count; ++k) {
      if (k >= m - count && k < m) continue;
      kept['A' + k] = true;
      result.add(static_cast<char>('A' + k));
    }
    engine::labelled const sum = engine::contracted(b, left, right, kept);
    return b.graph.error.failed ? x : engine::ordered(b, sum, result);
  }
};

}  // namespace slope::op
