// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/run.hpp"

/// Results into the caller's numbers, tensors and views.
namespace slope::engine {

/// std::apply that is always inlined.
template <class F, class Tuple>
[[gnu::always_inline]] constexpr auto apply_inline(F const& f, Tuple& all) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) __attribute__((always_inline)) {
    return f(std::get<I>(all)...);
  }
  (std::make_index_sequence<std::tuple_size_v<Tuple>>{});
}

/// The first and the last address that a number, a tensor or a view touches.
struct address_range {
  std::uintptr_t first, last;
};
template <class Data>
inline address_range addresses(Data const& data) {
  if constexpr (number<Data>) {
    auto const at = reinterpret_cast<std::uintptr_t>(&data);
    return {at, at + sizeof data};
  } else {
    using T = typename Data::value_type;
    auto const at = reinterpret_cast<std::uintptr_t>(data.data());
    std::ptrdiff_t low = 0, high = 1;
    for (int k = 0; k < Data::rank(); ++k) {
      std::ptrdiff_t const reach = data.stride(k) * (data.extent(k) - 1);
      (reach < 0 ? low : high) += reach;
    }
    if (data.size() == 0) return {at, at};
    return {at + static_cast<std::uintptr_t>(low) * sizeof(T),
            at + static_cast<std::uintptr_t>(high) * sizeof(T)};
  }
}
inline bool overlap(address_range a, address_range b) {
  return a.first < b.last && b.first < a.last;
}

/// A place of the caller's: written to directly where its elements are contiguous and nothing that
/// is read lies there, else by way of workspace.
template <class Program, int Root, class Sink>
struct given_sink {
  using wanted = result_of<Program, Root>;
  using T = typename wanted::value_type;
  static constexpr std::size_t static_bytes() {
    std::size_t bytes = sizeof(T);
    for (int k = 0; k < wanted::s.rank; ++k)
      bytes *= wanted::s.extents[k] < 0 ? 0u : static_cast<std::size_t>(wanted::s.extents[k]);
    return (bytes + 63) / 64 * 64;
  }
  /// A few elements go through registers: nothing to ask, nothing to jump over.
  static constexpr std::size_t elements =
      number<Sink> || (is_tensor_v<std::remove_const_t<Sink>> && wanted::s.rank == 0) ? 1
      : is_tensor_v<std::remove_const_t<Sink>> ? (sizeof(T) * 32 >= static_bytes() ? static_bytes() / sizeof(T) : 0)
                          : 0;
  static constexpr bool buffered = elements != 0;
  static constexpr std::size_t most = buffered ? 0 : static_bytes();
  /// A buffer is copied in pieces as loops store them: what is read back wider than it was written
  /// would have to wait for the cache.
  struct pieces {
    std::size_t size = 1, count = 1;
  };
  static constexpr pieces cut_buffer() {
    pieces p;
    int inner = 1;
    for (int k = 0; k < wanted::s.rank; ++k) {
      inner = wanted::s.extents[k];
      p.count *= static_cast<std::size_t>(inner);
    }
    while (p.size < math::native_lanes<T> && p.count % 2 == 0 && inner % 2 == 0)
      p.size *= 2, p.count /= 2, inner /= 2;
    return p;
  }

  Sink& sink;
  bool direct = !buffered;
  mutable T buffer[buffered ? elements : 1];

  template <class... D>
  [[gnu::always_inline]] given_sink(Sink& s, [[maybe_unused]] D const&... data) : sink(s) {
    if constexpr (!buffered) {
      if constexpr (is_tensor_view_v<std::remove_const_t<Sink>>) direct = sink.is_contiguous();
      direct = direct && !(overlap(addresses(sink), addresses(data)) || ...);
    }
  }
  std::size_t bytes() const {
    return buffered || direct ? 0 : (size() * sizeof(T) + 63) / 64 * 64;
  }
  [[gnu::always_inline]] void* pointer(std::byte*& memory) const {
    if constexpr (buffered) return buffer;
    if (direct) return elements_of(sink);
    std::byte* const here = memory;
    memory += bytes();
    return here;
  }
  [[gnu::always_inline]] void finish(void const* result) const {
    if constexpr (buffered) {
      T* const to = elements_of(sink);
      if constexpr (wanted::s.rank == 0) {
        *to = *buffer;
      } else {
        constexpr pieces cut = cut_buffer();
#pragma GCC unroll 32
        for (std::size_t k = 0; k < cut.count; ++k)
          __builtin_memcpy(to + k * cut.size, buffer + k * cut.size, cut.size * sizeof(T));
      }
    } else {
      if (!direct) write(static_cast<T const*>(result));
    }
  }
  constexpr void write(T const* from) const {
    if constexpr (number<Sink>) sink = static_cast<Sink>(*from);
    else {
      auto const steps = detail::row_major(sink.shape());
      std::array<std::ptrdiff_t, static_cast<std::size_t>(Sink::rank())> own{};
      for (int k = 0; k < Sink::rank(); ++k) own[static_cast<std::size_t>(k)] = sink.stride(k);
      detail::copy_box<T>(Sink::rank(), sink.shape().data(), sink.data(), own.data(), from,
                          steps.data());
    }
  }

