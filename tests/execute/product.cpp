// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// under all flags
#include "../catch.hpp"

#include <slope/execute/product.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace engine = slope::engine;

namespace {

/// A matrix whose elements lie in one of the ways that operands come in. What lies between and
/// around them is NaN, or a large number, so that reading it shows.
template <class T>
struct operand {
  std::vector<T> data;
  std::ptrdiff_t row, column;

  T const* begin() const { return data.data() + 1; }
  T operator()(int i, int j) const { return begin()[i * row + j * column]; }
};

enum class layout { rows, columns, wide_rows, wide_columns, scattered };
constexpr layout layouts[] = {layout::rows, layout::columns, layout::wide_rows,
                              layout::wide_columns, layout::scattered};

template <class T>
T foreign() {
#ifndef __FAST_MATH__
  if constexpr (std::is_floating_point_v<T>) return std::numeric_limits<T>::quiet_NaN();
#else
  if constexpr (std::is_floating_point_v<T>) return T(1e30);
#endif
  else return 1000003;
}

/// An element between -1 and 1, or a small integer, from a fixed sequence of random bits.
template <class T>
T random_element(unsigned& state) {
  state = state * 1664525u + 1013904223u;
  if constexpr (std::is_floating_point_v<T>)
    return static_cast<T>(static_cast<int>(state >> 8)) / static_cast<T>(1 << 23) - 1;
  else return static_cast<T>(static_cast<int>(state >> 24)) - 100;
}

template <class T>
operand<T> make(int rows, int columns, layout how, unsigned seed) {
  operand<T> r;
  switch (how) {
    case layout::rows: r.row = columns, r.column = 1; break;
    case layout::columns: r.row = 1, r.column = rows; break;
    case layout::wide_rows: r.row = columns + 3, r.column = 1; break;
    case layout::wide_columns: r.row = 1, r.column = rows + 5; break;
    case layout::scattered: r.row = 2 * columns + 1, r.column = 2; break;
  }
  auto const last = rows > 0 && columns > 0 ? (rows - 1) * r.row + (columns - 1) * r.column : 0;
  r.data.assign(static_cast<std::size_t>(last) + 3, foreign<T>());
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j)
      r.data[static_cast<std::size_t>(1 + i * r.row + j * r.column)] = random_element<T>(seed);
  return r;
}

/// The number of elements of C that are not what a plain loop in a wider type adds to those of
/// `before`, if any, within the error bound of a sum of k + 1 terms in any order; those written
/// outside C count too.
template <class T>
int wrong_elements(std::vector<T> const& c, operand<T> const& a, operand<T> const& b, int m, int n,
                   int k, std::vector<T> const& before = {}) {
  using wide = std::conditional_t<std::is_floating_point_v<T>, long double, long long>;
  int wrong = 0;
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j) {
      wide sum = 0;
      if (!before.empty()) sum = static_cast<wide>(before[static_cast<std::size_t>(1 + i * n + j)]);
      wide size = sum < 0 ? -sum : sum;
      for (int p = 0; p < k; ++p) {
        wide const term = static_cast<wide>(a(i, p)) * static_cast<wide>(b(p, j));
        sum += term;
        size += term < 0 ? -term : term;
      }
      T const got = c[static_cast<std::size_t>(1 + i * n + j)];
      if constexpr (std::is_floating_point_v<T>) {
        wide const bound = (k + 2) * static_cast<wide>(std::numeric_limits<T>::epsilon()) * size;
        if (!(std::fabs(static_cast<wide>(got) - sum) <= bound)) ++wrong;
      } else if (static_cast<wide>(got) != sum) {
        ++wrong;
      }
    }
  if (c.front() != T(77) || c.back() != T(77)) ++wrong;
  return wrong;
}

template <class T>
void check_product(int m, int n, int k) {
  for (auto const of_a : layouts)
    for (auto const of_b : layouts) {
      auto const a = make<T>(m, k, of_a, 1), b = make<T>(k, n, of_b, 2);
      std::vector<T> c(static_cast<std::size_t>(m * n + 2), T(77));
      engine::matrix_product(c.data() + 1, a.begin(), b.begin(), m, n, k, a.row, a.column, b.row,
                             b.column);
      INFO(m << " x " << k << " x " << n << ", layouts " << int(of_a) << " and " << int(of_b));
      CHECK(wrong_elements(c, a, b, m, n, k) == 0);
      // Added to what is there.
      unsigned seed = 3;
      for (std::size_t e = 1; e + 1 < c.size(); ++e) c[e] = random_element<T>(seed);
      auto const before = c;
      engine::matrix_product(c.data() + 1, a.begin(), b.begin(), m, n, k, a.row, a.column, b.row,
                             b.column, true);
      CHECK(wrong_elements(c, a, b, m, n, k, before) == 0);
    }
}

template <class T, int M, int N, int K>
void check_small() {
  for (auto const of_a : layouts)
    for (auto const of_b : layouts) {
      auto const a = make<T>(M, K, of_a, 1), b = make<T>(K, N, of_b, 2);
      std::vector<T> c(static_cast<std::size_t>(M * N + 2), T(77));
      engine::small_product<T, M, N, K>(c.data() + 1, a.begin(), b.begin(), a.row, a.column, b.row,
                                        b.column);
      INFO(M << " x " << K << " x " << N << ", layouts " << int(of_a) << " and " << int(of_b));
      CHECK(wrong_elements(c, a, b, M, N, K) == 0);
    }
}

}  // namespace

TEMPLATE_TEST_CASE("products of all small extents", "", float, double, std::int32_t, std::int64_t) {
  for (int m : {1, 2, 4, 7, 9})
    for (int n : {1, 2, 3, 5, 16, 33})
      for (int k : {1, 2, 4, 9, 31}) check_product<TestType>(m, n, k);
}

