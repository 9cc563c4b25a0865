// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/ops/table.hpp"

namespace slope::engine {

/// A number made of what node i is, its operands' numbers, names and constants, never of an index.
constexpr std::uint64_t structural_key(builder& b, int i) {
  auto const mix = [](std::uint64_t h, std::uint64_t value) {
    h = (h ^ value) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 32);
  };
  for (; b.keyed <= i; ++b.keyed) {
    node const& n = b[b.keyed];
    std::uint64_t h = n.op + 1u;
    if (n.op == op_number<op::variable>()) {
      leaf const& l = b.graph.leaves[n.attribute];
      for (char const* c = l.name; *c != 0; ++c) h = mix(h, static_cast<unsigned char>(*c));
      h = mix(h, static_cast<std::uint64_t>(l.ordinal));
    } else if (n.op == op_number<op::constant>()) {
      stored_constant const& c = b.graph.constants[n.attribute];
      h = mix(mix(h, static_cast<std::uint64_t>(c.numerator)),
              static_cast<std::uint64_t>(c.denominator));
    } else {
      h = mix(h, static_cast<std::uint64_t>(n.attribute));
      for (int a : n.args)
        if (a >= 0) h = mix(h, b.keys[a]);
    }
    b.keys[b.keyed] = h;
  }
  return b.keys[i];
}

/// Three-way comparison of two nodes by their structure, never by their index, so that two graphs
/// put the same operands in the same order: variables by name, then compound terms, constants.
constexpr int compare(builder& b, int x, int y) {
  // Distinct nodes differ somewhere, and the first difference decides: one path is followed. Deep
  // down the order no longer matters to a reader, and keys decide at once.
  for (int depth = 0; x != y; ++depth) {
    if (depth == 4) {
      std::uint64_t const p = structural_key(b, x), q = structural_key(b, y);
      if (p != q) return p < q ? -1 : 1;
    }
    node const& m = b[x];
    node const& n = b[y];
    auto const rank = [](node const& k) {
      return k.op == op_number<op::variable>()   ? 0
             : k.op == op_number<op::constant>() ? 2
                                                 : 1;
    };
    if (rank(m) != rank(n)) return rank(m) - rank(n);
    if (m.op == op_number<op::variable>()) {
      leaf const& p = b.graph.leaves[m.attribute];
      leaf const& q = b.graph.leaves[n.attribute];
      int const names = detail::compare_text(p.name, q.name);
      return names != 0 ? names : p.ordinal - q.ordinal;
    }
    if (m.op == op_number<op::constant>())
      return constant_of(b, x) < constant_of(b, y) ? -1 : 1;
    if (m.op != n.op) return m.op < n.op ? -1 : 1;
    if (m.attribute != n.attribute) return m.attribute < n.attribute ? -1 : 1;
    int k = 0;
    while (k + 1 < max_arity && m.args[k] == n.args[k]) ++k;
    if (m.args[k] < 0 || n.args[k] < 0) return m.shape - n.shape;
    x = m.args[k];
    y = n.args[k];
  }
  return 0;
}

}  // namespace slope::engine
