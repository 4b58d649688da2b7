"""How the cost of `liquidus run` grows: results/bench/growth.csv, a row per point.

Everything is W1, or W1 with one thing changed. The best of some runs each: a job beside them can
only slow one down.
"""
import csv
import os
import pathlib
import re
import tempfile

from .measure import FOLDER, TOP, run

COLUMNS = ["series", "x", "paths", "threads", "wall_s", "cpu_s", "peak_mb"]
PATHS = 1_000_000
OFFERS = (1, 2, 4, 8, 12, 16)
MONTHS = (12, 24, 48, 96, 120, 180)  # a config's horizon is at most 15 years


def w1():
    return (TOP / "configs/bench/w1.yaml").read_text()


def with_offers(n):
    """The private offer of W1 n times, with other pay and another share each time."""
    head, offers = w1().split("offers:\n")
    private = re.search(r"  - id: private.*?(?=decide:)", offers, re.S).group(0)
    text = head + "offers:\n"
    for i in range(n):
        text += (private.replace("id: private", f"id: private-{i}")
                 .replace("base: $168K", f"base: ${168 + 4 * i}K")
                 .replace("share: 0.5%", f"share: {0.5 + 0.02 * i:.2f}%"))
    return text + "decide: {baseline: private-0}\n"


def with_months(n):
    text = w1().replace("horizon: 4y, liquidity_horizon: 4y",
                        f"horizon: {n}mo, liquidity_horizon: {n}mo")
    cliff = "" if n <= 12 else ", cliff: 12mo"
    return text.replace("over: 48mo, every: 1mo, cliff: 12mo", f"over: {n}mo, every: 1mo{cliff}")


def points(most):
    """(series, x, text of the config, paths, threads)"""
    processors = len(os.sched_getaffinity(0))
    n = 10_000
    while n <= most:
        yield "paths", n, w1(), n, processors
        n *= 10
    for n in OFFERS:
        yield "offers", n, with_offers(n), PATHS, 1
    for n in MONTHS:
        yield "months", n, with_months(n), PATHS, 1
    n = 1
    while n <= processors:
        yield "threads", n, w1(), 10 * PATHS, n
        n = n + 1 if n < 4 else 2 * n


def best_run(folder, text, paths, threads):
    config = pathlib.Path(folder) / "growth.yaml"
    config.write_text(text)
    tries = 1 if paths > 50 * PATHS else 3
    runs = [run(config, "--paths", str(paths), "--threads", str(threads)) for _ in range(tries)]
    return {key: min(r[key] for r in runs) for key in runs[0]}


def write(most):
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for series, x, text, paths, threads in points(most):
            found = best_run(folder, text, paths, threads)
            rows.append({"series": series, "x": x, "paths": paths, "threads": threads,
                         **{key: f"{value:.4g}" for key, value in found.items()}})
            print(f"    {series} {x:,}: {found['wall_s']:.2f} s, {found['peak_mb']:.0f} MB",
                  flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "growth.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read(path=FOLDER / "growth.csv"):
    """series -> rows of numbers, in ascending x; {} where growth was never measured."""
    if not pathlib.Path(path).exists():
        return {}
    out = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            numbers = {key: float(value) for key, value in row.items() if key != "series"}
            out.setdefault(row["series"], []).append(numbers)
    return out
