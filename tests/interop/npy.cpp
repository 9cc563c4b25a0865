// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "slope/interop/npy.hpp"

#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "catch.hpp"
#include "oracle/reader.hpp"

namespace {

using namespace slope;
namespace fs = std::filesystem;

std::string sample(std::string const& name) { return oracle::folder() + "/npy/" + name; }

/// A folder that goes with the test.
struct folder {
  fs::path path;
  folder() {
    std::string name = (fs::temp_directory_path() / "slope-npy-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  std::string operator/(char const* name) const { return (path / name).string(); }
};

std::string bytes_of(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write_bytes(std::string const& path, std::string const& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// A version 1.0 file of a dictionary and its data.
void write_npy(std::string const& path, std::string const& dictionary, std::string const& data) {
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(dictionary.size() & 255);
  bytes += static_cast<char>(dictionary.size() >> 8);
  write_bytes(path, bytes + dictionary + data);
}

template <class F>
std::string error_of(F&& f) {
  try {
    f();
  } catch (npy::format_error const& e) {
    return e.what();
  }
  FAIL_CHECK("no format_error");
  return "";
}

template <class T, auto... E>
void check_round_trip(tensor<T, E...> const& t) {
  folder const dir;
  npy::save(dir / "t.npy", t);
  CHECK(npy::load<T, E...>(dir / "t.npy") == t);
  CHECK(std::distance(fs::directory_iterator(dir.path), fs::directory_iterator()) == 1);
}

}  // namespace

TEST_CASE("a file is loaded with static, run-time and named extents") {
  auto const path = sample("c_f32.npy");
  tensor<float, 2, 3> const want{{-2.623f, -2.601f, -0.531f}, {3.146f, -4.019f, -0.542f}};
  CHECK(npy::load<float, 2, 3>(path) == want);
  auto const loaded = npy::load<float, dynamic, dynamic>(path);
  CHECK(loaded.extent(0) == 2);
  CHECK(loaded.extent(1) == 3);
  CHECK(loaded(1, 1) == -4.019f);
  CHECK(npy::load<double, dim<"n">, 3>(path)(0, 2) == static_cast<double>(-0.531f));
  CHECK(npy::load<double>(sample("zero_d_f64.npy")).item() == 2.5);
  CHECK(npy::load<double, dynamic>(sample("empty_1d.npy")).size() == 0);
  CHECK(npy::load<float, 0, 3>(sample("empty_2d.npy")).size() == 0);
  CHECK(npy::load<bool, 2, 3>(sample("c_bool.npy")) ==
        tensor<bool, 2, 3>{{true, false, false}, {true, true, true}});
}

TEST_CASE("order in memory and byte order do not show") {
  CHECK(npy::load<float, 2, 3>(sample("fortran_f32_be.npy")) ==
        tensor<float, 2, 3>{{-0.355f, 0.585f, -0.178f}, {-1.4f, 2.067f, -2.92f}});
  auto const cube = npy::load<int, 2, 3, 2>(sample("fortran_i32_3d.npy"));
  CHECK(cube(0, 1, 0) == 2);
  CHECK(cube(1, 2, 1) == -9);
}

TEST_CASE("another shape is refused with both shapes") {
  auto const path = sample("c_f64.npy");
  CHECK(error_of([&] { (void)npy::load<double, 3, 2>(path); }) ==
        path + ": byte 60: expected shape (3,2), found (2,3)");
  CHECK(error_of([&] { (void)npy::load<double, dynamic>(path); }) ==
        path + ": byte 60: expected shape (?), found (2,3)");
  CHECK(error_of([&] { (void)npy::load<double, dim<"n">, dim<"n">>(path); }) ==
        path + ": byte 60: expected shape (n,n), found (2,3)");
}

TEST_CASE("another type is refused where values would be lost") {
  auto const path = sample("c_f64.npy");
  CHECK(error_of([&] { (void)npy::load<float, 2, 3>(path); }) ==
        path + ": byte 20: expected a dtype whose every value is a float32, found '<f8'");
  CHECK_THROWS_AS((npy::load<std::int64_t, 2, 3>(path)), npy::format_error);
  CHECK_THROWS_AS((npy::load<bool, 2, 3>(sample("c_i32.npy"))), npy::format_error);
  CHECK_THROWS_AS((npy::load<int, 2, 3>(sample("c_i64.npy"))), npy::format_error);
  CHECK_THROWS_AS((npy::load<float, 2, 3>(sample("c_i32.npy"))), npy::format_error);
  CHECK_NOTHROW(npy::load<double, 2, 3>(sample("c_i32.npy")));
  CHECK_NOTHROW(npy::load<int, 2, 3>(sample("c_bool.npy")));
}

TEST_CASE("64-bit integers are doubles while no value is rounded") {
  folder const dir;
  npy::save(dir / "i.npy", tensor<std::int64_t, 3>{1, -(std::int64_t{1} << 53), INT64_MIN});
  CHECK(npy::load<double, 3>(dir / "i.npy") == tensor<double, 3>{1.0, -0x1p53, -0x1p63});
  npy::save(dir / "i.npy", tensor<std::int64_t, 2>{1, (std::int64_t{1} << 53) + 1});
  CHECK(error_of([&] { (void)npy::load<double, 2>(dir / "i.npy"); }) ==
        dir / "i.npy" + ": byte 136: expected a value that is a float64 without rounding");
  std::string const header = "{'descr': '<u8', 'fortran_order': False, 'shape': (1,)}";
  write_npy(dir / "u.npy", header, std::string(7, '\0') + '\x7f');
  CHECK(npy::load<std::int64_t, 1>(dir / "u.npy")[0] == std::int64_t{0x7f} << 56);
  write_npy(dir / "u.npy", header, std::string(7, '\0') + '\x80');
  CHECK_THROWS_AS((npy::load<std::int64_t, 1>(dir / "u.npy")), npy::format_error);
  CHECK(npy::load<double, 1>(dir / "u.npy")[0] == 0x1p63);
}

TEST_CASE("every half-precision number is read") {
  folder const dir;
  std::string data;
  for (int i = 0; i < 65536; ++i) {
    data += static_cast<char>(i & 255);
    data += static_cast<char>(i >> 8);
  }
  write_npy(dir / "h.npy", "{'descr': '<f2', 'fortran_order': False, 'shape': (65536,)}", data);
  auto const h = npy::load<float, dynamic>(dir / "h.npy");
  for (int i = 0; i < 65536; ++i) {
    int const exponent = i >> 10 & 31, fraction = i & 1023;
    double size =
        exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
    if (exponent == 31) size = fraction == 0 ? INFINITY : NAN;
    double const want = i >= 32768 ? -size : size, got = static_cast<double>(h[i]);
    if (!(got == want || (got != got && want != want)) ||
        (got == got && std::signbit(got) != (i >= 32768))) {
      FAIL_CHECK("half " << i << ": " << got << ", not " << want);
    }
  }
}

TEST_CASE("what is saved is loaded again") {
  check_round_trip(tensor<float, 2, 3>{{1, 2, 3}, {4, 5, -0.5f}});
  check_round_trip(tensor<double>{7.5});
  check_round_trip(tensor<bool, 3>{true, false, true});
  check_round_trip(tensor<int, 1>{-7});
  check_round_trip(tensor<std::int64_t, 2>{INT64_MIN, INT64_MAX});
  check_round_trip(tensor<float, dynamic, 4>(0));
  tensor<double, dynamic, 3, dynamic> big(70, 50);
  for (std::size_t i = 0; i < big.size(); ++i) big.data()[i] = static_cast<double>(i) / 7;
  check_round_trip(big);
}

TEST_CASE("a saved file is what NumPy writes, byte for byte") {
  folder const dir;
  auto same = [&](char const* name, auto const& t) {
    INFO(name);
    npy::save(dir / "t.npy", t);
    CHECK(bytes_of(dir / "t.npy") == bytes_of(sample(name)));
  };
  same("c_f32.npy", npy::load<float, 2, 3>(sample("c_f32.npy")));
  same("c_f64.npy", npy::load<double, dynamic, 3>(sample("c_f64.npy")));
  same("c_i32.npy", npy::load<int, 2, 3>(sample("c_i32.npy")));
  same("c_i64.npy", npy::load<std::int64_t, 2, 3>(sample("c_i64.npy")));
  same("c_bool.npy", npy::load<bool, 2, 3>(sample("c_bool.npy")));
  same("zero_d_f64.npy", npy::load<double>(sample("zero_d_f64.npy")));
  same("empty_2d.npy", npy::load<float, 0, 3>(sample("empty_2d.npy")));
  same("rank5.npy", npy::load<double, 1, 2, 1, 2, 1>(sample("rank5.npy")));
  same("large_1d.npy", npy::load<float, 1000>(sample("large_1d.npy")));
}

TEST_CASE("views are saved as they are seen") {
  folder const dir;
  tensor<float, 2, 3> const t{{1, 2, 3}, {4, 5, 6}};
  tensor_view<float const, 3, 2> const transposed(t.data(), strides{1, 3});
  npy::save(dir / "v.npy", transposed);
  CHECK(npy::load<float, 3, 2>(dir / "v.npy") == tensor<float, 3, 2>{{1, 4}, {2, 5}, {3, 6}});
  npy::save(dir / "v.npy", t[1]);
  CHECK(npy::load<float, 3>(dir / "v.npy") == tensor<float, 3>{4, 5, 6});
}

TEST_CASE("nothing is left half written") {
  folder const dir;
  tensor<float, 2> const t{1, 2};
  CHECK(error_of([&] { npy::save(dir / "no/such.npy", t); }) ==
        dir / "no/such.npy" + ": cannot be created");
  fs::create_directory(dir.path / "taken");
  CHECK_THROWS_AS(npy::save(dir / "taken", t), npy::format_error);  // a folder stays a folder
  npy::save(dir / "old.npz", t);
  std::string const before = bytes_of(dir / "old.npz");
  {
    npz::writer out(dir / "old.npz");
    out.write("t", t);
  }
  CHECK(bytes_of(dir / "old.npz") == before);
  CHECK(std::distance(fs::directory_iterator(dir.path), fs::directory_iterator()) == 2);
}

TEST_CASE("a temporary name that is taken is left alone") {
  folder const dir;
  write_bytes(dir / "t.npy.0.part", "somebody's");
  npy::save(dir / "t.npy", tensor<float, 2>{1, 2});
  CHECK(npy::load<float, 2>(dir / "t.npy") == tensor<float, 2>{1, 2});
  CHECK(bytes_of(dir / "t.npy.0.part") == "somebody's");
}

TEST_CASE("when the disk is full the old file stays") {
  folder const dir;
  npy::save(dir / "t.npy", tensor<float, 2>{1, 2});
  // A limit on the size of files behaves like a full disk.
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  rlimit const small{4096, before.rlim_max};
  auto const handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  tensor<double, dynamic> const large(100000);
  std::string const text = error_of([&] { npy::save(dir / "t.npy", large); });
  CHECK_THROWS_AS(npz::save(dir / "t.npz", "large", large), npy::format_error);
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  CHECK(text.find("writing failed") != std::string::npos);
  CHECK(npy::load<float, 2>(dir / "t.npy") == tensor<float, 2>{1, 2});
  CHECK(std::distance(fs::directory_iterator(dir.path), fs::directory_iterator()) == 1);
}

TEST_CASE("archives are read by name") {
  npz const file(sample("fortran_and_f32.npz"));
  CHECK(file.names() == std::vector<std::string>{"w", "v", "s"});
  CHECK(file.contains("v"));
  CHECK(!file.contains("x"));
  CHECK(file.load<float, dynamic>("v") == tensor<float, dynamic>{-3.356f, 0.715f, 1.822f});
  CHECK(file.load<double>("s").item() == 1.5);
  CHECK(file.load<double, 2, 3>("w")(1, 0) == -3.659);
  CHECK(npz(sample("deflated.npz")).load<std::int64_t, 3>("b") == tensor<std::int64_t, 3>{1, 7, 7});
  CHECK(npz(sample("empty.npz")).size() == 0);
  CHECK(error_of([&] { (void)file.load<float, 3>("nothing"); }) ==
        sample("fortran_and_f32.npz") + ": expected an array 'nothing', found 3 others");
  CHECK(error_of([&] { (void)file.load<float, 4>("v"); }) ==
        sample("fortran_and_f32.npz") + "(v): byte 60: expected shape (4), found (3)");
  CHECK_THROWS_AS((npz(sample("bad_crc.npz")).load<double, 2, 2>("a")), npy::format_error);
}

TEST_CASE("64-bit ZIP records are read") {
  // Python's zipfile with ZIP64_LIMIT = 10: every size and offset past 10 is in a 64-bit record.
  std::string const path = oracle::folder() + "/npy/zip64.npz";
  CHECK(npz(path).load<double, 2, 2>("a") == tensor<double, 2, 2>{{1.5, -2}, {3, 4}});
  CHECK(npz(path).load<std::int64_t, 3>("b") == tensor<std::int64_t, 3>{1, 7, 7});
  folder const dir;
  write_bytes(dir / "z.npz", "before" + bytes_of(path));
  CHECK(npz(dir / "z.npz").load<std::int64_t, 3>("b") == tensor<std::int64_t, 3>{1, 7, 7});
}

TEST_CASE("one wrong bit in an archive is found, or does not matter") {
  folder const dir;
  for (char const* name : {"stored.npz", "deflated.npz", "plain_zip_no_zip64.npz", "zip64.npz"}) {
    std::string const array = std::string(name)[0] == 'p' ? "x" : "a";
    auto const want = npz(sample(name)).load<double, 2, 2>(array);
    std::string const right = bytes_of(sample(name));
    int refused = 0;
    for (std::size_t bit = 0; bit < 8 * right.size(); ++bit) {
      std::string wrong = right;
      wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << bit % 8));
      write_bytes(dir / "z.npz", wrong);
      try {
        if (!(npz(dir / "z.npz").load<double, 2, 2>(array) == want)) FAIL_CHECK("bit " << bit);
      } catch (npy::format_error const&) {
        ++refused;
      }
    }
    INFO(name << ": " << refused << " of " << 8 * right.size());
    CHECK(refused > 1000);
  }
}

TEST_CASE("a file cut short is refused wherever it is cut") {
  folder const dir;
  for (char const* name : {"stored.npz", "deflated.npz", "zip64.npz", "c_f64.npy"}) {
    std::string const whole = bytes_of(sample(name));
    bool const archive = whole[0] == 'P';
    for (std::size_t n = 0; n < whole.size(); ++n) {
      write_bytes(dir / "cut", whole.substr(0, n));
      INFO(name << " cut to " << n);
      if (archive) CHECK_THROWS_AS((npz(dir / "cut").load<double, 2, 2>("a")), npy::format_error);
      else CHECK_THROWS_AS((npy::load<double, 2, 3>(dir / "cut")), npy::format_error);
    }
  }
}

TEST_CASE("archives are written") {
  folder const dir;
  tensor<float, 2, 2> const a{{1, 2}, {3, 4}};
  tensor<std::int64_t, dynamic> const b{5, 6, 7};
  npz::save(dir / "m.npz", "a", a, "layer/b", b);
  npz const file(dir / "m.npz");
  CHECK(file.names() == std::vector<std::string>{"a", "layer/b"});
  CHECK(file.load<float, 2, 2>("a") == a);
  CHECK(file.load<std::int64_t, dynamic>("layer/b") == b);
  npz::save(dir / "none.npz");
  CHECK(npz(dir / "none.npz").size() == 0);
  npz::writer out(dir / "twice.npz");
  out.write("a", a);
  CHECK_THROWS_AS(out.write("a", a), npy::format_error);
}

TEST_CASE("bytes before a ZIP file, and a comment after it, do not matter") {
  folder const dir;
  std::string bytes = "#!/bin/sh\n" + bytes_of(sample("stored.npz"));
  bytes[bytes.size() - 2] = 5;
  write_bytes(dir / "z.npz", bytes + "hello");
  CHECK(npz(dir / "z.npz").load<std::int64_t, 3>("b") == tensor<std::int64_t, 3>{1, 7, 7});
}

TEST_CASE("NumPy reads what is written") {
  std::string const python = "/usr/bin/python3 -c \"import numpy as np\n";
  if (std::system((python + "\" 2>/dev/null").c_str()) != 0) {
    WARN("no /usr/bin/python3 with NumPy: not compared with it");
    return;
  }
  folder const dir;
  tensor<double, 2, 3> const t{{1, 2, 3}, {4, 5, 6.5}};
  npy::save(dir / "t.npy", t);
  npz::save(dir / "t.npz", "t", t, "b", tensor<bool, 2>{true, false});
  std::string const code =
      "t = np.array([[1, 2, 3], [4, 5, 6.5]])\n"
      "assert (np.load('" +
      dir / "t.npy" +
      "') == t).all()\n"
      "z = np.load('" +
      dir / "t.npz" +
      "')\n"
      "assert z.files == ['t', 'b'] and z.zip.testzip() is None\n"
      "assert (z['t'] == t).all() and z['b'].tolist() == [True, False]\n";
  CHECK(std::system((python + code + "\"").c_str()) == 0);
}
