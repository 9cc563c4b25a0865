// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "slope/interop/npy/data.hpp"
#include "slope/interop/npy/zip.hpp"
#include "slope/tensor/tensor.hpp"

// NumPy's files. Whatever is wrong with one, or with the disk, is a npy::format_error whose text
// names the file, the byte where it showed, and what was expected there. Sizes are compared with
// the file before anything is allocated.
namespace slope {
namespace npy {
namespace detail {

template <class T, auto... Extents>
tensor<T, Extents...> read_tensor(input const& in) {
  header const h = read_header(in);
  check_type(in, h, dtype_of<T>);
  std::array<int, sizeof...(Extents)> extents{};
  check_shape(in, h, shape_info_of<Extents...>(), extents.data());
  tensor<T, Extents...> result(slope::detail::uninitialized, extents);
  read_elements(in, h, dtype_of<T>, result.data());
  return result;
}

template <tensor_like T>
source source_of(T const& t) {
  source s{t.data(), dtype_of<typename T::value_type>, t.rank(), {}, {}};
  for (int k = 0; k < s.rank; ++k) {
    s.extents[k] = t.extent(k);
    s.strides[k] = t.stride(k);
  }
  return s;
}

}  // namespace detail

/// Reads a .npy file: `npy::load<float, dynamic, 784>("x.npy")`.
///
/// Formats 1.0 to 3.0, either byte order, C or Fortran order. The extents are those of a tensor:
/// `dynamic` and `dim<"n">` take any size. Elements are widened where every value is kept (int16 or
/// float16 to float; any integer to int64; 64-bit integers to double, and uint64 to int64, while
/// the values fit); float64 is not read as float, nor int64 as int.
/// format_error: the file is damaged, or holds another shape or type.
template <element T, auto... Extents>
[[nodiscard]] tensor<T, Extents...> load(std::string const& path) {
  return detail::read_tensor<T, Extents...>(detail::input(path));
}

/// Writes a tensor or a view, the bytes that numpy.save writes for it. The file appears whole or
/// not at all: until it is complete, what was at the path stays.
/// format_error: it cannot be written.
template <tensor_like T>
void save(std::string const& path, T const& t) {
  detail::save(path, detail::source_of(t));
}

}  // namespace npy

/// An .npz file, opened for reading: named arrays in a ZIP file, stored or deflated.
/// ```
/// npz file("model.npz");
/// auto w = file.load<float, 784, 10>("w");
/// ```
/// All errors are npy::format_error, that of a name that is not there too.
class npz {
 public:
  class writer;

  explicit npz(std::string const& path)
      : file_(path), members_(npy::detail::read_directory(file_)) {
    constexpr std::size_t suffix = 4;
    for (auto& m : members_) {
      if (m.name.size() >= suffix && m.name.compare(m.name.size() - suffix, suffix, ".npy") == 0) {
        m.name.resize(m.name.size() - suffix);
      }
    }
  }

  /// The names of the arrays, in the order of the file.
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (auto const& m : members_) result.push_back(m.name);
    return result;
  }
  std::size_t size() const { return members_.size(); }
  bool contains(std::string const& name) const { return find(name) != nullptr; }

  /// One array, as npy::load reads a file; its checksum is compared.
  template <element T, auto... Extents>
  [[nodiscard]] tensor<T, Extents...> load(std::string const& name) const {
    npy::detail::zip_member const* const m = find(name);
    if (m == nullptr) {
      npy::detail::fail(file_.name(), "expected an array " + npy::detail::quoted(name) +
                                          ", found " + std::to_string(size()) + " others");
    }
    return npy::detail::read_tensor<T, Extents...>(npy::detail::read_member(file_, *m));
  }

  /// Writes all at once: `npz::save("model.npz", "w", w, "b", b)`.
  template <class... NamesAndTensors>
  static void save(std::string const& path, NamesAndTensors const&... rest);

 private:
  /// The last of a name, as in Python: a ZIP file may hold several.
  npy::detail::zip_member const* find(std::string const& name) const {
    npy::detail::zip_member const* found = nullptr;
    for (auto const& m : members_) {
      if (m.name == name) found = &m;
    }
    return found;
  }

  npy::detail::input file_;
  std::vector<npy::detail::zip_member> members_;
};

/// Writes an .npz file, its members stored. Nothing is at the path before `close()` returns, and
/// without that call nothing will be.
class npz::writer {
 public:
  explicit writer(std::string const& path) : zip_(path) {}

  /// Adds an array; a view may go once this returns. format_error: the name is taken, the disk is
  /// full, or the file would pass 4 GiB.
  template <tensor_like T>
  void write(std::string const& name, T const& t) {
    write(name, npy::detail::source_of(t));
  }
  void close() { zip_.close(); }

 private:
  void write(std::string const& name, npy::detail::source const& s) {
    for (auto const& taken : names_) {
      if (taken == name) {
        npy::detail::fail(zip_.name(), "the name " + npy::detail::quoted(name) + " is taken");
      }
    }
    names_.push_back(name);
    std::string const header = npy::detail::make_header(s.type, s.rank, s.extents);
    std::uint32_t crc = npy::detail::crc32(header.data(), header.size());
    npy::detail::write_elements(s, [&](void const* bytes, std::size_t count) {
      crc = npy::detail::crc32(bytes, count, crc);
    });
    std::uint64_t const size = header.size() + s.count() * size_of(s.type);
    zip_.add(name + ".npy", size, crc, [&](npy::detail::output& out) {
      out.write(header);
      npy::detail::write_elements(
          s, [&](void const* bytes, std::size_t count) { out.write(bytes, count); });
    });
  }

  npy::detail::zip_writer zip_;
  std::vector<std::string> names_;
};

namespace npy::detail {

inline void write_pairs(npz::writer&) {}
template <class T, class... Rest>
void write_pairs(npz::writer& out, std::string const& name, T const& t, Rest const&... rest) {
  out.write(name, t);
  write_pairs(out, rest...);
}

}  // namespace npy::detail

template <class... NamesAndTensors>
void npz::save(std::string const& path, NamesAndTensors const&... rest) {
  static_assert(sizeof...(rest) % 2 == 0, "slope: npz::save takes names and tensors in turn");
  writer out(path);
  npy::detail::write_pairs(out, rest...);
  out.close();
}

}  // namespace slope
