// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

// First of all, so that an older standard gives one line and not a hundred.
#if __cplusplus < 202002L
#error "slope needs C++20: compile with -std=c++20 (g++ 12 or clang++ 16, or later)"
#endif

// Everything but interop/, whose headers are included one by one: "slope/interop/npy.hpp".
// These two first: compilers print the path of includes to them in errors, and so it is short.
#include "slope/core/error.hpp"
#include "slope/ops/table.hpp"

#include "slope/autograd/backward.hpp"
#include "slope/autograd/print.hpp"
#include "slope/core/rational.hpp"
#include "slope/expression/cost.hpp"
#include "slope/expression/data.hpp"
#include "slope/expression/derivatives.hpp"
#include "slope/expression/evaluate.hpp"
#include "slope/expression/extended.hpp"
#include "slope/expression/gradients.hpp"
#include "slope/expression/literals.hpp"
#include "slope/expression/parts.hpp"
#include "slope/expression/plan_of.hpp"
#include "slope/expression/printers.hpp"
#include "slope/math/math.hpp"
#include "slope/tensor/factories.hpp"
#include "slope/tensor/print.hpp"
#include "slope/tensor/random.hpp"
#include "slope/tensor/tensor.hpp"
#include "slope/transform/custom_derivative.hpp"
#include "slope/transform/directional.hpp"
#include "slope/transform/grad.hpp"
#include "slope/transform/jacobian.hpp"
#include "slope/transform/vmap.hpp"
