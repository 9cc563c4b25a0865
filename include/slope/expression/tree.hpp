// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bit>
#include <type_traits>

#include "slope/symbolic/reverse.hpp"
#include "slope/symbolic/lower.hpp"

/// Template trees: formulas as types. A variable, a constant and a node are empty objects; a node
/// takes its children as values.
namespace slope {

/// An exact constant: `2_c`, `constant<1, 3>`. What simplification made of such and does not fit a
/// fraction is a double: its bits over 0.
template <std::int64_t Numerator, std::int64_t Denominator>
struct constant_t {
  static constexpr rational value = Denominator == 0
                                        ? rational::inexact(std::bit_cast<double>(Numerator))
                                        : rational(Numerator, Denominator);
};

template <std::int64_t Numerator, std::int64_t Denominator>
inline constexpr bool is_exact_constant_v<constant_t<Numerator, Denominator>> = true;

/// Op applied to Children: a lazy template tree.
template <class Op, auto... Children>
struct node {};

template <fixed_string Name, class T, auto... Extents>
  requires element<T>
struct variable;

/// The exact fraction Numerator / Denominator, reduced.
template <std::int64_t Numerator, std::int64_t Denominator = 1>
inline constexpr constant_t<rational(Numerator, Denominator).numerator,
                            rational(Numerator, Denominator).denominator>
    constant{};

template <class>
inline constexpr bool is_symbolic_v = false;
template <std::int64_t N, std::int64_t D>
inline constexpr bool is_symbolic_v<constant_t<N, D>> = true;
template <class Op, auto... Children>
inline constexpr bool is_symbolic_v<node<Op, Children...>> = true;
template <fixed_string Name, class T, auto... Extents>
inline constexpr bool is_symbolic_v<variable<Name, T, Extents...>> = true;

/// A formula: a variable, an exact constant or a node of such.
template <class E>
concept symbolic = is_symbolic_v<std::remove_cvref_t<E>>;

template <class>
inline constexpr bool is_variable_v = false;
template <fixed_string Name, class T, auto... Extents>
inline constexpr bool is_variable_v<variable<Name, T, Extents...>> = true;

namespace engine {

template <class T>
  requires is_symbolic_v<T>
inline constexpr operand_kind operand_kind_v<T> = operand_kind::symbolic;

template <std::int64_t N, std::int64_t D>
constexpr symbol lower(builder& b, constant_t<N, D>) {
  return constant_symbol(b, constant_t<N, D>::value);
}
template <fixed_string Name, class T, auto... Extents>
constexpr symbol lower(builder& b, variable<Name, T, Extents...> const& x);
template <class Op, auto... Children>
constexpr symbol lower(builder& b, slope::node<Op, Children...>) {
  return build<Op>(lower(b, Children)...);
}

/// An extent of reshape or broadcast_to that is a size of another tree: size_of<0>(x).
template <class Op, auto... Children>
constexpr void add_parameter(builder& b, parameters& p, slope::node<Op, Children...> size) {
  symbol const s = lower(b, size);
  if (b[s].op == op_number<op::size>())
    add_value(b, p, runtime_extent(static_cast<int>(b[s].attribute)), true);
  else if (is_constant(b, s.index()) && constant_of(b, s.index()).is_integer())
    add_value(b, p, static_cast<int>(constant_of(b, s.index()).numerator), false);
  else b.fail("shape: an extent is a number or size_of<k>(x)", {});
}

/// The graph of trees as they are written, one root each.
template <class... E>
constexpr work_graph recorded() {
  work_graph g;
  builder b(g);
  ((g.roots[g.root_count++] = lower(b, E{}).index()), ...);
  return g;
}

/// The same, held as constants.
template <class... E>
struct written {
  static constexpr work_graph full = recorded<E...>();
  static constexpr auto graph = shrink<full>();
};

template <class... E>
struct simplest {
  static constexpr work_graph full = simplified(view(written<E...>::graph));
  static constexpr auto graph = shrink<full>();
};

template <class Written>
inline constexpr auto error_text =
    fixed_string<Written::full.error.text.size>::copy(Written::full.error.text.text);

/// A node, or ill_formed<...> where the operands do not fit.
template <class Tree, bool Failed = written<Tree>::full.error.failed>
struct checked {
  using type = Tree;
};
template <class Tree>
struct checked<Tree, true> {
  using type = ill_formed<error_text<written<Tree>>>;
};

/// Children are spelled A{}: a trait in between would be printed in every type name.
template <class Op, class... A>
struct tree_application {
  using type = typename checked<slope::node<Op, A{}...>>::type;
  /// Nothing for ill-formed operands, so that the operation's own result is the only error.
  static constexpr auto call(location, A const&...) {
    if constexpr (is_symbolic_v<type>) return type{};
  }
};

template <class Op, class... A>
  requires(symbolic<A> && ...)
struct application<operand_kind::symbolic, Op, A...>
    : tree_application<Op, std::remove_cvref_t<A>...> {};

}  // namespace engine
}  // namespace slope
