// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/tensor/random.hpp"

#include <cmath>
#include <type_traits>

#include "catch.hpp"

using namespace slope;

namespace {

constexpr bool philox_gives(detail::random_block counter, std::uint64_t key,
                            detail::random_block expected) {
  auto const block = detail::philox(counter, key);
  for (int i = 0; i < 4; ++i) {
    if (block.words[i] != expected.words[i]) return false;
  }
  return true;
}
// The known answers that the authors of the generator publish.
static_assert(philox_gives({{0, 0, 0, 0}}, 0, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
static_assert(philox_gives({{~0u, ~0u, ~0u, ~0u}}, ~std::uint64_t{0},
                           {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
static_assert(philox_gives({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0x299f31d0a4093822,
                           {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));

// Numbers are constants of their seed and place.
constexpr auto uniform = rand<float, 3, 5>(7);
constexpr auto normal = randn<double, 2, 3>(7);
static_assert(uniform == rand<float, 3, 5>(7) && uniform != rand<float, 3, 5>(8));
static_assert(rand<float, dynamic, 5>(3, 7) == uniform);
static_assert(rand<double>(1) >= 0.0 && rand<double>(1) < 1.0);
static_assert(detail::unit_interval<float>(~std::uint64_t{0}) < 1);
static_assert(detail::unit_interval<double>(~std::uint64_t{0}) < 1);

template <class Tensor>
struct moments {
  double mean = 0, variance = 0, skewness = 0, kurtosis = 0;

  explicit moments(Tensor const& t) {
    auto const n = static_cast<double>(t.size());
    for (double const x : t) mean += x / n;
    for (double const x : t) variance += std::pow(x - mean, 2) / n;
    for (double const x : t) skewness += std::pow((x - mean) / std::sqrt(variance), 3) / n;
    for (double const x : t) kurtosis += std::pow((x - mean) / std::sqrt(variance), 4) / n;
  }
};

}  // namespace

TEMPLATE_TEST_CASE("a short tensor is the start of a long one", "", float, double) {
  auto const uniform_long = rand<TestType, dynamic>(101, 3);
  auto const normal_long = randn<TestType, dynamic>(101, 3);
  for (int n = 0; n < 10; ++n) {
    auto const uniform_short = rand<TestType, dynamic>(n, 3);
    auto const normal_short = randn<TestType, dynamic>(n, 3);
    for (int i = 0; i < n; ++i) {
      CHECK(uniform_short[i] == uniform_long[i]);
      CHECK(normal_short[i] == normal_long[i]);
    }
  }
}

TEMPLATE_TEST_CASE("uniform numbers fill [0, 1)", "", float, double) {
  auto const t = rand<TestType, dynamic>(20000, 42);
  for (TestType const x : t) {
    REQUIRE(x >= 0);
    REQUIRE(x < 1);
  }
  moments const m(t);
  // Five standard errors.
  CHECK(m.mean == Approx(0.5).margin(0.011));
  CHECK(m.variance == Approx(1. / 12).margin(0.003));
}

TEMPLATE_TEST_CASE("normal numbers have the moments of a normal distribution", "", float, double) {
  auto const t = randn<TestType, dynamic>(20000, 42);
  moments const m(t);
  CHECK(m.mean == Approx(0).margin(0.036));
  CHECK(m.variance == Approx(1).margin(0.05));
  CHECK(m.skewness == Approx(0).margin(0.09));
  CHECK(m.kurtosis == Approx(3).margin(0.18));
  double neighbours = 0;
  for (int i = 1; i < t.extent(0); ++i) neighbours += static_cast<double>(t[i] * t[i - 1]) / 20000;
  CHECK(neighbours == Approx(0).margin(0.036));
}

TEST_CASE("random numbers do not depend on where they are computed") {
  std::uint64_t volatile seed = 7;
  CHECK((rand<float, 3, 5>(static_cast<std::uint64_t>(seed)) == uniform));
  auto const at_run_time = randn<double, 2, 3>(static_cast<std::uint64_t>(seed));
  // The compiler may fuse multiplications when the program runs.
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(at_run_time.data()[i] == Approx(normal.data()[i]).epsilon(1e-14));
  }
}
