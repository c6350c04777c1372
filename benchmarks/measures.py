"""All shipped measures for the 14 districts of Lancashire over four years, against plain hand-written DuckDB SQL in the same run."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from wardwise import measures
from wardwise.records.periods import Period
from wardwise.sources import import_files
from wardwise.store import Store, places

GOAL = 2.0
"""Seconds: the goal for all shipped measures, 14 districts, 48 months, with the store open."""
PERIOD = Period("2018-11", "2022-10")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
PLAIN = """
SELECT l.area_code, r.month, count(*) FROM street_crime r JOIN members l ON r.area_code = l.member_code
WHERE r.month BETWEEN '2018-11' AND '2022-10' AND r.crime_type IN ({types}) GROUP BY ALL
"""


def main() -> None:
    if not SHARED.is_dir():
        print("Skipped: the folder of published data is not beside the repository.")
        return
    with tempfile.TemporaryDirectory() as folder:
        snapshot = _filled(Path(folder) / "store")
        start = time.perf_counter()
        here = places.load(snapshot)
        districts = here.children(here.force_area("E06000009") or "", "district")
        measures.calculate("residents", snapshot, districts, PERIOD)
        print(f"open the store and read its places   {time.perf_counter() - start:.2f} s")
        taken, made = _all(snapshot, districts)
        street = [measure for measure in measures.all() if measure.count.records == "street_crime"]
        ours = _timed(lambda: [measures.calculate(m, _fresh(snapshot, districts), districts, PERIOD) for m in street])
        plain = _timed(lambda: [_plain(snapshot, here, districts) for _ in street])
        print(f"{len(measures.all())} measures, {made:,} figures  {taken:.2f} s (goal {GOAL} s)")
        print(
            f"{len(street)} of them on street crime  {ours:.2f} s   plain SQL {plain:.2f} s   ratio {ours / plain:.1f}"
        )


def _filled(folder: Path) -> Any:
    store = Store.open(folder, create=True)
    lancashire = [SHARED / "police_uk" / "lancashire-2018-11-to-2022-10.zip", SHARED / "areas" / "ons-lookups.zip"]
    people = [SHARED / "areas" / "lookup_ltla24_csp24_pfa24.csv", SHARED / "population" / "lsoa21-mid-2011-to-2022.zip"]
    import_files(store, [*lancashire, *people, SHARED / "deprivation", SHARED / "collisions"])
    return store.at()


def _all(snapshot: Any, districts: tuple[str, ...]) -> tuple[float, int]:
    start = time.perf_counter()
    made = sum(len(measures.calculate(m, snapshot, districts, PERIOD).figures) for m in measures.all())
    return time.perf_counter() - start, made


def _fresh(snapshot: Any, districts: tuple[str, ...]) -> Any:
    """The snapshot with its answers forgotten, so that what is timed is asked again."""
    from wardwise.measures.reading import Reading

    Reading.of(snapshot).forget()
    return snapshot


def _plain(snapshot: Any, here: Any, districts: tuple[str, ...]) -> None:
    from wardwise.measures.reading import members_table

    connection = snapshot.connection()
    connection.register("members", members_table(here, districts))
    connection.execute(PLAIN.format(types="'Burglary', 'Robbery'")).fetchall()


def _timed(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
