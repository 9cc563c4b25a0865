// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect(clang): error: address of stack memory
// expect-any(clang): @here
// expect(g++): ill_formed<.*add: \(3\) x \(2\)
#include <slope/slope.hpp>

using namespace slope;

#ifdef SLOPE_WRONG
auto squares(tensor<double, 3> t) { return t * t; }  // here
#if !defined(__clang__)  // g++ does not see it
auto const other = squares({}) + tensor<double, 2>{1, 2};
#endif
#else
tensor<double, 3> squares(tensor<double, 3> t) { return t * t; }
auto moved(tensor<double, 3> t) { return static_cast<tensor<double, 3>&&>(t) * 2; }
#endif
int main() {}
