// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/rounding.ipp"

/// Special functions, inverse hyperbolic ones, and functions of two arguments.
namespace slope::op {

// The simplest fractions that round to 2 / sqrt(pi), sqrt(pi) / 2, 1 / sqrt(2 pi), pi, pi^2 / 3,
// pi^2 / 10 and pi^2 / 28 in double precision.
inline constexpr rational two_over_root_pi{37593262, 33316161};
inline constexpr rational half_root_pi{222204830, 250731301};
inline constexpr rational density_at_0{50703919, 127095877};
inline constexpr rational pi_constant{245850922, 78256779};
inline constexpr rational third_of_square_pi{35869225, 10902937};
inline constexpr rational tenth_of_square_pi{21521535, 21805874};
inline constexpr rational square_pi_over_28{15372525, 43611748};

struct asinh : unary {
  static constexpr char const* name() { return "asinh"; }
  static constexpr auto value(auto x) { return math::asinh(x); }
  static constexpr symbol rule(symbol x, symbol) {
    return symbols::reciprocal(symbols::hypot(x, symbol(1)));
  }
};
/// The derivative 1 / sqrt(x^2 - 1) without a square that overflows.
struct acosh : unary {
  static constexpr char const* name() { return "acosh"; }
  static constexpr auto value(auto x) { return math::acosh(x); }
  static constexpr symbol rule(symbol x, symbol) {
    symbol const size = symbols::abs(x);  // left of -1 torch's derivative is finite, unlike acosh
    return symbols::rsqrt(size - 1) * symbols::rsqrt(size + 1);
  }
};
struct atanh : unary {
  static constexpr char const* name() { return "atanh"; }
  static constexpr auto value(auto x) { return math::atanh(x); }
  static constexpr symbol rule(symbol x, symbol) {
    return symbols::reciprocal(1 - symbols::square(x));
  }
};

/// The angle of the point (b, a); the derivative at the origin is NaN.
struct atan2 : elementwise<2> {
  static constexpr char const* name() { return "atan2"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto a, auto b) { return math::atan2(a, b); }
  static constexpr void pullback(engine::pullback_context& c) {
    auto const y = c.args[0], x = c.args[1];
    auto const scaled = c.dy / (symbols::square(x) + symbols::square(y));
    c.give(0, scaled * x);
    c.give(1, -(scaled * y));
  }
};
struct hypot : elementwise<2> {
  static constexpr char const* name() { return "hypot"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto a, auto b) { return math::hypot(a, b); }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(0, c.dy * (c.args[0] / c.y));
    c.give(1, c.dy * (c.args[1] / c.y));
  }
};

struct erf : unary {
  static constexpr char const* name() { return "erf"; }
  static constexpr auto value(auto x) { return math::erf(x); }
  static constexpr symbol rule(symbol x, symbol) {
    return symbols::exp(-symbols::square(x)) * symbol(two_over_root_pi);
  }
};
struct erfc : unary {
  static constexpr char const* name() { return "erfc"; }
  static constexpr auto value(auto x) { return math::erfc(x); }
  static constexpr symbol rule(symbol x, symbol) {
    return -(symbols::exp(-symbols::square(x)) * symbol(two_over_root_pi));
  }
};
struct erfinv : unary {
  static constexpr char const* name() { return "erfinv"; }
  static constexpr auto value(auto x) { return math::erfinv(x); }
  static constexpr symbol rule(symbol, symbol y) {
    return symbols::exp(symbols::square(y)) * symbol(half_root_pi);
  }
};

/// The inverse of ndtr; derivative sqrt(2 pi) exp(y^2 / 2), infinite at both ends.
struct ndtri : unary {
  static constexpr char const* name() { return "ndtri"; }
  static constexpr auto value(auto x) { return math::ndtri(x); }
  static constexpr symbol rule(symbol, symbol y) {
    return symbols::exp(symbols::square(y) * 0.5) * 2.5066282746310002;
  }
};

struct lgamma : unary {
  static constexpr char const* name() { return "lgamma"; }
  static constexpr auto value(auto x) { return math::lgamma(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::digamma(x); }
};
struct digamma : unary {
  static constexpr char const* name() { return "digamma"; }
  static constexpr auto value(auto x) { return math::digamma(x); }
  static constexpr symbol rule(symbol x, symbol) { return symbols::polygamma(symbol(1), x); }
};
/// The n-th derivative of digamma; n has no derivative.
struct polygamma : elementwise<2> {
  static constexpr char const* name() { return "polygamma"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto n, auto x) {
    if constexpr (math::is_pack_v<decltype(x)>) {
      auto const order = n[0];
      if (math::reduce_all(n == math::like(n, order)))
        return math::polygamma(static_cast<int>(order), x);
      auto each = x;
      for (int i = 0; i < decltype(x)::lanes; ++i)
        each.data[i] = math::polygamma(static_cast<int>(n[i]), x[i]);
      return each;
    } else {
      return math::polygamma(static_cast<int>(n), x);
    }
  }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(1, c.dy * symbols::polygamma(c.args[0] + 1, c.args[1]));
  }
};

