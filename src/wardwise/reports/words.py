"""Sentences filled from released cells, and from nowhere else: a hidden cell cannot leak through prose."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from wardwise.charts.gate import released_only
from wardwise.disclosure.released import Released
from wardwise.records.cells import Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Statement
from wardwise.records.shown import spoken


def say(released: Released, statement: int | Statement = 0) -> str:
    """One sentence of a released finding.

    statement: its number (from 0), or a statement a product wrote about this finding's cells. The hidden sentence is said
    when a cell may not be shown. Raises WardwiseError when there is no such sentence or a name has no cell.
    """
    released_only(released)
    if isinstance(statement, Statement):
        return _from_statement(released, statement)
    if statement >= len(released.statements):
        raise WardwiseError(f"There is no sentence {statement + 1} in this finding.", where=released.name)
    sentence = released.statements[statement]
    return _fill(released, sentence.text, sentence.cells, sentence.formats) if sentence.whole else sentence.text


def say_all(released: Released) -> tuple[str, ...]:
    """Every sentence of the finding, in order; a hidden sentence that repeats is said once."""
    return tuple(dict.fromkeys(say(released, i) for i in range(len(released.statements))))


def verdict(released: Released, statement: int) -> str:
    """Whether the change that a sentence tells can be put down to chance, in the words of its table; empty where it tells none, or
    a cell of the sentence is hidden."""
    released_only(released)
    found = released.statements[statement].cells.get("verdict", "")
    return found if isinstance(found, str) else ""


def _from_statement(released: Released, statement: Statement) -> str:
    if not all(released.shows(ref) for ref in statement.refs.values()):
        return statement.hidden
    cells = {name: released.cell(ref) for name, ref in statement.refs.items()}
    return _fill(released, statement.text, cells, statement.formats)


def _fill(released: Released, text: str, cells: Mapping[str, Cell], formats: Mapping[str, str]) -> str:
    wanted = {name for _, name, _, _ in Formatter().parse(text) if name}
    unknown = sorted(wanted - set(cells))
    if unknown:
        raise WardwiseError(f"The sentence names “{unknown[0]}” and gives no cell for it.", where=released.name)
    return text.format_map({name: spoken(value, formats.get(name, "count")) for name, value in cells.items()})
