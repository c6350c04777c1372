"""A kind of record, declared once: what a list, a search, an export and the API show of it. Rules stay in the rule book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from ..organisations.roles import Permission
from .redact import redact
from .scope import rows
from .who import Who


class Words(str):
    """What a state is called, with the colour of its tag where the record's declaration gives one."""

    colour: str = ""

    @classmethod
    def of(cls, said: str, colour: str) -> Words:
        words = cls(said)
        words.colour = colour
        return words


@dataclass(frozen=True)
class Column:
    """One column. `name` is the field it shows, which decides whether it is hidden; `value` works out what is printed.

    `sort` names an indexed field when people may sort by the column.
    """

    name: str
    label: str
    value: Callable[[Any], Any] | None = None
    sort: str = ""
    numeric: bool = False

    def of(self, row: Any) -> Any:
        """What stands in the cell: None for a field the reader may not see."""
        if self.name in getattr(row, "redacted", ()):
            return None
        return self.value(row) if self.value else getattr(row, self.name)


@dataclass(frozen=True)
class Filter:
    """One choice above a list. `choices` may depend on who asks; `condition` turns a chosen value into a condition."""

    name: str
    label: str
    choices: Callable[[Who], Sequence[tuple[str, str]]]
    condition: Callable[[str, Who], Q]


@dataclass(frozen=True)
class Kind:
    """One kind of record as people meet it. `page` is the name of the address of one record, by its reference."""

    name: str
    title: str
    singular: str
    model: type[Model]
    columns: tuple[Column, ...]
    page: str
    search: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    order: tuple[str, ...] = ("-id",)
    related: tuple[str, ...] = ()
    empty: str = "There are none yet."
    where: Mapping[str, Any] | None = None
    add: str = ""
    """The name of the address that adds one, given the kind's name; "" where records come about in another way."""
    added_with: tuple[Permission, ...] = ()
    searched: bool = True
    """Whether the search of the whole site asks this kind; not where another kind holds its records already."""
    totals: Callable[[QuerySet[Any]], Sequence[tuple[str, str]]] | None = None
    """Sums over every row the filters choose, each with its words."""

    def rows(self, who: Who | None) -> QuerySet[Any]:
        """Every record of the kind that this person may see."""
        return rows(who, self.model).filter(**(self.where or {})).select_related(*self.related)


@dataclass(frozen=True)
class Listing:
    """One page of a list: at most `size` rows, already redacted, and whether more follow."""

    kind: Kind
    rows: list[Any]
    page: int
    more: bool
    totals: Sequence[tuple[str, str]] = ()

    @property
    def before(self) -> int:
        return self.page - 1

    @property
    def after(self) -> int:
        return self.page + 1


def listing(who: Who | None, kind: Kind, asked: Mapping[str, str], *, size: int = 25) -> Listing:
    """The page of the list that `asked` names: filters by their names, `q`, `sort` (with − for downwards) and `page`.

    Reads one row more than it shows instead of counting, so that a long list costs no more than a short one. A kind with
    totals adds one query that sums the rows chosen.
    """
    found = chosen(who, kind, asked)
    page = min(max(int(asked["page"]) if asked.get("page", "").isdigit() else 1, 1), 400)
    start = (page - 1) * size
    got = list(found[start : start + size + 1])
    totals = kind.totals(found.order_by()) if kind.totals else ()
    return Listing(kind, redact(who, got[:size]), page, len(got) > size, totals)


def chosen(who: Who | None, kind: Kind, asked: Mapping[str, str]) -> QuerySet[Any]:
    """All rows that the filters, the words and the order in `asked` choose. Unknown names are passed over."""
    found = kind.rows(who)
    for one in kind.filters:
        value = asked.get(one.name, "")
        if who is not None and value in {choice for choice, _ in one.choices(who)} and value:
            found = found.filter(one.condition(value, who))
    return matching(found, kind, asked.get("q", "")).order_by(*_order(kind, asked.get("sort", "")))


def matching(found: QuerySet[Any], kind: Kind, words: str) -> QuerySet[Any]:
    """Rows that hold every word in one of the kind's searched fields. Searched fields are open ones (a test sees to it)."""
    for word in words.split()[:8]:
        said = Q(reference__iexact=word)
        for name in kind.search:
            said |= Q(**{f"{name}__icontains": word})
        found = found.filter(said)
    return found


def _order(kind: Kind, sort: str) -> tuple[str, ...]:
    fields = {column.name: column.sort for column in kind.columns if column.sort}
    down, name = sort.startswith("-"), sort.lstrip("-")
    if name not in fields:
        return kind.order
    return ("-" if down else "") + fields[name], *kind.order
