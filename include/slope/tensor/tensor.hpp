// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>

#include "slope/tensor/storage.hpp"
#include "slope/tensor/tensor_view.hpp"

namespace slope {
namespace detail {

/// May a plain number stand for an element? Fractions do not become integers.
template <class U, class T>
concept number_for = number<U> &&(std::is_floating_point_v<T> || !std::is_floating_point_v<U>);

inline constexpr std::size_t no_length = static_cast<std::size_t>(-1);

template <std::size_t... M>
constexpr std::size_t find_common_length() {
  std::size_t const lengths[]{M..., no_length};
  for (std::size_t k = 1; k < sizeof...(M); ++k) {
    if (lengths[k] != lengths[0]) return no_length;
  }
  return lengths[0];
}
/// The length of all rows of a list, `no_length` where they differ or there are none.
template <std::size_t... M>
inline constexpr std::size_t common_length = find_common_length<M...>();

/// Does a nested list of this shape fit the extents?
template <auto... Extents>
constexpr bool list_fits(std::initializer_list<std::size_t> shape) {
  if (sizeof...(Extents) != shape.size()) return false;
  int const wanted[]{static_extent<Extents>()..., 0};
  for (std::size_t k = 0; k < shape.size(); ++k) {
    std::size_t const given = shape.begin()[k];
    if (given == no_length) return false;
    if (wanted[k] >= 0 && static_cast<std::size_t>(wanted[k]) != given) return false;
  }
  return true;
}

template <class T>
constexpr T* append(T* to, T const& value) {
  *to = value;
  return to + 1;
}
template <class T, class Row, std::size_t M>
constexpr T* append(T* to, Row const (&rows)[M]) {
  for (Row const& row : rows) to = detail::append(to, row);
  return to;
}

/// The rank of what E evaluates to, -1 where E is no lazy tree.
template <class E>
inline constexpr int lazy_rank = -1;
template <class E>
  requires is_lazy_v<E>
inline constexpr int lazy_rank<E> = lazy_result<E>::rank;

}  // namespace detail

/// An array of elements with a shape; a value, compared and copied with all its elements.
///
/// Where all extents are static the elements are in the object: a literal type, usable in constant
/// expressions, never on the heap (a large one belongs in static storage). Where one is `dynamic`
/// or `dim<"n">` they are in one heap block aligned to 64 bytes, and the run-time extents are given
/// in order: `tensor<float, dynamic, 64> b(n)`. Braces list elements, row by row.
template <class T, auto... Extents>
  requires element<T>
class tensor : public detail::methods<tensor<T, Extents...>> {
  static_assert((extent_argument<decltype(Extents)> && ...),
                "slope: an extent is an int, dim<\"n\"> or dynamic, no other integer type");
  static_assert(((!is_static_extent<Extents> || static_extent<Extents>() >= 0) && ...),
                "slope: an extent is not negative");
  static_assert(sizeof...(Extents) <= max_rank, "slope: a tensor has at most 8 axes");

  static constexpr std::size_t axes = sizeof...(Extents);
  static constexpr int runtime = detail::runtime_count<Extents...>;
  static constexpr bool inside = runtime == 0;
  using storage = detail::storage<inside, T, Extents...>;

 public:
  using value_type = T;
  using element_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = T const&;
  using pointer = T*;
  using const_pointer = T const*;
  using iterator = T*;
  using const_iterator = T const*;
  /// The extents as a value: -1 and perhaps a name for those known only at run time.
  static constexpr shape_info extents_info = shape_info_of<Extents...>();

  /// Zeros; run-time extents are 0.
  constexpr tensor() noexcept = default;

  /// Zeros of the given run-time extents, in order. shape_error: an extent is negative, or two
  /// axes of one name differ.
  template <detail::index_like... I>
    requires(runtime > 0 && sizeof...(I) == runtime)
  constexpr explicit tensor(I... extents)
      : storage_(detail::uninitialized, detail::shape_from<Extents...>("tensor", extents...)) {
    fill_zero();
  }

  /// Elements that are written before they are read: for code that fills a result.
  constexpr tensor(detail::uninitialized_t tag, std::array<int, axes> const& shape)
      : storage_(tag, checked(shape)) {}

  /// Rank 0, from a number. Explicit, so that `t == 7.5f` compares numbers.
  template <detail::number_for<T> U>
    requires(axes == 0)
  constexpr explicit tensor(U value) noexcept { *data() = static_cast<T>(value); }

  /// Rank 1 of static extent: as many numbers as elements.
  template <detail::number_for<T>... U>
    requires(inside&& detail::list_fits<Extents...>({sizeof...(U)}))
  constexpr explicit(sizeof...(U) == 1) tensor(U... values) noexcept
      : storage_(detail::uninitialized, detail::initial_shape<Extents...>) {
    T* to = data();
    ((*to++ = static_cast<T>(values)), ...);
  }

