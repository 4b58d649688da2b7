"""sources: every default with where it comes from."""
import unittest

from command import Case, TOP


class Sources(Case):
    def test_every_pack_is_named(self):
        text = self.good("sources")
        for pack in (TOP / "configs/data/companies").glob("*.yaml"):
            self.assertIn(pack.name, text)
        self.assertIn("market.equity_premium", text)
        self.assertIn("confidence", text)


if __name__ == "__main__":
    unittest.main()
