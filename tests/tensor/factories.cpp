// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/factories.hpp"

#include <limits>
#include <type_traits>

#include "catch.hpp"

using namespace slope;

namespace {

static_assert(zeros<float, 2, 3>() == tensor<float, 2, 3>{});
static_assert(zeros<double>() == 0.0);
static_assert(ones<int, 2>() == tensor<int, 2>{1, 1});
static_assert(ones<bool, 2>() == tensor<bool, 2>{true, true});
static_assert(full<float, 2, 2>(3) == tensor<float, 2, 2>{{3, 3}, {3, 3}});
static_assert(full<double>(2.5) == 2.5);
static_assert(std::is_same_v<decltype(zeros<float, dynamic, 3>(2)), tensor<float, dynamic, 3>>);
static_assert(zeros<float, dynamic, 3>(2) == tensor<float, 2, 3>{});
static_assert(ones<int, dynamic, 2, dynamic>(1, 2) == tensor<int, 1, 2, 2>{{{1, 1}, {1, 1}}});
static_assert(full<float, dynamic>(3, 1.5) == tensor<float, 3>{1.5, 1.5, 1.5});
static_assert(full<float, 0>(1).size() == 0);
static_assert(full<std::int64_t>(std::int64_t{1} << 62) == std::int64_t{1} << 62);

static_assert(arange<int, 6>() == tensor<int, 6>{0, 1, 2, 3, 4, 5});
static_assert(std::is_same_v<decltype(arange<int>(6)), tensor<int, dynamic>>);
static_assert(arange<int>(6) == arange<int, 6>());
static_assert(arange<int>(2, 9, 3) == tensor<int, 3>{2, 5, 8});
static_assert(arange<int>(2, 8, 3) == tensor<int, 2>{2, 5});
static_assert(arange<int>(3, 0, -1) == tensor<int, 3>{3, 2, 1});
static_assert(arange<int>(3, 3).size() == 0);
static_assert(arange<double>(0, 1, 0.25) == tensor<double, 4>{0, 0.25, 0.5, 0.75});
static_assert(arange<float>(2.5) == tensor<float, 3>{0, 1, 2});
static_assert(arange<double>(1, 0, -0.3).size() == 4);

static_assert(linspace<float, 5>(0, 1) == tensor<float, 5>{0, 0.25, 0.5, 0.75, 1});
static_assert(linspace<double, 1>(3, 7) == tensor<double, 1>{3});
static_assert(linspace<double, 0>(3, 7).size() == 0);
static_assert(linspace<double>(1, -1, 3) == tensor<double, 3>{1, 0, -1});
static_assert(linspace<double, 7>(0, 0.7)[6] == 0.7);  // the end is exact

static_assert(eye<float, 2>() == tensor<float, 2, 2>{{1, 0}, {0, 1}});
static_assert(eye<bool, 2, 3>() == tensor<bool, 2, 3>{{1, 0, 0}, {0, 1, 0}});
static_assert(eye<int>(2) == eye<int, 2>());
static_assert(eye<int>(3, 2) == tensor<int, 3, 2>{{1, 0}, {0, 1}, {0, 0}});

// As many arguments as there are run-time extents, and a value or none.
template <class T, auto... E>
constexpr bool zeros_of(auto... a) {
  return requires { zeros<T, E...>(a...); };
}
static_assert(zeros_of<float, dynamic>(1) && !zeros_of<float, dynamic>() && !zeros_of<float, 2>(1));

}  // namespace

TEST_CASE("extents that are none are a shape_error") {
  CHECK_THROWS_AS((zeros<float, dynamic>(-1)), shape_error);
  CHECK_THROWS_WITH((ones<float, dim<"n">, dim<"n">>(2, 3)), contains_text("(2,3)"));
  CHECK_THROWS_AS((full<float, dynamic>(-1, 2)), shape_error);
  CHECK_THROWS_AS(eye<float>(-1), shape_error);
  CHECK_THROWS_AS(linspace<float>(0, 1, -2), shape_error);
}

TEST_CASE("arange: a step that leads away has no numbers") {
  CHECK_THROWS_WITH(arange<int>(0, 5, -1), contains_text("arange"));
  CHECK_THROWS_AS(arange<int>(0, 5, 0), shape_error);
  CHECK_THROWS_AS(arange<double>(0, 5, 0), shape_error);
  CHECK_THROWS_AS(arange<double>(0, -1), shape_error);
  CHECK_THROWS_AS(arange<double>(1e300), shape_error);
  CHECK_THROWS_AS(arange<double>(std::numeric_limits<double>::quiet_NaN()), shape_error);
  auto const lowest = std::numeric_limits<std::int64_t>::min();
  auto const highest = std::numeric_limits<std::int64_t>::max();
  CHECK_THROWS_AS(arange<std::int64_t>(lowest, highest), shape_error);
  CHECK(arange<std::int64_t>(lowest, highest, highest) ==
        tensor<std::int64_t, 3>{lowest, -1, highest - 1});
}
