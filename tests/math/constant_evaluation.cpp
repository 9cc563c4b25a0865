// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "../catch.hpp"
#include "functions.hpp"

#include <cstring>

// Constant evaluation against the same functions called at run time. Machines that fuse a
// multiplication with an addition round differently in the last places; others do not.

namespace {

#if defined(__FMA__) || defined(__aarch64__) || defined(__FAST_MATH__)
constexpr bool same_rounding = false;
#else
constexpr bool same_rounding = true;
#endif

constexpr int count = 12;
template <class T>
constexpr T arguments[count] = {T(-0.9), T(-0.5), T(-0.1), T(1e-3), T(0.1), T(0.25),
                                T(0.5),  T(0.75), T(0.9),  T(1.5),  T(10),  T(1e5)};

template <class T>
struct values {
  T of[count];
};

template <class T, class F>
constexpr values<T> apply(F f) {
  values<T> r{};
  for (int i = 0; i < count; ++i) r.of[i] = f(arguments<T>[i]);
  return r;
}

template <class T>
bool agree(T a, T b) {
  if (a != a || b != b) return a != a && b != b;
  if (same_rounding) return std::memcmp(&a, &b, sizeof a) == 0;
  return a == b || math::abs(a - b) <= math::abs(b) * (sizeof(T) == 8 ? T(1e-15) : T(6e-7));
}

template <class T, class F>
void compare(char const* name, F f) {
  constexpr values<T> constant = apply<T>(F{});
  for (int i = 0; i < count; ++i) {
    T const volatile x = arguments<T>[i];
    T const now = f(T{x});
    CAPTURE(name, T{x}, constant.of[i], now);
    if (math::fast_math && !math::is_finite(constant.of[i])) continue;
    CHECK(agree(constant.of[i], now));
  }
}

// Cheap enough for tensors: the steps of one call, times this, stay far below clang's limit.
constexpr double many_calls() {
  double sum = 0;
  for (int i = 0; i < 400; ++i) sum += math::exp(math::sin(0.01 * i));
  return sum;
}
static_assert(many_calls() > 400);

static_assert(math::exp(0.0) == 1 && math::exp(0.f) == 1);
static_assert(math::log(1.0) == 0 && math::log2(8.0) == 3 && math::log10(1000.0) == 3);
static_assert(math::sqrt(2.0) == 0x1.6a09e667f3bcdp0 && math::sqrt(16.f) == 4);
static_assert(math::sqrt(5e-324) == 0x1p-537 && math::sqrt(0x1p1022) == 0x1p511);
static_assert(math::sin(0.0) == 0 && math::cos(0.0) == 1 && math::cos(0.f) == 1);
static_assert(math::pow(2.0, 10.0) == 1024 && math::pow(-2.f, 3.f) == -8);
// Overflow, NaN and infinities are results, not errors, in constant expressions too.
[[maybe_unused]] constexpr double infinite = __builtin_inf();
[[maybe_unused]] constexpr double undefined = __builtin_nan("");
#if !defined(__FAST_MATH__)
static_assert(math::exp(1000.0) == infinite && math::exp(-infinite) == 0);
static_assert(math::exp(100.f) == static_cast<float>(infinite) && math::exp2(2000.0) == infinite);
static_assert(math::expm1(1000.0) == infinite && math::expm1(-infinite) == -1);
static_assert(math::cosh(1000.0) == infinite && math::sinh(-1e10) == -infinite);
static_assert(math::log(1e308) > 709 && math::log10(3e38f) > 38 && math::pow(1e308, 0.5) > 1e153);
static_assert(math::log(0.0) == -infinite && math::is_nan(math::log(-1.0)));
static_assert(math::log1p(-1.0) == -infinite && math::log1p(infinite) == infinite);
static_assert(math::is_nan(math::exp(undefined)) && math::is_nan(math::log(undefined)));
static_assert(math::is_nan(math::sin(infinite)) && math::is_nan(math::tan(undefined)));
static_assert(math::is_nan(math::asin(2.0)) && math::is_nan(math::sqrt(-1.0)));
static_assert(math::tanh(infinite) == 1 && math::erf(1e300) == 1 && math::erfc(1e300) == 0);
static_assert(math::sigmoid(-1e300) == 0 && math::softplus(infinite) == infinite);
static_assert(math::pow(10.0, 400.0) == infinite && math::pow(10.f, 50.f) == __builtin_inff());
static_assert(math::pow(0.0, -1.0) == infinite && math::pow(2.0, -infinite) == 0);
static_assert(math::pow(undefined, 0.0) == 1 && math::is_nan(math::pow(-2.0, 0.5)));
static_assert(math::pow(-1.0, infinite) == 1 && math::atan2(infinite, infinite) < 0.8);
static_assert(math::asinh(-infinite) == -infinite && math::acosh(infinite) == infinite);
static_assert(math::is_nan(math::acosh(0.5)) && math::atanh(-1.0) == -infinite);
static_assert(math::is_nan(math::asinh(undefined)) && math::is_nan(math::atanh(undefined)));
static_assert(math::erfinv(1.0) == infinite && math::is_nan(math::erfinv(undefined)));
static_assert(math::ndtr(-infinite) == 0 && math::ndtr(1e300) == 1 && math::ndtr(-1e38f) == 0);
static_assert(math::ndtri(0.f) == -__builtin_inff() && math::is_nan(math::ndtri(-0.1)));
static_assert(math::lgamma(-1.0) == infinite && math::lgamma(1e308) == infinite);
static_assert(math::lgamma(1e38f) == __builtin_inff() && math::is_nan(math::lgamma(undefined)));
static_assert(math::digamma(0.0) == -infinite && math::is_nan(math::digamma(-infinite)));
static_assert(math::digamma(1e-39f) == -__builtin_inff() && math::trigamma(1e-300) == infinite);
static_assert(math::trigamma(infinite) == 0 && math::polygamma(9, 1e-35) == infinite);
static_assert(math::is_nan(math::polygamma(3, undefined)) &&
              math::polygamma(40, -3.0) == -infinite);
static_assert(math::is_nan(math::i0(infinite)) && math::i1(-1e6) == -infinite);
static_assert(math::i0(100.f) == __builtin_inff() && math::i0e(infinite) == 0);
static_assert(math::is_nan(math::i1e(undefined)) && math::i0e(1e300) > 0);
static_assert(math::hypot(infinite, undefined) == infinite && math::hypot(1e308, 1e308) > 1e308);
static_assert(math::hypot(-3e38f, 3e38f) == __builtin_inff());
static_assert(math::is_nan(math::fmod(infinite, 1.0)) && math::is_nan(math::fmod(1.0, 0.0)));
static_assert(math::remainder(5.0, -infinite) == -infinite && math::fmod(1e308, 5e-324) == 0);
static_assert(math::is_nan(math::remainder(undefined, 2.0)));
static_assert(math::floor(infinite) == infinite && math::is_nan(math::round(undefined)));
#endif
static_assert(math::lgamma(1.0) == 0 && math::lgamma(2.f) == 0 && math::i0(0.f) == 1);
static_assert(math::hypot(3.0, 4.0) == 5 && math::fmod(-7.0, 3.0) == -1);
static_assert(math::remainder(-7.f, 3.f) == 2 && math::remainder(7, -3) == -2);
static_assert(math::signbit(-0.0) && !math::signbit(0.f) && math::asinh(0.0) == 0);
static_assert(math::sin(1e300) < 1 && math::cos(1e22) < 1);

static_assert(math::round(2.5) == 2 && math::floor(-0.5) == -1 && math::sign(-3) == -1);
static_assert(math::maximum(2, 3) == 3 && math::select(true, 1.f, 2.f) == 1);
static_assert(math::convert<int>(2.75f) == 2 && math::to_number<double>(true) == 1);

}  // namespace

TEMPLATE_TEST_CASE("constant evaluation is run time", "", float, double) {
  each_unary([](char const* name, double, auto f) { compare<TestType>(name, f); });
  each_binary([](char const* name, double, auto f) {
    compare<TestType>(name, [](auto x) { return decltype(f){}(x, math::like(x, 0.75)); });
  });
}

TEST_CASE("square roots at compile time are those of the machine") {
  std::uint64_t state = 1;
  for (int i = 0; i < 20000; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    double const x = math::abs(__builtin_bit_cast(double, state >> 1));
    if (!math::is_finite(x) || (math::fast_math && x < 1e-300)) continue;
    CHECK(math::detail::sqrt_constant(x) == __builtin_sqrt(x));
    auto const y = __builtin_bit_cast(float, static_cast<std::uint32_t>(state >> 33));
    if (!math::is_finite(y) || (math::fast_math && y < 1e-30f)) continue;
    CHECK(math::detail::sqrt_constant(y) == __builtin_sqrtf(y));
  }
}
