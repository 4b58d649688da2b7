#!/usr/bin/env python3
"""Nothing in the project waits to be written."""
import re

from tree import files, report, root

BAD = re.compile(r"\b(TODO|FIXME|XXX)\b|\bplaceholder\b|\bstub(bed|s)?\b"
                 r"|\bnot (yet )?implemented\b", re.I)
BINARY = {".png", ".pdf", ".h5", ".npy", ".ico", ".pyc"}
NOT_OURS = {"LICENSE", "tests/arch/check_words.py", "tests/arch/test_checks.py"}
CORPUS = ("tests", "fuzz", "corpus")  # any bytes at all


def main():
    top = root()
    bad, n = [], 0
    for path in files(top, "*"):
        name = path.relative_to(top)
        if path.suffix in BINARY or name.as_posix() in NOT_OURS or name.parts[:3] == CORPUS:
            continue
        n += 1
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            # XXX is also the name ISO 4217 gives to no currency at all.
            found = BAD.search(line.replace('"XXX"', ""))
            if found:
                bad.append(f"{name}:{number}: {found.group(0)}")
    report(bad, f"{n} files wait for nothing")


if __name__ == "__main__":
    main()
