#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The slope authors
# SPDX-License-Identifier: BSL-1.0
"""Use slope as strangers do: -I, pkg-config, CMake's find_package, a Meson subproject.

Each compiles and runs first.cpp in a temporary folder; the installed ones see nothing but what
`meson install` put there. Usage: run.py [options] [--] COMPILER...
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
warnings = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]


class failure(Exception):
    """A command that failed, with what it printed."""


def run(command, **options):
    try:
        done = subprocess.run([str(x) for x in command], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
                              errors="replace", timeout=600, check=False, **options)
    except FileNotFoundError as error:
        raise failure(f"{command[0]} is not installed (apt-get install cmake pkg-config "
                      "meson ninja-build)") from error
    if done.returncode:
        raise failure(" ".join(map(str, command)) + "\n" + done.stdout)
    return done.stdout


class consumers:
    def __init__(self, options, folder):
        self.root, self.compiler, self.folder = options.root, options.compiler, folder
        self.arguments, self.prefix = options.argument, folder / "prefix"
        self.environment = dict(os.environ, CXX=" ".join(options.compiler))
        for name in ("CXXFLAGS", "CPPFLAGS", "LDFLAGS", "CPATH", "CPLUS_INCLUDE_PATH"):
            self.environment.pop(name, None)

    def compile(self, name, arguments):
        program = self.folder / name
        run(self.compiler + warnings + self.arguments + arguments
            + [here / "first.cpp", "-o", program])
        run([program])

    def plain(self):
        """An include path, and no other flag."""
        self.compile("plain", ["-I", self.root / "include"])

    def install(self):
        """meson install into a folder of its own; the headers there are the repository's."""
        build = self.folder / "install"
        run(["meson", "setup", build, self.root, f"--prefix={self.prefix}", "-Dtests=disabled",
             "-Dexamples=disabled", "-Dbench=disabled"], env=self.environment)
        run(["meson", "install", "-C", build], env=self.environment)
        source, target = self.root / "include/slope", self.prefix / "include/slope"
        wanted = {x.relative_to(source) for x in source.rglob("*.hpp")}
        if wanted != {x.relative_to(target) for x in target.rglob("*.hpp")} or not wanted:
            raise failure(f"the headers in {target} are not those of {source}")

    def pkg_config(self):
        search = dict(self.environment, PKG_CONFIG_PATH=str(self.prefix / "share/pkgconfig"))
        flags = run(["pkg-config", "--cflags", "--libs", "slope >= 0.1"], env=search).split()
        if f"-I{self.prefix}/include" not in flags:
            raise failure(f"pkg-config gives {flags}")
        self.compile("pkg_config", flags)

    def cmake(self):
        source = self.folder / "cmake"
        shutil.copytree(here / "cmake", source)
        shutil.copy(here / "first.cpp", source)
        run(["cmake", "-S", source, "-B", source / "build", "-G", "Ninja",
             f"-DCMAKE_PREFIX_PATH={self.prefix}"], env=self.environment)
        run(["cmake", "--build", source / "build"], env=self.environment)
        run([source / "build/first"])

    def subproject(self):
        source = self.folder / "subproject"
        shutil.copytree(here / "subproject", source)
        shutil.copy(here / "first.cpp", source)
        copy = source / "subprojects/slope"
        for name in ("include", "packaging", "subprojects/packagefiles"):
            shutil.copytree(self.root / name, copy / name)
        for path in [*self.root.glob("meson*"), *self.root.glob("subprojects/*.wrap")]:
            shutil.copy(path, copy / path.relative_to(self.root))
        shutil.move(source / "slope.wrap", source / "subprojects/slope.wrap")
        run(["meson", "setup", source / "build", source], env=self.environment)
        run(["meson", "compile", "-C", source / "build"], env=self.environment)
        run([source / "build/first"])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=pathlib.Path, default=here.parents[1])
    parser.add_argument("--argument", action="append", default=[], help="a compiler argument more")
    parser.add_argument("compiler", nargs="+")
    options = parser.parse_args()
    names, failed = ["plain", "install", "pkg_config", "cmake", "subproject"], 0
    with tempfile.TemporaryDirectory(prefix="slope-consumers-") as folder:
        every = consumers(options, pathlib.Path(folder))
        for name in names:
            try:
                getattr(every, name)()
                print(f"ok     {name}")
            except failure as error:
                failed += 1
                print(f"FAILED {name}\n" + "\n".join("    " + x for x in
                                                      str(error).splitlines()[:60]))
    print(f"{len(names) - failed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
