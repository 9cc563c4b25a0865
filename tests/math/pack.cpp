// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "../catch.hpp"

#include <slope/math/math.hpp>

#include <limits>

namespace math = slope::math;

namespace {

template <class T, int N>
math::pack<T, N> counting() {
  T values[N];
  for (int i = 0; i < N; ++i) values[i] = static_cast<T>(i + 1);
  return math::pack<T, N>::load(values);
}

template <class T, int N>
void check_pack() {
  using pack = math::pack<T, N>;
  CAPTURE(sizeof(T), N);
  auto const p = counting<T, N>();
  auto const two = pack::broadcast(2);
  for (int i = 0; i < N; ++i) {
    T const x = static_cast<T>(i + 1);
    CHECK(p[i] == x);
    CHECK((p + two)[i] == x + 2);
    CHECK((p - two)[i] == x - 2);
    CHECK((p * p)[i] == x * x);
    CHECK(static_cast<double>((p / two)[i]) == Approx(static_cast<double>(x / 2)));
    CHECK((-p)[i] == -x);
    CHECK((p == two)[i] == (x == 2));
    CHECK((p != two)[i] == (x != 2));
    CHECK((p < two)[i] == (x < 2));
    CHECK((p <= two)[i] == (x <= 2));
    CHECK((p > two)[i] == (x > 2));
    CHECK((p >= two)[i] == (x >= 2));
    CHECK(((p < two) | (p > two))[i] == (x != 2));
    CHECK(((p >= two) & (p <= two))[i] == (x == 2));
    CHECK(((p >= two) ^ (p <= two))[i] == (x != 2));
    CHECK((~(p == two))[i] == (x != 2));
    CHECK(math::select(p == two, -p, p)[i] == (x == 2 ? -x : x));
    CHECK(math::to_number<T>(p == two)[i] == (x == 2 ? 1 : 0));
    CHECK(math::abs(-p)[i] == x);
    CHECK(math::sign(-p)[i] == -1);
    CHECK(math::maximum(p, two)[i] == (x > 2 ? x : 2));
    CHECK(math::minimum(p, two)[i] == (x < 2 ? x : 2));
    CHECK(math::multiply_add(p, two, p)[i] == 3 * x);
    CHECK(math::like(p, 3)[i] == 3);
    CHECK(math::one(p)[i] == 1);
    CHECK(math::zero(p)[i] == 0);
    if constexpr (N > 2) CHECK(math::concatenate(math::low_half(p), math::high_half(p))[i] == x);
    CHECK(math::convert<double>(p)[i] == static_cast<double>(x));
    CHECK(math::convert<float>(p)[i] == static_cast<float>(x));
    CHECK(math::convert<std::int64_t>(p)[i] == static_cast<std::int64_t>(x));
    CHECK(math::convert<std::int32_t>(p)[i] == static_cast<std::int32_t>(x));
    CHECK(math::convert_mask<double>(p == two)[i] == (x == 2));
    CHECK(math::convert_mask<float>(p == two)[i] == (x == 2));
    CHECK(math::select(p == two, math::convert<double>(p), math::convert<double>(two))[i] == 2);
  }
  CHECK(math::reduce_add(p) == static_cast<T>(N * (N + 1) / 2));
  CHECK(math::reduce_max(p) == static_cast<T>(N));
  CHECK(math::reduce_min(p) == 1);
  CHECK(math::reduce_multiply(math::select(p > two, math::one(p), p)) == 2);
  CHECK(math::reduce_any(p == two));
  CHECK(math::reduce_any(p == pack::broadcast(static_cast<T>(N))));
  CHECK_FALSE(math::reduce_any(p < math::one(p)));
  CHECK(math::reduce_all(p > math::zero(p)));
  CHECK_FALSE(math::reduce_all(p != two));
  static_assert(math::is_pack_v<pack> && math::lanes_v<pack> == N);
  static_assert(std::is_same_v<math::scalar_type_t<pack>, T>);
  static_assert(std::is_same_v<math::mask_type_t<pack>, math::mask<T, N>>);
}

template <class T>
void check_memory() {
  constexpr int N = math::native_lanes<T>;
  using pack = math::native_pack<T>;
  T source[3 * N + 1];
  for (int i = 0; i < 3 * N + 1; ++i) source[i] = static_cast<T>(100 + i);
  auto const strided = pack::load_strided(source + 1, 3);
  auto const shifted = pack::load(source + 1);  // not aligned
  for (int i = 0; i < N; ++i) {
    CHECK(strided[i] == source[1 + 3 * i]);
    CHECK(shifted[i] == source[1 + i]);
  }
  for (int count = 0; count <= N; ++count) {
    CAPTURE(count);
    auto const some = pack::load_first(source, count, T(7));
    T out[N + 1];
    for (auto& x : out) x = T(-1);
    shifted.store_first(out, count);
    for (int i = 0; i < N; ++i) {
      CHECK(some[i] == (i < count ? source[i] : T(7)));
      CHECK(out[i] == (i < count ? source[i + 1] : T(-1)));
    }
    CHECK(out[N] == T(-1));
  }
  T spread[2 * N];
  for (auto& x : spread) x = T(0);
  shifted.store_strided(spread, 2);
  for (int i = 0; i < N; ++i) {
    CHECK(spread[2 * i] == source[i + 1]);
    CHECK(spread[2 * i + 1] == 0);
  }
}

}  // namespace

