// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace slope {

/// A string that can be a template argument: names of variables, of dimensions, texts of errors.
/// The array holds exactly one trailing NUL, which is what lets clang print it as text.
template <std::size_t Size>
struct fixed_string {
  char text[Size + 1]{};

  constexpr fixed_string() = default;
  constexpr fixed_string(char const (&literal)[Size + 1]) {
    for (std::size_t i = 0; i <= Size; ++i) text[i] = literal[i];
  }
  /// The first `Size` characters at `source`.
  static constexpr fixed_string copy(char const* source) {
    fixed_string result;
    for (std::size_t i = 0; i < Size; ++i) result.text[i] = source[i];
    result.text[Size] = '\0';  // where it is left to the initialiser, clang prints 8, 16, 32 numbers
    return result;
  }
  static constexpr std::size_t size() { return Size; }
  constexpr char const* data() const { return text; }
};

template <std::size_t N>
fixed_string(char const (&)[N]) -> fixed_string<N - 1>;

namespace detail {

constexpr std::size_t text_length(char const* text) {
  std::size_t length = 0;
  while (text[length] != 0) ++length;
  return length;
}

/// Three-way comparison of two NUL-terminated texts. Their addresses are not compared: with UBSan
/// g++ cannot do so in constant expressions.
constexpr int compare_text(char const* a, char const* b) {
  for (; *a != 0 && *a == *b; ++a) ++b;
  return static_cast<unsigned char>(*a) - static_cast<unsigned char>(*b);
}

constexpr bool same_text(char const* a, char const* b) { return compare_text(a, b) == 0; }

}  // namespace detail
}  // namespace slope
