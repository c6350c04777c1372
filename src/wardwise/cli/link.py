"""wardwise link: the same person in several lists, by pseudonyms; why a pair was joined; how many are in several processes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from .options import audience_called, options
from .screen import say, say_table

if TYPE_CHECKING:
    from typer import Context

KEY = Annotated[Path, typer.Option("--key", help="The file with the key, outside the store (wardwise link new-key).")]
SEALED = Annotated[Path | None, typer.Option(help="The sealed way back; beside the key unless given.")]


class _Lists(TyperGroup):
    """Names of lists need no command before them: `wardwise link marac=FILE …` links."""

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def]
        known = args and args[0] in self.commands
        return super().resolve_command(ctx, args if known else ["people", *args])


link_app = typer.Typer(
    cls=_Lists,
    no_args_is_help=True,
    help="Find the same person in several lists. Names are read, compared in memory, and never stored.",
)


@link_app.command("new-key")
def new_key(file: Annotated[Path, typer.Argument(help="Where to put it: outside the store, backed up apart.")]) -> None:
    """Make the key that pseudonyms are made with. Whoever has it can lead them back; without it nobody can."""
    from wardwise.linkage import keys

    keys.make(file)
    say(f"A key is in {file.name}. Its owner alone may read it.")
    say(f"Next: wardwise link marac=FILE asbrac=FILE --key {file.name} --out FOLDER")


@link_app.command("people")
def people(
    context: typer.Context,
    feeds: Annotated[list[str], typer.Argument(help="Lists as NAME=FILE, two or more.", metavar="NAME=FILE…")],
    key: KEY,
    out: Annotated[Path, typer.Option(help="A folder for links.csv and pairs.csv.")],
    sealed: Annotated[
        Path | None, typer.Option(help="Where the sealed way back is kept; beside the key unless given.")
    ] = None,
) -> None:
    """Link lists: CSV files with reference, first name, last name, date of birth and, where held, postcode and sex.

    \b
    Example:
      wardwise link marac=marac.csv asbrac=asbrac.csv --key ~/keys/link.key --out linked
    """
    from wardwise.definitions.linkage import load
    from wardwise.linkage import crosswalk, keys
    from wardwise.linkage import feeds as lists

    declared = load(_own(context))
    secret = keys.read(key)
    apart = _sealed(key, sealed)
    _outside(context, key, apart)
    read = [lists.read(*_named(text), declared) for text in feeds]
    found = crosswalk.link(read, declared, secret, sealed=apart)
    links, pairs = crosswalk.write(found, declared, out)
    rows = [[feed.name, f"{len(feed.rows):,}", f"{feed.skipped:,}"] for feed in read]
    say_table(["List", "Rows", "Without a reference, left out"], rows, right=[1, 2])
    whole = len({person for person, _, _ in found.links})
    say(
        f"\n{len(found.links):,} rows are {whole:,} people. {len(found.pairs):,} pairs were compared, {found.taken:,} taken for one person "
        f"(probability {declared.threshold.probability:g} or more: {declared.threshold.rule})."
    )
    say(f"Written: {links.name} and {pairs.name} in {out}; the sealed way back in {apart.name}.")
    say(f"Next: wardwise link overlap {out}; wardwise link explain P00001 --out {out}")


@link_app.command("explain")
def explain(
    pair: Annotated[str, typer.Argument(help="The pair's number in pairs.csv, such as P00001.")],
    out: Annotated[Path, typer.Option(help="The folder that link wrote.")],
) -> None:
    """Say why two rows were taken for one person, or were not: each comparison with its weight."""
    from wardwise.linkage import crosswalk

    found = crosswalk.explain(out / crosswalk.PAIRS, pair)
    rows = [[step.what, step.says, f"{step.bits:+.1f}", f"{step.sum:+.1f}"] for step in found.steps]
    say_table(["Compared", "Found", "Weight (bits)", "Sum"], rows, right=[2, 3])
    verdict = "taken for one person" if found.taken else "not taken for one person"
    say(f"\n{pair}, {found.feeds[0]} and {found.feeds[1]}: {verdict}; probability {found.probability:.0%}.")
    say("A weight of +1 bit doubles the odds that they are one person; −1 halves them.")


@link_app.command("overlap")
def overlap(
    folder: Annotated[Path, typer.Argument(help="The folder that link wrote.")],
    audience: Annotated[str, typer.Option(help="analyst, partnership or public.")] = "partnership",
) -> None:
    """Say how many people are in several processes, with small numbers hidden from all but the analyst."""
    from wardwise.analysis.overlap import overlap as count
    from wardwise.disclosure import release
    from wardwise.linkage import crosswalk
    from wardwise.records.shown import cell
    from wardwise.reports.words import say_all

    wanted_by = audience_called(audience)
    found = count(crosswalk.read_links(folder / crosswalk.LINKS))
    decided = release([found], wanted_by)
    released = decided.findings[found.name]
    for sentence in say_all(released):
        say(sentence)
    for table in released.tables.values():
        say(f"\n{table.title}")
        rows = [[cell(row[c.name], c) for c in table.columns] for row in table.rows]
        say_table([c.title for c in table.columns], rows, right=range(1, len(table.columns)))
    for line in (*released.caveats, *decided.log):
        say(f"• {line}")


@link_app.command("open")
def open_(
    row: Annotated[str, typer.Argument(help="The pseudonym of a row, from links.csv.")],
    key: KEY,
    reason: Annotated[
        str, typer.Option(help="Why, for the log: which panel or request, under which agreement. Nothing personal.")
    ],
    by: Annotated[str, typer.Option(help="Who asks, for the log; the name you are logged in by unless given.")] = "",
    sealed: SEALED = None,
) -> None:
    """Lead a pseudonym back to the list and reference it came from. Who asked, when, why and for which row is logged first.

    \b
    Example:
      wardwise link open 4f0c… --key ~/keys/link.key --reason "MARAC of 4 May, agreement 12"
    """
    import getpass
    from datetime import datetime

    from wardwise.linkage import keys, opened

    list_ = _sealed(key, sealed)
    secret, now = keys.read(key), datetime.now().astimezone()
    feed, reference = opened.lead_back(list_, secret, row, who=by or getpass.getuser(), why=reason, when=now)
    say(f"{feed}: {reference}")


@link_app.command("opened")
def opened_(key: KEY, sealed: SEALED = None) -> None:
    """List who led which pseudonym back, when and why. It tells no reference, and needs no right to read the key."""
    from wardwise.linkage import opened

    found = opened.opened(_sealed(key, sealed))
    rows = [[each.when, each.who, each.row, "yes" if each.found else "no such row", each.why] for each in found]
    if rows:
        say_table(["When", "Who", "Row", "Led back", "Why"], rows)
    say(f"{len(rows):,} times." if len(rows) != 1 else "Once.")


def _sealed(key: Path, sealed: Path | None) -> Path:
    """The sealed list: beside the key unless it is named."""
    return sealed or key.with_suffix(".sealed")


def _named(text: str) -> tuple[str, Path]:
    name, _, path = text.partition("=")
    return name, Path(path)


def _own(context: Context) -> Path | None:
    return options(context).own_definitions


def _outside(context: Context, *paths: Path) -> None:
    """Neither the key nor the way back may lie in the store, which others read."""
    from wardwise.records.errors import WardwiseError

    store = options(context).store.resolve()
    for path in paths:
        if path.resolve().is_relative_to(store):
            raise WardwiseError(
                "The key and the sealed list may not lie in the store.",
                where=path.name,
                next_step="Keep them in a folder of their own that few may read.",
            )
