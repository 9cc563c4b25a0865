// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/tensor/tensor.hpp"

namespace slope {

// `tensor t = exp(a) * b;` takes element type and extents from the expression. A deduction guide
// must spell the extents one by one, so there is one for each rank.
template <class E>
  requires(detail::lazy_rank<E> == 0)
tensor(E const&)
->tensor<typename lazy_result<E>::value_type>;
template <class E>
  requires(detail::lazy_rank<E> == 1)
tensor(E const&)
->tensor<typename lazy_result<E>::value_type, lazy_result<E>::template extent_value<0>>;
template <class E>
  requires(detail::lazy_rank<E> == 2)
tensor(E const&)
->tensor<typename lazy_result<E>::value_type, lazy_result<E>::template extent_value<0>,
         lazy_result<E>::template extent_value<1>>;
template <class E>
  requires(detail::lazy_rank<E> == 3)
tensor(E const&)
->tensor<typename lazy_result<E>::value_type, lazy_result<E>::template extent_value<0>,
         lazy_result<E>::template extent_value<1>, lazy_result<E>::template extent_value<2>>;
template <class E>
  requires(detail::lazy_rank<E> == 4)
tensor(E const&)
->tensor<typename lazy_result<E>::value_type, lazy_result<E>::template extent_value<0>,
         lazy_result<E>::template extent_value<1>, lazy_result<E>::template extent_value<2>,
         lazy_result<E>::template extent_value<3>>;
template <class E>
  requires(detail::lazy_rank<E> == 5)
tensor(E const&)
->tensor<typename lazy_result<E>::value_type, lazy_result<E>::template extent_value<0>,
         lazy_result<E>::template extent_value<1>, lazy_result<E>::template extent_value<2>,
         lazy_result<E>::template extent_value<3>, lazy_result<E>::template extent_value<4>>;
template <class E>
  requires(detail::lazy_rank<E> == 6)
tensor(E const&)
->tensor<typename lazy_result<E>::value_type, lazy_result<E>::template extent_value<0>,
         lazy_result<E>::template extent_value<1>, lazy_result<E>::template extent_value<2>,
         lazy_result<E>::template extent_value<3>, lazy_result<E>::template extent_value<4>,
         lazy_result<E>::template extent_value<5>>;
template <class E>
  requires(detail::lazy_rank<E> == 7)
tensor(E const&)
->tensor<typename lazy_result<E>::value_type, lazy_result<E>::template extent_value<0>,
         lazy_result<E>::template extent_value<1>, lazy_result<E>::template extent_value<2>,
         lazy_result<E>::template extent_value<3>, lazy_result<E>::template extent_value<4>,
         lazy_result<E>::template extent_value<5>, lazy_result<E>::template extent_value<6>>;
template <class E>
  requires(detail::lazy_rank<E> == 8)
tensor(E const&)
->tensor<typename lazy_result<E>::value_type, lazy_result<E>::template extent_value<0>,
         lazy_result<E>::template extent_value<1>, lazy_result<E>::template extent_value<2>,
         lazy_result<E>::template extent_value<3>, lazy_result<E>::template extent_value<4>,
         lazy_result<E>::template extent_value<5>, lazy_result<E>::template extent_value<6>,
         lazy_result<E>::template extent_value<7>>;

}  // namespace slope
