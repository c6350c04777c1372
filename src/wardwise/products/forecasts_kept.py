"""The track record's file, beside the tables: every forecast that went out, as it was shown, so that it can be held against the truth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from wardwise.analysis.track_record import Kept
from wardwise.disclosure import Audience, Released
from wardwise.records.findings import Row
from wardwise.store import kept_lines

FILE = "forecasts.jsonl"


def earlier(store: Path) -> tuple[Kept, ...]:
    """Every forecast kept; none when none has gone out. Raises WardwiseError when a line cannot be read."""
    return kept_lines.read(
        store / FILE,
        Kept.of,
        "A line of the file of forecasts cannot be read.",
        "Restore the file from a backup; the track record rests on it.",
    )


def add(store: Path, kept: Sequence[Kept]) -> None:
    """Add what has just gone out. Nothing is ever changed or taken away: the file grows, and is replaced in one step."""
    kept_lines.add(store / FILE, (each.as_mapping() for each in kept))


def shown(answers: Mapping[str, Released], product: str, audience: Audience, made: str) -> tuple[Kept, ...]:
    """The forecasts that a product shows, as released: a number that is hidden was not published, and is not kept."""
    found: dict[tuple[str, ...], Kept] = {}
    for released in answers.values():
        for kept in _of(released, product, audience.value, made):
            found.setdefault(kept.number, kept)
    return tuple(found.values())


def _of(released: Released, product: str, audience: str, made: str) -> Iterator[Kept]:
    facts = {name: str(released.meta.get(name, "")) for name in ("measure", "area_code", "origin", "method", "methods")}
    if not (facts["measure"] and facts["origin"]):
        return
    start = (facts["measure"], facts["area_code"], facts["origin"])
    end = (product, audience, made)
    if "forecast" in released.tables and facts["method"]:
        for row in released.tables["forecast"].rows:
            yield from _kept(start, facts["method"], str(row["month"]), row, ("value", "lower95", "upper95"), end)
    if "year_end" in released.tables:
        target = str(released.meta.get("year", ""))
        for method, row in zip(facts["methods"].split(","), released.tables["year_end"].rows, strict=True):
            yield from _kept(start, method, target, row, ("total", "lower", "upper"), end)


def _kept(
    start: tuple[str, str, str], method: str, target: str, row: Row, names: Iterable[str], end: tuple[str, str, str]
) -> Iterator[Kept]:
    value, lower, upper = (cell if isinstance(cell := row[name], int | float) else None for name in names)
    if value is not None:
        yield Kept(*start, method, target, float(value), lower, upper, *end)
