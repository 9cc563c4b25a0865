// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <tuple>

#include "slope/core/pieces.hpp"
#include "slope/execute/interpret.hpp"
#include "slope/execute/program.hpp"
#include "slope/execute/workspace.hpp"
#include "slope/expression/source.hpp"
#include "slope/tensor/tensor.hpp"

/// Running a program on data: one tensor, view or number for each leaf of its graph, in order.
namespace slope::engine {

/// Extent K of a shape as a template argument of tensor.
template <auto const& Graph, int Shape, std::size_t K>
consteval auto extent_argument_of() {
  if constexpr (Graph.shapes[Shape].extents[K] >= 0) return Graph.shapes[Shape].extents[K];
  else return dynamic;
}

template <class Program, int Root, class Indices>
struct result_shape;
template <class Program, int Root, std::size_t... K>
struct result_shape<Program, Root, std::index_sequence<K...>> {
  static constexpr int index = Program::graph.roots[Root];
  static constexpr shape s = Program::graph.shapes[Program::graph.nodes[index].shape];
  using value_type = element_t<Program::graph.nodes[index].type>;
  using type = tensor<value_type, extent_argument_of<Program::graph,
                                                     Program::graph.nodes[index].shape, K>()...>;
};
template <class Program, int Root>
using result_of = result_shape<
    Program, Root,
    std::make_index_sequence<static_cast<std::size_t>(
        Program::graph.shapes[Program::graph.nodes[Program::graph.roots[Root]].shape].rank)>>;

/// What result Root is: a number where it has rank 0, else a tensor.
template <class Program, int Root>
using value_at = std::conditional_t<result_of<Program, Root>::s.rank == 0,
                                    typename result_of<Program, Root>::value_type,
                                    typename result_of<Program, Root>::type>;

/// The error text about data of an unexpected shape.
template <class Data>
constexpr shape_info shape_of_data(Data const& data) {
  shape_info info;
  if constexpr (!number<Data>) {
    info.rank = Data::rank();
    for (int k = 0; k < info.rank; ++k) info.extents[k].size = data.extent(k);
  }
  return info;
}

constexpr void write_leaf(detail::text_buffer<300>& text, leaf const& l) {
  if (l.name[0] != 0) text.write(l.name);
  else {
    text.write("argument ");
    text.write_integer(l.ordinal);
  }
}
constexpr shape_info shape_with_sizes(shape const& s, int const* sizes) {
  shape_info info;
  info.rank = s.rank;
  for (int k = 0; k < s.rank; ++k)
    info.extents[k].size = s.extents[k] >= 0 ? s.extents[k] : sizes[size_index(s.extents[k])];
  return info;
}

[[noreturn]] inline void refuse_data(graph_view const& g, int index, shape_info const& given,
                                     int const* sizes) {
  detail::text_buffer<300> text;
  leaf const& l = g.leaves[index];
  write_leaf(text, l);
  text.write(": data of shape ");
  write_shape(text, given);
  text.write(" does not fit ");
  shape const& s = g.shapes[l.shape];
  shape_info wanted;
  wanted.rank = s.rank;
  for (int k = 0; k < s.rank; ++k)
    wanted.extents[k] = s.extents[k] >= 0
                            ? extent{s.extents[k], no_name}
                            : extent{-1, g.sizes[size_index(s.extents[k])].name};
  write_shape(text, wanted);
  for (int k = 0; k < s.rank && k < given.rank; ++k) {
    int const e = s.extents[k];
    if (e >= 0 || sizes[size_index(e)] < 0 || sizes[size_index(e)] == given.extents[k].size) continue;
    text.write(", ");
    text.write(g.sizes[size_index(e)].name);
    text.write(" is ");
    text.write_integer(sizes[size_index(e)]);
  }
  detail::raise<shape_error>(text.text);
}

[[noreturn]] inline void refuse_shapes(graph_view const& g, runtime_check const& c,
                                       int const* sizes) {
  detail::text_buffer<300> text;
  text.write(op_name[c.op]);
  text.write(": ");
  write_shape(text, shape_with_sizes(g.shapes[c.left_shape], sizes));
  text.write(" x ");
  write_shape(text, shape_with_sizes(g.shapes[c.right_shape], sizes));
  for (int const e : {c.left_extent, c.right_extent}) {
    if (e >= 0) continue;
    runtime_size const& s = g.sizes[size_index(e)];
    text.write(", axis ");
    text.write_integer(s.axis);
    text.write(" of ");
    write_leaf(text, g.leaves[s.leaf]);
    text.write(" is ");
    text.write_integer(sizes[size_index(e)]);
  }
  detail::raise<shape_error>(text.text);
}

/// Are all extents of the data known to be these? Then nothing is compared when the program runs, and
/// no text of an error compiled.
template <class Data>
constexpr bool is_known_to_fit(shape const& s) {
  bool fits = Data::extents_info.rank == s.rank;
  for (int k = 0; fits && k < s.rank; ++k)
    fits = s.extents[k] >= 0 && s.extents[k] == Data::extents_info.extents[k].size;
  return fits;
}

/// Takes the run-time sizes from the data of leaf Index, or compares them.
template <class Program, int Index, class Data>
constexpr void read_sizes(int* sizes, Data const& data) {
  constexpr shape s = Program::graph.shapes[Program::graph.leaves[Index].shape];
  if constexpr (!number<Data>) {
    static_assert(Data::rank() == s.rank, "slope: data of another number of axes");
    if constexpr (!is_known_to_fit<Data>(s)) {
      for (int k = 0; k < s.rank; ++k) {
        int const n = data.extent(k);
        int const e = s.extents[k];
        if (e < 0 && sizes[size_index(e)] < 0) sizes[size_index(e)] = n;
        else if (n != (e >= 0 ? e : sizes[size_index(e)]))
          refuse_data(view(Program::graph), Index, shape_of_data(data), sizes);
      }
    }
  } else {
    static_assert(s.rank == 0, "slope: a number where a tensor is expected");
  }
}
template <class Program>
struct size_table {
  int at[Program::graph.size_count + 1];
};
template <class Program, class... D>
constexpr size_table<Program> sizes_of(D const&... data) {
  size_table<Program> sizes{};
  for (int& n : sizes.at) n = -1;
  [&]<int... I>(std::integer_sequence<int, I...>) {
    (read_sizes<Program, I>(sizes.at, data), ...);
  }
  (std::make_integer_sequence<int, static_cast<int>(sizeof...(D))>{});
  if constexpr (Program::graph.check_count > 0) {
    for (int k = 0; k < Program::graph.check_count; ++k) {
      runtime_check const& c = Program::graph.checks[k];
      if (extent_value(c.left_extent, sizes.at) != extent_value(c.right_extent, sizes.at))
        refuse_shapes(view(Program::graph), c, sizes.at);
    }
  }
  return sizes;
}

// Constant evaluation.

/// Where element k of data, in C order, stands.
template <class Data>
constexpr std::ptrdiff_t element_offset(Data const& data, std::int64_t k) {
  std::ptrdiff_t offset = 0;
  for (int axis = Data::rank() - 1; axis >= 0; --axis) {
    offset += k % data.extent(axis) * data.stride(axis);
    k /= data.extent(axis);
  }
  return offset;
}
template <class Data>
constexpr cell element_at(Data const& data, std::int64_t k) {
  if constexpr (number<Data>) return rows::put(data);
  else return rows::put(data.data()[element_offset(data, k)]);
}

/// The cells of all nodes of a graph, filled.
template <class Program>
class interpretation {
 public:
  template <class... D>
  constexpr explicit interpretation(size_table<Program> const& sizes, D const&... data) {
    std::int64_t total = 0;
    for (int i = 0; i < count; ++i) {
      offsets_[i] = total;
      total += elements(i, sizes.at);
    }
    cells_ = new cell[static_cast<std::size_t>(total) + 1]{};
    [&]<int... I>(std::integer_sequence<int, I...>) { (fill(I, data, sizes.at), ...); }
    (std::make_integer_sequence<int, static_cast<int>(sizeof...(D))>{});
    interpret(view(Program::graph), cell_table_of<Program>, cells_, offsets_, sizes.at);
  }
  interpretation(interpretation const&) = delete;
  constexpr ~interpretation() { delete[] cells_; }

