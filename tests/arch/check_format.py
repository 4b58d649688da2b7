#!/usr/bin/env python3
"""Every C file is as clang-format 14 with .clang-format lays it out. Skipped without it."""
import pathlib
import re
import shutil
import subprocess
import sys

from tree import files, report, root

SKIPPED = 77


def main():
    top = root()
    program = shutil.which("clang-format-14") or shutil.which("clang-format")
    version = subprocess.run([program, "--version"], text=True, capture_output=True,
                             check=True).stdout if program else ""
    if " 14." not in version:
        print("clang-format 14 is not here: skipped")
        sys.exit(SKIPPED)
    paths = [p for part in ("src", "include", "tests") for p in files(top / part, "*.[ch]")]
    said = subprocess.run([program, "--dry-run", *map(str, paths)], text=True,
                          capture_output=True).stderr
    bad = sorted(set(re.findall(r"^(\S+?):\d+:\d+: ", said, re.M)))
    report([f"{pathlib.Path(name).relative_to(top)}: run scripts/format" for name in bad],
           f"{len(paths)} files are formatted")


if __name__ == "__main__":
    main()
