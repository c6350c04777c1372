"""Canonical tables, figures and findings: the words every other stage speaks."""
