// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Algebra of matrix products: as formulas, as values against plain loops, and random formulas
// against the graph of which nothing is simplified.
#include "catch.hpp"
#include "every_cell.hpp"
#include "matrices.hpp"

#include <slope/slope.hpp>
#include <slope/symbolic/regroup.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace slope;
using namespace slope::literals;

namespace {

constexpr variable<"A", double, 4, 5> A;
constexpr variable<"B", double, 5, 6> B;
constexpr variable<"C", double, 4, 6> C;
constexpr variable<"u", double, 4> u;
constexpr variable<"v", double, 6> v;
constexpr variable<"w", double, 5> w;
constexpr variable<"P", double, 3, 4, 5> P;
constexpr variable<"Q", double, 3, 5, 6> Q;
constexpr variable<"I", std::int32_t, 4, 5> I;
constexpr variable<"J", std::int32_t, 5, 6> J;
constexpr variable<"X", double, dim<"n">, dim<"k">> X;
constexpr variable<"W", double, dim<"k">, 6> W;
constexpr variable<"D", double, dynamic, dynamic> D;
constexpr variable<"E", double, dynamic, dynamic> E;

// Sums over rows, columns, both.
static_assert(sum(matmul(A, B)) == dot(sum<0>(A), sum<1>(B)));
static_assert(sum<0>(matmul(A, B)) == matmul(sum<0>(A), B));
static_assert(sum<1>(matmul(A, B)) == matmul(A, sum<1>(B)));
static_assert(sum<0>(matmul(A, B), keepdim) == matmul(sum<0>(A, keepdim), B));
static_assert(sum<1>(matmul(A, B), keepdim) == matmul(A, sum<1>(B, keepdim)));
static_assert(mean(matmul(A, B)) == dot(sum<0>(A), sum<1>(B)) / 24_c);
static_assert(mean<0>(matmul(A, B)) == matmul(sum<0>(A), B) / 4_c);
static_assert(sum(-3_c * matmul(A, B)) == -3_c * dot(sum<0>(A), sum<1>(B)));
static_assert(sum(transpose(matmul(A, B))) == sum(matmul(A, B)));
static_assert(sum<0>(transpose(matmul(A, B))) == matmul(A, sum<1>(B)));
static_assert(sum(matmul(A, w)) == dot(sum<0>(A), w));
static_assert(sum(matmul(u, A)) == dot(u, sum<1>(A)));
static_assert(sum<0>(matmul(matmul(A, B), transpose(C))) ==
              matmul(matmul(sum<0>(A), B), transpose(C)));
static_assert(sum(matmul(I, J)) == sum(sum<0>(I) * sum<1>(J)));
static_assert(sum<0>(matmul(I, J)) == matmul(sum<0>(I), J));
static_assert(sum(matmul(X, W)) == dot(sum<0>(X), sum<1>(W)));
static_assert(sum<1>(matmul(X, W)) == matmul(X, sum<1>(W)));

// A batch: axes that one operand has are summed there, common ones stay.
static_assert(sum(matmul(P, Q)) == sum(sum<1>(P) * sum<2>(Q)));
static_assert(sum<1, 2>(matmul(P, Q)) == sum<1>(sum<1>(P) * sum<2>(Q)));
static_assert(sum<1>(matmul(P, Q), keepdim) == matmul(sum<1>(P, keepdim), Q));
static_assert(sum<0>(matmul(A, Q)) == matmul(A, sum<0>(Q)));
static_assert(sum<0>(matmul(P, B)) == matmul(sum<0>(P), B));
static_assert(sum(matmul(A, Q)) == dot(sum<0>(A), sum<0, 2>(Q)));
static_assert(to_string(simplify(sum<0>(matmul(P, Q)))) == "sum<0>(matmul(P, Q))");

// No sum, no change: and a weight that changes along both axes keeps the product.
static_assert(to_string(simplify(sum(matmul(A, B) * C))) == "sum(C * matmul(A, B))");
static_assert(to_string(simplify(transpose(matmul(A, B)))) == "transpose(matmul(A, B))");
static_assert(to_string(simplify(amax<0>(matmul(A, B)))) == "amax<0>(matmul(A, B))");

// Gradients are sums, spread.
static_assert(gradient(sum(matmul(A, B)), A) == broadcast_to<4, 5>(sum<1>(B)));
static_assert(gradient(sum(matmul(A, B)), B) ==
              broadcast_to<5, 6>(unsqueeze<1>(sum<0>(A))));
static_assert(gradient(sum(matmul(P, Q)), P) ==
              broadcast_to<3, 4, 5>(unsqueeze<1>(sum<2>(Q))));
static_assert(gradient(sum(matmul(A, Q)), A) == broadcast_to<4, 5>(sum<0, 2>(Q)));
static_assert(gradient(sum(sum<0>(matmul(A, B)) * v), A) == broadcast_to<4, 5>(matmul(B, v)));
static_assert(gradient(sum(sum<0>(matmul(A, B)) * v), B) ==
              broadcast_to<5, 6>(unsqueeze<1>(sum<0>(A)) * v));
static_assert(gradient(sum(u * sum<1>(matmul(A, B))), B) ==
              broadcast_to<5, 6>(unsqueeze<1>(matmul(transpose(A), u))));

// Operands that were spread.
static_assert(matmul(broadcast_to<4, 5>(w), B) == broadcast_to<4, 6>(matmul(w, B)));
static_assert(matmul(A, broadcast_to<5, 6>(unsqueeze<1>(w))) ==
              broadcast_to<4, 6>(unsqueeze<1>(matmul(A, w))));
static_assert(matmul(A, broadcast_to<5, 6>(v)) == unsqueeze<1>(sum<1>(A)) * v);
static_assert(matmul(broadcast_to<4, 5>(unsqueeze<1>(u)), B) == unsqueeze<1>(u) * sum<0>(B));
static_assert(matmul(broadcast_to<3, 4, 5>(A), Q) == matmul(A, Q));
static_assert(matmul(transpose(broadcast_to<6, 5>(w)), transpose(C)) ==
              unsqueeze<1>(w) * sum<1>(C));
static_assert(matmul(outer(u, w), B) == outer(u, matmul(w, B)));
static_assert(matmul(A, outer(w, v)) == outer(matmul(A, w), v));
static_assert(matmul(unsqueeze<0>(w), unsqueeze<1>(w)) == reshape<1, 1>(dot(w, w)));

// What was replaced is not computed: two sums and a sum of products are left.
static_assert(cost(sum(matmul(A, B))).flops == 4 * 5 + 5 * 6 + 2 * 5);
static_assert(cost(gradient(sum(matmul(A, B)), A)).flops == 5 * 6);
static_assert(cost(std::tuple{sum(matmul(A, B)), gradient(sum(matmul(A, B)), A),
                              gradient(sum(matmul(A, B)), B)}).flops == 4 * 5 + 5 * 6 + 2 * 5);

// Values in constant expressions.
constexpr tensor<double, 4, 5> a{
    {1, 2, 3, 4, 5}, {0, 1, 0, 1, 0}, {2, 2, -2, 2, 2}, {1, 0, 1, 0, 3}};
constexpr tensor<double, 5, 6> b{{1, 0, 2, 0, 1, 1},
                                 {0, 1, 0, 1, 0, 1},
                                 {2, 1, 1, 1, 2, -1},
                                 {1, 1, 1, 1, 1, 1},
                                 {0, 0, -3, 0, 0, 1}};
static_assert(evaluate(sum(matmul(A, B)), A = a, B = b) == 69);
static_assert(evaluate(sum<1>(matmul(A, B)), A = a, B = b) == tensor<double, 4>{43, 9, 12, 5});
static_assert(evaluate(sum<1>(matmul(A, B)), A = a, B = b) ==
              evaluate(sum<1>(C), C = evaluate(matmul(A, B), A = a, B = b)));
static_assert(evaluate(gradient(sum(matmul(A, B)), A), B = b) ==
              evaluate(matmul(C, transpose(B)), C = ones<double, 4, 6>(), B = b));
static_assert(evaluate(sum<0>(matmul(I, J)), I = ones<std::int32_t, 4, 5>(),
                       J = ones<std::int32_t, 5, 6>()) ==
              tensor<std::int64_t, 6>{20, 20, 20, 20, 20, 20});

using batch = tensor<double, dynamic, dynamic, dynamic>;

batch numbers(int l, int m, int n, int seed) {
  batch t(l, m, n);
  for (int i = 0; i < l; ++i)
    for (int j = 0; j < m; ++j)
      for (int k = 0; k < n; ++k) t(i, j, k) = std::sin(seed + 3 * i + 7 * j + 5 * k);
  return t;
}

template <class F>
std::string refusal(F const& f) {
  try {
    f();
  } catch (std::invalid_argument const& e) {
    return e.what();
  }
  return "nothing is thrown";
}

}  // namespace

