// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "slope/interop/npy/error.hpp"
#include "slope/interop/npy/input.hpp"
#include "slope/interop/npy/scalar.hpp"

// The .npy format: "\x93NUMPY", two bytes of version, the length of the header (2 bytes in version
// 1, 4 in 2 and 3, little-endian), the header, the elements. The header is a Python dictionary of
// three keys; only what NumPy writes for arrays of numbers is read, so nothing nests.
namespace slope::npy::detail {

inline constexpr int longest_rank = 32;  // NumPy's
inline constexpr std::uint64_t longest_header = 65536;

/// What a header says, checked against the size of the file.
struct header {
  scalar_layout layout;
  bool fortran_order = false;
  int rank = 0;
  std::int64_t extents[longest_rank]{};
  std::uint64_t count = 0;
  std::uint64_t data = 0;      // offsets in the file: the first element,
  std::uint64_t descr_at = 0;  // and the words to point at in messages
  std::uint64_t shape_at = 0;
  std::string descr;
};

class header_parser {
 public:
  header_parser(std::string const& file, std::uint64_t offset, std::string_view text)
      : file_(file), offset_(offset), text_(text) {}

  header parse() {
    header h;
    bool has_descr = false, has_order = false, has_shape = false;
    skip_spaces();
    expect('{', "a dictionary");
    for (skip_spaces(); !accept('}'); skip_spaces()) {
      std::size_t const key_at = at_;
      std::string const key = read_string("a key");
      bool& seen = key == "descr"           ? has_descr
                   : key == "fortran_order" ? has_order
                   : key == "shape"
                       ? has_shape
                       : (stop("the key 'descr', 'fortran_order' or 'shape'", key_at), has_shape);
      if (seen) stop("the key '" + key + "' once", key_at);
      seen = true;
      skip_spaces();
      expect(':', "a colon");
      skip_spaces();
      if (&seen == &has_descr) read_descr(h);
      else if (&seen == &has_order) h.fortran_order = read_truth();
      else read_shape(h);
      skip_spaces();
      if (accept(',')) continue;
      expect('}', "a comma or a closing brace");
      break;
    }
    skip_spaces();
    if (at_ != text_.size()) stop("the end of the header");
    if (!has_descr) stop("the key 'descr'", 0);
    if (!has_order) stop("the key 'fortran_order'", 0);
    if (!has_shape) stop("the key 'shape'", 0);
    return h;
  }

 private:
  [[noreturn]] void stop(std::string const& expected, std::size_t at) const {
    std::string const found = at < text_.size() ? quoted(text_.substr(at)) : "the header's end";
    fail(file_, offset_ + at, "expected " + expected + ", found " + found);
  }
  [[noreturn]] void stop(std::string const& expected) const { stop(expected, at_); }

  bool accept(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void expect(char c, char const* what) {
    if (!accept(c)) stop(what);
  }
  void skip_spaces() {
    while (accept(' ') || accept('\n') || accept('\t') || accept('\r')) {
    }
  }
  bool accept_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  std::string read_string(char const* what) {
    char const quote = at_ < text_.size() ? text_[at_] : ' ';
    if (quote != '\'' && quote != '"') stop(std::string(what) + " in quotes");
    std::size_t const end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) stop("a closing quote");
    std::string const value(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return value;
  }
  bool read_truth() {
    if (accept_word("True")) return true;
    if (!accept_word("False")) stop("True or False");
    return false;
  }
  void read_descr(header& h) {
    h.descr_at = offset_ + at_;
    if (at_ < text_.size() && text_[at_] == '[') stop("numbers, not a structured dtype");
    h.descr = read_string("a dtype");
    h.layout = parse_scalar(h.descr);
    if (h.layout.type != scalar::none) return;
    fail(file_, h.descr_at,
         (h.descr.find('O') != std::string::npos ? "expected numbers, not Python objects, found "
                                                 : "expected bool, integers or floats, found ") +
             quoted(h.descr));
  }
  void read_shape(header& h) {
    h.shape_at = offset_ + at_;
    expect('(', "a shape in parentheses");
    bool comma = true;
    for (skip_spaces(); !accept(')'); skip_spaces()) {
      if (!comma) stop("a comma");
      if (h.rank == longest_rank) stop("at most 32 axes");
      h.extents[h.rank++] = read_extent();
      skip_spaces();
      comma = accept(',');
    }
    // (3) is a number in Python, (3,) a tuple.
    if (h.rank == 1 && !comma) stop("a comma in a shape of one axis", at_ - 1);
  }
  std::int64_t read_extent() {
    std::size_t const start = at_;
    std::int64_t value = 0;
    for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      if (value > (INT64_MAX - 9) / 10) stop("an extent that fits 63 bits", start);
      value = 10 * value + (text_[at_] - '0');
    }
    if (at_ == start) stop("an extent");
    if (text_[start] == '0' && at_ - start > 1) stop("an extent without leading zeros", start);
    accept('L');  // Python 2 wrote long integers so
    return value;
  }

