#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""What to_c and to_numpy write has slope's values: run.py PROGRAM C_COMPILER...

PROGRAM (texts.cpp) writes one C program and one Python program. C is compiled as C99 with warnings
as errors; Python is run where NumPy is there.
"""
import pathlib
import subprocess
import sys
import tempfile


def numpy_python():
    """A Python that has NumPy, or None."""
    for python in (sys.executable, "/usr/bin/python3"):
        if pathlib.Path(python).exists() and subprocess.run(
                [python, "-c", "import numpy"], capture_output=True).returncode == 0:
            return python
    return None


def run(command):
    """The command's exit status; what it says is printed."""
    result = subprocess.run(command, capture_output=True, text=True)
    print(result.stdout[-8000:] + result.stderr[-8000:], end="")
    return result.returncode


def main():
    program, compiler = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "exported.c"
        failed = run([program, folder]) != 0
        compiled = pathlib.Path(folder) / "exported"
        if compiler:
            flags = ["-std=c99", "-Wall", "-Werror", "-o", str(compiled), str(source), "-lm"]
            failed |= run(compiler + flags) != 0 or run([str(compiled)]) != 0
        else:
            print("no C compiler: C is not compared")
        python = numpy_python()
        if python:
            failed |= run([python, str(pathlib.Path(folder) / "exported.py")]) != 0
        else:
            print("no NumPy: its texts are not compared")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
