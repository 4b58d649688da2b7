"""dlom: discounts for lack of marketability, from the command line."""
import json
import math
import pathlib
import unittest

from command import Case

CASES = pathlib.Path(__file__).parent.parent / "validation" / "cases.json"


class Dlom(Case):
    def discounts(self, volatility, years, rate=0.0):
        effective = math.expm1(rate)
        return json.loads(self.good("dlom", "--volatility", f"{100 * volatility:.12g}%", "--term",
                                    f"{years}y", "--rate", f"{100 * effective:.15g}%", "--json"))

    def test_cases(self):
        names = {"DLM-01": "chaffe", "DLM-03": "longstaff", "DLM-05": "finnerty",
                 "DLM-07": "ghaidarov", "DLM-09": "average_strike"}
        cases = {c["id"]: c for c in json.loads(CASES.read_text())["cases"]}
        for case_id, name in names.items():
            case = cases[case_id]
            given, tol = case["inputs"], case["tol"]
            for i, want in enumerate(case["expected"]["dlom"]):
                got = self.discounts(given["sigma"][i], given["T"][i], given.get("r", 0.0))[name]
                with self.subTest(case=case_id, i=i):
                    self.assert_case(case_id, name, got, want, tol["rel"] * want + tol["abs"])

    def test_text_names_all(self):
        text = self.good("dlom", "--volatility", "60%", "--term", "18mo")
        for word in ("chaffe", "longstaff", "finnerty", "ghaidarov", "average_strike",
                     "60 % volatility", "1.5 years", "advice"):
            self.assertIn(word, text)

    def test_a_dividend_shrinks_what_waits(self):
        plain = self.good("dlom", "--volatility", "60%", "--term", "2y", "--json")
        paying = self.good("dlom", "--volatility", "60%", "--term", "2y", "--dividend", "3%",
                           "--json")
        self.assertAlmostEqual(json.loads(paying)["finnerty"],
                               math.exp(-0.06) * json.loads(plain)["finnerty"], delta=1e-12)

    def test_bad_figures(self):
        for args, says in ((["--volatility", "60%"], "--term"),
                           (["--volatility", "60", "--term", "2y"], "--volatility"),
                           (["--volatility", "60%", "--term", "2"], "--term"),
                           (["--volatility", "0%", "--term", "2y"], "above 0 %"),
                           (["--volatility", "60%", "--term", "200y"], "up to 50y"),
                           (["--volatility", "60%", "--term", "2y", "--rate", "x"], "--rate")):
            with self.subTest(args=args):
                self.assertIn(says, self.refused("dlom", *args))


if __name__ == "__main__":
    unittest.main()
