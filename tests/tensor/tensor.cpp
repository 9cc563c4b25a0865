// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/tensor.hpp"

#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include "catch.hpp"

using namespace slope;

namespace {

template <class T, class U>
constexpr bool same = std::is_same_v<std::remove_const_t<T>, U>;

// Spelled and deduced extents.
constexpr tensor<float, 2, 2> square{{1, 2}, {3, 4}};
constexpr tensor deduced{{1.f, 2.f}, {3.f, 4.f}};
static_assert(same<decltype(deduced), tensor<float, 2, 2>>);
static_assert(square == deduced);
static_assert(square(0, 1) == 2 && square(1, 0) == 3);

constexpr tensor vector{1.f, 2.f};
static_assert(same<decltype(vector), tensor<float, 2>>);
static_assert(vector == tensor<float, 2>{1, 2});

constexpr tensor cube{{{1., 2., 3.}, {4., 5., 6.}}, {{7., 8., 9.}, {10., 11., 12.}}};
static_assert(same<decltype(cube), tensor<double, 2, 2, 3>>);
static_assert(cube == tensor<double, 2, 2, 3>{{{1, 2, 3}, {4, 5, 6}}, {{7, 8, 9}, {10, 11, 12}}});
static_assert(cube(1, 0, 2) == 9);

constexpr tensor four{{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}}};
static_assert(same<decltype(four), tensor<std::int32_t, 1, 2, 2, 2>>);
static_assert(four(0, 1, 0, 1) == 6);

static_assert(same<decltype(tensor{{true, false}}), tensor<bool, 1, 2>>);
static_assert(same<decltype(tensor(square)), tensor<float, 2, 2>>);
static_assert(same<decltype(tensor(square[0])), tensor<float, 2>>);
static_assert(tensor<bool, 3>{1, 0, 1}[2]);

// Zeros.
static_assert(tensor<float, 2, 2>{} == tensor<float, 2, 2>{{0, 0}, {0, 0}});
static_assert(tensor<double>{} == 0.0);

// The object is its elements: a literal type, copied as bytes.
static_assert(sizeof(tensor<float, 2, 3>) == 6 * sizeof(float));
static_assert(sizeof(tensor<double>) == sizeof(double));
static_assert(std::is_trivially_copyable_v<tensor<float, 2, 3>>);
static_assert(std::is_trivially_destructible_v<tensor<float, 2, 3>>);
static_assert(std::is_nothrow_default_constructible_v<tensor<float, 2, 3>>);
static_assert(std::is_nothrow_move_constructible_v<tensor<float, dynamic>>);
static_assert(std::is_nothrow_move_assignable_v<tensor<float, dynamic>>);

// A wrong number of elements is not a constructor.
template <class T>
concept takes_three = requires {
  T{1, 2, 3};
};
template <class T>
concept takes_two_rows = requires {
  T{{1, 2}, {3, 4}};
};
template <class T>
concept takes_three_rows = requires {
  T{{1, 2}, {3, 4}, {5, 6}};
};
template <class T>
concept takes_ragged_rows = requires {
  T{{1, 2}, {3}};
};
template <class T>
concept takes_ragged_blocks = requires {
  T{{{1}, {3, 4}}, {{5, 6}, {7, 8}}};
};
template <class T>
concept takes_blocks = requires {
  T{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}};
};
static_assert(takes_three<tensor<float, 3>>);
static_assert(!takes_three<tensor<float, 2>> && !takes_three<tensor<float, 4>>);
static_assert(!takes_three<tensor<float>> && !takes_three<tensor<float, 3, 1>>);
static_assert(takes_two_rows<tensor<float, 2, 2>> && takes_two_rows<tensor<float, dynamic, 2>>);
static_assert(!takes_two_rows<tensor<float, 2, 3>> && !takes_two_rows<tensor<float, 3, 2>>);
static_assert(!takes_three_rows<tensor<float, 2, 2>> &&
              takes_three_rows<tensor<float, 3, dynamic>>);
