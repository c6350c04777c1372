"""Where a collision counts: in the district that the police recorded, as published totals do, and in the ward of its own place.

An official code's second and third characters say what kind of area it is (ONS, Register of Geographic Codes): 06 a unitary
authority, 07 a district, 08 a metropolitan district, 09 a London borough, 12 a Scottish council area, 10 a county. In older files
the authority of a place with two tiers is its county; the district is then that of the collision's small area, but never a
district outside all counties.
"""

from __future__ import annotations

from sqlglot import exp

SMALL, WHOLE = "small", "whole"
"""Grains of the areas asked for: wards and smaller; districts and larger."""
SMALL_LEVELS = frozenset({"lsoa", "msoa", "ward"})

_DISTRICTS = ("06", "07", "08", "09", "12")
_OUTSIDE_COUNTIES = ("06", "08", "09")
_COUNTY = "10"


def grain(level: str) -> str:
    """The grain of an area of `level`."""
    return SMALL if level in SMALL_LEVELS else WHOLE


def placed(collisions: exp.Expr) -> exp.Select:
    """Each collision twice, once for each grain: the columns of `collisions`, `grain`, `place` (the code that it counts under) and
    `county` (whether the police recorded a county). Made before anything is joined to it, so that the join is on plain columns."""
    grains = exp.values([(one,) for one in (SMALL, WHOLE)], alias="grains", columns=["grain"])
    recorded = exp.func("COALESCE", exp.column("authority_code"), exp.Literal.string(""))
    whole = exp.EQ(this=exp.column("grain"), expression=exp.Literal.string(WHOLE))
    place = exp.Case().when(exp.and_(whole, _kind(recorded, _DISTRICTS)), recorded).else_(exp.column("area_code"))
    county = exp.and_(whole.copy(), _kind(recorded, (_COUNTY,)))
    query = exp.Select().select(exp.Star(), exp.alias_(place, "place"), exp.alias_(county, "county")).from_(collisions)
    return query.join(grains, join_type="cross", copy=False)


def belongs(rows: str, members: str) -> exp.Expr:
    """The condition that joins `rows`, made by `placed`, to the lent table `members`."""
    outside = _kind(exp.column("area_code", members), _OUTSIDE_COUNTIES)
    return exp.and_(
        exp.EQ(this=exp.column("place", rows), expression=exp.column("member_code", members)),
        exp.EQ(this=exp.column("grain", rows), expression=exp.column("grain", members)),
        exp.Not(this=exp.paren(exp.and_(exp.column("county", rows), outside))),
    )


def _kind(code: exp.Expr, kinds: tuple[str, ...]) -> exp.Expr:
    part = exp.func("SUBSTR", code.copy(), exp.Literal.number(2), exp.Literal.number(2))
    return exp.In(this=part, expressions=[exp.Literal.string(kind) for kind in kinds])
