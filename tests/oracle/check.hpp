// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../catch.hpp"

#include "reader.hpp"

#include <slope/slope.hpp>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <tuple>
#include <type_traits>
#include <utility>

/// Runs slope's operations on the reference cases. generate.py writes, for each distinct operation,
/// attributes and input shapes, one entry that names an instantiation of what stands here; the
/// cases' numbers are read when the test runs.
namespace oracle {

/// One instantiation: `run` checks every case of this key.
struct entry {
  char const* key;
  void (*run)(test_case const&);
};

/// "sum x:float64[2x3] dim=int,0": what distinguishes instantiations.
inline std::string key_of(test_case const& c) {
  std::string key = c.op;
  for (tensor const* in : c.all("in")) {
    key += " " + in->name + ":" + in->dtype + "[";
    for (std::size_t k = 0; k < in->shape.size(); ++k)
      key += (k == 0 ? "" : "x") + std::to_string(in->shape[k]);
    key += "]";
  }
  return key;
}

inline std::string attributes_of(test_case const& c) {
  std::string text;
  for (auto const& [name, a] : c.attributes) {
    text += " " + name + "=" + a.type;
    for (double v : a.numbers) {
      char buffer[32];
      std::snprintf(buffer, sizeof buffer, ",%.17g", v);
      text += buffer;
    }
    for (std::int64_t v : a.integers) text += "," + std::to_string(v);
    if (!a.text.empty()) text += "," + a.text;
  }
  return text;
}

/// The key of an element-wise operation whose inputs have one shape: the shape does not matter.
inline std::string element_key_of(test_case const& c) {
  std::string key = c.op;
  for (tensor const* in : c.all("in")) key += " " + in->name + ":" + in->dtype;
  return key + attributes_of(c);
}

/// The key of an instantiation for run-time extents: ranks instead of shapes.
inline std::string rank_key_of(test_case const& c) {
  std::string key = c.op;
  for (tensor const* in : c.all("in"))
    key += " " + in->name + ":" + in->dtype + "/" + std::to_string(in->shape.size());
  return key + attributes_of(c);
}

/// The rule of README.md, "Comparing".
inline bool matches(double got, double want, double rtol, double atol) {
  if (std::isnan(want)) return std::isnan(got);
  if (std::isinf(want)) return got == want;
  return std::abs(got - want) <= rtol * std::abs(want) + atol;
}

namespace detail {

template <class T>
inline constexpr bool is_number = std::is_arithmetic_v<T>;

/// The elements of a result as numbers.
template <class R>
std::vector<double> flat(R const& result) {
  if constexpr (is_number<R>) {
    return {static_cast<double>(result)};
  } else {
    std::vector<double> r;
    for (int i = 0; i < static_cast<int>(result.size()); ++i)
      r.push_back(static_cast<double>(result.data()[i]));
    return r;
  }
}

template <class R>
std::vector<std::vector<double>> all_flat(R const& results) {
  if constexpr (requires { std::tuple_size<R>::value; }) {
    return std::apply(
        [](auto const&... r) { return std::vector<std::vector<double>>{flat(r)...}; }, results);
  } else {
    return {flat(results)};
  }
}

template <class Data>
inline constexpr bool has_runtime_extents = false;
template <class T, auto... E>
inline constexpr bool has_runtime_extents<slope::tensor<T, E...>> =
    (... || !std::same_as<decltype(E), int>);

template <class Data, std::size_t... Axis>
Data of_extents(std::vector<int> const& shape, std::index_sequence<Axis...>) {
  return Data(shape[Axis]...);
}

/// A tensor that can hold t.
template <class Data>
Data room_for(tensor const& t) {
  if constexpr (has_runtime_extents<Data>)
    return of_extents<Data>(t.shape, std::make_index_sequence<Data::rank()>{});
  else return Data{};
}

/// Elements [first, first + its size) of t, the last one again beyond the end.
template <class Data>
Data filled(tensor const& t, std::size_t first = 0) {
  auto const at = [&](std::size_t i) {
    std::size_t const k = first + i < t.size() ? first + i : t.size() - 1;
    return t.is_floating() ? t.values[k] : static_cast<double>(t.integers[k]);
  };
  if constexpr (is_number<Data>) {
    return static_cast<Data>(at(0));
  } else {
    Data data = room_for<Data>(t);
    using value_type = std::remove_cvref_t<decltype(*data.data())>;
    for (std::size_t i = 0; i < static_cast<std::size_t>(data.size()); ++i)
      data.data()[i] = static_cast<value_type>(at(i));
    return data;
  }
}

/// sum(cotangent * f(x...)), whose gradients the cases give.
template <class F>
struct weighted {
  constexpr auto operator()(auto cotangent, auto... x) const {
    return slope::sum(cotangent * F{}(x...));
  }
};

/// Compares with torch's value, the same in double precision, and the case's other right values.
inline void check_number(test_case const& c, char const* key, std::string const& name,
                         std::size_t i, double got, double cotangent) {
  tensor const* want = c.find(key, name);
  tensor const* wide = c.find(std::string(key) + "64", name);
  REQUIRE(want != nullptr);
  REQUIRE(i < want->size());
  double const expected =
      want->is_floating() ? want->values[i] : static_cast<double>(want->integers[i]);
  bool right = matches(got, expected, c.rtol, c.atol) ||
               (wide != nullptr && wide->is_floating() &&
                matches(got, wide->values[i], c.rtol, c.atol));
  // In another order of summation nothing overflows.
  tensor const* out = c.find("out");
  if (c.tagged("order") && out->size() == 1 && out->is_floating() &&
      !std::isfinite(out->values[0]))
    right = true;
  // Rewritten formulas are finite where torch's overflow on the way.
  if (c.kind == "edge" && c.op.rfind("c.", 0) == 0 && !std::isfinite(expected)) right = true;
  bool const gradient = std::strcmp(key, "grad") == 0;
  // At its poles torch's trigamma is some large number.
  if (gradient && c.op == "digamma" && std::isinf(got) && expected > 1e12) right = true;
  // Torch's factor is 1/6 in single precision for double too.
  if (gradient && c.op == "hardsigmoid")
    right = right || matches(got, expected, 4e-8, c.atol);
  for (fix const& f : c.fixes) {
    if (f.index != i) continue;
    if (!gradient && f.which == "out") right = right || matches(got, f.value, c.rtol, c.atol);
    if (gradient && f.which == "dydx")
      right = right || matches(got, cotangent * f.value, c.rtol, c.atol);
    if (gradient && f.which == "grad." + name)
      right = right || matches(got, f.value, c.rtol, c.atol);
  }
  if (right) return;
  INFO(c.id << ": " << key << " " << name << "[" << i << "]");
  CAPTURE(got, expected);
  CHECK(right);
}

inline double number(tensor const& t, std::size_t i) {
  return t.is_floating() ? t.values[i] : static_cast<double>(t.integers[i]);
}

}  // namespace detail

/// F on data of the case's own shapes. Wanted: which arguments are differentiated.
template <class F, class Wanted, class Cotangent, class... Data>
struct whole;
template <class F, std::size_t... Wanted, class Cotangent, class... Data>
struct whole<F, std::index_sequence<Wanted...>, Cotangent, Data...> {
  template <std::size_t... I>
  static void run(test_case const& c, std::index_sequence<I...>) {
    auto const in = c.all("in");
    REQUIRE(in.size() == sizeof...(Data));
    auto const data = std::tuple(detail::filled<Data>(*in[I])...);
    auto const out = detail::flat(slope::jit(F{})(std::get<I>(data)...));
    tensor const* want = c.find("out");
    REQUIRE(want != nullptr);
    REQUIRE(out.size() == want->size());
    for (std::size_t i = 0; i < out.size(); ++i)
      detail::check_number(c, "out", "out", i, out[i], 1);
    if constexpr (sizeof...(Wanted) != 0) {
      tensor const* cotangent = c.find("cot");
      if (cotangent == nullptr) return;
      auto const gradients = detail::all_flat(slope::grad<(Wanted + 1)...>(detail::weighted<F>{})(
          detail::filled<Cotangent>(*cotangent), std::get<I>(data)...));
      std::size_t const argument[] = {Wanted...};
      bool given_nan = false;
      for (tensor const* t : in)
        for (double v : t->values) given_nan = given_nan || std::isnan(v);
      for (std::size_t k = 0; k < sizeof...(Wanted); ++k) {
        std::string const& name = in[argument[k]]->name;
        if (c.find("grad", name) == nullptr) continue;
        for (std::size_t i = 0; i < gradients[k].size(); ++i) {
          if (given_nan && std::isnan(gradients[k][i])) continue;
          auto const& shape = in[argument[k]]->shape;
          auto const columns = static_cast<std::size_t>(shape.empty() ? 1 : shape.back());
          if (c.tagged("tril-grad") && name == "l" && i % columns > i / columns) continue;
          detail::check_number(c, "grad", name, i, gradients[k][i],
                               cotangent->size() == gradients[k].size() ? cotangent->values[i] : 1);
        }
      }
    }
  }
  static void check(test_case const& c) { run(c, std::index_sequence_for<Data...>{}); }
};

/// F, element-wise, on inputs of one shape: in vectors of 19 elements, so that packs and their
/// tails are met, whatever the case's shape.
template <class F, class Wanted, class Result, class... T>
struct elements;
template <class F, std::size_t... Wanted, class Result, class... T>
struct elements<F, std::index_sequence<Wanted...>, Result, T...> {
  template <class U>
  using chunk = slope::tensor<U, 19>;

