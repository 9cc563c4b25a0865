// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <slope/slope.hpp>

#include "support/agree.hpp"
#include "support/peers.hpp"

#include <cmath>
#include <limits>
#include <vector>

// W4, a perceptron of two layers, 784-128-10, on 64 images: cross-entropy after softmax, and the
// gradients of all weights and biases.

namespace {

namespace math = slope::math;

constexpr int batch = 64, inputs = 784, hidden = 128, outputs = 10;

constexpr auto perceptron = [](auto x, auto target, auto w1, auto b1, auto w2, auto b2) {
  auto const h = relu(matmul(x, w1) + b1);
  auto const z = matmul(h, w2) + b2;
  return -mean(sum(target * log_softmax(z, 1), 1));
};

struct problem {
  float const *x, *target, *w1, *b1, *w2, *b2;
  float *dw1, *db1, *dw2, *db2;
};

/// The two large products are the library's; all between them is one loop over blocks of rows,
/// with what has 10 columns padded to one pack of 16.
float limit(problem const& p) {
  using pack = math::native_pack<float>;
  using wide = math::pack<float, 16>;
  constexpr int lanes = pack::lanes, width = wide::lanes, block = 8;
  using slope::engine::matrix_product;
  alignas(64) static float h[batch * hidden], dh[batch * hidden], dz[batch * width];
  alignas(64) static float w2[hidden * width], w2_transposed[outputs * hidden];
  auto const zero = pack::broadcast(0);
  auto const lowest = wide::broadcast(-std::numeric_limits<float>::infinity());
  matrix_product(h, p.x, p.w1, batch, hidden, inputs, inputs, 1, hidden, 1);
  for (int k = 0; k < hidden; ++k) {
    wide::load_first(p.w2 + k * outputs, outputs, 0).store(w2 + k * width);
    for (int j = 0; j < outputs; ++j) w2_transposed[j * hidden + k] = p.w2[k * outputs + j];
  }
  for (int j = 0; j < hidden; ++j) p.db1[j] = 0;
  auto const b2 = wide::load_first(p.b2, outputs, 0);
  auto db2 = wide::broadcast(0);
  auto value = wide::broadcast(0);
  float logarithms = 0;
  for (int i = 0; i < batch; i += block) {
    float *const rows = h + i * hidden, *const slopes = dz + i * width;
    for (int j = 0; j < hidden; j += lanes) {
      auto const b1 = pack::load(p.b1 + j);
      for (int r = 0; r < block; ++r) {
        auto const x = pack::load(rows + r * hidden + j) + b1;
        math::select(x > zero, x, zero).store(rows + r * hidden + j);
      }
    }
    wide z[block];
    for (auto& each : z) each = b2;
    for (int k = 0; k < hidden; ++k) {
      auto const w = wide::load(w2 + k * width);
      for (int r = 0; r < block; ++r)
        z[r] = math::multiply_add(wide::broadcast(rows[r * hidden + k]), w, z[r]);
    }
    for (int r = 0; r < block; ++r) {
      float const* const at = p.target + (i + r) * outputs;
      auto const target = wide::load_first(at, outputs, 0);
      alignas(64) float unused[width];
      lowest.store(unused);
      z[r].store_first(unused, outputs);
      auto const padded = wide::load(unused);
      auto const shifted = padded - wide::broadcast(math::reduce_max(padded));
      auto const e = math::detail::exp_nonpositive(shifted);
      float const sum = math::reduce_add(e), mass = math::reduce_add(target);
      // Padding times a target of 0 would be NaN.
      value = value + target * math::select(target == wide::broadcast(0), target, shifted);
      logarithms += mass * math::log(sum);
      auto const slope = (e * wide::broadcast(mass / sum) - target) * wide::broadcast(1.0f / batch);
      slope.store(slopes + r * width);
      db2 = db2 + slope;
    }
    for (int j = 0; j < hidden; j += lanes) {
      pack d[block];
      for (auto& each : d) each = zero;
      for (int k = 0; k < outputs; ++k) {
        auto const w = pack::load(w2_transposed + k * hidden + j);
        for (int r = 0; r < block; ++r)
          d[r] = math::multiply_add(pack::broadcast(slopes[r * width + k]), w, d[r]);
      }
      auto db1 = pack::load(p.db1 + j);
      for (int r = 0; r < block; ++r) {
        auto const x = math::select(pack::load(rows + r * hidden + j) > zero, d[r], zero);
        x.store(dh + (i + r) * hidden + j);
        db1 = db1 + x;
      }
      db1.store(p.db1 + j);
    }
  }
  for (int k = 0; k < hidden; k += block) {
    wide d[block];
    for (auto& each : d) each = wide::broadcast(0);
    for (int i = 0; i < batch; ++i) {
      auto const slope = wide::load(dz + i * width);
      for (int r = 0; r < block; ++r)
        d[r] = math::multiply_add(wide::broadcast(h[i * hidden + k + r]), slope, d[r]);
    }
    for (int r = 0; r < block; ++r) d[r].store_first(p.dw2 + (k + r) * outputs, outputs);
  }
  db2.store_first(p.db2, outputs);
  matrix_product(p.dw1, p.x, dh, inputs, hidden, batch, 1, inputs, hidden, 1);
  return (logarithms - math::reduce_add(value)) / batch;
}

#if BENCH_EIGEN
float eigen(problem const& p) {
  using namespace Eigen;
  using matrix = Matrix<float, Dynamic, Dynamic, RowMajor>;
  Map<matrix const> const x(p.x, batch, inputs), target(p.target, batch, outputs),
      w1(p.w1, inputs, hidden), w2(p.w2, hidden, outputs);
  Map<RowVectorXf const> const b1(p.b1, hidden), b2(p.b2, outputs);
  Map<matrix> dw1(p.dw1, inputs, hidden), dw2(p.dw2, hidden, outputs);
  Map<RowVectorXf> db1(p.db1, hidden), db2(p.db2, outputs);
  static matrix h, z, dh;
  static VectorXf sums, mass;
  h.noalias() = x * w1;
  h = (h.rowwise() + b1).cwiseMax(0.0f);
  z.noalias() = h * w2;
  z.rowwise() += b2;
  z.colwise() -= z.rowwise().maxCoeff().eval();
  mass = target.rowwise().sum();
  float value = -target.cwiseProduct(z).sum();
  z = z.array().exp();
  sums = z.rowwise().sum();
  value += mass.cwiseProduct(sums.array().log().matrix()).sum();
  z = ((z.array().colwise() * (mass.array() / sums.array())) - target.array()) / float(batch);
  db2 = z.colwise().sum();
  dw2.noalias() = h.transpose() * z;
  dh.noalias() = z * w2.transpose();
  dh = (h.array() > 0).select(dh, 0.0f);
  db1 = dh.colwise().sum();
  dw1.noalias() = x.transpose() * dh;
  return value / batch;
}
#endif

/// In double, to compare with.
float exact(problem const& p) {
  auto const at = [](int i, int columns, int j) {
    return static_cast<std::size_t>(i * columns + j);
  };
  double value = 0;
  std::vector<double> dw1(inputs * hidden), db1(hidden), dw2(hidden * outputs), db2(outputs);
  for (int i = 0; i < batch; ++i) {
    double h[hidden], z[outputs], sum = 0, mass = 0;
    for (int j = 0; j < hidden; ++j) {
      h[j] = p.b1[j];
      for (int k = 0; k < inputs; ++k)
        h[j] += static_cast<double>(p.x[at(i, inputs, k)]) * p.w1[at(k, hidden, j)];
      h[j] = std::max(h[j], 0.0);
    }
    for (int j = 0; j < outputs; ++j) {
      z[j] = p.b2[j];
      for (int k = 0; k < hidden; ++k) z[j] += h[k] * p.w2[at(k, outputs, j)];
      sum += std::exp(z[j]);
      mass += p.target[at(i, outputs, j)];
    }
    for (int j = 0; j < outputs; ++j) {
      double const target = p.target[at(i, outputs, j)];
      value -= target * (z[j] - std::log(sum));
      z[j] = (std::exp(z[j]) / sum * mass - target) / batch;
      db2[at(0, 0, j)] += z[j];
    }
    for (int k = 0; k < hidden; ++k) {
      double dh = 0;
      for (int j = 0; j < outputs; ++j) {
        dh += z[j] * p.w2[at(k, outputs, j)];
        dw2[at(k, outputs, j)] += h[k] * z[j];
      }
      if (h[k] <= 0) continue;
      db1[at(0, 0, k)] += dh;
      for (int m = 0; m < inputs; ++m) dw1[at(m, hidden, k)] += p.x[at(i, inputs, m)] * dh;
    }
  }
  auto const copy = [](std::vector<double> const& from, float* to) {
    for (double each : from) *to++ = static_cast<float>(each);
  };
  copy(dw1, p.dw1), copy(db1, p.db1), copy(dw2, p.dw2), copy(db2, p.db2);
  return static_cast<float>(value / batch);
}

void perceptron_step(benchmark::State& state) {
  using slope::tensor;
  static tensor<float, batch, inputs> x;
  static tensor<float, batch, outputs> target;
  struct weights {
    tensor<float, inputs, hidden> w1;
    tensor<float, hidden> b1;
    tensor<float, hidden, outputs> w2;
    tensor<float, outputs> b2;
  };
  static weights at, slopes, right_slopes;
  bench::fill(x, 1, 0, 1);
  bench::fill(at.w1, 2, -0.05, 0.05);
  bench::fill(at.b1, 3, -0.1, 0.1);
  bench::fill(at.w2, 4, -0.2, 0.2);
  bench::fill(at.b2, 5, -0.1, 0.1);
  for (int i = 0; i < batch; ++i) target(i, 7 * i % outputs) = 1;
  benchmark::DoNotOptimize(target.data());
  float value = 0;
  benchmark::DoNotOptimize(&value);
  slope::workspace workspace;
  auto const into = [&](weights& d) {
    return problem{x.data(),     target.data(), at.w1.data(), at.b1.data(), at.w2.data(),
                   at.b2.data(), d.w1.data(),   d.b1.data(),  d.w2.data(),  d.b2.data()};
  };
  problem const p = into(slopes);
  float const right = exact(into(right_slopes));
  auto const check = [&](auto const& contender) {
    value = 0;
    bench::fill(slopes.w1, 6), bench::fill(slopes.b1, 6);
    bench::fill(slopes.w2, 6), bench::fill(slopes.b2, 6);
    contender.run();
    std::string const name = contender.name;
    return bench::agree(state, name + ": value", value, right, 1e-4) &&
           bench::agree(state, name + ": dw1", slopes.w1, right_slopes.w1, 1e-4) &&
           bench::agree(state, name + ": db1", slopes.b1, right_slopes.b1, 1e-4) &&
           bench::agree(state, name + ": dw2", slopes.w2, right_slopes.w2, 1e-4) &&
           bench::agree(state, name + ": db2", slopes.b2, right_slopes.b2, 1e-4);
  };
  bench::compare_checked(
      state, 2000, check,
      std::tuple_cat(
          std::tuple(bench::contender{"slope",
                                      [&] {
                                        slope::value_and_grad<2, 3, 4, 5>(perceptron)
                                            .into(value, slopes.w1, slopes.b1, slopes.w2, slopes.b2)
                                            .with(workspace)(x, target, at.w1, at.b1, at.w2, at.b2);
                                      }},
                     bench::contender{"limit", [&] { value = limit(p); }}),
#if BENCH_EIGEN
          std::tuple(bench::contender{"Eigen", [&] { value = eigen(p); }}),
#endif
          std::tuple<>()));
}
BENCHMARK(perceptron_step)->Name("W4/perceptron/float/64x784x128x10")->Apply(bench::in_turns);

}  // namespace

BENCHMARK_MAIN();
