"""What the synthetic records must add up to, read from definitions/demo, and the check that they do before a row is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wardwise.definitions import find
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period

PERIOD = Period("2013-04", "2016-08")
"""The months of the demo: three financial years and the five months the report is about."""

SPELLS = {
    "2013-14": Period("2013-04", "2014-03"),
    "2014-15": Period("2014-04", "2015-03"),
    "before": Period("2015-04", "2015-08"),
    "rest": Period("2015-09", "2016-03"),
    "now": Period("2016-04", "2016-08"),
}
"""The runs of months that have totals of their own. “rest” is 2015-16 less “before”."""


def by_spell(counts: Sequence[int]) -> dict[str, int]:
    """The five declared counts (2013-14, 2014-15, before, 2015-16, now) as counts of the five spells.

    Raises WardwiseError when five months hold more than their year.
    """
    first, second, before, year, now = counts
    if before > year:
        raise WardwiseError(
            f"April to August 2015 has {before} and the whole of 2015-16 only {year}.",
            where="definitions/demo",
            next_step="Make the fourth count at least as large as the third.",
        )
    return dict(zip(SPELLS, (first, second, before, year - before, now), strict=True))


@dataclass(frozen=True)
class Code:
    """One Home Office offence code of a line. victim: adult, child, or empty where the offence does not say."""

    code: str
    offence: str
    subgroup: str
    weight: int
    victim: str = ""
    hate: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the offences: its counts by spell, those with the domestic marker, and how its records look."""

    line: str
    group: str
    category: str
    street: str
    when: str
    counts: dict[str, int]
    domestic: dict[str, int]
    codes: tuple[Code, ...]
    victim: int
    offender: int
    knife: int = 0
    centre: int = 0
    alcohol: int = 0
    drugs: int = 0
    online: int = 0


@dataclass(frozen=True)
class Demo:
    """All the declarations of the demo, read and checked."""

    lines: tuple[Line, ...]
    targets: Mapping[str, Any]
    county: Mapping[str, Any]
    patterns: Mapping[str, Any]
    seasons: Mapping[str, Sequence[int]]
    returns: Mapping[str, Any]
    services: Mapping[str, Any]
    pilot: Mapping[str, Any]


def load() -> Demo:
    """The demo's declarations. Raises DefinitionError when a file is not readable, WardwiseError when it does not add up."""
    files = {path.stem: find.read(path) for path in find.files("demo")}
    if missing := {"targets", "offences", "county", "returns", "services", "pilot"} - set(files):
        raise WardwiseError(
            f"The demo's declarations are not all there: {', '.join(sorted(missing))} missing.",
            where="definitions/demo",
            next_step="Install Wardwise again.",
        )
    offences = files["offences"]
    lines = tuple(_line(raw) for raw in offences["lines"])
    told = offences["patterns"], offences["seasons"], files["returns"], files["services"], files["pilot"]
    demo = Demo(lines, files["targets"], files["county"], *told)
    check(demo)
    return demo


def _line(raw: Mapping[str, Any]) -> Line:
    known = dict(raw)
    known["counts"] = by_spell(raw["counts"])
    known["domestic"] = by_spell(raw.get("domestic", (0, 0, 0, 0, 0)))
    known["codes"] = tuple(Code(**code) for code in raw["codes"])
    return Line(**known)


def matches(line: Line, of: Mapping[str, str], assaults: Sequence[str]) -> bool:
    """Whether the line is among the records a total is of."""
    category = of.get("category", line.category)
    return (
        line.group == of.get("group", line.group)
        and line.group != of.get("except")
        and (line.category in assaults if category == "assaults" else line.category == category)
    )


def check(demo: Demo) -> None:
    """Every declared total is the sum of its lines. Raises WardwiseError naming the first that is not."""
    for total in demo.targets["totals"]:
        of, want = total["of"], by_spell(total["counts"])
        among = [line for line in demo.lines if matches(line, of, demo.targets["assaults"])]
        for spell in SPELLS:
            found = sum((line.domestic if of.get("flag") == "domestic" else line.counts)[spell] for line in among)
            if found != want[spell]:
                raise WardwiseError(
                    f"The lines of “{total['name']}” add up to {found} in {spell}, not {want[spell]}.",
                    where="definitions/demo/offences.yaml",
                    next_step="Change a line, or the total in targets.yaml.",
                )
