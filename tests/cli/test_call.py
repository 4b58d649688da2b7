"""Options: spelled out, each once, in any order."""
import unittest

from command import Case, IDENTITY


class Call(Case):
    def test_abbreviations_are_refused_with_the_full_name(self):
        self.refused("run", IDENTITY, "--samp", says="did you mean --samples?")
        self.refused("show", "a.h5", "--has", says="did you mean --hash?")

    def test_misspellings_get_a_suggestion(self):
        self.refused("run", IDENTITY, "--tread", "2", says="did you mean --threads?")
        self.refused("run", IDENTITY, "--frobnicate", says="unknown option --frobnicate")
        self.refused("run", IDENTITY, "-x", says="unknown option -x")

    def test_each_option_once_with_what_it_takes(self):
        self.refused("run", IDENTITY, "--paths", says="--paths needs N")
        self.refused("run", IDENTITY, "-o", says="-o needs FILE")
        self.refused("run", IDENTITY, "--json=yes", says="--json takes no value")
        self.refused("run", IDENTITY, "--seed", "1", "--seed", "2", says="--seed is given twice")
        self.refused("run", IDENTITY, *["--set=a=b"] * 65, says="more than 64 times")

    def test_options_of_later_versions_are_refused_by_name(self):
        self.refused("run", IDENTITY, "--resume", says="--resume is not in this version")
        self.assertNotIn("--resume", self.good("help", "run"))

    def test_operands_are_counted(self):
        self.refused("run", says="CONFIG is missing")
        self.refused("check", "a.yaml", "b.yaml", says="one too many: b.yaml")
        self.refused("sources", "x", says="one too many: x")

    def test_order_and_form_do_not_matter(self):
        want = self.good("schedule", IDENTITY, "--json", "--set", "simulation.seed=3")
        for form in (["--json", "schedule"][1:] + ["--json", "--set=simulation.seed=3", IDENTITY],
                     ["schedule", "--set", "simulation.seed=3", "--json", "--", IDENTITY]):
            self.assertEqual(self.good(*form), want)

    def test_nothing_is_written_by_a_refused_call(self):
        self.refused("run", IDENTITY, "--paths")
        self.refused("run", IDENTITY, "--threads", "0", says="--threads needs a number")
        self.refused("run", IDENTITY, "--threads", "two", says="--threads needs a number")
        self.refused("run", IDENTITY, "--paths", "-3")
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    unittest.main()
