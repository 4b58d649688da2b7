"""schedule: what vests when."""
import json
import unittest

from command import Case, QUICK

CONFIG = """schema: liquidus/1
offers:
  - id: a
    company: acme
    base: $100K
    grants:
      - {id: floor, units: 10000, vesting: {over: 48mo, every: 1mo, cliff: 12mo, rounding: floor}}
      - {id: front, units: 100000, vesting: {years: [35%, 25%, 20%, 20%], every: 12mo}}
      - {id: money, value: $400K, priced_at: preferred, vesting: {over: 48mo, every: 3mo}}
  - {id: b, company: google, base: $100K}
companies:
  acme: {like: late-stage, last_round: {post_money: $800M, price: $20, date: 2026-03-01}}
simulation: {start: 2027-01-31}
"""


class Schedule(Case):
    def setUp(self):
        super().setUp()
        (self.folder / "c.yaml").write_text(CONFIG)
        self.offers = json.loads(self.good("schedule", "c.yaml", "--json"))["offers"]

    def grant(self, name):
        return next(g for g in self.offers[0]["grants"] if g["id"] == name)

    def test_whole_units_and_a_cliff(self):
        vests = {v["month"]: v for v in self.grant("floor")["vests"]}
        self.assertEqual(min(vests), 12)
        for month, cumulative in ((12, 2500), (13, 2708), (24, 5000), (47, 9791), (48, 10000)):
            self.assertEqual(vests[month]["cumulative"], cumulative)

    def test_front_loaded(self):
        vests = self.grant("front")["vests"]
        self.assertEqual([v["cumulative"] for v in vests], [35000, 60000, 80000, 100000])
        self.assertEqual([v["month"] for v in vests], [12, 24, 36, 48])

    def test_money_at_a_known_price_is_units(self):
        self.assertAlmostEqual(self.grant("money")["units"], 20000)

    def test_money_at_a_price_that_is_not_known_is_not(self):
        for offer in json.loads(self.good("schedule", QUICK, "--json"))["offers"]:
            self.assertTrue(all(grant["units"] is None for grant in offer["grants"]))
        self.assertNotIn("0 units", self.good("schedule", QUICK))
        key = "companies.hugging-face.last_round.price"
        told = " ".join(self.good("schedule", QUICK).split())
        self.assertEqual(told.count(f"nobody has said what a share costs ({key})"), 1)
        self.assertNotIn("nobody", self.good("schedule", "c.yaml"))
        self.assertNotIn("nobody", self.good("schedule", QUICK, "--offer", "google"))

    def test_laws(self):
        for offer in self.offers:
            for grant in offer["grants"]:
                total = sum(v["fraction"] for v in grant["vests"])
                self.assertAlmostEqual(total, 1, places=12)
                months = [v["month"] for v in grant["vests"]]
                self.assertEqual(months, sorted(set(months)))

    def test_dates_are_last_days_of_months_from_the_start(self):
        vests = self.grant("front")["vests"]
        self.assertEqual(vests[0]["date"], "2028-01-30")

    def test_one_offer_alone(self):
        only = json.loads(self.good("schedule", "c.yaml", "--offer", "b", "--json"))["offers"]
        self.assertEqual([o["id"] for o in only], ["b"])
        self.refused("schedule", "c.yaml", "--offer", "c", says="no offer c")

    def test_refreshers_have_no_units_today(self):
        offers = json.loads(self.good("schedule", QUICK, "--json"))["offers"]
        refreshers = [g for o in offers for g in o["grants"] if g["refresh"]]
        self.assertTrue(refreshers)
        for grant in refreshers:
            self.assertIsNone(grant["units"])
            self.assertGreater(grant["granted_month"], 0)

    def test_text(self):
        text = self.good("schedule", "c.yaml")
        self.assertIn("a  floor  10000 units", text)
        self.assertRegex(text, r"\n +48  2031-01-30 ")
        self.assertIn("b  no grants", text)
        self.assertEqual(self.files(), ["c.yaml"])


if __name__ == "__main__":
    unittest.main()
