// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/data/operands.hpp"

/// Operations on data: a tree of the operations with the data at its leaves, not yet evaluated.
namespace slope {

namespace engine {

/// A leaf of data in a graph.
constexpr symbol data_symbol(builder& b, char const* name, int ordinal, dtype type,
                             shape_info const& extents) {
  engine::node n = blank(op_number<op::variable>());
  n.type = type;
  n.attribute = b.intern_leaf(name, ordinal, type, extents);
  n.shape = b.graph.leaves[n.attribute].shape;
  return {&b, b.insert(n)};
}

/// What an operation gives for operands of some forms, or why there is nothing.
struct op_outcome {
  bool failed;
  detail::text_buffer<160> text;
  dtype type;
  shape_info extents;
};

template <class Op, class... S, std::size_t... I>
constexpr symbol apply_in_order(symbol const* operands, std::index_sequence<I...>) {
  return build<Op>(operands[I]...);
}

constexpr op_outcome outcome_of(builder& b, symbol root) {
  op_outcome result{};
  result.failed = b.graph.error.failed;
  result.text = b.graph.error.text;
  result.type = b[root].type;
  result.extents = b.describe(b.shape_of(root));
  return result;
}
template <class Op, class... Forms>
consteval op_outcome find_outcome() {
  work_graph g;
  builder b(g);
  int next = -1;
  symbol const operands[] = {
      (++next, data_symbol(b, no_name, next, Forms::type, Forms::extents))...};
  return outcome_of(b, apply_in_order<Op>(operands, std::index_sequence_for<Forms...>{}));
}
template <class Op, class... Forms>
inline constexpr op_outcome outcome = find_outcome<Op, Forms...>();

/// Extent K of an outcome: a number, dim<"n"> or dynamic.
template <auto const& Outcome, std::size_t K>
consteval auto outcome_extent() {
  constexpr extent e = Outcome.extents.extents[K];
  if constexpr (e.size >= 0) return e.size;
  else if constexpr (!e.has_name()) return dynamic;
  else return dim_t<fixed_string<detail::text_length(e.name)>::copy(e.name)>{};
}
template <auto const& Outcome, class Indices>
struct outcome_form;
template <auto const& Outcome, std::size_t... K>
struct outcome_form<Outcome, std::index_sequence<K...>> {
  using type = value_form<Outcome.type, outcome_extent<Outcome, K>()...>;
};
template <auto const& Outcome>
using outcome_form_t = typename outcome_form<
    Outcome, std::make_index_sequence<static_cast<std::size_t>(Outcome.extents.rank)>>::type;

template <class Op, class... S>
struct form_in<data_tree<Op, S...>> {
  using type = outcome_form_t<outcome<Op, form_of<S>...>>;
};
/// Of a formula beside data.
template <class E>
consteval op_outcome formula_outcome() {
  work_graph g;
  builder b(g);
  return outcome_of(b, lower(b, E{}));
}
template <class E>
inline constexpr op_outcome formula_outcome_v = formula_outcome<E>();
template <class E>
  requires is_symbolic_v<E>
struct form_in<E> {
  using type = outcome_form_t<formula_outcome_v<E>>;
};

/// The values of a form, when they are asked for.
template <class Form>
struct form_values;
template <dtype Type, auto... Extents>
struct form_values<value_form<Type, Extents...>> {
  // Of plain numbers alone, as in where(c, 1.0, 0.0), torch makes float32.
  using value_type = std::conditional_t<Type == dtype::weak_float, float, element_t<Type>>;
  static constexpr int rank = static_cast<int>(sizeof...(Extents));
};
/// Extent K; 0 beyond the last one, for guides of other ranks are looked at as well.
template <class Form, int K>
struct extent_in {
  static constexpr int value = 0;
};
template <dtype Type, auto First, auto... Rest, int K>
struct extent_in<value_form<Type, First, Rest...>, K> : extent_in<value_form<Type, Rest...>, K - 1> {};
template <dtype Type, auto First, auto... Rest>
struct extent_in<value_form<Type, First, Rest...>, 0> {
  static constexpr auto value = First;
};

template <class>
inline constexpr bool is_leaf_pointer = false;
template <class L>
inline constexpr bool is_leaf_pointer<L const*> = is_leaf_v<L>;
template <class... S>
consteval bool has_leaf_pointer(leaf_list<S...>) {
  return (is_leaf_pointer<S> || ...);
}
template <class S>
constexpr char const* name_of_datum() {
  if constexpr (is_leaf_pointer<S>) return std::remove_pointer_t<S>::name();
  else return no_name;
}
/// The name that two leaves of different types have, or an empty one.
template <class... S>
consteval char const* twice_named(leaf_list<S...>) {
  char const* const names[] = {name_of_datum<S>()..., no_name};
  [[maybe_unused]] int const count = static_cast<int>(sizeof...(S));
  [[maybe_unused]] auto const same_as_all = [&]<class X>(int k, std::type_identity<X>) {
    bool const same[] = {__is_same(S, X)..., true};
    for (int i = 0; i < count; ++i)
      if (!same[i] && names[k][0] != 0 && detail::same_text(names[i], names[k])) return false;
    return true;
  };
  int k = 0;
  bool good = true;
  ((good = good && same_as_all(k, std::type_identity<S>{}), k += good ? 1 : 0), ...);
  return good ? no_name : names[k];
}
template <class List>
consteval auto name_clash() {
  detail::text_buffer<160> text;
  if (char const* const name = twice_named(List{}); name[0] != 0) {
    text.write("leaf ");
    text.write(name);
    text.write(": one name, two types or shapes");
  }
  return text;
}
template <class List>
inline constexpr auto name_clash_text = name_clash<List>();

template <class Op, class... A>
inline constexpr bool plain_condition = false;
template <class C, class... A>
inline constexpr bool plain_condition<op::where, C, A...> =
    std::same_as<std::remove_cvref_t<C>, bool>;
template <class A>
inline constexpr bool is_rvalue_leaf =
    is_leaf_v<std::remove_cvref_t<A>> && !std::is_lvalue_reference_v<A>;

template <class Op, class... A>
consteval auto data_result() {
  if constexpr (plain_condition<Op, A...>)
    return static_cast<ill_formed<"where: a plain bool, use eq">*>(nullptr);
  else if constexpr ((std::same_as<std::remove_cvref_t<A>, symbol> || ...))
    return static_cast<ill_formed<"function: data in a trace", "make it an argument">*>(nullptr);
  else if constexpr ((is_rvalue_leaf<A> || ...))
    return static_cast<ill_formed<"requires_grad: rvalue leaf", "give it a name">*>(nullptr);
  else {
    constexpr auto const& result = outcome<Op, form_of<typename stored<A>::type>...>;
    using data = decltype((leaf_list<>{} + ... + leaves_of<typename stored<A>::type>{}));
    constexpr auto const& clash = name_clash_text<data>;
    if constexpr (result.failed)
      return static_cast<ill_formed<fixed_string<result.text.size>::copy(result.text.text)>*>(
          nullptr);
    else if constexpr (clash.size != 0)
      return static_cast<ill_formed<fixed_string<clash.size>::copy(clash.text)>*>(nullptr);
    else return static_cast<data_tree<Op, typename stored<A>::type...>*>(nullptr);
  }
}

/// Several kinds of operands, data or a plain number among them.
template <class Op, class... A>
struct application<operand_kind::data, Op, A...> {
  using type = std::remove_pointer_t<decltype(data_result<Op, A...>())>;
  static constexpr auto call(location, A&&... a) {
    if constexpr (is_data_tree_v<type>)
      return type(operand_list<typename stored<A>::type...>{stored<A>::store(a)...});
  }
};

/// Evaluation of a tree E, defined after the program of a tree.
template <class E>
constexpr auto evaluated_tree(E const& e);
/// Through this function the member finds `backward`, which is declared in a later room.
template <class E>
constexpr auto call_backward(E const& e) {
  return backward(e);
}
template <class Form>
consteval auto not_backward() {
  detail::text_buffer<160> text;
  text.write("backward: not a scalar: ");
  write_shape(text, Form::extents);
  return text;
}
template <class Form>
inline constexpr auto not_backward_text = not_backward<Form>();
/// What backward() of a tree gives: its value.
template <class E>
consteval auto backward_result() {
  using form = typename E::form;
  if constexpr (!has_leaf_pointer(leaves_of<E>{}))
    return static_cast<ill_formed<"backward: nothing here requires_grad">*>(nullptr);
  else if constexpr (form::extents.rank != 0) {
    constexpr auto const& text = not_backward_text<form>;
    return static_cast<ill_formed<fixed_string<text.size>::copy(text.text)>*>(nullptr);
  } else return static_cast<typename E::value_type*>(nullptr);
}
template <class E>
using backward_result_t = std::remove_pointer_t<decltype(backward_result<E>())>;

}  // namespace engine

/// What trees of data have in common; Self's values have a Form.
template <class Self, class Form>
class data_expression : public detail::methods<Self> {
 public:
  using form = Form;
  using value_type = typename engine::form_values<Form>::value_type;
  static constexpr int rank() { return engine::form_values<Form>::rank; }

