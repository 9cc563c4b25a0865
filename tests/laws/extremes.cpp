// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Huge and tiny elements, whose squares overflow and underflow: where torch's value or gradient is
// finite, so is ours; the same one, or the exact one.
#include <slope/slope.hpp>

#include <cmath>
#include <limits>

#include "catch.hpp"

using namespace slope;

namespace {

template <class T>
using row = tensor<T, 1, 3>;

/// Huge and tiny numbers of a type.
template <class T>
constexpr T huge = sizeof(T) == 8 ? T(1e200) : T(1e30f);
template <class T>
constexpr T tiny = sizeof(T) == 8 ? T(1e-200) : T(1e-30f);

template <class T>
constexpr row<T> first(T size) {
  return {{size, 2 * size, -3 * size}};
}
template <class T>
constexpr row<T> second(T size) {
  return {{2 * size, size, size / 2}};
}

template <class T>
bool near(T got, double want) {
  double const bound = (sizeof(T) == 8 ? 1e-14 : 1e-5) * std::abs(want) +
                       static_cast<double>(std::numeric_limits<T>::denorm_min());
  return std::abs(static_cast<double>(got) - want) <= bound;
}
template <class T>
bool near(row<T> const& got, double a, double b, double c) {
  CAPTURE(got(0, 0), got(0, 1), got(0, 2), a, b, c);
  bool const all = near(got(0, 0), a) && near(got(0, 1), b) && near(got(0, 2), c);
  CHECK(all);
  return all;
}
template <class T>
bool finite(row<T> const& x) {
  return std::isfinite(x(0, 0)) && std::isfinite(x(0, 1)) && std::isfinite(x(0, 2));
}

/// Value and gradient of f, a scalar of one row, are finite.
template <class F, class T>
void is_finite(char const* name, F f, T size) {
  auto const [value, slope_of_x] = value_and_grad(f)(first(size));
  CAPTURE(name, size, value, slope_of_x(0, 0), slope_of_x(0, 1), slope_of_x(0, 2));
  CHECK(std::isfinite(value));
  CHECK(finite(slope_of_x));
}
/// The same of two rows.
template <class F, class T>
void are_finite(char const* name, F f, T size, T other) {
  auto const [value, slopes] = value_and_grad<0, 1>(f)(first(size), second(other));
  auto const& [x, y] = slopes;
  CAPTURE(name, size, other, value, x(0, 0), x(0, 1), x(0, 2), y(0, 0), y(0, 1), y(0, 2));
  CHECK(std::isfinite(value));
  CHECK(finite(x));
  CHECK(finite(y));
}

}  // namespace

