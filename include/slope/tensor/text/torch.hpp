// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/tensor/text/array.hpp"
#include "slope/tensor/text/decimal.hpp"

#include "slope/core/unoptimised_begin.ipp"

// What PyTorch prints with its default options: precision 4, 80 columns, more than 1000 elements
// summarised. The rules were found from its output; tests compare byte for byte.
namespace slope::text {

/// What PyTorch adds for autograd: `grad_fn=<MeanBackward0>`, else `requires_grad=True`.
struct torch_suffix {
  char const* grad_fn = nullptr;
  bool requires_grad = false;
};

/// How the numbers of one tensor are written, so that they line up.
class torch_format {
public:
  torch_format(array const& a, bool summarise) : type_(a.type), floating_(a.is_floating()) {
    if (floating_) choose_notation(a, summarise);
    auto measure = [&](std::ptrdiff_t at) {
      // Zeros, nan and inf have no say in the width: tensor([-0., 1.]) does not line up.
      if (floating_ && !counts(a.floating(at))) return;
      int const n = write(a, at).size;
      if (n > width_) width_ = n;
    };
    for_each_shown(a, summarise, measure);
  }

  int width() const { return width_; }

  void append_padded(buffer& out, array const& a, std::ptrdiff_t at) const {
    word const w = write(a, at);
    append_spaces(out, width_ - w.size);
    append(out, w);
  }

private:
  static constexpr int precision = 4;

  static bool counts(double x) { return is_finite(x) && !is_zero(x); }
  static bool is_integer(double x) {
    if (x >= 0x1p53 || x <= -0x1p53) return true;
    return static_cast<double>(static_cast<std::int64_t>(x)) == x;
  }

  void choose_notation(array const& a, bool summarise) {
    double least = 0, most = 0;
    bool any = false;
    auto look = [&](std::ptrdiff_t at) {
      double const x = a.floating(at);
      if (!counts(x)) return;
      double const size = is_negative(x) ? -x : x;
      if (!any || size < least) least = size;
      if (!any || size > most) most = size;
      any = true;
      if (!is_integer(x)) integral_ = false;
    };
    for_each_shown(a, summarise, look);
    if (!any) return;
    // The quotient may overflow: with -ffast-math an infinity need not compare as one.
    bool const wide = most > 1e8 || !is_finite(most / least) || most / least > 1000.0;
    scientific_ = wide || (!integral_ && least < 1e-4);
  }

  word write(array const& a, std::ptrdiff_t at) const {
    if (type_ == kind::boolean) {
      word w;
      w.put(a.integer(at) != 0 ? "True" : "False");
      return w;
    }
    if (!floating_) return write_integer(a.integer(at));
    double const x = a.floating(at);
    if (!is_finite(x)) return write_nonfinite(x);
    if (scientific_) return write_rounded(x, notation::scientific, precision);
    word w = write_rounded(x, notation::fixed, integral_ ? 0 : precision);
    if (integral_) w.put('.');
    return w;
  }

  kind type_;
  bool floating_;
  bool integral_ = true;
  bool scientific_ = false;
  int width_ = 1;
};

namespace detail {

inline constexpr int torch_columns = 80;

inline void append_torch_row(buffer& out, array const& a, torch_format const& format,
                             bool summarise, std::ptrdiff_t at, int indent) {
  int const n = a.extents[a.rank - 1];
  int const room = (torch_columns - indent) / (format.width() + 2);
  int const per_line = room > 1 ? room : 1;
  bool const skip = summarise && n > 2 * edge_items;
  int shown = 0;
  auto separate = [&] {
    if (shown > 0 && shown % per_line == 0) {
      append(out, ",\n");
      append_spaces(out, indent + 1);
    } else if (shown > 0) {
      append(out, ", ");
    }
    ++shown;
  };
  append(out, '[');
  for (int i = 0; i < n; ++i) {
    separate();
    if (skip && i == edge_items) {
      append(out, " ...");
      i = n - edge_items;
      separate();
    }
    format.append_padded(out, a, at + i * a.strides[a.rank - 1]);
  }
  append(out, ']');
}

inline void append_torch_axis(buffer& out, array const& a, torch_format const& format,
                              bool summarise, int axis, std::ptrdiff_t at, int indent) {
  if (a.rank == 0) return format.append_padded(out, a, at);
  if (axis == a.rank - 1) return append_torch_row(out, a, format, summarise, at, indent);
  int const n = a.extents[axis];
  bool const skip = summarise && n > 2 * edge_items;
  auto next_line = [&] {
    append(out, ',');
    out.append(a.rank - 1 - axis, '\n');
    append_spaces(out, indent + 1);
  };
  append(out, '[');
  for (int i = 0; i < n; ++i) {
    if (i > 0) next_line();
    if (skip && i == edge_items) {
      append(out, "...");
      i = n - edge_items;
      next_line();
    }
    append_torch_axis(out, a, format, summarise, axis + 1, at + i * a.strides[axis], indent + 1);
  }
  append(out, ']');
}

inline void append_torch_size(buffer& out, array const& a) {
  append(out, "size=(");
  for (int k = 0; k < a.rank; ++k) {
    if (k > 0) append(out, ", ");
    append(out, write_integer(a.extents[k]));
  }
  append(out, a.rank == 1 ? ",)" : ")");
}

} // namespace detail

/// Appends what `print(tensor)` of PyTorch 1.13 shows, without a newline at the end.
inline void append_torch(buffer& out, array const& a, torch_suffix suffix = {}) {
  constexpr int indent = 7;
  std::size_t const start = out.size();
  append(out, "tensor(");
  bool const empty = a.size() == 0;
  if (empty) {
    append(out, "[]");
  } else {
    bool const summarise = a.size() > shown_in_full;
    detail::append_torch_axis(out, a, torch_format(a, summarise), summarise, 0, 0, indent);
  }

  // PyTorch counts one column too many here when there are several lines, two when there is one.
  int column = out.column(start) + 2;
  auto add = [&](char const* first, char const* second = "", char const* third = "") {
    buffer text;
    append(text, first);
    append(text, second);
    append(text, third);
    int const n = static_cast<int>(text.size());
    if (column + n + 2 > detail::torch_columns) {
      append(out, ",\n");
      append_spaces(out, indent);
      column = indent + n;
    } else {
      append(out, ", ");
      column += n + 2;
    }
    out.append(text);
  };
  if (empty && a.rank != 1) {
    buffer size;
    detail::append_torch_size(size, a);
    append(size, '\0');
    add(size.data());
  }
  bool const implied =
      a.type == kind::float32 || (!empty && (a.type == kind::int64 || a.type == kind::boolean));
  if (!implied) add("dtype=torch.", kind_name(a.type));
  if (suffix.grad_fn != nullptr) add("grad_fn=<", suffix.grad_fn, ">");
  else if (suffix.requires_grad) add("requires_grad=True");
  append(out, ')');
}

} // namespace slope::text

#include "slope/core/unoptimised_end.ipp"
