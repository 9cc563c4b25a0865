// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

// First what users call, each from here: compilers print the path of includes to it in each error.
#include <utility>

#include "slope/ops/functions.ipp"
#include "slope/ops/functions_more.ipp"
#include "slope/ops/axis_functions.ipp"
#include "slope/ops/functions_rounding.ipp"
#include "slope/ops/functions_special.ipp"
#include "slope/ops/functions_losses.ipp"
#include "slope/ops/functions_layers.ipp"
#include "slope/ops/functions_linear_algebra.ipp"
#include "slope/ops/functions_slices.ipp"
#include "slope/ops/functions_order.ipp"
#include "slope/ops/functions_rearrange.ipp"

#include "slope/ops/layers.ipp"
#include "slope/ops/custom.ipp"
#include "slope/ops/convolution.ipp"
#include "slope/ops/einsum.ipp"
#include "slope/ops/determinants.ipp"
#include "slope/ops/rearrange.ipp"

/// The table: a row for each operation of the list in ops/list.ipp.
namespace slope::engine {

using all_ops = op::list;

#if defined(__clang__)
template <int I, class... Ops>
__type_pack_element<I, Ops...> op_in(op_list<Ops...>);
#else
template <int I, class Op>
struct placed {};
template <class Indices, class List>
struct placed_ops;
template <int... I, class... Ops>
struct placed_ops<std::integer_sequence<int, I...>, op_list<Ops...>> : placed<I, Ops>... {};
template <int I, class Op>
Op op_placed(placed<I, Op> const&);
template <int I, class... Ops>
auto op_in(op_list<Ops...> list)
    -> decltype(op_placed<I>(
        placed_ops<std::make_integer_sequence<int, op_list<Ops...>::size>, op_list<Ops...>>{}));
#endif
/// The operation of a number.
template <int I>
using op_at = decltype(op_in<I>(all_ops{}));

template <class... Ops>
struct op_names {
  static constexpr char const* names[] = {Ops::name()...};
};
template <class... Ops>
op_names<Ops...> names_in(op_list<Ops...>);

/// The names alone, for the text of run-time errors: nothing that runs refers to the table, whose
/// functions would all be compiled with it.
inline constexpr auto const& op_name = decltype(names_in(all_ops{}))::names;

namespace rows {

template <class T>
constexpr T get(cell const& c) {
  if constexpr (std::same_as<T, float> || std::same_as<T, double>) return static_cast<T>(c.real);
  else return static_cast<T>(c.whole);
}
template <class T>
constexpr cell put(T value) {
  if constexpr (std::same_as<T, float> || std::same_as<T, double>)
    return {static_cast<double>(value), 0};
  else return {0, static_cast<std::int64_t>(value)};
}

template <class Op, class T>
constexpr cell evaluate_as(cell const* a) {
  if constexpr (Op::arity == 1) return put(Op::value(get<T>(a[0])));
  else if constexpr (Op::arity == 2) return put(Op::value(get<T>(a[0]), get<T>(a[1])));
  else if constexpr (Op::conditional)
    return put(Op::value(a[0].whole != 0, get<T>(a[1]), get<T>(a[2])));
  else return put(Op::value(get<T>(a[0]), get<T>(a[1]), get<T>(a[2])));
}

template <class Op>
constexpr cell evaluate_cell(cell const* a, dtype type) {
  if constexpr (Op::result == type_rule::logical) {
    return evaluate_as<Op, bool>(a);
  } else {
    if (type == dtype::float32) return evaluate_as<Op, float>(a);
    if constexpr (__is_same(Op, op::power)) {
      if (!is_floating(type)) {  // powers of integers are those of floating numbers
        cell const floating[] = {{static_cast<double>(a[0].whole), 0},
                                 {static_cast<double>(a[1].whole), 0}};
        return put(static_cast<std::int64_t>(evaluate_as<Op, double>(floating).real));
      }
    }
    if constexpr (Op::result != type_rule::floating && !__is_same(Op, op::power)) {
      if (type == dtype::int32) return evaluate_as<Op, std::int32_t>(a);
      if (type != dtype::float64 && type != dtype::weak_float)
        return evaluate_as<Op, std::int64_t>(a);
    }
    return evaluate_as<Op, double>(a);
  }
}

/// Two partial results of a reduction; sums and products of float are accumulated in double.
template <class Op>
constexpr cell combine_cells(cell const* a, dtype type) {
  if (is_floating(type)) return put(Op::combine(a[0].real, a[1].real));
  return put(Op::combine(a[0].whole, a[1].whole));
}
template <class Op>
constexpr cell identity_cell(dtype type) {
  // Constants: with -ffast-math clang may not compute an infinity.
  constexpr auto truth = Op::template identity<bool>();
  constexpr auto narrow = Op::template identity<std::int32_t>();
  constexpr auto real = Op::template identity<double>();
  constexpr auto wide = Op::template identity<std::int64_t>();
  if (type == dtype::boolean) return put(truth);
  if (type == dtype::int32) return put(narrow);
  if (is_floating(type)) return put(real);
  return put(wide);
}

/// The elements of a whole operand, computed in T: double or std::int64_t.
template <class T>
struct computed_elements {
  std::int64_t count;
  T* data;

