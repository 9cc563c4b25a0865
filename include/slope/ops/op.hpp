// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/core/fixed_string.hpp"
#include "slope/graph/builder.hpp"

/// What the engine knows of an operation: one row of the table, made from the operation's struct.
namespace slope::engine {

enum class op_kind : unsigned char {
  leaf,         ///< data or a constant
  elementwise,  ///< one result element from one element of each (broadcast) operand
  reduction,    ///< folds the axes in the attribute's mask
  movement,     ///< elements change places only
  composite     ///< written in other operations; kept only for its name
};

/// How an element-wise operation's result type follows from its operands.
enum class type_rule : unsigned char {
  promoted,
  floating,  ///< promoted, and integers become float32
  boolean,   ///< bool, computed in the promoted type
  logical    ///< bool, computed on bool
};

/// What reverse mode gives to an operation and takes from it.
struct pullback_context {
  symbol y;
  symbol dy;  ///< the adjoint of y; its shape broadcasts to y's
  symbol args[max_arity]{};
  symbol contribution[max_arity]{};
  bool given[max_arity]{};

  constexpr void give(int k, symbol value) {
    contribution[k] = value;
    given[k] = true;
  }
};

/// One element on its way through the constant evaluator: floating types in `real`, others in
/// `whole`.
struct cell {
  double real = 0;
  std::int64_t whole = 0;
};

struct op_info {
  char const* name = "";
  char const* infix = "";  ///< how the operator is written between its operands
  int precedence = 100;    ///< of the printed form; 100 is a call
  op_kind kind = op_kind::elementwise;
  type_rule result = type_rule::promoted;
  int arity = 1;
  bool commutative = false;
  bool conditional = false;     ///< the first operand is a condition
  bool differentiable = false;  ///< has a pullback
  void (*pullback)(pullback_context&) = nullptr;
  cell (*value)(cell const*, dtype) = nullptr;       ///< of one element, computed in this type
};

/// The row of an operation. A template, so that headers before the table may call it.
template <class Unused = void>
constexpr op_info const& info_of(int op);

/// The number of an operation: its place in the table.
template <class Op>
constexpr int op_number();

}  // namespace slope::engine

namespace slope::op {

/// What an operation's struct overrides where it differs.
struct defaults {
  static constexpr char const* infix = "";
  static constexpr int precedence = 100;
  static constexpr bool commutative = false;
  static constexpr bool conditional = false;
  static constexpr engine::type_rule result = engine::type_rule::promoted;
};

template <fixed_string Name>
struct named : defaults {
  static constexpr auto text = Name;
  static constexpr char const* name() { return text.text; }
};

template <fixed_string Name, int Arity>
struct elementwise : named<Name> {
  static constexpr engine::op_kind kind = engine::op_kind::elementwise;
  static constexpr int arity = Arity;
};

/// Element-wise of one operand, with a floating result: exp, sin ...
template <fixed_string Name>
struct unary : elementwise<Name, 1> {
  static constexpr engine::type_rule result = engine::type_rule::floating;
};

template <fixed_string Name>
struct comparison : elementwise<Name, 2> {
  static constexpr engine::type_rule result = engine::type_rule::boolean;
};

template <fixed_string Name, int Arity>
struct logical : elementwise<Name, Arity> {
  static constexpr engine::type_rule result = engine::type_rule::logical;
};

template <fixed_string Name>
struct leaf : named<Name> {
  static constexpr engine::op_kind kind = engine::op_kind::leaf;
  static constexpr int arity = 0;
};

template <fixed_string Name>
struct reduction : named<Name> {
  static constexpr engine::op_kind kind = engine::op_kind::reduction;
  static constexpr int arity = 1;
};

template <fixed_string Name, int Arity>
struct composite : named<Name> {
  static constexpr engine::op_kind kind = engine::op_kind::composite;
  static constexpr int arity = Arity;
};

}  // namespace slope::op
