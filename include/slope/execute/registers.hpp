// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/math/math.hpp"
#include "slope/ops/table.hpp"

/// Values on their way through a loop: L elements of one type at once, or one where L is 1.
namespace slope::engine {

template <class T, int L>
struct lanes_of {
  using type = math::pack<T, L>;
};
template <class T>
struct lanes_of<T, 1> {
  using type = T;
};
/// L elements of a number type.
template <class T, int L>
using lanes = typename lanes_of<T, L>::type;

template <class W, int L>
struct truths_of {
  using type = math::mask<W, L>;
};
template <class W>
struct truths_of<W, 1> {
  using type = bool;
};
/// L truth values, as wide as elements of W.
template <class W, int L>
using truths = typename truths_of<W, L>::type;

template <class V, class T>
[[gnu::always_inline]] inline V load_lanes(T const* p, std::ptrdiff_t step) {
  if constexpr (math::is_pack_v<V>) {
    if constexpr (std::same_as<T, bool>) {
      V v;
      for (int i = 0; i < V::lanes; ++i)
        v.data[i] = static_cast<std::remove_cvref_t<decltype(v.data[i])>>(-int{p[i * step]});
      return v;
    } else {
      return V::load_strided(p, step);
    }
  } else {
    return *p;
  }
}
template <class V, class T>
[[gnu::always_inline]] inline V load_lanes(T const* p) {
  if constexpr (math::is_pack_v<V> && !std::same_as<T, bool>) return V::load(p);
  else return load_lanes<V>(p, 1);
}
template <class V, class T>
[[gnu::always_inline]] inline V spread_lanes(T value) {
  if constexpr (!math::is_pack_v<V>) return static_cast<V>(value);
  else if constexpr (std::same_as<T, bool>) {
    using S = std::remove_cvref_t<decltype(V{}.data[0])>;
    return V{typename V::vector{} - static_cast<S>(value)};
  } else {
    return V::broadcast(value);
  }
}
template <class V, class T>
[[gnu::always_inline]] inline void store_lanes(V const& v, T* p) {
  if constexpr (!math::is_pack_v<V>) *p = v;
  else if constexpr (std::same_as<T, bool>)
    for (int i = 0; i < V::lanes; ++i) p[i] = v[i];
  else v.store(p);
}

/// v as another type; W is the type that truth values are as wide as.
template <class To, class W, class V>
[[gnu::always_inline]] inline auto convert_lanes(V const& v) {
  using from = math::scalar_type_t<V>;
  if constexpr (std::same_as<To, bool>) {
    if constexpr (std::same_as<from, bool>) return math::convert_mask<W>(v);
    else return math::convert_mask<W>(v != math::like(v, 0));
  } else if constexpr (std::same_as<from, bool>) {
    return math::to_number<To>(v);
  } else if constexpr (std::same_as<from, To>) {
    return v;
  } else {
    return math::convert<To>(v);
  }
}

/// The type in which an operation on operands of this type computes: bool counts as a number.
template <class T, class W>
using computing_t = std::conditional_t<std::same_as<T, bool>, W, T>;

/// Lanes first to limit - 1 of v, `identity` elsewhere.
template <class V, class T>
[[gnu::always_inline]] inline V within(V const& v, int first, int limit, T identity) {
  if constexpr (!math::is_pack_v<V>) {
    return v;
  } else {
    using S = math::detail::signed_t<T>;
    using indices = math::pack<S, V::lanes>;
    indices index;
    for (int i = 0; i < V::lanes; ++i) index.data[i] = static_cast<S>(i);
    auto const inside =
        (index >= indices::broadcast(static_cast<S>(first))) &
        (index < indices::broadcast(static_cast<S>(limit)));
    return math::select(inside, v, V::broadcast(identity));
  }
}

/// All lanes in one, half by half.
template <class Op, class V>
[[gnu::always_inline]] inline auto fold_lanes(V const& v) {
  if constexpr (math::is_pack_v<V>)
    return math::detail::fold(v, [](auto a, auto b) { return Op::combine(a, b); });
  else return v;
}

}  // namespace slope::engine
