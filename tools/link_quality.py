"""How good linking is on labelled pairs: the weights, the threshold and what it costs, for docs/explanation/same-person.md.

usage: python tools/link_quality.py [PEOPLE]

Three sets of invented people (3,000 in each): weights are counted on the first, the threshold is chosen on the second, and the third,
which neither has seen, says how good it is.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from wardwise.definitions.linkage import Link, load
from wardwise.demo.files import write_csv
from wardwise.demo.labelled import HEADINGS, make
from wardwise.linkage import feeds, match
from wardwise.methods import linkage as method

LEARN, CHOOSE, JUDGE = 11, 12, 13
PRECISION = 0.99


def labelled(seed: int, people: int, link: Link) -> tuple[tuple[match.Pair, ...], np.ndarray, int]:  # type: ignore[type-arg]
    """Compared pairs, whether each is one person, and how many true pairs were never compared."""
    made = make(people, seed)
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in made.lists.items():
            write_csv(Path(folder) / f"{name}.csv", list(HEADINGS), rows)
        read = [feeds.read(name, Path(folder) / f"{name}.csv", link) for name in made.lists]
    rows = list(feeds.every(read))
    who = [made.truth[f"{row.feed}:{row.reference}"] for row in rows]
    pairs = match.compare(rows, link)
    same = np.array([who[p.one] == who[p.other] for p in pairs])
    true = sum(n * (n - 1) // 2 for n in Counter(who).values())
    return pairs, same, true - int(same.sum())


def main(people: int) -> None:
    link = load()
    pairs, same, missed = labelled(LEARN, people, link)
    print(f"Learnt on {len(pairs):,} pairs, {int(same.sum()):,} of them one person; {missed} never compared")
    print(f"prior: {100 * same.mean():.1f}")
    for at, each in enumerate(link.comparisons):
        levels = [-1 if p.steps[at].level is None else p.steps[at].level for p in pairs]
        found = method.weights(levels, same, len(each.levels))
        for level, m, u, bits in zip(each.levels, found.m, found.u, found.bits, strict=True):
            print(f"{each.name:10} {level.test:18} m: {100 * m:.2f}, u: {100 * u:.3f}  ({bits:+.1f} bits)")
    pairs, same, missed = labelled(CHOOSE, people, link)
    chosen = method.lowest_threshold([p.probability for p in pairs], same, PRECISION)
    print(f"Lowest probability with a precision of {PRECISION}: {chosen}; declared: {link.threshold.probability}")
    pairs, same, missed = labelled(JUDGE, people, link)
    chance = [p.probability for p in pairs]
    print("| Threshold | Pairs taken | Right | Precision | Recall |\n|---|---|---|---|---|")
    for threshold in (0.1, 0.5, 0.9, 0.95, 0.97):
        q = method.quality(chance, same, threshold, missed)
        shares = " | ".join(
            f"{100 * v:.1f}% ({100 * lo:.1f} to {100 * hi:.1f})" for v, lo, hi in (q.precision, q.recall)
        )
        print(f"| {threshold} | {q.taken:,} | {q.right:,} | {shares} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
