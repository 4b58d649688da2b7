#!/usr/bin/env python3
"""Every `path:function` and every link to a file that a document names still exists."""
import re

from tree import files, report, root


def main():
    top = root()
    bad, n = [], 0
    for doc in files(top, "*.md"):
        text = re.sub(r"```.*?```", "", doc.read_text(), flags=re.S)
        where = doc.relative_to(top)
        for path, name in re.findall(r"`([\w/.-]+\.\w+):(\w+)`", text):
            n += 1
            file = top / path
            if not file.exists() or not re.search(rf"\b{re.escape(name)}\b", file.read_text()):
                bad.append(f"{where}: {path}:{name} is gone")
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            n += 1
            if "://" not in link and not (doc.parent / link).exists():
                bad.append(f"{where}: {link} is gone")
    report(bad or ([] if n else ["no pointer found"]), f"{n} pointers hold")


if __name__ == "__main__":
    main()
