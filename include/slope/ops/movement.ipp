// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once
// A part of slope/ops/table.hpp: the rules speak of operations by number, and the numbers come last.

#include "slope/ops/functions_slices.ipp"

/// Operations that move elements and change none.
namespace slope::engine {

/// "reshape: (2,3) to (4,2)".
constexpr symbol fail_to(builder& b, char const* name, symbol x, parameters const& p) {
  builder::failure_text text;
  text.write(name);
  text.write(": ");
  write_shape(text, b.describe(b.shape_of(x)));
  text.write(" to ");
  shape_info to;
  to.rank = p.count;
  for (int k = 0; k < p.count; ++k) {
    // A -1 that stands for the rest is written `?`.
    to.extents[k].size = p.run_time[k] ? -1 : p.values[k];
    if (p.run_time[k]) to.extents[k].name = b.graph.sizes[size_index(p.values[k])].name;
  }
  write_shape(text, to);
  b.fail(text, {});
  return x;
}

constexpr bool has_one_element(shape const& s) {
  for (int k = 0; k < s.rank; ++k)
    if (s.extents[k] != 1) return false;
  return true;
}

constexpr shape requested_shape(parameters const& p) {
  shape to{};
  to.rank = p.count;
  for (int k = 0; k < p.count; ++k) to.extents[k] = p.values[k];
  return to;
}

/// Fills in a -1 of a requested shape; false where the numbers of elements differ. Run-time extents
/// must be the same ones on both sides.
constexpr bool complete_shape(shape const& from, parameters const& p, shape& to) {
  std::int64_t have = 1, want = 1;
  bool used[max_rank]{};
  int open = -1, left_over = -1, left_count = 0;
  for (int k = 0; k < to.rank; ++k) {
    if (p.run_time[k]) {
      bool found = false;
      for (int i = 0; i < from.rank && !found; ++i) {
        if (used[i] || from.extents[i] != to.extents[k]) continue;
        used[i] = found = true;
      }
      if (!found) return false;
    } else if (to.extents[k] == -1) {
      if (open >= 0) return false;
      open = k;
    } else {
      if (to.extents[k] < 0) return false;
      want *= to.extents[k];
    }
  }
  for (int i = 0; i < from.rank; ++i) {
    if (from.extents[i] >= 0) have *= from.extents[i];
    else if (!used[i]) left_over = i, ++left_count;
  }
  if (open < 0) return left_count == 0 && have == want;
  if (left_count == 1 && have == want) to.extents[open] = from.extents[left_over];
  else if (left_count == 0 && want != 0 && have % want == 0)
    to.extents[open] = static_cast<int>(have / want);
  else return false;
  return true;
}

}  // namespace slope::engine

