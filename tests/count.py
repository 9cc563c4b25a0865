#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Count what Meson's test logs hold, and end with "N passed, N failed".

count.py [--failed WHAT]... [--passed WHAT]... BUILD...

Catch2 programs count by test cases and scripts by their own closing line, other programs as one.
Meson's verdict comes first: a program that failed counts at least one failure.
"""
import argparse
import json
import pathlib
import re
import sys

all_passed = re.compile(r"^All tests passed \(.* in (\d+) test cases?\)", re.M)
some_failed = re.compile(r"^test cases:\s*(\d+) \|(.*)$", re.M)
plain = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)


def counted(entry):
    """(passed, failed, skipped) of one test."""
    good, text = entry["result"] == "OK", entry.get("stdout", "")
    if entry["result"] == "SKIP":
        return 0, 0, 1
    passed, failed = (1, 0) if good else (0, 1)
    if found := list(all_passed.finditer(text)):
        passed, failed = int(found[-1][1]), 0
    elif found := list(some_failed.finditer(text)):
        words = re.search(r"(\d+) passed", found[-1][2])
        passed = int(words[1]) if words else 0
        failed = int(found[-1][1]) - passed
    elif found := list(plain.finditer(text)):
        passed, failed = int(found[-1][1]), int(found[-1][2])
    return passed, failed if good else max(failed, 1), 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failed", action="append", default=[], help="something else that failed")
    parser.add_argument("--passed", action="append", default=[], help="something else that passed")
    parser.add_argument("builds", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    total = [len(options.passed), len(options.failed), 0]
    for build in options.builds:
        log, here, slowest, wrong = build / "meson-logs/testlog.json", [0, 0, 0], [], []
        if not log.exists():
            options.failed.append(f"{build}: no tests ran")
            total[1] += 1
            continue
        for line in log.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            one = counted(entry)
            here = [a + b for a, b in zip(here, one)]
            slowest.append((entry["duration"], entry["name"]))
            if one[1] or entry["result"] not in ("OK", "SKIP"):
                wrong.append(f"    {entry['result']} {entry['name']} ({one[1]} failed)")
        if not sum(here):
            options.failed.append(f"{build}: no tests ran")
            here[1] = 1
        total = [a + b for a, b in zip(total, here)]
        print(f"{build}: {here[0]} passed, {here[1]} failed, {here[2]} skipped; longest: "
              + ", ".join(f"{n} {d:.0f} s" for d, n in sorted(slowest, reverse=True)[:3]))
        print("".join(x + "\n" for x in wrong), end="")
    for what in options.passed:
        print(f"passed: {what}")
    for what in options.failed:
        print(f"FAILED: {what}")
    print(f"{total[0]} passed, {total[1]} failed" + (f", {total[2]} skipped" if total[2] else ""))
    return total[1] != 0 or total[0] == 0


if __name__ == "__main__":
    sys.exit(main())
