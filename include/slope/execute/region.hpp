// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tuple>
#include <utility>

#include "slope/execute/kernel_run.hpp"

namespace slope::engine {

template <class Program, int Node>
struct product_step;

/// A product as a step of a region: it keeps nothing between blocks but its result.
template <class Product>
struct product_block {
  struct block_state {};
  static void begin(frame const&, block_state&) {}
  static void block(frame const& f, block_state&) { Product::run(f); }
  static void end(frame const&, block_state&) {}
};

/// The steps of a region, block by block over the rows that they share.
template <class Program, int Region>
struct blocked_region {
  static constexpr auto const& graph = Program::graph;
  static constexpr planned_region plan = Program::schedule.regions[Region];

  template <int Step, int Product>
  struct step_of {
    using type = product_block<product_step<Program, Product>>;
  };
  template <int Step>
  struct step_of<Step, -1> {
    using type = kernel_run<kernel<Program, Step>>;
  };
  template <int K>
  using step = typename step_of<Program::schedule.order[plan.first + K],
                                Program::plan.steps[Program::schedule.order[plan.first + K]]
                                    .product>::type;

  [[gnu::noinline]] static void run(frame const& whole, int block) {
    run_steps(whole, block, std::make_integer_sequence<int, plan.count>{});
  }
  template <int... K>
  static void run_steps(frame const& whole, int block, std::integer_sequence<int, K...>) {
    std::ptrdiff_t const rows = extent_value(plan.extent, whole.sizes);
    part_frame<graph.size_count> f(whole, 0, rows, block);
    std::tuple<typename step<K>::block_state...> states;
    (step<K>::begin(f, std::get<K>(states)), ...);
    do {  // no rows are one empty block
      f.own_sizes[graph.size_count] =
          static_cast<int>(rows - f.first_row < block ? rows - f.first_row : block);
      (step<K>::block(f, std::get<K>(states)), ...);
      f.first_row += block;
    } while (f.first_row < rows);
    f.first_row = 0;
    (step<K>::end(f, std::get<K>(states)), ...);
  }
};

}  // namespace slope::engine