static_assert(!takes_ragged_rows<tensor<float, 2, 2>>);
static_assert(!takes_ragged_rows<tensor<float, dynamic, dynamic>>);
static_assert(takes_blocks<tensor<float, 2, 2, 2>>);
static_assert(!takes_ragged_blocks<tensor<float, 2, 2, 2>>);
static_assert(!takes_ragged_blocks<tensor<float, dynamic, dynamic, dynamic>>);
// Braces never give extents.
template <class T>
concept takes_braced_pair = requires {
  T{2, 3};
};
static_assert(!takes_braced_pair<tensor<float, dynamic, dynamic>>);
// A fraction is not an integer.
template <class T>
concept takes_halves = requires {
  T{0.5, 1.5};
};
static_assert(takes_halves<tensor<float, 2>> && !takes_halves<tensor<int, 2>>);

// Rank 0: explicit from numbers, implicit to them.
constexpr tensor<double> scalar{7.5};
static_assert(scalar == 7.5f && 7.5 == scalar && scalar != 8);
static_assert(scalar == tensor<double>{7.5});
static_assert(scalar.item() == 7.5 && scalar() == 7.5 && scalar.rank() == 0 && scalar.size() == 1);
static_assert(!std::is_convertible_v<double, tensor<double>>);
static_assert(std::is_convertible_v<tensor<double>, double>);
static_assert(!std::is_convertible_v<tensor<double, 1>, double>);
constexpr double twice(double x) { return 2 * x; }
static_assert(twice(scalar) == 15);

constexpr bool assigned() {
  tensor<double> s{7.5};
  s = 8.0;
  bool const first = s == 8.0;
  s = 9;
  return first && s.item() == 9;
}
static_assert(assigned());

// The face of a container.
static_assert(square.rank() == 2 && square.size() == 4 && square.extent(1) == 2);
static_assert(square.shape() == std::array<int, 2>{2, 2});
static_assert(cube.stride(0) == 6 && cube.stride(1) == 3 && cube.stride(2) == 1);
static_assert(square.data()[3] == 4 && square.end() - square.begin() == 4);
static_assert(tensor<float, 2, dim<"n">>::extents_info.extents[1].size == -1);
static_assert(tensor<float, 0>{}.empty() && tensor<float, 2, 0>{}.size() == 0);

// Sub-tensors.
static_assert(square[1] == tensor<float, 2>{3, 4});
static_assert(square[1][0] == 3 && vector[1] == 2);
static_assert(same<decltype(square[0]), tensor_view<float const, 2>>);
static_assert(cube[1][0] == tensor<double, 3>{7, 8, 9});

// Run-time extents in constant expressions.
constexpr bool values() {
  tensor<float, dynamic, 2> a{{1, 2}, {3, 4}};
  auto b = a;
  b(0, 0) = 9;
  auto c = std::move(b);
  bool good = a == square && c != a && c.extent(0) == 2 && b.extent(0) == 0 && b.size() == 0;
  b = c;
  c = std::move(a);
  return good && b(0, 0) == 9 && c == square;
}
static_assert(values());
static_assert(tensor<float, dynamic>{1, 2, 3} == tensor<float, 3>{1, 2, 3});
static_assert(tensor<float, dynamic>(3) == tensor<float, 3>{});
static_assert(tensor<float, dynamic>{}.size() == 0);

}  // namespace

TEST_CASE("run-time extents are given in order and the elements are zeros") {
  std::size_t const n = 5;
  tensor<float, dynamic, 64> const b(n);
  CHECK(b.shape() == std::array<int, 2>{5, 64});
  CHECK(b.size() == 5 * 64);
  for (float const x : b) REQUIRE(x == 0);
  CHECK(reinterpret_cast<std::uintptr_t>(b.data()) % 64 == 0);

  tensor<double, dim<"n">, 2, dynamic> const c(3, 4);
  CHECK(c.shape() == std::array<int, 3>{3, 2, 4});
}

TEST_CASE("braces list elements, parentheses give extents") {
  CHECK(tensor<int, dynamic>{3} == tensor<int, 1>{3});
  CHECK(tensor<int, dynamic>(3) == tensor<int, 3>{0, 0, 0});
  CHECK(tensor<int, dynamic, dynamic>{{1, 2, 3}, {4, 5, 6}}.shape() == std::array<int, 2>{2, 3});
}

