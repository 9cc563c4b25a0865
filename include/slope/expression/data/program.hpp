// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/data/tree.hpp"
#include "slope/expression/identity.hpp"
#include "slope/expression/into.hpp"

/// The program of a tree of data: it depends on the tree's type only. Data are leaves numbered in
/// order, so that trees of one type share one program.
namespace slope {

namespace engine {

template <class>
inline constexpr bool mentions_variable = false;
template <fixed_string Name, class T, auto... Extents>
inline constexpr bool mentions_variable<slope::variable<Name, T, Extents...>> = true;
template <class Op, auto... Children>
inline constexpr bool mentions_variable<slope::node<Op, Children...>> =
    (mentions_variable<std::remove_cv_t<decltype(Children)>> || ...);
template <class Op, class... S>
inline constexpr bool mentions_variable<data_tree<Op, S...>> = (mentions_variable<S> || ...);
template <class Tree, class Variable>
inline constexpr bool mentions_variable<gradient_tree<Tree, Variable>> = mentions_variable<Tree>;

/// The place of the first datum of type S, so that a leaf of autograd is one leaf of the graph
/// however often it occurs.
template <class S, class... All>
consteval int first_place(leaf_list<All...>) {
  bool const same[] = {__is_same(S, All)..., true};
  int k = 0;
  while (!same[k]) ++k;
  return k;
}

/// Adds what Root has at S to a graph; `next` counts the data.
template <class Root, class S>
struct data_lowering {
  static constexpr symbol call(builder& b, int& next) {
    if constexpr (is_symbolic_v<S>) return lower(b, S{});
    else {
      using form = form_of<S>;
      int const place = next++;
      if constexpr (is_leaf_pointer<S>) {
        using leaf_type = std::remove_cv_t<std::remove_pointer_t<S>>;
        return data_symbol(b, leaf_type::name(), first_place<S>(leaves_of<Root>{}), form::type,
                           form::extents);
      } else {
        return data_symbol(b, no_name, place, form::type, form::extents);
      }
    }
  }
};
template <class Root, class Op, class... S>
struct data_lowering<Root, data_tree<Op, S...>> {
  static constexpr symbol call(builder& b, int& next) {
    symbol const operands[] = {data_lowering<Root, S>::call(b, next)...};
    return apply_in_order<Op>(operands, std::index_sequence_for<S...>{});
  }
};

/// log(c + exp(x)) with a number c that is known at run time only: where it is 1, this is softplus,
/// which does not overflow.
constexpr symbol log_of_number_and_exp(symbol c, symbol x) {
  return symbols::where(symbols::eq(c, 1), symbols::softplus(x), symbols::log(c + symbols::exp(x)));
}
template <class Root, class C, class S>
  requires number<C>
struct data_lowering<Root,
                     data_tree<op::log, data_tree<op::add, C, data_tree<op::exp, S>>>> {
  static constexpr symbol call(builder& b, int& next) {
    symbol const c = data_lowering<Root, C>::call(b, next);
    return log_of_number_and_exp(c, data_lowering<Root, S>::call(b, next));
  }
};
template <class Root, class S, class C>
  requires number<C>
struct data_lowering<Root,
                     data_tree<op::log, data_tree<op::add, data_tree<op::exp, S>, C>>> {
  static constexpr symbol call(builder& b, int& next) {
    symbol const x = data_lowering<Root, S>::call(b, next);
    return log_of_number_and_exp(data_lowering<Root, C>::call(b, next), x);
  }
};

/// The roots of the graph of E: one, or as many as a pack of trees has.
template <class E>
struct data_roots {
  static constexpr void add(builder& b, int& next) {
    b.graph.roots[b.graph.root_count++] = data_lowering<E, E>::call(b, next).index();
  }
};

template <class E>
constexpr work_graph recorded_data() {
  work_graph g;
  builder b(g);
  int next = 0;
  data_roots<E>::add(b, next);
  return g;
}
/// The graph of a tree's type as it is written.
template <class E>
struct written_data {
  static constexpr work_graph full = recorded_data<E>();
  static constexpr auto graph = shrink<full>();
};
template <class E>
struct simplest_data {
  static constexpr work_graph full = simplified(view(written_data<E>::graph));
  static constexpr auto graph = shrink<full>();
};

/// Which datum of E a leaf of a graph is; -1 for a variable.
template <class... S>
consteval int datum_of(leaf_list<S...>, char const* name, int ordinal) {
  if (name[0] == 0) return ordinal;
  char const* const names[] = {name_of_datum<S>()..., no_name};
  for (int k = 0; k < static_cast<int>(sizeof...(S)); ++k)
    if (detail::same_text(names[k], name)) return k;
  return -1;
}
template <class E, class Holder, int Leaf>
inline constexpr int datum = datum_of(leaves_of<E>{}, Holder::graph.leaves[Leaf].name,
                                      Holder::graph.leaves[Leaf].ordinal);

/// std::invalid_argument where two leaves of one name are two objects.
template <class E>
constexpr void check_leaves(E const& e);

/// The data of leaf Leaf: of e, or what the library binds itself.
template <class Holder, int Leaf, class E>
[[gnu::always_inline]] constexpr auto const& leaf_data_in(E const& e) {
  constexpr leaf const l = Holder::graph.leaves[Leaf];
  if constexpr (is_identity(l)) return identity_data<-l.ordinal>;
  else return data_of(e.template stored<datum<E, Holder, Leaf>>());
}
/// f called with the data of e in the order of Holder's leaves.
template <class Holder, class E, class F>
[[gnu::always_inline]] constexpr decltype(auto) with_data(E const& e, F const& f) {
  return [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline))->decltype(auto) {
    return f(leaf_data_in<Holder, I>(e)...);
  }
  (std::make_integer_sequence<int, Holder::graph.leaf_count>{});
}

/// The same values as another element type: what assignment to tensors of other types needs.
template <class T>
struct as_type {
  static constexpr axes_rule axes = axes_rule::none;
  static constexpr bool has_front = true;
  static constexpr symbol front(builder& b, parameters const&, symbol x) {
    return broadcast_symbol(b, x, b[x].shape, dtype_of<T>);
  }
};
template <class E, class T>
using tree_as =
    std::conditional_t<E::form::type == dtype_of<T>, E, data_tree<as_type<T>, E>>;

template <class E>
constexpr auto evaluated_tree(E const& e) {
  static_assert(!mentions_variable<E>,
                "slope: this tree has variables: evaluate(tree, x = data) binds them");
  check_leaves(e);
  using holder = simplest_data<tree_as<E, typename E::value_type>>;
  return with_data<holder>(e, [](auto const&... data) __attribute__((always_inline)) {
    return evaluated<holder>(nullptr, data...);
  });
}

}  // namespace engine

