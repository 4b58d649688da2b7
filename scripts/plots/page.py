"""One page that puts the pictures together."""
import textwrap

import numpy as np

from . import look
from .distributions import draw_cumulative, draw_difference, draw_distributions
from .result import Missing, choose
from .timing import draw_fans, draw_timing, drawn_companies


def certain_worth(result):
    """Certainty equivalent at the person's risk aversion, else at 2, else none."""
    chosen = result.get("/offers/certainty_equivalent_chosen")
    if chosen is not None:
        return chosen, float(result.fact("risk_aversion", 2.0))
    table, gammas = result.get("/offers/certainty_equivalent"), result.get("/gamma")
    if table is None or gammas is None:
        return None, None
    wanted = float(result.fact("risk_aversion", 2.0))
    at = int(np.argmin(np.abs(np.asarray(gammas, float) - wanted)))
    return table[:, at], float(gammas[at])


def columns_of(result):
    """(heading, text per offer) of the table, as far as the file goes."""
    out = []
    worth, gamma = certain_worth(result)
    if worth is not None:
        out.append((f"worth to you\n(risk {gamma:g})", [result.money(v) for v in worth]))
    if result.get("/offers/total_quantiles") is not None:
        median = result.quantile("/offers/total_quantiles", 0.5)
        out.append(("typical\n(median)", [result.money(v) for v in median]))
    for path, heading in (("/offers/cvar_05", "bad case\n(worst 5 %)"),
                          ("/offers/total_mean", "mean\n")):
        if result.get(path) is not None:
            out.append((heading, [result.money(v) for v in result.need(path)]))
    zero = result.get("/offers/p_equity_zero")
    if zero is not None:
        out.append(("paper worth\nnothing", [f"{100 * v:.0f} %" for v in zero]))
    return out


def draw_table(fig, result):
    """The figures of the verdict, one line per offer."""
    rows, _ = choose(result, 10)
    worth, _ = certain_worth(result)
    if worth is not None:
        rows = sorted(rows, key=lambda r: -worth[r])
    columns, colour = columns_of(result), look.colours(result)
    if not columns:
        raise Missing("/offers")
    ax = fig.add_subplot()
    ax.axis("off")
    ax.set(xlim=(0, 1), ylim=(-max(len(rows), 6) - 0.1, 1.1))
    xs = np.linspace(0.46, 1.0, len(columns)) if len(columns) > 1 else [1.0]
    for x, (heading, _) in zip(xs, columns):
        ax.text(x, 0.1, heading, ha="right", va="bottom", color=look.SOFT, fontsize=8)
    ax.plot([0, 1], [0, 0], color=look.SOFT, linewidth=0.6)
    for at, row in enumerate(rows):
        name = result.offers[row]
        baseline = "  (baseline)" if name == result.baseline and len(result.offers) > 1 else ""
        ax.text(0, -at - 0.5, name + baseline, va="center", color=look.words(colour[name]),
                fontweight="bold")
        for i, (x, (_, values)) in enumerate(zip(xs, columns)):
            ax.text(x, -at - 0.5, values[row], ha="right", va="center",
                    fontweight="bold" if i == 0 else "normal")
    look.heading(fig, "The offers, best first" if len(rows) > 1 else "The offer",
                 f"Present value, {result.tax_basis}. Worth to you: the sure sum that is as good.",
                 True)
    look.inches(fig, 0.16, 0.3, 0.6, 0.15)
    return []


def left_out(result):
    """What the pictures of the page leave out, one sentence: each shows what it has room for."""
    everywhere = choose(result, 8)[1]
    fans, cash = ([name for name in choose(result, room)[1] if name not in everywhere]
                  for room in (4, 6))
    parts = [look.listed(everywhere)] if everywhere else []
    parts += [f"in When the money arrives {look.listed(fans)}"] if fans else []
    parts += [f"in How it ends {look.listed(cash)}"] if cash else []
    _, companies = drawn_companies(result, compact=True)
    parts += [f"the exits of {look.listed(companies)}"] if companies else []
    return f"Not drawn, for room: {'; '.join(parts)}." if parts else ""


def draw_page(fig, result, compact=True):
    """Six pictures; one that cannot be drawn says so in its place."""
    title = result.fact("title") or "Offers compared"
    height = fig.bbox.height / fig.dpi
    verdict = str(result.arrays.get("/verdict/text", ""))
    without = textwrap.fill(left_out(result), 260)
    foot = 0.03 + 0.015 * (without.count("\n") + 1 if without else 0)
    outer = fig.add_gridspec(3, 1, height_ratios=[0.085 if verdict else 0.06, 1, foot])
    body = fig.add_subfigure(outer[1])
    fig.text(0.012, 1 - 0.22 / height, str(title), fontsize=18, fontweight="bold", va="top")
    fig.text(0.012, 1 - 0.62 / height, textwrap.fill(verdict, 190), fontsize=11, color=look.SOFT,
             va="top", linespacing=1.35)
    places = body.subfigures(3, 2, height_ratios=[1.0, 1.0, 0.95], width_ratios=[1, 1],
                             hspace=0.0, wspace=0.0)
    drawers = [draw_table, draw_distributions, draw_difference, draw_cumulative, draw_fans,
               draw_timing]
    notes = []
    for place, draw in zip(places.flat, drawers):
        try:
            draw(place, result) if draw is draw_table else draw(place, result, compact=True)
        except Missing as what:
            said = "one offer, nothing to compare it with" if len(result.offers) == 1 else \
                f"not in this file: {what}"
            place.text(0.5, 0.5, said, ha="center", color=look.SOFT)
            notes.append(f"{draw.__name__[5:]}: no {what}")
    return ["Axes start at the 1st percentile and end at or short of the 99th; tails go on.",
            without]
