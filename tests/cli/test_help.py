"""help: commands, options, words of finance."""
import re
import unittest

from command import Case, TOP, WIDTH, share

COMMANDS = "run check show schedule waterfall value dlom schema init sources bench help".split()


class Help(Case):
    def fits(self, text):
        for line in text.splitlines():
            self.assertLessEqual(len(line), WIDTH + 17, line)  # options and their clause
        self.assertTrue(text.endswith("\n"))

    def test_all_commands_are_listed(self):
        listed = re.findall(r"^  (\w+)", self.good("help"), re.M)
        self.assertEqual(listed, COMMANDS)

    def test_each_command_is_explained_three_ways(self):
        for command in COMMANDS:
            text = self.good("help", command)
            self.assertTrue(text.startswith(f"usage: liquidus {command}"), text)
            self.assertEqual(self.good(command, "--help"), text)
            self.assertEqual(self.good(command, "-h"), text)
            self.fits(text)

    def test_every_word_is_explained(self):
        words = [w.strip() for w in self.good("help", "words").replace("\n", " ").split(",")]
        self.assertGreater(len(words), 40)
        for word in share(words, 3):
            text = self.good("help", *word.split(" ", 1))
            self.assertTrue(text.startswith(word + ":"), text)
            for line in text.splitlines():
                self.assertLessEqual(len(line), WIDTH)

    def test_words_have_other_names(self):
        for name, word in (("CVaR", "bad case"), ("risk aversion", "gamma"), ("fmv", "409A"),
                           ("post-money", "post-money"), ("double_trigger", "double trigger"),
                           ("liquidation-preference", "liquidation preference"),
                           ("certainty equivalent", "certainty equivalent"), ("rsu", "rsu"),
                           ("haircut", "haircut"), ("lockup", "lockup"), ("tender", "tender"),
                           ("appraisal", "409A"), ("sectors", "sector"), ("student_t", "fat tails"),
                           ("rounds", "round"), ("cap_table", "cap table"), ("deal", "deal"),
                           ("heston", "moving volatility"), ("bootstrap", "history"),
                           ("regime", "regime"), ("floor", "floor"), ("merton", "jump")):
            self.assertTrue(self.good("help", *name.split(" ", 1)).startswith(word + ":"), name)

    def test_every_key_of_the_configs_is_explained(self):
        page = self.good("schema", "--markdown").split("\n## stress_file\n")[0]
        keys = sorted(set(re.findall(r"(?m)^\| `(\w+)` \|", page)))
        self.assertGreater(len(keys), 150)
        for key in share(keys[::3], 4):
            self.fits(self.good("help", key))
        text = " ".join(self.good("help", "search_gap").split())
        self.assertIn("search_gap, a key of configs: offers[].search_gap: Without pay", text)
        self.assertIn("Default: 3mo.", text)
        self.assertEqual(self.good("help", "fees").count("\n  companies.ID."), 2)

    def test_stresses_are_listed_in_the_words_of_their_files(self):
        text = self.good("help", "stress")
        self.fits(text)
        for stress in (TOP / "configs/data/stress").glob("*.yaml"):
            about = re.search(r"about: >-\n((?:  .*\n)+)", stress.read_text()).group(1)
            self.assertRegex(text, rf"(?m)^  {stress.stem} +\w")
            self.assertIn(" ".join(about.split()), " ".join(text.split()))

    def test_unknown_topics_get_a_suggestion(self):
        self.refused("help", "gama", says="did you mean gamma?")
        self.refused("help", "shwo", says="did you mean show?")
        self.refused("help", "xyzzy", says='no command, word or key "xyzzy"')


if __name__ == "__main__":
    unittest.main()
