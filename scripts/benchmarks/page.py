"""Renews what lies between the marks of docs/benchmarks.md:
<!-- figures: NAME --> ... <!-- end -->"""
import csv
import json
import re

from . import growth
from .measure import FOLDER, TOP

PAGE = TOP / "docs/benchmarks.md"
IMAGES = TOP / "docs/images"
ABSENT = "not measured"


def ns(x):
    return ABSENT if x is None else f"{x:,.0f}" if x >= 100 else f"{x:.1f}"


def times(x, digits=2):
    return "" if x is None else f"{x:.{digits}f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def judged(value, text, must, stretch, low=True):
    """The figure, bold, and whether it is where it should be."""
    if value is None:
        return ABSENT
    reached = (lambda bound: value <= bound) if low else (lambda bound: value >= bound)
    word = ("stretch" if stretch is not None and reached(stretch) else
            "met" if reached(must) else "missed")
    return f"**{text}** {word}"


def digits(x):
    """Three digits, as money is written."""
    return f"{float(f'{x:.3g}'):,.0f}" if x >= 100 else f"{x:.3g}"


def power(x):
    """10^7 for 1e7."""
    return f"{x:.0e}".replace("1e+0", "10^")


# ---- the targets ----

def peer_ratio(workload, start):
    """How many times the engine's time the peer takes whose name begins so."""
    for name, row in workload["peers"].items():
        if name.startswith(start):
            return row["to_engine"]
    return None


def best_method(errors):
    """(name, gain on P(beats)) of the quickest way to plain sampling's error."""
    gains = {m: e["p_beats"]["gain"] for m, e in errors.items() if isinstance(e, dict)}
    gains = {m: g for m, g in gains.items() if g is not None and m != "random"}
    return max(gains.items(), key=lambda item: item[1]) if gains else (None, None)


def memory_row(paths):
    if not paths:
        return ABSENT
    last = paths[-1]
    text = f"{last['peak_mb']:.0f} MB at {power(last['x'])} paths"
    if last["x"] < 1e9:
        return f"**{text}**, 10^9 not run"
    return judged(last["peak_mb"], text, 200, 64)


def linear_row(paths):
    """How the cost of one more path changes from 10^6 on."""
    far = [row for row in paths if row["x"] >= 1e6]
    if len(far) < 3:
        return ABSENT
    slopes = [(b["cpu_s"] - a["cpu_s"]) / (b["x"] - a["x"]) * 1e9 for a, b in zip(far, far[1:])]
    word = "missed" if max(slopes) / min(slopes) >= 1.15 else "met" if far[-1]["x"] >= 1e9 else "so far"
    text = " and ".join(f"{s:.0f}" for s in slopes)
    return f"**{text}** CPU ns for one more path, decade by decade to {power(far[-1]['x'])}, {word}"


def targets(found, grown):
    b = found["bench"]
    w0, w1, w2 = b["W0"], b["W1"], b["W2"]
    paths = grown.get("paths", [])
    method, gain = best_method(b["errors"]["W1"])
    seconds = w2["wall_ns_two_threads"] and w2["wall_ns_two_threads"] * 1e-3
    inside = w1["start_seconds"]
    start = None if inside is None else 1e3 * inside + found["process_ms"]
    polar, quantlib = peer_ratio(w1, "GSL mt19937, polar"), peer_ratio(w1, "QuantLib")
    speedups = [w["two_thread_speedup"] for w in (w0, w1, w2)]
    known = [s for s in speedups if s is not None]
    ceiling = w1["two_thread_speedup_reference"]
    rows = [
        ("W0, one core, against the reference kernel", "<= 1.5x its time", "<= 1.0x",
         judged(w0["ratio"], f"{times(w0['ratio'])}x", 1.5, 1.0)),
        ("W1 likewise", "<= 1.7x", "<= 1.0x", judged(w1["ratio"], f"{times(w1['ratio'])}x", 1.7, 1.0)),
        ("W1 against GSL mt19937 polar, same law, one core", ">= 26x", ">= 44x",
         judged(polar, f"{times(polar, 1)}x", 26, 44, low=False)),
        ("W1 against QuantLib's path generator, one core", ">= 160x", ">= 270x",
         judged(quantlib, f"{times(quantlib, 0)}x", 160, 270, low=False)),
        ("two threads against one (W0, W1, W2)", ">= 1.9x", "1.97x",
         ABSENT if len(known) < 3 else
         judged(min(known), ", ".join(times(s) for s in speedups), 1.9, 1.97, low=False) +
         f"; the reference kernel {times(ceiling)} on W1"),
        ("W2, complete with tax, 10^6 paths, two threads", "<= 3 s", "<= 1 s",
         judged(seconds, f"{times(seconds)} s", 3, 1) + " for the paths; with calibration and "
         "turning points, as `run` runs it, " +
         judged(w2["study_seconds"], f"{times(w2['study_seconds'], 1)} s", 3, 1)),
        ("same standard error on P(B > A) of W1 as plain Monte Carlo, in time", "1/10", "1/30",
         ABSENT if gain is None else judged(gain, f"1/{gain:.1f}", 10, 30, low=False) + f" ({method})"),
        ("memory, 10^9 paths of W1, no samples kept", "<= 200 MB", "<= 64 MB", memory_row(paths)),
        ("cost against paths", "linear to 10^9", "", linear_row(paths)),
        ("start to first path", "<= 50 ms", "<= 20 ms",
         ABSENT if start is None else judged(start, f"{start:.0f} ms", 50, 20) +
         f" (W1; a run of 64 paths, with its result file, {found['small_run_ms']:.0f} ms)"),
    ]
    return table(("", "must", "stretch", "measured"), rows)