  /// Result Root into a number, a tensor or a view.
  template <int Root, class Sink>
  constexpr void write(Sink& to) const {
    using T = typename result_of<Program, Root>::value_type;
    cell const* const from = cells_ + offsets_[Program::graph.roots[Root]];
    if constexpr (number<Sink>) {
      to = rows::get<T>(from[0]);
    } else {
      for (std::int64_t k = 0; k < static_cast<std::int64_t>(to.size()); ++k)
        to.data()[element_offset(to, k)] = rows::get<T>(from[k]);
    }
  }

 private:
  static constexpr int count = Program::graph.node_count;
  static constexpr std::int64_t elements(int i, int const* sizes) {
    shape const& s = Program::graph.shapes[Program::graph.nodes[i].shape];
    std::int64_t n = 1;
    for (int k = 0; k < s.rank; ++k) n *= extent_value(s.extents[k], sizes);
    return n;
  }
  template <class Data>
  constexpr void fill(int index, Data const& data, int const* sizes) {
    for (int i = 0; i < count; ++i) {
      node const& n = Program::graph.nodes[i];
      if (n.op != op_number<op::variable>() || n.attribute != index) continue;
      std::int64_t const total = elements(i, sizes);
      for (std::int64_t k = 0; k < total; ++k) cells_[offsets_[i] + k] = element_at(data, k);
    }
  }

