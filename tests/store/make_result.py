#!/usr/bin/python3
"""Writes a result file with invented numbers, for tests of whatever reads results.

usage: make_result.py OUT.h5 [--offers N] [--only GROUP,...]

Every name, dimension and unit is that of a real file; the model behind the figures is a toy.
"""
import argparse

import h5py
import numpy as np

LEVELS = np.array([0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99])
GAMMAS = np.array([0.0, 1.0, 2.0, 3.0, 5.0])
KINDS = ["none", "ipo", "acquisition", "failure"]
MONTHS, HORIZON, PATHS, WHOLE = 120, 48, 20000, 200

#        id            company         base  stock  bonus sign-on
OFFERS = [
    ("google-l6", "google", 285, 530, 0.20, 0),
    ("meta-e6", "meta", 290, 500, 0.20, 0),
    ("hf-sf low", "hugging-face", 245, 320, 0.10, 0),
    ("hf-sf mid", "hugging-face", 275, 420, 0.125, 0),
    ("hf-sf high", "hugging-face", 305, 520, 0.15, 0),
    ("hf-sf ask", "hugging-face", 300, 645, 0.125, 60),
    ("hf-paris low", "hugging-face", 235, 306, 0.10, 0),
    ("hf-paris mid", "hugging-face", 264, 402, 0.125, 0),
    ("hf-paris high", "hugging-face", 292, 497, 0.15, 0),
    ("databricks-staff", "databricks", 280, 620, 0.15, 40),
    ("openai-staff", "openai", 310, 900, 0.0, 0),
    ("early-startup", "seedling", 210, 300, 0.0, 0),
]
#             volatility, growth, share of letter, hazards a year (ipo, acquisition, failure)
COMPANIES = {
    "google": (0.30, 0.09, 1.0, None),
    "meta": (0.38, 0.10, 1.0, None),
    "hugging-face": (0.70, 0.12, 0.65, (0.057, 0.071, 0.024)),
    "databricks": (0.55, 0.11, 0.75, (0.20, 0.03, 0.02)),
    "openai": (0.65, 0.12, 0.70, (0.15, 0.02, 0.03)),
    "seedling": (0.90, 0.15, 0.55, (0.03, 0.07, 0.16)),
}


def storable(values):
    """As an array; texts as objects, which is what h5py stores with variable length."""
    values = np.asarray(values)
    return values.astype(object) if values.dtype.kind == "U" else values


class Writer:
    """An HDF5 file with dimension scales, as the store writes it."""

    def __init__(self, name, only):
        self.file, self.only = h5py.File(name, "w", track_order=True), only
        self.file.attrs["format"] = "liquidus-result/1"

    def dimension(self, name, values, units="1"):
        values = storable(values)
        kind = h5py.string_dtype() if values.dtype == object else values.dtype
        scale = self.file.create_dataset(name, data=values, dtype=kind)
        scale.make_scale(name)
        scale.attrs["_Netcdf4Dimid"] = np.int32(len(self.file) - 1)
        scale.attrs["units"], scale.attrs["long_name"] = units, name

    def put(self, path, dims, values, units="1", long_name="invented"):
        if self.only and path.split("/")[1] not in self.only:
            return
        values = storable(values)
        kind = h5py.string_dtype() if values.dtype == object else values.dtype
        data = self.file.create_dataset(path, data=values, dtype=kind)
        for axis, name in enumerate(dims):
            data.dims[axis].attach_scale(self.file[name])
        data.attrs["units"], data.attrs["long_name"] = units, long_name


def simulate_company(rng, volatility, growth, hazards, market):
    """Value by month as a multiple of the start, exit kind (index of KINDS) and exit month."""
    dt = 1 / 12
    noise = 0.4 * market + np.sqrt(1 - 0.16) * rng.standard_normal((PATHS, MONTHS))
    steps = (growth - volatility**2 / 2) * dt + volatility * np.sqrt(dt) * noise
    value = np.exp(np.concatenate([np.zeros((PATHS, 1)), np.cumsum(steps, axis=1)], axis=1))
    kind, month = np.zeros(PATHS, int), np.full(PATHS, -1)
    if hazards:
        total = sum(hazards)
        when = np.ceil(rng.exponential(12 / total, PATHS)).astype(int)
        cause = 1 + rng.choice(3, PATHS, p=np.array(hazards) / total)
        exits = when <= MONTHS
        kind[exits], month[exits] = cause[exits], when[exits]
        dead = np.arange(MONTHS + 1)[None, :] >= np.where(kind == 3, month, MONTHS + 1)[:, None]
        value = np.where(dead, np.nan, value)
    return value, kind, month


