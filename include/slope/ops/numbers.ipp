// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number.

#include "slope/ops/op.hpp"

/// The number of each operation: its place in the table, which a test compares. Written down, since
/// to find the place of a type in a list of a hundred takes compilers much longer than all the rest
/// of the table.
namespace slope::op {

// clang-format off
struct constant; struct variable; struct size; struct add; struct multiply; struct divide;
struct power; struct abs; struct sign; struct exp; struct exp2; struct expm1; struct log;
struct log2; struct log10; struct log1p; struct sin; struct cos; struct tan; struct sinh;
struct cosh; struct tanh; struct asin; struct acos; struct atan; struct sigmoid; struct softplus;
struct relu; struct maximum; struct minimum; struct clamp; struct clamp_min; struct clamp_max;
struct with_derivative; struct floor; struct ceil; struct trunc; struct round; struct fmod;
struct remainder; struct copysign; struct asinh; struct acosh; struct atanh; struct atan2;
struct hypot; struct erf; struct erfc; struct erfinv; struct lgamma; struct digamma;
struct polygamma; struct sinc; struct xlogy; struct logaddexp; struct logit; struct ndtr;
struct softsign; struct logsigmoid; struct binary_cross_entropy; struct logits_cross_entropy;
struct signbit; struct isnan; struct isfinite; struct eq; struct ne; struct lt; struct le;
struct logical_and; struct logical_or; struct logical_not; struct where; struct sum; struct prod;
struct amax; struct amin; struct broadcast; struct reshape; struct permute; struct matmul;
struct slice; struct pad_axis; struct flip; struct cat; struct cumsum; struct external;
struct external_of_two; struct gather; struct index_select; struct scatter_zeros;
struct index_zeros; struct argsort; struct inverse; struct inv_ex; struct solve; struct det;
struct cofactor; struct logabsdet; struct logdet; struct lu_factor; struct lu_solve;
struct lu_inverse; struct lu_det; struct cholesky; struct solve_triangular; struct unfold;
struct fold; struct logsumexp; struct softmax; struct log_softmax; struct variance;
struct stddev; struct norm; struct power_norm; struct negative; struct subtract; struct square;
struct sqrt; struct rsqrt; struct reciprocal; struct softplus_beta; struct mean; struct mm;
struct mv; struct dot; struct outer; struct vector_matmul;
// clang-format on

}  // namespace slope::op

