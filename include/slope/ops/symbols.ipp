// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_losses.ipp"

/// The operations that rules are written in, for symbols alone: plain functions, since every program
/// compiles all rules, and those that users call are instantiated for each kind of argument. The
/// operators are found in these namespaces before those of users, whose operands hold lines.
namespace slope::op {
struct binary_cross_entropy;
struct logits_cross_entropy;
}  // namespace slope::op

namespace slope::symbols {

// clang-format off
constexpr symbol operator+(symbol const& a, symbol const& b) { return engine::apply_two<op::add>({}, a, b); }
constexpr symbol operator-(symbol const& a, symbol const& b) { return engine::apply_two<op::subtract>({}, a, b); }
constexpr symbol operator*(symbol const& a, symbol const& b) { return engine::apply_two<op::multiply>({}, a, b); }
constexpr symbol operator/(symbol const& a, symbol const& b) { return engine::apply_two<op::divide>({}, a, b); }
constexpr symbol operator-(symbol const& a) { return engine::apply_one<op::negative>({}, a); }

constexpr symbol abs(symbol const& a) { return engine::apply_one<op::abs>({}, a); }
constexpr symbol cos(symbol const& a) { return engine::apply_one<op::cos>({}, a); }
constexpr symbol cosh(symbol const& a) { return engine::apply_one<op::cosh>({}, a); }
constexpr symbol exp(symbol const& a) { return engine::apply_one<op::exp>({}, a); }
constexpr symbol log(symbol const& a) { return engine::apply_one<op::log>({}, a); }
constexpr symbol reciprocal(symbol const& a) { return engine::apply_one<op::reciprocal>({}, a); }
constexpr symbol rsqrt(symbol const& a) { return engine::apply_one<op::rsqrt>({}, a); }
constexpr symbol sigmoid(symbol const& a) { return engine::apply_one<op::sigmoid>({}, a); }
constexpr symbol sign(symbol const& a) { return engine::apply_one<op::sign>({}, a); }
constexpr symbol sin(symbol const& a) { return engine::apply_one<op::sin>({}, a); }
constexpr symbol sinh(symbol const& a) { return engine::apply_one<op::sinh>({}, a); }
constexpr symbol softplus(symbol const& a) { return engine::apply_one<op::softplus>({}, a); }
constexpr symbol sqrt(symbol const& a) { return engine::apply_one<op::sqrt>({}, a); }
constexpr symbol square(symbol const& a) { return engine::apply_one<op::square>({}, a); }
constexpr symbol digamma(symbol const& a) { return engine::apply_one<op::digamma>({}, a); }
constexpr symbol erfc(symbol const& a) { return engine::apply_one<op::erfc>({}, a); }
constexpr symbol exp2(symbol const& a) { return engine::apply_one<op::exp2>({}, a); }
constexpr symbol expm1(symbol const& a) { return engine::apply_one<op::expm1>({}, a); }
constexpr symbol floor(symbol const& a) { return engine::apply_one<op::floor>({}, a); }
constexpr symbol isfinite(symbol const& a) { return engine::apply_one<op::isfinite>({}, a); }
constexpr symbol isnan(symbol const& a) { return engine::apply_one<op::isnan>({}, a); }
constexpr symbol log1p(symbol const& a) { return engine::apply_one<op::log1p>({}, a); }
constexpr symbol logical_not(symbol const& a) { return engine::apply_one<op::logical_not>({}, a); }
constexpr symbol logit(symbol const& a) { return engine::apply_one<op::logit>({}, a); }
constexpr symbol ndtr(symbol const& a) { return engine::apply_one<op::ndtr>({}, a); }
constexpr symbol relu(symbol const& a) { return engine::apply_one<op::relu>({}, a); }
constexpr symbol round(symbol const& a) { return engine::apply_one<op::round>({}, a); }
constexpr symbol tanh(symbol const& a) { return engine::apply_one<op::tanh>({}, a); }
constexpr symbol trunc(symbol const& a) { return engine::apply_one<op::trunc>({}, a); }
constexpr symbol binary_cross_entropy(symbol const& a, symbol const& b) { return engine::apply_two<op::binary_cross_entropy>({}, a, b); }
constexpr symbol clamp_max(symbol const& a, symbol const& b) { return engine::apply_two<op::clamp_max>({}, a, b); }
constexpr symbol clamp_min(symbol const& a, symbol const& b) { return engine::apply_two<op::clamp_min>({}, a, b); }
constexpr symbol fmod(symbol const& a, symbol const& b) { return engine::apply_two<op::fmod>({}, a, b); }
constexpr symbol hypot(symbol const& a, symbol const& b) { return engine::apply_two<op::hypot>({}, a, b); }
constexpr symbol logaddexp(symbol const& a, symbol const& b) { return engine::apply_two<op::logaddexp>({}, a, b); }
constexpr symbol logits_cross_entropy(symbol const& a, symbol const& b) { return engine::apply_two<op::logits_cross_entropy>({}, a, b); }
constexpr symbol lgamma(symbol const& a) { return engine::apply_one<op::lgamma>({}, a); }
constexpr symbol polygamma(symbol const& a, symbol const& b) { return engine::apply_two<op::polygamma>({}, a, b); }
constexpr symbol xlogy(symbol const& a, symbol const& b) { return engine::apply_two<op::xlogy>({}, a, b); }
constexpr symbol clamp(symbol const& x, symbol const& low, symbol const& high) {
  symbol const operands[] = {x, low, high};
  return engine::apply_plain(engine::op_number<op::clamp>(), {}, {}, operands, 3);
}
constexpr symbol eq(symbol const& a, symbol const& b) { return engine::apply_two<op::eq>({}, a, b); }
constexpr symbol le(symbol const& a, symbol const& b) { return engine::apply_two<op::le>({}, a, b); }
constexpr symbol logical_and(symbol const& a, symbol const& b) { return engine::apply_two<op::logical_and>({}, a, b); }
constexpr symbol logical_or(symbol const& a, symbol const& b) { return engine::apply_two<op::logical_or>({}, a, b); }
constexpr symbol maximum(symbol const& a, symbol const& b) { return engine::apply_two<op::maximum>({}, a, b); }
constexpr symbol minimum(symbol const& a, symbol const& b) { return engine::apply_two<op::minimum>({}, a, b); }
constexpr symbol ne(symbol const& a, symbol const& b) { return engine::apply_two<op::ne>({}, a, b); }
constexpr symbol pow(symbol const& a, symbol const& b) { return engine::apply_two<op::power>({}, a, b); }
constexpr symbol ge(symbol const& a, symbol const& b) { return symbols::le(b, a); }
constexpr symbol where(symbol const& condition, symbol const& a, symbol const& b) {
  symbol const operands[] = {condition, a, b};
  return engine::apply_plain(engine::op_number<op::where>(), {}, {}, operands, 3);
}

// clang-format on

}  // namespace slope::symbols

namespace slope::op {
using symbols::operator+, symbols::operator-, symbols::operator*, symbols::operator/;
}
namespace slope::engine {
using symbols::operator+, symbols::operator-, symbols::operator*, symbols::operator/;
}