  /// Rank 1 of run-time extent.
  constexpr tensor(std::initializer_list<std::type_identity_t<T>> values) requires(axes == 1 &&
                                                                                   !inside)
      : tensor(detail::uninitialized, {static_cast<int>(values.size())}) {
    T* to = data();
    for (T const& value : values) *to++ = value;
  }

  /// Ranks 2 to 4: rows of one length.
  template <std::size_t... M>
    requires(detail::list_fits<Extents...>({sizeof...(M), detail::common_length<M...>}))
  constexpr tensor(T const (&... rows)[M])
      : tensor(list_tag{}, {sizeof...(M), detail::common_length<M...>}, rows...) {}
  template <std::size_t K, std::size_t... M>
    requires(detail::list_fits<Extents...>({sizeof...(M), detail::common_length<M...>, K}))
  constexpr tensor(T const (&... rows)[M][K])
      : tensor(list_tag{}, {sizeof...(M), detail::common_length<M...>, K}, rows...) {}
  template <std::size_t K, std::size_t L, std::size_t... M>
    requires(detail::list_fits<Extents...>({sizeof...(M), detail::common_length<M...>, K, L}))
  constexpr tensor(T const (&... rows)[M][K][L])
      : tensor(list_tag{}, {sizeof...(M), detail::common_length<M...>, K, L}, rows...) {}

  // Lists of a wrong number of elements end here, so that the compiler names this and nothing else.
  template <detail::number_for<T>... U>
    requires(axes == 1 && inside && !detail::list_fits<Extents...>({sizeof...(U)}))
  explicit(sizeof...(U) == 1) tensor(U... wrong_number_of_elements) = delete;
  template <std::size_t... M>
    requires(axes == 2 && sizeof...(M) > 0 &&
             !detail::list_fits<Extents...>({sizeof...(M), detail::common_length<M...>}))
  tensor(T const (&... rows_of_wrong_length_or_number)[M])
  = delete;
  // Braces around extents: `m{2, 3}` is neither a list of rows nor `m(2, 3)`.
  tensor(std::initializer_list<std::type_identity_t<T>> extents_in_braces) requires(
      axes > 1 && !inside) = delete;

  /// From other extents of the same rank; implicit where every shape fits.
  /// shape_error: the shape is not admitted.
  template <auto... Other>
    requires(detail::may_fit(shape_info_of<Other...>(), extents_info))
  constexpr explicit(!detail::always_fits(shape_info_of<Other...>(), extents_info))
      tensor(tensor<T, Other...> const& other)
      : storage_(detail::uninitialized, checked(other.shape())) {
    T const* from = other.data();
    for (std::size_t i = 0; i < size(); ++i) data()[i] = from[i];
  }
  /// Copies the elements that a view sees. shape_error: the shape is not admitted.
  template <class U, auto... Other>
    requires(std::same_as<std::remove_const_t<U>, T>&& detail::may_fit(shape_info_of<Other...>(),
                                                                       extents_info))
  constexpr explicit tensor(tensor_view<U, Other...> const& view)
      : storage_(detail::uninitialized, checked(view.shape())) {
    auto const to = detail::row_major(shape());
    auto const from = view.strides();
    detail::copy_box<T>(rank(), shape().data(), data(), to.data(), view.data(), from.data());
  }

  /// Evaluates an expression, sized by it. shape_error: its run-time shape is not admitted.
  template <class E>
    requires detail::lazy_for<E, T, Extents...>
  constexpr tensor(E const& e) : storage_(detail::uninitialized, lazy_shape(e)) {
    lazy_access<E>::into(e, *this);
  }
  /// Evaluates an expression, which may read this tensor. Where the shape stays as it was the
  /// elements stay where they were, so that views remain valid.
  template <class E>
    requires detail::lazy_for<E, T, Extents...>
  constexpr tensor& operator=(E const& e) {
    if (lazy_shape(e) != shape()) return *this = tensor(e);
    if (detail::certainly_apart(e, data(), data() + size())) {
      lazy_access<E>::into(e, *this);
      return *this;
    }
    tensor const values(e);
    return *this = values;
  }

  /// Assigns a number to a tensor of rank 0.
  constexpr tensor& operator=(T value) noexcept requires(axes == 0) {
    *data() = value;
    return *this;
  }
  constexpr operator T() const noexcept requires(axes == 0) { return *data(); }

  static constexpr int rank() noexcept { return static_cast<int>(axes); }
  constexpr int extent(int k) const noexcept { return storage_.shape[static_cast<std::size_t>(k)]; }
  constexpr std::array<int, axes> shape() const noexcept { return storage_.shape; }
  constexpr std::ptrdiff_t stride(int k) const noexcept {
    std::ptrdiff_t step = 1;
    for (int axis = rank() - 1; axis > k; --axis) step *= extent(axis);
    return step;
  }
  static constexpr bool is_contiguous() noexcept { return true; }
  constexpr std::size_t size() const noexcept { return storage_.size; }
  constexpr bool empty() const noexcept { return size() == 0; }

