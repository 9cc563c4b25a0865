// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <slope/slope.hpp>

#include "support/agree.hpp"
#include "support/peers.hpp"

#include <cmath>

// W8, attention: softmax(Q K^T / sqrt(d)) V, summed with weights, and the gradients in Q, K and V.

namespace {

namespace math = slope::math;

constexpr int length = 64, depth = 64;  // of sequences and of vectors

constexpr auto attention = [](auto q, auto k, auto v, auto weights) {
  auto const p = softmax(matmul(q, transpose(k)) * 0.125, 1);  // 1 / sqrt(64)
  return sum(weights * matmul(p, v));
};

template <class T>
struct problem {
  T const *q, *k, *v, *weights;
  T *dq, *dk, *dv;
};

/// The sum of weights * (P V) is that of P * (weights V^T), which the gradient needs anyway: five
/// products instead of six. Between them a row of P stays in registers.
template <class T>
T limit(problem<T> const& p) {
  using pack = math::native_pack<T>;
  constexpr int lanes = pack::lanes, packs = length / lanes, area = length * length;
  constexpr T scale = T(0.125);
  alignas(64) static T scores[area], weighted[area];  // then P, and the slope of the scores
  using slope::engine::matrix_product;
  matrix_product(scores, p.q, p.k, length, length, depth, depth, 1, 1, depth);
  matrix_product(weighted, p.weights, p.v, length, length, depth, depth, 1, 1, depth);
  T value = 0;
  for (int i = 0; i < length; ++i) {
    T *const row = scores + i * length, *const slopes = weighted + i * length;
    pack x[packs], highest = pack::load(row);
    for (int j = 0; j < packs; ++j) {
      x[j] = pack::load(row + j * lanes);
      highest = math::select(x[j] > highest, x[j], highest);
    }
    auto const factor = pack::broadcast(scale);
    auto const shift = pack::broadcast(scale * math::reduce_max(highest));
    auto sum = pack::broadcast(0), products = sum;
    for (int j = 0; j < packs; ++j) {
      x[j] = math::detail::exp_nonpositive(x[j] * factor - shift);
      sum = sum + x[j];
      products = math::multiply_add(x[j], pack::load(slopes + j * lanes), products);
    }
    T const inverse = 1 / math::reduce_add(sum);
    T const mean = math::reduce_add(products) * inverse;
    value += mean;
    for (int j = 0; j < packs; ++j) {
      x[j] = x[j] * pack::broadcast(inverse);
      x[j].store(row + j * lanes);
      (x[j] * factor * (pack::load(slopes + j * lanes) - pack::broadcast(mean)))
          .store(slopes + j * lanes);
    }
  }
  matrix_product(p.dv, scores, p.weights, length, depth, length, 1, length, depth, 1);
  matrix_product(p.dq, weighted, p.k, length, depth, length, length, 1, depth, 1);
  matrix_product(p.dk, weighted, p.q, length, depth, length, 1, length, depth, 1);
  return value;
}

#if BENCH_EIGEN
template <class T>
T eigen(problem<T> const& p) {
  using namespace Eigen;
  using matrix = Matrix<T, Dynamic, Dynamic, RowMajor>;
  Map<matrix const> const q(p.q, length, depth), k(p.k, length, depth), v(p.v, length, depth),
      w(p.weights, length, depth);
  Map<matrix> dq(p.dq, length, depth), dk(p.dk, length, depth), dv(p.dv, length, depth);
  static matrix x, y;
  x.noalias() = q * k.transpose();
  y.noalias() = w * v.transpose();
  T value = 0;
  for (int i = 0; i < length; ++i) {
    auto row = x.row(i).array();
    auto slopes = y.row(i).array();
    row = (T(0.125) * (row - row.maxCoeff())).exp();
    row *= 1 / row.sum();
    T const mean = (row * slopes).sum();
    value += mean;
    slopes = T(0.125) * row * (slopes - mean);
  }
  dv.noalias() = x.transpose() * w;
  dq.noalias() = y * k;
  dk.noalias() = y.transpose() * q;
  return value;
}
#endif

/// In long double, to compare with.
template <class T>
T exact(problem<T> const& p) {
  long double value = 0;
  for (int i = 0; i < length * depth; ++i) p.dk[i] = p.dv[i] = 0;
  for (int i = 0; i < length; ++i) {
    long double x[length], y[length], sum = 0, mean = 0;
    for (int j = 0; j < length; ++j) {
      x[j] = y[j] = 0;
      for (int d = 0; d < depth; ++d) {
        x[j] += static_cast<long double>(p.q[i * depth + d]) * p.k[j * depth + d];
        y[j] += static_cast<long double>(p.weights[i * depth + d]) * p.v[j * depth + d];
      }
      sum += x[j] = std::exp(x[j] * 0.125L);
    }
    for (int j = 0; j < length; ++j) mean += (x[j] /= sum) * y[j];
    value += mean;
    for (int d = 0; d < depth; ++d) {
      long double dq = 0;
      for (int j = 0; j < length; ++j) {
        long double const slope = x[j] * (y[j] - mean) * 0.125L;
        dq += slope * p.k[j * depth + d];
        p.dk[j * depth + d] += static_cast<T>(slope * p.q[i * depth + d]);
        p.dv[j * depth + d] += static_cast<T>(x[j] * p.weights[i * depth + d]);
      }
      p.dq[i * depth + d] = static_cast<T>(dq);
    }
  }
  return static_cast<T>(value);
}

template <class T>
void attention_block(benchmark::State& state) {
  static slope::tensor<T, length, depth> q, k, v, weights, dq, dk, dv, right_q, right_k, right_v;
  bench::fill(q, 1, -2, 2);
  bench::fill(k, 2, -2, 2);
  bench::fill(v, 3);
  bench::fill(weights, 4);
  T value = 0;
  benchmark::DoNotOptimize(&value);
  slope::workspace workspace;
  problem<T> const p{q.data(), k.data(), v.data(), weights.data(), dq.data(), dk.data(), dv.data()};
  T const right =
      exact<T>({p.q, p.k, p.v, p.weights, right_q.data(), right_k.data(), right_v.data()});
  double const tolerance = sizeof(T) == 8 ? 1e-12 : 1e-4;
  auto const check = [&](auto const& contender) {
    value = 0;
    for (auto* each : {&dq, &dk, &dv}) bench::fill(*each, 5);
    contender.run();
    std::string const name = contender.name;
    return bench::agree(state, name + ": value", value, right, tolerance) &&
           bench::agree(state, name + ": dq", dq, right_q, tolerance) &&
           bench::agree(state, name + ": dk", dk, right_k, tolerance) &&
           bench::agree(state, name + ": dv", dv, right_v, tolerance);
  };
  bench::compare_checked(
      state, 1000, check,
      std::tuple_cat(std::tuple(bench::contender{"slope",
                                                 [&] {
                                                   slope::value_and_grad<0, 1, 2>(attention)
                                                       .into(value, dq, dk, dv)
                                                       .with(workspace)(q, k, v, weights);
                                                 }},
                                bench::contender{"limit", [&] { value = limit(p); }}),
#if BENCH_EIGEN
                     std::tuple(bench::contender{"Eigen", [&] { value = eigen(p); }}),
#endif
                     std::tuple<>()));
}
BENCHMARK(attention_block<float>)->Name("W8/attention/float/64x64")->Apply(bench::in_turns);
BENCHMARK(attention_block<double>)->Name("W8/attention/double/64x64")->Apply(bench::in_turns);

}  // namespace

BENCHMARK_MAIN();
