// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Functions that are traced while the program compiles: loops, helpers, axes as arguments; a
// network that learns exclusive or.
#include <slope/slope.hpp>

#include <iomanip>
#include <iostream>
#include <tuple>
#include <utility>

using namespace slope;

namespace {

// snippet: loop
// All symbols are one type, so that a model may assign and loop. It runs while this file compiles.
constexpr auto deep = [](auto x, auto w) {
  auto h = x;
  for (int layer = 0; layer < 12; ++layer) h += 0.1 * tanh(matmul(h, w));
  return mean(h * h);
};
// end snippet

// snippet: axes
// Axes may be arguments, x.extent(k) is an int where the extent is known, and helpers are lambdas.
constexpr auto standardised = [](auto x, int axis) {
  return (x - mean(x, axis, keepdim)) / stddev(x, axis, keepdim);
};
constexpr auto average_of_columns = [](auto x) {
  auto const z = standardised(x, 0);
  return sum(z * z) / (x.extent(0) * x.extent(1));
};
// end snippet

// snippet: network
constexpr auto scores = [](auto x, auto w1, auto b1, auto w2, auto b2) {
  return matmul(tanh(matmul(x, w1) + b1), w2) + b2;
};
constexpr auto cross_entropy_of = [](auto x, auto truth, auto w1, auto b1, auto w2, auto b2) {
  auto const z = scores(x, w1, b1, w2, b2);
  return mean(logsumexp(z, 1) - sum(z * truth, 1));
};
// end snippet

}  // namespace

int main() {
  std::cout << std::fixed << std::setprecision(3);
  // snippet: transform
  tensor<double, 5, 3> const x = reshape<5, 3>(linspace<double, 15>(-1.0, 1.0));
  tensor<double, 3, 3> const w = eye<double, 3>();

  std::cout << jit(deep)(x, w) << '\n';                    // the value
  auto [v, gradients] = value_and_grad<0, 1>(deep)(x, w);  // and gradients, in one pass
  auto [dx, dw] = gradients;
  std::cout << v << '\n' << dw << '\n';
  std::cout << jit(average_of_columns)(x) << '\n';
  // end snippet

  // snippet: derivatives
  constexpr auto f = [](auto p) { return sum(exp(p) * sin(p)); };
  constexpr auto g = [](auto p) { return exp(p) * sum(p); };
  tensor<double, 3> const at{0, 0.5, 1}, direction{1, 0, 0};
  std::cout << hessian(f)(at) << '\n' << jacobian(g)(at) << '\n';
  std::cout << hvp(f)(at, direction) << '\n';           // a column of the Hessian, without it
  auto [value_there, tangent] = jvp(g)(at, direction);  // the value, and how it moves
  std::cout << value_there << '\n' << tangent << '\n';
  std::cout << vmap<0>(f)(x) << '\n';  // f for each row
  // end snippet

  // snippet: compose
  // Transformations are functions again, also in constant expressions.
  constexpr auto h = [](auto s) { return exp(s) * sin(s); };
  static_assert(grad(grad(h))(0.0) == 2.0);  // 2 exp(s) cos(s)
  static_assert(grad([](auto s) { return square(s) + 3 * grad([](auto t) { return t * t; })(s); })(
                    1.0) == 8.0);
  // Applied to variables they are formulas.
  using namespace slope::literals;
  constexpr variable<"s", double, 3> s;
  static_assert(grad([](auto p) { return sum(sin(p)); })(s) == cos(s));
  // end snippet

  // snippet: train
  tensor<float, 4, 2> const inputs{{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  tensor<float, 4, 2> const truth{{1, 0}, {0, 1}, {0, 1}, {1, 0}};
  tensor<float, 2, 8> w1 = randn<float, 2, 8>(1), dw1;
  tensor<float, 8, 2> w2 = randn<float, 8, 2>(2), dw2;
  tensor<float, 8> b1, db1;
  tensor<float, 2> b2, db2;
  float value = 0;
  workspace memory;  // holds what is between the layers
  for (int step = 0; step < 500; ++step) {
    value_and_grad<2, 3, 4, 5>(cross_entropy_of)
        .into(value, dw1, db1, dw2, db2)
        .with(memory)(inputs, truth, w1, b1, w2, b2);
    w1 -= 0.5 * dw1;
    b1 -= 0.5 * db1;
    w2 -= 0.5 * dw2;
    b2 -= 0.5 * db2;
  }
  tensor const z = jit(scores)(inputs, w1, b1, w2, b2);
  for (int i = 0; i < 4; ++i)
    std::cout << i / 2 << " xor " << i % 2 << " is " << (z(i, 1) > z(i, 0)) << '\n';
  std::cout << "learned: " << (value < 0.05f) << '\n';
  // end snippet
}
