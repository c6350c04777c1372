"""Does it come back more here than in the rest of the division or force? Asked only where the rest's records are held too."""

from __future__ import annotations

from dataclasses import dataclass

from wardwise.methods.proportions import TwoShares, two_shares_by_score
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Ref, Role, Row, Statement, Sum, Table

from .about import About
from .words import literal

FEWEST = 20
"""People or places in the rest, below which nothing is compared."""
REAL = 0.05
METHOD = "The share that came back, here and in the rest, is compared by Fisher's exact test (1922); the limits of the difference are Newcombe's (1998, method 10)."
CAVEAT = "Where more is recorded, more comes back by chance alone: a higher share of repeats may say only that there is more of it."


@dataclass(frozen=True)
class Once:
    """How many of all (people, or places) were recorded, and how many of them more than once."""

    all: int
    again: int


@dataclass(frozen=True)
class Compared:
    """What is added to the findings of here alone: two tables, a sentence, sums, method and caveat; nothing where it cannot be asked."""

    tables: tuple[Table, ...] = ()
    statements: tuple[Statement, ...] = ()
    sums: tuple[Sum, ...] = ()
    method: str = ""
    caveats: tuple[str, ...] = ()


def around(about: About, wider: str = "") -> About | None:
    """The same question of the area around: the one that was named, or the police force's. None when there is none, or when it was
    not supplied in full. Raises WardwiseError for a named area that is not around this one."""
    places = about.ask.places
    code = wider or places.force_area(about.area)
    if code is None or code == about.area:
        return None
    inside = {member for member, _ in places.members([code])}
    own = {member for member, _ in places.members([about.area])}
    if not own < inside:
        raise WardwiseError(
            f"{places.name(code)} does not lie around {about.where}.",
            where=f"option wider: {code}",
            next_step="Give the code of a division, force or partnership of which this area is a part.",
        )
    whole = About.of(about.ask, about.measure, code, about.period)
    return None if whole.gap else whole


def compare(about: About, whole: About, here: Once, rest: Once, noun: str, verb: str) -> Compared:
    """Here against the rest of `whole`. noun: “people recorded”; verb: “were harmed more than once”."""
    if rest.all < FEWEST:
        return Compared()
    found = two_shares_by_score(rest.again, rest.all, here.again, here.all)
    others = f"the rest of {whole.where}"
    return Compared(
        (_shares(about, noun, others, here, rest), _apart(found)),
        (_statement(about, others, noun, verb, found),),
        (
            Sum(Ref("all", 0, "people" if noun.startswith("people") else "hit"), (Ref("wider", 0, "all"),)),
            Sum(Ref("all", 0, "again" if noun.startswith("people") else "repeat"), (Ref("wider", 0, "again"),)),
        ),
        METHOD,
        (CAVEAT,),
    )


def _shares(about: About, noun: str, others: str, here: Once, rest: Once) -> Table:
    columns = (
        Column("label", Role.LABEL, "Where"),
        Column("all", Role.COUNT, noun[:1].upper() + noun[1:]),
        Column("again", Role.COUNT, "More than once"),
        Column("share", Role.PERCENT, "Share", of=("again", "all"), decimals=1),
    )
    rows: tuple[Row, ...] = tuple(
        {"label": label, "all": one.all, "again": one.again, "share": 100 * one.again / one.all}
        for label, one in ((about.where, here), (others[:1].upper() + others[1:], rest))
    )
    return Table("wider", f"Repeats in {about.where} and in {others}, {about.period.label()}", columns, rows)


def _apart(found: TwoShares) -> Table:
    """The difference in percentage points; hidden with any of the counts."""
    of = ("wider.all", "wider.again")
    columns = (
        Column("label", Role.LABEL, "Difference"),
        Column("points", Role.VALUE, "Percentage points", of=of, decimals=1),
        Column("lower", Role.LOWER, "Lower 95% limit", of=of, decimals=1),
        Column("upper", Role.UPPER, "Upper 95% limit", of=of, decimals=1),
    )
    row: Row = {
        "label": "Here less the rest",
        "points": 100 * found.difference,
        "lower": 100 * found.lower,
        "upper": 100 * found.upper,
    }
    return Table("apart", "How far apart, in percentage points", columns, (row,))


def _statement(about: About, others: str, noun: str, verb: str, found: TwoShares) -> Statement:
    chance = (
        "A difference this size rarely happens by chance."
        if found.exact < REAL
        else "Chance alone could set them this far apart."
    )
    refs = {
        "here": Ref("wider", 0, "share"), "rest": Ref("wider", 1, "share"), "n": Ref("wider", 1, "again"), "all": Ref("wider", 1, "all"),
        "points": Ref("apart", 0, "points"), "low": Ref("apart", 0, "lower"), "high": Ref("apart", 0, "upper"),
    }  # fmt: skip
    return Statement(
        f"In {literal(about.where)} {{here}} of {noun} {verb}; in {literal(others)} it was {{rest}} ({{n}} of {{all}}). That is {{points}} percentage "
        f"points apart (95% limits {{low}} to {{high}}). {chance}",
        refs,
        {"here": "percent", "rest": "percent", "n": "count", "all": "count"} | dict.fromkeys(("points", "low", "high"), "points"),
    )  # fmt: skip
