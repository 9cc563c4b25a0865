// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*evaluate: unbound variable: y
// expect-any: @here
#include <slope/slope.hpp>

using namespace slope;

[[maybe_unused]] constexpr variable<"x", float, 2> x;
[[maybe_unused]] constexpr variable<"y", float, 2> y;
constexpr tensor<float, 2> data{1, 2};
#ifdef SLOPE_WRONG
[[maybe_unused]] auto const value = evaluate(sum(x * y), x = data);  // here
#else
[[maybe_unused]] auto const value = evaluate(sum(x * y), x = data, y = data);
#endif
int main() {}