TEST_CASE("sums of products agree with loops") {
  for (int m : {1, 2, 7, 33}) {
    for (int k : {0, 1, 5, 40}) {
      for (int n : {1, 3, 17}) {
        CAPTURE(m, k, n);
        matrix const x = numbers(m, k, 1), y = numbers(k, n, 2), z = product(x, y);
        vector rows(n), columns(m);
        double all = 0;
        for (int i = 0; i < m; ++i)
          for (int j = 0; j < n; ++j) rows(j) += z(i, j), columns(i) += z(i, j), all += z(i, j);
        CHECK(near(evaluate(sum<0>(matmul(D, E)), D = x, E = y), rows));
        CHECK(near(evaluate(sum<1>(matmul(D, E)), D = x, E = y), columns));
        CHECK(std::abs(evaluate(sum(matmul(D, E)), D = x, E = y) - all) < 1e-11);

        // Gradients: one of the other operand's sums in each row or column.
        auto const both = [](auto p, auto q) { return sum(matmul(p, q)); };
        auto const [value, gradients] = value_and_grad<0, 1>(both)(x, y);
        auto const& [dx, dy] = gradients;
        matrix ones(m, n);
        for (int i = 0; i < m * n; ++i) ones.data()[i] = 1;
        CHECK(std::abs(value - all) < 1e-11);
        CHECK(near(dx, product(ones, evaluate(transpose(D), D = y))));
        CHECK(near(dy, product(evaluate(transpose(D), D = x), ones)));
      }
    }
  }
}

