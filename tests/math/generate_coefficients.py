#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Prints the polynomial coefficients of slope/math, fitted by Sollya's fpminimax (apt: sollya).

Each fit is minimax for the relative error, with coefficients that are numbers of the element type.
The lowest terms of a fit (the last argument) are given, so that they cost no rounding.
"""
import subprocess

PRELUDE = """
prec = 300; points = 121; verbosity = 0;
procedure fit(label, f, mons, fmt, rng, P) {
  var fm, p, i, e;
  fm = [||];
  for i from 1 to length(mons) do fm = fm :. fmt;
  p = fpminimax(f, mons, fm, rng, floating, relative, P);
  e = dirtyinfnorm((p - f) / f, rng);
  display = decimal!;
  write(label, ": relative error 2^");
  print(round(log2(e), 20, RN));
  display = hexadecimal!;
  for i from 0 to length(mons) - 1 do print("  power", mons[i], coeff(p, mons[i]));
};
"""

ODD = "x"  # odd functions start with x itself
ARTANH = "log((1 + sqrt(x)) / (1 - sqrt(x))) / sqrt(x)"  # 2 artanh(s) / s as a function of s^2


def odd(last, first=3):
    return list(range(first, last + 1, 2))


def even(last, first=4):
    return list(range(first, last + 1, 2))


def scaled_erfc(k):
    x = f"({k} * (1 + x) / (1 - x))"
    return f"(1 + 2 * {x}) * exp({x}^2) * erfc({x})"


def slope_range(k, low, high):
    return f"({low} - {k}) / ({low} + {k})", f"({high} - {k}) / ({high} + {k})"


# name, function, powers (double, float), range, given
FITS = [
    ("expm1", "expm1(x)", (list(range(2, 12)), list(range(2, 7))), ("-0.3467", "0.3467"), ODD),
    ("log", ARTANH, (list(range(1, 8)), list(range(1, 4))), ("2^(-40)", "0.02945"), "2"),
    ("log, extended", ARTANH, (list(range(2, 9)), None), ("2^(-40)", "0.02945"), "2 + x * 2 / 3"),
    ("sin to pi/4", "sin(x)", (odd(13), odd(7)), ("2^(-30)", "0.7855"), ODD),
    ("cos to pi/4", "cos(x)", (even(14), even(8)), ("2^(-30)", "0.7855"), "1 - x^2 / 2"),
    ("sin to pi/2", "sin(x)", (odd(19), odd(9)), ("2^(-30)", "1.5709"), ODD),
    ("atan", "atan(x)", (odd(23), odd(11)), ("2^(-30)", "0.41422"), ODD),
    ("asin", "asin(x)", (odd(27), odd(11)), ("2^(-30)", "0.5"), ODD),
    ("sinh", "sinh(x)", (odd(15), odd(9)), ("2^(-30)", "1.001"), ODD),
    ("erf", "erf(x)", (odd(23), None), ("2^(-30)", "1.001"), "x + 0x1.06eba8214db69p-3 * x"),
    ("erf", "erf(x)", (None, odd(13)), ("2^(-30)", "1.001"), "x + 0x1.06eba8p-3 * x"),
    ("erfc, k = 3", scaled_erfc(3), (list(range(21)), None), slope_range(3, 0.5, 27.3), "0"),
    ("erfc, k = 2", scaled_erfc(2), (None, list(range(10))), slope_range(2, 0.5, 10.1), "0"),
]

if __name__ == "__main__":
    script = PRELUDE
    for name, function, powers, (low, high), given in FITS:
        for form, chosen in zip(("D", "SG"), powers):
            if chosen is not None:
                listed = ", ".join(map(str, chosen))
                label = f"{name} ({'double' if form == 'D' else 'float'})"
                script += f'fit("{label}", {function}, [|{listed}|], {form}, [{low}; {high}], '
                script += f"{given});\n"
    subprocess.run(["sollya"], input=script + "quit;\n", text=True, check=True)
