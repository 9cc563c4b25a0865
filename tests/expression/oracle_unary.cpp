// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Element-wise operations of one operand against PyTorch's values and gradients, element by
// element in double precision.
#include "catch.hpp"

#include "../oracle/reader.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <cstring>

using namespace slope;

namespace {

bool matches(double got, double want, double rtol, double atol) {
  if (std::isnan(want)) return std::isnan(got);
  if (std::isinf(want)) return got == want;
  return std::abs(got - want) <= rtol * std::abs(want) + atol;
}

/// Value and derivative as functions of one number.
struct operation {
  char const* name;
  double (*value)(double);
  double (*derivative)(double);
};

constexpr variable<"x", double> x;

template <class E>
operation of(char const* name, E) {
  return {name, [](double at) { return evaluate(E{}, x = at); },
          [](double at) { return evaluate(gradient(E{}, x), x = at); }};
}

int check(oracle::test_case const& c, operation const& f) {
  oracle::tensor const& in = *c.find("in");
  if (in.dtype != "float64") return 0;
  oracle::tensor const& out = *c.find("out");
  oracle::tensor const* cotangent = c.find("cot");
  oracle::tensor const* grad = c.find("grad");
  for (std::size_t i = 0; i < in.size(); ++i) {
    INFO(c.id << " element " << i << ", x = " << in.values[i]);
    double const value = f.value(in.values[i]);
    bool right = matches(value, out.values[i], c.rtol, c.atol);
    for (auto const& fix : c.fixes)
      right = right || (fix.which == "out" && fix.index == i &&
                        matches(value, fix.value, c.rtol, c.atol));
    CAPTURE(value, out.values[i]);
    CHECK(right);
    // Where the input is nan, a nan derivative is right too; at infinite arguments torch's own
    // conventions are not followed.
    if (grad == nullptr || cotangent == nullptr || !std::isfinite(in.values[i])) continue;
    double const dx = cotangent->values[i] * f.derivative(in.values[i]);
    right = matches(dx, grad->values[i], c.rtol, c.atol);
    for (auto const& fix : c.fixes)
      right = right || (fix.which == "dydx" && fix.index == i &&
                        matches(dx, cotangent->values[i] * fix.value, c.rtol, c.atol));
    CAPTURE(dx, grad->values[i]);
    CHECK(right);
  }
  return 1;
}

}  // namespace

TEST_CASE("operations of one operand agree with PyTorch") {
  operation const operations[] = {
      of("exp", exp(x)),         of("expm1", expm1(x)), of("log", log(x)),
      of("log1p", log1p(x)),     of("sin", sin(x)),     of("cos", cos(x)),
      of("tan", tan(x)),         of("sinh", sinh(x)),   of("cosh", cosh(x)),
      of("tanh", tanh(x)),       of("asin", asin(x)),   of("acos", acos(x)),
      of("atan", atan(x)),       of("abs", abs(x)),     of("square", square(x)),
      of("sqrt", sqrt(x)),       of("rsqrt", rsqrt(x)), of("reciprocal", reciprocal(x)),
      of("sigmoid", sigmoid(x)), of("relu", relu(x))};
  int cases = 0;
  for (char const* file : {"op_pointwise.txt", "op_activation.txt", "edge_unary.txt"}) {
    for (auto const& c : oracle::read(file)) {
      if (c.kind != "op" && c.kind != "edge") continue;
      for (operation const& f : operations)
        if (c.op == f.name) cases += check(c, f);
    }
  }
  CHECK(cases > 250);
}
