// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*vmap: axis 2 of \(2,3\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

constexpr auto f = [](auto x) { return sum(exp(x)); };
int main() {
  constexpr tensor<float, 2, 3> x{{1, 2, 3}, {4, 5, 6}};
#ifdef SLOPE_WRONG
  return static_cast<int>(vmap<2>(f)(x)[0]);  // here
#else
  return static_cast<int>(vmap<1>(f)(x)[0]);
#endif
}
