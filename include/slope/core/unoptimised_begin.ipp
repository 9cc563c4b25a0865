// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Until unoptimised_end.ipp functions are compiled without optimisation: those that write text run
// rarely, and every program that prints compiles them. (3 % of the first program.)
#if defined(__clang__)
#pragma clang optimize off
#elif defined(__GNUC__)
#pragma GCC push_options
#pragma GCC optimize("O0")
#endif
