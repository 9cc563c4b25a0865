// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Loops of more than 150 operations, which run a table of instructions over tiles of elements,
// against the interpreter.
#include "catch.hpp"

#include "agreement.hpp"

// under all flags

namespace {

// 160 operations.
constexpr auto long_function = [](auto x, auto y, auto row) {
  auto h = x;
  for (int k = 0; k < 40; ++k) {
    h = tanh(h * y + row);
    h = where(h < x, h - 0.25 * k, 0.5 * h);
  }
  return h;
};

}  // namespace

TEST_CASE("large loops over vectors") {
  auto const f = [](auto x, auto y, auto z) {
    auto const h = long_function(x, y, z);
    return std::tuple(h, sum(h), h < y, amax(h * x), h * h);
  };
  for (int n : lengths()) {
    CAPTURE(n);
    CHECK(disagreement(f, some<float, dim<"n">>(1, n), some<float, dim<"n">>(2, n), 0.25f) == none);
  }
  CHECK(disagreement(f, some<double, 77>(1), some<double, 77>(2), some<double, 77>(3)) == none);
}

TEST_CASE("large loops over matrices, folded along axes") {
  auto const f = [](auto x, auto y, auto row) {
    auto const h = long_function(x, y, row);
    return std::tuple(h, sum(h, 0), sum(h, 1), amax(h, 0), amin(h, 1), sum(h), sum(h < 0.0, 0));
  };
  for (int m : {1, 2, 5})
    for (int n : {1, 3, 8, 16, 17, 31, 64, 65, 100}) {
      CAPTURE(m, n);
      CHECK(disagreement(f, some<double, dynamic, dim<"n">>(1, m, n), some<double, dim<"n">>(2, n),
                         0.5) == none);
    }
  CHECK(disagreement(f, some<float, 4, 1>(1), some<float, 4, 21>(2), some<float, 21>(3)) == none);
}

TEST_CASE("large loops of mixed types") {
  auto const f = [](auto x, auto y, auto k, auto p) {
    auto h = x;
    auto n = k;
    auto q = p;
    for (int i = 0; i < 25; ++i) {
      n = where(q, n + i, k - n);
      h = sin(0.5 * h * y) + n;  // by half: errors do not grow from turn to turn
      q = (h < x) && !q;
      h = h - where(q, n, k) * x;
      h = h + (h < y) + tanh(x - i);  // narrow values that nothing else needs become wide ones
    }
    return std::tuple(h, n, q, sum(n), sum(q), amax(h), x * h);
  };
  for (int n : {0, 1, 2, 7, 8, 15, 16, 17, 31, 33, 64, 100}) {
    CAPTURE(n);
    CHECK(disagreement(f, some<float, dim<"n">>(1, n), some<double, dim<"n">>(2, n),
                       some<std::int32_t, dim<"n">>(3, n), some<bool, dim<"n">>(4, n)) == none);
  }
  CHECK(disagreement(f, some<double, 37>(1), some<float, 37>(2), some<std::int64_t, 37>(3),
                     some<bool, 37>(4)) == none);
}

TEST_CASE("large loops with many kinds of operations") {
  // Each exponent is an operation of its own.
  auto const f = [](auto x) {
    auto h = x;
    for (int k = 0; k < 80; ++k) h = 0.5 * h + pow(x, symbol(rational(k - 40, 7)));
    return h;
  };
  CHECK(disagreement(f, exp(some<double, dynamic>(1, 19)).eval()) == none);
}
