// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <tuple>
#include <utility>

#include "slope/graph/symbol.hpp"

/// What a function gives back, as a structure of symbols: one, a tuple, a pair, an array, and these
/// inside each other. The same structure holds the data when the function is evaluated.
namespace slope::engine {

template <class Form>
struct results;

template <class Form>
concept result_form = requires { results<Form>::count; };

/// One symbol, or a number that does not depend on the arguments.
template <class S>
  requires(std::same_as<S, symbol> || number<S>)
struct results<S> {
  static constexpr int count = 1;
  /// get(k) is result k; At is the number of this one.
  template <int At, class Get>
  [[gnu::always_inline]] static constexpr auto build(Get const& get) {
    return get(std::integral_constant<int, At>{});
  }
  template <class Put>
  static constexpr void flatten(S const& s, Put const& put) {
    put(symbol(s));
  }
};

template <class... Forms>
struct results<std::tuple<Forms...>> {
  static constexpr int count = (0 + ... + results<Forms>::count);
  static constexpr int before(int k) {
    int const counts[] = {results<Forms>::count..., 0};
    int sum = 0;
    for (int i = 0; i < k; ++i) sum += counts[i];
    return sum;
  }
  template <int At, class Get>
  [[gnu::always_inline]] static constexpr auto build(Get const& get) {
    return build_all<At>(get, std::make_integer_sequence<int, sizeof...(Forms)>{});
  }
  template <class Put>
  static constexpr void flatten(std::tuple<Forms...> const& all, Put const& put) {
    std::apply([&](Forms const&... form) { (results<Forms>::flatten(form, put), ...); }, all);
  }

 private:
  template <int At, class Get, int... K>
  [[gnu::always_inline]] static constexpr auto build_all(Get const& get,
                                                         std::integer_sequence<int, K...>) {
    return std::tuple(results<Forms>::template build<At + before(K)>(get)...);
  }
};

template <class A, class B>
struct results<std::pair<A, B>> {
  static constexpr int count = results<A>::count + results<B>::count;
  template <int At, class Get>
  [[gnu::always_inline]] static constexpr auto build(Get const& get) {
    return std::pair(results<A>::template build<At>(get),
                     results<B>::template build<At + results<A>::count>(get));
  }
  template <class Put>
  static constexpr void flatten(std::pair<A, B> const& both, Put const& put) {
    results<A>::flatten(both.first, put);
    results<B>::flatten(both.second, put);
  }
};

/// Stays an array where all results are of one type, else a tuple.
template <class S, std::size_t N>
struct results<std::array<S, N>> {
  static constexpr int count = static_cast<int>(N) * results<S>::count;
  template <int At, class Get>
  [[gnu::always_inline]] static constexpr auto build(Get const& get) {
    return build_all<At>(get, std::make_integer_sequence<int, static_cast<int>(N)>{});
  }
  template <class Put>
  static constexpr void flatten(std::array<S, N> const& all, Put const& put) {
    for (S const& s : all) results<S>::flatten(s, put);
  }

 private:
  template <class First, class... Rest>
  static constexpr auto joined(First first, Rest... rest) {
    if constexpr ((std::same_as<First, Rest> && ...))
      return std::array<First, 1 + sizeof...(Rest)>{static_cast<First&&>(first),
                                                    static_cast<Rest&&>(rest)...};
    else return std::tuple(static_cast<First&&>(first), static_cast<Rest&&>(rest)...);
  }
  template <int At, class Get, int... K>
  [[gnu::always_inline]] static constexpr auto build_all(Get const& get,
                                                         std::integer_sequence<int, K...>) {
    return joined(results<S>::template build<At + K * results<S>::count>(get)...);
  }
};

/// Count results of one kind as a structure: one stands alone, several are a tuple.
template <class Indices>
struct several;
template <std::size_t... I>
struct several<std::index_sequence<I...>> {
  template <std::size_t>
  using one = symbol;
  using type = std::tuple<one<I>...>;
};
template <std::size_t Count>
using several_t = std::conditional_t<Count == 1, symbol,
                                     typename several<std::make_index_sequence<Count>>::type>;

}  // namespace slope::engine
