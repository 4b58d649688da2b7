#!/usr/bin/env python3
"""Every source file is built and has a test of its own name; every test is run."""
import re

from tree import files, report, root

# A source file without a test of its own name, and what tests it instead.
TESTED_ELSEWHERE = {"cli/main.c": "every test that runs the program"}


def listed(folder):
    """File stems that a CMakeLists.txt names."""
    cmake = folder / "CMakeLists.txt"
    text = re.sub(r"#.*", "", cmake.read_text()) if cmake.exists() else ""
    return set(re.findall(r"[\w./-]+", text))


def main():
    top = root()
    src, tests, bad, n = top / "src", top / "tests", [], 0
    for path in files(src, "*.c"):
        n += 1
        name = path.relative_to(src).as_posix()
        if path.name not in listed(path.parent):
            bad.append(f"src/{name} is not built")
        test = tests / path.relative_to(src).parent / f"test_{path.name}"
        if test.exists() == (name in TESTED_ELSEWHERE):
            bad.append(f"src/{name}: " + ("has a test of its own name, drop the exception"
                       if test.exists() else f"no {test.relative_to(top)}"))
    for path in files(tests, "test_*.c", "fuzz_*.c"):
        if path.stem not in listed(path.parent):
            bad.append(f"{path.relative_to(top)} is not run")
    report(bad, f"{n} source files, each built and tested")


if __name__ == "__main__":
    main()
