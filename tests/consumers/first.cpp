// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// The program that each way of using slope compiles and runs.
// snippet: first
#include <slope/slope.hpp>

#include <iostream>

using namespace slope;
using namespace slope::literals;

constexpr variable<"x", float, 2, 2> x;
constexpr auto loss = mean(x * x);
constexpr auto dx = gradient(loss, x);

static_assert(dx == x / 2_c);
static_assert(to_string(dx) == "x / 2");
static_assert(std::same_as<std::remove_const_t<decltype(dx)>, decltype(simplify(x / 2_c))>);

constexpr tensor<float, 2, 2> data{{1, 2}, {3, 4}};
static_assert(evaluate(loss, x = data) == 7.5f);
static_assert(evaluate(dx, x = data) == tensor<float, 2, 2>{{0.5f, 1}, {1.5f, 2}});

int main() {
  auto [value, slope_of_it] = evaluate(std::tuple{loss, dx}, x = data);
  std::cout << loss << " is " << value << ", its gradient " << dx << " is\n"
            << slope_of_it << '\n';
}
// end snippet
