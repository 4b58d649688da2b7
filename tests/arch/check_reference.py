#!/usr/bin/env python3
"""docs/config.md is what the program prints: check_reference.py PROGRAM"""
import difflib
import pathlib
import subprocess
import sys

from tree import report


def main():
    top = pathlib.Path(__file__).resolve().parents[2]
    want = subprocess.run([sys.argv[1], "schema", "--markdown"], check=True, text=True,
                          capture_output=True).stdout
    page = top / "docs/config.md"
    have = page.read_text() if page.exists() else ""
    bad = list(difflib.unified_diff(have.splitlines(), want.splitlines(), "docs/config.md",
                                    "liquidus schema --markdown", lineterm=""))[:40]
    if bad:
        bad.append("renew it: scripts/format")
    report(bad, "docs/config.md is the schema's own page")


if __name__ == "__main__":
    main()