def simulate_offer(rng, offer, company, worlds):
    """Cumulative after-tax present value by month, split into cash and equity."""
    _, _, base, stock, bonus, sign_on = offer
    value, kind, month = worlds[company]
    share, private = COMPANIES[company][2], COMPANIES[company][3] is not None
    months = np.arange(MONTHS + 1)
    working = (months >= 1) & (months <= HORIZON)
    payout = rng.triangular(0.0, 0.9, 1.2, (PATHS, 1))
    wage = np.where(working, base / 12 * 0.62, 0.0)[None, :] * (1 + bonus * payout)
    wage[:, 1] += sign_on * 0.6
    discount = 1.044 ** (-months / 12)
    cash = np.cumsum(wage * discount, axis=1)
    per_month = np.where(working, stock / 48 * 0.6 * share, 0.0)
    held = np.nan_to_num(value)
    if not private:
        equity = np.cumsum(per_month * held * discount, axis=1)
        first_cash = np.full(PATHS, 0.25)
    else:
        pays = (kind == 1) | (kind == 2)
        settle = np.where(pays, np.maximum(month, 1) + 6 * (kind == 1), MONTHS + 99)
        vested = np.cumsum(per_month)[None, :] * (months[None, :] >= settle[:, None])
        at = np.clip(settle, 0, MONTHS)
        price = held[np.arange(PATHS), np.clip(month, 0, MONTHS)][:, None]
        equity = vested * price * discount[at][:, None]
        first_cash = np.where(pays & (settle <= MONTHS), settle / 12, np.nan)
    return cash * 1e3, np.maximum.accumulate(equity, axis=1) * 1e3, first_cash


def quantiles(x, axis=0):
    return np.moveaxis(np.quantile(x, LEVELS, axis=axis), 0, -1)


def quantiles_with_never(x):
    """Quantiles of a time that may never come: NaN where it has not come yet."""
    filled = np.where(np.isnan(x), np.inf, x)
    out = np.quantile(filled, LEVELS, method="lower")
    return np.where(np.isinf(out), np.nan, out)


def role_of(name):
    word = name.split(" ")[-1]
    return {"low": "band-low", "mid": "band-mid", "high": "band-high"}.get(
        word, "ask" if word == "ask" else "letter")


