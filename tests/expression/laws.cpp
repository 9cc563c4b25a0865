// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Laws of simplification, of reverse and of forward mode on random formulas. The engine that works while a
// program compiles also works while it runs: here it is given ten thousand formulas.
#include "catch.hpp"
#include "every_cell.hpp"

#include <slope/slope.hpp>
#include <slope/symbolic/lower.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace slope;
using namespace slope::engine;

namespace {

constexpr int leaf_count = 4;
constexpr int elements_of_leaf[leaf_count] = {3, 3, 1, 6};

/// One operation of a random formula on earlier values; negative operands are constants.
struct step {
  int op, a, b, c, d;
};

std::pair<int, int> const constants[] = {{0, 1}, {1, 1}, {-1, 1}, {2, 1},
                                         {3, 1}, {1, 2}, {-3, 2}, {1, 10}};
std::pair<int, int> const exponents[] = {{2, 1}, {3, 1}, {-1, 1}, {-2, 1}, {1, 2}, {-1, 2}};
constexpr int op_count = 49;

/// other, or its sum where it does not broadcast with x.
symbol fitting(symbol x, symbol other) {
  if (x.owner() == nullptr || other.owner() == nullptr) return other;
  for (int k = 1; k <= x.rank() && k <= other.rank(); ++k) {
    int const m = x.extent(-k), n = other.extent(-k);
    if (m != n && m != 1 && n != 1) return sum(other);
  }
  return other;
}

/// The operations along axes; of a number they are something else.
symbol apply_along(step const& s, symbol x, symbol y) {
  if (x.rank() == 0) return s.op % 2 == 0 ? tanh(x) : x + 1;
  int const axis = (s.d + 8) % x.rank();
  switch (s.op) {
    case 33: return sum(x, axis);
    case 34: return sum(x, axis, keepdim);
    case 35: return mean(x, axis);
    case 36: return mean(x, axis, keepdim);
    case 37: return amax(x, axis, keepdim);
    case 38: return amin(x);
    case 39: return prod(x, axis);
    case 40: return logsumexp(x, axis, keepdim);
    case 41: return softmax(x, axis);
    case 42: return log_softmax(x, axis);
    case 43: return stddev(x, axis);
    case 44: return norm(x, axis);
    case 45: return x.rank() > 1 ? transpose(x) : unsqueeze<0>(x);
    case 46: return log(sum(exp(x), axis, keepdim));
    default: return x.rank() == 2 ? matmul(x, transpose(x)) : dot(x, x) * mean(y);
  }
}

symbol apply(step const& s, symbol x, symbol y, symbol u, symbol v) {
  if (s.op >= 33 && s.op < 48) return apply_along(s, x, y);
  switch (s.op) {
    case 0: return x + y;
    case 1: return x - y;
    case 2: return x * y;
    case 3: return x / y;
    case 4: return x + y + u;
    case 5: return x * y * u;
    case 6: return maximum(x, y);
    case 7: return minimum(x, y);
    case 8: return where(x < y, u, v);
    case 9: return where(x <= y, u, symbol(0));
    case 10: return where(x < y || u < v, x, v);
    case 11: return clamp(x, -1, 1.5);
    case 12: {
      auto const e = exponents[static_cast<unsigned>(s.d) % std::size(exponents)];
      return pow(x, symbol(rational(e.first, e.second)));
    }
    case 13: return -x;
    case 14: return abs(x);
    case 15: return square(x);
    case 16: return sqrt(x);
    case 17: return reciprocal(x);
    case 18: return exp(x);
    case 19: return log(x);
    case 20: return log1p(x);
    case 21: return expm1(x);
    case 22: return sin(x);
    case 23: return cos(x);
    case 24: return tanh(x);
    case 25: return sigmoid(x);
    case 26: return softplus(x);
    case 27: return relu(x);
    case 28: return log(1 + exp(x));
    case 29: return atan(x);
    case 30: return exp2(x) + log2(u);
    case 31: return sum(x);
    case 32: return x * x;
    case 48: return x + x;
    default: return x;
  }
}

/// Is the order of the first two operands free?
bool commutes(int op) { return op == 0 || op == 2 || op == 6 || op == 7; }

using recipe = std::vector<step>;

recipe random_recipe(std::mt19937& random) {
  recipe f;
  int const steps = 2 + static_cast<int>(random() % 7);
  for (int k = 0; k < steps; ++k) {
    auto const operand = [&] {
      // Mostly recent values, sometimes leaves, sometimes constants.
      auto const kind = random() % 8;
      if (kind == 0) return -1 - static_cast<int>(random() % std::size(constants));
      int const values = leaf_count + k;
      if (kind < 4) return values - 1 - static_cast<int>(random() % 2);
      return static_cast<int>(random() % static_cast<unsigned>(values));
    };
    step s{static_cast<int>(random() % op_count), operand(), operand(), operand(), operand()};
    if (s.a < 0) s.a = static_cast<int>(random() % leaf_count);  // an operation needs one symbol
    f.push_back(s);
  }
  return f;
}

/// The formula's last value; `random` exchanges and regroups what commutes.
symbol record(builder& b, recipe const& f, std::mt19937* random) {
  std::vector<symbol> values = {argument_symbol<tensor<double, 3>>(b, 0),
                                argument_symbol<tensor<double, 3>>(b, 1),
                                argument_symbol<double>(b, 2),
                                argument_symbol<tensor<double, 2, 3>>(b, 3)};
  auto const value = [&](int i) {
    if (i >= 0) return values[static_cast<std::size_t>(i)];
    auto const c = constants[static_cast<unsigned>(-1 - i)];
    return constant_symbol(b, rational(c.first, c.second));
  };
  for (step const& s : f) {
    // Each operand broadcasts with all before it.
    symbol const x = value(s.a), y = fitting(x, value(s.b)), xy = x + y;
    symbol const u = fitting(xy, value(s.c)), v = fitting(xy + u, value(s.d));
    if (random != nullptr && commutes(s.op) && (*random)() % 2 == 0)
      values.push_back(apply(s, y, x, u, v));
    else if (random != nullptr && s.op == 4 && (*random)() % 2 == 0) values.push_back(u + (y + x));
    else if (random != nullptr && s.op == 5 && (*random)() % 2 == 0) values.push_back(u * (y * x));
    else values.push_back(apply(s, x, y, u, v));
  }
  return values.back();
}

/// Every node's elements.
using cells = std::vector<std::vector<double>>;
using point = std::vector<std::vector<double>>;

cells interpreted(work_graph const& g, point const& leaves) {
  std::vector<std::int64_t> offsets{0};
  for (int i = 0; i < g.node_count; ++i)
    offsets.push_back(offsets.back() + element_count(view(g).shape_of(i)));
  std::vector<cell> all(static_cast<std::size_t>(offsets.back()) + 1);
  for (int i = 0; i < g.node_count; ++i) {
    if (g.nodes[i].op != op_number<op::variable>()) continue;
    auto const& data =
        leaves[static_cast<std::size_t>(g.leaves[g.nodes[i].attribute].ordinal)];
    for (std::size_t k = 0; k < data.size(); ++k)
      all[static_cast<std::size_t>(offsets[static_cast<std::size_t>(i)]) + k].real = data[k];
  }
  interpret(view(g), every_cell, all.data(), offsets.data());
  cells result;
  for (int i = 0; i < g.node_count; ++i) {
    auto& out = result.emplace_back();
    auto const at = static_cast<std::size_t>(i);
    for (auto k = offsets[at]; k < offsets[at + 1]; ++k) {
      cell const& c = all[static_cast<std::size_t>(k)];
      out.push_back(is_floating(g.nodes[i].type) ? c.real : static_cast<double>(c.whole));
    }
  }
  return result;
}

/// Are all values moderate, and no comparison or kink so close that rounding decides it?
bool tame(work_graph const& g, cells const& values) {
  for (int i = 0; i < g.node_count; ++i) {
    engine::node const& n = g.nodes[i];
    auto const& own = values[static_cast<std::size_t>(i)];
    if (n.op == op_number<op::constant>()) continue;
    for (double v : own)
      if (!(std::abs(v) < 100) || (v != 0 && std::abs(v) < 1e-3)) return false;
    bool const kink = n.op == op_number<op::abs>() || n.op == op_number<op::sign>() ||
                      n.op == op_number<op::relu>() || n.op == op_number<op::power>();
    bool const pair = n.op == op_number<op::lt>() || n.op == op_number<op::le>() ||
                      n.op == op_number<op::maximum>() || n.op == op_number<op::minimum>();
    bool const bounds = n.op == op_number<op::clamp>();
    if (kink)
      for (double v : values[static_cast<std::size_t>(n.args[0])])
        if (std::abs(v) < 1e-3) return false;
    if (pair || bounds) {
      for (int k = 1; k < (bounds ? 3 : 2); ++k)
        for (double v : values[static_cast<std::size_t>(n.args[0])])
          for (double w : values[static_cast<std::size_t>(n.args[k])])
            if (std::abs(v - w) < 1e-3) return false;
    }
  }
  return true;
}

bool near(double a, double b, double relative) {
  return std::abs(a - b) <= relative * std::max({1.0, std::abs(a), std::abs(b)});
}

std::string written_out(work_graph const& g, int root = 0) {
  auto const t = engine::formula(view(g), g.roots[root]);
  return {t.text, static_cast<std::size_t>(t.size)};
}

struct graphs {
  work_graph recorded, expanded, simple, again, gradient, both, tangent, moved;
};

/// The graph in primitives, and nothing simplified.
void expand(work_graph const& from, work_graph& to) {
  // First the macros, which are made of composites, then those.
  static work_graph with_composites;
  std::vector<int> map(16384);
  auto const copy = [&](work_graph const& source, work_graph& target, copying how) {
    target = work_graph{};
    builder b(target);
    copy_graph(b, view(source), map.data(), source.roots, source.root_count, how);
    target.root_count = source.root_count;
    for (int r = 0; r < source.root_count; ++r)
      target.roots[r] = map[static_cast<std::size_t>(source.roots[r])];
  };
  copy(from, with_composites, copying::lowering);
  copy(with_composites, to, copying::simplifying);
}

}  // namespace

