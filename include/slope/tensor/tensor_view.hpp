// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>

#include "slope/tensor/access.hpp"
#include "slope/tensor/forward.hpp"
#include "slope/tensor/lazy.hpp"
#include "slope/tensor/methods.hpp"
#include "slope/tensor/shape.hpp"
#include "slope/tensor/strides.hpp"
#include "slope/tensor/view_source.hpp"

namespace slope {
namespace detail {

/// The type of `view[i]`: the view without its first axis.
template <class T, auto... Extents>
struct sub_view;
template <class T, auto First, auto... Rest>
struct sub_view<T, First, Rest...> {
  using type = tensor_view<T, Rest...>;
};

/// Are the arguments after the pointer the run-time extents, and perhaps the strides?
template <int Runtime, class... A>
constexpr bool view_arguments() {
  constexpr int integers = (0 + ... + (index_like<A> ? 1 : 0));
  if constexpr (sizeof...(A) == 0) return Runtime == 0;
  else {
    constexpr bool is_strides[]{std::same_as<A, strides>...};
    return integers == Runtime && integers + (is_strides[sizeof...(A) - 1] ? 1 : 0) == sizeof...(A);
  }
}

template <class E, int... K>
constexpr shape_info lazy_info_of(std::integer_sequence<int, K...>) {
  return shape_info_of<lazy_result<E>::template extent_value<K>...>();
}
/// The extents of what a lazy tree evaluates to.
template <class E>
inline constexpr shape_info lazy_info =
    lazy_info_of<E>(std::make_integer_sequence<int, lazy_result<E>::rank>{});

/// Can a lazy tree E be written to elements of type T and these extents? Shapes known at compile
/// time must fit, and no fraction may be cut off.
template <class E, class T, auto... Extents>
constexpr bool lazy_fits() {
  return may_fit(lazy_info<E>, shape_info_of<Extents...>()) &&
         category(dtype_of<typename lazy_result<E>::value_type>) <= category(dtype_of<T>);
}

template <class E, class T, auto... Extents>
concept lazy_for = is_lazy_v<E> && lazy_fits<E, std::remove_const_t<T>, Extents...>();

/// Does the tree tell that it reads nothing of this memory? Constant expressions do not ask, for
/// they cannot order pointers to different objects.
template <class E>
constexpr bool certainly_apart(E const& e, void const* first, void const* last) {
  if constexpr (requires { lazy_access<E>::reads(e, first, last); }) {
    return !std::is_constant_evaluated() && !lazy_access<E>::reads(e, first, last);
  } else {
    return false;
  }
}

}  // namespace detail

/// Elements that belong to somebody else, seen with extents and strides; `T const` is read-only.
///
/// As std::span, a view is a pointer in disguise: copied freely, never owning, and writing through
/// a const view is allowed. Assigning a view to a named one makes it see other elements; assigning
/// to the unnamed view that `t[i]` is copies elements, and assigning an expression writes them.
template <class T, auto... Extents>
  requires element<std::remove_const_t<T>>
class tensor_view : public detail::methods<tensor_view<T, Extents...>> {
  static_assert((extent_argument<decltype(Extents)> && ...),
                "slope: an extent is an int, dim<\"n\"> or dynamic, no other integer type");
  static_assert(((!is_static_extent<Extents> || static_extent<Extents>() >= 0) && ...),
                "slope: an extent is not negative");
  static_assert(sizeof...(Extents) <= max_rank, "slope: a tensor has at most 8 axes");

  static constexpr std::size_t axes = sizeof...(Extents);
  static constexpr int runtime = detail::runtime_count<Extents...>;
  using layout = detail::layout<axes>;

 public:
  using element_type = T;
  using value_type = std::remove_const_t<T>;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using pointer = T*;
  using iterator = detail::element_iterator<T, axes>;
  /// The extents as a value: -1 and perhaps a name for those known only at run time.
  static constexpr shape_info extents_info = shape_info_of<Extents...>();

  /// An empty view; only where an extent can be 0 at run time.
  constexpr tensor_view() noexcept requires(runtime > 0)
      : tensor_view(nullptr, layout{detail::initial_shape<Extents...>,
                                    detail::row_major(detail::initial_shape<Extents...>)}) {}

  /// `(pointer, run-time extents..., strides)`: row-major where no strides are given.
  /// shape_error: an extent is negative, axes of one name differ, or the strides are not as many
  /// as the axes.
  template <class... A>
    requires(detail::view_arguments<runtime, A...>())
  constexpr explicit tensor_view(T* first, A const&... arguments)
      : tensor_view(first, layout_from(arguments...)) {}

