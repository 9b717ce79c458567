"""Runs what is in bindings/ci and .pre-commit-hooks.yaml in repositories of its own: test.py WEIR"""

import sys
import unittest

import github
import gitlab
import pages
import precommit

suite = unittest.TestSuite(
    unittest.defaultTestLoader.loadTestsFromModule(module) for module in (github, gitlab, pages, precommit))
sys.exit(not unittest.TextTestRunner().run(suite).wasSuccessful())
