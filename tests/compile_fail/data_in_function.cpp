// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*function: data in a trace
// expect-any: @here
// lines: 100
#include <slope/slope.hpp>

using namespace slope;

constexpr tensor<float, 2> fixed{1, 2};
int main() {
#ifdef SLOPE_WRONG
  auto const f = [](auto x) { return sum(x * fixed); };  // here
  return static_cast<int>(jit(f)(fixed));
#else
  auto const f = [](auto x, auto y) { return sum(x * y); };
  return static_cast<int>(jit(f)(fixed, fixed));
#endif
}
