"""schema: for editors, and as a page."""
import json
import unittest

from command import Case


class Schema(Case):
    def test_json_schema(self):
        schema = json.loads(self.good("schema"))
        self.assertIn("2020-12", schema["$schema"])
        self.assertIn("offers", schema["properties"])

    def test_reference_page(self):
        page = self.good("schema", "--markdown")
        self.assertTrue(page.startswith("#"))
        for key in ("offers", "risk_aversion", "opening_value", "vesting"):
            self.assertIn(f"`{key}`", page)


if __name__ == "__main__":
    unittest.main()
