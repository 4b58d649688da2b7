"""docs/images/growth.png and docs/images/stages.png."""
import os
import sys

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from plots import look  # noqa: E402

import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import FuncFormatter, NullFormatter  # noqa: E402

DPI = 130
STAGES = ["draws", "market", "company", "pay", "equity", "tax", "tallies", "other"]

WHAT = """`liquidus run` on W1, complete: from its
start to the closed result file.

{processor},
{processors} processors; {compiler}.
The best of three runs each.

Time and memory against paths: all
processors. Offers are W1's private one
with other pay and shares; months are
those of pay and of vesting; 10⁶ paths
each, start included, and 10⁷ for threads."""


def column(rows, name):
    return np.array([row[name] for row in rows])


def power_of_ten(x, _):
    """10 000 to 1 000 000 000 as 10⁴ ... 10⁹."""
    digits = str(round(np.log10(x))).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"10{digits}"


def panel(ax, title, x_label, y_label):
    ax.set_title(title, loc="left", fontsize=9.5, fontweight="bold", color=look.INK)
    ax.set(xlabel=x_label, ylabel=y_label)
    ax.grid(color=look.FAINT, linewidth=0.5)
    ax.set_axisbelow(True)


def dots(ax, x, y):
    ax.plot(x, y, "o", color=look.PALETTE[0], markersize=5, label="measured", zorder=3)


def theory(ax, x, y, label):
    ax.plot(x, y, color=look.PALETTE[1], linewidth=1.1, label=label)
    ax.legend(frameon=False, fontsize=8, loc="upper left")


def line_fit(x, y):
    slope, start = np.polyfit(x, y, 1)
    return slope, start


def draw_paths(ax, rows):
    x, y = column(rows, "x"), column(rows, "wall_s")
    panel(ax, "Time against paths", "paths", "wall time, s")
    fixed = y[0]
    slope = (y[-1] - fixed) / (x[-1] - x[0])
    many = np.logspace(np.log10(x[0]), np.log10(max(x[-1], 1e9)), 200)
    ax.plot(many, slope * many, color=look.SOFT, linewidth=0.8, linestyle="--",
            label="slope 1")
    theory(ax, many, fixed + slope * many, f"{fixed:.2g} s + {slope * 1e9:.0f} ns × paths")
    dots(ax, x, y)
    ax.set(xscale="log", yscale="log")
    ax.xaxis.set_major_formatter(FuncFormatter(power_of_ten))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:g}"))
    ax.legend(frameon=False, fontsize=8, loc="upper left")


def draw_straight(ax, rows, title, unit):
    x = column(rows, "x")
    y = column(rows, "cpu_s") / column(rows, "paths") * 1e9
    slope, start = line_fit(x, y)
    panel(ax, title, unit, "ns per path, one thread")
    theory(ax, np.array([0, x[-1]]), start + slope * np.array([0, x[-1]]),
           f"{start:.0f} + {slope:.3g} × {unit}")
    dots(ax, x, y)
    ax.set(xlim=(0, 1.04 * x[-1]), ylim=(0, 1.25 * y.max()), xticks=np.r_[0, x[1:]])
    ax.legend(frameon=False, fontsize=8, loc="upper left")


def draw_threads(ax, rows):
    x = column(rows, "x")
    y = column(rows, "wall_s")[0] / column(rows, "wall_s")
    panel(ax, "Threads", "threads", "times as fast as one")
    theory(ax, np.array([0, x[-1]]), np.array([0, x[-1]]), "as many times as threads")
    dots(ax, x, y)
    ax.set(xlim=(0, 1.15 * x[-1]), ylim=(0, 1.15 * x[-1]), xticks=x)
    for at, value in zip(x, y):
        ax.annotate(f"{value:.2f}", (at, value), xytext=(6, -10), textcoords="offset points",
                    fontsize=8, color=look.SOFT)
    ax.legend(frameon=False, fontsize=8, loc="upper left")


def draw_memory(ax, rows):
    panel(ax, "Memory against paths", "paths", "peak resident memory, MB")
    ax.axhline(200, color=look.PALETTE[1], linewidth=1.1, label="must: 200 MB at 10⁹ paths")
    ax.axhline(64, color=look.PALETTE[2], linewidth=1.1, label="stretch: 64 MB")
    dots(ax, column(rows, "x"), column(rows, "peak_mb"))
    ax.set(xscale="log", ylim=(0, max(260, 1.2 * column(rows, "peak_mb").max())))
    ax.xaxis.set_major_formatter(FuncFormatter(power_of_ten))
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.legend(frameon=False, fontsize=8, loc="upper left")


def draw_stages(ax, workload, name):
    """Two bars of stages: random and Sobol."""
    kinds = [("random", workload["stages_ns"]), ("sobol", workload["sobol"]["stages_ns"])]
    total = max(sum(v or 0 for v in stages.values()) for _, stages in kinds)
    left = np.zeros(len(kinds))
    for i, stage in enumerate(STAGES):
        width = np.array([stages.get(stage) or 0.0 for _, stages in kinds])
        colour = look.PALETTE[i] if stage != "other" else "#999999"
        ax.barh(range(len(kinds)), width, left=left, height=0.62, color=colour, label=stage)
        for row, w in enumerate(width):
            if w > 0.055 * total:
                ax.text(left[row] + w / 2, row, f"{w:.0f}", ha="center", va="center",
                        color="white", fontsize=8)
        left += width
    panel(ax, name, "ns per path, one core", "")
    ax.set(xlim=(0, 1.03 * total), yticks=range(len(kinds)), yticklabels=[kind for kind, _ in kinds])
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)


def save(fig, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    fig.savefig(path, dpi=DPI, metadata={"Software": None})
    plt.close(fig)


def draw_growth(growth, machine, path):
    fig, axes = plt.subplots(2, 3, figsize=(12.5, 7.2))
    draw_paths(axes[0][0], growth["paths"])
    draw_straight(axes[0][1], growth["offers"], "Offers", "offers")
    draw_straight(axes[0][2], growth["months"], "Months", "months")
    draw_threads(axes[1][0], growth["threads"])
    draw_memory(axes[1][1], growth["paths"])
    axes[1][2].set_visible(False)
    fig.text(0.70, 0.40, WHAT.format(**machine), fontsize=9, color=look.SOFT, va="top",
             linespacing=1.5)
    fig.tight_layout(w_pad=2.5, h_pad=2.5)
    save(fig, path)


def draw_split(bench, path):
    fig, axes = plt.subplots(3, 1, figsize=(9.5, 6.0))
    for ax, name in zip(axes, ("W0", "W1", "W2")):
        draw_stages(ax, bench[name], name)
    handles, labels = axes[0].get_legend_handles_labels()
    fig.legend(handles, labels, ncol=len(labels), frameon=False, fontsize=8, loc="upper center")
    fig.tight_layout(rect=(0, 0, 1, 0.95), h_pad=1.5)
    save(fig, path)
