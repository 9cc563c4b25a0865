// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#include "support/workload.hpp"

#include "support/peers.hpp"

// W5, first part: sum, product and logsumexp of n doubles, with their gradients.

namespace {

namespace math = slope::math;
using bench::absent;
using bench::contender;

constexpr auto total = [](auto x) { return sum(x); };
constexpr auto product = [](auto x) { return prod(x); };
constexpr auto log_sum_exp = [](auto x) { return logsumexp(x, 0); };

template <int N, class Size>
[[gnu::always_inline]] inline double total_by_hand(double const* x, double* dx, Size n) {
  using pack = typename bench::layout<double, N>::pack;
  constexpr int chains = bench::layout<double, N>::chains;
  auto const one = pack::broadcast(1);
  pack sum[chains];
  for (auto& each : sum) each = pack::broadcast(0);
  bench::for_packs<pack, chains>(
      n, [&](std::ptrdiff_t i, int k, auto at) __attribute__((always_inline)) {
        sum[k] = sum[k] + at.load(x + i);
        at.store(one, dx + i);
      });
  return math::reduce_add(bench::added(sum));
}

/// In each lane the product of all other lanes of x.
template <class P>
P product_of_others(P x) {
  auto const turned = []<int... I>(P v, auto by, std::integer_sequence<int, I...>) {
    return P{__builtin_shufflevector(v.data, v.data, ((I + decltype(by)::value) % P::lanes)...)};
  };
  constexpr std::make_integer_sequence<int, P::lanes> all{};
  auto const turn = [&]<int By>(P v, std::integral_constant<int, By> by) {
    return turned(v, by, all);
  };
  using std::integral_constant;
  // The next lane; the next two; the next four ...; and their sum is one less than the lanes.
  P power = turn(x, integral_constant<int, 1>{});
  if constexpr (P::lanes == 2) return power;
  P result = power;
  power = power * turn(power, integral_constant<int, 1>{});
  result = result * turn(power, integral_constant<int, 1>{});
  if constexpr (P::lanes == 4) return result;
  power = power * turn(power, integral_constant<int, 2>{});
  return result * turn(power, integral_constant<int, 3>{});
}

/// No division: each element's gradient is the product of those before it, those after it, and
/// those of the other chains and lanes; zeros need no attention. n is a multiple of all lanes.
template <int N, class Size>
[[gnu::always_inline]] inline double product_by_hand(double const* x, double* dx, Size n) {
  using pack = typename bench::layout<double, N>::pack;
  constexpr int L = pack::lanes, chains = bench::layout<double, N>::chains;
  std::ptrdiff_t const length = n / (chains * L) * L;  // of a chain, in elements
  pack p[chains];
  for (auto& each : p) each = pack::broadcast(1);
  for (std::ptrdiff_t i = 0; i < length; i += L)
    for (int k = 0; k < chains; ++k) {
      p[k].store(dx + k * length + i);
      p[k] = p[k] * pack::load(x + k * length + i);
    }
  pack after[chains];
  double value;
  if constexpr (chains == 4) {
    pack const low = p[0] * p[1], high = p[2] * p[3], all = low * high;
    pack const others = product_of_others(all);
    after[0] = p[1] * high * others;
    after[1] = p[0] * high * others;
    after[2] = p[3] * low * others;
    after[3] = p[2] * low * others;
    value = math::reduce_multiply(all);
  } else {
    after[0] = product_of_others(p[0]);
    value = math::reduce_multiply(p[0]);
  }
  for (std::ptrdiff_t i = length - L; i >= 0; i -= L)
    for (int k = 0; k < chains; ++k) {
      double* const to = dx + k * length + i;
      (pack::load(to) * after[k]).store(to);
      after[k] = after[k] * pack::load(x + k * length + i);
    }
  return value;
}

/// One exponential an element: exp(x - max) is kept, and divided by the sum in the end.
template <int N, class Size>
[[gnu::always_inline]] inline double log_sum_exp_by_hand(double const* x, double* dx, Size n) {
  using pack = typename bench::layout<double, N>::pack;
  constexpr int chains = bench::layout<double, N>::chains;
  constexpr double lowest = -std::numeric_limits<double>::infinity();
  pack greatest[chains];
  for (auto& each : greatest) each = pack::broadcast(lowest);
  bench::for_packs<pack, chains>(
      n, [&](std::ptrdiff_t i, int k, auto at) __attribute__((always_inline)) {
        auto const a = at.load(x + i, lowest);
        greatest[k] = math::select(a > greatest[k], a, greatest[k]);
      });
  for (int k = 1; k < chains; ++k) greatest[0] = math::maximum(greatest[0], greatest[k]);
  double const most = math::reduce_max(greatest[0]);
  auto const shift = pack::broadcast(most);
  auto sum = pack::broadcast(0);
  bench::for_packs<pack, 1>(
      n, [&](std::ptrdiff_t i, int, auto at) __attribute__((always_inline)) {
        auto const e = math::exp(at.load(x + i, lowest) - shift);
        sum = sum + e;
        at.store(e, dx + i);
      });
  double const all = math::reduce_add(sum);
  auto const factor = pack::broadcast(1 / all);
  bench::for_packs<pack, chains>(
      n, [&](std::ptrdiff_t i, int, auto at)
             __attribute__((always_inline)) { at.store(at.load(dx + i) * factor, dx + i); });
  return most + std::log(all);
}

/// The plain loops; `n` elements.
double total_plain(double const* x, double* dx, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i) sum += x[i], dx[i] = 1;
  return sum;
}
double product_plain(double const* x, double* dx, int n) {
  double all = 1;
  for (int i = 0; i < n; ++i) all *= x[i];
  for (int i = 0; i < n; ++i) dx[i] = all / x[i];
  return all;
}
double log_sum_exp_plain(double const* x, double* dx, int n) {
  double most = x[0], sum = 0;
  for (int i = 1; i < n; ++i) most = std::max(most, x[i]);
  for (int i = 0; i < n; ++i) sum += dx[i] = std::exp(x[i] - most);
  for (int i = 0; i < n; ++i) dx[i] /= sum;
  return most + std::log(sum);
}

