// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/data/tree.hpp"

/// The same operations for lvalue tensors, which a tree borrows: clang warns where a tree outlives
/// a tensor, as in a function that returns an expression of its locals. The attribute may not stand
/// on the general overloads, which also take what moves into the tree; g++ does not know it.
#if defined(__clang__)

namespace slope {

/// A tensor that is borrowed.
template <class A>
concept borrowed_tensor = is_tensor_v<std::remove_const_t<A>>;

// clang-format off
template <borrowed_tensor A> constexpr auto abs(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::abs, A&> { return engine::call<op::abs>({}, a); }
template <borrowed_tensor A> constexpr auto square(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::square, A&> { return engine::call<op::square>({}, a); }
template <borrowed_tensor A> constexpr auto sqrt(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::sqrt, A&> { return engine::call<op::sqrt>({}, a); }
template <borrowed_tensor A> constexpr auto exp(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::exp, A&> { return engine::call<op::exp>({}, a); }
template <borrowed_tensor A> constexpr auto log(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::log, A&> { return engine::call<op::log>({}, a); }
template <borrowed_tensor A> constexpr auto sin(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::sin, A&> { return engine::call<op::sin>({}, a); }
template <borrowed_tensor A> constexpr auto cos(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::cos, A&> { return engine::call<op::cos>({}, a); }
template <borrowed_tensor A> constexpr auto tanh(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::tanh, A&> { return engine::call<op::tanh>({}, a); }
template <borrowed_tensor A> constexpr auto sigmoid(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::sigmoid, A&> { return engine::call<op::sigmoid>({}, a); }
template <borrowed_tensor A> constexpr auto relu(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::relu, A&> { return engine::call<op::relu>({}, a); }
template <borrowed_tensor A> constexpr auto operator-(A& a [[clang::lifetimebound]]) -> engine::apply_t<op::negative, A&> { return engine::call<op::negative>({}, a); }

template <borrowed_tensor A, borrowed_tensor B> constexpr auto matmul(A& a [[clang::lifetimebound]], B& b [[clang::lifetimebound]]) -> engine::apply_t<op::matmul, A&, B&> { return engine::call<op::matmul>({}, a, b); }
template <borrowed_tensor A, borrowed_tensor B> constexpr auto operator+(A& a [[clang::lifetimebound]], B& b [[clang::lifetimebound]]) -> engine::apply_t<op::add, A&, B&> { return engine::call<op::add>({}, a, b); }
template <borrowed_tensor A, borrowed_tensor B> constexpr auto operator-(A& a [[clang::lifetimebound]], B& b [[clang::lifetimebound]]) -> engine::apply_t<op::subtract, A&, B&> { return engine::call<op::subtract>({}, a, b); }
template <borrowed_tensor A, borrowed_tensor B> constexpr auto operator*(A& a [[clang::lifetimebound]], B& b [[clang::lifetimebound]]) -> engine::apply_t<op::multiply, A&, B&> { return engine::call<op::multiply>({}, a, b); }
template <borrowed_tensor A, borrowed_tensor B> constexpr auto operator/(A& a [[clang::lifetimebound]], B& b [[clang::lifetimebound]]) -> engine::apply_t<op::divide, A&, B&> { return engine::call<op::divide>({}, a, b); }
// clang-format on

}  // namespace slope

#endif
