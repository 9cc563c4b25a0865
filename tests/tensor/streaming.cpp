// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/print.hpp"

#include <clocale>
#include <iomanip>
#include <sstream>

#include "catch.hpp"
#include "slope/tensor/factories.hpp"

using namespace slope;

namespace {

template <class X>
std::string streamed(X const& x) {
  std::ostringstream out;
  out << x;
  return out.str();
}

}  // namespace

TEST_CASE("streams show what PyTorch prints") {
  CHECK(streamed(tensor<float, 2, 2>{{1, 2}, {3, 4}}) == "tensor([[1., 2.],\n        [3., 4.]])");
  CHECK(streamed(tensor<double>{7.5}) == "tensor(7.5000, dtype=torch.float64)");
  CHECK(streamed(tensor<bool, dynamic>{true, false}) == "tensor([ True, False])");
  CHECK(streamed(zeros<float, dynamic, 3>(0)) == "tensor([], size=(0, 3))");
  CHECK(streamed(arange<std::int64_t>(3)) == "tensor([0, 1, 2])");
}

TEST_CASE("views are shown in their own order") {
  auto const t = arange<float, 6>();
  tensor_view<float const, 2, 3> const rows(t.data());
  tensor_view<float const, 3, 2> const turned(t.data(), strides{1, 3});
  CHECK(streamed(rows[1]) == "tensor([3., 4., 5.])");
  CHECK(streamed(turned) == "tensor([[0., 3.],\n        [1., 4.],\n        [2., 5.]])");
}

TEST_CASE("to_string has NumPy's forms as well") {
  tensor<double, 2> const t{0.5, 1};
  CHECK(to_string(t) == "tensor([0.5000, 1.0000], dtype=torch.float64)");
  CHECK(to_string(t, format::numpy) == "[0.5 1. ]");
  CHECK(to_string(t, format::numpy_repr) == "array([0.5, 1. ])");
}

TEST_CASE("the width of a stream is respected") {
  std::ostringstream out;
  out << std::setw(12) << tensor<float>{1} << '|';
  CHECK(out.str() == "  tensor(1.)|");
}

TEST_CASE("the locale does not write the point") {
  // Where none of these is installed, the C locale is tested again.
  for (char const* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "ps_AF.UTF-8", "C"}) {
    if (std::setlocale(LC_NUMERIC, name) == nullptr) continue;
    slope::tensor<double, 2> const t{0.5, 1.25};
    CHECK(slope::to_string(t) == "tensor([0.5000, 1.2500], dtype=torch.float64)");
    CHECK(slope::to_string(t, slope::format::numpy) == "[0.5  1.25]");
    std::setlocale(LC_NUMERIC, "C");
  }
}
