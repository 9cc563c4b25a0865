// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/tree.hpp"
#include "slope/tensor/tensor_view.hpp"

namespace slope {

/// Data given to a variable: lvalues are borrowed, rvalues moved in.
template <class Variable, class Data>
struct [[nodiscard]] binding {
  using variable_type = Variable;
  Data data;
};

/// A symbol of a formula: a name, an element type, extents; an empty object.
template <fixed_string Name, class T, auto... Extents>
  requires element<T>
struct variable {
  static_assert((extent_argument<decltype(Extents)> && ...),
                "slope: an extent is an int, dim<\"n\"> or dynamic, no other integer type");
  using value_type = T;
  static constexpr auto name_text = Name;
  static constexpr char const* name() { return name_text.text; }
  static constexpr shape_info extents_info = shape_info_of<Extents...>();

  /// Binds data of this shape; a rank-0 variable takes a number.
  template <class Data>
    requires tensor_like<Data>
  constexpr auto operator=(Data&& data) const -> binding<variable, Data> {
    return {static_cast<Data&&>(data)};
  }
  constexpr auto operator=(T value) const -> binding<variable, T>
    requires(sizeof...(Extents) == 0)
  {
    return {value};
  }
  /// Formulas are not data.
  template <symbolic E>
  constexpr auto operator=(E const&) const -> ill_formed<"x = expression: not data">;
};

namespace engine {

template <fixed_string Name, class T, auto... Extents>
constexpr symbol lower(builder& b, variable<Name, T, Extents...> const& x) {
  using v = variable<Name, T, Extents...>;
  static_cast<void>(x);
  engine::node n = blank(op_number<op::variable>());
  n.type = dtype_of<T>;
  int const index = b.intern_leaf(v::name(), 0, dtype_of<T>, v::extents_info);
  n.attribute = index;
  n.shape = b.graph.leaves[index].shape;
  return {&b, b.insert(n)};
}

}  // namespace engine
}  // namespace slope
