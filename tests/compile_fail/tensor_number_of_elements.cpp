// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect-any: @here.*error
// expect-any: wrong_number_of_elements
#include <slope/slope.hpp>

#ifdef SLOPE_WRONG
constexpr slope::tensor<float, 3> t{1, 2};  // here
#else
constexpr slope::tensor<float, 3> t{1, 2, 3};
#endif
static_assert(t[0] == 1);
int main() {}
