"""All areas a store knows, and the questions asked of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..records.errors import WardwiseError
from .forces import force_slug
from .groups import Partnership, PeerGroup, PeerRule
from .hierarchy import Hierarchy
from .links import Area, Link, rank

_LOOKUP = (
    "Download “LSOA (2011) to LSOA (2021) to Local Authority District (2022) Exact Fit Lookup” from the ONS Open Geography "
    "Portal (geoportal.statistics.gov.uk) as CSV, then: wardwise import FILE. It names every small area's district. For "
    "partnerships and forces, do the same with “LAD to Community Safety Partnerships to Police Force Areas Lookup”."
)
"""The two files that make codes known; they are not among those that `wardwise fetch` downloads."""


class Places:
    """Areas, the links between them, and the groups that partnerships declare.

    held: the look-ups the store holds, in words, for error messages. Every method raises WardwiseError, naming them and near
    matches, for a code that does not exist.
    """

    def __init__(
        self,
        areas: Iterable[Area],
        links: Iterable[Link],
        *,
        partnerships: Iterable[Partnership] = (),
        peer_rules: Iterable[PeerRule] = (),
        held: Sequence[str] = (),
    ) -> None:
        self._areas = {area.code: area for area in areas}
        declared = [p for p in partnerships if p.members and all(code in self._areas for code in p.members)]
        self._partnerships = {p.code: p for p in declared if p.code not in self._areas}
        for partnership in self._partnerships.values():
            self._areas[partnership.code] = Area(partnership.code, partnership.name, "partnership", "")
        self._hierarchy = Hierarchy(links)
        self._rules = tuple(peer_rules)
        self._held = tuple(held)

    def exists(self, code: str) -> bool:
        return code in self._areas

    def of_level(self, level: str) -> tuple[str, ...]:
        """Every code of a level, of all vintages, in order."""
        return tuple(sorted(area.code for area in self._areas.values() if area.level == level))

    def area(self, code: str) -> Area:
        """Code, name, level and vintages. Raises WardwiseError when there is no such area."""
        if code not in self._areas:
            raise self._unknown(code)
        return self._areas[code]

    def name(self, code: str) -> str:
        return self.area(code).name

    def level(self, code: str) -> str:
        return self.area(code).level

    def partnership(self, code: str) -> Partnership | None:
        """The declaration of a partnership of several districts; None for an official area."""
        return self._partnerships.get(self.area(code).code)

    def parent(self, code: str, level: str) -> str | None:
        """The area of a coarser level that `code` lies in (of the newest year that has one); None when no look-up says."""
        if self.level(code) == level:
            return code
        if code in self._partnerships:
            parents = {self.parent(member, level) for member in self._partnerships[code].members}
            return parents.pop() if len(parents) == 1 else None
        found = self._hierarchy.parents(code, level)
        return found[0] if found else None

    def fit(self, code: str, level: str) -> str | None:
        """exact when `code` lies wholly in its parent of `level`; best when most of its people do; None without a parent."""
        found = self.parent(code, level)
        return self._hierarchy.fit(code, found, level) if found else None

    def members(self, codes: Sequence[str]) -> list[tuple[str, str]]:
        """(member, area) for every finer or equal code, of all vintages, that belongs to each of `codes`.

        Among the requested areas of one level a member is given to one only, so that sums over them count nothing twice.
        """
        by_level: dict[str, list[str]] = defaultdict(list)
        for code in dict.fromkeys(codes):
            by_level[self.level(code)].append(code)
        pairs: list[tuple[str, str]] = []
        for level, wanted in by_level.items():
            if level == "partnership":
                for code in wanted:
                    pairs.append((code, code))
                    pairs += [(member, code) for member, _ in self.members(self._partnerships[code].members)]
            else:
                pairs += self._hierarchy.members(level, wanted)
        return pairs

    def children(self, code: str, level: str, vintage: str | None = None) -> tuple[str, ...]:
        """Codes of `level` inside `code`, in order: those of `vintage`, or of the newest year that its districts have."""
        own = self.level(code)
        if own == level:
            return (code,)
        if rank(own) > rank("district") > rank(level):
            districts = self.children(code, "district")
            return tuple(sorted(c for district in districts for c in self.children(district, level, vintage)))
        inside = [self._areas[member] for member, _ in self.members([code]) if self._areas[member].level == level]
        newest = vintage or max((max(area.vintages.split(), default="") for area in inside), default="")
        return tuple(sorted(area.code for area in inside if newest in area.vintages.split() or not area.vintages))

    def force_area(self, code: str) -> str | None:
        """Code of the police force area that covers `code`."""
        return self.parent(code, "force")

    def force(self, code: str) -> str | None:
        """The supplier slug of the force that covers `code`, by district, partnership and police force area; None when no
        look-up says, or when a partnership's districts have several."""
        found = self.force_area(code)
        return force_slug(self._areas[found].name) if found else None

    def peers(self, code: str) -> PeerGroup:
        """The first declared peer group for `code`. Without one, a group of itself alone that says so."""
        for rule in self._rules:
            group = self._peers_by(rule, code)
            if group:
                return group
        return PeerGroup(self.name(code), (code,), "No peer group is declared for this area.")

    def _peers_by(self, rule: PeerRule, code: str) -> PeerGroup | None:
        if rule.codes:
            if code not in (rule.applies_to or rule.codes):
                return None
            known = tuple(c for c in dict.fromkeys((*rule.codes, code)) if c in self._areas)
            return PeerGroup(rule.name, tuple(sorted(known)), rule.why)
        if self.level(code) != rule.level or (rule.applies_to and code not in rule.applies_to):
            return None
        larger = self.parent(code, rule.same)
        if larger is None:
            return None
        codes = self.children(larger, rule.level)
        name = rule.name.format(area=self.name(larger), number=len(codes))
        return PeerGroup(name, codes, rule.why) if code in codes and len(codes) > 1 else None

    def find(self, words: str, level: str | None = None) -> tuple[Area, ...]:
        """Areas whose name holds `words` or whose code starts with them, coarse levels first; at most ten."""
        wanted = words.casefold().strip()
        found = [
            area
            for area in self._areas.values()
            if (level is None or area.level == level)
            and (wanted in area.name.casefold() or area.code.casefold().startswith(wanted))
        ]
        return tuple(sorted(found, key=lambda a: (-rank(a.level), a.name, a.code))[:10])

    def _unknown(self, code: str) -> WardwiseError:
        held = f"Look-ups held: {', '.join(self._held)}." if self._held else "No area look-up has been imported."
        near = self.find(code) or self._near_codes(code)
        hint = f" Near matches: {', '.join(f'{a.code} ({a.name})' for a in near[:5])}." if near else ""
        step = " Check the code, or import the look-up that lists it."
        if not self._held:
            step = f" {_LOOKUP}"
        return WardwiseError(f"There is no area “{code}”.", where=held, next_step=f"{hint}{step}".strip())

    def _near_codes(self, code: str) -> tuple[Area, ...]:
        import difflib

        wanted = code.upper()
        same_start = (c for c in self._areas if c[:3] == wanted[:3])
        likeness = {c: difflib.SequenceMatcher(None, wanted, c).ratio() for c in same_start}
        near = sorted((c for c in likeness if likeness[c] >= 0.8), key=lambda c: (-likeness[c], c))
        return tuple(self._areas[c] for c in near[:3])
