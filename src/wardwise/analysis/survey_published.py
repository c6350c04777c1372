"""What does a published survey say? Its estimates, with the interval and the number asked where they are published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wardwise.records.cells import MISSING, NOT_APPLICABLE, Cell
from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Table

from .asking import Asker, asker
from .survey_waves import FEWEST
from .words import literal

if TYPE_CHECKING:
    from wardwise.store.snapshot import Snapshot

NORMAL = 1.959964
"""Standard errors on either side of an estimate that hold 95%: the normal distribution."""
SPLITS = ("geography", "household_type", "sex", "age", "characteristic")
MOST = 60
"""Rows that a table can hold and still be read."""


def published(
    source: Snapshot | Asker, question: str, where: Mapping[str, str] | None = None, *, name: str = "published"
) -> Findings | None:
    """The newest year's published estimates of one question: table `published`. None when no survey estimates are held.

    where: values of the publisher's columns (geography, household_type, sex, age, characteristic) to keep. Raises WardwiseError
    when the question or a column is not known, or more rows are left than can be read.
    """
    ask = asker(source)
    if not ask.snapshot.fetch("SELECT 1 FROM survey_estimates LIMIT 1").num_rows:
        return None
    rows = _rows(ask, question, dict(where or {}))
    title = f"{question}, {rows[0]['geography']}, {rows[0]['year']}"
    return Findings(
        name=name,
        title=title,
        tables={"published": _table(rows, title)},
        statements=(_statement(rows),),
        method="Estimates and standard errors as published; the interval is 1.96 standard errors on either side.",
        caveats=_caveats(rows),
        sources=(f"{rows[0]['source']}, {rows[0]['year']}",),
        meta={"area": str(rows[0]["geography"])},
    )


def _rows(ask: Asker, question: str, where: dict[str, str]) -> list[dict[str, Cell]]:
    stray = sorted(set(where) - {*SPLITS, "year"})
    if stray:
        raise WardwiseError(
            f"“{stray[0]}” is not a column to keep by.", where="where", next_step=f"Use {', '.join(SPLITS)}."
        )
    kept = "".join(f" AND {column} = ?" for column in where)
    sql = f"SELECT * FROM survey_estimates WHERE question = ?{kept}"  # noqa: S608 -- columns are from a fixed list
    rows = list(ask.snapshot.fetch(sql, [question, *where.values()]).to_pylist())
    newest = max((str(row["year"]) for row in rows), default="")
    rows = [row for row in rows if row["year"] == newest]
    if not rows:
        known = ask.snapshot.fetch("SELECT DISTINCT question FROM survey_estimates ORDER BY 1 LIMIT 12").column(0)
        raise WardwiseError(
            f"No published estimate is held for “{question}”.",
            where="question",
            next_step=f"Use for example {', '.join(map(str, known.to_pylist()))}.",
        )
    if len(rows) > MOST:
        raise WardwiseError(
            f"{len(rows):,} estimates are held for “{question}”, too many for a table.",
            where="where",
            next_step="Keep fewer by geography, sex, age or characteristic.",
        )
    return sorted(rows, key=lambda row: str(row["value"] or ""))


def _table(rows: list[dict[str, Cell]], title: str) -> Table:
    columns = (
        Column("label", Role.LABEL, "Group"),
        Column("share", Role.BASE, "Share", decimals=1, unit="%"),
        Column("lower", Role.BASE, "Lower 95% limit", decimals=1, unit="%"),
        Column("upper", Role.BASE, "Upper 95% limit", decimals=1, unit="%"),
        Column("base", Role.BASE, "People asked"),
    )
    return Table("published", title, columns, tuple(_row(row) for row in rows))


def _row(row: dict[str, Cell]) -> Row:
    share, error, base = row["estimate"], row["standard_error"], row["base"]
    shown: dict[str, Cell] = {"share": MISSING, "lower": NOT_APPLICABLE, "upper": NOT_APPLICABLE}
    few = isinstance(base, int) and base < FEWEST
    if isinstance(share, float) and not few:
        shown["share"] = 100 * share
        if isinstance(error, float):
            shown["lower"], shown["upper"] = (
                100 * max(0.0, share - NORMAL * error),
                100 * min(1.0, share + NORMAL * error),
            )
    return {"label": str(row["value"] or "All"), **shown, "base": base if isinstance(base, int) else MISSING}


def _statement(rows: list[dict[str, Cell]]) -> Statement:
    at = next((i for i, row in enumerate(rows) if isinstance(_row(row)["share"], float)), None)
    if at is None:
        return Statement("The publisher withheld every estimate: too few people were asked.")
    refs = {"share": Ref("published", at, "share"), "base": Ref("published", at, "base")}
    if _row(rows[at])["base"] is MISSING:
        return Statement(
            f"{literal(str(_row(rows[at])['label']))}: {{share}}. How many people it is of is not published.",
            {"share": refs["share"]},
            {"share": "percent"},
        )
    text = f"{literal(str(_row(rows[at])['label']))}: {{share}} of {{base}} people asked."
    return Statement(text, refs, {"share": "percent", "base": "count"})


def _caveats(rows: list[dict[str, Cell]]) -> tuple[str, ...]:
    said = ["These are estimates for the country or region named, not for this partnership's area."]
    if any(row["base"] is None for row in rows):
        said.append(
            "The file gives no standard errors and no number of people asked for some estimates, so they have no interval."
        )
    return tuple(said)
