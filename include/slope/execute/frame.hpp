// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "slope/graph/graph.hpp"

namespace slope::engine {

/// Where the values of a program are while it runs. In a blocked region the entry of `sizes` after
/// the last run-time size is the number of rows of the block.
struct frame {
  void* const* slots;
  int const* sizes;
  std::ptrdiff_t first_row = 0;
  int const* block_rows = nullptr;  ///< of each region
};

/// The frame of some of the rows: sizes, and after them how many rows there are.
template <int Sizes>
struct part_frame : frame {
  int own_sizes[Sizes + 1];

  part_frame(frame const& whole, std::ptrdiff_t first, std::ptrdiff_t rows, std::ptrdiff_t most)
      : frame{whole.slots, own_sizes, first} {
    for (int k = 0; k < Sizes; ++k) own_sizes[k] = whole.sizes[k];
    own_sizes[Sizes] = static_cast<int>(rows - first < most ? rows - first : most);
  }
  part_frame(part_frame const&) = delete;
};

constexpr std::ptrdiff_t extent_value(int extent, int const* sizes) {
  return extent >= 0 ? extent : sizes[size_index(extent)];
}

/// The largest power of two that is no more than n and limit.
consteval int lanes_within(std::ptrdiff_t n, int limit) {
  int count = 1;
  while (2 * count <= limit && 2 * count <= n) count *= 2;
  return count;
}

}  // namespace slope::engine
