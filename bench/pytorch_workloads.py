# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""The workloads of bench/workload_*.cpp in PyTorch, eager mode, one thread.

Prints a JSON object: nanoseconds a call (value and gradients) by the name of the workload, medians;
the version; and the library of its matrix products.
Needs Debian's python3-torch and libopenblas0-pthread, for products are 15 times slower with the
reference BLAS: /usr/bin/python3 bench/pytorch_workloads.py [SUBSTRING OF A NAME]
"""
import json
import math
import os
import pathlib
import statistics
import sys
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when torch is loaded
import torch
from torch.nn import functional

torch.set_num_threads(1)
TYPES = {"float": torch.float32, "double": torch.float64}
workloads = {}


def workload(name, function, *inputs):
    """`function` of the inputs; gradients in those that require them."""
    wanted = [x for x in inputs if x.requires_grad]
    workloads[name] = lambda: torch.autograd.grad(function(*inputs), wanted)


def uniform(dtype, *shape, low=-1.0, high=1.0, grad=False):
    return torch.empty(*shape, dtype=dtype).uniform_(low, high).requires_grad_(grad)


def number(value, grad=True):
    return torch.tensor(value, dtype=torch.float64, requires_grad=grad)


def elementwise():
    for name, dtype in TYPES.items():
        for n in (4, 64, 4096, 1000000):
            workload(f"W1/mean_square/{name}/{n}", lambda x: (x * x).mean(),
                     uniform(dtype, n, grad=True))
        for n in (64, 4096, 1000000):
            workload(f"W2/waves/{name}/{n}",
                     lambda x, y: (torch.exp(x) * torch.sin(y) + torch.tanh(x * y)).sum(),
                     uniform(dtype, n, grad=True), uniform(dtype, n, grad=True))


def models():
    for n, d in ((100, 8), (10000, 64)):
        t = torch.sign(uniform(torch.float64, n))
        workload(f"W3/logistic_regression/double/{n}x{d}",
                 lambda x, t, w: functional.softplus(-t * (x @ w)).mean() + 0.5e-3 * w.dot(w),
                 uniform(torch.float64, n, d), t, uniform(torch.float64, d, grad=True))
    target = functional.one_hot(7 * torch.arange(64) % 10, 10).float()
    workload("W4/perceptron/float/64x784x128x10",
             lambda x, w1, b1, w2, b2: -(target * functional.log_softmax(
                 torch.relu(x @ w1 + b1) @ w2 + b2, 1)).sum(1).mean(),
             uniform(torch.float32, 64, 784, low=0.0),
             uniform(torch.float32, 784, 128, low=-0.05, high=0.05, grad=True),
             uniform(torch.float32, 128, low=-0.1, high=0.1, grad=True),
             uniform(torch.float32, 128, 10, low=-0.2, high=0.2, grad=True),
             uniform(torch.float32, 10, low=-0.1, high=0.1, grad=True))
    for name, dtype in TYPES.items():
        workload(f"W8/attention/{name}/64x64",
                 lambda q, k, v, w: (w * (torch.softmax(q @ k.T * 0.125, 1) @ v)).sum(),
                 *(uniform(dtype, 64, 64, grad=True) for _ in range(3)), uniform(dtype, 64, 64))
        for n, d in ((16, 32), (512, 256)):
            if n == 16 and name == "float":
                continue
            workload(f"W9/layer_norm/{name}/{n}x{d}",
                     lambda x, g, b, w, d=d: (w * functional.layer_norm(x, (d,), g, b)).sum(),
                     uniform(dtype, n, d, grad=True), uniform(dtype, d, low=0.5, grad=True),
                     uniform(dtype, d, grad=True), uniform(dtype, n, d))


def densities():
    double = torch.float64
    for n in (16, 256, 16384):
        x = uniform(double, n, low=0.95, high=1.05, grad=True)
        workload(f"W5/sum/double/{n}", torch.sum, x)
        workload(f"W5/prod/double/{n}", torch.prod, x)
        workload(f"W5/logsumexp/double/{n}", lambda x: torch.logsumexp(x, 0), x)
        workload(f"W5/normal/double/{n}",
                 lambda x, mu, sigma: (-0.5 * ((x - mu) / sigma) ** 2 - torch.log(sigma)).sum(),
                 x, number(0.3), number(1.7))
        workload(f"W5/regression/double/{n}",
                 lambda x, y, w, b, sigma:
                 (-0.5 * ((y - (x @ w + b)) / sigma) ** 2 - torch.log(sigma)).sum(),
                 uniform(double, n, 4), uniform(double, n), uniform(double, 4, grad=True),
                 number(0.2), number(1.3))
    for n in (4, 16, 128):
        workload(f"W5/sum_of_product/double/{n}x{n}", lambda a, b: (a @ b).sum(),
                 uniform(double, n, n, grad=True), uniform(double, n, n, grad=True))


def call_price(spot, strike, rate, volatility, maturity):
    def distribution(d):
        return torch.sigmoid(d * (1.5976 + 0.07056 * d * d))
    deviation = volatility * torch.sqrt(maturity)
    d1 = (torch.log(spot / strike) / deviation
          + (rate + volatility * volatility / 2) * maturity / deviation)
    discount = torch.exp(-rate * maturity)
    return spot * distribution(d1) - strike * discount * distribution(d1 - deviation)


def scalars():
    workload("W6/rosenbrock/double/2", lambda x, y: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
             number(-1.2), number(1.0))
    spot, rate, volatility, maturity = map(number, (100.0, 0.03, 0.2, 0.5))
    strike = number(105.0, grad=False)

    def greeks():
        price = call_price(spot, strike, rate, volatility, maturity)
        first = torch.autograd.grad(price, (spot, rate, volatility, maturity), create_graph=True)
        return price, first, torch.autograd.grad(first[0], spot)
    workloads["W6/black_scholes/double/5"] = greeks


def median_nanoseconds(run, times=31, each=0.01):
    """The median of `times` averages, each over about `each` seconds."""
    for _ in range(3):
        run()
    begin = time.perf_counter()
    run()
    calls = max(1, math.ceil(each / (time.perf_counter() - begin)))
    measured = []
    for _ in range(times):
        begin = time.perf_counter_ns()
        for _ in range(calls):
            run()
        measured.append((time.perf_counter_ns() - begin) / calls)
    return statistics.median(measured)


def blas():
    """The file of the BLAS in use; "" where the system does not say."""
    maps = pathlib.Path("/proc/self/maps")
    files = {line.split()[-1] for line in maps.read_text().splitlines()} if maps.exists() else ()
    return ", ".join(sorted(x for x in files if "blas" in pathlib.Path(x).name))


def main():
    torch.manual_seed(1)
    for define in (elementwise, models, densities, scalars):
        define()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    times = {name: median_nanoseconds(run) for name, run in workloads.items() if wanted in name}
    if "/blas/libblas" in blas():
        print(f"{blas()} is the reference BLAS: install libopenblas0-pthread", file=sys.stderr)
    json.dump({"version": torch.__version__, "blas": blas(), "nanoseconds": times}, sys.stdout,
              indent=1)
    print()


if __name__ == "__main__":
    main()
