"""One person for each role, organisation and membership of groups."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from partnership.access.who import Who
from partnership.organisations.roles import ROLES
from tests.factories.site import TODAY, World

GROUPS = (frozenset[str](), frozenset({"board"}), frozenset({"closed"}))


@dataclass(frozen=True)
class Person:
    """A member of the partnership; `role` is "" for one who holds none."""

    role: str
    organisation: str
    groups: frozenset[str]

    def who(self, here: World) -> Who:
        return Who(
            partnership_id=here.partnership.pk,
            user_id=0,
            today=TODAY,
            organisations=frozenset({here.organisations[self.organisation].pk}),
            groups=frozenset(here.groups[group].pk for group in self.groups),
            roles=frozenset({self.role} - {""}),
        )


PEOPLE = [Person(*given) for given in product(("", *ROLES), ("police", "health"), GROUPS)]
