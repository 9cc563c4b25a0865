// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/data.hpp"

/// The PyTorch way: objects that hold data and the gradient of what is computed from them.
namespace slope {

/// What leaves have in common; Self is the leaf.
template <class Self, class T, auto... Extents>
class leaf_storage : public detail::methods<Self> {
  static_assert(std::is_floating_point_v<T>,
                "slope: only floating point data can require a gradient");

 public:
  using value_type = T;
  using form = engine::value_form<dtype_of<T>, Extents...>;
  using tensor_type = tensor<T, Extents...>;
  static constexpr shape_info extents_info = shape_info_of<Extents...>();

  constexpr explicit leaf_storage(tensor_type data)
      : data_(static_cast<tensor_type&&>(data)), grad_(zeros()), step_(grad_) {}
  // An expression refers to its leaves, and a gradient has one place to go: no copies.
  leaf_storage(leaf_storage const&) = delete;
  leaf_storage& operator=(leaf_storage const&) = delete;
  constexpr leaf_storage(leaf_storage&&) = default;
  constexpr leaf_storage& operator=(leaf_storage&&) = default;

  /// The data; expressions of this leaf follow when it changes.
  constexpr tensor_type& data() { return data_; }
  constexpr tensor_type const& data() const { return data_; }
  /// The gradient, summed over the calls of backward() since the last zero_grad(); zeros before.
  constexpr tensor_type& grad() { return grad_; }
  constexpr tensor_type const& grad() const { return grad_; }
  constexpr void zero_grad() {
    for (T& g : grad_) g = T{};
    fresh_ = true;
  }
  /// The value of a leaf of one element.
  constexpr T item() const { return data_.item(); }

  static constexpr int rank() { return tensor_type::rank(); }
  constexpr int extent(int axis) const { return data_.extent(axis); }
  constexpr auto shape() const { return data_.shape(); }
  constexpr std::size_t size() const { return data_.size(); }

  /// Where backward() writes, before `accumulate` adds it to the gradient. Not for users.
  constexpr tensor_type& step() const { return step_; }
  constexpr void accumulate() const {
    if (fresh_) {
      // Buffers change places, so that nothing is copied or allocated.
      tensor_type other(static_cast<tensor_type&&>(grad_));
      grad_ = static_cast<tensor_type&&>(step_);
      step_ = static_cast<tensor_type&&>(other);
      fresh_ = false;
    } else {
      T const* from = step_.data();
      for (T& g : grad_) g += *from++;
    }
  }

 private:
  constexpr tensor_type zeros() const {
    tensor_type result(detail::uninitialized, data_.shape());
    for (T& g : result) g = T{};
    return result;
  }

  tensor_type data_;
  mutable tensor_type grad_, step_;
  mutable bool fresh_ = true;
};

/// Data with a gradient, known by name: what requires_grad<"x">(t) makes. Movable, not copyable.
template <fixed_string Name, class T, auto... Extents>
class leaf : public leaf_storage<leaf<Name, T, Extents...>, T, Extents...> {
 public:
  using leaf_storage<leaf, T, Extents...>::leaf_storage;
  static constexpr auto name_text = Name;
  static constexpr char const* name() { return name_text.text; }
};
/// The same without a name: a type of its own for each line that makes one.
template <class Line, class T, auto... Extents>
class unnamed_leaf : public leaf_storage<unnamed_leaf<Line, T, Extents...>, T, Extents...> {
 public:
  using leaf_storage<unnamed_leaf, T, Extents...>::leaf_storage;
  static constexpr char const* name() { return no_name; }
};

template <fixed_string Name, class T, auto... Extents>
inline constexpr bool is_leaf_v<leaf<Name, T, Extents...>> = true;
template <class Line, class T, auto... Extents>
inline constexpr bool is_leaf_v<unnamed_leaf<Line, T, Extents...>> = true;

namespace engine {

template <fixed_string Name>
struct named_line {};
template <class Label, class Tensor>
struct leaf_for;
template <fixed_string Name, class T, auto... Extents>
struct leaf_for<named_line<Name>, tensor<T, Extents...>> {
  using type = slope::leaf<Name, T, Extents...>;
};
template <class Line, class T, auto... Extents>
struct leaf_for<Line, tensor<T, Extents...>> {
  using type = unnamed_leaf<Line, T, Extents...>;
};

template <class X>
struct grad_source {};
template <class X>
  requires number<X>
struct grad_source<X> { using type = tensor<X>; };
template <class T, auto... Extents>
struct grad_source<tensor<T, Extents...>> { using type = tensor<T, Extents...>; };
template <class T, auto... Extents>
struct grad_source<tensor_view<T, Extents...>> {
  using type = tensor<std::remove_const_t<T>, Extents...>;
};
template <class E>
  requires is_data_tree_v<E>
struct grad_source<E> { using type = decltype(tensor(std::declval<E const&>())); };
template <class Label, class X>
using leaf_for_t =
    typename leaf_for<Label, typename grad_source<std::remove_cvref_t<X>>::type>::type;

}  // namespace engine

/// Data, a tensor, a view, a tree or a number, as a leaf of this name: what is computed from it has
/// backward(). Lvalues are copied, rvalues moved.
template <fixed_string Name, class X>
constexpr auto requires_grad(X&& x) -> engine::leaf_for_t<engine::named_line<Name>, X> {
  using leaf_type = engine::leaf_for_t<engine::named_line<Name>, X>;
  return leaf_type(typename leaf_type::tensor_type(static_cast<X&&>(x)));
}
/// The same without a name. Its type is that of the line of source.
template <class X, class Line = decltype([] {})>
constexpr auto requires_grad(X&& x) -> engine::leaf_for_t<Line, X> {
  using leaf_type = engine::leaf_for_t<Line, X>;
  return leaf_type(typename leaf_type::tensor_type(static_cast<X&&>(x)));
}

}  // namespace slope