  std::int64_t offsets_[count + 1]{};
  cell* cells_ = nullptr;
};

// Run time.

template <class Data>
inline constexpr std::size_t view_bytes = 0;
template <class T, auto... Extents>
inline constexpr std::size_t view_bytes<tensor_view<T, Extents...>> =
    (static_cast<std::size_t>((1 * ... * static_extent<Extents>())) * sizeof(T) + 63) / 64 * 64;

/// Where a result that nothing else refers to is written.
struct fresh_sink {
  void* memory;
  static constexpr std::size_t most = 0;
  static constexpr std::size_t bytes() { return 0; }
  [[gnu::always_inline]] void* pointer(std::byte*&) const { return memory; }
  [[gnu::always_inline]] void finish(void const*) const {}
};

template <std::size_t>
using fresh_sink_for = fresh_sink;
template <std::size_t... R>
using fresh_sinks = detail::pieces<fresh_sink_for<R>...>;

/// Runs Program on data and writes its results to sinks, one for each root.
template <class Program, class... S, class... D>
[[gnu::always_inline]] inline void execute(detail::pieces<S...> const& sinks, int const* sizes,
                                           workspace* memory, D const&... data) {
  [&]<int... I, int... R>(std::integer_sequence<int, I...>, std::integer_sequence<int, R...>)
      __attribute__((always_inline)) {
    detail::pieces<source<element_t<Program::graph.leaves[I].type>, D>...> const sources{{data}...};
    constexpr std::size_t around = (0 + ... + view_bytes<D>) + (0 + ... + S::most);
    if constexpr (Program::on_stack && Program::fixed_layout.bytes + around <= stack_limit) {
      alignas(64) std::byte local[around + 1];
      std::byte* bytes = local;
      void* const results[] = {detail::piece_at<R>(sinks).pointer(bytes)..., nullptr};
      void const* const leaves[] = {detail::piece_at<I>(sources).pointer(bytes)..., nullptr};
      Program::run_static(std::integer_sequence<int, R...>{}, std::integer_sequence<int, I...>{},
                          results[R]..., const_cast<void*>(leaves[I])...);
      (detail::piece_at<R>(sinks).finish(results[R]), ...);
    } else {
      auto const layout = Program::layout_for(sizes);
      std::size_t const needed = layout.bytes + (0 + ... + detail::piece_at<I>(sources).bytes()) +
                                 (0 + ... + detail::piece_at<R>(sinks).bytes());
      workspace& used = memory != nullptr ? *memory : thread_workspace();
      std::byte* bytes = needed == 0 ? nullptr : used.acquire(needed);
      void* slots[Program::plan.slot_count + 1];
      void* const results[] = {detail::piece_at<R>(sinks).pointer(bytes)..., nullptr};
      ((slots[Program::plan.root_slot[R]] = results[R]), ...);
      (Program::template place_leaf<I>(slots, detail::piece_at<I>(sources).pointer(bytes)), ...);
      Program::place_slots(slots, bytes, layout);
      Program::run(frame{slots, sizes, 0, layout.rows});
      (detail::piece_at<R>(sinks).finish(results[R]), ...);
    }
    static_cast<void>(memory), static_cast<void>(sizes);
  }
  (std::make_integer_sequence<int, static_cast<int>(sizeof...(D))>{},
   std::make_integer_sequence<int, static_cast<int>(sizeof...(S))>{});
}

template <class Program, int Root>
constexpr value_at<Program, Root> empty_result([[maybe_unused]] int const* sizes) {
  using value = value_at<Program, Root>;
  if constexpr (number<value>) return value{};
  else {
    // Compilers do not move what has no value while they evaluate constants, and g++ does not see
    // that the lanes of truth values are all written.
    if constexpr (is_fixed(result_of<Program, Root>::s)) {
      constexpr bool few_truths =
          std::same_as<typename value::value_type, bool> && sizeof(value) <= 64;
      if (few_truths || __builtin_is_constant_evaluated()) return value{};
    }
    std::array<int, static_cast<std::size_t>(value::rank())> extents{};
    for (int k = 0; k < value::rank(); ++k)
      extents[static_cast<std::size_t>(k)] = static_cast<int>(
          extent_value(result_of<Program, Root>::s.extents[k], sizes));
    return value(detail::uninitialized, extents);
  }
}
template <class Value>
constexpr auto* elements_of(Value& v) {
  if constexpr (number<Value>) return &v;
  else return v.data();
}

template <class Program, class Indices>
struct all_results;
template <class Program, std::size_t... R>
struct all_results<Program, std::index_sequence<R...>> {
  using type = std::tuple<value_at<Program, static_cast<int>(R)>...>;

