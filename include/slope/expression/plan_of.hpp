// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/cost.hpp"
#include "slope/expression/printers.hpp"
#include "slope/plan/text.hpp"

namespace slope {

namespace engine {

template <class Program>
inline constexpr program_text plan_text_of = plan_source<program_text>(
    view(Program::graph), Program::plan, Program::kernels, Program::schedule);

/// How formulas are evaluated: nothing but a type.
template <class... E>
struct evaluation_plan {};

}  // namespace engine

/// The plan by which a formula, or several in one pass, are evaluated: `to_string(plan_of(e))` is
/// its text, for people and for `static_assert`.
template <symbolic E>
consteval engine::evaluation_plan<E> plan_of(E const&) {
  return {};
}
template <symbolic... E>
consteval engine::evaluation_plan<E...> plan_of(std::tuple<E...> const&) {
  return {};
}

/// A line for each loop and product, in order. Those under "rows (n)" run together, and "by blocks"
/// where the rows of one block stay in the cache: data is read from memory once for all of them.
template <class... E>
constexpr std::string_view to_string(engine::evaluation_plan<E...>) {
  return engine::text_view<engine::plan_text_of<engine::program<E...>>>();
}

}  // namespace slope
