// SPDX-FileCopyrightText: 2026 The slope authors
// SPDX-License-Identifier: BSL-1.0

// Catch2 2 brings its main function in a header; compiled once here, as it takes several seconds.
// Catch2 3 has it in a library of its own, and this file is then left out of the build.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
