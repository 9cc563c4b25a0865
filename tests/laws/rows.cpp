// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// The table says of operations what they say themselves: a number is a place in the list, and rows
// hold what operations of their kind may have.
#include "catch.hpp"

#include <slope/slope.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

namespace {

using namespace slope::engine;

template <class... Ops>
constexpr bool numbered_by_place(op_list<Ops...>) {
  int place = 0;
  return (true && ... && (op_number<Ops>() == place++));
}
static_assert(numbered_by_place(all_ops{}));

template <class Member>
constexpr bool given = !std::same_as<Member, std::nullptr_t const>;

template <class Op>
bool has_its_functions(op_info const& row) {
  constexpr bool rule = given<decltype(Op::rule)>;
  constexpr bool lowers = given<decltype(Op::lower_node)> || Op::kind == op_kind::macro;
  constexpr bool expands = Op::kind == op_kind::composite && !Op::has_front;
  constexpr bool along = Op::axes != axes_rule::none;
  return row.differentiable == (given<decltype(Op::pullback)> || rule) && row.has_rule == rule &&
         row.pullback == Op::pullback && row.rule == Op::rule && row.spell == Op::spell &&
         row.tangent == Op::tangent && row.lowers == lowers && (row.lower != nullptr) == lowers &&
         row.has_spelling == given<decltype(Op::spell)> &&
         row.has_tangent == given<decltype(Op::tangent)> &&
         (row.expand != nullptr) == (expands && !along) &&
         (row.expand_along != nullptr) == (expands && along);
}
template <class Op>
bool has_its_traits(op_info const& row) {
  return std::string_view(row.name) == Op::name() && std::string_view(row.infix) == Op::infix &&
         row.precedence == Op::precedence && row.kind == Op::kind && row.result == Op::result &&
         row.arity == Op::arity && row.axes == Op::axes && row.commutative == Op::commutative &&
         row.has_correction == Op::has_correction && row.conditional == Op::conditional &&
         row.needs_elements == Op::needs_elements && row.linear == Op::linear &&
         row.is_external == Op::is_external;
}
template <class... Ops>
void check_rows(op_list<Ops...>) {
  auto const check = []<class Op>(Op*) {
    op_info const& row = info_of(op_number<Op>());
    INFO(row.name);
    CHECK(has_its_functions<Op>(row));
    CHECK(has_its_traits<Op>(row));
  };
  (check(static_cast<Ops*>(nullptr)), ...);
}

}  // namespace

TEST_CASE("rows of the table hold what the operations have") { check_rows(all_ops{}); }
