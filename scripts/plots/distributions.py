"""Pictures of how much: distributions, cumulative distributions, difference to the baseline."""
import numpy as np

from . import look
from .result import Missing, choose

def histogram(result, group, stem, axis):
    """Edges of the bins, and per row the share of paths below each edge."""
    counts = result.need(f"{group}/{stem}_count").astype(float)
    edges = result.edges(group, axis)
    zero = np.zeros(len(counts))
    under = np.nan_to_num(result.arrays.get(f"{group}/{stem}_under", zero))
    over = np.nan_to_num(result.arrays.get(f"{group}/{stem}_over", zero))
    total = counts.sum(axis=1) + under + over
    if not len(total) or total.min() <= 0:
        raise Missing(f"a path in {group}/{stem}_count")
    below = np.concatenate([under[:, None], under[:, None] + np.cumsum(counts, axis=1)], axis=1)
    return edges, below / total[:, None]


def density(edges, below, grid):
    """Share of paths per unit of money in each cell of a grid, a little smoothed: over a bin, or
    over five cells where bins are finer."""
    cells = np.diff(np.interp(grid, edges, below)) / np.diff(grid)
    inside = edges[(edges >= grid[0]) & (edges <= grid[-1])]
    bin_width = np.median(np.diff(inside)) if len(inside) > 2 else 0.0
    half = int(min(max(2, np.ceil(bin_width / np.median(np.diff(grid)))), len(cells) // 8))
    kernel = half + 1.0 - np.abs(np.arange(-half, half + 1))
    weight = np.convolve(np.ones(len(cells)), kernel, mode="same")
    return np.convolve(cells, kernel, mode="same") / weight


def money_range(result, path, rows):
    """From the 1st to the 99th percentile of the rows, and the sentence that says so."""
    low = result.quantile(path, 0.01)[rows].min()
    high = result.quantile(path, 0.99)[rows].max()
    said = f"The axis runs from the 1st to the 99th percentile ({result.money(low)} to " \
           f"{result.money(high)}); tails go on."
    # One long tail would press all other offers to a wall: it is cut where the others end.
    room = low + 1.6 * (result.quantile(path, 0.95)[rows].max() - low)
    if high > room > low:
        said = f"The axis starts at the 1st percentile and ends at {result.money(room)}, short " \
               f"of the highest 99th percentile, {result.money(high)}; tails go on."
        high = room
    pad = 0.02 * (high - low) or 1.0
    return (low - pad, high + pad), said


def ridge(ax, y, grid, cells, colour, height=0.82):
    middle = (grid[:-1] + grid[1:]) / 2
    top = y + height * cells / (cells.max() or 1.0)
    ax.fill_between(middle, y, top, color=colour, alpha=0.28, linewidth=0)
    ax.plot(middle, top, color=colour, linewidth=1.1)
    ax.plot([grid[0], grid[-1]], [y, y], color=look.FAINT, linewidth=0.6, zorder=0)
    return top


def mark_quantiles(ax, y, quantiles, colour, limits):
    """5 to 95 % as a thin line, 25 to 75 % as a thick one, the median as a dot."""
    q05, q25, q50, q75, q95 = np.clip(quantiles, *limits)
    ax.plot([q05, q95], [y, y], color=colour, linewidth=1.0, solid_capstyle="butt", zorder=3)
    ax.plot([q25, q75], [y, y], color=colour, linewidth=3.2, solid_capstyle="butt", zorder=3)
    ax.plot(q50, y, "o", color="white", markeredgecolor=colour, markersize=5, zorder=4)


def five(result, path, row):
    return [result.quantile(path, p)[row] for p in (0.05, 0.25, 0.50, 0.75, 0.95)]


def draw_distributions(fig, result, compact=False):
    """Each offer's total as a ridge, its quantiles under it."""
    rows, out = choose(result, 8 if compact else 12)
    edges, below = histogram(result, "/offers", "total_histogram", "bin")
    limits, tails = money_range(result, "/offers/total_quantiles", rows)
    grid = np.linspace(*limits, 160)
    colour = look.colours(result)
    ax = fig.add_subplot()
    for at, row in enumerate(rows):
        y, name = len(rows) - 1 - at, result.offers[row]
        ridge(ax, y, grid, density(edges, below[row], grid), colour[name], 0.74)
        quantiles = five(result, "/offers/total_quantiles", row)
        mark_quantiles(ax, y - 0.09, quantiles, colour[name], limits)
        ax.annotate(name, (0, y + 0.04), xycoords=("axes fraction", "data"), xytext=(-8, 0),
                    textcoords="offset points", ha="right", color=look.words(colour[name]), fontweight="bold")
        ax.annotate(result.money(quantiles[2]), (1, y + 0.04), xycoords=("axes fraction", "data"),
                    xytext=(8, 0), textcoords="offset points", color=look.words(colour[name]))
    ax.annotate("median", (1, len(rows) - 0.22), xycoords=("axes fraction", "data"), xytext=(8, 0),
                textcoords="offset points", color=look.SOFT, fontsize=8)
    ax.set(xlim=limits, ylim=(-0.35, len(rows) - 0.1), yticks=[])
    ax.spines["left"].set_visible(False)
    look.money_axis(ax.xaxis, result)
    ax.grid(axis="x", color=look.FAINT, linewidth=0.5)
    ax.set_axisbelow(True)
    look.heading(fig, "What each offer pays, over all futures",
                 f"Total pay {result.tax_basis}, present value. Bars: 25 to 75 %, lines: 5 to 95 % of the "
                 "futures. Each curve has its own height.", compact)
    look.inches(fig, look.label_margin(result), 0.8, 0.72 if compact else 0.95, 0.38 if compact else 0.8)
    return [tails, look.left_out(out)]


def end_labels(ax, xs, names, colour, levels):
    """Names beside the curves, each joined to its own at a level of its own."""
    for x, name, level in zip(xs, names, levels):
        ax.annotate(name, (x, level), xytext=(1.02, level), textcoords="axes fraction",
                    va="center", color=look.words(colour[name]), fontsize=8.5,
                    arrowprops={"arrowstyle": "-", "color": colour[name], "linewidth": 0.5,
                                "linestyle": (0, (1, 3))})
        ax.plot(x, level, "o", color=colour[name], markersize=3)


def draw_cumulative(fig, result, compact=False):
    """Chance of getting less than x."""
    rows, out = choose(result, 6 if compact else 8)
    edges, shares = histogram(result, "/offers", "total_histogram", "bin")
    limits, tails = money_range(result, "/offers/total_quantiles", rows)
    grid = np.linspace(*limits, 400)
    colour, dash = look.colours(result), look.style(result)
    ax = fig.add_subplot()
    rows = sorted(rows, key=lambda r: result.quantile("/offers/total_quantiles", 0.5)[r])
    levels = np.linspace(0.93, 0.07, len(rows)) if len(rows) > 1 else [0.5]
    xs = []
    for row, level in zip(rows, levels):
        name = result.offers[row]
        below = np.interp(grid, edges, shares[row])
        wide = 2.0 if name == result.baseline else 1.5
        ax.plot(grid, below, color=colour[name], linestyle=dash[name], linewidth=wide)
        xs.append(np.interp(level, below, grid))
    end_labels(ax, xs, [result.offers[r] for r in rows], colour, levels)
    ax.set(xlim=limits, ylim=(0, 1))
    look.money_axis(ax.xaxis, result)
    look.percent_axis(ax.yaxis)
    ax.grid(color=look.FAINT, linewidth=0.5)
    look.heading(fig, "The chance of ending below a sum",
                 f"Share of futures (up) in which total pay {result.tax_basis}, present value, is "
                 "less than the sum (across).\nA curve further right is better.", compact)
    look.inches(fig, 0.62, max(1.35, look.label_margin(result) - 0.15), 0.85 if compact else 1.1, 0.38 if compact else 0.8)
    return [tails, look.left_out(out)]


def pairs_to_baseline(result, limit):
    """(row of the pair, name of the other offer, sign that makes it other minus baseline)."""
    a, b = [[result.label(t) for t in result.need(f"/pairs/{k}")] for k in "ab"]
    chosen, _ = choose(result, limit + 1)
    names = [result.offers[i] for i in chosen]
    found = []
    for row, (x, y) in enumerate(zip(a, b)):
        if y == result.baseline and x in names:
            found.append((row, x, 1))
        elif x == result.baseline and y in names:
            found.append((row, y, -1))
    return found


def draw_difference(fig, result, compact=False):
    """Offer minus baseline on the same future, gains and losses in two colours."""
    pairs = pairs_to_baseline(result, 7 if compact else 11)
    if not pairs:
        raise Missing("/pairs with the baseline")
    edges, below = histogram(result, "/pairs", "difference_histogram", "bin_difference")
    wins = result.need("/pairs/p_a_beats_b")
    ties = result.get("/pairs/p_tie")
    quantiles = result.need("/pairs/difference_quantiles")
    rows = [row for row, _, _ in pairs]
    reach, tails = money_range(result, "/pairs/difference_quantiles", rows)
    if any(sign < 0 for _, _, sign in pairs):
        reach = (-max(np.abs(reach)), max(np.abs(reach)))
    reach = min(reach[0], -0.04 * reach[1]), max(reach[1], -0.04 * reach[0])
    grid = np.unique(np.append(np.linspace(*reach, 170), 0.0))
    colour = look.colours(result)
    ax = fig.add_subplot()
    for at, (row, name, sign) in enumerate(pairs):
        y = len(pairs) - 1 - at
        cells = density(edges, below[row], grid) if sign > 0 else \
            density(-edges[::-1], 1 - below[row][::-1], grid)
        middle, top = (grid[:-1] + grid[1:]) / 2, y + 0.78 * cells / (cells.max() or 1.0)
        at_zero = np.interp(0.0, middle, top)
        less, more = middle < 0, middle > 0
        ax.fill_between(np.append(middle[less], 0), y, np.append(top[less], at_zero),
                        color="#c4c4c4", linewidth=0)
        ax.fill_between(np.append(0, middle[more]), y, np.append(at_zero, top[more]),
                        color=colour[name], alpha=0.5, linewidth=0)
        ax.plot(middle, top, color=colour[name], linewidth=0.9)
        median = sign * quantiles[row][result.level(0.5)]
        won = wins[row] if sign > 0 else 1 - wins[row] - (ties[row] if ties is not None else 0)
        ax.plot([np.clip(median, *reach)] * 2, [y, y + 0.3], color=look.INK, linewidth=1)
        ax.annotate(name, (0, y + 0.1), xycoords=("axes fraction", "data"), xytext=(-8, 0),
                    textcoords="offset points", ha="right", color=look.words(colour[name]), fontweight="bold")
        ax.annotate(f"{100 * won:.0f} %    {result.money(median)}", (1, y + 0.1),
                    xycoords=("axes fraction", "data"), xytext=(8, 0), textcoords="offset points",
                    color=look.words(colour[name]))
    ax.annotate("wins      median", (1, len(pairs) - 0.12), xycoords=("axes fraction", "data"),
                xytext=(8, 0), textcoords="offset points", color=look.SOFT, fontsize=8)
    ax.axvline(0, color=look.INK, linewidth=0.8)
    ax.set(xlim=reach, ylim=(-0.15, len(pairs) + 0.05), yticks=[])
    ax.spines["left"].set_visible(False)
    look.money_axis(ax.xaxis, result)
    look.heading(fig, f"Against {result.baseline}, on the same futures",
                 "What an offer pays more than the baseline (coloured) or less (grey), future by "
                 "future; the tick is the median.", compact)
    look.inches(fig, look.label_margin(result), 1.4, 0.72 if compact else 0.95, 0.38 if compact else 0.8)
    return [tails]
