// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/tensor_view.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <type_traits>
#include <utility>

#include "catch.hpp"
#include "slope/tensor/tensor.hpp"

using namespace slope;

namespace {

template <class T, class U>
constexpr bool same = std::is_same_v<T, U>;

constexpr float numbers[12]{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

constexpr tensor_view<float const, 3, 4> rows(numbers);
static_assert(rows(1, 2) == 6 && rows[2][1] == 9 && rows.is_contiguous());
static_assert(rows.stride(0) == 4 && rows.stride(1) == 1 && rows.size() == 12);

constexpr tensor_view<float const, dynamic, 4> tall(numbers, 2);
static_assert(tall.shape() == std::array<int, 2>{2, 4} && tall(1, 3) == 7);

constexpr tensor_view<float const, 3, 4> columns(numbers, strides{1, 3});
static_assert(columns(1, 2) == 7 && !columns.is_contiguous() && columns[1](2) == 7);

constexpr tensor_view<float const, dynamic, 2> every_other(numbers, 3, strides{4, 2});
static_assert(every_other == tensor<float, 3, 2>{{0, 2}, {4, 6}, {8, 10}});
constexpr tensor_view<float const, 3> backwards(numbers + 2, strides{-1});
static_assert(backwards == tensor<float, 3>{2, 1, 0});
constexpr tensor_view<float const, 2, 3> repeated(numbers, strides{0, 1});
static_assert(repeated == tensor<float, 2, 3>{{0, 1, 2}, {0, 1, 2}});
constexpr tensor_view<float const> single(numbers + 5);
static_assert(single == 5 && single.item() == 5 && single() == 5);

// Strides of axes with one element, and of empty views, do not matter.
static_assert(tensor_view<float const, 1, 4>(numbers, strides{77, 1}).is_contiguous());
static_assert(tensor_view<float const, 0, 4>(numbers, strides{77, 9}).is_contiguous());

// A pointer in disguise.
static_assert(std::is_trivially_copyable_v<tensor_view<float, dynamic, 3>>);
static_assert(std::is_trivially_copyable_v<tensor_view<float, 2, 3>>);
static_assert(sizeof(tensor_view<float, 3>) == 2 * sizeof(void*));
static_assert(std::is_nothrow_copy_constructible_v<tensor_view<float, 3>>);
static_assert(!std::is_default_constructible_v<tensor_view<float, 3>>);
static_assert(tensor_view<float, dynamic>{}.size() == 0);

// Constness.
using tensor_23 = tensor<float, 2, 3>;
static_assert(std::is_convertible_v<tensor_23&, tensor_view<float, 2, 3>>);
static_assert(std::is_convertible_v<tensor_23 const&, tensor_view<float const, 2, 3>>);
static_assert(!std::is_constructible_v<tensor_view<float, 2, 3>, tensor_23 const&>);
static_assert(!std::is_constructible_v<tensor_view<float, 2, 3>, tensor_23>);
static_assert(std::is_convertible_v<tensor_view<float, 2, 3>, tensor_view<float const, 2, 3>>);
static_assert(!std::is_constructible_v<tensor_view<float, 2, 3>, tensor_view<float const, 2, 3>>);
// Element types and shapes.
static_assert(!std::is_constructible_v<tensor_view<double const, 2, 3>, tensor_23&>);
static_assert(!std::is_constructible_v<tensor_view<float, 3, 2>, tensor_23&>);
static_assert(!std::is_constructible_v<tensor_view<float, 6>, tensor_23&>);
static_assert(!std::is_constructible_v<tensor_view<float, dynamic, 3>, float*>);
static_assert(!std::is_constructible_v<tensor_view<float, 2, 3>, float*, int>);
static_assert(!std::is_convertible_v<float*, tensor_view<float, 2, 3>>);
// Deduction.
static_assert(same<decltype(tensor_view(std::declval<tensor_23&>())), tensor_view<float, 2, 3>>);
static_assert(
    same<decltype(tensor_view(std::declval<tensor_23 const&>())), tensor_view<float const, 2, 3>>);

using iterator = tensor_view<float, 2, 3>::iterator;
static_assert(std::random_access_iterator<iterator>);

constexpr bool writes() {
  tensor<int, 2, 2> t{{1, 2}, {3, 4}};
  tensor_view<int, 2, 2> const transposed(t.data(), strides{1, 2});
  transposed(0, 1) = 7;  // through a const view
  tensor_view t0 = t[0];
  t0 = t[1];  // a named view now sees the second row
  bool const rebound = t0[0] == 7 && t(0, 0) == 1;
  t[0] = transposed[0];  // an unnamed one is written to, overlap included
  return rebound && t == tensor<int, 2, 2>{{1, 7}, {7, 4}};
}
static_assert(writes());

}  // namespace

TEST_CASE("extents that do not fit are a shape_error with both shapes") {
  float data[12]{};
  CHECK_THROWS_AS((tensor_view<float, dynamic>(data, -1)), shape_error);
  CHECK_THROWS_WITH((tensor_view<float, dim<"n">, dim<"n">>(data, 3, 4)),
                    contains_text("tensor_view: shape (3,4) does not fit (n,n)"));
  CHECK_THROWS_AS((tensor_view<float, 3, 4>(data, strides{1})), shape_error);
  tensor<float, dynamic, 2> t(3);
  CHECK_THROWS_WITH((tensor_view<float, 2, 2>(t)),
                    contains_text("tensor_view: shape (3,2) does not fit (2,2)"));
  tensor_view<float, dim<"n">, 2> const named(t);
  CHECK(named.extent(0) == 3);
  CHECK_THROWS_AS((tensor_view<float const, 4, 2>(named)), shape_error);
}

TEST_CASE("a copy of the shape through an unnamed view is checked") {
  tensor<float, dynamic, dynamic> t(2, 3);
  tensor<float, dynamic> const two{1, 2}, three{1, 2, 3};
  t[1] = three;
  CHECK(t == tensor<float, 2, 3>{{0, 0, 0}, {1, 2, 3}});
  CHECK_THROWS_WITH(t[1] = two, contains_text("shape (2) does not fit (3)"));
}

TEST_CASE("iterators walk a strided view in row-major order") {
  float data[12];
  std::iota(data, data + 12, 0.f);
  tensor_view<float, 3, 4> const v(data, strides{1, 3});
  CHECK(std::is_sorted(tensor_view<float, 12>(data).begin(), tensor_view<float, 12>(data).end()));
  std::array<float, 12> const expected{0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11};
  CHECK(std::equal(v.begin(), v.end(), expected.begin(), expected.end()));
  CHECK(v.begin()[7] == 10);
  CHECK(*(v.end() - 1) == 11);
  CHECK(v.end() - v.begin() == 12);
  std::sort(v.begin(), v.end());
  CHECK(v(0, 1) == 1);
  CHECK(v(2, 3) == 11);
  int visited = 0;
  for (float& x : tensor_view<float>(data)) x = 42, ++visited;
  CHECK(visited == 1);
  CHECK(data[0] == 42);
}

TEST_CASE("a tensor copies what a strided view sees") {
  tensor<int, 2, 3> const t{{1, 2, 3}, {4, 5, 6}};
  tensor_view<int const, 3, 2> const turned(t.data(), strides{1, 3});
  tensor const copy(turned);
  CHECK(copy == tensor<int, 3, 2>{{1, 4}, {2, 5}, {3, 6}});
  CHECK(tensor<int, dynamic, dynamic>(turned) == copy);
  CHECK(turned == copy);
  CHECK(copy == turned);
  CHECK(turned != tensor<int, 3, 2>{});
  CHECK(turned != tensor<int, dynamic, 2>(2));
}

TEST_CASE("a rank-0 view is a number that can be written") {
  double x = 1;
  tensor_view<double> const v(&x);
  v = 2.5;
  CHECK(x == 2.5);
  CHECK(v + 1 == 3.5);
  CHECK_THROWS_AS((tensor_view<double, dynamic>(&x, 0).item()), shape_error);
}

TEST_CASE("an overlapping copy reads before it writes") {
  int data[4]{1, 2, 3, 4};
  tensor_view<int, 3>(data + 1) = tensor_view<int const, 3>(data);
  CHECK(tensor_view<int, 4>(data) == tensor<int, 4>{1, 1, 2, 3});
}
