// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <vector>

// Other libraries, where their headers are installed: Debian's libeigen3-dev, libxtensor-dev (with
// libxsimd-dev), libadolc-dev, libboost-dev. BENCH_... is 1 for those that are there.

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Waggressive-loop-optimizations"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#if !defined(BENCH_WITHOUT_PEERS) && __has_include(<eigen3/Eigen/Core>)
#define BENCH_EIGEN 1
#define EIGEN_NO_DEBUG
#include <eigen3/Eigen/Core>
#else
#define BENCH_EIGEN 0
#endif

#if !defined(BENCH_WITHOUT_PEERS) && __has_include(<xtensor/xtensor.hpp>)
#define BENCH_XTENSOR 1
#if !defined(BENCH_WITHOUT_PEERS) && __has_include(<xsimd/xsimd.hpp>)
#define XTENSOR_USE_XSIMD
#endif
#include <xtensor/xadapt.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xnoalias.hpp>
#include <xtensor/xtensor.hpp>
#else
#define BENCH_XTENSOR 0
#endif

#if !defined(BENCH_WITHOUT_PEERS) && __has_include(<adolc/adolc.h>) && defined(BENCH_LINKS_ADOLC)
#define BENCH_ADOLC 1
#include <adolc/adolc.h>
#else
#define BENCH_ADOLC 0
#endif

#if !defined(BENCH_WITHOUT_PEERS) && __has_include(<boost/math/differentiation/autodiff.hpp>)
#define BENCH_BOOST 1
#include <boost/math/differentiation/autodiff.hpp>
#else
#define BENCH_BOOST 0
#endif

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

namespace bench {

#if BENCH_XTENSOR
/// n numbers at p as an xtensor.
template <class T>
auto adapted(T* p, std::size_t n) {
  return xt::adapt(p, n, xt::no_ownership(), std::array{n});
}
template <class T>
auto adapted(T* p, std::size_t rows, std::size_t columns) {
  return xt::adapt(p, rows * columns, xt::no_ownership(), std::array{rows, columns});
}
#endif

#if BENCH_ADOLC
/// A function of n doubles, recorded once by ADOL-C; value and gradient of the tape at any point.
struct recording {
  short tag;
  int n;
  template <class F>
  recording(short t, double const* x, int count, F const& f) : tag(t), n(count) {
    trace_on(tag);
    {
      std::vector<adouble> a(static_cast<std::size_t>(n));
      for (int i = 0; i < n; ++i) a[static_cast<std::size_t>(i)] <<= x[i];
      adouble y = f(a.data());
      double value;
      y >>= value;
    }
    trace_off();
  }
  double replay(double const* x, double* dx) const {
    double value, one = 1;
    zos_forward(tag, 1, n, 1, x, &value);
    fos_reverse(tag, 1, n, &one, dx);
    return value;
  }
};
#endif

}  // namespace bench
