// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/shape.hpp"

#include <array>
#include <cstdint>

#include "catch.hpp"

using namespace slope;

namespace {

template <auto... E>
constexpr shape_info of = shape_info_of<E...>();

// Shapes that can be one shape.
static_assert(detail::may_fit(of<2, 3>, of<2, 3>) && detail::may_fit(of<>, of<>));
static_assert(!detail::may_fit(of<2, 3>, of<2, 4>) && !detail::may_fit(of<2, 3>, of<2>));
static_assert(detail::may_fit(of<2, dynamic>, of<dynamic, 3>));
static_assert(detail::may_fit(of<dim<"n">>, of<dim<"n">>));
static_assert(!detail::may_fit(of<dim<"n">>, of<dim<"m">>));
static_assert(detail::may_fit(of<dim<"n">>, of<7>) && detail::may_fit(of<dim<"n">>, of<dynamic>));

// Shapes of which nothing is left to check.
static_assert(detail::always_fits(of<2, 3>, of<2, dynamic>));
static_assert(detail::always_fits(of<2, 3>, of<dim<"n">, dim<"m">>));
static_assert(!detail::always_fits(of<2, dynamic>, of<2, 3>));
static_assert(!detail::always_fits(of<2, 3>, of<dim<"n">, dim<"n">>));
static_assert(!detail::always_fits(of<2, 3>, of<3, 2>));

static_assert(detail::runtime_count<2, dynamic, dim<"n">> == 2);
static_assert(detail::all_static<2, 3> && !detail::all_static<2, dynamic>);
static_assert(detail::row_major(std::array<int, 3>{2, 3, 4}) ==
              std::array<std::ptrdiff_t, 3>{12, 4, 1});
static_assert(detail::element_count(std::array<int, 3>{2, 3, 4}) == 24);
static_assert(detail::element_count(std::array<int, 0>{}) == 1);
static_assert(detail::shape_from<2, dynamic, 3, dim<"n">>("t", 5, 6) ==
              std::array<int, 4>{2, 5, 3, 6});
static_assert(sizeof(detail::shape_storage<true, 2, 3>) == 1);

}  // namespace

TEST_CASE("shape errors name who found them and both shapes") {
  CHECK_THROWS_WITH((detail::check_shape<2, dynamic, dim<"batch">>("load", {3, 4, 5})),
                    contains_text("load: shape (3,4,5) does not fit (2,?,batch)"));
  CHECK_NOTHROW(detail::check_shape<2, dynamic>("load", {2, 9}));
  CHECK_THROWS_AS((detail::check_shape<dynamic>("load", {-1})), shape_error);
  // Equal names are equal sizes.
  CHECK_THROWS_AS((detail::check_shape<dim<"n">, 2, dim<"n">>("load", {3, 2, 4})), shape_error);
  CHECK_NOTHROW(detail::check_shape<dim<"n">, 2, dim<"n">>("load", {4, 2, 4}));
}

TEST_CASE("an extent is an integer from 0 to the largest int") {
  CHECK(detail::to_extent("t", std::size_t{7}) == 7);
  CHECK(detail::to_extent("t", 0) == 0);
  CHECK_THROWS_WITH(detail::to_extent("t", -3), contains_text("t: -3 is not an extent"));
  CHECK_THROWS_AS(detail::to_extent("t", std::uint64_t{1} << 31), shape_error);
}

TEST_CASE("a shape of more elements than memory holds is an error, not an overflow") {
  int const huge = 2147483647;
  CHECK_THROWS_AS(detail::element_count(std::array<int, 3>{huge, huge, huge}), shape_error);
  CHECK(detail::element_count(std::array<int, 4>{huge, huge, huge, 0}) == 0);
}
