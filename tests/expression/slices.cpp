// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Operations on whole operands: slices, scans, indices.
#include "catch.hpp"

#include <slope/slope.hpp>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", double, 2, 4> x;
constexpr variable<"y", double, 2, 3> y;
constexpr variable<"i", std::int64_t, 2, 2> i;
constexpr tensor<double, 2, 4> data{{1, 2, 3, 4}, {5, 6, 7, 8}};
constexpr tensor<double, 2, 3> other{{10, 20, 30}, {40, 50, 60}};
constexpr tensor<std::int64_t, 2, 2> indices{{0, 3}, {1, 1}};

// Symbolic form.
static_assert(to_string(slice<1, 1, 3>(x)) == "slice<1, 1, 3, 1>(x)");
static_assert(to_string(gradient(sum(square(slice<1, 1, 3>(x))), x)) ==
              "pad_axis<1, 1, 1, 0>(2 * slice<1, 1, 3, 1>(x))");
static_assert(slice<1, 0, 4>(x) == x && narrow<0, 0, 2>(x) == x);
static_assert(flip<0, 1>(flip<0, 1>(x)) == x);
static_assert(slice<1, 2, 6>(pad_axis<1, 2, 3>(x)) == x);
static_assert(flip<1>(broadcast_to<2, 4>(select<0, 0>(select<0, 0>(x)))) ==
              broadcast_to<2, 4>(select<0, 0>(select<0, 0>(x))));
static_assert(to_string(gradient(sum(cumsum<1>(x)), x)) ==
              "flip<1>(cumsum<1>(broadcast_to<2, 4>(1)))");
static_assert(to_string(gradient(sum(square(gather<1>(x, i))), x)) ==
              "scatter_zeros<1, 4>(2 * gather<1>(x, i), i)");

// Constant evaluation.
static_assert(evaluate(slice<1, -3, 100, 2>(x), x = data) == tensor<double, 2, 2>{{2, 4}, {6, 8}});
static_assert(evaluate(select<0, -1>(x), x = data) == tensor<double, 4>{5, 6, 7, 8});
static_assert(evaluate(pad<1, 0, 0, 1>(y), y = other) ==
              tensor<double, 3, 4>{{0, 10, 20, 30}, {0, 40, 50, 60}, {0, 0, 0, 0}});
static_assert(evaluate(pad_axis<1, 1, 0, 1>(y), y = other) ==
              tensor<double, 2, 6>{{0, 10, 0, 20, 0, 30}, {0, 40, 0, 50, 0, 60}});
static_assert(evaluate(cat<1>(x, y, x), x = data, y = other) ==
              tensor<double, 2, 11>{{1, 2, 3, 4, 10, 20, 30, 1, 2, 3, 4},
                                    {5, 6, 7, 8, 40, 50, 60, 5, 6, 7, 8}});
static_assert(evaluate(stack<1>(x, -x), x = data) ==
              tensor<double, 2, 2, 4>{{{1, 2, 3, 4}, {-1, -2, -3, -4}},
                                      {{5, 6, 7, 8}, {-5, -6, -7, -8}}});
static_assert(evaluate(roll<-1, 1>(x), x = data) ==
              tensor<double, 2, 4>{{2, 3, 4, 1}, {6, 7, 8, 5}});
static_assert(evaluate(cumsum<0>(x), x = data) ==
              tensor<double, 2, 4>{{1, 2, 3, 4}, {6, 8, 10, 12}});
static_assert(evaluate(cumprod<1>(y), y = other) ==
              tensor<double, 2, 3>{{10, 200, 6000}, {40, 2000, 120000}});
static_assert(evaluate(diff<2>(y * y), y = other) == tensor<double, 2, 1>{{200}, {200}});
static_assert(evaluate(tril(x), x = data) == tensor<double, 2, 4>{{1, 0, 0, 0}, {5, 6, 0, 0}});
static_assert(evaluate(triu<2>(x), x = data) == tensor<double, 2, 4>{{0, 0, 3, 4}, {0, 0, 0, 8}});
static_assert(evaluate(diagonal<1>(x), x = data) == tensor<double, 2>{2, 7});
static_assert(evaluate(diag<-1>(select<0, 0>(y)), y = other) ==
              tensor<double, 4, 4>{{0, 0, 0, 0}, {10, 0, 0, 0}, {0, 20, 0, 0}, {0, 0, 30, 0}});
static_assert(evaluate(trace(slice<1, 0, 2>(x)), x = data) == 7);
static_assert(evaluate(gather<1>(x, i), x = data, i = indices) ==
              tensor<double, 2, 2>{{1, 4}, {6, 6}});
static_assert(evaluate(argsort<1>(-x), x = data) ==
              tensor<std::int64_t, 2, 4>{{3, 2, 1, 0}, {3, 2, 1, 0}});
static_assert(evaluate(one_hot<4>(select<0, 0>(i)), i = indices) ==
              tensor<std::int64_t, 2, 4>{{1, 0, 0, 0}, {0, 0, 0, 1}});

