// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include "slope/tensor/tensor.hpp"
#include "slope/tensor/text/numpy.hpp"
#include "slope/tensor/text/torch.hpp"

namespace slope {

/// Whose way of printing: PyTorch's `print(t)`, NumPy's `print(a)`, NumPy's `repr(a)`.
enum class format { torch, numpy, numpy_repr };

namespace detail {

template <class X>
text::array text_array(X const& x) {
  auto const shape = x.shape();
  std::ptrdiff_t steps[max_rank]{};
  for (int k = 0; k < X::rank(); ++k) steps[k] = x.stride(k);
  return {x.data(), X::rank(), shape.data(), steps};
}

// What is streamed is torch's, so that programs which only stream tensors do not compile NumPy's
// formats; and no std::string, whose functions they would compile too.
template <class Stream>
Stream& stream_torch(Stream& out, text::array const& array, text::torch_suffix const& suffix = {}) {
  text::buffer buffer;
  text::append_torch(buffer, array, suffix);
  out << std::string_view(buffer.data(), buffer.size());
  return out;
}
template <class Array>
std::string text_of(Array const& array, format style, text::torch_suffix const& suffix = {}) {
  text::buffer out;
  if (style == format::torch) text::append_torch(out, array, suffix);
  else text::append_numpy(
      out, array, style == format::numpy ? text::numpy_style::str : text::numpy_style::repr);
  return std::string(out.data(), out.size());
}

}  // namespace detail

/// What PyTorch 1.13 prints for this tensor, or NumPy 1.24 for this array, with their defaults.
template <tensor_like X>
std::string to_string(X const& x, format style = format::torch) {
  return detail::text_of(detail::text_array(x), style);
}

/// Streams what PyTorch prints.
template <class Traits, class T, auto... Extents>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             tensor<T, Extents...> const& t) {
  return detail::stream_torch(out, detail::text_array(t));
}
template <class Traits, class T, auto... Extents>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             tensor_view<T, Extents...> const& v) {
  return detail::stream_torch(out, detail::text_array(v));
}

}  // namespace slope
