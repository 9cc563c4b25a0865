// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "../catch.hpp"
#include "functions.hpp"

#include <cstring>
#include <limits>

// Infinities, NaN, zeros with their signs, overflow: as IEEE 754 and PyTorch have them.

namespace {

template <class T>
[[maybe_unused]] constexpr T infinite = std::numeric_limits<T>::infinity();
template <class T>
[[maybe_unused]] constexpr T undefined = std::numeric_limits<T>::quiet_NaN();

template <class T>
bool identical(T a, T b) {
  if (a != a || b != b) return a != a && b != b;
  return std::memcmp(&a, &b, sizeof a) == 0;
}

/// f(x) and f(x, y) as scalar and in the second lane of a pack whose other lanes are harmless.
template <class T, class F>
bool gives(F f, T x, T expected) {
  using pack = math::native_pack<T>;
  T lanes[pack::lanes];
  for (auto& lane : lanes) lane = T(0.5);
  lanes[1] = x;
  T const volatile scalar = x;
  return identical<T>(f(T{scalar}), expected) && identical<T>(f(pack::load(lanes))[1], expected);
}
template <class T, class F>
bool gives(F f, T x, T y, T expected) {
  using pack = math::native_pack<T>;
  T lanes[pack::lanes];
  T others[pack::lanes];
  for (auto& lane : lanes) lane = T(0.5);
  for (auto& lane : others) lane = T(0.5);
  lanes[1] = x;
  others[1] = y;
  T const volatile first = x;
  T const volatile second = y;
  return identical<T>(f(T{first}, T{second}), expected) &&
         identical<T>(f(pack::load(lanes), pack::load(others))[1], expected);
}

}  // namespace

#if !defined(__FAST_MATH__)

TEMPLATE_TEST_CASE("exponentials at the edges", "", float, double) {
  using T = TestType;
  auto const exp = [](auto x) { return math::exp(x); };
  CHECK(gives<T>(exp, 0, 1));
  CHECK(gives<T>(exp, infinite<T>, infinite<T>));
  CHECK(gives<T>(exp, -infinite<T>, 0));
  CHECK(gives<T>(exp, undefined<T>, undefined<T>));
  CHECK(gives<T>(exp, T(1e30), infinite<T>));
  CHECK(gives<T>(exp, T(-1e30), 0));
  CHECK(gives<T>(exp, sizeof(T) == 8 ? T(709.8) : T(88.73), infinite<T>));
  CHECK(math::exp(sizeof(T) == 8 ? T(709.78) : T(88.72)) < infinite<T>);
  CHECK(math::exp(sizeof(T) == 8 ? T(-745) : T(-103)) == std::numeric_limits<T>::denorm_min());

  auto const exp2 = [](auto x) { return math::exp2(x); };
  CHECK(gives<T>(exp2, 10, 1024));
  CHECK(gives<T>(exp2, -3, T(0.125)));
  CHECK(gives<T>(exp2, infinite<T>, infinite<T>));
  CHECK(gives<T>(exp2, -infinite<T>, 0));
  CHECK(gives<T>(exp2, undefined<T>, undefined<T>));
  CHECK(gives<T>(exp2, std::numeric_limits<T>::max_exponent, infinite<T>));

  auto const expm1 = [](auto x) { return math::expm1(x); };
  CHECK(gives<T>(expm1, T(-0.0), T(-0.0)));
  CHECK(gives<T>(expm1, infinite<T>, infinite<T>));
  CHECK(gives<T>(expm1, -infinite<T>, -1));
  CHECK(gives<T>(expm1, undefined<T>, undefined<T>));
  T const least = std::numeric_limits<T>::denorm_min();
  CHECK(gives<T>(expm1, least, least));

  auto const sigmoid = [](auto x) { return math::sigmoid(x); };
  CHECK(gives<T>(sigmoid, 0, T(0.5)));
  CHECK(gives<T>(sigmoid, infinite<T>, 1));
  CHECK(gives<T>(sigmoid, -infinite<T>, 0));
  CHECK(gives<T>(sigmoid, undefined<T>, undefined<T>));
  CHECK(math::sigmoid(sizeof(T) == 8 ? T(-744) : T(-103)) > 0);

  auto const softplus = [](auto x) { return math::softplus(x); };
  CHECK(gives<T>(softplus, infinite<T>, infinite<T>));
  CHECK(gives<T>(softplus, -infinite<T>, 0));
  CHECK(gives<T>(softplus, undefined<T>, undefined<T>));
  CHECK(gives<T>(softplus, T(1e30), T(1e30)));
}

