#!/bin/sh
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
#
# Run every test: sh tests/run.sh
#
# Installs with apt what is missing, then builds and tests with g++ and each clang that is here:
#   the first compiler    every test, most with one set of flags
#   clang++-19            no test twice with other flags, oracle data of single operations only, once
#   clang++-16, others    tensors, formulas, functions and what the compiler says: values, which take
#                         most of the time, the other clang has shown
#   the first once more   what owns or borrows memory, under ASan and UBSan
# The last line is "N passed, N failed"; the exit status is 0 only if nothing failed.
#
# SLOPE_TESTS=full gives every compiler every test, all of the oracle data (of composites and of some
# second derivatives the first compiler has one part else), and loops and products all of the flags
# that tests/discover.py lists, which takes far longer.
# Environment: SLOPE_COMPILERS="g++ clang++-19" chooses the compilers, SLOPE_JOBS the processes,
# SLOPE_BUILD_FOLDER the place of the builds (build/).
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C.UTF-8
unset CXXFLAGS CPPFLAGS LDFLAGS CPATH CPLUS_INCLUDE_PATH

say() { printf '\n== %s\n' "$*"; }
passed='' failed=''  # what is no Meson test, each in a line of its own
note() {             # note STATUS WHAT
  if [ "$1" -eq 0 ]; then
    passed="$passed$2
"
  else
    failed="$failed$2
"
    printf 'FAILED: %s\n' "$2"
  fi
}

# --- what is missing -----------------------------------------------------------------------------

as_root=''
[ "$(id -u)" = 0 ] || as_root=sudo
updated=no
fetch() { # fetch PACKAGE...: its failure is the caller's to judge
  command -v apt-get >/dev/null || { echo "no apt-get here to install: $*"; return 1; }
  if [ $updated = no ]; then
    $as_root apt-get update -qq </dev/null || echo "apt-get update failed; trying with the old lists"
    updated=yes
  fi
  echo "installing: $*"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
    </dev/null >"$log" 2>&1 || { tail -n 5 "$log"; return 1; }
}
header() { printf '#include <%s>\n' "$1" | g++ -std=c++20 -fsyntax-only -x c++ - 2>/dev/null; }
catch() { header catch2/catch.hpp || header catch2/catch_all.hpp; }

log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
say "Looking for what is missing"
for pair in g++:g++ meson:meson ninja:ninja-build cmake:cmake pkg-config:pkg-config python3:python3
do
  command -v "${pair%%:*}" >/dev/null || fetch "${pair#*:}" || exit 1
done
header cstdlib || fetch g++ || exit 1
header boost/hana.hpp || fetch libboost1.81-dev || fetch libboost-dev || exit 1
catch || fetch catch2 || exit 1
# Used where they are: reading back with NumPy, and the benchmarks.
/usr/bin/python3 -c 'import numpy' 2>/dev/null || fetch python3-numpy ||
  echo "no NumPy: files are not read back with it"
header benchmark/benchmark.h || fetch libbenchmark-dev || echo "no Google Benchmark: bench/ is not built"

if [ -z "${SLOPE_COMPILERS:-}" ]; then
  SLOPE_COMPILERS=g++
  for version in 19 16; do
    command -v "clang++-$version" >/dev/null || fetch "clang-$version" ||
      echo "clang++-$version is not to be had here"
    command -v "clang++-$version" >/dev/null && SLOPE_COMPILERS="$SLOPE_COMPILERS clang++-$version"
  done
  if [ "$SLOPE_COMPILERS" = g++ ] && command -v clang++ >/dev/null; then
    SLOPE_COMPILERS="g++ clang++"
  fi
fi
jobs=${SLOPE_JOBS:-$(nproc)}
folder=${SLOPE_BUILD_FOLDER:-build}
for compiler in $SLOPE_COMPILERS; do
  command -v "$compiler" >/dev/null || { echo "there is no $compiler"; exit 1; }
  "$compiler" --version | head -n 1
done
echo "meson $(meson --version), $jobs jobs"

# --- build and test ------------------------------------------------------------------------------

builds=''
build() { # build COMPILER FOLDER OPTION...: configure, compile what compiles, test what was built
  compiler=$1 where=$2
  shift 2
  rm -f "$where/meson-logs/testlog.json"
  set -- "$where" -Dtests=enabled -Dbench=disabled --wrap-mode=nofallback "$@"
  if [ -f "$where/build.ninja" ]; then set -- --reconfigure "$@"; fi
  CXX=$compiler meson setup "$@" >"$log" 2>&1
  status=$?
  if [ $status -ne 0 ]; then
    tail -n 20 "$log"
    note $status "configure $where"
    return
  fi
  ninja -C "$where" -k 0 -j "$jobs" >"$log" 2>&1
  status=$?
  # Whatever was not built is one failure here and, as a test that cannot start, another below.
  [ $status -eq 0 ] || grep -E -A 12 '^FAILED|error:' "$log" | head -n 120
  note $status "compile $where"
  meson test -C "$where" --no-rebuild --num-processes "$jobs" --print-errorlogs
  builds="$builds $where"
}
seconds() { date +%s; }
start=$(seconds)

first=''
for compiler in $SLOPE_COMPILERS; do
  selection=reduced
  case ${first:-none}-$compiler in none-*) selection=full ;; *-clang++-19) selection=values ;; esac
  case ${SLOPE_TESTS:-} in '') ;; full) selection=everything ;; *) selection=$SLOPE_TESTS ;; esac
  first=${first:-$compiler}
  say "$compiler: $selection tests"
  build "$compiler" "$folder/test-$compiler" -Dtest_selection=$selection
  echo "$(($(seconds) - start)) s so far"
done

say "$first: address and undefined-behaviour sanitizers"
# Meson asks for -Wl,--no-undefined, which clang's sanitizers cannot have. Sanitizers make g++ warn of
# what is not there; the builds above are the ones that must be free of warnings.
# g++ would take two thirds of the time to say where each variable is, for debuggers.
quick=''
case $first in g++*) quick=-Dcpp_args=-fno-var-tracking ;; clang++-*)
  printf 'int main() {}' | $first -fsanitize=address -x c++ - -o "$log" 2>/dev/null ||
    fetch "libclang-rt-${first#clang++-}-dev" ;;
esac
export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
build "$first" "$folder/test-sanitized" -Dtest_selection=sanitized \
  -Dexamples=disabled -Db_sanitize=address,undefined -Db_lundef=false -Ddebug=true -Dwerror=false $quick
echo "$(($(seconds) - start)) s so far"

if ls bench/*.cpp >/dev/null 2>&1 && header benchmark/benchmark.h; then
  # Without the libraries that they compare with, and no further than what is wrong in them.
  say "$first: the benchmarks are right C++"
  printf '%s\n' bench/*.cpp | xargs -n 1 -P "$jobs" \
    "$first" -std=c++20 -march=native -fsyntax-only -DBENCH_WITHOUT_PEERS -Iinclude -Ibench >"$log" 2>&1
  status=$?
  [ $status -eq 0 ] || grep -A 12 'error:' "$log" | head -n 60
  note $status "check bench/"
fi

# --- the count -----------------------------------------------------------------------------------

say "Result after $(($(seconds) - start)) s"
set --
IFS='
'
for what in $passed; do set -- "$@" --passed "$what"; done
for what in $failed; do set -- "$@" --failed "$what"; done
IFS=' '
# shellcheck disable=SC2086  # a list of folders
python3 tests/count.py "$@" $builds
