// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Derivatives as textbooks have them: as formulas, and in numbers.
#include <slope/slope.hpp>

#include "catch.hpp"

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", double, 3> x;
constexpr variable<"y", double, 3> y;
constexpr variable<"b", double, 2> b;
constexpr variable<"A", double, 2, 3> A;
constexpr variable<"s", double> s;

constexpr variable<"a", double, 3> a;
constexpr variable<"c", double, 3> c;
constexpr variable<"B", double, 3, 3> B;
constexpr variable<"C", double, 3, 3> C;
constexpr variable<"M", double, 3, 3> M;
constexpr variable<"X", double, 3, 3> X;

constexpr tensor<double, 3> at_x{0.5, -1.25, 2};
constexpr tensor<double, 3> at_a{1, 0.5, -2};
constexpr tensor<double, 3> at_c{-0.75, 3, 1};
constexpr tensor<double, 2> at_b{1.5, -0.5};
constexpr tensor<double, 2, 3> at_A{{1, 2, -1}, {0.5, 0, 3}};
constexpr tensor<double, 3, 3> at_B{{1, 2, 0}, {-1, 0.5, 1}, {2, 1, 3}};
constexpr tensor<double, 3, 3> at_C{{0, 1, 2}, {1, -1, 0.5}, {2, 0, 1}};
constexpr tensor<double, 3, 3> at_M{{2, 1, 0}, {0.5, 3, -1}, {1, 0, 2}};
constexpr tensor<double, 3, 3> at_X{{3, 1, -0.5}, {0, 2, 1}, {1, 0.5, 4}};

/// The greatest difference of the elements, over the greatest of one.
template <class L, class R>
double distance(L const& left, R const& right) {
  double most = 0, size = 1e-300;
  for (std::size_t k = 0; k < left.size(); ++k) {
    double const d = left.data()[k] - right.data()[k];
    most = most < d ? d : most < -d ? -d : most;
    double const e = left.data()[k] < 0 ? -left.data()[k] : left.data()[k];
    size = size < e ? e : size;
  }
  return most / size;
}

// Of vectors.
static_assert(gradient(dot(x, y), x) == y);
static_assert(gradient(sum(x * y), x) == y);
static_assert(gradient(dot(x, x), x) == 2_c * x);
static_assert(gradient(mean(x * x), x) == 2_c * x / 3_c);
static_assert(gradient(square(norm(x)), x) == 2_c * x);
static_assert(gradient(norm(x) * norm(x), x) == 2_c * x);
static_assert(gradient(dot(b, mv(A, x)), A) == outer(b, x));
static_assert(gradient(dot(b, mv(A, x)), x) == mv(transpose(A), b));
static_assert(gradient(sum(square(mv(A, x) - b)), x) == 2_c * mv(transpose(A), mv(A, x) - b));
static_assert(gradient(logsumexp(x), x) == softmax<0>(x));
static_assert(gradient(sum(softplus(x)), x) != x);
static_assert(gradient(norm(x), x) == x / norm(x));
static_assert(gradient(variance(x), x) == x - mean(x));
static_assert(gradient(stddev(x), x) == (x - mean(x)) / (2_c * stddev(x)));
static_assert(gradient(prod(x), x) == prod(x) / x);
static_assert(gradient(sum(sin(x) * exp(x)), x) == exp(x) * (sin(x) + cos(x)));
static_assert(gradient(dot(x, mv(M, x)), x) == mv(M + transpose(M), x));
// Of one number.
static_assert(derivative(sin(s) * s, s) == cos(s) * s + sin(s));
static_assert(derivative(pow(s, 3_c), s) == 3_c * square(s));
static_assert(derivative(derivative(sin(s), s), s) == -sin(s));
// Of matrices.
static_assert(gradient(trace(matmul(M, X)), X) == transpose(M));
static_assert(gradient(trace(matmul(matmul(M, X), B)), X) == matmul(transpose(M), transpose(B)));
static_assert(gradient(sum(C * matmul(matmul(M, X), B)), X) ==
              matmul(matmul(transpose(M), C), transpose(B)));
static_assert(gradient(trace(matmul(matmul(transpose(X), M), X)), X) ==
              matmul(M + transpose(M), X));
static_assert(gradient(sum(square(X)), X) == 2_c * X);
static_assert(gradient(square(norm(X)), X) == 2_c * X);
static_assert(gradient(det(X), X) == det(X) * transpose(inverse(X)));
static_assert(gradient(logdet(X), X) == transpose(inverse(X)));
static_assert(gradient(dot(a, mv(inverse(X), c)), X) ==
              -matmul(matmul(transpose(inverse(X)), outer(a, c)), transpose(inverse(X))));
static_assert(gradient(dot(a, solve(X, c)), X) ==
              -outer(solve(transpose(X), a), solve(X, c)));
// Second derivatives; the identity is that of half a square.
constexpr auto identity = hessian(dot(x, x) / 2_c, x);
static_assert(to_string(identity) == "eye<3>");
static_assert(hessian(mean(x * x), x) == identity * 2_c / 3_c);
static_assert(hessian(dot(x, mv(M, x)), x) == M + transpose(M));
static_assert(hessian(sum(square(mv(A, x) - b)), x) == 2_c * matmul(transpose(A), A));
static_assert(hessian(norm(x), x) == (identity - outer(x / norm(x), x / norm(x))) / norm(x));
static_assert(hessian(logsumexp(x), x) ==
              diag(softmax<0>(x)) - outer(softmax<0>(x), softmax<0>(x)));