namespace slope::op {

struct size : leaf {
  static constexpr char const* name() { return "size_of"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const k = engine::checked_axis(b, "size_of", p.values[0], s);
    return engine::size_symbol(b, k < 0 || s.rank == 0 ? 1 : s.extents[k]);
  }
};

/// One value spread over a shape, axes aligned at the end.
struct broadcast : movement {
  static constexpr char const* name() { return "broadcast_to"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const from = b.shape_of(x);
    engine::shape to = engine::requested_shape(p);
    bool fits = from.rank <= to.rank;
    for (int k = 1; k <= to.rank && fits; ++k) {
      int& e = to.extents[to.rank - k];
      bool const run_time = p.run_time[to.rank - k];
      int const own = k <= from.rank ? from.extents[from.rank - k] : 1;
      if (e == -1 && !run_time && k <= from.rank) e = own;  // -1: as it is
      else fits = (own == 1 || own == e) && (run_time || e >= 0);
    }
    if (!fits) return engine::fail_to(b, name(), x, p);
    return engine::broadcast_symbol(b, x, b.intern(to), b[x].type);
  }
  static constexpr void pullback(engine::pullback_context& c) { c.give(0, c.dy); }
};

struct reshape : movement {
  static constexpr char const* name() { return "reshape"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape to = engine::requested_shape(p);
    engine::shape const from = b.shape_of(x);
    if (!engine::complete_shape(from, p, to)) return engine::fail_to(b, name(), x, p);
    return engine::reshape_symbol(b, x, to);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    engine::shape const from = b.shape_of(c.dy);
    if (engine::has_one_element(from)) return c.give(0, engine::reshape_symbol(b, c.dy, {}));
    symbol const full = engine::broadcast_symbol(b, c.dy, b[c.y].shape, b[c.dy].type);
    c.give(0, engine::reshape_symbol(b, full, b.shape_of(c.args[0])));
  }
};

struct permute : movement {
  static constexpr char const* name() { return "permute"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    std::int64_t axes = 0, seen = 0;
    for (int i = 0; i < p.count; ++i) {
      int const k = engine::checked_axis(b, name(), p.values[i], s);
      if (k < 0) return x;
      axes |= std::int64_t{k} << 4 * i;
      seen |= std::int64_t{1} << k;
    }
    if (p.count != s.rank || seen + 1 != std::int64_t{1} << s.rank) {
      engine::builder::failure_text text;
      text.write("permute: each axis once of ");
      write_shape(text, b.describe(s));
      b.fail(text, {});
      return x;
    }
    return engine::permute_symbol(b, x, axes);
  }
  static constexpr void pullback(engine::pullback_context& c) {
    engine::builder& b = *c.y.owner();
    engine::shape const full = b.shape_of(c.y), from = b.shape_of(c.dy);
    if (from.rank == 0) return c.give(0, c.dy);
    engine::shape to = full;
    for (int k = 0; k < full.rank; ++k) {
      int const own = k - (full.rank - from.rank);
      to.extents[k] = own < 0 ? 1 : from.extents[own];
    }
    c.give(0, engine::permute_symbol(b, engine::reshape_symbol(b, c.dy, to),
                                     engine::inverse_permutation(full.rank, c.attribute)));
  }
};

/// Two axes swapped, the last two unless told; a vector or number is its own transpose.
struct transpose : defaults {
  static constexpr char const* name() { return "transpose"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    if (p.count == 0 && s.rank < 2) return x;
    int const i = engine::checked_axis(b, name(), p.count == 2 ? p.values[0] : -2, s);
    int const j = engine::checked_axis(b, name(), p.count == 2 ? p.values[1] : -1, s);
    if (i < 0 || j < 0 || s.rank == 0) return x;
    return engine::permute_symbol(b, x, engine::swapping(s.rank, i, j));
  }
};

/// Without the axes of extent 1, or without one of them; another axis stays, as in torch.
struct squeeze : defaults {
  static constexpr char const* name() { return "squeeze"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    std::int64_t mask = engine::axes_mask(b, name(), p, s);
    if (mask < 0) return x;
    for (int k = 0; k < s.rank; ++k)
      if (s.extents[k] != 1) mask &= ~(std::int64_t{1} << k);
    return engine::reshape_symbol(b, x, engine::reduced_shape(s, mask, false));
  }
};

/// With an axis of extent 1 more.
struct unsqueeze : defaults {
  static constexpr char const* name() { return "unsqueeze"; }
  static constexpr bool has_front = true;
  static constexpr symbol front(engine::builder& b, engine::parameters const& p, symbol x) {
    engine::shape const s = b.shape_of(x);
    int const at = engine::checked_axis(b, name(), p.values[0], s, 1);
    if (at < 0 || s.rank == max_rank) return x;
    engine::shape to{};
    for (int k = 0; k <= s.rank; ++k) {
      if (k == at) to.extents[to.rank++] = 1;
      if (k < s.rank) to.extents[to.rank++] = s.extents[k];
    }
    return engine::reshape_symbol(b, x, to);
  }
};

}  // namespace slope::op
