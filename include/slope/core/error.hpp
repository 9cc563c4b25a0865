// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdlib>
#include <stdexcept>

#include "slope/core/fixed_string.hpp"

#if !defined(__cpp_exceptions)
#include <cstdio>
#endif

namespace slope {

/// The type of an expression that has no meaning. It is never defined: the compiler's first line
/// about it carries the operation, both shapes, and where it happened.
template <fixed_string... Facts>
struct ill_formed;

/// Shapes that do not fit, found when the program runs.
struct shape_error : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// An index that is data and is not on its axis.
struct index_error : std::out_of_range {
  using std::out_of_range::out_of_range;
};

/// A matrix that has no inverse, or no Cholesky factor.
struct linear_algebra_error : std::domain_error {
  using std::domain_error::domain_error;
};

namespace detail {

/// Throws E, or says its text and stops where there are no exceptions.
template <class E>
[[noreturn]] inline void raise(char const* text) {
#if defined(__cpp_exceptions)
  throw E(text);
#else
  std::fprintf(stderr, "slope: %s\n", text);
  std::abort();
#endif
}

}  // namespace detail
}  // namespace slope
