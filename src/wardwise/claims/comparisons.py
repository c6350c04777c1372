"""Checks of what is compared with what: periods, releases, definitions, and whether a change can be told from chance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wardwise.analysis.claimed import Range, may_be_chance

from .doubts import Doubt, Level, quoted
from .extract import changes, counted, lines
from .numbers import NUMBER, WORDS, bare_year, period, whole
from .text import Grid, Text, is_count

_YEAR_END = re.compile(r"\b(?:year end|end of (?:the )?year|full year)\b", re.IGNORECASE)
_MONTHS_BETWEEN = re.compile(
    rf"\b(?P<many>{'|'.join(WORDS)}|\d+) months?\b[^.]{{0,20}}?\b(?:between|from)\s+(?P<span>[A-Z][a-z]+ (?:\d{{4}} )?(?:and|to) [A-Z][a-z]+ \d{{4}})",
    re.IGNORECASE,
)
_DATASETS = re.compile(
    r"\b(?P<name>Ind(?:ex|ices) of (?:Multiple )?Deprivation|Census|mid.year estimates)\b,?\s*(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_RELEASE = re.compile(r"^\W*(?:source|map)", re.IGNORECASE)


def periods(text: Text) -> Iterator[Doubt]:
    """Columns of unequal length beside each other; years that are not said to be whole; a part of a year called its end."""
    whole_report = next((found for passage in text.passages[:12] if (found := period(passage.text))), None)
    part_year = whole_report is not None and whole_report.length < 12
    for grid in text.grids:
        yield from _columns(grid, part_year)
    for passage in text.passages:
        if (
            _YEAR_END.search(passage.text)
            and part_year
            and whole_report is not None
            and re.search(r"performance|figures", passage.text)
        ):
            why = f"The report covers {whole_report.label()}, {whole_report.length} months; that is not a year."
            yield Doubt("period", Level.ASK, passage.place, quoted(passage.text), why, "Name the months.")
        stated = _MONTHS_BETWEEN.search(passage.text)
        span = period(stated["span"]) if stated else None
        if stated and span and whole(stated["many"]) not in (span.length,):
            why = f"{span.label()} is {span.length} months, both ends counted, not {stated['many']}."
            yield Doubt(
                "period", Level.ASK, passage.place, quoted(stated[0]), why, "Say on which days it began and ended."
            )


def _columns(grid: Grid, part_year: bool) -> Iterator[Doubt]:
    spans = [(head, found) for head in grid.header if (found := period(head))]
    lengths = {span.length for _, span in spans}
    if len(lengths) > 1:
        told = " and ".join(f"{head.strip()} ({span.length} months)" for head, span in spans)
        why = f"The columns cover unequal periods: {told}. Their counts cannot be compared as they stand."
        yield Doubt(
            "period",
            Level.ASK,
            grid.place,
            quoted(grid.caption),
            why,
            "Compare equal months, or give averages a month and say so.",
        )
    years = [head for head in grid.header if bare_year(head)]
    if len(years) > 1 and part_year:
        why = f"The columns say {' and '.join(years)}; the report is of part of a year. Which months are counted?"
        yield Doubt(
            "period", Level.ASK, grid.place, quoted(grid.caption), why, "Write the months at the head of each column."
        )


def releases(text: Text) -> Iterator[Doubt]:
    """Words that speak of one release of a dataset, and a map or source line of another under the same heading."""
    for passage in text.passages:
        if not _RELEASE.match(passage.text):
            continue
        for found in _DATASETS.finditer(passage.text):
            said = {
                m["year"]
                for p in text.section(passage.heading)
                if p is not passage
                for m in _DATASETS.finditer(p.text)
                if m["name"].lower()[:5] == found["name"].lower()[:5]
            }
            if said and found["year"] not in said:
                why = f"The text speaks of the {found['name']} {', '.join(sorted(said))}; the source line says {found['year']}."
                yield Doubt(
                    "release",
                    Level.ASK,
                    passage.place,
                    quoted(passage.text),
                    why,
                    "Show the release that the text is about, or say why not.",
                )


def definitions(text: Text) -> Iterator[Doubt]:
    """A table of incidents that its introduction calls offences, or the other way round: they are counted by different rules."""
    for grid in text.grids:
        inside = " ".join([*grid.header, *(row[0] for row in grid.rows)]).lower()
        above = " ".join(p.text for p in text.before(grid.order, 1)).lower()
        for one, other in (("incident", "offence"), ("offence", "incident")):
            if one in inside and other not in inside and other in above and one not in above:
                why = f"The words above say {other}s, the table counts {one}s. An incident need not be a crime."
                yield Doubt("definition", Level.ASK, grid.place, quoted(grid.caption), why, "Say which is counted.")


def chance(text: Text) -> Iterator[Doubt]:
    """A change that chance alone would often give, by the counts that the report's own numbers imply."""
    for passage in lines(text):
        for change in changes(passage):
            if change.after is not None and change.before is not None:
                difference: int | None = change.after - change.before
            else:
                difference = change.difference
            if not difference or change.base is None or not may_be_chance(change.base, difference):
                continue
            after = Range(change.base.low + difference, change.base.high + difference)
            why = f"About {change.base.words()} before and {after.words()} after: chance alone often gives a change as large (exact Poisson test, 1 in 20)."
            yield Doubt(
                "chance",
                Level.NOTE,
                passage.place,
                quoted(f"{change.subject} {change.percent}%"),
                why,
                "Give both counts, and do not build on the percentage.",
            )


SENSITIVE = re.compile(
    r"hate|victim|disab|gender|homophob|racis|domestic|sexual|exploit|child|suicid|slavery|religio", re.IGNORECASE
)
SMALL = 5
"""Counts of people below five are not published: Office for National Statistics, policy on protecting confidentiality in tables."""


def small_numbers(text: Text) -> Iterator[Doubt]:
    """Counts below five about people in a table: someone may be recognised."""
    for grid in text.grids:
        about = f"{grid.heading} {grid.caption}"
        if not SENSITIVE.search(about):
            continue
        places = [
            i
            for i, head in enumerate(grid.header)
            if not re.search(r"change|%|rank|rate|per |figure|id$", head, re.IGNORECASE)
        ] or list(range(1, 3))
        cells = [
            row[i] for row in grid.rows for i in places if i and i < len(row) and re.fullmatch(NUMBER, row[i].strip())
        ]
        few = [cell for cell in cells if is_count(cell) and 0 < counted(cell)[0] < SMALL] if cells else []
        if few:
            why = f"{len(few)} counts are from 1 to {SMALL - 1}. In a published paper someone may be recognised."
            yield Doubt(
                "small-numbers",
                Level.ASK,
                grid.place,
                quoted(grid.caption),
                why,
                "Hide or combine them before the paper is published.",
            )
