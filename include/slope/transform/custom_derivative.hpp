// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/transform/grad.hpp"

/// Functions with the user's own derivative.
namespace slope {

/// Says that a rule is meant to differ from the derivative of its function.
struct unchecked_t {};
inline constexpr unchecked_t unchecked{};

namespace engine {

/// The derivatives that a rule gives: a symbol, or a tuple of one for each argument.
template <std::size_t K, class P>
constexpr auto partial(P const& p) {
  if constexpr (requires { std::get<K>(p); }) return std::get<K>(p);
  else return p;
}
/// rule(x..., y), or rule(x...) where it does not need the value.
template <class Rule, class Y, class... X>
constexpr auto partials_of(Y const& y, X const&... x) {
  if constexpr (requires { Rule{}(x..., y); }) return Rule{}(x..., y);
  else return Rule{}(x...);
}

template <class F, class Rule, std::size_t K>
struct partial_function {
  template <class... X>
  constexpr auto operator()(X... x) const {
    return partial<K>(partials_of<Rule>(F{}(x...), x...));
  }
};

/// Where rules are checked: numbers on both sides of 0 and 1, none of which is a usual kink.
inline constexpr double checked_points[] = {0.37, 1.21, -0.58, 2.83};
inline constexpr double checked_step = 1e-5;

/// Argument K of the sample that begins at a point; moved by `step` where it is argument `moved`.
constexpr double sample(std::size_t point, std::size_t k, std::size_t moved, double step) {
  return checked_points[(point + 3 * k) % std::size(checked_points)] + 0.07 * static_cast<double>(k) +
         (k == moved ? step : 0);
}
/// Is the rule for argument K the derivative at a point, by central differences? Also where the
/// function has no finite value there.
template <class F, class Rule, std::size_t K, std::size_t... I>
constexpr bool agrees_at(std::size_t point, std::index_sequence<I...>) {
  double const up = jit(F{})(sample(point, I, K, checked_step)...);
  double const down = jit(F{})(sample(point, I, K, -checked_step)...);
  double const own = jit(partial_function<F, Rule, K>{})(sample(point, I, K, 0)...);
  double const difference = (up - down) / (2 * checked_step);
  auto const finite = [](double v) { return v == v && v - v == 0; };
  if (!finite(up) || !finite(down) || !finite(difference)) return true;
  auto const size = [](double v) { return v < 0 ? -v : v; };
  return size(own - difference) <= 1e-5 * (1 + size(own) + size(difference) + size(up));
}
template <class F, class Rule, std::size_t... K>
constexpr bool agrees(std::index_sequence<K...> arguments) {
  bool result = true;
  for (std::size_t point = 0; point < std::size(checked_points); ++point)
    result = result && (agrees_at<F, Rule, K>(point, arguments) && ...);
  return result;
}

/// Can the check be evaluated while the program compiles? (Functions of tensors only, and what is no
/// constant expression, cannot.)
template <class F, class Rule, class Indices>
concept checkable = requires {
  typename std::integral_constant<bool, (static_cast<void>(agrees<F, Rule>(Indices{})), true)>;
};
template <class F, class Rule>
consteval bool rule_is_right() {
  constexpr int arity = symbols_taken<F>();
  if constexpr (arity > 0) {
    using indices = std::make_index_sequence<static_cast<std::size_t>(arity)>;
    if constexpr (checkable<F, Rule, indices>) return agrees<F, Rule>(indices{});
  }
  return true;
}

/// A function with its rule.
template <class F, class Rule>
struct with_rule {
  /// In a function; its literals are constants there, and so formulas go the same way.
  template <class... X>
    requires(std::same_as<X, symbol> || ...)
  constexpr symbol operator()(X... x) const {
    return combine(std::index_sequence_for<X...>{}, symbol(x)...);
  }
  template <class... X>
    requires(operands<X...> && !(std::same_as<std::remove_cvref_t<X>, symbol> || ...))
  constexpr auto operator()(X const&... x) const {
    return jit(with_rule{})(x...);
  }

 private:
  template <std::size_t... K, class... X>
  static constexpr auto combine(std::index_sequence<K...>, X const&... x) {
    auto const y = F{}(x...);
    auto const partials = partials_of<Rule>(y, x...);
    auto const one = [&]<std::size_t I>(std::integral_constant<std::size_t, I>, auto const& argument) {
      if constexpr (I == 0) return with_derivative(y, argument, partial<I>(partials));
      else return with_derivative(symbol(0), argument, partial<I>(partials));
    };
    return (one(std::integral_constant<std::size_t, K>{}, x) + ...);
  }
};

}  // namespace engine

/// f, with `rule` as its derivative: an element-wise function of symbols, for functions and formulas.
/// rule(x..., y) or rule(x...) is dy/dx, element by element, for one argument; for several a tuple of
/// them. It is compared with central differences of f where it is declared, at a few numbers at which
/// f can be evaluated; a wrong rule does not compile.
///
///     constexpr auto safe_sqrt = custom_derivative([](auto x) { return sqrt(x); },
///                                                  [](auto, auto y) { return 0.5 / y; });
template <class F, class Rule>
consteval engine::with_rule<F, Rule> custom_derivative(F const&, Rule const&) {
  static_assert(std::is_empty_v<F> && std::is_empty_v<Rule>,
                "custom_derivative: the function or its rule captures");
  static_assert(engine::rule_is_right<F, Rule>(),
                "custom_derivative: the rule is not the derivative of the function");
  return {};
}
/// The same with a rule that is meant to be another one: of a rounding, say, whose derivative is 0.
template <class F, class Rule>
consteval engine::with_rule<F, Rule> custom_derivative(F const&, Rule const&, unchecked_t) {
  static_assert(std::is_empty_v<F> && std::is_empty_v<Rule>,
                "custom_derivative: the function or its rule captures");
  return {};
}

}  // namespace slope
