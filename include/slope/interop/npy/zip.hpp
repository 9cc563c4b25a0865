// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "slope/interop/npy/inflate.hpp"
#include "slope/interop/npy/input.hpp"
#include "slope/interop/npy/output.hpp"

// The part of the ZIP format (PKWARE's APPNOTE 6.3) that .npz files use: members stored or
// deflated, 64-bit sizes, one disk, no encryption. All numbers are little-endian.
namespace slope::npy::detail {

/// CRC-32 of ZIP: reflected polynomial 0xEDB88320, continued from an earlier value.
inline std::uint32_t crc32(void const* bytes, std::size_t count, std::uint32_t earlier = 0) {
  struct table {
    std::uint32_t entries[256]{};
    constexpr table() {
      for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t c = i;
        for (int k = 0; k < 8; ++k) c = (c & 1u) != 0 ? 0xedb88320u ^ (c >> 1) : c >> 1;
        entries[i] = c;
      }
    }
  };
  static constexpr table t;
  std::uint32_t c = ~earlier;
  auto const* const p = static_cast<unsigned char const*>(bytes);
  for (std::size_t i = 0; i < count; ++i) c = t.entries[(c ^ p[i]) & 255u] ^ (c >> 8);
  return ~c;
}

struct zip_member {
  std::string name;
  int method = 0;  // 0 stored, 8 deflated
  std::uint32_t crc = 0;
  std::uint64_t packed = 0;  // bytes in the file
  std::uint64_t size = 0;    // bytes of the member
  std::uint64_t header = 0;  // offset of the local header
  std::uint64_t entry = 0;   // offset of the entry in the directory
};

inline constexpr std::uint32_t local_signature = 0x04034b50;
inline constexpr std::uint32_t entry_signature = 0x02014b50;
inline constexpr std::uint32_t end_signature = 0x06054b50;
inline constexpr std::uint32_t end64_signature = 0x06064b50;
inline constexpr std::uint32_t locator64_signature = 0x07064b50;
inline constexpr std::uint64_t in_extra = 0xffffffff;  // a 32-bit field whose value is elsewhere

/// The directory of a ZIP file: where it is, and where the archive begins in the file.
struct zip_directory {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t start = 0;
};

inline zip_directory find_directory(input const& in) {
  // The end record is followed by a comment that it gives the length of, at most 64 KiB.
  constexpr std::uint64_t end_size = 22, locator_size = 20, end64_size = 56;
  std::uint64_t const span = in.size() < end_size + 65535 ? in.size() : end_size + 65535;
  std::vector<unsigned char> tail(static_cast<std::size_t>(span));
  std::uint64_t const tail_at = in.size() - span;
  in.read(tail_at, tail.data(), tail.size(), "a ZIP file");
  for (std::size_t i = tail.size() < end_size ? 0 : tail.size() - end_size + 1; i-- > 0;) {
    unsigned char const* const p = tail.data() + i;
    if (little_endian(p, 4) != end_signature ||
        little_endian(p + 20, 2) != tail.size() - i - end_size) {
      continue;
    }
    std::uint64_t end = tail_at + i;
    zip_directory d{little_endian(p + 16, 4), little_endian(p + 12, 4), 0};
    // A ZIP64 record and its locator may stand before the end record and overrule it. The record
    // is looked for by place: its offset would be wrong where something precedes the archive.
    if (end >= end64_size + locator_size) {
      unsigned char record[end64_size + locator_size];
      std::uint64_t const at = end - sizeof record;
      in.read(at, record, sizeof record, "a ZIP64 end record");
      if (little_endian(record + end64_size, 4) == locator64_signature) {
        if (little_endian(record, 4) != end64_signature) {
          fail(in.name(), at, "expected a ZIP64 end record");
        }
        d.size = little_endian(record + 40, 8);
        d.offset = little_endian(record + 48, 8);
        end = at;
      }
    }
    if (d.size > end || d.offset > end - d.size) {
      fail(in.name(), tail_at + i, "expected the directory of the ZIP file before its end record");
    }
    d.start = end - d.size - d.offset;  // what stands before the archive
    return d;
  }
  fail(in.name(), tail_at, "expected the end record of a ZIP file (is the file cut short?)");
}

/// 64-bit values from the ZIP64 extra field, for each 32-bit one that refers to it, in this order.
inline bool read_zip64(unsigned char const* extra, std::size_t length, zip_member& m) {
  std::uint64_t* const wanted[] = {&m.size, &m.packed, &m.header};
  while (length >= 4) {
    std::size_t const size = static_cast<std::size_t>(little_endian(extra + 2, 2));
    if (size > length - 4) return false;
    if (little_endian(extra, 2) == 1) {
      std::size_t at = 0;
      for (std::uint64_t* value : wanted) {
        if (*value != in_extra) continue;
        if (size - at < 8) return false;
        *value = little_endian(extra + 4 + at, 8);
        at += 8;
      }
      return true;
    }
    extra += 4 + size;
    length -= 4 + size;
  }
  return m.size != in_extra && m.packed != in_extra && m.header != in_extra;
}