  /// The values: a number where there are no axes, else a tensor.
  constexpr auto eval() const { return engine::evaluated_tree(self()); }
  /// The value of a tree of one element.
  constexpr value_type item() const {
    if constexpr (Form::extents.rank == 0) return eval();
    else return eval().item();
  }
  /// A tree without axes is a number wherever one is needed.
  constexpr operator value_type() const requires(Form::extents.rank == 0) { return eval(); }
  /// Adds the derivatives of this scalar to the gradients of the leaves that requires_grad made;
  /// value and gradients are one pass, and the value is what comes back.
  /// ill_formed<"backward: not a scalar: (2,2)"> where the tree has axes.
  template <class E = Self>
  constexpr auto backward() const -> engine::backward_result_t<E> {
    if constexpr (std::same_as<engine::backward_result_t<E>, value_type>)
      return engine::call_backward(self());
  }

 private:
  constexpr Self const& self() const { return static_cast<Self const&>(*this); }
};

/// Op applied to data. Lvalue tensors are borrowed, rvalue tensors are part of the tree.
template <class Op, class... S>
class data_tree : public data_expression<data_tree<Op, S...>, engine::form_of<data_tree<Op, S...>>> {
 public:
  constexpr explicit data_tree(engine::operand_list<S...>&& operands)
      : operands_(static_cast<engine::operand_list<S...>&&>(operands)) {}

  /// Datum I of all the tree's data, as it is stored.
  template <int I>
  constexpr auto const& stored() const {
    return engine::stored_among<I, 0>(operands_);
  }

 private:
  engine::operand_list<S...> operands_;
};

}  // namespace slope
