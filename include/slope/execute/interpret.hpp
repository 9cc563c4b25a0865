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

/// The shape with the run-time extents filled in: sizes[k] is entry k of the table of sizes.
constexpr shape sized(shape s, int const* sizes) {
  for (int k = 0; k < s.rank; ++k)
    if (s.extents[k] < 0) s.extents[k] = sizes[size_index(s.extents[k])];
  return s;
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

/// A graph, its values and where they lie.
struct interpreter {
  graph_view g;
  cell* cells;
  std::int64_t const* offsets;
  cell_functions const* functions;  ///< of each operation that the graph has, by its number
  int const* sizes;

  constexpr shape shape_of(int i) const { return sized(g.shape_of(i), sizes); }
  /// Element e of node i as a value of a type.
  constexpr cell at(int i, std::int64_t e, dtype type) const {
    return converted(cells[offsets[i] + e], g.nodes[i].type, type);
  }
};

constexpr void interpret_elementwise(interpreter const& p, node const& n, shape const& to,
                                     cell* out) {
  op_info const& info = info_of(n.op);
  // Comparisons compute in the type of their operands, logical operations on truth values.
  dtype type = n.type;
  if (info.result == type_rule::boolean) {
    promotion_operand const a{p.g.nodes[n.args[0]].type, p.g.shape_of(n.args[0]).rank != 0};
    promotion_operand const b{p.g.nodes[n.args[1]].type, p.g.shape_of(n.args[1]).rank != 0};
    type = promote(a, b);
  }
  shape from[max_arity]{};
  for (int k = 0; k < info.arity; ++k) from[k] = p.shape_of(n.args[k]);
  std::int64_t const count = element_count(to);
  for (std::int64_t e = 0; e < count; ++e) {
    cell operands[max_arity]{};
    for (int k = 0; k < info.arity; ++k)
      operands[k] = p.at(n.args[k], broadcast_offset(e, to, from[k]),
                         info.conditional && k == 0 ? dtype::boolean : type);
    out[e] = p.functions[n.op].value(operands, type);
    if (n.type == dtype::boolean) out[e].whole = out[e].whole != 0;  // 1 + 1 is true
  }
}

constexpr void interpret_reduction(interpreter const& p, node const& n, shape const& to,
                                   cell* out) {
  cell_functions const& f = p.functions[n.op];
  shape const from = p.shape_of(n.args[0]);
  // Kept axes of the operand give the place in the result.
  std::int64_t strides[max_rank]{};
  std::int64_t stride = 1;
  for (int k = from.rank - 1; k >= 0; --k) {
    if ((n.attribute >> k & 1) != 0) continue;
    strides[k] = stride;
    stride *= from.extents[k];
  }
  std::int64_t const count = element_count(to), elements = element_count(from);
  for (std::int64_t e = 0; e < count; ++e) out[e] = f.identity(n.type);
  for (std::int64_t e = 0; e < elements; ++e) {
    std::int64_t rest = e, place = 0;
    for (int k = from.rank - 1; k >= 0; --k) {
      place += rest % from.extents[k] * strides[k];
      rest /= from.extents[k];
    }
    cell const both[] = {out[place], p.at(n.args[0], e, n.type)};
    out[place] = f.value(both, n.type);
  }
  // Sums of float are rounded once.
  if (n.type == dtype::float32)
    for (std::int64_t e = 0; e < count; ++e) out[e] = converted(out[e], dtype::float64, n.type);
}

constexpr void interpret_permute(interpreter const& p, node const& n, shape const& to, cell* out) {
  shape const from = p.shape_of(n.args[0]);
  std::int64_t own[max_rank]{}, strides[max_rank]{};
  std::int64_t stride = 1;
  for (int k = from.rank - 1; k >= 0; --k) {
    own[k] = stride;
    stride *= from.extents[k];
  }
  for (int k = 0; k < to.rank; ++k) strides[k] = own[n.attribute >> 4 * k & 15];
  std::int64_t const count = element_count(to);
  for (std::int64_t e = 0; e < count; ++e) {
    std::int64_t rest = e, place = 0;
    for (int k = to.rank - 1; k >= 0; --k) {
      place += rest % to.extents[k] * strides[k];
      rest /= to.extents[k];
    }
    out[e] = p.cells[p.offsets[n.args[0]] + place];
  }
}

constexpr void interpret_product(interpreter const& p, node const& n, shape const& to, cell* out) {
  shape const left = p.shape_of(n.args[0]), right = p.shape_of(n.args[1]);
  int const rows = to.extents[to.rank - 2], columns = to.extents[to.rank - 1];
  int const inner = left.extents[left.rank - 1];
  // The place of a batch in each operand is that of its first element.
  shape batch = to, left_batch = left, right_batch = right;
  batch.rank -= 2, left_batch.rank -= 2, right_batch.rank -= 2;
  std::int64_t const batches = element_count(batch);
  for (std::int64_t q = 0; q < batches; ++q) {
    std::int64_t const a = broadcast_offset(q, batch, left_batch) * rows * inner;
    std::int64_t const b = broadcast_offset(q, batch, right_batch) * inner * columns;
    for (int i = 0; i < rows; ++i) {
      for (int j = 0; j < columns; ++j) {
        cell total{};
        for (int k = 0; k < inner; ++k) {
          cell const x = p.at(n.args[0], a + i * inner + k, n.type);
          cell const y = p.at(n.args[1], b + k * columns + j, n.type);
          total.real = op::add::value(total.real, op::multiply::value(x.real, y.real));
          total.whole += x.whole * y.whole;
        }
        *out++ = n.type == dtype::float32 ? converted(total, dtype::float64, n.type) : total;
      }
    }
  }
}

/// The functions on cells of the operations in a graph, by number.
struct cell_table {
  cell_functions of[all_ops::size]{};
};
struct op_numbers {
  int at[all_ops::size]{};
  int count = 0;
};
consteval op_numbers numbers_in(graph_view const& g) {
  op_numbers used;
  bool seen[all_ops::size]{};
  for (int i = 0; i < g.node_count; ++i) {
    int const op = g.nodes[i].op;
    if (!seen[op]) used.at[used.count++] = op;
    seen[op] = true;
  }
  return used;
}
template <class Holder>
consteval cell_table make_cell_table() {
  constexpr op_numbers used = numbers_in(view(Holder::graph));
  cell_table table;
  [&]<int... K>(std::integer_sequence<int, K...>) {
    ((table.of[used.at[K]] = cell_functions_of<op_at<used.at[K]>>()), ...);
  }(std::make_integer_sequence<int, used.count>{});
  return table;
}
template <class Holder>
inline constexpr cell_table cell_table_of = make_cell_table<Holder>();

/// Fills the cells of every node but the variables', whose are filled already; node i has its own
/// from offsets[i] on. The graph has no macros. `sizes`: the run-time extents, where there are any.
constexpr void interpret(graph_view const& g, cell_table const& table, cell* cells,
                         std::int64_t const* offsets, int const* sizes = nullptr) {
  interpreter const p{g, cells, offsets, table.of, sizes};
  for (int i = 0; i < g.node_count; ++i) {
    engine::node const& n = g.nodes[i];
    op_info const& info = info_of(n.op);
    shape const to = p.shape_of(i);
    cell* const out = cells + offsets[i];
    if (n.op == op_number<op::constant>()) {
      rational const c = g.constants[n.attribute].value();
      out[0] = is_floating(n.type) ? cell{c.to_double(), 0} : cell{0, c.numerator};
    } else if (n.op == op_number<op::size>()) {
      out[0] = {0, sizes[n.attribute]};
    } else if (n.op == op_number<op::permute>()) {
      interpret_permute(p, n, to, out);
    } else if (info.kind == op_kind::movement) {
      bool const spreads = n.op == op_number<op::broadcast>();
      shape const from = p.shape_of(n.args[0]);
      std::int64_t const count = element_count(to);
      for (std::int64_t e = 0; e < count; ++e)
        out[e] = p.at(n.args[0], spreads ? broadcast_offset(e, to, from) : e, n.type);
    } else if (info.kind == op_kind::reduction) {
      interpret_reduction(p, n, to, out);
    } else if (info.kind == op_kind::product) {
      interpret_product(p, n, to, out);
    } else if (info.kind == op_kind::whole) {
      whole_cells operands[max_arity]{};
      for (int k = 0; k < info.arity; ++k)
        operands[k] = {cells + offsets[n.args[k]], p.shape_of(n.args[k]), g.nodes[n.args[k]].type,
                       element_count(p.shape_of(n.args[k]))};
      p.functions[n.op].compute(context_of(g, n), operands, {out, to, n.type, element_count(to)});
    } else if (info.kind == op_kind::elementwise) {
      interpret_elementwise(p, n, to, out);
    }
  }
}

}  // namespace slope::engine
