#!/usr/bin/env python3
"""Functions of at most 60 lines and 6 parameters (an array with its length is one); files of at
most 400 lines.

Reads code as clang-format lays it out: a function's body opens and closes in column one.
"""
import re

from tree import files, report, root

MAX_LINES, MAX_PARAMETERS, MAX_FILE = 60, 6, 400
# path:function or path -> why it may be longer
LONGER = {
    "src/scenario/scenario.h": "the typed config as a whole, read together",
    "src/equity/settle.c:lq_grant_run": "a kernel: plan, grid, world, employment, ledger and rows",
}


def parameters(signature):
    """How many parameters a signature takes; a length belongs to the array before it."""
    inner = signature[signature.index("(") + 1:signature.rindex(")")]
    inner = re.sub(r"\([^()]*\)", "", inner)  # of parameters that are functions
    names = [p for p in inner.split(",") if p.strip() not in ("", "void")]
    return sum(not re.search(r"\b(n|n_\w+|len|\w+_len)\s*$", p) for p in names)


def functions(lines):
    """(name, number of the first line, length, parameters) of each definition."""
    i = 0
    while i < len(lines):
        if lines[i] != "{":
            i += 1
            continue
        first = i - 1
        while first > 0 and re.match(r"[\s)]", lines[first]):
            first -= 1
        signature = re.sub(r"LQ_KERNEL\((\w+)\)", r"\1", " ".join(lines[first:i]))
        end = next((j for j in range(i, len(lines)) if lines[j] == "}"), len(lines) - 1)
        name = re.search(r"(\w+)\)?\s*\(", signature)
        if name and not signature.startswith("#"):
            yield name.group(1), first + 1, end - first + 1, parameters(signature)
        i = end + 1


def main():
    top = root()
    bad, lengths, used = [], [], set()

    def judge(key, text):
        if key in LONGER:
            used.add(key)
        else:
            bad.append(text)

    for path in files(top / "src", "*.[ch]") + files(top / "include", "*.h"):
        name = path.relative_to(top).as_posix()
        lines = path.read_text().splitlines()
        if len(lines) > MAX_FILE:
            judge(name, f"{name}: {len(lines)} lines, at most {MAX_FILE}")
        for function, number, length, n_parameters in functions(lines):
            lengths.append(length)
            key = f"{name}:{function}"
            if length > MAX_LINES:
                judge(key, f"{name}:{number}: {function} has {length} lines")
            if n_parameters > MAX_PARAMETERS:
                judge(key, f"{name}:{number}: {function} takes {n_parameters} parameters")
    bad += [f"the exception for {key} is not needed" for key in LONGER
            if key not in used and (top / key.split(":")[0]).exists()]
    middle = sorted(lengths)[len(lengths) // 2] if lengths else 0
    report(bad, f"{len(lengths)} functions, median {middle} lines")


if __name__ == "__main__":
    main()
