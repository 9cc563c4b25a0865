// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/tensor/forward.hpp"

namespace slope::detail {

// A member named exp hides the function exp inside its class. Each member therefore calls through
// one of these, outside of any class, where argument-dependent lookup finds the function.
// clang-format off
template <class X> constexpr auto call_abs(X&& x)        { return abs(static_cast<X&&>(x)); }
template <class X> constexpr auto call_neg(X&& x)        { return neg(static_cast<X&&>(x)); }
template <class X> constexpr auto call_square(X&& x)     { return square(static_cast<X&&>(x)); }
template <class X> constexpr auto call_sqrt(X&& x)       { return sqrt(static_cast<X&&>(x)); }
template <class X> constexpr auto call_reciprocal(X&& x) { return reciprocal(static_cast<X&&>(x)); }
template <class X> constexpr auto call_exp(X&& x)        { return exp(static_cast<X&&>(x)); }
template <class X> constexpr auto call_log(X&& x)        { return log(static_cast<X&&>(x)); }
template <class X> constexpr auto call_sin(X&& x)        { return sin(static_cast<X&&>(x)); }
template <class X> constexpr auto call_cos(X&& x)        { return cos(static_cast<X&&>(x)); }
template <class X> constexpr auto call_tan(X&& x)        { return tan(static_cast<X&&>(x)); }
template <class X> constexpr auto call_tanh(X&& x)       { return tanh(static_cast<X&&>(x)); }
template <class X> constexpr auto call_sigmoid(X&& x)    { return sigmoid(static_cast<X&&>(x)); }
template <class X> constexpr auto call_relu(X&& x)       { return relu(static_cast<X&&>(x)); }

template <class X, class... P>
constexpr auto call_add(X&& x, P&&... p) {
  return add(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_sub(X&& x, P&&... p) {
  return sub(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_mul(X&& x, P&&... p) {
  return mul(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_div(X&& x, P&&... p) {
  return div(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_pow(X&& x, P&&... p) {
  return pow(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_mm(X&& x, P&&... p) {
  return mm(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_matmul(X&& x, P&&... p) {
  return matmul(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_mv(X&& x, P&&... p) {
  return mv(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_dot(X&& x, P&&... p) {
  return dot(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_outer(X&& x, P&&... p) {
  return outer(static_cast<X&&>(x), static_cast<P&&>(p)...);
}
template <class X, class... P>
constexpr auto call_clamp(X&& x, P&&... p) {
  return clamp(static_cast<X&&>(x), static_cast<P&&>(p)...);
}

// Axes and extents are template arguments: with none the function is called plainly.
template <auto... A, class X, class... P>
constexpr auto call_sum(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return sum(static_cast<X&&>(x), p...);
  else return sum<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_mean(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return mean(static_cast<X&&>(x), p...);
  else return mean<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_prod(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return prod(static_cast<X&&>(x), p...);
  else return prod<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_amax(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return amax(static_cast<X&&>(x), p...);
  else return amax<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_amin(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return amin(static_cast<X&&>(x), p...);
  else return amin<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_variance(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return variance(static_cast<X&&>(x), p...);
  else return variance<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_stddev(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return stddev(static_cast<X&&>(x), p...);
  else return stddev<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_norm(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return norm(static_cast<X&&>(x), p...);
  else return norm<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_logsumexp(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return logsumexp(static_cast<X&&>(x), p...);
  else return logsumexp<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_softmax(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return softmax(static_cast<X&&>(x), p...);
  else return softmax<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_log_softmax(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return log_softmax(static_cast<X&&>(x), p...);
  else return log_softmax<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_transpose(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return transpose(static_cast<X&&>(x), p...);
  else return transpose<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_permute(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return permute(static_cast<X&&>(x), p...);
  else return permute<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_reshape(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return reshape(static_cast<X&&>(x), p...);
  else return reshape<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_squeeze(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return squeeze(static_cast<X&&>(x), p...);
  else return squeeze<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_unsqueeze(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return unsqueeze(static_cast<X&&>(x), p...);
  else return unsqueeze<A...>(static_cast<X&&>(x), p...);
}
template <auto... A, class X, class... P>
constexpr auto call_broadcast_to(X&& x, P const&... p) {
  if constexpr (sizeof...(A) == 0) return broadcast_to(static_cast<X&&>(x), p...);
  else return broadcast_to<A...>(static_cast<X&&>(x), p...);
}
// clang-format on

}  // namespace slope::detail
