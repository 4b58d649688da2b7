#!/usr/bin/env python3
"""The arrows of ARCHITECTURE.md: src/<folder> includes only what its row of the table allows.

The table of the document is the rule itself, so the two cannot differ. Libraries with a folder
of their own stay in it: no HDF5 outside store, no YAML outside config.
"""
import re

from tree import files, report, root

# header of a library -> the only folders that may include it
LIBRARIES = {
    r"yaml\.h": {"config"},
    r"hdf5(_hl)?\.h|H5.*\.h": {"store"},
    r"jansson\.h": {"show", "cli"},
    r"omp\.h": {"engine", "cli", "bench"},
    r"getopt\.h": {"cli"},
}
# include/liquidus/X.h: the layer that X speaks for; anything above may include it
PUBLIC = {"status": "base", "version": "base", "liquidus": "api"}


def table(text):
    """{folder: set of folders it may use}, from the rows `| `folder` | says | a, b |`."""
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\| ([^|]+) \|$", text, re.M)
    allowed = {name: set(re.findall(r"\w+", may)) - {"nothing"} for name, may in rows}
    for name, may in allowed.items():
        if may == {"everything"}:
            allowed[name] = set(allowed) - {name}
    return allowed


def cycles(allowed):
    """Folders that the table lets reach themselves."""
    reach = {name: set(may) for name, may in allowed.items()}
    for _ in allowed:
        for name in reach:
            reach[name] |= set().union(*(reach.get(other, set()) for other in reach[name]))
    return [name for name in reach if name in reach[name]]


def main():
    top = root()
    allowed = table((top / "ARCHITECTURE.md").read_text())
    bad = [f"ARCHITECTURE.md: the table lets {name} reach itself" for name in cycles(allowed)]
    if not allowed:
        bad.append("ARCHITECTURE.md: no layer table found")
    seen = set()
    for path in files(top / "src", "*.[ch]"):
        folder = path.relative_to(top / "src").parts[0]
        where = path.relative_to(top)
        seen.add(folder)
        if folder not in allowed:
            bad.append(f"{where}: the folder {folder} is not in the table")
            continue
        text = path.read_text()
        for name in re.findall(r'^#include "([^"]+)"', text, re.M):
            first = name.split("/")[0]
            if first == "liquidus":
                first = PUBLIC.get(name.split("/")[1].removesuffix(".h"), "cli")
            if first in allowed and first != folder and first not in allowed[folder]:
                bad.append(f"{where}: {folder} may not include {name}")
        for name in re.findall(r"^#include <([^>]+)>", text, re.M):
            for pattern, owners in LIBRARIES.items():
                if re.fullmatch(pattern, name) and folder not in owners:
                    bad.append(f"{where}: <{name}> belongs to {', '.join(sorted(owners))}")
    bad += [f"ARCHITECTURE.md: no folder src/{name}" for name in allowed
            if not (top / "src" / name).is_dir()]
    report(bad, f"{len(allowed)} folders, no arrow against the table")


if __name__ == "__main__":
    main()
