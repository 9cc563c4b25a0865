// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Is a tumour benign? Logistic regression on 569 patients with 30 features each.
// Usage: logistic_regression [FOLDER with breast_cancer_*.npy]
#include <slope/interop/npy.hpp>
#include <slope/slope.hpp>

#include <cstdint>
#include <iomanip>
#include <iostream>
#include <string>

using namespace slope;

// snippet: model
// Functions are written once and transformed: differentiated, fused and compiled for each
// combination of shapes. Labels y are 0 or 1; the penalty keeps the weights small.
constexpr auto score = [](auto x, auto w, auto b) { return matmul(x, w) + b; };
constexpr auto loss = [](auto x, auto y, auto w, auto b, auto penalty) {
  auto const z = score(x, w, b);
  return mean(softplus(z) - y * z) + penalty * dot(w, w);
};
// end snippet

constexpr auto accuracy = [](auto x, auto y, auto w, auto b) {
  return mean(where(eq(score(x, w, b) > 0, y > 0), 1.0, 0.0));
};

int main(int count, char** arguments) {
  std::string const folder = count > 1 ? arguments[1] : "docs/examples/data";

  // snippet: data
  auto const features = npy::load<double, dynamic, 30>(folder + "/breast_cancer_features.npy");
  auto const labels = npy::load<std::int64_t, dynamic>(folder + "/breast_cancer_labels.npy");

  // Views of rows, nothing is copied: the last 169 patients are held back.
  int const train = 400, held_back = features.extent(0) - train;
  tensor_view<double const, dynamic, 30> x_train(features.data(), train);
  tensor_view<double const, dynamic, 30> x_test(&features(train, 0), held_back);
  tensor_view<std::int64_t const, dynamic> y_train(labels.data(), train);
  tensor_view<std::int64_t const, dynamic> y_test(&labels(train), held_back);

  // Columns of mean 0 and deviation 1, by what is known of the training rows.
  tensor const m = mean<0>(x_train), s = stddev<0>(x_train);
  tensor const x = (x_train - m) / s, x_new = (x_test - m) / s;
  // end snippet

  // snippet: fit
  tensor<double, 30> w, dw;  // zeros
  double b = 0, db = 0, value = 0;
  double const rate = 0.5, penalty = 1e-3;
  for (int step = 0; step <= 500; ++step) {
    // Value and gradients into the places above; nothing is allocated.
    value_and_grad<2, 3>(loss).into(value, dw, db)(x, y_train, w, b, penalty);
    if (step % 100 == 0)
      std::cout << "step " << std::setw(3) << step << "  loss " << std::fixed
                << std::setprecision(4) << value << '\n';
    w -= rate * dw;
    b -= rate * db;
  }
  // end snippet

  auto const percent = [&](auto const& rows, auto const& truth) {
    return 100 * jit(accuracy)(rows, truth, w, b);
  };
  std::cout << std::setprecision(1) << "accuracy on " << train << " training rows "
            << percent(x, y_train) << "%, on " << held_back << " held-back rows "
            << percent(x_new, y_test) << "%\n";
}