TEMPLATE_TEST_CASE("logarithms at the edges", "", float, double) {
  using T = TestType;
  auto const common = [](auto f) {
    CHECK(gives<T>(f, 0, -infinite<T>));
    CHECK(gives<T>(f, T(-0.0), -infinite<T>));
    CHECK(gives<T>(f, 1, 0));
    CHECK(gives<T>(f, -1, undefined<T>));
    CHECK(gives<T>(f, -infinite<T>, undefined<T>));
    CHECK(gives<T>(f, infinite<T>, infinite<T>));
    CHECK(gives<T>(f, undefined<T>, undefined<T>));
  };
  common([](auto x) { return math::log(x); });
  common([](auto x) { return math::log2(x); });
  common([](auto x) { return math::log10(x); });
  CHECK(gives<T>([](auto x) { return math::log2(x); }, 8, 3));
  CHECK(gives<T>([](auto x) { return math::log10(x); }, 1000, 3));

  auto const log1p = [](auto x) { return math::log1p(x); };
  CHECK(gives<T>(log1p, -1, -infinite<T>));
  CHECK(gives<T>(log1p, T(-1.5), undefined<T>));
  CHECK(gives<T>(log1p, T(-0.0), T(-0.0)));
  CHECK(gives<T>(log1p, infinite<T>, infinite<T>));
  CHECK(gives<T>(log1p, -infinite<T>, undefined<T>));
  CHECK(gives<T>(log1p, undefined<T>, undefined<T>));

  auto const sqrt = [](auto x) { return math::sqrt(x); };
  CHECK(gives<T>(sqrt, T(-0.0), T(-0.0)));
  CHECK(gives<T>(sqrt, -1, undefined<T>));
  CHECK(gives<T>(sqrt, infinite<T>, infinite<T>));
}

