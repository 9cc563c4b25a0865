// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/slope.hpp>

#include <cmath>
#include <cstdint>

// Matrices and their products by plain loops, to compare with.

using matrix = slope::tensor<double, slope::dynamic, slope::dynamic>;
using vector = slope::tensor<double, slope::dynamic>;

inline matrix numbers(int m, int n, int seed) {
  matrix t(m, n);
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j) t(i, j) = std::sin(seed + 3 * i + 7 * j);
  return t;
}
template <class X, class Y>
matrix product(X const& x, Y const& y) {
  matrix z(x.extent(0), y.extent(1));
  for (int i = 0; i < x.extent(0); ++i)
    for (int j = 0; j < y.extent(1); ++j)
      for (int k = 0; k < y.extent(0); ++k) z(i, j) += x(i, k) * y(k, j);
  return z;
}
/// The product with a vector.
template <class X, class Y>
vector applied(X const& x, Y const& y) {
  vector z(x.extent(0));
  for (int i = 0; i < x.extent(0); ++i)
    for (int k = 0; k < y.extent(0); ++k) z(i) += x(i, k) * y(k);
  return z;
}
template <class T, class U>
bool near(T const& x, U const& y) {
  if (x.shape() != y.shape()) return false;
  for (std::int64_t k = 0; k < static_cast<std::int64_t>(x.size()); ++k)
    if (!(std::abs(x.data()[k] - y.data()[k]) < 1e-11)) return false;
  return true;
}
