"""run: the comparison, the file, and what may not happen to files."""
import json
import os
import pathlib
import unittest

from command import Case, CONFIGS, IDENTITY, QUICK, run

HOLD = str(CONFIGS / "mechanisms/hold.yaml")
SMALL = ("--paths", "4096", "--no-turning")


class Run(Case):
    def test_screen_and_file(self):
        text = self.good("run", HOLD, "--paths", "4096")
        self.assertEqual(self.files(), ["results/hold.h5"])
        for words in ("futures, the same ones for every offer", "to you (median)",
                      "Where the money goes", "WORTH TO YOU", "What would turn it",
                      "Assumed, not in your file", "Saved results/hold.h5", "Not advice."):
            self.assertIn(words, text)
        self.assertNotIn("\033", text)
        for line in text.splitlines():
            self.assertLessEqual(len(line), 79)
            self.assertTrue(line.isascii(), line)

    def test_a_verdict_under_a_stress_says_so_first(self):
        for stress, words in ((("--stress", "2008"), "Under stress \"2008\": "),
                              (("--set", "stress.market.fall=20%"), "Under the config's stress: ")):
            told = self.good("run", QUICK, *SMALL, *stress, "-o", "a.h5")
            self.assertRegex(" ".join(told.split()), words + r"(TAKE|EITHER) ")
            self.assertIn(words, " ".join(self.good("show", "a.h5").split()))
        self.assertNotIn("Under ", self.good("run", QUICK, *SMALL, "-o", "b.h5"))

    def test_five_assumptions_stand_on_the_screen(self):
        text = " ".join(self.good("run", QUICK, *SMALL, "-o", "a.h5").split())
        told = text[text.index("Assumed, not in your file:"):text.index("All: liquidus check")]
        self.assertRegex(told, r"; and \d+ more\.")
        self.assertEqual(told.count(";"), 5)
        self.assertIn("double trigger, 7 y expiry", told)

    def test_one_json_object_and_nothing_else(self):
        result = json.loads(self.good("run", QUICK, *SMALL, "--json", "-o", "a.h5"))
        self.assertEqual(result["schema"], "liquidus-result/1")
        self.assertEqual(len(result["offers"]), 3)
        self.assertEqual(self.files(), ["a.h5"])
        for offer in result["offers"]:
            terms = sum(t["value"] for t in offer["bridge"])
            chosen = offer["certainty_equivalent_chosen"]["value"]
            self.assertAlmostEqual(terms, chosen, delta=1e-6 * abs(chosen))
        for pair in result["pairs"]:
            shares = sum(pair[k]["value"] for k in ("p_a_beats_b", "p_tie", "p_b_beats_a"))
            self.assertAlmostEqual(shares, 1, places=9)

    def test_a_tolerance_of_no_form_is_told_the_forms(self):
        for text in ("x", "0.1", "", "$"):
            self.refused("run", HOLD, "--tolerance", text,
                         says="--tolerance needs a share (0.1%) or an amount ($500)")

    def test_limits_of_a_tolerance_go_with_one(self):
        for option, value in (("--max-paths", "5000"), ("--tolerance-of", "mean")):
            self.refused("run", HOLD, option, value, says=f"{option} goes with --tolerance")

    def test_a_short_last_block_counts_every_exit_once(self):
        """Lanes beyond its end may exit where none of its own does."""
        for paths, seed in (("1", "8"), ("1", "1"), ("65", "6"), ("127", "3")):
            result = json.loads(self.good("run", QUICK, "--paths", paths, "--seed", seed, "--no-turning",
                                          "--set", "simulation.worlds=1", "--json", "-o", "a.h5"))
            for offer in result["offers"]:
                if offer["exit"]:
                    self.assertAlmostEqual(sum(offer["exit"].values()), 1, places=9, msg=(paths, seed))

    def test_a_vest_of_nothing_is_no_cash(self):
        (self.folder / "a.yaml").write_text(
            "schema: liquidus/1\nsimulation: {paths: 4096}\n"
            "companies: {acme: {listing: public, price: 10, volatility: 30%}}\n"
            "offers: [{id: a, company: acme, base: $0, leaving: 40%/y, grants: [{instrument: rsu, "
            "units: 1000, vesting: {years: [0%, 0%, 50%, 50%], every: 1mo}}]}]\n")
        offer = json.loads(self.good("run", "a.yaml", "--no-turning", "--json"))["offers"][0]
        self.assertAlmostEqual(offer["time_to_cash_years"]["never"], offer["p_equity_zero"]["value"], places=9)
        self.assertGreater(offer["p_equity_zero"]["value"], 0.3)

    def test_tolerance_says_how_many_paths_it_took(self):
        result = json.loads(self.good("run", HOLD, "--paths", "2048", "--tolerance", "0.5%",
                                      "--tolerance-of", "mean", "--no-turning", "--json"))
        self.assertGreater(result["paths"], 2048)
        self.assertLessEqual(result["tolerance_se"], result["tolerance_allowed"])
        self.assertIn("as small as asked", result["tolerance"])
        self.assertIs(result["tolerance_reached"], True)
        text = self.good("run", HOLD, "--paths", "2048", "--tolerance", "$1", "--max-paths",
                         "8192", "--no-turning")
        self.assertIn("larger than asked", " ".join(text.split()))

    def test_quiet_says_nothing(self):
        self.assertEqual(self.good("run", IDENTITY, *SMALL, "-q", "-o", "a.h5"), "")
        self.assertEqual(self.files(), ["a.h5"])

    def test_figures_can_be_set(self):
        result = json.loads(self.good("run", IDENTITY, *SMALL, "--json", "--seed", "77", "-o", "a.h5",
                                      "--set", "person.risk_aversion=3"))
        self.assertEqual((result["seed"], result["risk_aversion"], result["paths"]), (77, 3, 4096))

    def test_the_same_bits_for_any_number_of_threads(self):
        hashes = set()
        for threads in ("1", "2", "3"):
            self.good("run", QUICK, *SMALL, "-q", "--threads", threads, "-o", f"{threads}.h5")
            hashes.add(self.good("show", f"{threads}.h5", "--hash"))
        self.assertEqual(len(hashes), 1)

    def test_samples_are_kept_when_asked_for(self):
        self.good("run", IDENTITY, *SMALL, "-q", "-o", "plain.h5")
        self.good("run", IDENTITY, *SMALL, "-q", "-o", "samples.h5", "--samples")
        self.good("run", IDENTITY, *SMALL, "-q", "-o", "small.h5", "--samples", "--compress")
        try:
            import h5py
        except ImportError:
            return
        with h5py.File(self.folder / "samples.h5") as file:
            group = file["samples"]
            totals = [group[name][:] for name in group if name.endswith("_total")]
            self.assertEqual(len(totals), 1)
            self.assertEqual(totals[0].shape, (4096,))
            self.assertAlmostEqual(totals[0].mean(), file["offers/total_mean"][0], delta=0.01)
        with h5py.File(self.folder / "plain.h5") as file:
            self.assertNotIn("samples", file)

    def test_only_our_own_files_are_replaced(self):
        self.good("run", IDENTITY, *SMALL, "-q", "-o", "a.h5")
        self.good("run", IDENTITY, *SMALL, "-q", "-o", "a.h5", "--seed", "2")
        other = self.folder / "letter.txt"
        other.write_text("mine")
        self.refused("run", IDENTITY, *SMALL, "-o", "letter.txt", says="letter.txt")
        self.assertEqual(other.read_text(), "mine")
        os.symlink("a.h5", self.folder / "link.h5")
        (self.folder / "folder").mkdir()
        for target in ("link.h5", "folder", "folder/", "letter.txt/a.h5", "/proc/a.h5", "-", "",
                       "a" * 300, "/dev/full", "/dev/null"):
            self.refused("run", IDENTITY, *SMALL, "-o", target, says="output: expected")
        self.assertTrue(pathlib.Path("/dev/null").is_char_device())
        self.assertEqual(self.files(), ["a.h5", "letter.txt", "link.h5"])

    def test_a_bad_target_fails_before_the_simulation(self):
        self.refused("run", IDENTITY, "--paths", "1e10", "-o", "no/such/folder/a.h5",
                     says="no/such/folder: output: expected an existing folder")

    def test_a_full_disk_at_the_screen_leaves_the_file(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = run("run", IDENTITY, *SMALL, "-o", "a.h5", folder=self.folder, stdout=full)
        self.assertEqual(done.returncode, 3)
        self.assertIn("No space left", done.stderr)
        self.assertIn("WORTH TO YOU", self.good("show", "a.h5"))


if __name__ == "__main__":
    unittest.main()
