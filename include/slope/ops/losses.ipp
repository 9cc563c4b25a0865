// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/activations.ipp"
#include "slope/ops/indexing.ipp"
#include "slope/ops/products.ipp"

/// The losses of torch.nn.functional.
namespace slope::engine {

/// The elements of a loss as the reduction among the parameters asks for them.
constexpr symbol reduced(builder& b, parameters const& p, auto losses) {
  if (p.reduce == reduction::none) return losses;
  if (p.reduce == reduction::mean) return front(op_number<op::mean>(), b, {}, losses);
  symbol const total = front(op_number<op::sum>(), b, {}, losses);
  return p.reduce == reduction::sum ? total
                                    : total / count_symbol(b, b.shape_of(losses), 1);
}

}  // namespace slope::engine

namespace slope::op {

/// -y log(x) - (1 - y) log(1 - x), logarithms held above -100. As in torch the denominator of the
/// derivative (x - y) / (x (1 - x)) is held above 1e-12.
struct binary_cross_entropy : elementwise<2> {
  static constexpr char const* name() { return "binary_cross_entropy"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto x, auto y) {
    auto const one = math::one(x), least = math::like(x, -100);
    return -(y * math::maximum(math::log(x), least) +
             (one - y) * math::maximum(math::log1p(-x), least));
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto const x = c.args[0], y = c.args[1];
    symbol const least(static_cast<double>(1e-12f));
    auto const variance_of_x = symbols::clamp_min(x * (1 - x), least);
    c.give(0, c.dy * ((x - y) / variance_of_x));
    c.give(1, c.dy * (symbols::log1p(-x) - symbols::log(x)));
  }
};
/// The same of x = sigmoid(logit), without overflow; derivative sigmoid(logit) - y.
struct logits_cross_entropy : elementwise<2> {
  static constexpr char const* name() { return "binary_cross_entropy_with_logits"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto x, auto y) {
    return (math::one(y) - y) * x + math::softplus(-x);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, c.dy * (symbols::sigmoid(c.args[0]) - c.args[1]));
    c.give(1, -(c.dy * c.args[0]));
  }
};

struct loss : defaults {
  static constexpr bool has_front = true;
};

struct bce_loss : loss {
  static constexpr char const* name() { return "binary_cross_entropy"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol y) {
    return engine::reduced(b, p, symbols::binary_cross_entropy(x, y));
  }
};
struct bce_with_logits : loss {
  static constexpr char const* name() { return "binary_cross_entropy_with_logits"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol y) {
    return engine::reduced(b, p, symbols::logits_cross_entropy(x, y));
  }
};

struct mse_loss : loss {
  static constexpr char const* name() { return "mse_loss"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol y) {
    return engine::reduced(b, p, symbols::square(x - y));
  }
};
struct l1_loss : loss {
  static constexpr char const* name() { return "l1_loss"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol y) {
    return engine::reduced(b, p, symbols::abs(x - y));
  }
};

/// d^2 / 2 for |d| < delta and delta (|d| - delta / 2) beyond, as c (d - c / 2) with d held within
/// delta as c, which is finite in the part that is not taken.
constexpr symbol huber_of(auto d, symbol delta) {
  auto const c = symbols::clamp(d, -delta, delta);
  return c * (d - c * symbol(0.5));
}
struct huber_loss : loss {
  static constexpr char const* name() { return "huber_loss"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol y,
                                symbol delta = 1) {
    return engine::reduced(b, p, huber_of(x - y, delta));
  }
};
/// The same over beta; the 1-norm for the constant beta = 0.
struct smooth_l1_loss : loss {
  static constexpr char const* name() { return "smooth_l1_loss"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol y) {
    return engine::reduced(b, p, huber_of(x - y, 1));
  }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol y,
                                symbol beta) {
    if (engine::is_constant(b, beta.index()) && engine::constant_of(b, beta.index()).is(0))
      return l1_loss::front(b, p, x, y);
    return engine::reduced(b, p, huber_of(x - y, beta) / beta);
  }
};

/// y (log(y) - x) of log-probabilities x; targets of 0 add 0.
struct kl_div : loss {
  static constexpr char const* name() { return "kl_div"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol y) {
    return engine::reduced(b, p, symbols::xlogy(y, y) - y * x);
  }
};
struct kl_div_log_target : loss {
  static constexpr char const* name() { return "kl_div"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x,
                                symbol y) {
    return engine::reduced(b, p, symbols::exp(y) * (y - x));
  }
};

/// The classes are axis 1 (of a vector axis 0): the mask of that axis.
constexpr std::int64_t class_axis(symbol x) { return x.rank() > 1 ? 2 : 1; }

