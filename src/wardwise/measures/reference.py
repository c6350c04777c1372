"""Makes docs/reference/measures.md from the definitions; `make docs` writes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wardwise.records.tables import TABLES

from .catalogue import every
from .definition import Count, DatedCaveat, Measure

INTRODUCTION = """\
# Measures

<!-- Made from definitions/measures by `make docs`. Change the definitions, not this page. -->

A *measure* says what is counted, over what, why, and who answers for it. Each is a file in `definitions/measures/` that a board
member can read. A partnership keeps its own in `definitions/measures/` inside its store; a file there with the same name as a
shipped one takes its place, and every figure carries the fingerprint of the definition it was made with.

## How figures are made

**Count.** Rows of a canonical table, or the sum of a column (`sum`), or its different values (`distinct`), or rows weighed by their offence
code (`weights: open-harm`, the days of the open table of harm in `definitions/harm`), where all conditions
of `where` hold. A condition is a value, a list of values, `{not: …}` (which takes in rows whose cell is empty), a range
`{from: …, to: …}` with both ends in it, `months_between: {first: …, last: …, more_than: 12}` for two dates, or `offence_list:`
with the name of a list in `definitions/offences/`. In stated totals, capitals in words make no difference.

**Base.** Residents by year, another count of records, or nothing. Over residents the value is a rate, count ÷ base × `per`;
it is for the months shown and not made up to a year. `per: 100` over records is a share, in percent; what is counted must be
part of the base. Residents are those of the year in which the period's middle month lies, or of the newest estimate before it,
or the first after; all years come from one series, the one with most years, so that a change of series is never a change in
people. A larger area has residents only when every one of its districts has.

**Area.** A row counts for an area when its own area code is that area or a smaller one in it, of whatever year's boundaries.
Rows without a place are in no area's count; how many there were is said with the figure. A road collision counts for the
district that the police recorded, and for what that district lies in, as in published totals; for wards and smaller areas it counts
by its own place. Where an older file names the county, the district is that of its place.

**Interval.** 95%: exact Poisson limits below 10, Byar's approximation from 10 (counts and rates), Wilson's score interval
(shares). People, deprivation and weighed rows are not numbers of events and have none.

**Weights.** A row whose code the table lacks is not weighed, which is not to say that it weighs nothing: the figure says how many there
were, and a figure whose rows all lack a weight is `missing`.

**What was supplied.** A month that was not supplied is missing, never 0.

- Where each source of a table covers a police force's area (street crime, outcomes, stop and search, a force's offences), an
  area's month is supplied when the area's own force supplied it, or every one of its forces where it has several. Rows of the
  British Transport Police do not make a month supplied that the county's force did not supply.
- For other events, and where no force is known, it is supplied when the supplier that has given most of the area's rows supplied
  it; the area's force is taken first where it gives that kind of record.
- A force's own extract, and any partner's incidents, may cover only some districts. Such a supplier speaks for an area only when
  it ever gave a row placed in every district of that area; about other areas nothing is known, and that is not 0.
- Records that never fill in a column which a measure goes by say nothing of that measure: data.police.uk does not tell kinds of
  anti-social behaviour apart, so nuisance is not supplied there, and an extract without a knife marker has no knife crime to count.
- Where a source is declared `unbroken`, a month without a row that lies between others of one file is supplied, and is 0.
- Totals that a service or force states are supplied when there is one. A total for several months is never split. A period is
  covered by totals laid end to end, the shortest first; where they do not cover it there is no figure. An area without totals of
  its own has the sum of its parts' totals when all of them stated theirs.
- Deprivation and population are taken from the newest edition that is not after the period.

**Status.** `ok`: the count is complete. `missing`: no month of the period was supplied. `incomplete`: some were not, so there is
no count. `no-base`: counted, but there is nothing to divide by.

**Splits.** `--by` takes month, quarter, year or financial_year, and any open column of words or flags of the table. A group that
occurs anywhere in the period in the areas asked for is stated as 0 in every supplied part where it does not occur.

**Disclosure profile.** open, standard, sensitive or health: which thresholds apply before a figure leaves the analyst.
"""

_KINDS = {"lower": "Lower is better", "higher": "Higher is better", "neither": "Neither is better"}


def page() -> str:
    """The whole page, as Markdown."""
    measures = every()
    return "\n".join([INTRODUCTION, *_index(measures), *(line for measure in measures for line in _section(measure))])


def _index(measures: tuple[Measure, ...]) -> Iterator[str]:
    yield f"## The {len(measures)} measures\n"
    yield "| measure | what it asks | counted from | unit |"
    yield "|---|---|---|---|"
    for measure in measures:
        table = TABLES[measure.count.records].title
        yield f"| [{measure.measure}](#{measure.measure}) | {measure.question} | {table} | {measure.unit} |"
    yield ""


def _section(measure: Measure) -> Iterator[str]:
    yield f"### {measure.measure}\n"
    yield f"**{measure.question}** {measure.why}\n"
    yield f"- Count: {_counted(measure.count)}"
    if measure.base:
        yield f"- Base: {_counted(measure.base)}; per {measure.per:,g}"
    yield f"- Unit: {measure.unit}"
    rise = f". A rise may be good: {measure.rise_may_be_good}" if measure.rise_may_be_good else ""
    yield f"- {_KINDS[measure.better]}{rise}"
    yield f"- Owner: {measure.owner}; checked by: {measure.checked_by}; to review by {measure.review_by}"
    yield f"- Serves: {', '.join(measure.serves)}; disclosure profile: {measure.profile}"
    for caveat in measure.caveats:
        yield f"- Caveat: {caveat}"
    for dated in measure.dated_caveats:
        yield f"- Caveat, {_touched(dated)}: {dated.text}"
    yield ""


def _touched(caveat: DatedCaveat) -> str:
    """The months that a caveat is about: “from 2014-11”, “until 2013-04”."""
    ends = (("from", caveat.first), ("until", caveat.last))
    return " ".join(f"{word} {month}" for word, month in ends if month)


def _counted(count: Count) -> str:
    how = {
        bool(count.adds): f"sum of `{count.adds}` in",
        bool(count.distinct): f"different `{count.distinct}` in",
        bool(count.weights): f"rows, weighed by `{count.weights}`, of",
    }
    conditions = "; ".join(f"`{name}` {_said(given)}" for name, given in count.where.items())
    return f"{how.get(True, 'rows of')} `{count.records}`" + (f" where {conditions}" if conditions else "")


def _said(given: Any) -> str:
    if isinstance(given, bool):
        return "is yes" if given else "is no"
    if isinstance(given, list):
        return "is one of " + ", ".join(str(value) for value in given)
    if isinstance(given, Mapping):
        return _worded(given)
    return f"is {given}"


def _worded(given: Mapping[str, Any]) -> str:
    if "not" in given:
        refused = given["not"] if isinstance(given["not"], list) else [given["not"]]
        return "is not " + " or ".join(str(value) for value in refused)
    if {*given} <= {"from", "to"}:
        return " ".join(f"{word} {given[word]}" for word in ("from", "to") if word in given)
    return f"more than {given['more_than']} months from {given['first']} to {given['last']}"
