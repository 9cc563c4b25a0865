// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/autograd/backward.hpp"

#include <slope/slope.hpp>
#include <slope/autograd/print.hpp>

#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "catch.hpp"

using namespace slope;

namespace {

std::string printed(auto const& e) {
  std::ostringstream out;
  out << e;
  return out.str();
}

using x_leaf = leaf<"x", float, 2, 2>;
static_assert(std::is_move_constructible_v<x_leaf> && std::is_move_assignable_v<x_leaf>);
static_assert(!std::is_copy_constructible_v<x_leaf> && !std::is_copy_assignable_v<x_leaf>);

// An rvalue leaf has no place for a gradient; only scalars of leaves have one.
template <class X>
concept usable = requires(X&& x) { mean(std::forward<X>(x) * 2); };
static_assert(usable<x_leaf&> && usable<x_leaf const&> && !usable<x_leaf>);
template <class E>
concept has_backward = requires(E const& e) { e.backward(); };
template <class X>
using mean_of = decltype(mean(std::declval<X&>()));
template <class X>
using twice = decltype(2 * std::declval<X&>());
static_assert(has_backward<mean_of<x_leaf>> && !has_backward<twice<x_leaf>>);
static_assert(!has_backward<mean_of<tensor<float, 2, 2>>>);
// One name is one type.
template <class A, class B>
concept addable = requires(A& a, B& b) { a + b; };
static_assert(addable<leaf<"a", float, 2>, leaf<"b", float, 1>>);
static_assert(!addable<leaf<"a", float, 2>, leaf<"a", float, 1>>);

#if defined(__clang__)  // g++ 12 reads no mutable members in constant expressions
constexpr tensor<float, 2, 2> constant_gradient() {
  auto x = requires_grad<"x">(tensor<float, 2, 2>{{1, 2}, {3, 4}});
  mean(x * x).backward();
  return x.grad();
}
static_assert(constant_gradient() == tensor<float, 2, 2>{{0.5f, 1}, {1.5f, 2}});
#endif

}  // namespace

TEST_CASE("value and gradients as in PyTorch's tutorial") {
  auto x = requires_grad<"x">(tensor<float, 2, 2>{{1, 2}, {3, 4}});
  static_assert(std::same_as<decltype(x), x_leaf>);
  auto out = mean(x * x);
  CHECK(out.item() == 7.5f);
  CHECK(x.grad() == tensor<float, 2, 2>{});
  CHECK(out.backward() == 7.5f);
  CHECK(x.grad() == tensor<float, 2, 2>{{0.5f, 1}, {1.5f, 2}});
  out.backward();
  CHECK(x.grad() == tensor<float, 2, 2>{{1, 2}, {3, 4}});
  x.zero_grad();
  CHECK(x.grad() == tensor<float, 2, 2>{});
  x.data() *= 2;
  CHECK(out.item() == 30);
  out.backward();
  CHECK(x.grad() == tensor<float, 2, 2>{{1, 2}, {3, 4}});
}

TEST_CASE("leaves without a name are told apart by their line") {
  auto w = requires_grad(tensor<double, 2>{1, 2});
  auto v = requires_grad(tensor<double, 2>{5, 6});
  static_assert(!std::same_as<decltype(w), decltype(v)>);
  (dot(w, v) + sum(w) - w.sum()).backward();
  CHECK(w.grad() == tensor<double, 2>{5, 6});
  CHECK(v.grad() == tensor<double, 2>{1, 2});
}

TEST_CASE("numbers, views and trees become leaves; gradients reach all of them") {
  tensor<double, 2> const t{1, 2};
  auto s = requires_grad<"s">(2.0);
  auto a = requires_grad<"a">(t * 2);
  auto b = requires_grad<"b">(tensor_view(t));
  static_assert(std::same_as<decltype(s), leaf<"s", double>>);
  auto const loss = s * 3 + sum(a * b) + s;
  CHECK(loss.backward() == 18);
  CHECK(s.grad() == 4);
  CHECK(a.grad() == t);
  CHECK(b.grad() == tensor<double, 2>{2, 4});
}

TEST_CASE("what does not depend on a leaf smoothly gives zeros") {
  auto x = requires_grad<"x">(tensor<double, 3>{-1, 2, 3});
  CHECK(sum(where(x > 0, 1.0, 0.0)).backward() == 2);
  sum(x - x).backward();
  CHECK(x.grad() == tensor<double, 3>{});
  auto f = requires_grad<"f">(tensor<float, 3>{1, 2, 3});
  sum(f * x).backward();
  CHECK(f.grad() == tensor<float, 3>{-1, 2, 3});
  CHECK(x.grad() == tensor<double, 3>{1, 2, 3});
}

