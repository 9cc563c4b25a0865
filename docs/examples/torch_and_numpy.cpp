// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Arrays that NumPy wrote, seen, changed and printed as NumPy and PyTorch would.
// Usage: torch_and_numpy [FOLDER with breast_cancer_*.npy]
#include <slope/interop/npy.hpp>
#include <slope/slope.hpp>

#include <array>
#include <cstdint>
#include <iostream>
#include <string>

using namespace slope;

int main(int count, char** arguments) {
  std::string const folder = count > 1 ? arguments[1] : "docs/examples/data";

  // snippet: load
  // np.load: the element type and the rank are checked, and extents that are numbers.
  auto const features = npy::load<double, dynamic, 30>(folder + "/breast_cancer_features.npy");
  auto const labels = npy::load<std::int64_t, dynamic>(folder + "/breast_cancer_labels.npy");
  std::cout << features.extent(0) << " patients, " << features.extent(1) << " features\n";

  int benign = 0;
  for (std::int64_t const label : labels) benign += label == 1;
  std::cout << benign << " benign\n\n";
  // end snippet

  // snippet: print
  // The first feature of the first six patients: a view with strides, nothing is copied.
  tensor_view<double const, 6> radius(features.data(), strides{30});
  std::cout << radius << '\n';                                   // as PyTorch prints a tensor
  std::cout << to_string(radius, format::numpy) << '\n';         // as NumPy prints an array
  std::cout << to_string(radius, format::numpy_repr) << "\n\n";  // and its repr
  // end snippet

  // snippet: view
  // torch.from_numpy: a view shares the memory of whoever owns it.
  std::array<float, 6> memory{1, 2, 3, 4, 5, 6};
  tensor_view<float, 2, 3> v(memory.data());
  v(1, 2) = 60;
  v[0] = tensor{7.f, 8.f, 9.f};
  std::cout << v << "\nmemory[5] is " << memory[5] << "\n\n";
  tensor<float, 2, 3> copy(v);  // a tensor is a value
  copy(0, 0) = 0;
  std::cout << (copy == v) << ' ' << v(0, 0) << '\n';
  // end snippet
}
