// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <new>
#include <stdexcept>
#include <type_traits>

#include "slope/core/error.hpp"

namespace slope {
namespace detail {

/// A contiguous range of bytes that may be written.
template <class R>
concept bytes_to_write = requires(R& r) {
  requires sizeof(*r.data()) == 1;
  requires !std::is_const_v<std::remove_pointer_t<decltype(r.data())>>;
  r.size();
};

}  // namespace detail

/// Memory for intermediate values, kept from one evaluation to the next. It grows as needed, or is
/// a span of the caller's bytes and never grows. Not for two evaluations at the same time.
class workspace {
 public:
  workspace() = default;
  /// Uses these bytes and no others; they are the caller's: a std::span of bytes, an array ...
  /// (<span> itself is not included, which would cost every program 30 ms to compile.)
  template <detail::bytes_to_write Bytes>
  explicit workspace(Bytes&& bytes)
      : memory_(reinterpret_cast<std::byte*>(bytes.data())), size_(bytes.size()), fixed_(true) {}
  workspace(workspace&& other) noexcept { swap(other); }
  workspace& operator=(workspace&& other) noexcept {
    workspace(static_cast<workspace&&>(other)).swap(*this);
    return *this;
  }
  ~workspace() {
    if (!fixed_ && memory_ != nullptr) ::operator delete (memory_, std::align_val_t{alignment});
  }

  /// At least `bytes` bytes, aligned to 64; what was there before is lost.
  /// std::length_error: the caller's span is too small.
  std::byte* acquire(std::size_t bytes) {
    std::size_t const lost =
        fixed_ ? (alignment - reinterpret_cast<std::size_t>(memory_) % alignment) % alignment : 0;
    if (bytes + lost <= size_) return memory_ + lost;
    if (fixed_) detail::raise<std::length_error>("workspace: the span of bytes is too small");
    std::size_t const wanted = bytes + bytes / 2;
    auto* const block =
        static_cast<std::byte*>(::operator new (wanted, std::align_val_t{alignment}));
    if (memory_ != nullptr) ::operator delete (memory_, std::align_val_t{alignment});
    memory_ = block;
    size_ = wanted;
    return block;
  }
  /// Bytes it holds now.
  std::size_t size() const noexcept { return size_; }

 private:
  static constexpr std::size_t alignment = 64;
  void swap(workspace& other) noexcept {
    std::byte* const memory = memory_;
    std::size_t const size = size_;
    bool const fixed = fixed_;
    memory_ = other.memory_;
    size_ = other.size_;
    fixed_ = other.fixed_;
    other.memory_ = memory;
    other.size_ = size;
    other.fixed_ = fixed;
  }

  std::byte* memory_ = nullptr;
  std::size_t size_ = 0;
  bool fixed_ = false;
};

namespace engine {

/// The workspace of an evaluation that was given none.
inline workspace& thread_workspace() {
  thread_local workspace shared;
  return shared;
}

}  // namespace engine
}  // namespace slope
