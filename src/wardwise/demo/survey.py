"""The synthetic partnership's residents' survey: each person's answers, with the number of people that person stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from wardwise.definitions import find

if TYPE_CHECKING:
    from .chance import Chance
    from .geography import SmallArea

HEADER = ["Survey", "Wave", "Respondent", "Age band", "Sex", "Stratum", "Weight", "Area code"]


def read() -> dict[str, Any]:
    """The survey as declared in definitions/demo/survey.yaml."""
    return find.read(next(path for path in find.files("demo") if path.stem == "survey"))


def rows(
    told: Mapping[str, Any], areas: Sequence[SmallArea], chance: Chance
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Header and rows, one person each, a column for each question. A few answers are left empty, as people do."""
    header = [*HEADER, *(f"Q: {each['question']}" for each in told["questions"])]
    found: list[tuple[str, ...]] = []
    for wave, size in told["waves"].items():
        found += _wave(told, str(wave), size, areas, chance.of(str(wave)))
    return header, found


def _wave(
    told: Mapping[str, Any], wave: str, size: int, areas: Sequence[SmallArea], chance: Chance
) -> list[tuple[str, ...]]:
    strata, bands = list(told["strata"]), list(told["age_bands"])
    where = chance.of("strata").deal([size * told["strata"][name] // 100 for name in strata])
    size = len(where)
    band = chance.of("ages").pick(list(told["age_bands"].values()), size)
    woman = chance.of("sexes").below(100, size) < 53
    third = -(-len(areas) // len(strata))
    place = chance.of("areas").below(third, size)
    columns = [_answers(each, wave, size, chance.of(each["question"])) for each in told["questions"]]
    return [
        (
            told["survey"], wave, f"{wave}-{i + 1:04}", bands[band[i]], "Female" if woman[i] else "Male", strata[where[i]],
            str(told["stands_for"][strata[where[i]]]), areas[min(int(where[i]) * third + int(place[i]), len(areas) - 1)].code,
            *(column[i] for column in columns),
        )
        for i in range(size)
    ]  # fmt: skip


def _answers(told: Mapping[str, Any], wave: str, size: int, chance: Chance) -> list[str]:
    picked = chance.of("answers").pick(told["share"][wave], size)
    silent = chance.of("silent").below(100, size) < 2
    return ["" if quiet else told["answers"][at] for at, quiet in zip(picked.tolist(), silent.tolist(), strict=True)]
