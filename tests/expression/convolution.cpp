// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Windows, convolutions and pooling, against the sums written out.
// not with the third compiler

#include "catch.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <limits>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", double, 5> x;
constexpr variable<"m", double, 1, 1, 2, 2> m;
constexpr tensor<double, 5> five{1, 2, 3, 4, 5};

// Symbolic form.
static_assert(to_string(unfold<0, 3, 2>(x)) == "unfold<0, 3, 2, 1>(x)");
static_assert(to_string(gradient(sum(square(unfold<0, 3, 2>(x))), x)) ==
              "fold<0, 5, 2, 1>(2 * unfold<0, 3, 2, 1>(x))");

// Constant evaluation.
static_assert(evaluate(unfold<0, 3, 2>(x), x = five) ==
              tensor<double, 2, 3>{{1, 2, 3}, {3, 4, 5}});
static_assert(evaluate(unfold<0, 2, 1, 3>(x), x = five) == tensor<double, 2, 2>{{1, 4}, {2, 5}});
static_assert(evaluate(fold<0, 5, 2>(unfold<0, 3, 2>(x)), x = five) ==
              tensor<double, 5>{1, 2, 6, 4, 5});
static_assert(evaluate(gradient(sum(max_pool2d<2>(m)), m),
                       m = tensor<double, 1, 1, 2, 2>{{{{1, 1}, {1, 1}}}}) ==
              tensor<double, 1, 1, 2, 2>{{{{1, 0}, {0, 0}}}});
static_assert(evaluate(avg_pool1d<2>(x), x = five) == tensor<double, 2>{1.5, 3.5});
static_assert(evaluate(max_pool1d<3, 1, 1>(x), x = five) == tensor<double, 5>{2, 3, 4, 5, 5});

template <class T>
T numbered(double step) {
  T r;
  for (std::size_t k = 0; k < r.size(); ++k) {
    double const v = step * static_cast<double>(k + 1);
    r.data()[k] = v - static_cast<int>(v) - 0.4;
  }
  return r;
}

template <class F>
struct total_of {
  constexpr auto operator()(auto... v) const {
    auto const y = F{}(v...);
    return sum(y * sin(y + 0.5));
  }
};

/// grad and forward mode for the first argument against central differences.
template <class F, class X, class... More>
void check(F, X const& at, More const&... more) {
  constexpr total_of<F> total;
  auto const slope_of_it = grad(total)(at, more...);
  auto direction = at;
  double along = 0;
  for (std::size_t k = 0; k < at.size(); ++k) {
    auto up = at, down = at;
    up.data()[k] += 1e-5;
    down.data()[k] -= 1e-5;
    double const difference = (jit(total)(up, more...) - jit(total)(down, more...)) / 2e-5;
    CHECK(slope_of_it.data()[k] == Approx(difference).epsilon(1e-7).margin(1e-7));
    direction.data()[k] = 0.3 * static_cast<double>(k) - 1;
    along += direction.data()[k] * slope_of_it.data()[k];
  }
  if constexpr (sizeof...(More) == 0) {
    auto const [value, tangent] = jvp(total)(at, direction);
    CHECK(tangent == Approx(along));
  }
}

using images = tensor<double, 2, 2, 4, 5>;
using weights = tensor<double, 4, 2, 2, 3>;

TEST_CASE("a convolution is its sum") {
  auto const image = numbered<images>(0.618);
  auto const w = numbered<weights>(0.41);
  tensor<double, 4> const bias{1, 2, 3, 4};
  constexpr int stride = 2, padding = 1;
  tensor<double, 2, 4, 3, 3> const got = conv2d<stride, padding>(image, w, bias);
  for (int n = 0; n < 2; ++n)
    for (int o = 0; o < 4; ++o)
      for (int r = 0; r < 3; ++r)
        for (int c = 0; c < 3; ++c) {
          double total = bias(o);
          for (int i = 0; i < 2; ++i)
            for (int p = 0; p < 2; ++p)
              for (int q = 0; q < 3; ++q) {
                int const row = r * stride + p - padding, column = c * stride + q - padding;
                if (row < 0 || row >= 4 || column < 0 || column >= 5) continue;
                total += image(n, i, row, column) * w(o, i, p, q);
              }
          CHECK(got(n, o, r, c) == Approx(total));
        }
}

