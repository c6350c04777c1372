"""Which pairs of rows are one person, and why: Fellegi and Sunter's weights by Splink, in memory."""

from __future__ import annotations

import logging
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from wardwise.definitions.linkage import Comparison, Link
from wardwise.records.errors import WardwiseError
from wardwise.store.duckdb import connect

from .feeds import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIELDS = ("given", "family", "born", "postcode", "sex", "family_initial", "born_year")
ALIKE = 0.88
"""Jaro and Winkler's similarity from which two names may differ by a slip (Winkler 1990 puts such pairs above 0.88)."""


def _sided(column: str) -> tuple[str, str]:
    return f'"{column}_l"', f'"{column}_r"'


def _alike(one: str, other: str) -> str:
    return f"jaro_winkler_similarity({one}, {other}) >= {ALIKE}"


(_G, _G2), (_F, _F2), (_B, _B2), (_P, _P2), (_S, _S2) = (
    _sided(c) for c in ("given", "family", "born", "postcode", "sex")
)
TESTS = {
    "names same": f"{_G} = {_G2} AND {_F} = {_F2}",
    "names swapped": f"{_G} = {_F2} AND {_F} = {_G2}",
    "names alike": f"{_alike(_G, _G2)} AND {_alike(_F, _F2)}",
    "family alike": _alike(_F, _F2),
    "born same": f"{_B} = {_B2}",
    "born swapped": f"left({_B}, 4) = left({_B2}, 4) AND substr({_B}, 6, 2) = right({_B2}, 2) AND right({_B}, 2) = substr({_B2}, 6, 2)",
    "born near": f"damerau_levenshtein({_B}, {_B2}) <= 1",
    "postcode same": f"{_P} = {_P2}",
    # the last three characters are the inward part (Royal Mail, Programmers' Guide); what stands before is the district
    "postcode district": f"left({_P}, length({_P}) - 3) = left({_P2}, length({_P2}) - 3)",
    "sex same": f"{_S} = {_S2}",
    "otherwise": "ELSE",
}
LACKING = {
    "names": f"{_G} IS NULL OR {_G2} IS NULL OR {_F} IS NULL OR {_F2} IS NULL",
    "born": f"{_B} IS NULL OR {_B2} IS NULL",
    "postcode": f"{_P} IS NULL OR {_P2} IS NULL",
    "sex": f"{_S} IS NULL OR {_S2} IS NULL",
}
NOT_KNOWN = "not known in one of the lists"


@dataclass(frozen=True)
class Step:
    """One comparison of a pair: its level's number (None where a value is missing), what that is in words, its weight in bits."""

    comparison: str
    level: int | None
    says: str
    bits: float


@dataclass(frozen=True)
class Pair:
    """Two rows, by their numbers. bits: the prior and all steps together; probability = 2^bits / (1 + 2^bits)."""

    one: int
    other: int
    probability: float
    bits: float
    steps: tuple[Step, ...]


def compare(rows: Sequence[Row], link: Link) -> tuple[Pair, ...]:
    """Every pair that a blocking rule brings together, the surest first. Nothing is written to disk.

    Raises WardwiseError when the comparison fails, without the values that it failed on.
    """
    logging.getLogger("splink").setLevel(logging.CRITICAL)
    connection = connect()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = _predicted(connection, rows, link)
    except Exception as error:
        kind = type(error).__name__
        raise WardwiseError(
            f"The lists could not be compared ({kind}).", next_step="Check that the files are as the declaration says."
        ) from None
    finally:
        connection.close()
    return tuple(sorted((_pair(each, link) for each in found), key=lambda p: (-p.bits, p.one, p.other)))


def _predicted(connection: DuckDBPyConnection, rows: Sequence[Row], link: Link) -> list[dict[str, Any]]:
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    columns: dict[str, list[Any]] = {"unique_id": list(range(len(rows)))}
    columns |= {field: [getattr(row, field) for row in rows] for field in FIELDS}
    text = {field: pa.string() for field in FIELDS}
    table = pa.table({name: pa.array(values, text.get(name)) for name, values in columns.items()})
    backend = DuckDBAPI(connection=connection)
    linker = Linker(backend.register(table), _settings(link), log_level=logging.CRITICAL)
    names = [f"gamma_{each.name}" for each in link.comparisons]
    found = linker.inference.predict(threshold_match_probability=0).as_duckdbpyrelation()
    return list(
        found.select(", ".join(["unique_id_l", "unique_id_r", "match_weight", *names])).to_arrow_table().to_pylist()
    )


def _settings(link: Link) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "probability_two_random_records_match": link.prior / 100,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": " AND ".join(f'l."{f}" = r."{f}"' for f in rule), "sql_dialect": "duckdb"}
            for rule in link.blocking
        ],
        "comparisons": [_comparison(each) for each in link.comparisons],
    }


def _comparison(each: Comparison) -> dict[str, Any]:
    m, u = (sum(getattr(level, kind) for level in each.levels) for kind in "mu")
    levels: list[dict[str, Any]] = [
        {"sql_condition": LACKING[each.name], "label_for_charts": NOT_KNOWN, "is_null_level": True}
    ]
    levels += [
        {
            "sql_condition": TESTS[level.test],
            "label_for_charts": level.say,
            "m_probability": level.m / m,
            "u_probability": level.u / u,
        }
        for level in each.levels
    ]
    return {"output_column_name": each.name, "comparison_levels": levels}


def weight(each: Comparison, level: int) -> float:
    """Bits for agreeing so far: log2(m / u), shares of all m and of all u."""
    m, u = (sum(getattr(one, kind) for one in each.levels) for kind in "mu")
    return math.log2(each.levels[level].m / m / (each.levels[level].u / u))


def prior(link: Link) -> float:
    """Bits before anything is compared."""
    return math.log2(link.prior / (100 - link.prior))


def _pair(found: dict[str, Any], link: Link) -> Pair:
    steps = []
    for each in link.comparisons:
        number = int(found[f"gamma_{each.name}"])
        if number < 0:
            steps.append(Step(each.name, None, NOT_KNOWN, 0.0))
            continue
        at = len(each.levels) - 1 - number  # Splink numbers levels from the last
        steps.append(Step(each.name, at, each.levels[at].say, weight(each, at)))
    bits = prior(link) + sum(step.bits for step in steps)
    one, other = sorted((int(found["unique_id_l"]), int(found["unique_id_r"])))
    return Pair(one, other, 1 / (1 + 2**-bits), bits, tuple(steps))


def people(size: int, pairs: Sequence[Pair], threshold: float) -> tuple[int, ...]:
    """The person of each row, by the number of its first row: rows joined by pairs at or above the threshold are one person."""
    head = list(range(size))

    def first(row: int) -> int:
        while head[row] != row:
            head[row] = head[head[row]]
            row = head[row]
        return row

    for pair in pairs:
        if pair.probability >= threshold:
            one, other = sorted((first(pair.one), first(pair.other)))
            head[other] = one
    return tuple(first(row) for row in range(size))
