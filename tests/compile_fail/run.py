#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Compile each file of this folder twice: right it must pass, wrong it must fail as it says.

The README beside this script describes the files. Usage: run.py [options] [--] COMPILER...
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
warnings = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
directive = re.compile(r"//\s*(expect|expect-any|lines)(?:\((g\+\+|clang)\))?:\s*(.*\S)\s*$")
first_error = re.compile(r"\berror\b[: ]")


class case:
    """One file: its patterns for this compiler, and how long the output may be."""

    def __init__(self, path, family):
        self.path, self.patterns, self.lines, self.problem = path, [], 40, ""
        text = path.read_text(encoding="utf-8")
        marked = [n for n, x in enumerate(text.splitlines(), 1) if re.search(r"//\s*here\b", x)]
        near = "|".join(str(n + d) for n in marked for d in (-1, 0, 1))
        for line in text.splitlines():
            found = directive.search(line)
            if not found or found[2] not in (None, family):
                continue
            if found[1] == "lines":
                self.lines = int(found[3])
            elif "@here" in found[3] and not marked:
                self.problem = "@here without a line marked // here"
            else:
                place = f"{re.escape(path.name)}:(?:{near})\\b"
                self.patterns.append((found[1], found[3].replace("@here", place)))
        if not self.patterns:
            self.problem = f"no // expect: line for {family}"
        if "SLOPE_WRONG" not in text:
            self.problem = "nothing stands under #ifdef SLOPE_WRONG"


def output_of(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", stdin=subprocess.DEVNULL, timeout=300, check=False)
    return done.returncode, done.stdout


def check(one, command):
    """The reason why the case fails, or an empty text; and the compiler's words on it."""
    if one.problem:
        return one.problem, ""
    status, text = output_of(command + [str(one.path)])
    if status:
        return "does not compile without SLOPE_WRONG", text
    status, text = output_of(command + ["-DSLOPE_WRONG", str(one.path)])
    if not status:
        return "compiles with SLOPE_WRONG", text
    if "internal compiler error" in text or status < 0:
        return "the compiler crashed", text
    lines = text.splitlines()
    errors = [x for x in lines if first_error.search(x)]
    for kind, pattern in one.patterns:
        if kind == "expect" and not (errors and re.search(pattern, errors[0])):
            return f"the first error line does not match {pattern}", text
        if kind == "expect-any" and not any(re.search(pattern, x) for x in lines):
            return f"no line matches {pattern}", text
    if len(lines) > one.lines:
        return f"{len(lines)} lines of output, allowed are {one.lines}", text
    return "", text


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=here.parents[1])
    parser.add_argument("--argument", action="append", default=[], help="a compiler argument more")
    parser.add_argument("--only", default="", help="cases whose name contains this text")
    parser.add_argument("--folder", type=pathlib.Path, default=here)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--show", action="store_true", help="print what the compiler said")
    parser.add_argument("compiler", nargs="+")
    options = parser.parse_args()

    version = output_of(options.compiler + ["--version"])[1]
    family = "clang" if "clang" in version.lower() else "g++"
    command = options.compiler + warnings + options.argument + [
        "-fsyntax-only", "-fdiagnostics-color=never", "-I", str(options.root / "include")]
    files = sorted(x for x in options.folder.glob("*.cpp") if options.only in x.name)
    cases = [case(x, family) for x in files]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = pool.map(lambda one: check(one, command), cases)
        for one, (reason, text) in zip(cases, results):
            failed += bool(reason)
            print(f"FAILED {one.path.name}: {reason}" if reason else f"ok     {one.path.name}")
            if reason or options.show:
                print("\n".join("    " + x for x in text.splitlines()[:60]))
    print(f"{len(cases) - failed} passed, {failed} failed")
    return failed != 0 or not cases


if __name__ == "__main__":
    sys.exit(main())
