// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "slope/core/fixed_string.hpp"
#include "slope/graph/builder.hpp"

/// What the engine knows of an operation: one row of the table, made from the operation's struct.
namespace slope::engine {

enum class op_kind : unsigned char {
  leaf,         ///< data or a constant
  elementwise,  ///< one result element from one element of each (broadcast) operand
  reduction,    ///< folds the axes in the attribute's mask
  movement,     ///< elements change places only
  product,      ///< of matrices
  whole,        ///< a step of its own on whole operands: `compute` is its code
  macro,        ///< one node with a rule of its own, until it is lowered to the others
  composite     ///< written in other operations; kept only for its name
};

/// How the axes in the attribute's mask go into the result's shape.
enum class axes_rule : unsigned char { none, dropped, kept };

/// How an element-wise operation's result type follows from its operands.
enum class type_rule : unsigned char {
  promoted,
  floating,  ///< promoted, and integers become float32
  counting,  ///< promoted, and bool and int32 become int64
  index,     ///< int64, whatever the operands are
  boolean,   ///< bool, computed in the promoted type
  logical    ///< bool, computed on bool
};

/// What reverse mode gives to an operation and takes from it.
struct pullback_context {
  symbol y;
  symbol dy;  ///< the adjoint of y; its shape broadcasts to y's
  std::int64_t attribute = 0;
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

/// The numbers between the brackets of an operation, `slice<0, 1, 3, 1>`.
struct brackets {
  int count = 0;
  int at[4]{};
};

/// What `compute` of a whole operation is given beside its operands: mostly it is the attribute alone.
struct whole_context {
  std::int64_t attribute;
  external_function const* function = nullptr;  ///< of an operation that calls one

