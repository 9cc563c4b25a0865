// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Order along an axis, parts of tensors, joined and repeated ones, products of all pairs.
// with the first compiler only

#include "catch.hpp"

#include <slope/slope.hpp>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", double, 2, 4> x;
constexpr variable<"y", double, 2, 3> y;
constexpr variable<"v", double, 3> v;
constexpr tensor<double, 2, 4> data{{3, 1, 3, 2}, {5, 8, 7, 8}};
constexpr tensor<double, 2, 3> other{{1, 2, 3}, {4, 5, 7}};
constexpr tensor<double, 3> three{1, 2, 4};
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Symbolic form.
static_assert(std::get<0>(unbind(y)) == select<0, 0>(y) && tile<1, 1>(x) == x);
static_assert(std::get<1>(split<std::array{1, 3}, 1>(x)) == slice<1, 1, 4>(x));
static_assert(movedim<0, 1>(x) == transpose(x) && repeat_interleave<1, 0>(x) == x);
static_assert(max(x) == amax(x) && max(x, x) == maximum(x, x));

// Constant evaluation.
static_assert(evaluate(argmax<1>(x), x = data) == tensor<std::int64_t, 2>{0, 1});
static_assert(evaluate(argmin(x), x = data) == 1);
static_assert(evaluate(std::get<0>(sort<1>(x, descending)), x = data) ==
              tensor<double, 2, 4>{{3, 3, 2, 1}, {8, 8, 7, 5}});
static_assert(evaluate(std::get<1>(sort<1>(x, descending)), x = data) ==
              tensor<std::int64_t, 2, 4>{{0, 2, 3, 1}, {1, 3, 2, 0}});
static_assert(evaluate(std::get<0>(topk<2>(x, smallest)), x = data) ==
              tensor<double, 2, 2>{{1, 2}, {5, 7}});
static_assert(evaluate(std::get<0>(kthvalue<3>(x, keepdim)), x = data) ==
              tensor<double, 2, 1>{{3}, {8}});
static_assert(evaluate(median(x), x = data) == 3);
static_assert(evaluate(std::get<0>(median<0>(x)), x = data) == tensor<double, 4>{3, 1, 3, 2});
static_assert(evaluate(repeat_interleave<2>(v), v = three) == tensor<double, 6>{1, 1, 2, 2, 4, 4});
static_assert(evaluate(pad<1, 0, 0, 1>(y, 7_c), y = other) ==
              tensor<double, 3, 4>{{7, 1, 2, 3}, {7, 4, 5, 7}, {7, 7, 7, 7}});
static_assert(evaluate(cross(y, v), y = other, v = three) ==
              tensor<double, 2, 3>{{2, -1, 0}, {6, -9, 3}});
static_assert(evaluate(tensordot<2>(y, y), y = other) == 104);
static_assert(evaluate(hstack(v, v), v = three) == tensor<double, 6>{1, 2, 4, 1, 2, 4});
static_assert(evaluate(vstack(v, y), v = three, y = other) ==
              tensor<double, 3, 3>{{1, 2, 4}, {1, 2, 3}, {4, 5, 7}});

/// Constant and run-time value, and the gradient against central differences.
template <class F>
void check(F f, tensor<double, 2, 4> const& at) {
  auto const total = [](auto v) { return sum(sin(F{}(v))); };
  auto const [value, slope_of_it] = value_and_grad(total)(at);
  CHECK(value == Approx(jit(total)(at)).epsilon(1e-14));
  constexpr double step = 1e-5;
  for (std::size_t k = 0; k < at.size(); ++k) {
    auto up = at, down = at;
    up.data()[k] += step;
    down.data()[k] -= step;
    double const difference = (jit(total)(up) - jit(total)(down)) / (2 * step);
    CHECK(slope_of_it.data()[k] == Approx(difference).epsilon(1e-8).margin(1e-8));
  }
  static_cast<void>(f);
}

