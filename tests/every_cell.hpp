// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/execute/interpret.hpp>

/// What the interpreter of a graph that is made when the test runs may meet: any operation.
template <class... Ops>
consteval slope::engine::cell_table cells_of_all(slope::engine::op_list<Ops...>) {
  slope::engine::cell_table table;
  ((table.of[slope::engine::op_number<Ops>()] = slope::engine::cell_functions_of<Ops>()), ...);
  return table;
}
inline constexpr slope::engine::cell_table every_cell = cells_of_all(slope::engine::all_ops{});