TEMPLATE_TEST_CASE("trigonometric functions at the edges", "", float, double) {
  using T = TestType;
  auto const sin = [](auto x) { return math::sin(x); };
  auto const cos = [](auto x) { return math::cos(x); };
  auto const tan = [](auto x) { return math::tan(x); };
  for (T const x : {infinite<T>, -infinite<T>, undefined<T>}) {
    CHECK(gives<T>(sin, x, undefined<T>));
    CHECK(gives<T>(cos, x, undefined<T>));
    CHECK(gives<T>(tan, x, undefined<T>));
  }
  CHECK(gives<T>(sin, T(-0.0), T(-0.0)));
  CHECK(gives<T>(sin, 0, 0));
  CHECK(gives<T>(tan, T(-0.0), T(-0.0)));
  CHECK(gives<T>(cos, 0, 1));
  CHECK(gives<T>([](auto x) { return math::sincos(x).sin; }, T(-0.0), T(-0.0)));
  CHECK(gives<T>([](auto x) { return math::sincos(x).cos; }, T(-0.0), 1));

  auto const asin = [](auto x) { return math::asin(x); };
  auto const acos = [](auto x) { return math::acos(x); };
  auto const atan = [](auto x) { return math::atan(x); };
  T const half_pi = static_cast<T>(1.5707963267948966);
  for (T const x : {T(1.5), T(-1.5), infinite<T>, undefined<T>}) {
    CHECK(gives<T>(asin, x, undefined<T>));
    CHECK(gives<T>(acos, x, undefined<T>));
  }
  CHECK(gives<T>(asin, 1, half_pi));
  CHECK(gives<T>(asin, -1, -half_pi));
  CHECK(gives<T>(asin, T(-0.0), T(-0.0)));
  CHECK(gives<T>(acos, 1, 0));
  CHECK(gives<T>(acos, -1, 2 * half_pi));
  CHECK(gives<T>(acos, 0, half_pi));
  CHECK(gives<T>(atan, infinite<T>, half_pi));
  CHECK(gives<T>(atan, -infinite<T>, -half_pi));
  CHECK(gives<T>(atan, T(-0.0), T(-0.0)));
  CHECK(gives<T>(atan, undefined<T>, undefined<T>));

  auto const atan2 = [](auto y, auto x) { return math::atan2(y, x); };
  T const pi = 2 * half_pi;
  CHECK(gives<T>(atan2, 0, 0, 0));
  CHECK(gives<T>(atan2, T(-0.0), 0, T(-0.0)));
  CHECK(gives<T>(atan2, 0, T(-0.0), pi));
  CHECK(gives<T>(atan2, T(-0.0), T(-0.0), -pi));
  CHECK(gives<T>(atan2, 0, 1, 0));
  CHECK(gives<T>(atan2, 0, -1, pi));
  CHECK(gives<T>(atan2, 1, 0, half_pi));
  CHECK(gives<T>(atan2, -1, T(-0.0), -half_pi));
  CHECK(gives<T>(atan2, infinite<T>, 1, half_pi));
  CHECK(gives<T>(atan2, -infinite<T>, -1, -half_pi));
  CHECK(gives<T>(atan2, 1, infinite<T>, 0));
  CHECK(gives<T>(atan2, -1, infinite<T>, T(-0.0)));
  CHECK(gives<T>(atan2, 1, -infinite<T>, pi));
  CHECK(gives<T>(atan2, infinite<T>, infinite<T>, half_pi / 2));
  CHECK(gives<T>(atan2, -infinite<T>, infinite<T>, -half_pi / 2));
  CHECK(gives<T>(atan2, infinite<T>, -infinite<T>, static_cast<T>(2.356194490192345)));
  CHECK(gives<T>(atan2, undefined<T>, 1, undefined<T>));
  CHECK(gives<T>(atan2, 1, undefined<T>, undefined<T>));
}

TEMPLATE_TEST_CASE("hyperbolic and error functions at the edges", "", float, double) {
  using T = TestType;
  auto const sinh = [](auto x) { return math::sinh(x); };
  CHECK(gives<T>(sinh, T(-0.0), T(-0.0)));
  CHECK(gives<T>(sinh, infinite<T>, infinite<T>));
  CHECK(gives<T>(sinh, -infinite<T>, -infinite<T>));
  CHECK(gives<T>(sinh, undefined<T>, undefined<T>));
  auto const cosh = [](auto x) { return math::cosh(x); };
  CHECK(gives<T>(cosh, 0, 1));
  CHECK(gives<T>(cosh, infinite<T>, infinite<T>));
  CHECK(gives<T>(cosh, -infinite<T>, infinite<T>));
  CHECK(gives<T>(cosh, undefined<T>, undefined<T>));
  auto const tanh = [](auto x) { return math::tanh(x); };
  CHECK(gives<T>(tanh, T(-0.0), T(-0.0)));
  CHECK(gives<T>(tanh, infinite<T>, 1));
  CHECK(gives<T>(tanh, -infinite<T>, -1));
  CHECK(gives<T>(tanh, undefined<T>, undefined<T>));
  auto const erf = [](auto x) { return math::erf(x); };
  CHECK(gives<T>(erf, T(-0.0), T(-0.0)));
  CHECK(gives<T>(erf, infinite<T>, 1));
  CHECK(gives<T>(erf, -infinite<T>, -1));
  CHECK(gives<T>(erf, undefined<T>, undefined<T>));
  auto const erfc = [](auto x) { return math::erfc(x); };
  CHECK(gives<T>(erfc, 0, 1));
  CHECK(gives<T>(erfc, infinite<T>, 0));
  CHECK(gives<T>(erfc, -infinite<T>, 2));
  CHECK(gives<T>(erfc, undefined<T>, undefined<T>));
  auto const ndtr = [](auto x) { return math::ndtr(x); };
  CHECK(gives<T>(ndtr, 0, T(0.5)));
  CHECK(gives<T>(ndtr, infinite<T>, 1));
  CHECK(gives<T>(ndtr, -infinite<T>, 0));
  CHECK(gives<T>(ndtr, std::numeric_limits<T>::lowest(), 0));
  CHECK(gives<T>(ndtr, undefined<T>, undefined<T>));
}

