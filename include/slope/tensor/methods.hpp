// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/tensor/method_calls.hpp"

namespace slope::detail {

/// The member spellings of PyTorch, for tensors and views alike: `t.exp()` is `exp(t)`,
/// `t.sum<0>(keepdim)` is `sum<0>(t, keepdim)`. An lvalue tensor is borrowed by the expression, an
/// rvalue one is moved into it; a view is copied, for it owns nothing.
template <class Self>
class methods {
 public:
  // clang-format off
  constexpr auto abs() const&        { return call_abs(borrow()); }
  constexpr auto abs() &&            { return call_abs(give()); }
  constexpr auto neg() const&        { return call_neg(borrow()); }
  constexpr auto neg() &&            { return call_neg(give()); }
  constexpr auto square() const&     { return call_square(borrow()); }
  constexpr auto square() &&         { return call_square(give()); }
  constexpr auto sqrt() const&       { return call_sqrt(borrow()); }
  constexpr auto sqrt() &&           { return call_sqrt(give()); }
  constexpr auto reciprocal() const& { return call_reciprocal(borrow()); }
  constexpr auto reciprocal() &&     { return call_reciprocal(give()); }
  constexpr auto exp() const&        { return call_exp(borrow()); }
  constexpr auto exp() &&            { return call_exp(give()); }
  constexpr auto log() const&        { return call_log(borrow()); }
  constexpr auto log() &&            { return call_log(give()); }
  constexpr auto sin() const&        { return call_sin(borrow()); }
  constexpr auto sin() &&            { return call_sin(give()); }
  constexpr auto cos() const&        { return call_cos(borrow()); }
  constexpr auto cos() &&            { return call_cos(give()); }
  constexpr auto tan() const&        { return call_tan(borrow()); }
  constexpr auto tan() &&            { return call_tan(give()); }
  constexpr auto tanh() const&       { return call_tanh(borrow()); }
  constexpr auto tanh() &&           { return call_tanh(give()); }
  constexpr auto sigmoid() const&    { return call_sigmoid(borrow()); }
  constexpr auto sigmoid() &&        { return call_sigmoid(give()); }
  constexpr auto relu() const&       { return call_relu(borrow()); }
  constexpr auto relu() &&           { return call_relu(give()); }

  template <class... P>
  constexpr auto add(P&&... p) const& { return call_add(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto add(P&&... p) &&     { return call_add(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto sub(P&&... p) const& { return call_sub(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto sub(P&&... p) &&     { return call_sub(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto mul(P&&... p) const& { return call_mul(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto mul(P&&... p) &&     { return call_mul(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto div(P&&... p) const& { return call_div(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto div(P&&... p) &&     { return call_div(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto pow(P&&... p) const& { return call_pow(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto pow(P&&... p) &&     { return call_pow(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto mm(P&&... p) const& { return call_mm(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto mm(P&&... p) &&     { return call_mm(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto matmul(P&&... p) const& { return call_matmul(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto matmul(P&&... p) &&     { return call_matmul(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto mv(P&&... p) const& { return call_mv(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto mv(P&&... p) &&     { return call_mv(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto dot(P&&... p) const& { return call_dot(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto dot(P&&... p) &&     { return call_dot(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto outer(P&&... p) const& { return call_outer(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto outer(P&&... p) &&     { return call_outer(give(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto clamp(P&&... p) const& { return call_clamp(borrow(), static_cast<P&&>(p)...); }
  template <class... P>
  constexpr auto clamp(P&&... p) &&     { return call_clamp(give(), static_cast<P&&>(p)...); }

  template <auto... A, class... P>
  constexpr auto sum(P const&... p) const& { return call_sum<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto sum(P const&... p) &&     { return call_sum<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto mean(P const&... p) const& { return call_mean<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto mean(P const&... p) &&     { return call_mean<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto prod(P const&... p) const& { return call_prod<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto prod(P const&... p) &&     { return call_prod<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto amax(P const&... p) const& { return call_amax<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto amax(P const&... p) &&     { return call_amax<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto amin(P const&... p) const& { return call_amin<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto amin(P const&... p) &&     { return call_amin<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto variance(P const&... p) const& { return call_variance<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto variance(P const&... p) &&     { return call_variance<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto stddev(P const&... p) const& { return call_stddev<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto stddev(P const&... p) &&     { return call_stddev<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto norm(P const&... p) const& { return call_norm<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto norm(P const&... p) &&     { return call_norm<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto logsumexp(P const&... p) const& { return call_logsumexp<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto logsumexp(P const&... p) &&     { return call_logsumexp<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto softmax(P const&... p) const& { return call_softmax<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto softmax(P const&... p) &&     { return call_softmax<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto log_softmax(P const&... p) const& {
    return call_log_softmax<A...>(borrow(), p...);
  }
  template <auto... A, class... P>
  constexpr auto log_softmax(P const&... p) && {
    return call_log_softmax<A...>(give(), p...);
  }
  template <auto... A, class... P>
  constexpr auto transpose(P const&... p) const& { return call_transpose<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto transpose(P const&... p) &&     { return call_transpose<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto permute(P const&... p) const& { return call_permute<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto permute(P const&... p) &&     { return call_permute<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto reshape(P const&... p) const& { return call_reshape<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto reshape(P const&... p) &&     { return call_reshape<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto squeeze(P const&... p) const& { return call_squeeze<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto squeeze(P const&... p) &&     { return call_squeeze<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto unsqueeze(P const&... p) const& { return call_unsqueeze<A...>(borrow(), p...); }
  template <auto... A, class... P>
  constexpr auto unsqueeze(P const&... p) &&     { return call_unsqueeze<A...>(give(), p...); }
  template <auto... A, class... P>
  constexpr auto broadcast_to(P const&... p) const& {
    return call_broadcast_to<A...>(borrow(), p...);
  }
  template <auto... A, class... P>
  constexpr auto broadcast_to(P const&... p) && {
    return call_broadcast_to<A...>(give(), p...);
  }

  /// The transpose of a matrix, by PyTorch's short name.
  constexpr auto t() const& { return call_transpose(borrow()); }
  constexpr auto t() &&     { return call_transpose(give()); }
  /// t(x) is found by its argument only: `t` is what users call a variable.
  friend constexpr auto t(Self const& x) { return x.t(); }
  friend constexpr auto t(Self&& x) { return static_cast<Self&&>(x).t(); }
  // clang-format on

 private:
  constexpr decltype(auto) borrow() const {
    if constexpr (is_tensor_view_v<Self>) return Self(static_cast<Self const&>(*this));
    else return static_cast<Self const&>(*this);
  }
  constexpr Self&& give() { return static_cast<Self&&>(*this); }
};

}  // namespace slope::detail
