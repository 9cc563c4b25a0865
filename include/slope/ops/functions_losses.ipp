// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_special.ipp"

/// Activations and losses, as users call them. What torch names is named alike; what torch gives by default is the default.
namespace slope {

namespace op {
struct leaky_relu;
struct prelu;
struct elu;
struct celu;
struct selu;
struct silu;
struct mish;
struct gelu;
struct gelu_tanh;
struct softsign;
struct logsigmoid;
struct tanhshrink;
struct hardtanh;
struct relu6;
struct hardsigmoid;
struct hardswish;
struct hardshrink;
struct threshold;
struct mse_loss;
struct l1_loss;
struct huber_loss;
struct smooth_l1_loss;
struct bce_loss;
struct bce_with_logits;
struct kl_div;
struct kl_div_log_target;
struct nll_loss;
struct cross_entropy;
struct smoothed_cross_entropy;
}  // namespace op

/// The type of `approximate<"tanh">`.
template <fixed_string Form>
struct approximate_t {};
/// Which form of gelu: `gelu(x, approximate<"tanh">)`.
template <fixed_string Form>
inline constexpr approximate_t<Form> approximate{};

/// The type of `log_target`.
struct log_target_t {};
/// Targets are logarithms: `kl_div(x, y, log_target)`.
inline constexpr log_target_t log_target{};

/// The type of `label_smoothing(share)`.
template <class Share>
struct label_smoothing_t {
  Share share;
};
/// The share of each target that is spread over all classes: `cross_entropy(x, y, label_smoothing(0.1))`.
template <class Share>
constexpr label_smoothing_t<Share> label_smoothing(Share share) {
  return {share};
}

// clang-format off
/// x, or x times the slope (0.01 unless told) where x is not above 0; that is also the derivative at 0.
template <class X> requires operands<X> constexpr auto leaky_relu(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::leaky_relu, X> { return engine::call<op::leaky_relu>(at, static_cast<X&&>(x)); }
template <class X, class NegativeSlope> requires operands<X, NegativeSlope> constexpr auto leaky_relu(X&& x, NegativeSlope&& negative_slope, engine::location at = engine::location::here()) -> engine::apply_t<op::leaky_relu, X, NegativeSlope> { return engine::call<op::leaky_relu>(at, static_cast<X&&>(x), static_cast<NegativeSlope&&>(negative_slope)); }
/// leaky_relu with a weight for each channel, which is axis 1, or one for all.
template <class X, class Weight> requires operands<X, Weight> constexpr auto prelu(X&& x, Weight&& weight, engine::location at = engine::location::here()) -> engine::apply_t<op::prelu, X, Weight> { return engine::call<op::prelu>(at, static_cast<X&&>(x), static_cast<Weight&&>(weight)); }
/// x, or alpha (exp(x) - 1) below 0; alpha is 1 unless told and the derivative at 0.
template <class X> requires operands<X> constexpr auto elu(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::elu, X> { return engine::call<op::elu>(at, static_cast<X&&>(x)); }
template <class X, class Alpha> requires operands<X, Alpha> constexpr auto elu(X&& x, Alpha&& alpha, engine::location at = engine::location::here()) -> engine::apply_t<op::elu, X, Alpha> { return engine::call<op::elu>(at, static_cast<X&&>(x), static_cast<Alpha&&>(alpha)); }
/// x, or alpha (exp(x / alpha) - 1) below 0; the derivative at 0 is 1.
template <class X> requires operands<X> constexpr auto celu(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::celu, X> { return engine::call<op::celu>(at, static_cast<X&&>(x)); }
template <class X, class Alpha> requires operands<X, Alpha> constexpr auto celu(X&& x, Alpha&& alpha, engine::location at = engine::location::here()) -> engine::apply_t<op::celu, X, Alpha> { return engine::call<op::celu>(at, static_cast<X&&>(x), static_cast<Alpha&&>(alpha)); }
/// elu with the constants that keep mean and variance.
template <class X> requires operands<X> constexpr auto selu(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::selu, X> { return engine::call<op::selu>(at, static_cast<X&&>(x)); }
/// x sigmoid(x).
template <class X> requires operands<X> constexpr auto silu(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::silu, X> { return engine::call<op::silu>(at, static_cast<X&&>(x)); }
/// x tanh(softplus(x)).
template <class X> requires operands<X> constexpr auto mish(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::mish, X> { return engine::call<op::mish>(at, static_cast<X&&>(x)); }
/// x times the normal distribution function of x, or with `approximate<"tanh">` its approximation by tanh.
template <class X> requires operands<X> constexpr auto gelu(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::gelu, X> { return engine::call<op::gelu>(at, static_cast<X&&>(x)); }
template <class X> requires operands<X> constexpr auto gelu(X&& x, approximate_t<"tanh">, engine::location at = engine::location::here()) -> engine::apply_t<op::gelu_tanh, X> { return engine::call<op::gelu_tanh>(at, static_cast<X&&>(x)); }
/// x / (1 + |x|).
template <class X> requires operands<X> constexpr auto softsign(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::softsign, X> { return engine::call<op::softsign>(at, static_cast<X&&>(x)); }
/// log(sigmoid(x)), without overflow.
template <class X> requires operands<X> constexpr auto logsigmoid(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::logsigmoid, X> { return engine::call<op::logsigmoid>(at, static_cast<X&&>(x)); }
/// x - tanh(x).
template <class X> requires operands<X> constexpr auto tanhshrink(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::tanhshrink, X> { return engine::call<op::tanhshrink>(at, static_cast<X&&>(x)); }
/// x within [-1, 1] or [min_val, max_val]; derivative 0 at the bounds.
template <class X> requires operands<X> constexpr auto hardtanh(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::hardtanh, X> { return engine::call<op::hardtanh>(at, static_cast<X&&>(x)); }
template <class X, class MinVal, class MaxVal> requires operands<X, MinVal, MaxVal> constexpr auto hardtanh(X&& x, MinVal&& min_val, MaxVal&& max_val, engine::location at = engine::location::here()) -> engine::apply_t<op::hardtanh, X, MinVal, MaxVal> { return engine::call<op::hardtanh>(at, static_cast<X&&>(x), static_cast<MinVal&&>(min_val), static_cast<MaxVal&&>(max_val)); }
/// x within [0, 6]; derivative 0 at the bounds.
template <class X> requires operands<X> constexpr auto relu6(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::relu6, X> { return engine::call<op::relu6>(at, static_cast<X&&>(x)); }
/// x / 6 + 1 / 2 within [0, 1]; derivative 0 at -3 and 3.
template <class X> requires operands<X> constexpr auto hardsigmoid(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::hardsigmoid, X> { return engine::call<op::hardsigmoid>(at, static_cast<X&&>(x)); }
/// x (x + 3) / 6 for -3 <= x <= 3, 0 below and x above.
template <class X> requires operands<X> constexpr auto hardswish(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::hardswish, X> { return engine::call<op::hardswish>(at, static_cast<X&&>(x)); }
/// x, 0 where |x| <= lambd, 0.5 unless told.
template <class X> requires operands<X> constexpr auto hardshrink(X&& x, engine::location at = engine::location::here()) -> engine::apply_t<op::hardshrink, X> { return engine::call<op::hardshrink>(at, static_cast<X&&>(x)); }
template <class X, class Lambd> requires operands<X, Lambd> constexpr auto hardshrink(X&& x, Lambd&& lambd, engine::location at = engine::location::here()) -> engine::apply_t<op::hardshrink, X, Lambd> { return engine::call<op::hardshrink>(at, static_cast<X&&>(x), static_cast<Lambd&&>(lambd)); }
/// x where it is above the threshold, else value.
template <class X, class Threshold, class Value> requires operands<X, Threshold, Value> constexpr auto threshold(X&& x, Threshold&& threshold, Value&& value, engine::location at = engine::location::here()) -> engine::apply_t<op::threshold, X, Threshold, Value> { return engine::call<op::threshold>(at, static_cast<X&&>(x), static_cast<Threshold&&>(threshold), static_cast<Value&&>(value)); }

/// Losses: the mean, or mse_loss<reduction::sum>(x, y), reduction::none; x and y of shapes that broadcast. The mean of (x - y)^2.
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto mse_loss(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::mse_loss, Reduce>, X, Y> { return engine::call<engine::with_t<op::mse_loss, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// The mean of |x - y|; derivative 0 where they are equal.
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto l1_loss(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::l1_loss, Reduce>, X, Y> { return engine::call<engine::with_t<op::l1_loss, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// (x - y)^2 / 2 up to a distance of delta (1 unless told), from there on delta (|x - y| - delta / 2).
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto huber_loss(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::huber_loss, Reduce>, X, Y> { return engine::call<engine::with_t<op::huber_loss, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <reduction Reduce = reduction::mean, class X, class Y, class Delta> requires operands<X, Y, Delta> constexpr auto huber_loss(X&& x, Y&& y, Delta&& delta, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::huber_loss, Reduce>, X, Y, Delta> { return engine::call<engine::with_t<op::huber_loss, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Delta&&>(delta)); }
/// huber_loss over beta; beta = 0 is l1_loss.
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto smooth_l1_loss(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::smooth_l1_loss, Reduce>, X, Y> { return engine::call<engine::with_t<op::smooth_l1_loss, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <reduction Reduce = reduction::mean, class X, class Y, class Beta> requires operands<X, Y, Beta> constexpr auto smooth_l1_loss(X&& x, Y&& y, Beta&& beta, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::smooth_l1_loss, Reduce>, X, Y, Beta> { return engine::call<engine::with_t<op::smooth_l1_loss, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Beta&&>(beta)); }
/// -y log(x) - (1 - y) log(1 - x) of probabilities x; logarithms are held above -100.
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto binary_cross_entropy(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::bce_loss, Reduce>, X, Y> { return engine::call<engine::with_t<op::bce_loss, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto bce_loss(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::bce_loss, Reduce>, X, Y> { return engine::call<engine::with_t<op::bce_loss, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// The same of sigmoid(x), without overflow.
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto binary_cross_entropy_with_logits(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::bce_with_logits, Reduce>, X, Y> { return engine::call<engine::with_t<op::bce_with_logits, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto bce_with_logits(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::bce_with_logits, Reduce>, X, Y> { return engine::call<engine::with_t<op::bce_with_logits, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// y (log(y) - x) of log-probabilities x and probabilities y, or with `log_target` their logarithms; reduction::batchmean divides by the extent of the first axis.
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto kl_div(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::kl_div, Reduce>, X, Y> { return engine::call<engine::with_t<op::kl_div, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <reduction Reduce = reduction::mean, class X, class Y> requires operands<X, Y> constexpr auto kl_div(X&& x, Y&& y, log_target_t, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::kl_div_log_target, Reduce>, X, Y> { return engine::call<engine::with_t<op::kl_div_log_target, Reduce>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
/// -x at the classes y, integers without the class axis, of log-probabilities x; classes are axis 1 (of a vector axis 0). Also -sum(y x) for probabilities y.
/// Options: nll_loss<reduction::sum>, <ignore_index<0>>. With a weight for each class the mean is over the weights of the targets.
template <auto... Options, class X, class Y> requires operands<X, Y> constexpr auto nll_loss(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::nll_loss, Options...>, X, Y> { return engine::call<engine::with_t<op::nll_loss, Options...>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <auto... Options, class X, class Y, class Weight> requires operands<X, Y, Weight> constexpr auto nll_loss(X&& x, Y&& y, Weight&& weight, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::nll_loss, Options...>, X, Y, Weight> { return engine::call<engine::with_t<op::nll_loss, Options...>>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Weight&&>(weight)); }
/// nll_loss of log_softmax(x).
template <auto... Options, class X, class Y> requires operands<X, Y> constexpr auto cross_entropy(X&& x, Y&& y, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::cross_entropy, Options...>, X, Y> { return engine::call<engine::with_t<op::cross_entropy, Options...>>(at, static_cast<X&&>(x), static_cast<Y&&>(y)); }
template <auto... Options, class X, class Y, class Weight> requires operands<X, Y, Weight> constexpr auto cross_entropy(X&& x, Y&& y, Weight&& weight, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::cross_entropy, Options...>, X, Y, Weight> { return engine::call<engine::with_t<op::cross_entropy, Options...>>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Weight&&>(weight)); }
template <auto... Options, class X, class Y, class Share> requires operands<X, Y, Share> constexpr auto cross_entropy(X&& x, Y&& y, label_smoothing_t<Share> const& smoothing, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::smoothed_cross_entropy, Options...>, X, Y, Share const&> { return engine::call<engine::with_t<op::smoothed_cross_entropy, Options...>>(at, static_cast<X&&>(x), static_cast<Y&&>(y), smoothing.share); }
template <auto... Options, class X, class Y, class Weight, class Share> requires operands<X, Y, Weight, Share> constexpr auto cross_entropy(X&& x, Y&& y, Weight&& weight, label_smoothing_t<Share> const& smoothing, engine::location at = engine::location::here()) -> engine::apply_t<engine::with_t<op::smoothed_cross_entropy, Options...>, X, Y, Weight, Share const&> { return engine::call<engine::with_t<op::smoothed_cross_entropy, Options...>>(at, static_cast<X&&>(x), static_cast<Y&&>(y), static_cast<Weight&&>(weight), smoothing.share); }
// clang-format on

}  // namespace slope
