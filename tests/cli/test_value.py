"""value: what a private company's paper is worth today."""
import json
import math
import unittest

from caps import CASES, config
from command import CONFIGS, WIDTH, Case

TWO = CONFIGS / "mechanisms" / "two-series-waterfall.yaml"
FULL = CONFIGS / "cap-tables" / "full.yaml"


class Value(Case):
    def value(self, path, *more):
        return json.loads(self.good("value", path, "--json", *more))

    def of_case(self, case, *more, exits=""):
        given = case["inputs"]
        (self.folder / "c.yaml").write_text(
            config(given["cap"], given["sigma"], given["r"], exits))
        return self.value("c.yaml", *more)

    def assert_values(self, case, found):
        tol = case["tol"]
        classes = {c["id"]: c for c in found["classes"]}
        for name, x in case["expected"].get("class_values", {}).items():
            self.assert_case(case["id"], f"value of {name}", classes[name]["value"], x,
                             tol["rel"] * x)
        for name, x in case["expected"]["per_share"].items():
            self.assert_case(case["id"], f"a share of {name}", classes[name]["per_share"], x,
                             tol["rel"] * x)
        for got, x in zip(found["breakpoints"], case["expected"].get("breakpoints", [])):
            self.assertAlmostEqual(got, x, delta=tol["rel"] * x)

    def test_OPM_01_and_06(self):
        for case_id in ("OPM-01", "OPM-06"):
            case = CASES[case_id]
            with self.subTest(case=case_id):
                found = self.of_case(case, "--equity", f"{case['inputs']['equity']:.12g}",
                                     "--term", f"{case['inputs']['T']}y")
                self.assert_values(case, found)
                self.assertEqual(len(found["breakpoints"]), len(case["expected"]["breakpoints"]))

    def test_OPM_03_backsolve(self):
        case = CASES["OPM-03"]
        given, want, tol = case["inputs"], case["expected"], case["tol"]["rel"]
        found = self.of_case(case, exits="    opening_value: {method: backsolve, series: A, "
                             f"price: {given['target_price']}, term: {given['T']}y}}\n")
        self.assert_values(case, found)
        for key in ("implied_equity", "equity", "opening_value"):
            self.assert_case("OPM-03", key, found[key], want["implied_equity"],
                             tol * want["implied_equity"])
        self.assertAlmostEqual(found["post_money"], want["post_money"], delta=1e-6)
        self.assertAlmostEqual(found["post_money"] / found["equity"],
                               want["post_money_over_implied"], delta=tol * 2)
        shares = {c["id"]: c["per_share"] for c in found["classes"]}
        self.assertAlmostEqual(shares["common"] / shares["A"], want["common_over_preferred"],
                               delta=tol)

    def test_OPM_07_random_exit(self):
        case = CASES["OPM-07"]
        given = case["inputs"]
        ipo = given["rate"] * given["p_ipo"]
        found = self.of_case(case, "--equity", f"{given['equity']:.12g}",
                             exits=f"    exits: {{ipo: {{rate: {ipo:.12g}/y}}, acquisition: "
                             f"{{rate: {given['rate'] - ipo:.12g}/y}}}}\n")
        self.assert_values(case, found)
        self.assertAlmostEqual(found["term_years"], 1 / given["rate"], places=9)
        self.assertAlmostEqual(found["ipo_share"], given["p_ipo"], places=9)

    def test_classes_sum_to_the_company(self):
        for path in (TWO, FULL):
            for more in ([], ["--term", "2y"], ["--equity", "77M"]):
                found = self.value(path, *more)
                total = sum(c["value"] for c in found["classes"])
                self.assertAlmostEqual(total, found["equity"], delta=1e-9 * total)
                self.assertTrue(all(c["value"] > 0 for c in found["classes"]))

    def test_a_409a_and_what_grants_are_worth(self):
        found = self.value(FULL)
        classes = {c["id"]: c for c in found["classes"]}
        self.assertAlmostEqual(classes["C"]["per_share"], 12, places=9)
        self.assertAlmostEqual(found["implied_equity"], found["equity"], places=3)
        self.assertEqual(found["fair_common"], classes["common"]["per_share"])
        self.assertAlmostEqual(found["common_409a"], 0.8 * found["fair_common"], places=12)
        rsu, interest = found["grants"]
        self.assertEqual((rsu["offer"], rsu["id"], rsu["units"]), ("acme", "rsu", 40_000))
        self.assertAlmostEqual(rsu["face"], 40_000 * 12, places=6)
        self.assertAlmostEqual(rsu["fair_value"], 40_000 * found["fair_common"], places=6)
        self.assertAlmostEqual(rsu["fair_value_less_dlom"], 0.8 * rsu["fair_value"], places=6)
        # a threshold takes something, and less than its own present value
        self.assertLess(interest["fair_value"], rsu["fair_value"])
        self.assertGreater(interest["fair_value"],
                           rsu["fair_value"] - 40_000 * 100e6 / found["fully_diluted"])

    def test_dlom_is_that_of_the_command(self):
        found = self.value(FULL)
        same = json.loads(self.good(
            "dlom", "--volatility", f"{100 * found['volatility']:.15g}%", "--term", "3y",
            "--rate", f"{100 * math.expm1(found['rate']):.15g}%", "--json"))
        for name, x in same.items():
            self.assertAlmostEqual(found["dlom"][name], x, delta=1e-12)

    def test_every_shipped_private_company(self):
        ids = ["hugging-face", "openai", "anthropic", "databricks"]
        (self.folder / "c.yaml").write_text(
            "schema: liquidus/1\ncompanies: {" + ", ".join(f"{i}: {{}}" for i in ids) + "}\n")
        for company in ids:
            with self.subTest(company=company):
                found = self.value("c.yaml", "--company", company)
                self.assertEqual(found["grants"], [])
                total = sum(c["value"] for c in found["classes"])
                self.assertAlmostEqual(total, found["equity"], delta=1e-9 * total)
                self.assertLess(found["common_409a"], found["fair_common"])
                text = self.good("value", "c.yaml", "--company", company)
                self.assertTrue(all(len(line) <= WIDTH for line in text.splitlines()))

    def test_text(self):
        text = self.good("value", FULL)
        self.assertTrue(all(len(line) <= WIDTH for line in text.splitlines()))
        self.assertFalse(any(line != line.rstrip() for line in text.splitlines()))
        for word in ("solved back from $12.00 for a share of C", "One exit in 3 years",
                     "residual.dlom    20.0 %  409A     $3.73  <- used", "longstaff", "acme interest", "409A", "advice"):
            self.assertIn(word, text)
        self.assertIn("One exit in 1 year,", self.good("value", FULL, "--term", "1y"))
        (self.folder / "late.yaml").write_text(
            "schema: liquidus/1\ncompanies:\n  e: {like: growth, exits: {ipo: {rate: 4%/y}, acquisition: {rate: 4%/y},"
            " failure: {rate: 4%/y}}, post_money: $100M}\n")
        late = " ".join(self.good("value", "late.yaml").split())
        self.assertIn("over 5 years (the exit is later; they are asked for no more)", late)
        self.assertNotIn("asked for no", self.good("value", FULL))
        self.assertIn("as --equity says", self.good("value", FULL, "--equity", "100M"))

    def test_usage(self):
        for args, says in ((["--equity", "0"], "--equity"), (["--equity", "x"], "--equity"),
                           (["--term", "0y"], "--term"), (["--term", "3"], "--term"),
                           (["--company", "acm"], "did you mean acme?")):
            with self.subTest(args=args):
                self.refused("value", FULL, *args, says=says)

    def test_a_cap_table_alone(self):
        (self.folder / "c.yaml").write_text("""schema: liquidus/1
companies:
  acme:
    cap_table:
      common: 8M                     # shares outstanding
      pool: 500K                     # unissued
      options: [{id: O1, shares: 1M, strike: $0.50}]
      preferred:
        - {series: A, shares: 2M, invested: $5M, multiple: 1, participation: none, rank: 1, conversion: 1, accrued: $0}
      debt: $5M                      # participation: none | full | 3x
      fees: 3%                       # of the exit, first
      carve_out: 8%                  # of what is left after fees and debt
    opening_value: {method: backsolve, series: A, price: $2.50, term: 4y}
""")
        found = json.loads(self.good("waterfall", "c.yaml", "--exit", "20M", "--json"))
        paid = {c["id"]: c["payout"] for c in found["exits"][0]["classes"]}
        # 20M less 3 %, 5M and 8 %: 13.248M, of which 5M to A; O1 pays in 0.5M and is one in nine
        self.assertAlmostEqual(paid["A"], 5e6, delta=0.01)
        self.assertAlmostEqual(paid["O1"], (8.248e6 + 0.5e6) / 9 - 0.5e6, delta=0.01)
        told = self.refused("value", "c.yaml")
        self.assertIn("c.yaml:4:5: companies.acme.volatility: expected a volatility, e.g. 60%, "
                      "found none", told)
        found = self.value("c.yaml", "--set", "companies.acme.volatility=60%")
        self.assertEqual({c["id"]: round(c["per_share"], 6) for c in found["classes"]
                          if c["shares"]}["A"], 2.5)

    def test_a_backsolve_without_a_solution(self):
        text = FULL.read_text().replace("shares: 2.5M, invested: $30M", "shares: 1, invested: $12")
        (self.folder / "c.yaml").write_text(text.replace("price: $12,", "price: $1M,"))
        told = self.refused("value", "c.yaml")
        self.assertIn("companies.acme.opening_value.price: expected a price of a share of C that "
                      "some company has", told)
        self.assertIn("^", told)


if __name__ == "__main__":
    unittest.main()
