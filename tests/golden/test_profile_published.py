"""Golden row G-31, Blackpool's strategic assessment of 2016, violence in 2015-16: “15–24 = 27% of victims, 29% of offenders; 25–29 = 16% of
offenders”. The synthetic partnership is built to those shares; the profile must say them of its records, to the whole percent."""

from __future__ import annotations

from pathlib import Path

import pytest

from wardwise import sources
from wardwise.analysis.profiles import profile
from wardwise.records.periods import Period
from wardwise.store import Snapshot, Store

YEAR, MAIN = Period("2015-04", "2016-03"), "Z06000001"


@pytest.fixture(scope="module")
def snapshot(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    store = Store.open(tmp_path_factory.mktemp("store"), create=True)
    sources.import_files(store, [demo_folder / "places", demo_folder / "police" / "synthetic-offences-2015-16.csv"])
    return store.at()


def test_victims_and_offenders_of_violence(snapshot: Snapshot) -> None:
    shares = {
        (of, row["label"]): round(row["share"])  # type: ignore[arg-type]
        for of in ("victim", "offender")
        for row in profile(snapshot, "violence-against-the-person", MAIN, YEAR, of=of).tables["groups"].rows  # type: ignore[arg-type]
    }
    assert shares["victim", "15 to 24"] == 27
    assert shares["offender", "15 to 24"] == 29
    assert shares["offender", "25 to 29"] == 16
