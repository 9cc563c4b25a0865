// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

// Large products of float and double by a CBLAS, where SLOPE_CBLAS is defined (the Meson option
// `cblas`, or `-DSLOPE_CBLAS` and the library): an option for sizes at which a library with kernels
// for each processor, and its threads, wins. It may allocate.

#ifdef SLOPE_CBLAS
#include <cblas.h>
#endif

namespace slope::engine::product {

#ifdef SLOPE_CBLAS

/// Multiplications from which a product is left to the library.
inline constexpr std::ptrdiff_t cblas_work = 1 << 20;

inline void gemm(CBLAS_TRANSPOSE left, CBLAS_TRANSPOSE right, int m, int n, int k, float const* a,
                 int a_step, float const* b, int b_step, float beta, float* c) {
  cblas_sgemm(CblasRowMajor, left, right, m, n, k, 1, a, a_step, b, b_step, beta, c, n);
}
inline void gemm(CBLAS_TRANSPOSE left, CBLAS_TRANSPOSE right, int m, int n, int k, double const* a,
                 int a_step, double const* b, int b_step, double beta, double* c) {
  cblas_dgemm(CblasRowMajor, left, right, m, n, k, 1, a, a_step, b, b_step, beta, c, n);
}

/// C (+)= A B as in matrix_product, if the library takes operands of these strides.
template <class T>
bool by_cblas(T* c, T const* a, T const* b, int m, int n, int k, std::ptrdiff_t a_row,
              std::ptrdiff_t a_column, std::ptrdiff_t b_row, std::ptrdiff_t b_column, bool add) {
  if constexpr (!std::is_floating_point_v<T>) {
    return false;
  } else {
    if (std::ptrdiff_t{m} * n * k < cblas_work) return false;
    // One stride is 1, the other at least the length of what it steps over.
    auto const steps = [](std::ptrdiff_t row, std::ptrdiff_t column, int rows, int columns) {
      return column == 1 ? row >= columns : row == 1 && column >= rows;
    };
    if (!steps(a_row, a_column, m, k) || !steps(b_row, b_column, k, n)) return false;
    gemm(a_column == 1 ? CblasNoTrans : CblasTrans, b_column == 1 ? CblasNoTrans : CblasTrans, m, n,
         k, a, static_cast<int>(a_column == 1 ? a_row : a_column), b,
         static_cast<int>(b_column == 1 ? b_row : b_column), add ? T(1) : T(0), c);
    return true;
  }
}

#else

template <class T>
bool by_cblas(T*, T const*, T const*, int, int, int, std::ptrdiff_t, std::ptrdiff_t, std::ptrdiff_t,
              std::ptrdiff_t, bool) {
  return false;
}

#endif

}  // namespace slope::engine::product
