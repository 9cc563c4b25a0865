// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <tuple>

#include "slope/expression/data/tree.hpp"

/// Tensors cut into several along an axis. How many there are depends on the shape, which is part of
/// the type of a formula or tensor: they give a std::tuple. In a traced function types know nothing
/// of it: what names its number of parts (`chunk<2>(x)`, `unbind<0, 3>(x)`, `split<std::array{2, 3}>(x)`)
/// gives a tuple there too, the others a symbol_list.
namespace slope {

/// Parts of a traced tensor, as many as its shape says: `for (auto row : unbind(x))`.
class symbol_list {
 public:
  static constexpr int most = 64;
  constexpr void push_back(symbol s) { at_[size_++] = s; }
  constexpr int size() const { return size_; }
  constexpr symbol operator[](int k) const { return at_[k]; }
  constexpr symbol const* begin() const { return at_; }
  constexpr symbol const* end() const { return at_ + size_; }

 private:
  symbol at_[most]{};
  int size_ = 0;
};

namespace op {

/// Values: axis, start, count, and the extent that all parts have together.
struct split_part : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, "split", p.values[0], s);
    if (axis < 0 || s.rank == 0) return x;
    if (s.extents[axis] < 0) return engine::refuse_open_axis(b, "split", axis, x);
    if (s.extents[axis] == p.values[3])
      return engine::slice_symbol(b, x, axis, p.values[1], p.values[2]);
    engine::builder::failure_text text;
    text.write("split: parts of ");
    text.write_integer(p.values[3]);
    text.write(" elements, axis ");
    text.write_integer(axis);
    text.write(" of ");
    write_shape(text, b.describe(s));
    b.fail(text, {});
    return x;
  }
};

/// Values: axis, which of how many.
struct chunk_part : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, "chunk", p.values[0], s);
    if (axis < 0 || s.rank == 0) return x;
    int const extent = s.extents[axis], size = (extent + p.values[2] - 1) / p.values[2];
    if (extent < 0) return engine::refuse_open_axis(b, "chunk", axis, x);
    int const start = p.values[1] * size, left = extent - start;
    if (left > 0) return engine::slice_symbol(b, x, axis, start, left < size ? left : size);
    engine::builder::failure_text text;
    text.write("chunk: less than ");
    text.write_integer(p.values[2]);
    text.write(" parts along axis ");
    text.write_integer(axis);
    text.write(" of ");
    write_shape(text, b.describe(s));
    b.fail(text, {});
    return x;
  }
};

/// Values: axis, which of how many.
struct unbind_part : fronted {
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const axis = engine::checked_axis(b, "unbind", p.values[0], s);
    if (axis < 0 || s.rank == 0) return x;
    if (s.extents[axis] < 0) return engine::refuse_open_axis(b, "unbind", axis, x);
    if (s.extents[axis] == p.values[2]) return select::front(b, p, x);
    engine::builder::failure_text text;
    text.write("unbind: ");
    text.write_integer(p.values[2]);
    text.write(" parts of axis ");
    text.write_integer(axis);
    text.write(" of ");
    write_shape(text, b.describe(s));
    b.fail(text, {});
    return x;
  }
};

}  // namespace op

