// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/slope.hpp>

#include <tuple>

// The formulas of bench/workload_*.cpp.
namespace workload {

constexpr auto mean_square = [](auto x) { return mean(x * x); };                                // W1
constexpr auto waves = [](auto x, auto y) { return sum(exp(x) * sin(y) + tanh(x * y)); };  // W2

constexpr auto logistic_regression = [](auto x, auto t, auto w, auto lambda) {  // W3
  return mean(log(1 + exp(-t * matmul(x, w)))) + 0.5 * lambda * dot(w, w);
};
constexpr auto perceptron = [](auto x, auto target, auto w1, auto b1, auto w2, auto b2) {  // W4
  auto const h = relu(matmul(x, w1) + b1);
  auto const z = matmul(h, w2) + b2;
  return -mean(sum(target * log_softmax(z, 1), 1));
};

constexpr auto total = [](auto x) { return sum(x); };  // W5, and those that follow
constexpr auto product = [](auto x) { return prod(x); };
constexpr auto log_sum_exp = [](auto x) { return logsumexp(x, 0); };
constexpr auto log_normal = [](auto x, auto mu, auto sigma) {
  return sum(-0.5 * square((x - mu) / sigma) - log(sigma));
};
constexpr auto regression_density = [](auto x, auto y, auto w, auto b, auto sigma) {
  return sum(-0.5 * square((y - (matmul(x, w) + b)) / sigma) - log(sigma));
};
constexpr auto sum_of_product = [](auto a, auto b) { return sum(matmul(a, b)); };

constexpr auto rosenbrock = [](auto x, auto y) {  // W6
  return square(1 - x) + 100 * square(y - x * x);
};
constexpr auto call_price = [](auto spot, auto strike, auto rate, auto volatility, auto time) {
  auto const phi = [](auto d) { return sigmoid(d * (1.5976 + 0.07056 * d * d)); };
  auto const deviation = volatility * sqrt(time);
  auto const d1 =
      log(spot / strike) / deviation + (rate + volatility * volatility / 2) * time / deviation;
  auto const discount = exp(-rate * time);
  return spot * phi(d1) - strike * discount * phi(d1 - deviation);
};
constexpr auto greeks = [](auto spot, auto strike, auto rate, auto volatility, auto time) {
  auto const [price, first] =
      slope::value_and_grad<0, 2, 3, 4>(call_price)(spot, strike, rate, volatility, time);
  auto const gamma = slope::grad(slope::grad(call_price))(spot, strike, rate, volatility, time);
  return std::tuple(price, std::get<0>(first), std::get<1>(first), std::get<2>(first),
                    std::get<3>(first), gamma);
};

constexpr auto attention = [](auto q, auto k, auto v, auto weights) {  // W8
  auto const p = softmax(matmul(q, transpose(k)) * 0.125, 1);
  return sum(weights * matmul(p, v));
};
constexpr auto layer_norm = [](auto x, auto gamma, auto beta, auto weights) {  // W9
  auto const m = mean(x, 1, slope::keepdim);
  auto const v = mean(square(x - m), 1, slope::keepdim);
  return sum(weights * ((x - m) / sqrt(v + 1e-5) * gamma + beta));
};

}  // namespace workload
