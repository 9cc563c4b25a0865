// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// What does not fit: known to the compiler, or found when the program runs.
// Usage: errors [FOLDER with breast_cancer_*.npy]
#include <slope/interop/npy.hpp>
#include <slope/slope.hpp>

#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

using namespace slope;

namespace {

// snippet: requires
// What is ill-formed is no operation: concepts and overloads can ask.
template <class A, class B>
concept multipliable = requires(A a, B b) {
  matmul(a, b);
};

static_assert(multipliable<tensor<float, 2, 3>, tensor<float, 3, 5>>);
static_assert(!multipliable<tensor<float, 2, 3>, tensor<float, 4, 5>>);

// Two names are two sizes, whatever they are when the program runs.
using rows = tensor<float, dim<"rows">, 8>;
using columns = tensor<float, 8, dim<"columns">>;
static_assert(multipliable<columns, rows> == false);
static_assert(multipliable<rows, columns>);
// end snippet

// snippet: where
constexpr auto model = [](auto x, auto w) { return mean(square(matmul(x, w))); };
// end snippet

void attempt(auto const& work) {
  try {
    work();
    std::cout << "no error\n";
  } catch (std::exception const& error) {
    std::cout << error.what() << '\n';
  }
}

}  // namespace

int main(int count, char** arguments) {
  std::filesystem::path const folder = count > 1 ? arguments[1] : "docs/examples/data";
  std::filesystem::current_path(folder);

  // snippet: run_time
  attempt([] {  // sizes that are known when the program runs
    tensor<float, dynamic, dynamic> const x(4, 3), w(2, 5);
    jit(model)(x, w);
  });
  attempt([] {
    tensor<float, dynamic> const a(3), b(4);
    tensor const c = a + b;
  });
  attempt([] {
    constexpr variable<"x", float, dim<"n">> x;
    constexpr variable<"y", float, dim<"n">> y;
    tensor<float, dynamic> const a(3), b(4);
    evaluate(sum(x * y), x = a, y = b);
  });
  // end snippet

  // snippet: files
  attempt([] { std::cout << npy::load<double, dynamic, 31>("breast_cancer_features.npy"); });
  attempt([] { std::cout << npy::load<float, dynamic, 30>("breast_cancer_features.npy"); });
  attempt([] { std::cout << npy::load<double, 3>("README.md"); });
  // end snippet
}
