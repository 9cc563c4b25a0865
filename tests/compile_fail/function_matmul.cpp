// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*matmul: \(2,3\) x \(4,5\).*"function_matmul.cpp:13"
#include <slope/slope.hpp>

using namespace slope;

int main() {
  tensor<float, 2, 3> const x = ones<float, 2, 3>();
  tensor<float, 3, 5> const v = ones<float, 3, 5>();
  tensor<float, 4, 5> const w = ones<float, 4, 5>();
  auto const model = [](auto a, auto b) {
    return sum(tanh(matmul(a, b)));
  };
#ifdef SLOPE_WRONG
  return value_and_grad(model)(x, w).first > v(0, 0);  // here
#else
  return value_and_grad(model)(x, v).first > w(0, 0);
#endif
}