TEST_CASE("a negative extent, or two sizes for one name, is a shape_error") {
  CHECK_THROWS_AS((tensor<float, dynamic>(-1)), shape_error);
  CHECK_THROWS_AS((tensor<float, dynamic>(std::int64_t{1} << 40)), shape_error);
  CHECK_THROWS_WITH((tensor<float, dim<"n">, dim<"n">>(2, 3)),
                    contains_text("tensor: shape (2,3) does not fit (n,n)"));
  CHECK_NOTHROW(tensor<float, dim<"n">, dim<"m">>(2, 3));
  int const huge = std::numeric_limits<int>::max();
  CHECK_THROWS_AS((tensor<float, dynamic, dynamic, dynamic>(huge, huge, huge)), shape_error);
  CHECK_NOTHROW(tensor<float, dynamic, dynamic, dynamic>(huge, huge, 0));
}

TEST_CASE("values: copies are deep, moves steal") {
  tensor<int, dynamic> a{1, 2, 3};
  int const* const block = a.data();
  tensor<int, dynamic> copy = a;
  copy[0] = 7;
  CHECK(a[0] == 1);
  CHECK(copy.data() != block);

  tensor<int, dynamic> moved = std::move(a);
  CHECK(moved.data() == block);
  CHECK(a.size() == 0);
  CHECK(a.extent(0) == 0);

  // Assignment of the same size reuses the block, of another size replaces it.
  tensor<int, dynamic> target(3);
  int const* const kept = target.data();
  target = moved;
  CHECK(target.data() == kept);
  target = tensor<int, dynamic>{1, 2};
  CHECK(target == tensor<int, 2>{1, 2});
  auto& alias = target;
  target = alias;
  target = std::move(alias);
  CHECK(target == tensor<int, 2>{1, 2});
}

TEST_CASE("tensors convert between static and run-time extents of one rank") {
  tensor<float, dynamic, 2> const wide = square;  // always fits: implicit
  CHECK(wide == square);
  CHECK(tensor<float, 2, 2>(wide) == square);
  CHECK(tensor<float, dim<"n">, dim<"n">>(wide) == square);
  CHECK_THROWS_WITH((tensor<float, 3, 2>(wide)),
                    contains_text("tensor: shape (2,2) does not fit (3,2)"));
  static_assert(!std::is_convertible_v<tensor<float, dynamic>, tensor<float, 2>>);
  static_assert(!std::is_constructible_v<tensor<float, 2>, tensor<float, 3>>);
  static_assert(!std::is_constructible_v<tensor<float, dim<"n">>, tensor<float, dim<"m">>>);
  static_assert(!std::is_constructible_v<tensor<float, 2>, tensor<double, 2>>);
  // Two axes of one name: not every shape fits, so the conversion is spelled.
  static_assert(
      !std::is_convertible_v<tensor<float, dynamic, dynamic>, tensor<float, dim<"n">, dim<"n">>>);
}

TEST_CASE("elements are written through indices, sub-tensors and iterators") {
  tensor<float, 2, 3> t;
  t(0, 2) = 5;
  t[1][1] = 6;
  for (float& x : t) x += 1;
  CHECK(t == tensor<float, 2, 3>{{1, 1, 6}, {1, 7, 1}});
  t[0] = t[1];
  CHECK(t == tensor<float, 2, 3>{{1, 7, 1}, {1, 7, 1}});
  t[1] = tensor<float, 3>{1, 2, 3};
  CHECK(t == tensor<float, 2, 3>{{1, 7, 1}, {1, 2, 3}});
}

TEST_CASE("item() is the value of one element") {
  CHECK(tensor<int, 1, 1>{{4}}.item() == 4);
  CHECK(tensor<int, dynamic>{4}.item() == 4);
  CHECK_THROWS_WITH((tensor<int, dynamic>{4, 5}.item()), contains_text("item: shape (2)"));
}