/// Constant and run-time value, and the gradient against central differences.
template <class F, class... A>
void check(F f, tensor<double, 2, 4> const& at, A const&... more) {
  auto const total = [](auto v, auto... rest) { return sum(sin(F{}(v, rest...))); };
  auto const [value, slope_of_it] = value_and_grad(total)(at, more...);
  CHECK(value == Approx(jit(total)(at, more...)).epsilon(1e-14));
  constexpr double step = 1e-5;
  for (std::size_t k = 0; k < at.size(); ++k) {
    auto up = at, down = at;
    up.data()[k] += step;
    down.data()[k] -= step;
    double const difference = (jit(total)(up, more...) - jit(total)(down, more...)) / (2 * step);
    CHECK(slope_of_it.data()[k] == Approx(difference).epsilon(1e-8).margin(1e-8));
  }
  static_cast<void>(f);
}

TEST_CASE("gradients of whole operations are those of central differences") {
  tensor<double, 2, 4> at = data;
  at *= 0.1;
  check([](auto v) { return slice(v, 1, 0, 4, 3) * slice(v, 1, 1, 3); }, at);
  check([](auto v) { return cat<0>(v * v, exp(v)); }, at);
  check([](auto v) { return cumsum(v * v, 1); }, at);
  check([](auto v) { return cumprod<1>(v); }, at);
  check([](auto v) { return flip<0>(v) * v; }, at);
  check([](auto v) { return roll<1, 0>(v) * diff<1, 0>(cat<0>(v, v, v)).extent(0) * v; }, at);
  check([](auto v) { return tril(v) * triu<1>(v) + v; }, at);
  check([](auto v) { return diagonal<1>(v) * diag<0>(v); }, at);
  check([](auto v) { return pad_axis<0, 1, 2, 1>(v); }, at);
  check([](auto v, auto k) { return gather<1>(v, k) * gather<1>(v * v, k); }, at, indices);
  check([](auto v, auto k) { return index_select<1>(v, select(k, 0, 1)); }, at, indices);
  check([](auto v, auto k) { return scatter_add<1>(v, k, slice(v, 1, 0, 2)); }, at, indices);
  check([](auto v, auto k) { return embedding(k, v * v.extent(0)).extent(0) * v; }, at,
        tensor<std::int64_t, 3>{0, 1, 1});
}

TEST_CASE("what a product with zeros has as its running products has a finite gradient") {
  tensor<double, 5> const at{2, 0, 3, 0, 5};
  auto const slope_of_it = grad([](auto v) { return sum(cumprod<0>(v)); })(at);
  CHECK(slope_of_it == tensor<double, 5>{1, 8, 0, 0, 0});
}

TEST_CASE("whole operations go forward, by batches and twice") {
  auto const f = [](auto v) { return sum(cumsum(v * v, 0) * flip<0>(v)); };
  tensor<double, 3> const at{1, 2, 3}, direction{1, 0, -1};
  auto const [value, tangent] = jvp(f)(at, direction);
  auto const slope_of_it = grad(f)(at);
  CHECK(value == Approx(jit(f)(at)));
  CHECK(tangent == Approx(slope_of_it(0) - slope_of_it(2)));
  auto const second = hessian(f)(at);
  for (int r = 0; r < 3; ++r)
    for (int c = 0; c < 3; ++c) CHECK(second(r, c) == Approx(second(c, r)));
  tensor<double, 2, 3> const batch{{1, 2, 3}, {4, 5, 6}};
  auto const scan = vmap<0>([](auto v) { return cat<0>(cumsum(v, 0), slice(v, 0, 0, 1)); })(batch);
  CHECK(scan == tensor<double, 2, 4>{{1, 3, 6, 1}, {4, 9, 15, 4}});
}

TEST_CASE("run-time extents: other axes are free, and what is cut is known") {
  tensor<double, dynamic, 3> at(2);
  for (std::size_t k = 0; k < 6; ++k) at.data()[k] = static_cast<double>(k);
  auto const f = [](auto v) { return sum(square(cumsum(slice(v, 1, 1, 3), 0))); };
  auto const [value, slope_of_it] = value_and_grad(f)(at);
  CHECK(value == 1 + 4 + 25 + 49);
  CHECK(slope_of_it(0, 0) == 0);
  CHECK(slope_of_it(0, 1) == 12);
  CHECK(slope_of_it(1, 2) == 14);
}

TEST_CASE("an index that is not on its axis is an error") {
  tensor<std::int64_t, 1> const outside{4};
  CHECK_THROWS_WITH(index_select<1>(data, outside).eval(), "index 4 of an axis of extent 4");
  tensor<std::int64_t, 1> const negative{-1};
  CHECK_THROWS_AS(index_select<1>(data, negative).eval(), index_error);
}

TEST_CASE("NaN comes last in order, and equal elements stay in theirs") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  tensor<double, 6> const at{3, nan, 1, 3, 0, 1};
  CHECK(tensor<std::int64_t, 6>(argsort(at)) == tensor<std::int64_t, 6>{4, 2, 5, 0, 3, 1});
}

}  // namespace

TEST_CASE("the variance and the mean together") {
  tensor<double, 2, 3> const x{{1, 2, 3}, {4, 6, 11}};
  auto const [v, m] = var_mean<1>(x);
  CHECK(v == tensor<double, 2>{1, 13});
  CHECK(m == tensor<double, 2>{2, 7});
  auto const [s, centre] = jit([](auto a) { return std_mean<1>(a, keepdim); })(x);
  CHECK(s(0, 0) == 1);
  CHECK(centre == tensor<double, 2, 1>{{2}, {7}});
}
