// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/symbolic/print_spelled.hpp"

/// How operations are written in C99, and the functions that <math.h> lacks.
namespace slope::engine {

// An element-wise operation: @0 is an operand, ?0 an operand as a truth value, # the suffix of
// functions of float; a text without operands is the name of a function, an empty one that of a
// helper.
// clang-format off
inline constexpr char const* c_spellings[] = {
    "add: (@0 + @1)", "multiply: (@0 * @1)", "divide: (@0 / @1)", "pow: pow#", "abs: fabs#",
    "sign: ", "exp: exp#", "exp2: exp2#", "expm1: expm1#", "log: log#", "log2: log2#",
    "log10: log10#", "log1p: log1p#", "sin: sin#", "cos: cos#", "tan: tan#", "sinh: sinh#",
    "cosh: cosh#", "tanh: tanh#", "asin: asin#", "acos: acos#", "atan: atan#", "asinh: asinh#",
    "acosh: acosh#", "atanh: atanh#", "atan2: atan2#", "hypot: hypot#", "erf: erf#",
    "erfc: erfc#", "lgamma: lgamma#", "copysign: copysign#", "floor: floor#", "ceil: ceil#",
    "trunc: trunc#", "round: nearbyint#", "fmod: fmod#", "remainder: ", "sigmoid: ", "softplus: ",
    "relu: ", "maximum: ", "minimum: ", "clamp: ", "clamp_min: ", "clamp_max: ", "erfinv: ",
    "digamma: ", "polygamma: ", "sinc: ", "xlogy: ", "logaddexp: ", "logit: ", "ndtr: ",
    "softsign: ", "logsigmoid: ", "binary_cross_entropy: ", "binary_cross_entropy_with_logits: ",
    "signbit: (signbit(@0) != 0)", "isnan: (isnan(@0) != 0)", "isfinite: (isfinite(@0) != 0)",
    "eq: (@0 == @1)", "ne: (@0 != @1)", "lt: (@0 < @1)", "le: (@0 <= @1)",
    "logical_and: (?0 && ?1)", "logical_or: (?0 || ?1)", "logical_not: (!?0)",
    "where: (?0 ? @1 : @2)"};
/// Of integers, where that is not right for them.
inline constexpr char const* c_spellings_of_integers[] = {
    "pow: (int64_t)pow(@0, @1)", "abs: ", "floor: @0", "ceil: @0", "trunc: @0", "round: @0",
    "fmod: (@0 % @1)", "signbit: (@0 < 0)", "isnan: 0", "isfinite: 1"};
// clang-format on

/// A function in C. @ is the type of the result, ~ and ^ those of the operands, # the suffix of
/// functions of @; between $ stands what is of floating ~ only, between ` what is of integers.
struct c_helper {
  char const* name;
  char const* parameters;
  char const* body;
  char const* needs = "";
};

/// Element-wise ones. Digamma by recurrence up to 10 and the asymptotic series, polygamma as
/// n! times the zeta function of Hurwitz by the formula of Euler and Maclaurin, the inverse of erf
/// by Halley's method from Winitzki's approximation.
inline constexpr c_helper c_helpers[] = {
    {"abs", "@ x", "return x < 0 ? -x : x;"},
    {"sign", "@ x", "return (x > 0) - (x < 0);"},
    {"sigmoid", "@ x", "return 1 / (1 + exp#(-x));"},
    {"softplus", "@ x", "return x > 20 ? x : log1p#(exp#(x));"},
    {"relu", "@ x", "return x > 0$ || x != x$ ? x : 0;"},
    {"maximum", "@ a, @ b", "return a > b$ || a != a$ ? a : b;"},
    {"minimum", "@ a, @ b", "return a < b$ || a != a$ ? a : b;"},
    {"clamp_min", "@ x, @ low", "return x > low$ || x != x$ ? x : low;"},
    {"clamp_max", "@ x, @ high", "return x < high$ || x != x$ ? x : high;"},
    {"clamp", "@ x, @ low, @ high",
     "@ y = x > low$ || x != x$ ? x : low; return y < high$ || y != y$ ? y : high;"},
    {"remainder", "@ a, @ b",
     "@ r = $fmod#(a, b)$`a % b`; return r != 0 && (r < 0) != (b < 0) ? r + b : r;"},
    {"sinc", "@ x",
     "@ t = (@)0x1.921fb54442d18p1 * x; return x == 0 ? 1 : sin#(t) / t;"},
    {"xlogy", "@ a, @ b", "return a == 0 && b == b ? 0 : a * log#(b);"},
    {"logaddexp", "@ a, @ b",
     "@ d = a == b ? 0 : fabs#(a - b); return (a > b || a != a ? a : b) + log1p#(exp#(-d));"},
    {"logit", "@ x",
     "@ t = x + x - 1; return fabs#(t) < 0.5 ? log1p#(t / (1 - x)) : log#(x / (1 - x));"},
    {"ndtr", "@ x", "return erfc#(x * (@)-0x1.6a09e667f3bcdp-1) / 2;"},
    {"softsign", "@ x", "return x / (1 + fabs#(x));"},
    {"logsigmoid", "@ x", "return (x < 0 ? x : 0) - log1p#(exp#(-fabs#(x)));"},
    {"binary_cross_entropy", "@ x, @ y",
     "@ a = log#(x), b = log1p#(-x);"
     " return -(y * (a < -100 ? -100 : a) + (1 - y) * (b < -100 ? -100 : b));"},
    {"binary_cross_entropy_with_logits", "@ x, @ y",
     "return (1 - y) * x + (x < 0 ? -x : 0) + log1p#(exp#(-fabs#(x)));"},
    {"erfinv", "double y",
     "\n  double a = fabs(y), l = log1p(-a * a), t = 0x1.152af46b7c65ep2 + l / 2, x;\n"
     "  if (!(a < 1)) return a == 1 ? y * INFINITY : NAN;\n"
     "  x = sqrt(sqrt(t * t - l / 0.147) - t);\n"
     "  for (int k = 0; k < 3; ++k) {\n"
     "    double e = a < 0.5 ? erf(x) - a : 1 - a - erfc(x);\n"
     "    e *= 0x1.c5bf891b4ef6ap-1 * exp(x * x);\n"
     "    x -= e / (1 + x * e);\n  }\n"
     "  return copysign(x, y);\n"},
    {"digamma", "double x",
     "\n  double sum = 0, y;\n"
     "  if (x == 0) return copysign(INFINITY, -x);\n"
     "  if (x < 0 && x == floor(x)) return NAN;\n"
     "  if (x < 0) {\n"
     "    sum = -0x1.921fb54442d18p1 / tan(0x1.921fb54442d18p1 * (x - nearbyint(x)));\n"
     "    x = 1 - x;\n  }\n"
     "  for (; x < 10; ++x) sum -= 1 / x;\n"
     "  y = 1 / (x * x);\n"
     "  return sum + log(x) - 0.5 / x - y * (1. / 12 - y * (1. / 120 - y * (1. / 252 -\n"
     "      y * (1. / 240 - y * (1. / 132 - y * (691. / 32760 - y / 12))))));\n"},
    {"polygamma", "double n, double x",
     "\n  static const double c[] = {1. / 12, -1. / 720, 1. / 30240, -1. / 1209600,\n"
     "    1. / 47900160, -691. / 1307674368000, 1. / 74724249600, -3617. / 10670622842880000};\n"
     "  double s = n + 1, sum = 0, sign = fmod(n, 2) == 1 ? 1 : -1, p, f;\n"
     "  if (n == 0) return slope_digamma#(x);\n"
     "  if (x <= 0 && x == floor(x)) return sign * INFINITY;\n"
     "  if (x == INFINITY) return sign * 0;\n"
     "  for (; x < s + 10; ++x) sum += pow(x, -s);\n"
     "  p = pow(x, -s), f = s / x, sum += p * (x / n + 0.5);\n"
     "  for (int j = 0; j < 8; f *= (s + 2 * j + 1) * (s + 2 * j + 2) / (x * x), ++j)\n"
     "    sum += c[j] * p * f;\n"
     "  return sign * tgamma(s) * sum;\n",
     "digamma"}};

/// Those on whole operands. \ stands for the loops over the result: element k of strip (p, q) of an
/// axis of n elements; of the first operand it has m. Where it is of matrices there are `count`,
/// with n rows, and the result has m columns. Numbers follow as the brackets have them.
inline constexpr c_helper c_whole_helpers[] = {
    {"slice", "int start, int stop, int step",
     "  \\ t[e] = a[(p * m + start + k * step) * inner + q];\n"},
    {"pad_axis", "int low, int high, int gap",
     "  \\ {\n    int z = k - low;\n"
     "    t[e] = z >= 0 && z % (gap + 1) == 0 && z / (gap + 1) < m ?\n"
     "      a[(p * m + z / (gap + 1)) * inner + q] : 0;\n  }\n"},
    {"cat", "",
     "  \\ t[e] = k < m ? a[(p * m + k) * inner + q] : b[(p * (n - m) + k - m) * inner + q];\n"},
    {"cumsum", "",
     "  for (int p = 0; p < outer; ++p) for (int q = 0; q < inner; ++q) {\n"
     "    $double$`@` sum = 0;\n"
     "    for (int k = 0; k < n; ++k) {\n"
     "      int e = (p * n + k) * inner + q;\n"
     "      sum += a[e];\n      t[e] = sum;\n    }\n  }\n"},
    {"gather", "", "  \\ t[e] = a[(p * m + (int)b[e]) * inner + q];\n"},
    {"index_select", "", "  \\ t[e] = a[(p * m + (int)b[k]) * inner + q];\n"},
    {"scatter_zeros", "int extent",
     "  \\ t[e] = 0;\n"
     "  for (int p = 0; p < outer; ++p) for (int k = 0; k < m; ++k) for (int q = 0; q < inner; ++q)"
     " {\n    int e = (p * m + k) * inner + q;\n    t[(p * n + (int)b[e]) * inner + q] += a[e];\n"
     "  }\n"},
    {"index_zeros", "int extent",
     "  \\ t[e] = 0;\n"
     "  for (int p = 0; p < outer; ++p) for (int k = 0; k < m; ++k) for (int q = 0; q < inner; ++q)"
     "\n    t[(p * n + (int)b[k]) * inner + q] += a[(p * m + k) * inner + q];\n"},
    {"argsort", "",
     "  \\ {\n    int at = k;\n    ~ x = a[e];\n"
     "    for (; at > 0; --at) {\n"
     "      int64_t before = t[(p * n + at - 1) * inner + q];\n"
     "      ~ y = a[(p * n + before) * inner + q];\n"
     "      if (!(x < y$ || (x == x && y != y)$)) break;\n"
     "      t[(p * n + at) * inner + q] = before;\n    }\n"
     "    t[(p * n + at) * inner + q] = k;\n  }\n"},
    {"unfold", "int size, int step, int apart",
     "  \\ for (int w = 0; w < size; ++w)\n"
     "    t[e * size + w] ="
     " a[(p * m + k * step + w * apart) * inner + q];\n"},
    {"fold", "int extent, int step, int apart, int size",
     "  \\ t[e] = 0;\n"
     "  for (int p = 0; p < outer; ++p) for (int k = 0; k < m; ++k) for (int q = 0; q < inner; ++q)"
     "\n    for (int w = 0; w < size; ++w)\n"
     "      t[(p * n + k * step + w * apart) * inner + q] +="
     " a[((p * m + k) * inner + q) * size + w];\n"},
    {"lu_factor", "",
     "  for (; count > 0; --count, a += n * n, t += (n + 1) * n) {\n"
     "    for (int e = 0; e < n * n; ++e) t[e] = a[e];\n"
     "    for (int k = 0; k < n; ++k) {\n      int p = k;\n"
     "      for (int r = k + 1; r < n; ++r)\n"
     "        if (fabs(t[r * n + k]) > fabs(t[p * n + k])) p = r;\n"
     "      t[n * n + k] = p;\n"
     "      for (int c = 0; c < n; ++c) {\n"
     "        @ x = t[k * n + c];\n        t[k * n + c] = t[p * n + c];\n"
     "        t[p * n + c] = x;\n      }\n"
     "      for (int r = k + 1; r < n && t[k * n + k] != 0; ++r) {\n"
     "        t[r * n + k] /= t[k * n + k];\n"
     "        for (int c = k + 1; c < n; ++c) t[r * n + c] -= t[r * n + k] * t[k * n + c];\n"
     "      }\n    }\n  }\n"},
    {"lu_solve", "int transposed, int checked",
     "  for (; count > 0; --count, a += (n + 1) * n, b += n * m, t += n * m) {\n"
     "    for (int e = 0; e < n * m; ++e) t[e] = b[e];\n"
     "    slope_factored#(t, a, n, m, transposed);\n  }\n",
     "factored"},
    {"lu_inverse", "int transposed, int checked",
     "  for (; count > 0; --count, a += (n + 1) * n, t += n * n) {\n"
     "    for (int e = 0; e < n * n; ++e) t[e] = e % (n + 1) == 0;\n"
     "    slope_factored#(t, a, n, m, transposed);\n  }\n",
     "factored"},
    {"lu_det", "int which",
     "  for (int z = 0; z < count; ++z, a += (n + 1) * n) {\n"
     "    @ r = which != 2;\n"
     "    for (int k = 0; k < n; ++k) {\n      @ u = a[k * n + k];\n"
     "      if (which == 2) r += log#(fabs#(u));\n"
     "      else r *= (which == 0 ? u : (u > 0) - (u < 0)) * (a[n * n + k] != k ? -1 : 1);\n"
     "    }\n    t[z] = r;\n  }\n"},
    {"cholesky", "",
     "  for (; count > 0; --count, a += n * n, t += n * n)\n"
     "    for (int r = 0; r < n; ++r) for (int c = 0; c < n; ++c) {\n"
     "      @ x = c <= r ? a[r * n + c] : 0;\n"
     "      for (int k = 0; k < c && c <= r; ++k) x -= t[r * n + k] * t[c * n + k];\n"
     "      t[r * n + c] = c > r ? 0 : c < r ? x / t[c * n + c] : sqrt#(x);\n    }\n"},
    {"solve_triangular", "int upper, int transposed, int unit",
     "  for (; count > 0; --count, a += n * n, b += n * m, t += n * m) {\n"
     "    for (int e = 0; e < n * m; ++e) t[e] = b[e];\n"
     "    slope_substitute#(t, a, n, m, upper, transposed, unit);\n  }\n",
     "substitute"}};

/// What those on matrices call, as a whole: it is of one type.
inline constexpr char const* c_substitute =
    "static inline void slope_substitute#(@ *t, const @ *a, int n, int m, int upper,\n"
    "    int transposed, int unit) {\n"
    "  int back = upper != transposed;\n"
    "  for (int z = 0; z < n; ++z) {\n    int i = back ? n - 1 - z : z;\n"
    "    for (int c = 0; c < m; ++c) {\n"
    "      for (int k = back ? i + 1 : 0; k < (back ? n : i); ++k)\n"
    "        t[i * m + c] -= (transposed ? a[k * n + i] : a[i * n + k]) * t[k * m + c];\n"
    "      if (!unit) t[i * m + c] /= a[i * n + i];\n    }\n  }\n}\n";
inline constexpr char const* c_factored =
    "static inline void slope_rows#(@ *t, const @ *a, int k, int n, int m) {\n"
    "  for (int c = 0, j = (int)a[n * n + k]; c < m; ++c) {\n    @ x = t[k * m + c];\n"
    "    t[k * m + c] = t[j * m + c];\n    t[j * m + c] = x;\n  }\n}\n"
    "static inline void slope_factored#(@ *t, const @ *a, int n, int m, int transposed) {\n"
    "  for (int k = 0; k < n && !transposed; ++k) slope_rows#(t, a, k, n, m);\n"
    "  slope_substitute#(t, a, n, m, transposed, transposed, !transposed);\n"
    "  slope_substitute#(t, a, n, m, !transposed, transposed, transposed);\n"
    "  for (int k = n; k-- > 0 && transposed;) slope_rows#(t, a, k, n, m);\n}\n";

template <std::size_t N>
constexpr c_helper const* helper_of(c_helper const (&table)[N], char const* name) {
  for (c_helper const& h : table)
    if (detail::same_text(h.name, name)) return &h;
  return nullptr;
}
/// Null where there is none.
constexpr char const* c_text_of(char const* name, bool floating) {
  char const* const text =
      floating ? nullptr : spelling_of(c_spellings_of_integers, name).text;
  return text != nullptr ? text : spelling_of(c_spellings, name).text;
}

/// What no variable is called in C, besides functions and the names that loops and arrays have.
inline constexpr char const* c_words[] = {
    "f", "out", "sum_", "auto", "bool", "break", "case", "char", "const", "continue", "default",
    "do", "double", "else", "enum", "extern", "false", "float", "for", "goto", "if", "inline",
    "int", "long", "register", "restrict", "return", "short", "signed", "sizeof", "static",
    "struct", "switch", "true", "typedef", "union", "unsigned", "void", "volatile", "while",
    "isnan", "isfinite", "signbit", "INFINITY", "NAN", "int32_t", "int64_t"};

}  // namespace slope::engine
