// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// A walk through the table of operations: each is covered by being in the list.
// with the first compiler only
#include "catch.hpp"
#include "laws/table_walk.hpp"

#include <slope/slope.hpp>
#include <slope/symbolic/print.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace table_walk;

namespace {

/// Op::value of number k, as double.
template <class Op, class T>
constexpr double value_at(T x, T y, T z, int k) {
  if constexpr (Op::arity == 1) return static_cast<double>(Op::value(x));
  else if constexpr (Op::arity == 2) return static_cast<double>(Op::value(x, y));
  else if constexpr (Op::conditional) return static_cast<double>(Op::value((k & 1) != 0, y, z));
  else return static_cast<double>(Op::value(x, y, z));
}
template <class Op, class T>
constexpr values<double> constants() {
  values<double> result{};
  for (int k = 0; k < samples; ++k)
    result[static_cast<std::size_t>(k)] =
        value_at<Op>(operand<Op, T>(0, k), operand<Op, T>(1, k), operand<Op, T>(2, k), k);
  return result;
}

/// The same through packs of L elements.
template <class Op, class T, int L>
values<double> through_packs() {
  using W = std::conditional_t<std::same_as<T, bool>, float, T>;
  values<double> result{};
  for (int first = 0; first < samples; first += L) {
    W in[3][L];
    W condition[L];
    for (int i = 0; i < L; ++i) {
      for (int a = 0; a < 3; ++a) in[a][i] = static_cast<W>(operand<Op, T>(a, first + i));
      condition[i] = static_cast<W>((first + i) & 1);
    }
    using pack = math::pack<W, L>;
    auto const load = [](W const* from) {
      if constexpr (std::same_as<T, bool>) return pack::load(from) != pack::broadcast(0);
      else return pack::load(from);
    };
    auto const value = [&] {
      if constexpr (Op::arity == 1) return Op::value(load(in[0]));
      else if constexpr (Op::arity == 2) return Op::value(load(in[0]), load(in[1]));
      else if constexpr (Op::conditional)
        return Op::value(pack::load(condition) != pack::broadcast(0), load(in[1]), load(in[2]));
      else return Op::value(load(in[0]), load(in[1]), load(in[2]));
    }();
    for (int i = 0; i < L; ++i)
      result[static_cast<std::size_t>(first + i)] = static_cast<double>(value[i]);
  }
  return result;
}

/// The distance in units in the last place of T at b.
template <class T>
double distance(double a, double b) {
  if (a == b || (std::isnan(a) && std::isnan(b))) return 0;
  int exponent = 0;
  std::frexp(b, &exponent);
  return std::abs(a - b) / std::ldexp(1.0, exponent - std::numeric_limits<T>::digits);
}

template <class T>
T volatile unknown_value;
/// What the compiler cannot compute.
template <class T>
T at_run_time(T value) {
  unknown_value<T> = value;
  return unknown_value<T>;
}

/// Constant evaluation, run-time numbers and packs agree.
template <class Op, class T>
void check_values() {
  static constexpr values<double> constant = constants<Op, T>();
  values<double> const narrow = through_packs<Op, T, 4>(), wide = through_packs<Op, T, samples>();
  for (int k = 0; k < samples; ++k) {
    auto const at = static_cast<std::size_t>(k);
    auto const x = operand<Op, T>(0, k), y = operand<Op, T>(1, k), z = operand<Op, T>(2, k);
    double const number =
        value_at<Op>(at_run_time(x), at_run_time(y), at_run_time(z), k);
    CAPTURE(Op::name(), sizeof(T), x, y, z, constant[at], number, narrow[at], wide[at]);
    // Each is within its own error of the exact value: tests/math/accuracy.cpp says how near.
    double const bound = is_function<Op> ? 2.5 : 0;
    CHECK(std::isfinite(constant[at]));
    CHECK(distance<T>(number, constant[at]) <= bound);
    CHECK(distance<T>(narrow[at], constant[at]) <= bound);
    CHECK(distance<T>(wide[at], constant[at]) <= bound);
    if constexpr (std::same_as<T, float>) {
      double const exact =
          value_at<Op>(static_cast<double>(x), static_cast<double>(y), static_cast<double>(z), k);
      CHECK(distance<T>(wide[at], exact) <= 2.5);
    }
  }
}

template <class Op>
void check_all_values() {
  if constexpr (Op::kind == op_kind::elementwise) {
    if constexpr (Op::result == type_rule::logical) {
      check_values<Op, bool>();
    } else {
      check_values<Op, double>();
      check_values<Op, float>();
      if constexpr (!is_function<Op>) {
        check_values<Op, std::int32_t>();
        check_values<Op, std::int64_t>();
      }
    }
  }
}

/// Graphs at work; too large for the stack.
struct graphs {
  work_graph recorded, simple, lower, derived, derived_lower;
};

std::string spelled(work_graph const& g, int root) {
  auto const t = engine::formula(view(g), root);
  return {t.text, static_cast<std::size_t>(t.size)};
}

/// The derivative rule against central differences, and the printed name.
template <class Op, class Leaf, class How = Op>
void check_graph(graphs& g) {
  CAPTURE(Op::name());
  g.recorded = work_graph{};
  {
    builder b(g.recorded);
    symbol const y = operation_on<Op, Leaf, How>(b);
    std::string const text = spelled(g.recorded, y.index());
    CAPTURE(text);
    bool const named = text.find(Op::name()) != std::string::npos;
    bool const operator_between = *Op::infix != 0 && text.find(Op::infix) != std::string::npos;
    CHECK((named || operator_between));
    // Weights, so that what is summed is not symmetric.
    symbol const weight = sin(argument_symbol<Leaf>(b, 0) * 0.7) + 2;
    g.recorded.roots[1] = in(b, y).index();
    if constexpr (std::same_as<Op, How>) g.recorded.roots[0] = sum(y * 1.0).index();
    else g.recorded.roots[0] = sum(y * weight).index();
    g.recorded.root_count = 1;
  }
  REQUIRE(!g.recorded.error.failed);
  g.simple = simplified(view(g.recorded));
  g.lower = lowered(view(g.simple));
  int const leaves[] = {0, 1, 2};
  int const leaf_count = g.recorded.leaf_count;
  g.derived = reverse(view(g.simple), leaves, leaf_count);
  REQUIRE(!g.derived.error.failed);
  g.derived_lower = lowered(view(g.derived));
  leaf_numbers at{};
  for (int a = 0; a < 3; ++a)
    for (int k = 0; k < samples; ++k)
      at[static_cast<std::size_t>(a)][static_cast<std::size_t>(k)] = operand<Op, double>(a, k);
  for (int a = 0; a < leaf_count; ++a) {
    auto const derivative = interpreted(g.derived_lower, g.derived_lower.roots[a], at);
    for (std::size_t k = 0; k < samples; ++k) {
      auto const difference = [&](double h) {
        leaf_numbers up = at, down = at;
        up[static_cast<std::size_t>(a)][k] += h;
        down[static_cast<std::size_t>(a)][k] -= h;
        int const root = g.lower.roots[0];
        return (interpreted(g.lower, root, up)[0] - interpreted(g.lower, root, down)[0]) / (2 * h);
      };
      double const h = 1e-4 * std::max(0.1, std::abs(at[static_cast<std::size_t>(a)][k]));
      double const wide = difference(h), narrow = difference(h / 2);
      double const better = narrow + (narrow - wide) / 3;
      double const exact = derivative[derivative.size() == 1 ? 0 : k];
      // A sum over samples of very different size loses digits of the small ones.
      double const size = std::abs(interpreted(g.lower, g.lower.roots[0], at)[0]);
      double const allowed = 1e-7 * std::max(1.0, std::abs(exact)) + 1e-13 * size / h;
      CAPTURE(a, k, at[0][k], at[1][k], at[2][k], exact, better, allowed);
      CHECK(std::abs(exact - better) <= allowed);
    }
  }
}

template <class Op>
void check_derivative(graphs& g) {
  using vector = tensor<double, samples>;
  using matrix = tensor<double, 4, samples / 4>;
  if constexpr (std::same_as<Op, op::with_derivative>) {
    // Its derivative is what its operand says: tests/transform/custom_derivative.cpp.
  } else if constexpr (Op::kind == op_kind::elementwise || plain_composite<Op>) {
    check_graph<Op, vector>(g);
  } else if constexpr (Op::axes != axes_rule::none && Op::arity == 1) {
    check_graph<Op, matrix, op::with<Op, 0>>(g);
    check_graph<Op, matrix, op::with<Op, 1>>(g);
  }
}

}  // namespace

TEST_CASE("operations have one value: in constant expressions, at run time and in packs") {
  each(all_ops{}, []<class Op>(Op*) { check_all_values<Op>(); });
}

TEST_CASE("derivative rules agree with central differences, and operations are printed by name") {
  auto const g = std::make_unique<graphs>();
  each(all_ops{}, [&]<class Op>(Op*) { check_derivative<Op>(*g); });
}
