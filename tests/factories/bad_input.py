"""Small made-up stores that lack what a question needs, each in one way."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import shapely

from tests.factories.tables import link
from wardwise.records.periods import Period, month_number

World = dict[str, list[dict[str, Any]]]
"""Rows by canonical table."""

AREA, OTHER, FORCE = "E06000009", "E07000117", "E23000003"
SMALL = tuple(f"E0100000{n}" for n in range(1, 7))
WARDS = ("E05000001", "E05000002")
MONTHS = Period("2019-01", "2022-12").months()
LAST = Period("2022-01", "2022-12")
KINDS = ("Burglary", "Violence and sexual offences", "Anti-social behaviour", "Robbery")
STREET, FORCES = "police-street-crime", "force-offences"


def whole() -> World:
    """One district of six small areas in two wards, another district beside it, four years of a little of everything."""
    made: World = {
        "area_links": [
            *(link(code, WARDS[n // 3], "lsoa in ward") for n, code in enumerate(SMALL)),
            *(link(code, AREA, "lsoa in district") for code in SMALL),
            *(link(code, AREA, "ward in district") for code in WARDS),
            *({**link(code, FORCE, "district in force"), "parent_name": "Lancashire"} for code in (AREA, OTHER)),
        ],
        "boundaries": [_square(n, code) for n, code in enumerate(SMALL)],
        "population": [
            {"year": "2021", "area_code": code, "age": age, "residents": n}
            for code in (*SMALL, OTHER)
            for age, n in (("all", 910.0), *((str(each), 10.0) for each in range(90)), ("90+", 10.0))
        ],
        "deprivation": [
            {"edition": "2019", "area_code": code, "domain": "overall", "rank": 100 * n, "decile": n, "score": 50.0 - n}
            for n, code in enumerate(SMALL, 1)
        ],
        "street_crime": [],
        "offences": [],
        "incidents": [],
        "collisions": [],
        "casualties": [],
        "survey_answers": [_answer(wave, n) for wave in ("2021-05", "2022-05") for n in range(80)],
        "programme_people": [_person(n) for n in range(60)],
        "service_returns": [
            {"area_code": AREA, "month": "2022-01", "months": 12, "service": "CCTV", "measure": name, "count": n}
            for name, n in (("incidents", 40), ("arrests", 12))
        ],
        "context_indicators": [
            {
                "indicator": "Out of work",
                "year": "2021",
                "period": "2021",
                "area_code": code,
                "value": value,
                "unit": "%",
            }
            for code, value in ((AREA, 9.5), ("E92000001", 5.1))
        ],
    }
    for month in MONTHS:
        for n in range(12 + month_number(month) % 5):
            made["street_crime"].append(_street(month, n))
            made["offences"].append(_offence(month, n))
            made["incidents"].append(_incident(month, n))
        made["street_crime"] += [_street(month, n, area_code=OTHER) for n in range(9)]
        made["collisions"].append(_collision(month))
        made["casualties"].append(_hurt(month))
    return made


def _square(n: int, code: str) -> dict[str, Any]:
    west, south = -3.05 + n % 3 * 0.004, 53.80 + n // 3 * 0.004
    square = shapely.box(west, south, west + 0.004, south + 0.004)
    return {"edition": "2021", "area_code": code, "level": "lsoa", "geometry": shapely.to_wkb(square)}


def _at(n: int) -> dict[str, Any]:
    """A small area, and a point in it."""
    at = n % 6
    east, north = -3.05 + at % 3 * 0.004, 53.80 + at // 3 * 0.004
    spread = 0.0001 * (n * 7 % 31)
    return {"area_code": SMALL[at], "longitude": east + 0.0003 + spread, "latitude": north + 0.0003 + spread}


def _street(month: str, n: int, **more: Any) -> dict[str, Any]:
    return {"source": STREET, "supplier": "lancashire", "month": month, "crime_type": KINDS[n % 4], "location": "On or near A Road", **_at(n), **more}  # fmt: skip


def _offence(month: str, n: int) -> dict[str, Any]:
    day = date(int(month[:4]), int(month[5:]), 1 + n)
    code, group, kind = (
        ("28E", "Theft offences", "Domestic burglary"),
        ("8N", "Violence against the person", "Violence with injury"),
    )[n % 2]
    return {
        "source": FORCES, "supplier": "lancashire", "month": month, "offence_ref": f"{month}-{n}", "offence_code": code, "offence_group": group,
        "offence_subgroup": kind, "reported_date": day, "occurred_from": day, "occurred_to": day, "time_from": f"{n % 24:02d}:10",
        "time_to": f"{n % 24:02d}:10", "victim_age": 15 + 3 * n, "victim_sex": ("female", "male")[n % 2], "offender_age": 18 + n,
        "offender_sex": "male", "victim_ref": f"v{n % 7}", "offender_ref": f"o{n % 5}", **_at(n),
    }  # fmt: skip


def _incident(month: str, n: int) -> dict[str, Any]:
    day = date(int(month[:4]), int(month[5:]), 1 + n)
    return {
        "source": "police-asb", "supplier": "lancashire", "month": month, "service": "police", "category": "anti-social behaviour",
        "subcategory": "Nuisance", "reported_date": day, "occurred_date": day, "time": "20:15", "caller_ref": f"c{n % 4}", **_at(n),
    }  # fmt: skip


def _collision(month: str) -> dict[str, Any]:
    n = month_number(month)
    return {
        "source": "stats19-collisions", "supplier": "dft", "month": month, "collision_ref": month, "severity": "serious",
        "date": date(int(month[:4]), int(month[5:]), 1), "time": "08:30", "casualties": 1, "authority_code": AREA, **_at(n),
    }  # fmt: skip


def _hurt(month: str) -> dict[str, Any]:
    return {
        "source": "stats19-casualties", "supplier": "dft", "year": month[:4], "collision_ref": month, "casualty_ref": 1,
        "severity": "serious", "road_user": "on foot", "age": 20,
    }  # fmt: skip


def _answer(wave: str, n: int) -> dict[str, Any]:
    return {
        "survey": "Town survey", "month": wave, "respondent_ref": f"{wave}-{n}", "area_code": AREA, "question": "Do you feel safe?",
        "answer": ("Yes", "No")[n % 2], "weight": 1.0 + n % 3,
    }  # fmt: skip


def _person(n: int) -> dict[str, Any]:
    return {
        "month": "2022-01", "person_ref": f"p{n}", "programme": "Step Up", "part": ("took part", "comparison")[n % 2], "area_code": AREA,
        "event_month": "2022-05" if n % 3 else None, "followed_to": "2022-12", "sessions": 8, "attended": n % 9, "age": 20 + n % 30,
        "earlier": n % 4, "need": 10 + n % 7,
    }  # fmt: skip


EVENTS = ("street_crime", "offences", "incidents", "collisions", "casualties")


def too_few() -> World:
    """Three records of each kind, in one month."""
    made = whole()
    for name in EVENTS:
        made[name] = [row for row in made[name] if row.get("month", row.get("year")) in ("2022-12", "2022")][:3]
    for name in ("survey_answers", "programme_people"):
        made[name] = made[name][:3]
    return made


def all_zeros() -> World:
    """Every month was supplied, and nothing happened in the area."""
    made = whole()
    for name in EVENTS[:4]:
        made[name] = [
            {**row, "area_code": OTHER} | ({"authority_code": OTHER} if name == "collisions" else {})
            for row in made[name]
        ]
    made["service_returns"] = [{**row, "count": 0} for row in made["service_returns"]]
    return made


def one_area() -> World:
    """A district of one small area, alone in its force."""
    made = whole()
    one = SMALL[0]
    made["area_links"] = [row for row in made["area_links"] if row["child_code"] in (one, WARDS[0], AREA)]
    for name in (*EVENTS[:4], "population", "deprivation", "boundaries"):
        made[name] = [row for row in made[name] if row["area_code"] == one]
    return made


def alike() -> World:
    """Every record at one point."""
    made = whole()
    for name in EVENTS[:4]:
        made[name] = [{**row, **_at(0)} for row in made[name]]
    return made


def weights_of_nothing() -> World:
    """A survey and a table of harm whose weights are all 0."""
    made = whole()
    made["survey_answers"] = [{**row, "weight": 0.0} for row in made["survey_answers"]]
    made["harm_weights"] = [_weight(code, 0.0) for code in ("28E", "8N")]
    return made


def offence_without_a_weight() -> World:
    """A table of harm that knows one of the two offences, and not its subgroup's kin."""
    made = whole()
    made["harm_weights"] = [_weight("8N", 20.0)]
    return made


def _weight(code: str, days: float) -> dict[str, Any]:
    return {"table": "own", "edition": "2022", "offence_code": code, "offence": code, "weight": days}


def survey_without_weights() -> World:
    made = whole()
    made["survey_answers"] = [{**row, "weight": None} for row in made["survey_answers"]]
    return made


def nobody_lives_here() -> World:
    """Residents are stated, and there are none."""
    made = whole()
    made["population"] = [{**row, "residents": 0.0} for row in made["population"]]
    return made


def nothing_but_areas() -> World:
    return {"area_links": whole()["area_links"]}


SHAPES: dict[str, Callable[[], World]] = {
    "nothing wrong": whole,
    "too few points": too_few,
    "all zeros": all_zeros,
    "one area": one_area,
    "coordinates all alike": alike,
    "weights that sum to zero": weights_of_nothing,
    "an offence without a weight": offence_without_a_weight,
    "a survey without weights": survey_without_weights,
    "nobody lives here": nobody_lives_here,
    "nothing but areas": nothing_but_areas,
}


def made(shape: str) -> World:
    return deepcopy(SHAPES[shape]())
