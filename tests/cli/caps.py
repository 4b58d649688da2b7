"""Configs of one company with the cap table of a validation case."""
import json
import math
import pathlib

CASES = {c["id"]: c for c in json.loads(
    (pathlib.Path(__file__).parent.parent / "validation" / "cases.json").read_text())["cases"]}


def series(p):
    rights = f"{p['cap']:g}x" if p["part"] == "cap" else p["part"]
    return (f"        - {{series: {p['name']}, shares: {p['shares']:.12g}, invested: "
            f"{p['invest']:.12g}, multiple: {p['mult']:g}, participation: {rights}, rank: "
            f"{p['rank']}, conversion: {p['conv']:g}, accrued: {p['accrued']:.12g}}}\n")


def cap_table(cap):
    text = f"    cap_table:\n      common: {cap['common']:.12g}\n"
    if cap.get("options"):
        text += "      options:\n"
        for o in cap["options"]:
            text += (f"        - {{id: {o['name']}, shares: {o['n']:.12g}, "
                     f"strike: {o['strike']:g}}}\n")
    text += "      preferred:\n" + "".join(series(p) for p in cap["preferred"])
    for ours, theirs in (("debt", "debt"), ("fees", "costs"), ("carve_out", "carveout")):
        if cap.get(theirs):
            text += f"      {ours}: {cap[theirs]:.12g}\n"
    return text


def config(cap, sigma=0.5, rate=0.04, more=""):
    """A config without offers; the rate is continuous."""
    return ("schema: liquidus/1\n"
            f"market: {{rate: {100 * math.expm1(rate):.15g}%}}\n"
            "companies:\n  acme:\n    like: none\n    listing: private\n"
            f"    volatility: {100 * sigma:g}%\n" + cap_table(cap) + more)
