// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Every file of the manifest is read as NumPy reads it, or refused where NumPy refuses it.
#include <cmath>
#include <string>
#include <type_traits>
#include <vector>

#include "catch.hpp"
#include "oracle/reader.hpp"
#include "slope/interop/npy/data.hpp"
#include "slope/interop/npy/zip.hpp"

namespace {

namespace npy = slope::npy;
using npy::detail::header;
using npy::detail::input;

template <class T>
void check_elements(input const& in, header const& h, oracle::tensor const& want) {
  auto const expected = want.as<T>();
  std::vector<T> got(h.count);
  using element = std::conditional_t<std::is_same_v<T, char>, bool, T>;  // no vector<bool>
  REQUIRE(npy::detail::loads_as(h.layout.type, slope::dtype_of<element>));
  npy::detail::read_elements(in, h, slope::dtype_of<element>, got.data());
  REQUIRE(got.size() == expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    INFO("element " << i);
    if constexpr (std::is_floating_point_v<T>) {
      bool const both_nan = got[i] != got[i] && expected[i] != expected[i];
      // The sign of zero counts here, and denormals stay what they are.
      bool const same = got[i] == expected[i] && std::signbit(got[i]) == std::signbit(expected[i]);
      CHECK((both_nan || same));
    } else {
      CHECK(got[i] == expected[i]);
    }
  }
}

/// The array a file or member holds against what the manifest says; also widened where it may be.
void check_array(input const& in, oracle::tensor const& want) {
  header const h = npy::detail::read_header(in);
  REQUIRE(h.rank == static_cast<int>(want.shape.size()));
  for (int k = 0; k < h.rank; ++k) CHECK(h.extents[k] == want.shape[static_cast<std::size_t>(k)]);
  if (want.dtype == "float64") check_elements<double>(in, h, want);
  else if (want.dtype == "float32") check_elements<float>(in, h, want);
  else if (want.dtype == "bool") check_elements<char>(in, h, want);
  else if (want.dtype == "int64" || want.dtype == "uint32")
    check_elements<std::int64_t>(in, h, want);
  else check_elements<std::int32_t>(in, h, want);
  if (want.dtype == "float32") check_elements<double>(in, h, want);
  if (want.dtype == "int8" || want.dtype == "uint8" || want.dtype == "int16") {
    check_elements<float>(in, h, want);
    check_elements<double>(in, h, want);
    check_elements<std::int64_t>(in, h, want);
  }
}

void load_npy(std::string const& path, oracle::test_case const& c) {
  input const in(path);
  if (oracle::tensor const* want = c.find("out")) return check_array(in, *want);
  header const h = npy::detail::read_header(in);
  std::vector<double> any(h.count);
  npy::detail::read_elements(in, h, slope::dtype::float64, any.data());
}

void load_npz(std::string const& path, oracle::test_case const& c) {
  input const in(path);
  auto const members = npy::detail::read_directory(in);
  if (c.error.empty()) CHECK(members.size() == c.all("out").size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    input const member = npy::detail::read_member(in, members[i]);
    header const h = npy::detail::read_header(member);
    (void)h;
    if (!c.error.empty()) continue;
    CHECK(members[i].name == c.all("out").at(i)->name + ".npy");
    check_array(member, *c.all("out").at(i));
  }
}

}  // namespace

TEST_CASE("files are read or refused as NumPy does") {
  auto const cases = oracle::read("npy/manifest.txt");
  CHECK(cases.size() >= 77);
  for (auto const& c : cases) {
    INFO(c.file);
    std::string const path = oracle::folder() + "/npy/" + c.file;
    auto const load = c.op == "load_npz" ? load_npz : load_npy;
    bool const refuse = !c.error.empty() || c.tagged("unsupported-dtype");
    if (!refuse && !c.tagged("numpy-lenient")) {
      CHECK_NOTHROW(load(path, c));
      continue;
    }
    try {
      load(path, c);
      if (refuse) FAIL_CHECK("was not refused");
    } catch (npy::format_error const& e) {
      std::string const text = e.what();
      INFO(text);
      CHECK(text.substr(0, path.size()) == path);  // the file, then the offset
      CHECK(text.find(": byte ") != std::string::npos);
    }
  }
}
