"""Whatever the look-ups say, nothing is counted twice in the areas of one year, and nothing that a look-up places is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from wardwise.areas import Area, Link, Places

YEARS = ("2018", "2022", "2024")
SMALL = tuple(f"L{number}" for number in range(6))
DISTRICTS = tuple(f"D{number}" for number in range(5))

links = st.lists(
    st.tuples(st.sampled_from(SMALL), st.sampled_from(DISTRICTS), st.sampled_from(YEARS), st.booleans()), max_size=40
)
changes = st.lists(
    st.tuples(st.sampled_from(SMALL), st.sampled_from(SMALL), st.sampled_from("SMX")).filter(lambda c: c[0] != c[1]),
    max_size=4,
    unique_by=lambda change: frozenset(change[:2]),
)


def places(said: list[tuple[str, str, str, bool]], changed: list[tuple[str, str, str]]) -> Places:
    areas = [Area(code, code, "lsoa", "2011 2021") for code in SMALL]
    areas += [Area(code, code, "district", " ".join(YEARS)) for code in DISTRICTS]
    rows = [Link(small, district, "district", year, exact) for small, district, year, exact in said]
    return Places(areas, rows + [Link(old, new, "lsoa", "2021", True, kind) for old, new, kind in changed])


@settings(max_examples=200, deadline=None)
@given(links, changes)
def test_a_member_is_counted_once_over_the_districts_of_any_year(
    said: list[tuple[str, str, str, bool]], changed: list[tuple[str, str, str]]
) -> None:
    found = places(said, changed)
    for year in YEARS:
        of_year = sorted({district for _, district, when, _ in said if when == year})
        members = [member for member, _ in found.members(of_year)]
        assert len(members) == len(set(members))
        placed = {small for small, _, when, _ in said if when == year}
        newest = {small for small in placed if not any(s == small and when > year for s, _, when, _ in said)}
        related = {
            code for old, new, _ in changed for code in (old, new)
        }  # these follow the areas they became or came from
        assert newest - related <= set(members)


@settings(max_examples=100, deadline=None)
@given(links, changes, st.randoms())
def test_the_order_of_the_look_ups_makes_no_difference(
    said: list[tuple[str, str, str, bool]], changed: list[tuple[str, str, str]], chance: object
) -> None:
    one = places(said, changed)
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    other = places(shuffled, changed)
    assert sorted(one.members(DISTRICTS)) == sorted(other.members(DISTRICTS))
    assert [one.parent(code, "district") for code in SMALL] == [other.parent(code, "district") for code in SMALL]


@settings(max_examples=100, deadline=None)
@given(links, changes)
def test_a_small_area_lies_in_the_district_that_counts_it(
    said: list[tuple[str, str, str, bool]], changed: list[tuple[str, str, str]]
) -> None:
    found = places(said, changed)
    for member, area in found.members(DISTRICTS):
        assert member == area or found.parent(member, "district") == area
