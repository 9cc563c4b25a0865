// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "slope/core/extents.hpp"
#include "slope/interop/npy/header.hpp"
#include "slope/interop/npy/output.hpp"

// Elements between files and memory. Types and shapes are values here, so that this is compiled
// once and not for each tensor type.
namespace slope::npy::detail {

/// The extents of a file as those of a tensor; `wanted` has a negative number where any size does.
/// Axes of one name must be of one size.
inline void check_shape(input const& in, header const& h, shape_info const& wanted, int* extents) {
  bool good = h.rank == wanted.rank;
  for (int k = 0; good && k < h.rank; ++k) {
    good = wanted.extents[k].size < 0 || wanted.extents[k].size == h.extents[k];
    for (int j = 0; j < k; ++j) {
      extent const& e = wanted.extents[k];
      if (!e.has_name() || !slope::detail::same_text(e.name, wanted.extents[j].name)) continue;
      good &= h.extents[j] == h.extents[k];
    }
  }
  if (!good) {
    std::string expected = "(";
    for (int k = 0; k < wanted.rank; ++k) {
      extent const& e = wanted.extents[k];
      if (k > 0) expected += ',';
      expected += e.size >= 0 ? std::to_string(e.size) : e.has_name() ? e.name : "?";
    }
    fail(in.name(), h.shape_at,
         "expected shape " + expected + "), found " + shape_text(h.rank, h.extents));
  }
  for (int k = 0; k < h.rank; ++k) {
    if (h.extents[k] > std::numeric_limits<int>::max()) {
      fail(in.name(), h.shape_at,
           "expected extents below 2^31, found " + shape_text(h.rank, h.extents));
    }
    extents[k] = static_cast<int>(h.extents[k]);
  }
}

inline void check_type(input const& in, header const& h, dtype wanted) {
  if (loads_as(h.layout.type, wanted)) return;
  fail(in.name(), h.descr_at,
       std::string("expected a dtype whose every value is a ") + dtype_name(wanted) + ", found " +
           quoted(h.descr));
}

/// Reads the elements of a file, in its order and type, to row-major memory of another type.
inline void read_elements(input const& in, header const& h, dtype to, void* out) {
  bool const ordered = !h.fortran_order || h.rank < 2;
  auto const each = static_cast<std::size_t>(size_of(h.layout.type));
  if (ordered && !h.layout.swapped && same_representation(h.layout.type, to)) {
    return in.read(h.data, out, static_cast<std::size_t>(h.count) * each, "elements");
  }
  // The odometer turns in the order of the file, `at` is the place in memory.
  std::int64_t index[longest_rank]{};
  std::size_t strides[longest_rank]{};
  std::size_t step = 1;
  for (int k = h.rank - 1; k >= 0; --k) {
    strides[k] = step;
    step *= static_cast<std::size_t>(h.extents[k]);
  }
  constexpr std::size_t buffer_size = 1 << 15;
  std::vector<unsigned char> buffer(buffer_size);
  std::size_t at = 0;
  for (std::uint64_t done = 0; done < h.count;) {
    std::uint64_t const left = h.count - done;
    std::size_t const n =
        left < buffer_size / each ? static_cast<std::size_t>(left) : buffer_size / each;
    std::uint64_t const offset = h.data + done * each;
    in.read(offset, buffer.data(), n * each, "elements");
    for (std::size_t i = 0; i < n; ++i) {
      unsigned char* const bytes = buffer.data() + i * each;
      for (std::size_t a = 0, b = each - 1; h.layout.swapped && a < b; ++a, --b) {
        unsigned char const t = bytes[a];
        bytes[a] = bytes[b];
        bytes[b] = t;
      }
      if (!encode(decode(bytes, h.layout.type), to, out, at)) {
        fail(in.name(), offset + i * each,
             std::string("expected a value that is a ") + dtype_name(to) + " without rounding");
      }
      if (ordered) {
        ++at;
        continue;
      }
      for (int k = 0; k < h.rank; ++k) {
        at += strides[k];
        if (++index[k] < h.extents[k]) break;
        at -= strides[k] * static_cast<std::size_t>(h.extents[k]);
        index[k] = 0;
      }
    }
    done += n;
  }
}

/// A borrowed array to write; strides count elements.
struct source {
  void const* data = nullptr;
  dtype type = dtype::float32;
  int rank = 0;
  int extents[max_rank]{};
  std::ptrdiff_t strides[max_rank]{};

  std::size_t count() const {
    std::size_t n = 1;
    for (int k = 0; k < rank; ++k) n *= static_cast<std::size_t>(extents[k]);
    return n;
  }
};

/// Hands the elements to `write(bytes, count)`, row-major.
template <class Write>
void write_elements(source const& s, Write&& write) {
  std::size_t const each = slope::size_of(s.type);
  auto const* const bytes = static_cast<unsigned char const*>(s.data);
  std::ptrdiff_t step = 1;
  bool packed = true;
  for (int k = s.rank - 1; k >= 0; --k) {
    packed &= s.strides[k] == step || s.extents[k] == 1;
    step *= s.extents[k];
  }
  if (packed) return write(bytes, s.count() * each);
  std::vector<unsigned char> buffer;
  int index[max_rank]{};
  std::ptrdiff_t at = 0;
  for (std::size_t left = s.count(); left > 0; --left) {
    unsigned char const* const element = bytes + at * static_cast<std::ptrdiff_t>(each);
    buffer.insert(buffer.end(), element, element + each);
    if (buffer.size() >= 1 << 15 || left == 1) {
      write(buffer.data(), buffer.size());
      buffer.clear();
    }
    for (int k = s.rank - 1; k >= 0; --k) {
      at += s.strides[k];
      if (++index[k] < s.extents[k]) break;
      at -= s.strides[k] * s.extents[k];
      index[k] = 0;
    }
  }
}

inline void save(std::string const& path, source const& s) {
  output out(path);
  out.write(make_header(s.type, s.rank, s.extents));
  write_elements(s, [&](void const* bytes, std::size_t count) { out.write(bytes, count); });
  out.commit();
}

}  // namespace slope::npy::detail