TEST_CASE("a batch of products is summed over what both have") {
  batch const p = numbers(3, 4, 5, 1), q = numbers(3, 5, 6, 2);
  batch z(3, 4, 6);
  for (int l = 0; l < 3; ++l)
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < 6; ++j)
        for (int k = 0; k < 5; ++k) z(l, i, j) += p(l, i, k) * q(l, k, j);
  tensor<double, 3, 4, 5> ps;
  tensor<double, 3, 5, 6> qs;
  for (int i = 0; i < 60; ++i) ps.data()[i] = p.data()[i];
  for (int i = 0; i < 90; ++i) qs.data()[i] = q.data()[i];
  auto const check = [&](auto over) {
    CHECK(near(evaluate(over(matmul(P, Q)), P = ps, Q = qs), over(z).eval()));
    CHECK(near(jit([](auto x, auto y) { return decltype(over){}(matmul(x, y)); })(p, q),
               over(z).eval()));
  };
  check([](auto const& e) { return sum<0>(e); });
  check([](auto const& e) { return sum<1>(e); });
  check([](auto const& e) { return sum<2>(e, keepdim); });
  check([](auto const& e) { return sum<0, 1>(e); });
  check([](auto const& e) { return sum<1, 2>(e); });
  check([](auto const& e) { return sum<0, 2>(e, keepdim); });
}

TEST_CASE("second derivatives of sums of products") {
  // The row sums s of F G, squared: d/dF = 2 (1 1)^T (s G^T), linear in s, so that its derivative
  // along V has the row sums of V G in their place.
  constexpr variable<"F", double, 2, 3> F;
  constexpr variable<"G", double, 3, 2> G;
  constexpr variable<"V", double, 2, 3> V;
  constexpr auto first = gradient(sum(square(sum<0>(matmul(F, G)))), F);
  static_assert(first == broadcast_to<2, 3>(2_c * matmul(G, matmul(sum<0>(F), G))));
  constexpr tensor<double, 2, 3> along{{1, 0, 2}, {3, -1, 1}};
  constexpr tensor<double, 3, 2> right{{1, 2}, {0, 1}, {-2, 1}};
  tensor<double, 2> s{};
  for (int i = 0; i < 2; ++i)
    for (int k = 0; k < 3; ++k)
      for (int j = 0; j < 2; ++j) s(j) += along(i, k) * right(k, j);
  tensor<double, 2, 3> want{};
  for (int i = 0; i < 2; ++i)
    for (int k = 0; k < 3; ++k)
      for (int j = 0; j < 2; ++j) want(i, k) += 2 * s(j) * right(k, j);
  CHECK(near(evaluate(gradient(sum(first * V), F), G = right, V = along), want));
  // Bilinear: the second derivative in both is what is left of the sum.
  CHECK(near(evaluate(gradient(sum(gradient(sum(matmul(F, G)), F) * V), G), V = along),
             evaluate(broadcast_to<3, 2>(unsqueeze<1>(sum<0>(V))), V = along)));
}

