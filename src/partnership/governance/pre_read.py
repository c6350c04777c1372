"""Two pages for the board: what fails, what changed, recovery plans, late actions and decisions to take. What is as usual is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from wardwise.reports import document as d

from ..access.of_insight import audience_of
from ..access.scope import rows
from ..meetings.models import Action
from ..organisations.fields import within
from ..organisations.models import Partnership
from .board import Board
from .models import RecoveryPlan
from .standing import Stood, shown
from .steps.recovery import exit_test

MOST = 7
"""Rows of a table: with more, the paper would not keep to its two pages. What is left out is said."""
FORMATS = {
    "html": ("Web page", "text/html; charset=utf-8"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
}


@dataclass(frozen=True)
class Exceptions:
    """What the paper tells. late: open actions past their day, the latest first. tests: plans, whether their exit test holds and why."""

    board: Board
    late: list[Action]
    tests: list[tuple[RecoveryPlan, bool, str]]

    @property
    def decisions(self) -> list[str]:
        """What the board is asked to decide, from the states of its records alone."""
        asked = [f"Agree the {lower(plan)}, or set it aside." for plan, _, _ in self.tests if plan.status == "proposed"]
        asked += [
            f"Close the {lower(plan)}: its exit test holds."
            for plan, holds, _ in self.tests
            if plan.status == "testing" and holds
        ]
        asked += [
            f"Ask {plan.lead or 'for a lead organisation'} to propose what to do about {within(plan.indicator.title)}."
            for plan, _, _ in self.tests
            if plan.status == "opened"
        ]
        missed = [one for one in self.board.stood if one.standing.standing == "missed"]
        return asked + [f"Keep or replace the target for {within(one.indicator.title)}." for one in missed]


def lower(plan: RecoveryPlan) -> str:
    return f"recovery plan for {within(plan.indicator.title)}"


def exceptions(board: Board) -> Exceptions:
    """What the paper is made of, as this reader may see it."""
    late = rows(board.who, Action).filter(status="open", due__lt=board.who.today).select_related("owner", "group")
    audience = audience_of(board.who)
    tests = [(plan, *exit_test(plan, board.who.today, audience)) for plan in board.plans[: MOST + 1]]
    return Exceptions(board, list(late.order_by("due", "id")[: MOST + 1]), tests)


def paper(found: Exceptions, partnership: Partnership) -> d.Document:
    """The document, ready for any of the three writers. The board must have figures."""
    bringing = found.board.bringing
    assert bringing is not None
    return d.Document(
        title="What needs the board",
        subtitle="Exceptions only: what fails, what changed, what is late, what to decide",
        area=bringing.area_name,
        period=f"figures to {bringing.month}",
        audience=audience_of(found.board.who),
        date=found.board.who.today,
        owner=partnership.name,
        synthetic=partnership.synthetic,
        short=True,
        blocks=tuple(_blocks(found)),
    )


def written(document: d.Document, kind: str) -> bytes:
    """The document as a file of one of FORMATS."""
    from wardwise.reports import html, pdf, word

    writer = {"html": html.write, "docx": word.write, "pdf": pdf.write}[kind]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"pre-read.{kind}"
        writer(document, path)
        return path.read_bytes()


def _blocks(found: Exceptions) -> Iterator[d.Block]:
    board = found.board
    yield d.Callout(_summary(board))
    yield d.Heading(1, "Decisions to take")
    yield _list(found.decisions, "None follows from the figures or from recovery plans.")
    yield d.Heading(1, "Measures that fail")
    yield from _failing(board.failing)
    if board.failing:
        yield d.Bullets(tuple(one.told for one in board.failing[:MOST]))
    yield d.Heading(1, "Real changes that need reading")
    yield _list([_read(one) for one in board.reading], "None.")
    yield d.Heading(1, "Recovery plans")
    yield from _plans(found.tests)
    yield d.Heading(1, "Late actions")
    yield from _late(found.late, board)
    yield d.Heading(1, "How we know")
    yield d.Paragraph(_known(board))


def _summary(board: Board) -> str:
    quiet = len(board.stood) - len(board.failing) - len(board.reading) - len(board.missing)
    return (
        f"{_many(len(board.stood), 'measure')} watched: {len(board.failing)} failing, {len(board.reading)} changed and in need of "
        f"reading, {len(board.missing)} without a figure this month. The other {quiet} are as usual, better or on target, and are not in this paper."
    )


def _failing(failing: list[Stood]) -> Iterator[d.Block]:
    if not failing:
        yield d.Paragraph("None.")
        return
    heads = (
        _head("Measure"),
        _head("Standing"),
        _head("Latest month", numeric=True),
        _head("Usual range"),
        _head("Target"),
    )
    told = tuple(
        (one.indicator.title, one.standing.tag, one.value, _usual(one), one.target_words or "none set")
        for one in failing[:MOST]
    )
    yield d.TableBlock("Measures that fail", heads, told, small=True)
    yield from _rest(len(failing))


def _usual(one: Stood) -> str:
    found = one.latest
    return (
        f"{shown(round(found['lower']))} to {shown(round(found['upper']))} a month"
        if found and _known_range(found)
        else "–"
    )


def _known_range(found: dict[str, object]) -> bool:
    return all(isinstance(found[name], int | float) for name in ("lower", "upper"))


def _read(one: Stood) -> str:
    good = f" A rise may be good news: {one.why}" if one.why else ""
    return f"{one.sentence} {one.month_said} is {one.sign}.{good}"


def _plans(tests: list[tuple[RecoveryPlan, bool, str]]) -> Iterator[d.Block]:
    if not tests:
        yield d.Paragraph("None is open.")
        return
    heads = (_head("Plan for"), _head("State"), _head("Lead"), _head("Exit test"))
    told = tuple(
        (
            plan.indicator.title,
            plan.status.capitalize(),
            str(plan.lead or "nobody yet"),
            f"{'Holds' if holds else 'Does not hold'}. {said}",
        )
        for plan, holds, said in tests[:MOST]
    )
    yield d.TableBlock("Recovery plans that are open", heads, told, small=True)
    yield from _rest(len(tests))


def _late(late: list[Action], board: Board) -> Iterator[d.Block]:
    if not late:
        yield d.Paragraph("None.")
        return
    heads = (_head("Action"), _head("Owner"), _head("Group"), _head("Days late", numeric=True))
    told = tuple(
        (one.title, str(one.owner), str(one.group), str((board.who.today - one.due).days)) for one in late[:MOST]
    )
    yield d.TableBlock("Actions past their day", heads, told, small=True)
    yield from _rest(len(late))


def _rest(held: int) -> Iterator[d.Block]:
    if held > MOST:
        yield d.Paragraph("There are more; the site lists them all.")


def _known(board: Board) -> str:
    missing = ", ".join(one.indicator.title for one in board.missing)
    gone = f" Not supplied this month: {missing}." if missing else ""
    names = "; ".join(source.name for source in board.sources)
    return (
        f"Sources: {names}.{gone} Each standing follows from a declared rule, the same for every measure: a sign on a control chart that chance would "
        "rarely give, or a target. Recorded crime is not all crime, and more reporting raises it. Every figure with its table, method and way back to the "
        "source rows is on the site’s scorecard."
    )


def _head(title: str, *, numeric: bool = False) -> d.HeaderCell:
    return d.HeaderCell(title, numeric=numeric)


def _list(items: list[str], nothing: str) -> d.Block:
    return d.Bullets(tuple(items[:MOST])) if items else d.Paragraph(nothing)


def _many(number: int, noun: str) -> str:
    return f"1 {noun} is" if number == 1 else f"{number} {noun}s are"