TEMPLATE_TEST_CASE("functions of huge and tiny elements are finite", "", double, float) {
  using T = TestType;
  for (T size : {huge<T>, T(1), tiny<T>}) {
    is_finite("normalize", [](auto x) { return sum(normalize<1>(x)); }, size);
    is_finite("normalize, p = 3", [](auto x) { return sum(normalize<1>(x, 3)); }, size);
    is_finite("layer_norm", [](auto x) { return sum(layer_norm<3>(x) * 2); }, size);
    is_finite("softmax", [](auto x) { return sum(softmax<1>(x) * x); }, size);
    is_finite("logsumexp", [](auto x) { return logsumexp(x); }, size);
    is_finite("asinh", [](auto x) { return sum(asinh(x)); }, size);
    is_finite("atan", [](auto x) { return sum(atan(x)); }, size);
    is_finite("softsign", [](auto x) { return sum(softsign(x)); }, size);
    is_finite("sinc", [](auto x) { return sum(sinc(x)); }, size);
    is_finite("erf", [](auto x) { return sum(erf(x)); }, size);
    is_finite("gelu", [](auto x) { return sum(gelu(x)); }, size);
    is_finite("silu", [](auto x) { return sum(silu(x)); }, size);
    is_finite("mish", [](auto x) { return sum(mish(x)); }, size);
    is_finite("softplus", [](auto x) { return sum(softplus(x)); }, size);
    is_finite("logsigmoid", [](auto x) { return sum(logsigmoid(x)); }, size);
    is_finite("elu", [](auto x) { return sum(elu(x)); }, size);
    is_finite("hardswish", [](auto x) { return sum(hardswish(x)); }, size);
    is_finite("ndtr", [](auto x) { return sum(ndtr(x)); }, size);
    for (T other : {huge<T>, T(1), tiny<T>}) {
      are_finite("cosine_similarity",
                 [](auto x, auto y) { return sum(cosine_similarity<1>(x, y)); }, size, other);
      are_finite("hypot", [](auto x, auto y) { return sum(hypot(x, y)); }, size, other);
      are_finite("logaddexp", [](auto x, auto y) { return sum(logaddexp(x, y)); }, size, other);
      are_finite("huber_loss", [](auto x, auto y) { return huber_loss(x, y); }, size, other);
      are_finite("smooth_l1_loss", [](auto x, auto y) { return smooth_l1_loss(x, y); }, size,
                 other);
      are_finite("l1_loss", [](auto x, auto y) { return l1_loss(x, y); }, size, other);
      are_finite("maximum", [](auto x, auto y) { return sum(maximum(x, y)); }, size, other);
    }
  }
  for (T size : {T(1), tiny<T>}) {
    is_finite("norm", [](auto x) { return norm(x); }, size);
    is_finite("norm, p = 3", [](auto x) { return norm(x, 3); }, size);
    is_finite("stddev", [](auto x) { return stddev(x); }, size);
    is_finite("variance", [](auto x) { return variance(x); }, size);
    for (T other : {T(1), tiny<T>}) {
      are_finite("dist", [](auto x, auto y) { return dist(x, y); }, size, other);
      are_finite("cdist", [](auto x, auto y) { return sum(cdist(x, y)); }, size, other);
      are_finite("mse_loss", [](auto x, auto y) { return mse_loss(x, y); }, size, other);
    }
  }
}

TEMPLATE_TEST_CASE("huge and tiny elements: torch's values", "", double, float) {
  using T = TestType;
  {  // An infinite norm divides everything to 0, also beside another huge vector.
    auto const similarity = [](auto x, auto y) { return sum(cosine_similarity<1>(x, y)); };
    auto const [value, slopes] = value_and_grad<0, 1>(similarity)(first(huge<T>), second(huge<T>));
    CHECK(value == 0);
    near(std::get<0>(slopes), 0, 0, 0);
    near(std::get<1>(slopes), 0, 0, 0);
    // A norm below eps = 1e-8 is held there.
    auto const [small, small_slopes] =
        value_and_grad<0, 1>(similarity)(first(tiny<T>), second(T(1)));
    double const length = std::sqrt(5.25);
    CHECK(near(small, 2.5e8 / length * static_cast<double>(tiny<T>)));
    near(std::get<0>(small_slopes), 2e8 / length, 1e8 / length, 0.5e8 / length);
    // What is infinite or no number stays so.
    T const infinite = std::numeric_limits<T>::infinity();
    for (T bad : {infinite, -infinite, std::numeric_limits<T>::quiet_NaN()}) {
      row<T> const x{{1, bad, 0}}, y{{1, 0, 2}};
      CHECK(std::isnan(jit(similarity)(x, y)));
    }
  }
  {
    auto const f = [](auto x) { return sum(normalize<1>(x)); };
    near(grad(f)(first(huge<T>)), 0, 0, 0);
    near(grad(f)(first(tiny<T>)), 1e12, 1e12, 1e12);
    near(grad([](auto x) { return norm(x, 3); })(first(tiny<T>)), 0, 0, 0);
  }
  {
    auto const f = [](auto x, auto y) { return sum(hypot(x, y)); };
    for (T size : {huge<T>, T(1), tiny<T>}) {
      row<T> const x{{size, 2 * size, -3 * size}};
      auto const [a, b] = grad<0, 1>(f)(x, x);
      double const half = std::sqrt(0.5);
      near(a, half, half, -half);
      near(b, half, half, -half);
    }
  }
  {
    auto const f = [](auto x) { return norm(x, 1) + norm(x, 0.5); };
    double const roots = 1 + std::sqrt(2.0) + std::sqrt(3.0);
    CHECK(near(jit(f)(first(huge<T>)), (6 + roots * roots) * static_cast<double>(huge<T>)));
    CHECK(near(jit([](auto x) { return norm(x); })(first(T(1))), std::sqrt(14.0)));
  }
}
