"""Did those who took part do better than others like them? Families matched one to one, with the balance shown first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wardwise.methods.matching import BALANCED, Balance, Paired, balance, nearest, paired, propensity
from wardwise.records.findings import Column, Findings, Ref, Role, Statement, Table
from wardwise.records.periods import Period, month_name

from .asking import Asker, asker
from .programmes import NAMES, Person, people
from .words import literal, lower_first, plural, spelt

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

FEWEST = 10
"""Pairs below which nothing is said of the outcome (our choice: with fewer, no difference could be told from chance)."""

METHOD = (
    "Each one who took part is paired with one who did not and had the nearest chance of taking part, judged by age, earlier events and need "
    "(Rosenbaum and Rubin 1983), within 0.2 standard deviations of its logit (Austin 2011). Outcomes are compared within pairs (McNemar's exact test; interval "
    "of Bonett and Price 2012). "
)
UNSEEN = "Matching takes away differences in what was recorded. It cannot take away those in what was not, such as the will to change."


def matched(
    source: Snapshot | Asker, programme: str, area: str, period: Period, *, months: int = 12, name: str = "matched"
) -> Findings | None:
    """Outcomes within `months` in matched pairs: table `outcome`; the balance before and after matching: table `balance`.

    Only those followed for `months` with every covariate known are matched. None when one of the groups is empty.
    """
    ask = asker(source)
    found, sources = people(ask, programme, area, period.end)
    able = [one for one in found if one.covariates is not None and one.start + months <= one.followed]
    took = [one.took_part for one in able]
    if not any(took) or all(took):
        return None
    covariates = [one.covariates or () for one in able]
    pairs = nearest(propensity(took, covariates), took)
    result = (
        paired([(_had(able[a], months), _had(able[b], months)) for a, b in pairs]) if len(pairs) >= FEWEST else None
    )
    evened = balance(covariates, took, pairs) if pairs else ()
    title = f"{programme}: those who took part beside others like them, started by {month_name(period.end)}"
    return Findings(
        name=name,
        title=title,
        tables={"outcome": _outcome(title, result), "balance": _balance(title, evened)},
        statements=tuple(_statements(programme, result, evened, months, sum(took), len(pairs))),
        method=METHOD,
        caveats=(UNSEEN, *_uneven(evened)),
        sources=sources,
        profile="sensitive",
        meta={"area": ask.places.name(area), "area_code": area},
    )


def _had(one: Person, months: int) -> bool:
    return one.event is not None and 0 <= one.event - one.start <= months


def _outcome(title: str, found: Paired | None) -> Table:
    counts = ("pairs", "one", "other", "only_one", "only_other")

    def of(name: str, role: Role, heading: str, unit: str = "") -> Column:
        return Column(name, role, heading, of=counts, decimals=1, unit=unit)

    columns = (
        Column("pairs", Role.COUNT, "Pairs"),
        Column("one", Role.COUNT, "Took part: with an event"),
        Column("other", Role.COUNT, "Matched: with an event"),
        Column("only_one", Role.COUNT, "Pairs where only the one who took part had one"),
        Column("only_other", Role.COUNT, "Pairs where only the other had one"),
        of("share_one", Role.PERCENT, "Took part"),
        of("share_other", Role.PERCENT, "Matched"),
        of("difference", Role.PERCENT, "Difference", "percentage points"),
        of("lower", Role.LOWER, "Lower 95% limit", "points"),
        of("upper", Role.UPPER, "Upper 95% limit", "points"),
    )
    if found is None:
        return Table("outcome", title, columns, ())
    one, other = round(found.share_one * found.pairs), round(found.share_other * found.pairs)
    points = {"difference": found.difference, "lower": found.lower, "upper": found.upper}
    row = {
        "pairs": found.pairs,
        "one": one,
        "other": other,
        "only_one": found.only_one,
        "only_other": found.only_other,
        "share_one": 100 * found.share_one,
        "share_other": 100 * found.share_other,
        **{key: 100 * value for key, value in points.items()},
    }
    return Table("outcome", title, columns, (row,))


def _balance(title: str, found: Sequence[Balance]) -> Table:
    """Standardised differences are of averages of whole groups; they tell of no one, so they are open."""
    columns = (
        Column("label", Role.LABEL, "What they were matched on"),
        Column("before", Role.BASE, "Difference before matching", decimals=2, unit="standard deviations"),
        Column("after", Role.BASE, "Difference after matching", decimals=2, unit="standard deviations"),
        Column("note", Role.NOTE, "Balanced?"),
    )
    rows = tuple(
        {
            "label": words,
            "before": each.before,
            "after": each.after,
            "note": "balanced" if each.good else "still uneven",
        }
        for words, each in zip(NAMES.values(), found, strict=False)
    )
    return Table("balance", f"{title}: balance", columns, rows)


def _uneven(found: Sequence[Balance]) -> tuple[str, ...]:
    bad = [lower_first(words) for words, each in zip(NAMES.values(), found, strict=False) if not each.good]
    if not bad:
        return ()
    return (f"Still uneven after matching (by {BALANCED} standard deviations or more): {', '.join(bad)}.",)


def _statements(
    programme: str, found: Paired | None, evened: Sequence[Balance], months: int, took: int, pairs: int
) -> list[Statement]:
    words = literal(programme)
    if found is None:
        return [Statement(f"{words}: too few pairs could be matched to compare what happened.")]
    refs = {
        key: Ref("outcome", 0, key) for key in ("pairs", "share_one", "share_other", "difference", "lower", "upper")
    }
    formats = {"pairs": "count", "share_one": "percent", "share_other": "percent"}
    formats |= dict.fromkeys(("difference", "lower", "upper"), "rate")
    often = "rarely" if found.p < 0.05 else "often"
    text = (
        f"{words}: within {months} months {{share_one}} of those who took part had a further event, against {{share_other}} of {{pairs}} others like "
        f"them: {{difference}} percentage points (95% interval {{lower}} to {{upper}}). A difference this size {often} comes by chance."
    )
    good = sum(each.good for each in evened)
    even = f"After matching, the groups were even in {_of_all(good, len(evened))} they were matched on."
    left = " Some who took part had no one like them and were left out." if pairs < took else ""
    few = f"{words}: the result rests on too few people to be published."
    return [Statement(text, refs, formats, hidden=few), Statement(even + left)]


def _of_all(good: int, every: int) -> str:
    """“all three things”, “two of the three things”."""
    return f"all {plural(every, 'thing')}" if good == every else f"{spelt(good)} of the {plural(every, 'thing')}"
