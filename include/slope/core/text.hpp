// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "slope/core/fixed_string.hpp"

namespace slope::detail {

/// A text buffer usable in constant expressions (std::string is not, on clang with libstdc++ 12).
template <std::size_t Capacity>
struct text_buffer {
  char text[Capacity + 1]{};
  std::size_t size = 0;

  constexpr void put(char c) {
    if (size < Capacity) text[size++] = c;
  }
  constexpr void write(char const* s) {
    for (; *s != 0; ++s) put(*s);
  }
  constexpr void write_integer(std::int64_t value) {
    std::uint64_t rest = static_cast<std::uint64_t>(value);
    if (value < 0) {
      put('-');
      rest = 0 - rest;
    }
    char digits[20]{};
    int count = 0;
    do digits[count++] = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) != 0);
    while (count > 0) put(digits[--count]);
  }
};

/// The used part of a constant text buffer as a template argument.
template <auto const& Buffer>
inline constexpr auto fixed_text = fixed_string<Buffer.size>::copy(Buffer.text);

}  // namespace slope::detail
