"""What the architecture checks share: where the project is, which files it has, how to report."""
import pathlib
import sys

SKIPPED = {".git", "build", "results", "__pycache__"}


def root():
    """The project's folder: the first argument, or the one this script is in."""
    if len(sys.argv) > 1:
        return pathlib.Path(sys.argv[1]).resolve()
    return pathlib.Path(__file__).resolve().parents[2]


def files(top, *patterns):
    """Files below top that match a pattern, in order, without what is built or not ours."""
    found = {path for pattern in patterns for path in top.rglob(pattern) if path.is_file()}
    return sorted(p for p in found if not SKIPPED & set(p.relative_to(top).parts))


def report(bad, good):
    """Prints every finding, or one line that says what holds; the exit status says which."""
    print("\n".join(bad) if bad else good)
    sys.exit(1 if bad else 0)
