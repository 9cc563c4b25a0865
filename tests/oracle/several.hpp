// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "check.hpp"

/// Operations with several results: each is compared, and the gradients are those of the sum of all
/// results that have a cotangent, each times its own.
namespace oracle {

/// Which results have cotangents, of these types.
template <class Which, class... Cotangents>
struct results;

namespace detail {

template <class F, class Which, class Rest>
struct weighted_results;
template <class F, std::size_t... Which, std::size_t... Data>
struct weighted_results<F, std::index_sequence<Which...>, std::index_sequence<Data...>> {
  constexpr auto operator()(auto... all) const {
    auto const arguments = std::tuple(all...);
    auto const values = F{}(std::get<sizeof...(Which) + Data>(arguments)...);
    return total(arguments, values, std::make_index_sequence<sizeof...(Which)>{});
  }
  template <std::size_t... K>
  static constexpr auto total(auto const& arguments, auto const& values,
                              std::index_sequence<K...>) {
    return (... + slope::sum(std::get<K>(arguments) * std::get<Which>(values)));
  }
};

}  // namespace detail

template <class F, class Wanted, class Results, class... Data>
struct several;
template <class F, std::size_t... Wanted, std::size_t... Which, class... Cotangents, class... Data>
struct several<F, std::index_sequence<Wanted...>,
               results<std::index_sequence<Which...>, Cotangents...>, Data...> {
  template <std::size_t... I>
  static void run(test_case const& c, std::index_sequence<I...>) {
    auto const in = c.all("in");
    auto const want = c.all("out");
    REQUIRE(in.size() == sizeof...(Data));
    auto const data = std::tuple(detail::filled<Data>(*in[I])...);
    auto const out = detail::all_flat(slope::jit(F{})(std::get<I>(data)...));
    REQUIRE(out.size() == want.size());
    for (std::size_t k = 0; k < out.size(); ++k) {
      REQUIRE(out[k].size() == want[k]->size());
      for (std::size_t i = 0; i < out[k].size(); ++i)
        detail::check_number(c, "out", want[k]->name, i, out[k][i], 1);
    }
    if constexpr (sizeof...(Wanted) != 0 && sizeof...(Which) != 0) {
      constexpr std::size_t first = sizeof...(Which);
      using function = detail::weighted_results<F, std::index_sequence<Which...>,
                                                std::index_sequence_for<Data...>>;
      auto const gradients = detail::all_flat(slope::grad<(Wanted + first)...>(function{})(
          detail::filled<Cotangents>(*c.find("cot", want[Which]->name))..., std::get<I>(data)...));
      std::size_t const argument[] = {Wanted...};
      bool given_nan = false;
      for (tensor const* t : in)
        for (double v : t->values) given_nan = given_nan || std::isnan(v);
      for (std::size_t k = 0; k < sizeof...(Wanted); ++k) {
        std::string const& name = in[argument[k]]->name;
        if (c.find("grad", name) == nullptr) continue;
        for (std::size_t i = 0; i < gradients[k].size(); ++i)
          if (!given_nan || !std::isnan(gradients[k][i]))
            detail::check_number(c, "grad", name, i, gradients[k][i], 1);
      }
    }
  }
  static void check(test_case const& c) { run(c, std::index_sequence_for<Data...>{}); }
};

}  // namespace oracle
