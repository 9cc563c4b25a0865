#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Run an example on its data and compare what it prints: run.py PROGRAM DATA EXPECTED.

Without a file EXPECTED the program must only succeed.
"""
import difflib
import pathlib
import subprocess
import sys

program, data, expected = sys.argv[1:]
done = subprocess.run([program, data], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
output = done.stdout.decode(errors="replace")
print(output, end="")
if done.returncode:
    sys.exit(f"{program} failed: {done.returncode}")
path = pathlib.Path(expected)
if path.exists():
    want = path.read_text(encoding="utf-8")
    if want != output:
        sys.stdout.writelines(difflib.unified_diff(want.splitlines(True), output.splitlines(True),
                                                   expected, "output"))
        sys.exit(f"the output is not {expected}")
