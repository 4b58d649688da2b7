#!/usr/bin/env python3
"""Every source file is built and tested, every test is run.

tests/<folder>/test_<name>.c (or .py, which drives the program) tests src/<folder>/<name>.c, and
the parts that were split off it, src/<folder>/<name>_<part>.c. Anything else is listed here with
the test that covers it.
"""
import re

from tree import files, report, root

# source file -> the test that covers it, below tests/
TESTED_BY = {
    "cli/commands.c": "cli/test_help.py",
    "cli/load.c": "cli/test_check.py",
    "cli/words.c": "cli/test_help.py",
    "company/common.c": "company/test_observe.c",
    "company/ending.c": "company/test_exits.c",
    "engine/compare_block.c": "validation/test_expansion.c",
    "engine/passes.c": "engine/test_run.c",
    "engine/shocks.c": "validation/test_models.c",
    "engine/tally_block.c": "engine/test_result.c",
    "engine/workspace.c": "engine/test_run.c",
}


def listed(folder):
    """File stems that a CMakeLists.txt names."""
    cmake = folder / "CMakeLists.txt"
    text = re.sub(r"#.*", "", cmake.read_text()) if cmake.exists() else ""
    return set(re.findall(r"[\w./-]+", text))


def has_own_test(folder, stem):
    """A test of the file's name, or of the name it was split off from."""
    words = stem.split("_")
    return any((folder / f"test_{'_'.join(words[:n])}{suffix}").exists()
               for n in range(1, len(words) + 1) for suffix in (".c", ".py"))


def main():
    top = root()
    src, tests, bad, n = top / "src", top / "tests", [], 0
    for path in files(src, "*.c"):
        n += 1
        name = path.relative_to(src).as_posix()
        if path.name not in listed(path.parent):
            bad.append(f"src/{name} is not built")
        own = has_own_test(tests / path.relative_to(src).parent, path.stem)
        cover = TESTED_BY.get(name)
        if own and cover:
            bad.append(f"src/{name} has a test of its own name: drop the exception")
        elif cover and not (tests / cover).exists():
            bad.append(f"src/{name}: tests/{cover} is gone")
        elif not own and not cover:
            bad.append(f"src/{name}: no tests/{path.parent.name}/test_{path.name}")
    driven = files(tests / "cli", "test_*.py") + files(tests / "e2e", "test_*.py")
    for path in files(tests, "test_*.c", "fuzz_*.c") + driven:
        if path.stem not in listed(path.parent):
            bad.append(f"{path.relative_to(top)} is not run")
    report(bad, f"{n} source files, each built and tested")


if __name__ == "__main__":
    main()
