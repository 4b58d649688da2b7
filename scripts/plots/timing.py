"""Pictures of when: money received by month, exits, time until paper is cash."""
import numpy as np
from matplotlib.ticker import MaxNLocator

from . import look
from .result import Missing, choose

KIND_NAMES = {"ipo": "went public", "acquisition": "was bought", "failure": "failed",
              "none": "still private"}


def grid_shape(n, compact):
    columns = min(n, 4 if compact or n > 6 else 3)
    return -(-n // columns), columns


def fan(ax, years, quantiles, level, colour):
    """5 to 95 % pale, 25 to 75 % darker, the median a line."""
    at = {p: quantiles[:, level(p)] for p in (0.05, 0.25, 0.5, 0.75, 0.95)}
    ax.fill_between(years, at[0.05], at[0.95], color=colour, alpha=0.18, linewidth=0)
    ax.fill_between(years, at[0.25], at[0.75], color=colour, alpha=0.35, linewidth=0)
    ax.plot(years, at[0.5], color=colour, linewidth=1.8)
    return at


def whole_paths(ax, result, years, row, colour, limit=30):
    received = result.get("/paths/received")
    if received is None or received.shape[2] != len(years):
        return
    for path in received[:limit, row]:
        ax.plot(years, path, color=colour, linewidth=0.35, alpha=0.35)


def draw_fans(fig, result, compact=False):
    """Money received so far, one panel per offer, all on one scale."""
    rows, out = choose(result, 4 if compact else 12)
    fans = result.need("/offers/fan_total")
    years = np.arange(fans.shape[1]) / 12
    colour = look.colours(result)
    high = 1.04 * np.nanmax(fans[rows][:, -1, result.level(0.95)])
    n_rows, n_columns = grid_shape(len(rows), compact)
    axes = fig.subplots(n_rows, n_columns, sharex=True, sharey=True, squeeze=False)
    for ax, row in zip(axes.flat, rows):
        name = result.offers[row]
        whole_paths(ax, result, years, row, colour[name])
        at = fan(ax, years, fans[row], result.level, colour[name])
        ax.set_title(name, loc="left", color=look.words(colour[name]), fontweight="bold",
                     fontsize=9, pad=4)
        ax.annotate(result.money(at[0.5][-1]), (years[-1], at[0.5][-1]), xytext=(-2, 4),
                    textcoords="offset points", ha="right", color=look.words(colour[name]),
                    fontsize=8.5, fontweight="bold")
        horizon = result.fact("horizon_years")
        if horizon is not None and float(horizon) < years[-1]:
            ax.axvline(float(horizon), color=look.SOFT, linewidth=0.6, linestyle=(0, (2, 3)))
        ax.set(xlim=(0, years[-1]), ylim=(0, high))
        look.money_axis(ax.yaxis, result, 5)
        ax.xaxis.set_major_locator(MaxNLocator(4 if compact else 5, integer=True))
        ax.grid(color=look.FAINT, linewidth=0.4)
    for ax in list(axes.flat)[len(rows):]:
        ax.set_visible(False)
    for ax in axes[-1]:
        ax.set_xlabel("years from the start", fontsize=8.5)
    look.heading(fig, "When the money arrives",
                 f"Received so far, {result.tax_basis}, present value. Line: median; bands: 25 to 75 and 5 "
                 "to 95 %;\nhairlines: single futures; dotted: the pay compared ends; the figure is "
                 "the median.", compact)
    look.inches(fig, 0.75, 0.25, 0.95 if compact else 1.1, 0.5 if compact else 0.95,
                wspace=0.12, hspace=0.24)
    return ["The money axis ends at the highest 95th percentile; tails go on.", look.left_out(out)]


def exits_by_kind(result):
    """{kind: share of exits [company][month]} of the three ways to end."""
    exits = np.nan_to_num(result.need("/companies/exit_by_month"))
    kinds = [str(k) for k in result.need("/exit_kind")]
    return {k: exits[:, kinds.index(k)] for k in ("ipo", "acquisition", "failure") if k in kinds}


def private_companies(result):
    """Rows of the companies that can exit."""
    ends = exits_by_kind(result)
    n = len(next(iter(ends.values()))) if ends else 0
    return [i for i in range(n) if sum(e[i].sum() for e in ends.values()) > 0]


def exit_panel(ax, result, row, with_names):
    """Cumulative share of each exit; names where there is room, else the shares alone."""
    ends = exits_by_kind(result)
    years = np.arange(next(iter(ends.values())).shape[1]) / 12
    floor, labels = np.zeros(len(years)), []
    for kind, exits in ends.items():
        top = floor + np.cumsum(exits[row])
        ax.fill_between(years, floor, top, color=look.KIND_COLOURS[kind], linewidth=0, alpha=0.85)
        labels.append((kind, top[-1] - floor[-1], (top[-1] + floor[-1]) / 2))
        floor = top
    labels.append(("none", 1 - floor[-1], (1 + floor[-1]) / 2))
    labels = [label for label in labels if label[1] > 0.005]
    ys = look.spread([label[2] for label in labels], 0.085, 0.03, 0.97)
    for (kind, share, _), y in zip(labels, ys):
        name = f"{KIND_NAMES[kind]} " if with_names else ""
        ax.annotate(f"{name}{100 * share:.0f} %", (years[-1], y), xytext=(4, 0), va="center",
                    textcoords="offset points", fontsize=8, color=kind_words(kind))
    ax.set(xlim=(0, years[-1]), ylim=(0, 1))
    ax.set_title(result.companies()[row], loc="left", fontsize=9.5, fontweight="bold")
    ax.set_xlabel("years", fontsize=8.5)
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    look.percent_axis(ax.yaxis)


def kind_words(kind):
    return look.SOFT if kind == "none" else look.words(look.KIND_COLOURS[kind])


def exit_legend(fig, left, top):
    """The words went public, was bought, ... in their colours, in one line."""
    width, height = fig.bbox.width / fig.dpi, fig.bbox.height / fig.dpi
    x = left
    for kind, name in KIND_NAMES.items():
        fig.text(x / width, 1 - top / height, name, color=kind_words(kind), fontsize=8.5,
                 fontweight="bold", va="top")
        x += 0.082 * len(name) + 0.16


def never_text(result, row, quantiles):
    never = result.get("/offers/time_to_cash_never")
    if never is not None:
        return f"never in {100 * never[row]:.0f} %" if never[row] >= 0.005 else ""
    finite = np.isfinite(quantiles)
    if finite.all():
        return ""
    if not finite.any():
        return "never in nearly every future"
    last = int(np.flatnonzero(finite)[-1])
    low, high = 1 - result.levels[last + 1], 1 - result.levels[last]
    return f"never in {100 * low:.0f}–{100 * high:.0f} %"


def cash_panel(ax, result, rows):
    times = result.need("/offers/time_to_cash_quantiles")
    months = result.get("/month")
    end = (np.max(months) / 12) if months is not None else np.nanmax(times[rows])
    colour = look.colours(result)
    for at, row in enumerate(rows):
        y, name, t = len(rows) - 1 - at, result.offers[row], times[row]
        q = {p: t[result.level(p)] for p in (0.05, 0.25, 0.5, 0.75, 0.95)}
        q = {p: v if np.isfinite(v) else end for p, v in q.items()}
        ax.plot([q[0.05], q[0.95]], [y, y], color=colour[name], linewidth=1)
        ax.plot([q[0.25], q[0.75]], [y, y], color=colour[name], linewidth=4,
                solid_capstyle="butt")
        median = t[result.level(0.5)]
        if np.isfinite(median):
            ax.plot(median, y, "o", color="white", markeredgecolor=colour[name], markersize=6)
        ax.annotate(name, (0, y), xycoords=("axes fraction", "data"), xytext=(-8, 0), va="center",
                    textcoords="offset points", ha="right", color=look.words(colour[name]), fontweight="bold")
        said = f"{median:.1f} y" if np.isfinite(median) else "–"
        ax.annotate("   ".join(filter(None, [said, never_text(result, row, t)])), (1, y), va="center",
                    xycoords=("axes fraction", "data"), xytext=(8, 0), fontsize=8,
                    textcoords="offset points", color=look.words(colour[name]))
    ax.set(xlim=(0, end), ylim=(-0.6, len(rows) - 0.4), yticks=[])
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("years to the first money from equity (median at the right)", fontsize=8.5)
    ax.grid(axis="x", color=look.FAINT, linewidth=0.5)
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=True))


