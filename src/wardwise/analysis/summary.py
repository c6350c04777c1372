"""What goes on the first page? The changes that matter most, taken from a comparison already made: nothing is counted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wardwise.methods.compare import verdict
from wardwise.records.findings import Findings, Ref, Row, Statement, Table

from .pairs import RETURN, RETURN_OF_ALL
from .words import UNLIKELY, literal

FEWEST, MOST = 3, 5
"""Three to five lines: what a reader with ten minutes can hold (look.md)."""

NONE = "No change in what was recorded is larger than chance would often give."


def headlines(change: Findings, *, most: int = MOST, always: Sequence[str] = (), name: str = "summary") -> Findings:
    """Three to five rows of a comparison (table `change` of analysis.change): those whose measure's title is in `always` first, then the
    changes hardest to put down to chance; filled up with the largest counts when fewer than three can be told from chance."""
    table = change.tables["change"]
    chosen = _chosen(table, most, always)
    rows = tuple(table.rows[at] for at in chosen)
    moved = {at: place for place, at in enumerate(chosen)}
    statements = [_moved(statement, moved) for statement in change.statements if _row_of(statement) in moved]
    ordered = sorted(statements, key=lambda statement: _row_of(statement) or 0)
    ordered = _said_once(ordered, rows)
    if not any(row["verdict"] == UNLIKELY for row in table.rows):
        ordered.append(Statement(NONE, _all_verdicts(len(rows))))
    return replace(change, name=name, tables={"change": replace(table, rows=rows)}, statements=tuple(ordered), sums=())


def _said_once(statements: Sequence[Statement], rows: Sequence[Row]) -> list[Statement]:
    """The sentences, where the earlier period of every row holds the same months unlike others, with that said of all of them at the
    first; else each with its own. The comparison may have said it of all its rows at one that is not chosen here."""
    ends = [literal(_apart(str(row["note"]))) for row in rows]
    own = [ends[_row_of(statement) or 0] for statement in statements]
    plain = [_without(statement, end) for statement, end in zip(statements, own, strict=True)]
    if len(rows) > 1 and len(set(ends)) == 1:
        own = [end.replace(RETURN, RETURN_OF_ALL) if not at else "" for at, end in enumerate(own)]
    return [replace(each, text=f"{each.text} {end}".rstrip()) for each, end in zip(plain, own, strict=True)]


def _without(statement: Statement, end: str) -> Statement:
    """The sentence without the words that its earlier period was unlike others, said of it or of all."""
    text = statement.text.removesuffix(end.replace(RETURN, RETURN_OF_ALL)).removesuffix(end)
    return replace(statement, text=text.rstrip())


def _apart(note: str) -> str:
    """The sentence of a row's note that its earlier period holds months unlike others; nothing where it holds none."""
    return (
        note[note.removesuffix(".").rfind(". ") + 2 if ". " in note.removesuffix(".") else 0 :]
        if note.endswith(RETURN)
        else ""
    )


def _chosen(table: Table, most: int, always: Sequence[str]) -> list[int]:
    known = [at for at, row in enumerate(table.rows) if _counts(row)]
    first = [at for at in known if table.rows[at]["label"] in always]
    real = [at for at in known if table.rows[at]["verdict"] == UNLIKELY and at not in first]
    real.sort(key=lambda at: _p(table.rows[at]))
    chosen = (first + real)[:most]
    largest = sorted(known, key=lambda at: -max(_counts(table.rows[at])))
    for at in largest:
        if len(chosen) < min(FEWEST, most) and at not in chosen:
            chosen.append(at)
    return chosen


def _counts(row: Row) -> tuple[int, ...]:
    """Both counts; nothing when either was not supplied or the row is what other rows leave out."""
    before, after = row["before"], row["after"]
    if isinstance(before, int) and isinstance(after, int) and row["after_id"]:
        return before, after
    return ()


def _p(row: Row) -> float:
    before, after = _counts(row)
    return verdict(before, after).p


def _row_of(statement: Statement) -> int | None:
    """The one row of table `change` that a sentence is about; None when it is about several, or none."""
    rows = {ref.row for ref in statement.refs.values() if ref.table == "change"}
    others = any(ref.table != "change" for ref in statement.refs.values())
    return rows.pop() if len(rows) == 1 and not others else None


def _moved(statement: Statement, moved: dict[int, int]) -> Statement:
    refs = {name: replace(ref, row=moved[ref.row]) for name, ref in statement.refs.items()}
    return replace(statement, refs=refs)


def _all_verdicts(rows: int) -> dict[str, Ref]:
    return {f"v{at}": Ref("change", at, "verdict") for at in range(rows)}
