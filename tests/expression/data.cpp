// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// also under sanitizers
#include "slope/expression/data.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <sstream>
#include <string>

#include "catch.hpp"

using namespace slope;
using namespace slope::literals;

namespace {

constexpr tensor<float, 2, 2> a{{1, 2}, {3, 4}}, b{{5, 6}, {7, 8}};

// Constant evaluation.
static_assert(tensor(a * b + 1) == tensor<float, 2, 2>{{6, 13}, {22, 33}});
static_assert(matmul(a, b).eval() == tensor<float, 2, 2>{{19, 22}, {43, 50}});
static_assert(mean(a * a) == 7.5f);
static_assert(sum<0>(a) == tensor<float, 2>{4, 6});
static_assert(tensor(where(gt(a, 2), b, 0 * a)) == tensor<float, 2, 2>{{0, 0}, {7, 8}});
static_assert(tensor(a[0] + a[1]) == tensor<float, 2>{4, 6});
static_assert((a * b).sum<1>().eval() == tensor<float, 2>{17, 53});
static_assert(a + a == 2 * a && a + b != a);

// Types are torch's: plain numbers have no say beside floating tensors, tensors without axes little.
template <class E>
using value_of = typename std::remove_cvref_t<E>::value_type;
constexpr tensor<int, 2> whole{7, 2};
constexpr tensor<double> scalar{0.5};
static_assert(std::same_as<value_of<decltype(2.0 * a)>, float>);
static_assert(std::same_as<value_of<decltype(scalar * a)>, float>);
static_assert(std::same_as<value_of<decltype(whole + 1)>, int>);
static_assert(std::same_as<value_of<decltype(whole * 1.5)>, float>);
static_assert(std::same_as<value_of<decltype(whole / 2)>, float>);
static_assert(std::same_as<value_of<decltype(sum(whole))>, std::int64_t>);
static_assert(std::same_as<value_of<decltype(a + tensor<double, 2>{1, 2})>, double>);
static_assert(std::same_as<value_of<decltype(gt(whole, 1))>, bool>);
static_assert(std::same_as<value_of<decltype(where(gt(whole, 2), 1.0, 0.0))>, float>);
static_assert(tensor(where(gt(whole, 2), 1.0, 0.5)) == tensor<float, 2>{1, 0.5f});
static_assert(tensor<double, 2>(where(gt(whole, 2), 1.0, 0.5)) == tensor<double, 2>{1, 0.5});
static_assert(tensor(where(gt(whole, 2), 1, 0)) == tensor<std::int64_t, 2>{1, 0});
static_assert(tensor(whole / 2) == tensor<float, 2>{3.5f, 1});

// What does not fit is no operation.
template <class A, class B>
concept multipliable = requires(A const& x, B const& y) { matmul(x, y); };
template <class A, class B>
concept addable = requires(A const& x, B const& y) { x + y; };
static_assert(multipliable<tensor<float, 2, 3>, tensor<float, 3, 4>>);
static_assert(!multipliable<tensor<float, 2, 3>, tensor<float, 4, 5>>);
static_assert(addable<tensor<float, 2, 3>, tensor<float, 3>>);
static_assert(!addable<tensor<float, 2, 3>, tensor<float, 2>>);
static_assert(!addable<tensor<float, dim<"n">>, tensor<float, dim<"m">>>);
static_assert(addable<tensor<float, dim<"n">>, tensor<float, dynamic>>);
static_assert(!addable<tensor<float, 2>, std::string>);

// Compound assignment stays in the element type and shape.
constexpr tensor<float, 2, 2> assigned() {
  tensor<float, 2, 2> t = a;
  t += b;
  t *= 2;
  t -= 1.0;
  t[0] += t[1];
  t /= tensor<float, 2>{1, 2};
  return t;
}
static_assert(assigned() == tensor<float, 2, 2>{{30, 19}, {19, 11.5f}});
template <class A, class B>
concept adds_to = requires(A& x, B const& y) { x += y; };
static_assert(adds_to<tensor<float, 2, 2>, tensor<double, 2, 2>>);
static_assert(adds_to<tensor<int, 2>, tensor<std::int64_t, 2>>);
static_assert(!adds_to<tensor<int, 2, 2>, tensor<float, 2, 2>> && !adds_to<tensor<int, 2>, double>);
static_assert(!adds_to<tensor<float, 2>, tensor<float, 2, 2>>);
static_assert(!adds_to<tensor<float, 2> const, int> && !adds_to<tensor_view<float const, 2>, int>);

std::string printed(auto const& e) {
  std::ostringstream out;
  out << e;
  return out.str();
}

}  // namespace

