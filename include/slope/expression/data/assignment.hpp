// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/data/program.hpp"

/// Compound assignment to tensors and views: `w -= rate * g`. Torch's rule for operations in place:
/// the element type stays as it is, and what would need a wider category is refused.
namespace slope {

namespace engine {

/// Of a target T with these extents and a result E of the operation.
template <class E, class T, auto... Extents>
consteval auto in_place_error() {
  detail::text_buffer<160> text;
  constexpr shape_info to = shape_info_of<Extents...>();
  if constexpr (is_data_tree_v<E>) {
    if (category(dtype_of<typename E::value_type>) > category(dtype_of<T>)) {
      text.write("in place: ");
      text.write(dtype_name(dtype_of<typename E::value_type>));
      text.write(" into ");
      text.write(dtype_name(dtype_of<T>));
    } else if (!detail::may_fit(E::form::extents, to)) {
      text.write("in place: ");
      write_shape(text, E::form::extents);
      text.write(" into ");
      write_shape(text, to);
    }
  }
  return text;
}
template <class E, class T, auto... Extents>
inline constexpr auto in_place_text = in_place_error<E, T, Extents...>();

/// Target&, or ill_formed<...>.
template <class Target, class E, class T, auto... Extents>
consteval auto in_place_result() {
  constexpr auto const& text = in_place_text<E, T, Extents...>;
  if constexpr (!is_data_tree_v<E>) return static_cast<E*>(nullptr);
  else if constexpr (text.size != 0)
    return static_cast<ill_formed<fixed_string<text.size>::copy(text.text)>*>(nullptr);
  else return static_cast<Target*>(nullptr);
}
/// Nothing where the operands are none: clang looks at return types before constraints.
template <class Target, class Op, class E, class T, auto... Extents>
struct in_place {};
template <class Target, class Op, class E, class T, auto... Extents>
  requires operands<tensor_view<T, Extents...>, E>
struct in_place<Target, Op, E, T, Extents...> {
  using tree = apply_t<Op, tensor_view<T, Extents...>, E>;
  using found = std::remove_pointer_t<
      decltype(in_place_result<Target, tree, std::remove_const_t<T>, Extents...>())>;
  using type = std::conditional_t<std::same_as<found, Target>, Target&, found>;
};
template <class Target, class Op, class E, class T, auto... Extents>
using in_place_t = typename in_place<Target, Op, E, T, Extents...>::type;

/// The target as it is goes into the tree as a view.
template <class Op, class E, class T, auto... Extents>
constexpr void assign_in_place(tensor_view<T, Extents...> view, E&& e) {
  auto const tree = call<Op>({}, tensor_view<T, Extents...>(view), static_cast<E&&>(e));
  lazy_access<std::remove_const_t<decltype(tree)>>::into(tree, view);
}

}  // namespace engine

// clang-format off
/// t = t + e, in t's element type; e may read t.
template <class T, auto... X, class E> requires operands<tensor<T, X...>, E> constexpr auto operator+=(tensor<T, X...>& t, E&& e) -> engine::in_place_t<tensor<T, X...>, op::add, E, T, X...> { engine::assign_in_place<op::add>(tensor_view<T, X...>(t), static_cast<E&&>(e)); return t; }
template <class T, auto... X, class E> requires operands<tensor<T, X...>, E> constexpr auto operator-=(tensor<T, X...>& t, E&& e) -> engine::in_place_t<tensor<T, X...>, op::subtract, E, T, X...> { engine::assign_in_place<op::subtract>(tensor_view<T, X...>(t), static_cast<E&&>(e)); return t; }
template <class T, auto... X, class E> requires operands<tensor<T, X...>, E> constexpr auto operator*=(tensor<T, X...>& t, E&& e) -> engine::in_place_t<tensor<T, X...>, op::multiply, E, T, X...> { engine::assign_in_place<op::multiply>(tensor_view<T, X...>(t), static_cast<E&&>(e)); return t; }
template <class T, auto... X, class E> requires operands<tensor<T, X...>, E> constexpr auto operator/=(tensor<T, X...>& t, E&& e) -> engine::in_place_t<tensor<T, X...>, op::divide, E, T, X...> { engine::assign_in_place<op::divide>(tensor_view<T, X...>(t), static_cast<E&&>(e)); return t; }
/// The same through a view: `t[0] += e`.
template <class T, auto... X, class E> requires(!std::is_const_v<T> && operands<tensor_view<T, X...>, E>) constexpr auto operator+=(tensor_view<T, X...> const& t, E&& e) -> engine::in_place_t<tensor_view<T, X...> const, op::add, E, T, X...> { engine::assign_in_place<op::add>(t, static_cast<E&&>(e)); return t; }
template <class T, auto... X, class E> requires(!std::is_const_v<T> && operands<tensor_view<T, X...>, E>) constexpr auto operator-=(tensor_view<T, X...> const& t, E&& e) -> engine::in_place_t<tensor_view<T, X...> const, op::subtract, E, T, X...> { engine::assign_in_place<op::subtract>(t, static_cast<E&&>(e)); return t; }
template <class T, auto... X, class E> requires(!std::is_const_v<T> && operands<tensor_view<T, X...>, E>) constexpr auto operator*=(tensor_view<T, X...> const& t, E&& e) -> engine::in_place_t<tensor_view<T, X...> const, op::multiply, E, T, X...> { engine::assign_in_place<op::multiply>(t, static_cast<E&&>(e)); return t; }
template <class T, auto... X, class E> requires(!std::is_const_v<T> && operands<tensor_view<T, X...>, E>) constexpr auto operator/=(tensor_view<T, X...> const& t, E&& e) -> engine::in_place_t<tensor_view<T, X...> const, op::divide, E, T, X...> { engine::assign_in_place<op::divide>(t, static_cast<E&&>(e)); return t; }
// clang-format on

}  // namespace slope
