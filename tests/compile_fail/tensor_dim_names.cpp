// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: @here
// expect(g++): conversion from .*tensor.* to non-scalar type .*tensor
// expect(clang): no viable conversion from .*tensor.* to .*tensor
// expect-any(clang): may_fit
// lines: 100
#include <slope/slope.hpp>

using namespace slope;

tensor<float, dim<"n">> const rows(3);
#ifdef SLOPE_WRONG
tensor<float, dim<"m">> const copy = rows;  // here
#else
tensor<float, dim<"n">> const copy = rows;
#endif
int main() {}
