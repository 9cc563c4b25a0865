// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

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

// Not templates: one copy for all types and shapes. What is streamed is torch's, so that programs
// which only stream tensors do not compile NumPy's formats.
inline std::string torch_text(text::array const& array) {
  std::string out;
  text::append_torch(out, array);
  return out;
}
inline std::string text_of(text::array const& array, format style) {
  if (style == format::torch) return torch_text(array);
  std::string out;
  text::append_numpy(out, array,
                     style == format::numpy ? text::numpy_style::str : text::numpy_style::repr);
  return out;
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
  return out << detail::torch_text(detail::text_array(t));
}
template <class Traits, class T, auto... Extents>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             tensor_view<T, Extents...> const& v) {
  return out << detail::torch_text(detail::text_array(v));
}

}  // namespace slope
