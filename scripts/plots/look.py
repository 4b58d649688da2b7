"""How the pictures look: colours, axes of money, labels at the line, the footer."""
import os

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (the backend comes first)
import numpy as np  # noqa: E402
from matplotlib.colors import to_hex, to_rgb  # noqa: E402
from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: E402

from .result import rank  # noqa: E402

INK, SOFT, FAINT = "#222222", "#666666", "#dddddd"
# Okabe and Ito (2008), told apart by readers with any colour vision; yellow is too pale on white.
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6A3D9A", "#8C510A"]
KIND_COLOURS = {"ipo": "#0072B2", "acquisition": "#56B4E9", "failure": "#D55E00", "none": "#eeeeee"}
NOT_ADVICE = "Not financial, tax or legal advice."

plt.rcParams.update({
    "font.family": "DejaVu Sans", "font.size": 9, "text.color": INK, "axes.edgecolor": SOFT,
    "axes.labelcolor": SOFT, "xtick.color": SOFT, "ytick.color": SOFT, "axes.spines.top": False,
    "axes.spines.right": False, "axes.linewidth": 0.7, "xtick.major.width": 0.7,
    "ytick.major.width": 0.7, "text.parse_math": False, "svg.fonttype": "none", "svg.hashsalt": "liquidus",
    "figure.facecolor": "white", "savefig.facecolor": "white"})


def mix(colour, other, share):
    a, b = np.array(to_rgb(colour)), np.array(to_rgb(other))
    return to_hex(a + share * (b - a))


def hues(result):
    """A number for each offer but the baseline; the offers of one band share theirs."""
    out, numbers = {}, {}
    for name in sorted(result.offers, key=lambda n: rank(result, n)):
        if name == result.baseline:
            continue
        band = result.roles[name].startswith("band")
        key = ("band", result.letters[name]) if band else ("alone", name)
        out[name] = numbers.setdefault(key, len(numbers))
    return out


def colours(result):
    """A colour for every offer, the same in all pictures: ink for the baseline, one hue for a
    band, paler at its ends."""
    out = {result.baseline: INK}
    for name, hue in hues(result).items():
        colour = PALETTE[hue % len(PALETTE)]
        out[name] = mix(colour, "white", 0.35) if rank(result, name) else colour
    return out


def style(result):
    """Dashed for the ends of a band and for the second round of colours."""
    out = {result.baseline: "-"}
    for name, hue in hues(result).items():
        out[name] = "--" if rank(result, name) or hue >= len(PALETTE) else "-"
    return out


def words(colour):
    """The colour for text: darker, to be read on white."""
    return mix(colour, "black", 0.22)


def money_axis(axis, result, bins=6):
    axis.set_major_locator(MaxNLocator(bins, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda x, _: result.money(x)))


def percent_axis(axis):
    axis.set_major_formatter(FuncFormatter(lambda x, _: f"{100 * x:.0f} %"))


def heading(fig, title, subtitle, compact=False):
    """A title that says what is shown, and under it how to read it."""
    height = fig.bbox.height / fig.dpi if hasattr(fig, "dpi") else fig.bbox.height / 100
    top = 1 - 0.16 / height
    fig.text(0.012, top, title, fontsize=11 if compact else 14, fontweight="bold", va="top")
    gap = 0.24 if compact else 0.32
    fig.text(0.012, top - gap / height, subtitle, fontsize=8 if compact else 9.5, color=SOFT,
             va="top", linespacing=1.35)


def inches(fig, left, right, top, bottom, **more):
    """Margins in inches, so that they hold for any size of figure."""
    width, height = fig.bbox.width / fig.dpi, fig.bbox.height / fig.dpi
    fig.subplots_adjust(left=left / width, right=1 - right / width, top=1 - top / height,
                        bottom=bottom / height, **more)


def label_margin(result):
    """Inches that the longest name of an offer takes at the left."""
    return max(1.5, 0.25 + 0.098 * max(map(len, result.offers)))


def spread(positions, gap, low, high):
    """Moves labels apart until they are gap from one another, within low and high."""
    order = np.argsort(positions)
    out = np.asarray(positions, float)[order]
    for _ in range(200):
        moved = False
        for i in range(len(out) - 1):
            short = gap - (out[i + 1] - out[i])
            if short > 1e-9:
                out[i] -= short / 2
                out[i + 1] += short / 2
                moved = True
        out = np.clip(out, low, high)
        if not moved:
            break
    back = np.empty_like(out)
    back[order] = out
    return back


def footer(fig, result, notes):
    """What the numbers rest on."""
    facts = []
    paths, seed = result.fact("paths"), result.fact("seed")
    if paths is not None:
        facts.append(f"{int(paths):,} futures")
    if seed is not None:
        facts.append(f"seed {seed}")
    start = result.fact("start_date")
    horizon = result.fact("horizon_years")
    if horizon is not None:
        facts.append(f"pay earned in {float(horizon):g} years")
    if start is not None:
        facts.append(f"present value in {result.currency} of {start}, {result.tax_basis}")
    digest = result.fact("content_sha256")
    if digest:
        facts.append(f"result {str(digest)[:12]}")
    if result.fact("complete", 1) == 0:
        facts.insert(0, "INCOMPLETE: the run was interrupted")
    lines = [" · ".join(facts + [NOT_ADVICE])] + [n for n in notes if n]
    height = fig.bbox.height / fig.dpi
    fig.text(0.012, 0.10 / height, "\n".join(reversed(lines)), fontsize=7.5, color=SOFT,
             va="bottom", linespacing=1.4)


def listed(names, most=6):
    """The first few of them, and how many more."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def left_out(names, what=""):
    if not names:
        return ""
    return f"Not drawn, for room: {what}{listed(names)}."


def save(fig, folder, name, formats):
    """Writes a picture in every format; how many files it takes the place of."""
    over = 0
    for kind in formats:
        # No dates in the files: equal results give equal pictures.
        metadata = {"svg": {"Date": None}, "png": {"Software": None}}.get(kind, {})
        path = os.path.join(folder, f"{name}.{kind}")
        over += os.path.exists(path)
        fig.savefig(path, metadata=metadata)
    return over


def tell(folder, names, formats, over):
    """What was written, and what it was written over."""
    n = len(names) * len(formats)
    print(f"Wrote {', '.join(names)} ({', '.join(formats)}) into {folder}/"
          + (f"; {over} of {n} files replaced older ones" if over else ""))
