// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <slope/slope.hpp>

#include <string_view>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"x", float, 2, 2> x;
constexpr variable<"w", float, 2, 2> w;
constexpr variable<"b", float, 2> b;
constexpr variable<"s", double> s;
constexpr variable<"theta", double, dim<"n">> theta;
constexpr variable<"x1", double, dim<"n">, 3> x1;
constexpr variable<"learning_rate", double> learning_rate;

constexpr auto loss = mean(x * x);
constexpr std::string_view kept = to_latex(gradient(loss, x));
static_assert(kept == R"(\frac{x}{2})");

// LaTeX.
static_assert(to_latex(loss) == R"(\mathrm{mean}\left(x \odot x\right))");
static_assert(to_latex(sigmoid(matmul(x, w) + b)) == R"(\sigma\left(x \, w + b\right))");
static_assert(to_latex(transpose(x + w)) == R"(\left(x + w\right)^{\top})");
static_assert(to_latex(exp(-theta) / sum(theta)) ==
              R"(\frac{e^{-\theta}}{\sum \left(\theta\right)})");
static_assert(to_latex(x - 3_c * b / 2_c) == R"(x - \frac{3 b}{2})");
static_assert(to_latex(pow(s, 3_c) + sqrt(s)) == R"(s^{3} + \sqrt{s})");
static_assert(to_latex(softmax<1>(x)) == R"(\mathrm{softmax}_{1}\left(x\right))");
static_assert(to_latex(square(sin(s) + s)) == R"(\left(\sin\left(s\right) + s\right)^{2})");
static_assert(to_latex(norm(matmul(theta, x1))) == R"(\left\| \theta \, x_{1} \right\|)");
static_assert(to_latex(dot(theta, theta) * learning_rate) ==
              R"(\theta^{\top} \, \theta \cdot \mathrm{learning\_rate})");
static_assert(to_latex(where(s <= 0.5_c, s, abs(s))) ==
              R"(\mathrm{where}\left(s \leq \frac{1}{2}, s, \left| s \right|\right))");

// Parts, roots and matrices.
constexpr variable<"A", double, 3, 3> A;
constexpr variable<"i", std::int64_t, 3> i;
static_assert(to_latex(slice<1, 0, 1>(x + w)) == R"(\left(x + w\right)\left[:, 0:1\right])");
static_assert(to_latex(slice<0, 0, 3, 2>(A)) == R"(A\left[0:3:2\right])");
static_assert(to_latex(matmul(inverse(A), A) / det(A)) ==
              R"(\frac{A^{-1} \, A}{\det\left(A\right)})");
static_assert(to_latex(floor(s) + pow(s, constant<1, 3>)) ==
              R"(\lfloor s \rfloor + \sqrt[3]{s})");
static_assert(to_latex(erf(s) * lgamma(s)) ==
              R"(\mathrm{erf}\left(s\right) \cdot \log \left| \Gamma\left(s\right) \right|)");
static_assert(to_latex(index_select<1>(A, i)) ==
              R"(\mathrm{index\_select}_{1}\left(A, i\right))");

// NumPy.
static_assert(to_numpy(loss) == "np.mean(x * x)");
static_assert(to_numpy(gradient(loss, x)) == "x / 2");
static_assert(to_numpy(sigmoid(matmul(x, w) + b)) == "1 / (1 + np.exp(-(x @ w + b)))");
static_assert(to_numpy(sum<0>(x, keepdim) - amax<1>(w)) ==
              "np.sum(x, axis=0, keepdims=True) - np.max(w, axis=1)");
static_assert(to_numpy(transpose(x + w)) == "(x + w).T");
static_assert(to_numpy(variance<1>(x) + stddev<0>(w)) ==
              "np.var(x, axis=1, ddof=1) + np.std(w, axis=0, ddof=1)");
static_assert(to_numpy(softmax<1>(x)) ==
              "(lambda e: e / np.sum(e, axis=1, keepdims=True))"
              "((lambda t: np.exp(t - np.max(t, axis=1, keepdims=True)))(x))");
static_assert(to_numpy(reshape<4>(x)) == "np.reshape(x, (4,))");
static_assert(to_numpy(where(s > 0_c, rsqrt(s), pow(s, 3_c))) ==
              "np.where(0 < s, 1 / np.sqrt(s), s ** 3)");
static_assert(to_numpy(clamp(s, -1_c, 1_c) * asin(s)) ==
              "np.minimum(np.maximum(s, -1), 1) * np.arcsin(s)");
static_assert(to_numpy((x - w) - (x - b)) == "x - w - (x - b)");
static_assert(to_numpy(relu(x) / (x / w)) == "np.maximum(x, 0) / (x / w)");

