#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Print the test programs below tests/, for tests/meson.build: room|name|file|flags, one a line.

Every tests/ROOM/*.cpp is one program. Lines in its first 30 say more:

    // also built with: -O3 -march=native    a second program of the file, with those flags
    // under all flags                       one for each of `all_flags` (--flags prints them)
    // with the first compiler only          its values depend on no compiler, and it takes long
    // not with the third compiler           what takes long, and the second has shown
    // also under sanitizers                 as are the rooms tensor, autograd and interop
    // with threads                          tests/meson.build describes it

The selections full and everything are those of meson_options.txt; all flags need the latter.
"""
import pathlib
import sys

rooms = ["core", "math", "tensor", "graph", "ops", "symbolic", "plan", "execute", "expression",
         "transform", "autograd", "interop", "laws", "oracle", "allocation"]
all_flags = ["-O2", "-O3", "-O3 -march=native", "-O2 -march=x86-64-v3", "-O2 -ffast-math",
             "-O3 -march=native -ffast-math"]
mark = "// also built with:"


def variants(lines, selection):
    """The flags of each program of a file; "" for those of the build."""
    found = [""]
    if selection in ("full", "everything"):
        found += [x.split(":", 1)[1].strip() for x in lines if x.startswith(mark)]
    if selection == "everything" and "// under all flags" in lines:
        found += [x for x in all_flags if x not in found]
    return found


def selected(room, selection, lines):
    """Is this room's test part of the selection?"""
    if "// with threads" in lines:
        return False
    if selection == "values":  # a second compiler: all values of single operations
        return "// with the first compiler only" not in lines
    if selection == "reduced":  # a second compiler of one family: its own diagnoses, not all values
        return (room in ("tensor", "expression", "transform", "autograd") and
                "// with the first compiler only" not in lines and
                "// not with the third compiler" not in lines)
    if selection == "sanitized":  # what owns or borrows memory; operator new belongs to ASan
        return room in ("tensor", "autograd", "interop") or "// also under sanitizers" in lines
    return True


def main():
    if sys.argv[1] == "--flags":
        print("\n".join(all_flags))
        return
    folder, selection = pathlib.Path(sys.argv[1]), sys.argv[2]
    for room in rooms:
        for path in sorted((folder / room).glob("*.cpp")):
            name = path.relative_to(folder).as_posix()
            lines = path.read_text(encoding="utf-8").splitlines()[:30]
            if not selected(room, selection, lines):
                continue
            for flags in variants(lines, selection):
                label = f"{room}/{path.stem}" + (f" {flags}" if flags else "")
                print(f"{room}|{label}|{name}|{flags}")


main()
