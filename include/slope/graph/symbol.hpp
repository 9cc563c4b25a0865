// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>

#include "slope/core/dtype.hpp"
#include "slope/core/error.hpp"
#include "slope/core/rational.hpp"

namespace slope {
namespace engine {

class builder;

/// A line of the user's source.
struct location {
  char const* file = "";
  int line = 0;

  static constexpr location here(char const* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return {file, line};
  }
};

/// The constant that a literal of type T means: the simplest fraction that rounds to it.
template <number T>
constexpr rational literal(T value) {
  if constexpr (std::same_as<T, float>) {
    // The simplest decimal-like fraction of a float is sought in float precision.
    rational const exact = rational::from_double(static_cast<double>(value));
    for (std::int64_t d = 1; d <= 1000000; d *= 10) {
      double const scaled = static_cast<double>(value) * static_cast<double>(d);
      if (!(scaled < 1e15) || !(scaled > -1e15)) break;
      auto const n = static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
      if (static_cast<float>(static_cast<double>(n) / static_cast<double>(d)) == value) return {n, d};
    }
    return exact;
  } else if constexpr (std::floating_point<T>) {
    return rational::from_double(static_cast<double>(value));
  } else {
    return rational(static_cast<std::int64_t>(value));
  }
}

}  // namespace engine

/// Is T the type of an exact constant as trees have them, whose `value` is known to the type?
template <class T>
inline constexpr bool is_exact_constant_v = false;

/// The value of a traced function: a node of the graph that is being built. All symbols are one
/// type, so a model can assign and loop. A number becomes a symbol by itself.
class symbol {
 public:
  constexpr symbol() = default;
  constexpr symbol(engine::builder* owner, int index) : owner_(owner), index_(index) {}
  template <number T>
  constexpr symbol(T value)
      : index_(std::floating_point<T> ? -2 : -1), literal_(engine::literal(value)) {}
  constexpr explicit symbol(rational const& value) : literal_(value) {}
  template <class C>
    requires is_exact_constant_v<C>
  constexpr symbol(C) : literal_(C::value) {}

  constexpr engine::builder* owner() const { return owner_; }
  constexpr int index() const { return index_; }
  constexpr rational const& literal() const { return literal_; }
  /// Was it written as a floating number? What it meets is floating then, as 2.0 times an integer.
  constexpr bool is_floating_literal() const { return index_ == -2; }

  constexpr int rank() const;
  /// The size of an axis; negative axes count from the end. A run-time size has no number while a
  /// function is traced: `size_of<k>(x)` is a symbol for it.
  constexpr int extent(int axis, engine::location at = engine::location::here()) const;

  /// `if (x > 0)` has no answer while a function is traced: the trace fails, and its error names
  /// `where`. Numbers that are not yet part of a graph are true or false.
  constexpr explicit operator bool() const;

  /// The transpose; found by its argument only, as `t` is what users call a variable.
  template <std::same_as<symbol> S>
  friend constexpr auto t(S x) {
    return transpose(x);
  }

 private:
  engine::builder* owner_ = nullptr;
  int index_ = -1;
  rational literal_{};
};

namespace engine {

/// A symbol and the line of source that used it: what operators take.
struct located {
  symbol value;
  location at;

  constexpr located(symbol s, char const* file = __builtin_FILE(), int line = __builtin_LINE())
      : value(s), at{file, line} {}
  template <number T>
  constexpr located(T n, char const* file = __builtin_FILE(), int line = __builtin_LINE())
      : value(n), at{file, line} {}
  template <class C>
    requires is_exact_constant_v<C>
  constexpr located(C c, char const* file = __builtin_FILE(), int line = __builtin_LINE())
      : value(c), at{file, line} {}
};

}  // namespace engine
}  // namespace slope
