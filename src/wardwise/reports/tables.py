"""A released table, set as words: which columns are shown, how their cells read, and the keys under it."""

from __future__ import annotations

from collections.abc import Sequence

from wardwise.charts.gate import released_only
from wardwise.disclosure.released import Released
from wardwise.records.cells import MISSING, NOT_APPLICABLE, SUPPRESSED
from wardwise.records.findings import Column, Role, Row, Table
from wardwise.records.shown import NUMERIC, cell

from .document import HeaderCell, TableBlock

KEYS = {
    SUPPRESSED: "[c] hidden to protect people: the number is small enough that someone could be recognised. It is not zero.",
    MISSING: "“not supplied”: no file was received for this, or not for every month of it. It is not zero.",
    NOT_APPLICABLE: "“–”: no number can be given here.",
}
_MAYBE_EMPTY = frozenset({Role.NOTE, Role.VERDICT})
NOTE = "note"
"""The column of remarks on single rows."""
MOST_NOTES, MOST_NAMED = 4, 6
_NOTES = {"few": "few events, read with care."}
"""Remarks that are codes, which a map reads too, in words."""
_UNSEEN = frozenset({Role.FIGURE, Role.IDENTIFIER})


def table(
    released: Released,
    name: str = "",
    *,
    caption: str = "",
    columns: Sequence[str] = (),
    rows: Sequence[int] | None = None,
    notes: Sequence[str] = (),
    id: str = "",  # noqa: A002 -- it is the block's id
    beside: str = "",
) -> TableBlock:
    """The block for one table of a released finding (its first table unless named).

    columns: names, in the order to show; all but figure ids, identifiers and, beside a name, area codes unless given.
    rows: numbers of the rows (from 0) to show. Raises WardwiseError when `released` did not come through the gate.
    """
    released_only(released)
    chosen = released.tables[name] if name else next(iter(released.tables.values()))
    picked = (
        chosen
        if rows is None
        else Table(chosen.name, chosen.title, chosen.columns, tuple(chosen.rows[i] for i in rows))
    )
    source = source_line(released.sources)
    return of_table(picked, caption=caption, columns=columns, source=source, notes=notes, id=id, beside=beside)


def of_table(
    chosen: Table,
    *,
    caption: str = "",
    columns: Sequence[str] = (),
    source: str = "",
    notes: Sequence[str] = (),
    small: bool = False,
    id: str = "",  # noqa: A002
    beside: str = "",
) -> TableBlock:
    """The block for a table that has been through the gate already, such as a chart's data. Columns of words that are empty
    all the way down are left out unless asked for."""
    shown = [chosen.column(column) for column in columns] if columns else _readable(chosen)
    shown, lacking = _held(chosen, shown)
    below = () if columns else _said_below(chosen, shown)
    shown = [c for c in shown if not (below and c.name == NOTE)]
    body = tuple(tuple(cell(row.get(c.name, NOT_APPLICABLE), c) for c in shown) for row in chosen.rows)
    return TableBlock(
        caption=caption or chosen.title,
        header=tuple(HeaderCell(c.title, c.unit, c.role in NUMERIC) for c in shown),
        rows=body,
        source=source,
        notes=(*below, *lacking, *_notes(chosen.rows, shown, notes)),
        total_rows=tuple(i for i, row in enumerate(body) if row and is_total(row[0])),
        small=small,
        id=id,
        beside=beside,
    )


def keys(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[str, ...]:
    """The key of every mark that is shown, in a fixed order."""
    seen = {row.get(column.name) for row in rows for column in columns}
    return tuple(words for mark, words in KEYS.items() if mark in seen)


def _notes(rows: Sequence[Row], columns: Sequence[Column], given: Sequence[str]) -> tuple[str, ...]:
    """The keys of the marks that are shown, then the notes given. A note that says what [c] is here takes the place of the general
    key, and is left out where nothing is hidden."""
    general = keys(rows, columns)
    own = [note for note in given if not note.startswith("[c]") or KEYS[SUPPRESSED] in general]
    said = any(note.startswith("[c]") for note in own)
    return (*(note for note in general if not (said and note == KEYS[SUPPRESSED])), *own)


_BESIDE = frozenset({Role.BASE, Role.VALUE, Role.LOWER, Role.UPPER, Role.PERCENT})
"""What may stand beside a count, and be lacking for all of a table."""


def _held(chosen: Table, shown: Sequence[Column]) -> tuple[list[Column], tuple[str, ...]]:
    """The columns without those in which no row has a number, and a line that says which were not supplied."""
    empty = {
        c.name: cells
        for c in shown
        if c.role in _BESIDE and (cells := {row.get(c.name, NOT_APPLICABLE) for row in chosen.rows}) <= _NO_NUMBER
    }
    if not any(MISSING in cells for cells in empty.values()):
        return list(shown), ()
    gone = [c.title for c in shown if MISSING in empty.get(c.name, ())]
    return [c for c in shown if c.name not in empty], (f"Not supplied: {'; '.join(gone)}.",)


_NO_NUMBER = frozenset({MISSING, NOT_APPLICABLE})


def _said_below(chosen: Table, shown: Sequence[Column]) -> tuple[str, ...]:
    """Remarks on single rows as lines under the table, each said once with the rows that it is about: a column for them would be
    empty in most rows, or say the same in all. Nothing when there are many different ones."""
    if NOTE not in [column.name for column in shown]:
        return ()
    label = next((c for c in shown if c.role in (Role.LABEL, Role.PERIOD)), shown[0])
    about: dict[str, list[str]] = {}
    of_all = _said_of_all([row.get(NOTE) for row in chosen.rows])
    for row in chosen.rows:
        if isinstance(said := row.get(NOTE), str) and (said := said.removesuffix(of_all).rstrip()):
            about.setdefault(said, []).append(cell(row[label.name], label))
    if len(about) > MOST_NOTES:
        return ()
    whole = (f"Every row: {of_all}",) if of_all else ()
    return whole + tuple(
        f"{_rows_named(rows, len(chosen.rows))}: {_NOTES.get(said, said)}" for said, rows in about.items()
    )


def _said_of_all(notes: Sequence[object]) -> str:
    """The last sentence of every row's remark, where all have the same and some say more; else nothing."""
    said = [note for note in notes if isinstance(note, str) and note]
    last = said[0].rpartition(". ")[2] if said else ""
    shared = len(said) == len(notes) and len(set(said)) > 1 and all(note.endswith(last) for note in said)
    return last if shared else ""


def _rows_named(rows: Sequence[str], of: int) -> str:
    if len(rows) == of > 1:
        return "Every row"
    return "; ".join(rows) if len(rows) <= MOST_NAMED else f"{len(rows)} rows, {rows[0]} to {rows[-1]}"


def source_line(sources: Sequence[str]) -> str:
    return f"Source: {'; '.join(sources)}" if sources else ""


def is_total(label: str) -> bool:
    return label.lower().startswith(("total", "grand total"))


def _readable(chosen: Table) -> list[Column]:
    named = bool(chosen.having(Role.LABEL))
    shown = [c for c in chosen.columns if c.role not in _UNSEEN and not (named and c.role is Role.AREA)]
    shown = shown or list(
        chosen.having(Role.IDENTIFIER)
    )  # a list of identifiers, which the gate lets through to the analyst alone
    return [c for c in shown if c.role not in _MAYBE_EMPTY or any(row.get(c.name) != "" for row in chosen.rows)]
