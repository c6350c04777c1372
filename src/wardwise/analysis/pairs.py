"""Two counts side by side: the rows, columns and sentences that every comparison in a product is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wardwise.methods.compare import Verdict, change
from wardwise.methods.dispersion import Dispersion, judge
from wardwise.methods.rounding import NO_PERCENT
from wardwise.records.cells import NOT_APPLICABLE, Cell
from wardwise.records.findings import Column, Ref, Role, Row, Statement, Sum, Table
from wardwise.records.periods import Period

from .words import (
    NOT_COMPARED,
    chance_sentence,
    listed,
    literal,
    lower_first,
    sentence_case,
    spelt,
    spoken_title,
    verdict_words,
)

METHOD = (
    "Counts are compared as they are. The percentage is of the earlier count, rounded once. Whether chance alone could make "
    "such a change is tested exactly, taking both counts to be Poisson (Przyborowski and Wilenski 1940), and, where the months before "
    "are held, also with the variation that the count has shown from month to month (quasi-Poisson): “unlikely to be chance” "
    "means less than 1 chance in 20 by both."
)
CHANCE_CAVEAT = (
    "The test of chance takes every event to be separate. Repeat victims, a few very active people or a police operation make "
    "counts jump more than that, and of every 20 comparisons about one is called unlikely by chance alone."
)
VARIATION_CAVEAT = (
    "The test of chance allows for how much more than separate events counts varied from month to month here over up to five years, "
    "and for months that follow each other. Of every 20 comparisons about one is still called unlikely by chance alone."
)
OTHERS_CAVEAT = (
    "{names}: the test of chance takes every event to be separate, because too few are held to tell how much they vary."
)
RETURN = "so part of the change may be a return to what is usual."
RETURN_OF_ALL = "so part of each change listed here may be a return to what is usual."
UNEQUAL_CAVEAT = "Unequal periods: {before} covers {months_before} months and {after} covers {months_after}. Only monthly averages are compared."


@dataclass(frozen=True)
class Pair:
    """before and after: counts, or MISSING. ids: of the figures they came from, empty for sums worked out here.

    note: what the reader must know of this row. good: what a rise may mean when it can be good news. apart: that months of the
    earlier period are unlike others, where they are. dispersion: how much the
    count varies from month to month; None where that cannot be told, and then every event is taken to be separate.
    """

    label: str
    before: Cell
    after: Cell
    before_id: str = ""
    after_id: str = ""
    area: str = ""
    note: str = ""
    good: str = ""
    dispersion: Dispersion | None = None
    apart: str = ""

    @property
    def said_of_rise(self) -> str:
        """What a rise may mean when it can be good news; empty unless it rose."""
        known = self.known()
        return self.good if known is not None and known[1] > known[0] else ""

    def known(self) -> tuple[int, int] | None:
        """Both counts, or None when either was not supplied."""
        if isinstance(self.before, int) and isinstance(self.after, int):
            return self.before, self.after
        return None


@dataclass(frozen=True)
class Spans:
    """The two periods that a table's counts cover."""

    before: Period
    after: Period

    @property
    def unequal(self) -> bool:
        return self.before.length != self.after.length

    def judge(self, pair: Pair) -> Verdict | None:
        """Whether the change can be told from chance; None when there is nothing to compare."""
        known = pair.known()
        return judge(*known, self.before.length, self.after.length, pair.dispersion) if known else None

    def caveats(self, pairs: Sequence[Pair] = ()) -> tuple[str, ...]:
        """What to know of the comparison of `pairs`: which test was used of which, and that periods differ in length."""
        tested = _tested(pairs)
        if not self.unequal:
            return tested
        words = UNEQUAL_CAVEAT.format(
            before=self.before.label(),
            after=self.after.label(),
            months_before=self.before.length,
            months_after=self.after.length,
        )
        return (words, *tested)


