// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <slope/slope.hpp>

using namespace slope;
using namespace slope::literals;

// What is ill-formed is no hard error where a requirement asks for it.
namespace {

template <class A, class B>
concept has_matmul = requires(A const& a, B const& b) { matmul(a, b); };
template <class A, class B>
concept has_sum = requires(A const& a, B const& b) { a + b; };
template <class A>
concept has_gradient_of_itself = requires(A const& a) { gradient(a, a); };
template <class C, class A>
concept has_where = requires(C const& c, A const& a) { where(c, a, a); };
template <class A, class D>
concept binds = requires(A const& a, D const& d) { a = d; };
template <class E, class A, class D>
concept evaluates = requires(E const& e, A const& a, D const& d) { evaluate(e, a = d); };
template <class F, class... A>
concept has_jit = requires(F const& f, A const&... a) { jit(f)(a...); };
template <class F, class... A>
concept has_gradient = requires(F const& f, A const&... a) { grad(f)(a...); };

using m23 = variable<"a", float, 2, 3>;
using m35 = variable<"b", float, 3, 5>;
using m45 = variable<"c", float, 4, 5>;
using scalar = variable<"s", float>;
using rows = variable<"r", float, dim<"n">, 3>;
using columns = variable<"q", float, dim<"m">, 3>;

static_assert(has_matmul<m23, m35>);
static_assert(!has_matmul<m23, m45>);
static_assert(has_sum<m23, scalar>);
static_assert(!has_sum<m23, m35>);
static_assert(has_sum<rows, rows>);
static_assert(!has_sum<rows, columns>);
static_assert(has_gradient_of_itself<scalar>);
static_assert(!has_gradient_of_itself<m23>);
static_assert(has_where<decltype(eq(m23{}, 0_c)), m23>);
static_assert(!has_where<bool, m23>);

static_assert(binds<m23, tensor<float, 2, 3>>);
static_assert(binds<m23, tensor<float, dynamic, 3>>);
static_assert(binds<rows, tensor<float, 7, 3>>);
static_assert(!binds<m23, tensor<float, 3, 2>>);
static_assert(!binds<m23, tensor<float, 3>>);
static_assert(!binds<m23, m35>);
static_assert(evaluates<decltype(sum(m23{})), m23, tensor<float, 2, 3>>);
static_assert(!evaluates<decltype(sum(m23{})), m35, tensor<float, 3, 5>>);

constexpr auto product = [](auto a, auto b) { return sum(matmul(a, b)); };
constexpr auto twice = [](auto a) { return 2 * a; };
constexpr auto decided = [](auto a) { return a > 0 ? a : -a; };

static_assert(has_jit<decltype(product), tensor<float, 2, 3>, tensor<float, 3, 5>>);
static_assert(!has_jit<decltype(product), tensor<float, 2, 3>, tensor<float, 4, 5>>);
static_assert(!has_jit<decltype(product), tensor<float, 2, 3>>);
static_assert(has_gradient<decltype(twice), float>);
static_assert(!has_gradient<decltype(twice), tensor<float, 2>>);
static_assert(!has_jit<decltype(decided), float>);

}  // namespace

// Numbers meet inside a function before they meet a symbol.
TEST_CASE("a symbol holds a number until it is part of a graph") {
  auto const f = [](auto x) {
    decltype(x) step = 1;
    step *= 0.5;
    step = exp(step * 0) * (step - 0.25);
    step = where(step > 0, step, 7);
    return x * step;
  };
  CHECK(jit(f)(8.0) == 2.0);
}

TEST_CASE("compound assignment gives a symbol another value") {
  auto const f = [](auto x) {
    auto s = x;
    s -= 1;
    s /= 2;
    s += s;
    s *= x;
    return -s;
  };
  CHECK(jit(f)(8.0) == -56.0);
  CHECK(grad(f)(8.0) == -15.0);
}
