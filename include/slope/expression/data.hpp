// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "slope/expression/data/assignment.hpp"
#include "slope/expression/data/lifetime.hpp"
#include "slope/expression/data/several.hpp"
