"""check, and how any command reads a config."""
import os
import re
import unittest

from command import Case, CONFIGS, QUICK

# A sanitized program is ten times slower: there a few worlds say as much about faults.
SANITIZED = os.environ.get("LQ_SANITIZED") == "1"
FEW = ["--set", "simulation.worlds=2"] if SANITIZED else []


class Check(Case):
    def test_shipped_configs_pass(self):
        # every one of them is run by e2e.configs, which reads them alike
        configs = sorted(CONFIGS.glob("*.yaml")) + sorted(CONFIGS.glob("mechanisms/*.yaml"))
        for config in configs[1::9 if SANITIZED else 3]:
            self.assertIn("offers:", self.good("check", config, *FEW), config)

    def test_all_problems_come_in_one_go_with_their_place(self):
        (self.folder / "bad.yaml").write_text(
            "schema: liquidus/1\nperson: {wealht: $400K}\n"
            "offers:\n  - {id: a, company: google, base: 285}\n  - {id: a, company: google, base: -$3K}\n")
        for command in ("check", "run", "schedule"):
            told = self.refused(command, "bad.yaml", says="did you mean wealth?")
            self.assertIn("bad.yaml:2:", told)
            self.assertRegex(told, r"bad\.yaml:[45]:")
        self.assertEqual(self.files(), ["bad.yaml"])

    def test_a_file_that_is_not_there(self):
        done = self.refused("check", "nowhere.yaml", says="nowhere.yaml")
        self.assertNotIn("Traceback", done)

    def test_set_changes_a_figure(self):
        before = self.good("check", QUICK, *FEW)
        after = self.good("check", QUICK, *FEW, "--set", "google.base=$300K", "--set", "simulation.seed=9")
        self.assertNotEqual(before, after)
        self.assertIn("seed: 9", after)
        self.refused("check", QUICK, "--set", "google.bsae=$300K", says="did you mean")

    def test_errors_of_a_stress_are_told_at_its_own_places(self):
        (self.folder / "bad.yaml").write_text(
            "schema: liquidus-stress/1\nname: my bad time\nset:\n"
            "  - {key: stress.market.fal, value: 30%, source: me}\n"
            "  - {key: stress.ipo.times, value: -1, source: me}\n"
            "  - {key: companies.hugging-fase.volatility, value: 90%, source: me}\n")
        told = self.refused("check", QUICK, "--stress", "bad.yaml", "--set", "seed=-x",
                            says="bad.yaml:4:11: stress.market.fal")
        self.assertIn("bad.yaml:5:36: stress.ipo.times: expected 0 to 100, found -1\n   5 |   - {key: stress.ipo", told)
        self.assertIn("bad.yaml:6:11: companies.hugging-fase: expected a company of this config", told)
        self.assertIn("did you mean hugging-face?", told)
        self.assertIn("--set:1:6: simulation.seed", told)

    def test_a_key_can_be_taken_away(self):
        put = ("--set", "hugging-face.exits.ipo.rate=5%/y", "--set", "hugging-face.exits.ipo.weibull={shape: 1, scale: 9y}")
        self.refused("check", QUICK, *put, says="exactly one of probability, rate, weibull, table")
        told = self.good("check", QUICK, *FEW, *put, "--set", "hugging-face.exits.ipo.rate=null")
        self.assertIn("scale: 9 y", told)
        self.assertIn("null takes the key away", self.good("help", "set").replace("\n  ", " "))

    def test_every_address_of_an_assumption_can_be_set(self):
        told = self.good("check", QUICK, *FEW)
        told = told[told.index("\nAssumed, not in your file"):told.index("\nLook at")]
        keys = re.findall(r"(?m)^    ((?:offers|companies|person|market|simulation)\.\S+|tax): ", told)
        self.assertGreater(len(keys), 25)
        for key in keys[::4 if SANITIZED else 1]:
            said = self.refused("check", QUICK, "--set", f"{key}=nonsense")
            for word in ("a key of", "to set a part of", "so called", "means one thing"):
                self.assertNotIn(word, said, key)
        self.assertIn("flat", self.good("check", QUICK, *FEW, "--set", "tax=41%"))

    def test_down_rounds_far_from_what_is_observed_are_warned_of(self):
        told = self.good("check", QUICK, *FEW)
        self.assertIn("observed 16 to 20 %", told)
        self.assertNotIn("down rounds than are observed", told)
        for exponent, words in (("0", "far more"), ("1", "far more")):
            told = self.good("check", QUICK, *FEW, "--set",
                             f"companies.hugging-face.rounds.value_exponent={exponent}")
            self.assertIn(f"{words} down rounds", told)
        told = self.good("check", QUICK, *FEW, "--set", "companies.hugging-face.growth=90%/y", "--set",
                         "companies.hugging-face.volatility=30%")
        self.assertIn("far fewer down rounds", told)

    def test_how_many_exits_a_path_takes_is_told_with_the_reason(self):
        def told(config, *options):
            words = self.good("check", config, *FEW, *options).partition("Exits a path takes: ")[2]
            return " ".join(words.split("\n\n")[0].replace("#", " ").split())
        small = CONFIGS / "mechanisms" / "tender-only-unicorn.yaml"
        self.assertIn("unicorn: one on every path (random sampling: ", told(small))
        self.assertEqual("unicorn: one on every path (simulation.expansion: off).",
                         told(small, "--set", "simulation.expansion=off"))
        self.assertEqual("unicorn: 8 on every path, evenly spread (it can end in more than 15 ways).",
                         told(small, "--set", "simulation.sampling=sobol"))
        self.assertEqual("private: all 13 outcomes on every path.",
                         told(CONFIGS / "bench" / "w1.yaml", "--set", "simulation.sampling=sobol"))
        self.assertEqual("", told(CONFIGS / "bench" / "w0.yaml"))

    def test_a_deal_is_told_at_both_prices_per_share(self):
        told = self.good("check", CONFIGS / "staff-hugging-face-deal.yaml", *FEW)
        self.assertIn("A share of common is paid 24.19, 2.42 times the last round's 10.", told)
        self.assertIn("the deal pays 1016K for its units if they are counted at the\n"
                      "#       last round's price, 420K if at the deal's.", told)
        self.assertNotIn("Announced sale", self.good("check", QUICK, *FEW))

    def test_what_a_solved_phi_comes_to_is_told(self):
        terms = CONFIGS / "mechanisms" / "round-prices.yaml"
        told = self.good("check", terms, *FEW)
        self.assertIn("# Rounds of fair sell a class for what it is worth (phi: solve).", told)
        self.assertNotIn("Rounds of headline sell", told)
        self.assertIn("Its terms do not explain that", told)
        text = self.good("value", terms, "--company", "fair")
        self.assertIn("A round today sells a class that is worth its price at", text)
        self.assertNotIn("A round today", self.good("value", terms, "--company", "headline"))
        told = self.refused("check", terms, "--set", "companies.fair.rounds.terms.multiple=9", "--set",
                            "companies.fair.exits.ipo.probability=0% by 6y", "--set",
                            "companies.fair.volatility=30%", says="companies.fair.rounds.phi: expected")
        self.assertIn("round-prices.yaml:", told)

    def test_a_series_without_money_has_nothing_to_adjust(self):
        for right in ("full", "broad"):
            (self.folder / "none.yaml").write_text(
                "schema: liquidus/1\ncompanies:\n  acme:\n    like: growth\n    post_money: $400M\n"
                f"    preferences: [{{invested: $0, anti_dilution: {right}}}]\n"
                "offers:\n  - {id: a, company: acme, base: $100K, stock: $400K}\n")
            told = self.good("check", "none.yaml", *FEW)
            self.assertIn("acme: grows", told)

    def test_what_only_the_arithmetic_refuses_is_told_alike(self):
        (self.folder / "bad.yaml").write_text(
            "schema: liquidus/1\ncompanies:\n  acme:\n    like: late-stage\n    post_money: $1bn\n"
            "    exits: {failure: {floor: 60%}}\n"
            "offers:\n  - {id: a, company: acme, base: $1K, stock: $1K}\n")
        told = {self.refused(*call, says="bad.yaml:6:30: companies.acme.exits.failure.probability: expected")
                for call in (("check", "bad.yaml"), ("run", "bad.yaml"), ("run", "bad.yaml", "--samples"))}
        self.assertEqual(len(told), 1)
        text = told.pop()
        self.assertIn("\n   6 |     exits: {failure: {floor: 60%}}\n     |" + 30 * " " + "^\n", text)
        self.assertNotIn("LQ_", text)
        self.assertEqual(self.files(), ["bad.yaml"])

    def test_nothing_is_written(self):
        self.good("check", QUICK, *FEW)
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    unittest.main()
