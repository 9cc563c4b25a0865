#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Small static evaluations are straight-line code: run.py --root ROOT [--argument A] -- COMPILER."""

import argparse
import pathlib
import platform
import re
import subprocess
import sys

BRANCH = re.compile(r"^\s+(call|j[a-z]+)\b")


def functions(assembly):
    """The lines of every function whose name begins with straight_."""
    found, name = {}, None
    for line in assembly.splitlines():
        label = re.match(r"^(straight_\w+):", line)
        if label:
            name = label.group(1)
            found[name] = []
        elif name and re.match(r"^\s+\.size\s+" + name, line):
            name = None
        elif name:
            found[name].append(line)
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", required=True)
    parser.add_argument("--argument", action="append", default=[])
    parser.add_argument("compiler", nargs="+")
    options = parser.parse_args()
    if platform.machine() not in ("x86_64", "AMD64"):
        print("skipped: this test reads x86 assembly")
        return 77
    here = pathlib.Path(options.root) / "tests" / "codegen"
    failed = 0
    for flags in (["-O2"], ["-O3", "-march=x86-64-v3"]):
        result = subprocess.run(
            options.compiler + options.argument
            + ["-std=c++20", "-I", str(pathlib.Path(options.root) / "include"), "-S", "-o", "-"]
            + flags + [str(here / "straight_line.cpp")],
            capture_output=True, text=True)
        if result.returncode != 0:
            print(result.stderr)
            return 1
        found = functions(result.stdout)
        if len(found) != 4:
            print(f"FAILED {' '.join(flags)}: {len(found)} functions instead of 4")
            failed += 1
        for name, lines in found.items():
            bad = [line.strip() for line in lines if BRANCH.match(line)]
            print(f"{'FAILED' if bad else 'ok    '} {name} {' '.join(flags)}: {len(lines)} lines")
            for line in bad:
                print("    " + line)
            failed += bool(bad)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
