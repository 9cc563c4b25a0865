// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace slope {

/// Is E a tree that carries its data and can be evaluated into a tensor? The expression room
/// specialises it, and with it the two templates below; tensors themselves name no expression.
template <class E>
inline constexpr bool is_lazy_v = false;

/// What a lazy tree evaluates to: `value_type`, `static constexpr int rank`, and
/// `template <int K> static constexpr auto extent_value`, an int, `dim<"n">` or `dynamic`.
template <class E>
struct lazy_result;

/// How a lazy tree is evaluated: `into(e, destination)` writes every element of a tensor or view,
/// `shape(e)` is the std::array of its extents. An optional `reads(e, first, last)` tells whether
/// the tree reads memory in [first, last); where it is missing, assignment goes by a temporary.
template <class E>
struct lazy_access;

}  // namespace slope
