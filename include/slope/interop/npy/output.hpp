// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>

#include "slope/interop/npy/error.hpp"

namespace slope::npy::detail {

/// A file that appears whole or not at all: written under a temporary name in the same folder and
/// renamed by `commit()`. Without that call, because of an error say, what was at the path stays.
class output {
 public:
  explicit output(std::string path) : path_(std::move(path)) {
    // "x": never over a file that exists, so two programs cannot write to one temporary file.
    for (int attempt = 0; file_ == nullptr && attempt < 100; ++attempt) {
      temporary_ = path_ + "." + std::to_string(attempt) + ".part";
      file_ = std::fopen(temporary_.c_str(), "wbx");
    }
    if (file_ == nullptr) fail(path_, "cannot be created");
  }
  output(output const&) = delete;
  output& operator=(output const&) = delete;
  ~output() {
    if (file_ == nullptr) return;
    std::fclose(file_);
    std::remove(temporary_.c_str());
  }

  std::string const& name() const { return path_; }
  std::uint64_t size() const { return size_; }

  void write(void const* bytes, std::size_t count) {
    if (count != 0 && std::fwrite(bytes, 1, count, file_) != count) {
      fail(path_, size_, "writing failed");
    }
    size_ += count;
  }
  void write(std::string const& bytes) { write(bytes.data(), bytes.size()); }

  void commit() {
    bool const written = std::fflush(file_) == 0;
    bool const closed = std::fclose(std::exchange(file_, nullptr)) == 0;
    if (written && closed && std::rename(temporary_.c_str(), path_.c_str()) == 0) return;
    std::remove(temporary_.c_str());
    fail(path_, size_, "writing failed");
  }

 private:
  std::string path_, temporary_;
  std::FILE* file_ = nullptr;
  std::uint64_t size_ = 0;
};

}  // namespace slope::npy::detail
