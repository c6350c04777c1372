"""Reading lists of people: names, dates of birth, postcodes. What is read stays in memory, and no error repeats it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wardwise.definitions.linkage import Link
from wardwise.records.errors import WardwiseError

NEEDED = ("reference", "given", "family", "born")
SEXES = {"f": "female", "female": "female", "woman": "female", "m": "male", "male": "male", "man": "male"}
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d %B %Y")


@dataclass(frozen=True, repr=False)
class Row:
    """One row of one list, made comparable; None where the list does not say. Never printed: it has no repr of its own."""

    feed: str
    reference: str
    given: str | None
    family: str | None
    born: str | None
    postcode: str | None
    sex: str | None

    @property
    def family_initial(self) -> str | None:
        return self.family[:1] if self.family else None

    @property
    def born_year(self) -> str | None:
        return self.born[:4] if self.born else None


@dataclass(frozen=True)
class Feed:
    """name: what the list is called in what comes out. skipped: lines without a reference."""

    name: str
    rows: tuple[Row, ...]
    skipped: int


def read(name: str, path: Path, link: Link) -> Feed:
    """One list (CSV). Raises WardwiseError when it cannot be read or lacks a column; the error names columns, never values."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise WardwiseError(
            "A list needs a plain name.", where=path.name, next_step="Write NAME=FILE, such as marac=marac-people.csv."
        )
    if not path.is_file():
        raise WardwiseError("There is no such file.", where=path.name, next_step="Check the path.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file)
            columns = _columns(lines.fieldnames or (), link, path.name)
            made = [_row(name, line, columns) for line in lines]
    except (UnicodeDecodeError, csv.Error):
        raise WardwiseError(
            "This is not a CSV file in UTF-8.", where=path.name, next_step="Save it again as CSV UTF-8."
        ) from None
    rows = tuple(row for row in made if row is not None)
    twice = len(rows) - len({row.reference for row in rows})
    if twice:
        raise WardwiseError(
            f"{twice} references stand more than once.",
            where=path.name,
            next_step="Give each row a reference of its own.",
        )
    return Feed(name, rows, len(made) - len(rows))


def _columns(headings: Sequence[str], link: Link, where: str) -> dict[str, str]:
    held = {heading.strip().lower(): heading for heading in headings}
    found = {}
    for field, known in link.headings.items():
        match = next((held[heading.lower()] for heading in known if heading.lower() in held), None)
        if match is not None:
            found[str(field)] = match
    lacking = [link.headings[field][0] for field in NEEDED if field not in found]  # type: ignore[index]
    if lacking:
        raise WardwiseError(
            f"The list has no column {', '.join(lacking)}.",
            where=where,
            next_step="Rename its columns, or add their headings to linkage/same-person.yaml.",
        )
    return found


def _row(feed: str, line: Mapping[str, str | None], columns: Mapping[str, str]) -> Row | None:
    def cell(field: str) -> str:
        return (line.get(columns[field]) or "").strip() if field in columns else ""

    if not cell("reference"):
        return None
    return Row(
        feed, cell("reference"), _name(cell("given")), _name(cell("family")), _date(cell("born")),
        re.sub(r"[^A-Z0-9]", "", cell("postcode").upper()) or None, SEXES.get(cell("sex").lower()),
    )  # fmt: skip


def _name(text: str) -> str | None:
    """Capital letters without accents, blanks or marks: “O’Neill-Smith” is ONEILLSMITH."""
    plain = unicodedata.normalize("NFKD", text).upper()
    return re.sub(r"[^A-Z]", "", plain) or None


def _date(text: str) -> str | None:
    """The date as YYYY-MM-DD; None where it is not one."""
    for form in DATES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=None).date().isoformat()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
    return None


def every(feeds: Sequence[Feed]) -> Iterator[Row]:
    """All rows. Raises WardwiseError when two lists have one name, or there are fewer than two rows."""
    names = [feed.name for feed in feeds]
    if len(set(names)) < len(names):
        raise WardwiseError("Two lists have the same name.", next_step="Give each its own NAME=FILE.")
    if sum(len(feed.rows) for feed in feeds) < 2:
        raise WardwiseError("There are fewer than two people to compare.", next_step="Name more lists.")
    for feed in feeds:
        yield from feed.rows