static_assert(jacobian(softmax<0>(x), x) ==
              diag(softmax<0>(x)) - outer(softmax<0>(x), softmax<0>(x)));
static_assert(jacobian(log_softmax<0>(x), x) == identity - softmax<0>(x));
static_assert(jacobian(sigmoid(x), x) == diag(sigmoid(x) * (1_c - sigmoid(x))));
// They are found as they are written.
static_assert(to_string(gradient(trace(matmul(M, X)), X)) == "transpose(M)");
static_assert(to_string(gradient(det(X), X)) == "cofactor(X)");
static_assert(to_string(gradient(logabsdet(X), X)) == "transpose(inv_ex(X))");
static_assert(to_string(hessian(dot(x, mv(M, x)), x)) == "M + transpose(M)");

// Equal is what is equal wherever both sides are defined, and nothing else.
static_assert(square(x + y) == x * x + 2_c * x * y + y * y);
static_assert((x + y) * (x - y) == square(x) - square(y));
static_assert(inverse(transpose(X)) == transpose(inverse(X)));
static_assert(matmul(M, matmul(X, B)) == matmul(matmul(M, X), B));
static_assert(transpose(matmul(M, X)) == matmul(transpose(X), transpose(M)));
static_assert(matmul(M, X) != matmul(X, M));
static_assert(x / x != 1_c);
static_assert(x - y != y - x);
static_assert(gradient(norm(x), x) != 2_c * x / norm(x));
static_assert(gradient(det(X), X) != det(X) * inverse(X));
static_assert(hessian(logsumexp(x), x) != diag(softmax<0>(x)));
// What is too long to be multiplied out is compared as it is.
constexpr auto factors = (x + y) * (x + a) * (y + c) * (a + c) * (x + 1_c) * (y + 2_c) *
                         (a + 3_c) * (c + 4_c) * (x - y) * (a - c) * (x + a + c) * (x - a);
static_assert(factors == factors * 1_c);
static_assert(factors * (x + y) != factors * (x - y));

}  // namespace

TEST_CASE("identities hold in numbers") {
  auto const vector = [](auto left, auto right) {
    return distance(evaluate(left, x = at_x), evaluate(right, x = at_x));
  };
  CHECK(vector(gradient(norm(x), x), x / norm(x)) < 1e-15);
  CHECK(vector(gradient(stddev(x), x), (x - mean(x)) / (2_c * stddev(x))) < 1e-15);
  CHECK(vector(gradient(prod(x), x), prod(x) / x) < 1e-15);
  CHECK(vector(gradient(sum(sin(x) * exp(x)), x), exp(x) * (sin(x) + cos(x))) < 1e-15);
  CHECK(vector(hessian(norm(x), x), (identity - outer(x / norm(x), x / norm(x))) / norm(x)) <
        1e-15);
  auto const p = softmax<0>(x);
  CHECK(vector(hessian(logsumexp(x), x), diag(p) - outer(p, p)) < 1e-15);
  CHECK(vector(jacobian(log_softmax<0>(x), x), identity - p) < 1e-15);
  CHECK(vector(jacobian(sigmoid(x), x), diag(sigmoid(x) * (1_c - sigmoid(x)))) < 1e-15);
  CHECK(distance(evaluate(jacobian(cumsum<0>(x), x)),
                 tensor<double, 3, 3>{{1, 0, 0}, {1, 1, 0}, {1, 1, 1}}) == 0);
  CHECK(distance(evaluate(gradient(dot(x, mv(M, x)), x), x = at_x, M = at_M),
                 evaluate(mv(M + transpose(M), x), x = at_x, M = at_M)) < 1e-15);
  CHECK(distance(evaluate(hessian(sum(square(mv(A, x) - b)), x), A = at_A),
                 evaluate(2_c * matmul(transpose(A), A), A = at_A)) < 1e-15);
}

TEST_CASE("identities of matrices hold in numbers") {
  auto const bound = [](auto e) { return evaluate(e, M = at_M, X = at_X); };
  CHECK(distance(bound(gradient(trace(matmul(matmul(transpose(X), M), X)), X)),
                 bound(matmul(M + transpose(M), X))) < 1e-15);
  CHECK(distance(evaluate(gradient(sum(C * matmul(matmul(M, X), B)), X), M = at_M, B = at_B,
                          C = at_C),
                 evaluate(matmul(matmul(transpose(M), C), transpose(B)), M = at_M, B = at_B,
                          C = at_C)) < 1e-15);
  auto const of_x = [](auto e) { return evaluate(e, X = at_X); };
  CHECK(distance(of_x(gradient(det(X), X)), of_x(det(X) * transpose(inverse(X)))) < 1e-14);
  CHECK(distance(of_x(gradient(logdet(X), X)), of_x(transpose(inverse(X)))) < 1e-14);
  auto const system = [](auto e) { return evaluate(e, X = at_X, a = at_a, c = at_c); };
  auto const expected =
      system(-matmul(matmul(transpose(inverse(X)), outer(a, c)), transpose(inverse(X))));
  CHECK(distance(system(gradient(dot(a, mv(inverse(X), c)), X)), expected) < 1e-14);
  CHECK(distance(system(gradient(dot(a, solve(X, c)), X)), expected) < 1e-14);
  CHECK(distance(evaluate(gradient(dot(b, mv(A, x)), A), x = at_x, b = at_b),
                 evaluate(outer(b, x), x = at_x, b = at_b)) == 0);
}