def _tested(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """Which rows were judged by their own variation, and which as separate events."""
    compared = [pair for pair in pairs if pair.known() is not None]
    others = [spoken_title(pair.label) for pair in compared if pair.dispersion is None]
    if len(others) == len(compared):
        return (CHANCE_CAVEAT,)
    if not others:
        return (VARIATION_CAVEAT,)
    names = listed(others) if len(others) <= 4 else f"{sentence_case(spelt(len(others)))} of the rows"
    return (VARIATION_CAVEAT, OTHERS_CAVEAT.format(names=names))


def columns(first: str, before: str, after: str, *, unequal: bool = False) -> tuple[Column, ...]:
    """The columns of a comparison; `before` and `after` are their headings."""
    both = ("before", "after")
    percent = "Change in the monthly average" if unequal else "% change"
    return (
        Column("label", Role.LABEL, first),
        Column("area", Role.AREA, "Area code"),
        Column("before", Role.COUNT, before),
        Column("after", Role.COUNT, after),
        Column("change", Role.CHANGE, "Change", of=both),
        Column("percent", Role.PERCENT, percent, of=both, decimals=1),
        Column("verdict", Role.VERDICT, "Is it real?", of=both),
        Column("note", Role.NOTE, "Note", of=both),
        Column("before_id", Role.FIGURE, "Figure, earlier", of=("before",)),
        Column("after_id", Role.FIGURE, "Figure, later", of=("after",)),
    )


def row(pair: Pair, spans: Spans) -> Row:
    """One row of a comparison."""
    found = spans.judge(pair)
    return {
        "label": pair.label,
        "area": pair.area,
        "before": pair.before,
        "after": pair.after,
        "change": _change(pair, spans),
        "percent": _percent(pair, spans),
        "verdict": verdict_words(found) if found else NOT_COMPARED,
        "note": " ".join(each for each in (pair.note, pair.said_of_rise, pair.apart) if each),
        "before_id": pair.before_id,
        "after_id": pair.after_id,
    }


def _change(pair: Pair, spans: Spans) -> Cell:
    known = pair.known()
    return NOT_APPLICABLE if known is None or spans.unequal else known[1] - known[0]


def _percent(pair: Pair, spans: Spans) -> Cell:
    """In percent of the earlier count; “None” when nothing changed or there is no base, as published tables say."""
    known = pair.known()
    if known is None:
        return NOT_APPLICABLE
    found = change(*known, months_before=spans.before.length, months_after=spans.after.length, unequal_stated=True)
    percent = found.monthly_percent
    return NO_PERCENT if percent is None or percent == 0 else float(percent)


def table(name: str, title: str, pairs: Sequence[Pair], spans: Spans, first: str = "What was recorded") -> Table:
    """The comparison of several pairs over the same two periods."""
    head = columns(first, spans.before.label(), spans.after.label(), unequal=spans.unequal)
    return Table(name, title, head, tuple(row(pair, spans) for pair in pairs))


def statement(pair: Pair, spans: Spans, at: int, table_name: str, subject: str = "") -> Statement:
    """“Recorded burglary rose by 12 (18.2%), from 66 to 78. A change this size often happens by chance.” of row `at`."""
    words, known = literal(subject or spoken_title(pair.label)), pair.known()
    refs = {name: Ref(table_name, at, name) for name in ("before", "after", "change", "percent")}
    if known is None:
        why = literal(pair.note) or "There is no count for one of the periods."
        return Statement(f"{words}: no comparison is made. {why}")
    found = spans.judge(pair)
    assert found is not None
    refs["verdict"] = Ref(table_name, at, "verdict")
    text = f"{words} {_moved(pair, spans)} {chance_sentence(verdict_words(found))}".strip()
    if pair.said_of_rise:
        text = f"{text} {literal(pair.said_of_rise)}"
    if pair.apart:
        text = f"{text} {literal(pair.apart)}"
    formats = {"before": "count", "after": "count", "change": "size", "percent": "percent-size", "verdict": "text"}
    return Statement(text, refs, formats, hidden(words))


def statements(found: Sequence[Pair], spans: Spans, table_name: str, subjects: Sequence[str]) -> list[Statement]:
    """A sentence for each row, those compared first. Rows that are not compared for the same reason share one."""
    why: dict[str, list[int]] = {}
    for at, pair in enumerate(found):
        if pair.known() is None:
            why.setdefault(pair.note, []).append(at)
    alone = {places[0] for places in why.values() if len(places) == 1}
    told = [
        statement(pair, spans, at, table_name, subjects[at])
        for at, pair in enumerate(found)
        if pair.known() is not None
    ]
    told += [statement(found[at], spans, at, table_name, subjects[at]) for at in sorted(alone)]
    together = (
        (listed([subjects[at] if not i else lower_first(subjects[at]) for i, at in enumerate(places)]), note)
        for note, places in why.items()
        if len(places) > 1
    )
    return [
        *told,
        *(Statement(f"{literal(names)}: no comparison is made. {literal(note)}".strip()) for names, note in together),
    ]


def apart_once(told: Sequence[Statement], found: Sequence[Pair]) -> list[Statement]:
    """The sentences, where every pair that is compared is measured from the same months unlike others, with that said of all of them at
    the first; else as they are."""
    ends = {pair.apart for pair in found if pair.known() is not None}
    saying = [at for at, each in enumerate(told) if each.text.endswith(RETURN)]
    if len(ends) != 1 or len(saying) < 2:
        return list(told)
    end = literal(ends.pop())
    plain = [replace(each, text=each.text.removesuffix(end).rstrip()) for each in told]
    first = plain[saying[0]]
    plain[saying[0]] = replace(first, text=f"{first.text} {end.replace(RETURN, RETURN_OF_ALL)}")
    return plain


def hidden(words: str) -> str:
    """What is said of a measure where a number of the sentence may not be told, though others of it may."""
    return f"{words}: a number behind this could identify someone, so it is not told here."


def _moved(pair: Pair, spans: Spans) -> str:
    known = pair.known()
    assert known is not None
    if spans.unequal:
        return f"numbered {{after}} in {spans.after.label()} and {{before}} in {spans.before.label()}: unequal periods."
    if known[0] == known[1]:
        return "stayed the same, at {after}."
    verb = "rose" if known[1] > known[0] else "fell"
    share = " ({percent})" if known[0] else ""
    return f"{verb} by {{change}}{share}, from {{before}} to {{after}}."


def sums(
    table_name: str, total: int, parts: Sequence[int], names: Sequence[str] = ("before", "after")
) -> tuple[Sum, ...]:
    """The total in row `total` is the sum of rows `parts`, in each of the named columns."""
    return tuple(
        Sum(Ref(table_name, total, name), tuple(Ref(table_name, part, name) for part in parts)) for name in names
    )