TEMPLATE_TEST_CASE("powers at the edges", "", float, double) {
  using T = TestType;
  auto const pow = [](auto x, auto y) { return math::pow(x, y); };
  for (T const x : {T(0), T(-0.0), T(1), T(-2), infinite<T>, -infinite<T>, undefined<T>}) {
    CHECK(gives<T>(pow, x, 0, 1));
    CHECK(gives<T>(pow, x, T(-0.0), 1));
    CHECK(gives<T>(pow, 1, x, 1));
  }
  CHECK(gives<T>(pow, 0, 2, 0));
  CHECK(gives<T>(pow, 0, -2, infinite<T>));
  CHECK(gives<T>(pow, 0, -1, infinite<T>));
  CHECK(gives<T>(pow, T(-0.0), -1, -infinite<T>));
  CHECK(gives<T>(pow, T(-0.0), 3, T(-0.0)));
  CHECK(gives<T>(pow, T(-0.0), 2, 0));
  CHECK(gives<T>(pow, T(-0.0), T(0.5), 0));
  CHECK(gives<T>(pow, T(-0.0), T(-0.5), infinite<T>));
  CHECK(gives<T>(pow, -2, 3, -8));
  CHECK(gives<T>(pow, -2, 4, 16));
  CHECK(gives<T>(pow, -2, -1, T(-0.5)));
  CHECK(gives<T>(pow, -2, T(0.5), undefined<T>));
  CHECK(gives<T>(pow, -2, T(1e30), infinite<T>));
  CHECK(gives<T>(pow, -1, infinite<T>, 1));
  CHECK(gives<T>(pow, -1, -infinite<T>, 1));
  CHECK(gives<T>(pow, 2, infinite<T>, infinite<T>));
  CHECK(gives<T>(pow, 2, -infinite<T>, 0));
  CHECK(gives<T>(pow, T(0.5), infinite<T>, 0));
  CHECK(gives<T>(pow, T(0.5), -infinite<T>, infinite<T>));
  CHECK(gives<T>(pow, T(-0.5), -infinite<T>, infinite<T>));
  CHECK(gives<T>(pow, infinite<T>, 2, infinite<T>));
  CHECK(gives<T>(pow, infinite<T>, -2, 0));
  CHECK(gives<T>(pow, -infinite<T>, 3, -infinite<T>));
  CHECK(gives<T>(pow, -infinite<T>, 2, infinite<T>));
  CHECK(gives<T>(pow, -infinite<T>, -3, T(-0.0)));
  CHECK(gives<T>(pow, -infinite<T>, T(0.5), infinite<T>));
  CHECK(gives<T>(pow, 2, std::numeric_limits<T>::max(), infinite<T>));
  CHECK(gives<T>(pow, 2, -std::numeric_limits<T>::max(), 0));
  CHECK(gives<T>(pow, undefined<T>, 1, undefined<T>));
  CHECK(gives<T>(pow, 2, undefined<T>, undefined<T>));
  CHECK(gives<T>(pow, 10, 3, 1000));
  CHECK(gives<T>(pow, 3, 4, 81));
}

