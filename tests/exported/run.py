#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""What to_c and to_numpy write has slope's values: run.py PROGRAM C_COMPILER...

PROGRAM (texts.cpp) writes one C program, one Python program and a list of LaTeX formulas. C is
compiled as C99 with warnings as errors; Python is run where NumPy is there. LaTeX has its braces in
pairs, and is parsed where matplotlib is there.
"""
import pathlib
import re
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


def latex_failures(texts):
    """How many formulas are none; the first ones are printed."""
    try:
        from matplotlib import mathtext
        parser = mathtext.MathTextParser("path")
    except ImportError:
        parser = None
    failed = 0
    for text in texts:
        plain = re.sub(r"\\[{}]", "", text)
        problem = ""
        if plain.count("{") != plain.count("}") or text.count("\\left") != text.count("\\right"):
            problem = "braces"
        elif parser:
            try:
                parser.parse("$" + text + "$")
            except (ValueError, RuntimeError) as error:
                problem = str(error)[-200:]
        if problem:
            failed += 1
            if failed < 10:
                print("FAILED LaTeX", text[:300], problem)
    print(len(texts), "formulas of LaTeX", "parsed" if parser else "with pairs of braces")
    return failed


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
        texts = (pathlib.Path(folder) / "exported.tex").read_text(encoding="utf-8").splitlines()
        failed |= latex_failures(texts) != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
