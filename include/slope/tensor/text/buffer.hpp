// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "slope/core/unoptimised_begin.ipp"

namespace slope::text {

/// Text that grows. std::string is a template, whose functions every program that prints a tensor
/// would compile anew.
class buffer {
 public:
  buffer() = default;
  buffer(buffer const&) = delete;
  buffer& operator=(buffer const&) = delete;
  ~buffer() { delete[] text_; }

  char const* data() const { return text_; }
  std::size_t size() const { return size_; }
  char back() const { return text_[size_ - 1]; }
  void pop_back() { --size_; }
  void clear() { size_ = 0; }

  void append(char c) {
    if (size_ == capacity_) grow();
    text_[size_++] = c;
  }
  void append(std::ptrdiff_t count, char c) {
    while (count-- > 0) append(c);
  }
  void append(char const* s, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) append(s[i]);
  }
  void append(char const* s) {
    while (*s != 0) append(*s++);
  }
  void append(buffer const& other) { append(other.text_, other.size_); }

  /// The characters of the last line, of what was written from `start` on.
  int column(std::size_t start) const {
    std::size_t first = size_;
    while (first > start && text_[first - 1] != '\n') --first;
    return static_cast<int>(size_ - first);
  }

 private:
  void grow() {
    capacity_ = 2 * capacity_ + 256;
    char* const larger = new char[capacity_];
    for (std::size_t i = 0; i < size_; ++i) larger[i] = text_[i];
    delete[] text_;
    text_ = larger;
  }

  char* text_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace slope::text

#include "slope/core/unoptimised_end.ipp"
