// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Sizes that are known when data is bound: named dimensions, open extents, and what errors say.
#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <stdexcept>
#include <string>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"u", double, dim<"n">> u;
constexpr variable<"v", double, dim<"n">> v;
constexpr variable<"X", double, dim<"n">, 3> X;
constexpr variable<"w", double, 3> w;
constexpr variable<"A", double, dynamic, dynamic> A;
constexpr variable<"B", double, dynamic, dynamic> B;
constexpr variable<"r", double, dynamic> r;
constexpr variable<"s", double, dynamic> s;

using vector = tensor<double, dynamic>;
using matrix = tensor<double, dynamic, dynamic>;

vector counting(int n) {
  vector t(n);
  for (int i = 0; i < n; ++i) t(i) = i + 1;
  return t;
}
matrix counting(int m, int n) {
  matrix t(m, n);
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j) t(i, j) = n * i + j + 1;
  return t;
}

/// The text of the shape_error that f throws.
template <class F>
std::string refusal(F const& f) {
  try {
    f();
  } catch (std::invalid_argument const& e) {
    return dynamic_cast<shape_error const*>(&e) != nullptr ? e.what() : "not a shape_error";
  }
  return "nothing is thrown";
}

// A run-time size is dynamic in the type of a result.
static_assert(std::same_as<decltype(evaluate(u + v, u = vector{}, v = vector{})), vector>);
static_assert(std::same_as<decltype(evaluate(sum<0>(X), X = tensor<double, dynamic, 3>{})),
                           tensor<double, 3>>);
static_assert(std::same_as<decltype(evaluate(sum<1>(X), X = tensor<double, dynamic, 3>{})), vector>);
static_assert(std::same_as<decltype(evaluate(mean(X), X = tensor<double, dynamic, 3>{})), double>);

// Constant expressions have run-time sizes too, as long as the data is static.
static_assert(evaluate(sum(u * v), u = tensor<double, 2>{1, 2}, v = tensor<double, 2>{3, 4}) == 11);
static_assert(evaluate(mean(A), A = tensor<double, 2, 2>{{1, 2}, {3, 5}}) == 2.75);

}  // namespace

TEST_CASE("one program serves every size") {
  for (int n : {1, 2, 7, 8, 9, 100}) {
    CAPTURE(n);
    vector const a = counting(n);
    double const total = n * (n + 1.0) / 2;
    CHECK(evaluate(sum(u + v), u = a, v = a) == 2 * total);
    CHECK(evaluate(mean(r), r = a) == total / n);
    CHECK(evaluate(u * 2_c, u = a)(n - 1) == 2 * n);
    CHECK(evaluate(gradient(mean(u * u), u), u = a)(n - 1) == Approx(2.0));
  }
}

TEST_CASE("means over run-time axes") {
  for (int m : {1, 4, 11})
    for (int n : {1, 3, 17}) {
      CAPTURE(m, n);
      matrix const a = counting(m, n);
      CHECK(evaluate(mean(A), A = a) == Approx((m * n + 1) / 2.0));
      auto const columns = evaluate(mean<0>(A), A = a);
      auto const rows = evaluate(mean<1>(A, keepdim), A = a);
      REQUIRE(columns.extent(0) == n);
      REQUIRE(rows.extent(0) == m);
      REQUIRE(rows.extent(1) == 1);
      CHECK(columns(n - 1) == Approx(n + n * (m - 1) / 2.0));
      CHECK(rows(m - 1, 0) == Approx(n * (m - 1) + (n + 1) / 2.0));
      // d mean(A)^2 / dA = 2 mean(A) / (m n), everywhere.
      auto const g = evaluate(gradient(square(mean(A)), A), A = a);
      CHECK(g(m - 1, n - 1) == Approx((m * n + 1.0) / (m * n)));
      CHECK(g(0, 0) == Approx((m * n + 1.0) / (m * n)));
      if (m > 1) CHECK(evaluate(variance<0>(A), A = a)(0) == Approx(n * n * m * (m + 1) / 12.0));
      // Rows have mean 0 after their mean is subtracted.
      auto const centred = evaluate(A - mean<1>(A, keepdim), A = a);
      CHECK(centred(0, 0) == Approx((1 - n) / 2.0));
    }
}

