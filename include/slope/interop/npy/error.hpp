// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "slope/core/error.hpp"

namespace slope::npy {

/// A .npy or .npz file that cannot be read or written as asked. Its text names the file, the byte
/// where that showed, and what was expected there.
struct format_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

namespace detail {

/// Text from a file as it may stand in a message: printable, and not long.
inline std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string out = "'";
  for (char const c : text.substr(0, longest)) out += c >= ' ' && c <= '~' ? c : '?';
  return out + (text.size() > longest ? "...'" : "'");
}

/// `data.npy: byte 61: expected shape (2,3), found (3,2)`.
[[noreturn]] inline void fail(std::string const& file, std::uint64_t offset,
                              std::string const& message) {
  std::string const text = file + ": byte " + std::to_string(offset) + ": " + message;
  slope::detail::raise<format_error>(text.c_str());
}

/// Where no byte is to blame: `data.npy: cannot be opened`.
[[noreturn]] inline void fail(std::string const& file, std::string const& message) {
  slope::detail::raise<format_error>((file + ": " + message).c_str());
}

}  // namespace detail
}  // namespace slope::npy