/// The contenders of one function: what it is to slope, by hand, and to each library.
struct of_total {
  static constexpr auto function = total;
  template <int N, class Size>
  static double by_hand(double const* x, double* dx, Size n) {
    return total_by_hand<N>(x, dx, n);
  }
  static constexpr auto plain = total_plain;
  template <class A>
  static auto eigen(A const& x, A& dx) {
    dx.setOnes();
    return x.sum();
  }
  template <class A, class D>
  static double xtensor(A const& x, D& dx) {
    dx.fill(1);
    return sum(x, xt_immediate())();
  }
  template <class A>
  static A tape(A const* x, int n) {
    A sum = 0;
    for (int i = 0; i < n; ++i) sum += x[i];
    return sum;
  }
  static constexpr auto xt_immediate = [] {
#if BENCH_XTENSOR
    return xt::evaluation_strategy::immediate;
#endif
  };
};

struct of_product {
  static constexpr auto function = product;
  template <int N, class Size>
  static double by_hand(double const* x, double* dx, Size n) {
    return product_by_hand<N>(x, dx, n);
  }
  static constexpr auto plain = product_plain;
  template <class A>
  static auto eigen(A const& x, A& dx) {
    double const all = x.prod();
    dx = all / x;
    return all;
  }
  template <class A, class D>
  static double xtensor(A const& x, D& dx) {
    double const all = prod(x, of_total::xt_immediate())();
    noalias(dx) = all / x;
    return all;
  }
  template <class A>
  static A tape(A const* x, int n) {
    A all = 1;
    for (int i = 0; i < n; ++i) all *= x[i];
    return all;
  }
};

