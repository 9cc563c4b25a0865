// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/data/program.hpp"
#include "slope/symbolic/print.hpp"
#include "slope/tensor/print.hpp"

/// Printing and comparing trees of data: by their values.
namespace slope {

namespace engine {

template <class Value>
text::array array_of(Value const& value) {
  if constexpr (number<Value>) return {&value, 0, nullptr};
  else return detail::text_array(value);
}

/// The formula of a tree that has variables, its data as `data`.
template <class E>
struct named_data {
  static constexpr auto make() {
    auto g = written_data<E>::graph;
    for (int i = 0; i < g.leaf_count; ++i)
      if (g.leaves[i].name[0] == 0) g.leaves[i].name = data_name;
    return g;
  }
  static constexpr char data_name[] = "data";
  static constexpr auto graph = make();
  static constexpr formula_text text = formula(view(graph), graph.roots[0]);
};

/// What autograd adds to the printed values: specialised there.
template <class E>
inline constexpr text::torch_suffix suffix_of{};

}  // namespace engine

/// The values of a tree as PyTorch or NumPy print them; the formula of a tree that has variables.
template <class E>
  requires is_data_tree_v<E>
std::string to_string(E const& e, format style = format::torch) {
  if constexpr (engine::mentions_variable<E>) {
    return std::string(engine::named_data<E>::text.text, engine::named_data<E>::text.size);
  } else {
    auto const values = e.eval();
    return detail::text_of(engine::array_of(values), style, engine::suffix_of<E>);
  }
}

/// Streams the values as PyTorch prints them.
template <class Traits, class E>
  requires is_data_tree_v<E>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, E const& e) {
  if constexpr (engine::mentions_variable<E>) {
    auto const& text = engine::named_data<E>::text;
    return out << std::string_view(text.text, text.size);
  } else {
    auto const values = e.eval();
    return detail::stream_torch(out, engine::array_of(values), engine::suffix_of<E>);
  }
}

namespace engine {

/// Trees, tensors, views, formulas: what stands beside a tree in a comparison.
template <class A, class B>
concept compared = (is_data_tree_v<A> || is_data_tree_v<B>) &&
                   (is_data_tree_v<A> || tensor_like<A> || symbolic<A>) &&
                   (is_data_tree_v<B> || tensor_like<B> || symbolic<B>);
template <class A>
constexpr decltype(auto) compared_value(A const& a) {
  if constexpr (is_data_tree_v<A>) return a.eval();
  else return (a);
}
template <class A, class B>
using comparison_t =
    std::conditional_t<mentions_variable<A> || mentions_variable<B> || symbolic<A> || symbolic<B>,
                       ill_formed<"==: not an exact formula", "write 2_c for 2">, bool>;

}  // namespace engine

/// Have a tree of data and a tensor, or two trees, equal values? Between formulas with numbers that
/// are known at run time only there is no answer.
template <class A, class B>
  requires engine::compared<A, B>
constexpr auto operator==(A const& a, B const& b) -> engine::comparison_t<A, B> {
  if constexpr (std::same_as<engine::comparison_t<A, B>, bool>)
    return engine::compared_value(a) == engine::compared_value(b);
}

}  // namespace slope
