// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// Compiled to assembly by run.py: no function whose name begins with straight_ may jump or call.
#include <slope/slope.hpp>

#include <utility>

using namespace slope;
using namespace slope::literals;

constexpr auto model = [](auto x) { return mean(x * x); };
constexpr variable<"x", float, 4> x;
constexpr auto loss = mean(x * x);
constexpr auto dx = gradient(loss, x);

extern "C" {

void straight_function(tensor<float, 4> const& data, std::pair<float, tensor<float, 4>>& out) {
  out = value_and_grad(model)(data);
}
void straight_into(tensor<float, 4> const& data, float& value, tensor<float, 4>& gradient) {
  value_and_grad(model).into(value, gradient)(data);
}
void straight_formula(tensor<float, 4> const& data, float& value, tensor<float, 4>& gradient) {
  evaluate_to(std::tie(value, gradient), std::tuple{loss, dx}, x = data);
}
void straight_product(tensor<double, 4, 4> const& a, tensor<double, 4> const& v,
                      tensor<double, 4>& out) {
  out = jit([](auto a, auto v) { return matmul(a, v); })(a, v);
}

}  // extern "C"
