"""The named sets of signs that tell a special cause on a control chart, as data. A chart states which set it used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Near:
    """`needed` of `window` points in a row, on one side of the mean, further from it than `share` of the way to that limit.
    counts_outside: a point beyond the limit counts as near it."""

    needed: int
    window: int
    share: float
    counts_outside: bool


@dataclass(frozen=True)
class Rules:
    """run: points in a row on one side of the mean. trend: points in a row each above (or below) the last; None leaves the
    sign out. near: see Near. moving_range: whether a moving range above its limit is a sign."""

    name: str
    title: str
    citation: str
    run: int
    trend: int | None
    near: Near | None
    moving_range: bool


WHEELER = Rules(
    name="wheeler",
    title="Wheeler",
    citation="D. J. Wheeler, Understanding Variation (1993), and Making Sense of Data (2003): detection rules one, two and three",
    run=8,
    trend=None,
    near=Near(needed=3, window=4, share=0.5, counts_outside=True),
    moving_range=True,
)

NHS = Rules(
    name="nhs",
    title="NHS Making Data Count",
    citation="NHS England, Making Data Count: Getting Started (2019); two-of-three as in NHSRplotthedots 0.2.2, which leaves out "
    "points beyond the limit",
    run=7,
    trend=7,
    near=Near(needed=2, window=3, share=2 / 3, counts_outside=False),
    moving_range=False,
)

LIMITS_ONLY = Rules(
    name="limits-only",
    title="Points beyond the limits only",
    citation="W. A. Shewhart, Economic Control of Quality of Manufactured Product (1931)",
    run=0,
    trend=None,
    near=None,
    moving_range=False,
)

RULE_SETS = {rules.name: rules for rules in (WHEELER, NHS, LIMITS_ONLY)}
