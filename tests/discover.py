#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Print the test programs below tests/, for tests/meson.build: room|name|file|flags, one a line.

Every tests/ROOM/*.cpp is one program. A line in its first 30

    // also built with: -O3 -march=native

makes a second program of the same file with those flags. The rooms tensor, autograd and interop are
built with sanitizers too, and of the others the files with the line "// also under sanitizers".
"""
import pathlib
import sys

rooms = ["core", "math", "tensor", "graph", "ops", "symbolic", "plan", "execute", "expression",
         "transform", "autograd", "interop", "laws", "oracle", "allocation"]
mark = "// also built with:"
under = "// also under sanitizers"


def selected(room, selection, again, sanitized):
    """Is this room's test part of the selection; again: a second build with other flags."""
    if selection == "values":  # a second compiler: all values of single operations
        return not again
    if selection == "reduced":  # a second compiler of one family: its own diagnoses, not all values
        return room in ("tensor", "expression", "transform", "autograd") and not again
    if selection == "sanitized":  # what owns or borrows memory; operator new belongs to ASan
        return (room in ("tensor", "autograd", "interop") or sanitized) and not again
    return True


folder, selection = pathlib.Path(sys.argv[1]), sys.argv[2]
for room in rooms:
    for path in sorted((folder / room).glob("*.cpp")):
        name = path.relative_to(folder).as_posix()
        lines = path.read_text(encoding="utf-8").splitlines()[:30]
        variants = [""] + [x.split(":", 1)[1].strip() for x in lines if x.startswith(mark)]
        for flags in variants:
            if selected(room, selection, flags != "", under in lines):
                label = f"{room}/{path.stem}" + (f" {flags}" if flags else "")
                print(f"{room}|{label}|{name}|{flags}")
