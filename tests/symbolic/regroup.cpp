// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Products in the group that takes the fewest multiplications, where nothing else needs the other.
#include "catch.hpp"
#include "matrices.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <cstdint>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"A", double, 10, 20> A;
constexpr variable<"B", double, 20, 30> B;
constexpr variable<"C", double, 30, 5> C;
constexpr variable<"v", double, 30> v;
constexpr variable<"u", double, 10> u;
constexpr variable<"P", double, 3, 10, 20> P;
constexpr variable<"Q", double, 3, 20, 30> Q;
constexpr variable<"I", std::int64_t, 10, 20> I;
constexpr variable<"J", std::int64_t, 20, 30> J;
constexpr variable<"k", std::int64_t, 30> k;
constexpr variable<"X", double, dim<"n">, dim<"k">> X;
constexpr variable<"Y", double, dim<"k">, dim<"m">> Y;
constexpr variable<"y", double, dim<"m">> y;
constexpr variable<"Z", double, dim<"m">, dim<"p">> Z;

constexpr std::int64_t ab = 2 * 10 * 20 * 30, bv = 2 * 20 * 30, av = 2 * 10 * 20, cv = 2 * 10 * 30;

// A vector takes the products apart, from either side, through transposes, in any number.
static_assert(cost(matmul(matmul(A, B), v)).flops == bv + av);
static_assert(cost(matmul(A, matmul(B, v))).flops == bv + av);
static_assert(cost(matmul(u, matmul(A, B))).flops == av + bv);
static_assert(cost(matmul(transpose(matmul(A, B)), u)).flops == av + bv);
static_assert(cost(matmul(matmul(I, J), k)).flops == bv + av);
static_assert(cost(matmul(matmul(matmul(A, B), C), sum<0>(C))).flops ==
              30 * 5 + 2 * 30 * 5 + bv + av);
// Matrices by the cost of their extents, to the left and to the right.
static_assert(cost(matmul(matmul(A, B), C)).flops == 2 * 20 * 30 * 5 + 2 * 10 * 20 * 5);
static_assert(cost(matmul(transpose(C), matmul(transpose(B), transpose(A)))).flops ==
              2 * 20 * 30 * 5 + 2 * 10 * 20 * 5);
static_assert(cost(matmul(A, matmul(B, transpose(B)))).flops == 2 * ab);
// Two vectors together are cheaper than the product.
static_assert(cost(gradient(sum(square(matmul(matmul(A, B), v))), v)).flops <= 2 * (av + bv) + 30);
// What something else needs stays and is used.
static_assert(cost(std::tuple{matmul(A, B), matmul(matmul(A, B), v)}).flops == ab + cv);
static_assert(cost(sum(matmul(A, B) * matmul(A, B)) + sum(matmul(matmul(A, B), v))).flops <
              ab + cv + 3 * 300 + 100);
// Whoever else needs it: the third operand of a choice.
static_assert(cost(sum(where(matmul(A, B) < 0_c, 1_c, matmul(A, B)))).flops >= ab);
// Each matrix of a batch.
constexpr variable<"c", double, 3, 30, 1> c;
static_assert(cost(matmul(matmul(P, Q), c)).flops == 3 * (bv + av));
// A batch times a matrix stays as it is.
static_assert(cost(matmul(matmul(A, Q), c)).flops == 3 * (ab + cv));

// Run-time extents: a vector decides, a matrix of unknown size does not.
static_assert(cost(matmul(matmul(X, Y), y))(7, 8, 9) == cost(matmul(X, matmul(Y, y)))(7, 8, 9));
static_assert(cost(matmul(matmul(X, Y), y))(7, 8, 9).flops == 2 * (8 * 9 + 7 * 8));
static_assert(cost(matmul(matmul(X, Y), Z))(7, 8, 9, 2).flops == 2 * (7 * 8 * 9 + 7 * 9 * 2));
// With its gradient these are two vectors.
static_assert(cost(gradient(sum(square(matmul(matmul(X, Y), y))), y))(7, 8, 9).flops < 600);
// Two extents of one name are equal, so those of the others decide.
constexpr variable<"S", double, dim<"n">, dim<"n">> S;
constexpr variable<"T", double, dim<"n">, 2> T;
static_assert(cost(matmul(matmul(S, S), T))(9).flops == 2 * 2 * 9 * 9 * 2);

// Sums of a product that is computed anyway are taken from it.
static_assert(cost(matmul(A, B) + sum<1>(matmul(A, B), keepdim)).flops == ab + 2 * 300);
static_assert(cost(matmul(A, B) + sum<0>(matmul(A, B), keepdim)).flops == ab + 2 * 300);
static_assert(cost(matmul(A, B) + sum(matmul(A, B))).flops == ab + 2 * 300);
static_assert(cost(matmul(B, v) + sum(matmul(B, v))).flops == bv + 2 * 20);
static_assert(cost(matmul(P, Q) + sum<1>(matmul(P, Q), keepdim)).flops == 3 * (ab + 2 * 300));
// Not where the product is much larger than its operands.
constexpr variable<"p", double, 100, 2> p;
constexpr variable<"q", double, 2, 100> q;
static_assert(cost(std::tuple{matmul(p, q), sum<0>(matmul(p, q))}).flops ==
              2 * 100 * 2 * 100 + 200 + 2 * 2 * 100);

}  // namespace

TEST_CASE("products in other groups have the same values") {
  tensor<double, 10, 20> const a(numbers(10, 20, 1));
  tensor<double, 20, 30> const b(numbers(20, 30, 2));
  tensor<double, 30> x;
  for (int i = 0; i < 30; ++i) x(i) = 1 + i % 7;
  matrix const both = product(a, b);
  CHECK(near(evaluate(matmul(matmul(A, B), v), A = a, B = b, v = x), applied(both, x)));
  vector const totals = applied(both, vector(ones<double, 30>()));
  auto const centred = evaluate(matmul(A, B) - sum<1>(matmul(A, B), keepdim), A = a, B = b);
  for (int i = 0; i < 10; ++i)
    for (int j = 0; j < 30; ++j)
      CHECK(std::abs(centred(i, j) - (both(i, j) - totals(i))) < 1e-11);
  // Open extents, value and all gradients: with t = tanh(L R w) and g = 1 - t t these are
  // g (R w)^T, (L^T g) w^T and (L R)^T g.
  auto const chained = [](auto l, auto r, auto w) { return sum(tanh(matmul(matmul(l, r), w))); };
  matrix const l(0.01 * a), r(b);
  vector const w(x);
  auto const [value, gradients] = value_and_grad<0, 1, 2>(chained)(l, r, w);
  auto const& [dl, dr, dw] = gradients;
  vector const rw = applied(r, w), t = tanh(applied(l, rw)), g = 1 - t * t;
  vector const lg = applied(matrix(transpose(l)), g);
  CHECK(std::abs(value - sum(t)) < 1e-11);
  CHECK(near(dl, matrix(outer(g, rw))));
  CHECK(near(dr, matrix(outer(lg, w))));
  CHECK(near(dw, applied(matrix(transpose(r)), lg)));
}
