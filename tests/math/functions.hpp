// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/math.hpp>

namespace math = slope::math;

/// Calls visit(name, bound, function) for each function of one argument; bound in units in the last
/// place, a little above what sweeps over millions of arguments have shown.
template <class Visit>
void each_unary(Visit visit) {
  // clang-format off
  visit("exp",      1.1, [](auto x) { return math::exp(x); });
  visit("exp2",     1.1, [](auto x) { return math::exp2(x); });
  visit("expm1",    1.8, [](auto x) { return math::expm1(x); });
  visit("log",      1.0, [](auto x) { return math::log(x); });
  visit("log2",     1.0, [](auto x) { return math::log2(x); });
  visit("log10",    1.0, [](auto x) { return math::log10(x); });
  visit("log1p",    1.0, [](auto x) { return math::log1p(x); });
  visit("sqrt",     0.501, [](auto x) { return math::sqrt(x); });
  visit("sin",      2.2, [](auto x) { return math::sin(x); });
  visit("cos",      2.2, [](auto x) { return math::cos(x); });
  visit("tan",      2.5, [](auto x) { return math::tan(x); });
  visit("asin",     1.0, [](auto x) { return math::asin(x); });
  visit("acos",     1.0, [](auto x) { return math::acos(x); });
  visit("atan",     2.0, [](auto x) { return math::atan(x); });
  visit("sinh",     1.8, [](auto x) { return math::sinh(x); });
  visit("cosh",     1.6, [](auto x) { return math::cosh(x); });
  visit("tanh",     2.5, [](auto x) { return math::tanh(x); });
  visit("sigmoid",  2.3, [](auto x) { return math::sigmoid(x); });
  visit("softplus", 2.0, [](auto x) { return math::softplus(x); });
  visit("erf",      1.1, [](auto x) { return math::erf(x); });
  visit("erfc",     2.2, [](auto x) { return math::erfc(x); });
  visit("ndtr",     2.5, [](auto x) { return math::ndtr(x); });
  visit("asinh",    1.5, [](auto x) { return math::asinh(x); });
  visit("acosh",    1.8, [](auto x) { return math::acosh(x); });
  visit("atanh",    1.8, [](auto x) { return math::atanh(x); });
  visit("erfinv",   2.5, [](auto x) { return math::erfinv(x); });
  visit("ndtri",    2.8, [](auto x) { return math::ndtri(x); });
  visit("lgamma",   3.2, [](auto x) { return math::lgamma(x); });
  visit("digamma",  3.2, [](auto x) { return math::digamma(x); });
  visit("trigamma", 3.8, [](auto x) { return math::trigamma(x); });
  visit("polygamma2", 2.5, [](auto x) { return math::polygamma(2, x); });
  visit("polygamma5", 2.5, [](auto x) { return math::polygamma(5, x); });
  visit("i0",       3.0, [](auto x) { return math::i0(x); });
  visit("i0e",      2.8, [](auto x) { return math::i0e(x); });
  visit("i1",       3.3, [](auto x) { return math::i1(x); });
  visit("i1e",      2.8, [](auto x) { return math::i1e(x); });
  // clang-format on
}

/// The same for functions of two arguments.
template <class Visit>
void each_binary(Visit visit) {
  visit("atan2", 2.0, [](auto y, auto x) { return math::atan2(y, x); });
  visit("pow", 1.1, [](auto x, auto y) { return math::pow(x, y); });
  visit("igamma", 6.0, [](auto a, auto x) { return math::igamma(a, x); });
  visit("igammac", 6.0, [](auto a, auto x) { return math::igammac(a, x); });
  visit("hypot", 1.5, [](auto x, auto y) { return math::hypot(x, y); });
  visit("fmod", 0.0, [](auto x, auto y) { return math::fmod(x, y); });
  visit("remainder", 0.501, [](auto x, auto y) { return math::remainder(x, y); });
}