TEMPLATE_TEST_CASE("inverse hyperbolic functions at the edges", "", float, double) {
  using T = TestType;
  T const least = std::numeric_limits<T>::denorm_min();
  auto const asinh = [](auto x) { return math::asinh(x); };
  for (T const x : {T(0), T(-0.0), least, -least, infinite<T>, -infinite<T>, undefined<T>})
    CHECK(gives<T>(asinh, x, x));
  auto const acosh = [](auto x) { return math::acosh(x); };
  CHECK(gives<T>(acosh, 1, 0));
  CHECK(gives<T>(acosh, infinite<T>, infinite<T>));
  for (T const x : {T(0), T(0.9), T(-2), -infinite<T>, undefined<T>})
    CHECK(gives<T>(acosh, x, undefined<T>));
  auto const atanh = [](auto x) { return math::atanh(x); };
  for (T const x : {T(0), T(-0.0), least, -least}) CHECK(gives<T>(atanh, x, x));
  CHECK(gives<T>(atanh, 1, infinite<T>));
  CHECK(gives<T>(atanh, -1, -infinite<T>));
  for (T const x : {T(1.5), T(-2), infinite<T>, -infinite<T>, undefined<T>})
    CHECK(gives<T>(atanh, x, undefined<T>));
}

TEMPLATE_TEST_CASE("incomplete gamma functions at their ends", "", float, double) {
  using T = TestType;
  auto const lower = [](auto a, auto x) { return math::igamma(a, x); };
  auto const upper = [](auto a, auto x) { return math::igammac(a, x); };
  T const inf = infinite<T>, nan = undefined<T>;
  T const cases[][3] = {{1, 0, 0},       {0, 1, 1},     {0, 0, nan},     {inf, 1, 0},
                        {2, inf, 1},     {inf, inf, nan}, {-1, 1, nan},  {1, -1, nan},
                        {nan, 1, nan},   {1, nan, nan}, {T(1e30), 1, 0}, {1, T(1e30), 1},
                        {T(1e30), T(2e30), 1}};
  for (auto const& c : cases) {
    CAPTURE(c[0], c[1]);
    CHECK(gives<T>(lower, c[0], c[1], c[2]));
    CHECK(gives<T>(upper, c[0], c[1], 1 - c[2]));
  }
  // Half of the mass is left of a, but for the skewness.
  T const large = sizeof(T) == 8 ? T(1e14) : T(1e10f);
  CHECK(math::abs(math::igamma(large, large) - T(0.5)) < T(1e-5));
}

TEMPLATE_TEST_CASE("inverse error functions at the edges", "", float, double) {
  using T = TestType;
  auto const erfinv = [](auto x) { return math::erfinv(x); };
  CHECK(gives<T>(erfinv, 0, 0));
  CHECK(gives<T>(erfinv, T(-0.0), T(-0.0)));
  CHECK(gives<T>(erfinv, 1, infinite<T>));
  CHECK(gives<T>(erfinv, -1, -infinite<T>));
  for (T const x : {T(1.5), T(-2), infinite<T>, -infinite<T>, undefined<T>})
    CHECK(gives<T>(erfinv, x, undefined<T>));
  auto const ndtri = [](auto x) { return math::ndtri(x); };
  CHECK(gives<T>(ndtri, T(0.5), 0));
  CHECK(gives<T>(ndtri, 0, -infinite<T>));
  CHECK(gives<T>(ndtri, T(-0.0), -infinite<T>));
  CHECK(gives<T>(ndtri, 1, infinite<T>));
  for (T const x : {T(1.5), T(-2), infinite<T>, -infinite<T>, undefined<T>})
    CHECK(gives<T>(ndtri, x, undefined<T>));
}

