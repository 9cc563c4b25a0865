// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Writes what to_c and to_numpy make of every operation in the table, of functions on whole
// operands and of their derivatives, as one C program and one Python program that compare slope's
// own values: texts FOLDER. It fails where an operation has no words and is not in the lists below,
// or is in a list and has some.
#include "../every_cell.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace slope;
using namespace slope::engine;

namespace {

/// Operations that C has no words for.
constexpr std::string_view not_in_c[] = {"external", "ndtri", "igamma", "igammac"};
/// Nor NumPy without other modules; factors of a matrix occur beside what is made of them only.
constexpr std::string_view not_in_numpy[] = {"external", "erfinv", "digamma", "polygamma",
                                             "lu_factor", "ndtri", "igamma", "igammac"};

template <std::size_t N>
bool is_in(std::string_view const (&list)[N], std::string_view name) {
  for (std::string_view const other : list)
    if (other == name) return true;
  return false;
}

struct domain {
  std::string_view name;
  double low[3], high[3];
};
// What is not here is sampled between 0.15 and 0.85.
constexpr domain domains[] = {{"add", {-9, -8}, {9, 7}},
                              {"divide", {-9, 0.5}, {9, 7}},
                              {"abs", {-9}, {9}},
                              {"sign", {-9}, {9}},
                              {"exp", {-20}, {20}},
                              {"tanh", {-5}, {5}},
                              {"sigmoid", {-30}, {30}},
                              {"softplus", {-30, 0.5}, {15, 3}},
                              {"relu", {-9}, {9}},
                              {"clamp", {-9, -5, 2}, {9, 0, 6}},
                              {"floor", {-9}, {9}},
                              {"ceil", {-9}, {9}},
                              {"trunc", {-9}, {9}},
                              {"round", {-9}, {9}},
                              {"fmod", {-9, 1}, {9, 6}},
                              {"remainder", {-9, -6}, {9, -1}},
                              {"copysign", {-9, -8}, {9, 7}},
                              {"asinh", {-9}, {9}},
                              {"acosh", {1.1}, {9}},
                              {"atan2", {-9, -8}, {9, 7}},
                              {"hypot", {-9, -8}, {9, 7}},
                              {"erf", {-4}, {4}},
                              {"erfc", {-4}, {4}},
                              {"erfinv", {-0.999}, {0.999}},
                              {"lgamma", {-3.3}, {9}},
                              {"digamma", {-5.7}, {20}},
                              {"polygamma", {1, -2.3}, {5, 9}},
                              {"sinc", {-3}, {3}},
                              {"logaddexp", {-9, -8}, {9, 7}},
                              {"ndtr", {-6}, {6}},
                              {"softsign", {-9}, {9}},
                              {"logsigmoid", {-30}, {30}},
                              {"signbit", {-9}, {9}},
                              {"maximum", {-9, -8}, {9, 7}},
                              {"minimum", {-9, -8}, {9, 7}},
                              {"subtract", {-9, -8}, {9, 7}},
                              {"logits_cross_entropy", {-9, 0}, {9, 1}}};
constexpr domain elsewhere{"", {0.15, 0.12, 0.1}, {0.85, 0.8, 0.9}};

/// One tensor for each leaf, in double; integers have whole values.
struct leaf_values {
  std::vector<double> of[3];
};

struct writer {
  std::ostringstream c, c_main, python, latex;
  std::vector<int> in_c, in_numpy;  // how often each operation occurred
  int programs = 0, failed = 0;
  work_graph recorded, simple, lower, derived, first;