def place_panels(fig, n_companies, n_offers, compact, more):
    """Grid cells of the company panels and of the panel of times; None where there is none;
    more: inches that the names of offers take beyond the usual."""
    if not n_companies or not n_offers:
        grid = fig.add_gridspec(1, max(n_companies, 1), wspace=0.45)
        cells = [grid[0, i] for i in range(n_companies)]
        return cells, None if not n_offers else grid[0, 0]
    if compact:
        grid = fig.add_gridspec(1, 2, width_ratios=[1.0, 0.75], wspace=0.75 + 0.33 * more)
        inner = grid[0].subgridspec(1, n_companies, wspace=0.55)
        return [inner[0, i] for i in range(n_companies)], grid[1]
    grid = fig.add_gridspec(2, 1, hspace=0.75 / 2.4, height_ratios=[2.2, 0.27 * n_offers + 0.1])
    inner = grid[0].subgridspec(1, n_companies, wspace=0.42)
    return [inner[0, i] for i in range(n_companies)], grid[1]


def drawn_companies(result, compact):
    """Rows of the companies that there is room for, and the names of the others."""
    if result.get("/companies/exit_by_month") is None:
        return [], []
    rows, limit = private_companies(result), 2 if compact else 4
    return rows[:limit], [result.companies()[row] for row in rows[limit:]]


def draw_timing(fig, result, compact=False):
    """How companies exit by year, and when the paper of an offer becomes cash."""
    companies, others = drawn_companies(result, compact)
    rows, out = choose(result, 6 if compact else 12)
    if result.get("/offers/time_to_cash_quantiles") is None:
        rows = []
    if not companies and not rows:
        raise Missing("/companies/exit_by_month and /offers/time_to_cash_quantiles")
    cells, last = place_panels(fig, len(companies), len(rows), compact,
                               look.label_margin(result) - 1.5)
    for cell, row in zip(cells, companies):
        ax = fig.add_subplot(cell)
        exit_panel(ax, result, row, len(companies) == 1 and not compact)
        if row != companies[0]:
            ax.set_yticklabels([])
    if rows:
        cash_panel(fig.add_subplot(last), result, rows)
    first, second = ("Left", "Right") if compact else ("Above", "Below")
    look.heading(fig, "How it ends, and when paper is cash",
                 f"{first}: share of futures in which a company has exited by a year. {second}: "
                 "years to the first money from\nequity; bars 25 to 75 %, lines 5 to 95 % of the "
                 "futures.", compact)
    if companies and (compact or len(companies) > 1):
        exit_legend(fig, 0.62 if compact else look.label_margin(result), 0.76 if compact else 0.98)
    look.inches(fig, 0.62 if compact else look.label_margin(result), 1.55, 1.25 if compact else 1.5,
                0.5 if compact else 0.95)
    return [look.left_out(out), look.left_out(others, "the exits of ")]