 private:
  [[gnu::always_inline]] std::size_t size() const {
    if constexpr (number<Sink>) return 1;
    else return sink.size();
  }
};

/// shape_error where a place does not have the shape of its result.
template <class Program, int Root, class Sink>
constexpr void check_sink([[maybe_unused]] Sink const& sink, [[maybe_unused]] int const* sizes) {
  using wanted = result_of<Program, Root>;
  if constexpr (number<Sink>) {
    static_assert(wanted::s.rank == 0, "slope: a number cannot hold a result with axes");
    // An exact constant, the derivative of 3 * x say, is what the place holds.
    static_assert(std::same_as<Sink, typename wanted::value_type> ||
                      is_weak(Program::graph.nodes[Program::graph.roots[Root]].type),
                  "slope: the result has another element type");
  } else {
    static_assert(std::same_as<typename Sink::value_type, typename wanted::value_type>,
                  "slope: the result has another element type");
    static_assert(Sink::rank() == wanted::s.rank, "slope: the result has another number of axes");
    for (int k = 0; k < Sink::rank(); ++k) {
      if (sink.extent(k) == extent_value(wanted::s.extents[k], sizes)) continue;
      shape_info const shape = shape_with_sizes(wanted::s, sizes);
      int extents[max_rank + 1]{};
      for (int axis = 0; axis < shape.rank; ++axis) extents[axis] = shape.extents[axis].size;
      detail::raise_shape("evaluate_to: result of", shape.rank, extents, shape_of_data(sink));
    }
  }
}

/// The same for a place whose elements are contiguous and apart from all that is read.
template <class Sink>
struct direct_sink {
  Sink& sink;
  static constexpr std::size_t most = 0;
  static constexpr std::size_t bytes() { return 0; }
  [[gnu::always_inline]] void* pointer(std::byte*&) const { return elements_of(sink); }
  [[gnu::always_inline]] void finish(void const*) const {}
};
template <class Program, int Root, class Sink>
inline constexpr bool is_buffered = given_sink<Program, Root, Sink>::buffered;
template <class Program, int Root, class Sink>
using likely_sink = std::conditional_t<is_buffered<Program, Root, Sink>,
                                       given_sink<Program, Root, Sink>, direct_sink<Sink>>;
template <class Program, int Root, class Sink, class... D>
[[gnu::always_inline]] inline bool stands_apart(Sink& sink, D const&... data) {
  if constexpr (is_buffered<Program, Root, Sink>) return true;
  else return given_sink<Program, Root, Sink>(sink, data...).direct;
}
/// Where a place overlaps what is read, or has gaps: apart from the code that is fast.
template <class Program, class Roots, class... Sinks>
struct way_round;
template <class Program, int... R, class... Sinks>
struct way_round<Program, std::integer_sequence<int, R...>, Sinks...> {
  template <class... D>
  [[gnu::noinline]] static void run(Sinks&... sinks, int const* sizes, workspace* memory,
                                    D const&... data) {
    execute<Program>(detail::pieces<given_sink<Program, R, Sinks>...>{
                         {given_sink<Program, R, Sinks>(sinks, data...)}...},
                     sizes, memory, data...);
  }
};

/// Evaluates the graph in Holder, one place for each of its results.
template <class Holder, class... Sinks, class... D>
[[gnu::always_inline]] constexpr void evaluated_into(std::tuple<Sinks&...> const& sinks,
                                                     workspace* memory, D const&... data) {
  using program = program_of<Holder>;
  static_assert(sizeof...(Sinks) == program::graph.root_count,
                "slope: as many places as results are needed");
  auto const sizes = sizes_of<program>(data...);
  [&]<int... R>(std::integer_sequence<int, R...>) __attribute__((always_inline)) {
    (check_sink<program, R>(std::get<R>(sinks), sizes.at), ...);
    if (__builtin_is_constant_evaluated()) {
      interpretation<program> const cells(sizes, data...);
      (cells.template write<R>(std::get<R>(sinks)), ...);
    } else {
      constexpr bool all_buffered = (is_buffered<program, R, Sinks> && ...);
      if (all_buffered || (stands_apart<program, R>(std::get<R>(sinks), data...) && ...)) [[likely]]
        execute<program>(
            detail::pieces<likely_sink<program, R, Sinks>...>{{{std::get<R>(sinks)}}...}, sizes.at,
            memory, data...);
      else if constexpr (!all_buffered)
        way_round<program, std::integer_sequence<int, R...>, Sinks...>::run(
            std::get<R>(sinks)..., program::on_stack ? nullptr : sizes.at, memory, data...);
    }
  }
  (std::make_integer_sequence<int, program::graph.root_count>{});
}

}  // namespace slope::engine
