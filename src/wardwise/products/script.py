"""A small script that reproduces one answer or one figure, and says whether the numbers are still the same."""

from __future__ import annotations

import pprint
from typing import TYPE_CHECKING

from wardwise import __version__

if TYPE_CHECKING:
    from wardwise.measures.explain import Explanation

    from .single import Answered

_ANSWER = '''"""{title}

Made on {made} with Wardwise {version}. Run it with the store's folder: python {name}.py STORE
"""

import sys
from datetime import date
from pathlib import Path

from wardwise.disclosure import Audience
from wardwise.products.single import Wanted, ask
from wardwise.records.periods import Period
from wardwise.store import Store

WANTED = Wanted(
    question={question!r},
    area={area!r},
    period=Period({start!r}, {end!r}),
    audience=Audience({audience!r}),
    today=date.fromisoformat({made!r}),
    options={options},
    chart={chart!r},
)
VERSIONS = {versions}
DIGEST = {digest!r}

answer = ask(Store.open(Path(sys.argv[1] if len(sys.argv) > 1 else {store!r})), WANTED, VERSIONS)
for sentence in answer.sentences:
    print(sentence)
for table in answer.released.tables.values():
    print(f"\\n{{table.title}}")
    for row in table.rows:
        print("\\t".join(str(row.get(column.name, "")) for column in table.columns))
same = answer.digest == DIGEST
print("\\nThe same numbers as when this was exported." if same else "\\nThe numbers DIFFER from those exported.")
sys.exit(0 if same else 1)
'''

_FIGURE = '''"""{title}

Made with Wardwise {version}. Run it with the store's folder: python FILE.py STORE
"""

import sys
from pathlib import Path

from wardwise import measures
from wardwise.store import Store

FIGURE = {figure!r}
COUNT = {count!r}

# The query, as it was run ({engine}); its values follow it.
QUERY = """
{query}
"""
VALUES = {values}

found = measures.explain(FIGURE, Store.open(Path(sys.argv[1] if len(sys.argv) > 1 else {store!r})))
print(found.measure.title, found.area_name, found.figure.key.period.label())
print("count", found.figure.count, "base", found.figure.base, "value", found.figure.value, found.unit)
same = found.figure.count == COUNT
print("The same count as when this was exported." if same else "The count DIFFERS from that exported.")
sys.exit(0 if same else 1)
'''


def of_answer(answered: Answered, store: str) -> str:
    """A script that asks the same question of the same table versions. store: the folder's name, used unless one is given."""
    wanted = answered.wanted
    return _ANSWER.format(
        title=_plain(answered.released.title),
        made=wanted.today.isoformat(),
        version=__version__,
        name=wanted.question,
        question=wanted.question,
        area=wanted.area,
        start=wanted.period.start,
        end=wanted.period.end,
        audience=wanted.audience.value,
        options=pprint.pformat(dict(wanted.options), width=100, indent=1),
        chart=wanted.chart,
        versions=pprint.pformat(dict(answered.versions), width=100),
        digest=answered.digest,
        store=store,
    )


def of_figure(found: Explanation, store: str) -> str:
    """A script that works one figure out again from the table versions in its id, with the query for reading."""
    return _FIGURE.format(
        title=_plain(f"{found.measure.title}, {found.area_name}, {found.figure.key.period.label()}"),
        version=__version__,
        figure=found.figure.id,
        count=found.figure.count,
        engine=found.provenance.engine,
        query=found.provenance.query.replace("\\", "\\\\").replace('"""', "'''"),
        values=pprint.pformat(list(found.provenance.parameters), width=100),
        store=store,
    )


def _plain(text: str) -> str:
    """Words for a docstring: a file's content must not be able to end it."""
    return text.replace("\\", "").replace('"', "”")
