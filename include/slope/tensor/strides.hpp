// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "slope/tensor/shape.hpp"

namespace slope {

/// Steps between neighbours along each axis, counted in elements: `strides{1, 3}` is column-major
/// for three rows. Zero and negative steps are allowed.
struct strides {
  std::ptrdiff_t values[max_rank]{};
  int count = 0;

  template <detail::index_like... I>
    requires(sizeof...(I) <= max_rank)
  constexpr explicit strides(I... steps)
      : values{static_cast<std::ptrdiff_t>(steps)...}, count(static_cast<int>(sizeof...(I))) {}
};

}  // namespace slope
