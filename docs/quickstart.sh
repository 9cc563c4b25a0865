#!/bin/sh
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
#
# The tour in one command: sh docs/quickstart.sh
# Installs with apt what is missing, builds two programs of docs/examples, and runs them:
#   torch_and_numpy       the first PyTorch lesson, and the same gradient as a formula
#   logistic_regression   a fit to real data from a NumPy file
# The environment may choose the compiler (CXX) and the folder (SLOPE_BUILD_FOLDER, build/).
set -eu
cd "$(dirname "$0")/.."

as_root=''
[ "$(id -u)" = 0 ] || as_root=sudo
missing=''
for pair in g++:g++ meson:meson ninja:ninja-build; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
done
printf '#include <boost/hana.hpp>\n' | "${CXX:-g++}" -std=c++20 -fsyntax-only -x c++ - 2>/dev/null ||
  missing="$missing libboost-dev"
if [ -n "$missing" ]; then
  echo "== Installing$missing"
  $as_root apt-get update -qq </dev/null
  # shellcheck disable=SC2086  # a list of packages
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    $missing </dev/null
fi

build=${SLOPE_BUILD_FOLDER:-build}/quickstart
programs='torch_and_numpy logistic_regression'
echo "== Building in $build"
set -- "$build" --buildtype=release -Dtests=disabled -Dbench=disabled -Dexamples=enabled
if [ -f "$build/build.ninja" ]; then set -- --reconfigure "$@"; fi
log=$build.log
mkdir -p "$(dirname "$log")"
meson setup "$@" >"$log" 2>&1 || { cat "$log"; exit 1; }
targets=''
for program in $programs; do targets="$targets docs/examples/$program"; done
# shellcheck disable=SC2086  # a list of targets
ninja -C "$build" $targets
for program in $programs; do
  echo
  echo "== docs/examples/$program.cpp"
  "$build/docs/examples/$program" docs/examples/data
done
echo
echo "== All ran. The sources are docs/examples/*.cpp; every test: sh tests/run.sh"
