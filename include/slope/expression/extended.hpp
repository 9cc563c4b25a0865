// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/formula.hpp"
#include "slope/symbolic/extended.hpp"

namespace slope {

/// Asks `simplify` for the rules that define a value where the formula has none.
struct extended_t {};
inline constexpr extended_t extended{};

namespace engine {

template <class E>
struct simplest_extended {
  static constexpr work_graph full = simplified_extended(view(written<E>::graph));
  static constexpr auto first_graph = shrink<full>();
  static constexpr work_graph pruned = simplified(view(first_graph));
  static constexpr auto graph = shrink<pruned>();
};

}  // namespace engine

/// The simplest form also by rules that define a value at finite points where the formula has none:
/// `simplify(x / x, extended)` is 1.
template <symbolic E>
constexpr auto simplify(E const&, extended_t) {
  return engine::reified_t<engine::simplest_extended<E>>{};
}

}  // namespace slope
