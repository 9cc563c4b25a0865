// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/slope.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// The loops over packs against the interpreter that constant expressions use: both run the same
// program here.

using namespace slope;

/// Elements that are neither ordered nor repeated soon, between -2 and 2; integers from -9 to 9.
template <class T>
T element_of(std::size_t k, int salt) {
  double const turn = 0.6180339887498949 * static_cast<double>(k + 1) + 0.37 * salt;
  double const part = turn - std::floor(turn);
  if constexpr (std::same_as<T, bool>) return part < 0.5;
  else if constexpr (std::is_integral_v<T>) return static_cast<T>(part * 19) - 9;
  else return static_cast<T>(4 * part - 2);
}
template <class Tensor>
Tensor filled(Tensor t, int salt) {
  for (std::size_t k = 0; k < t.size(); ++k)
    t.data()[k] = element_of<typename Tensor::value_type>(k, salt);
  return t;
}
template <class T, auto... Extents, class... N>
tensor<T, Extents...> some(int salt, N... extents) {
  if constexpr (sizeof...(N) == 0) return filled(tensor<T, Extents...>{}, salt);
  else return filled(tensor<T, Extents...>(extents...), salt);
}

/// 0 for finite numbers, 1 and -1 for the infinities, 2 for NaN: told by the bits, as -ffast-math lets
/// the compiler suppose that everything is finite.
template <class T>
int kind_of(T x) {
  using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  bits const all = std::bit_cast<bits>(x), sign = bits{1} << (8 * sizeof(T) - 1);
  bits const infinity = static_cast<bits>(sizeof(T) == 4 ? 0x7f800000u : 0x7ff0000000000000u);
  bits const size = all & ~sign;
  return size < infinity ? 0 : size > infinity ? 2 : all == size ? 1 : -1;
}
// With -ffast-math operations are rounded in other ways and another order, those of float32 inside
// formulas of float64 too.
#ifdef __FAST_MATH__
constexpr double tolerance = 1e-9;
#else
constexpr double tolerance = 1e-12;
#endif
template <class T>
bool near(T got, T want) {
  if constexpr (std::is_floating_point_v<T>) {
    if (kind_of(got) != 0 || kind_of(want) != 0) return kind_of(got) == kind_of(want);
    double const scale = std::max(1.0, std::abs(static_cast<double>(want)));
    return std::abs(static_cast<double>(got) - static_cast<double>(want)) <=
           (sizeof(T) == 4 ? 4e-5 : tolerance) * scale;
  } else {
    return got == want;
  }
}
template <class T>
std::string said(T got, T want) {
  std::ostringstream text;
  text.precision(17);
  text << got << " instead of " << want;
  return text.str();
}
/// What differs first, or nothing.
template <class R>
std::string difference(R const& got, R const& want) {
  if constexpr (number<R>) {
    return near(got, want) ? "" : said(got, want);
  } else {
    if (!(got.shape() == want.shape())) return "another shape";
    for (std::size_t k = 0; k < got.size(); ++k)
      if (!near(got.data()[k], want.data()[k]))
        return "element " + std::to_string(k) + ": " + said(got.data()[k], want.data()[k]);
    return "";
  }
}

/// What differs first between the results of f by loops and by the interpreter, or nothing.
template <class F, class... A>
std::string disagreement(F const&, A const&... arguments) {
  using function = decltype(jit(F{}));
  using holder = engine::simplest_function<function, engine::argument_t<A>...>;
  using program = engine::program_of<holder>;
  using all = engine::all_results<
      program, std::make_index_sequence<static_cast<std::size_t>(program::graph.root_count)>>;
  auto const sizes = engine::sizes_of<program>(arguments...);
  auto const got = all::run(nullptr, arguments...);
  auto want = got;
  engine::interpretation<program> const cells(sizes, arguments...);
  std::string result;
  [&]<int... R>(std::integer_sequence<int, R...>) {
    (cells.template write<R>(std::get<R>(want)), ...);
    auto const compare = [&](int r, std::string const& text) {
      if (result.empty() && !text.empty()) result = "result " + std::to_string(r) + ", " + text;
    };
    (compare(R, difference(std::get<R>(got), std::get<R>(want))), ...);
  }
  (std::make_integer_sequence<int, program::graph.root_count>{});
  return result;
}
inline std::string const none;

/// Lengths around the width of packs, and 0.
inline std::vector<int> lengths() {
  std::vector<int> all;
  for (int n = 0; n <= 40; ++n) all.push_back(n);
  for (int n : {63, 64, 65, 127, 130, 257}) all.push_back(n);
  return all;
}
