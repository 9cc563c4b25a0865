// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "slope/math/logarithm.hpp"
#include "slope/math/trigonometric.hpp"
#include "slope/tensor/factories.hpp"
#include "slope/tensor/random_bits.hpp"

namespace slope {
namespace detail {

/// Element i depends on the seed and on i alone: a shorter tensor is the start of a longer one.
template <class T>
constexpr void fill_uniform(T* to, std::size_t size, std::uint64_t seed) {
  constexpr std::size_t width = 16 / sizeof(T);
  for (std::size_t i = 0; i < size; i += width) {
    random_block const bits = random_at(i / width, seed);
    for (std::size_t k = 0; k < width && i + k < size; ++k) {
      if constexpr (width == 4) to[i + k] = unit_interval<T>(std::uint64_t{bits.words[k]} << 32);
      else to[i + k] = unit_interval<T>(bits.wide(static_cast<int>(k)));
    }
  }
}

/// Two independent normal numbers from u in (0, 1] and a turn v in [0, 1).
/// Box, Muller, "A note on the generation of random normal deviates", 1958.
template <class T>
constexpr void fill_normal(T* to, std::size_t size, std::uint64_t seed) {
  for (std::size_t i = 0; i < size; i += 2) {
    random_block const bits = random_at(i / 2, seed);
    // 1 - u, so that the logarithm never sees 0. In double for every T, for the tails.
    double const u = 1 - unit_interval<double>(bits.wide(0));
    double const angle = 6.283185307179586 * unit_interval<double>(bits.wide(1));
    double const radius = math::sqrt(-2 * math::log(u));
    to[i] = static_cast<T>(radius * math::cos(angle));
    if (i + 1 < size) to[i + 1] = static_cast<T>(radius * math::sin(angle));
  }
}

}  // namespace detail

/// Uniform numbers in [0, 1) from a counter-based generator (Philox4x32-10): the same seed gives
/// the same numbers on every machine. The seed follows the run-time extents.
template <element T, auto... E, detail::index_like... A>
  requires(std::is_floating_point_v<T> && sizeof...(A) == detail::runtime_count<E...> + 1)
constexpr tensor<T, E...> rand(A... extents_and_seed) {
  auto made = detail::blank_from<T, E...>("rand", extents_and_seed...);
  detail::fill_uniform(made.blank.data(), made.blank.size(), made.seed);
  return static_cast<tensor<T, E...>&&>(made.blank);
}

/// Normal numbers of mean 0 and variance 1, by Box and Muller's transform of `rand`'s generator.
template <element T, auto... E, detail::index_like... A>
  requires(std::is_floating_point_v<T> && sizeof...(A) == detail::runtime_count<E...> + 1)
constexpr tensor<T, E...> randn(A... extents_and_seed) {
  auto made = detail::blank_from<T, E...>("randn", extents_and_seed...);
  detail::fill_normal(made.blank.data(), made.blank.size(), made.seed);
  return static_cast<tensor<T, E...>&&>(made.blank);
}

}  // namespace slope
