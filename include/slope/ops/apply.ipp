// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include <concepts>
#include <type_traits>

#include "slope/core/dtype.hpp"
#include "slope/math/math.hpp"
#include "slope/ops/make.ipp"

namespace slope::op {
struct add;
struct multiply;
struct divide;
struct power;
struct eq;
struct lt;
struct le;
struct where;
}  // namespace slope::op

namespace slope::engine {

/// What an argument of an operation is; among several the last of this list decides.
enum class operand_kind : unsigned char { none, number, symbol, symbolic, data };

/// Specialised by the expression room for trees and for tensors.
template <class T>
inline constexpr operand_kind operand_kind_v = number<T>                ? operand_kind::number
                                               : std::same_as<T, symbol> ? operand_kind::symbol
                                                                         : operand_kind::none;

/// A bit for each kind of operand, and one for exact constants: the kinds of several are their sum.
inline constexpr unsigned none_bit = 1, number_bit = 2, symbol_bit = 4, tree_bit = 8, data_bit = 16,
                          exact_bit = 32;
template <class T>
inline constexpr unsigned kind_bit = is_exact_constant_v<T>
                                         ? exact_bit
                                         : 1U << static_cast<unsigned>(operand_kind_v<T>);

/// What arguments of these kinds are together. No template: for each combination of types one would
/// be instantiated.
consteval operand_kind kind_among(unsigned bits) {
  if ((bits & none_bit) != 0) return operand_kind::none;
  if ((bits & data_bit) != 0) return operand_kind::data;
  if ((bits & symbol_bit) != 0 || bits == 0)  // exact constants beside a symbol are literals
    return (bits & tree_bit) != 0 ? operand_kind::none : operand_kind::symbol;
  if ((bits & (tree_bit | exact_bit)) == 0) return operand_kind::none;
  // A number beside a formula is known when the program runs: data.
  return (bits & number_bit) != 0 ? operand_kind::data : operand_kind::symbolic;
}
template <class... A>
consteval operand_kind common_kind() {
  return kind_among((0U | ... | kind_bit<std::remove_cvref_t<A>>));
}

// Compared as integers: operators of enumerations would ask those of this library, which ask this.
consteval bool is_operation_on(unsigned bits) {
  return static_cast<int>(kind_among(bits)) != static_cast<int>(operand_kind::none);
}
consteval bool is_of_symbols(unsigned bits) {
  return static_cast<int>(kind_among(bits)) == static_cast<int>(operand_kind::symbol);
}
consteval bool is_of_trees(unsigned bits) {
  return static_cast<int>(kind_among(bits)) > static_cast<int>(operand_kind::symbol);
}

/// Operation `op` on numbers that are not yet part of a graph, `value` of one element; for
/// operations that need a graph this is no constant expression. Arithmetic is exact.
constexpr symbol literal_value(int op, cell_functions f, symbol const* s, int count) {
  if (op == op_number<op::add>()) return symbol(s[0].literal() + s[1].literal());
  if (op == op_number<op::multiply>()) return symbol(s[0].literal() * s[1].literal());
  if (op == op_number<op::divide>())
    return symbol(s[0].literal() * rational::inverse(s[1].literal()));
  rational const &x = s[0].literal(), &y = s[count - 1].literal();
  if (op == op_number<op::eq>()) return symbol(x == y ? 1 : 0);
  if (op == op_number<op::lt>()) return symbol(x < y ? 1 : 0);
  if (op == op_number<op::le>()) return symbol(x == y || x < y ? 1 : 0);
  if (op == op_number<op::where>()) return x.is(0) ? s[2] : s[1];
  if (op == op_number<op::power>() && f.value == nullptr)  // of a rule or composite
    return y.is_integer() ? symbol(rational::power(x, y.numerator))
                          : symbol(math::pow(x.to_double(), y.to_double()));
  op_info const& info = info_of(op);
  if (info.kind == op_kind::composite) return info.expand(s);
  cell operands[max_arity];
  for (int k = 0; k < count; ++k)
    operands[k] = {s[k].literal().to_double(), !(s[k].literal() == rational(0))};
  cell const v = f.value(operands, dtype::float64);
  bool const whole = info.result == type_rule::boolean || info.result == type_rule::logical;
  return whole ? symbol(v.whole) : symbol(v.real);
}

/// While it lives, failures name this line of the user's, whatever code of the library adds nodes:
/// that of a composite, say. The outermost one counts.
class user_line {
 public:
  constexpr user_line(builder& b, location at) : builder_(b.at_user_line ? nullptr : &b) {
    if (builder_ == nullptr) return;
    b.at = at;
    b.at_user_line = true;
  }
  user_line(user_line const&) = delete;
  user_line& operator=(user_line const&) = delete;
  constexpr ~user_line() {
    if (builder_ != nullptr) builder_->at_user_line = false;
  }

