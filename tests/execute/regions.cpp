// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// under all flags

// Loops and products that run together, block by block over the rows that they share, against the
// interpreter: no rows, one row, one block and a last one that is not full.
#include "catch.hpp"

#include "agreement.hpp"

namespace {

constexpr int rows[] = {0, 1, 7, 64, 1001};

constexpr auto logistic = [](auto x, auto t, auto w) {
  return sum(log(1 + exp(-t * matmul(x, w)))) + 0.5 * dot(w, w);
};
constexpr auto normalised = [](auto x, auto gain, auto bias, auto weight) {
  auto const distance = x - mean<1>(x, keepdim);
  auto const scale = rsqrt(mean<1>(square(distance), keepdim) + 1e-5);
  return sum(weight * (distance * scale * gain + bias));
};
constexpr auto normalised_by_columns = [](auto x, auto weight) {
  auto const distance = x - mean<0>(x, keepdim);
  return sum(weight * distance * rsqrt(mean<0>(square(distance), keepdim) + 0.1));
};
constexpr auto perceptron = [](auto x, auto w1, auto b1, auto w2, auto b2, auto y) {
  auto const z = matmul(relu(matmul(x, w1) + b1), w2) + b2;
  return -sum(y * log_softmax<1>(z));
};
constexpr auto attention = [](auto q, auto k, auto v, auto weight) {
  return sum(weight * matmul(softmax<1>(matmul(q, transpose(k)) / 8), v));
};
constexpr auto self_attention = [](auto x, auto weight) {
  return sum(weight * matmul(softmax<1>(matmul(x, transpose(x)) / 8), x));
};
constexpr auto batched = [](auto a, auto b, auto c) {
  return sum(square(matmul(a, b)) * exp(0.1 * matmul(a, c)));
};
constexpr auto folded = [](auto a) {
  auto const flat = reshape<-1, 24>(a);
  return sum(softmax<1>(flat) * flat) + sum(square(sum<1>(a))) + sum(amax<2>(a)) +
         sum(square(sum<0>(a)));
};
constexpr auto across = [](auto a, auto b) {
  return sum(square(0.001 * matmul(transpose(a), matmul(a, transpose(b)))));
};
constexpr auto several = [](auto a, auto t) {
  auto const z = matmul(transpose(a), a * unsqueeze<1>(t));
  return std::tuple{z, sum<1>(a), exp(transpose(a)), matmul(a, z), sum<0>(a), t < sum<1>(a)};
};

}  // namespace

TEST_CASE("A linear model runs by blocks of rows") {
  for (int const n : rows) {
    auto const x = some<double, dynamic, 64>(1, n);
    auto const t = some<double, dynamic>(2, n), w = some<double, dynamic>(3, 64);
    CHECK(disagreement(value_and_grad<0, 1, 2>(logistic), x, t, some<double, 64>(3)) == "");
    CHECK(disagreement(value_and_grad<2>(logistic), x, t, w) == "");
    CHECK(disagreement(value_and_grad<2>(logistic), some<float, dynamic, dynamic>(1, n, 5),
                       some<float, dynamic>(2, n), some<float, dynamic>(3, 5)) == "");
  }
}

TEST_CASE("Norms run by blocks of rows") {
  for (int const n : rows) {
    if (n == 0) continue;  // a mean of nothing
    auto const x = some<double, dynamic, 64>(1, n), weight = some<double, dynamic, 64>(2, n);
    CHECK(disagreement(value_and_grad<0, 1, 2>(normalised), x, some<double, 64>(3),
                       some<double, 64>(4), weight) == "");
    CHECK(disagreement(value_and_grad<0, 1>(normalised_by_columns), x, weight) == "");
  }
  CHECK(disagreement(value_and_grad<0, 1, 2>(normalised), some<float, 96, 40>(1),
                     some<float, 40>(3), some<float, 40>(4), some<float, 96, 40>(2)) == "");
}

TEST_CASE("Networks run by blocks of rows") {
  for (int const n : {1, 64, 333}) {
    CHECK(disagreement(value_and_grad<1, 2, 3, 4>(perceptron), some<double, dynamic, 40>(1, n),
                       some<double, 40, 32>(2), some<double, 32>(3), some<double, 32, 10>(4),
                       some<double, 10>(5), some<double, dynamic, 10>(6, n)) == "");
    CHECK(disagreement(value_and_grad<0, 1, 2>(attention), some<double, dynamic, 16>(1, n),
                       some<double, dynamic, 16>(2, 50), some<double, dynamic, 16>(3, 50),
                       some<double, dynamic, 16>(4, n)) == "");
  }
  CHECK(disagreement(value_and_grad(self_attention), some<double, dynamic, 16>(1, 200),
                     some<double, dynamic, 16>(4, 200)) == "");
}

