// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <string>
#include <type_traits>

#include "catch.hpp"
#include "oracle/reader.hpp"
#include "slope/tensor/text/numpy.hpp"
#include "slope/tensor/text/torch.hpp"

namespace {

using slope::text::array;

std::string text_in(slope::text::buffer const& out) { return std::string(out.data(), out.size()); }

std::string render(oracle::test_case const& c, array const& a) {
  slope::text::buffer out;
  if (c.format == "torch") {
    auto const fn = c.attributes.find("grad_fn");
    slope::text::torch_suffix suffix;
    if (fn != c.attributes.end()) suffix.grad_fn = fn->second.text.c_str();
    suffix.requires_grad = c.attributes.count("requires_grad") != 0;
    slope::text::append_torch(out, a, suffix);
  } else if (c.format == "numpy.str") {
    slope::text::append_numpy(out, a, slope::text::numpy_style::str);
  } else if (c.format == "numpy.repr") {
    slope::text::append_numpy(out, a, slope::text::numpy_style::repr);
  } else {
    FAIL("format " << c.format);
  }
  return text_in(out);
}

template <class T> std::string render(oracle::test_case const& c, oracle::tensor const& t) {
  auto const values = t.as<T>();
  using element = std::conditional_t<std::is_same_v<T, char>, bool, T>; // no vector<bool>
  auto const* first = reinterpret_cast<element const*>(values.data());
  return render(c, array(first, static_cast<int>(t.shape.size()), t.shape.data()));
}

std::string render(oracle::test_case const& c) {
  oracle::tensor const* t = c.find("in", "x");
  REQUIRE(t != nullptr);
  if (t->dtype == "float32") return render<float>(c, *t);
  if (t->dtype == "float64") return render<double>(c, *t);
  if (t->dtype == "int32") return render<std::int32_t>(c, *t);
  if (t->dtype == "int64") return render<std::int64_t>(c, *t);
  if (t->dtype == "uint8") return render<std::uint8_t>(c, *t);
  if (t->dtype == "bool") return render<char>(c, *t);
  FAIL("dtype " << t->dtype);
  return "";
}

void check_all(std::string const& file, std::size_t at_least) {
  auto const cases = oracle::read(file);
  CHECK(cases.size() >= at_least);
  for (auto const& c : cases) {
    INFO(c.id);
    CHECK(render(c) == c.text);
  }
}

template <class T, std::size_t N> std::string torch(T const (&values)[N]) {
  int const n = N;
  slope::text::buffer out;
  slope::text::append_torch(out, array(values, 1, &n));
  return text_in(out);
}

template <class T, std::size_t N> std::string numpy(T const (&values)[N]) {
  int const n = N;
  slope::text::buffer out;
  slope::text::append_numpy(out, array(values, 1, &n));
  return text_in(out);
}

template <class T> std::string numpy_scalar(T value) {
  slope::text::buffer out;
  slope::text::append_numpy(out, array(&value, 0, nullptr));
  return text_in(out);
}

} // namespace

TEST_CASE("tensors print as PyTorch prints them") { check_all("print_torch.txt", 61); }

TEST_CASE("tensors print as NumPy prints them") { check_all("print_numpy.txt", 74); }

TEST_CASE("printing follows strides") {
  double const data[]{1, 2, 3, 4, 5, 6};
  int const extents[]{2, 3};
  std::ptrdiff_t const transposed[]{1, 2};
  slope::text::buffer out;
  slope::text::append_torch(out, array(data, 2, extents, transposed));
  CHECK(text_in(out) == "tensor([[1., 3., 5.],\n        [2., 4., 6.]], dtype=torch.float64)");
}

TEST_CASE("printing appends, and measures the line from where it began") {
  float const data[]{1, 2};
  int const n = 2;
  slope::text::buffer out;
  out.append(90, '.');
  slope::text::append_torch(out, array(data, 1, &n), {"AddBackward0", false});
  CHECK(text_in(out).substr(90) == "tensor([1., 2.], grad_fn=<AddBackward0>)");
  out.clear();
  out.append("first line\nx = ");
  slope::text::append_numpy(out, array(data, 1, &n), slope::text::numpy_style::repr);
  CHECK(text_in(out).substr(15) == "array([1., 2.], dtype=float32)");
}

TEST_CASE("a suffix that does not fit goes to a line of its own") {
  // The brackets of PyTorch's own rule: 80 columns, counted from two past the end of the text.
  float data[10]{};
  for (float& x : data) x = 1.5f;
  int const n = 9;
  slope::text::buffer out;
  slope::text::append_torch(out, array(data, 1, &n), {nullptr, true});
  CHECK(text_in(out) ==
        "tensor([1.5000, 1.5000, 1.5000, 1.5000, 1.5000, 1.5000, 1.5000, 1.5000, 1.5000],\n"
        "       requires_grad=True)");
}

TEST_CASE("NumPy fills a column with a float's own digits, not with zeros") {
  CHECK(numpy<float>({1e-4f, 1.0023085f}) == "[9.9999997e-05 1.0023085e+00]");
  CHECK(numpy<float>({66860952.f, 0.5f}) == "[6.686095e+07 5.000000e-01]");
  CHECK(numpy<float>({66860952.f, 99999.f}) == "[66860952.    99999.]");
  CHECK(numpy_scalar(66860952.f) == "66860950.0");
  CHECK(numpy_scalar(1e-4f) == "1e-04");
  CHECK(numpy_scalar(1e-4) == "0.0001");
  CHECK(numpy_scalar(1e16) == "1e+16");
  CHECK(numpy_scalar(1234567890123456.7) == "1234567890123456.8");
  CHECK(numpy_scalar(-0.0) == "-0.0");
}

TEST_CASE("PyTorch chooses the notation by magnitude") {
  CHECK(torch<double>({1e5, 100.5}) == "tensor([100000.0000,    100.5000], dtype=torch.float64)");
  CHECK(torch<double>({1e5, 99.5}) == "tensor([1.0000e+05, 9.9500e+01], dtype=torch.float64)");
  CHECK(torch<double>({1e8, 1e8}) == "tensor([100000000., 100000000.], dtype=torch.float64)");
  CHECK(torch<double>({1e8, 1e8 + 1}) == "tensor([1.0000e+08, 1.0000e+08], dtype=torch.float64)");
  CHECK(torch<float>({-0.f, 0.f}) == "tensor([-0., 0.])");
}

TEST_CASE("extreme numbers print") {
  CHECK(torch<std::int64_t>({INT64_MIN, INT64_MAX}) ==
        "tensor([-9223372036854775808,  9223372036854775807])");
  CHECK(numpy<std::int64_t>({INT64_MIN, 0}) == "[-9223372036854775808                    0]");
  CHECK(torch<double>({-1.7976931348623157e308, 5e-324}) ==
        "tensor([-1.7977e+308,  4.9407e-324], dtype=torch.float64)");
  CHECK(numpy<double>({-1.7976931348623157e308, 5e-324}) == "[-1.79769313e+308  4.94065646e-324]");
}
