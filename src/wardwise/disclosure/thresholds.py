"""How small a count may be shown to whom. The rules are data: `definitions/disclosure/thresholds.yaml`, which a partnership may
replace with its own. `products` loads that file and hands it in; `SHIPPED` is the same rules, and a test holds them equal.

There is no national number for police recorded crime, so these are choices, each with its reason:

- Counts of 1 and 2 are never safe, 3 and 4 not for small areas or sensitive topics (ONS guidance, as summarised by
  Cambridgeshire Insight, 2013). The public sees areas as small as an LSOA, so 1 to 4 are hidden from it in both profiles.
- Health data: counts of 1 to 7 hidden and the rest rounded to 5 (NHS hospital statistics, since September 2018). The supplier's
  terms bind a partner as they bind the public.
- Rates and percentages on sensitive topics need counts of at least 10 (the threshold of the ONS Secure Research Service),
  because a rate on a handful of people says more about them than about the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..records.errors import WardwiseError
from .released import Audience


@dataclass(frozen=True)
class Rule:
    """One profile for one audience. Counts are of people, offences or incidents.

    hide_below: counts from 1 to one less than this are hidden. 0 hides none.
    round_to: shown counts are rounded to the nearest multiple. 1 leaves them.
    rate_from: a rate, interval or percentage is shown when each count it is worked out from is 0 or at least this.
    """

    hide_below: int = 0
    round_to: int = 1
    rate_from: int = 0

    def __post_init__(self) -> None:
        if self.hide_below < 0 or self.round_to < 1 or self.rate_from < 0:
            raise WardwiseError(
                "A disclosure rule has a number that makes no sense.",
                where=f"hide_below {self.hide_below}, round_to {self.round_to}, rate_from {self.rate_from}",
                next_step="Use whole numbers: 0 or more for hide_below and rate_from, 1 or more for round_to.",
            )

    def hides(self, count: float) -> bool:
        """Whether a count is too small to show. None (0) is shown: nobody is behind it."""
        return 0 < count < self.hide_below

    @property
    def spread(self) -> int:
        """How far apart the least and greatest possible value of a hidden count must stay. The rule itself tells a reader
        “1 to hide_below − 1”; arithmetic must not tell more."""
        return max(1, self.hide_below - 2)

    def and_also(self, other: Rule) -> Rule:
        """The stricter of two rules, for a figure that two findings of different profiles both show."""
        return Rule(
            max(self.hide_below, other.hide_below),
            max(self.round_to, other.round_to),
            max(self.rate_from, other.rate_from),
        )


Profiles = Mapping[str, Mapping[Audience, Rule]]
EVERYTHING = Rule()


@dataclass(frozen=True)
class Thresholds:
    """The rules for every profile and audience. The analyst sees everything, whatever a file says."""

    profiles: Profiles

    def rule(self, profile: str, audience: Audience) -> Rule:
        """Raises WardwiseError when no profile has that name, so that a slip of the pen cannot open the gate."""
        if profile not in self.profiles:
            raise WardwiseError(
                f"There is no disclosure profile called “{profile}”.",
                next_step=f"Use one of: {', '.join(self.profiles)}, or declare it in disclosure/thresholds.yaml.",
            )
        return EVERYTHING if audience is Audience.ANALYST else self.profiles[profile][audience]

    @classmethod
    def of(cls, declaration: Mapping[str, Any], where: str = "disclosure/thresholds.yaml") -> Thresholds:
        """Check a loaded declaration. Raises WardwiseError, naming the profile and audience, when it is incomplete, when a
        setting is unknown, or when the public would see more than the partnership."""
        profiles: dict[str, Mapping[Audience, Rule]] = {}
        for name, body in declaration.get("profiles", {}).items():
            profiles[name] = {audience: _rule(body, audience, f"{where}, {name}") for audience in _GUARDED}
            _check_order(profiles[name], f"{where}, {name}")
        if not profiles:
            raise WardwiseError(
                "There are no disclosure profiles.", where=where, next_step="Declare at least one under “profiles”."
            )
        return cls(MappingProxyType(profiles))


_GUARDED = (Audience.PARTNERSHIP, Audience.PUBLIC)
_SETTINGS = ("hide_below", "round_to", "rate_from")


def _rule(body: Mapping[str, Any], audience: Audience, where: str) -> Rule:
    settings = body.get(audience.value)
    if not isinstance(settings, Mapping):
        raise WardwiseError(
            f"The {audience.value} audience has no rule.",
            where=where,
            next_step=f"Add a line such as “{audience.value}: {{hide_below: 5}}”.",
        )
    if wrong := [name for name, value in settings.items() if name not in _SETTINGS or type(value) is not int]:
        raise WardwiseError(
            f"The {audience.value} audience has a setting that is not understood: {', '.join(map(str, wrong))}.",
            where=where,
            next_step=f"Use whole numbers for {', '.join(_SETTINGS)}.",
        )
    return Rule(**settings)


def _check_order(rules: Mapping[Audience, Rule], where: str) -> None:
    partnership, public = rules[Audience.PARTNERSHIP], rules[Audience.PUBLIC]
    if partnership.and_also(public) != public:
        raise WardwiseError(
            "The public would be shown more than the partnership.",
            where=where,
            next_step="Make each public number at least as large as the partnership's.",
        )


SHIPPED = Thresholds(
    MappingProxyType(
        {
            "open": {Audience.PARTNERSHIP: EVERYTHING, Audience.PUBLIC: EVERYTHING},
            "standard": {Audience.PARTNERSHIP: EVERYTHING, Audience.PUBLIC: Rule(hide_below=5)},
            "sensitive": {
                Audience.PARTNERSHIP: Rule(hide_below=3),
                Audience.PUBLIC: Rule(hide_below=5, rate_from=10),
            },
            "health": {
                Audience.PARTNERSHIP: Rule(hide_below=8, round_to=5, rate_from=8),
                Audience.PUBLIC: Rule(hide_below=8, round_to=5, rate_from=10),
            },
        }
    )
)