  /// From a tensor or another view: nothing is copied. shape_error: extents differ.
  template <class U, auto... Other>
    requires(detail::qualifies_to<U, T>&& detail::may_fit(shape_info_of<Other...>(), extents_info))
  constexpr tensor_view(tensor<U, Other...>& t)
      : tensor_view(t.data(), checked({t.shape(), detail::row_major(t.shape())})) {}
  template <class U, auto... Other>
    requires(detail::qualifies_to<U const, T>&& detail::may_fit(shape_info_of<Other...>(),
                                                                extents_info))
  constexpr tensor_view(tensor<U, Other...> const& t)
      : tensor_view(t.data(), checked({t.shape(), detail::row_major(t.shape())})) {}
  template <class U, auto... Other>
    requires(detail::qualifies_to<U, T>&& detail::may_fit(shape_info_of<Other...>(), extents_info))
  constexpr tensor_view(tensor_view<U, Other...> const& other)
      : tensor_view(other.data(), checked({other.shape(), other.strides()})) {}

  /// From a contiguous range, an Eigen matrix or map, an mdspan. A range fills any static extents
  /// of its size, and one run-time extent. shape_error: the sizes differ.
  template <class R>
    requires(detail::views_source<R, T, Extents...>())
  constexpr tensor_view(R&& source)
      : tensor_view(detail::source_data(source),
                    checked(detail::source_layout<Extents...>(source))) {}

  constexpr tensor_view(tensor_view const&) noexcept = default;
  constexpr tensor_view& operator=(tensor_view const&) & noexcept = default;

  /// Copies elements through an unnamed view: `t[0] = t[1]`. Overlap is safe.
  template <tensor_like S>
    requires(!std::is_const_v<T> && std::same_as<typename S::value_type, value_type> &&
             detail::may_fit(S::extents_info, extents_info))
  constexpr tensor_view const& operator=(S const& source) const&& {
    tensor_view<value_type const, Extents...> const from(source);
    if (from.shape() != shape()) {
      int const rank = static_cast<int>(axes);
      detail::raise_shape("tensor_view", rank, from.shape().data(), shape_now());
    }
    tensor<value_type, Extents...> const copy(from);
    return write(copy.data());
  }

  /// Writes the values of an expression; what it reads may be the same elements.
  template <class E>
    requires(!std::is_const_v<T> && detail::lazy_for<E, T, Extents...>)
  constexpr tensor_view const& operator=(E const& e) const {
    if constexpr (runtime > 0 || !detail::always_fits(detail::lazy_info<E>, extents_info)) {
      auto const given = lazy_access<E>::shape(e);
      for (std::size_t k = 0; k < axes; ++k) {
        if (given[k] == shape()[k]) continue;
        detail::raise_shape("tensor_view", static_cast<int>(axes), &given[0], shape_now());
      }
    }
    if (is_contiguous() && detail::certainly_apart(e, data(), data() + size())) {
      lazy_access<E>::into(e, *this);
      return *this;
    }
    tensor<value_type, Extents...> const values(e);
    return write(values.data());
  }

  /// Writes the one element of a rank-0 view.
  constexpr tensor_view const& operator=(value_type value) const
      requires(axes == 0 && !std::is_const_v<T>) {
    *first_ = value;
    return *this;
  }

  static constexpr int rank() noexcept { return static_cast<int>(axes); }
  constexpr int extent(int k) const noexcept { return shape_.values[static_cast<std::size_t>(k)]; }
  constexpr std::array<int, axes> shape() const noexcept { return shape_.values; }
  /// The step along axis k, in elements.
  constexpr std::ptrdiff_t stride(int k) const noexcept {
    return strides_[static_cast<std::size_t>(k)];
  }
  constexpr std::array<std::ptrdiff_t, axes> strides() const noexcept { return strides_; }
  constexpr std::size_t size() const noexcept {
    std::size_t count = 1;
    for (int const n : shape_.values) count *= static_cast<std::size_t>(n);
    return count;
  }
  constexpr bool empty() const noexcept { return size() == 0; }
  /// Do the elements follow each other in memory in row-major order?
  constexpr bool is_contiguous() const noexcept {
    std::ptrdiff_t step = 1;
    for (std::size_t k = axes; k-- > 0;) {
      if (shape_.values[k] == 0) return true;
    }
    for (std::size_t k = axes; k-- > 0;) {
      if (shape_.values[k] == 1) continue;
      if (strides_[k] != step) return false;
      step *= shape_.values[k];
    }
    return true;
  }
  constexpr T* data() const noexcept { return first_; }

  constexpr iterator begin() const noexcept { return {first_, shape_.values, strides_, 0}; }
  constexpr iterator end() const noexcept {
    return {first_, shape_.values, strides_, static_cast<std::ptrdiff_t>(size())};
  }

