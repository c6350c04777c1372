"""How many people are in more than one process? Counted from pseudonyms that linking made, and released like any other finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from wardwise.records.errors import WardwiseError
from wardwise.records.findings import Column, Findings, Ref, Role, Row, Statement, Sum, Table

from .words import listed, literal, plural

METHOD = (
    "Rows of several lists are taken for one person where names, date of birth, postcode and sex agree far enough (Fellegi and Sunter 1969); "
    "the weights and the threshold stand in linkage/same-person.yaml. People are counted, not rows."
)
CAVEATS = (
    "Some people are missed, and a few are joined wrongly: see how often in “The same person”.",
    "To be in a process says nothing of how a person came to be in it: as someone harmed, or as someone who harms.",
)


def overlap(links: Iterable[tuple[str, str]], *, name: str = "overlap") -> Findings:
    """People by the number of processes they are in: table `times`; each process: `processes`; who is in
    exactly which: `together`.

    links: person (a pseudonym) and process, one for each row. Raises WardwiseError when there are fewer than two processes.
    """
    held: dict[str, set[str]] = {}
    for person, process in links:
        held.setdefault(person, set()).add(process)
    processes = sorted({process for each in held.values() for process in each})
    if len(processes) < 2:
        raise WardwiseError(
            "People of one process cannot overlap.", next_step="Link the lists of two processes or more."
        )
    title = f"People in {plural(len(processes), 'process', 'processes')}"
    together = Counter(tuple(sorted(each)) for each in held.values())
    together = Counter({which: together[which] for which in sorted(together, key=lambda w: (len(w), w))})
    times = Counter(len(each) for each in held.values())
    tables = (
        _times(title, times, len(processes)),
        _processes(f"{title}: each process", held, processes),
        _together(f"{title}: in which together", together),
    )
    return Findings(
        name=name,
        title=title,
        tables={table.name: table for table in tables},
        statements=_statements(processes),
        sums=_sums(processes, list(together)),
        method=METHOD,
        caveats=CAVEATS,
        sources=tuple(f"List of people: {process}" for process in processes),
        profile="sensitive",
    )


def _times(title: str, times: Counter[int], most: int) -> Table:
    columns = (
        Column("label", Role.LABEL, "Number of processes"),
        Column("people", Role.COUNT, "People"),
        Column("share", Role.PERCENT, "Share of all people", of=("people",), decimals=1),
    )
    total = sum(times.values())
    found = [(str(n), times[n]) for n in range(1, most + 1)]
    found += [("Two or more", total - times[1]), ("Total", total)]
    rows: tuple[Row, ...] = tuple({"label": w, "people": n, "share": 100 * n / total} for w, n in found)
    return Table("times", title, columns, rows)


def _processes(title: str, held: dict[str, set[str]], processes: list[str]) -> Table:
    """The rest of a process's people are in no other: both parts are counts, so that neither is left to subtraction."""
    columns = (
        Column("label", Role.LABEL, "Process"),
        Column("people", Role.COUNT, "People"),
        Column("alone", Role.COUNT, "In no other"),
        Column("others", Role.COUNT, "In another too"),
        Column("share", Role.PERCENT, "Share in another too", of=("others", "people"), decimals=1),
    )
    rows: list[Row] = []
    for process in processes:
        own = [each for each in held.values() if process in each]
        others = sum(len(each) > 1 for each in own)
        row: Row = {"label": process, "people": len(own), "alone": len(own) - others, "others": others}
        rows.append({**row, "share": 100 * others / len(own)})
    return Table("processes", title, columns, tuple(rows))


def _together(title: str, together: Counter[tuple[str, ...]]) -> Table:
    """Every person stands in one row, so that no number follows from others but by adding rows up."""
    columns = (Column("label", Role.LABEL, "In these and no other"), Column("people", Role.COUNT, "People"))
    rows: tuple[Row, ...] = tuple({"label": listed(which), "people": n} for which, n in together.items())
    return Table("together", title, columns, rows)


def _sums(processes: list[str], together: list[tuple[str, ...]]) -> tuple[Sum, ...]:
    """Every number of the first two tables is a sum of rows of the third."""
    many = len(processes)

    def sum_of(table: str, row: int, column: str, rows: list[int]) -> Sum:
        return Sum(Ref(table, row, column), tuple(Ref("together", i, "people") for i in rows))

    sizes = [len(which) for which in together]
    found = [sum_of("times", n - 1, "people", [i for i, s in enumerate(sizes) if s == n]) for n in range(1, many + 1)]
    found.append(sum_of("times", many, "people", [i for i, s in enumerate(sizes) if s > 1]))
    found.append(sum_of("times", many + 1, "people", list(range(len(sizes)))))
    for at, process in enumerate(processes):
        inside = [i for i, which in enumerate(together) if process in which]
        found.append(sum_of("processes", at, "people", inside))
        found.append(sum_of("processes", at, "alone", [i for i in inside if sizes[i] == 1]))
        found.append(sum_of("processes", at, "others", [i for i in inside if sizes[i] > 1]))
    return tuple(each for each in found if each.parts)


def _statements(processes: list[str]) -> tuple[Statement, ...]:
    many = len(processes)
    refs = {
        "n": Ref("times", many, "people"),
        "all": Ref("times", many + 1, "people"),
        "share": Ref("times", many, "share"),
    }
    said = [
        Statement(
            "{n} of {all} people ({share}) are in two processes or more.",
            refs,
            {"n": "count", "all": "count", "share": "percent"},
        )
    ]
    for at, process in enumerate(processes):
        refs = {key: Ref("processes", at, key) for key in ("others", "people", "share")}
        formats = {"others": "count", "people": "count", "share": "percent"}
        said.append(
            Statement(f"{literal(process)}: {{others}} of {{people}} ({{share}}) are in another too.", refs, formats)
        )
    return tuple(said)
