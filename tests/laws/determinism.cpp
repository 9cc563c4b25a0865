// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// The same bits from run to run and from compiler to compiler. (From one number of threads to
// another: tests/execute/threads.cpp.)
#include "catch.hpp"

#include <slope/slope.hpp>

#include <bit>
#include <cstdint>
#include <cstdio>
#include <string>
#include <tuple>
#include <utility>

using namespace slope;

namespace {

/// Numbers between -2 and 2, exact in every type, that no compiler computes differently.
template <class T, auto... Extents>
tensor<T, Extents...> numbers(unsigned seed, auto... extents) {
  tensor<T, Extents...> x(extents...);
  std::uint32_t state = seed;
  for (std::size_t k = 0; k < x.size(); ++k) {
    state = state * 1664525U + 1013904223U;
    x.data()[k] = static_cast<T>(static_cast<int>(state >> 20) - 2048) / T(1024);
  }
  return x;
}

/// FNV-1a of the bits of all elements.
class bits {
 public:
  void add(double x) { add_bits(std::bit_cast<std::uint64_t>(x)); }
  void add(float x) { add_bits(std::bit_cast<std::uint32_t>(x)); }
  template <class T, auto... Extents>
  void add(tensor<T, Extents...> const& x) {
    for (std::size_t k = 0; k < x.size(); ++k) add(x.data()[k]);
  }
  template <class... X>
  void add(std::tuple<X...> const& all) {
    std::apply([&](auto const&... x) { (add(x), ...); }, all);
  }
  template <class X, class Y>
  void add(std::pair<X, Y> const& both) {
    add(both.first);
    add(both.second);
  }
  std::string text() const {
    char digits[20];
    std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(hash_));
    return digits;
  }

 private:
  void add_bits(std::uint64_t x) {
    for (int k = 0; k < 8; ++k) hash_ = (hash_ ^ (x >> 8 * k & 255)) * 1099511628211ULL;
  }
  std::uint64_t hash_ = 14695981039346656037ULL;
};
template <class F, class... X>
std::string bits_of(F const& f, X const&... x) {
  bits first, second;
  first.add(f(x...));
  second.add(f(x...));
  CHECK(first.text() == second.text());
  return first.text();
}

constexpr auto functions = [](auto x, auto y) {
  return sum(exp(x) * sin(y) + tanh(x * y)) + mean(log(1 + exp(-x)) / (2 + cos(y)));
};
constexpr auto rows = [](auto x, auto w) {
  return sum(square(log_softmax<1>(matmul(x, w)))) + logsumexp(variance<0>(x));
};
constexpr auto places = [](auto x) {
  return sum(cumsum<1>(x) * flip<1>(x)) + sum(square(slice<1, 1, 4>(x))) + prod(x + 3);
};

}  // namespace

TEST_CASE("the same bits in every run, and from every compiler") {
  std::string const found[] = {
      bits_of(value_and_grad<0, 1>(functions), numbers<double, 7>(1), numbers<double, 7>(2)),
      bits_of(value_and_grad<0, 1>(functions), numbers<double, dynamic>(3, 1000),
              numbers<double, dynamic>(4, 1000)),
      bits_of(value_and_grad<0, 1>(functions), numbers<float, dynamic>(5, 333),
              numbers<float, dynamic>(6, 333)),
      bits_of(value_and_grad<0, 1>(rows), numbers<double, 33, 12>(7), numbers<double, 12, 9>(8)),
      bits_of(value_and_grad<0, 1>(rows), numbers<float, dynamic, 40>(9, 70),
              numbers<float, 40, 24>(10)),
      bits_of(value_and_grad(places), numbers<double, 6, 5>(11))};
#if !defined(__FMA__) && !defined(__FAST_MATH__) && defined(__x86_64__) && !defined(__AVX__)
  // With other instructions sums are in other orders and products are fused. A change of the plan
  // that changes these is made knowingly.
  std::string const expected[] = {"c3523ea3f5a5921c", "4a535b3221c45f23", "f0bbb9921a3ede1b",
                                  "662c84ec351dc399", "5bc8df3078b1db4a", "d82ab0b360b30a64"};
  for (std::size_t k = 0; k < std::size(found); ++k) {
    CAPTURE(k);
    CHECK(found[k] == expected[k]);
  }
#else
  CHECK(std::size(found) == 6);
#endif
}