TEST_CASE("a tree of data is evaluated when it is converted, printed or asked") {
  tensor const e = exp(0 * a) * 2.0 + b;
  CHECK(e == tensor<float, 2, 2>{{7, 8}, {9, 10}});
  CHECK((a * b).eval() == tensor<float, 2, 2>{{5, 12}, {21, 32}});
  float const m = mean(a);
  CHECK(m == 2.5f);
  CHECK(mean(a).item() == 2.5f);
  CHECK(printed(a * b) == "tensor([[ 5., 12.],\n        [21., 32.]])");
  CHECK(printed(mean(a)) == "tensor(2.5000)");
  CHECK(to_string(a * b, format::numpy) == "[[ 5. 12.]\n [21. 32.]]");
  tensor<double, 2, 2> const wide = a + b;
  CHECK(wide == tensor<double, 2, 2>{{6, 8}, {10, 12}});
  bool const larger = sum(a) > 9;
  CHECK(larger);
}

TEST_CASE("lvalue tensors are borrowed, rvalue tensors are part of the tree") {
  tensor<float, 2> t{1, 2};
  auto const e = t * tensor<float, 2>{10, 20} + 1.0f;
  CHECK(e == tensor<float, 2>{11, 41});
  t = tensor<float, 2>{3, 4};
  CHECK(e == tensor<float, 2>{31, 81});
  auto const owns = [] { return tensor<float, dynamic>{1, 2, 3}.exp().log() + 1; }();
  CHECK(amax(abs(owns - tensor<float, 3>{2, 3, 4})).item() < 1e-6f);
}

TEST_CASE("run-time extents are checked with both shapes in the text") {
  tensor<float, dynamic, 2> const d = a;
  tensor const sum_of = 2 * d + b;
  static_assert(std::same_as<std::remove_const_t<decltype(sum_of)>, tensor<float, 2, 2>>);
  CHECK(sum_of == tensor<float, 2, 2>{{7, 10}, {13, 16}});
  tensor const doubled = d + d;
  static_assert(std::same_as<std::remove_const_t<decltype(doubled)>, tensor<float, dynamic, 2>>);
  tensor<float, dynamic, 2> const other(3);
  CHECK_THROWS_WITH(tensor(d + other), contains_text("(2,2) x (3,2)"));
  tensor<float, dim<"n">> const named{1, 2};
  tensor const kept = named * 2;
  static_assert(std::same_as<std::remove_const_t<decltype(kept)>, tensor<float, dim<"n">>>);
  CHECK(kept == tensor<float, 2>{2, 4});
}

TEST_CASE("an assignment may read what it writes") {
  tensor<double, dynamic> d{1, 2, 3};
  d = d * d;
  CHECK(d == tensor<double, 3>{1, 4, 9});
  d += d;
  d *= sum(d);
  CHECK(d == tensor<double, 3>{56, 224, 504});
  tensor<float, 2, 2> t = a;
  t = matmul(t, t);
  CHECK(t == tensor<float, 2, 2>{{7, 10}, {15, 22}});
  t = transpose(t);
  CHECK(t == tensor<float, 2, 2>{{7, 15}, {10, 22}});
  tensor_view<float, 2, 2> const turned(t.data(), strides{1, 2});
  turned += a;
  CHECK(t == tensor<float, 2, 2>{{8, 18}, {12, 26}});
  t += turned;
  CHECK(t == tensor<float, 2, 2>{{16, 30}, {30, 52}});
}

TEST_CASE("what stays finite in formulas stays finite in trees of data") {
  tensor<float, 3> const large{-1000, 0, 1000};
  tensor<float, 3> const softened = log(1 + exp(large));
  CHECK(softened(0) == 0);
  CHECK(softened(2) == 1000);
  CHECK(tensor(log(exp(large) + 1.0)) == softened);
  CHECK(log(sum(exp(large))).item() == 1000);
  CHECK(tensor(log(softmax<0>(large))) == tensor<float, 3>{-2000, -1000, 0});
  CHECK(std::abs(log(2 + exp(large * 0)).eval()(0) - 1.0986123f) < 1e-6f);
  auto x = requires_grad<"x">(large);
  sum(log(1 + exp(x))).backward();
  CHECK(x.grad() == tensor<float, 3>{0, 0.5f, 1});
  x.zero_grad();
  auto r = requires_grad<"r">(tensor<double, 2>{0, 4});
  sum(where(r > 0, sqrt(r), 0.0)).backward();
  CHECK(r.grad() == tensor<double, 2>{0, 0.25});
  r.zero_grad();
  sum(sqrt(r * r)).backward();
  CHECK(r.grad() == tensor<double, 2>{0, 1});
}