namespace slope::engine {

// clang-format off
template <> constexpr int op_number<op::constant>() { return 0; }
template <> constexpr int op_number<op::variable>() { return 1; }
template <> constexpr int op_number<op::size>() { return 2; }
template <> constexpr int op_number<op::add>() { return 3; }
template <> constexpr int op_number<op::multiply>() { return 4; }
template <> constexpr int op_number<op::divide>() { return 5; }
template <> constexpr int op_number<op::power>() { return 6; }
template <> constexpr int op_number<op::abs>() { return 7; }
template <> constexpr int op_number<op::sign>() { return 8; }
template <> constexpr int op_number<op::exp>() { return 9; }
template <> constexpr int op_number<op::exp2>() { return 10; }
template <> constexpr int op_number<op::expm1>() { return 11; }
template <> constexpr int op_number<op::log>() { return 12; }
template <> constexpr int op_number<op::log2>() { return 13; }
template <> constexpr int op_number<op::log10>() { return 14; }
template <> constexpr int op_number<op::log1p>() { return 15; }
template <> constexpr int op_number<op::sin>() { return 16; }
template <> constexpr int op_number<op::cos>() { return 17; }
template <> constexpr int op_number<op::tan>() { return 18; }
template <> constexpr int op_number<op::sinh>() { return 19; }
template <> constexpr int op_number<op::cosh>() { return 20; }
template <> constexpr int op_number<op::tanh>() { return 21; }
template <> constexpr int op_number<op::asin>() { return 22; }
template <> constexpr int op_number<op::acos>() { return 23; }
template <> constexpr int op_number<op::atan>() { return 24; }
template <> constexpr int op_number<op::sigmoid>() { return 25; }
template <> constexpr int op_number<op::softplus>() { return 26; }
template <> constexpr int op_number<op::relu>() { return 27; }
template <> constexpr int op_number<op::maximum>() { return 28; }
template <> constexpr int op_number<op::minimum>() { return 29; }
template <> constexpr int op_number<op::clamp>() { return 30; }
template <> constexpr int op_number<op::clamp_min>() { return 31; }
template <> constexpr int op_number<op::clamp_max>() { return 32; }
template <> constexpr int op_number<op::with_derivative>() { return 33; }
template <> constexpr int op_number<op::floor>() { return 34; }
template <> constexpr int op_number<op::ceil>() { return 35; }
template <> constexpr int op_number<op::trunc>() { return 36; }
template <> constexpr int op_number<op::round>() { return 37; }
template <> constexpr int op_number<op::fmod>() { return 38; }
template <> constexpr int op_number<op::remainder>() { return 39; }
template <> constexpr int op_number<op::copysign>() { return 40; }
template <> constexpr int op_number<op::asinh>() { return 41; }
template <> constexpr int op_number<op::acosh>() { return 42; }
template <> constexpr int op_number<op::atanh>() { return 43; }
template <> constexpr int op_number<op::atan2>() { return 44; }
template <> constexpr int op_number<op::hypot>() { return 45; }
template <> constexpr int op_number<op::erf>() { return 46; }
template <> constexpr int op_number<op::erfc>() { return 47; }
template <> constexpr int op_number<op::erfinv>() { return 48; }
template <> constexpr int op_number<op::lgamma>() { return 49; }
template <> constexpr int op_number<op::digamma>() { return 50; }
template <> constexpr int op_number<op::polygamma>() { return 51; }
template <> constexpr int op_number<op::sinc>() { return 52; }
template <> constexpr int op_number<op::xlogy>() { return 53; }
template <> constexpr int op_number<op::logaddexp>() { return 54; }
template <> constexpr int op_number<op::logit>() { return 55; }
template <> constexpr int op_number<op::ndtr>() { return 56; }
template <> constexpr int op_number<op::softsign>() { return 57; }
template <> constexpr int op_number<op::logsigmoid>() { return 58; }
template <> constexpr int op_number<op::binary_cross_entropy>() { return 59; }
template <> constexpr int op_number<op::logits_cross_entropy>() { return 60; }
template <> constexpr int op_number<op::signbit>() { return 61; }
template <> constexpr int op_number<op::isnan>() { return 62; }
template <> constexpr int op_number<op::isfinite>() { return 63; }
template <> constexpr int op_number<op::eq>() { return 64; }
template <> constexpr int op_number<op::ne>() { return 65; }
template <> constexpr int op_number<op::lt>() { return 66; }
template <> constexpr int op_number<op::le>() { return 67; }
template <> constexpr int op_number<op::logical_and>() { return 68; }
template <> constexpr int op_number<op::logical_or>() { return 69; }
template <> constexpr int op_number<op::logical_not>() { return 70; }
template <> constexpr int op_number<op::where>() { return 71; }
template <> constexpr int op_number<op::sum>() { return 72; }
template <> constexpr int op_number<op::prod>() { return 73; }
template <> constexpr int op_number<op::amax>() { return 74; }
template <> constexpr int op_number<op::amin>() { return 75; }
template <> constexpr int op_number<op::broadcast>() { return 76; }
template <> constexpr int op_number<op::reshape>() { return 77; }
template <> constexpr int op_number<op::permute>() { return 78; }
template <> constexpr int op_number<op::matmul>() { return 79; }
template <> constexpr int op_number<op::slice>() { return 80; }
template <> constexpr int op_number<op::pad_axis>() { return 81; }
template <> constexpr int op_number<op::flip>() { return 82; }
template <> constexpr int op_number<op::cat>() { return 83; }
template <> constexpr int op_number<op::cumsum>() { return 84; }
template <> constexpr int op_number<op::external>() { return 85; }
template <> constexpr int op_number<op::external_of_two>() { return 86; }
template <> constexpr int op_number<op::gather>() { return 87; }
template <> constexpr int op_number<op::index_select>() { return 88; }
template <> constexpr int op_number<op::scatter_zeros>() { return 89; }
template <> constexpr int op_number<op::index_zeros>() { return 90; }
template <> constexpr int op_number<op::argsort>() { return 91; }
template <> constexpr int op_number<op::inverse>() { return 92; }
template <> constexpr int op_number<op::inv_ex>() { return 93; }
template <> constexpr int op_number<op::solve>() { return 94; }
template <> constexpr int op_number<op::det>() { return 95; }
template <> constexpr int op_number<op::cofactor>() { return 96; }
template <> constexpr int op_number<op::logabsdet>() { return 97; }
template <> constexpr int op_number<op::logdet>() { return 98; }
template <> constexpr int op_number<op::lu_factor>() { return 99; }
template <> constexpr int op_number<op::lu_solve>() { return 100; }
template <> constexpr int op_number<op::lu_inverse>() { return 101; }
template <> constexpr int op_number<op::lu_det>() { return 102; }
template <> constexpr int op_number<op::cholesky>() { return 103; }
template <> constexpr int op_number<op::solve_triangular>() { return 104; }
template <> constexpr int op_number<op::unfold>() { return 105; }
template <> constexpr int op_number<op::fold>() { return 106; }
template <> constexpr int op_number<op::logsumexp>() { return 107; }
template <> constexpr int op_number<op::softmax>() { return 108; }
template <> constexpr int op_number<op::log_softmax>() { return 109; }
template <> constexpr int op_number<op::variance>() { return 110; }
template <> constexpr int op_number<op::stddev>() { return 111; }
template <> constexpr int op_number<op::norm>() { return 112; }
template <> constexpr int op_number<op::power_norm>() { return 113; }
template <> constexpr int op_number<op::negative>() { return 114; }
template <> constexpr int op_number<op::subtract>() { return 115; }
template <> constexpr int op_number<op::square>() { return 116; }
template <> constexpr int op_number<op::sqrt>() { return 117; }
template <> constexpr int op_number<op::rsqrt>() { return 118; }
template <> constexpr int op_number<op::reciprocal>() { return 119; }
template <> constexpr int op_number<op::softplus_beta>() { return 120; }
template <> constexpr int op_number<op::mean>() { return 121; }
template <> constexpr int op_number<op::mm>() { return 122; }
template <> constexpr int op_number<op::mv>() { return 123; }
template <> constexpr int op_number<op::dot>() { return 124; }
template <> constexpr int op_number<op::outer>() { return 125; }
template <> constexpr int op_number<op::vector_matmul>() { return 126; }
// clang-format on

}  // namespace slope::engine
