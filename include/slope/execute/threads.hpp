// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

/// Threads, by OpenMP, where SLOPE_THREADS is defined (the Meson option `threads`, or
/// `-DSLOPE_THREADS -fopenmp`).
///
/// Large loops and products are cut along their outer axis into parts that depend on the extents
/// alone, each with its own accumulators, which are combined in the order of the parts: results are
/// the same, bit by bit, for any number of threads.
namespace slope::engine {

#ifdef SLOPE_THREADS
inline constexpr bool threaded = true;
#else
inline constexpr bool threaded = false;
#endif

inline constexpr int most_parts = 16;
/// What is worth a part of its own: operations, which take some ten microseconds.
inline constexpr std::int64_t work_of_part = 65536;

struct partition {
  int parts;
  std::int64_t rows;  ///< of each, but perhaps the last
};

/// `rows` of `work` operations each, in parts of a multiple of `grain` rows.
constexpr partition partitioned(std::int64_t rows, std::int64_t work, std::int64_t grain) {
  std::int64_t parts = rows * work / work_of_part;
  if (parts > most_parts) parts = most_parts;
  if (parts < 2) return {1, rows};
  std::int64_t const each = ((rows + parts - 1) / parts + grain - 1) / grain * grain;
  return {static_cast<int>((rows + each - 1) / each), each};
}

/// Calls f(k) for each part k, by as many threads as there are.
template <class F>
void for_each_part([[maybe_unused]] int parts, F const& f) {
#ifdef SLOPE_THREADS
#pragma omp parallel for schedule(dynamic)
#endif
  for (int k = 0; k < parts; ++k) f(k);
}

}  // namespace slope::engine