TEST_CASE("gradients of order, parts and joins are those of central differences") {
  tensor<double, 2, 4> const at{{0.3, -0.1, 0.35, 0.2}, {0.5, 0.8, -0.7, 0.9}};
  check([](auto v) { return std::get<0>(max<1>(v)) * std::get<0>(min<1>(v * v)); }, at);
  check([](auto v) { return std::get<0>(sort<1>(v, descending)) * v; }, at);
  check(
      [](auto v) {
        return median(v) * std::get<0>(topk<2>(v)) * std::get<0>(median<1>(v, keepdim));
      },
      at);
  check(
      [](auto v) {
        auto const [a, b] = chunk<2, 1>(v);
        auto const [c, d] = unbind<0, 2>(a * b);
        auto total = c * d;
        for (auto const part : split<1>(v)) total = total + sum(part * part);
        return total;
      },
      at);
  check([](auto v) { return tile<1, 2>(v) * repeat_interleave<2, 1>(v); }, at);
  check([](auto v) { return cov(v) * cdist(v, v * v); }, at);
  check([](auto v) { return kron(v, slice(v, 1, 0, 2)) * trapezoid(v, 0.5).extent(0); }, at);
  check([](auto v) { return trapezoid<0>(v) * pad<1, 1>(trapezoid(v), 2.0); }, at);
  check([](auto v) { return cross(slice(v, 1, 0, 3), slice(v, 1, 1, 4)); }, at);
  check(
      [](auto v) {
        auto const [a, b] = meshgrid(select(v, 0, 0), select(v, 0, 1));
        return tensordot<1>(a * b, movedim<0, 1>(v));
      },
      at);
}

TEST_CASE("of equal elements the first has the derivative of max, all share that of a median") {
  auto const first = grad([](auto v) { return sum(std::get<0>(max<1>(v))); })(data);
  CHECK(first == tensor<double, 2, 4>{{1, 0, 0, 0}, {0, 1, 0, 0}});
  auto const shared = grad([](auto v) { return median(v); })(data);
  CHECK(shared == tensor<double, 2, 4>{{0.5, 0, 0.5, 0}, {0, 0, 0, 0}});
}

TEST_CASE("NaN is the largest and the smallest, and the median where there is one") {
  tensor<double, 4> const at{1, nan, 3, nan};
  CHECK(argmax(at) == 1);
  CHECK(argmin(at) == 1);
  CHECK(tensor<std::int64_t, 4>(argsort(at, descending)) == tensor<std::int64_t, 4>{1, 3, 2, 0});
  double const middle = median(at);
  CHECK(middle != middle);
  auto const [value, index] = median<0>(at);
  CHECK(index == 1);
}

TEST_CASE("extremes along run-time extents; numbers are their own extremes") {
  tensor<double, dynamic, 3> at(2);
  for (std::size_t k = 0; k < 6; ++k) at.data()[k] = static_cast<double>(k * 5 % 7);
  auto const [value, index] = max<0>(at);
  tensor<double, 3> const largest(value);
  CHECK(largest == tensor<double, 3>{1, 6, 4});
  CHECK(argmax(at) == 4);
  CHECK(jit([](auto v) { return argsort(v) + cumsum(v, 0); })(2.0) == 2.0);
}

TEST_CASE("several results go forward, by batches and twice") {
  auto const f = [](auto v) { return sum(std::get<0>(sort(v * v)) * flip<0>(v)); };
  tensor<double, 3> const at{3, -1, 2}, direction{1, 0, -1};
  auto const [value, tangent] = jvp(f)(at, direction);
  auto const slope_of_it = grad(f)(at);
  CHECK(value == Approx(jit(f)(at)));
  CHECK(tangent == Approx(slope_of_it(0) - slope_of_it(2)));
  auto const second = hessian(f)(at);
  for (int r = 0; r < 3; ++r)
    for (int c = 0; c < 3; ++c) CHECK(second(r, c) == Approx(second(c, r)));
  auto const sorted = vmap<0>([](auto v) { return std::get<0>(topk<2>(v)); })(data);
  CHECK(sorted == tensor<double, 2, 2>{{3, 3}, {8, 8}});
}

TEST_CASE("rvalue tensors are copied into each result") {
  auto const [values, indices] = sort(tensor<double, 3>(three), descending);
  CHECK(tensor<double, 3>(values) == tensor<double, 3>{4, 2, 1});
  auto const [a, b] = broadcast_tensors(tensor<double, 3>(three), other);
  CHECK(tensor<double, 2, 3>(a) == tensor<double, 2, 3>{{1, 2, 4}, {1, 2, 4}});
  CHECK(tensor<double, 2, 3>(b) == other);
}

}  // namespace
