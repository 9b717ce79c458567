"""The examples of the pages."""

import re
import tempfile
import unittest

import yaml

from repositories import GITHUB, PROJECT, PYTHON, run


def examples(page):
    """The YAML of a page."""
    return re.findall(r"^```yaml\n(.*?)^```", (PROJECT / page).read_text(), re.DOTALL | re.MULTILINE)


class Pages(unittest.TestCase):
    def expect_valid(self, text, *schema):
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            file.write(text)
            file.flush()
            ran = run(PYTHON / "check-jsonschema", *schema, file.name)
            self.assertEqual(ran.returncode, 0, ran.stdout)

    def test_the_examples_are_what_the_schemas_say(self):
        workflow, job = examples("docs/integrations/ci.md")
        self.expect_valid(workflow, "--builtin-schema", "vendor.github-workflows")
        self.expect_valid(job, "--builtin-schema", "vendor.gitlab-ci")
        inputs = yaml.safe_load(workflow)["jobs"]["secrets"]["steps"][-1]["with"]
        self.assertLessEqual(set(inputs), set(yaml.safe_load(GITHUB.read_text())["inputs"]))
        (hooks,) = examples("docs/integrations/hooks.md")
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(hooks)
            file.flush()
            ran = run(PYTHON / "pre-commit", "validate-config", file.name)
            self.assertEqual(ran.returncode, 0, ran.stdout)
