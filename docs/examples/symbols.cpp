// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Formulas: gradients of vectors and matrices, names for sizes, values that stay finite.
#include <slope/slope.hpp>

#include <iostream>
#include <tuple>

using namespace slope;
using namespace slope::literals;

namespace {

// snippet: identities
constexpr variable<"A", double, 3, 3> A;
constexpr variable<"x", double, 3> x;
constexpr variable<"b", double, 3> b;

// The rows of every table of matrix derivatives.
static_assert(gradient(dot(b, x), x) == b);
static_assert(gradient(sum(square(x - b)), x) == 2_c * (x - b));
static_assert(gradient(dot(x, mv(A, x)), x) == mv(A + transpose(A), x));
static_assert(gradient(sum(square(mv(A, x) - b)), x) == 2_c * mv(transpose(A), mv(A, x) - b));
static_assert(gradient(det(A), A) == det(A) * transpose(inverse(A)));
static_assert(gradient(dot(b, solve(A, x)), A) == -outer(solve(transpose(A), b), solve(A, x)));
static_assert(gradient(logsumexp(x), x) == softmax<0>(x));
static_assert(hessian(logsumexp(x), x) == diag(softmax<0>(x)) - outer(softmax<0>(x), softmax<0>(x)));
// end snippet

// snippet: several
constexpr auto residual = sum(square(mv(A, x) - b));
constexpr auto grads = gradient(residual, x, b);  // one sweep; a map from variable to formula
static_assert(grads[b] == -2_c * (mv(A, x) - b));
// end snippet

// snippet: derivatives
// Formulas as well: all derivatives, along a direction, of any order.
constexpr variable<"t", double> t;
static_assert(derivative(sin(t * t), t) == 2_c * t * cos(t * t));
static_assert(jacobian(mv(A, x), x) == A);
static_assert(jvp(sum(exp(x)), x, b) == dot(exp(x), b));    // b is the direction
static_assert(vjp(mv(A, x), x, b) == mv(transpose(A), b));  // b weighs the results
static_assert(gradient(sum(gradient(sum(x * x * x), x) * b), x) == 6_c * x * b);
constexpr auto curvature = hessian(dot(x, mv(A, x)), x);
static_assert(evaluate(curvature, A = tensor<double, 3, 3>{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}) ==
              tensor<double, 3, 3>{{2, 6, 10}, {6, 10, 14}, {10, 14, 18}});
// end snippet

// snippet: finite
// Differentiated as they are written, these have infinite values or NaN as gradients.
static_assert(log(sum(exp(x))) == logsumexp(x));
static_assert(log(1_c + exp(x)) == softplus(x));
static_assert(log(softmax<0>(x)) == log_softmax<0>(x));
static_assert(sqrt(x * x) == abs(x));
constexpr auto root_or_0 = where(x > 0_c, sqrt(x), 0_c);
static_assert(evaluate(gradient(sum(root_or_0), x), x = tensor{0.0, 4.0, 1.0}) ==
              tensor{0.0, 0.25, 0.5});
// end snippet

// snippet: cost
// What an evaluation does is known to the compiler, and stays so when somebody asserts it.
constexpr auto step = std::tuple{sum(exp(x) * b), gradient(sum(exp(x) * b), x)};
static_assert(cost(step).passes == 1 && cost(step).transcendentals == 3);
static_assert(cost(step).workspace_bytes == 0);
// end snippet

// snippet: names
// Sizes that are known only when the program runs may have names: equal names are equal sizes.
constexpr variable<"X", double, dim<"rows">, 3> X;
constexpr variable<"y", double, dim<"rows">> y;
constexpr auto squares = mean(square(mv(X, x) - y));
constexpr auto dx = gradient(squares, x);
// end snippet

// snippet: plan
// X and y are read once, by blocks, for the value and its gradient.
static_assert(to_string(plan_of(std::tuple{squares, dx})) ==
              "rows (rows) by blocks:\n"
              "  t0 = matmul(X, x)\n"
              "  loop (rows): t0, y -> 5 operations -> t2, t1 = sum\n"
              "  t3 += matmul(transpose(X), t2)\n"
              "loop (): t1 -> 1 operation -> result0\n"
              "loop (3): t3 -> 1 operation -> result1\n");
// end snippet

}  // namespace

int main() {
  // snippet: evaluate
  tensor<double, dynamic, 3> rows(4);
  tensor<double, dynamic> values(4);
  for (int i = 0; i < 4; ++i) {
    rows(i, 0) = 1, rows(i, 1) = i, rows(i, 2) = i * i;
    values(i) = 2 + i;
  }
  tensor<double, 3> point{2, 0, 0}, slopes;
  double value = 0;

  std::cout << "d/dx " << squares << "\n   = " << dx << '\n';
  auto [v, d] = evaluate(std::tuple{squares, dx}, X = rows, y = values, x = point);
  std::cout << v << '\n' << d << '\n';

  // Into the caller's memory: nothing is allocated while the loop runs.
  for (int step = 0; step < 1000; ++step) {
    evaluate_to(std::tie(value, slopes), std::tuple{squares, dx}, X = rows, y = values, x = point);
    point -= 0.02 * slopes;
  }
  std::cout << "after 1000 steps " << point << '\n';
  // end snippet

  // snippet: text
  constexpr auto wave = gradient(sum(exp(x) * sin(x)), x);
  static_assert(to_string(wave) == "exp(x) * sin(x) + exp(x) * cos(x)");
  static_assert(to_numpy(wave) == "np.exp(x) * np.sin(x) + np.exp(x) * np.cos(x)");
  std::cout << to_latex(wave) << '\n';  // also to_dot for Graphviz, and to_c, a C function
  // end snippet
}
