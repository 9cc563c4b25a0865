// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect-any: @here.*error
// expect-any: rows_of_wrong_length_or_number
#include <slope/slope.hpp>

#ifdef SLOPE_WRONG
constexpr slope::tensor<float, 2, 2> t{{1, 2}, {3, 4}, {5, 6}};  // here
#else
constexpr slope::tensor<float, 2, 2> t{{1, 2}, {3, 4}};
#endif
static_assert(t(0, 0) == 1);
int main() {}
