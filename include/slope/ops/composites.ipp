// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions.ipp"

/// Operations written in others: a composite costs nothing, and its derivative is right by
/// construction.
namespace slope::op {

struct negative : composite<"negative", 1> {
  static constexpr char const* infix = "-";
  static constexpr int precedence = 15;
  static constexpr symbol expand(auto x) { return x * -1; }
};
struct subtract : composite<"subtract", 2> {
  static constexpr char const* infix = "-";
  static constexpr int precedence = 10;
  static constexpr symbol expand(auto a, auto b) { return a + b * -1; }
};
struct square : composite<"square", 1> {
  static constexpr symbol expand(auto x) { return slope::pow(x, 2); }
};
struct sqrt : composite<"sqrt", 1> {
  static constexpr symbol expand(auto x) { return slope::pow(x, 0.5); }
};
struct rsqrt : composite<"rsqrt", 1> {
  static constexpr symbol expand(auto x) { return slope::pow(x, -0.5); }
};
struct reciprocal : composite<"reciprocal", 1> {
  static constexpr symbol expand(auto x) { return slope::pow(x * 1.0, -1); }
};

/// The sum over the number of elements; integers are refused by torch and become float here.
struct mean : composite<"mean", 1> {
  static constexpr symbol expand(auto x) {
    engine::builder& b = *x.owner();
    std::int64_t count = 1;
    for (int k = 0; k < x.rank(); ++k) {
      if (b.shape_of(x).extents[k] < 0) b.fail("mean: run-time extents are not supported yet", {});
      else count *= b.shape_of(x).extents[k];
    }
    return slope::sum(x) * symbol(rational(1, count == 0 ? 1 : count));
  }
};

}  // namespace slope::op