TEST_CASE("one name is one object, which is found when the expression is evaluated") {
  std::vector<leaf<"x", float, 2>> all;
  all.push_back(requires_grad<"x">(tensor<float, 2>{1, 2}));
  all.push_back(requires_grad<"x">(tensor<float, 2>{3, 4}));
  auto const good = sum(all[0] * all[0]);
  CHECK(good.item() == 5);
  auto const wrong = sum(all[0] * all[1]);
  CHECK_THROWS_AS(wrong.item(), std::invalid_argument);
  CHECK_THROWS_AS(wrong.backward(), std::invalid_argument);
  CHECK(all[0].grad() == tensor<float, 2>{});
  CHECK_THROWS_AS(tensor(all[0] + all[1]), std::invalid_argument);
}

TEST_CASE("a layer with run-time rows is trained") {
  tensor<double, dynamic, 2> const inputs = tensor<double, 3, 2>{{1, 0}, {0, 1}, {1, 1}};
  tensor<double, dynamic> const targets = tensor<double, 3>{1, 2, 3};
  auto w = requires_grad<"w">(tensor<double, 2>{0, 0});
  auto const loss = mean(square(matmul(inputs, w) - targets));
  double const start = loss.item();
  for (int step = 0; step < 200; ++step) {
    loss.backward();
    w.data() -= 0.5 * w.grad();
    w.zero_grad();
  }
  CHECK(start > 4);
  CHECK(loss.item() < 1e-9);
  CHECK(amax(abs(w - tensor<double, 2>{1, 2})).item() < 1e-4);
}

TEST_CASE("leaves of run-time extents have gradients of their shape") {
  tensor<float, dynamic> start{1, 2, 3};
  auto x = requires_grad<"x">(std::move(start));
  CHECK(start.size() == 0);
  CHECK(x.grad() == tensor<float, 3>{});
  for (int k = 0; k < 3; ++k) sum(x * x).backward();
  CHECK(x.grad() == tensor<float, 3>{6, 12, 18});
  auto moved = std::move(x);
  CHECK(moved.grad() == tensor<float, 3>{6, 12, 18});
}

TEST_CASE("expressions of leaves print as PyTorch prints them") {
  auto x = requires_grad<"x">(tensor<float, 2, 2>{{1, 2}, {3, 4}});
  auto v = requires_grad<"v">(tensor<float, 2>{1, 2});
  CHECK(printed(x) == "tensor([[1., 2.],\n        [3., 4.]], requires_grad=True)");
  CHECK(printed(mean(x * x)) == "tensor(7.5000, grad_fn=<MeanBackward0>)");
  CHECK(printed(v * v) == "tensor([1., 4.], grad_fn=<MulBackward0>)");
  CHECK(printed(sum(v)) == "tensor(3., grad_fn=<SumBackward0>)");
  CHECK(printed(sum<0>(x)) == "tensor([4., 6.], grad_fn=<SumBackward1>)");
  CHECK(printed(v > 1) == "tensor([False,  True])");
  CHECK(printed(v.grad()) == "tensor([0., 0.])");
  auto const name = [](auto const& e) {
    std::string const text = printed(e);
    std::size_t const at = text.find("grad_fn=<") + 9;
    return text.substr(at, text.find('>', at) - at);
  };
  CHECK(name(v + 1) == "AddBackward0");
  CHECK(name(v - 1) == "SubBackward0");
  CHECK(name(1 - v) == "RsubBackward1");
  CHECK(name(v / 2) == "DivBackward0");
  CHECK(name(-v) == "NegBackward0");
  CHECK(name(pow(v, 2)) == "PowBackward0");
  CHECK(name(pow(v, v)) == "PowBackward1");
  CHECK(name(x.mm(x)) == "MmBackward0");
  CHECK(name(matmul(x, v)) == "MvBackward0");
  CHECK(name(v.dot(v)) == "DotBackward0");
  CHECK(name(x.t()) == "TBackward0");
  CHECK(name(x.sigmoid()) == "SigmoidBackward0");
  CHECK(name(x.exp()) == "ExpBackward0");
  CHECK(name(log_softmax<1>(x)) == "LogSoftmaxBackward0");
  CHECK(name(where(v > 1, v, 0 * v)) == "WhereBackward0");
}
