// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Sums of products by named axes, as products of matrices and against the sums written out.
// not with the third compiler

#include "catch.hpp"

#include <slope/slope.hpp>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"a", double, 2, 3> a;
constexpr variable<"b", double, 3, 4> b;
constexpr variable<"c", double, 4, 2> c;
constexpr variable<"s", double, 3, 3> s;
constexpr variable<"v", double, 3> v;
constexpr variable<"t", double, 5, 2, 3> t;

// What it becomes.
static_assert(einsum<"ij,jk->ik">(a, b) == matmul(a, b));
static_assert(einsum<"ij,jk->ki">(a, b) == transpose(matmul(a, b)));
static_assert(einsum<"ij->ji">(a) == transpose(a) && einsum<"ij->">(a) == sum(a));
static_assert(einsum<"ij,jk">(a, b) == matmul(a, b) && einsum<"ba">(a) == transpose(a));
static_assert(einsum<"ij,ij->i">(a, a) == sum<1>(a * a));
static_assert(einsum<"ii->i">(s) == diagonal(s) && einsum<"ii">(s) == trace(s));
static_assert(einsum<" i j , j -> i ">(a, v) == matmul(a, v));
static_assert(einsum<"...j,jk->...k">(t, b) == einsum<"bij,jk->bik">(t, b));
static_assert(einsum<"...j,jk">(t, b) == einsum<"bij,jk">(t, b));
static_assert(einsum<"bij,bkj->bik">(t, t) == matmul(t, transpose(t)));
static_assert(einsum<"ij,jk,kl->il">(a, b, c) == matmul(matmul(a, b), c) ||
              einsum<"ij,jk,kl->il">(a, b, c) == matmul(a, matmul(b, c)));
// The vector goes first: 3 * 2 + 2 instead of 2 * 3 * 4 multiplications.
static_assert(einsum<"i,ij,jk->k">(variable<"r", double, 2>{}, a, b) ==
              einsum<"j,jk->k">(einsum<"i,ij->j">(variable<"r", double, 2>{}, a), b));
static_assert(einsum<"ij,jk,k->i">(a, b, variable<"u", double, 4>{}) ==
              einsum<"ij,j->i">(a, einsum<"jk,k->j">(b, variable<"u", double, 4>{})));
static_assert(tensordot<1>(a, b) == matmul(a, b) && tensordot<2>(a, a) == sum(a * a));
static_assert(to_string(gradient(sum(einsum<"ij,ij->">(a, a)), a)) == "2 * a");

// Constant evaluation.
static_assert(evaluate(einsum<"ij,j->i">(a, v), a = tensor<double, 2, 3>{{1, 2, 3}, {4, 5, 6}},
                       v = tensor<double, 3>{1, 0, 2}) == tensor<double, 2>{7, 16});

template <class T>
T numbered(double step) {
  T r;
  for (std::size_t k = 0; k < r.size(); ++k) {
    double const x = step * static_cast<double>(k + 1);
    r.data()[k] = x - static_cast<int>(x) - 0.4;
  }
  return r;
}

TEST_CASE("sums of products are those of loops") {
  auto const x = numbered<tensor<double, 2, 3, 4>>(0.618), y = numbered<tensor<double, 2, 3, 4>>(0.41);
  auto const z = numbered<tensor<double, 4, 5>>(0.73);
  tensor<double, 5, 2, 2> const got = einsum<"aij,bij,jk->kab">(x, y, z);
  tensor<double, 5, 2, 2> const traced =
      jit([](auto p, auto q, auto r) { return einsum<"aij,bij,jk->kab">(p, q, r); })(x, y, z);
  for (int k = 0; k < 5; ++k)
    for (int p = 0; p < 2; ++p)
      for (int q = 0; q < 2; ++q) {
        double total = 0;
        for (int i = 0; i < 3; ++i)
          for (int j = 0; j < 4; ++j) total += x(p, i, j) * y(q, i, j) * z(j, k);
        CHECK(got(k, p, q) == Approx(total));
        CHECK(traced(k, p, q) == Approx(total));
      }
  tensor<double, 4, 2, 2> const dots = tensordot<1>(numbered<tensor<double, 4, 3>>(0.3),
                                                    numbered<tensor<double, 3, 2, 2>>(0.7));
  CHECK(dots.size() == 16);
  auto const square_part = numbered<tensor<double, 3, 2, 3>>(0.57);
  tensor<double, 2> const traces = einsum<"iji->j">(square_part);
  CHECK(traces(1) == Approx(square_part(0, 1, 0) + square_part(1, 1, 1) + square_part(2, 1, 2)));
}

TEST_CASE("gradients of sums of products are those of central differences") {
  auto const x = numbered<tensor<double, 2, 3, 3>>(0.618);
  auto const f = [](auto p) {
    return sum(sin(einsum<"aii,bij,bk->jka">(p, p, sum<1>(p)))) +
           sum(einsum<"...i,...j->ij">(p, p * p));
  };
  auto const slope_of_it = grad(f)(x);
  auto const direction = numbered<tensor<double, 2, 3, 3>>(0.29);
  auto const [value, tangent] = jvp(f)(x, direction);
  double along = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    auto up = x, down = x;
    up.data()[k] += 1e-5;
    down.data()[k] -= 1e-5;
    CHECK(slope_of_it.data()[k] ==
          Approx((jit(f)(up) - jit(f)(down)) / 2e-5).epsilon(1e-7).margin(1e-7));
    along += slope_of_it.data()[k] * direction.data()[k];
  }
  CHECK(value == Approx(jit(f)(x)));
  CHECK(tangent == Approx(along));
}

TEST_CASE("run-time extents, and batches that are mapped over") {
  tensor<double, dynamic, dynamic> p(2, 3);
  tensor<double, dynamic, dynamic> q(3, 4);
  for (std::size_t k = 0; k < 6; ++k) p.data()[k] = static_cast<double>(k);
  for (std::size_t k = 0; k < 12; ++k) q.data()[k] = static_cast<double>(k) - 5;
  auto const product = jit([](auto x, auto y) { return einsum<"ij,jk->ik">(x, y); })(p, q);
  CHECK(product(1, 2) == 3 * -3 + 4 * 1 + 5 * 5);
  auto const all = jit([](auto x, auto y) { return einsum<"ij,kj->ikj">(x, transpose(y)); })(p, q);
  CHECK(all(1, 2, 0) == 3 * -3);
  CHECK_THROWS_AS(jit([](auto x, auto y) { return einsum<"ij,jk->ik">(x, y); })(q, p), shape_error);
  tensor<double, 3, 2> const rows{{1, 2}, {3, 4}, {5, 6}};
  tensor<double, 3, 2, 2> const outer_products =
      vmap<0>([](auto r) { return einsum<"i,j->ij">(r, r); })(rows);
  CHECK(outer_products(2, 0, 1) == 30);
}

}  // namespace
