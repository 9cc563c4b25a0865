// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/core/dtype.hpp"
#include "slope/graph/graph.hpp"

/// Products and sums as lists.
namespace slope::engine {

/// The factors of a product, sorted by number; x * x is x twice.
struct sorted_factors {
  static constexpr int limit = 8;
  int factor[limit];
  int count;
  int uses;   ///< by sums, and by what is neither sum nor product
  int shape;  ///< of the whole product
  dtype type;
  std::uint64_t signature;  ///< a bit for each factor

  constexpr bool has(int f) const {
    if ((signature >> (f & 63) & 1) == 0) return false;
    for (int k = 0; k < count; ++k)
      if (factor[k] == f) return true;
    return false;
  }
  constexpr void sign() {
    signature = 0;
    for (int k = 0; k < count; ++k) signature |= std::uint64_t{1} << (factor[k] & 63);
  }
  constexpr bool contains(sorted_factors const& other) const {
    int k = 0;
    for (int j = 0; j < other.count; ++j, ++k) {
      while (k < count && factor[k] < other.factor[j]) ++k;
      if (k == count || factor[k] != other.factor[j]) return false;
    }
    return true;
  }
  constexpr bool same_factors(sorted_factors const& other) const {
    if (count != other.count || signature != other.signature) return false;
    for (int k = 0; k < count; ++k)
      if (factor[k] != other.factor[k]) return false;
    return true;
  }
};

constexpr sorted_factors like_product(sorted_factors const& p) {
  sorted_factors result{};
  result.shape = p.shape, result.type = p.type;
  return result;
}
constexpr sorted_factors only_factor(int f) {
  sorted_factors result{};
  result.factor[result.count++] = f;
  result.sign();
  return result;
}
constexpr sorted_factors common_factors(sorted_factors const& a, sorted_factors const& b) {
  sorted_factors result = like_product(a);
  for (int i = 0, j = 0; i < a.count && j < b.count;) {
    if (a.factor[i] == b.factor[j]) result.factor[result.count++] = a.factor[i++], ++j;
    else if (a.factor[i] < b.factor[j]) ++i;
    else ++j;
  }
  result.sign();
  return result;
}
constexpr sorted_factors without(sorted_factors const& a, sorted_factors const& part) {
  sorted_factors result = like_product(a);
  for (int i = 0, j = 0; i < a.count; ++i) {
    if (j < part.count && part.factor[j] == a.factor[i]) ++j;
    else result.factor[result.count++] = a.factor[i];
  }
  result.sign();
  return result;
}

/// One term of a sum: a coefficient times a product, or -1 for the coefficient alone.
struct sum_item {
  stored_constant coefficient;
  int product;
};
struct item_list {
  static constexpr int limit = 10;
  sum_item items[limit];
  int count;
  int node;   ///< that it is the value of, -1 for a new one
  int shape;
  dtype type;
};

constexpr stored_constant as_stored(rational const& r) {
  return {r.numerator, r.denominator, r.floating};
}

}  // namespace slope::engine
