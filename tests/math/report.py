#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Measures the functions of slope/math and writes docs/reference/accuracy.md.

Usage: report.py [--compiler g++] [--samples 400] (Debian: python3-mpmath). A few minutes.
Every function that tests/math/functions.hpp names needs its ranges here, and each entry above
4 units in the last place a reason: without one the script fails.
"""
import argparse
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import generate_reference as reference
from generate_reference import (UNARY, BINARY, by_format, denormals, magnitudes, multiples, pairs,
                                uniform)
from mpmath import mp

here = pathlib.Path(__file__).resolve().parent
root = here.parents[1]
limit = 4
constants = 12  # arguments of each range that are evaluated while the program compiles


def spread(low, high, sign=0):
    """Evenly spread exponents; sign 0 for both."""
    def make(count):
        def sample(name):
            values = magnitudes(low, high, count, False)(name)
            return [x * (sign or random.choice((-1, 1))) for x in values]
        return sample
    return make


def even(low, high):
    return lambda count: uniform(low, high, count)


def per_type(double, float_):
    return lambda count: by_format(double(count), float_(count))


def near_multiples(step):
    return lambda count: multiples(step, count, 10**6)


def smallest(signed=True):
    return lambda count: denormals(count, signed)


def two(first, second):
    return lambda count: pairs((first(count), second(count)))


angles = [("[-10, 10]", even(-10, 10)), ("10 to 1e16", spread(10, 1e16)),
          ("1e16 to the largest", spread(1e16, 1e308)),
          ("next to multiples of pi/2", near_multiples(mp.pi / 2))]
tiny = ("1e-300 to 1e-3", spread(1e-300, 1e-3))
positive_powers = [("1/2 to 2", even(0.5, 2)), ("1e-307 to 1e308", spread(1e-307, 1e308, 1)),
                   ("denormal", smallest(False))]
bessel = [("[-8, 8]", even(-8, 8)), ("8 to overflow", per_type(even(8, 713), even(8, 91.5))), tiny]
scaled_bessel = [("[-8, 8]", even(-8, 8)), ("8 to 1e4", spread(8, 1e4)), tiny]
hyperbolic = [("[-3, 3]", even(-3, 3)),
              ("3 to overflow", per_type(even(3, 710), even(3, 89))), tiny]
right = [("(0, 3]", even(0, 3)), ("3 to 100", even(3, 100))]

gammas = [("(0, 5], (0, 8]", two(even(0.01, 5), even(0.01, 8))),
          ("1e-8 to 1, 1e-8 to 2", two(spread(1e-8, 1, 1), spread(1e-8, 2, 1))),
          ("a in 1 to 50, x in 0.3 a to 2.5 a", lambda count: reference.beside(
              uniform(1, 50, count), 0.3, 2.5)),
          ("a in 50 to 2000, x in 0.8 a to 1.25 a", lambda count: reference.beside(
              magnitudes(50, 2000, count, False), 0.8, 1.25))]

RANGES = {
    "exp": [("results without overflow", per_type(even(-708, 709.7), even(-87, 88.7))),
            ("denormal results", per_type(even(-745, -708), even(-103, -87))), tiny],
    "exp2": [("results without overflow", per_type(even(-1022, 1024), even(-126, 128))),
             ("denormal results", per_type(even(-1074, -1022), even(-149, -126))), tiny],
    "expm1": [("[-2, 2]", even(-2, 2)),
              ("-50 to overflow", per_type(even(-50, 709), even(-50, 88))), tiny],
    "log": positive_powers,
    "log2": positive_powers,
    "log10": positive_powers,
    "log1p": [("(-1, 3]", even(-0.9999, 3)), ("3 to 1e300", spread(3, 1e300, 1)), tiny],
    "sqrt": positive_powers,
    "sin": angles,
    "cos": angles,
    "tan": angles,
    "asin": [("[-1, 1]", even(-1, 1)), tiny],
    "acos": [("[-1, 1]", even(-1, 1)), ("0.999 to 1", even(0.999, 1)), tiny],
    "atan": [("[-3, 3]", even(-3, 3)), ("3 to the largest", spread(3, 1e308)), tiny],
    "sinh": hyperbolic,
    "cosh": hyperbolic,
    "tanh": [("[-3, 3]", even(-3, 3)), ("3 to 30", even(3, 30)), tiny],
    "asinh": [("[-3, 3]", even(-3, 3)), ("3 to the largest", spread(3, 1e308)), tiny],
    "acosh": [("1 to 4", even(1, 4)), ("1 to 1.001", even(1, 1.001)),
              ("4 to the largest", spread(4, 1e308, 1))],
    "atanh": [("[-1, 1]", even(-1, 1)), ("0.999 to 1", even(0.999, 1)), tiny],
    "sigmoid": [("[-5, 5]", even(-5, 5)),
                ("normal results", per_type(even(-708, 50), even(-87, 20))),
                ("denormal results", per_type(even(-745, -708), even(-103, -87)))],
    "softplus": [("[-5, 5]", even(-5, 5)),
                 ("normal results", per_type(even(-708, 50), even(-87, 20))),
                 ("denormal results", per_type(even(-745, -708), even(-103, -87)))],
    "erf": [("[-3, 3]", even(-3, 3)), ("3 to 6", even(3, 6)), tiny],
    "erfc": [("[-6, 3]", even(-6, 3)),
             ("3 to 26.5 (float: 9)", per_type(even(3, 26.5), even(3, 9))),
             ("denormal results", per_type(even(26.6, 27.2), even(9.3, 10)))],
    "ndtr": [("[-3, 9]", even(-3, 9)),
             ("-37.5 (float: -13) to -3", per_type(even(-37.5, -3), even(-13, -3))),
             ("denormal results", per_type(even(-38.4, -37.6), even(-14.1, -13.2)))],
    "erfinv": [("[-1/2, 1/2]", even(-0.5, 0.5)), ("1/2 to 1", even(0.5, 1)),
               ("0.99999 to 1", even(0.99999, 1)), tiny],
    "ndtri": [("(0, 1)", even(0, 1)), ("1e-300 to 0.1", spread(1e-300, 0.1, 1)),
              ("denormal", smallest(False))],
    "lgamma": [("(0, 3]", even(0, 3)), ("3 to 100", even(3, 100)),
               ("100 to overflow", per_type(spread(100, 1e305, 1), spread(100, 4e36, 1))),
               ("[-2, 0]", even(-2, 0)), ("[-30, -2]", even(-30, -2)), tiny],
    "digamma": [("(0, 3]", even(0, 3)), ("1.45 to 1.47", even(1.45, 1.47)),
                ("3 to 1e300", spread(3, 1e300, 1)), ("[-30, 0]", even(-30, 0)),
                ("1e-300 to 1e-3", spread(1e-36, 1e-3))],
    "trigamma": right + [("100 to 1e15", spread(100, 1e15, 1)), ("[-30, 0]", even(-30, 0))],
    "polygamma2": right + [("100 to 1e10", spread(100, 1e10, 1)), ("[-5, 0]", even(-5, 0))],
    "polygamma5": right + [("[-5, 0]", even(-5, 0))],
    "i0": bessel,
    "i1": bessel,
    "i0e": scaled_bessel,
    "i1e": scaled_bessel,
    "atan2": [("[-3, 3] each", two(even(-3, 3), even(-3, 3))),
              ("1e-300 to 1e300 each", two(spread(1e-300, 1e300), spread(1e-300, 1e300))),
              ("denormal", two(smallest(), smallest()))],
    "pow": [("0.1 to 10, [-10, 10]", two(even(0.1, 10), even(-10, 10))),
            ("0.9 to 1.1, [-500, 500]", two(even(0.9, 1.1), even(-500, 500))),
            ("1e-30 to 1e30, [-10, 10]", two(spread(1e-30, 1e30, 1), even(-10, 10)))],
    "hypot": [("[-3, 3] each", two(even(-3, 3), even(-3, 3))),
              ("1e-300 to 1e300 each", two(spread(1e-300, 1e300), spread(1e-300, 1e300))),
              ("denormal", two(smallest(), smallest()))],
    "igamma": gammas,
    "igammac": gammas,
    "fmod": [("[-100, 100], [-3, 3]", two(even(-100, 100), even(-3, 3))),
             ("1e-300 to 1e300 each", two(spread(1e-300, 1e300), spread(1e-300, 1e300)))],
    "remainder": [("[-100, 100], [-3, 3]", two(even(-100, 100), even(-3, 3))),
                  ("1e-300 to 1e300 each", two(spread(1e-300, 1e300), spread(1e-300, 1e300)))],
}

ZEROS = ("next to the zeros of the function the terms of its reflection cancel; the error is a few "
         "units in the last place of the larger term")
POWER = "a power of pi / sin(pi x), which multiplies that quotient's error by n + 1"
SUMS = "each term of the series, with x near a up to a hundred, is rounded three times"
REASONS = {  # (function, range): why above 4
    ("igamma", "a in 1 to 50, x in 0.3 a to 2.5 a"): SUMS,
    ("igammac", "1e-8 to 1, 1e-8 to 2"): "the terms that lead for small a cancel in part",
    ("lgamma", "[-2, 0]"): ZEROS,
    ("lgamma", "[-30, -2]"): ZEROS,
    ("digamma", "[-30, 0]"): ZEROS,
    ("polygamma2", "[-5, 0]"): ZEROS,
    ("polygamma5", "[-5, 0]"): POWER,
}

PROGRAM = r"""
#include "functions.hpp"

