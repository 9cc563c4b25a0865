// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <slope/slope.hpp>

#include <array>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "catch.hpp"

// Formulas with numbers and tensors that are known when the program runs, and data for variables.
using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", float, 2, 2> x;
constexpr variable<"b", float, 2> b;
constexpr variable<"s", double> s;
constexpr variable<"r", float, dynamic> r;
constexpr tensor<float, 2, 2> data{{1, 2}, {3, 4}};

static_assert(evaluate(2.0f * x, x = data) == tensor<float, 2, 2>{{2, 4}, {6, 8}});
static_assert(evaluate(gradient(sum(2.0f * x * x), x), x = data) ==
              tensor<float, 2, 2>{{4, 8}, {12, 16}});
static_assert(evaluate(sum(x * data), x = data) == 30);

template <class A, class B>
concept comparable = requires(A const& p, B const& q) { p == q; };
static_assert(comparable<decltype(2_c * x), decltype(x)>);
static_assert(!comparable<decltype(2 * x), decltype(x)>);
static_assert(!comparable<decltype(2 * x), decltype(2 * x)>);
template <class E>
concept differentiable = requires(E const& e) { gradient(e, x); };
static_assert(differentiable<decltype(sum(2 * x))> && !differentiable<decltype(2 * x)>);
template <class E, class... A>
concept evaluable = requires(E const& e, A&&... a) { evaluate(e, static_cast<A&&>(a)...); };
using data_of_x = decltype(x = data);
using data_of_b = decltype(b = tensor<float, 2>{1, 2});
static_assert(evaluable<decltype(2 * x), data_of_x> && !evaluable<decltype(2 * x)>);
static_assert(!evaluable<decltype(2 * x), data_of_x, data_of_b>);
static_assert(!evaluable<decltype(2 * x), data_of_x, data_of_x>);

}  // namespace

TEST_CASE("a number that is known at run time is part of a formula") {
  for (float const rate : {0.5f, 2.0f}) {
    auto const loss = mean(rate * x * x);
    CHECK(evaluate(loss, x = data) == rate * 7.5f);
    auto const dx = gradient(loss, x);
    CHECK(evaluate(dx, x = data) == tensor(rate * 0.5f * data));
    CHECK(evaluate(sum(dx * dx), x = data) == rate * rate * 7.5f);
    CHECK(evaluate(gradient(sum(dx * dx), x), x = data) == tensor(rate * rate * 0.5f * data));
  }
  CHECK(evaluate(s * 3 + 1, s = 2.0) == 7);
}

TEST_CASE("tensors are part of a formula, several results and places work as always") {
  tensor<float, 2> const bias{10, 20};
  auto const e = x * bias + b;
  tensor<float, 2, 2> out;
  evaluate_to(out, e, x = data, b = bias);
  CHECK(out == tensor<float, 2, 2>{{20, 60}, {40, 100}});
  workspace memory;
  evaluate_to(out, e, x = out, b = bias, memory);
  CHECK(out == tensor<float, 2, 2>{{210, 1220}, {410, 2020}});
  CHECK(evaluate(gradient(sum(e * e), b), x = data, b = bias) == tensor<float, 2>{120, 320});
}

TEST_CASE("several results with data are one program") {
  float const rate = 0.5f;
  auto const loss = mean(rate * x * x);
  auto const dx = gradient(loss, x);
  auto const [l, g] = evaluate(std::tuple{loss, dx}, x = data);
  CHECK(l == 3.75f);
  CHECK(g == tensor(data * 0.25f));
  auto const [twice, exact] = evaluate(std::tuple{2 * x, 2_c * x}, x = data);
  CHECK(twice == exact);
  float value = 0;
  tensor<float, 2, 2> slopes;
  evaluate_to(std::tie(value, slopes), std::tuple{loss, dx}, x = data);
  CHECK(value == l);
  CHECK(slopes == g);
}

TEST_CASE("a formula with data prints as text") {
  std::ostringstream text;
  text << 2.0f * x;
  CHECK(text.str() == "data * x");
}

TEST_CASE("variables take whatever a view can be made of, and trees of data") {
  std::vector<float> const list{1, 2, 3, 4};
  std::array<float, 4> const fixed{1, 2, 3, 4};
  CHECK(evaluate(sum(x * x), x = list) == 30);
  CHECK(evaluate(sum(x * x), x = fixed) == 30);
  CHECK(evaluate(sum(x * x), x = std::span<float const>(list)) == 30);
  CHECK(evaluate(sum(x * x), x = std::vector<float>{1, 2, 3, 4}) == 30);
  CHECK(evaluate(sum(r * r), r = list) == 30);
  CHECK(evaluate(sum(x), x = 2 * data) == 20);
  CHECK(evaluate(s * s, s = sum(data) / 2) == 25);
  CHECK_THROWS_AS(evaluate(sum(x), x = std::vector<float>{1, 2, 3}), shape_error);
}