TEST_CASE("inner extents are checked also where no product is left") {
  std::string const text = "matmul: (2,3) x (4,5), axis 1 of D is 3, axis 0 of E is 4";
  matrix const x(2, 3), y(4, 5);
  CHECK(refusal([&] { evaluate(sum(matmul(D, E)), D = x, E = y); }) == text);
  CHECK(refusal([&] { evaluate(sum<0>(matmul(D, E)), D = x, E = y); }) == text);
  CHECK(refusal([&] { grad([](auto p, auto q) { return sum(matmul(p, q)); })(x, y); }) ==
        "matmul: (2,3) x (4,5), axis 1 of argument 0 is 3, axis 0 of argument 1 is 4");
}

namespace {

using engine::builder;
using engine::view;
using engine::work_graph;

/// A random formula of products of three matrices and a batch, with sums, spreads, transposes,
/// columns and rows between them.
symbol random_formula(builder& b, std::mt19937& random) {
  std::vector<symbol> values = {engine::argument_symbol<tensor<double, 2, 3>>(b, 0),
                                engine::argument_symbol<tensor<double, 3, 2>>(b, 1),
                                engine::argument_symbol<tensor<double, 1, 3>>(b, 2),
                                engine::argument_symbol<tensor<double, 2, 3, 1>>(b, 3)};
  auto const pick = [&] { return values[random() % values.size()]; };
  for (int step = 0; step < 6 || values.back().rank() < 2; ++step) {
    symbol const x = pick(), y = pick();
    int const axis = static_cast<int>(random() % static_cast<unsigned>(x.rank()));
    switch (random() % 8) {
      case 0: values.push_back(transpose(x)); break;
      case 1: values.push_back(sum(x, axis, keepdim)); break;
      case 2: if (x.rank() == 3) values.push_back(sum(x, axis)); break;
      case 3:
        if (x.rank() == 2 && x.extent(0) == 1 && random() % 2 == 0)
          values.push_back(broadcast_to<2, 2, 3>(sum(x) * x.extent(1) / (x.extent(1) + 1)));
        else values.push_back(x.extent(-1) == 1 ? x * broadcast_to<3>(sum(y)) : x * 2);
        break;
      case 4:  // element-wise where they fit
      case 5:
        if ((x.extent(-1) == y.extent(-1) || x.extent(-1) == 1 || y.extent(-1) == 1) &&
            (x.extent(-2) == y.extent(-2) || x.extent(-2) == 1 || y.extent(-2) == 1))
          values.push_back(x * y);
        break;
      default:
        if (x.extent(-1) == y.extent(-2)) values.push_back(matmul(x, y));
        else if (x.extent(-1) == y.extent(-1)) values.push_back(matmul(x, transpose(y)));
    }
  }
  symbol const last = values.back();
  switch (random() % 8) {
    case 0: return sum(last);
    case 1: return sum(last, 0);
    case 2: return sum(last, -1);
    // What the regrouping of a finished graph is about: a product, and sums of it.
    case 3: return last - sum(last, -1, keepdim);
    case 4: return last * sum(last, -2, keepdim);
    case 5: return last + sum(last);
    default: return last;
  }
}

/// The graph in primitives, and nothing simplified.
void expand(work_graph const& from, work_graph& to) {
  to = work_graph{};
  builder b(to);
  std::vector<int> map(16384);
  engine::copy_graph(b, view(from), map.data(), from.roots, 1);
  to.root_count = 1;
  to.roots[0] = map[static_cast<std::size_t>(from.roots[0])];
}

std::vector<double> value_of(work_graph const& g, int const* elements,
                             std::vector<std::vector<double>> const& leaves) {
  std::vector<std::int64_t> offsets{0};
  for (int i = 0; i < g.node_count; ++i)
    offsets.push_back(offsets.back() + engine::element_count(view(g).shape_of(i)));
  std::vector<engine::cell> cells(static_cast<std::size_t>(offsets.back()) + 1);
  for (int i = 0; i < g.node_count; ++i) {
    if (g.nodes[i].op != engine::op_number<op::variable>()) continue;
    auto const leaf = static_cast<std::size_t>(g.leaves[g.nodes[i].attribute].ordinal);
    for (int k = 0; k < elements[leaf]; ++k)
      cells[static_cast<std::size_t>(offsets[static_cast<std::size_t>(i)] + k)].real =
          leaves[leaf][static_cast<std::size_t>(k)];
  }
  engine::interpret(view(g), every_cell, cells.data(), offsets.data());
  std::vector<double> result;
  auto const root = static_cast<std::size_t>(g.roots[0]);
  for (auto k = offsets[root]; k < offsets[root + 1]; ++k)
    result.push_back(cells[static_cast<std::size_t>(k)].real);
  return result;
}

/// Of the products of matrices.
std::int64_t multiplications(work_graph const& g) {
  std::int64_t count = 0;
  for (int i = 0; i < g.node_count; ++i) {
    if (g.nodes[i].op != engine::op_number<op::matmul>()) continue;
    engine::shape const& left = view(g).shape_of(g.nodes[i].args[0]);
    count += engine::element_count(view(g).shape_of(i)) * left.extents[left.rank - 1];
  }
  return count;
}

std::string written_out(work_graph const& g) {
  auto const t = engine::formula(view(g), g.roots[0]);
  return {t.text, static_cast<std::size_t>(t.size)};
}

}  // namespace

