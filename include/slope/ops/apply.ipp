// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include <concepts>
#include <type_traits>

#include "slope/core/dtype.hpp"
#include "slope/ops/make.ipp"

namespace slope::engine {

/// What an argument of an operation is; among several the last of this list decides.
enum class operand_kind : unsigned char { none, number, symbol, symbolic, data };

/// Specialised by the expression room for trees and for tensors.
template <class T>
inline constexpr operand_kind operand_kind_v = number<T>                ? operand_kind::number
                                               : std::same_as<T, symbol> ? operand_kind::symbol
                                                                         : operand_kind::none;

template <class... A>
consteval operand_kind common_kind() {
  operand_kind kind = operand_kind::none;
  bool refused = false;
  ((refused = refused || operand_kind_v<std::remove_cvref_t<A>> == operand_kind::none,
    kind = kind < operand_kind_v<std::remove_cvref_t<A>> ? operand_kind_v<std::remove_cvref_t<A>>
                                                         : kind),
   ...);
  return refused || kind == operand_kind::number ? operand_kind::none : kind;
}

/// How Op is applied to operands of a kind: its result type, and the application itself.
template <operand_kind Kind, class Op, class... A>
struct application;

template <class Op, class... A>
struct application<operand_kind::symbol, Op, A...> {
  using type = symbol;
  static constexpr symbol call(location at, A const&... a) { return build<Op>(at, symbol(a)...); }
};

template <class Op, class... A>
using applied = application<common_kind<A...>(), Op, A...>;

/// What Op on these operands is: a symbol, a node, or ill_formed<...>.
template <class Op, class... A>
using apply_t = typename applied<Op, A...>::type;

}  // namespace slope::engine

namespace slope {

/// Arguments that operations take: at least one symbol, tree or tensor, the others may be numbers.
template <class... A>
concept operands = engine::common_kind<A...>() != engine::operand_kind::none;

}  // namespace slope
