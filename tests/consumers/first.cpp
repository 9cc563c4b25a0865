// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// The program that each way of using slope compiles and runs.
#include <slope/slope.hpp>

#include <iostream>

using namespace slope;

constexpr tensor<float, 2, 2> data{{1, 2}, {3, 4}};
static_assert(data == tensor{{1.f, 2.f}, {3.f, 4.f}});
static_assert(data(1, 0) == 3);

int main() {
  std::cout << data << '\n';
  return to_string(data, format::numpy) == "[[1. 2.]\n [3. 4.]]" ? 0 : 1;
}
