// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Plans: which loops a program has, what they fold, and what is stored between them.
#include "catch.hpp"

#include <slope/slope.hpp>

#include <string>
#include <tuple>

using namespace slope;

namespace {

template <class F, class... A>
using planned = engine::program_of<engine::simplest_function<F, A...>>;

/// The steps in order: "loop(4,5)" or "product(2,3)", with what a loop folds and stores.
template <class Program>
std::string steps() {
  std::string text;
  constexpr auto const& g = Program::graph;
  constexpr auto const& plan = Program::plan;
  auto const extents = [&](engine::shape const& s) {
    std::string all = "(";
    for (int k = 0; k < s.rank; ++k)
      all += (k == 0 ? "" : ",") + (s.extents[k] < 0 ? "n" : std::to_string(s.extents[k]));
    return all + ")";
  };
  for (int s = 0; s < plan.step_count; ++s) {
    text += s == 0 ? "" : ", ";
    int const product = plan.steps[s].product;
    if (product >= 0) {
      text += "product" + extents(g.shapes[g.nodes[product].shape]);
      continue;
    }
    auto const k = engine::make_kernel<g.node_count>(engine::view(g), plan, plan.steps[s]);
    text += "loop" + extents(g.shapes[k.shape]);
    for (int f = 0; f < k.fold_count; ++f) {
      char const* const modes[] = {"all", "row", "rows", "columns"};
      text += std::string(" ") + engine::info_of(g.nodes[k.folds[f].node].op).name + ":" +
              modes[static_cast<int>(k.folds[f].mode)];
    }
    if (k.store_count > 0) text += " stores " + std::to_string(k.store_count);
    text += " nest " + std::to_string(k.rank);
  }
  return text;
}
template <class... A, class F>
std::string steps_of(F const&) {
  return steps<planned<F, A...>>();
}
template <class... A, class F>
constexpr std::size_t workspace_of(F const&) {
  return planned<F, A...>::fixed_layout.bytes;
}

using vector = tensor<double, 100>;
using matrix = tensor<double, 3, 4>;
using block = tensor<double, 2, 3, 4>;

}  // namespace

TEST_CASE("value and gradients are one loop") {
  auto const f = [](auto x) { return mean(x * x); };
  CHECK(steps_of<vector>(value_and_grad(f)) == "loop(100) sum:all stores 1 nest 1, loop() stores 1 nest 0");
  auto const g = [](auto x, auto y) { return sum(exp(x) * sin(y) + tanh(x * y)); };
  auto const both = value_and_grad<0, 1>(g);
  CHECK(steps_of<vector, vector>(both) == "loop(100) sum:all stores 2 nest 1");
  CHECK(workspace_of<vector, vector>(both) == 0);
}

TEST_CASE("folds over one shape share a loop") {
  auto const f = [](auto x) {
    return std::tuple(sum(x), amax(x, 0), amin(x, 1), x * 2, sum<0, 2>(exp(x)));
  };
  CHECK(steps_of<block>(jit(f)) ==
        "loop(2,3,4) sum:all amax:columns amin:columns sum:rows stores 1 nest 3");
  CHECK(workspace_of<block>(jit(f)) == 0);
  CHECK(steps_of<block>(jit([](auto x) { return sum(x, 2); })) == "loop(2,3,4) sum:row nest 2");
  CHECK(steps_of<block>(jit([](auto x) { return sum<1, 2>(x); })) == "loop(2,3,4) sum:row nest 2");
}

TEST_CASE("axes that all operands walk alike are one") {
  CHECK(steps_of<block, block>(jit([](auto x, auto y) { return x * y; })) ==
        "loop(2,3,4) stores 1 nest 1");
  CHECK(steps_of<block, tensor<double, 4>>(jit([](auto x, auto y) { return x * y; })) ==
        "loop(2,3,4) stores 1 nest 2");
  CHECK(steps_of<block, matrix>(jit([](auto x, auto y) { return x * y; })) ==
        "loop(2,3,4) stores 1 nest 2");
  CHECK(steps_of<block, tensor<double, 3, 1>>(jit([](auto x, auto y) { return x * y; })) ==
        "loop(2,3,4) stores 1 nest 3");
  CHECK(steps_of<matrix, tensor<double, 4, 3>>(jit([](auto x, auto y) { return x + transpose(y); })) ==
        "loop(3,4) stores 1 nest 2");
  CHECK(steps_of<tensor<double, 1, 3, 1, 4>>(jit([](auto x) { return exp(x); })) ==
        "loop(1,3,1,4) stores 1 nest 1");
}

TEST_CASE("transposed operands of products are read where they stand") {
  auto const f = [](auto a, auto b) { return matmul(transpose(a), b); };
  CHECK(steps_of<matrix, matrix>(jit(f)) == "product(4,4)");
  CHECK(workspace_of<matrix, matrix>(jit(f)) == 0);
  auto const affine = [](auto x, auto w, auto b) { return tanh(matmul(x, w) + b); };
  CHECK(steps_of<matrix, tensor<double, 4, 5>, tensor<double, 5>>(jit(affine)) ==
        "product(3,5), loop(3,5) stores 1 nest 2");
}

TEST_CASE("what a later loop reads again") {
  // Cheap values are computed again, costly ones are stored.
  auto const cheap = [](auto x) { return (x + 1) * sum(x + 1); };
  CHECK(steps_of<vector>(jit(cheap)) == "loop(100) sum:all nest 1, loop(100) stores 1 nest 1");
  CHECK(workspace_of<vector>(jit(cheap)) == 64);
  auto const costly = [](auto x) { return exp(x) * sum(exp(x)); };
  CHECK(steps_of<vector>(jit(costly)) == "loop(100) sum:all stores 1 nest 1, loop(100) stores 1 nest 1");
  CHECK(workspace_of<vector>(jit(costly)) == 832 + 64);
}

TEST_CASE("views whose elements get other extents are brought into order once") {
  auto const f = [](auto x) { return exp(reshape<12>(transpose(x))); };
  CHECK(steps_of<matrix>(jit(f)) == "loop(4,3) stores 1 nest 2, loop(12) stores 1 nest 1");
  auto const in_place = [](auto x) { return exp(reshape<12>(x)); };
  CHECK(steps_of<matrix>(jit(in_place)) == "loop(12) stores 1 nest 1");
  CHECK(workspace_of<matrix>(jit(in_place)) == 0);
}

TEST_CASE("a result that is asked for twice is stored twice by one loop") {
  auto const f = [](auto x) { return std::tuple(exp(x), exp(x), x); };
  CHECK(steps_of<vector>(jit(f)) == "loop(100) stores 3 nest 1");
}

TEST_CASE("named run-time extents are one loop too") {
  using rows = tensor<double, dim<"n">, 4>;
  auto const f = [](auto x, auto y) { return std::tuple(x * y, sum(exp(y), 1)); };
  CHECK(steps_of<rows, rows>(jit(f)) == "loop(n,4) sum:row stores 1 nest 2");
}
