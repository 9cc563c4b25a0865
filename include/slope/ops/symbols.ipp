// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_losses.ipp"

/// The operations that rules are written in, for symbols alone: plain functions, since every program
/// compiles all rules, and those that users call are instantiated for each kind of argument.
namespace slope::op {
struct binary_cross_entropy;
struct logits_cross_entropy;
}  // namespace slope::op

namespace slope::symbols {

constexpr symbol abs(symbol a) { return engine::apply_one<op::abs>({}, a); }
constexpr symbol cos(symbol a) { return engine::apply_one<op::cos>({}, a); }
constexpr symbol cosh(symbol a) { return engine::apply_one<op::cosh>({}, a); }
constexpr symbol exp(symbol a) { return engine::apply_one<op::exp>({}, a); }
constexpr symbol log(symbol a) { return engine::apply_one<op::log>({}, a); }
constexpr symbol reciprocal(symbol a) { return engine::apply_one<op::reciprocal>({}, a); }
constexpr symbol rsqrt(symbol a) { return engine::apply_one<op::rsqrt>({}, a); }
constexpr symbol sigmoid(symbol a) { return engine::apply_one<op::sigmoid>({}, a); }
constexpr symbol sign(symbol a) { return engine::apply_one<op::sign>({}, a); }
constexpr symbol sin(symbol a) { return engine::apply_one<op::sin>({}, a); }
constexpr symbol sinh(symbol a) { return engine::apply_one<op::sinh>({}, a); }
constexpr symbol softplus(symbol a) { return engine::apply_one<op::softplus>({}, a); }
constexpr symbol sqrt(symbol a) { return engine::apply_one<op::sqrt>({}, a); }
constexpr symbol square(symbol a) { return engine::apply_one<op::square>({}, a); }
constexpr symbol digamma(symbol a) { return engine::apply_one<op::digamma>({}, a); }
constexpr symbol erfc(symbol a) { return engine::apply_one<op::erfc>({}, a); }
constexpr symbol exp2(symbol a) { return engine::apply_one<op::exp2>({}, a); }
constexpr symbol expm1(symbol a) { return engine::apply_one<op::expm1>({}, a); }
constexpr symbol floor(symbol a) { return engine::apply_one<op::floor>({}, a); }
constexpr symbol isfinite(symbol a) { return engine::apply_one<op::isfinite>({}, a); }
constexpr symbol isnan(symbol a) { return engine::apply_one<op::isnan>({}, a); }
constexpr symbol log1p(symbol a) { return engine::apply_one<op::log1p>({}, a); }
constexpr symbol logical_not(symbol a) { return engine::apply_one<op::logical_not>({}, a); }
constexpr symbol logit(symbol a) { return engine::apply_one<op::logit>({}, a); }
constexpr symbol ndtr(symbol a) { return engine::apply_one<op::ndtr>({}, a); }
constexpr symbol relu(symbol a) { return engine::apply_one<op::relu>({}, a); }
constexpr symbol round(symbol a) { return engine::apply_one<op::round>({}, a); }
constexpr symbol tanh(symbol a) { return engine::apply_one<op::tanh>({}, a); }
constexpr symbol trunc(symbol a) { return engine::apply_one<op::trunc>({}, a); }
constexpr symbol binary_cross_entropy(symbol a, symbol b) { return engine::apply_two<op::binary_cross_entropy>({}, a, b); }
constexpr symbol clamp_max(symbol a, symbol b) { return engine::apply_two<op::clamp_max>({}, a, b); }
constexpr symbol clamp_min(symbol a, symbol b) { return engine::apply_two<op::clamp_min>({}, a, b); }
constexpr symbol fmod(symbol a, symbol b) { return engine::apply_two<op::fmod>({}, a, b); }
constexpr symbol hypot(symbol a, symbol b) { return engine::apply_two<op::hypot>({}, a, b); }
constexpr symbol logaddexp(symbol a, symbol b) { return engine::apply_two<op::logaddexp>({}, a, b); }
constexpr symbol logits_cross_entropy(symbol a, symbol b) { return engine::apply_two<op::logits_cross_entropy>({}, a, b); }
constexpr symbol polygamma(symbol a, symbol b) { return engine::apply_two<op::polygamma>({}, a, b); }
constexpr symbol xlogy(symbol a, symbol b) { return engine::apply_two<op::xlogy>({}, a, b); }
constexpr symbol clamp(symbol x, symbol low, symbol high) {
  symbol const operands[] = {x, low, high};
  return engine::apply_plain(engine::op_number<op::clamp>(), {}, {}, operands, 3);
}
constexpr symbol eq(symbol a, symbol b) { return engine::apply_two<op::eq>({}, a, b); }
constexpr symbol le(symbol a, symbol b) { return engine::apply_two<op::le>({}, a, b); }
constexpr symbol logical_and(symbol a, symbol b) { return engine::apply_two<op::logical_and>({}, a, b); }
constexpr symbol logical_or(symbol a, symbol b) { return engine::apply_two<op::logical_or>({}, a, b); }
constexpr symbol maximum(symbol a, symbol b) { return engine::apply_two<op::maximum>({}, a, b); }
constexpr symbol minimum(symbol a, symbol b) { return engine::apply_two<op::minimum>({}, a, b); }
constexpr symbol ne(symbol a, symbol b) { return engine::apply_two<op::ne>({}, a, b); }
constexpr symbol pow(symbol a, symbol b) { return engine::apply_two<op::power>({}, a, b); }
constexpr symbol ge(symbol a, symbol b) { return symbols::le(b, a); }
constexpr symbol where(symbol condition, symbol a, symbol b) {
  symbol const operands[] = {condition, a, b};
  return engine::apply_plain(engine::op_number<op::where>(), {}, {}, operands, 3);
}

}  // namespace slope::symbols