inline std::vector<zip_member> read_directory(input const& in) {
  zip_directory const d = find_directory(in);
  std::uint64_t const first = d.start + d.offset;
  std::vector<unsigned char> bytes(static_cast<std::size_t>(d.size));  // no more than the file
  in.read(first, bytes.data(), bytes.size(), "ZIP directory");
  std::vector<zip_member> members;
  constexpr std::size_t fixed = 46;
  for (std::size_t at = 0; at < bytes.size();) {
    unsigned char const* const p = bytes.data() + at;
    std::size_t const left = bytes.size() - at;
    if (left < fixed || little_endian(p, 4) != entry_signature) {
      fail(in.name(), first + at, "expected an entry of the ZIP directory");
    }
    auto const name = static_cast<std::size_t>(little_endian(p + 28, 2));
    auto const extra = static_cast<std::size_t>(little_endian(p + 30, 2));
    auto const comment = static_cast<std::size_t>(little_endian(p + 32, 2));
    zip_member m;
    m.entry = first + at;
    m.method = static_cast<int>(little_endian(p + 10, 2));
    m.crc = static_cast<std::uint32_t>(little_endian(p + 16, 4));
    m.packed = little_endian(p + 20, 4);
    m.size = little_endian(p + 24, 4);
    m.header = little_endian(p + 42, 4);
    if (left - fixed < name + extra + comment || !read_zip64(p + fixed + name, extra, m) ||
        m.header > in.size() - d.start) {
      fail(in.name(), m.entry, "expected an entry of the ZIP directory");
    }
    m.header += d.start;
    m.name.assign(reinterpret_cast<char const*>(p + fixed), name);
    if ((p[8] & 1) != 0) fail(in.name(), m.entry, quoted(m.name) + " is encrypted");
    members.push_back(std::move(m));
    at += fixed + name + extra + comment;
  }
  return members;
}

/// The bytes of a member, decompressed and checked.
inline input read_member(input const& in, zip_member const& m) {
  unsigned char local[30];
  in.read(m.header, local, sizeof local, "a local ZIP header");
  if (little_endian(local, 4) != local_signature) {
    fail(in.name(), m.header, "expected a local ZIP header");
  }
  std::uint64_t const data =
      m.header + sizeof local + little_endian(local + 26, 2) + little_endian(local + 28, 2);
  // Compared before anything is allocated: deflate shrinks by no more than a factor of 1032.
  bool const fits = data <= in.size() && m.packed <= in.size() - data;
  if (!fits || (m.method == 0 && m.packed != m.size) || m.size / 1032 > m.packed) {
    fail(in.name(), m.entry,
         "expected " + std::to_string(m.size) + " bytes of " + quoted(m.name) + " in " +
             std::to_string(m.packed) + ", found a file of " + std::to_string(in.size()));
  }
  if (m.method != 0 && m.method != 8) {
    fail(in.name(), m.entry,
         "expected compression method 0 or 8 (deflate), found " + std::to_string(m.method));
  }
  std::vector<unsigned char> bytes(static_cast<std::size_t>(m.packed));
  in.read(data, bytes.data(), bytes.size(), "a ZIP member");
  if (m.method == 8) {
    std::vector<unsigned char> plain(static_cast<std::size_t>(m.size));
    if (!inflater(bytes, plain).run()) {
      fail(in.name(), data, "expected " + quoted(m.name) + " as a deflate stream");
    }
    bytes = std::move(plain);
  }
  if (crc32(bytes.data(), bytes.size()) != m.crc) {
    fail(in.name(), data, "the CRC-32 of " + quoted(m.name) + " is wrong: damaged data");
  }
  return input(in.name() + "(" + m.name + ")", std::move(bytes));
}

inline void append_little_endian(std::string& out, std::uint64_t value, int count) {
  for (; count > 0; --count, value >>= 8) out += static_cast<char>(value & 255);
}

/// Writes stored members, dated 1980-01-01 as NumPy does, so that equal data make equal files.
class zip_writer {
 public:
  explicit zip_writer(std::string path) : out_(std::move(path)) {}

  /// A member of which the bytes and their checksum are known beforehand; they are written by
  /// `write(output&)`.
  template <class Write>
  void add(std::string const& name, std::uint64_t size, std::uint32_t crc, Write&& write) {
    std::uint64_t const header = out_.size();
    if (size >= in_extra || header + size >= in_extra || members_ == 65535 || name.size() > 65535) {
      fail(out_.name(), header, "expected less than 4 GiB and 65536 members in one .npz file");
    }
    std::string common;
    append_little_endian(common, 20, 2);          // version needed
    append_little_endian(common, 0x0800, 2);      // names are UTF-8
    append_little_endian(common, 0, 2);           // stored
    append_little_endian(common, 0x00210000, 4);  // 1980-01-01
    append_little_endian(common, crc, 4);
    append_little_endian(common, size, 4);
    append_little_endian(common, size, 4);
    append_little_endian(common, name.size(), 2);
    append_little_endian(common, 0, 2);  // no extra field
    std::string local;
    append_little_endian(local, local_signature, 4);
    out_.write(local + common + name);
    write(out_);
    append_little_endian(directory_, entry_signature, 4);
    append_little_endian(directory_, 0x0314, 2);  // made on Unix
    directory_ += common;
    append_little_endian(directory_, 0, 6);            // no comment, disk 0, binary
    append_little_endian(directory_, 0x81a40000u, 4);  // an ordinary file, rw-r--r--
    append_little_endian(directory_, header, 4);
    directory_ += name;
    ++members_;
  }

  void close() {
    if (out_.size() >= in_extra) fail(out_.name(), out_.size(), "expected less than 4 GiB");
    std::string end;
    append_little_endian(end, end_signature, 4);
    append_little_endian(end, 0, 4);  // this disk
    append_little_endian(end, members_, 2);
    append_little_endian(end, members_, 2);
    append_little_endian(end, directory_.size(), 4);
    append_little_endian(end, out_.size(), 4);
    append_little_endian(end, 0, 2);  // no comment
    out_.write(directory_ + end);
    out_.commit();
  }

  std::string const& name() const { return out_.name(); }

 private:
  output out_;
  std::string directory_;
  std::uint64_t members_ = 0;
};

}  // namespace slope::npy::detail