TEMPLATE_TEST_CASE("gamma functions at the edges", "", float, double) {
  using T = TestType;
  T const least = std::numeric_limits<T>::denorm_min();
  auto const lgamma = [](auto x) { return math::lgamma(x); };
  CHECK(gives<T>(lgamma, 1, 0));
  CHECK(gives<T>(lgamma, 2, 0));
  for (T const x : {T(0), T(-0.0), T(-1), T(-2), T(-1e15), infinite<T>, -infinite<T>,
                    std::numeric_limits<T>::max(), -std::numeric_limits<T>::max()})
    CHECK(gives<T>(lgamma, x, infinite<T>));
  CHECK(gives<T>(lgamma, undefined<T>, undefined<T>));
  T const log_of_least = sizeof(T) == 8 ? T(744.4400719213812) : T(103.27893);
  CHECK(gives<T>(lgamma, least, log_of_least));
  CHECK(gives<T>(lgamma, -least, log_of_least));

  auto const digamma = [](auto x) { return math::digamma(x); };
  for (T const x : {T(0), least}) CHECK(gives<T>(digamma, x, -infinite<T>));
  for (T const x : {T(-0.0), -least, infinite<T>}) CHECK(gives<T>(digamma, x, infinite<T>));
  for (T const x : {T(-1), T(-2), T(-1e15), -infinite<T>, undefined<T>})
    CHECK(gives<T>(digamma, x, undefined<T>));
  CHECK(gives<T>([](auto x) { return math::polygamma(0, x); }, infinite<T>, infinite<T>));

  auto const trigamma = [](auto x) { return math::trigamma(x); };
  for (T const x : {T(0), T(-0.0), least, T(-1), T(-2), T(-1e15)})
    CHECK(gives<T>(trigamma, x, infinite<T>));
  CHECK(gives<T>(trigamma, infinite<T>, 0));
  CHECK(gives<T>(trigamma, -infinite<T>, undefined<T>));
  CHECK(gives<T>(trigamma, undefined<T>, undefined<T>));
  CHECK(gives<T>(trigamma, T(1e30), T(1) / T(1e30)));

  auto const second = [](auto x) { return math::polygamma(2, x); };
  for (T const x : {T(0), T(-0.0), least, T(-1), T(-2), -infinite<T>})
    CHECK(gives<T>(second, x, -infinite<T>));
  CHECK(gives<T>(second, infinite<T>, T(-0.0)));
  CHECK(gives<T>(second, undefined<T>, undefined<T>));
  CHECK(gives<T>([](auto x) { return math::polygamma(-1, x); }, 1, undefined<T>));
  CHECK(gives<T>([](auto x) { return math::polygamma(1000, x); }, 1, undefined<T>));
  // n! to rounding, as zeta(n + 1, 1) = 1 + 2^-(n+1) + ...
  CHECK(static_cast<double>(math::polygamma(20, T(1))) == Approx(-2.4329032e18).epsilon(1e-6));
}

TEMPLATE_TEST_CASE("Bessel functions at the edges", "", float, double) {
  using T = TestType;
  T const least = std::numeric_limits<T>::denorm_min();
  auto const i0 = [](auto x) { return math::i0(x); };
  auto const i1 = [](auto x) { return math::i1(x); };
  auto const i0e = [](auto x) { return math::i0e(x); };
  auto const i1e = [](auto x) { return math::i1e(x); };
  for (T const x : {T(0), T(-0.0), least}) {
    CHECK(gives<T>(i0, x, 1));
    CHECK(gives<T>(i0e, x, 1));
  }
  for (T const x : {T(0), T(-0.0)}) {
    CHECK(gives<T>(i1, x, 0));
    CHECK(gives<T>(i1e, x, 0));
  }
  for (T const x : {infinite<T>, -infinite<T>, undefined<T>}) {
    CHECK(gives<T>(i0, x, undefined<T>));
    CHECK(gives<T>(i1, x, undefined<T>));
  }
  CHECK(gives<T>(i0, T(1e30), infinite<T>));
  CHECK(gives<T>(i0, T(-1e30), infinite<T>));
  CHECK(gives<T>(i1, T(-1e30), -infinite<T>));
  CHECK(math::i0(sizeof(T) == 8 ? T(713.9) : T(91.9)) < infinite<T>);
  CHECK(gives<T>(i0, sizeof(T) == 8 ? T(714) : T(92), infinite<T>));
  CHECK(gives<T>(i0e, infinite<T>, 0));
  CHECK(gives<T>(i0e, -infinite<T>, 0));
  CHECK(gives<T>(i1e, infinite<T>, 0));
  CHECK(gives<T>(i1e, -infinite<T>, T(-0.0)));
  CHECK(gives<T>(i0e, undefined<T>, undefined<T>));
  CHECK(gives<T>(i1e, undefined<T>, undefined<T>));
}

