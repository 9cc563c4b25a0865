// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

// Decompression of deflate (RFC 1951), what numpy.savez_compressed writes. Ours, because a library
// of headers that needs zlib would ask every program for -lz.
namespace slope::npy::detail {

/// Decodes into a buffer of known size; anything that does not follow the format is `false`.
class inflater {
 public:
  inflater(std::vector<unsigned char> const& in, std::vector<unsigned char>& out)
      : in_(in), out_(out) {}

  /// True where the stream is right and fills the output exactly.
  bool run() {
    for (bool last = false; !last;) {
      last = take(1) != 0;
      unsigned const kind = take(2);
      bool const good = kind == 0 ? stored() : kind == 1 ? fixed() : kind == 2 && dynamic();
      if (!good || truncated_) return false;
    }
    return written_ == out_.size();
  }

 private:
  static constexpr int longest = 15;
  static constexpr int quick = 9;

  /// A canonical Huffman code: how many words of each length, and the symbols in order. Words of
  /// up to 9 bits are also looked up by the next 9 bits of the stream: symbol and length.
  struct code {
    std::uint16_t count[longest + 1]{};
    std::uint16_t symbol[288]{};
    std::uint16_t table[1 << quick]{};

    /// Lengths of `n` symbols; false where more words are used than there are. A code with unused
    /// words is right only if it has one word at most (RFC 1951, 3.2.7).
    bool build(std::uint8_t const* lengths, int n) {
      for (int i = 0; i < n; ++i) ++count[lengths[i]];
      int const used = n - count[0];
      count[0] = 0;
      int left = 1;
      for (int length = 1; length <= longest; ++length) {
        left = 2 * left - count[length];
        if (left < 0) return false;
      }
      unsigned place[longest + 2]{}, word[longest + 2]{};
      for (int length = 1; length <= longest; ++length) {
        place[length + 1] = place[length] + count[length];
        word[length + 1] = (word[length] + count[length]) << 1;
      }
      for (int i = 0; i < n; ++i) {
        int const length = lengths[i];
        if (length == 0) continue;
        symbol[place[length]++] = static_cast<std::uint16_t>(i);
        unsigned bits = word[length]++, reversed = 0;
        if (length > quick) continue;
        for (int k = 0; k < length; ++k, bits >>= 1) reversed = reversed << 1 | (bits & 1u);
        for (; reversed < 1u << quick; reversed += 1u << length) {
          table[reversed] = static_cast<std::uint16_t>(i << 4 | length);
        }
      }
      return left == 0 || used <= 1;
    }
  };

  void refill() {
    while (held_ <= 56 && at_ < in_.size()) {
      buffer_ |= std::uint64_t{in_[at_++]} << held_;
      held_ += 8;
    }
  }
  void drop(int bits) {
    buffer_ >>= bits;
    held_ -= bits;
  }

  unsigned take(int bits) {
    if (held_ < bits) refill();
    if (held_ < bits) {
      truncated_ = true;
      return 0;
    }
    auto const value = static_cast<unsigned>(buffer_ & ((1u << bits) - 1u));
    drop(bits);
    return value;
  }

  /// The next symbol; -1 for a word that the code does not have, and at the end of the input.
  int decode(code const& c) {
    if (held_ < longest) refill();
    unsigned const entry = c.table[buffer_ & ((1u << quick) - 1u)];
    if (int const length = static_cast<int>(entry & 15u); length != 0 && length <= held_) {
      drop(length);
      return static_cast<int>(entry >> 4);
    }
    int word = 0, first = 0, index = 0;
    for (int length = 1; length <= longest && length <= held_; ++length) {
      word |= static_cast<int>(buffer_ >> (length - 1) & 1u);
      int const n = c.count[length];
      if (word - n < first) {
        drop(length);
        return c.symbol[index + (word - first)];
      }
      index += n;
      first = (first + n) << 1;
      word <<= 1;
    }
    return -1;
  }

