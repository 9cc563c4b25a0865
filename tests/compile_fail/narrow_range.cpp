// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*narrow: 2 to 5, axis 1 of \(2,4\)
#include <slope/slope.hpp>

using namespace slope;

constexpr variable<"x", float, 2, 4> x;
#ifdef SLOPE_WRONG
constexpr auto part = sum(narrow<1, 2, 3>(x));
#else
constexpr auto part = sum(narrow<1, 1, 3>(x));
#endif

int main() { return to_string(part).size() == 0; }
