#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Compile time is a feature: fail when a program costs the compiler more than its bar.

Usage: run.py [options] [--] COMPILER...

Memory hardly varies, so its bar is strict. Time does: a program fails only if the best of several
compilations takes twice its bar, and on a machine where even a program without slope takes longer
than it should, the bar grows by as much.
"""
import argparse
import pathlib
import sys

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "bench" / "compile"))
import measure  # noqa: E402  pylint: disable=wrong-import-position

# User seconds and megabytes at -O2 on an idle machine of 2024.
bars = {"first program": (1.0, 200), "traced 300": (3.0, 300)}
# What the program without slope takes there, from g++ 12 to clang 19.
reference_seconds = 2.0
tries = 4


def best_of(compiler, source, limit):
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


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", help="ignored: the sources are those beside this script")
    parser.add_argument("--argument", action="append", default=[], help="a compiler argument more")
    parser.add_argument("compiler", nargs="+")
    options = parser.parse_args()
    compiler = options.compiler + options.argument

    units = measure.units()
    reference, _, text = best_of(compiler, units["reference: std only"], reference_seconds)
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
    print(f"{len(bars) - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
