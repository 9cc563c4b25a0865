// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/axis_functions.ipp"

/// Linear algebra, sums by named axes, convolutions and pooling, as users call them. Matrices are
/// the last two axes, those in front of them are a batch.
namespace slope {

namespace op {
struct inverse;
struct inv_ex;
struct solve;
struct det;
struct cofactor;
struct logabsdet;
struct slogdet;
struct logdet;
struct matrix_power;
struct kron;
struct cholesky;
struct solve_triangular;
struct cholesky_solve;
struct einsum;
struct tensordot;
struct unfold;
struct fold;
struct conv1d;
struct conv2d;
struct max_pool1d;
struct max_pool2d;
struct avg_pool1d;
struct avg_pool2d;
}  // namespace op

// clang-format off
/// The inverses of square matrices; a singular one throws linear_algebra_error.
template <class A> requires operands<A> constexpr auto inverse(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::inverse, A> { return engine::call<op::inverse>(at, static_cast<A&&>(a)); }
/// The same, and of a singular matrix infinities and NaN (torch.linalg.inv_ex without its check).
template <class A> requires operands<A> constexpr auto inv_ex(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::inv_ex, A> { return engine::call<op::inv_ex>(at, static_cast<A&&>(a)); }
/// X with A X = B: B is a matrix, or a vector for each matrix. A singular matrix throws linear_algebra_error.
template <class A, class B> requires operands<A, B> constexpr auto solve(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::solve, A, B> { return engine::call<op::solve>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// The determinants of square matrices. The derivative is right for singular ones of up to 3 rows, and 0 for larger ones, as in torch.
template <class A> requires operands<A> constexpr auto det(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::det, A> { return engine::call<op::det>(at, static_cast<A&&>(a)); }
/// The derivatives of determinants for their elements: det(A) transpose(inverse(A)), and what that tends to at singular matrices of up to 3 rows; 0 at larger ones.
template <class A> requires operands<A> constexpr auto cofactor(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::cofactor, A> { return engine::call<op::cofactor>(at, static_cast<A&&>(a)); }
/// The logarithms of determinants' absolute values.
template <class A> requires operands<A> constexpr auto logabsdet(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::logabsdet, A> { return engine::call<op::logabsdet>(at, static_cast<A&&>(a)); }
/// The logarithms of determinants: -inf of 0, NaN of a negative one.
template <class A> requires operands<A> constexpr auto logdet(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::logdet, A> { return engine::call<op::logdet>(at, static_cast<A&&>(a)); }
/// The signs of determinants, and the logarithms of their absolute values, as a pair. The sign has no derivative.
template <class A> requires operands<A> constexpr auto slogdet(A&& a, engine::location at = engine::location::here()) { return std::pair{engine::call<op::with<op::slogdet, 1>>(at, A(a)), engine::call<op::with<op::slogdet, 2>>(at, static_cast<A&&>(a))}; }
/// The product of N equal square matrices: the identity for 0, products of the inverse below 0.
template <int N, class A> requires operands<A> constexpr auto matrix_power(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::matrix_power, A, N> { return engine::call<op::with<op::matrix_power, N>>(at, static_cast<A&&>(a)); }
/// The lower triangle L with L transpose(L) = A, of symmetric matrices, of which the lower triangle is read. One that is not positive definite throws linear_algebra_error; the gradient is symmetric.
template <class A> requires operands<A> constexpr auto cholesky(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::cholesky, A> { return engine::call<op::cholesky>(at, static_cast<A&&>(a)); }
/// X with A X = B, of which the lower or upper triangle of A is read; Transposed: with that of its transpose, Unit: with ones on its diagonal. A zero on the diagonal gives infinities.
template <bool Upper, bool Transposed = false, bool Unit = false, class A, class B> requires operands<A, B> constexpr auto solve_triangular(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::solve_triangular, int{Upper}, int{Transposed}, int{Unit}>, A, B> { return engine::call<op::with<op::solve_triangular, int{Upper}, int{Transposed}, int{Unit}>>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// X with A X = B, of the lower factor L that cholesky(A) is.
template <class A, class B> requires operands<A, B> constexpr auto cholesky_solve(A&& b, B&& l, engine::location at = engine::location::here()) -> engine::apply_t<op::cholesky_solve, A, B> { return engine::call<op::cholesky_solve>(at, static_cast<A&&>(b), static_cast<B&&>(l)); }
/// The Kronecker product: each element of a times b. Up to four axes.
template <class A, class B> requires operands<A, B> constexpr auto kron(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::kron, A, B> { return engine::call<op::kron>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// Sums of products by named axes: einsum<"bij,jk->bik">(a, b). Letters are axes, the same ones have the same extent, those that the result does not have are summed over; twice in one operand is the diagonal, "..." are the other axes in front, which broadcast. Without "->" the result has the letters that occur once, in the order of the alphabet. Three operands are multiplied in the order that takes the fewest multiplications.
template <fixed_string Equation, class A> requires operands<A> constexpr auto einsum(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::einsum, A, Equation> { return engine::call<op::with<op::einsum, Equation>>(at, static_cast<A&&>(a)); }
template <fixed_string Equation, class A, class B> requires operands<A, B> constexpr auto einsum(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::einsum, Equation>, A, B> { return engine::call<op::with<op::einsum, Equation>>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
template <fixed_string Equation, class A, class B, class C> requires operands<A, B, C> constexpr auto einsum(A&& a, B&& b, C&& c, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::einsum, Equation>, A, B, C> { return engine::call<op::with<op::einsum, Equation>>(at, static_cast<A&&>(a), static_cast<B&&>(b), static_cast<C&&>(c)); }
/// The sum of products over the last Count axes of a and the first of b.
template <int Count, class A, class B> requires operands<A, B> constexpr auto tensordot(A&& a, B&& b, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::tensordot, Count>, A, B> { return engine::call<op::with<op::tensordot, Count>>(at, static_cast<A&&>(a), static_cast<B&&>(b)); }
/// Windows of Size elements of an axis, Step apart, as a new last axis (torch.Tensor.unfold); Dilation is the distance between the elements of a window.
template <int Axis, int Size, int Step = 1, int Dilation = 1, class A> requires operands<A> constexpr auto unfold(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::unfold, A, Axis, Size, Step, Dilation> { return engine::call<op::with<op::unfold, Axis, Size, Step, Dilation>>(at, static_cast<A&&>(a)); }
/// Zeros along an axis of an extent, to which the windows of the last axis are added at their places: the adjoint of unfold.
template <int Axis, int Extent, int Step = 1, int Dilation = 1, class A> requires operands<A> constexpr auto fold(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::fold, A, Axis, Extent, Step, Dilation> { return engine::call<op::with<op::fold, Axis, Extent, Step, Dilation>>(at, static_cast<A&&>(a)); }
/// Cross-correlation of (batch, channels, length), or without the batch, with weights (results, channels / Groups, sizes): torch.nn.functional.conv1d. All numbers are for each axis.
template <int Stride = 1, int Padding = 0, int Dilation = 1, int Groups = 1, class A, class B> requires operands<A, B> constexpr auto conv1d(A&& x, B&& w, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::conv1d, Stride, Padding, Dilation, Groups>, A, B> { return engine::call<op::with<op::conv1d, Stride, Padding, Dilation, Groups>>(at, static_cast<A&&>(x), static_cast<B&&>(w)); }
/// The same, and a bias for each result.
template <int Stride = 1, int Padding = 0, int Dilation = 1, int Groups = 1, class A, class B, class C> requires operands<A, B, C> constexpr auto conv1d(A&& x, B&& w, C&& bias, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::conv1d, Stride, Padding, Dilation, Groups>, A, B, C> { return engine::call<op::with<op::conv1d, Stride, Padding, Dilation, Groups>>(at, static_cast<A&&>(x), static_cast<B&&>(w), static_cast<C&&>(bias)); }
/// Cross-correlation of (batch, channels, height, width), or without the batch, with weights (results, channels / Groups, sizes): torch.nn.functional.conv2d. All numbers are for each axis.
template <int Stride = 1, int Padding = 0, int Dilation = 1, int Groups = 1, class A, class B> requires operands<A, B> constexpr auto conv2d(A&& x, B&& w, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::conv2d, Stride, Padding, Dilation, Groups>, A, B> { return engine::call<op::with<op::conv2d, Stride, Padding, Dilation, Groups>>(at, static_cast<A&&>(x), static_cast<B&&>(w)); }
/// The same, and a bias for each result.
template <int Stride = 1, int Padding = 0, int Dilation = 1, int Groups = 1, class A, class B, class C> requires operands<A, B, C> constexpr auto conv2d(A&& x, B&& w, C&& bias, engine::location at = engine::location::here()) -> engine::apply_t<op::with<op::conv2d, Stride, Padding, Dilation, Groups>, A, B, C> { return engine::call<op::with<op::conv2d, Stride, Padding, Dilation, Groups>>(at, static_cast<A&&>(x), static_cast<B&&>(w), static_cast<C&&>(bias)); }
/// The largest element of each window of the last axis; -inf around it, NaN wins, the first of equal ones has the derivative. Stride 0 is Size.
template <int Size, int Stride = 0, int Padding = 0, class A> requires operands<A> constexpr auto max_pool1d(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::max_pool1d, A, Size, Stride, Padding> { return engine::call<op::with<op::max_pool1d, Size, Stride, Padding>>(at, static_cast<A&&>(a)); }
/// The mean of each window of the last axis; zeros around count. Stride 0 is Size.
template <int Size, int Stride = 0, int Padding = 0, class A> requires operands<A> constexpr auto avg_pool1d(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::avg_pool1d, A, Size, Stride, Padding> { return engine::call<op::with<op::avg_pool1d, Size, Stride, Padding>>(at, static_cast<A&&>(a)); }
/// The largest element of each window of the last two axes; -inf around it, NaN wins, the first of equal ones has the derivative. Stride 0 is Size.
template <int Size, int Stride = 0, int Padding = 0, class A> requires operands<A> constexpr auto max_pool2d(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::max_pool2d, A, Size, Stride, Padding> { return engine::call<op::with<op::max_pool2d, Size, Stride, Padding>>(at, static_cast<A&&>(a)); }
/// The mean of each window of the last two axes; zeros around count. Stride 0 is Size.
template <int Size, int Stride = 0, int Padding = 0, class A> requires operands<A> constexpr auto avg_pool2d(A&& a, engine::location at = engine::location::here()) -> engine::apply_with<op::avg_pool2d, A, Size, Stride, Padding> { return engine::call<op::with<op::avg_pool2d, Size, Stride, Padding>>(at, static_cast<A&&>(a)); }
// clang-format on

}  // namespace slope