TEMPLATE_TEST_CASE("lengths and remainders at the edges", "", float, double) {
  using T = TestType;
  T const least = std::numeric_limits<T>::denorm_min();
  T const largest = std::numeric_limits<T>::max();
  auto const hypot = [](auto x, auto y) { return math::hypot(x, y); };
  for (T const x : {T(0), T(-0.0), T(3), undefined<T>, infinite<T>}) {
    CHECK(gives<T>(hypot, x, infinite<T>, infinite<T>));
    CHECK(gives<T>(hypot, -infinite<T>, x, infinite<T>));
  }
  CHECK(gives<T>(hypot, T(-0.0), T(-0.0), 0));
  CHECK(gives<T>(hypot, 3, -4, 5));
  CHECK(gives<T>(hypot, undefined<T>, 1, undefined<T>));
  CHECK(gives<T>(hypot, least, 0, least));
  CHECK(gives<T>(hypot, 0, -largest, largest));
  CHECK(gives<T>(hypot, largest, largest, infinite<T>));

  auto const fmod = [](auto x, auto y) { return math::fmod(x, y); };
  auto const remainder = [](auto x, auto y) { return math::remainder(x, y); };
  for (T const x : {T(0), T(-0.0), T(5), T(-5), infinite<T>, -infinite<T>, undefined<T>})
    for (T const y : {T(0), T(-0.0), T(3), T(-3), T(0.5), infinite<T>, -infinite<T>, undefined<T>,
                      largest, least}) {
      CAPTURE(x, y);
      T const expected = std::fmod(x, y);
      CHECK(gives<T>(fmod, x, y, expected));
      bool const other_side = expected != 0 && (expected < 0) != (y < 0);
      CHECK(gives<T>(remainder, x, y, other_side ? expected + y : expected));
    }
  CHECK(gives<T>(fmod, largest, least, 0));
  CHECK(gives<T>(fmod, -largest, 3, std::fmod(-largest, T(3))));
  CHECK(gives<T>(fmod, largest, T(1e-30), std::fmod(largest, T(1e-30))));
  CHECK(gives<T>(remainder, -2, -2, T(-0.0)));
  CHECK(gives<T>(remainder, 5, -infinite<T>, -infinite<T>));
  CHECK(math::signbit(T(-0.0)));
  CHECK(math::signbit(-infinite<T>));
  CHECK_FALSE(math::signbit(T(0)));
  CHECK(math::signbit(math::native_pack<T>::broadcast(T(-0.0))).all());
}

#endif

