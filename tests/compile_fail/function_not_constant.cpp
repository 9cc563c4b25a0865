// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here.*ill_formed<.*function: not a constant expression
#include <slope/slope.hpp>

using namespace slope;

#ifdef SLOPE_WRONG
template <class X>
auto scaled(X x) {
  return x * 2;
}
#else
template <class X>
constexpr auto scaled(X x) {
  return x * 2;
}
#endif

int main() {
  return grad([](auto x) { return scaled(x) * x; })(2.0) > 0;  // here
}