struct of_log_sum_exp {
  static constexpr auto function = log_sum_exp;
  template <int N, class Size>
  static double by_hand(double const* x, double* dx, Size n) {
    return log_sum_exp_by_hand<N>(x, dx, n);
  }
  static constexpr auto plain = log_sum_exp_plain;
  template <class A>
  static auto eigen(A const& x, A& dx) {
    double const most = x.maxCoeff();
    dx = (x - most).exp();
    double const all = dx.sum();
    dx *= 1 / all;
    return most + std::log(all);
  }
  template <class A, class D>
  static double xtensor(A const& x, D& dx) {
    double const most = amax(x, of_total::xt_immediate())();
    noalias(dx) = exp(x - most);
    double const all = sum(dx, of_total::xt_immediate())();
    dx *= 1 / all;
    return most + std::log(all);
  }
  template <class A>
  static A tape(A const* x, int n) {
    // Any shift that is near the greatest will do; the library's fmax refuses to be of two equals.
    A const shift = x[0];
    A all = 0;
    for (int i = 0; i < n; ++i) all += exp(x[i] - shift);
    return shift + log(all);
  }
};

template <class Of, int N, bool Dynamic>
void w5(benchmark::State& state) {
  auto& x = bench::new_vector<double, N, Dynamic>();
  auto& dx = bench::new_vector<double, N, Dynamic>();
  for (int i = 0; i < N; ++i) x.data()[i] = 1 + 0.001 * (i * 37 % 101 - 50);
  double value = 0;
  bench::escape(value, x, dx);
  auto const n = bench::size_for_hand<N, Dynamic>();
  auto const eigen = [&] {
#if BENCH_EIGEN
    using array = Eigen::Array<double, Dynamic ? Eigen::Dynamic : N, 1>;
    return [&] {
      Eigen::Map<array> a(x.data(), N), da(dx.data(), N);
      value = Of::eigen(a, da);
    };
#else
    return absent{};
#endif
  }();
  auto const xtensor = [&] {
#if BENCH_XTENSOR
    return [&] {
      auto const a = bench::adapted<double const>(x.data(), N);
      auto da = bench::adapted<double>(dx.data(), N);
      value = Of::xtensor(a, da);
    };
#else
    return absent{};
#endif
  }();
  auto const adolc = [&] {
#if BENCH_ADOLC
    bench::recording const tape(3, x.data(), N, [](adouble const* a) { return Of::tape(a, N); });
    return [&, tape] { value = tape.replay(x.data(), dx.data()); };
#else
    return absent{};
#endif
  }();
  bench::measure(
      state, 30, 1e-11, bench::results(value, dx),
      contender{"slope", [&]() __attribute__((always_inline)) {
          slope::value_and_grad(Of::function).into(value, dx)(x);
}
}  // namespace
, contender{"limit", [&]() __attribute__((always_inline)){
                         value = Of::template by_hand<N>(x.data(), dx.data(), n);
}
},
      contender{"std", [&] {
  value = Of::plain(x.data(), dx.data(), N); }},
      contender{"Eigen", eigen}, contender{"xtensor", xtensor}, contender{"ADOL-C", adolc});
}

template <class Of>
void add(char const* name) {
  auto const one = [&](auto run, char const* size) {
    benchmark::RegisterBenchmark((std::string("W5/") + name + "/double/" + size).c_str(), run)
        ->Apply(bench::in_turns);
  };
  one(w5<Of, 16, false>, "16");
  one(w5<Of, 256, false>, "256");
  one(w5<Of, 16384, true>, "16384/dynamic");
}
[[maybe_unused]] bool const added = [] {
  add<of_total>("sum");
  add<of_product>("prod");
  add<of_log_sum_exp>("logsumexp");
  return true;
}();

}  // namespace

BENCHMARK_MAIN();
