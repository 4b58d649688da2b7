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
        self.offers = self._texts("/offers/name", "/offer")
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
        """Name of the offer that the others are compared with."""
        named = self.fact("baseline")
        if named in self.offers:
            return named
        b = [str(t) for t in self.arrays.get("/pairs/b", [])]
        return max(set(b), key=b.count) if b else self.offers[0]

    def companies(self):
        return self._texts("/companies/id", "/company")

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


def is_band_end(name):
    return re.search(r"(^|[\s_.\-])(low|high)$", name) is not None


def rank(name):
    """Letters, asks and mid-bands are read first; the ends of a band last."""
    if is_band_end(name):
        return 2
    return 1 if re.search(r"[+&]|lever", name) else 0


def choose(result, limit):
    """Indices of at most limit offers in the file's order, and the names left out."""
    names = result.offers
    first = sorted(range(len(names)), key=lambda i: (names[i] != result.baseline, rank(names[i]), i))
    kept = sorted(first[:limit])
    return kept, [names[i] for i in range(len(names)) if i not in kept]
