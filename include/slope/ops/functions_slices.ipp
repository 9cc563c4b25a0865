// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/axis_functions.ipp"

/// Parts of tensors and scans, as users call them: axes and indices are template arguments, negative
/// ones count from the end. The extent of an axis that is cut is known at compile time.
namespace slope {

namespace op {
struct slice;
struct narrow;
struct select;
struct pad_axis;
struct pad;
struct flip;
struct roll;
struct cat;
struct stack;
struct cumsum;
struct cumprod;
struct diff;
struct tril;
struct triu;
struct diagonal;
struct diag;
struct trace;
struct gather;
struct index_select;
struct scatter_zeros;
struct index_zeros;
struct scatter_add;
struct embedding;
struct one_hot;
struct argsort;
struct with_derivative;
struct external;
struct external_of_two;
}  // namespace op

namespace engine {

/// The name of a function as the compiler writes it.
template <auto Function>
consteval auto written_name() {
  detail::text_buffer<100> text;
  char const* c = __PRETTY_FUNCTION__;
  while (*c != 0 && *c != '=') ++c;  // "... [with auto Function = name; ..." or "[Function = &name]"
  for (++c; *c == ' ' || *c == '&'; ++c) {}
  for (; *c != 0 && *c != ']' && *c != ';'; ++c) text.put(*c);
  return text;
}
template <auto Function>
inline constexpr auto function_name = written_name<Function>();
constexpr std::uint64_t hash_of(char const* text) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (; *text != 0; ++text) hash = (hash ^ static_cast<unsigned char>(*text)) * 1099511628211U;
  return hash;
}
/// A number as the type of a parameter, whatever that is.
struct any_number {
  double value;
  template <std::floating_point T>
  constexpr operator T() const {
    return static_cast<T>(value);
  }
};
template <auto Function, int Arity>
constexpr double call_with(double const* x) {
  if constexpr (Arity == 1 && std::is_invocable_v<decltype(Function), any_number>)
    return static_cast<double>(Function(any_number{x[0]}));
  else if constexpr (Arity == 2 && std::is_invocable_v<decltype(Function), any_number, any_number>)
    return static_cast<double>(Function(any_number{x[0]}, any_number{x[1]}));
  else return 0;  // refused before it is called
}
template <auto Function, int Arity>
inline constexpr external_function external_of{function_name<Function>.text,
                                               hash_of(function_name<Function>.text),
                                               call_with<Function, Arity>};

}  // namespace engine

