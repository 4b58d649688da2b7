"""An announced sale, as `value` and `waterfall` tell it."""
import json
import unittest

from command import CONFIGS, Case


class Deal(Case):
    def json(self, *arguments):
        return json.loads(self.good(*arguments, "--json"))

    def test_value_tells_it_and_does_not_count_it(self):
        path = CONFIGS / "mechanisms" / "announced-deal.yaml"
        found = self.json("value", path, "--company", "cash")
        alone = self.json("value", path, "--company", "alone")
        self.assertEqual(found["deal"]["price"], 3e9)
        self.assertAlmostEqual(found["deal"]["per_share"], 15.0, places=9)
        self.assertIsNone(alone["deal"])
        self.assertEqual(found["equity"], alone["equity"])
        told = " ".join(self.good("value", path, "--company", "cash").split())
        self.assertIn("nothing else here counts it: for $3bn it pays $15.00 for a share", told)
        self.assertIn("waterfall --exit PRICE", told)
        self.assertNotIn("announced", self.good("value", path, "--company", "alone"))

    def test_waterfall_tells_it(self):
        """With the shares issued since; check says the same of it."""
        path = CONFIGS / "staff-hugging-face-deal.yaml"
        deal = self.json("waterfall", path, "--exit", "11.9bn")["deal"]
        told = " ".join(self.good("waterfall", path, "--exit", "5bn").split())
        self.assertEqual(deal["price"], 11.9e9)
        self.assertIn(f"for $11.9bn it pays ${deal['per_share']:.2f} for a share", told)
        self.assertIn("41.9M shares issued since the last round", told)
        checked = " ".join(self.good("check", path).replace("\n#", " ").split())
        self.assertIn(f"A share of common is paid ${deal['per_share']:.2f},", checked)


if __name__ == "__main__":
    unittest.main()
