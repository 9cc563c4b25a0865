// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/formula.hpp"
#include "slope/symbolic/jacobian.hpp"
#include "slope/tensor/tensor.hpp"

/// The identity matrix in formulas: what Jacobians are made of. Its data is bound by the library.
namespace slope {

/// The identity matrix of N rows, of bool, as a formula: `eye<4>` in print.
template <int N>
struct identity_t {};

template <int N>
inline constexpr bool is_symbolic_v<identity_t<N>> = true;

namespace engine {

template <int N>
constexpr symbol lower(builder& b, identity_t<N>) {
  return identity_symbol(b, N);
}

template <int N>
constexpr tensor<bool, N, N> identity_matrix() {
  tensor<bool, N, N> unit;
  for (int i = 0; i < N; ++i) unit(i, i) = true;
  return unit;
}
template <int N>
inline constexpr tensor<bool, N, N> identity_data = identity_matrix<N>();

/// In a reified tree.
template <class Holder, int Leaf, std::size_t... K>
  requires(is_identity(Holder::graph.leaves[Leaf]))
struct leaf_tree<Holder, Leaf, std::index_sequence<K...>> {
  using type = identity_t<-Holder::graph.leaves[Leaf].ordinal>;
};

}  // namespace engine
}  // namespace slope
