#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Writes reference.txt: exact values of the functions of slope/math, computed by mpmath.

A line `exp double` starts a block; then one line per argument, in hexadecimal floating point:
`x value remainder` (or `x y value remainder`). The exact result is value + remainder/1000 units in
the last place of value. Usage: generate_reference.py > reference.txt (Debian: python3-mpmath).
"""
import random
import struct

import mpmath
from mpmath import mp, mpf

mp.prec = 2400  # enough to reduce the largest double modulo pi, or a tiny one

FORMATS = {
    "double": dict(digits=53, lowest=-1074, largest=1.7976931348623157e308),
    "float": dict(digits=24, lowest=-149, largest=3.4028234663852886e38),
}


def to_format(x, name):
    return x if name == "double" else struct.unpack("f", struct.pack("f", x))[0]


def uniform(low, high, count):
    return lambda name: [random.uniform(low, high) for _ in range(count)]


def magnitudes(low, high, count, signed=True):
    """Evenly spread exponents; both signs."""

    def sample(name):
        tiny = 1e-307 if name == "double" else 1e-37
        huge = 1e307 if name == "double" else 1e37
        a, b = mpmath.log(max(low, tiny), 2), mpmath.log(min(high, huge), 2)
        for _ in range(count):
            x = float(mpf(2) ** (a + (b - a) * mpf(random.random())))
            yield -x if signed and random.random() < 0.5 else x

    return sample


def denormals(count, signed=False):
    def sample(name):
        smallest = 5e-324 if name == "double" else 1.4e-45
        bits = 51 if name == "double" else 22
        for _ in range(count):
            x = smallest * max(1, random.getrandbits(random.randint(2, bits)))
            yield -x if signed and random.random() < 0.5 else x

    return sample


def by_format(double, float_):
    return lambda name: (double if name == "double" else float_)(name)


def listed(*values):
    return lambda name: list(values)


def multiples(step, count, largest):
    """The numbers nearest to multiples of the step, where the result is near 0 or 1."""
    return lambda name: [
        float(step * random.randint(-largest, largest) if name == "double"
              else step * random.randint(-8000, 8000))
        for _ in range(count)
    ]


ANGLES = [
    uniform(-1, 1, 20), uniform(-10, 10, 40), magnitudes(1e-10, 1e5, 30),
    magnitudes(1e5, 1e16, 25), magnitudes(1e16, 1e300, 15), multiples(mp.pi / 2, 25, 10**6),
    multiples(mp.pi / 4, 10, 100), listed(0.0, 1e22, 0.75, 1.5707963267948966, 1.6e6, 12800.0),
]
EVERYWHERE = magnitudes(1e-300, 1e300, 20)

UNARY = {
    "exp": (mpmath.exp, [by_format(uniform(-708, 709.7, 60), uniform(-87, 88.7, 60)),
                         by_format(uniform(-745, -708, 20), uniform(-103, -87, 20)),
                         uniform(-1, 1, 40), magnitudes(1e-20, 1, 20), listed(0.0, 1.0, -1.0)]),
    "exp2": (lambda x: mpf(2) ** x,
             [by_format(uniform(-1022, 1024, 60), uniform(-126, 128, 60)),
              by_format(uniform(-1074, -1022, 20), uniform(-149, -126, 20)), uniform(-1, 1, 40),
              listed(0.0, 1.0, -1.0, 0.5, 100.0)]),
    "expm1": (mpmath.expm1, [by_format(uniform(-50, 709, 30), uniform(-20, 88, 30)),
                             uniform(-2, 2, 80), magnitudes(1e-20, 1, 40), EVERYWHERE,
                             listed(0.0)]),
    "log": (mpmath.log, [uniform(0.5, 2, 50), magnitudes(1e-307, 1e308, 60, False),
                         denormals(20), uniform(0.99, 1.01, 20), listed(1.0, 2.0, 0.5)]),
    "log2": (lambda x: mpmath.log(x) / mpmath.log(2),
             [uniform(0.5, 2, 50), magnitudes(1e-307, 1e308, 60, False), denormals(20),
              uniform(0.99, 1.01, 20), listed(1.0, 2.0, 0.5, 1024.0)]),
    "log10": (lambda x: mpmath.log(x) / mpmath.log(10),
              [uniform(0.3, 3, 50), magnitudes(1e-307, 1e308, 60, False), denormals(20),
               uniform(0.99, 1.01, 20), listed(1.0, 10.0, 1000.0)]),
    "log1p": (mpmath.log1p, [uniform(-0.999, 3, 60), magnitudes(1e-20, 0.9, 60),
                             magnitudes(1, 1e300, 30, False), listed(0.0)]),
    "sqrt": (mpmath.sqrt, [magnitudes(1e-307, 1e308, 60, False), uniform(0, 4, 30), denormals(10),
                           listed(0.0, 4.0, 2.0)]),
    "sin": (mpmath.sin, ANGLES),
    "cos": (mpmath.cos, ANGLES),
    "tan": (mpmath.tan, ANGLES),
    "asin": (mpmath.asin, [uniform(-1, 1, 80), uniform(0.45, 0.55, 20), uniform(0.99, 1, 20),
                           magnitudes(1e-20, 1, 20), listed(0.0, 1.0, -1.0, 0.5)]),
    "acos": (mpmath.acos, [uniform(-1, 1, 80), uniform(0.45, 0.55, 20), uniform(0.99, 1, 20),
                           uniform(-1, -0.99, 20), magnitudes(1e-20, 1, 20),
                           listed(0.0, 1.0, -1.0, 0.5)]),
    "atan": (mpmath.atan, [uniform(-3, 3, 80), magnitudes(1e-20, 1e20, 60), EVERYWHERE,
                           listed(0.0, 1.0)]),
    "sinh": (mpmath.sinh, [uniform(-3, 3, 70), magnitudes(1e-20, 1, 20),
                           by_format(uniform(-710, 710, 40), uniform(-89, 89, 40)), listed(0.0)]),
    "cosh": (mpmath.cosh, [uniform(-3, 3, 70), magnitudes(1e-20, 1, 20),
                           by_format(uniform(-710, 710, 40), uniform(-89, 89, 40)), listed(0.0)]),
    "tanh": (mpmath.tanh, [uniform(-3, 3, 80), magnitudes(1e-20, 1, 40), uniform(-30, 30, 20),
                           EVERYWHERE, listed(0.0)]),
    "sigmoid": (lambda x: 1 / (1 + mpmath.exp(-x)),
                [uniform(-5, 5, 80), by_format(uniform(-745, 50, 50), uniform(-103, 20, 50)),
                 magnitudes(1e-20, 1, 10), listed(0.0)]),
    "softplus": (lambda x: x if x > 10**4 else mpmath.log1p(mpmath.exp(x)),
                 [uniform(-5, 5, 80), by_format(uniform(-745, 50, 50), uniform(-103, 20, 50)),
                  magnitudes(1, 1e300, 10, False), listed(0.0)]),
    "erf": (mpmath.erf, [uniform(-3, 3, 80), uniform(-6, 6, 30), magnitudes(1e-20, 1, 40),
                         EVERYWHERE, listed(0.0, 1.0)]),
    "erfc": (mpmath.erfc, [uniform(-3, 3, 80), by_format(uniform(0, 26.5, 60), uniform(0, 10, 60)),
                           uniform(-6, 0, 10), magnitudes(1e-20, 1, 20), listed(0.0, 0.5)]),
}


def precise(function, bits=400):
    """With fewer digits than reductions modulo pi need: these functions take their time."""
    def f(*x):
        with mpmath.workprec(bits):
            return function(*x)

    return f


def inverse_erf_complement(y):
    """The x with erfc(x) = y."""
    if y > 0.5:
        return mpmath.erfinv(1 - y)
    w = -mpmath.log(y)
    x = mpmath.sqrt(w) if y < 0.3 else (1 - y)
    for _ in range(3 if y < 0.3 else 0):
        x = mpmath.sqrt(w - mpmath.log(x * mpmath.sqrt(mp.pi)))
    for _ in range(9):
        step = (y - mpmath.erfc(x)) * mpmath.sqrt(mp.pi) / 2 * mpmath.exp(x * x)
        x -= step / (1 - step * x)
    return x


def quantile(p):
    x = mpmath.sqrt(2) * inverse_erf_complement(2 * p if p < 0.5 else 2 - 2 * p)
    return -x if p < 0.5 else x


def inverse_erf(x):
    y = inverse_erf_complement(1 - abs(x)) if abs(x) > 0.5 else mpmath.erfinv(abs(x))
    return y if x > 0 else -y


def away(function, sampler, least):
    """Those arguments whose result is not near a zero of the function."""
    return lambda name: [x for x in sampler(name)
                         if x != int(x) and abs(function(mpf(to_format(x, name)))) > least]


def log_gamma(x):
    return mpmath.re(mpmath.loggamma(x)) if x > 0 else mpmath.log(abs(mpmath.gamma(x)))


log_gamma = precise(log_gamma)
digamma = precise(mpmath.digamma)


def polygamma(n):
    return precise(lambda x: mpmath.psi(n, x), 250)


def scaled_bessel(order):
    return precise(lambda x: mpmath.besseli(order, x) * mpmath.exp(-abs(x)))


POSITIVE = [uniform(0, 4, 60), uniform(2, 40, 40), magnitudes(1e-20, 1, 20, False)]
BESSEL = [uniform(-10, 10, 60), uniform(-87, 87, 40), magnitudes(1e-6, 8, 20),
          by_format(uniform(-713, 713, 30), uniform(-91, 91, 30))]

UNARY.update({
    "asinh": (precise(mpmath.asinh), [uniform(-3, 3, 80), magnitudes(1e-20, 1e20, 60), EVERYWHERE,
                                      listed(0.0, 1.0)]),
    "acosh": (precise(mpmath.acosh), [uniform(1, 1.01, 20), uniform(1, 4, 80),
                                      magnitudes(1, 1e300, 40, False), listed(1.0, 2.0)]),
    "atanh": (precise(mpmath.atanh), [uniform(-1, 1, 100), magnitudes(1e-20, 1, 40),
                                      uniform(0.999, 1, 20), listed(0.0, 0.5)]),
    "erfinv": (precise(inverse_erf), [uniform(-1, 1, 100), magnitudes(1e-20, 1, 40),
                                      uniform(0.99999, 1, 20), listed(0.5)]),
    "ndtri": (precise(quantile),
              [uniform(0, 1, 100), magnitudes(1e-300, 0.1, 60, False), uniform(0.49, 0.51, 20),
               denormals(10)]),
    "ndtr": (precise(lambda x: mpmath.erfc(-x / mpmath.sqrt(2)) / 2, 2000),
             [uniform(-3, 3, 80), by_format(uniform(-37.5, -3, 60), uniform(-13, -3, 60)),
              by_format(uniform(-38.4, -37.5, 10), uniform(-14.1, -13, 10)), uniform(3, 9, 10),
              magnitudes(1e-20, 1, 20), listed(0.0)]),
    "lgamma": (log_gamma, POSITIVE + [
        uniform(0.9, 1.1, 20), uniform(1.9, 2.1, 20), uniform(2.9, 3.1, 10),
        magnitudes(1, 1e300, 40, False), away(log_gamma, uniform(-2, 0, 30), 0.5),
        away(log_gamma, uniform(-30, 0, 40), 0.5), magnitudes(1e-20, 0.1, 20)]),
    "digamma": (digamma, POSITIVE + [
        uniform(1.45, 1.47, 20), magnitudes(1, 1e300, 40, False),
        away(digamma, uniform(-2, 0, 30), 2), away(digamma, uniform(-30, 0, 40), 8),
        magnitudes(1e-20, 0.1, 20)]),
    "trigamma": (polygamma(1), POSITIVE + [
        magnitudes(1, 1e15, 40, False), uniform(-2, 0, 30), uniform(-30, 0, 30),
        magnitudes(1e-15, 0.1, 20)]),
    "polygamma2": (polygamma(2), POSITIVE + [magnitudes(1, 1e10, 30, False)]),
    "polygamma5": (polygamma(5), POSITIVE[:2] + [magnitudes(1e-5, 1, 20, False)]),
    "i0": (precise(lambda x: mpmath.besseli(0, x)), BESSEL),
    "i1": (precise(lambda x: mpmath.besseli(1, x)), BESSEL),
    "i0e": (scaled_bessel(0), BESSEL + [magnitudes(8, 1e4, 30)]),
    "i1e": (scaled_bessel(1), BESSEL + [magnitudes(8, 1e4, 30)]),
})


def pairs(*samplers):
    return lambda name: [(x, y) for a, b in samplers for x, y in zip(a(name), b(name))]


def truncated_remainder(x, y):
    r = abs(x) - abs(y) * mpmath.floor(abs(x) / abs(y))
    return r if x > 0 else -r


REMAINDERS = pairs(
    (uniform(-100, 100, 80), uniform(-3, 3, 80)), (uniform(-1, 1, 20), uniform(-1, 1, 20)),
    (magnitudes(1e-30, 1e35, 40), magnitudes(1e-30, 1e35, 40)),
    (magnitudes(1e-20, 1e300, 30), magnitudes(1e-300, 1, 30)),
    (uniform(-3, 3, 10), denormals(10, True)), (denormals(10, True), denormals(10, True)),
    (listed(6.0, -6.0, 5.5, 1e15, -0.3), listed(3.0, 3.0, -0.5, 7.0, 0.1)))

def beside(sampler, low, high):
    """Pairs of a and x, x from low a to high a."""
    def sample(name):
        return [(a, a * random.uniform(low, high)) for a in sampler(name)]
    return sample


def joined(*samplers):
    return lambda name: [pair for sampler in samplers for pair in sampler(name)]


GAMMAS = joined(pairs((uniform(0.01, 5, 60), uniform(0.01, 8, 60)),
                      (magnitudes(1e-8, 1, 30, False), magnitudes(1e-8, 2, 30, False))),
                beside(uniform(1, 50, 60), 0.3, 2.5),
                beside(magnitudes(50, 2000, 40, False), 0.8, 1.25))

BINARY = {
    "atan2": (mpmath.atan2, pairs(
        (uniform(-3, 3, 80), uniform(-3, 3, 80)),
        (magnitudes(1e-300, 1e300, 60), magnitudes(1e-300, 1e300, 60)),
        (denormals(10, True), denormals(10, True)))),
    "pow": (lambda x, y: x**y, pairs(
        (uniform(0.1, 10, 60), uniform(-10, 10, 60)),
        (magnitudes(1e-30, 1e30, 60, False), uniform(-10, 10, 60)),
        (uniform(0.9, 1.1, 40), uniform(-500, 500, 40)),
        (denormals(5), uniform(-0.5, 0.5, 5)),
        (uniform(0.5, 2, 20), listed(*([2.0, 3.0, 0.5, -1.0] * 5))),
        (listed(-2.0, -3.0, -1.5, -0.5, 10.0, 3.0), listed(3.0, 2.0, -5.0, 7.0, 2.0, 4.0)))),
    "hypot": (mpmath.hypot, pairs(
        (uniform(-3, 3, 80), uniform(-3, 3, 80)),
        (magnitudes(1e-300, 1e300, 40), magnitudes(1e-300, 1e300, 40)),
        (uniform(1e30, 3e37, 20), uniform(1e30, 3e37, 20)),
        (denormals(10, True), denormals(10, True)))),
    "igamma": (precise(lambda a, x: mpmath.gammainc(a, 0, x, regularized=True)), GAMMAS),
    "igammac": (precise(lambda a, x: mpmath.gammainc(a, x, mpmath.inf, regularized=True)), GAMMAS),
    "fmod": (truncated_remainder, REMAINDERS),
    "remainder": (lambda x, y: x - y * mpmath.floor(x / y), REMAINDERS),
}


def rounded(value, name):
    """The nearest number of the format, and what is left in units of its last place."""
    form = FORMATS[name]
    if not value:
        return 0.0, 0
    _, exponent = mpmath.frexp(value)
    unit = max(int(exponent) - form["digits"], form["lowest"])
    scaled = mpmath.ldexp(value, -unit)
    whole = int(mpmath.nint(scaled))
    nearest = mpmath.ldexp(mpf(whole), unit)
    if abs(nearest) > form["largest"]:
        return None
    return float(nearest), int(mpmath.nint((scaled - whole) * 1000))


def short_hex(x):
    mantissa, _, exponent = x.hex().partition("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}p{int(exponent)}"


def block(function, sampled, name, title):
    """`sampled` gives the arguments; those of a block do not depend on the blocks before it."""
    print(title, name)
    random.seed(f"{title} {name}")
    for argument in sampled():
        argument = tuple(to_format(x, name) for x in argument)
        result = rounded(function(*(mpf(x) for x in argument)), name)
        if result is not None:
            print(*(short_hex(x) for x in argument), short_hex(result[0]), result[1])


if __name__ == "__main__":
    for form in FORMATS:
        for title, (function, samplers) in UNARY.items():
            block(function, lambda: [(x,) for sampler in samplers for x in sampler(form)], form,
                  title)
        for title, (function, sampler) in BINARY.items():
            block(function, lambda: sampler(form), form, title)
