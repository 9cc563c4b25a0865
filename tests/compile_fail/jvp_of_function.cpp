// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*jvp: direction \(3\) for \(2\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

constexpr auto f = [](auto x) { return sum(exp(x)); };
int main() {
  constexpr tensor<float, 2> x{1, 2};
  constexpr tensor<float, 3> v{1, 2, 3};
  static_cast<void>(v);
  auto const [value, moved] = jvp(f)(x, x);
#ifdef SLOPE_WRONG
  static_cast<void>(jvp(f)(x, v));  // here
#endif
  return static_cast<int>(value + moved);
}
