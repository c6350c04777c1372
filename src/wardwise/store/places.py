"""The areas a store knows: its look-ups, boundaries and populations, read once and handed to `areas` and `measures`."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ..areas import Area, Link, Partnership, PeerRule, Places
from ..definitions import find
from ..records.errors import WardwiseError
from .snapshot import Snapshot

_AREAS = """
WITH ends AS (
    SELECT child_code AS code, child_name AS name, child_level AS level, child_vintage AS vintage FROM area_links
    UNION ALL
    SELECT parent_code, parent_name, parent_level, parent_vintage FROM area_links
),
linked AS (
    SELECT code, vintage, max(name) AS name, max(level) AS level FROM ends GROUP BY code, vintage
),
drawn AS (
    SELECT area_code AS code, edition AS vintage, max(area_name) AS name, max(level) AS level
    FROM boundaries WHERE area_code NOT IN (SELECT code FROM linked) GROUP BY ALL
)
SELECT code, coalesce(max_by(name, vintage), code), max_by(level, vintage), string_agg(vintage, ' ')
FROM (SELECT code, vintage, name, level FROM linked UNION ALL SELECT code, vintage, name, level FROM drawn) GROUP BY code
"""

_LINKS = """
WITH years AS (
    SELECT child_code, parent_code, parent_level, parent_vintage, bool_or(fit = 'exact') AS exact, max(change) AS change
    FROM area_links WHERE child_code <> parent_code GROUP BY ALL
),
drawn AS (
    SELECT area_code, parent_code, 'district', edition, false, NULL FROM boundaries
    WHERE parent_code IS NOT NULL AND level IN ('lsoa', 'ward')
      AND area_code NOT IN (SELECT child_code FROM area_links)
)
SELECT child_code, parent_code, max(parent_level), string_agg(parent_vintage, ' '), bool_or(exact),
       coalesce(max(change), '')
FROM (SELECT * FROM years UNION ALL SELECT * FROM drawn) GROUP BY child_code, parent_code
"""


def load(snapshot: Snapshot, own: Path | None = None) -> Places:
    """Every area the store's look-ups and boundaries name, with the declared partnerships and peer groups.

    own: a partnership's folder of definitions; the store's own folder is used when none is given. A snapshot never changes,
    so its places are read once.
    """
    own = own or snapshot.folder / "definitions"
    kept = _LOADED.setdefault(snapshot, {})
    if own not in kept:
        kept[own] = _load(snapshot, own)
    return kept[own]


_LOADED: weakref.WeakKeyDictionary[Snapshot, dict[Path, Places]] = weakref.WeakKeyDictionary()


def _load(snapshot: Snapshot, own: Path) -> Places:
    connection = snapshot.connection()
    areas = map(Area._make, connection.execute(_AREAS).fetchall())
    links = map(Link._make, connection.execute(_LINKS).fetchall())
    held = [f"{supply.source} ({supply.period})" for supply in snapshot.supplies("area_links")]
    return Places(areas, links, partnerships=partnerships(own), peer_rules=peer_rules(own), held=held)


def boundaries(snapshot: Snapshot, codes: Iterable[str]) -> dict[str, Any]:
    """The newest outline held of each code, as a shapely geometry in degrees (WGS84). Codes without one are left out."""
    import shapely

    wanted = list(dict.fromkeys(codes))
    rows = (
        snapshot.connection()
        .execute(
            "SELECT area_code, max_by(geometry, edition) FROM boundaries WHERE list_contains(?, area_code) "
            "GROUP BY area_code ORDER BY area_code",
            [wanted],
        )
        .fetchall()
    )
    return {code: shapely.from_wkb(outline) for code, outline in rows}


def outlines(snapshot: Snapshot, level: str) -> dict[str, Any]:
    """Every outline of a level, newest edition, as shapely geometries by code: for finding which area a point falls in."""
    codes = (
        snapshot.connection().execute("SELECT DISTINCT area_code FROM boundaries WHERE level = ?", [level]).fetchall()
    )
    return boundaries(snapshot, (code for (code,) in codes))


def partnerships(own: Path | None = None) -> tuple[Partnership, ...]:
    """The declared partnerships of several districts (`areas/partnerships.yaml`, a partnership's own folder first)."""
    return tuple(
        Partnership(
            str(item["code"]),
            str(item["name"]),
            _codes(item.get("members")),
            _codes(item.get("associates")),
            str(item.get("source", "")).strip(),
        )
        for item in _entries("partnerships", own, needed=("code", "name", "members"))
    )


def peer_rules(own: Path | None = None) -> tuple[PeerRule, ...]:
    """The declared peer groups (`areas/peer-groups.yaml`), in the order in which they are tried."""
    return tuple(
        PeerRule(
            str(item["name"]),
            str(item["why"]).strip(),
            _codes(item.get("codes")),
            str(item.get("level", "")),
            str(item.get("same", "")),
            _codes(item.get("applies_to")),
        )
        for item in _entries("peer-groups", own, needed=("name", "why"))
    )


def _codes(value: object) -> tuple[str, ...]:
    return tuple(str(code) for code in value) if isinstance(value, list) else ()


def _entries(name: str, own: Path | None, needed: Sequence[str]) -> list[dict[str, Any]]:
    path = next((path for path in find.files("areas", own) if path.stem == name), None)
    if path is None:
        return []
    try:
        entries = find.read(path).get(name.replace("-", "_"), [])
    except find.DefinitionError as error:
        raise WardwiseError(error.what, where=error.where, next_step=error.next_step) from error
    for number, entry in enumerate(entries, 1):
        lacking = [key for key in needed if not isinstance(entry, dict) or key not in entry]
        if lacking:
            raise WardwiseError(
                f"Entry {number} does not say {', '.join(lacking)}.",
                where=str(path),
                next_step="Follow the entries of the shipped file.",
            )
    return list(entries)