/// Of log-probabilities x and where y are probabilities: -sum(w y x) over the classes; where they are
/// integers, class indices: -w x of those. Classes have weights w, 1 unless told. An index that is
/// no class adds 0. The mean is over everything else: of indices over the weights of those that are
/// not ignored, so that it is NaN where all are.
struct nll_loss : loss {
  static constexpr char const* name() { return "nll_loss"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol y) {
    return losses(b, p, x, y, nullptr, nullptr);
  }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol y,
                                symbol weight) {
    return losses(b, p, x, y, &weight, nullptr);
  }

  static constexpr bool may_be_equal(int extent, int other) {
    return extent < 0 || other < 0 || extent == other;
  }
  /// `smoothing` is the share of each target that is spread over all classes.
  static constexpr symbol losses(engine::builder& b, engine::parameters const& p, auto x, symbol y,
                                 symbol const* weight, symbol const* smoothing) {
    std::int64_t const mask = class_axis(x);
    engine::shape const s = b.shape_of(x);
    int const axis = static_cast<int>(mask - 1);
    auto weighted = x, w = x;
    if (p.count != 0) return engine::fail_to(b, name(), x, p);
    if (weight != nullptr) {
      engine::shape const own = b.shape_of(*weight);
      if (own.rank != 1 || s.rank == 0 || !may_be_equal(own.extents[0], s.extents[axis]))
        return engine::fail_product(b, name(), x, *weight);
      engine::shape along{};
      along.rank = s.rank;
      for (int k = 0; k < s.rank; ++k) along.extents[k] = k == axis ? own.extents[0] : 1;
      w = engine::reshape_symbol(b, *weight, along);
      weighted = x * w;
    }
    auto const spread = [&] { return *smoothing / engine::count_symbol(b, s, mask); };
    if (is_floating(b[y].type)) {
      symbol const target = smoothing == nullptr ? y : y * (1 - *smoothing) + spread();
      return engine::reduced(
          b, p, -engine::reduce(engine::op_number<sum>(), b, target * weighted, mask, false));
    }
    // The shape of y with the axis of the classes; extents of run time are compared then.
    engine::shape const own = b.shape_of(y);
    engine::shape with_axis = s;
    bool fits = own.rank + 1 == s.rank;
    for (int k = 0, from = 0; fits && k < s.rank; ++k) {
      with_axis.extents[k] = k == axis ? 1 : own.extents[from++];
      fits = k == axis || may_be_equal(with_axis.extents[k], s.extents[k]);
    }
    if (!fits) return engine::fail_product(b, name(), x, y);
    symbol const target = engine::reshape_symbol(b, y, with_axis);
    symbol const counted = symbols::ne(target, p.ignored);
    auto hit = symbols::eq(target, engine::positions(b, s, axis));
    if (p.ignored >= 0) hit = symbols::logical_and(hit, counted);
    symbol each = symbols::where(hit, weighted, symbol(0));
    if (smoothing != nullptr)
      each = each * (1 - *smoothing) + symbols::where(counted, weighted * spread(), symbol(0));
    symbol const total = -engine::reduce(engine::op_number<sum>(), b, each, mask, false);
    if (p.reduce != slope::reduction::mean) return engine::reduced(b, p, total);
    symbol const number = weight == nullptr ? counted : symbols::where(hit, w, symbol(0));
    symbol const count = engine::front(engine::op_number<sum>(), b, {}, number);
    return engine::front(engine::op_number<sum>(), b, {}, total) /
           engine::broadcast_symbol(b, count, b[count].shape, b[x].type);
  }
};
/// The same of x = log_softmax(scores).
struct cross_entropy : loss {
  static constexpr char const* name() { return "cross_entropy"; }
  template <class... Weight>
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol y,
                                Weight... weight) {
    return nll_loss::front(b, p, engine::make<log_softmax>(class_axis(x), x), y, weight...);
  }
};
/// The same with a share of each target spread over all classes; that is the last operand.
struct smoothed_cross_entropy : loss {
  static constexpr char const* name() { return "cross_entropy"; }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol y,
                                symbol smoothing) {
    auto const logarithms = engine::make<log_softmax>(class_axis(x), x);
    return nll_loss::losses(b, p, logarithms, y, nullptr, &smoothing);
  }
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, auto x, symbol y,
                                symbol weight, symbol smoothing) {
    auto const logarithms = engine::make<log_softmax>(class_axis(x), x);
    return nll_loss::losses(b, p, logarithms, y, &weight, &smoothing);
  }
};

}  // namespace slope::op
