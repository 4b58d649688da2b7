"""waterfall: who is paid what at an exit."""
import json
import subprocess
import unittest

from caps import CASES, config
from command import CONFIGS, TOP, WIDTH, Case

PYTHON = "/usr/bin/python3"
HAS_MATPLOTLIB = subprocess.run([PYTHON, "-c", "import matplotlib"], capture_output=True,
                                check=False).returncode == 0

TWO = CONFIGS / "mechanisms" / "two-series-waterfall.yaml"
FULL = CONFIGS / "cap-tables" / "full.yaml"


class Waterfall(Case):
    def pay(self, path, exits, *more):
        text = ",".join(f"{x:.12g}" for x in exits)
        return json.loads(self.good("waterfall", path, "--exit", text, "--json", *more))

    def test_cases(self):
        names = {"costs": "fees", "carveout": "carve_out"}
        for case_id in ("WFL-01", "WFL-02", "WFL-04", "WFL-07", "WFL-09"):
            case = CASES[case_id]
            given, tol = case["inputs"], case["tol"]
            (self.folder / "c.yaml").write_text(config(given["cap"]))
            modes = given["mode"]
            for i, want in enumerate(case["expected"]["payouts"]):
                mode = modes[i] if isinstance(modes, list) else modes
                more = ["--ipo"] if mode == "ipo" else []
                found = self.pay("c.yaml", [given["exits"][i]], *more)["exits"][0]
                got = {c["id"]: c["payout"] for c in found["classes"]}
                for name, x in want.items():
                    with self.subTest(case=case_id, i=i, name=name):
                        self.assert_case(case_id, f"payout of {name}", got[names.get(name, name)],
                                         x, tol["abs"] + tol["rel"] * x)

    def test_later_says_when_and_which_dividends_ran(self):
        plain = self.good("waterfall", FULL, "--exit", "300M")
        later = self.good("waterfall", FULL, "--exit", "300M", "--after", "3y")
        self.assertNotIn("years", plain)
        self.assertIn("when it is sold in 3 years\nCumulative dividends have run until then: ", later)
        self.assertIn("when it is sold in 1 year\nNo series has a cumulative dividend",
                      self.good("waterfall", TWO, "--exit", "300M", "--after", "1y"))
        self.assertEqual(self.pay(FULL, [3e8], "--after", "3y")["after_years"], 3)

    def test_columns_never_touch_and_have_one_unit(self):
        (self.folder / "e.yaml").write_text(
            "schema: liquidus/1\ncompanies:\n  e: {like: growth, currency: EUR, cap_table: {common: 30M, preferred: "
            "[{series: A, shares: 5M, invested: EUR 20M, rank: 1}]}}\n")
        told = self.good("waterfall", "e.yaml", "--exit", "EUR 5.155M,EUR 100M,EUR 1bn")
        self.assertIn("  class         shares     EUR M  a share     EUR M  a share", told)
        self.assertRegex(told, r"EUR 5\.155M +EUR 100M +EUR 1,000M\n")
        self.assertRegex(told, r"(?m)^  common +30M ")
        self.assertRegex(told, r"(?m)^  A +5M ")
        self.assertLessEqual(max(map(len, told.splitlines())), 79)

    def test_json_money_has_no_dust_of_arithmetic(self):
        for exits in ([72.35e6, 1e9 / 3, 611e6], [0.1e6 + 0.2e6]):
            told = self.pay(FULL, exits)
            for found in told["exits"]:
                for x in [found["sum"]] + [c["payout"] for c in found["classes"]]:
                    self.assertEqual(x, round(x, 4))
        self.assertIn("up to 64", self.good("help", "waterfall"))

    def test_two_series_convert_one_after_the_other(self):
        rows = {130e6: (20e6, 10e6, 100e6), 150e6: (37.5e6, 12.5e6, 100e6),
                450e6: (262.5e6, 87.5e6, 100e6), 600e6: (360e6, 120e6, 120e6)}
        found = self.pay(TWO, rows)
        self.assertEqual(found["company"], "two-series")
        self.assertEqual(found["breakpoints"], [0, 100e6, 110e6, 140e6, 500e6])
        for exit_, (value, want) in zip(found["exits"], rows.items()):
            self.assertEqual(exit_["exit"], value)
            classes = exit_["classes"]
            self.assertEqual([c["id"] for c in classes], ["common", "A", "B"])
            for c, x, shares in zip(classes, want, (60e6, 20e6, 20e6)):
                self.assertAlmostEqual(c["payout"], x, delta=0.005)
                self.assertAlmostEqual(c["per_share"], x / shares, places=9)
            self.assertEqual([c["converted"] for c in classes],
                             [None, value > 140e6, value > 500e6])
            self.assertAlmostEqual(exit_["sum"], value, delta=0.005)

    def test_every_right_and_every_claimant_sum_to_the_cent(self):
        exits = [1e3, 4e6, 7.7e6, 60e6, 99e6, 128e6, 190e6, 270e6, 611e6, 7e9]
        for more in ([], ["--ipo"], ["--after", "3y"]):
            found = self.pay(FULL, exits, *more)["exits"]
            before = None
            for exit_ in found:
                self.assertAlmostEqual(exit_["sum"], exit_["exit"], delta=0.005)
                paid = [c["payout"] for c in exit_["classes"]]
                self.assertAlmostEqual(sum(paid), exit_["exit"], delta=0.005)
                if before:
                    self.assertTrue(all(a <= b + 1e-6 for a, b in zip(before, paid)))
                before = paid

    def test_rights(self):
        def at(exit_, *more):
            one = self.pay(FULL, [exit_], *more)["exits"][0]
            return {c["id"]: c for c in one["classes"]}, one
        # 50M less 3 %, less 5M, less 8 %: 40.02M to B (25M due) and C (60M), pari passu
        sale, _ = at(50e6)
        self.assertAlmostEqual(sale["B"]["payout"], 40.02e6 * 25 / 85, delta=1)
        self.assertAlmostEqual(sale["C"]["payout"], 40.02e6 * 60 / 85, delta=1)
        self.assertAlmostEqual(sale["fees"]["payout"], 1.5e6, delta=1e-3)
        self.assertAlmostEqual(sale["debt"]["payout"], 5e6, delta=1e-3)
        self.assertAlmostEqual(sale["carve_out"]["payout"], 0.08 * 43.5e6, delta=1e-3)
        later, _ = at(50e6, "--after", "2y")  # 2 x 8 % of 24M on top
        self.assertAlmostEqual(later["B"]["payout"], 40.02e6 * 28.84 / 88.84, delta=1)
        # converted Seed has 1.1 shares of common each
        big, _ = at(700e6)
        self.assertAlmostEqual(big["Seed"]["per_share"], 1.1 * big["common"]["per_share"])
        self.assertTrue(all(big[s]["converted"] for s in ("Seed", "A", "B", "C")))
        self.assertAlmostEqual(big["early"]["per_share"], big["common"]["per_share"] - 0.4)
        # an IPO under C's price: topped up to 30M, and barred
        low, one = at(50e6, "--ipo")
        self.assertAlmostEqual(low["C"]["payout"], 30e6, delta=1e-3)
        self.assertEqual(one["barred_by"], ["C"])
        self.assertAlmostEqual(low["debt"]["payout"], 5e6, delta=1e-3)  # stays owed
        self.assertNotIn("fees", low)
        self.assertEqual(at(600e6, "--ipo")[1]["barred_by"], [])

    def test_text_fits_and_tells(self):
        for path, more in ((TWO, []), (FULL, []), (FULL, ["--ipo"])):
            text = self.good("waterfall", path, "--exit", "50M,150M,600M,2bn", *more)
            self.assertTrue(all(len(line) <= WIDTH for line in text.splitlines()))
            self.assertFalse(any(line != line.rstrip() for line in text.splitlines()))
            self.assertIn("Not financial, tax or legal advice.", text)
        self.assertIn("$5.155M", self.good("waterfall", FULL, "--exit", "50M"))
        self.assertIn("C can bar the IPO", self.good("waterfall", FULL, "--exit", "50M", "--ipo"))

    def test_a_shipped_company_without_offers(self):
        (self.folder / "c.yaml").write_text("schema: liquidus/1\ncompanies: {hugging-face: {}}\n")
        found = self.pay("c.yaml", [1e9])["exits"][0]
        paid = {c["id"]: c["payout"] for c in found["classes"]}
        self.assertEqual(list(paid), ["common", "seed", "A", "B", "C", "D"])
        self.assertAlmostEqual(paid["D"], 235e6, delta=1)  # 5.2 % of 1bn is less
        text = " ".join(self.good("waterfall", "c.yaml", "--exit", "1bn").split())
        self.assertIn("No cap_table is known", text)
        self.assertIn("$10.00 is made up (companies.hugging-face.last_round.price)", text)
        self.assertIn("whatever it paid (companies.hugging-face.preferences)", text)
        told = self.good("waterfall", FULL, "--exit", "50M")
        self.assertNotIn("made up", told)
        self.assertNotIn("whatever it paid", told)

    def plot(self, *arguments):
        return subprocess.run([PYTHON, TOP / "scripts" / "plot.py", "waterfall", *arguments],
                              cwd=self.folder, text=True, capture_output=True, check=False)

    @unittest.skipUnless(HAS_MATPLOTLIB, "no matplotlib")
    def test_a_picture(self):
        done = self.plot(TWO, "-o", "pictures", "--dpi", "60")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "Wrote waterfall (png, svg) into pictures/\n")
        self.assertEqual(self.files(), ["pictures/waterfall.png", "pictures/waterfall.svg"])
        svg = (self.folder / "pictures" / "waterfall.svg").read_text()
        for word in ("two-series: who is paid what when it is sold", "common", "$600M",
                     "Not financial, tax or legal advice"):
            self.assertIn(word, svg)
        refused = self.plot(TWO, "--company", "two")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("no company two", refused.stderr)
        self.assertNotIn("Traceback", refused.stderr)

    def test_usage(self):
        (self.folder / "c.yaml").write_text(
            "schema: liquidus/1\ncompanies: {openai: {}, anthropic: {}, google: {}}\n")
        for args, says in ((["--exit", "1bn"], "--company is needed, one of: openai, anthropic"),
                           (["--exit", "1bn", "--company", "opnai"], "did you mean openai?"),
                           (["--exit", "1bn", "--company", "google"], "google is listed"),
                           (["--company", "openai"], "--exit is needed"),
                           (["--company", "openai", "--exit", "x"], "found x"),
                           (["--company", "openai", "--exit", "130,000,000"], "a comma ends"),
                           (["--company", "openai", "--exit", "0"], "above 0"),
                           (["--company", "openai", "--exit", "-5M"], "above 0"),
                           (["--company", "openai", "--exit", "EUR 5M"], "found EUR"),
                           (["--company", "openai", "--exit", "1M", "--after", "-1y"], "--after")):
            with self.subTest(args=args):
                self.refused("waterfall", "c.yaml", *args, says=says)
        (self.folder / "d.yaml").write_text("schema: liquidus/1\ncompanies: {google: {}}\n")
        self.refused("waterfall", "d.yaml", "--exit", "1M", says="no private company")

    def test_bad_stacks_are_told_with_their_place(self):
        text = FULL.read_text().replace("participation: 3x", "participation: 0.5x")
        (self.folder / "c.yaml").write_text(text.replace("conversion: 1.1", "conversion: 0"))
        told = self.refused("waterfall", "c.yaml", "--exit", "1M")
        self.assertIn("companies.acme.cap_table.preferred.A.participation: expected a cap of at "
                      "least what is due first, found 0.5x of $12M, below the $12M due first", told)
        self.assertIn("companies.acme.cap_table.preferred.Seed.conversion: expected more than no "
                      "share of common for a share, found 0", told)


if __name__ == "__main__":
    unittest.main()
