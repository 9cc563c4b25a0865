// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// A derivative of one's own, and functions of a C library inside formulas.
#include <slope/slope.hpp>

#include <iostream>

// snippet: declared
extern "C" double j0(double);  // Bessel functions of the C library
extern "C" double j1(double);
// end snippet

using namespace slope;
using namespace slope::literals;

// snippet: rule
// x log(x), continued by 0 to where the logarithm has no value; y is the function's value.
constexpr auto entropy = custom_derivative(
    [](auto x) { return where(x > 0, x * log(where(x > 0, x, 1)), 0); },
    [](auto x) { return where(x > 0, log(where(x > 0, x, 1)) + 1, 0); });
constexpr auto logistic = custom_derivative([](auto x) { return 1 / (1 + exp(-x)); },
                                            [](auto, auto y) { return y * (1 - y); });
// end snippet

// snippet: several
constexpr auto blend = custom_derivative([](auto a, auto b) { return a * b + b; },
                                         [](auto a, auto b) { return std::tuple{b, a + 1}; });
// end snippet

// snippet: unchecked
// Rounds, but hands derivatives through: a rule that is meant to be another one.
constexpr auto step = custom_derivative([](auto x) { return where(x > 0.5, 1, 0) + 0 * x; },
                                        [](auto x) { return 1 + 0 * x; }, unchecked);
// end snippet

// snippet: external
constexpr auto bessel = custom_derivative([](auto x) { return external<&j0>(x); },
                                          [](auto x) { return -external<&j1>(x); });
// end snippet

// snippet: formula
constexpr variable<"x", double, 3> x;
constexpr auto y = 1_c / (1_c + exp(-x));
static_assert(gradient(sum(logistic(x)), x) == y * (1_c - y));
static_assert(to_string(external<&j0>(x)) == "external<&j0>(x)");
// end snippet

int main() {
  tensor<double, 3> const at{0.5, 1, 2};
  // snippet: use
  auto const [value, slope_of_it] =
      value_and_grad([](auto v) { return sum(entropy(v) * logistic(v)); })(at);
  std::cout << "value " << value << ", gradient " << slope_of_it << '\n';
  std::cout << "of two " << grad([](auto v) { return sum(blend(v, 2 * v)); })(at) << '\n';
  std::cout << "handed through " << grad([](auto v) { return sum(step(v) * v); })(at) << '\n';
  std::cout << "Bessel " << grad([](auto v) { return sum(bessel(v)); })(at) << '\n';
  // end snippet
}