  constexpr T* data() noexcept { return storage_.data(); }
  constexpr T const* data() const noexcept { return storage_.data(); }
  constexpr T* begin() noexcept { return data(); }
  constexpr T* end() noexcept { return data() + size(); }
  constexpr T const* begin() const noexcept { return data(); }
  constexpr T const* end() const noexcept { return data() + size(); }

  /// The element at one index per axis. No check: out of range is undefined.
  template <detail::index_like... I>
    requires(sizeof...(I) == axes)
  constexpr T& operator()(I... index) noexcept {
    return data()[detail::row_major_offset(storage_.shape, index...)];
  }
  template <detail::index_like... I>
    requires(sizeof...(I) == axes)
  constexpr T const& operator()(I... index) const noexcept {
    return data()[detail::row_major_offset(storage_.shape, index...)];
  }
  /// Element i of a vector; else a view of the part at i of the first axis, one rank lower.
  template <detail::index_like I>
    requires(axes > 0)
  constexpr decltype(auto) operator[](I i) noexcept {
    if constexpr (axes == 1) return static_cast<T&>(data()[i]);
    else return tensor_view<T, Extents...>(*this)[i];
  }
  template <detail::index_like I>
    requires(axes > 0)
  constexpr decltype(auto) operator[](I i) const noexcept {
    if constexpr (axes == 1) return static_cast<T const&>(data()[i]);
    else return tensor_view<T const, Extents...>(*this)[i];
  }

  /// The value of a tensor of one element. shape_error: there are more, or none.
  constexpr T item() const {
    if constexpr (inside) {
      static_assert(storage::size == 1, "slope: item() is for tensors of one element");
    } else if (size() != 1) {
      detail::raise_shape("item", rank(), storage_.shape.data(), shape_info{});
    }
    return *data();
  }

 private:
  static constexpr std::array<int, axes> const& checked(std::array<int, axes> const& shape) {
    detail::check_shape<Extents...>("tensor", shape);
    return shape;
  }
  struct list_tag {};
  template <class... Rows>
  constexpr tensor(list_tag, std::array<std::size_t, axes> const& shape, Rows const&... rows)
      : storage_(detail::uninitialized, checked(narrowed(shape))) {
    T* to = data();
    ((to = detail::append(to, rows)), ...);
  }
  static constexpr std::array<int, axes> narrowed(std::array<std::size_t, axes> const& shape) {
    std::array<int, axes> result{};
    for (std::size_t k = 0; k < axes; ++k) result[k] = static_cast<int>(shape[k]);
    return result;
  }
  template <class E>
  static constexpr std::array<int, axes> lazy_shape([[maybe_unused]] E const& e) {
    std::array<int, axes> shape = detail::initial_shape<Extents...>;
    if constexpr (!inside || !detail::always_fits(detail::lazy_info<E>, extents_info)) {
      auto const given = lazy_access<E>::shape(e);
      for (std::size_t k = 0; k < axes; ++k) shape[k] = given[k];
      detail::check_shape<Extents...>("tensor", shape);
    }
    return shape;
  }
  constexpr void fill_zero() noexcept {
    for (T* p = begin(); p != end(); ++p) *p = T{};
  }

  storage storage_;
};

template <element T, std::same_as<T>... U>
tensor(T, U...) -> tensor<T, 1 + static_cast<int>(sizeof...(U))>;
template <element T, std::size_t... M>
  requires(detail::common_length<M...> != detail::no_length)
tensor(T const (&... rows)[M])
->tensor<T, static_cast<int>(sizeof...(M)), static_cast<int>(detail::common_length<M...>)>;
template <element T, std::size_t K, std::size_t... M>
  requires(detail::common_length<M...> != detail::no_length)
tensor(T const (&... rows)[M][K])
->tensor<T, static_cast<int>(sizeof...(M)), static_cast<int>(detail::common_length<M...>),
         static_cast<int>(K)>;
template <element T, std::size_t K, std::size_t L, std::size_t... M>
  requires(detail::common_length<M...> != detail::no_length)
tensor(T const (&... rows)[M][K][L])
->tensor<T, static_cast<int>(sizeof...(M)), static_cast<int>(detail::common_length<M...>),
         static_cast<int>(K), static_cast<int>(L)>;
template <class T, auto... Extents>
tensor(tensor_view<T, Extents...>) -> tensor<std::remove_const_t<T>, Extents...>;

}  // namespace slope

#include "slope/tensor/compare.hpp"
#include "slope/tensor/lazy_guides.hpp"
