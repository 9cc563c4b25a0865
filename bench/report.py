# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Writes docs/reference/performance.md and its pictures from the workloads of this folder.

    python3 bench/report.py build/*/bench/workload_*

runs the programs given and PyTorch on an otherwise idle machine. Programs of several compilers give
a table each; the pictures show the first. --save and --load keep the measurements in a file.
"""
import argparse
import datetime
import json
import math
import pathlib
import platform
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ("std", "Eigen", "xtensor", "ADOL-C", "Boost", "PyTorch")
COLOURS = {"limit": "#222222", "std": "#9a9a9a", "Eigen": "#3b76af", "xtensor": "#58a4a0",
           "ADOL-C": "#d9822b", "Boost": "#8e6cb5", "PyTorch": "#c0504d"}
TITLES = {
    "W1": "Mean of squares", "W2": "Sum of functions", "W3": "Logistic regression",
    "W4": "Perceptron of two layers", "W5": "Reductions and densities",
    "W6": "Functions of a few numbers", "W8": "Attention", "W9": "Layer normalisation",
}


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.returncode}")
    return done.stdout


def compiler_of(program):
    """As programs say in their comments; objects of the C library name gcc, too."""
    text = run(["readelf", "-p", ".comment", program])
    clang = re.search(r"clang version ([\d.]+)", text)
    gcc = re.search(r"GCC: \(.*?\) ([\d.]+)", text)
    if clang:
        return f"clang {clang[1]}"
    return f"g++ {gcc[1]}" if gcc else "an unknown compiler"


def counters(program, runs):
    """{workload: {contender: nanoseconds}}: medians over runs, each of medians."""
    all_runs = {}
    for _ in range(runs):
        rows = json.loads(run([program, "--benchmark_format=json"]))["benchmarks"]
        for row in rows:
            name = row["name"].split("/iterations:")[0]
            if row.get("error_occurred"):
                sys.exit(f"{name}: {row['error_message']}")
            if "slope" not in row or not re.match(r"W\d+/", name):
                sys.exit(f"{program}: {name} is not a workload")
            times = all_runs.setdefault(name, {})
            for key in ("slope", "limit", *PEERS):
                if key in row:
                    times.setdefault(key, []).append(row[key])
    return {name: {key: statistics.median(x) for key, x in times.items()}
            for name, times in all_runs.items()}


def measure(options):
    tables = {}
    for program in options.programs:
        print(program, file=sys.stderr)
        table = tables.setdefault(compiler_of(program), {})
        found = counters(program, options.runs)
        if table.keys() & found.keys():
            sys.exit(f"{program}: {min(table.keys() & found.keys())} was measured before")
        table.update(found)
    torch = {}
    if not options.no_pytorch:
        print("PyTorch", file=sys.stderr)
        torch = json.loads(run([options.python, ROOT / "bench" / "pytorch_workloads.py"]))
    return {"date": datetime.date.today().isoformat(), "cpu": cpu(), "flags": options.flags,
            "tables": tables, "pytorch": torch}


def cpu():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        text = ""
    found = re.search(r"model name\s*: (.*)", text)
    return found[1].strip() if found else platform.processor() or platform.machine()


def place(name):
    """Where a row stands: numbers in names count as numbers."""
    return [(0, int(x), "") if x.isdigit() else (1, 0, x) for x in re.findall(r"\d+|\D+", name)]


def with_pytorch(table, torch):
    """The same table, with PyTorch's times: it knows no static extents."""
    rows = {}
    for name in sorted(table, key=place):
        rows[name] = dict(table[name])
        time = torch.get("nanoseconds", {}).get(name.removesuffix("/dynamic"))
        if time is not None:
            rows[name]["PyTorch"] = time
    return rows


def groups(rows):
    result = {}
    for name, times in rows.items():
        result.setdefault(name.split("/")[0], {})[name] = times
    return result


def time_text(nanoseconds):
    for unit, size in (("ns", 1), ("µs", 1e3), ("ms", 1e6)):
        if nanoseconds < 999.5 * size or unit == "ms":
            value = nanoseconds / size
            digits = 0 if value >= 99.95 else 1 if value >= 9.995 else 2
            return f"{value:.{digits}f} {unit}"
    return ""


def ratio_text(ratio):
    return f"{ratio:.2f}" if ratio < 9.995 else f"{ratio:.0f}"


def table_text(rows):
    present = [x for x in PEERS if any(x in times for times in rows.values())]
    lines = [["workload", "type", "size", "slope", "slope / limit", *present]]
    lines.append(["---", "---", "---"] + ["---:"] * (2 + len(present)))
    for name, times in rows.items():
        _, title, kind, size, *extents = name.split("/")
        slope = times["slope"]
        line = [title.replace("_", " "), kind, " ".join([size, *extents]), time_text(slope)]
        line.append(ratio_text(slope / times["limit"]) if "limit" in times else "")
        line += [ratio_text(times[x] / slope) if x in times else "" for x in present]
        lines.append(line)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def picture(title, rows):
    """Bars on a logarithmic axis, in multiples of slope's time, which is the line at 1."""
    bar, gap, left, width, top = 8, 12, 210, 480, 46
    times = [(name, time / each["slope"]) for each in rows.values() for name, time in each.items()]
    powers = [math.log10(ratio) for _, ratio in times]
    first = min(-0.5, math.floor(2 * min(powers)) / 2)
    last = max(1, math.ceil(max(powers))) + 0.5

    def x_of(ratio):
        return left + width * (math.log10(ratio) - first) / (last - first)
    shown = [x for x in ("limit", *PEERS) if any(name == x for name, _ in times)]
    parts, y, x = [], top, left
    for name in shown:
        parts.append(f'<rect x="{x}" y="26" width="9" height="9" fill="{COLOURS[name]}"/>'
                     f'<text x="{x + 13}" y="34">{name}</text>')
        x += 24 + 7 * len(name)
    for name, each in rows.items():
        _, what, kind, size, *extents = name.split("/")
        here = [x for x in shown if x in each]
        middle = y + len(here) * bar / 2
        label = " ".join([what.replace("_", " "), kind])
        parts.append(f'<text x="{left - 8}" y="{middle - 1:.0f}" text-anchor="end">{label}</text>'
                     f'<text x="{left - 8}" y="{middle + 11:.0f}" text-anchor="end" '
                     f'fill="#666">{" ".join([size, *extents])}: {time_text(each["slope"])}</text>')
        for contender in here:
            ratio = each[contender] / each["slope"]
            end = x_of(ratio)
            parts.append(f'<rect x="{left}" y="{y}" width="{end - left:.1f}" height="{bar - 1}" '
                         f'fill="{COLOURS[contender]}"/>'
                         f'<text x="{end + 3:.1f}" y="{y + 7}" font-size="8" '
                         f'paint-order="stroke" stroke="#fff" stroke-width="2">'
                         f'{ratio_text(ratio)}</text>')
            y += bar
        y += max(gap, 26 - len(here) * bar)
    axis = []
    for e in range(0, int(last) + 1):
        at = x_of(10 ** e)
        colour, thick = ("#c00", 1.2) if e == 0 else ("#ddd", 1)
        axis.append(f'<line x1="{at:.1f}" y1="{top - 4}" x2="{at:.1f}" y2="{y}" stroke="{colour}" '
                    f'stroke-width="{thick}"/><text x="{at:.1f}" y="{y + 12}" '
                    f'text-anchor="middle">{"slope" if e == 0 else f"{10 ** e} x"}</text>')
    size = f'{left + width + 40} {y + 20}'
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" '
            f'font-family="sans-serif" font-size="11">\n<title>{title}: time in multiples of '
            f'that of slope</title>\n<rect width="100%" height="100%" fill="#fff"/>\n'
            f'<text x="{left}" y="16" font-size="13" font-weight="bold">{title}: time in multiples '
            f'of slope\'s</text>\n' + "\n".join(axis + parts) + "\n</svg>\n")


def page(data):
    torch = data["pytorch"]
    lines = [
        "# Performance", "",
        "Written by `bench/report.py`; do not edit. Each row is the value and all gradients of a",
        "workload of `bench/workload_*.cpp`, into memory of the caller's. `slope` is the median time",
        "of a call; `slope / limit` compares it with the best code on packs that we can write by hand",
        "for that formula; the other columns are multiples of slope's time: plain loops on `std::`,",
        "gradients derived by hand in Eigen and xtensor, ADOL-C with a tape that is recorded once,",
        "Boost's forward mode, and PyTorch's eager mode with one thread. A size is static unless",
        "it says dynamic.", "",
        f"{data['cpu']}, one thread; {', '.join(data['tables'])} with `{data['flags']}`; "
        f"{data['date']}.",
    ]
    if torch:
        files = [pathlib.Path(x).name for x in torch["blas"].split(", ")]
        blas = max(files, key=lambda x: ("openblas" in x, x))
        lines.append(f"PyTorch {torch['version']} with {blas or 'an unknown BLAS'}.")
    for number, (compiler, table) in enumerate(data["tables"].items()):
        lines += ["", f"## {compiler}"]
        for group, rows in groups(with_pytorch(table, torch)).items():
            title = TITLES.get(group, group)
            lines += ["", f"### {group}: {title}", ""]
            if number == 0:
                lines += [f"![{title}](performance_{group.lower()}.svg)", ""]
            lines.append(table_text(rows))
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("programs", nargs="*", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "docs" / "reference")
    parser.add_argument("--flags", default="-std=c++20 -O3 -march=native",
                        help="what the programs were compiled with, for the page")
    parser.add_argument("--runs", type=int, default=1, help="of each program; medians are kept")
    parser.add_argument("--python", default="/usr/bin/python3", help="that has torch")
    parser.add_argument("--no-pytorch", action="store_true")
    parser.add_argument("--save", type=pathlib.Path, help="a file for the measurements")
    parser.add_argument("--load", type=pathlib.Path, help="such a file, instead of programs")
    options = parser.parse_args()
    if bool(options.programs) == bool(options.load):
        parser.error("either programs or --load")
    # The pattern above finds the folders of their objects too.
    options.programs = [x for x in options.programs if x.is_file()]
    data = json.loads(options.load.read_text()) if options.load else measure(options)
    if options.save:
        options.save.write_text(json.dumps(data, indent=1) + "\n")
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "performance.md").write_text(page(data))
    first = next(iter(data["tables"].values()))
    for group, rows in groups(with_pytorch(first, data["pytorch"])).items():
        title = f"{group}, {TITLES.get(group, group)}"
        (options.output / f"performance_{group.lower()}.svg").write_text(picture(title, rows))


if __name__ == "__main__":
    main()
