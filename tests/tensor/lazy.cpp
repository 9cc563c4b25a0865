// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/lazy.hpp"

#include <array>
#include <type_traits>

#include "catch.hpp"
#include "slope/tensor/tensor.hpp"

using namespace slope;

namespace {

int in_place = 0;  // how often an evaluation was told that it need not go by a temporary

/// A lazy tree of the least kind: the reversal of a borrowed vector plus a number. It reads other
/// elements than it writes, so writing in place goes wrong where memory overlaps.
template <class T, auto Extent, bool Tells>
struct reversed {
  tensor_view<T const, Extent> source;
  T plus;
};
/// A number that is computed late.
struct late {
  double value;
};

}  // namespace

namespace slope {

template <class T, auto Extent, bool Tells>
inline constexpr bool is_lazy_v<reversed<T, Extent, Tells>> = true;
template <class T, auto Extent, bool Tells>
struct lazy_result<reversed<T, Extent, Tells>> {
  using value_type = T;
  static constexpr int rank = 1;
  template <int>
  static constexpr auto extent_value = Extent;
};
template <class T, auto Extent, bool Tells>
struct lazy_access<reversed<T, Extent, Tells>> {
  using tree = reversed<T, Extent, Tells>;

  static constexpr auto shape(tree const& e) { return e.source.shape(); }
  static constexpr void into(tree const& e, auto& out) {
    int const n = e.source.extent(0);
    for (int i = 0; i < n; ++i) out(i) = e.source(n - 1 - i) + e.plus;
  }
  static constexpr bool reads(tree const& e, void const* first, void const* last) requires Tells {
    bool const apart = e.source.data() + e.source.size() <= first || last <= e.source.data();
    in_place += apart ? 1 : 0;
    return !apart;
  }
};

template <>
inline constexpr bool is_lazy_v<late> = true;
template <>
struct lazy_result<late> {
  using value_type = double;
  static constexpr int rank = 0;
  template <int>
  static constexpr auto extent_value = 0;
};
template <>
struct lazy_access<late> {
  static constexpr std::array<int, 0> shape(late const&) { return {}; }
  static constexpr void into(late const& e, auto& out) { out() = e.value; }
};

}  // namespace slope

namespace {

template <class T, auto E>
constexpr auto reverse(tensor<T, E> const& t, T plus = 0) {
  return reversed<T, E, false>{t, plus};
}
template <class T, auto E>
auto reverse_and_tell(tensor<T, E> const& t, T plus = 0) {
  return reversed<T, E, true>{t, plus};
}

constexpr tensor<int, 3> counting{1, 2, 3};
constexpr tensor backwards = reverse(counting);
static_assert(std::is_same_v<decltype(backwards), tensor<int, 3> const>);
static_assert(backwards == tensor<int, 3>{3, 2, 1});
constexpr tensor<int, 3> spelled = reverse(counting, 10);
static_assert(spelled == tensor<int, 3>{13, 12, 11});
static_assert(tensor<double, dynamic>(reverse(tensor<double, 2>{1, 2})) == tensor<double, 2>{2, 1});

constexpr tensor number = late{2.5};
static_assert(std::is_same_v<decltype(number), tensor<double> const> && number == 2.5);

using tree = reversed<int, 3, false>;
static_assert(std::is_convertible_v<tree, tensor<int, 3>>);
static_assert(std::is_convertible_v<tree, tensor<int, dim<"n">>>);
static_assert(std::is_convertible_v<tree, tensor<float, 3>>);
static_assert(!std::is_constructible_v<tensor<int, 4>, tree>);
static_assert(!std::is_constructible_v<tensor<int, 3, 1>, tree>);
static_assert(!std::is_constructible_v<tensor<bool, 3>, tree>);
static_assert(!std::is_constructible_v<tensor<int, 3>, reversed<float, 3, false>>);
static_assert(!std::is_assignable_v<tensor<int, 4>&, tree>);
static_assert(!std::is_assignable_v<tensor_view<int const, 3>&, tree>);
using named_tree = reversed<int, dim<"n">, false>;
static_assert(std::is_constructible_v<tensor<int, dim<"n">>, named_tree>);
static_assert(!std::is_constructible_v<tensor<int, dim<"m">>, named_tree>);

constexpr bool assigned() {
  tensor<int, 3> t{1, 2, 3};
  t = reverse(t, 1);
  bool const first = t == tensor<int, 3>{4, 3, 2};
  tensor<int, 2, 3> rows;
  rows[1] = reverse(t);
  tensor<double> s;
  s = late{4};
  return first && rows == tensor<int, 2, 3>{{0, 0, 0}, {2, 3, 4}} && s == 4;
}
static_assert(assigned());

}  // namespace

TEST_CASE("a tensor of run-time extents takes its size from the expression") {
  tensor<int, dynamic> const source{1, 2, 3, 4};
  tensor const result = reverse(source);
  CHECK(result == tensor<int, 4>{4, 3, 2, 1});
  tensor<int, dynamic> target(2);
  target = reverse(source);
  CHECK(target == result);
  CHECK(tensor<int, 4>(reverse(source)) == result);
  CHECK_THROWS_WITH((tensor<int, 3>(reverse(source))),
                    contains_text("tensor: shape (4) does not fit (3)"));
}

TEST_CASE("assignment is safe where the expression reads what it writes") {
  tensor<int, dynamic> t{1, 2, 3};
  t = reverse(t);
  CHECK(t == tensor<int, 3>{3, 2, 1});
  tensor_view const view(t);  // stays valid
  view = reverse(t);
  CHECK(t == tensor<int, 3>{1, 2, 3});
  in_place = 0;
  t = reverse_and_tell(t);
  view = reverse_and_tell(t);
  CHECK(t == tensor<int, 3>{1, 2, 3});
  CHECK(in_place == 0);
}

TEST_CASE("assignment writes in place where the expression tells that it may") {
  tensor<int, dynamic> const source{1, 2, 3};
  tensor<int, dynamic> target(3);
  int const* const block = target.data();
  in_place = 0;
  target = reverse_and_tell(source);
  CHECK(target == tensor<int, 3>{3, 2, 1});
  CHECK(target.data() == block);
  CHECK(in_place == 1);
  tensor_view const view(target);
  view = reverse_and_tell(source, 1);
  CHECK(target == tensor<int, 3>{4, 3, 2});
  CHECK(in_place == 2);
}

TEST_CASE("a view takes an expression of its own shape only") {
  tensor<int, dynamic> const source{1, 2, 3};
  int data[8]{};
  tensor_view<int, dynamic> const every_other(data, 3, strides{2});
  every_other = reverse(source);
  CHECK(tensor_view<int, 6>(data) == tensor<int, 6>{3, 0, 2, 0, 1, 0});
  tensor_view<int, dynamic> const shorter(data, 2);
  CHECK_THROWS_WITH(shorter = reverse(source), contains_text("shape (3) does not fit (2)"));
  CHECK_THROWS_AS((tensor_view<int, 2>(data) = reverse(source)), shape_error);
}