# ---- the rest ----

def machine(found, _):
    m = found["machine"]
    return (f"Measured on {m['processor']}, {m['processors']} processors, {m['memory_gb']} GB, {m['system']}, "
            f"{m['compiler']}, {found['bench']['W0']['isa']}; {m['program']}, {found['date']}, "
            f"load before the run {m['load_before']}.")


def speed_rows(name, w):
    label = f"**{name}**"
    if w["reference_ns"]:
        yield label, "reference kernel", ns(w["reference_ns"]), "1", ""
        label = ""
    for method, row in (("random", w), ("sobol", w["sobol"])):
        yield (label, f"**liquidus, {method}**", ns(row["ns_per_path"]), times(row["ratio"]),
               times(row["two_thread_speedup"]))
        label = ""
    peers = sorted(w["peers"].items(), key=lambda p: p[1]["ns_per_path"] or 1e99)
    for peer, row in peers:
        yield "", peer, ns(row["ns_per_path"]), times(row["ratio"], 1), ""


def speeds(found, _):
    rows = [row for name in ("W0", "W1", "W2") for row in speed_rows(name, found["bench"][name])]
    w2 = found["bench"]["W2"]["wall_ns_two_threads"]
    rate = "" if w2 is None else (f"\n\nW2 on two threads: {1e9 / w2:,.0f} paths a second, "
                                  f"10^6 in {1e-3 * w2:.2f} s.")
    return table(("", "one core", "ns per path", "ratio", "two threads"), rows) + rate


STAGES = ("draws", "market", "company", "pay", "equity", "tax", "tallies", "other")


def stages(found, _):
    rows = []
    for name in ("W0", "W1", "W2"):
        w = found["bench"][name]
        for method, split in (("random", w["stages_ns"]), ("sobol", w["sobol"]["stages_ns"])):
            rows.append((name, method, *(ns(split[s] or 0.0) for s in STAGES)))
    return table(("", "", *STAGES), rows)


MOST_FUNCTIONS = 12


def profile(found, _):
    """The functions that take most of a path's instructions, workloads side by side."""
    rows = found.get("profile")
    if not rows:
        return "Not counted yet: `scripts/profile --page`."
    columns = {}
    for row in rows:
        columns.setdefault(row["workload"], []).append((row["function"], float(row["instructions"])))
    def cells(place):
        for counted in columns.values():
            if place >= len(counted):
                yield from ("", "", "")
                continue
            name, n = counted[place]
            label = name if place == 0 else f"`{name}`"
            yield from (label, f"{n:,.0f}", f"{100 * n / counted[0][1]:.0f} %")
    head = [x for name in columns for x in (name, "instructions", "share")]
    return table(head, [tuple(cells(i)) for i in range(MOST_FUNCTIONS + 1)])


STATISTICS = (("mean", "mean of B - A"), ("q05", "5 % quantile of it"), ("p_beats", "P(B > A)"),
              ("ce", "worth to you, B less A"))