static_assert(to_numpy(slice<1, 0, 1>(x + w)) == "(x + w)[:, 0:1]");
static_assert(to_numpy(gradient(sum(slice<1, 0, 3, 2>(A)), A)) ==
              "np.pad(np.insert(np.full((3, 2), 1, np.float64), np.repeat(np.arange(1, 2), 1), 0, "
              "axis=1), ((0, 0), (0, 0)))");
static_assert(to_numpy(round(s) + erf(s)) ==
              "np.rint(s) + np.vectorize(math.erf, otypes=[float])(s)");
static_assert(to_numpy(solve(A, A) + inverse(A) * det(A)) ==
              "np.linalg.solve(A, A) + np.linalg.inv(A) * np.linalg.det(A)");
static_assert(to_numpy(gather<1>(A, reshape<3, 1>(i))) ==
              "np.take_along_axis(A, np.reshape(i, (3, 1)), axis=1)");
static_assert(to_numpy(variable<"lambda", double>{} * s) == "lambda_ * s");

// Graphviz: shared parts are one node.
static_assert(to_dot(sum(x * x)) ==
              "digraph slope {\n"
              "  rankdir=BT;\n"
              "  n0 [label=\"x\\n(2, 2)\", shape=box];\n"
              "  n1 [label=\"*\\n(2, 2)\"];\n"
              "  n0 -> n1;\n"
              "  n0 -> n1;\n"
              "  n2 [label=\"sum\"];\n"
              "  n1 -> n2;\n"
              "}\n");

}  // namespace

TEST_CASE("a formula is a C function") {
  CHECK(to_c(gradient(loss, x)) ==
        "#include <math.h>\n"
        "#include <stdbool.h>\n"
        "#include <stdint.h>\n"
        "\n"
        "\n"
        "void f(const float x[2 * 2], float out[2 * 2])\n"
        "{\n"
        "  for (int i0 = 0; i0 < 2; ++i0) {\n"
        "    for (int i1 = 0; i1 < 2; ++i1) {\n"
        "      out[i0 * 2 + i1] = ((1.0f / 2.0f) * x[i0 * 2 + i1]);\n"
        "    }\n"
        "  }\n"
        "}\n");
}

TEST_CASE("what C lacks comes with it, run-time sizes are arguments") {
  CHECK(to_c(sigmoid(matmul(theta, x1))) ==
        "#include <math.h>\n"
        "#include <stdbool.h>\n"
        "#include <stdint.h>\n"
        "\n"
        "static inline double slope_sigmoid(double x) { return 1 / (1 + exp(-x)); }\n"
        "\n"
        "void f(int n, const double theta[n], const double x1[n * 3], double out[3])\n"
        "{\n"
        "  double t3[1 * 3];\n"
        "  for (int i0 = 0; i0 < 1; ++i0) {\n"
        "    for (int i1 = 0; i1 < 3; ++i1) {\n"
        "      double sum_ = 0;\n"
        "      for (int k0 = 0; k0 < n; ++k0) {\n"
        "        sum_ += theta[k0] * x1[k0 * 3 + i1];\n"
        "      }\n"
        "      t3[i1] = sum_;\n"
        "    }\n"
        "  }\n"
        "  for (int i0 = 0; i0 < 3; ++i0) {\n"
        "    out[i0] = slope_sigmoid(t3[i0]);\n"
        "  }\n"
        "}\n");
}

TEST_CASE("two sums in one C function do not meet") {
  std::string_view const text = to_c(sum(x) * sum(w));
  auto const first = text.find("float sum_ = 0;");
  REQUIRE(first != text.npos);
  auto const between = text.substr(first, text.find("float sum_ = 0;", first + 1) - first);
  CHECK(between.find("t1[0] = sum_;\n  }\n") != text.npos);
}

TEST_CASE("whole operations are C functions, called on arrays") {
  std::string_view const text = to_c(cumsum<1>(flip<0>(x) * w));
  CHECK(text.find("float t3[2 * 2];\n") != text.npos);
  CHECK(text.find("t3[i0 * 2 + i1] = (w[i0 * 2 + i1] * x[(2 - 1 - i0) * 2 + i1]);") != text.npos);
  CHECK(text.find("  slope_cumsumf(out, t3, 2, 1, 2, 2);\n") != text.npos);
}

TEST_CASE("names that mean something in C get an underscore") {
  std::string_view const text = to_c(variable<"out", double>{} + variable<"t1", double>{});
  CHECK(text.find("void f(double out_, double t1_, double out[1])") != text.npos);
}