  template <class... D>
  [[gnu::always_inline]] static constexpr type run(workspace* memory, D const&... data) {
    auto const sizes = sizes_of<Program>(data...);
    type results{empty_result<Program, static_cast<int>(R)>(sizes.at)...};
    if (__builtin_is_constant_evaluated()) {
      interpretation<Program> const cells(sizes, data...);
      (cells.template write<static_cast<int>(R)>(std::get<R>(results)), ...);
    } else {
      execute<Program>(fresh_sinks<R...>{{{elements_of(std::get<R>(results))}}...}, sizes.at,
                       memory, data...);
    }
    return results;
  }
};

/// All results of a graph for data in the order of its leaves.
template <class Holder, class... D>
[[gnu::always_inline]] constexpr auto evaluated_all(workspace* memory, D const&... data) {
  using program = program_of<Holder>;
  return all_results<program, std::make_index_sequence<static_cast<std::size_t>(
                                  program::graph.root_count)>>::run(memory, data...);
}
/// The one result of a graph.
template <class Holder, class... D>
[[gnu::always_inline]] constexpr value_at<program_of<Holder>, 0> evaluated(workspace* memory,
                                                                            D const&... data) {
  using program = program_of<Holder>;
  auto const sizes = sizes_of<program>(data...);
  auto result = empty_result<program, 0>(sizes.at);
  if (__builtin_is_constant_evaluated()) {
    interpretation<program> const cells(sizes, data...);
    cells.template write<0>(result);
  } else {
    execute<program>(fresh_sinks<0>{{{elements_of(result)}}}, sizes.at, memory, data...);
  }
  return result;
}

}  // namespace slope::engine
