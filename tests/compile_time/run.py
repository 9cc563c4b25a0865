#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Compile time is a feature: fail when a program costs the compiler more than its bar.

Usage: run.py [options] [--] COMPILER...

Memory hardly varies, so its bar is strict. Time does: a program fails only if the best of several
compilations takes twice its bar, and on a machine where even a program without slope takes longer
than it should, the bar grows by as much.

With a clang, the classes and functions of slope that a program instantiates are counted too
(-ftime-trace). Counts do not vary, so they have budgets of 5 % above what they were when they were
last set: raise a budget knowingly, in the change that needs more.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "bench" / "compile"))
import measure  # noqa: E402  pylint: disable=wrong-import-position

perceptron = """#include <slope/slope.hpp>
using slope::tensor;
constexpr auto perceptron = [](auto x, auto target, auto w1, auto b1, auto w2, auto b2) {
  auto const h = relu(matmul(x, w1) + b1);
  auto const z = matmul(h, w2) + b2;
  return -mean(sum(target * log_softmax(z, 1), 1));
};
void step(tensor<float, 64, 784> const& x, tensor<float, 64, 10> const& target,
          tensor<float, 784, 128> const& w1, tensor<float, 128> const& b1,
          tensor<float, 128, 10> const& w2, tensor<float, 10> const& b2, float& value,
          tensor<float, 784, 128>& dw1, tensor<float, 128>& db1, tensor<float, 128, 10>& dw2,
          tensor<float, 10>& db2, slope::workspace& memory) {
  slope::value_and_grad<2, 3, 4, 5>(perceptron)
      .into(value, dw1, db1, dw2, db2)
      .with(memory)(x, target, w1, b1, w2, b2);
}
"""

# User seconds and megabytes at -O2 on an idle machine of 2024.
bars = {"first program": (1.0, 200), "traced 300": (3.0, 300), "perceptron": (3.0, 300)}
# Classes and functions of slope, on clang 16 and 19 the same.
budgets = {"first program": (974, 1390), "traced 300": (965, 1205), "perceptron": (1406, 2610)}
# What the program without slope takes there, from g++ 12 to clang 19.
reference_seconds = 2.0


def best_of(compiler, source, limit, tries=4):
    """The least seconds and megabytes of up to `tries` compilations; fewer if one is within."""
    seconds, megabytes = [], []
    for _ in range(tries):
        one = measure.compile_once(compiler, source, ["-O2"])
        if one[2] != 0:
            return None, None, one[3]
        seconds.append(one[0])
        megabytes.append(one[1])
        if min(seconds) <= limit:
            break
    return min(seconds), min(megabytes), ""


def instantiations(compiler, source):
    """The numbers of classes and functions instantiated whose names hold slope; None on failure."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "unit.cpp")
        path.write_text(source, encoding="utf-8")
        done = subprocess.run([*compiler, "-std=c++20", "-O0", "-ftime-trace",
                               "-ftime-trace-granularity=0", "-I", str(root / "include"), "-c",
                               str(path), "-o", str(path.with_suffix(".o"))], check=False)
        trace = path.with_suffix(".json")
        if done.returncode != 0 or not trace.exists():
            return None
        events = json.loads(trace.read_text(encoding="utf-8"))["traceEvents"]
    counts = collections.Counter(x["name"] for x in events
                                 if "slope::" in x.get("args", {}).get("detail", ""))
    return counts["InstantiateClass"], counts["InstantiateFunction"]


def count_all(compiler, units):
    """How many programs were counted, and how many of them instantiate more than their budgets."""
    version = subprocess.run([*compiler, "--version"], capture_output=True, text=True, check=False)
    if "clang" not in version.stdout:
        print("skipped: instantiations are counted by clang only")
        return 0, 0
    failed = 0
    for name, most in budgets.items():
        got = instantiations(compiler, units[name])
        good = got is not None and got[0] <= most[0] and got[1] <= most[1]
        failed += not good
        print(f"{'ok    ' if good else 'FAILED'} {name}: "
              + (f"{got[0]} classes of {most[0]}, {got[1]} functions of {most[1]}" if got
                 else "not counted"))
    return len(budgets), failed


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", help="ignored: the sources are those beside this script")
    parser.add_argument("--argument", action="append", default=[], help="a compiler argument more")
    parser.add_argument("compiler", nargs="+")
    options = parser.parse_args()
    compiler = options.compiler + options.argument

    units = {**measure.units(), "perceptron": perceptron}
    reference, _, text = best_of(compiler, units["reference: std only"], reference_seconds, 2)
    if reference is None:
        print(text)
        print("0 passed, 1 failed")
        return 1
    slow = max(1.0, reference / reference_seconds)
    print(f"without slope {reference:.2f} s: the bars are {slow:.2f} times as high")
    failed = 0
    for name, (bar, most) in bars.items():
        limit = 2 * bar * slow
        seconds, megabytes, text = best_of(compiler, units[name], limit)
        good = seconds is not None and seconds <= limit and megabytes <= most
        failed += not good
        print(f"{'ok    ' if good else 'FAILED'} {name}: "
              + (f"{seconds:.2f} s of {limit:.2f}, {megabytes:.0f} MB of {most}"
                 if seconds is not None else "does not compile"))
        if text:
            print("\n".join("    " + x for x in text.splitlines()[:30]))
    counted, above = count_all(compiler, units)
    failed += above
    print(f"{len(bars) + counted - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