TEMPLATE_TEST_CASE("products at the edges of tiles, panels and blocks", "", float, double) {
  constexpr int lanes = slope::math::native_lanes<TestType>;
  constexpr int rows = engine::product::tile_rows, depth = engine::product::panel_depth;
  for (int m : {rows - 1, rows, 2 * rows, 2 * rows + 1, 3 * rows + rows / 2})
    for (int n : {lanes - 1, lanes, lanes + 1, 2 * lanes, 2 * lanes + 1, 4 * lanes})
      check_product<TestType>(m, n, 37);
  check_product<TestType>(rows + 1, 2 * lanes + 3, depth);
  check_product<TestType>(3 * rows, 2 * lanes + 3, depth + 1);
  check_product<TestType>(3 * rows, 3 * lanes, 2 * depth + 7);
  check_product<TestType>(241, 2 * lanes, 5);
  check_product<TestType>(485, 3, depth + 2);
}

TEMPLATE_TEST_CASE("a matrix times a vector, and a vector times a matrix", "", float, double,
                   std::int32_t) {
  for (int length : {1, 2, 3, 4, 15, 16, 17, 31, 64, 129, 260})
    for (int k : {2, 3, 4, 8, 30, 127, 300}) {
      check_product<TestType>(length, 1, k);
      check_product<TestType>(1, length, k);
    }
  check_product<TestType>(1, 1, 1000);
  // Longer than the copy that a scattered vector is made contiguous in.
  constexpr int copied = 16384 / static_cast<int>(sizeof(TestType));
  for (int k : {copied, copied + 1, copied + 3, 2 * copied}) check_product<TestType>(5, 1, k);
}

TEMPLATE_TEST_CASE("rows of 2 and 4 elements, of which a pack has several", "", float, double,
                   std::int32_t, std::int64_t) {
  for (int k : {2, 4})
    for (int m = 1; m <= 70; ++m) {
      check_product<TestType>(m, 1, k);
      check_product<TestType>(1, m, k);
    }
  for (int n : {2, 4})
    for (int m : {5, 16, 33, 100})
      for (int k : {2, 4, 50}) {
        check_product<TestType>(m, n, k);
        check_product<TestType>(n, m, k);
      }
}

TEMPLATE_TEST_CASE("small products of static extents", "", float, double, std::int64_t) {
  check_small<TestType, 1, 1, 1>();
  check_small<TestType, 4, 4, 4>();
  check_small<TestType, 3, 3, 3>();
  check_small<TestType, 2, 7, 5>();
  check_small<TestType, 8, 8, 8>();
  check_small<TestType, 5, 1, 6>();
  check_small<TestType, 1, 10, 4>();
  check_small<TestType, 2, 1, 17>();
  check_small<TestType, 1, 37, 2>();
  check_small<TestType, 1, 16, 20>();
  check_small<TestType, 5, 10, 10>();
  check_small<TestType, 3, 4, 1>();
  check_small<TestType, 9, 1, 2>();
  check_small<TestType, 17, 1, 4>();
  check_small<TestType, 6, 2, 4>();
  check_small<TestType, 6, 4, 2>();
}

TEMPLATE_TEST_CASE("empty products", "", float, double, std::int32_t) {
  TestType const nothing = 0;
  TestType c[] = {5, 5, 5, 5, 5, 5};
  engine::matrix_product<TestType>(c, &nothing, &nothing, 0, 3, 2, 2, 1, 3, 1);
  engine::matrix_product<TestType>(c, &nothing, &nothing, 3, 0, 2, 2, 1, 0, 1);
  CHECK(c[0] == 5);
  engine::matrix_product<TestType>(c, &nothing, &nothing, 2, 2, 0, 0, 1, 2, 1, true);
  CHECK(c[0] == 5);
  CHECK(c[3] == 5);
  engine::matrix_product<TestType>(c, &nothing, &nothing, 2, 2, 0, 0, 1, 2, 1);
  engine::small_product<TestType, 1, 1, 0>(c + 5, &nothing, &nothing, 0, 1, 1, 1);
  CHECK(c[0] == 0);
  CHECK(c[3] == 0);
  CHECK(c[4] == 5);
  CHECK(c[5] == 0);
}

#ifndef __FAST_MATH__  // there are no infinities with it
TEMPLATE_TEST_CASE("an infinity stays one where packs overlap", "", float, double) {
  constexpr int lanes = slope::math::native_lanes<TestType>;
  auto const infinity = std::numeric_limits<TestType>::infinity();
  int const k = lanes + 1;
  for (int m : {1, 4, 5}) {
    std::vector<TestType> a(static_cast<std::size_t>(m * k), TestType(1));
    std::vector<TestType> const b(static_cast<std::size_t>(k), TestType(1));
    std::vector<TestType> c(static_cast<std::size_t>(m));
    for (int i = 0; i < m; ++i) a[static_cast<std::size_t>(i * k + 2)] = infinity;
    engine::matrix_product(c.data(), a.data(), b.data(), m, 1, k, k, 1, 1, 1);
    for (auto x : c) CHECK(x == infinity);
  }
}
#endif

TEST_CASE("integers wrap around") {
  std::int32_t const big = std::numeric_limits<std::int32_t>::max();
  for (int k : {1, 5, 40, 200}) {
    std::vector<std::int32_t> const a(static_cast<std::size_t>(2 * k), big);
    std::vector<std::int32_t> const b(static_cast<std::size_t>(20 * k), big);
    std::int32_t c[40];
    engine::matrix_product(c, a.data(), b.data(), 2, 20, k, k, 1, 20, 1);
    for (auto x : c) CHECK(x == k);  // the square of 2^31 - 1 is 1 modulo 2^32
  }
}
