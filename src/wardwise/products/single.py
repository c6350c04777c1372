"""One question asked on its own: the same question, gate and chart as in a product, without the document around it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from wardwise.charts.chart import Chart
from wardwise.disclosure import Audience, Released
from wardwise.records.errors import WardwiseError
from wardwise.records.periods import Period
from wardwise.records.shown import cell
from wardwise.reports.words import say_all

from . import definition, register
from .build import gate
from .definition import Block
from .enquiry import Enquiry
from .pictures import pictures
from .questions import answer

if TYPE_CHECKING:
    from pathlib import Path

    from wardwise.disclosure.register import Entry
    from wardwise.records.findings import Findings
    from wardwise.store import Store


@dataclass(frozen=True)
class Wanted:
    """One question of one area and period, for an audience.

    options: the question's own, as under `with` in a product's declaration. chart: its picture's name; empty for none.
    """

    question: str
    area: str
    period: Period
    audience: Audience
    today: date
    options: Mapping[str, Any] = field(default_factory=dict)
    chart: str = ""


@dataclass(frozen=True)
class Answered:
    """What may be shown, drawn where a chart was wanted, and the table versions it was worked out from."""

    wanted: Wanted
    released: Released
    chart: Chart | None
    versions: Mapping[str, int]
    entries: tuple[Entry, ...]
    log: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        return say_all(self.released)

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal characters that change when a cell of the answer changes."""
        tables = {
            table.name: [[cell(row[c.name], c) for c in table.columns if c.name in row] for row in table.rows]
            for table in self.released.tables.values()
        }
        return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()[:16]


def ask(store: Store, wanted: Wanted, versions: Mapping[str, int] | None = None) -> Answered:
    """Ask, and pass the answer through the release gate.

    versions: the table versions to read; those of now unless given. What is answered for others than the analyst enters the register
    of releases before it is handed over. Raises WardwiseError when the question, an option or the area is not known, or nothing
    is held that could answer.
    """
    enquiry = Enquiry.of(store.at(versions=dict(versions or {})), wanted.area, wanted.period, store.definitions)
    return pass_on(store, enquiry, wanted, find(enquiry, wanted))


def find(enquiry: Enquiry, wanted: Wanted) -> Findings:
    """The answer before release. Raises WardwiseError as `ask` does."""
    block = Block.model_validate(
        {"ask": wanted.question, "name": wanted.question, "with": dict(wanted.options), "chart": wanted.chart}
    )
    findings = answer(block, enquiry)
    if findings is None:
        raise _nothing_held(wanted, enquiry)
    return findings


def pass_on(store: Store, enquiry: Enquiry, wanted: Wanted, findings: Findings) -> Answered:
    """The answer through the release gate, for one audience. The same findings may be passed on to several, each by itself."""
    passed = gate([findings], store, wanted.audience, f"ask {wanted.question}", wanted.today)
    if wanted.audience is not Audience.ANALYST:
        register.add(store.folder, passed.entries)
    released = passed.findings[findings.name]
    chart = _drawn(wanted, enquiry, released)
    return Answered(wanted, released, chart, dict(enquiry.snapshot.versions), passed.entries, passed.log)


def of_block(name: str, own: Path | None) -> Block:
    """The block called “product/block”. Raises WardwiseError when there is none."""
    product, _, wanted = name.partition("/")
    blocks = {block.name: block for block in definition.load(product, own).blocks()}
    if wanted not in blocks:
        raise WardwiseError(
            f"The product {product} has no block called “{wanted}”.",
            where=name,
            next_step=f"Use one of: {', '.join(blocks)}.",
        )
    return blocks[wanted]


def _drawn(wanted: Wanted, enquiry: Enquiry, released: Released) -> Chart | None:
    if not wanted.chart:
        return None
    draw = pictures(enquiry)
    if wanted.chart not in draw:
        raise WardwiseError(
            f"There is no chart called “{wanted.chart}”.", where="--chart", next_step=f"Use one of: {', '.join(draw)}."
        )
    return draw[wanted.chart](released, "")


def _nothing_held(wanted: Wanted, enquiry: Enquiry) -> WardwiseError:
    return WardwiseError(
        f"Nothing is held that could answer “{wanted.question}” for {enquiry.name} in {wanted.period.label()}.",
        where=wanted.area,
        next_step="Import what it needs, or choose a period that `wardwise sources` lists.",
    )