def errors(found, _):
    rows = []
    for name, case in found["bench"]["errors"].items():
        for method, e in case.items():
            if method == "paths":
                continue
            cells = [f"{digits(e[s]['se'])}, **{times(e[s]['gain'], 1)}**" if e[s]["se"] else ABSENT
                     for s, _ in STATISTICS]
            rows.append((f"{name}, {case['paths']:,} paths", method, ns(e["ns_per_path"]), *cells))
    return table(("", "", "ns per path", *(text for _, text in STATISTICS)), rows)


def how_expanded(text):
    """What a story's companies are expanded into: `exits` of a result, without their names."""
    ways = []
    for part in (text or "").split("; "):
        way = part.partition(": ")[2]
        ways.append("one: " + way.partition("(")[2].rstrip(")") if way.startswith("one ") else
                    way.partition(" on every")[0])
    return " and ".join(w for w in dict.fromkeys(ways) if w)


def gain_cell(row):
    """Gains of the figures that have an error; known without one: exact."""
    if not row:
        return ""
    gains = [row["gain"].get(s) for s, _ in STATISTICS]
    return ", ".join("-" if g is None else "exact" if g > 1e6 else times(g, 1) for g in gains)


def worst(*rows):
    return max((abs(z) for row in rows if row for z in row["z"].values()), default=0.0)


def stories(found, _):
    """Exits expanded against drawn, config by config; those without anything to expand in a line."""
    if "stories" not in found:
        return "Not measured yet: `scripts/bench --stories`."
    rows, without = [], []
    for name, s in found["stories"]["stories"].items():
        how = how_expanded(s["expanded"])
        if not how:
            without.append(f"`{name}`")
            continue
        if how.startswith("one") and " and " not in how:
            rows.append((name, how, *[""] * 6))
            continue
        sobol, random, worlds = s["sobol"], s["random"], s.get("with_worlds")
        rows.append((name, how, ns(sobol["off_ns"]), ns(sobol["on_ns"]), gain_cell(random), gain_cell(sobol),
                     gain_cell(worlds), times(worst(random, sobol, worlds))))
    head = ("config", "exits a path takes", "ns, drawn", "ns, expanded", "random", "Sobol", "Sobol, its worlds",
            "largest z")
    return table(head, rows) + "\n\nWithout a private company, nothing to expand: " + ", ".join(without) + "."


def reductions(found, _):
    if "stories" not in found:
        return "Not measured yet: `scripts/bench --stories`."
    rows = [(name, way, ns(r["ns"]), gain_cell(r), times(worst(r)))
            for name, case in found["stories"]["reductions"].items() for way, r in case.items()]
    return table(("config", "", "ns per path", "mean, q05, P, worth", "largest z"), rows)


def growth_text(_, grown):
    if not grown:
        return "Not measured yet: `scripts/bench --growth`."
    last = grown["paths"][-1]
    per_path = last["wall_s"] / last["x"]
    return ("![cost against paths, offers, months and threads](images/growth.png)\n\n"
            f"{power(last['x'])} paths of W1 took {last['wall_s']:,.1f} s on {last['threads']:.0f} threads "
            f"and {last['peak_mb']:.0f} MB; "
            f"10^9 take {per_path * 1e9:,.0f} s at that rate. The figures: "
            "[results/bench/growth.csv](../results/bench/growth.csv).")


BLOCKS = {"targets": targets, "machine": machine, "speeds": speeds, "stages": stages, "profile": profile,
          "errors": errors,
          "stories": stories, "reductions": reductions, "growth": growth_text}


def renew(text, found, grown):
    """The page with its figures; a mark without a block is an error."""
    def block(match):
        return f"{match.group(1)}\n{BLOCKS[match.group(2)](found, grown)}\n<!-- end -->"
    return re.sub(r"(<!-- figures: (\w+) -->)\n.*?<!-- end -->", block, text, flags=re.S)


def write():
    from . import pictures  # needs matplotlib, which the rest does not
    found, grown = json.loads((FOLDER / "bench.json").read_text()), growth.read()
    if (FOLDER / "profile.csv").exists():
        found["profile"] = list(csv.DictReader((FOLDER / "profile.csv").open()))
    if (FOLDER / "stories.json").exists():
        found["stories"] = json.loads((FOLDER / "stories.json").read_text())
    pictures.draw_split(found["bench"], IMAGES / "stages.png")
    if grown:
        pictures.draw_growth(grown, found["machine"], IMAGES / "growth.png")
    PAGE.write_text(renew(PAGE.read_text(), found, grown))