TEST_CASE("laws of random formulas") {
  auto const g = std::make_unique<graphs>();
  std::mt19937 random(20260101);
  std::uniform_real_distribution<double> uniform(-2, 2);
  int formulas = 0, values = 0, slopes = 0, directions = 0;
  while (formulas < 10000) {
    recipe const f = random_recipe(random);
    ++formulas;
    g->recorded = work_graph{};
    {
      builder b(g->recorded);
      symbol const y = record(b, f, nullptr);
      g->recorded.roots[0] = y.index();
      g->recorded.root_count = 1;
    }
    REQUIRE(!g->recorded.error.failed);
    g->simple = simplified(view(g->recorded));
    INFO("formula " << formulas << ": " << written_out(g->recorded)
                    << "\nsimplified: " << written_out(g->simple));
    REQUIRE(!g->simple.error.failed);

    // Simplifying twice changes nothing.
    g->again = simplified(view(g->simple));
    CAPTURE(written_out(g->again));
    CHECK(written_out(g->again) == written_out(g->simple));

    // Equality does not depend on the order of operands.
    g->both = work_graph{};
    {
      builder b(g->both);
      g->both.roots[0] = record(b, f, nullptr).index();
      g->both.roots[1] = record(b, f, &random).index();
      g->both.root_count = 2;
    }
    CAPTURE(written_out(g->both, 1));
    CHECK(same_roots(view(g->both)));

    // Simplification keeps the shape, the type and the value.
    int const root = g->recorded.roots[0], simple_root = g->simple.roots[0];
    CHECK(view(g->recorded).shape_of(root) == view(g->simple).shape_of(simple_root));
    CHECK((g->recorded.nodes[root].type == g->simple.nodes[simple_root].type ||
           is_weak(g->simple.nodes[simple_root].type)));
    expand(g->recorded, g->expanded);
    point at;
    cells plain;
    bool found = false;
    for (int attempt = 0; attempt < 4 && !found; ++attempt) {
      at.clear();
      for (int n : elements_of_leaf) {
        auto& leaf = at.emplace_back();
        for (int k = 0; k < n; ++k) leaf.push_back(uniform(random));
      }
      plain = interpreted(g->expanded, at);
      found = tame(g->expanded, plain);
    }
    if (!found) continue;
    ++values;
    auto const& want = plain[static_cast<std::size_t>(g->expanded.roots[0])];
    expand(g->simple, g->again);
    cells const simple = interpreted(g->again, at);
    auto const& got = simple[static_cast<std::size_t>(g->again.roots[0])];
    REQUIRE(got.size() == want.size());
    for (std::size_t k = 0; k < got.size(); ++k) {
      CAPTURE(k, got[k], want[k]);
      CHECK(near(got[k], want[k], 1e-9));
    }

    // Reverse mode agrees with central differences.
    {
      work_graph& scalar = g->both;
      scalar = work_graph{};
      builder c(scalar);
      scalar.roots[0] = sum(record(c, f, nullptr)).index();
      scalar.root_count = 1;
    }
    expand(g->both, g->expanded);
    int const leaves[] = {0, 1, 2, 3};
    g->gradient = reverse(view(g->both), leaves, leaf_count);
    REQUIRE(!g->gradient.error.failed);
    expand(g->gradient, g->again);
    cells const derivative = interpreted(g->again, at);
    auto const value_at = [&](point const& p) {
      return interpreted(g->expanded, p)[static_cast<std::size_t>(g->expanded.roots[0])][0];
    };
    // Forward mode along a random direction is the gradient times the direction.
    {
      g->tangent = forward(view(g->both), leaves, leaf_count, leaf_count, false);
      REQUIRE(!g->tangent.error.failed);
      expand(g->tangent, g->moved);
      point moving = at;
      double expected = 0, size = 0;
      for (std::size_t l = 0; l < leaf_count; ++l) {
        auto const& all = derivative[static_cast<std::size_t>(g->again.roots[l])];
        auto& direction = moving.emplace_back();
        for (std::size_t k = 0; k < at[l].size(); ++k) {
          direction.push_back(uniform(random));
          double const share = all[all.size() == 1 ? 0 : k] * direction[k];
          expected += share;
          size += std::abs(share);
        }
      }
      cells const tangents = interpreted(g->moved, moving);
      double const tangent = tangents[static_cast<std::size_t>(g->moved.roots[0])][0];
      if (std::isfinite(size)) {
        ++directions;
        INFO("tangent: " << written_out(g->tangent));
        CAPTURE(tangent, expected);
        CHECK(std::abs(tangent - expected) <= 1e-9 * size + 1e-12);
      }
    }
    for (std::size_t l = 0; l < leaf_count; ++l) {
      std::size_t const k = random() % at[l].size();
      auto const difference = [&](double h) {
        point up = at, down = at;
        up[l][k] += h;
        down[l][k] -= h;
        return (value_at(up) - value_at(down)) / (2 * h);
      };
      double const wide = difference(1e-4), narrow = difference(5e-5);
      if (!near(wide, narrow, 1e-5)) continue;  // too curved for differences
      auto const& all = derivative[static_cast<std::size_t>(g->again.roots[l])];
      double const exact = all[all.size() == 1 ? 0 : k];
      ++slopes;
      INFO("derivative for leaf " << l << ": " << written_out(g->gradient, static_cast<int>(l)));
      CAPTURE(exact, narrow);
      CHECK(near(exact, narrow, 1e-4));
    }
  }
  CAPTURE(values, slopes);
  CHECK(values > 2000);
  CHECK(slopes > 8000);
  CHECK(directions > 2000);
}
