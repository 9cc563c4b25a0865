// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "../catch.hpp"
#include "functions.hpp"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#ifndef SLOPE_TEST_SOURCE_DIR
#define SLOPE_TEST_SOURCE_DIR "."
#endif

// also built with: -O3 -march=native
// also built with: -O2 -march=native -ffast-math

// Every function against exact values (reference.txt), as scalar and as packs, in units in the last
// place. -ffast-math costs some of the accuracy, and flushes denormal numbers to zero.

namespace {

struct sample {
  double x;
  double y;  // the second argument, where there is one
  double value;
  double remainder;  // exact = value + remainder units in the last place
};

using table = std::map<std::string, std::vector<sample>>;

table read_reference() {
  table samples;
  std::ifstream file(SLOPE_TEST_SOURCE_DIR "/math/reference.txt");
  std::vector<sample>* block = nullptr;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::vector<std::string> word;
    for (std::string w; words >> w;) word.push_back(w);
    if (word.size() == 2) {
      block = &samples[word[0] + " " + word[1]];
      continue;
    }
    auto const number = [&](std::size_t i) { return std::strtod(word.at(i).c_str(), nullptr); };
    std::size_t const last = word.size() - 1;
    block->push_back({number(0), number(last - 2), number(last - 1), number(last) / 1000});
  }
  return samples;
}

table const& reference() {
  static table const samples = read_reference();
  return samples;
}

template <class T>
constexpr char const* type_name = sizeof(T) == 8 ? "double" : "float";

/// Numbers that -ffast-math flushes to zero, or computes from such. Read off the bits: where
/// denormal numbers count as zero, comparisons do not tell.
template <class T>
bool tiny(double x) {
  auto const magnitude = math::detail::bits(math::abs(x));
  double const normal = math::detail::format<T>::smallest_normal;
  return magnitude != 0 && magnitude < math::detail::bits(normal * 0x1p24);
}

template <class T>
bool skipped(sample const& s, bool two) {
  return math::fast_math && (tiny<T>(s.x) || tiny<T>(s.value) || (two && tiny<T>(s.y)));
}

/// The distance of `got` from the exact value, in units in the last place of that.
template <class T>
double error_of(T got, sample const& s) {
  int exponent = 0;
  std::frexp(s.value, &exponent);
  int const unit = std::max(exponent - (sizeof(T) == 8 ? 53 : 24), sizeof(T) == 8 ? -1074 : -149);
  // Division by a tiny unit in two steps, both exact.
  double const difference = static_cast<double>(got) - s.value;
  return std::fabs(std::ldexp(std::ldexp(difference, -unit / 2), -unit - -unit / 2) - s.remainder);
}

/// -ffast-math replaces divisions, too, by approximations.
double allowed(double bound) { return math::fast_math ? std::max(4.0, bound) : bound; }

bool same_bits(auto a, auto b) { return std::memcmp(&a, &b, sizeof a) == 0; }

template <class T>
void check(char const* name, char const* how, double bound, T got, sample const& s, bool two) {
  if (skipped<T>(s, two)) return;
  double const error = error_of(got, s);
  if (error <= allowed(bound)) return;
  CAPTURE(name, how, s.x, s.y, got, s.value, error);
  CHECK(error <= allowed(bound));
}

/// Arguments one after the other through packs of N; a lane may not depend on its neighbours.
template <class T, int N, class F>
void check_packs(char const* name, double bound, std::vector<sample> const& samples, F call,
                 bool two) {
  using pack = math::pack<T, N>;
  std::string const how = "pack of " + std::to_string(N);
  for (std::size_t first = 0; first < samples.size(); first += N) {
    T x[N];
    T y[N];
    T out[N];
    for (int i = 0; i < N; ++i) {
      auto const& s = samples[std::min(first + static_cast<std::size_t>(i), samples.size() - 1)];
      x[i] = static_cast<T>(s.x);
      y[i] = static_cast<T>(s.y);
    }
    call(pack::load(x), pack::load(y)).store(out);
    for (int i = 0; i < N && first + static_cast<std::size_t>(i) < samples.size(); ++i) {
      check(name, how.c_str(), bound, out[i], samples[first + static_cast<std::size_t>(i)], two);
      T const alone = call(pack::broadcast(x[i]), pack::broadcast(y[i]))[(i + 1) % N];
      if (math::fast_math || same_bits(alone, out[i])) continue;
      CAPTURE(name, how, x[i], y[i]);
      CHECK(alone == out[i]);
    }
  }
}

template <class T, class F>
void check_all(char const* name, double bound, F call, bool two) {
  auto const found = reference().find(std::string(name) + " " + type_name<T>);
  REQUIRE(found != reference().end());
  REQUIRE(found->second.size() >= 100);
  for (auto const& s : found->second)
    check(name, "scalar", bound, call(static_cast<T>(s.x), static_cast<T>(s.y)), s, two);
  constexpr int native = math::native_lanes<T>;
  check_packs<T, native>(name, bound, found->second, call, two);
  check_packs<T, native / 2 < 2 ? 2 * native : native / 2>(name, bound, found->second, call, two);
}

template <class T>
void check_unary() {
  each_unary([](char const* name, double bound, auto f) {
    check_all<T>(
        name, bound, [f](auto x, auto) { return f(x); }, false);
  });
}
template <class T>
void check_binary() {
  each_binary([](char const* name, double bound, auto f) { check_all<T>(name, bound, f, true); });
}

}  // namespace

TEST_CASE("functions of one double are within their bounds") { check_unary<double>(); }
TEST_CASE("functions of one float are within their bounds") { check_unary<float>(); }
TEST_CASE("functions of two doubles are within their bounds") { check_binary<double>(); }
TEST_CASE("functions of two floats are within their bounds") { check_binary<float>(); }
