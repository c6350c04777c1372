"""Compares the open table of harm with a second source, the Cambridge Crime Harm Index, row by row.

usage: python tools/harm_second_source.py WORKBOOK [--write]

WORKBOOK is the index's own workbook of 2020 (cchi2020dataxls.xlsx), which its owner gives away and which is not shipped here. The index
takes the lowest starting point of a guideline and we the middle one, so what can be compared is our `lowest` with the starting
point that the workbook reports; where no guideline is taken, the longest sentence with the longest that it reports. Nothing of
the workbook is copied: the column `second_source` says only how the comparison came out. With --write it is written into the table.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from wardwise.definitions.find import files, read
from wardwise.definitions.harm import YEAR, in_days

CURRENT_TO = "2020-10"
"""The month of the guidelines in the workbook; it says “as of the 6th October 2020” on its cover."""

SHEET = "CCHI 2020 values sheet"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_LENGTH = re.compile(r"(\d+|one|two|three|four|five)\s*(year|month|week)s?")
_UNITS = {"year": YEAR, "month": YEAR / 12, "week": 7}


def in_words_as_days(words: str, rules: Mapping[str, Any]) -> float | None:
    """A starting point as people write it (“2 years 6 months”, “High level community order”, “band b fine”) in days by our
    own rules; None where it is no single sentence."""
    plain = words.casefold().replace("’", "'").strip()
    if not plain or "suggest" in plain or "?" in plain or "minimum" in plain:
        return None
    if found := re.search(r"\b(low|medium|high)\w* level community order", plain):
        return in_days(f"{found[1]} community order", rules)
    if found := re.search(r"\bband ([a-f]) fine", plain):
        return in_days(f"band {found[1].upper()} fine", rules)
    lengths = _LENGTH.findall(plain)
    return sum(float(_NUMBERS.get(n, n)) * _UNITS[unit] for n, unit in lengths) if lengths else None


def longest_in_years(words: str) -> set[float]:
    """The longest sentences that a cell names, in years, life as 0: “Life or 14 years” names two."""
    plain = words.casefold()
    found = {float(n) for n in re.findall(r"(\d+)\s*year", plain)}
    return found | ({0.0} if "life" in plain else set())


def reported(path: Path, rules: Mapping[str, Any]) -> dict[str, tuple[set[float], set[float]]]:
    """For each code of a notifiable offence: the starting points, in days, of the offences with a guideline of their own, and the longest sentences in years."""
    import openpyxl

    rows = openpyxl.load_workbook(path, read_only=True)[SHEET].iter_rows(values_only=True)
    heads = [str(head or "").strip().rstrip(":") for head in next(rows)]
    at = {head: i for i, head in reversed(list(enumerate(heads)))}
    found: dict[str, tuple[set[float], set[float]]] = defaultdict(lambda: (set(), set()))
    for row in rows:
        if str(row[at["NOTIFIABLE"]]) != "Notifiable":
            continue
        starts, longest = found[str(row[at["CLASSIFICATION_CODE"]] or "").replace("/", ".")]
        days = in_words_as_days(str(row[at["Starting Point"]] or ""), rules)
        if days is not None and str(row[at["Sentencing data from actual offence available"]]).casefold().startswith(
            "yes"
        ):
            starts.add(round(days, 2))
        longest |= longest_in_years(str(row[at["Maximum Sentence"]] or ""))
    return dict(found)


def compared(line: Mapping[str, str], given: tuple[set[float], set[float]] | None, rules: Mapping[str, Any]) -> str:
    """How a row of the open table stands to the second source.

    same: it reports our lowest starting point (or our longest sentence) for an offence of the code. inside: it reports others, within our lowest
    and highest. outside: all that it reports lie outside. older: the guideline is newer than the source. none: it reports nothing to compare.
    """
    starts, longest = given or (set(), set())
    if line["starting_point"].startswith("maximum"):
        ours = re.search(r"(\d+) year", line["starting_point"])
        years = 0.0 if line["starting_point"] == "maximum life" else float(ours[1]) if ours else None
        if years is None or not longest:
            return "none"
        return "same" if years in longest else "outside"
    if not starts:
        return "none"
    if line["in_force"] > CURRENT_TO:
        return "older"
    low, high = (in_days(line[name] or line["starting_point"], rules) for name in ("lowest", "highest"))
    if round(low, 2) in starts:
        return "same"
    return "inside" if any(low <= days <= high for days in starts) else "outside"


def comparison(table: Path, workbook: Path, rules: Mapping[str, Any]) -> dict[str, str]:
    """The outcome for each code of the table."""
    given = reported(workbook, rules)
    with table.open(encoding="utf-8-sig", newline="") as file:
        return {line["code"]: compared(line, given.get(line["code"]), rules) for line in csv.DictReader(file)}


def _write(table: Path, outcomes: Mapping[str, str]) -> None:
    with table.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    for line in lines:
        if line.get("second_source") != "taken":
            line["second_source"] = outcomes[line["code"]]
    names = [name for name in lines[0] if name not in ("second_source", "note")]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*names, "second_source", "note"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def main(arguments: Sequence[str]) -> None:
    if not arguments or arguments[0].startswith("-"):
        raise SystemExit(__doc__)
    table = next(path for path in files("harm", suffix=".csv") if path.stem == "open-starting-points")
    rules = read(table.with_suffix(".yaml"))
    outcomes = comparison(table, Path(arguments[0]), rules)
    if "--write" in arguments:
        _write(table, outcomes)
    for outcome in ("same", "inside", "outside", "older", "none"):
        codes = [code for code, found in outcomes.items() if found == outcome]
        print(f"{outcome}: {len(codes)} rows: {', '.join(codes)}")


if __name__ == "__main__":
    main(sys.argv[1:])
