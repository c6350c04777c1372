"""The examples in the pages about disclosure are the code's own."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from wardwise.disclosure import SHIPPED, Audience, Rule, Thresholds

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_example_of_own_thresholds_can_be_read():
    text = (DOCS / "how-to" / "change-what-is-hidden.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    own = Thresholds.of(yaml.safe_load(example))
    assert own.rule("standard", Audience.PUBLIC) == Rule(hide_below=10)
    assert own.rule("health", Audience.PARTNERSHIP) == Rule(8, 5, 8)


def test_the_table_of_profiles_says_the_shipped_numbers():
    text = (DOCS / "explanation" / "disclosure-control.md").read_text(encoding="utf-8")
    rows = {cells[1].strip(): cells[2:4] for line in text.splitlines() if len(cells := line.split("|")) == 6}
    for profile, rules in SHIPPED.profiles.items():
        for cell, audience in zip(rows[profile], (Audience.PARTNERSHIP, Audience.PUBLIC), strict=True):
            assert _said(rules[audience]) == cell.strip()


def _said(rule: Rule) -> str:
    if rule == Rule():
        return "all shown"
    hidden = "1 and 2 hidden" if rule.hide_below == 3 else f"1 to {rule.hide_below - 1} hidden"
    rounded = f", the rest rounded to {rule.round_to}" if rule.round_to > 1 else ""
    if not rule.rate_from:
        return hidden + rounded
    return f"{hidden}{rounded}; rates need {rule.rate_from if rounded else f'counts of {rule.rate_from}'}"