// clang-format off
/// Every Step-th element of an axis from Start up to Stop, Python's x[start:stop:step]: indices beyond the axis are its ends.
template <int Axis, int Start, int Stop, int Step = 1, class A> requires operands<A> constexpr auto slice(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::slice, A, Axis, Start, Stop, Step> { return engine::call<op::with<op::slice, Axis, Start, Stop, Step>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol slice(S a, int axis, int start, int stop, int step = 1, engine::location at = engine::location::here()) { return engine::along<op::slice>(at, a, {axis, start, stop, step}); }
/// Length elements of an axis from Start on; an error where there are not so many.
template <int Axis, int Start, int Length, class A> requires operands<A> constexpr auto narrow(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::narrow, A, Axis, Start, Length> { return engine::call<op::with<op::narrow, Axis, Start, Length>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol narrow(S a, int axis, int start, int length, engine::location at = engine::location::here()) { return engine::along<op::narrow>(at, a, {axis, start, length}); }
/// What stands at one index of an axis, which is gone from the result.
template <int Axis, int Index, class A> requires operands<A> constexpr auto select(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::select, A, Axis, Index> { return engine::call<op::with<op::select, Axis, Index>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol select(S a, int axis, int index, engine::location at = engine::location::here()) { return engine::along<op::select>(at, a, {axis, index}); }
/// Low zeros before an axis, High after it, Interior between its elements (lax.pad of JAX).
template <int Axis, int Low, int High, int Interior = 0, class A> requires operands<A> constexpr auto pad_axis(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::pad_axis, A, Axis, Low, High, Interior> { return engine::call<op::with<op::pad_axis, Axis, Low, High, Interior>>(at, static_cast<A&&>(a)); }
/// Zeros around: a pair of numbers for the last axis, then for the one before it, as torch's pad.
template <int... Pairs, class A> requires operands<A> constexpr auto pad(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::pad, A, Pairs...> { return engine::call<engine::with_t<op::pad, Pairs...>>(at, static_cast<A&&>(a)); }
/// The elements of axes in reverse order.
template <int... Axes, class A> requires operands<A> constexpr auto flip(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::flip, A, Axes...> { return engine::call<engine::with_t<op::flip, Axes...>>(at, static_cast<A&&>(a)); }
/// The elements of an axis moved by Shift places, those that fall off come in at the other end; without an axis all elements in C order.
template <int Shift, int... Axis, class A> requires operands<A> constexpr auto roll(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::roll, A, Shift, Axis...> { return engine::call<op::with<op::roll, Shift, Axis...>>(at, static_cast<A&&>(a)); }
/// Tensors one after the other along an axis, the first unless told; their other extents are the same.
template <int Axis = 0, class A, class B> requires operands<A, B> constexpr auto cat(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::cat, Axis>, A, B> { return engine::call<op::with<op::cat, Axis>>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <int Axis = 0, class A, class B, class C, class... More> requires operands<A, B, C, More...> constexpr auto cat(A&& a, B&& b, C&& c, More&&... more) { return cat<Axis>(cat<Axis>(static_cast<A&&>(a), static_cast<B&&>(b)), static_cast<C&&>(c), static_cast<More&&>(more)...); }
/// Tensors of one shape along a new axis.
template <int Axis = 0, class A, class... More> requires operands<A, More...> constexpr auto stack(A&& a, More&&... more) { return cat<Axis>(unsqueeze<Axis>(static_cast<A&&>(a)), unsqueeze<Axis>(static_cast<More&&>(more))...); }
/// The sum of the elements up to each, along an axis. bool and int32 give int64.
template <int Axis, class A> requires operands<A> constexpr auto cumsum(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::cumsum, A, Axis> { return engine::call<op::with<op::cumsum, Axis>>(at, static_cast<A&&>(a)); }
template <std::same_as<symbol> S> constexpr symbol cumsum(S a, int axis, engine::location at = engine::location::here()) { return engine::along<op::cumsum>(at, a, axis); }
/// The product of the elements up to each, along an axis; the derivative stays finite where elements are 0.
template <int Axis, class A> requires operands<A> constexpr auto cumprod(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::cumprod, A, Axis> { return engine::call<op::with<op::cumprod, Axis>>(at, static_cast<A&&>(a)); }
/// Each element of an axis less the one before it, Times over.
template <int Times = 1, int Axis = -1, class A> requires operands<A> constexpr auto diff(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::diff, A, Times, Axis> { return engine::call<op::with<op::diff, Times, Axis>>(at, static_cast<A&&>(a)); }
/// The elements of the last two axes on and below a diagonal, 0 above it.
template <int Diagonal = 0, class A> requires operands<A> constexpr auto tril(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::tril, A, Diagonal> { return engine::call<op::with<op::tril, Diagonal>>(at, static_cast<A&&>(a)); }
/// The elements of the last two axes on and above a diagonal, 0 below it.
template <int Diagonal = 0, class A> requires operands<A> constexpr auto triu(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::triu, A, Diagonal> { return engine::call<op::with<op::triu, Diagonal>>(at, static_cast<A&&>(a)); }
/// A diagonal of two axes as the last axis; above the main one where Offset is positive.
template <int Offset = 0, int Axis0 = 0, int Axis1 = 1, class A> requires operands<A> constexpr auto diagonal(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::diagonal, A, Offset, Axis0, Axis1> { return engine::call<op::with<op::diagonal, Offset, Axis0, Axis1>>(at, static_cast<A&&>(a)); }
/// The diagonal of a matrix, or the matrix that has a vector as its diagonal.
template <int Offset = 0, class A> requires operands<A> constexpr auto diag(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::diag, A, Offset> { return engine::call<op::with<op::diag, Offset>>(at, static_cast<A&&>(a)); }
/// The sum of the diagonal of a matrix.
template <class A> requires operands<A> constexpr auto trace(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::trace, A> { return engine::call<op::trace>(at, static_cast<A&&>(a)); }

/// The elements of x that an index names along an axis: out[i][j] = x[index[i][j]][j] for axis 0. The index is of int32 or int64, has the axes of x, and the extents of x but along the axis. An index outside throws index_error.
template <int Axis, class A, class I> requires operands<A, I> constexpr auto gather(A&& a, I&& index, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::gather, Axis>, A, I> { return engine::call<op::with<op::gather, Axis>>(at, static_cast<A&&>(a), static_cast<I&&>(index)); }
/// The slices of x across an axis that a vector of indices names.
template <int Axis, class A, class I> requires operands<A, I> constexpr auto index_select(A&& a, I&& index, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::index_select, Axis>, A, I> { return engine::call<op::with<op::index_select, Axis>>(at, static_cast<A&&>(a), static_cast<I&&>(index)); }
/// Zeros along an axis of an extent, to which elements are added where an index says: the adjoint of gather.
template <int Axis, int Extent, class A, class I> requires operands<A, I> constexpr auto scatter_zeros(A&& a, I&& index, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::scatter_zeros, Axis, Extent>, A, I> { return engine::call<op::with<op::scatter_zeros, Axis, Extent>>(at, static_cast<A&&>(a), static_cast<I&&>(index)); }
/// The same of whole slices across an axis: the adjoint of index_select.
template <int Axis, int Extent, class A, class I> requires operands<A, I> constexpr auto index_zeros(A&& a, I&& index, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::index_zeros, Axis, Extent>, A, I> { return engine::call<op::with<op::index_zeros, Axis, Extent>>(at, static_cast<A&&>(a), static_cast<I&&>(index)); }
/// x, and what an index names along an axis has the elements of another tensor added; all extents but those along the axis are alike.
template <int Axis, class A, class I, class S> requires operands<A, I, S> constexpr auto scatter_add(A&& a, I&& index, S&& source, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::scatter_add, Axis>, A, I, S> { return engine::call<op::with<op::scatter_add, Axis>>(at, static_cast<A&&>(a), static_cast<I&&>(index), static_cast<S&&>(source)); }
/// The rows of a table that an index of any shape names.
template <class A, class I> requires operands<A, I> constexpr auto embedding(I&& index, A&& table, engine::location at = engine::location::here()) -> engine::apply_t<op::embedding, A, I> { return engine::call<op::embedding>(at, static_cast<A&&>(table), static_cast<I&&>(index)); }
/// 1 at the index and 0 elsewhere, along a new last axis of Classes entries; int64.
template <int Classes, class I> requires operands<I> constexpr auto one_hot(I&& index, engine::location at = engine::location::here()) -> engine::apply_with<op::one_hot, I, Classes> { return engine::call<op::with<op::one_hot, Classes>>(at, static_cast<I&&>(index)); }
/// The indices that put an axis in order, from small to large, NaN last; stable; int64.
template <int Axis = -1, class A> requires operands<A> constexpr auto argsort(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::argsort, A, Axis> { return engine::call<op::with<op::argsort, Axis>>(at, static_cast<A&&>(a)); }
/// A function of one number, `double f(double)` or of float, applied to each element: of a C library, say. It has no derivative; custom_derivative gives it one.
template <auto Function, class A> requires operands<A> && std::is_invocable_r_v<double, decltype(Function), double> constexpr auto external(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::external, A, &engine::external_of<Function, 1>> { return engine::call<op::with<op::external, &engine::external_of<Function, 1>>>(at, static_cast<A&&>(a)); }
/// The same of two numbers; the operands are broadcast.
template <auto Function, class A, class B> requires operands<A, B> && std::is_invocable_r_v<double, decltype(Function), double, double> constexpr auto external(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::external_of_two, &engine::external_of<Function, 2>>, A, B> { return engine::call<op::with<op::external_of_two, &engine::external_of<Function, 2>>>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// `value`, as a function of x whose derivative, element by element, is `derivative`: what value is computed from has no part in it.
template <class V, class X, class D> requires operands<V, X, D> constexpr auto with_derivative(V&& value, X&& x, D&& derivative, engine::location at = engine::location::here()) -> engine::apply_t<op::with_derivative, V, X, D> { return engine::call<op::with_derivative>(at, static_cast<V&&>(value), static_cast<X&&>(x), static_cast<D&&>(derivative)); }
// clang-format on

}  // namespace slope
