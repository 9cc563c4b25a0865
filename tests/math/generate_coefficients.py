#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Prints the polynomial coefficients of slope/math, fitted by Sollya's fpminimax (apt: sollya)
and, for the special functions, interpolated by mpmath (apt: python3-mpmath).

Each fit is minimax for the relative error, with coefficients that are numbers of the element type.
The lowest terms of a fit (the last argument) are given, so that they cost no rounding.
"""
import struct
import subprocess

import mpmath

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
    ("exp by table", "expm1(x)", (list(range(2, 8)), None), ("-0.02168", "0.02168"), ODD),
    ("log by table", "log1p(x)", (list(range(3, 10)), None), ("-0.0159", "0.0273"), "x - x^2 / 2"),
    ("exp by table, to float", "expm1(x)", ([2, 3], None), ("-0.02168", "0.02168"), ODD),
    ("log by table, to float", "log1p(x)", ([2, 3, 4, 5], None), ("-0.0159", "0.0273"), "x"),
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

def entries(name, words):
    print(f"{name}:")
    line = " " * 4
    for i, word in enumerate(words):
        word += "," if i + 1 < len(words) else "};"
        if len(line) + len(word) > 99:
            print(line.rstrip())
            line = " " * 4
        line += word + " "
    print(line.rstrip())


def shortest(x):
    mantissa, _, exponent = float(x).hex().partition("p")
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}p{int(exponent)}"


def lucky_inverse(centre):
    """(1/c, log c) for a c next to the centre: 1/c has 32 bits, and log c, a multiple of 2^-42,
    is within 2^-63 of the true one."""
    mpf = mpmath.mpf
    mask = 2**64 - 1
    nearest = int(mpmath.nint(2**31 / mpf(centre)))

    def log_modulo(k):  # the bits of log c from 2^-43 to 2^-106
        return int(mpmath.nint(-mpmath.log(mpf(k) / 2**31) * 2**106)) & mask

    step = 256
    for block in range(10**6):
        first = nearest + (block + 1) // 2 * step * (1 if block % 2 else -1)
        f = [log_modulo(first + j) for j in range(4)]
        # Of these, third differences do not change.
        value, one, two = f[0], f[1] - f[0], f[2] - 2 * f[1] + f[0]
        three = f[3] - 3 * f[2] + 3 * f[1] - f[0]
        for k in range(first, first + step):
            if value < 2**43 or value > mask - 2**43:
                inverse = mpf(k) / 2**31
                return inverse, mpmath.nint(-mpmath.log(inverse) * 2**42) / 2**42
            value, one, two = value + one & mask, one + two & mask, two + three & mask
    raise ValueError(centre)


def tables():
    """What by_table.hpp looks up."""
    mpf = mpmath.mpf
    mpmath.mp.prec = 200
    powers = []
    for i in range(16):
        exact = mpf(2) ** (mpf(i) / 16)
        (bits,) = struct.unpack("<Q", struct.pack("<d", float(exact)))
        tail = exact / mpf(float(exact)) - 1
        powers.append(f"{{0x{bits - (i << 48):016x}u, {shortest(tail)}}}")
    entries("table_powers", powers)
    # The intervals next to the one around 1 have their c on its side: r, and with it the rounding
    # of r, is to be small where log x is.
    nudged = {1 - 2**-6: 1 - 2**-7 - 2**-9, 1 + 2**-5: 1 + 2**-6 + 2**-8}
    inverses = []
    for i in range(32):
        (centre,) = struct.unpack("<d", struct.pack("<Q", 0x3fe6800000000000 + (i << 47)))
        inverse, log = lucky_inverse(nudged.get(centre, centre)) if centre != 1 else (1, 0)
        inverses.append(f"{{{shortest(inverse)}, {shortest(log)}}}")
    entries("table_inverses", inverses)


def arrays():
    """The tables of the special functions: interpolation at Chebyshev's nodes, in 400 bits.

    Within a factor of 3 of minimax, which Sollya cannot compute for functions that it does not
    know.
    """
    mp = mpmath.mp
    mp.prec = 400
    mpf = mpmath.mpf

    def interpolated(f, low, high, count):
        low, high = mpf(low), mpf(high)
        x = [(low + high) / 2 + (high - low) / 2 * mpmath.cos(mp.pi * (2 * k + 1) / (2 * count))
             for k in range(count)]
        c = [f(each) for each in x]
        for j in range(1, count):  # Newton's divided differences, then powers
            for i in range(count - 1, j - 1, -1):
                c[i] = (c[i] - c[i - 1]) / (x[i] - x[i - j])
        powers = [c[-1]]
        for k in range(count - 2, -1, -1):
            longer = [mpf(0)] * (len(powers) + 1)
            for i, a in enumerate(powers):
                longer[i + 1] += a
                longer[i] -= a * x[k]
            longer[0] += c[k]
            powers = longer
        return powers

    def show(name, f, low, high, count, constant_apart=False):
        powers = interpolated(f, low, high, count)
        if constant_apart:  # in two parts, the first with 26 bits
            first = float(mpmath.nint(powers[0] * 2**26) / 2**26)
            print(f"{name}: constant", first.hex(), float(powers[0] - mpf(first)).hex())
            powers = powers[1:]
        powers = [float(a) for a in reversed(powers)]
        line = f"inline constexpr double {name}[] = {{"
        indent = " " * 4
        print(line)
        line = indent
        for i, a in enumerate(powers):
            mantissa, _, exponent = a.hex().partition("p")
            word = f"{mantissa}p{int(exponent)}" + ("," if i + 1 < len(powers) else "};")
            if len(line) + len(word) > 99:
                print(line.rstrip())
                line = indent
            line += word + " "
        print(line.rstrip())

    def parts(name, value):
        high = float(value)
        print(name, high.hex(), float(value - mpf(high)).hex())

    def away_from(f, least=mpf(2) ** -80):
        return lambda z: f(z if abs(z) > least else least)

    def inverse_erfc(y):
        w = -mpmath.log(y)
        x = mpmath.sqrt(w) if y < 0.3 else (1 - y) * mpmath.sqrt(mp.pi) / 2
        for _ in range(3 if y < 0.3 else 0):
            x = mpmath.sqrt(w - mpmath.log(x * mpmath.sqrt(mp.pi)))
        for _ in range(10):
            step = (y - mpmath.erfc(x)) * mpmath.sqrt(mp.pi) / 2 * mpmath.exp(x * x)
            x -= step / (1 - step * x)
        return x

    def centre(z):
        x = mpmath.sqrt(z)
        return (inverse_erfc(1 - x) / x - mpmath.sqrt(mp.pi) / 2) / z

    def tail(k):
        def f(t):
            s = k * (1 + t) / (1 - t)
            return inverse_erfc(mpmath.exp(-s * s)) / s
        return lambda low, high: (f, (low - k) / (low + k), (high - k) / (high + k))

    parts("sqrt(pi)/2", mpmath.sqrt(mp.pi) / 2)
    show("erfinv_centre", centre, mpf(2) ** -60, 0.25, 13)
    show("erfcinv_near", *tail(mpf(2))(mpf("0.8325"), mpf("6.1")), 24, True)
    show("erfcinv_far", *tail(mpf(9))(mpf("6.1"), mpf("27.3")), 18, True)

    gamma = mpmath.euler
    parts("-gamma", -gamma)
    parts("1-gamma", 1 - gamma)
    show("lgamma_near_one", away_from(lambda z: (mpmath.loggamma(1 + z) / z + gamma) / z),
         -0.5, 0.5, 28)
    show("lgamma_near_two", away_from(lambda z: (mpmath.loggamma(2 + z) / z - (1 - gamma)) / z),
         -0.5, 1, 22)

    def stirling(u):
        x = 1 / mpmath.sqrt(u)
        leading = (x - mpf(1) / 2) * mpmath.log(x) - x + mpmath.log(2 * mp.pi) / 2
        return (mpmath.loggamma(x) - leading) * x

    show("lgamma_stirling", stirling, mpf(2) ** -60, mpf(1) / 9, 12)
    parts("(log(2 pi) - 1)/2", (mpmath.log(2 * mp.pi) - 1) / 2)

    root = mpmath.findroot(mpmath.digamma, mpf("1.4616321449683623"))
    parts("root of digamma", root)
    show("digamma_ratio", lambda v: mpmath.digamma(v + 1.5) / (v + 1.5 - root), -0.5, 0.5, 22)

    def psi_rest(u):
        x = 1 / mpmath.sqrt(u)
        return (mpmath.log(x) - 1 / (2 * x) - mpmath.digamma(x)) / u

    show("digamma_far", psi_rest, mpf(2) ** -60, mpf(1) / 4, 18)
    mp.prec = 250
    for order in (0, 1):
        def series(q, order=order):
            y = mpmath.sqrt(q)
            return (mpmath.besseli(order, 2 * y) / y**order - 1) / q

        def scaled(v, order=order):
            a = 16 / (1 + v)
            return mpmath.besseli(order, a) * mpmath.exp(-a) * mpmath.sqrt(a)

        show(f"bessel_i{order}_series", series, mpf(2) ** -60, 16, 17)
        show(f"bessel_i{order}_scaled", scaled, -1 + mpf(2) ** -12, 1, 24)
    print("// B(2j) / (2j)!")
    print(", ".join(float(mpmath.bernoulli(2 * j) / mpmath.factorial(2 * j)).hex()
                    for j in range(1, 13)))


if __name__ == "__main__":
    tables()
    arrays()
    script = PRELUDE
    for name, function, powers, (low, high), given in FITS:
        for form, chosen in zip(("D", "SG"), powers):
            if chosen is not None:
                listed = ", ".join(map(str, chosen))
                label = f"{name} ({'double' if form == 'D' else 'float'})"
                script += f'fit("{label}", {function}, [|{listed}|], {form}, [{low}; {high}], '
                script += f"{given});\n"
    subprocess.run(["sollya"], input=script + "quit;\n", text=True, check=True)