  std::string const& file_;
  std::uint64_t offset_;
  std::string_view text_;
  std::size_t at_ = 0;
};

/// The shape as in the messages of the library: (2,3).
inline std::string shape_text(int rank, std::int64_t const* extents) {
  std::string out = "(";
  for (int k = 0; k < rank; ++k) {
    if (k > 0) out += ',';
    out += extents[k] < 0 ? std::string("?") : std::to_string(extents[k]);
  }
  return out + ")";
}

/// The number of elements, against the bytes that there are.
inline void check_size(input const& in, header& h) {
  std::uint64_t count = 1;
  bool overflow = false, empty = false;
  for (int k = 0; k < h.rank; ++k) {
    auto const extent = static_cast<std::uint64_t>(h.extents[k]);
    empty |= extent == 0;
    overflow |= __builtin_mul_overflow(count, extent, &count);
  }
  h.count = empty ? 0 : count;
  std::uint64_t const there = in.size() - h.data;
  auto const each = static_cast<std::uint64_t>(size_of(h.layout.type));
  if (!empty && (overflow || count > there / each)) {
    fail(in.name(), h.data,
         "expected " + (overflow ? "the" : std::to_string(count)) + " elements of shape " +
             shape_text(h.rank, h.extents) + " and " + std::to_string(each) +
             " bytes each, found " + std::to_string(there) + " bytes");
  }
}

/// Reads and checks a header; bytes after the elements do not matter, as for NumPy.
inline header read_header(input const& in) {
  unsigned char start[12]{};
  in.read(0, start, 8, "\"\\x93NUMPY\" and a version");
  if (std::string_view(reinterpret_cast<char const*>(start), 6) != "\x93NUMPY") {
    fail(in.name(), 0, "expected the six bytes \"\\x93NUMPY\"");
  }
  int const version = start[6];
  if (version < 1 || version > 3 || start[7] != 0) {
    fail(in.name(), 6,
         "expected version 1.0, 2.0 or 3.0, found " + std::to_string(version) + "." +
             std::to_string(start[7]));
  }
  int const width = version == 1 ? 2 : 4;
  in.read(8, start + 8, static_cast<std::size_t>(width), "header length");
  std::uint64_t const length = little_endian(start + 8, width);
  std::uint64_t const offset = 8 + static_cast<std::uint64_t>(width);
  if (length > longest_header) {
    fail(in.name(), 8,
         "expected a header of at most " + std::to_string(longest_header) + " bytes, found " +
             std::to_string(length));
  }
  std::string text(static_cast<std::size_t>(length), ' ');
  in.read(offset, text.data(), text.size(), "header");
  header h = header_parser(in.name(), offset, text).parse();
  h.data = offset + length;
  check_size(in, h);
  return h;
}

/// The bytes that numpy.save writes before the elements: version 1.0, the data at a multiple of
/// 64, and room for the first extent to grow to 21 digits.
inline std::string make_header(dtype type, int rank, int const* extents) {
  std::string text = "{'descr': '";
  text += type_string(type);
  text += "', 'fortran_order': False, 'shape': (";
  for (int k = 0; k < rank; ++k) {
    if (k > 0) text += ", ";
    text += std::to_string(extents[k]);
  }
  text += rank == 1 ? ",), }" : "), }";
  if (rank > 0) text.append(21 - std::to_string(extents[0]).size(), ' ');
  text.append(64 - (10 + text.size() + 1) % 64, ' ');
  text += '\n';
  std::string out("\x93NUMPY\x01\x00", 8);
  out += static_cast<char>(text.size() & 255);
  out += static_cast<char>(text.size() >> 8);
  return out + text;
}

}  // namespace slope::npy::detail