TEMPLATE_TEST_CASE("pack arithmetic", "", float, double, std::int32_t, std::int64_t) {
  check_pack<TestType, 4>();
  check_pack<TestType, math::native_lanes<TestType>>();
  check_pack<TestType, 32>();
}

TEMPLATE_TEST_CASE("loads and stores", "", float, double, std::int32_t, std::int64_t) {
  check_memory<TestType>();
}

TEMPLATE_TEST_CASE("integer division never traps", "", std::int32_t, std::int64_t) {
  using T = TestType;
  constexpr T least = std::numeric_limits<T>::min();
  T const x[4] = {7, -7, 5, least};
  T const y[4] = {2, 2, 0, -1};
  using pack = math::pack<T, 4>;
  auto const quotient = pack::load(x) / pack::load(y);
  auto const remainder = pack::load(x) % pack::load(y);
  T const quotients[4] = {3, -3, 0, least};
  T const remainders[4] = {1, -1, 0, 0};
  for (int i = 0; i < 4; ++i) {
    CHECK(quotient[i] == quotients[i]);
    CHECK(remainder[i] == remainders[i]);
  }
  CHECK((pack::load(x) + pack::broadcast(-8))[3] == std::numeric_limits<T>::max() - 7);
  CHECK(math::abs(pack::load(x))[3] == least);
}

TEST_CASE("conversion to integers truncates") {
  double const x[4] = {1.9, -1.9, 0.5, -3};
  auto const p = math::pack<double, 4>::load(x);
  CHECK(math::convert<std::int32_t>(p)[0] == 1);
  CHECK(math::convert<std::int64_t>(p)[1] == -1);
  CHECK(math::convert<std::int32_t>(x[1]) == -1);
}

#if !defined(__FAST_MATH__)
TEMPLATE_TEST_CASE("the largest and the smallest lane are NaN if one is", "", float, double) {
  using T = TestType;
  for (int at = 0; at < 4; ++at) {
    T x[4] = {1, 2, 3, 4};
    x[at] = std::numeric_limits<T>::quiet_NaN();
    auto const p = math::pack<T, 4>::load(x);
    CHECK(math::is_nan(math::reduce_max(p)));
    CHECK(math::is_nan(math::reduce_min(p)));
    CHECK(math::is_nan(p)[at]);
    CHECK_FALSE(math::is_finite(p)[at]);
    CHECK(math::is_nan(p).any());
  }
}
#endif
