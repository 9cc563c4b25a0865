// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/composites.ipp"

/// Operations along axes that are one node while formulas are simplified and differentiated, since
/// their derivatives are shorter or more accurate than those of what they are made of. `lower` is
/// that, for floating x; it is never differentiated.
namespace slope::engine {

/// Is every element of m finite? Not asked by infinity: with -ffast-math that is not compared.
constexpr symbol is_finite(builder& b, symbol m) {
  double const largest =
      b[m].type == dtype::float32 ? static_cast<double>(__FLT_MAX__) : __DBL_MAX__;
  return symbols::le(symbols::abs(m), largest);
}

/// x less its mean.
constexpr symbol centred(builder& b, symbol x, std::int64_t mask) {
  auto const mean = op::mean::expand(b, x, mask);
  return x - restored(b, mean, b.shape_of(x), mask);
}

/// The number of elements less the correction in the attribute, 0 at least.
constexpr symbol degrees_of_freedom(builder& b, symbol x, std::int64_t attribute) {
  auto const count = count_symbol(b, b.shape_of(x), attribute & 255);
  if (!is_constant(b, count.index())) return symbols::maximum(count - (attribute >> 8), symbol(0));
  rational const n = constant_of(b, count.index()) - rational(attribute >> 8);
  return constant_symbol(b, n.is_negative() ? rational(0) : n);
}

}  // namespace slope::engine

namespace slope::op {

/// exp(x) over its sum along axes, shifted by the maximum.
struct softmax : macro<engine::axes_rule::kept> {
  static constexpr char const* name() { return "softmax"; }
  static constexpr symbol lower(engine::builder& b, symbol x, std::int64_t mask) {
    if (engine::count_of(b.shape_of(x), mask) == 0) return x;
    auto const e = symbols::exp(x - engine::reduce<amax>(b, x, mask));
    return e / engine::reduce<sum>(b, e, mask);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto& b = *c.y.owner();
    auto const weighted = c.dy * c.y;
    c.give(0, weighted - c.y * engine::reduce<sum>(b, weighted, c.attribute));
  }
};

/// log(sum(exp(x))), shifted by the maximum, which is the result where it is infinite. The
/// derivative is softmax, in PyTorch's form.
struct logsumexp : macro<engine::axes_rule::dropped> {
  static constexpr char const* name() { return "logsumexp"; }
  static constexpr symbol lower(engine::builder& b, symbol x, std::int64_t mask) {
    auto const& shape = b.shape_of(x);
    if (engine::count_of(shape, mask) == 0)
      return symbols::log(engine::reduce<sum>(b, symbols::exp(x), mask, false));
    auto const m = engine::reduce<amax>(b, x, mask, false);
    auto const e = symbols::exp(x - engine::reduce<amax>(b, x, mask));
    auto const total = m + symbols::log(engine::reduce<sum>(b, e, mask, false));
    return symbols::where(engine::is_finite(b, m), total, m);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, engine::restored(c, c.dy) * symbols::exp(c.args[0] - engine::restored(c, c.y)));
  }
};

/// x - logsumexp(x) along an axis.
struct log_softmax : macro<engine::axes_rule::kept> {
  static constexpr char const* name() { return "log_softmax"; }
  static constexpr symbol lower(engine::builder& b, symbol x, std::int64_t mask) {
    if (engine::count_of(b.shape_of(x), mask) == 0) return x;
    auto const shifted = x - engine::reduce<amax>(b, x, mask);
    return shifted - symbols::log(engine::reduce<sum>(b, symbols::exp(shifted), mask));
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto& b = *c.y.owner();
    auto const dy = engine::broadcast_symbol(b, c.dy, b[c.y].shape, b[c.y].type);
    c.give(0, dy - symbols::exp(c.y) * engine::reduce<sum>(b, dy, c.attribute));
  }
};

/// The sum of squared distances from the mean over n - correction.
struct variance : macro<engine::axes_rule::dropped> {
  static constexpr char const* name() { return "variance"; }
  static constexpr bool has_correction = true;
  static constexpr symbol lower(engine::builder& b, symbol x, std::int64_t attribute) {
    std::int64_t const mask = attribute & 255;
    auto const squares = symbols::square(engine::centred(b, x, mask));
    return engine::reduce<sum>(b, squares, mask, false) /
           engine::degrees_of_freedom(b, x, attribute);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto& b = *c.y.owner();
    auto const distance = engine::centred(b, c.args[0], c.attribute & 255);
    c.give(0, engine::restored(c, c.dy) * distance * 2 /
                  engine::degrees_of_freedom(b, c.args[0], c.attribute));
  }
};

