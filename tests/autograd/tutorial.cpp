// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include <slope/slope.hpp>

#include <set>
#include <sstream>
#include <string>

#include "catch.hpp"
#include "oracle/reader.hpp"

// The steps of a well-known PyTorch tutorial, and what PyTorch and NumPy print at each.
using namespace slope;

namespace {

class tutorial {
 public:
  /// Compares with the text of a case, in the case's own way of printing.
  template <class X>
  void check(std::string const& id, X const& x) {
    INFO(id);
    seen_.insert("tutorial." + id);
    oracle::test_case const* const c = find("tutorial." + id);
    REQUIRE(c != nullptr);
    if (c->format == "torch") {
      std::ostringstream out;
      out << x;
      CHECK(out.str() == c->text);
    } else {
      CHECK(to_string(x, c->format == "numpy.str" ? format::numpy : format::numpy_repr) == c->text);
    }
  }
  /// Cases that nothing was compared with.
  std::string missing() const {
    std::string ids;
    for (auto const& c : cases_)
      if (seen_.count(c.id) == 0) ids += c.id + " ";
    return ids;
  }

 private:
  oracle::test_case const* find(std::string const& id) const {
    for (auto const& c : cases_)
      if (c.id == id) return &c;
    return nullptr;
  }
  std::vector<oracle::test_case> cases_ = oracle::read("tutorial.txt");
  std::set<std::string> seen_;
};

}  // namespace

TEST_CASE("the tutorial prints what PyTorch and NumPy print") {
  tutorial page;

  tensor const np_data = reshape<2, 3>(arange<std::int64_t, 6>());
  page.check("numpy_array.numpy_str", np_data);
  page.check("numpy_array.numpy_repr", np_data);
  page.check("from_numpy", tensor_view(np_data));
  page.check("to_numpy", np_data);

  tensor<float, 4> const data{-1, -2, 1, 2};
  tensor<std::int64_t, 4> const whole{-1, -2, 1, 2};
  tensor<double, 4> const wide{-1, -2, 1, 2};
  page.check("data", data);
  page.check("abs", data.abs());
  page.check("abs_numpy", abs(whole));
  page.check("sin", data.sin());
  page.check("sin_numpy", sin(wide));
  page.check("exp", data.exp());
  page.check("exp_numpy", exp(wide));
  page.check("mean", data.mean());
  page.check("mean_numpy", mean(wide));
  page.check("sigmoid", data.sigmoid());
  page.check("cos", data.cos());
  page.check("cos_numpy", cos(wide));
  page.check("sigmoid_numpy", wide.sigmoid());
  page.check("sigmoid_of_abs", data.abs().sigmoid());
  page.check("exp_of_abs", data.abs().exp());

  tensor<float, 2, 2> const t{{1, 2}, {3, 4}};
  tensor<std::int64_t, 2, 2> const n{{1, 2}, {3, 4}};
  page.check("mm", t.mm(t));
  page.check("matmul_numpy", matmul(n, n));
  page.check("dot_numpy_2d", matmul(n, n));
  page.check("matmul", t.matmul(t));
  page.check("mul", t.mul(t));
  page.check("mul_numpy", n * n);
  page.check("dot_int", tensor<std::int64_t, 2>{2, 3}.dot(tensor<std::int64_t, 2>{2, 1}));
  page.check("dot", tensor<float, 2>{2, 3}.dot(tensor<float, 2>{2, 1}));

  auto variable = requires_grad<"x">(t);
  auto const t_out = mean(t * t);
  auto const v_out = mean(variable * variable);
  page.check("variable", variable);
  page.check("t_out", t_out);
  page.check("v_out", v_out);
  v_out.backward();
  page.check("v_grad", variable.grad());
  page.check("v_data", variable.data());
  page.check("v_data_numpy", variable.data());
  v_out.backward();
  page.check("v_grad_accumulated", variable.grad());

  CHECK(page.missing() == "");
}
