// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/tensor/text/array.hpp"
#include "slope/tensor/text/numpy_number.hpp"

#include "slope/core/unoptimised_begin.ipp"

// What NumPy prints with its default options: precision 8, 75 columns, more than 1000 elements
// summarised. The rules were found from its output; tests compare byte for byte.
namespace slope::text {

/// `str(a)` and `repr(a)` of Python.
enum class numpy_style { str, repr };

namespace detail {

inline constexpr int numpy_columns = 75;

struct numpy_layout {
  array const& a;
  numpy_format const& format;
  char const* separator; // between elements
  bool comma;            // between rows
  bool summarise;
  int columns;
  int prefix; // columns before the first bracket
};

inline void append_numpy_row(buffer& out, numpy_layout const& l, std::size_t start, int axis,
                             std::ptrdiff_t at) {
  int const hanging = l.prefix + 1 + axis;
  int const columns = l.columns - axis - 1;
  auto extend = [&](buffer const& word) {
    int const column = out.column(start);
    if (column > hanging && column + static_cast<int>(word.size()) > columns) {
      while (out.back() == ' ') out.pop_back();
      append(out, '\n');
      append_spaces(out, hanging);
    }
    out.append(word);
  };
  int const n = l.a.extents[axis];
  bool const skip = l.summarise && n > 2 * edge_items;
  buffer word;
  append(out, '[');
  for (int i = 0; i < n; ++i) {
    if (i > 0) append(out, l.separator);
    if (skip && i == edge_items) {
      word.clear();
      append(word, "...");
      extend(word);
      append(out, l.separator);
      i = n - edge_items;
    }
    word.clear();
    l.format.append(word, l.a, at + i * l.a.strides[axis]);
    extend(word);
  }
  append(out, ']');
}

inline void append_numpy_axis(buffer& out, numpy_layout const& l, std::size_t start, int axis,
                              std::ptrdiff_t at) {
  if (l.a.rank == 0) return l.format.append(out, l.a, at);
  if (axis == l.a.rank - 1) return append_numpy_row(out, l, start, axis, at);
  int const n = l.a.extents[axis];
  bool const skip = l.summarise && n > 2 * edge_items;
  auto next_line = [&] {
    if (l.comma) append(out, ',');
    out.append(l.a.rank - 1 - axis, '\n');
    append_spaces(out, l.prefix + 1 + axis);
  };
  append(out, '[');
  for (int i = 0; i < n; ++i) {
    if (i > 0) next_line();
    if (skip && i == edge_items) {
      append(out, "...");
      i = n - edge_items;
      next_line();
    }
    append_numpy_axis(out, l, start, axis + 1, at + i * l.a.strides[axis]);
  }
  append(out, ']');
}

} // namespace detail

/// Appends what `print(array)` or `repr(array)` of NumPy 1.24 shows, without a newline at the end.
inline void append_numpy(buffer& out, array const& a, numpy_style style = numpy_style::str) {
  bool const repr = style == numpy_style::repr;
  if (!repr && a.rank == 0) return append_numpy_scalar(out, a);
  std::size_t const start = out.size();
  if (repr) append(out, "array(");
  bool const empty = a.size() == 0;
  if (empty) {
    append(out, "[]");
    if (repr && a.rank > 1) {
      append(out, ", shape=(");
      for (int k = 0; k < a.rank; ++k) {
        if (k > 0) append(out, ", ");
        append(out, write_integer(a.extents[k]));
      }
      append(out, ')');
    }
  } else {
    bool const summarise = a.size() > shown_in_full;
    // One column is kept for the `)` or `,` that follows.
    int const columns = detail::numpy_columns - (repr ? 1 : 0);
    numpy_format const format(a, summarise);
    detail::append_numpy_axis(
        out, {a, format, repr ? ", " : " ", repr, summarise, columns, repr ? 6 : 0}, start, 0, 0);
  }
  if (!repr) return;
  bool const implied = a.type == kind::float64 || a.type == kind::int64 || a.type == kind::boolean;
  if (implied && !empty) {
    append(out, ')');
    return;
  }
  append(out, ',');
  buffer dtype;
  append(dtype, "dtype=");
  append(dtype, kind_name(a.type));
  append(dtype, ')');
  bool const fits = out.column(start) + static_cast<int>(dtype.size()) + 1 <=
                    detail::numpy_columns;
  append(out, fits ? " " : "\n      ");
  out.append(dtype);
}

} // namespace slope::text

#include "slope/core/unoptimised_end.ipp"