  template <std::size_t... I>
  static void run(test_case const& c, std::index_sequence<I...>) {
    auto const in = c.all("in");
    REQUIRE(in.size() == sizeof...(T));
    for (std::size_t first = 0; first < in[0]->size(); first += 19) {
      std::size_t const count = in[0]->size() - first < 19 ? in[0]->size() - first : 19;
      auto const data = std::tuple(detail::filled<chunk<T>>(*in[I], first)...);
      auto const out = detail::flat(slope::jit(F{})(std::get<I>(data)...));
      for (std::size_t i = 0; i < count; ++i)
        detail::check_number(c, "out", "out", first + i, out[i], 1);
      if constexpr (sizeof...(Wanted) != 0) {
        tensor const* cotangent = c.find("cot");
        if (cotangent == nullptr) continue;
        auto const gradients = detail::all_flat(slope::grad<(Wanted + 1)...>(
            detail::weighted<F>{})(detail::filled<chunk<Result>>(*cotangent, first),
                                   std::get<I>(data)...));
        std::size_t const argument[] = {Wanted...};
        for (std::size_t k = 0; k < sizeof...(Wanted); ++k) {
          std::string const& name = in[argument[k]]->name;
          if (c.find("grad", name) == nullptr) continue;
          for (std::size_t i = 0; i < count; ++i) {
            double const got = gradients[k][i];
            bool given_nan = false, finite = true;
            for (tensor const* t : in) {
              given_nan = given_nan || std::isnan(detail::number(*t, first + i));
              finite = finite && std::isfinite(detail::number(*t, first + i));
            }
            // There torch's own conventions are not followed.
            if (!finite && (!given_nan || std::isnan(got))) continue;
            detail::check_number(c, "grad", name, first + i, got, cotangent->values[first + i]);
          }
        }
      }
    }
  }
  static void check(test_case const& c) { run(c, std::index_sequence_for<T...>{}); }
};

namespace detail {

template <class V>
struct variable_data;
template <slope::fixed_string Name, class T>
struct variable_data<slope::variable<Name, T>> {
  using type = T;
  using direction = slope::variable<"u", T>;
};
template <slope::fixed_string Name, class T, int E, int... Rest>
struct variable_data<slope::variable<Name, T, E, Rest...>> {
  using type = slope::tensor<T, E, Rest...>;
  using direction = slope::variable<"u", T, E, Rest...>;
};
template <class V>
using data_of = typename variable_data<V>::type;
template <class V>
using direction_of = typename variable_data<V>::direction;

/// The unit vector e_i, or 1.
template <class Data>
Data unit(std::size_t i) {
  if constexpr (is_number<Data>) {
    return 1;
  } else {
    Data data;
    for (std::size_t k = 0; k < static_cast<std::size_t>(data.size()); ++k)
      data.data()[k] = k == i;
    return data;
  }
}

}  // namespace detail

/// Second derivatives in trees: the gradient for Y of sum(u * gradient for X), u a unit vector, is
/// a row of the block hess X Y.
template <class F, class Cotangent, class... V>
struct second {
  template <class X, class Y>
  static void block(test_case const& c) {
    constexpr auto y = slope::sum(Cotangent{} * F{}(V{}...));
    constexpr auto g = slope::gradient(y, X{});
    constexpr detail::direction_of<X> u{};
    constexpr auto h = slope::gradient(slope::sum(g * u), Y{});
    tensor const* want = c.find("hess", X::name(), Y::name());
    tensor const* first = c.find("grad", X::name());
    REQUIRE(want != nullptr);
    REQUIRE(first != nullptr);
    for (std::size_t i = 0; i < first->size(); ++i) {
      // The variables themselves are results too: some of them do not occur in h.
      auto const [slopes, row, rest] = slope::evaluate(
          std::tuple{g, h, (slope::sum(Cotangent{}) + ... + slope::sum(V{})) + slope::sum(u)},
          Cotangent{} = detail::filled<detail::data_of<Cotangent>>(*c.find("cot")),
          u = detail::unit<detail::data_of<X>>(i),
          (V{} = detail::filled<detail::data_of<V>>(*c.find("in", V::name())))...);
      auto const got = detail::flat(row);
      auto const gradient = detail::flat(slopes);
      REQUIRE(got.size() * first->size() == want->size());
      detail::check_number(c, "grad", X::name(), i, gradient[gradient.size() == 1 ? 0 : i], 1);
      for (std::size_t k = 0; k < got.size(); ++k) {
        double const expected = want->values[i * got.size() + k];
        if (matches(got[k], expected, c.rtol, c.atol)) continue;
        INFO(c.id << ": hess " << X::name() << " " << Y::name() << "[" << i << "," << k << "]");
        CAPTURE(got[k], expected);
        CHECK(matches(got[k], expected, c.rtol, c.atol));
      }
    }
  }
  template <class X>
  static void blocks(test_case const& c) {
    (block<X, V>(c), ...);
  }
  static void check(test_case const& c) { (blocks<V>(c), ...); }
};

/// Whole Hessians of a scalar formula, or Jacobians, in trees.
template <class F, class Wanted, bool Scalar, class... V>
struct matrices;
template <class F, std::size_t... Wanted, bool Scalar, class... V>
struct matrices<F, std::index_sequence<Wanted...>, Scalar, V...> {
  template <class Y, class X>
  static constexpr auto matrix(Y y, X x) {
    if constexpr (Scalar) return slope::hessian(y, x);
    else return slope::jacobian(y, x);
  }
  template <class X>
  static void one(test_case const& c) {
    tensor const* want =
        Scalar ? c.find("hess", X::name(), X::name()) : c.find("jac", "out", X::name());
    if (want == nullptr) return;
    constexpr auto m = matrix(F{}(V{}...), X{});
    auto const [result, rest] = slope::evaluate(
        std::tuple{m, (... + slope::sum(V{}))},
        (V{} = detail::filled<detail::data_of<V>>(*c.find("in", V::name())))...);
    auto const got = detail::flat(result);
    REQUIRE(got.size() == want->size());
    for (std::size_t k = 0; k < got.size(); ++k) {
      if (matches(got[k], want->values[k], c.rtol, c.atol)) continue;
      INFO(c.id << ": " << want->key << " " << X::name() << "[" << k << "]");
      CAPTURE(got[k], want->values[k]);
      CHECK(matches(got[k], want->values[k], c.rtol, c.atol));
    }
  }
  static void check(test_case const& c) {
    (one<std::tuple_element_t<Wanted, std::tuple<V...>>>(c), ...);
  }
};

/// Runs every case of the files that an entry knows; `expected` of them.
template <std::size_t N>
void check_cases(std::initializer_list<char const*> files, entry const (&entries)[N],
                 int expected) {
  std::map<std::string, entry const*> known;
  for (entry const& e : entries) known[e.key] = &e;
  int cases = 0;
  for (char const* file : files) {
    for (test_case const& c : read(file)) {
      if (c.kind != "op" && c.kind != "edge" && c.kind != "second" &&
          c.kind != "composite")
        continue;
      auto found = known.find(key_of(c) + attributes_of(c));
      if (found == known.end()) found = known.find(element_key_of(c));
      if (found == known.end()) found = known.find(rank_key_of(c));
      if (found == known.end()) continue;
      ++cases;
      found->second->run(c);
    }
  }
  CHECK(cases == expected);
}

}  // namespace oracle
