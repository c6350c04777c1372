"""Whatever is wrong with a street file, its rows add up, and what is held is what a plain reading of the same rows says."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import street
from wardwise.sources import import_files
from wardwise.store import Store

FAULTS = (
    "none",
    "none",
    "none",
    "no month",
    "bad month",
    "future",
    "no type",
    "bad point",
    "short",
    "long",
    "blank line",
    "commas",
)
WORDS = st.sampled_from(["On or near Park Road", "On, or near", 'The "Swan"', "On or\nnear", " spaced ", "Café", ""])

rows = st.lists(
    st.tuples(st.sampled_from(FAULTS), st.sampled_from(["2022-09", "2022-10"]), WORDS, st.booleans()), max_size=25
)


def written(fault: str, month: str, words: str, quoted: bool) -> str:
    """One record as text, with its fault and its line end."""
    change = {
        "no month": {"month": ""},
        "bad month": {"month": "2022-13"},
        "future": {"month": "2031-01"},
        "no type": {"crime_type": "  "},
        "bad point": {"latitude": "north"},
    }.get(fault, {})
    cells = [*street.row(**{"month": month, "location": words, **change}).values()]
    if fault == "blank line":
        return "\n"
    if fault == "commas":
        return "," * 11 + "\n"
    cells = {"short": cells[:7], "long": [*cells, "extra"]}.get(fault, cells)
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n").writerow(cells)
    return out.getvalue()


def plainly(text: str) -> tuple[int, Counter[str]]:
    """Rows in the file, and good rows by month, by the standard library and a few lines of rules."""
    good: Counter[str] = Counter()
    found = [row for row in csv.reader(io.StringIO(text, newline="")) if row][1:]
    for row in found:
        shaped = len(row) == 12 and re.fullmatch(r"20(0\d|1\d|2[0-3])-(0[1-9]|1[0-2])", row[1]) and row[9].strip()
        if shaped and re.fullmatch(r"-?\d+(\.\d+)?", row[5]):
            good[row[1]] += 1
    return len(found), good


@settings(max_examples=15, deadline=None)
@given(rows, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]), st.booleans())
def test_rows_add_up(given: list[tuple[str, str, str, bool]], encoding: str, crlf: bool) -> None:
    text = street.text([]) + "".join(written(*each) for each in given)
    expected, good = plainly(text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes((text.replace("\n", "\r\n") if crlf else text).encode(encoding))
        store = Store.open(Path(folder) / "store", create=True)
        report = import_files(store, [path], today=date(2023, 12, 31))
        held = store.at().connection().execute("SELECT month, count(*) FROM street_crime GROUP BY ALL").fetchall()
    assert (report.rows, report.accepted, report.superseded) == (expected, sum(good.values()), 0)
    assert report.quarantined == expected - sum(good.values())
    assert dict(held) == good
    lines = [line for line, _ in report.files[0].problems]
    assert lines == sorted(set(lines))
