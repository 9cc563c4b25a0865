// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "support/workload.hpp"

#include "support/peers.hpp"

// W6: functions of a few numbers. Rosenbrock's function of two, with its gradient; the price of a
// European call after Black and Scholes with delta, gamma, vega, theta and rho.
//
// The normal distribution function is, the same in all contenders, the logistic approximation
//   Phi(d) = 1 / (1 + exp(-(1.5976 d + 0.07056 d^3))),  within 1.4e-4 of the true one.

namespace {

using bench::absent;
using bench::contender;

constexpr auto rosenbrock = [](auto x, auto y) { return square(1 - x) + 100 * square(y - x * x); };

void w6_rosenbrock(benchmark::State& state) {
  double x = -1.2, y = 1, value = 0, dx = 0, dy = 0;
  bench::escape(x, y, value, dx, dy);
  auto const by_hand = [&]() __attribute__((always_inline)) {
    double const a = 1 - x, b = y - x * x, c = 200 * b;
    value = a * a + 100 * b * b;
    dx = -2 * (a + x * c);
    dy = c;
  };
  auto const adolc = [&] {
#if BENCH_ADOLC
    double const at[] = {x, y};
    bench::recording const tape(7, at, 2, [](adouble const* v) {
      adouble const a = 1 - v[0], b = v[1] - v[0] * v[0];
      return adouble(a * a + 100 * (b * b));
    });
    return [&, tape] {
      double const in[] = {x, y};
      double out[2];
      value = tape.replay(in, out);
      dx = out[0], dy = out[1];
    };
#else
    return absent{};
#endif
  }();
  auto const boost = [&] {
#if BENCH_BOOST
    return [&] {
      using namespace boost::math::differentiation;
      auto const v = make_ftuple<double, 1, 1>(x, y);
      auto const& [p, q] = v;
      auto const a = 1 - p;
      auto const b = q - p * p;
      auto const f = a * a + 100 * (b * b);
      value = f.derivative(0, 0);
      dx = f.derivative(1, 0);
      dy = f.derivative(0, 1);
    };
#else
    return absent{};
#endif
  }();
  bench::measure(
      state, 20, 1e-12, bench::results(value, dx, dy),
      contender{"slope",
                [&]() __attribute__((always_inline)) {
                    slope::value_and_grad<0, 1>(rosenbrock).into(value, dx, dy)(x, y);
}
}  // namespace
,
      contender{"limit", by_hand}, contender{"ADOL-C", adolc}, contender{"Boost", boost});
}

/// The price of a call: spot, strike, rate, volatility, time to maturity.
constexpr auto call_price = [](auto spot, auto strike, auto rate, auto volatility, auto time) {
  auto const phi = [](auto d) { return sigmoid(d * (1.5976 + 0.07056 * d * d)); };
  auto const deviation = volatility * sqrt(time);
  auto const d1 =
      log(spot / strike) / deviation + (rate + volatility * volatility / 2) * time / deviation;
  auto const discount = exp(-rate * time);
  return spot * phi(d1) - strike * discount * phi(d1 - deviation);
};
/// Price, delta, rho, vega, theta (for time to maturity), gamma: one function, one pass.
constexpr auto greeks = [](auto spot, auto strike, auto rate, auto volatility, auto time) {
  auto const [price, first] =
      slope::value_and_grad<0, 2, 3, 4>(call_price)(spot, strike, rate, volatility, time);
  auto const gamma = slope::grad(slope::grad(call_price))(spot, strike, rate, volatility, time);
  return std::tuple(price, std::get<0>(first), std::get<1>(first), std::get<2>(first),
                    std::get<3>(first), gamma);
};

struct call {
  double price, delta, rho, vega, theta, gamma;
};

/// Phi and its first two derivatives from one exponential; what does not depend on the branch once.
[[gnu::always_inline]] inline call call_by_hand(double spot, double strike, double rate,
                                                double volatility, double time) {
  using std::exp, std::log, std::sqrt;
  struct phi {
    double value, first, second;
  };
  auto const distribution = [&](double d) __attribute__((always_inline)) {
    double const s = d * d;
    double const p = 1 / (1 + exp(-d * (1.5976 + 0.07056 * s)));
    double const u = 1.5976 + 3 * 0.07056 * s, q = p * (1 - p);
    return phi{p, q * u, q * ((1 - 2 * p) * u * u + 6 * 0.07056 * d)};
  };
  double const root = sqrt(time), deviation = volatility * root, inverse = 1 / deviation;
  double const moneyness = log(spot / strike);
  double const d1 = (moneyness + (rate + 0.5 * volatility * volatility) * time) * inverse;
  double const d2 = d1 - deviation;
  double const owed = strike * exp(-rate * time);
  phi const a = distribution(d1), b = distribution(d2);
  // The price moves with d1 and d2 by these, which would cancel for the true distribution.
  double const with_d1 = spot * a.first, with_d2 = -owed * b.first, both = with_d1 + with_d2;
  double const d1_of_spot = inverse / spot;
  double const d1_of_rate = time * inverse;
  double const d1_of_volatility = root - d1 / volatility;
  double const d1_of_time = (rate + 0.5 * volatility * volatility) * inverse - 0.5 * d1 / time;
  call c;
  c.price = spot * a.value - owed * b.value;
  c.delta = a.value + both * d1_of_spot;
  c.rho = both * d1_of_rate + time * owed * b.value;
  c.vega = both * d1_of_volatility - with_d2 * root;
  c.theta = both * d1_of_time - with_d2 * 0.5 * volatility / root + rate * owed * b.value;
  c.gamma =
      d1_of_spot * (2 * a.first - both / spot + d1_of_spot * (spot * a.second - owed * b.second));
  return c;
}

void w6_black_scholes(benchmark::State& state) {
  double spot = 105, strike = 100, rate = 0.02, volatility = 0.25, time = 0.75;
  call c{};
  bench::escape(spot, strike, rate, volatility, time);
  auto* place = &c;
  benchmark::DoNotOptimize(place);
  auto const adolc = [&] {
#if BENCH_ADOLC
    double const at[] = {spot, strike, rate, volatility, time};
    bench::recording const tape(8, at, 5, [](adouble const* v) {
      auto const phi = [](adouble const& d) {
        return adouble(1 / (1 + exp(-d * (1.5976 + 0.07056 * d * d))));
      };
      adouble const deviation = v[3] * sqrt(v[4]);
      adouble const d1 = (log(v[0] / v[1]) + (v[2] + 0.5 * v[3] * v[3]) * v[4]) / deviation;
      return adouble(v[0] * phi(d1) - v[1] * exp(-v[2] * v[4]) * phi(d1 - deviation));
    });
    return [&, tape] {
      // Forward in the direction of the spot, then two orders of adjoints.
      double const in[] = {spot, strike, rate, volatility, time};
      double const direction[] = {1, 0, 0, 0, 0};
      double one = 1, slope_of_price = 0;
      double adjoints[5][2];
      double* rows[5] = {adjoints[0], adjoints[1], adjoints[2], adjoints[3], adjoints[4]};
      fos_forward(tape.tag, 1, 5, 2, const_cast<double*>(in), const_cast<double*>(direction),
                  &c.price, &slope_of_price);
      hos_reverse(tape.tag, 1, 5, 1, &one, rows);
      c.delta = adjoints[0][0], c.rho = adjoints[2][0], c.vega = adjoints[3][0];
      c.theta = adjoints[4][0], c.gamma = adjoints[0][1];
    };
#else
    return absent{};
#endif
  }();
  auto const boost = [&] {
#if BENCH_BOOST
    return [&] {
      using namespace boost::math::differentiation;
      auto const v = make_ftuple<double, 2, 1, 1, 1>(spot, rate, volatility, time);
      auto const& [s, r, sigma, t] = v;
      auto const phi = [](auto const& d) { return 1 / (1 + exp(-d * (1.5976 + 0.07056 * d * d))); };
      auto const deviation = sigma * sqrt(t);
      auto const d1 = (log(s / strike) + (r + sigma * sigma / 2) * t) / deviation;
      auto const price = s * phi(d1) - strike * exp(-r * t) * phi(d1 - deviation);
      c = {price.derivative(0, 0, 0, 0), price.derivative(1, 0, 0, 0),
           price.derivative(0, 1, 0, 0), price.derivative(0, 0, 1, 0),
           price.derivative(0, 0, 0, 1), price.derivative(2, 0, 0, 0)};
    };
#else
    return absent{};
#endif
  }();
  bench::measure(
      state, 20, 1e-11, bench::results(c.price, c.delta, c.rho, c.vega, c.theta, c.gamma),
      contender{"slope",
                [&]() __attribute__((always_inline)) {
                  slope::jit(greeks).into(c.price, c.delta, c.rho, c.vega, c.theta, c.gamma)(
                      spot, strike, rate, volatility, time);
}
}
, contender{"limit", [&]() __attribute__((always_inline)){
                         c = call_by_hand(spot, strike, rate, volatility, time);
}
},
      contender{"ADOL-C", adolc}, contender{"Boost", boost});
}

BENCHMARK(w6_rosenbrock)->Name("W6/rosenbrock/double/2")->Apply(bench::in_turns);
BENCHMARK(w6_black_scholes)->Name("W6/black_scholes/double/5")->Apply(bench::in_turns);

}  // namespace

BENCHMARK_MAIN();