  /// The element at one index per axis. No check: out of range is undefined.
  template <detail::index_like... I>
    requires(sizeof...(I) == axes)
  constexpr T& operator()(I... index) const noexcept {
    return first_[detail::strided_offset(strides_, index...)];
  }
  /// Element i of a vector; else the part at i of the first axis, one rank lower.
  template <detail::index_like I>
    requires(axes > 0)
  constexpr decltype(auto) operator[](I i) const noexcept {
    T* const at = first_ + static_cast<std::ptrdiff_t>(i) * strides_[0];
    if constexpr (axes == 1) return static_cast<T&>(*at);
    else {
      using part = typename detail::sub_view<T, Extents...>::type;
      typename part::layout rest;
      for (std::size_t k = 1; k < axes; ++k) {
        rest.shape[k - 1] = shape_.values[k];
        rest.strides[k - 1] = strides_[k];
      }
      return part(at, rest);
    }
  }

  /// The value of a view of one element. shape_error: there are more, or none.
  constexpr value_type item() const {
    if (size() != 1) {
      detail::raise_shape("item", static_cast<int>(axes), shape_.values.data(), shape_info{});
    }
    return *first_;
  }
  constexpr operator value_type() const noexcept requires(axes == 0) { return *first_; }

 private:
  template <class U, auto... Other>
    requires element<std::remove_const_t<U>>
  friend class tensor_view;

  constexpr tensor_view(T* first, layout const& given) noexcept
      : first_(first), shape_{given.shape}, strides_(given.strides) {}

  static constexpr layout const& checked(layout const& given) {
    detail::check_shape<Extents...>("tensor_view", given.shape);
    return given;
  }
  template <class... A>
  static constexpr layout layout_from(A const&... arguments) {
    layout result{detail::initial_shape<Extents...>, {}};
    if constexpr (runtime > 0) result.shape = runtime_shape(arguments...);
    result.strides = detail::row_major(result.shape);
    (take_strides(result, arguments), ...);
    return result;
  }
  template <class... A>
  static constexpr auto runtime_shape(A const&... arguments) {
    int given[]{runtime_extent(arguments)...};
    return [&]<std::size_t... K>(std::index_sequence<K...>) {
      return detail::shape_from<Extents...>("tensor_view", given[K]...);
    }
    (std::make_index_sequence<runtime>{});
  }
  template <detail::index_like I>
  static constexpr int runtime_extent(I n) {
    return detail::to_extent("tensor_view", n);
  }
  static constexpr int runtime_extent(struct strides const&) { return 0; }
  template <detail::index_like I>
  static constexpr void take_strides(layout&, I) {}
  static constexpr void take_strides(layout& to, struct strides const& given) {
    if (given.count != static_cast<int>(axes)) {
      detail::raise<shape_error>("tensor_view: as many strides as axes are needed");
    }
    for (std::size_t k = 0; k < axes; ++k) to.strides[k] = given.values[k];
  }

  /// The shape as it is now, for the text of errors.
  constexpr shape_info shape_now() const noexcept {
    shape_info result = extents_info;
    for (std::size_t k = 0; k < axes; ++k) {
      result.extents[k].size = shape_.values[k];
      result.extents[k].name = no_name;
    }
    return result;
  }
  constexpr tensor_view const& write(value_type const* from) const {
    auto const steps = detail::row_major(shape());
    detail::copy_box<value_type>(rank(), shape().data(), first_, strides_.data(), from,
                                 steps.data());
    return *this;
  }

  T* first_;
  [[no_unique_address]] detail::shape_storage<detail::all_static<Extents...>, Extents...> shape_;
  std::array<std::ptrdiff_t, axes> strides_;
};

template <class T, auto... E>
tensor_view(tensor<T, E...>&) -> tensor_view<T, E...>;
template <class T, auto... E>
tensor_view(tensor<T, E...> const&) -> tensor_view<T const, E...>;
template <detail::buffer_like R>
  requires(detail::static_size<R>() < 0)
tensor_view(R&&)
->tensor_view<detail::source_element<R>, dynamic>;
template <detail::buffer_like R>
  requires(detail::static_size<R>() >= 0)
tensor_view(R&&)
->tensor_view<detail::source_element<R>, static_cast<int>(detail::static_size<R>())>;
template <detail::eigen_like R>
tensor_view(R&&) -> tensor_view<detail::source_element<R>, dynamic, dynamic>;
template <detail::eigen_like R>
  requires(static_cast<bool>(std::remove_cvref_t<R>::IsVectorAtCompileTime))
tensor_view(R&&)
->tensor_view<detail::source_element<R>, dynamic>;
template <detail::mdspan_like R>
  requires(std::remove_cvref_t<R>::rank() == 1)
tensor_view(R&&)
->tensor_view<detail::source_element<R>, dynamic>;
template <detail::mdspan_like R>
  requires(std::remove_cvref_t<R>::rank() == 2)
tensor_view(R&&)
->tensor_view<detail::source_element<R>, dynamic, dynamic>;
template <detail::mdspan_like R>
  requires(std::remove_cvref_t<R>::rank() == 3)
tensor_view(R&&)
->tensor_view<detail::source_element<R>, dynamic, dynamic, dynamic>;

}  // namespace slope
