// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// not with the third compiler

#include "../oracle/check.hpp"

#include <slope/slope.hpp>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

using namespace slope;

/// Jacobians, directional derivatives and Hessian products of functions, against PyTorch's.

namespace {

oracle::test_case const& find_case(std::string const& id) {
  static auto const all = oracle::read("composite.txt");
  for (auto const& c : all)
    if (c.id == id) return c;
  throw std::runtime_error("no case " + id);
}

/// Input, direction or weights as a tensor of this type.
template <class Tensor>
Tensor data(oracle::tensor const* from) {
  Tensor t;
  REQUIRE(from != nullptr);
  REQUIRE(from->values.size() == t.size());
  std::copy(from->values.begin(), from->values.end(), t.data());
  return t;
}

template <class T>
void check_values(T const& got, oracle::tensor const* want, oracle::test_case const& c) {
  REQUIRE(want != nullptr);
  std::vector<double> values;
  if constexpr (number<T>) values.assign(1, got);
  else {
    values.assign(got.data(), got.data() + got.size());
    REQUIRE(static_cast<std::size_t>(T::rank()) == want->shape.size());
    for (int k = 0; k < T::rank(); ++k) CHECK(got.extent(k) == want->shape[std::size_t(k)]);
  }
  REQUIRE(values.size() == want->values.size());
  for (std::size_t k = 0; k < values.size(); ++k) {
    INFO(c.id << " " << want->key << " " << want->name << " " << want->second << ", element " << k
              << ": " << values[k] << ", PyTorch " << want->values[k]);
    CHECK(oracle::matches(values[k], want->values[k], c.rtol, c.atol));
  }
}

template <class T>
auto as_tuple(T&& value) {
  return std::tuple{std::forward<T>(value)};
}
template <class... T>
auto as_tuple(std::tuple<T...>&& values) {
  return std::move(values);
}

/// Everything the case has about f, all of whose inputs are differentiated.
template <class... Inputs, class F, std::size_t... I>
void check_case(std::string const& id, F f, std::index_sequence<I...>) {
  auto const& c = find_case(id);
  auto const inputs = c.all("in");
  REQUIRE(inputs.size() == sizeof...(I));
  std::tuple<Inputs...> const at{data<Inputs>(inputs[I])...};
  auto const directions = c.all("dir");
  REQUIRE(directions.size() == sizeof...(I));
  std::tuple<Inputs...> const along{data<Inputs>(directions[I])...};
  auto const& out = *c.find("out");
  auto const value = jit(f)(std::get<I>(at)...);
  check_values(value, &out, c);
  if (auto const* want = c.find("jvp")) {
    auto const [y, t] = jvp(f)(std::get<I>(at)..., std::get<I>(along)...);
    check_values(y, &out, c);
    check_values(t, want, c);
  }
  if constexpr (!number<decltype(value)>) {
    auto const weights = data<std::remove_const_t<decltype(value)>>(c.find("cot"));
    auto const [y, g] = vjp(f)(std::get<I>(at)..., weights);
    check_values(y, &out, c);
    auto const gradients = as_tuple(decltype(g)(g));
    (check_values(std::get<I>(gradients), c.find("grad", inputs[I]->name), c), ...);
    auto const all = as_tuple(jacobian<I...>(f)(std::get<I>(at)...));
    (check_values(std::get<I>(all), c.find("jac", "out", inputs[I]->name), c), ...);
    auto const by_forward = as_tuple(jacfwd<I...>(f)(std::get<I>(at)...));
    (check_values(std::get<I>(by_forward), c.find("jac", "out", inputs[I]->name), c), ...);
    auto const by_reverse = as_tuple(jacrev<I...>(f)(std::get<I>(at)...));
    (check_values(std::get<I>(by_reverse), c.find("jac", "out", inputs[I]->name), c), ...);
  } else {
    auto const products = as_tuple(hvp(f)(std::get<I>(at)..., std::get<I>(along)...));
    (check_values(std::get<I>(products), c.find("hvp", inputs[I]->name), c), ...);
  }
}
template <class... Inputs, class F>
void check_case(std::string const& id, F f) {
  check_case<Inputs...>(id, f, std::index_sequence_for<Inputs...>{});
}

template <int... Extents>
using array = tensor<double, Extents...>;

}  // namespace

TEST_CASE("Jacobians and products with them are PyTorch's") {
  check_case<array<3>>("c.softmax_jacobian.f64.0", [](auto x) { return softmax(x, 0); });
  check_case<array<2>, array<2>>("c.elementwise_jacobian.f64.0",
                                 [](auto x, auto y) { return x * sin(y) + exp(x * y); });
  check_case<array<2, 2>, array<2>>("c.matmul_jacobian.f64.0",
                                    [](auto A, auto x) { return tanh(matmul(A, x)); });
  check_case<array<1, 3>>("c.softmax_composed.f64.0",
                          [](auto x) { return exp(x) / sum(exp(x), 1, keepdim); });
  check_case<array<3, 2>>("c.normalise_columns.f64.0", [](auto x) {
    return (x - mean(x, 0, keepdim)) / stddev(x, 0, keepdim);
  });
}

TEST_CASE("Jacobians of layers are PyTorch's") {
  check_case<array<2, 3>, array<3>, array<3>>("c.layer_norm_composed.f64.0",
                                              [](auto x, auto g, auto b) {
    auto const m = mean(x, 1, keepdim);
    auto const v = variance<1>(x, correction<0>, keepdim);
    return (x - m) / sqrt(v + 1e-5) * g + b;
  });
  check_case<array<2, 2>, array<3, 2>, array<3, 2>>("c.attention.f64.0",
                                                    [](auto Q, auto K, auto V) {
    return matmul(softmax(matmul(Q, transpose(K)) / 1.4142135623730951, 1), V);
  });
}

TEST_CASE("products with Hessians are PyTorch's") {
  check_case<array<2, 2>>("c.mean_square.f64.0", [](auto x) { return mean(x * x); });
  check_case<array<5>>("c.mean_square.f64.1", [](auto x) { return mean(x * x); });
  check_case<array<4>>("c.speelpenning.f64.0", [](auto x) { return prod(x); });
}

TEST_CASE("Hessians of functions are PyTorch's") {
  auto const& c = find_case("c.speelpenning.f64.0");
  auto const x = data<array<4>>(c.find("in"));
  check_values(hessian([](auto a) { return prod(a); })(x), c.find("hess", "x", "x"), c);
  auto const& square_case = find_case("c.mean_square.f64.0");
  auto const s = data<array<2, 2>>(square_case.find("in"));
  check_values(hessian([](auto a) { return mean(a * a); })(s), square_case.find("hess", "x", "x"),
               square_case);
}
