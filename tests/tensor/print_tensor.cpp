// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <iomanip>
#include <sstream>
#include <string>

#include "catch.hpp"
#include "slope/tensor/print.hpp"

using namespace slope;

namespace {

template <class T>
std::string streamed(T const& t) {
  std::ostringstream out;
  out << t;
  return out.str();
}

}  // namespace

TEST_CASE("a tensor streams as PyTorch prints it") {
  CHECK(streamed(tensor<float, 2, 2>{{1, 2}, {3, 4.5f}}) ==
        "tensor([[1.0000, 2.0000],\n        [3.0000, 4.5000]])");
  CHECK(streamed(tensor<double>{7.5}) == "tensor(7.5000, dtype=torch.float64)");
  CHECK(streamed(tensor<bool, 2>{true, false}) == "tensor([ True, False])");
  CHECK(streamed(tensor<std::int64_t, dynamic>{1, -10}) == "tensor([  1, -10])");
  CHECK(streamed(tensor<int, dynamic, 3>(0)) == "tensor([], size=(0, 3), dtype=torch.int32)");
}

TEST_CASE("views print what they see") {
  tensor<float, 2, 3> const t{{1, 2, 3}, {4, 5, 6}};
  CHECK(streamed(t[1]) == "tensor([4., 5., 6.])");
  tensor_view<float const, 3, 2> const transposed(t.data(), strides{1, 3});
  CHECK(to_string(transposed, format::numpy) == "[[1. 4.]\n [2. 5.]\n [3. 6.]]");
}

TEST_CASE("to_string writes in three ways") {
  tensor<double, 2> const t{0.1, 1e3};
  CHECK(to_string(t) == "tensor([1.0000e-01, 1.0000e+03], dtype=torch.float64)");
  CHECK(to_string(t, format::numpy) == "[1.e-01 1.e+03]");
  CHECK(to_string(t, format::numpy_repr) == "array([1.e-01, 1.e+03])");
  CHECK(to_string(tensor<double>{1.0}, format::numpy) == "1.0");
}

TEST_CASE("the settings of a stream do not change the text") {
  std::ostringstream out;
  out << std::setprecision(1) << std::hex << tensor<std::int64_t, 1>{255};
  CHECK(out.str() == "tensor([255])");
}