#include <cmath>
#include <cstdio>

namespace {

struct sample { double x, y, value, remainder; };

// As in accuracy.cpp: the distance in units in the last place, and what -ffast-math flushes.
template <class T>
double error_of(T got, sample const& s) {
  int exponent = 0;
  std::frexp(s.value, &exponent);
  int const digits = sizeof(T) == 8 ? 53 : 24, lowest = sizeof(T) == 8 ? -1074 : -149;
  int const unit = exponent - digits > lowest ? exponent - digits : lowest;
  double const difference = static_cast<double>(got) - s.value;
  double const e =
      std::fabs(std::ldexp(std::ldexp(difference, -unit / 2), -unit - -unit / 2) - s.remainder);
  return e <= 1e30 ? e : 1e30;
}
template <class T>
bool tiny(double x) {
  auto const magnitude = math::detail::bits(math::abs(x));
  double const normal = math::detail::format<T>::smallest_normal;
  return magnitude != 0 && magnitude < math::detail::bits(normal * 0x1p24);
}

template <class T, int N, class F>
void measure(F f, sample const (&all)[N], T const* constant, int constants) {
  double worst[3] = {0, 0, 0};
  auto const note = [&](int where, T got, sample const& s) {
    if (math::fast_math && (tiny<T>(s.x) || tiny<T>(s.y) || tiny<T>(s.value))) return;
    double const e = error_of(got, s);
    if (e > worst[where]) worst[where] = e;
  };
  for (int i = 0; i < constants; ++i) note(0, constant[i], all[i]);
  using pack = math::native_pack<T>;
  for (int i = 0; i < N; ++i) {
    T const volatile x = static_cast<T>(all[i].x), y = static_cast<T>(all[i].y);
    note(1, f(T{x}, T{y}), all[i]);
  }
  for (int i = 0; i + pack::lanes <= N; i += pack::lanes) {
    T x[pack::lanes], y[pack::lanes];
    for (int j = 0; j < pack::lanes; ++j) {
      x[j] = static_cast<T>(all[i + j].x);
      y[j] = static_cast<T>(all[i + j].y);
    }
    auto const r = f(pack::load(x), pack::load(y));
    for (int j = 0; j < pack::lanes; ++j) note(2, r[j], all[i + j]);
  }
  std::printf("%.3f %.3f %.3f\n", worst[0], worst[1], worst[2]);
}

template <class T, int N, class F, int Count>
constexpr auto constants_of(F f, sample const (&all)[Count]) {
  struct { T of[N]; } r{};
  for (int i = 0; i < N; ++i) r.of[i] = f(static_cast<T>(all[i].x), static_cast<T>(all[i].y));
  return r;
}
"""


def functions():
    """name: the lambda of two arguments, as functions.hpp has it."""
    text = (here / "functions.hpp").read_text(encoding="utf-8")
    found = {}
    for name, arguments, body in re.findall(
            r'visit\("(\w+)",\s*[\d.]+, \[\]\((.*?)\) \{ (return .*?;) \}\);', text):
        one = "," not in arguments
        found[name] = f"[]({arguments}{', auto' if one else ''}) {{ {body} }}"
    return found


def samples_of(name, ranges, kind, count):
    """(label, [(x, y, value, remainder)]) for each range."""
    function = (UNARY.get(name) or BINARY.get(name))[0]
    for label, sampler in ranges:
        listed = []
        random.seed(f"{name} {label} {kind}")  # whatever else is measured
        for argument in sampler(count)(kind):
            argument = argument if isinstance(argument, tuple) else (argument,)
            argument = tuple(reference.to_format(x, kind) for x in argument)
            try:
                result = reference.rounded(function(*(reference.mpf(x) for x in argument)), kind)
            except (ValueError, ZeroDivisionError):  # at a pole
                continue
            if result is not None:
                listed.append((argument[0], argument[-1], result[0], result[1] / 1000))
        yield label, listed


def write_program(path, blocks):
    lines = [PROGRAM]
    calls = []
    for number, (_, _, kind, call, listed) in enumerate(blocks):
        rows = ",\n  ".join("{" + ", ".join(float(x).hex() for x in row) + "}" for row in listed)
        few = min(constants, len(listed))
        lines.append(f"constexpr sample samples_{number}[] = {{\n  {rows}}};")
        calls.append(f"  {{\n    auto const f = {call};\n"
                     f"#ifdef WITH_CONSTANTS\n"
                     f"    static constexpr auto c =\n"
                     f"        constants_of<{kind}, {few}>(f, samples_{number});\n"
                     f"    measure<{kind}>(f, samples_{number}, c.of, {few});\n"
                     f"#else\n"
                     f"    measure<{kind}>(f, samples_{number}, nullptr, 0);\n"
                     f"#endif\n  }}")
    body = "\n".join(lines) + "\n"
    for i, call in enumerate(calls):
        body += f"void run_{i}() {{\n{call}\n}}\n"
    body += "}  // namespace\n\nint main() {\n"
    body += "".join(f"  run_{i}();\n" for i in range(len(calls))) + "}\n"
    path.write_text(body, encoding="utf-8")


def run(compiler, flags, source, folder):
    program = folder / "report"
    subprocess.run([compiler, "-std=c++20", *flags, "-I", str(root / "include"), "-I", str(here),
                    str(source), "-o", str(program)], check=True)
    lines = subprocess.run([str(program)], check=True, stdout=subprocess.PIPE, text=True).stdout
    return [tuple(map(float, line.split())) for line in lines.splitlines()]


def shown(x):
    return f"{x:.2f}" if x < 100 else f"{x:.1e}"


HEAD = """# Accuracy of the elementary and special functions

Largest errors found, in units in the last place of the exact result (0.5 is correct rounding),
against values of mpmath: {samples} random arguments for each range and type, of which constant
evaluation gets {constants}. This page is made by

