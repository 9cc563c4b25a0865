// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number.

#include "slope/ops/op.hpp"

/// THE LIST: every operation once. Its place is its number.
namespace slope::op {

// clang-format off
using list = engine::op_list<
    struct constant, struct variable, struct size,
    struct add, struct multiply, struct divide, struct power,
    struct abs, struct sign, struct exp, struct exp2, struct expm1, struct log, struct log2, struct log10, struct log1p,
    struct sin, struct cos, struct tan, struct sinh, struct cosh, struct tanh, struct asin, struct acos, struct atan,
    struct sigmoid, struct softplus, struct relu, struct maximum, struct minimum,
    struct clamp, struct clamp_min, struct clamp_max, struct with_derivative,
    struct floor, struct ceil, struct trunc, struct round, struct fmod, struct remainder, struct copysign,
    struct asinh, struct acosh, struct atanh, struct atan2, struct hypot, struct erf, struct erfc, struct erfinv,
    struct lgamma, struct digamma, struct polygamma, struct sinc, struct xlogy, struct logaddexp,
    struct logit, struct ndtr, struct ndtri, struct igamma, struct igammac,
    struct softsign, struct logsigmoid, struct binary_cross_entropy, struct logits_cross_entropy,
    struct signbit, struct isnan, struct isfinite,
    struct eq, struct ne, struct lt, struct le, struct logical_and, struct logical_or, struct logical_not, struct where,
    struct sum, struct prod, struct amax, struct amin,
    struct broadcast, struct reshape, struct permute, struct matmul,
    struct slice, struct pad_axis, struct flip, struct cat, struct cumsum,
    struct external, struct external_of_two, struct gather, struct index_select, struct scatter_zeros, struct index_zeros, struct argsort,
    struct inverse, struct inv_ex, struct solve, struct det, struct cofactor, struct logabsdet, struct logdet,
    struct lu_factor, struct lu_solve, struct lu_inverse, struct lu_det, struct cholesky, struct solve_triangular, struct unfold, struct fold,
    struct logsumexp, struct softmax, struct log_softmax, struct variance, struct stddev, struct norm, struct power_norm,
    struct negative, struct subtract, struct square, struct sqrt, struct rsqrt, struct reciprocal, struct softplus_beta,
    struct mean, struct mm, struct mv, struct dot, struct outer, struct vector_matmul>;
// clang-format on

}  // namespace slope::op

namespace slope::engine {

// The number of a type is what a function returns that is found by the type and defined at its
// place: to look for types in a list of a hundred takes compilers twice as long.
#pragma GCC diagnostic push
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wnon-template-friend"  // each type shall have one of its own
#endif
template <class Op>
struct numbered {
  friend constexpr int number_of(numbered);
};
#pragma GCC diagnostic pop
template <int I, class Op>
struct place_in_list {
  friend constexpr int number_of(numbered<Op>) { return I; }
};
template <class Indices, class List>
struct numbered_list;
template <int... I, class... Ops>
struct numbered_list<std::integer_sequence<int, I...>, op_list<Ops...>> {
  static constexpr auto size = (sizeof(place_in_list<I, Ops>) + ...);
};
static_assert(numbered_list<std::make_integer_sequence<int, op::list::size>, op::list>::size > 0);

template <class Op>
constexpr int op_number() {
  return number_of(numbered<Op>{});
}

}  // namespace slope::engine
