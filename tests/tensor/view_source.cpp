// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/view_source.hpp"

#include <array>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "slope/tensor/tensor.hpp"

using namespace slope;

namespace {

// Classes of the faces of Eigen's matrices and of std::mdspan; the libraries are not needed here.
template <class T, bool RowMajor>
struct matrix {
  using PlainObject = matrix;
  static constexpr bool IsRowMajor = RowMajor;
  long r, c;
  std::vector<T> elements;

  matrix(long rows, long columns) : r(rows), c(columns), elements(static_cast<std::size_t>(r * c)) {
    for (std::size_t i = 0; i < elements.size(); ++i) elements[i] = static_cast<T>(i);
  }
  long rows() const { return r; }
  long cols() const { return c; }
  long size() const { return r * c; }
  long innerStride() const { return 1; }
  long outerStride() const { return RowMajor ? c : r; }
  T* data() { return elements.data(); }
  T const* data() const { return elements.data(); }
};

template <class T>
struct grid {
  T* first;
  std::array<int, 2> extents, steps;

  static constexpr std::size_t rank() { return 2; }
  int extent(std::size_t k) const { return extents[k]; }
  int stride(std::size_t k) const { return steps[k]; }
  T* data_handle() const { return first; }
};

using vector = std::vector<float>;
template <class T>
using row = tensor_view<T, dynamic>;

// Const-correct, and no view for writing of a container that is about to die.
static_assert(std::is_convertible_v<vector&, row<float>>);
static_assert(std::is_convertible_v<vector const&, row<float const>>);
static_assert(std::is_convertible_v<vector, row<float const>>);
static_assert(!std::is_constructible_v<row<float>, vector const&>);
static_assert(!std::is_constructible_v<row<float>, vector>);
static_assert(std::is_convertible_v<std::span<float>, row<float>>);
static_assert(std::is_convertible_v<std::span<float>, row<float const>>);
static_assert(!std::is_constructible_v<row<float>, std::span<float const>>);
static_assert(!std::is_constructible_v<row<double const>, vector&>);
static_assert(!std::is_constructible_v<row<bool const>, std::vector<bool>&>);
static_assert(!std::is_constructible_v<tensor_view<float>, vector&>);
static_assert(!std::is_constructible_v<tensor_view<float, dynamic, dynamic>, vector&>);
static_assert(!std::is_constructible_v<tensor_view<double, 2, 2>, matrix<double, true>>);
static_assert(std::is_constructible_v<tensor_view<double const, 2, 2>, matrix<double, true>>);

// Sizes known at compile time are checked there.
static_assert(std::is_convertible_v<std::array<float, 6>&, tensor_view<float, 2, 3>>);
static_assert(!std::is_constructible_v<tensor_view<float, 2, 3>, std::array<float, 5>&>);
static_assert(!std::is_constructible_v<tensor_view<float, 2, 3>, std::span<float, 5>>);
static_assert(std::is_constructible_v<tensor_view<float, 2, dynamic>, std::array<float, 6>&>);
static_assert(!std::is_constructible_v<tensor_view<float, 2, dynamic>, std::array<float, 5>&>);

// Deduction.
template <class X>
using deduced = decltype(tensor_view(std::declval<X>()));
static_assert(std::is_same_v<deduced<vector&>, row<float>>);
static_assert(std::is_same_v<deduced<vector const&>, row<float const>>);
static_assert(std::is_same_v<deduced<std::span<int const>>, row<int const>>);
static_assert(std::is_same_v<deduced<std::array<int, 3>&>, tensor_view<int, 3>>);
static_assert(
    std::is_same_v<deduced<matrix<double, true>&>, tensor_view<double, dynamic, dynamic>>);
static_assert(std::is_same_v<deduced<grid<int>>, tensor_view<int, dynamic, dynamic>>);

}  // namespace

TEST_CASE("contiguous ranges fill static extents and one run-time extent") {
  vector data{0, 1, 2, 3, 4, 5};
  tensor_view<float, 2, 3> const fixed(data);
  fixed(1, 0) = 30;
  CHECK(data[3] == 30);
  CHECK((tensor_view<float, dynamic, 2>(data).shape() == std::array<int, 2>{3, 2}));
  CHECK(tensor_view(data).size() == 6);
  CHECK(tensor_view(std::as_const(data))[5] == 5);
  CHECK_THROWS_WITH((tensor_view<float, 2, 2>(data)),
                    contains_text("tensor_view: shape (6) does not fit (2,2)"));
  CHECK_THROWS_AS((tensor_view<float, dynamic, 4>(data)), shape_error);
  CHECK_THROWS_AS((tensor_view<float, dynamic, 0>(data)), shape_error);
  vector none;
  CHECK(tensor_view<float, dynamic, 4>(none).extent(0) == 0);
}

TEST_CASE("Eigen's matrices keep their storage order") {
  matrix<double, true> by_rows(2, 3);
  matrix<double, false> by_columns(2, 3);
  tensor<double, 2, 3> const rows_expected{{0, 1, 2}, {3, 4, 5}};
  tensor<double, 2, 3> const columns_expected{{0, 2, 4}, {1, 3, 5}};
  CHECK(tensor_view<double, 2, 3>(by_rows) == rows_expected);
  CHECK(tensor_view(by_columns) == columns_expected);
  tensor_view<double, 2, dynamic> const writable(by_columns);
  writable(0, 1) = 7;
  CHECK(by_columns.elements[2] == 7);
  CHECK_THROWS_AS((tensor_view<double, 3, 2>(by_rows)), shape_error);

  matrix<double, false> column(4, 1), line(1, 4);
  CHECK(tensor_view<double, 4>(column) == tensor<double, 4>{0, 1, 2, 3});
  CHECK(tensor_view<double, dynamic>(line) == tensor<double, 4>{0, 1, 2, 3});
  CHECK_THROWS_WITH((tensor_view<double, 6>(by_rows)),
                    contains_text("shape (2,3) does not fit (6)"));
}

TEST_CASE("mdspan gives extents and strides") {
  int data[6]{0, 1, 2, 3, 4, 5};
  grid<int> const turned{data, {3, 2}, {1, 3}};
  CHECK(tensor_view<int, 3, 2>(turned) == tensor<int, 3, 2>{{0, 3}, {1, 4}, {2, 5}});
  CHECK(tensor_view(turned).extent(0) == 3);
  CHECK_THROWS_AS((tensor_view<int, 2, 3>(turned)), shape_error);
}