TEST_CASE("groups, distances, no batch") {
  auto const line = numbered<tensor<double, 4, 7>>(0.618);
  auto const w = numbered<tensor<double, 6, 2, 3>>(0.41);
  tensor<double, 6, 3> const got = conv1d<1, 0, 2, 2>(line, w);
  for (int o = 0; o < 6; ++o)
    for (int c = 0; c < 3; ++c) {
      double total = 0;
      for (int i = 0; i < 2; ++i)
        for (int k = 0; k < 3; ++k) total += line(o / 3 * 2 + i, c + 2 * k) * w(o, i, k);
      CHECK(got(o, c) == Approx(total));
    }
}

TEST_CASE("gradients of convolutions and pooling are those of central differences") {
  check([](auto v, auto w) { return conv2d<2, 1>(v, w); }, numbered<images>(0.618),
        numbered<weights>(0.41));
  check([](auto w, auto v) { return conv2d<1, 1, 2>(v, w); }, numbered<weights>(0.41),
        numbered<images>(0.618));
  check([](auto v) { return conv1d<1, 1>(v, v); }, numbered<tensor<double, 2, 2, 3>>(0.618));
  check([](auto v) { return avg_pool2d<2, 1, 1>(v); }, numbered<images>(0.618));
  check([](auto v) { return max_pool2d<2>(v); }, numbered<images>(0.618));
  check([](auto v) { return max_pool1d<3, 2, 1>(v); }, numbered<tensor<double, 2, 7>>(0.618));
}

TEST_CASE("second derivatives and batches that are mapped over") {
  auto const f = [](auto v) {
    auto const y = conv1d<1, 1>(v, slice(v, 2, 1, 3));
    return sum(y * y);
  };
  auto const at = numbered<tensor<double, 1, 1, 4>>(0.618);
  auto const second = hessian(f)(at);
  for (std::size_t k = 0; k < 4; ++k) {
    auto up = at, down = at;
    up.data()[k] += 1e-5;
    down.data()[k] -= 1e-5;
    auto const high = grad(f)(up), low = grad(f)(down);
    for (std::size_t i = 0; i < 4; ++i)
      CHECK(second.data()[4 * k + i] ==
            Approx((high.data()[i] - low.data()[i]) / 2e-5).epsilon(1e-6).margin(1e-7));
  }
  auto const image = numbered<images>(0.618);
  tensor<double, 2, 2, 2, 2> const all = max_pool2d<2>(image);
  tensor<double, 2, 2, 2, 2> const mapped = vmap<0>([](auto v) { return max_pool2d<2>(v); })(image);
  CHECK(all == mapped);
}

TEST_CASE("an open batch; NaN and minus infinity in windows") {
  tensor<double, dynamic, 1, 4> lines(2);
  for (std::size_t k = 0; k < 8; ++k) lines.data()[k] = static_cast<double>(k);
  tensor<double, 1, 1, 2> const w{{{-1, 1}}};
  auto const differences = jit([](auto v, auto u) { return conv1d(v, u); })(lines, w);
  CHECK(differences(1, 0, 2) == 1);
  double const nan = std::numeric_limits<double>::quiet_NaN();
  tensor<double, 3> const peaks = max_pool1d<2>(tensor<double, 6>{1, nan, nan, 2, -1, -2});
  CHECK(std::isnan(peaks(0)));
  CHECK(std::isnan(peaks(1)));
  CHECK(peaks(2) == -1);
}

}  // namespace