 private:
  builder* builder_;
};

/// A constant as a floating one, whose value may be an integer.
constexpr symbol as_number(builder& b, symbol c) {
  node n = blank(op_number<op::broadcast>());
  n.type = dtype::weak_float;
  n.shape = b[c].shape;
  n.args[0] = c.index();
  return {&b, b.insert(n)};
}

/// The same on symbols, for the user's line `at`: what has parameters or a front is not for this.
/// `f` is for operands that are all numbers.
constexpr symbol apply_plain(int op, cell_functions f, location at, symbol const* operands,
                             int count) {
  builder* owner = nullptr;
  for (int k = 0; k < count && owner == nullptr; ++k) owner = operands[k].owner();
  if (owner == nullptr) return literal_value(op, f, operands, count);
  user_line const line(*owner, at);
  symbol nodes[max_arity];
  bool whole = false;  // is there an operand of integers or truth values?
  for (int k = 0; k < count; ++k) {
    nodes[k] = in(*owner, operands[k]);
    whole = whole || (operands[k].owner() != nullptr && !is_floating((*owner)[nodes[k]].type));
  }
  for (int k = 0; k < count && whole; ++k)
    if (operands[k].is_floating_literal()) nodes[k] = as_number(*owner, nodes[k]);
  return build_plain(op, *owner, nodes, count);
}
template <class Op>
constexpr symbol apply_one(location at, symbol const& a) {
  return apply_plain(op_number<Op>(), {}, at, &a, 1);
}
template <class Op>
constexpr symbol apply_two(location at, symbol const& a, symbol const& b) {
  symbol const operands[] = {a, b};
  return apply_plain(op_number<Op>(), {}, at, operands, 2);
}

/// Op on symbols, for the user's line `at`.
template <class Op, class... S>
constexpr symbol build_at(location at, S const&... s) {
  symbol const operands[] = {s...};
  if constexpr (is_plain<Op>) {
    return apply_plain(op_number<Op>(), cell_functions_of<Op>(), at, operands,
                       static_cast<int>(sizeof...(S)));
  } else {
    builder* const b = owner_of(s...);
    user_line const line(*b, at);
    return build<Op>(s...);
  }
}

template <class T>
concept plain_bool = std::same_as<std::remove_cvref_t<T>, bool>;

/// How Op is applied to operands of a kind: its result type, and the application itself.
template <operand_kind Kind, class Op, class... A>
struct application;

template <class Op, class... A>
struct application<operand_kind::symbol, Op, A...> {
  using type = symbol;
  static constexpr symbol call(location at, A const&... a) { return build_at<Op>(at, symbol(a)...); }
};

template <class Op, class... A>
using applied = application<kind_among((0U | ... | kind_bit<std::remove_cvref_t<A>>)), Op, A...>;

/// What Op on these operands is: a symbol, a node, or ill_formed<...>.
template <class Op, class... A>
using apply_t = typename applied<Op, A...>::type;

}  // namespace slope::engine

namespace slope {

/// Arguments that operations take: at least one symbol, tree or tensor, the others may be numbers.
template <class... A>
concept operands =
    engine::is_operation_on((0U | ... | engine::kind_bit<std::remove_cvref_t<A>>));

/// Symbols, and numbers beside them.
template <class... A>
concept symbol_operands = operands<A...> && engine::is_of_symbols(
    (0U | ... | engine::kind_bit<std::remove_cvref_t<A>>));

/// Trees and tensors, and numbers beside them; the operators of symbols are functions of their own.
template <class... A>
concept tree_operands = operands<A...> && engine::is_of_trees(
    (0U | ... | engine::kind_bit<std::remove_cvref_t<A>>));

}  // namespace slope
