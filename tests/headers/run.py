#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Compile each header alone and included twice, and slope.hpp in the ways that users compile it.

Usage: run.py [options] [--] COMPILER...
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

warnings = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
# What users may add. The packs of math/ change their width, their ABI warnings and their rounding
# with these; a header without exceptions must still parse.
ways = [["-O2", "-march=x86-64-v3"], ["-O2", "-march=x86-64-v4"], ["-O2", "-ffast-math"],
        ["-fno-exceptions"], ["-fno-rtti"], ["-std=c++2b"]]


def compile_text(command, text):
    done = subprocess.run(command + ["-x", "c++", "-"], input=text, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
                          check=False)
    return done.returncode == 0, done.stdout


def link_two(command, text):
    """Two translation units with every header link: nothing is defined twice."""
    with tempfile.TemporaryDirectory() as folder:
        for name, code in (("one", text), ("two", text + "int main() {}\n")):
            done = compile_text(command + ["-c", "-o", f"{folder}/{name}.o"], code)
            if not done[0]:
                return done
        link = subprocess.run(command + [f"{folder}/one.o", f"{folder}/two.o", "-o",
                                         f"{folder}/both"], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        return link.returncode == 0, link.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("--argument", action="append", default=[], help="a compiler argument more")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("compiler", nargs="+")
    options = parser.parse_args()

    include = options.root / "include"
    headers = sorted(x.relative_to(include).as_posix() for x in include.rglob("*.hpp"))
    command = options.compiler + warnings + options.argument + ["-I", str(include)]
    check = command + ["-fsyntax-only"]
    jobs = [(x, lambda x=x: compile_text(check, f"#include <{x}>\n" * 2)) for x in headers]
    umbrella = "slope/slope.hpp"
    if umbrella in headers:
        for way in ways:
            jobs.append((f"{umbrella} {' '.join(way)}",
                         lambda way=way: compile_text(check + way, f"#include <{umbrella}>\n")))
    everything = "".join(f"#include <{x}>\n" for x in headers)
    jobs.append(("all headers in two translation units", lambda: link_two(command, everything)))

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for (name, _), (good, text) in zip(jobs, pool.map(lambda job: job[1](), jobs)):
            failed += not good
            print(f"ok     {name}" if good else f"FAILED {name}")
            if not good:
                print("\n".join("    " + x for x in text.splitlines()[:30]))
    print(f"{len(jobs) - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
