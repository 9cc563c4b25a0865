#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""What programs with slope cost the compiler: user seconds and megabytes, over the size of formulas.

    python3 bench/compile/measure.py [--flags=-O2] [--only TEXT] [--repeat N] COMPILER ...

Prints one table a compiler: the best time of N compilations (1 unless told). A name before the
compiler that holds spaces is one command: "g++ -fno-exceptions".
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[2]

traced_unit = """#include <slope/slope.hpp>
using namespace slope;
// {count} operations, one a turn of the loop, and the sum.
constexpr auto model = [](auto x, auto y, auto z) {{
  auto h = x;
  for (int k = 0; k < {count} - 1; ++k) {{
    switch (k % 5) {{
      case 0: h = h * y; break;
      case 1: h = h + z; break;
      case 2: h = tanh(h); break;
      case 3: h = h * x; break;
      default: h = exp(h); break;
    }}
  }}
  return sum(h);
}};
float run(tensor<float, 1000> const& x, tensor<float, 1000> const& y, tensor<float, 1000> const& z,
          tensor<float, 1000>& dx, tensor<float, 1000>& dy, tensor<float, 1000>& dz) {{
  float value = 0;
  value_and_grad<0, 1, 2>(model).into(value, dx, dy, dz)(x, y, z);
  return value;
}}
"""

tree_unit = """#include <slope/slope.hpp>
using namespace slope;
using namespace slope::literals;
constexpr variable<"x", float, 1000> x;
constexpr variable<"y", float, 1000> y;
constexpr auto loss = mean({formula});
constexpr auto dx = gradient(loss, x);
constexpr auto dy = gradient(loss, y);
static_assert(dx != dy);
void run(tensor<float, 1000> const& a, tensor<float, 1000> const& b, float& value,
         tensor<float, 1000>& da, tensor<float, 1000>& db) {{
  evaluate_to(std::tie(value, da, db), std::tuple{{loss, dx, dy}}, x = a, y = b);
}}
"""

include_unit = "#include <slope/slope.hpp>\n"

# Nothing of slope: how fast this machine and this compiler are.
reference_unit = """#include <iostream>
#include <map>
#include <functional>
#include <regex>
std::map<std::string, std::function<int(std::smatch const&)>> table;
int main() { std::cout << table.size() << std::regex_match("a", std::regex("a|b")); }
"""


def formula(nodes):
    """A formula of that many operations on x and y."""
    turns = ["({} * y)", "tanh({})", "({} + x)", "exp({})", "({} - y)"]
    text = "x"
    for k in range(nodes):
        text = turns[k % len(turns)].format(text)
    return text


def units():
    """The measured programs by name."""
    found = {"reference: std only": reference_unit, "include only": include_unit,
             "first program": (root / "tests/consumers/first.cpp").read_text(encoding="utf-8")}
    for nodes in (5, 10, 20):
        found[f"tree {nodes}"] = tree_unit.format(formula=formula(nodes))
    for count in (10, 30, 100, 300, 1000):
        found[f"traced {count}"] = traced_unit.format(count=count)
    return found


def compile_once(compiler, source, flags):
    """User seconds, megabytes and the compiler's exit status and text for one program."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "unit.cpp")
        path.write_text(source, encoding="utf-8")
        log = open(pathlib.Path(folder, "log"), "w+", encoding="utf-8", errors="replace")
        with log:
            # Meson's tests fill memory as it is allocated, which touches what a compiler would not.
            environment = {k: v for k, v in os.environ.items() if k != "MALLOC_PERTURB_"}
            process = subprocess.Popen(
                [*compiler, "-std=c++20", *flags, "-I", str(root / "include"), "-c", str(path),
                 "-o", str(path) + ".o"], stdout=log, stderr=log, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            log.seek(0)
            # macOS counts bytes, others kilobytes.
            unit = 1e6 if sys.platform == "darwin" else 1e3
            return usage.ru_utime, usage.ru_maxrss / unit, process.returncode, log.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flags", default="-O2", help="instead of -O2, separated by spaces")
    parser.add_argument("--only", default="", help="programs whose name holds this")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("compilers", nargs="+")
    arguments = parser.parse_args()
    failed = False
    for compiler in arguments.compilers:
        print(f"{compiler} {arguments.flags}\n{'program':24}{'user s':>8}{'MB':>8}", flush=True)
        for name, source in units().items():
            if arguments.only not in name:
                continue
            runs = [compile_once(compiler.split(), source, arguments.flags.split())
                    for _ in range(arguments.repeat)]
            seconds, megabytes = min(r[0] for r in runs), max(r[1] for r in runs)
            print(f"{name:24}{seconds:8.2f}{megabytes:8.0f}", flush=True)
            if runs[0][2] != 0:
                failed = True
                print("\n".join(runs[0][3].splitlines()[:5]), flush=True)
        print()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
