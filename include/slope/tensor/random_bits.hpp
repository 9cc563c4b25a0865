// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace slope::detail {

/// Four random words, a function of their place in the sequence and of the seed.
struct random_block {
  std::uint32_t words[4];

  constexpr std::uint64_t wide(int half) const {
    return words[2 * half] | (std::uint64_t{words[2 * half + 1]} << 32);
  }
};

/// Philox4x32-10: ten rounds of two 32-bit multiplications that mix a 128-bit counter under a
/// 64-bit key. Having no state it gives the same numbers in any order, in constant expressions and
/// on any machine. Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011; it passes BigCrush.
constexpr random_block philox(random_block counter, std::uint64_t key) {
  auto [a, b, c, d] = counter.words;
  auto low = static_cast<std::uint32_t>(key), high = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    std::uint64_t const p = std::uint64_t{0xD2511F53} * a, q = std::uint64_t{0xCD9E8D57} * c;
    a = static_cast<std::uint32_t>(q >> 32) ^ b ^ low;
    b = static_cast<std::uint32_t>(q);
    c = static_cast<std::uint32_t>(p >> 32) ^ d ^ high;
    d = static_cast<std::uint32_t>(p);
    low += 0x9E3779B9;   // the golden ratio
    high += 0xBB67AE85;  // sqrt(3) - 1
  }
  return {{a, b, c, d}};
}

constexpr random_block random_at(std::uint64_t block, std::uint64_t seed) {
  return philox(
      {{static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), 0, 0}}, seed);
}

/// A uniform number in [0, 1): as many leading random bits as T has digits.
template <class T>
constexpr T unit_interval(std::uint64_t bits) {
  if constexpr (sizeof(T) == 4) return static_cast<T>(bits >> 40) * T{0x1p-24};
  else return static_cast<T>(bits >> 11) * T{0x1p-53};
}

}  // namespace slope::detail