namespace engine {

/// The extent of an axis in an argument's type; 0 where there is no such axis, or it is known at
/// run time only: the first part then says so.
template <class A, int Axis>
consteval int extent_in_type() {
  constexpr shape_info s = form_of<typename stored<A>::type>::extents;
  constexpr int axis = Axis < 0 ? Axis + s.rank : Axis;
  if constexpr (axis < 0 || axis >= s.rank) return 0;
  else return s.extents[axis].size > 0 ? s.extents[axis].size : 0;
}

/// Part k begins at the sum of the sizes before it.
template <auto Sizes, int Axis, class A, int... K>
constexpr auto split_by(location at, A&& a, std::integer_sequence<int, K...>) {
  constexpr auto before = [](int count) {
    int total = 0;
    for (int k = 0; k < count; ++k) total += Sizes[static_cast<std::size_t>(k)];
    return total;
  };
  return std::tuple(call<op::with<op::split_part, Axis, before(K), Sizes[K], before(sizeof...(K))>>(
      at, reused<A>(a))...);
}
/// Parts of one size, the last one of what is left.
template <int Size, int Extent>
consteval auto sizes_of_parts() {
  constexpr int count = Extent > 0 ? (Extent + Size - 1) / Size : 1;
  std::array<int, count> sizes{};
  for (int k = 0; k < count; ++k)
    sizes[static_cast<std::size_t>(k)] = (k + 1) * Size <= Extent ? Size : Extent - k * Size;
  return sizes;
}
template <class Part, int Axis, class A, int... K>
constexpr auto numbered_parts(location at, A&& a, std::integer_sequence<int, K...>) {
  constexpr int count = static_cast<int>(sizeof...(K));
  return std::tuple(call<op::with<Part, Axis, K, count>>(at, reused<A>(a))...);
}

/// The parts that begin at 0, size, 2 * size ..., or the slices without their axis.
constexpr symbol_list listed_parts(location at, char const* name, symbol x, int axis, int size,
                                   bool drop) {
  symbol_list parts;
  builder& b = *x.owner();
  user_line const line(b, at);
  shape const s = b.shape_of(x);
  int const k = checked_axis(b, name, axis, s);
  if (k < 0 || s.rank == 0) return parts;
  int const extent = s.extents[k];
  if (extent < 0 || extent > size * symbol_list::most) {
    if (extent < 0) refuse_open_axis(b, name, k, x);
    else b.fail("split: more than 64 parts", {});
    return parts;
  }
  for (int start = 0; start < extent; start += size) {
    symbol const part = slice_symbol(b, x, k, start, extent - start < size ? extent - start : size);
    parts.push_back(dropped_axis(b, part, k, !drop));
  }
  return parts;
}

}  // namespace engine

/// Parts of Size elements along an axis, the last one of what is left; or of the sizes of an array:
/// `split<2>(x)`, `split<std::array{1, 4}, 1>(x)`.
template <auto Size, int Axis = 0, class A>
  requires operands<A>
constexpr auto split(A&& a, engine::location at = engine::location::here()) {
  if constexpr (!std::is_same_v<decltype(Size), int>) {
    constexpr int count = static_cast<int>(Size.size());
    return engine::split_by<Size, Axis>(at, static_cast<A&&>(a),
                                        std::make_integer_sequence<int, count>{});
  } else if constexpr (std::is_same_v<std::remove_cvref_t<A>, symbol>) {
    static_assert(Size > 0, "split: parts have an element at least");
    return engine::listed_parts(at, "split", a, Axis, Size, false);
  } else {
    static_assert(Size > 0, "split: parts have an element at least");
    return slope::split<engine::sizes_of_parts<Size, engine::extent_in_type<A, Axis>()>(), Axis>(
        static_cast<A&&>(a), at);
  }
}

/// Count parts of an axis, as equal as parts of one size and a smaller last one are. Where that makes
/// fewer, as in torch, there are so many; in a traced function it is an error.
template <int Count, int Axis = 0, class A>
  requires operands<A>
constexpr auto chunk(A&& a, engine::location at = engine::location::here()) {
  static_assert(Count > 0, "chunk: one part at least");
  if constexpr (std::is_same_v<std::remove_cvref_t<A>, symbol>) {
    return engine::numbered_parts<op::chunk_part, Axis>(at, a,
                                                        std::make_integer_sequence<int, Count>{});
  } else {
    constexpr int extent = engine::extent_in_type<A, Axis>(), size = (extent + Count - 1) / Count;
    return slope::split<(size > 0 ? size : 1), Axis>(static_cast<A&&>(a), at);
  }
}

/// What stands at each index of an axis, without that axis; Count, where it is told, is its extent.
template <int Axis = 0, int Count = -1, class A>
  requires operands<A>
constexpr auto unbind(A&& a, engine::location at = engine::location::here()) {
  if constexpr (Count < 0 && std::is_same_v<std::remove_cvref_t<A>, symbol>) {
    return engine::listed_parts(at, "unbind", a, Axis, 1, true);
  } else if constexpr (Count < 0) {
    constexpr int extent = engine::extent_in_type<A, Axis>();
    return slope::unbind<Axis, (extent > 0 ? extent : 1)>(static_cast<A&&>(a), at);
  } else {
    return engine::numbered_parts<op::unbind_part, Axis>(at, static_cast<A&&>(a),
                                                         std::make_integer_sequence<int, Count>{});
  }
}

}  // namespace slope
