// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Users' own derivatives, and functions that are not slope's.
#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr auto squashed =
    custom_derivative([](auto x) { return tanh(x); }, [](auto, auto y) { return 1 - square(y); });
constexpr auto quotient =
    custom_derivative([](auto a, auto b) { return a / b; },
                      [](auto, auto b, auto y) { return std::tuple{1 / b, -y / b}; });
constexpr auto through = custom_derivative([](auto x) { return sign(x); },
                                           [](auto x) { return 1 + 0 * x; }, unchecked);

double plain_sine(double x) { return std::sin(x); }
double plain_cosine(double x) { return std::cos(x); }
float halved(float x) noexcept { return x / 2; }
constexpr double hypotenuse_squared(double a, double b) { return a * a + b * b; }
constexpr auto sine = custom_derivative([](auto x) { return external<&plain_sine>(x); },
                                        [](auto x) { return external<&plain_cosine>(x); });

constexpr variable<"x", double, 3> x;
static_assert(gradient(sum(squashed(x)), x) == 1_c - square(tanh(x)));
static_assert(to_string(external<&hypotenuse_squared>(x, x)).ends_with("hypotenuse_squared>(x, x)"));
static_assert(external<&hypotenuse_squared>(x, x) == external<&hypotenuse_squared>(x, x));
static_assert(external<&halved>(x) != external<&plain_sine>(x));
static_assert(evaluate(external<&hypotenuse_squared>(x, 2_c), x = tensor<double, 3>{1, 2, 3}) ==
              tensor<double, 3>{5, 8, 13});

constexpr tensor<double, 3> at{0.5, -1, 2};

template <class T>
void check_close(T const& a, T const& b) {
  for (std::size_t k = 0; k < a.size(); ++k)
    CHECK(a.data()[k] == Approx(b.data()[k]).epsilon(1e-14));
}

TEST_CASE("a rule is the derivative, and derivatives of it are too") {
  auto const own = [](auto v) { return sum(quotient(squashed(v), 1 + v * v)); };
  auto const same = [](auto v) { return sum(tanh(v) / (1 + v * v)); };
  auto const [value, slope_of_it] = value_and_grad(own)(at);
  auto const [other, other_slope] = value_and_grad(same)(at);
  CHECK(value == Approx(other));
  check_close(slope_of_it, other_slope);
  check_close(hessian(own)(at), hessian(same)(at));
  tensor<double, 3> const direction{1, 2, 3};
  CHECK(jvp(own)(at, direction).second == Approx(jvp(same)(at, direction).second));
  auto const rows = vmap<0>([](auto v) { return squashed(v) * v; })(at);
  check_close(rows, tensor<double, 3>(tanh(at) * at));
}

TEST_CASE("an unchecked rule may be another one") {
  CHECK(grad([](auto v) { return sum(through(v) * v); })(at) == tensor<double, 3>{1.5, -2, 3});
}

TEST_CASE("an operand that is broadcast gets the sum of its share") {
  auto const f = [](auto v, auto s) { return sum(quotient(v, s)); };
  auto const share = grad<1>(f)(at, 2.0);
  CHECK(share == Approx(-(0.5 - 1 + 2) / 4));
}

TEST_CASE("external functions, element by element") {
  auto const value = jit([](auto v) { return external<&plain_sine>(2 * v); })(at);
  for (int k = 0; k < 3; ++k) CHECK(value(k) == std::sin(2 * at(k)));
  CHECK(tensor<float, 2>(external<&halved>(tensor{1.f, 3.f})) == tensor{0.5f, 1.5f});
  tensor<double, 2, 1> const column{{1}, {2}};
  auto const both = jit([](auto a, auto b) { return external<&hypotenuse_squared>(a, b); })(column, at);
  CHECK(both == tensor<double, 2, 3>{{1.25, 2, 5}, {4.25, 5, 8}});
  auto const [result, slope_of_it] = value_and_grad([](auto v) { return sum(square(sine(v))); })(at);
  for (int k = 0; k < 3; ++k) CHECK(slope_of_it(k) == Approx(std::sin(2 * at(k))));
  CHECK(result > 0);
}

TEST_CASE("external functions of run-time extents") {
  tensor<double, dynamic> values(4);
  for (int k = 0; k < 4; ++k) values(k) = k;
  auto const sines = jit([](auto v) { return sine(v) + 1; })(values);
  for (int k = 0; k < 4; ++k) CHECK(sines(k) == Approx(1 + std::sin(k)));
}

}  // namespace
