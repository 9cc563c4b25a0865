// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: slope: an extent is an int, dim<"n"> or dynamic, no other integer type
// expect-any: @here
#include <slope/slope.hpp>

#ifdef SLOPE_WRONG
slope::tensor<float, 3L> t;  // here
#else
slope::tensor<float, 3> t;
#endif
int main() {}
