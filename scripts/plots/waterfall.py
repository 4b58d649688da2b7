"""The waterfall of a company: who is paid what at every value of an exit, as `liquidus waterfall`
says it. Payouts are straight between the values at which somebody else begins to be paid, so a few
exits draw them exactly."""
import json
import os
import shutil
import subprocess
import sys

from . import look

import matplotlib.pyplot as plt  # noqa: E402 (look chooses the backend)
import numpy as np

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILT = os.path.join(TOP, "build", "release", "src", "cli", "liquidus")
GREYS = {"fees": "#bbbbbb", "debt": "#999999", "carve_out": "#777777"}


class Refused(Exception):
    """What the program did not take; it has said why."""


def program():
    """$LIQUIDUS, else the installed one, else that of build/release."""
    return os.environ.get("LIQUIDUS") or shutil.which("liquidus") or BUILT


def ask(config, company, ipo, exits):
    command = [program(), "waterfall", config, "--json", "--exit",
               ",".join(f"{x:.15g}" for x in exits)]
    command += ["--company", company] if company else []
    command += ["--ipo"] if ipo else []
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Refused
    return json.loads(done.stdout)


def money(x, currency):
    sign = "$" if currency == "USD" else f"{currency} "
    for size, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "K")):
        if abs(x) >= 0.9995 * size:
            return f"{sign}{x / size:.3g}{letter}"
    return f"{sign}{x:.3g}"


def read(config, company, ipo, up_to):
    """Exit values, and the classes with a payout for each; the last value is up_to."""
    bends = ask(config, company, ipo, [1e6])["breakpoints"]
    end = up_to or 1.25 * bends[-1] or 1e9
    exits = sorted({x for x in bends if 0 < x < end} | {end, end * 1e-6})
    said = []
    for at in range(0, len(exits), 64):  # as many as one call takes
        said += ask(config, company, ipo, exits[at:at + 64])["exits"]
    return ask(config, company, ipo, [end]), np.array(exits), said


def colour_of(entry, number):
    if entry["kind"] == "common":
        return look.INK
    return GREYS.get(entry["kind"]) or look.PALETTE[number % len(look.PALETTE)]


def name_at_end(ax, x, entries, places, colours, gap):
    low, high = ax.get_ylim()
    for place, entry, colour in zip(look.spread(places, gap * (high - low), low, high), entries,
                                    colours):
        ax.annotate(entry["id"].replace("_", " "), (x, place), xytext=(5, 0),
                    textcoords="offset points", va="center", color=look.words(colour),
                    annotation_clip=False)


def draw_payouts(ax, exits, classes, payouts, colours):
    """Stacked: the height of all is the exit itself."""
    below = np.zeros(len(exits))
    middles = []
    for paid, colour in zip(payouts, colours):
        ax.fill_between(exits, below, below + paid, color=colour, alpha=0.55, linewidth=0.4)
        middles.append(below[-1] + paid[-1] / 2)
        below = below + paid
    ax.set_ylim(0, exits[-1])
    name_at_end(ax, exits[-1], classes, middles, colours, 0.045)


def draw_prices(ax, exits, classes, payouts, colours):
    """Common is on top, since it is what an employee holds."""
    shown = [i for i, c in enumerate(classes) if c["shares"]]
    for i in shown:
        common = classes[i]["kind"] == "common"
        ax.plot(exits, payouts[i] / classes[i]["shares"], color=colours[i],
                linewidth=2.2 if common else 1.4, zorder=3 if common else 2,
                linestyle="--" if classes[i]["kind"] == "options" else "-")
    ax.set_ylim(bottom=0)
    name_at_end(ax, exits[-1], [classes[i] for i in shown],
                [payouts[i][-1] / classes[i]["shares"] for i in shown],
                [colours[i] for i in shown], 0.045)


def draw(fig, whole, exits, said):
    currency, classes = whole["currency"], whole["exits"][0]["classes"]
    payouts = np.array([[entry["classes"][k]["payout"] for entry in said]
                        for k in range(len(classes))])
    chosen = [c for c in classes if c["kind"] in ("preferred", "options")]
    colours = [colour_of(c, chosen.index(c) if c in chosen else 0) for c in classes]
    left, right = fig.subplots(1, 2)
    draw_payouts(left, exits, classes, payouts, colours)
    draw_prices(right, exits, classes, payouts, colours)
    for ax in (left, right):
        ax.set_xlim(0, exits[-1])
        ax.set_xlabel("value of the whole company at the "
                      f"{'IPO' if whole['how'] == 'ipo' else whole['how']}")
        look.money_axis(ax.xaxis, Figures(currency), bins=5)
        look.money_axis(ax.yaxis, Figures(currency))
        for bend in whole["breakpoints"]:
            ax.axvline(bend, color=look.FAINT, linewidth=0.7, zorder=0)
    left.set_title("all of a class", loc="left", fontsize=10)
    right.set_title("one share of it", loc="left", fontsize=10)


class Figures:
    """What look's axes ask of a result."""

    def __init__(self, currency):
        self.currency = currency

    def money(self, x):
        return money(x, self.currency)


def main(config, company, ipo, up_to, out, formats, dpi):
    """Status of the command; the names of the pictures are printed."""
    try:
        whole, exits, said = read(config, company, ipo, up_to)
    except Refused:
        return 2
    except OSError as error:
        print(f"plot: {program()}: {error}", file=sys.stderr)
        return 2
    how = "listed" if whole["how"] == "ipo" else "sold"
    fig = plt.figure(figsize=(11.5, 5.6), dpi=dpi)
    look.heading(fig, f"{whole['name']}: who is paid what when it is {how}",
                 "Read up from a value: on the left how it is divided, on the right what a share "
                 "is paid. Grey lines: from there the next\ndollar goes to others. Exact, no "
                 "simulation.")
    draw(fig, whole, exits, said)
    look.inches(fig, 0.75, 0.85, 1.35, 0.85, wspace=0.36)
    fig.text(0.012, 0.10 / 5.6, look.NOT_ADVICE, fontsize=7.5, color=look.SOFT)
    try:
        os.makedirs(out, exist_ok=True)
        over = look.save(fig, out, "waterfall", formats)
    except OSError as error:
        print(f"plot: {out}: {error}", file=sys.stderr)
        return 3
    look.tell(out, ["waterfall"], formats, over)
    return 0
