// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/ops/table.hpp"

/// Evaluation of a graph node by node, over whole arrays: what constant expressions use.
namespace slope::engine {

constexpr std::int64_t element_count(shape const& s) {
  std::int64_t count = 1;
  for (int k = 0; k < s.rank; ++k) count *= s.extents[k];
  return count;
}

/// A cell as the value of another type.
constexpr cell converted(cell const& c, dtype from, dtype to) {
  if (from == to) return c;
  if (is_floating(to)) {
    double const value = is_floating(from) ? c.real : static_cast<double>(c.whole);
    return {to == dtype::float32 ? static_cast<double>(static_cast<float>(value)) : value, 0};
  }
  if (to == dtype::boolean) return {0, is_floating(from) ? c.real != 0 : c.whole != 0};
  return {0, is_floating(from) ? static_cast<std::int64_t>(c.real) : c.whole};
}

/// Where element `flat` of a shape reads an operand that is broadcast to it.
constexpr std::int64_t broadcast_offset(std::int64_t flat, shape const& full, shape const& from) {
  std::int64_t offset = 0, stride = 1;
  for (int from_end = 1; from_end <= full.rank; ++from_end) {
    int const n = full.extents[full.rank - from_end];
    std::int64_t const at = flat % n;
    flat /= n;
    if (from_end > from.rank) continue;
    int const own = from.extents[from.rank - from_end];
    if (own != 1) offset += at * stride;
    stride *= own;
  }
  return offset;
}

constexpr std::int64_t total_cells(graph_view const& g) {
  std::int64_t total = 0;
  for (int i = 0; i < g.node_count; ++i) total += element_count(g.shape_of(i));
  return total;
}

/// Fills the cells of every node; those of the variables at offsets[i] are filled already.
constexpr void interpret(graph_view const& g, cell* cells, std::int64_t const* offsets) {
  for (int i = 0; i < g.node_count; ++i) {
    engine::node const& n = g.nodes[i];
    op_info const& info = info_of(n.op);
    shape const& to = g.shape_of(i);
    std::int64_t const count = element_count(to);
    cell* const out = cells + offsets[i];
    if (n.op == op_number<op::constant>()) {
      rational const c = g.constants[n.attribute].value();
      out[0] = is_floating(n.type) ? cell{c.to_double(), 0} : cell{0, c.numerator};
    } else if (info.kind == op_kind::movement) {
      engine::node const& a = g.nodes[n.args[0]];
      for (std::int64_t e = 0; e < count; ++e)
        out[e] = converted(cells[offsets[n.args[0]] + broadcast_offset(e, to, g.shape_of(n.args[0]))],
                           a.type, n.type);
    } else if (info.kind == op_kind::reduction) {
      shape const& from = g.shape_of(n.args[0]);
      dtype const given = g.nodes[n.args[0]].type;
      // Kept axes of the operand give the place in the result.
      std::int64_t strides[max_rank]{};
      std::int64_t stride = 1;
      for (int k = from.rank - 1; k >= 0; --k) {
        if ((n.attribute >> k & 1) != 0) continue;
        strides[k] = stride;
        stride *= from.extents[k];
      }
      for (std::int64_t e = 0; e < count; ++e) out[e] = {};
      for (std::int64_t e = 0; e < element_count(from); ++e) {
        std::int64_t rest = e, place = 0;
        for (int k = from.rank - 1; k >= 0; --k) {
          place += rest % from.extents[k] * strides[k];
          rest /= from.extents[k];
        }
        cell const value = converted(cells[offsets[n.args[0]] + e], given, n.type);
        out[place].real += value.real;
        out[place].whole += value.whole;
      }
      if (n.type == dtype::float32)
        for (std::int64_t e = 0; e < count; ++e) out[e] = converted(out[e], dtype::float64, n.type);
    } else if (info.kind == op_kind::elementwise) {
      // Comparisons compute in the type of their operands; a condition stays as it is.
      dtype type = n.type;
      bool const selects = info.conditional;
      if (info.result == type_rule::logical) type = dtype::boolean;
      if (info.result == type_rule::boolean) {
        promotion_operand const a{g.nodes[n.args[0]].type, g.shape_of(n.args[0]).rank != 0};
        promotion_operand const b{g.nodes[n.args[1]].type, g.shape_of(n.args[1]).rank != 0};
        type = promote(a, b);
      }
      for (std::int64_t e = 0; e < count; ++e) {
        cell operands[max_arity]{};
        for (int k = 0; k < info.arity; ++k) {
          cell const& c = cells[offsets[n.args[k]] + broadcast_offset(e, to, g.shape_of(n.args[k]))];
          operands[k] = converted(c, g.nodes[n.args[k]].type, selects && k == 0 ? dtype::boolean : type);
        }
        out[e] = info.value(operands, type);
      }
    }
  }
}

}  // namespace slope::engine