/// Regularised incomplete gamma functions of (a, x); as in torch they have no derivative by a.
struct igamma : elementwise<2> {
  static constexpr char const* name() { return "igamma"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto a, auto x) { return math::igamma(a, x); }
  static constexpr void pullback(engine::pullback_context& c) { c.give(1, c.dy * density(c)); }
  /// x^(a-1) e^-x / gamma(a).
  static constexpr symbol density(engine::pullback_context const& c) {
    symbol const a = c.args[0], x = c.args[1];
    return symbols::exp(symbols::xlogy(a - 1, x) - x - symbols::lgamma(a));
  }
};
struct igammac : elementwise<2> {
  static constexpr char const* name() { return "igammac"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto a, auto x) { return math::igammac(a, x); }
  static constexpr void pullback(engine::pullback_context& c) {
    c.give(1, -(c.dy * igamma::density(c)));
  }
};

/// Near 0, where its terms cancel, the derivative is the power series to x^5.
struct sinc : unary {
  static constexpr char const* name() { return "sinc"; }
  static constexpr auto value(auto x) {
    auto const zero = x == math::zero(x);
    auto const turns = math::select(zero, math::one(x), x) * math::like(x, 0x1.921fb54442d18p1);
    return math::select(zero, math::one(x), math::sin(turns) / turns);
  }
  static constexpr symbol rule(symbol x, symbol y) {
    auto const square = symbols::square(x);
    auto const series = x * (1 - square * symbol(tenth_of_square_pi) *
                                     (1 - square * symbol(square_pi_over_28))) *
                        -symbol(third_of_square_pi);
    auto const near = symbols::abs(x) < symbol(rational(1, 64));
    auto const safe = symbols::where(near, symbol(1), x);
    return symbols::where(near, series, (symbols::cos(x * symbol(pi_constant)) - y) * x / symbols::square(safe));
  }
};

/// a log(b), 0 where a is 0.
struct xlogy : elementwise<2> {
  static constexpr char const* name() { return "xlogy"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr auto value(auto a, auto b) {
    auto const zero = math::both(a == math::zero(a), math::negate(math::is_nan(b)));
    return math::select(zero, math::zero(a), a * math::log(math::select(zero, math::one(b), b)));
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto const a = c.args[0], b = c.args[1];
    auto const zero = symbols::logical_and(symbols::eq(a, 0), symbols::le(b, 0));
    c.give(0, symbols::where(zero, symbol(0), c.dy * symbols::log(b)));
    c.give(1, c.dy * (a / b));
  }
};

/// log(exp(a) + exp(b)), without overflow.
struct logaddexp : elementwise<2> {
  static constexpr char const* name() { return "logaddexp"; }
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr bool commutative = true;
  static constexpr auto value(auto a, auto b) {
    auto const same = a == b;  // infinite ones too
    auto const distance =
        math::abs(math::select(same, math::zero(a), a) - math::select(same, math::zero(b), b));
    return math::maximum(a, b) + math::log1p(math::exp(-distance));
  }
  static constexpr void pullback(engine::pullback_context& c) {
    auto const a = c.args[0], b = c.args[1];
    c.give(0, c.dy * symbols::sigmoid(a - b));
    c.give(1, c.dy * symbols::sigmoid(b - a));
  }
};

/// log(x / (1 - x)), from the distance to 1 where that is small. Outside of [0, 1] the derivative is
/// NaN too.
struct logit : unary {
  static constexpr char const* name() { return "logit"; }
  static constexpr auto value(auto x) {
    auto const one = math::one(x), inverse = math::reciprocal(one - x);
    auto const twice = x + x - one;  // exact where it is used
    auto const near = math::abs(twice) < math::like(x, 0.5);
    return math::select(near, math::log1p(math::select(near, twice, math::zero(x)) * inverse),
                        math::log(math::select(near, one, x * inverse)));
  }
  static constexpr symbol rule(symbol x, symbol y) {
    return symbols::where(symbols::isnan(y), y, symbols::reciprocal(symbols::abs(x) * (1 - x)));
  }
};
/// Of x held within [eps, 1 - eps].
struct logit_within : expanded {
  static constexpr char const* name() { return "logit"; }
  static constexpr symbol expand(auto x, symbol eps) {
    return symbols::logit(symbols::clamp(x, eps, 1 - eps));
  }
};
struct logaddexp2 : expanded {
  static constexpr char const* name() { return "logaddexp2"; }
  static constexpr symbol expand(auto x, symbol y) {
    symbol const unit(log_of_2);
    return symbols::logaddexp(x * unit, y * unit) * symbol(inverse_log_of_2);
  }
};
struct ldexp : expanded {
  static constexpr char const* name() { return "ldexp"; }
  static constexpr symbol expand(auto x, symbol y) { return x * symbols::exp2(y); }
};
/// The distribution function of the normal distribution, accurate in its left tail.
struct ndtr : unary {
  static constexpr char const* name() { return "ndtr"; }
  static constexpr auto value(auto x) { return math::ndtr(x); }
  static constexpr symbol rule(symbol x, symbol) {
    return symbols::exp(symbols::square(x) * symbol(-0.5)) * symbol(density_at_0);
  }
};
struct deg2rad : expanded {
  static constexpr char const* name() { return "deg2rad"; }
  static constexpr symbol expand(auto x) { return x * symbol(rational(14964008, 857374503)); }
};
struct rad2deg : expanded {
  static constexpr char const* name() { return "rad2deg"; }
  static constexpr symbol expand(auto x) { return x * symbol(rational(857374503, 14964008)); }
};

}  // namespace slope::op
