"""The two plain rows that everything about places is worked out from: an area, and a link from one area to a larger one."""

from __future__ import annotations

from typing import NamedTuple

ORDER = ("lsoa", "msoa", "ward", "district", "csp", "partnership", "county", "force", "region", "country")
"""Levels from fine to coarse. A partnership is a group of districts that no official list names as one area."""


class Area(NamedTuple):
    """One area. vintages: the years of the look-ups and boundaries that hold its code, with a space between."""

    code: str
    name: str
    level: str
    vintages: str


class Link(NamedTuple):
    """child lies in parent, whose boundaries are of `vintages` (years, with a space between). exact: a look-up says wholly; else most of its people do.

    Between small areas parent is the newer one and `change` says S split, M merged, X irregular.
    """

    child: str
    parent: str
    parent_level: str
    vintages: str
    exact: bool
    change: str = ""


def rank(level: str) -> int:
    """Place in ORDER; levels that are not in it come last."""
    return ORDER.index(level) if level in ORDER else len(ORDER)
