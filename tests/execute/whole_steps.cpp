// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Steps on whole operands read and write no further than their operands go.
#include "catch.hpp"

#include <slope/slope.hpp>

// also under sanitizers

using namespace slope;

namespace {

template <class T, auto... Extents>
auto counted(auto... extents) {
  tensor<T, Extents...> x(extents...);
  for (std::size_t k = 0; k < x.size(); ++k) x.data()[k] = static_cast<T>(k % 7) - T(3);
  return x;
}

constexpr auto cuts = [](auto x) {
  auto const y = cat<1>(slice<1, 1, 5, 2>(x), flip<1>(x));
  return sum(square(cumsum<1>(y) - pad<1, 1>(x)));
};
constexpr auto picks = [](auto x, auto index) {
  return sum(square(gather<1>(x, index)) * std::get<0>(sort<1>(slice<1, 0, 3>(x))));
};
constexpr auto solved = [](auto a, auto b) {
  auto const m = matmul(a, transpose(a)) + a;
  return sum(square(solve(m, b))) + logdet(matmul(a, transpose(a)));
};

}  // namespace

TEST_CASE("slices, joins and scans of any number of rows") {
  auto const fixed = counted<double, 3, 5>();
  auto const [value, slope_of_it] = value_and_grad(cuts)(fixed);
  for (int rows : {0, 1, 3}) {
    auto const open = counted<double, dynamic, 5>(rows);
    auto const [other, other_slope] = value_and_grad(cuts)(open);
    if (rows != 3) continue;
    CHECK(other == Approx(value));
    for (std::size_t k = 0; k < fixed.size(); ++k)
      CHECK(other_slope.data()[k] == Approx(slope_of_it.data()[k]));
  }
}

TEST_CASE("elements by index") {
  auto const x = counted<float, 4, 5>();
  tensor<std::int64_t, 4, 3> const index{{0, 4, 4}, {1, 0, 2}, {3, 3, 3}, {4, 1, 0}};
  auto const slope_of_it = grad(picks)(x, index);
  CHECK(slope_of_it.size() == 20);
}

TEST_CASE("systems of equations") {
  tensor<double, 3, 3> const a{{2, 1, 0}, {0, 3, 1}, {1, 0, 2}};
  tensor<double, 3> const b{1, 2, 3};
  auto const [value, slope_of_it] = value_and_grad(solved)(a, b);
  CHECK(value > 0);
  CHECK(slope_of_it.size() == 9);
}
