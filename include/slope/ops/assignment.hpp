// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/ops/table.hpp"

/// Compound assignment inside functions: a symbol is given another value.
namespace slope {

template <class A>
  requires operands<symbol, A>
constexpr symbol& operator+=(symbol& x, A const& a) { return x = x + a; }
template <class A>
  requires operands<symbol, A>
constexpr symbol& operator-=(symbol& x, A const& a) { return x = x - a; }
template <class A>
  requires operands<symbol, A>
constexpr symbol& operator*=(symbol& x, A const& a) { return x = x * a; }
template <class A>
  requires operands<symbol, A>
constexpr symbol& operator/=(symbol& x, A const& a) { return x = x / a; }

}  // namespace slope