TEST_CASE("Batches of products, and reductions of every kind, run by blocks") {
  for (int const n : rows) {
    auto const a = some<double, dynamic, 4, 6>(1, n);
    CHECK(disagreement(value_and_grad<0, 1, 2>(batched), a, some<double, dynamic, 6, 5>(2, n),
                       some<double, 6, 5>(3)) == "");
    CHECK(disagreement(value_and_grad(folded), a) == "");
    auto const x = some<double, dynamic, 12>(4, n);
    CHECK(disagreement(value_and_grad<0, 1>(across), x, some<double, 3, 12>(5)) == "");
    CHECK(disagreement(jit(several), x, some<double, dynamic>(6, n)) == "");
  }
  CHECK(disagreement(jit(several), some<std::int64_t, dynamic, 12>(4, 77),
                     some<std::int64_t, dynamic>(6, 77)) == "");
}

namespace {

using namespace slope::literals;

constexpr variable<"X", double, dim<"n">, 64> X;
constexpr variable<"t", double, dim<"n">> t;
constexpr variable<"w", double, 64> w;
constexpr auto loss = sum(log(1_c + exp(t * matmul(X, w))));
constexpr auto step = std::tuple{loss, gradient(loss, w)};

// One pass over the data for value and gradient.
static_assert(to_string(plan_of(step)) ==
              "rows (n) by blocks:\n"
              "  t0 = matmul(X, w)\n"
              "  loop (n): t, t0 -> 6 operations -> t1, result0 = sum\n"
              "  result1 += matmul(transpose(X), t1)\n");
static_assert(cost(step)(1000).passes == 1);
static_assert(cost(step)(1000).loads == 1000 * 65 + 64 && cost(step)(1000).stores == 65);
static_assert(cost(step)(100000).workspace_bytes == cost(step)(1000).workspace_bytes);

// What a sum over all rows gives is there after the last block: two passes.
constexpr auto centred = sum(square(t - mean(t)));
static_assert(to_string(plan_of(centred)) ==
              "loop (n): t -> t0 = sum\n"
              "loop (): t0 -> 2 operations -> t1\n"
              "loop (n): t, t1 -> 2 operations -> result0 = sum\n");

// A reduction waits for a later loop that reads the same: the first one reads what it has to.
constexpr variable<"Y", double, dim<"n">, 64> Y;
constexpr auto moments =
    std::tuple{sum<1>(square(X - mean<1>(X, keepdim)) * Y), sum<0>(Y), sum<1>(X * Y)};
static_assert(to_string(plan_of(moments)) ==
              "rows (n) by blocks:\n"
              "  loop (n,64): X -> t0 = sum\n"
              "  loop (n,1): t0 -> 1 operation -> t1\n"
              "  loop (n,64): X, t1, Y -> 4 operations -> result0 = sum, result1 = sum, result2 = sum\n");

// A weighted sum of a product is taken from the product that the gradient needs, a scale goes into the
// operand, and a transposed result is a product of its own: four products, no loop after them.
constexpr variable<"q", double, 16, 16> q;
constexpr variable<"k", double, 16, 16> k;
constexpr variable<"u", double, 16, 16> u;
constexpr variable<"V", double, 16, 16> V;
constexpr auto scores = sum(u * matmul(exp(matmul(q, transpose(k)) * 0.5_c), V));
static_assert(to_string(plan_of(std::tuple{scores, gradient(scores, q), gradient(scores, k)})) ==
              "rows (16):\n"
              "  t0 = matmul(q, transpose(k))\n"
              "  t1 = matmul(u, transpose(V))\n"
              "  loop (16,16): t0, t1 -> 4 operations -> t2, result0 = sum\n"
              "  result1 = matmul(t2, k)\n"
              "  result2 += matmul(transpose(t2), q)\n");

// Memory of values that are not needed at the same time is the same.
constexpr variable<"v", double, 1000> v;
constexpr auto chain = matmul(outer(v, v), matmul(outer(v, v), exp(v)));
static_assert(cost(chain).workspace_bytes < 2 * 8'000'064 + 3 * 8064);

}  // namespace
