"""What linking leaves behind: pseudonyms of people and rows, why each pair was taken for one, and the sealed way back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wardwise.definitions.linkage import Link
from wardwise.records.errors import WardwiseError

from . import keys
from .feeds import Feed, every
from .match import Pair, compare, people, prior

LINKS, PAIRS = "links.csv", "pairs.csv"
PSEUDONYM = re.compile(f"[0-9a-f]{{{keys.LENGTH}}}")


@dataclass(frozen=True)
class Linked:
    """links: person, feed and row, pseudonyms all. pairs: those that were compared, with the numbers of their rows in links."""

    links: tuple[tuple[str, str, str], ...]
    pairs: tuple[Pair, ...]
    taken: int


def link(feeds: Sequence[Feed], declared: Link, key: bytes, *, sealed: Path) -> Linked:
    """Link the lists, and write the sealed list from pseudonyms back to references."""
    rows = list(every(feeds))
    pairs = compare(rows, declared)
    threshold = declared.threshold.probability
    heads = people(len(rows), pairs, threshold)
    pseudonyms = [keys.pseudonym(key, f"row {row.feed}", row.reference) for row in rows]
    person = {
        head: keys.pseudonym(key, "person", f"{rows[head].feed}\x1f{rows[head].reference}") for head in set(heads)
    }
    links = tuple((person[head], row.feed, name) for head, row, name in zip(heads, rows, pseudonyms, strict=True))
    keys.seal(
        sealed,
        key,
        {"row": pseudonyms, "feed": [row.feed for row in rows], "reference": [row.reference for row in rows]},
    )
    return Linked(links, pairs, sum(pair.probability >= threshold for pair in pairs))


def write(found: Linked, declared: Link, folder: Path) -> tuple[Path, Path]:
    """links.csv and pairs.csv: pseudonyms, levels in words and weights. No name, date or postcode is in them."""
    folder.mkdir(parents=True, exist_ok=True)
    steps = [each.name for each in declared.comparisons]
    header = ["pair", "feed_1", "row_1", "feed_2", "row_2", "taken", "probability", "bits", "before"]
    header += [part for name in steps for part in (name, f"{name}_bits")]
    lines = []
    for number, pair in enumerate(found.pairs, 1):
        (_, feed, row), (_, other, beside) = found.links[pair.one], found.links[pair.other]
        taken = "yes" if pair.probability >= declared.threshold.probability else "no"
        line = [f"P{number:05d}", feed, row, other, beside, taken, f"{pair.probability:.4f}", f"{pair.bits:.2f}"]
        line.append(f"{prior(declared):.2f}")
        lines.append(line + [part for step in pair.steps for part in (step.says, f"{step.bits:.2f}")])
    return (
        _write(folder / LINKS, ["person", "feed", "row"], found.links),
        _write(folder / PAIRS, header, lines),
    )


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(header)
    out.writerows(rows)
    part = path.with_suffix(".part")
    part.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    part.replace(path)
    return path


def read_links(path: Path) -> tuple[tuple[str, str], ...]:
    """Person and feed of each row of links.csv. Raises WardwiseError when the file is another."""
    rows = _read(path, {"person", "feed", "row"})
    if any(not PSEUDONYM.fullmatch(row["person"]) for row in rows):
        raise WardwiseError("This file holds something else than pseudonyms.", where=path.name, next_step=_AGAIN)
    return tuple((row["person"], row["feed"]) for row in rows)


_AGAIN = "Name the file that wardwise link wrote."


def _read(path: Path, needed: set[str]) -> list[dict[str, str]]:
    if not path.is_file():
        raise WardwiseError("There is no such file.", where=path.name, next_step=_AGAIN)
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        if not needed <= set(lines.fieldnames or ()):
            raise WardwiseError("This file was not written by linking.", where=path.name, next_step=_AGAIN)
        return list(lines)


@dataclass(frozen=True)
class Weighed:
    """One step of an explanation: what was compared, what was found, its weight and the sum so far, in bits."""

    what: str
    says: str
    bits: float
    sum: float


@dataclass(frozen=True)
class Explained:
    pair: str
    feeds: tuple[str, str]
    taken: bool
    probability: float
    steps: tuple[Weighed, ...]


def explain(path: Path, pair: str) -> Explained:
    """Why a pair was taken for one person, or not, step by step. Raises WardwiseError when pairs.csv has no such pair."""
    row = next((row for row in _read(path, {"pair", "bits", "before"}) if row["pair"] == pair), None)
    if row is None:
        raise WardwiseError("There is no such pair.", where=path.name, next_step="Use a number from its first column.")
    sum_ = float(row["before"])
    steps = [Weighed("before", "how many compared pairs are one person", sum_, sum_)]
    for name in (column.removesuffix("_bits") for column in row if column.endswith("_bits")):
        bits = float(row[f"{name}_bits"])
        sum_ += bits
        steps.append(Weighed(name, row[name], bits, sum_))
    return Explained(
        pair, (row["feed_1"], row["feed_2"]), row["taken"] == "yes", float(row["probability"]), tuple(steps)
    )