  bool stored() {
    drop(held_ & 7);
    unsigned const size = take(16), check = take(16);
    at_ -= static_cast<std::size_t>(held_ / 8);  // whole bytes that were read ahead
    buffer_ = 0;
    held_ = 0;
    if (truncated_ || size != (~check & 0xffffu) || in_.size() - at_ < size ||
        out_.size() - written_ < size) {
      return false;
    }
    for (unsigned i = 0; i < size; ++i) out_[written_++] = in_[at_++];
    return true;
  }

  bool fixed() {
    std::uint8_t lengths[288];
    for (int i = 0; i < 288; ++i) {
      lengths[i] = static_cast<std::uint8_t>(i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
    }
    code literals, distances;
    bool const built = literals.build(lengths, 288);
    for (int i = 0; i < 32; ++i) lengths[i] = 5;
    return built && distances.build(lengths, 32) && block(literals, distances);
  }

  bool dynamic() {
    static constexpr std::uint8_t order[19] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                               11, 4,  12, 3, 13, 2, 14, 1, 15};
    int const literal_count = static_cast<int>(take(5)) + 257;
    int const distance_count = static_cast<int>(take(5)) + 1;
    int const length_count = static_cast<int>(take(4)) + 4;
    if (literal_count > 286 || distance_count > 30) return false;
    std::uint8_t lengths[320]{};
    for (int i = 0; i < length_count; ++i) lengths[order[i]] = static_cast<std::uint8_t>(take(3));
    code of_lengths;
    if (!of_lengths.build(lengths, 19)) return false;
    for (auto& l : lengths) l = 0;
    int const total = literal_count + distance_count;
    for (int i = 0; i < total;) {
      int const symbol = decode(of_lengths);
      if (symbol < 0 || (symbol == 16 && i == 0)) return false;
      int repeat = 1;
      std::uint8_t length = 0;
      if (symbol < 16) length = static_cast<std::uint8_t>(symbol);
      else if (symbol == 16) length = lengths[i - 1];
      if (symbol == 16) repeat = 3 + static_cast<int>(take(2));
      else if (symbol == 17) repeat = 3 + static_cast<int>(take(3));
      else if (symbol == 18) repeat = 11 + static_cast<int>(take(7));
      if (repeat > total - i) return false;
      while (repeat-- > 0) lengths[i++] = length;
    }
    code literals, distances;
    return lengths[256] != 0 && literals.build(lengths, literal_count) &&
           distances.build(lengths + literal_count, distance_count) && block(literals, distances);
  }

  bool block(code const& literals, code const& distances) {
    static constexpr std::uint16_t length_base[29] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                                      15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                                      67, 83, 99, 115, 131, 163, 195, 227, 258};
    static constexpr std::uint8_t length_bits[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                     2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    static constexpr std::uint16_t distance_base[30] = {
        1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
        193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
    while (!truncated_) {
      int const symbol = decode(literals);
      if (symbol == 256) return true;
      if (symbol < 0 || symbol > 285) return false;
      if (symbol < 256) {
        if (written_ == out_.size()) return false;
        out_[written_++] = static_cast<unsigned char>(symbol);
        continue;
      }
      std::size_t const length =
          length_base[symbol - 257] + std::size_t{take(length_bits[symbol - 257])};
      int const far = decode(distances);
      if (far < 0 || far > 29) return false;
      std::size_t const distance =
          distance_base[far] + std::size_t{take(far < 4 ? 0 : far / 2 - 1)};
      if (distance > written_ || length > out_.size() - written_) return false;
      for (std::size_t i = 0; i < length; ++i, ++written_)
        out_[written_] = out_[written_ - distance];
    }
    return false;
  }

  std::vector<unsigned char> const& in_;
  std::vector<unsigned char>& out_;
  std::size_t at_ = 0, written_ = 0;
  std::uint64_t buffer_ = 0;
  int held_ = 0;
  bool truncated_ = false;
};

}  // namespace slope::npy::detail
