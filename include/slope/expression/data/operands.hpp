// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/tree.hpp"
#include "slope/tensor/tensor.hpp"

/// What a tree of data holds of its operands: an lvalue tensor by its address, an rvalue one itself,
/// views and numbers by value, formulas as their types.
namespace slope {

template <class Op, class... Operands>
class data_tree;
template <class Tree, class Variable>
class gradient_tree;

/// Specialised for objects that hold data of their own kind and are always borrowed: `value_type`,
/// `extents_form`, `name()` and `data()` are needed of them.
template <class>
inline constexpr bool is_leaf_v = false;

template <class>
inline constexpr bool is_data_tree_v = false;
template <class Op, class... S>
inline constexpr bool is_data_tree_v<data_tree<Op, S...>> = true;
template <class Tree, class Variable>
inline constexpr bool is_data_tree_v<gradient_tree<Tree, Variable>> = true;

namespace engine {

template <class T>
inline constexpr bool is_data_operand =
    is_tensor_v<T> || is_tensor_view_v<T> || is_data_tree_v<T> || is_leaf_v<T>;
template <class T>
  requires is_data_operand<T>
inline constexpr operand_kind operand_kind_v<T> = operand_kind::data;

/// The type of a value: its element type and its extents.
template <dtype Type, auto... Extents>
struct value_form {
  static constexpr dtype type = Type;
  static constexpr shape_info extents = shape_info_of<Extents...>();
};

/// Plain numbers are kept in the widest type of their category, so that one formula is one program.
template <class T>
using widest_number = std::conditional_t<std::same_as<T, bool>, bool,
                                         std::conditional_t<std::is_floating_point_v<T>, double,
                                                            std::int64_t>>;

/// How an argument of an operation is stored. A: `T&` for lvalues, `T` for rvalues.
template <class A>
struct stored {
  using plain = std::remove_cvref_t<A>;
  static consteval auto find() {
    if constexpr (number<plain>) return widest_number<plain>{};
    else if constexpr (is_leaf_v<plain> ||
                       (is_tensor_v<plain> && std::is_lvalue_reference_v<A>))
      return static_cast<plain const*>(nullptr);
    else return std::type_identity<plain>{};
  }
  static constexpr bool by_value = !number<plain> && !std::is_pointer_v<decltype(find())>;
  using type = typename std::conditional_t<by_value, std::type_identity<plain>,
                                           std::type_identity<decltype(find())>>::type;
  static constexpr type store(std::remove_reference_t<A>& a) {
    if constexpr (std::is_pointer_v<type>) return &a;
    else if constexpr (number<plain>) return static_cast<type>(a);
    else return static_cast<A&&>(a);
  }
};
template <class A>
  requires is_tensor_view_v<std::remove_cvref_t<A>>
struct stored<A> {
  template <class T, auto... Extents>
  static consteval tensor_view<T const, Extents...> reading(tensor_view<T, Extents...> const*);
  using type = decltype(reading(static_cast<std::remove_cvref_t<A>*>(nullptr)));
  static constexpr type store(std::remove_reference_t<A>& a) { return a; }
};

/// The operands of a node, five at most.
template <class... S>
struct operand_list;
template <class A>
struct operand_list<A> {
  A first;
  template <int>
  constexpr A const& at() const { return first; }
};
template <class A, class B>
struct operand_list<A, B> {
  A first;
  B second;
  template <int K>
  constexpr auto const& at() const {
    if constexpr (K == 0) return first;
    else return second;
  }
};
template <class A, class B, class C>
struct operand_list<A, B, C> {
  A first;
  B second;
  C third;
  template <int K>
  constexpr auto const& at() const {
    if constexpr (K == 0) return first;
    else if constexpr (K == 1) return second;
    else return third;
  }
};
template <class A, class B, class C, class D>
struct operand_list<A, B, C, D> {
  A first;
  B second;
  C third;
  D fourth;
  template <int K>
  constexpr auto const& at() const {
    if constexpr (K == 0) return first;
    else if constexpr (K == 1) return second;
    else if constexpr (K == 2) return third;
    else return fourth;
  }
};
template <class A, class B, class C, class D, class E>
struct operand_list<A, B, C, D, E> {
  A first;
  B second;
  C third;
  D fourth;
  E fifth;
  template <int K>
  constexpr auto const& at() const {
    if constexpr (K == 0) return first;
    else if constexpr (K == 1) return second;
    else if constexpr (K == 2) return third;
    else if constexpr (K == 3) return fourth;
    else return fifth;
  }
};

/// The types of a tree's data, in order; formulas have none.
template <class... S>
struct leaf_list {
  static constexpr int size = static_cast<int>(sizeof...(S));
  template <class... R>
  consteval leaf_list<S..., R...> operator+(leaf_list<R...>) const { return {}; }
};
template <class S>
struct leaves_in {
  using type = std::conditional_t<is_symbolic_v<S>, leaf_list<>, leaf_list<S>>;
};
template <class Op, class... S>
struct leaves_in<data_tree<Op, S...>> {
  using type = decltype((leaf_list<>{} + ... + typename leaves_in<S>::type{}));
};
template <class Tree, class Variable>
struct leaves_in<gradient_tree<Tree, Variable>> : leaves_in<Tree> {};
template <class S>
using leaves_of = typename leaves_in<S>::type;

/// Datum I of an operand as it is stored.
template <int I, class S>
constexpr auto const& stored_at(S const& s) {
  if constexpr (is_data_tree_v<S>) return s.template stored<I>();
  else return s;
}
template <int I, int K, class... S>
constexpr auto const& stored_among(operand_list<S...> const& operands) {
  using here = leaves_of<std::remove_cvref_t<decltype(operands.template at<K>())>>;
  if constexpr (I < here::size) return stored_at<I>(operands.template at<K>());
  else return stored_among<I - here::size, K + 1>(operands);
}
/// What is stored, as a number, a tensor or a view.
template <class S>
constexpr auto const& data_of(S const& s) {
  if constexpr (!std::is_pointer_v<S>) return s;
  else if constexpr (is_leaf_v<std::remove_cvref_t<decltype(*s)>>) return s->data();
  else return *s;
}

/// The form of an operand.
template <class S>
struct form_in;
template <>
struct form_in<bool> { using type = value_form<dtype::boolean>; };
template <>
struct form_in<std::int64_t> { using type = value_form<dtype::weak_int>; };
template <>
struct form_in<double> { using type = value_form<dtype::weak_float>; };
template <class T, auto... Extents>
struct form_in<tensor<T, Extents...>> { using type = value_form<dtype_of<T>, Extents...>; };
template <class T, auto... Extents>
struct form_in<tensor<T, Extents...> const*> { using type = value_form<dtype_of<T>, Extents...>; };
template <class T, auto... Extents>
struct form_in<tensor_view<T const, Extents...>> { using type = value_form<dtype_of<T>, Extents...>; };
template <class L>
  requires is_leaf_v<L>
struct form_in<L const*> { using type = typename L::form; };
template <class S>
using form_of = typename form_in<S>::type;

}  // namespace engine
}  // namespace slope
