// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
// expect: ill_formed<.*gradient of external: no rule
#include <slope/slope.hpp>

using namespace slope;

extern "C" double j0(double);

int main() {
  constexpr auto model = [](auto x) { return sum(external<&j0>(x)); };
  tensor<double, 2> const at{1, 2};
#ifdef SLOPE_WRONG
  return grad(model)(at)(0) > 1;
#else
  return jit(model)(at) > 1;
#endif
}
