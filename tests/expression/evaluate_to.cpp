// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// also under sanitizers
#include "catch.hpp"

#include <slope/slope.hpp>

#include <tuple>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", float, 2, 2> x;
constexpr variable<"u", float, dim<"n">> u;
constexpr auto loss = mean(x * x);
constexpr auto dx = gradient(loss, x);
constexpr tensor<float, 2, 2> data{{1, 2}, {3, 4}};

consteval auto written() {
  tensor<float, 2, 2> out;
  evaluate_to(out, dx, x = data);
  return out;
}
static_assert(written() == tensor<float, 2, 2>{{0.5f, 1}, {1.5f, 2}});

}  // namespace

TEST_CASE("results are written to numbers, tensors and views") {
  float l = 0;
  evaluate_to(l, loss, x = data);
  CHECK(l == 7.5f);
  tensor<float> rank_0{0.f};
  evaluate_to(rank_0, loss, x = data);
  CHECK(rank_0 == 7.5f);
  float memory[8]{};
  evaluate_to(tensor_view<float, 2, 2>(memory, strides{4, 2}), dx, x = data);
  CHECK(memory[0] == 0.5f);
  CHECK(memory[6] == 2);
  CHECK(memory[1] == 0);
  tensor_view<float, 2, 2> const constant_view(memory);
  evaluate_to(constant_view, x + x, x = data);
  CHECK(memory[3] == 8);
}

TEST_CASE("several results are written in one pass") {
  float l = 0;
  tensor<float, 2, 2> g;
  workspace ws;
  evaluate_to(std::tie(l, g), std::tuple{loss, dx}, x = data);
  CHECK(l == 7.5f);
  CHECK(g == tensor<float, 2, 2>{{0.5f, 1}, {1.5f, 2}});
  float memory[4]{};
  evaluate_to(std::tuple{tensor_view<float, 2, 2>(memory), tensor_view<float>(&l)},
              std::tuple{-x, 2_c * loss}, x = data, ws);
  CHECK(l == 15);
  CHECK(memory[3] == -4);
}

TEST_CASE("a result may lie where its data does") {
  tensor<float, 2, 2> a = data;
  evaluate_to(a, transpose(x), x = a);
  CHECK(a == tensor<float, 2, 2>{{1, 3}, {2, 4}});
}

TEST_CASE("a workspace may follow the bindings") {
  workspace ws;
  CHECK(evaluate(loss, x = data, ws) == 7.5f);
  auto const [l, g] = evaluate(std::tuple{loss, dx}, x = data, ws);
  CHECK(l == 7.5f);
  CHECK(g(1, 1) == 2);
}

TEST_CASE("a place of another run-time extent is refused") {
  tensor<float, dynamic> out(3), in(4);
  CHECK_THROWS_AS(evaluate_to(out, exp(u), u = in), shape_error);
}
