// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/tree.hpp"
#include "slope/tensor/tensor.hpp"

namespace slope {

namespace engine {

/// The extents of data, as its type tells them.
template <class Data>
inline constexpr shape_info data_extents{};
template <class T, auto... Extents>
inline constexpr shape_info data_extents<tensor<T, Extents...>> = shape_info_of<Extents...>();
template <class T, auto... Extents>
inline constexpr shape_info data_extents<tensor_view<T, Extents...>> = shape_info_of<Extents...>();

/// Can data of these extents be bound? What is known only at run time is checked then.
constexpr bool data_fits(shape_info const& wanted, shape_info const& given) {
  if (wanted.rank != given.rank) return false;
  for (int k = 0; k < wanted.rank; ++k) {
    extent const w = wanted.extents[k], g = given.extents[k];
    if (w.size >= 0 && g.size >= 0 && w.size != g.size) return false;
    if (w.has_name() && g.has_name() && !detail::same_text(w.name, g.name)) return false;
  }
  return true;
}

/// Has a type where data does not fit: ill_formed<"x = data: (2,2) x (3)">.
template <class Variable, class Data,
          bool Fits = data_fits(Variable::extents_info, data_extents<Data>)>
struct misfit {};
template <class Variable, class Data>
struct misfit<Variable, Data, false> {
  static constexpr auto text = [] {
    detail::text_buffer<160> t;
    t.write(Variable::name());
    t.write(" = data: ");
    write_shape(t, Variable::extents_info);
    t.write(" x ");
    write_shape(t, data_extents<Data>);
    return t;
  }();
  using type = ill_formed<fixed_string<text.size>::copy(text.text)>;
};

}  // namespace engine

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
    requires(tensor_like<Data> &&
             engine::data_fits(extents_info, engine::data_extents<std::remove_cvref_t<Data>>))
  constexpr auto operator=(Data&& data) const -> binding<variable, Data> {
    return {static_cast<Data&&>(data)};
  }
  /// Data of another shape.
  template <class Data>
    requires tensor_like<Data>
  auto operator=(Data&&) const ->
      typename engine::misfit<variable, std::remove_cvref_t<Data>>::type;
  /// A tree of data, which is evaluated first.
  template <class E>
    requires detail::lazy_for<E, T, Extents...>
  constexpr auto operator=(E const& e) const {
    if constexpr (sizeof...(Extents) == 0) return binding<variable, T>{tensor<T>(e).item()};
    else return binding<variable, tensor<T, Extents...>>{tensor<T, Extents...>(e)};
  }
  /// What a view can be made of: std::span, std::vector, std::array, an Eigen matrix or map, mdspan.
  template <class Data>
    requires(detail::views_source<Data, T const, Extents...>())
  constexpr auto operator=(Data&& data) const {
    using view = tensor_view<T const, Extents...>;
    if constexpr (std::is_lvalue_reference_v<Data> || !detail::owns_elements<Data>())
      return binding<variable, view>{view(data)};
    else return binding<variable, tensor<T, Extents...>>{tensor<T, Extents...>(view(data))};
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
