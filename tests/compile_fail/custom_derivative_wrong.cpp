// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: custom_derivative: the rule is not the derivative of the function
#include <slope/slope.hpp>

using namespace slope;

#ifdef SLOPE_WRONG
constexpr double sign_of_square = 1;
#else
constexpr double sign_of_square = -1;
#endif
constexpr auto squashed =
    custom_derivative([](auto x) { return tanh(x); },
                      [](auto, auto y) { return 1 + sign_of_square * square(y); });

int main() { return jit(squashed)(1.0) > 1; }
