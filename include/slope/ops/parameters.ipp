// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/list.ipp"

/// Axes and extents: what stands between the brackets of `sum<0>` and `reshape<2, 3>`.
namespace slope {

/// The type of `keepdim`.
struct keepdim_t {};
/// Reduced axes stay, with extent 1: `sum<0>(x, keepdim)`.
inline constexpr keepdim_t keepdim{};

/// The type of `correction<0>`.
template <int N>
struct correction_t {};
/// Variance divides by the number of elements less N; 1 unless told: `variance(x, correction<0>)`.
template <int N>
inline constexpr correction_t<N> correction{};

/// The type of `ignore_index<0>`.
template <int Class>
struct ignore_index_t {};
/// Targets of this class have no loss; -100 unless told: `cross_entropy<ignore_index<0>>(x, y)`.
template <int Class>
inline constexpr ignore_index_t<Class> ignore_index{};

/// What becomes of the losses of single elements: `mse_loss<reduction::sum>(x, y)`.
enum class reduction : unsigned char {
  none,
  mean,
  batchmean,  ///< the sum over the extent of the first axis
  sum
};

namespace op {
/// Op with axes, extents or tags, as trees spell it: `node<op::with<op::sum, 0, keepdim>, x>`.
template <class Op, auto... Parameters>
struct with {};
}  // namespace op

namespace engine {

/// Op itself where there are no parameters, so that `mean(x)` is a `node<op::mean, x>`.
template <class Op, auto... Parameters>
struct with_parameters {
  using type = op::with<Op, Parameters...>;
};
template <class Op>
struct with_parameters<Op> {
  using type = Op;
};
template <class Op, auto... Parameters>
using with_t = typename with_parameters<Op, Parameters...>::type;

/// Parameters as values. An entry is an axis or extent as the user wrote it, or the engine's number
/// of a run-time extent.
struct parameters {
  int count = 0;
  int values[max_rank]{};
  bool run_time[max_rank]{};
  bool keep = false;
  int correction = 1;
  external_function const* function = nullptr;
  char const* text = "";
  reduction reduce = reduction::mean;
  int ignored = -100;
};

constexpr void add_value(builder& b, parameters& p, int value, bool run_time) {
  if (p.count == max_rank) return b.fail("shape: more than 8 axes", {});
  p.values[p.count] = value;
  p.run_time[p.count++] = run_time;
}
constexpr void add_parameter(builder& b, parameters& p, int value) {
  add_value(b, p, value, false);
}
constexpr void add_parameter(builder&, parameters& p, keepdim_t) { p.keep = true; }
constexpr void add_parameter(builder&, parameters& p, external_function const* function) {
  p.function = function;
}
constexpr void add_parameter(builder&, parameters& p, reduction r) { p.reduce = r; }
template <int N>
constexpr void add_parameter(builder&, parameters& p, correction_t<N>) {
  p.correction = N;
}
template <int Class>
constexpr void add_parameter(builder&, parameters& p, ignore_index_t<Class>) {
  p.ignored = Class;
}
template <std::size_t N>
constexpr void add_parameter(builder&, parameters& p, fixed_string<N> const& text) {
  p.text = text.text;
}
/// A named dimension must be that of a variable in the operand.
template <fixed_string Name>
constexpr void add_parameter(builder& b, parameters& p, dim_t<Name>) {
  for (int i = 0; i < b.graph.size_count; ++i)
    if (detail::same_text(b.graph.sizes[i].name, dim_t<Name>::name()))
      return add_value(b, p, runtime_extent(i), true);
  builder::failure_text text;
  text.write("shape: unknown dimension ");
  text.write(dim_t<Name>::name());
  b.fail(text, {});
}

/// The parameter as errors spell it.
template <class Text>
constexpr void write_axis_error(builder& b, Text& text, char const* name, int axis,
                                shape const& s) {
  text.write(name);
  text.write(": axis ");
  text.write_integer(axis);
  text.write(" of ");
  write_shape(text, b.describe(s));
}

/// The axis counted from the front, or -1 after "sum: axis 2 of (2,3)". `extra` is 1 where one more
/// place is meant than there are axes.
constexpr int checked_axis(builder& b, char const* name, int axis, shape const& s, int extra = 0) {
  int const rank = s.rank + extra;
  int const k = axis < 0 ? axis + rank : axis;
  if (k >= 0 && k < rank) return k;
  // A number counts as having one axis, as in torch.
  if (rank == 0 && (axis == 0 || axis == -1)) return 0;
  builder::failure_text text;
  write_axis_error(b, text, name, axis, s);
  b.fail(text, {});
  return -1;
}

/// The mask of the axes in p; all of them where none is given. -1 after a failure.
constexpr std::int64_t axes_mask(builder& b, char const* name, parameters const& p,
                                 shape const& s) {
  std::int64_t const all = (std::int64_t{1} << s.rank) - 1;
  if (p.count == 0) return all;
  std::int64_t mask = 0;
  for (int i = 0; i < p.count; ++i) {
    int const k = checked_axis(b, name, p.values[i], s);
    if (k < 0) return -1;
    if ((mask >> k & 1) != 0) {
      builder::failure_text text;
      write_axis_error(b, text, name, p.values[i], s);
      text.write(" twice");
      b.fail(text, {});
      return -1;
    }
    mask |= std::int64_t{1} << k;
  }
  return mask & all;
}

}  // namespace engine
}  // namespace slope
