#!/usr/bin/python3
"""Draws a result file of liquidus as PNG and SVG, or the waterfall of a config's company.

usage: plot.py RESULT [-o DIR] [--format png,svg] [--dpi N]
       plot.py waterfall CONFIG [--company ID] [--ipo] [--up-to 600e6] [-o DIR] ...

Pictures of a result: distributions, cumulative, difference, fans, timing, and all of them on one page. A
picture whose figures are not in the file is skipped with a note; pictures of the same name in DIR
(default: plots) are replaced, and how many is said. Exit status 0 when at least
one picture was drawn, 1 where Python has no matplotlib, h5py or numpy, 2 for a file that is no result, 3 when the pictures cannot be written.
"""
import argparse
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

try:
    import h5py  # noqa: F401 (asked for here, for the message)
    import matplotlib  # noqa: F401
    import numpy  # noqa: F401
except ImportError as missing:
    # Another Python than Debian's, most often: say which one to call.
    sys.exit(f"plot: {sys.executable} has no {missing.name}. Debian's packages are "
             "python3-matplotlib, python3-h5py and python3-numpy, for its own Python:\n"
             f"  /usr/bin/python3 {' '.join(sys.argv)}")

from plots import look  # noqa: E402 (found beside this script, installed or not)
from plots.distributions import draw_cumulative, draw_difference, draw_distributions  # noqa: E402
from plots.page import draw_page  # noqa: E402
from plots.result import Missing, Result  # noqa: E402
from plots.timing import draw_fans, draw_timing  # noqa: E402
from plots import waterfall  # noqa: E402

import matplotlib.pyplot as plt  # noqa: E402 (after the backend was chosen)


def sizes(result):
    """(name, draw, width and height in inches) of every picture."""
    n = len(result.offers)
    panels = -(-min(n, 12) // (4 if n > 6 else min(n, 3)))
    return [
        ("distributions", draw_distributions, (9.5, 2.0 + 0.62 * min(n, 12))),
        ("cumulative", draw_cumulative, (9.5, 5.8)),
        ("difference", draw_difference, (9.5, 2.0 + 0.62 * max(min(n, 12) - 1, 1))),
        ("fans", draw_fans, (10.5, 2.1 + 2.2 * panels)),
        ("timing", draw_timing, (10.5, 5.5 + 0.27 * min(n, 12))),
        ("page", draw_page, (17.0, 13.5)),
    ]


def draw(result, picture, folder, formats, dpi):
    """How many older files the picture replaced; None when it cannot be drawn."""
    name, drawer, size = picture
    fig = plt.figure(figsize=size, dpi=dpi)
    try:
        notes = drawer(fig, result)
    except Missing as what:
        print(f"plot: {name} is skipped: {what} is not in this file", file=sys.stderr)
        plt.close(fig)
        return None
    look.footer(fig, result, notes)
    over = look.save(fig, folder, name, formats)
    plt.close(fig)
    return over


def read_options(arguments):
    """What to draw, and how: a result's pictures, or a waterfall."""
    falls = arguments[:1] == ["waterfall"]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0],
                                     prog="plot.py waterfall" if falls else "plot.py")
    parser.add_argument("config" if falls else "result")
    if falls:
        parser.add_argument("--company", help="needed where there are several")
        parser.add_argument("--ipo", action="store_true", help="an IPO instead of a sale")
        parser.add_argument("--up-to", type=float, help="the highest exit, as a plain number")
    parser.add_argument("-o", "--out", default="plots", help="folder for the pictures")
    parser.add_argument("--format", default="png,svg", help="png, svg, pdf; comma-separated")
    parser.add_argument("--dpi", type=int, default=150)
    args = parser.parse_args(arguments[1:] if falls else arguments)
    args.formats = [f.strip() for f in args.format.split(",") if f.strip()]
    wrong = [f for f in args.formats if f not in ("png", "svg", "pdf")]
    if wrong or not args.formats:
        parser.error(f"--format: expected png, svg or pdf, got {', '.join(wrong) or 'nothing'}")
    if falls and args.up_to is not None and not args.up_to > 0:
        parser.error("--up-to: expected a number above 0")
    return falls, args


def main():
    falls, args = read_options(sys.argv[1:])
    formats = args.formats
    if falls:
        return waterfall.main(args.config, args.company, args.ipo, args.up_to, args.out, formats,
                              args.dpi)
    try:
        result = Result(args.result)
    except (OSError, ValueError, Missing) as error:
        print(f"plot: {args.result}: {error}", file=sys.stderr)
        return 2
    try:
        os.makedirs(args.out, exist_ok=True)
        over = {p[0]: draw(result, p, args.out, formats, args.dpi) for p in sizes(result)}
    except OSError as error:
        print(f"plot: {args.out}: {error}", file=sys.stderr)
        return 3
    drawn = [name for name, n in over.items() if n is not None]
    if drawn:
        look.tell(args.out, drawn, formats, sum(over[name] for name in drawn))
    return 0 if drawn else 2


if __name__ == "__main__":
    sys.exit(main())
