"""The story of every product: ask each question, release the answers together, put the document together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from wardwise.disclosure import Audience, Release, Thresholds, release
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Findings
from wardwise.records.periods import Period, month_name, shift
from wardwise.reports import document as d

from . import compose, forecasts_kept, register, settings, short
from .definition import Product
from .enquiry import Enquiry
from .known import figures, printed
from .pictures import pictures
from .questions import TELLS_NO_EVENT, answer, held

if TYPE_CHECKING:
    from wardwise.analysis.track_record import Kept
    from wardwise.disclosure.register import Entry
    from wardwise.store import Store


@dataclass(frozen=True)
class Order:
    """What is wanted: a product, of one area and period, for an audience, dated `today`."""

    product: Product
    area: str
    period: Period
    audience: Audience
    today: date


@dataclass(frozen=True)
class Built:
    """A document ready to be written, and what its release adds to the register.

    unwritten: titles of the sections that people should write, and have not. forecasts: those it shows, to be kept for the track record. versions: the version of every table that was read. log: what was hidden and why, in plain sentences.
    """

    order: Order
    document: d.Document
    entries: tuple[Entry, ...]
    versions: dict[str, int]
    log: tuple[str, ...]
    figures: tuple[d.Known, ...]
    forecasts: tuple[Kept, ...] = ()
    unwritten: tuple[str, ...] = ()


def build(store: Store, order: Order) -> Built:
    """Build a product. Raises WardwiseError when the area is not known, or nothing at all is held for it and the period."""
    snapshot = store.at()
    asked, order = order, moved_back(order, Enquiry.of(snapshot, order.area, order.period, store.definitions))
    enquiry = Enquiry.of(snapshot, order.area, order.period, store.definitions)
    findings = ask(order.product, enquiry)
    told = [block for block in order.product.blocks() if held(enquiry.answers.get(block.name))]
    if all(block.ask in TELLS_NO_EVENT for block in told):
        raise _nothing_held(enquiry)
    passed = gate(findings, store, order.audience, order.product.product, order.today)
    return put_together(order, passed, enquiry, settings.load(store.definitions), asked.period)


FURTHEST = 120
"""Months before the one asked for, up to which the last file held is looked for."""


def moved_back(order: Order, enquiry: Enquiry) -> Order:
    """The order, its period moved back to end with the last month supplied of the measure that its product ends with; the same where it has none, or
    none of its months was supplied, or all were up to the end."""
    if not order.product.ends_with:
        return order
    end = order.period.end
    months = enquiry.supplied(order.product.ends_with, order.area, Period(shift(end, 1 - FURTHEST), end))
    if not months or months[-1] == end:
        return order
    return replace(order, period=Period(shift(months[-1], 1 - order.period.length), months[-1]))


def _period(order: Order, asked: Period) -> str:
    """The period as it stands under the title."""
    said = order.period.label()
    if order.product.compared:
        said = f"{said}, compared with {order.period.year_before().label()}"
    return (
        said
        if asked == order.period
        else f"{said}: the newest file held ends there (asked for: up to {month_name(asked.end)})"
    )


def ask(product: Product, enquiry: Enquiry) -> list[Findings]:
    """Every question of the product that can be answered from what is held, in the order of its blocks."""
    answers = (answer(block, enquiry) for block in product.blocks())
    return [findings for findings in answers if findings is not None]


def gate(findings: list[Findings], store: Store, audience: Audience, product: str, today: date) -> Release:
    """Pass the whole product through the release gate at once, checked against what has gone out before."""
    return release(
        findings,
        audience,
        register.earlier(store.folder),
        thresholds=_thresholds(store),
        product=product,
        released=today.isoformat(),
    )


def put_together(order: Order, passed: Release, enquiry: Enquiry, own: settings.Settings, asked: Period) -> Built:
    """The document: first page, contents, sections, and at the end how we know. asked: the period that was asked for."""
    words = {
        "area": enquiry.name,
        "period": order.period.label(),
        "before": order.period.year_before().label(),
        "partnership": own.name or f"{enquiry.name} community safety partnership",
    }
    public = order.audience is Audience.PUBLIC
    parts = compose.Parts(order.product, passed.findings, own, words, pictures(enquiry), public)
    known = figures(passed.findings)
    document = d.Document(
        title=order.product.title,
        subtitle=order.product.subtitle,
        area=enquiry.name,
        period=_period(order, asked),
        audience=order.audience.value,
        date=order.today,
        blocks=tuple(short.on_paper(parts, order.audience.value) if order.product.short else _blocks(parts)),
        beyond=tuple(short.on_the_page(parts)) if order.product.short else (),
        owner=words["partnership"],
        synthetic=enquiry.synthetic,
        numbered=parts.numbered,
        short=order.product.short,
    )
    kept = forecasts_kept.shown(passed.findings, order.product.product, order.audience, order.today.isoformat())
    unwritten = tuple(section.title for section in parts.unwritten)
    return Built(order, document, passed.entries, dict(enquiry.snapshot.versions), passed.log, known, kept, unwritten)


def _blocks(parts: compose.Parts) -> Iterator[d.Block]:
    yield from compose.cover(parts)
    yield from compose.front(parts)
    if parts.product.front:
        if not parts.product.brief:
            yield d.PageBreak()
            yield d.Contents()  # what follows begins on its page: a list of eight lines is no page of its own
        else:
            yield d.PageBreak()
    yield from compose.sections(parts)
    yield from compose.closing(parts)
    yield d.Heading(1, "How this was worked out", "methods", numbered=False)
    yield d.Bullets(compose.methods_of(parts.answers, compose.titles(parts.product)), small=True)
    yield d.Sources(compose.sources_of(parts.answers))
    yield d.Heading(1, "How do we know?", "how-we-know", numbered=False)
    listed_in = f"Every figure is listed in {parts.product.product}.figures.csv, beside this document."
    charts = " The data behind each chart are in its web page, under the chart." if parts.product.brief else ""
    first = "" if parts.product.front else " Below are those behind the first sentence of each section."
    yield d.Paragraph(f"{listed_in}{charts}{first}")
    if listed := printed(parts.product, parts.answers):
        yield d.HowWeKnow(listed, title="")


def _thresholds(store: Store) -> Thresholds:
    from wardwise.definitions.find import files, read

    path = next(path for path in files("disclosure", store.definitions) if path.stem == "thresholds")
    return Thresholds.of(read(path), path.name)


def _nothing_held(enquiry: Enquiry) -> WardwiseError:
    return WardwiseError(
        f"Nothing is held for {enquiry.name} in {enquiry.period.label()}.",
        where=enquiry.area,
        next_step="Import that area's files for those months, or choose a period that `wardwise sources` lists.",
    )
