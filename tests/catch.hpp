// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

// The one place that knows which Catch2 is installed: version 3 (many headers) or version 2 (one).
// Tests use what both spell alike, Approx, and contains_text for the matcher that was renamed.
#if __has_include(<catch2/catch_all.hpp>)
#  include <catch2/catch_all.hpp>
using Catch::Approx;
inline auto contains_text(std::string const& part) {
  return Catch::Matchers::ContainsSubstring(part);
}
#elif __has_include(<catch2/catch.hpp>)
#  include <catch2/catch.hpp>
inline auto contains_text(std::string const& part) { return Catch::Matchers::Contains(part); }
#else
#  error "the tests need Catch2 2.13 or 3: apt-get install catch2"
#endif
