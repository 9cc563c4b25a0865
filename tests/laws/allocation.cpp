// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <slope/slope.hpp>

#include <span>

#include "catch.hpp"
#include "counting_new.hpp"

// What evaluation takes from the heap: nothing, unless a result of run-time extents is asked for.
using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", float, 8, 8> x;
constexpr variable<"y", float, dim<"n">, 8> y;
constexpr variable<"w", float, 8, 4> w;

tensor<float, 8, 8> some() {
  tensor<float, 8, 8> t;
  for (int i = 0; i < 64; ++i) t.data()[i] = static_cast<float>(i % 7) - 3;
  return t;
}

}  // namespace

TEST_CASE("the count sees allocations") {
  CHECK(allocations([] { tensor<float, dynamic> const t(100); }) == 1);
  CHECK(allocations([] { [[maybe_unused]] tensor<float, 100> const t; }) == 0);
}

TEST_CASE("evaluation with static extents takes nothing") {
  tensor<float, 8, 8> const data = some();
  tensor<float, 8, 4> const weights(tensor_view<float const, 8, 4>(data.data()));
  tensor<float, 8, 8> out;
  float l = 0;
  constexpr auto loss = mean(square(sigmoid(matmul(x, w))));
  constexpr auto dx = gradient(loss, x);
  CHECK(allocations([&] {
          l = evaluate(loss, x = data, w = weights);
          out = evaluate(dx, x = data, w = weights);
          evaluate_to(out, dx, x = data, w = weights);
          evaluate_to(std::tie(l, out), std::tuple{loss, dx}, x = data, w = weights);
          evaluate_to(out, exp(x) * x, x = out);  // by way of the stack
        }) == 0);
  CHECK(l > 0);
}

TEST_CASE("trees of data and leaves with static extents take nothing") {
  tensor<float, 8, 8> const data = some();
  tensor<float, 8, 8> out;
  float total = 0;
  auto leaf = requires_grad<"a">(data);
  CHECK(allocations([&] {
          out = exp(data * 0.5f) + softmax<1>(data);
          out += matmul(out, data);
          out = transpose(out);
          out[0] *= out[1];
          total = sum(out * out);
          auto const cost = mean(leaf * leaf) + sum(sigmoid(leaf));
          cost.backward();
          leaf.data() -= 0.1f * leaf.grad();
          leaf.zero_grad();
          cost.backward();
          total += cost.item();
        }) == 0);
  CHECK(total > 0);
}

TEST_CASE("run-time extents with the caller's places and workspace take nothing") {
  tensor<float, dynamic, 8> const data = some();
  tensor<float, 8, 4> const weights(tensor_view<float const, 8, 4>(data.data()));
  tensor<float, dynamic, 8> out(8);
  float l = 0;
  constexpr auto loss = mean(square(sigmoid(matmul(y, w))));
  constexpr auto dy = gradient(loss, y);
  alignas(64) static std::byte bytes[1 << 16];
  workspace memory{std::span<std::byte>(bytes)};
  CHECK(allocations([&] {
          evaluate_to(out, dy, y = data, w = weights, memory);
          evaluate_to(std::tie(l, out), std::tuple{loss, dy}, y = data, w = weights, memory);
        }) == 0);
  CHECK(l > 0);
  // Without a workspace the thread's own serves, which grows once.
  evaluate_to(out, dy, y = data, w = weights);
  CHECK(allocations([&] { evaluate_to(out, dy, y = data, w = weights); }) == 0);
}

TEST_CASE("trees of run-time extents take memory for their results only") {
  tensor<float, dynamic, 8> const data = some();
  CHECK(allocations([&] { tensor const e = exp(data * 2) + data; }) == 1);
  tensor<float, dynamic, 8> out = data * 2;
  CHECK(allocations([&] {
          out = exp(data) * data;
          out = data - 0.5f;
        }) == 0);
  out += out;  // the thread's workspace grows once
  CHECK(allocations([&] {
          out += data;
          out *= 0.5f;
          out = out * out;
        }) == 0);
  auto leaf = requires_grad<"a">(data);
  auto const cost = sum(leaf * leaf);
  cost.backward();
  CHECK(allocations([&] {
          cost.backward();
          leaf.data() -= 0.1f * leaf.grad();
          leaf.zero_grad();
          cost.backward();
        }) == 0);
}
