// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// A walk through the table of operations: second derivatives are those of the first ones, and the
// matrix of them is symmetric.
// with the first compiler only
#include "catch.hpp"
#include "laws/table_walk.hpp"

#include <algorithm>
#include <memory>

using namespace table_walk;

namespace {

/// Graphs at work; too large for the stack.
struct graphs {
  work_graph recorded, first, along[2], second[2], first_lower, second_lower[2];
};

/// Numbers that differ from element to element, in the shape of x.
symbol direction(builder& b, symbol x, int which) {
  shape const s = b.shape_of(x);
  auto const number = [&](int axis) {
    return broadcast_symbol(b, positions(b, s, axis), b[x].shape, dtype::float64);
  };
  symbol place = number(s.rank - 1);
  if (s.rank == 2) place = place + number(0) * 1.7;
  return cos(place * (which == 0 ? 0.9 : 1.3) + which);
}
/// The same in numbers, for leaf `a` of `leaves`.
double direction_at(bool matrix, int which, std::size_t k) {
  constexpr std::size_t columns = samples / 4;
  double const place = matrix ? static_cast<double>(k % columns) +
                                    1.7 * static_cast<double>(k / columns)
                              : static_cast<double>(k);
  return std::cos(place * (which == 0 ? 0.9 : 1.3) + which);
}

/// The derivative of root 0 along a direction of all leaves at once, as a scalar.
work_graph derivative_along(work_graph const& gradient, int leaf_count, int which) {
  work_graph g;
  builder b(g, rewrite_all);
  std::vector<int> map(16384);
  copy_graph(b, view(gradient), map.data(), gradient.roots, leaf_count);
  symbol total = constant_symbol(b, rational(0));
  for (int a = 0; a < leaf_count; ++a) {
    symbol const x = leaf_symbol(b, a);
    symbol const d(&b, map[static_cast<std::size_t>(gradient.roots[a])]);
    total = total + sum(direction(b, x, which) * (d * (a + 1)));
  }
  g.roots[g.root_count++] = in(b, total).index();
  return g;
}

template <class Op, class Leaf, class How = Op>
void check_second(graphs& g) {
  constexpr bool matrix = Leaf::rank() == 2;
  CAPTURE(Op::name());
  g.recorded = work_graph{};
  {
    builder b(g.recorded);
    symbol const y = operation_on<Op, Leaf, How>(b);
    symbol const weight = sin(argument_symbol<Leaf>(b, 0) * 0.7) + 2;
    if constexpr (std::same_as<Op, How>) g.recorded.roots[0] = sum(y * 1.0).index();
    else g.recorded.roots[0] = sum(y * weight).index();
    g.recorded.root_count = 1;
  }
  int const leaves[] = {0, 1, 2};
  int const count = g.recorded.leaf_count;
  g.first = simplified(view(g.recorded));
  g.first = reverse(view(g.first), leaves, count);
  REQUIRE(!g.first.error.failed);
  g.first_lower = lowered(view(g.first));
  for (int which = 0; which < 2; ++which) {
    g.along[which] = derivative_along(g.first, count, which);
    g.second[which] = reverse(view(g.along[which]), leaves, count);
    REQUIRE(!g.second[which].error.failed);
    g.second_lower[which] = lowered(view(g.second[which]));
  }
  leaf_numbers at{};
  for (int a = 0; a < 3; ++a)
    for (int k = 0; k < samples; ++k)
      at[static_cast<std::size_t>(a)][static_cast<std::size_t>(k)] = operand<Op, double>(a, k);
  auto const size = [](double x) { return std::max(1.0, std::abs(x)); };
  double products[2]{}, magnitude = 1;
  for (int a = 0; a < count; ++a) {
    auto const exact = interpreted(g.second_lower[0], g.second_lower[0].roots[a], at);
    auto const other = interpreted(g.second_lower[1], g.second_lower[1].roots[a], at);
    auto const moved = [&](double h) {
      leaf_numbers to = at;
      for (int l = 0; l < count; ++l)
        for (std::size_t k = 0; k < samples; ++k)
          to[static_cast<std::size_t>(l)][k] += h * (l + 1) * direction_at(matrix, 0, k);
      return interpreted(g.first_lower, g.first_lower.roots[a], to);
    };
    constexpr double h = 2e-5;
    auto const up = moved(h), down = moved(-h), up2 = moved(h / 2), down2 = moved(-h / 2);
    for (std::size_t k = 0; k < samples; ++k) {
      auto const in_one = [&](std::vector<double> const& v) { return v[v.size() == 1 ? 0 : k]; };
      double const wide = (in_one(up) - in_one(down)) / (2 * h);
      double const narrow = (in_one(up2) - in_one(down2)) / h;
      double const better = narrow + (narrow - wide) / 3;
      CAPTURE(a, k, at[0][k], at[1][k], at[2][k], in_one(exact), better);
      CHECK(std::abs(in_one(exact) - better) <=
            1e-6 * size(in_one(exact)) + 1e-15 * size(in_one(up)) / h);
      products[0] += (a + 1) * direction_at(matrix, 1, k) * in_one(exact);
      products[1] += (a + 1) * direction_at(matrix, 0, k) * in_one(other);
      magnitude = std::max(magnitude, std::max(std::abs(in_one(exact)), std::abs(in_one(other))));
    }
  }
  // v' (H u) is u' (H v).
  CAPTURE(products[0], products[1]);
  CHECK(std::abs(products[0] - products[1]) <= 1e-11 * magnitude);
}

template <class Op>
void check(graphs& g) {
  using vector = tensor<double, samples>;
  using matrix = tensor<double, 4, samples / 4>;
  if constexpr (std::same_as<Op, op::with_derivative>) {
    // Its derivative is what its operand says: tests/transform/custom_derivative.cpp.
  } else if constexpr (Op::kind == op_kind::elementwise || plain_composite<Op>) {
    check_second<Op, vector>(g);
  } else if constexpr (Op::axes != axes_rule::none && Op::arity == 1) {
    check_second<Op, matrix, op::with<Op, 0>>(g);
    check_second<Op, matrix, op::with<Op, 1>>(g);
  }
}

}  // namespace

TEST_CASE("second derivatives are those of the first, and symmetric") {
  auto const g = std::make_unique<graphs>();
  each(all_ops{}, [&]<class Op>(Op*) { check<Op>(*g); });
}
