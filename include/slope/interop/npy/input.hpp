// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "slope/interop/npy/error.hpp"

namespace slope::npy::detail {

/// Bytes of known number to read from: a file, or a member of an archive held in memory. Whoever
/// allocates asks `size()` first: a header may claim anything.
class input {
 public:
  explicit input(std::string path) : name_(std::move(path)) {
    file_ = std::fopen(name_.c_str(), "rb");
    if (file_ == nullptr) fail(name_, "cannot be opened");
    long const end = std::fseek(file_, 0, SEEK_END) == 0 ? std::ftell(file_) : -1;
    if (end < 0) {
      std::fclose(file_);
      fail(name_, "expected a file of known size");
    }
    size_ = static_cast<std::uint64_t>(end);
  }
  input(std::string name, std::vector<unsigned char> bytes)
      : name_(std::move(name)), bytes_(std::move(bytes)), size_(bytes_.size()) {}
  input(input&& other) noexcept
      : name_(std::move(other.name_)),
        bytes_(std::move(other.bytes_)),
        size_(other.size_),
        file_(std::exchange(other.file_, nullptr)) {}
  input& operator=(input&&) = delete;
  ~input() {
    if (file_ != nullptr) std::fclose(file_);
  }

  std::string const& name() const { return name_; }
  std::uint64_t size() const { return size_; }

  /// Reads `count` bytes at an offset; fewer are an error, told with what they were to be.
  void read(std::uint64_t at, void* out, std::size_t count, char const* what) const {
    if (at > size_ || size_ - at < count) {
      fail(name_, at,
           "expected " + std::to_string(count) + " bytes of " + what + ", found " +
               std::to_string(at > size_ ? 0 : size_ - at));
    }
    if (count == 0) return;
    if (file_ == nullptr) {
      std::memcpy(out, bytes_.data() + at, count);
    } else if (std::fseek(file_, static_cast<long>(at), SEEK_SET) != 0 ||
               std::fread(out, 1, count, file_) != count) {
      fail(name_, at, std::string("expected ") + what + ", but reading failed");
    }
  }

 private:
  std::string name_;
  std::vector<unsigned char> bytes_;
  std::uint64_t size_ = 0;
  std::FILE* file_ = nullptr;
};

/// A little-endian number of `count` bytes.
inline std::uint64_t little_endian(unsigned char const* bytes, int count) {
  std::uint64_t value = 0;
  for (int i = count - 1; i >= 0; --i) value = value << 8 | bytes[i];
  return value;
}

}  // namespace slope::npy::detail
