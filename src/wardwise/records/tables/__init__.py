"""The canonical tables, each declared once. Checks, the data dictionary and the synthetic data are made from these."""

from __future__ import annotations

from ..columns import Table
from ..errors import WardwiseError
from .context import CONTEXT_INDICATORS
from .crime import OFFENCES, OUTCOMES, STOP_AND_SEARCH, STREET_CRIME
from .harm import HARM_WEIGHTS
from .incidents import INCIDENTS, PUBLISHED_SERIES, SERVICE_RETURNS
from .places import AREA_LINKS, BOUNDARIES, CENTROIDS, CODE_LISTS, DEPRIVATION, POPULATION
from .programmes import PROGRAMME_PEOPLE
from .roads import CASUALTIES, COLLISIONS
from .surveys import SURVEY_ANSWERS, SURVEY_ESTIMATES

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        STREET_CRIME,
        OUTCOMES,
        OFFENCES,
        STOP_AND_SEARCH,
        INCIDENTS,
        PUBLISHED_SERIES,
        SERVICE_RETURNS,
        PROGRAMME_PEOPLE,
        COLLISIONS,
        CASUALTIES,
        POPULATION,
        DEPRIVATION,
        CONTEXT_INDICATORS,
        AREA_LINKS,
        BOUNDARIES,
        CENTROIDS,
        CODE_LISTS,
        HARM_WEIGHTS,
        SURVEY_ANSWERS,
        SURVEY_ESTIMATES,
    )
}


def table(name: str) -> Table:
    """The canonical table called `name`. Raises WardwiseError, listing the tables there are, when there is none."""
    if name not in TABLES:
        raise WardwiseError(f"There is no table called “{name}”.", next_step=f"Use one of: {', '.join(TABLES)}.")
    return TABLES[name]
