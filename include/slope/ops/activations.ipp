// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/special.ipp"

/// The activation functions of torch.nn.functional; at kinks they have the derivatives that torch
/// gives them.
namespace slope::op {

/// x / (1 + |x|). The quotient's own derivative would cancel for large x.
struct softsign : unary {
  static constexpr char const* name() { return "softsign"; }
  static constexpr auto value(auto x) { return x / (math::one(x) + math::abs(x)); }
  static constexpr symbol rule(symbol x, symbol) {
    return symbols::pow(1 + symbols::abs(x), symbol(-2));
  }
};
/// log(sigmoid(x)), exact on both sides.
struct logsigmoid : unary {
  static constexpr char const* name() { return "logsigmoid"; }
  static constexpr auto value(auto x) { return -math::softplus(-x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::sigmoid(-x); }
};

struct leaky_relu : expanded {
  static constexpr char const* name() { return "leaky_relu"; }
  static constexpr symbol expand(auto x, symbol negative_slope) {
    return symbols::where(0 < x, x, x * negative_slope);
  }
  static constexpr symbol expand(auto x) { return expand(x, symbol(rational(1, 100))); }
};
/// A channel's slope is that of axis 1.
struct prelu : expanded {
  static constexpr char const* name() { return "prelu"; }
  static constexpr symbol expand(auto x, symbol weight) {
    auto& b = *x.owner();
    engine::shape to = b.shape_of(x);
    if (weight.rank() == 1 && to.rank > 2) {
      for (int k = 0; k < to.rank; ++k)
        to.extents[k] = k == 1 ? b.shape_of(weight).extents[0] : 1;
      weight = engine::reshape_symbol(b, weight, engine::leading_cut(to));
    }
    return leaky_relu::expand(x, weight);
  }
};

/// What x is below 0, held at 0 above, so that the exponential of what is not taken is finite.
constexpr symbol exponential_below(auto x) {
  return symbols::expm1(symbols::clamp_max(x, symbol(0)));
}
struct elu : expanded {
  static constexpr char const* name() { return "elu"; }
  static constexpr symbol expand(auto x, symbol alpha) {
    return symbols::relu(x) + exponential_below(x) * alpha;
  }
  static constexpr symbol expand(auto x) { return symbols::relu(x) + exponential_below(x); }
};
struct celu : expanded {
  static constexpr char const* name() { return "celu"; }
  static constexpr symbol expand(auto x, symbol alpha) {
    return symbols::relu(x) + exponential_below(x / alpha) * alpha;
  }
  static constexpr symbol expand(auto x) { return elu::expand(x); }
};
struct selu : expanded {
  static constexpr char const* name() { return "selu"; }
  static constexpr symbol expand(auto x) {
    rational const scale(389954171, 371137151), alpha(96804729, 57853855);
    return elu::expand(x, symbol(alpha)) * symbol(scale);
  }
};

struct silu : expanded {
  static constexpr char const* name() { return "silu"; }
  static constexpr symbol expand(auto x) { return x * symbols::sigmoid(x); }
};
struct mish : expanded {
  static constexpr char const* name() { return "mish"; }
  static constexpr symbol expand(auto x) { return x * symbols::tanh(symbols::softplus(x)); }
};
/// x times the normal distribution function of x, accurate in the left tail.
struct gelu : expanded {
  static constexpr char const* name() { return "gelu"; }
  static constexpr symbol expand(auto x) { return x * symbols::ndtr(x); }
};
struct gelu_tanh : expanded {
  static constexpr char const* name() { return "gelu"; }
  static constexpr symbol expand(auto x) {
    symbol const root_of_two_over_pi(rational(101407838, 127095877));
    auto const inner = (x + symbols::pow(x, 3) * symbol(rational(44715, 1000000)));
    return x * symbol(0.5) * (1 + symbols::tanh(inner * root_of_two_over_pi));
  }
};
/// x - tanh(x), and near 0, where that cancels, the power series to x^9.
struct tanhshrink : expanded {
  static constexpr char const* name() { return "tanhshrink"; }
  static constexpr symbol expand(auto x) {
    auto const near = symbols::abs(x) < symbol(rational(1, 32));
    auto const z = symbols::where(near, x, symbol(0));
    auto const square = symbols::square(z);
    auto const tail = symbol(rational(17, 315)) - square * symbol(rational(62, 2835));
    auto const series = symbol(rational(1, 3)) - square * (symbol(rational(2, 15)) - square * tail);
    return symbols::where(near, z * square * series, x - symbols::tanh(x));
  }
};

/// Unlike clamp's, the derivative at the bounds is 0.
struct hardtanh : expanded {
  static constexpr char const* name() { return "hardtanh"; }
  static constexpr symbol expand(auto x, symbol low, symbol high) {
    return symbols::where(x <= low, low, symbols::where(high <= x, high, x));
  }
  static constexpr symbol expand(auto x) { return expand(x, -1, 1); }
};
struct relu6 : expanded {
  static constexpr char const* name() { return "relu6"; }
  static constexpr symbol expand(auto x) { return hardtanh::expand(x, 0, 6); }
};
/// x / 6 + 1 / 2 within (-3, 3).
struct hardsigmoid : expanded {
  static constexpr char const* name() { return "hardsigmoid"; }
  static constexpr symbol expand(auto x) {
    auto const inside = symbols::logical_and(-3 < x, x < 3);
    return symbols::where(inside, x / 6 + symbol(0.5), symbols::clamp(x, 0, 1));
  }
};
struct hardswish : expanded {
  static constexpr char const* name() { return "hardswish"; }
  static constexpr symbol expand(auto x) { return x * symbols::clamp(x + 3, 0, 6) / 6; }
};
struct hardshrink : expanded {
  static constexpr char const* name() { return "hardshrink"; }
  static constexpr symbol expand(auto x, symbol lambd) {
    return symbols::where(symbols::abs(x) <= lambd, symbol(0), x);
  }
  static constexpr symbol expand(auto x) { return expand(x, symbol(0.5)); }
};
struct threshold : expanded {
  static constexpr char const* name() { return "threshold"; }
  static constexpr symbol expand(auto x, symbol threshold, symbol value) {
    return symbols::where(x <= threshold, value, x);
  }
};

}  // namespace slope::op
