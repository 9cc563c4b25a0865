#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Compare the code shown in Markdown with the compiled files it comes from.

In README.md and docs/**/*.md each fence of C++ has a comment on the line above it:

    <!-- snippet: docs/examples/first.cpp#gradient -->   a region of a file that the build compiles
    <!-- snippet: docs/examples/first.cpp -->            the whole file
    <!-- snippet: docs/examples/expected/first.txt -->   a program's output, for a fence of text
    <!-- not compiled: an error to show -->              the reason why it cannot be

A region stands between "// snippet: NAME" and "// end snippet"; indentation common to its lines is
dropped, and so are the marks of regions inside. Usage: snippets.py [--write] [ROOT]; --write copies
the code of the files into the Markdown.
"""
import pathlib
import re
import sys
import textwrap

comment = re.compile(r"^\s*<!--\s*(snippet|not compiled):\s*(.+?)\s*-->\s*$")
begin = re.compile(r"^\s*//\s*snippet:\s*(\S+)\s*$")
end = re.compile(r"^\s*//\s*end snippet\s*$")
compiled_below = ("docs/examples/", "tests/", "bench/")
code = ("cpp", "c++")


def region(text, name):
    """The lines of a region, or of the whole file without its licence, or None."""
    lines, inside, taken = text.splitlines(), [], []
    for line in lines:
        if begin.match(line):
            inside.append(begin.match(line)[1])
        elif end.match(line):
            if not inside:
                return None
            inside.pop()
        elif (name in inside) if name else not line.startswith("// SPDX-"):
            taken.append(line)
    if inside or not taken:
        return None
    return textwrap.dedent("\n".join(taken)).strip("\n").splitlines()


def main():
    arguments = [x for x in sys.argv[1:] if x != "--write"]
    write = "--write" in sys.argv[1:]
    root = pathlib.Path(arguments[0] if arguments else pathlib.Path(__file__).resolve().parents[1])
    pages = [x for x in [root / "README.md"] if x.exists()] + sorted((root / "docs").rglob("*.md"))
    wrong, count = [], 0
    for page in pages:
        name = page.relative_to(root).as_posix()
        lines, result, position = page.read_text(encoding="utf-8").splitlines(), [], 0
        while position < len(lines):
            line = lines[position]
            result.append(line)
            position += 1
            fence = re.match(r"^(\s*)(```+)\s*(\S*)", line)
            if not fence:
                continue
            number, shown = position, []
            while position < len(lines) and lines[position].strip() != fence[2]:
                shown.append(lines[position])
                position += 1
            closing = lines[position:position + 1]
            position += 1
            above = comment.match(lines[number - 2]) if number > 1 else None
            wanted = shown
            if above and above[1] == "snippet":
                count += 1
                path, _, part = above[2].partition("#")
                file = root / path
                source = region(file.read_text(encoding="utf-8"), part) if file.exists() else None
                if not path.startswith(compiled_below):
                    wrong.append(f"{name}:{number}: {path} is not compiled by the tests")
                elif source is None:
                    wrong.append(f"{name}:{number}: there is no {above[2]}")
                else:
                    wanted = [fence[1] + x if x else "" for x in source]
                    if wanted != shown and not write:
                        differ = next((i for i, (a, b) in enumerate(zip(wanted, shown)) if a != b),
                                      min(len(wanted), len(shown)))
                        wrong.append(f"{name}:{number + 1 + differ}: differs from {above[2]} "
                                     "(tests/snippets.py --write copies it)")
            elif not above and fence[3] in code and not page.is_relative_to(root / "docs/design"):
                wrong.append(f"{name}:{number}: C++ that nothing compiles: say which file it is "
                             "from, or why it is not compiled")
            result += wanted + closing
        if write and result != lines:
            page.write_text("\n".join(result) + "\n", encoding="utf-8")
    print("\n".join(wrong + [f"{count} snippets in {len(pages)} pages, {len(wrong)} problems"]))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