  writer() : in_c(all_ops::size), in_numpy(all_ops::size) {}
};

char const* type_in_c(dtype t) {
  return t == dtype::boolean   ? "bool"
         : t == dtype::int32   ? "int32_t"
         : t == dtype::float32 ? "float"
         : is_floating(t)      ? "double"
                               : "int64_t";
}
char const* type_in_numpy(dtype t) {
  return t == dtype::boolean   ? "np.bool_"
         : t == dtype::int32   ? "np.int32"
         : t == dtype::float32 ? "np.float32"
         : is_floating(t)      ? "np.float64"
                               : "np.int64";
}
std::string number(double x, bool python) {
  if (std::isnan(x)) return python ? "np.nan" : "NAN";
  if (std::isinf(x)) return std::string(x < 0 ? "-" : "") + (python ? "np.inf" : "INFINITY");
  if (x == 0) return std::signbit(x) ? "-0.0" : "0";
  char text[64];
  std::snprintf(text, sizeof text, "%.17g", x);
  return text;
}
std::string list(std::vector<double> const& values, bool python) {
  std::string text;
  for (double const x : values) text += (text.empty() ? "" : ", ") + number(x, python);
  return text.empty() ? "0" : text;
}
std::string replaced(std::string text, std::string const& from, std::string const& to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// Every run-time extent is this.
constexpr int open_extent = 4;
struct all_sizes {
  int of[64];

  all_sizes() {
    for (int& n : of) n = open_extent;
  }
};
shape known(shape const& s) { return sized(s, all_sizes().of); }

/// As many values as the leaf has elements.
std::vector<double> elements(leaf_values const& leaves, engine::leaf const& l, shape const& s) {
  auto const& all = leaves.of[l.ordinal];
  std::vector<double> values{all.begin(), all.begin() + element_count(known(s))};
  for (double& x : values)
    if (!is_floating(l.type)) x = l.type == dtype::boolean ? x != 0 : std::trunc(x) + 0.0;
  return values;
}

std::vector<double> values_of(work_graph const& g, leaf_values const& leaves) {
  std::vector<std::int64_t> offsets{0};
  for (int i = 0; i < g.node_count; ++i)
    offsets.push_back(offsets.back() + element_count(known(view(g).shape_of(i))));
  std::vector<cell> all(static_cast<std::size_t>(offsets.back()) + 1);
  for (int i = 0; i < g.node_count; ++i) {
    if (g.nodes[i].op != op_number<op::variable>()) continue;
    engine::leaf const& l = g.leaves[g.nodes[i].attribute];
    auto at = static_cast<std::size_t>(offsets[static_cast<std::size_t>(i)]);
    if (l.ordinal < 0) {
      int const n = -l.ordinal;
      for (int k = 0; k < n * n; ++k)
        all[at + static_cast<std::size_t>(k)] = k % (n + 1) == 0 ? cell{1, 1} : cell{};
      continue;
    }
    for (double const x : elements(leaves, l, g.shapes[l.shape]))
      all[at++] = is_floating(l.type) ? cell{x, 0} : cell{0, static_cast<std::int64_t>(x)};
  }
  interpret(view(g), every_cell, all.data(), offsets.data(), all_sizes().of);
  std::vector<double> result;
  int const root = g.roots[0];
  std::int64_t const count = element_count(known(view(g).shape_of(root)));
  for (std::int64_t k = 0; k < count; ++k) {
    cell const& c = all[static_cast<std::size_t>(offsets[static_cast<std::size_t>(root)] + k)];
    result.push_back(is_floating(g.nodes[root].type) ? c.real : static_cast<double>(c.whole));
  }
  return result;
}

void mark(graph_view const& g, std::vector<int>& seen) {
  for (int i = 0; i < g.node_count; ++i) ++seen[g.nodes[i].op];
}
void complain(writer& w, std::string const& text) {
  std::printf("FAILED %s\n", text.c_str());
  ++w.failed;
}

/// The C text of a graph in primitives and the NumPy text of another one, for the same value.
void add(writer& w, std::string const& name, work_graph const& for_c, work_graph const& for_numpy,
         leaf_values const& leaves) {
  auto const c = c_source(view(for_c));
  auto const python = numpy_source(view(for_numpy), for_numpy.roots[0]);
  std::vector<double> const expected = values_of(for_c, leaves);
  std::string const id = std::to_string(w.programs++);
  dtype const type = for_c.nodes[for_c.roots[0]].type;
  if (c.missing[0] != 0) {
    if (!is_in(not_in_c, c.missing)) complain(w, name + ": no C for " + c.missing);
  } else {
    mark(view(for_c), w.in_c);
    w.c << "\n// " << name << '\n'
        << replaced(replaced(c.text, "slope_", "slope" + id + "_"), "void f(", "void f" + id + "(");
    w.c_main << "  {\n    static " << type_in_c(type) << " out[" << expected.size() + 1 << "];\n"
             << "    static const double expected[] = {" << list(expected, false) << "};\n";
    std::string arguments;
    for (int k = 0; k < for_c.size_count; ++k) arguments += std::to_string(open_extent) + ", ";
    for (int k = 0; k < for_c.leaf_count; ++k) {
      engine::leaf const& l = for_c.leaves[k];
      if (l.ordinal < 0) continue;
      std::string const x = "x" + std::to_string(l.ordinal);
      w.c_main << "    static const " << type_in_c(l.type) << ' ' << x << "[] = {"
               << list(elements(leaves, l, for_c.shapes[l.shape]), false) << "};\n";
      arguments += (for_c.shapes[l.shape].rank == 0 ? "*" : "") + x + ", ";
    }
    w.c_main << "    f" << id << '(' << arguments << "out);\n    double got[" << expected.size() + 1
             << "];\n    for (int k = 0; k < " << expected.size()
             << "; ++k) got[k] = out[k];\n    compare(\"" << name << "\", got, expected, "
             << expected.size() << ", " << (type == dtype::float32 ? "1e-5" : "1e-10")
             << ");\n  }\n";
  }
  w.latex << latex_source(view(for_numpy), for_numpy.roots[0]).text << '\n';
  if (python.missing[0] != 0) {
    if (!is_in(not_in_numpy, python.missing))
      complain(w, name + ": no NumPy for " + python.missing);
    return;
  }
  mark(view(for_numpy), w.in_numpy);
  for (int k = 0; k < for_numpy.leaf_count; ++k) {
    engine::leaf const& l = for_numpy.leaves[k];
    if (l.ordinal < 0) continue;
    w.python << '_' << l.ordinal << " = np.array(["
             << list(elements(leaves, l, for_numpy.shapes[l.shape]), true) << "]).astype("
             << type_in_numpy(l.type) << ").reshape([";
    shape const s = known(for_numpy.shapes[l.shape]);
    for (int j = 0; j < s.rank; ++j) w.python << s.extents[j] << ", ";
    w.python << "])\n";
  }
  shape const s = known(view(for_c).shape_of(for_c.roots[0]));
  w.python << "compare('" << name << "', " << python.text << ", [" << list(expected, true)
           << "][:" << expected.size() << "], (";
  for (int j = 0; j < s.rank; ++j) w.python << s.extents[j] << ", ";
  w.python << "), " << (type == dtype::float32 ? "1e-5" : "1e-10") << ")\n";
}

// One function for each large temporary: compilers give every one its own place on the stack.
void clear(work_graph& g) { g = work_graph{}; }
void simplify_to(work_graph& to, work_graph const& from) { to = simplified(view(from)); }
void lower_to(work_graph& to, work_graph const& from) { to = lowered(view(from)); }
void reverse_to(work_graph& to, work_graph const& from, int leaf) {
  to = reverse(view(from), &leaf, 1);
}

bool has_factors(work_graph const& g) {
  for (int i = 0; i < g.node_count; ++i)
    if (g.nodes[i].op == op_number<op::lu_factor>()) return true;
  return false;
}

/// The texts of w.recorded, and with `derive` those of the derivatives of the sum of its sines.
void add_recorded(writer& w, std::string const& name, leaf_values const& leaves, bool derive) {
  if (w.recorded.error.failed) return complain(w, name + ": " + w.recorded.error.text.text);
  simplify_to(w.simple, w.recorded);
  lower_to(w.lower, w.simple);
  add(w, name, w.lower, w.recorded, leaves);
  if (has_factors(w.lower)) add(w, name + " by factors", w.lower, w.lower, leaves);
  if (!derive) return;
  {
    builder b(w.recorded);
    w.recorded.roots[0] = sum(sin(symbol(&b, w.recorded.roots[0]) * 1.0)).index();
  }
  simplify_to(w.simple, w.recorded);
  for (int k = 0; k < w.recorded.leaf_count; ++k) {
    if (!is_floating(w.recorded.leaves[k].type)) continue;
    if (k == 0 && name.starts_with("igamma")) continue;  // has no derivative by its first
    reverse_to(w.derived, w.simple, k);
    if (w.derived.error.failed) return complain(w, name + ": " + w.derived.error.text.text);
    simplify_to(w.first, w.derived);
    lower_to(w.lower, w.first);
    add(w, name + " derived by " + std::to_string(k), w.lower, w.first, leaves);
  }
}
/// Those of what `make` builds.
template <class Make>
void program(writer& w, std::string const& name, leaf_values const& leaves, Make make,
             bool derive = false) {
  clear(w.recorded);
  {
    builder b(w.recorded);
    symbol const y = make(b);
    w.recorded.roots[0] = in(b, y).index();
    w.recorded.root_count = 1;
  }
  add_recorded(w, name, leaves, derive);
}

constexpr int samples = 16;

/// Multiples of an irrational number, modulo 1, spread over the domain.
leaf_values sampled(domain const& d, int count, bool whole) {
  constexpr double turns[] = {0.6180339887498949, 0.4142135623730951, 0.7320508075688772};
  leaf_values result;
  for (int a = 0; a < 3; ++a)
    for (int k = 0; k < count; ++k) {
      double const turn = turns[a] * (k + 1);
      double const x = d.low[a] + (d.high[a] - d.low[a]) * (turn - std::floor(turn));
      result.of[a].push_back(whole ? std::trunc(x) : x);
    }
  return result;
}

leaf_values edges() {
  constexpr double inf = __builtin_inf();
  double const nan = __builtin_nan("");
  return {{{0, -0.0, 1, -1, inf, -inf, nan, 0, 0, inf, inf, 2, -2.5, 800, -800, 3},
           {0, 0, 0, -0.0, inf, -inf, 1, nan, -1, -inf, 2, inf, -inf, 0.5, 2, nan},
           {0, 1, 2, 3, 4, inf, nan, 1, 1, 1, 1, 1, 1, 1, 1, 1}}};
}

template <class Op, class Leaf, class How>
symbol applied(builder& b) {
  symbol const x = argument_symbol<Leaf>(b, 0);
  if constexpr (Op::arity == 1) return build<How>(x);
  else if constexpr (Op::arity == 2) return build<How>(x, argument_symbol<Leaf>(b, 1));
  else {
    symbol const y = argument_symbol<Leaf>(b, 1);
    symbol const z = argument_symbol<Leaf>(b, 2);
    if constexpr (Op::conditional) return build<How>(x < symbol(0.5), y, z);
    else return build<How>(x, y, z);
  }
}

template <class Op>
concept plain_composite = requires(symbol s) {
  Op::expand(s);
}
|| requires(symbol s) { Op::expand(s, s); };

/// One operation of the table, where a vector or matrix of numbers is all that it needs.
template <class Op>
void operation(writer& w) {
  std::string const name = Op::name();
  domain const* d = &elsewhere;
  for (domain const& other : domains)
    if (other.name == name) d = &other;
  leaf_values real = sampled(*d, samples, false);
  if (name == "polygamma")
    for (double& x : real.of[0]) x = std::floor(x);
  if constexpr (std::same_as<Op, op::with_derivative>) {
    program(w, name, real, applied<Op, tensor<double, samples>, Op>);
  } else if constexpr (Op::kind == op_kind::elementwise || plain_composite<Op>) {
    program(w, name, real, applied<Op, tensor<double, samples>, Op>, true);
    if (name != "polygamma" && name != "sign")  // np.sign(NaN) is NaN
      program(w, name + " at edges", edges(), applied<Op, tensor<double, samples>, Op>);
    program(w, name + " of float", real, applied<Op, tensor<float, samples>, Op>);
    if constexpr (Op::kind == op_kind::elementwise && Op::result != type_rule::floating) {
      domain const whole{"", {-9, 1, 1}, {9, 7, 5}};
      program(w, name + " of int64", sampled(whole, samples, true),
              applied<Op, tensor<std::int64_t, samples>, Op>);
    }
  } else if constexpr (Op::axes != axes_rule::none && Op::arity == 1) {
    program(w, name + "<0>", real, applied<Op, tensor<double, 4, 4>, op::with<Op, 0>>, true);
    program(w, name + "<1>", real, applied<Op, tensor<double, 4, 4>, op::with<Op, 1>>, true);
  }
}

/// A function of leaves of these types.
template <class... A, class F>
void function(writer& w, std::string const& name, F f, leaf_values const& leaves) {
  program(
      w, name, leaves,
      [&](builder& b) {
        symbol arguments[] = {symbol(), symbol(), symbol()};
        int count = 0;
        ((arguments[count] = argument_symbol<A>(b, count), ++count), ...);
        if constexpr (sizeof...(A) == 1) return f(arguments[0]);
        else if constexpr (sizeof...(A) == 2) return f(arguments[0], arguments[1]);
        else return f(arguments[0], arguments[1], arguments[2]);
      },
      true);
}

/// Parts, orders, matrices: what has more than axes to say.
void whole_operations(writer& w) {
  using matrix = tensor<double, 4, 6>;
  using square = tensor<double, 3, 3>;
  using batch = tensor<double, 2, 3, 3>;
  domain const spread{"", {-2, -2, -2}, {2, 2, 2}};
  leaf_values const x = sampled(spread, 24, false);
  leaf_values small = sampled(spread, 18, false);
  for (std::size_t k = 0; k < 18; k += k % 9 == 8 ? 1 : 4) small.of[0][k] += 5;  // regular matrices
  auto const one = [&](char const* name, auto f) { function<matrix>(w, name, f, x); };
  one("slice", [](symbol a) { return slice<1, 1, 5>(a) * 2; });
  one("slice with steps", [](symbol a) { return slice<1, 1, 6, 2>(a); });
  one("slices of slices", [](symbol a) { return slice<0, 1, 3>(slice<1, 0, 6, 3>(a)); });
  one("pad", [](symbol a) { return pad<1, 2, 3, 0>(a); });
  one("flip",
      [](symbol a) { return flip<0, 1>(a) - flip<1>(a) * transpose(flip<0>(transpose(a))); });
  one("roll", [](symbol a) { return roll<2, 1>(a); });
  one("cat", [](symbol a) { return cat<1>(a, exp(a)); });
  one("cumsum", [](symbol a) { return cumsum<0>(a * a); });
  one("cumprod", [](symbol a) { return cumprod<1>(a); });
  one("tril", [](symbol a) { return tril(a) + triu<1>(a) * 2; });
  one("argsort", [](symbol a) { return argsort<1>(a) + argsort<0>(a); });
  one("sort", [](symbol a) { return std::get<0>(sort<1>(a)); });
  one("sort downwards", [](symbol a) { return std::get<0>(sort<0>(a, descending)); });
  one("median", [](symbol a) { return median(a); });
  one("argmax", [](symbol a) { return argmax<1>(a); });
  one("windows", [](symbol a) { return unfold<1, 3, 2>(a); });
  one("reshape of a flip", [](symbol a) { return reshape<3, 8>(flip<1>(sin(a))); });
  one("norm of p", [](symbol a) { return norm<1>(a, 3); });
  one("largest", [](symbol a) { return norm<1>(a, symbol(__builtin_inf())); });
  one("norm", [](symbol a) { return norm<0>(a, keepdim) + a; });
  one("softmax and sums",
      [](symbol a) { return log_softmax<1>(a) * softmax<0>(a) + mean<1>(a, keepdim); });
  one("counts of bool", [](symbol a) { return sum<1>((a < 1) + (a < 0)) + sum<1>(a < 0.5); });
  one("products", [](symbol a) { return matmul(a, transpose(a)); });
  one("outer products", [](symbol a) { return outer(select<0, 1>(a), select<1, 2>(a)); });
  one("layer", [](symbol a) { return layer_norm<6>(a); });
  one("cubes", [](symbol a) { return pow(abs(a), symbol(1.0 / 3)) * pow(a, 3); });
  function<matrix, tensor<double, 6>>(
      w, "vectors", [](symbol a, symbol b) { return mv(a, b) * dot(b, b); }, x);
  function<matrix, tensor<double, 6>>(
      w, "mm", [](symbol a, symbol b) { return mm(a, transpose(a)) * mean(b); }, x);
  function<matrix, tensor<double, 6>>(
      w, "vector", [](symbol a, symbol b) { return matmul(a, b); }, x);
  function<tensor<double, 2, 3, 4>, tensor<double, 4, 2>>(
      w, "batches", [](symbol a, symbol b) { return matmul(a, b); }, x);
  function<square, tensor<double, 3>>(
      w, "solve", [](symbol a, symbol b) { return solve(a, b); }, small);
  function<batch, tensor<double, 2, 3>>(
      w, "solve columns", [](symbol a, symbol b) { return solve(a, b); }, small);
  function<square, square>(
      w, "solve matrices", [](symbol a, symbol b) { return solve(a, b); }, small);
  function<batch>(
      w, "inverse", [](symbol a) { return inverse(a); }, small);
  function<batch>(
      w, "det", [](symbol a) { return det(a); }, small);
  function<tensor<double, 4, 4>>(
      w, "det of four", [](symbol a) { return det(a); }, small);
  function<square>(
      w, "slogdet", [](symbol a) { return std::get<1>(slogdet(a)) * std::get<0>(slogdet(a)); },
      small);
  function<square>(
      w, "cholesky", [](symbol a) { return cholesky(matmul(a, transpose(a))); }, small);
  function<batch>(
      w, "logdet", [](symbol a) { return logdet(matmul(a, transpose(a))); }, small);
  function<square>(
      w, "inverse of the transpose", [](symbol a) { return inverse(transpose(a)); }, small);
  function<square, square>(
      w, "solve with the transpose", [](symbol a, symbol b) { return solve(transpose(a), b); },
      small);
  function<square, square>(
      w, "solve_triangular", [](symbol a, symbol b) { return solve_triangular<true>(a, b); },
      small);
  function<square, square>(
      w, "solve_triangular below",
      [](symbol a, symbol b) { return solve_triangular<false, true, true>(a, b); }, small);
  function<tensor<double, 1, 2, 6>, tensor<double, 2, 2, 3>>(
      w, "conv1d", [](symbol a, symbol b) { return conv1d<2, 1>(a, b); }, x);
  using rows = tensor<double, dynamic, 6>;
  using numbers = tensor<double, dynamic>;
  auto const open = [&](char const* name, auto f) { function<rows>(w, name, f, x); };
  open("softmax of open rows", [](symbol a) { return softmax<0>(a) + softmax<1>(a); });
  open("means of open rows", [](symbol a) { return variance<0>(a) * mean<0>(a) / norm(a); });
  open("flip of open rows", [](symbol a) { return flip<0, 1>(exp(a)) + cumsum<0>(a); });
  open("parts of open rows", [](symbol a) { return cat<1>(slice<1, 0, 2>(a), pad<0, 1>(a)); });
  open("order of open rows", [](symbol a) { return std::get<0>(sort<1>(a)) * argmax<0>(a); });
  open("products of open rows", [](symbol a) { return matmul(transpose(a), flip<0>(a)); });
  function<rows, numbers>(
      w, "open vector", [](symbol a, symbol b) { return matmul(b, a); }, x);
  // Indices.
  leaf_values indexed = x;
  for (int k = 0; k < 24; ++k) indexed.of[1][static_cast<std::size_t>(k)] = k * 7 % 4;
  function<matrix, tensor<std::int64_t, 3, 6>>(
      w, "gather", [](symbol a, symbol i) { return gather<0>(a, i); }, indexed);
  function<matrix, tensor<std::int32_t, 4, 3>>(
      w, "gather of int32", [](symbol a, symbol i) { return gather<1>(a, i); }, indexed);
  function<matrix, tensor<std::int64_t, 5>>(
      w, "index_select", [](symbol a, symbol i) { return index_select<1>(a, i); }, indexed);
  function<matrix, tensor<std::int64_t, 2, 2>>(
      w, "embedding", [](symbol a, symbol i) { return embedding(i, a); }, indexed);
  function<matrix, tensor<std::int64_t, 4, 6>>(
      w, "scatter_add", [](symbol a, symbol i) { return scatter_add<1>(a, i, a * a); }, indexed);
  function<matrix, tensor<std::int64_t, 4>>(
      w, "cross_entropy", [](symbol a, symbol i) { return cross_entropy(a, i); }, indexed);
  auto const mixed = [&](char const* name, auto f) {
    function<tensor<std::int64_t, 6>, tensor<bool, 6>, tensor<float, 6>>(w, name, f, indexed);
  };
  mixed("squares of integers",
        [](symbol q, symbol b, symbol f) { return abs(q) + q * q * b - pow(q, 3) + round(f); });
  mixed("choices",
        [](symbol q, symbol b, symbol f) { return where(q, f, q) * b + where(b, 2, 1); });
  mixed("conditions", [](symbol q, symbol b, symbol f) { return ((b && q) || f) + (!q && !b); });
  mixed("remainders",
        [](symbol q, symbol, symbol f) { return fmod(q, 2) + remainder(q, -3) + floor(f); });
  mixed("sums of bool",
        [](symbol q, symbol b, symbol) { return amax(q) - amin(b) + prod(b) + sum(b * b + b); });
  mixed("quotients", [](symbol q, symbol, symbol f) { return q / 2 + f * q + maximum(q, 0.5); });
  mixed("questions", [](symbol q, symbol b, symbol f) {
    return isnan(q) || isfinite(f) || eq(b, q) || ne(q, q);
  });
  mixed("types", [](symbol q, symbol b, symbol) {
    return sign(q) + clamp(q, 0, 2) + cumsum<0>(b) + slice<0, 0, 1>(b);
  });
  mixed("constants",
        [](symbol q, symbol, symbol f) { return f * pi_c + exp(q * e_c) - sqrt(abs(q)); });
  function<tensor<std::int32_t, 2, 6>, tensor<bool, 2, 6>>(
      w, "integers", [](symbol a, symbol b) { return cumsum<1>(a * b) + cumsum<0>(b) + sum(b); },
      indexed);
}

template <class F, class... Ops>
void each(op_list<Ops...>, F const& f) {
  (f(static_cast<Ops*>(nullptr)), ...);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  auto const w = std::make_unique<writer>();
  each(all_ops{}, [&]<class Op>(Op*) { operation<Op>(*w); });
  whole_operations(*w);
  each(all_ops{}, [&]<class Op>(Op*) {
    auto const number = static_cast<std::size_t>(op_number<Op>());
    std::string const name = Op::name();
    bool const primitive = Op::kind != op_kind::composite && !info_of(op_number<Op>()).lowers;
    if (Op::kind == op_kind::leaf || name == "with_derivative") return;
    if (primitive && (w->in_c[number] != 0) == is_in(not_in_c, name))
      complain(*w, "C of " + name + ": not compared, or in the list of those that have none");
    if ((w->in_numpy[number] != 0) == is_in(not_in_numpy, name) && name != "lu_factor")
      complain(*w, "NumPy of " + name + ": not compared, or in the list of those that have none");
  });
  std::ofstream c(std::string(arguments[1]) + "/exported.c");
  c << "#include <stdio.h>\n"
    << w->c.str()
    << "\nstatic int numbers, wrong;\n"
       "static void compare(const char *name, const double *got, const double *expected, int count,"
       " double bound)\n{\n  for (int k = 0; k < count; ++k) {\n    double x = got[k], y = "
       "expected[k];\n    ++numbers;\n    if (x == y || (isnan(x) && isnan(y)) || fabs(x - y) <= "
       "bound * fmax(fabs(y), 1e-3)) continue;\n"
       "    ++wrong;\n    printf(\"FAILED C of %s, %d: %.17g, not %.17g\\n\", name, k, x, y);\n  "
       "}\n}\n"
       "int main(void)\n{\n"
    << w->c_main.str()
    << "  printf(\"%d numbers of C compared\\n\", numbers);\n  return wrong != 0;\n}\n";
  std::ofstream python(std::string(arguments[1]) + "/exported.py");
  python << "import math\nimport sys\nimport numpy as np\nnp.seterr(all='ignore')\nnumbers = wrong "
            "= 0\n"
            "def compare(name, got, expected, shape, bound):\n"
            "    global numbers, wrong\n"
            "    got, expected = np.asarray(got), np.array(expected).reshape(shape)\n"
            "    numbers += expected.size\n"
            "    near = np.abs(got - expected) <= bound * np.maximum(np.abs(expected), 1e-3)\n"
            "    if got.shape == shape and np.all((got == expected) | near | (got != got) & "
            "(expected != expected)): return\n"
            "    wrong += 1\n"
            "    print('FAILED NumPy of', name, got, 'not', expected)\n"
         << w->python.str()
         << "print(numbers, 'numbers of NumPy compared')\nsys.exit(wrong != 0)\n";
  std::ofstream(std::string(arguments[1]) + "/exported.tex") << w->latex.str();
  std::printf("%d programs\n", w->programs);
  return w->failed == 0 ? 0 : 1;
}
