"""Do published parts add up to their whole? What does not is flagged, and neither number is mended."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from wardwise.methods import checksum
from wardwise.records.findings import Column, Ref, Role, Row, Statement, Table

from .words import literal

if TYPE_CHECKING:
    from .context import Value

FITS, OFF = "Adds up", "Does not add up"
PEOPLE = "People can be in several parts, or one of the numbers is wrong: ask who published it."


def sums_table(title: str, values: Sequence[Value]) -> tuple[Table, list[Statement]]:
    """Each whole whose parts are held for the same period: table `sums`; a sentence for each that does not add up."""
    places = None if all(each.value is None or each.value % 1 == 0 for each in values if each.part_of) else 1
    columns = (
        Column("label", Role.LABEL, "Whole"),
        Column("period", Role.PERIOD, "Period"),
        Column("stated", Role.BASE, "As stated", decimals=places),
        Column("sum", Role.BASE, "Its parts together", decimals=places),
        Column("difference", Role.BASE, "Difference", decimals=places),
        Column("verdict", Role.NOTE, "Does it add up?"),
    )
    rows: list[Row] = []
    said = []
    for whole in values:
        parts = [
            each
            for each in values
            if each.part_of == whole.name and each.period == whole.period and each.unit == whole.unit
        ]
        if whole.value is None or len(parts) < 2 or any(each.value is None for each in parts):
            continue
        found = checksum.parts(_exact(whole.value), [_exact(each.value or 0.0) for each in parts])
        rows.append(
            {
                "label": whole.name,
                "period": whole.period,
                "stated": whole.value,
                "sum": float(found.sum),
                "difference": float(found.difference),
                "verdict": FITS if found.agrees else OFF,
            }
        )
        if not found.agrees:
            refs = {key: Ref("sums", len(rows) - 1, key) for key in ("stated", "sum")}
            formats = dict.fromkeys(refs, "count" if _whole(whole, parts) else "rate")
            text = f"{literal(whole.name)}, {literal(whole.period)}: its parts add up to {{sum}}, and {{stated}} is stated. {PEOPLE}"
            said.append(Statement(text, refs, formats))
    return Table("sums", f"{title}: parts against their whole", columns, tuple(rows)), said


def _exact(value: float) -> Decimal:
    """A number as it was written."""
    return Decimal(repr(value)) if value % 1 else Decimal(int(value))


def _whole(whole: Value, parts: Sequence[Value]) -> bool:
    return all(each.value is None or each.value % 1 == 0 for each in (whole, *parts))
