// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// The first PyTorch lesson, in C++: arrays and tensors side by side, a variable and its gradient,
// and then the same gradient as a formula, derived while this file compiles.
// Usage: torch_and_numpy [FOLDER with tutorial_*.npy]
#include <slope/interop/npy.hpp>
#include <slope/slope.hpp>

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <string>
#include <tuple>

using namespace slope;
using namespace slope::literals;

// snippet: symbol
constexpr variable<"x", float, 2, 2> x;  // a name, an element type, extents: no data
constexpr auto loss = mean(x * x);
constexpr auto dx = gradient(loss, x);  // derived and simplified by the compiler

static_assert(dx == x / 2_c);
static_assert(to_string(dx) == "x / 2");
static_assert(std::same_as<std::remove_const_t<decltype(dx)>, decltype(simplify(x / 2_c))>);

constexpr tensor<float, 2, 2> data{{1, 2}, {3, 4}};
static_assert(evaluate(loss, x = data) == 7.5f);
static_assert(evaluate(dx, x = data) == tensor<float, 2, 2>{{0.5f, 1}, {1.5f, 2}});
// end snippet

namespace {

// The text that NumPy prints for one value and PyTorch for another.
void both(char const* what, auto const& array, auto const& tensor) {
  std::cout << what << "\nnumpy: " << to_string(array, format::numpy)
            << "\ntorch: " << to_string(tensor) << '\n';
}

void arrays_and_tensors(std::string const& folder) {
  std::cout << "-- array and tensor\n";
  // snippet: sharing
  // np.load; the element type, the rank and the extents that are numbers are checked.
  auto np_data = npy::load<std::int64_t, 2, 3>(folder + "/tutorial_array.npy");
  std::cout << "numpy array\n" << to_string(np_data, format::numpy) << '\n';

  // torch.from_numpy: a view shares the memory of whoever owns it, in both directions.
  tensor_view torch_data(np_data);
  torch_data(0, 0) = 10;
  np_data(1, 2) = 50;
  std::cout << "torch tensor\n" << torch_data << '\n';

  // A tensor is a value: a copy has its own elements.
  tensor copy(torch_data);
  copy(0, 0) = 0;
  std::cout << "the array after all that\n" << to_string(np_data, format::numpy) << '\n';
  // end snippet

  // snippet: saving
  auto const path = (std::filesystem::temp_directory_path() / "slope_tutorial.npy").string();
  npy::save(path, torch_data);  // NumPy reads it
  std::cout << "written and read back: " << (npy::load<std::int64_t, 2, 3>(path) == np_data)
            << '\n';
  std::filesystem::remove(path);
  // end snippet
}

void mathematics(std::string const& folder) {
  std::cout << "\n-- mathematics\n";
  // snippet: mathematics
  auto const array = npy::load<double, 4>(folder + "/tutorial_vector.npy");
  tensor const t{-1.f, -2.f, 1.f, 2.f};
  both("data", array, t);
  both("abs", abs(array), t.abs());
  both("sin", sin(array), t.sin());
  both("mean", mean(array), t.mean());
  both("exp", exp(array), t.exp());
  both("sigmoid", sigmoid(array), t.sigmoid());
  both("sigmoid of abs, in one pass", sigmoid(abs(array)), t.abs().sigmoid());
  // end snippet
}

void products(std::string const& folder) {
  std::cout << "\n-- products\n";
  // snippet: products
  auto const array = npy::load<double, 2, 2>(folder + "/tutorial_matrix.npy");
  tensor const t{{1.f, 2.f}, {3.f, 4.f}};
  std::cout << "matmul\n" << to_string(matmul(array, array), format::numpy) << '\n';
  std::cout << "mm, the member\n" << t.mm(t) << '\n';
  std::cout << "element by element\n" << t * t << '\n';
  std::cout << "dot of vectors\n" << dot(tensor{2.f, 3.f}, tensor{2.f, 1.f}) << '\n';
  tensor const sums = t.sum<0>();  // a tree of data is evaluated where it becomes a tensor
  std::cout << "sums of columns\n" << sums << '\n';
  // end snippet
}

void a_variable_with_its_gradient() {
  std::cout << "\n-- a variable with its gradient\n";
  // snippet: variable
  auto v = requires_grad<"v">(tensor<float, 2, 2>{{1, 2}, {3, 4}});
  tensor const t = v.data();  // the data alone
  auto v_out = mean(v * v);   // a tree that refers to v
  tensor const t_out = mean(t * t);
  std::cout << v << '\n' << t_out << '\n' << v_out << '\n';

  v_out.backward();  // d mean(v * v) / dv = v / 2: value and gradient in one pass
  std::cout << "v.grad()\n" << v.grad() << '\n';

  v.data() -= 0.5 * v.grad();  // a step down; v_out follows
  std::cout << "v.data() after a step\n" << v.data() << '\n';
  std::cout << to_string(v.data(), format::numpy) << '\n' << v_out.item() << '\n';
  v.zero_grad();
  // end snippet
}

void formulas() {
  std::cout << "\n-- the same gradient as a formula\n";
  // snippet: evaluate
  std::cout << "loss      " << loss << "\ngradient  " << dx << '\n';
  auto const [value, slope_of_it] = evaluate(std::tuple{loss, dx}, x = data);  // one pass
  std::cout << value << '\n' << slope_of_it << '\n';
  // end snippet
}

}  // namespace

int main(int count, char** arguments) {
  std::string const folder = count > 1 ? arguments[1] : "docs/examples/data";
  arrays_and_tensors(folder);
  mathematics(folder);
  products(folder);
  a_variable_with_its_gradient();
  formulas();
}
