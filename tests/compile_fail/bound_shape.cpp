// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*x = data: \(2,2\) x \(3\)
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

[[maybe_unused]] constexpr variable<"x", float, 2, 2> x;
constexpr tensor<float, 2, 2> data{{1, 2}, {3, 4}};
constexpr tensor<float, 3> other{1, 2, 3};
#ifdef SLOPE_WRONG
[[maybe_unused]] auto const value = evaluate(sum(x), x = other);  // here
#else
[[maybe_unused]] auto const value = evaluate(sum(x), x = data);
#endif
int main() { return other[0] > data(0, 0); }