    python3 tests/math/report.py

and was made with {version}. What the tests hold the functions to, on every
compiler, is in [`functions.hpp`](../../tests/math/functions.hpp). Each function is one algorithm
for constant evaluation, numbers and packs (SIMD), but exp, sigmoid, log and (double) log1p have a
table for constants and numbers. Ranges beyond those of float end there for float.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--samples", type=int, default=400)
    options = parser.parse_args()
    calls = functions()
    missing = set(calls) ^ set(RANGES)
    if missing:
        sys.exit(f"report.py: ranges and functions.hpp differ in {', '.join(sorted(missing))}")
    blocks = []  # (function, range, type, call, samples)
    for name, call in calls.items():
        for kind in ("double", "float"):
            for label, listed in samples_of(name, RANGES[name], kind, options.samples):
                if listed:
                    blocks.append((name, label, kind, call, listed))
    version = subprocess.run([options.compiler, "--version"], stdout=subprocess.PIPE, text=True,
                             check=True).stdout.splitlines()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = folder / "report.cpp"
        write_program(source, blocks)
        plain = run(options.compiler, ["-O1", "-DWITH_CONSTANTS"], source, folder)
        native = run(options.compiler, ["-O1", "-march=native"], source, folder)
        fast = run(options.compiler, ["-O1", "-march=native", "-ffast-math"], source, folder)

