"""How well the claim checker reads five published documents, against what a careful reader doubts in them (labelled by hand).

Precision: of the doubts it raises, the share that the reader shares. Recall: of the reader's doubts, the share it raises.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardwise.claims import check_file
from wardwise.definitions.find import read

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "tests" / "golden" / "claims_labelled.yaml"
SEEDS = Path(os.environ.get("WARDWISE_SHARED", ROOT.parent / "shared")) / "seeds"

Claim = tuple[str, str, str]
"""Document, place and check."""


@dataclass(frozen=True)
class Score:
    """found: doubts raised. wanted, unwanted: labels that say a claim is to be doubted, or must not be."""

    found: frozenset[Claim]
    wanted: frozenset[Claim]
    unwanted: frozenset[Claim]

    @property
    def precision(self) -> float:
        return len(self.found & self.wanted) / len(self.found)

    @property
    def recall(self) -> float:
        return len(self.found & self.wanted) / len(self.wanted)


def score(seeds: Path = SEEDS) -> Score:
    """Check the five documents and compare with the labels."""
    labels: dict[str, list[dict[str, Any]]] = read(LABELS)
    paths = sorted(seeds.glob("*.txt"))
    found = {(name, d.place, d.check) for name, path in zip(labels, paths, strict=True) for d in check_file(path)}
    said = {(name, label["place"], label["check"]): label["doubt"] for name, held in labels.items() for label in held}
    return Score(
        frozenset(found),
        frozenset(claim for claim, doubt in said.items() if doubt),
        frozenset(claim for claim, doubt in said.items() if not doubt),
    )


def main() -> None:
    if not SEEDS.is_dir():
        print("claim checker: the five documents are not beside the repository, so it was not scored")
        return
    result = score()
    print(f"claim checker: {len(result.found)} doubts in five documents, {len(result.wanted)} labelled by hand")
    print(
        f"  precision {result.precision:.0%}, recall {result.recall:.0%}, {len(result.found & result.unwanted)} of {len(result.unwanted)} right claims doubted"
    )


if __name__ == "__main__":
    main()
