// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

namespace slope::detail {

template <std::size_t I, class T>
struct piece {
  T value;
};
template <class Indices, class... T>
struct indexed_pieces;
template <std::size_t... I, class... T>
struct indexed_pieces<std::index_sequence<I...>, T...> : piece<I, T>... {};

/// Values of several types, as an aggregate: what the library passes to itself. A std::tuple costs the
/// compiler milliseconds for each list of types, for conversions that nobody asks of it here.
template <class... T>
using pieces = indexed_pieces<std::index_sequence_for<T...>, T...>;

template <std::size_t I, class T>
[[gnu::always_inline]] constexpr T const& piece_at(piece<I, T> const& p) {
  return p.value;
}

}  // namespace slope::detail
