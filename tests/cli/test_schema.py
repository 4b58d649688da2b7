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

    def test_keys_of_a_stress_file_stand_on_the_page(self):
        page = self.good("schema", "--markdown")
        part = page[page.index("\n## stress_file\n"):]
        for key in ("schema", "name", "about", "set", "key", "value", "source", "date"):
            self.assertIn(f"\n| `{key}` | ", part)


if __name__ == "__main__":
    unittest.main()
