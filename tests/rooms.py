#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Check the arrows between the rooms of include/slope, and that no header outgrows 400 lines.

Usage: rooms.py [ROOT]
"""
import pathlib
import re
import sys

engine = ["core", "math", "graph", "ops", "symbolic", "plan"]  # knows no tensor
front = engine + ["tensor", "execute", "expression"]
# What the headers of a room may include, besides their own room.
may_include = {
    "core": [],
    "math": ["core"],
    "tensor": ["core", "math"],
    "graph": ["core", "math"],
    "ops": engine[:3],
    "symbolic": engine[:4],
    "plan": engine[:5],
    "execute": engine + ["tensor"],
    "expression": engine + ["tensor", "execute"],
    "transform": front,
    "autograd": front,
    "interop": ["core", "tensor"],
}
most_lines = 400
include = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def target_of(header, quote, name, root):
    """The header of slope that an include line means, relative to include/; None for others."""
    if quote == '"':
        path = (header.parent / name).resolve()
        if root in path.parents and path.exists():
            return path.relative_to(root).as_posix()
    return name if name.startswith("slope/") else None


def main():
    top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else
                       pathlib.Path(__file__).resolve().parents[1]).resolve()
    root = top / "include"
    headers = {x.relative_to(root).as_posix(): x for x in sorted([*root.rglob("*.hpp"), *root.rglob("*.ipp")])}
    wrong, arrows = [], {}
    for name, path in headers.items():
        parts = name.split("/")
        room = parts[1] if len(parts) > 2 else ""
        if room and room not in may_include:
            wrong.append(f"{name}: no room is called {room}")
            continue
        if not room and name != "slope/slope.hpp":
            wrong.append(f"{name}: only slope.hpp stands outside the rooms")
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > most_lines:
            wrong.append(f"{name}: {len(lines)} lines, at most {most_lines}: two concerns?")
        arrows[name] = set()
        for number, line in enumerate(lines, 1):
            found = include.match(line)
            target = found and target_of(path, found[1], found[2], root)
            if not target:
                continue
            arrows[name].add(target)
            goal = target.split("/")[1] if target.count("/") > 1 else ""
            if target not in headers:
                wrong.append(f"{name}:{number}: includes {target}, which does not exist")
            elif room and not goal:
                wrong.append(f"{name}:{number}: includes {target}, which includes every room")
            elif room and goal != room and goal not in may_include[room]:
                wrong.append(f"{name}:{number}: {room} must not include {goal} ({target})")

    # The umbrella header reaches every header; those of interop are optional, each on its own.
    reached, waiting = set(), ["slope/slope.hpp"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += arrows.get(name, ())
    for name in headers:
        if name not in reached and not name.startswith("slope/interop/"):
            wrong.append(f"{name}: slope/slope.hpp does not include it")

    print("\n".join(wrong + [f"{len(headers)} headers, {len(wrong)} problems"]))
    return bool(wrong) or not headers


if __name__ == "__main__":
    sys.exit(main())