/// The root of the variance; as in torch its derivative is 0 where all elements are equal.
struct stddev : macro<engine::axes_rule::dropped> {
  static constexpr char const* name() { return "stddev"; }
  static constexpr bool has_correction = true;
  static constexpr symbol lower(engine::builder& b, symbol x, std::int64_t attribute) {
    return symbols::sqrt(variance::lower(b, x, attribute));
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto& b = *c.y.owner();
    auto const distance = engine::centred(b, c.args[0], c.attribute & 255);
    auto const y = engine::restored(c, c.y);
    auto const slope_of_x =
        distance / (y * engine::degrees_of_freedom(b, c.args[0], c.attribute));
    c.give(0, symbols::where(symbols::eq(y, 0), symbol(0), engine::restored(c, c.dy) * slope_of_x));
  }
};

/// The root of the sum of squares; derivative x / norm, 0 at the zero vector.
struct norm : macro<engine::axes_rule::dropped> {
  static constexpr char const* name() { return "norm"; }
  static constexpr symbol lower(engine::builder& b, symbol x, std::int64_t mask) {
    return symbols::sqrt(engine::reduce<sum>(b, symbols::square(x), mask, false));
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto const y = engine::restored(c, c.y);
    c.give(0, symbols::where(symbols::eq(y, 0), symbol(0),
                           engine::restored(c, c.dy) * (c.args[0] / y)));
  }
};

/// The p-norm for another exact constant p: 0 counts, infinity takes the largest. Its derivative is
/// sign(x) (|x| / norm)^(p - 1), 0 where x or the norm is 0; the largest share it for p = infinity.
struct power_norm : macro<engine::axes_rule::dropped> {
  static constexpr char const* name() { return "norm"; }
  static constexpr int arity = 2;
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& parameters, symbol x, symbol p) {
    if (!engine::is_constant(b, p.index())) {
      b.fail("norm: p is not a constant", {});
      return x;
    }
    rational const order = engine::constant_of(b, p.index());
    if (order.is(2)) return engine::front<norm>(b, parameters, x);
    if (order.is(1)) return engine::front<sum>(b, parameters, symbols::abs(x));
    if (order.is(0)) {
      auto const counted = engine::front<sum>(b, parameters, symbols::ne(x, 0));
      return engine::broadcast_symbol(b, counted, b[counted].shape, floating_type(b[x].type));
    }
    std::int64_t const mask = engine::axes_mask(b, "norm", parameters, b.shape_of(x));
    if (mask < 0) return x;
    auto const y = engine::make<power_norm>(mask, x, p);
    return parameters.keep
               ? engine::reshape_symbol(b, y, engine::reduced_shape(b.shape_of(x), mask, true))
               : y;
  }
  static constexpr symbol lower(engine::builder& b, symbol x, std::int64_t mask, symbol p) {
    if (is_infinite(engine::constant_of(b, p.index())))
      return engine::reduce<amax>(b, symbols::abs(x), mask, false);
    return symbols::pow(engine::reduce<sum>(b, symbols::pow(symbols::abs(x), p), mask, false), 1 / p);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto& b = *c.y.owner();
    auto const x = c.args[0], dy = engine::restored(c, c.dy), y = engine::restored(c, c.y);
    if (is_infinite(engine::constant_of(b, c.args[1].index()))) {
      auto const at = symbols::eq(symbols::abs(x), y);
      auto const count = engine::restored(c, engine::reduce<sum>(b, at, c.attribute, false));
      return c.give(0, symbols::where(at, dy * symbols::sign(x), symbol(0)) / symbols::maximum(count, 1));
    }
    auto const ratio = symbols::pow(symbols::abs(x) / y, c.args[1] - 1);
    auto const none = symbols::logical_or(symbols::eq(x, 0), symbols::eq(y, 0));
    c.give(0, symbols::where(none, symbol(0), dy * symbols::sign(x) * ratio));
  }

 private:
  static constexpr bool is_infinite(rational const& p) {
    return !p.exact() && p.floating > __DBL_MAX__;
  }
};

}  // namespace slope::op
