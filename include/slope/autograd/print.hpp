// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/autograd/leaf.hpp"

/// Leaves and what is computed from them print as PyTorch prints them: with requires_grad, or with
/// the name of the step that backward would start with.
namespace slope {

namespace engine {

using name_buffer = detail::text_buffer<63>;

/// Names that do not follow from the operation's own.
struct torch_name {
  char const* own;
  char const* torch;
};
inline constexpr torch_name torch_names[] = {
    {"multiply", "Mul"},   {"subtract", "Sub"}, {"divide", "Div"},
    {"negative", "Neg"},   {"power", "Pow"},    {"square", "Pow"},
    {"log1p", "Log1P"},    {"variance", "Var"}, {"stddev", "Std"},
    {"outer", "Mul"},      {"norm", "LinalgVectorNorm"},
    {"reshape", "ReshapeAlias"}, {"broadcast_to", "Expand"}};

/// log_softmax is LogSoftmax.
constexpr void write_camel(name_buffer& out, char const* name) {
  bool upper = true;
  for (; *name != 0; ++name) {
    if (*name == '_') upper = true;
    else {
      out.put(upper && *name >= 'a' && *name <= 'z' ? static_cast<char>(*name - 'a' + 'A') : *name);
      upper = false;
    }
  }
}
constexpr void write_torch_name(name_buffer& out, char const* name, int overload) {
  bool known = false;
  for (torch_name const& n : torch_names) {
    if (!detail::same_text(n.own, name)) continue;
    out.write(n.torch);
    known = true;
  }
  if (!known) write_camel(out, name);
  out.write("Backward");
  out.write_integer(overload);
}

template <class S>
inline constexpr bool is_plain_number = number<S>;

/// Of the products by the ranks of their operands.
template <int Left, int Right>
constexpr char const* product_name() {
  if (Left == 1 && Right == 1) return "Dot";
  if (Left == 2 && Right == 2) return "Mm";
  if (Left == 2 && Right == 1) return "Mv";
  return Left == 1 && Right == 2 ? "Squeeze" : "UnsafeView";
}
template <class S>
inline constexpr int rank_in = form_of<S>::extents.rank;

/// The name of Op's step; `along` counts its axes.
template <class Op, bool Along, class... S>
struct step_name {
  static constexpr void write(name_buffer& out) {
    constexpr bool folds = Op::axes == axes_rule::dropped && !__is_same(Op, op::amax) &&
                           !__is_same(Op, op::amin) && !__is_same(Op, op::logsumexp) &&
                           !__is_same(Op, op::norm) && !__is_same(Op, op::variance) &&
                           !__is_same(Op, op::stddev);
    write_torch_name(out, Op::name(), folds && Along ? 1 : 0);
  }
};
/// Tensors to the power of tensors, and numbers before tensors, are other steps than the usual.
template <class A, class B>
struct step_name<op::power, false, A, B> {
  static constexpr void write(name_buffer& out) {
    write_torch_name(out, "power", is_plain_number<B> ? 0 : 1);
  }
};
template <class A, class B>
struct step_name<op::subtract, false, A, B> {
  static constexpr void write(name_buffer& out) {
    if (is_plain_number<A>) write_torch_name(out, "rsub", 1);
    else write_torch_name(out, "subtract", 0);
  }
};
template <class A, class B>
struct step_name<op::divide, false, A, B> {
  static constexpr void write(name_buffer& out) {
    write_torch_name(out, is_plain_number<A> ? "multiply" : "divide", 0);
  }
};
template <class A, class B, class C>
struct step_name<op::clamp, false, A, B, C> {
  static constexpr void write(name_buffer& out) {
    write_torch_name(out, "clamp", is_plain_number<B> && is_plain_number<C> ? 1 : 0);
  }
};
template <class A, class B>
struct step_name<op::matmul, false, A, B> {
  static constexpr void write(name_buffer& out) {
    constexpr bool row = rank_in<A> == 1 && rank_in<B> == 2;
    write_torch_name(out, product_name<rank_in<A>, rank_in<B>>(), row ? 3 : 0);
  }
};
template <bool Along, class A>
struct step_name<op::transpose, Along, A> {
  static constexpr void write(name_buffer& out) {
    write_torch_name(out, Along ? "transpose" : "t", 0);
  }
};
template <bool Along, class A>
struct step_name<op::squeeze, Along, A> {
  static constexpr void write(name_buffer& out) { write_torch_name(out, "squeeze", Along ? 1 : 0); }
};
template <auto... Extents, class A>
struct step_name<op::with<op::broadcast, Extents...>, false, A> {
  static constexpr void write(name_buffer& out) { write_torch_name(out, "broadcast_to", 0); }
};
template <class Op, auto... P, class... S>
struct step_name<op::with<Op, P...>, false, S...> : step_name<Op, true, S...> {};

/// grad_fn of a tree; empty where nothing is differentiated.
template <class E>
struct step_of {
  static constexpr name_buffer text{};
};
template <class Op, class... S>
  requires(has_leaf_pointer(leaves_of<data_tree<Op, S...>>{}) &&
           std::is_floating_point_v<typename data_tree<Op, S...>::value_type>)
struct step_of<data_tree<Op, S...>> {
  static consteval name_buffer find() {
    name_buffer out;
    step_name<Op, false, S...>::write(out);
    return out;
  }
  static constexpr name_buffer text = find();
};

template <class Op, class... S>
  requires(step_of<data_tree<Op, S...>>::text.size != 0)
inline constexpr text::torch_suffix suffix_of<data_tree<Op, S...>>{
    step_of<data_tree<Op, S...>>::text.text, true};

}  // namespace engine

/// The data of a leaf as PyTorch prints it.
template <class L>
  requires is_leaf_v<L>
std::string to_string(L const& leaf, format style = format::torch) {
  return detail::text_of(detail::text_array(leaf.data()), style, {nullptr, true});
}
template <class Traits, class L>
  requires is_leaf_v<L>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, L const& leaf) {
  return detail::stream_torch(out, detail::text_array(leaf.data()), {nullptr, true});
}

}  // namespace slope
