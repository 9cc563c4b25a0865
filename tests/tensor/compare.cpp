// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/compare.hpp"

#include <concepts>
#include <limits>

#include "catch.hpp"

using namespace slope;

namespace {

static_assert(std::regular<tensor<float, 2, 2>> && std::regular<tensor<float, dynamic>>);
static_assert(std::regular<tensor<double>> && std::equality_comparable<tensor_view<float, 2>>);
static_assert(std::equality_comparable_with<tensor<double>, double>);

constexpr tensor<int, 2, 3> t{{1, 2, 3}, {4, 5, 6}};
constexpr tensor_view<int const, 2, 3> view(t);
constexpr tensor_view<int const, dynamic, 2> turned(t.data(), 3, strides{1, 3});

static_assert(t == t && view == t && t == view && view == view);
static_assert(turned == tensor<int, 3, 2>{{1, 4}, {2, 5}, {3, 6}});
static_assert(t != turned && t[0] != t[1]);
static_assert(t != tensor<int, 2, 3>{{1, 2, 3}, {4, 5, 7}});
// Shapes of one rank are compared, extents known or not.
static_assert(tensor<int, 2>{1, 2} != tensor<int, 3>{1, 2, 3});
static_assert(tensor<int, dynamic>{1, 2} == tensor<int, 2>{1, 2});
static_assert(tensor<int, 0, 2>{} != tensor<int, 0, 3>{});
static_assert(tensor<int, 0, 2>{} == tensor<int, dynamic, 2>{});

// Other ranks and element types do not compare.
template <class A, class B>
concept comparable = requires(A a, B b) {
  a == b;
};
static_assert(comparable<tensor<int, 2>, tensor<int, 3>>);
static_assert(!comparable<tensor<int, 2>, tensor<int, 2, 1>>);
static_assert(!comparable<tensor<int, 2>, tensor<float, 2>>);
static_assert(!comparable<tensor<int, 2>, int>);

}  // namespace

TEST_CASE("NaN differs from itself, as for numbers") {
  float const nan = std::numeric_limits<float>::quiet_NaN();
  tensor<float, 2> const x{1.f, nan};
  CHECK_FALSE(x == x);
  CHECK(tensor<float, 1>{-0.f} == tensor<float, 1>{0.f});
}