  constexpr operator std::int64_t() const { return attribute; }
};

/// An operand or result of a whole operation in the constant evaluator.
struct whole_cells {
  cell* data = nullptr;
  shape s{};
  dtype type{};
  std::int64_t count = 0;
};

/// An operation's functions on cells. They are not in its row: a program compiles those of the
/// operations that it evaluates in constant expressions, and no others.
struct cell_functions {
  /// Of one element, computed in this type; of a reduction: two partial results combined.
  cell (*value)(cell const*, dtype) = nullptr;
  cell (*identity)(dtype) = nullptr;  ///< what a reduction starts from
  /// A whole operation, from its attribute and operands.
  void (*compute)(whole_context const&, whole_cells const*, whole_cells const&) = nullptr;
};
template <class Op>
consteval cell_functions cell_functions_of();

struct op_info {
  bool differentiable = false;  ///< has a pullback or a rule
  bool has_rule = false;        ///< the derivative for the only operand, given it and the result
  bool lowers = false;          ///< has a form in primitives
  bool has_spelling = false;
  bool has_tangent = false;
  void (*pullback)(pullback_context&) = nullptr;
  symbol (*rule)(symbol, symbol) = nullptr;
  int (*lower)(builder&, node const&) = nullptr;  ///< in primitives
  symbol (*expand)(symbol const*) = nullptr;      ///< a composite's value
  symbol (*expand_along)(builder&, symbol, std::int64_t) = nullptr;  ///< of one along axes
  /// From the attribute and the shapes of the first operand and the result.
  brackets (*spell)(std::int64_t, shape const&, shape const&) = nullptr;
  /// The tangent of the result, from those of all operands in their full shapes.
  symbol (*tangent)(pullback_context const&, symbol const*) = nullptr;
  char const* name = "";
  char const* infix = "";  ///< how the operator is written between its operands
  int precedence = 100;    ///< of the printed form; 100 is a call
  op_kind kind = op_kind::elementwise;
  type_rule result = type_rule::promoted;
  int arity = 1;
  axes_rule axes = axes_rule::none;
  bool commutative = false;
  bool has_correction = false;  ///< the attribute holds that of a variance above the axes
  bool conditional = false;     ///< the first operand is a condition
  bool needs_elements = false;  ///< along axes: refuses those without elements
  bool linear = false;          ///< in all floating operands together
  bool is_external = false;     ///< the attribute is the number of an external function
};

/// The row of an operation. A template, so that headers before the table may call it.
template <class Unused = void>
constexpr op_info const& info_of(int op);

template <class... Ops>
struct op_list {
  static constexpr int size = static_cast<int>(sizeof...(Ops));
};

/// The number of an operation: its place in the list.
template <class Op>
constexpr int op_number();

}  // namespace slope::engine

namespace slope::op {

/// What an operation's struct overrides where it differs. Its name it says itself, `name()`: as a
/// template argument of its base it would make a class of each.
struct defaults {
  // What an operation does not have; asking for members by name would take compilers longer.
  static constexpr std::nullptr_t pullback = nullptr;
  static constexpr std::nullptr_t rule = nullptr;
  static constexpr std::nullptr_t lower_node = nullptr;
  static constexpr std::nullptr_t spell = nullptr;
  static constexpr std::nullptr_t tangent = nullptr;
  static constexpr char const* infix = "";
  static constexpr int precedence = 100;
  static constexpr bool commutative = false;
  static constexpr bool conditional = false;
  static constexpr engine::axes_rule axes = engine::axes_rule::none;
  static constexpr bool has_correction = false;
  static constexpr bool needs_elements = false;
  static constexpr bool linear = false;
  static constexpr bool is_external = false;
  static constexpr bool has_front = false;  ///< `front(b, parameters, operands...)` builds it
  static constexpr bool inlined = false;    ///< `expand(operands...)` builds it, and keeps no name
  static constexpr engine::type_rule result = engine::type_rule::promoted;
};

/// For what is made by templates with names as arguments.
template <fixed_string Name>
struct named : defaults {
  static constexpr auto text = Name;
  static constexpr char const* name() { return text.text; }
};

template <int Arity>
struct elementwise : defaults {
  static constexpr engine::op_kind kind = engine::op_kind::elementwise;
  static constexpr int arity = Arity;
};

/// Element-wise of one operand, with a floating result: exp, sin ...
struct unary : elementwise<1> {
  static constexpr engine::type_rule result = engine::type_rule::floating;
};

struct comparison : elementwise<2> {
  static constexpr engine::type_rule result = engine::type_rule::boolean;
};

/// A question about one number.
struct predicate : elementwise<1> {
  static constexpr engine::type_rule result = engine::type_rule::boolean;
};

template <int Arity>
struct logical : elementwise<Arity> {
  static constexpr engine::type_rule result = engine::type_rule::logical;
};

struct leaf : defaults {
  static constexpr engine::op_kind kind = engine::op_kind::leaf;
  static constexpr int arity = 0;
};

/// Folds axes: combine(a, b) of numbers and packs, identity<T>().
struct reduction : defaults {
  static constexpr engine::op_kind kind = engine::op_kind::reduction;
  static constexpr engine::axes_rule axes = engine::axes_rule::dropped;
  static constexpr int arity = 1;
};

struct movement : defaults {
  static constexpr engine::op_kind kind = engine::op_kind::movement;
  static constexpr int arity = 1;
};

/// Of one operand, along the axes in the attribute; `lower` is its value in primitives.
template <engine::axes_rule Axes>
struct macro : defaults {
  static constexpr engine::op_kind kind = engine::op_kind::macro;
  static constexpr engine::axes_rule axes = Axes;
  static constexpr engine::type_rule result = engine::type_rule::floating;
  static constexpr int arity = 1;
};

template <int Arity>
struct composite : defaults {
  static constexpr engine::op_kind kind = engine::op_kind::composite;
  static constexpr int arity = Arity;
};

/// Written in others at once: not in the table, printed as what it is made of, and so it costs
/// programs without it nothing but to be read. It has a name and `expand` of one to five operands.
struct expanded : defaults {
  static constexpr bool inlined = true;
};

}  // namespace slope::op