template <class E>
  requires is_data_tree_v<E>
inline constexpr bool is_lazy_v<E> = !engine::mentions_variable<E>;

template <class E>
  requires is_data_tree_v<E>
struct lazy_result<E> {
  using value_type = typename E::value_type;
  static constexpr int rank = E::rank();
  template <int K>
  static constexpr auto extent_value = engine::extent_in<typename E::form, K>::value;
};

template <class E>
  requires is_data_tree_v<E>
struct lazy_access<E> {
  static constexpr auto shape(E const& e) {
    std::array<int, static_cast<std::size_t>(E::rank())> result{};
    using program = engine::program_of<engine::simplest_data<E>>;
    engine::with_data<engine::simplest_data<E>>(e, [&](auto const&... data) {
      auto const sizes = engine::sizes_of<program>(data...);
      for (std::size_t k = 0; k < result.size(); ++k)
        result[k] = static_cast<int>(
            engine::extent_value(engine::result_of<program, 0>::s.extents[k], sizes.at));
    });
    return result;
  }
  template <class Out>
  static constexpr void into(E const& e, Out& out) {
    using target = std::remove_const_t<Out>;
    using holder = engine::simplest_data<engine::tree_as<E, typename target::value_type>>;
    engine::check_leaves(e);
    engine::with_data<holder>(e, [&](auto const&... data) {
      if constexpr (is_tensor_view_v<target>) {
        target view(out);
        engine::evaluated_into<holder>(std::tuple<target&>(view), nullptr, data...);
      } else {
        engine::evaluated_into<holder>(std::tuple<target&>(out), nullptr, data...);
      }
    });
  }
  /// `into` is safe where the tree reads what it writes: it goes by workspace then.
  static bool reads(E const&, void const*, void const*) { return false; }
};

namespace engine {

template <class E, int I, int K, class... S>
constexpr void check_pair(E const& e, leaf_list<S...>) {
  using first = std::tuple_element_t<static_cast<std::size_t>(I), std::tuple<S...>>;
  using second = std::tuple_element_t<static_cast<std::size_t>(K), std::tuple<S...>>;
  if constexpr (I < K && std::same_as<first, second> && is_leaf_pointer<first>) {
    if (e.template stored<I>() != e.template stored<K>())
      detail::raise<std::invalid_argument>(
          "requires_grad: two different leaves of one name in one expression");
  }
}
template <class E>
constexpr void check_leaves(E const& e) {
  using all = leaves_of<E>;
  if constexpr (has_leaf_pointer(all{})) {
    [&]<int... P>(std::integer_sequence<int, P...>) {
      (check_pair<E, P / all::size, P % all::size>(e, all{}), ...);
    }
    (std::make_integer_sequence<int, all::size * all::size>{});
  }
}

}  // namespace engine
}  // namespace slope