  constexpr explicit computed_elements(whole_cells const& from)
      : count(from.count),
        data(new T[static_cast<std::size_t>(count) + 1]{}) {
    for (std::int64_t k = 0; k < count; ++k) data[k] = get<T>(from.data[k]);
  }
  computed_elements(computed_elements const&) = delete;
  constexpr ~computed_elements() { delete[] data; }
};
template <class Op, class To, class... From, std::size_t... K>
constexpr void compute_in(whole_context const& context, whole_cells const* operands,
                          whole_cells const& to, std::index_sequence<K...>) {
  if constexpr (requires(From*... from) {
                  Op::compute(context, elements<To>{nullptr, {}, 0},
                              elements<From const>{from, {}, 0}...);
                }) {
    computed_elements<To> result(to);
    [&](computed_elements<From> const&... from) {
      Op::compute(context, elements<To>{result.data, to.s, to.count},
                  elements<From const>{from.data, operands[K].s, from.count}...);
    }(computed_elements<From>(operands[K])...);
    for (std::int64_t k = 0; k < result.count; ++k) {
      to.data[k] = put(result.data[k]);
      if (to.type == dtype::float32)
        to.data[k].real = static_cast<double>(static_cast<float>(to.data[k].real));
    }
  }
}
/// Floating operands and results in double, others in std::int64_t.
template <class Op, class... Types>
constexpr void compute_by_types(whole_context const& context, whole_cells const* operands,
                                whole_cells const& to) {
  constexpr int next = static_cast<int>(sizeof...(Types)) - 1;
  if constexpr (next == Op::arity) {
    compute_in<Op, Types...>(context, operands, to,
                             std::make_index_sequence<static_cast<std::size_t>(next)>{});
  } else if (is_floating(next < 0 ? to.type : operands[next < 0 ? 0 : next].type)) {
    compute_by_types<Op, Types..., double>(context, operands, to);
  } else {
    compute_by_types<Op, Types..., std::int64_t>(context, operands, to);
  }
}

template <class Op>
constexpr int lower_macro(builder& b, node const& n) {
  symbol const x = as_floating(b, symbol(&b, n.args[0]));
  if constexpr (Op::arity == 2)
    return in(b, Op::lower(b, x, n.attribute, symbol(&b, n.args[1]))).index();
  else return in(b, Op::lower(b, x, n.attribute)).index();
}

template <class Op>
constexpr symbol expand(symbol const* s) {
  if constexpr (Op::arity == 1) return Op::expand(s[0]);
  else return Op::expand(s[0], s[1]);
}
template <class Op>
constexpr symbol expand_along(builder& b, symbol x, std::int64_t mask) {
  return Op::expand(b, x, mask);
}

/// Is this member, as the operation has it, more than the nullptr of `defaults`?
template <class Member>
inline constexpr bool is_given = true;
template <>
inline constexpr bool is_given<std::nullptr_t const> = false;

/// The row of an operation, by its kind: only members that operations of this kind may have are
/// asked for, since compilers look up each of them in several bases. (All in all rows: 6 % of the
/// first program with clang.) tests/laws/rows.cpp compares rows with operations.
template <class Op, op_kind = Op::kind>
inline constexpr op_info row_of{.differentiable = is_given<decltype(Op::pullback)>,
                                .pullback = Op::pullback,
                                .name = Op::name(),
                                .kind = Op::kind,
                                .result = Op::result,
                                .arity = Op::arity};
template <class Op>
inline constexpr op_info row_of<Op, op_kind::elementwise>{
    .differentiable = is_given<decltype(Op::pullback)> || is_given<decltype(Op::rule)>,
    .has_rule = is_given<decltype(Op::rule)>,
    .pullback = Op::pullback,
    .rule = Op::rule,
    .name = Op::name(),
    .infix = Op::infix,
    .precedence = Op::precedence,
    .kind = op_kind::elementwise,
    .result = Op::result,
    .arity = Op::arity,
    .commutative = Op::commutative,
    .conditional = Op::conditional};
template <>
inline constexpr op_info row_of<op::with_derivative, op_kind::elementwise>{
    .differentiable = true,
    .lowers = true,
    .pullback = op::with_derivative::pullback,
    .lower = op::with_derivative::lower_node,
    .name = op::with_derivative::name(),
    .kind = op_kind::elementwise,
    .arity = op::with_derivative::arity};
template <class Op>
inline constexpr op_info row_of<Op, op_kind::reduction>{
    .differentiable = is_given<decltype(Op::pullback)>,
    .pullback = Op::pullback,
    .name = Op::name(),
    .kind = op_kind::reduction,
    .result = Op::result,
    .axes = Op::axes,
    .needs_elements = Op::needs_elements};
template <class Op>
inline constexpr op_info row_of<Op, op_kind::whole>{
    .differentiable = is_given<decltype(Op::pullback)>,
    .lowers = is_given<decltype(Op::lower_node)>,
    .has_spelling = is_given<decltype(Op::spell)>,
    .has_tangent = is_given<decltype(Op::tangent)>,
    .pullback = Op::pullback,
    .lower = Op::lower_node,
    .spell = Op::spell,
    .tangent = Op::tangent,
    .name = Op::name(),
    .kind = op_kind::whole,
    .result = Op::result,
    .arity = Op::arity,
    .axes = Op::axes,
    .linear = Op::linear,
    .is_external = Op::is_external};
template <class Op>
inline constexpr op_info row_of<Op, op_kind::macro>{.differentiable = true,
                                                    .lowers = true,
                                                    .pullback = Op::pullback,
                                                    .lower = lower_macro<Op>,
                                                    .name = Op::name(),
                                                    .kind = op_kind::macro,
                                                    .result = Op::result,
                                                    .arity = Op::arity,
                                                    .axes = Op::axes,
                                                    .has_correction = Op::has_correction};
template <class Op>
inline constexpr op_info row_of<Op, op_kind::composite>{.name = Op::name(),
                                                        .infix = Op::infix,
                                                        .precedence = Op::precedence,
                                                        .kind = op_kind::composite,
                                                        .result = Op::result,
                                                        .arity = Op::arity};
template <class Op>
  requires(!Op::has_front && Op::axes == axes_rule::none)
inline constexpr op_info row_of<Op, op_kind::composite>{.expand = expand<Op>,
                                                        .name = Op::name(),
                                                        .infix = Op::infix,
                                                        .precedence = Op::precedence,
                                                        .kind = op_kind::composite,
                                                        .result = Op::result,
                                                        .arity = Op::arity};
template <class Op>
  requires(!Op::has_front && Op::axes != axes_rule::none)
inline constexpr op_info row_of<Op, op_kind::composite>{.expand_along = expand_along<Op>,
                                                        .name = Op::name(),
                                                        .kind = op_kind::composite,
                                                        .result = Op::result,
                                                        .arity = Op::arity,
                                                        .axes = Op::axes};

template <class... Ops>
struct table {
  static constexpr op_info rows[sizeof...(Ops)] = {row_of<Ops>...};
};
template <class... Ops>
table<Ops...> table_of(op_list<Ops...>);

using all = decltype(table_of(all_ops{}));

}  // namespace rows

template <class Op>
consteval cell_functions cell_functions_of() {
  if constexpr (Op::kind == op_kind::elementwise) return {rows::evaluate_cell<Op>};
  else if constexpr (Op::kind == op_kind::reduction)
    return {rows::combine_cells<Op>, rows::identity_cell<Op>};
  else if constexpr (Op::kind == op_kind::whole)
    return {nullptr, nullptr, rows::compute_by_types<Op>};
  else return {};
}

template <class Unused>
constexpr op_info const& info_of(int op) {
  return rows::all::rows[op];
}

/// The failure of a derivative that an operation does not have, by operand k.
constexpr void refuse_partial(builder& b, int op, int k) {
  if (k == 0 && (op == op_number<op::igamma>() || op == op_number<op::igammac>()))
    b.fail("igamma: no derivative by a", {});
}

/// What an operation gives its operands, by its pullback or by the chain rule.
/// Integers beside floating numbers are of the result's type: an inverse, say, is not float32.
constexpr void pull_back(op_info const& info, pullback_context& c) {
  builder& b = *c.y.owner();
  dtype const type = b[c.y].type;
  for (int k = 0; k < info.arity && info.kind == op_kind::elementwise; ++k) {
    dtype const own = b[c.args[k]].type;
    if (is_floating(type) && (own == dtype::int32 || own == dtype::int64))
      c.args[k] = broadcast_symbol(b, c.args[k], b[c.args[k]].shape, type);
  }
  if (info.has_rule) c.give(0, c.dy * info.rule(c.args[0], c.y));
  else info.pullback(c);
}

}  // namespace slope::engine
