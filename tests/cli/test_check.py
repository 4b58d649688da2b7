"""check, and how any command reads a config."""
import re
import unittest

from command import Case, CONFIGS, QUICK, SANITIZED, run, share

# A sanitized program is ten times slower: there a few worlds say as much about faults.
TWO = ["--set", "simulation.worlds=2"]
FEW = TWO if SANITIZED else []


class Check(Case):
    kept = None

    def usual(self):
        """What check says of the quickstart: one run for all tests that look at it."""
        Check.kept = Check.kept or self.good("check", QUICK, *FEW)
        return Check.kept

    def test_shipped_configs_pass(self):
        # every one of them is run by e2e.configs, which reads them alike
        configs = sorted(CONFIGS.glob("*.yaml")) + sorted(CONFIGS.glob("mechanisms/*.yaml"))
        for config in share(configs[1::6], 3):
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
        before = self.usual()
        after = self.good("check", QUICK, *FEW, "--set", "google.base=$300K", "--set", "simulation.seed=9")
        self.assertNotEqual(before, after)
        self.assertIn("seed: 9", after)
        self.refused("check", QUICK, "--set", "google.bsae=$300K", says="did you mean")
        (self.folder / "a.yaml").write_text(
            "schema: liquidus/1\ncompanies: {acme: {like: late-stage, post_money: $1bn, preferences: "
            "[{invested: $50M}, {invested: $70M}]}}\noffers: [{id: acme, company: acme, base: $1K}]\n")
        self.assertRegex(self.good("check", "a.yaml", *FEW, "--set", "acme.preferences.P2.multiple=2"),
                         r'series: "P2"\s+invested: \$70M\s+multiple: 2\n')
        for key in ("acme.preferences.P3.multiple", "acme.preferences[2].multiple"):
            told = self.refused("check", "a.yaml", "--set", f"{key}=2", says="what is there: P1, P2")
            self.assertEqual((told.count("--set:1:1"), told.count("offers.")), (1, 0), told)

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

    def test_values_beyond_any_bound_name_the_file_the_offer_and_its_company(self):
        (self.folder / "k.yaml").write_text(
            "schema: liquidus/1\nsimulation: {paths: 16384, seed: 7}\ncompanies:\n"
            "  k: {like: late-stage, post_money: $20bn, exits: {ipo: {rate: 2%/y}, acquisition: {rate: 2%/y},"
            " failure: {rate: 2%/y}}, opening_value: $100M, rounds: {phi: 100}}\n"
            "offers:\n  - {id: o, company: k, base: $0, grants: [{trigger: single, value: $400K}]}\n")
        done = run("check", "k.yaml", folder=self.folder)
        self.assertEqual(done.returncode, 3)
        self.assertIn("k.yaml: offers.o: expected values of companies.k that stay", done.stderr)
        self.assertRegex(done.stderr, r"its rounds sell at 100 times .*rounds\.phi.*got not a number, or above 1e15 on path \d+\n")

    def test_a_key_can_be_taken_away(self):
        put = ("--set", "hugging-face.exits.ipo.rate=5%/y", "--set", "hugging-face.exits.ipo.weibull={shape: 1, scale: 9y}")
        self.refused("check", QUICK, *put, says="exactly one of probability, rate, weibull, table")
        told = self.good("check", QUICK, *FEW, *put, "--set", "hugging-face.exits.ipo.rate=null")
        self.assertIn("scale: 9 y", told)
        self.assertIn("null takes the key away", self.good("help", "set").replace("\n  ", " "))

    def test_every_address_of_an_assumption_can_be_set(self):
        told = self.usual()
        told = told[told.index("\nAssumed, not in your file"):told.index("\nLook at")]
        keys = re.findall(r"(?m)^    ((?:offers|companies|person|market|simulation)\.\S+|tax): ", told)
        self.assertGreater(len(keys), 25)
        for key in share(keys[::2], 6):
            said = self.refused("check", QUICK, "--set", f"{key}=nonsense")
            for word in ("a key of", "to set a part of", "so called", "means one thing"):
                self.assertNotIn(word, said, key)
        self.assertIn("flat", self.good("check", QUICK, *FEW, "--set", "tax=41%"))

    def test_down_rounds_far_from_what_is_observed_are_warned_of(self):
        told = self.usual()
        self.assertIn("observed 16 to 20 %", told)
        self.assertNotIn("down rounds than are observed", told)
        for exponent, words in (("0", "far more"), ("1", "far more")):
            told = self.good("check", QUICK, *FEW, "--set",
                             f"companies.hugging-face.rounds.value_exponent={exponent}")
            self.assertIn(f"{words} down rounds", " ".join(told.replace("\n#", " ").split()))
        told = self.good("check", QUICK, *FEW, "--set", "companies.hugging-face.growth=90%/y", "--set",
                         "companies.hugging-face.volatility=30%")
        self.assertIn("far fewer down rounds", " ".join(told.replace("\n#", " ").split()))

    def test_what_is_observed_in_ordinary_times_warns_of_no_stress(self):
        told = self.good("check", QUICK, *FEW, "--stress", "2008", "--set",
                         "companies.hugging-face.rounds.value_exponent=0")
        self.assertIn("(observed in ordinary times: 16 to 20 %", " ".join(told.replace("\n#", " ").split()))
        self.assertNotIn("than are observed", told)

    def test_shares_of_futures_have_their_error(self):
        told = self.usual()
        told = " ".join(told[told.index("# Private companies"):].replace("\n#", " ").split())
        self.assertRegex(told, r"none [\d.]+ \+- [\d.]+ %, ipo [\d.]+ \+- [\d.]+ %, acquisition [\d.]+ \+- [\d.]+ %, "
                               r"failure [\d.]+ \+- [\d.]+ %\. [\d.]+ \+- [\d.]+ rounds before the exit: [\d.]+ % up, "
                               r"[\d.]+ \+- [\d.]+ % flat, [\d.]+ \+- [\d.]+ % down")

    def test_repaired_correlations_are_told(self):
        (self.folder / "c.yaml").write_text(
            "schema: liquidus/1\nmarket:\n  repair: nearest\n  correlations:\n"
            "    - {pair: [a, b], value: 0.95}\n    - {pair: [b, c], value: 0.95}\n    - {pair: [a, c], value: -0.9}\n"
            "companies: {a: {listing: public, volatility: 35%, beta: 1.2}, b: {extends: a}, c: {extends: a}}\n"
            "offers:\n  - {id: a, company: a, base: $1K}\n  - {id: b, company: b, base: $1K}\n"
            "  - {id: c, company: c, base: $1K}\n")
        told = self.good("check", "c.yaml")
        self.assertIn("what is written: a-b 0.528 (0.95), b-c 0.528 (0.95), a-c -0.251 (-0.9).",
                      " ".join(told.replace("\n#", " ").split()))
        self.assertNotIn("cannot hold together", self.usual())

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
        self.assertIn("# Announced sale of Hugging Face for $11.9bn (roll into nvidia).", told)
        words = " ".join(told.replace("\n#", " ").split())
        self.assertIn("A share of common is paid $24.19, 2.42 times the last round's $10.00.", words)
        self.assertIn("of $420K: the deal pays $1.016M for its units if they are counted at the last "
                      "round's price, $420K if at the deal's.", words)
        self.assertNotIn("million", told[told.index("# Announced"):])
        self.assertNotIn("less than its last round says", told)
        self.assertNotIn("Announced sale", self.usual())

    def test_a_stress_tells_its_figures_with_their_sources(self):
        self.assertNotIn("where that is from", self.usual())
        told = self.good("check", QUICK, *FEW, "--stress", "2008", "--set", "rounds.times=0.7")
        told = told.split("\nStress 2008: what it changes, and where that is from\n")[1].split("\n\n")[0]
        keys = re.findall(r"(?m)^  (stress\.\S+): ", told)
        self.assertEqual((keys[0], len(keys)), ("stress.market.fall", 13))
        words = " ".join(told.split())
        self.assertIn("stress.market.fall: 51% assumption, from background knowledge", words)
        self.assertIn("stress.rounds.times: 0.6 assumption: rounds are put off; changed by --set", words)
        self.assertEqual(words.count("changed by --set"), 1)

    def test_what_a_solved_phi_comes_to_is_told(self):
        terms = CONFIGS / "mechanisms" / "round-prices.yaml"
        told = self.good("check", terms, *TWO)
        self.assertIn("# Rounds of fair sell a class for what it is worth (phi: solve).", told)
        self.assertNotIn("Rounds of headline sell", told)
        self.assertIn("Its terms do not explain that", " ".join(told.replace("\n#", " ").split()))
        self.assertIn("opening_value: backsolve starts", " ".join(told.replace("\n#", " ").split()))
        solved = self.good("check", terms, *TWO, "--set", "companies.fair.opening_value={method: backsolve, price: $17}")
        fair = solved[solved.index("# Rounds of fair"):].partition("# Rounds of dear")[0]
        self.assertIn("Its terms do not explain that", " ".join(fair.replace("\n#", " ").split()))
        self.assertNotIn("backsolve", fair)
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
