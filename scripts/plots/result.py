"""A result file in memory: arrays by name, and what every picture asks of them."""
import re

import h5py
import numpy as np

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}


class Missing(Exception):
    """A picture needs what the file does not hold."""


def text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


class Result:
    def __init__(self, path):
        self.arrays = {}
        with h5py.File(path, "r") as file:
            if not text(file.attrs.get("format", "")).startswith("liquidus-result/"):
                raise ValueError(f"{path}: not a result file of liquidus")
            self._load(file, "")
        self.levels = self.need("/quantile").astype(float)
        self.ids = self._texts("/offer", "/offers/id", "/offers/name")
        self.offers = self._labels("/offers/name", self.ids)
        self.roles = self._per_offer("/offers/role", "letter")
        self.letters = self._per_offer("/offers/letter_id", None)
        self.currency = self.fact("currency", "USD")

    def _load(self, group, prefix):
        for name in group:
            path, item = f"{prefix}/{name}", group[name]
            if isinstance(item, h5py.Group):
                if path != "/samples":
                    self._load(item, path)
            elif h5py.check_string_dtype(item.dtype):
                self.arrays[path] = np.vectorize(text, otypes=[object])(item[()])
            else:
                self.arrays[path] = item[()]

    def get(self, path):
        return self.arrays.get(path)

    def need(self, path):
        if path not in self.arrays:
            raise Missing(path)
        return np.asarray(self.arrays[path])

    def _texts(self, *paths):
        for path in paths:
            if path in self.arrays:
                return [str(t) for t in self.arrays[path]]
        raise Missing(paths[0])

    def _labels(self, path, ids):
        """Names for people, where they are there, short, and tell the ids apart."""
        names = [str(t) for t in self.arrays.get(path, ids)]
        good = len(set(names)) == len(ids) == len(names) and max(map(len, names), default=0) < 25
        return names if good and all(names) else ids

    def _per_offer(self, path, default):
        values = self.arrays.get(path)
        if values is None or len(values) != len(self.ids):
            return {label: default or label for label in self.offers}
        return dict(zip(self.offers, map(str, values)))

    def label(self, offer_id):
        """What the pictures call an offer that the file names by its id."""
        offer_id = str(offer_id)
        return self.offers[self.ids.index(offer_id)] if offer_id in self.ids else offer_id

    def fact(self, name, default=None):
        """A scalar of the manifest."""
        for group in ("/manifest", "/manifest/run", "/scenario"):
            value = self.arrays.get(f"{group}/{name}")
            if value is not None and np.ndim(value) == 0:
                return str(value) if isinstance(value, (str, np.ndarray)) and \
                    np.asarray(value).dtype == object else value
        return default

    def level(self, p):
        """Index of a quantile level."""
        found = np.flatnonzero(np.isclose(self.levels, p))
        if not len(found):
            raise Missing(f"quantile {p}")
        return int(found[0])

    def quantile(self, path, p):
        """Column of an array whose last axis is `quantile`."""
        return self.need(path)[..., self.level(p)]

    def edges(self, group, axis):
        """Borders of the bins of a histogram, however the file spells them."""
        stems = ["bin", axis] if axis != "bin" else ["bin"]
        for stem in reversed(stems):
            low, high = self.get(f"{group}/{stem}_low"), self.get(f"{group}/{stem}_high")
            if low is not None and high is not None:
                return np.append(low, high[-1]).astype(float)
        edge = self.get("/bin_edge")
        if edge is not None:
            return np.asarray(edge, float)
        raise Missing(f"{group}/bin_low")

    @property
    def baseline(self):
        """Label of the offer that the others are compared with."""
        named = self.fact("baseline")
        if named in self.ids:
            return self.label(named)
        b = [str(t) for t in self.arrays.get("/pairs/b", [])]
        return self.label(max(set(b), key=b.count)) if b else self.offers[0]

    @property
    def tax_basis(self):
        """"after tax", or "before tax" for a config without a tax."""
        tax = self.arrays.get("/offers/tax_mean")
        return "before tax" if tax is not None and not np.any(tax) else "after tax"

    def companies(self):
        ids = self._texts("/company", "/companies/id", "/companies/name")
        return self._labels("/companies/name", ids)

    def money(self, value, digits=None):
        """$850K, $1.25M, -$40K: three figures are all that a simulation knows."""
        if not np.isfinite(value):
            return "–"
        symbol = SYMBOLS.get(self.currency, self.currency + " ")
        sign, size = ("−" if value < 0 else ""), abs(float(value))
        for unit, suffix in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K")):
            if size >= 0.9995 * unit:
                return f"{sign}{symbol}{_three(size / unit, digits)}{suffix}"
        return f"{sign}{symbol}{size:.0f}"


def _three(x, digits):
    if digits is None:
        digits = 0 if x >= 99.95 else 1 if x >= 9.995 else 2
    out = f"{x:.{digits}f}"
    return re.sub(r"\.?0+$", "", out) if "." in out else out


def rank(result, name):
    """Letters, asks and mid-bands are read first; the ends of a band last."""
    return 2 if result.roles[name] in ("band-low", "band-high") else 0


def choose(result, limit):
    """Indices of at most limit offers in the file's order, and the names left out; of equal rank
    the better ones stay."""
    names, worth = result.offers, result.get("/offers/certainty_equivalent_chosen")
    if worth is None or len(worth) != len(names):
        worth = np.zeros(len(names))
    first = sorted(range(len(names)), key=lambda i: (names[i] != result.baseline,
                                                     rank(result, names[i]), -worth[i], i))
    kept = sorted(first[:limit])
    return kept, [names[i] for i in range(len(names)) if i not in kept]