TEST_CASE("nothing at all") {
  CHECK(evaluate(sum(u), u = vector(0)) == 0);
  CHECK(std::isnan(evaluate(mean(u), u = vector(0))));
  CHECK(evaluate(exp(u), u = vector(0)).size() == 0);
  CHECK(evaluate(sum<0>(A), A = matrix(0, 3)) == tensor<double, 3>{});
  CHECK(evaluate(sum<1>(A), A = matrix(0, 3)).size() == 0);
  CHECK(evaluate(matmul(A, B), A = matrix(2, 0), B = matrix(0, 2)) == tensor<double, 2, 2>{});
}

TEST_CASE("named dimensions that differ") {
  vector const three = counting(3), four = counting(4);
  CHECK(refusal([&] { evaluate(u + v, u = three, v = four); }) ==
        "v: data of shape (4) does not fit (n), n is 3");
  CHECK(refusal([&] { evaluate(matmul(X, w) + u, X = tensor<double, dynamic, 3>(2), u = four,
                               w = tensor<double, 3>{}); }) ==
        "u: data of shape (4) does not fit (n), n is 2");
  CHECK(refusal([&] { evaluate(sum(X), X = counting(2, 4)); }) ==
        "X: data of shape (2,4) does not fit (n,3)");
}

TEST_CASE("open extents that differ") {
  vector const three = counting(3), four = counting(4), one = counting(1);
  CHECK(refusal([&] { evaluate(r * s, r = three, s = four); }) ==
        "multiply: (3) x (4), axis 0 of r is 3, axis 0 of s is 4");
  CHECK(refusal([&] { evaluate(sum(r + u), r = four, u = three); }) ==
        "add: (4) x (3), axis 0 of r is 4, axis 0 of u is 3");
  CHECK(refusal([&] { evaluate(matmul(A, B), A = counting(2, 3), B = counting(4, 2)); }) ==
        "matmul: (2,3) x (4,2), axis 1 of A is 3, axis 0 of B is 4");
  CHECK(refusal([&] { evaluate(r * w, r = four, w = tensor<double, 3>{}); }) ==
        "multiply: (4) x (3), axis 0 of r is 4");
  // A run-time extent never broadcasts, also when it is 1.
  CHECK(refusal([&] { evaluate(r + s, r = one, s = four); }) ==
        "add: (1) x (4), axis 0 of r is 1, axis 0 of s is 4");
  CHECK(evaluate(r + s, r = one, s = one)(0) == 2);
}

TEST_CASE("functions name the argument") {
  auto const f = [](auto a, auto b) { return sum(a * exp(b)); };
  CHECK(refusal([&] { jit(f)(counting(3), counting(4)); }) ==
        "multiply: (3) x (4), axis 0 of argument 0 is 3, axis 0 of argument 1 is 4");
  CHECK(refusal([&] { grad<0>(f)(counting(2), counting(4)); }) ==
        "multiply: (2) x (4), axis 0 of argument 0 is 2, axis 0 of argument 1 is 4");
  auto const [value, gradients] = value_and_grad<0, 1>(f)(counting(2), counting(2));
  CHECK(value == Approx(std::exp(1.0) + 2 * std::exp(2.0)));
  CHECK(std::get<0>(gradients)(1) == Approx(std::exp(2.0)));
  CHECK(std::get<1>(gradients)(1) == Approx(2 * std::exp(2.0)));
}

TEST_CASE("places of another size are refused") {
  vector out(3);
  CHECK(refusal([&] { evaluate_to(out, 2_c * u, u = counting(4)); }) ==
        "evaluate_to: result of: shape (4) does not fit (3)");
  CHECK(out == vector(3));
  CHECK(refusal([&] { jit([](auto a) { return 2 * a; }).into(out)(counting(2)); }) ==
        "evaluate_to: result of: shape (2) does not fit (3)");
}
