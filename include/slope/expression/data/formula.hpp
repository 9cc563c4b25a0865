// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/data/print.hpp"
#include "slope/expression/evaluate.hpp"
#include "slope/symbolic/batch.hpp"

/// Formulas with numbers and tensors that are known at run time only: `2.0f * x`. They are trees of
/// data with variables: evaluated with bindings, and differentiated.
namespace slope {

namespace engine {

/// The gradient of a tree for a variable, as a graph of its own.
template <class Tree, class X>
struct data_gradient {
  static constexpr auto const& start = simplest_data<Tree>::graph;
  static consteval int find() {
    for (int k = 0; k < start.leaf_count; ++k)
      if (detail::same_text(start.leaves[k].name, X::name())) return k;
    return -1;
  }
  static constexpr int index = find();
  static_assert(index >= 0, "slope: gradient for a variable that does not occur");
  static constexpr work_graph first = reverse(view(start), &index, 1, false, copying::as_it_is);
  static constexpr auto graph = shrink<first>();
};

template <class Root, class Tree, class X>
struct data_lowering<Root, gradient_tree<Tree, X>> {
  static constexpr symbol call(builder& b, int& next) {
    constexpr auto const& from = data_gradient<Tree, X>::graph;
    substitute leaves[from.leaf_count + 1]{};
    for (int k = 0; k < from.leaf_count; ++k) {
      engine::leaf const& l = from.leaves[k];
      shape_info info;
      shape const s = from.shapes[l.shape];
      info.rank = s.rank;
      for (int a = 0; a < s.rank; ++a)
        info.extents[a] = s.extents[a] >= 0
                              ? extent{s.extents[a], no_name}
                              : extent{-1, from.sizes[size_index(s.extents[a])].name};
      int const ordinal = l.name[0] != 0 ? l.ordinal : ordinal_of(l.ordinal, next);
      leaves[k].value = data_symbol(b, l.name, ordinal, l.type, info);
    }
    batch_copy const copied(b, view(from), leaves);
    next += leaves_of<Tree>::size;
    return copied[from.roots[0]];
  }
  /// The number in Root of a datum of Tree, whose data begin at `offset`.
  static constexpr int ordinal_of(int ordinal, int offset) {
    return ordinal_table(leaves_of<Tree>{}, ordinal, offset);
  }
  template <class... S>
  static constexpr int ordinal_table(leaf_list<S...>, int ordinal, int offset) {
    int const first[] = {(is_leaf_pointer<S> ? first_place<S>(leaves_of<Root>{}) : -1)..., -1};
    return first[ordinal] >= 0 ? first[ordinal] : ordinal + offset;
  }
};

template <class Tree, fixed_string Name, class T, auto... Extents>
struct form_in<gradient_tree<Tree, slope::variable<Name, T, Extents...>>> {
  using type = value_form<dtype_of<T>, Extents...>;
};

/// gradient_tree<E, X>, or ill_formed<...>.
template <class E>
consteval auto not_scalar_data() {
  detail::text_buffer<160> text;
  text.write("gradient: not a scalar: ");
  write_shape(text, E::form::extents);
  return text;
}
template <class E>
inline constexpr auto not_scalar_data_text = not_scalar_data<E>();
template <class E, class X>
consteval auto data_gradient_result() {
  if constexpr (E::form::extents.rank != 0) {
    constexpr auto const& text = not_scalar_data_text<E>;
    return static_cast<ill_formed<fixed_string<text.size>::copy(text.text)>*>(nullptr);
  } else return static_cast<gradient_tree<E, X>*>(nullptr);
}

template <class E, class X>
struct data_gradient_type {};
template <class E, class X>
  requires(is_data_tree_v<E> && is_variable_v<X>)
struct data_gradient_type<E, X> {
  using type = std::remove_pointer_t<decltype(data_gradient_result<E, X>())>;
};

/// ill_formed<...> when the bindings V are not the variables of the tree E; else void.
template <class E, class Holder, class... V>
consteval auto data_binding_text() {
  detail::text_buffer<160> text;
  char const* const names[] = {V::name()..., no_name};
  bool used[sizeof...(V) + 1]{};
  auto const& g = Holder::graph;
  for (int k = 0; k < g.leaf_count; ++k) {
    if (is_identity(g.leaves[k]) ||
        datum_of(leaves_of<E>{}, g.leaves[k].name, g.leaves[k].ordinal) >= 0)
      continue;
    bool bound = false;
    for (std::size_t i = 0; i < sizeof...(V); ++i) {
      if (!detail::same_text(names[i], g.leaves[k].name)) continue;
      if (bound && text.size == 0) {
        text.write("evaluate: bound twice: ");
        text.write(names[i]);
      }
      bound = used[i] = true;
    }
    if (bound || text.size != 0) continue;
    text.write("evaluate: unbound variable: ");
    text.write(g.leaves[k].name);
  }
  for (std::size_t i = 0; i < sizeof...(V); ++i) {
    if (used[i] || names[i][0] == 0 || text.size != 0) continue;
    text.write("evaluate: bound but unused: ");
    text.write(names[i]);
  }
  return text;
}
template <class E, class Holder, class... V>
inline constexpr auto data_binding_error = data_binding_text<E, Holder, V...>();

/// Several trees that are evaluated as one program.
template <class... E>
struct data_pack;
template <class>
inline constexpr bool is_data_pack_v = false;
template <class... E>
inline constexpr bool is_data_pack_v<data_pack<E...>> = true;

template <class E, class Holder>
struct data_values {
  using type = value_at<program_of<Holder>, 0>;
};
template <class... E, class Holder>
struct data_values<data_pack<E...>, Holder> {
  using type = typename all_results<program_of<Holder>, std::index_sequence_for<E...>>::type;
};

template <class E, class... A>
struct data_evaluation {};
template <class E, class... A>
  requires((is_data_tree_v<E> || is_data_pack_v<E>) &&
           requires { typename std::tuple<bound_t<A>...>; })
struct data_evaluation<E, A...> {
  using holder = simplest_data<E>;
  template <class Result>
  static consteval auto find() {
    constexpr auto const& text = data_binding_error<E, holder, bound_t<A>...>;
    if constexpr (text.size != 0)
      return static_cast<ill_formed<fixed_string<text.size>::copy(text.text)>*>(nullptr);
    else return static_cast<Result*>(nullptr);
  }
  static constexpr bool fits = data_binding_error<E, holder, bound_t<A>...>.size == 0;
  using type = std::remove_pointer_t<decltype(find<typename data_values<E, holder>::type>())>;
  using none = std::remove_pointer_t<decltype(find<void>())>;
};

template <class Holder, int Leaf, class E, class... A>
[[gnu::always_inline]] constexpr auto const& bound_data(E const& e,
                                                        std::tuple<A const&...> const& all) {
  if constexpr (is_identity(Holder::graph.leaves[Leaf]) || datum<E, Holder, Leaf> >= 0)
    return leaf_data_in<Holder, Leaf>(e);
  else return std::get<binding_of<Holder, Leaf, bound_t<A>...>()>(all).data;
}
/// f called with the tree's data and the bindings', in the order of the graph's leaves.
template <class Holder, class E, class F, class... A>
[[gnu::always_inline]] constexpr auto with_bound_data(E const& e, F const& f, A const&... arguments) {
  return [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    std::tuple<A const&...> const all(arguments...);
    return f(bound_data<Holder, I>(e, all)...);
  }
  (std::make_integer_sequence<int, Holder::graph.leaf_count>{});
}
/// The results of trees of data into places, one for each.
template <class Holder, class E, class... Places, class... A>
constexpr void write_trees(E const& e, std::tuple<Places...> to, A&... arguments) {
  with_bound_data<Holder>(
      e,
      [&](auto const&... data) {
        apply_inline(
            [&](auto&... sinks) {
              evaluated_into<Holder>(std::tuple<decltype(sinks)...>(sinks...),
                                     workspace_among(arguments...), data...);
            },
            to);
      },
      arguments...);
}

}  // namespace engine

/// The gradient of a tree of data with variables, as a node that names its source: it evaluates to
/// the derivative, and carries the data.
template <class Tree, class Variable>
class gradient_tree
    : public data_expression<gradient_tree<Tree, Variable>,
                             engine::form_of<gradient_tree<Tree, Variable>>> {
 public:
  constexpr explicit gradient_tree(Tree source) : source_(static_cast<Tree&&>(source)) {}
  template <int I>
  constexpr auto const& stored() const {
    return source_.template stored<I>();
  }

 private:
  Tree source_;
};

/// The derivative of a scalar tree for every element of x.
/// ill_formed<"gradient: not a scalar: (2,2)"> where the tree has axes.
template <class E, symbolic X>
constexpr auto gradient(E&& e, X const&) ->
    typename engine::data_gradient_type<std::remove_cvref_t<E>, X>::type {
  using result = typename engine::data_gradient_type<std::remove_cvref_t<E>, X>::type;
  if constexpr (is_data_tree_v<result>) return result(static_cast<E&&>(e));
}

/// The value of a tree of data with its variables bound: `evaluate(rate * x, x = data)`.
template <class E, class... A>
constexpr auto evaluate(E const& e, A&&... arguments) ->
    typename engine::data_evaluation<E, A...>::type {
  using found = engine::data_evaluation<E, A...>;
  if constexpr (found::fits) {
    engine::check_leaves(e);
    return engine::with_bound_data<typename found::holder>(
        e,
        [&](auto const&... data) {
          return engine::evaluated<typename found::holder>(engine::workspace_among(arguments...),
                                                           data...);
        },
        arguments...);
  }
}

/// The same into `out`, a number, a tensor or a view.
template <class Out, class E, class... A>
constexpr auto evaluate_to(Out&& out, E const& e, A&&... arguments) ->
    typename engine::data_evaluation<E, A...>::none {
  using found = engine::data_evaluation<E, A...>;
  if constexpr (found::fits) {
    engine::check_leaves(e);
    engine::write_trees<typename found::holder>(e, engine::places(out), arguments...);
  }
}

}  // namespace slope
