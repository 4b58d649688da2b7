#!/usr/bin/env python3
"""What the object files may define and call: check_symbols.py NM OBJECT...

Every symbol that leaves the library starts with lq_. Kernels call nothing but each other and
copying. No object that computes a result calls a function of libm whose last bit depends on
the processor or the version (docs/adr/0004); printing may.
"""
import pathlib
import re
import subprocess
import sys

from tree import report

OURS = re.compile(r"lq_|\.gomp_critical_user_lq_|__(asan|odr|gcov|ubsan|tsan|sanitizer)|mangle")
KERNEL_MAY_CALL = re.compile(
    r"lq_\w+|mem(cpy|set|move)|__(mem(cpy|set|move)_chk|stack_chk_fail|assert_fail)"
    r"|_GLOBAL_OFFSET_TABLE_|__(asan|ubsan|tsan|gcov|sanitizer|sancov|llvm)\w*")
# Not correctly rounded, so not the same on every machine. sqrt, fma, floor, fabs ... are.
LIBM = re.compile(r"(exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|sin|cos|sincos|tan|asin|acos"
                  r"|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|erf|erfc|lgamma|tgamma|cbrt"
                  r"|hypot)[fl]?(@.*)?")
PRINTS = {"show", "cli"}  # folders whose figures are for the eye


def symbols(nm, flags, objects):
    """(object file, symbol) pairs."""
    text = subprocess.run([nm, "-A", *flags, *objects], check=True, text=True,
                          capture_output=True).stdout
    for line in text.splitlines():
        place, rest = line.split(":", 1)
        yield place, rest.split()[-1]


def short(place):
    """.../src/CMakeFiles/lq.dir/base/date.c.o -> base/date.c"""
    return re.sub(r".*\.dir/|\.o$", "", place)


def main():
    nm, objects = sys.argv[1], sys.argv[2:]
    bad = []
    for place, name in symbols(nm, ["-g", "--defined-only"], objects):
        if not OURS.match(name):
            bad.append(f"{short(place)}: {name} leaves the library without lq_")
    for place, name in symbols(nm, ["-u"], objects):
        if "lq_kernels" in place and not KERNEL_MAY_CALL.fullmatch(name):
            bad.append(f"{short(place)}: a kernel may not call {name}")
        elif LIBM.fullmatch(name) and pathlib.PurePath(short(place)).parts[0] not in PRINTS:
            bad.append(f"{short(place)}: {name} of libm on the way to a result")
    report(sorted(set(bad)), f"{len(objects)} object files: prefix, kernels and libm are right")


if __name__ == "__main__":
    main()
