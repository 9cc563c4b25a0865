// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <slope/math/bessel.hpp>
#include <slope/math/error_function.hpp>
#include <slope/math/exponential.hpp>
#include <slope/math/gamma.hpp>
#include <slope/math/hyperbolic.hpp>
#include <slope/math/incomplete_gamma.hpp>
#include <slope/math/inverse_error_function.hpp>
#include <slope/math/inverse_hyperbolic.hpp>
#include <slope/math/inverse_trigonometric.hpp>
#include <slope/math/logarithm.hpp>
#include <slope/math/polygamma.hpp>
#include <slope/math/power.hpp>
#include <slope/math/reduce.hpp>
#include <slope/math/remainder.hpp>
#include <slope/math/rounding.hpp>
#include <slope/math/trigonometric.hpp>