TEST_CASE("random formulas of products keep their values, and all rules come to an end") {
  struct graphs {
    work_graph recorded, expanded, simple, again;
  };
  auto const g = std::make_unique<graphs>();
  std::mt19937 random(20260102);
  std::uniform_real_distribution<double> uniform(-1, 1);
  int const elements[] = {6, 6, 3, 6};
  std::vector<std::vector<double>> leaves(4);
  int with_product = 0, without = 0, grouped = 0;
  for (int formula = 0; formula < 4000; ++formula) {
    for (std::size_t l = 0; l < 4; ++l) {
      leaves[l].clear();
      for (int k = 0; k < elements[l]; ++k) leaves[l].push_back(uniform(random));
    }
    g->recorded = work_graph{};
    {
      builder b(g->recorded);
      g->recorded.roots[0] = random_formula(b, random).index();
      g->recorded.root_count = 1;
    }
    INFO(written_out(g->recorded));
    REQUIRE(!g->recorded.error.failed);
    g->simple = engine::simplified(view(g->recorded));
    INFO("simplified: " << written_out(g->simple));
    g->again = engine::simplified(view(g->simple));
    CHECK(written_out(g->again) == written_out(g->simple));
    int const root = g->recorded.roots[0], simple_root = g->simple.roots[0];
    REQUIRE(view(g->recorded).shape_of(root) == view(g->simple).shape_of(simple_root));
    expand(g->recorded, g->expanded);
    auto const want = value_of(g->expanded, elements, leaves);
    expand(g->simple, g->again);
    auto const got = value_of(g->again, elements, leaves);
    REQUIRE(got.size() == want.size());
    for (std::size_t k = 0; k < got.size(); ++k) {
      CAPTURE(k, got[k], want[k]);
      CHECK(std::abs(got[k] - want[k]) <= 1e-9 * std::max(1.0, std::abs(want[k])));
    }
    // Regrouping keeps the value too, and comes to an end.
    std::int64_t const before = multiplications(g->simple);
    bool again = false;
    for (int round = 0; engine::can_be_regrouped(view(g->simple)); ++round) {
      REQUIRE(round < 10);
      g->again = engine::regrouped(view(g->simple));
      g->simple = g->again;
      again = true;
    }
    if (again) {
      ++grouped;
      INFO("regrouped: " << written_out(g->simple));
      CHECK(multiplications(g->simple) <= before);
      auto const other = value_of(g->simple, elements, leaves);
      REQUIRE(other.size() == want.size());
      for (std::size_t k = 0; k < other.size(); ++k) {
        CAPTURE(k, other[k], want[k]);
        CHECK(std::abs(other[k] - want[k]) <= 1e-9 * std::max(1.0, std::abs(want[k])));
      }
    }
    bool product = false;
    for (int i = 0; i < g->simple.node_count; ++i)
      product = product || g->simple.nodes[i].op == engine::op_number<op::matmul>();
    ++(product ? with_product : without);
  }
  CHECK(with_product > 300);
  CHECK(without > 300);
  CHECK(grouped > 50);
}