def put_offers(w, offers, runs):
    total = np.stack([(c + e)[:, -1] for c, e, _ in runs])
    parts = {"total": total, "cash": np.stack([c[:, -1] for c, _, _ in runs]),
             "equity": np.stack([e[:, -1] for _, e, _ in runs])}
    parts["tax"] = 0.6 * parts["total"]
    for name, x in parts.items():
        w.put(f"/offers/{name}_mean", ["offer"], x.mean(1), "USD")
        w.put(f"/offers/{name}_mean_se", ["offer"], x.std(1) / PATHS**0.5, "USD")
        w.put(f"/offers/{name}_sd", ["offer"], x.std(1), "USD")
        w.put(f"/offers/{name}_quantiles", ["offer", "quantile"], quantiles(x, 1), "USD")
        w.put(f"/offers/{name}_quantiles_se", ["offer", "quantile"],
              0.002 * quantiles(x, 1), "USD")
    edges = np.sinh(np.linspace(0, np.arcsinh(1e8 / 1e4), 700)) * 1e4
    w.dimension("bin", np.arange(len(edges) - 1))
    w.put("/offers/bin_low", ["bin"], edges[:-1], "USD")
    w.put("/offers/bin_high", ["bin"], edges[1:], "USD")
    w.put("/offers/total_histogram_count", ["offer", "bin"],
          np.stack([np.histogram(x, edges)[0] for x in total]))
    w.put("/offers/total_histogram_under", ["offer"], (total < edges[0]).sum(1))
    w.put("/offers/total_histogram_over", ["offer"], (total > edges[-1]).sum(1))
    w.put("/offers/name", ["offer"], [o[0] for o in offers], "")
    w.put("/offers/role", ["offer"], [role_of(o[0]) for o in offers], "")
    w.put("/offers/letter_id", ["offer"], [o[0].split(" ")[0] for o in offers], "")
    months = np.arange(0, HORIZON + 1, 12)
    by_year = np.stack([np.diff((c + e)[:, months], axis=1) for c, e, _ in runs])
    w.put("/offers/by_year_mean", ["offer", "year"], by_year.mean(1), "USD")
    w.put("/offers/by_year_quantiles", ["offer", "year", "quantile"], quantiles(by_year, 1),
          "USD")
    w.put("/offers/fan_total", ["offer", "month", "quantile"],
          np.stack([quantiles(c + e) for c, e, _ in runs]), "USD")
    wealth = 4e5
    ce = [[np.exp(np.log(wealth + x).mean()) - wealth if g == 1 else
           ((wealth + x) ** (1 - g)).mean() ** (1 / (1 - g)) - wealth for g in GAMMAS]
          for x in total]
    w.put("/offers/certainty_equivalent", ["offer", "gamma"], ce, "USD")
    w.put("/offers/certainty_equivalent_se", ["offer", "gamma"], 0.001 * np.array(ce), "USD")
    tail = [np.sort(x)[: PATHS // 20].mean() for x in total]
    w.put("/offers/cvar_05", ["offer"], tail, "USD")
    w.put("/offers/p_equity_zero", ["offer"], [(e[:, -1] <= 0).mean() for _, e, _ in runs])
    w.put("/offers/time_to_cash_quantiles", ["offer", "quantile"],
          np.stack([quantiles_with_never(t) for _, _, t in runs]), "year")
    return total


def put_pairs(w, offers, total):
    others = [i for i in range(len(offers)) if i != 0]
    w.dimension("pair", np.arange(len(others)))
    gain = np.stack([total[i] - total[0] for i in others])
    edges = np.sinh(np.linspace(-8, 8, 801)) * 1e4
    w.dimension("bin_difference", np.arange(len(edges) - 1))
    w.put("/pairs/a", ["pair"], [offers[i][0] for i in others], "")
    w.put("/pairs/b", ["pair"], [offers[0][0]] * len(others), "")
    w.put("/pairs/p_a_beats_b", ["pair"], (gain > 0).mean(1))
    w.put("/pairs/p_tie", ["pair"], (gain == 0).mean(1))
    w.put("/pairs/difference_mean", ["pair"], gain.mean(1), "USD")
    w.put("/pairs/difference_quantiles", ["pair", "quantile"], quantiles(gain, 1), "USD")
    w.put("/pairs/bin_difference_low", ["bin_difference"], edges[:-1], "USD")
    w.put("/pairs/bin_difference_high", ["bin_difference"], edges[1:], "USD")
    w.put("/pairs/difference_histogram_count", ["pair", "bin_difference"],
          np.stack([np.histogram(x, edges)[0] for x in gain]))


def put_companies(w, names, worlds):
    w.dimension("company", names, "")
    w.dimension("exit_kind", KINDS, "")
    w.put("/companies/name", ["company"], names, "")
    share = np.zeros((len(names), len(KINDS), MONTHS + 1))
    for i, name in enumerate(names):
        _, kind, month = worlds[name]
        share[i, 0, -1] = np.mean(kind == 0)
        for k in (1, 2, 3):
            counts = np.bincount(month[kind == k], minlength=MONTHS + 1)
            share[i, k] = counts[: MONTHS + 1] / PATHS
    w.put("/companies/exit_by_month", ["company", "exit_kind", "month"], share)
    fan = [quantiles(np.nan_to_num(worlds[n][0])) * 4.5e9 for n in names]
    w.put("/companies/fan_value", ["company", "month", "quantile"], np.stack(fan), "USD")


def put_paths(w, offers, runs, names, worlds):
    w.dimension("path", np.arange(WHOLE))
    received = np.stack([(c + e)[:WHOLE] for c, e, _ in runs], axis=1)
    w.put("/paths/received", ["path", "offer", "month"], received, "USD")
    w.put("/paths/total", ["path", "offer"], received[:, :, -1], "USD")
    w.put("/paths/value", ["path", "company", "month"],
          np.stack([worlds[n][0][:WHOLE] * 4.5e9 for n in names], axis=1), "USD")
    w.put("/paths/exit_kind", ["path", "company"],
          np.stack([worlds[n][1][:WHOLE] for n in names], axis=1))
    w.put("/paths/exit_month", ["path", "company"],
          np.stack([worlds[n][2][:WHOLE] for n in names], axis=1), "month")


def put_manifest(w):
    for name, value in {"schema": "liquidus-result/1", "title": "Invented figures",
                        "currency": "USD", "start_date": "2027-01-01", "sampling": "random",
                        "baseline": "google-l6", "content_sha256": "0" * 64}.items():
        w.put(f"/manifest/{name}", [], value, "")
    for name, value in {"seed": 2026, "paths": PATHS, "complete": 1}.items():
        w.put(f"/manifest/{name}", [], np.int64(value))
    w.put("/manifest/horizon_years", [], float(HORIZON / 12), "year")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out")
    parser.add_argument("--offers", type=int, default=6)
    parser.add_argument("--only", default="", help="groups to write, comma-separated; default all")
    args = parser.parse_args()
    offers = OFFERS[: args.offers]
    names = list(dict.fromkeys(o[1] for o in offers))
    rng = np.random.default_rng(7)
    market = rng.standard_normal((PATHS, MONTHS))
    worlds = {n: simulate_company(rng, *COMPANIES[n][:2], COMPANIES[n][3], market) for n in names}
    runs = [simulate_offer(rng, o, o[1], worlds) for o in offers]
    w = Writer(args.out, [g for g in args.only.split(",") if g])
    w.dimension("offer", [o[0] for o in offers], "")
    w.dimension("quantile", LEVELS)
    w.dimension("gamma", GAMMAS)
    w.dimension("year", np.arange(1, HORIZON // 12 + 1), "year")
    w.dimension("month", np.arange(MONTHS + 1), "month")
    total = put_offers(w, offers, runs)
    put_pairs(w, offers, total)
    put_companies(w, names, worlds)
    put_paths(w, offers, runs, names, worlds)
    put_manifest(w)
    w.file.close()


if __name__ == "__main__":
    main()
