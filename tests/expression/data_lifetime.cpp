// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// also under sanitizers
#include <slope/slope.hpp>

#include <memory>
#include <utility>
#include <vector>

#include "catch.hpp"

// Who owns what in a tree of data: run with AddressSanitizer, which sees every wrong answer.
using namespace slope;

namespace {

using vector = tensor<double, dynamic>;

vector counting(int n) {
  vector t(n);
  for (int i = 0; i < n; ++i) t(i) = i + 1;
  return t;
}

/// Trees of their own temporaries may leave the function that makes them.
auto of_temporaries(int n) { return exp(log(counting(n))) * counting(n) + 1.0; }
/// A tree over locals may not: it is evaluated first.
vector evaluated(int n) {
  vector const local = counting(n);
  return local * local;
}
auto moved_in(int n) {
  vector local = counting(n);
  return std::move(local) * 2;
}

}  // namespace

TEST_CASE("temporaries are part of the tree, also through members and views of views") {
  auto const e = of_temporaries(3);
  CHECK(amax(abs(e - tensor<double, 3>{2, 5, 10})).item() < 1e-12);
  CHECK(evaluated(3) == tensor<double, 3>{1, 4, 9});
  CHECK(moved_in(3) == tensor<double, 3>{2, 4, 6});
  auto const by_member = counting(3).square().sum() + counting(2).sum();
  CHECK(by_member.item() == 17);
}

TEST_CASE("a tree that is copied or moved keeps what it owns") {
  auto first = std::make_unique<decltype(of_temporaries(1))>(of_temporaries(2));
  auto const copy = *first;
  auto const moved = std::move(*first);
  first.reset();
  CHECK(copy == moved);
  auto const larger = copy * copy + moved;
  CHECK(larger.eval().size() == 2);
}

TEST_CASE("lvalue tensors are borrowed: nothing is copied, changes are seen") {
  vector t = counting(1000);
  auto const e = t + t;
  static_assert(sizeof e <= 4 * sizeof(void*));
  t(999) = 0.25;
  CHECK(e.eval()(999) == 0.5);
}

TEST_CASE("views are copied, and see their elements") {
  vector t = counting(6);
  auto const e = [&] {
    tensor_view<double, 2, 3> const rows(t.data());
    return rows[1] * 2;
  }();
  CHECK(e == tensor<double, 3>{8, 10, 12});
  t(3) = 0;
  CHECK(e == tensor<double, 3>{0, 10, 12});
}

TEST_CASE("results outlive what they are made of") {
  tensor<double, dynamic> result;
  {
    vector const t = counting(4);
    result = t * t;
  }
  CHECK(result == tensor<double, 4>{1, 4, 9, 16});
  result = result + result;
  result += result;
  CHECK(result == tensor<double, 4>{4, 16, 36, 64});
}

TEST_CASE("bindings own rvalues and borrow lvalues") {
  static constexpr variable<"x", double, dynamic> x;
  auto const loss = sum(x * x);
  auto const bound = (x = counting(3));
  CHECK(evaluate(loss, bound) == 14);
  std::vector<double> list{1, 2, 3};
  auto const borrowed = (x = list);
  list[0] = 3;
  CHECK(evaluate(loss, borrowed) == 22);
  auto const owned = (x = std::vector<double>{1, 2});
  CHECK(evaluate(loss, owned) == 5);
  auto const of_tree = (x = counting(2) * 2);
  CHECK(evaluate(loss, of_tree) == 20);
}

TEST_CASE("an expression follows its leaves; a leaf may be moved before it is used") {
  auto first = requires_grad<"w">(counting(3));
  auto w = std::move(first);
  auto const loss = sum(w * w);
  for (int k = 0; k < 3; ++k) {
    loss.backward();
    w.data() -= 0.5 * w.grad();
    w.zero_grad();
  }
  CHECK(loss.item() == 0);
}