    text = HEAD.format(samples=options.samples, constants=constants, version=version)
    text += """
## By range

Without flags for the machine: no fused multiplication and addition, packs of 16 bytes.

| function | arguments | double: constants | numbers | packs | float: constants | numbers | packs | |
|---|---|--:|--:|--:|--:|--:|--:|---|
"""
    measured = {(b[0], b[1], b[2]): m for b, m in zip(blocks, plain)}
    unexplained = []
    for function, ranges in ((f, RANGES[f]) for f in calls):
        for label, _ in ranges:
            cells, worst = [], 0
            for kind in ("double", "float"):
                values = measured.get((function, label, kind))
                cells += [shown(x) for x in values] if values else [""] * 3
                worst = max([worst, *(values or ())])
            reason = REASONS.get((function, label), "") if worst > limit else ""
            if worst > limit and not reason:
                unexplained.append(f"{function} on {label}: {worst}")
            text += f"| {function} | {label} | {' | '.join(cells)} | {reason} |\n"

    text += f"""
## With the machine's instructions

With `-march=native`, the largest over the ranges above that have no remark; and with `-ffast-math`
too, where compilers divide approximately, and where arguments and results below 2^24 times the
smallest normal number do not count, as such numbers are flushed to 0.

| function | double: numbers | packs | `-ffast-math` | float: numbers | packs | `-ffast-math` |
|---|--:|--:|--:|--:|--:|--:|
"""
    for function in calls:
        cells = []
        for kind in ("double", "float"):
            chosen = [i for i, b in enumerate(blocks)
                      if b[0] == function and b[2] == kind and (function, b[1]) not in REASONS]
            cells += [shown(max(native[i][1] for i in chosen)),
                      shown(max(native[i][2] for i in chosen)),
                      shown(max(max(fast[i][1:]) for i in chosen))]
        text += f"| {function} | {' | '.join(cells)} |\n"
    (root / "docs/reference").mkdir(exist_ok=True)
    (root / "docs/reference/accuracy.md").write_text(text, encoding="utf-8")
    if unexplained:
        sys.exit("report.py: above the limit without a reason: " + "; ".join(unexplained))


if __name__ == "__main__":
    main()