TEMPLATE_TEST_CASE("rounding, signs and comparisons", "", float, double) {
  using T = TestType;
  auto const round = [](auto x) { return math::round(x); };
  auto const floor = [](auto x) { return math::floor(x); };
  auto const ceil = [](auto x) { return math::ceil(x); };
  auto const trunc = [](auto x) { return math::trunc(x); };
  T const big = sizeof(T) == 8 ? T(0x1p52) - T(0.5) : T(0x1p23) - T(0.5);
  for (T const x : {T(0), T(0.3), T(0.5), T(0.7), T(1), T(1.5), T(2.5), T(3.5), T(1e10), big,
                    std::numeric_limits<T>::max()}) {
    CAPTURE(x);
    CHECK(gives<T>(round, x, std::nearbyint(x)));
    CHECK(gives<T>(round, -x, std::nearbyint(-x)));
    CHECK(gives<T>(floor, x, std::floor(x)));
    CHECK(gives<T>(floor, -x, std::floor(-x)));
    CHECK(gives<T>(ceil, x, std::ceil(x)));
    CHECK(gives<T>(ceil, -x, std::ceil(-x)));
    CHECK(gives<T>(trunc, x, std::trunc(x)));
    CHECK(gives<T>(trunc, -x, std::trunc(-x)));
  }
  CHECK(gives<T>([](auto x) { return math::abs(x); }, T(-2.5), T(2.5)));
  CHECK(gives<T>([](auto x) { return math::sign(x); }, T(-2.5), T(-1)));
  CHECK(gives<T>([](auto x) { return math::sign(x); }, T(0), T(0)));
  CHECK(gives<T>([](auto x, auto y) { return math::copysign(x, y); }, 3, T(-2), -3));
  CHECK(gives<T>([](auto x, auto y) { return math::maximum(x, y); }, 3, -2, 3));
  CHECK(gives<T>([](auto x, auto y) { return math::minimum(x, y); }, 3, -2, -2));
#if !defined(__FAST_MATH__)
  auto const maximum = [](auto x, auto y) { return math::maximum(x, y); };
  auto const minimum = [](auto x, auto y) { return math::minimum(x, y); };
  CHECK(gives<T>(maximum, undefined<T>, 1, undefined<T>));
  CHECK(gives<T>(maximum, 1, undefined<T>, undefined<T>));
  CHECK(gives<T>(minimum, undefined<T>, 1, undefined<T>));
  CHECK(gives<T>(minimum, 1, undefined<T>, undefined<T>));
  CHECK(gives<T>([](auto x) { return math::sign(x); }, undefined<T>, 0));
  CHECK(gives<T>(round, infinite<T>, infinite<T>));
  CHECK(gives<T>(floor, undefined<T>, undefined<T>));
  CHECK(math::is_nan(undefined<T>));
  CHECK_FALSE(math::is_nan(infinite<T>));
  CHECK_FALSE(math::is_finite(infinite<T>));
  CHECK(math::is_finite(std::numeric_limits<T>::max()));
#endif
}

TEST_CASE("integer powers") {
  CHECK(math::pow_integer(3.0, 5) == 243);
  CHECK(math::pow_integer(2.0, -3) == 0.125);
  CHECK(math::pow_integer(-2.f, 3) == -8);
  CHECK(math::pow_integer(7, 2) == 49);
  CHECK(math::pow_integer(5.0, 0) == 1);
  CHECK(math::pow_integer<5>(3.0) == 243);
  CHECK(math::pow_integer<-2>(2.f) == 0.25f);
  CHECK(math::pow_integer<0>(0.0) == 1);
  auto const p = math::pow_integer<3>(math::pack<double, 2>::broadcast(3));
  CHECK(p[0] == 27);
  CHECK(math::pow_integer(math::pack<std::int64_t, 4>::broadcast(-3), 3)[2] == -27);
}

TEST_CASE("remainders of integers") {
  CHECK(math::fmod(-7, 3) == -1);
  CHECK(math::remainder(-7, 3) == 2);
  CHECK(math::remainder(7, -3) == -2);
  CHECK(math::remainder(6, -3) == 0);
  CHECK(math::remainder(7, 0) == 0);
  using pack = math::pack<std::int64_t, 2>;
  CHECK(math::remainder(pack::broadcast(-7), pack::broadcast(3))[1] == 2);
  CHECK(math::fmod(pack::broadcast(-7), pack::broadcast(3))[1] == -1);
}
