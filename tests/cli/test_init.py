"""init: a config that works, and never over another."""
import os
import unittest

from command import Case

TEMPLATES = ("two-offers", "band", "double-trigger", "public")


class Init(Case):
    def test_every_template_is_a_good_config(self):
        for name in TEMPLATES:
            target = self.folder / "offers.yaml"
            target.unlink(missing_ok=True)
            self.assertIn("offers.yaml", self.good("init", "--template", name))
            self.assertIn("offers:", self.good("check", "offers.yaml"), name)

    def test_the_default_is_two_offers(self):
        self.good("init")
        first = (self.folder / "offers.yaml").read_text()
        (self.folder / "offers.yaml").unlink()
        self.good("init", "--template", "two-offers")
        self.assertEqual((self.folder / "offers.yaml").read_text(), first)

    def test_the_help_names_the_templates(self):
        text = self.good("help", "init")
        for name in TEMPLATES:
            self.assertIn(name, text)

    def test_it_never_overwrites(self):
        target = self.folder / "offers.yaml"
        target.write_text("mine")
        self.refused("init", says="offers.yaml")
        self.assertEqual(target.read_text(), "mine")
        target.unlink()
        os.symlink("elsewhere", target)
        self.refused("init", says="offers.yaml")
        self.assertFalse((self.folder / "elsewhere").exists())

    def test_unknown_templates_get_a_suggestion(self):
        self.refused("init", "--template", "bnad", says="did you mean band?")
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    unittest.main()
